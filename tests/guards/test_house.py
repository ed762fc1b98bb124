"""The house keeps its own rules: budgets, errors, events, settings, tables, generated pages."""

import ast
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import backend
from backend.adapters.database import opening
from backend.kernel.errors import DomainError
from backend.kernel.events import Event
from backend.migrations import service as migrations
from backend.settings import Settings, read
from backend.worker import HANDLERS, PERIODIC

SOURCES = [
    path for path in sorted(Path("backend").rglob("*.py")) if "migrations/versions" not in path.as_posix()
]
#: Facts nobody here reacts to yet; later packages (supervision, ratings) will.
NOT_HEARD_YET: set[str] = {"documents.served"}


def every_module() -> Iterator[str]:
    for found in walk_packages(backend.__path__, "backend."):
        if "versions" not in found.name and not found.name.endswith("__main__"):
            yield found.name


def subclasses(of: type[Any]) -> set[type[Any]]:
    return {of, *(deeper for each in of.__subclasses__() for deeper in subclasses(each))}


@pytest.fixture(scope="module", autouse=True)
def everything_imported() -> None:
    for name in every_module():
        import_module(name)


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_files_and_functions_keep_their_budgets(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300, "split it by act"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert _length(node) <= 30, f"{node.name} is {_length(node)} lines"


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without its docstring: the signature and the promise do not count as doing."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_every_package_says_what_it_is_for() -> None:
    for path in Path("backend").glob("*/__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        assert len(tree.body) == 1, f"{path} holds code"


def test_error_codes_are_unique_and_speak() -> None:
    errors = [
        each for each in subclasses(DomainError) - {DomainError} if each.__module__.startswith("backend.")
    ]
    by_code: dict[str, list[str]] = {}
    for each in errors:
        if "code" in vars(each):
            by_code.setdefault(each.code, []).append(each.__qualname__)
        assert each.message is not DomainError.message, f"{each} says nothing"
    assert not {code: names for code, names in by_code.items() if len(names) > 1 or "." not in code}


def test_errors_without_fields_end_in_a_full_stop() -> None:
    for each in subclasses(DomainError) - {DomainError}:
        if all(f.default is not MISSING for f in fields(each)):
            assert each().message.endswith(("。", "！", "？")), each


def test_every_event_has_a_name_and_a_listener() -> None:
    events = [
        each
        for each in subclasses(Event)
        if each.__module__.startswith("backend.") and vars(each).get("name")
    ]
    names = [each.name for each in events]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", name) for name in names)
    heard = {handler.event.name for handler in HANDLERS}
    assert set(names) - heard == NOT_HEARD_YET & set(names)


def test_handlers_and_timed_work_have_unique_names() -> None:
    for names in ([each.name for each in HANDLERS], [each.name for each in PERIODIC]):
        assert len(names) == len(set(names))


def test_every_setting_is_documented_with_its_default() -> None:
    example = Path(".env.example").read_text(encoding="utf-8")
    told = dict(re.findall(r"^([A-Z0-9_]+)=(.*)$", example, re.MULTILINE))
    assert set(told) == {each.name.upper() for each in fields(Settings)}
    assert read(told) == Settings()


def test_a_setting_that_is_no_number_is_named() -> None:
    with pytest.raises(ValueError, match="PORT"):
        read({"PORT": "eighty"})


def test_time_is_not_moved_beside_real_systems() -> None:
    with pytest.raises(ValueError, match="FROZEN_NOW"):
        Settings(frozen_now="2026-02-12T09:00:00+08:00", sms_url="https://sms.invalid").clock()


@pytest.mark.anyio
async def test_the_migrations_make_just_the_tables_of_the_models(database: str) -> None:
    assert await migrations.pending() == []
    assert [each.as_string() for each in await migrations.undrawn()] == []


def test_no_description_of_a_table_holds_a_semicolon() -> None:
    """The migration runner splits statements there, also inside a comment."""
    for name in opening.model_modules():
        assert ";" not in Path(name.replace(".", "/") + ".py").read_text(encoding="utf-8"), name


def test_directions_are_kept() -> None:
    """The same contracts as `make check`, so that a test run alone shows a wrong import."""
    from importlinter.cli import lint_imports

    assert lint_imports(no_cache=True) == 0
