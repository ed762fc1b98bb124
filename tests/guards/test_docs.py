"""What the documents say is there, is there."""

import re
import subprocess
import tomllib
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

import pytest

from backend.__main__ import parser
from backend.app import VERSION
from backend.cases.states import CaseAct, State
from backend.catalog.types import Power, Provenance
from backend.documents.types import DocumentKind, DocumentStatus
from backend.identity.types import Level
from backend.kernel.actors import Role
from backend.licences.states import LicenceAct, Status
from backend.notifications.types import MessageState
from backend.timelimits.types import LimitKind, PauseKind

READMES = [Path("README.md"), Path("README.zh-CN.md")]
TOLD = [*READMES, Path("CONTRIBUTING.md"), *sorted(Path("docs").rglob("*.md"))]


def documents() -> list[Path]:
    """Every page the repository keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.md"], capture_output=True, text=True, check=False
    )
    return [Path(name) for name in listed.stdout.split("\n") if name and Path(name).is_file()] or TOLD


@pytest.mark.parametrize("page", documents(), ids=str)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [each for each in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:|#", each)]
    assert [each for each in targets if not (page.parent / unquote(each.split("#")[0])).exists()] == []


@pytest.mark.parametrize("page", TOLD, ids=str)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for named in re.findall(r"(?:`|^)make ([a-z][a-z -]*)", page.read_text(encoding="utf-8"), re.MULTILINE):
        assert set(named.split()) <= targets, f"{page}: make {named}"


@pytest.mark.parametrize("page", TOLD, ids=str)
def test_every_command_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"python -m backend ([a-z]+)", text))
    assert named <= commands(), page


@pytest.mark.parametrize("page", READMES, ids=str)
def test_the_readme_lists_every_command(page: Path) -> None:
    rows = re.findall(r"^\| `([a-z]+)[^|]*\| ", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(rows) == commands()


def commands() -> set[str]:
    """What `python -m backend` knows, as its own help names them."""
    told = parser().format_help().split("命令", 1)[1]
    return set(re.findall(r"^ {4}([a-z]+)\b", told, re.MULTILINE))


@pytest.mark.parametrize(
    "kind",
    [
        State,
        CaseAct,
        DocumentKind,
        DocumentStatus,
        Status,
        LicenceAct,
        Role,
        LimitKind,
        PauseKind,
        Level,
        MessageState,
        Power,
        Provenance,
    ],
)
def test_the_glossary_names_every_value(kind: type[StrEnum]) -> None:
    glossary = Path("docs/glossary.md").read_text(encoding="utf-8")
    missing = [each for each in kind if f"`{kind.__name__}.{each.name}` `{each.value}`" not in glossary]
    assert not missing


def test_the_change_log_tells_of_this_version() -> None:
    text = Path("CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (.+)\n\n\* ", text, re.MULTILINE)
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert newest, "the newest heading has at least one line"
    assert project["version"] == VERSION
    assert newest[1].split()[0] in {"Unreleased", VERSION}


def test_decisions_are_numbered_without_gaps_and_have_all_parts() -> None:
    pages = sorted(Path("docs/adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert all(part in text for part in ("Status", "## Context", "## Decision", "## Consequences")), page


def test_both_readmes_tell_the_same() -> None:
    """Same headings, pictures, links and rows, so that one is not forgotten."""
    english, chinese = (page.read_text(encoding="utf-8") for page in READMES)
    for pattern in (r"^#+ ", r"^\| ", r"^\* ", r"^\d\. "):
        assert len(re.findall(pattern, english, re.MULTILINE)) == len(
            re.findall(pattern, chinese, re.MULTILINE)
        ), pattern
    links = [set(re.findall(r"\]\(([^)\s]+)\)", text)) for text in (english, chinese)]
    assert links[0] - {"README.zh-CN.md"} == links[1] - {"README.md"}


def test_deploy_files_name_only_settings_that_exist() -> None:
    known = set(re.findall(r"^([A-Z0-9_]+)=", Path(".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    # uvicorn's own, and the database image's.
    known |= {"FORWARDED_ALLOW_IPS", "POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB", "DB_PASSWORD"}
    compose = Path("deploy/compose.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"^ +([A-Z][A-Z0-9_]+):", compose, re.MULTILINE))
    for unit in Path("deploy").glob("*.service"):
        named |= set(re.findall(r"\b([A-Z][A-Z0-9_]+)=", unit.read_text(encoding="utf-8")))
    assert named <= known


def test_commands_of_the_deploy_files_exist() -> None:
    for path in Path("deploy").iterdir():
        named = re.findall(
            r"(?:-m backend|\"-m\", \"backend\",) \"?([a-z]+)", path.read_text(encoding="utf-8")
        )
        assert set(named) <= commands(), path
