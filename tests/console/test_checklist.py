"""Materials as a clerk checks them."""

from datetime import datetime, timedelta
from uuid import UUID

from backend.cases.types import CorrectionView, MissingPartView
from backend.catalog.types import MaterialRequirement, Necessity, Provenance
from backend.console.checklist import checklist
from backend.kernel.clock import SHANGHAI
from backend.materials.types import FileView, MaterialView

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)


def asked(
    key: str, necessity: Necessity = Necessity.REQUIRED, *, is_hint: bool = False
) -> MaterialRequirement:
    return MaterialRequirement(
        key=key, name=key, necessity=necessity, provenance=Provenance.COMPILED, is_hint=is_hint
    )


def came(key: str, at: datetime = NOW) -> MaterialView:
    file = FileView(UUID(int=1), "a.jpg", 1, "image/jpeg", "0" * 64, at, True)
    return MaterialView(UUID(int=2), key, key, (file,))


def test_the_guides_order_is_kept_and_what_came_is_named() -> None:
    lines = checklist([asked("b"), asked("a")], [came("a")], None)
    assert [(line.key, bool(line.files)) for line in lines] == [("b", False), ("a", True)]
    assert all(line.is_pending for line in lines)


def test_a_lead_is_never_required() -> None:
    (line,) = checklist([asked("a", is_hint=True)], [], None)
    assert not line.is_required
    assert line.necessity == "线索"


def test_what_came_beside_the_list_is_shown_last() -> None:
    lines = checklist([asked("a")], [came("old"), MaterialView(UUID(int=3), "empty", "empty", ())], None)
    assert [line.necessity for line in lines] == ["必要", "清单外"]


def test_a_part_is_supplied_by_a_file_after_the_notice() -> None:
    notice = CorrectionView(
        NOW, None, (MissingPartView("a", "a", "看不清"), MissingPartView("b", "b", "缺页"))
    )
    before, after = came("a", NOW - timedelta(hours=1)), came("b", NOW + timedelta(hours=1))
    first, second, third = checklist([asked("a"), asked("b"), asked("c")], [before, after], notice)
    assert (first.asked_for, first.is_supplied) == ("看不清", False)
    assert (second.asked_for, second.is_supplied) == ("缺页", True)
    assert (third.asked_for, third.is_supplied) == ("", False)
