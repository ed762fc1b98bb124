"""The materials as a clerk checks them: what the guide lists against what came. Pure."""

from collections.abc import Sequence

from backend.cases.types import CorrectionView
from backend.catalog.types import MaterialRequirement
from backend.console.types import CheckLine
from backend.console.wording import NECESSITY
from backend.materials.types import MaterialView


def checklist(
    required: Sequence[MaterialRequirement],
    handed_in: Sequence[MaterialView],
    correction: CorrectionView | None,
) -> tuple[CheckLine, ...]:
    """Every listed material in the guide's order with its files, then what came beside the list."""
    came = {each.key: each for each in handed_in}
    listed = {each.key for each in required}
    lines = [_line(each, came.get(each.key), correction) for each in required]
    beside = [
        CheckLine(each.key, each.name, "清单外", "", False, False, each.files)
        for each in handed_in
        if each.key not in listed and each.files
    ]
    return (*lines, *beside)


def _line(
    asked: MaterialRequirement, came: MaterialView | None, correction: CorrectionView | None
) -> CheckLine:
    files = came.files if came else ()
    reason = _reason(asked.key, correction)
    since = correction.requested_at if correction else None
    return CheckLine(
        key=asked.key,
        name=asked.name,
        necessity="线索" if asked.is_hint else NECESSITY[asked.necessity],
        condition=asked.condition_text,
        is_required=asked.is_to_bring,
        is_pending=asked.is_pending,
        files=files,
        asked_for=reason,
        is_supplied=bool(reason) and since is not None and any(each.uploaded_at >= since for each in files),
    )


def _reason(key: str, correction: CorrectionView | None) -> str:
    if correction is None:
        return ""
    return next((part.reason for part in correction.missing if part.key == key), "")
