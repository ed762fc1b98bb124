/** What can be told about a form before the server is asked. The server decides; this only spares a walk. */

import type { FormField, FormValue, FormValues } from "@/services/wire";
import type { FieldProblem } from "./failure";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";
const CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return CHECKS[sum % 11] === text[17];
}

export function isCreditCode(text: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text)) return false;
  const weighed = [...text.slice(0, 17)].map((letter, index) => CREDIT_ALPHABET.indexOf(letter) * 3 ** index);
  const sum = weighed.reduce((total, each) => total + each, 0);
  return CREDIT_ALPHABET[(31 - (sum % 31)) % 31] === text[17];
}

export function isMobile(text: string): boolean {
  return /^1\d{10}$/.test(text);
}

const SHAPES: Record<string, { fits: (text: string) => boolean; message: string }> = {
  phone: { fits: (text) => /^1\d{10}$|^0\d{2,3}-?\d{7,8}$/.test(text), message: "电话号码好像不对，请填 11 位手机号，或带区号的座机号。" },
  id_number: { fits: isIdNumber, message: "身份证号码好像不对，请对照身份证再看一遍，共 18 位。" },
  credit_code: { fits: isCreditCode, message: "统一社会信用代码好像不对，请对照营业执照再看一遍，共 18 位。" },
  number: { fits: (text) => /^-?\d+(\.\d+)?$/.test(text), message: "这里只填数字，不用写单位。" },
  date: { fits: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text), message: "请选择日期。" },
};

/** Spaces and small letters are the phone keyboard's, not a mistake of the person. */
export function tidy(field: FormField, value: FormValue): FormValue {
  if (Array.isArray(value)) return value;
  if (field.type === "id_number" || field.type === "credit_code") return value.replace(/\s/g, "").toUpperCase();
  return field.type === "phone" || field.type === "number" ? value.replace(/\s/g, "") : value;
}

export function isEmpty(value: FormValue | undefined): boolean {
  return value === undefined || (typeof value === "string" ? value.trim() === "" : value.length === 0);
}

const CHOSEN = new Set(["choice", "multi", "date"]);

export function problemOf(field: FormField, value: FormValue | undefined): string {
  if (isEmpty(value)) return field.required ? `请${CHOSEN.has(field.type) ? "选择" : "填写"}${field.label}。` : "";
  if (typeof value !== "string") return "";
  if (field.max_length && value.length > field.max_length) return `${field.label}最多 ${field.max_length} 个字，请写短一些。`;
  const shape = SHAPES[field.type];
  return shape && !shape.fits(value) ? shape.message : "";
}

export function problemsOf(fields: FormField[], values: FormValues): Record<string, string> {
  const found = fields.map((field) => [field.key, problemOf(field, values[field.key])] as const);
  return Object.fromEntries(found.filter(([, message]) => message !== ""));
}

/** The server names fields as `form.name` or `name`. */
export function serverProblems(problems: FieldProblem[]): Record<string, string> {
  return Object.fromEntries(problems.map(({ field, message }) => [field.replace(/^.*\./, ""), message]));
}

export function shownValue(value: FormValue | undefined): string {
  return isEmpty(value) ? "未填写" : Array.isArray(value) ? value.join("、") : (value as string);
}
