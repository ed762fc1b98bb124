"""Pages of docs/ that are written by the code itself: states, articles of law."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.cases.states import CLOSED, TABLE, TEXTS, State
from backend.licences.states import STEPS, Status

SOURCES, TESTS = Path("backend"), Path("tests")
NOTE = "<!-- 由 `make docs` 生成，请勿手改 -->\n\n"
WHO = {"person": "申请人", "officer": "工作人员", "system": "系统"}
#: 第三十二条第一款第四项 → 三十二
ARTICLE_NUMBER = re.compile(r"第([一二三四五六七八九十百]+)条")
DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}


def write(folder: Path, *, only_check: bool) -> list[str]:
    """Write every generated page that is not fresh (or only name it); the names of the stale ones."""
    pages: dict[str, Callable[[], str]] = {"states.md": states_page, "law.md": law_page}
    stale = []
    for name, make in pages.items():
        path, text = folder / name, NOTE + make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(f"{folder.name}/{name}")
            if not only_check:
                path.write_text(text, encoding="utf-8")
    return stale


def states_page() -> str:
    """The states of cases and licences: a picture and a table with the article of each step."""
    picture = ["```mermaid", "stateDiagram-v2", "    [*] --> draft"]
    picture += [f"    {each.source.value} --> {each.target.value}: {each.act.value}" for each in TABLE]
    picture += [f"    {state.value} --> [*]" for state in State if state in CLOSED] + ["```"]
    rows = ["| 从 | 动作 | 到 | 谁 | 依据 |", "|---|---|---|---|---|"]
    rows += [
        f"| {TEXTS[each.source]} `{each.source.value}` | `{each.act.value}` "
        f"| {TEXTS[each.target]} `{each.target.value}` | {WHO[each.by.value]} | {each.article} |"
        for each in TABLE
    ]
    licences = ["| 动作 | 从 | 到 | 依据 |", "|---|---|---|---|"]
    licences += [
        f"| `{act.value}` | {'、'.join(_word(source) for source in sorted(step.sources))} "
        f"| {_word(step.target)} | {step.article} |"
        for act, step in STEPS.items()
    ]
    return "\n".join(["# 状态", "", "## 办件", "", *picture, "", *rows, "", "## 证照", "", *licences, ""])


def _word(status: Status) -> str:
    return f"{status.text} `{status.value}`"


@dataclass(frozen=True, order=True)
class Mention:
    """A place in the code that cites an article."""

    law: str
    number: int
    place: str
    where: str


def law_page() -> str:
    """Which articles the code rests on, where, and which tests are named after them."""
    tests = _tests_by_article()
    by_article: dict[tuple[str, int], list[Mention]] = {}
    for each in sorted(set(_mentions())):
        by_article.setdefault((each.law, each.number), []).append(each)
    lines = ["# 法条与代码", "", "条文引自各法现行有效文本；测试名里的数字是条号（行政许可法）。", ""]
    lines += ["| 法 | 条款 | 代码 | 测试 |", "|---|---|---|---|"]
    for (law, number), found in by_article.items():
        places = "<br>".join(dict.fromkeys(each.place for each in found))
        where = "<br>".join(dict.fromkeys(f"`{each.where}`" for each in found))
        named = "<br>".join(tests.get(number, [])) if "行政许可法" in law else ""
        lines.append(f"| {law} | {places} | {where} | {named} |")
    return "\n".join([*lines, ""])


def _mentions() -> Iterator[Mention]:
    for path in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if found := _cited(node):
                law, place = found
                yield Mention(law, article_number(place), place, path.as_posix())


def _cited(node: ast.AST) -> tuple[str, str] | None:
    """The law and place of `Article("…", "…")` or `licensing_law("…")`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return None
    texts = [
        each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    if node.func.id == "licensing_law" and len(texts) == 1:
        return "行政许可法", texts[0]
    return (texts[0], texts[1]) if node.func.id == "Article" and len(texts) == 2 else None


def _tests_by_article() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for name, number in re.findall(r"def (test_art_(\d+)_\w+)", path.read_text(encoding="utf-8")):
            found.setdefault(int(number), []).append(f"`{name}`")
    return found


def article_number(place: str) -> int:
    """第三十二条第一款 → 32; 0 where no article is named."""
    found = ARTICLE_NUMBER.search(place)
    if not found:
        return 0
    total, digit = 0, 0
    for sign in found[1]:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total += (digit or 1) * {"十": 10, "百": 100}[sign]
            digit = 0
    return total + digit
