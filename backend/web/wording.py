"""Say in Chinese what pydantic found wrong with a form."""

from pydantic import ValidationError

from backend.kernel.errors import FieldProblem

SENTENCES: dict[str, str] = {
    "missing": "请填写这一项。",
    "string_too_short": "内容太短，请补充完整。",
    "string_too_long": "内容太长，请缩短一些。",
    "string_type": "请填写文字。",
    "string_pattern_mismatch": "格式不对，请检查后重填。",
    "int_parsing": "请填写数字。",
    "int_type": "请填写数字。",
    "bool_parsing": "请选择是或否。",
    "date_from_datetime_parsing": "日期请写成 2026-01-31 这样。",
    "date_parsing": "日期请写成 2026-01-31 这样。",
    "uuid_parsing": "编号不对，请从列表重新进入。",
    "enum": "请从给出的选项里选一个。",
    "literal_error": "请从给出的选项里选一个。",
    "json_invalid": "内容读不懂，请刷新页面后重试。",
    "extra_forbidden": "不需要填写这一项。",
    "greater_than_equal": "数字太小了。",
    "less_than_equal": "数字太大了。",
}


def pydantic_problems(error: ValidationError) -> tuple[FieldProblem, ...]:
    """Every wrong field with its path and a sentence; messages of our own validators pass through."""
    return tuple(
        FieldProblem(
            ".".join(str(part) for part in each["loc"]) or "body",
            _own_words(each["type"], each["msg"]),
        )
        for each in error.errors(include_url=False, include_input=False)
    )


def _own_words(kind: str, message: str) -> str:
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return SENTENCES.get(kind, "填写的内容不对，请检查后重填。")
