"""Read YAML files into shapes, and name file and line of whatever is wrong."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

Shape = TypeVar("Shape", bound=BaseModel)

SENTENCES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个字段，请核对拼写",
    "literal_error": "不是允许的取值",
    "enum": "不是允许的取值",
    "string_type": "应当是文字",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "bool_type": "应当是 true 或 false",
    "list_type": "应当是列表",
    "date_from_datetime_parsing": "日期应写成 2026-01-31",
}


@dataclass(frozen=True)
class Mistake:
    """One thing wrong in a file, where a clerk finds it."""

    file: str
    line: int
    element: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行 {self.element}：{self.message}"


class SeedsWrong(Exception):
    """The data cannot be loaded; all mistakes are named at once."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(each) for each in mistakes))
        self.mistakes = mistakes


def read(path: Path, shape: type[Shape]) -> Shape:
    """Read one file. Raises `SeedsWrong` with every mistake in it."""
    text = path.read_text(encoding="utf-8")
    try:
        content = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SeedsWrong((Mistake(path.name, line, "", f"格式读不懂（{error.problem}）"),)) from error
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        raise SeedsWrong(_mistakes(error, path.name, text)) from error


def _mistakes(error: ValidationError, file: str, text: str) -> tuple[Mistake, ...]:
    root = YAML(typ="safe", pure=True).compose(text)
    return tuple(
        Mistake(
            file,
            line_of(root, each["loc"]),
            ".".join(str(part) for part in each["loc"]),
            SENTENCES.get(each["type"], each["msg"].removeprefix("Value error, ")),
        )
        for each in error.errors(include_url=False)
    )


def line_of(root: Node | None, loc: tuple[int | str, ...]) -> int:
    """The line, counted from one, of the deepest part of a path that the file really has."""
    node, line = root, 1
    for part in loc:
        below = _below(node, part)
        if below is None:
            break
        node, line = below
    return line


def _below(node: Node | None, part: int | str) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, key.start_mark.line + 1
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        child: Node = node.value[part]
        return child, child.start_mark.line + 1
    return None


def line_holding(path: Path, text: str) -> int:
    """The first line of a file that holds a text, counted from one; one where none does."""
    for number, line in enumerate(_lines(path), start=1):
        if text in line:
            return number
    return 1


@lru_cache(maxsize=64)
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").splitlines())
