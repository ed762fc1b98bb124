"""Check what somebody filled in against the item's form. Pure."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as StdnumError

from backend.catalog.types import FieldType, FormField
from backend.kernel.errors import FieldProblem

PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,5})?")
MISSING = "请填写这一项。"


def problems_in(values: Mapping[str, object], *, fields: Sequence[FormField]) -> tuple[FieldProblem, ...]:
    """Everything missing or wrong in a form that is to be submitted, all at once."""
    found = [FieldProblem(f.key, MISSING) for f in fields if f.required and is_empty(values.get(f.key))]
    return tuple(found) + wrong_in(values, fields=fields)


def wrong_in(values: Mapping[str, object], *, fields: Sequence[FormField]) -> tuple[FieldProblem, ...]:
    """Only what is wrong in what was filled in: a draft may have gaps, and keys the form has not are refused."""
    known = {each.key: each for each in fields}
    found = []
    for key, value in values.items():
        if key not in known:
            found.append(FieldProblem(key, "申请表里没有这一项，请刷新页面后重试。"))
        elif not is_empty(value) and (problem := problem_of(known[key], value)):
            found.append(FieldProblem(key, problem))
    return tuple(found)


def is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value == []


def problem_of(field: FormField, value: object) -> str | None:
    """What is wrong with one value, as a sentence; None when it is fine."""
    if field.type is FieldType.MULTI:
        return _multi(field, value)
    if field.type is FieldType.NUMBER:
        return _number(field, value)
    if not isinstance(value, str):
        return "请填写文字。"
    if len(value) > field.max_length:
        return f"最多写 {field.max_length} 个字，请缩短一些。"
    if field.type is FieldType.CHOICE:
        return None if value in field.options else "请从给出的选项里选一个。"
    fits, sentence = CHECKS.get(field.type, (bool, ""))
    return None if fits(value.strip()) else sentence


def is_id_number(value: str) -> bool:
    """Whether eighteen signs form an identity number: a real birthday and the right check digit.

    The region is not looked up: tables of regions are never complete, and merged counties stay valid.
    """
    number = value.upper()
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return bool(ric.calc_check_digit(number) == number[-1])


def is_credit_code(value: str) -> bool:
    """Whether eighteen signs form a 统一社会信用代码 with the right check sign."""
    try:
        uscc.validate(value.upper())
    except StdnumError:
        return False
    return True


def is_day(value: str) -> bool:
    """Whether the text is a day written as 2026-01-31."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == len("2026-01-31")


def is_phone(value: str) -> bool:
    """Whether the text is a mobile number or a landline with its area code."""
    return bool(PHONE.fullmatch(value))


CHECKS: dict[FieldType, tuple[Callable[[str], bool], str]] = {
    FieldType.DATE: (is_day, "日期请写成 2026-01-31 这样。"),
    FieldType.PHONE: (is_phone, "电话号码不对，请填手机号或带区号的固定电话。"),
    FieldType.ID_NUMBER: (is_id_number, "身份证号码不对，请对照身份证检查18位号码。"),
    FieldType.CREDIT_CODE: (is_credit_code, "统一社会信用代码不对，请对照营业执照检查18位代码。"),
}


def _multi(field: FormField, value: object) -> str | None:
    if not isinstance(value, list) or any(each not in field.options for each in value):
        return "请从给出的选项里选。"
    return None


def _number(field: FormField, value: object) -> str | None:
    number = _as_number(value)
    if number is None:
        return "请填写数字。"
    if field.minimum is not None and number < field.minimum:
        return f"不能小于 {field.minimum:g}。"
    if field.maximum is not None and number > field.maximum:
        return f"不能大于 {field.maximum:g}。"
    return None


def _as_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
