"""Check the values of a form against the fields of the item version, and show them again. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from backend.catalog.types import FieldType, FormField
from backend.identity import service as identity
from backend.kernel.errors import FieldProblem
from backend.kernel.printing import unprintable_in

Values = Mapping[str, str]

MOBILE_OR_LANDLINE = re.compile(r"1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}")
#: Keys that hold the applicant's own name, in the order tried.
NAME_KEYS = ("applicant_name", "organisation_name", "name")


def problems_in(fields: Sequence[FormField], values: Values) -> tuple[FieldProblem, ...]:
    """Every required field that is empty and every value that cannot be, each with a sentence."""
    found = []
    for field in fields:
        text = values.get(field.key, "").strip()
        sentence = _empty(field) if not text else wrong_with(field, text)
        if sentence:
            found.append(FieldProblem(field.key, sentence))
    return tuple(found)


def problems_in_draft(fields: Sequence[FormField], values: Values) -> tuple[FieldProblem, ...]:
    """What is wrong with values so far: unknown keys and texts that are far too long. Half a number is fine."""
    known = {field.key: field for field in fields}
    unknown = [FieldProblem(key, "这个事项没有这一栏，请刷新页面。") for key in values if key not in known]
    long = [
        FieldProblem(key, f"最多写 {known[key].max_length or 2000} 个字，请缩短一些。")
        for key, text in values.items()
        if key in known and len(text) > (known[key].max_length or 2000)
    ]
    return (*unknown, *long)


def _empty(field: FormField) -> str:
    return f"请填写{field.label}。" if field.required else ""


def wrong_with(field: FormField, text: str) -> str:
    """A sentence about a filled-in value, empty when it can be right."""
    if len(text) > (field.max_length or 2000):
        return f"{field.label}最多写 {field.max_length or 2000} 个字，请缩短一些。"
    if signs := unprintable_in(text):
        return f"{field.label}里的“{signs[:5]}”不能写进文书和证照，请删去或改成文字。"
    check = CHECKS.get(FieldType(field.type))
    return check(field, text) if check else ""


def _phone(field: FormField, text: str) -> str:
    return "" if MOBILE_OR_LANDLINE.fullmatch(text) else "电话号码不对，手机是 11 位数字，座机请带区号。"


def _id_number(field: FormField, text: str) -> str:
    return "" if identity.read_id_number(text) else "身份证号码不对，请核对 18 位号码，最后一位可能是 X。"


def _credit_code(field: FormField, text: str) -> str:
    return "" if identity.read_credit_code(text) else "统一社会信用代码不对，请照营业执照上的 18 位填写。"


def _date(field: FormField, text: str) -> str:
    try:
        is_day = text == date.fromisoformat(text).isoformat()
    except ValueError:
        is_day = False
    if not is_day:
        return f"{field.label}请写成 2026-01-31 这样。"
    return ""


def _number(field: FormField, text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,4})?", text):
        return f"{field.label}请填写数字。"
    if field.minimum is not None and float(text) < field.minimum:
        return f"{field.label}不能小于 {field.minimum:g}。"
    if field.maximum is not None and float(text) > field.maximum:
        return f"{field.label}不能大于 {field.maximum:g}。"
    return ""


def _choice(field: FormField, text: str) -> str:
    return "" if text in field.options else f"{field.label}请从给出的选项里选。"


def _multi(field: FormField, text: str) -> str:
    """Several options stand in one value, one a line."""
    return "" if set(text.split("\n")) <= set(field.options) else f"{field.label}请从给出的选项里选。"


CHECKS: dict[FieldType, Callable[[FormField, str], str]] = {
    FieldType.PHONE: _phone,
    FieldType.ID_NUMBER: _id_number,
    FieldType.CREDIT_CODE: _credit_code,
    FieldType.DATE: _date,
    FieldType.NUMBER: _number,
    FieldType.CHOICE: _choice,
    FieldType.MULTI: _multi,
}


def applicant_of(values: Values) -> str:
    """The applicant's name as the form gives it; empty when the form asks for none."""
    return next((values[key].strip() for key in NAME_KEYS if values.get(key, "").strip()), "")
