/** What can be told about a form before the server is asked. The server decides; this only spares a walk. */

import type { FormField, FormValues } from "@/services/wire";
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
export function tidy(field: FormField, value: string): string {
  if (field.type === "id_number" || field.type === "credit_code") return value.replace(/\s/g, "").toUpperCase();
  return field.type === "phone" || field.type === "number" ? value.replace(/\s/g, "") : value;
}

export function isEmpty(value: string | undefined): boolean {
  return value === undefined || value.trim() === "";
}

/** Several chosen options stand in one value, one a line. */
export function chosenOf(value: string | undefined): string[] {
  return value ? value.split("\n") : [];
}

/** Choose or take back one option; the order stays the form's, not the person's. */
export function toggled(field: FormField, value: string | undefined, option: string): string {
  const chosen = new Set(chosenOf(value));
  if (!chosen.delete(option)) chosen.add(option);
  return field.options.filter((each) => chosen.has(each)).join("\n");
}

const CHOSEN = new Set(["choice", "multi", "date"]);

function outOfRange({ minimum, maximum }: FormField, value: string): string {
  if (minimum !== null && Number(value) < minimum) return `不能小于 ${minimum}。`;
  return maximum !== null && Number(value) > maximum ? `不能大于 ${maximum}。` : "";
}

export function problemOf(field: FormField, value: string | undefined): string {
  if (value === undefined || isEmpty(value)) return field.required ? `请${CHOSEN.has(field.type) ? "选择" : "填写"}${field.label}。` : "";
  if (field.max_length && value.length > field.max_length) return `${field.label}最多 ${field.max_length} 个字，请写短一些。`;
  const shape = SHAPES[field.type];
  if (shape && !shape.fits(value)) return shape.message;
  return field.type === "number" ? outOfRange(field, value) : "";
}

export function problemsOf(fields: FormField[], values: FormValues): Record<string, string> {
  const found = fields.map((field) => [field.key, problemOf(field, values[field.key])] as const);
  return Object.fromEntries(found.filter(([, message]) => message !== ""));
}

/** The server names fields as `form.name` or `name`. */
export function serverProblems(problems: FieldProblem[]): Record<string, string> {
  return Object.fromEntries(problems.map(({ field, message }) => [field.replace(/^.*\./, ""), message]));
}

export function shownValue(value: string | undefined): string {
  return chosenOf(value).join("、") || "未填写";
}
