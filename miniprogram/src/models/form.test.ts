import { describe, expect, test } from "vitest";
import { isCreditCode, isIdNumber, problemOf, problemsOf, serverProblems, shownValue, tidy, toggled } from "./form";
import type { FormField } from "@/services/wire";

function field(values: Partial<FormField>): FormField {
  return { key: "k", label: "名称", type: "text", required: true, options: [], hint: "", max_length: 200, minimum: null, maximum: null, ...values };
}

describe("numbers that people copy from a card", () => {
  test.each([
    ["370399199001011231", true],
    ["37039919900101123", false],
    ["37039919490101104X", true],
    ["370399199001011230", false],
  ])("isIdNumber(%s) is %s", (text, expected) => expect(isIdNumber(text)).toBe(expected));

  test.each([
    ["91350100M000100Y43", true],
    ["91350100M000100Y44", false],
    ["91350100I000100Y43", false],
  ])("isCreditCode(%s) is %s", (text, expected) => expect(isCreditCode(text)).toBe(expected));
});

describe("a problem says what to do", () => {
  test.each([
    [field({}), "", "请填写名称。"],
    [field({ type: "choice" }), undefined, "请选择名称。"],
    [field({ required: false }), "", ""],
    [field({ max_length: 2 }), "三个字", "名称最多 2 个字，请写短一些。"],
    [field({ type: "phone" }), "1990000", "电话号码好像不对，请填 11 位手机号，或带区号的座机号。"],
    [field({ type: "phone" }), "0533-8210000", ""],
    [field({ type: "number" }), "80平米", "这里只填数字，不用写单位。"],
    [field({ type: "number", minimum: 1 }), "0", "不能小于 1。"],
    [field({ type: "multi" }), "热食", ""],
  ])("%#", (given, value, expected) => expect(problemOf(given, value)).toBe(expected));

  test("only wrong fields are named", () => {
    const fields = [field({ key: "a" }), field({ key: "b" })];
    expect(problemsOf(fields, { a: "有" })).toEqual({ b: "请填写名称。" });
  });

  test("the server's path is reduced to the field's key", () => {
    expect(serverProblems([{ field: "form.shop_name", message: "太长" }])).toEqual({ shop_name: "太长" });
  });
});

test("the keyboard's spaces and small letters are taken out of numbers only", () => {
  expect(tidy(field({ type: "id_number" }), "3703 9919490101104x")).toBe("37039919490101104X");
  expect(tidy(field({ type: "text" }), "王 家")).toBe("王 家");
});

test("options are kept in the form's order, one a line", () => {
  const given = field({ type: "multi", options: ["甲", "乙", "丙"] });
  expect(toggled(given, "丙", "甲")).toBe("甲\n丙");
  expect(toggled(given, "甲\n丙", "丙")).toBe("甲");
});

test("an empty value is said, not left blank", () => {
  expect([shownValue(undefined), shownValue("甲\n乙"), shownValue("丙")]).toEqual(["未填写", "甲、乙", "丙"]);
});
