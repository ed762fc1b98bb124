"""Set letters and licences with typst, in threads. Fulfils `documents.Press` and `licences.LicencePress`."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import anyio
from anyio import to_thread

from backend.adapters.seal.picture import seal_svg
from backend.documents.errors import CannotBePrinted as LetterCannotBePrinted
from backend.documents.types import Letter
from backend.kernel.ids import group
from backend.kernel.printing import unprintable_in
from backend.licences.errors import CannotBePrinted as LicenceCannotBePrinted
from backend.licences.qr import qr_svg
from backend.licences.types import LicencePage

TEMPLATES = Path(__file__).parent / "templates"
#: Archivable, fonts embedded; a sign the font lacks is an error instead of an empty box.
STANDARD: Literal["a-2b"] = "a-2b"


class PageFault(Exception):
    """typst could not set a page; the reason is fit for the desk."""


class TypstPress:
    """Set pages for an office. `sample_mark` (演示) stands in every seal until a real seal service is bound."""

    def __init__(self, *, sample_mark: str = "演示", at_once: int = 2) -> None:
        self._mark = sample_mark
        self._limiter = anyio.CapacityLimiter(at_once)

    async def press_letter(self, content: Letter) -> bytes:
        try:
            return await self._set("letter.typ", self._letter(content), authority=content.issuer)
        except PageFault as fault:
            raise LetterCannotBePrinted(content.number, str(fault)) from fault

    async def press_licence(self, page: LicencePage, *, verify_url: str) -> bytes:
        try:
            return await self._set(
                "licence.typ", self._licence(page), authority=page.authority, qr=qr_svg(verify_url)
            )
        except PageFault as fault:
            raise LicenceCannotBePrinted(page.number, str(fault)) from fault

    async def _set(self, template: str, data: Mapping[str, object], *, authority: str, qr: str = "") -> bytes:
        text = json.dumps(data, ensure_ascii=False)
        if signs := unprintable_in(text):  # typst lets some of them through as empty boxes
            raise PageFault(no_such_sign(signs))
        inputs = {
            "data": text,
            "seal": seal_svg(self._seal_text(authority), self._caption()),
            "qr": qr,
        }
        return await to_thread.run_sync(compile_page, template, inputs, limiter=self._limiter)

    def _letter(self, letter: Letter) -> dict[str, object]:
        return {
            "title": letter.title,
            "number": letter.number,
            "issuer": letter.issuer,
            "recipient": letter.recipient,
            "body": [{"style": each.style.value, "text": each.text} for each in letter.body],
            "issued_on": day_text(letter.issued_on),
            "date": day_parts(letter.issued_on),
            "contact": letter.contact,
            "seal_text": self._seal_text(letter.issuer),
            "sample": f"本文书印章为{self._mark}样章，不具有法律效力" if self._mark else "",
        }

    def _licence(self, page: LicencePage) -> dict[str, object]:
        until = day_text(page.valid_until) if page.valid_until else "长期"
        rows = [
            ("持 证 人", page.holder),
            *page.rows,
            ("有效期限", f"{day_text(page.valid_from)}至{until}"),
        ]
        return {
            "title": page.title,
            "number": page.number,
            "rows": rows,
            "authority": page.authority,
            "issued_on": day_text(page.issued_on),
            "date": day_parts(page.issued_on),
            "code": group(page.verification_code),
            "seal_text": self._seal_text(page.authority),
            "sample": f"印章为{self._mark}样章，不具有法律效力。" if self._mark else "",
        }

    def _seal_text(self, authority: str) -> str:
        return f"{authority}（{self._mark}）" if self._mark else authority

    def _caption(self) -> str:
        return f"{self._mark}样章" if self._mark else "电子印章"


def compile_page(template: str, inputs: dict[str, str]) -> bytes:
    """Set one page; takes 15 to 25 ms. Raises `PageFault`."""
    import typst  # with the first page: 10 MB that processes without a worker never pay

    try:
        page: bytes = typst.compile(
            str(TEMPLATES / template),
            root=str(TEMPLATES),
            font_paths=fonts(),
            pdf_standards=STANDARD,
            sys_inputs=inputs,
        )
    except typst.TypstError as fault:
        raise PageFault(reason_of(fault)) from fault
    return page


@cache
def fonts() -> Any:
    """The one font as typst holds it, scanned once: 49 ms a page without this."""
    import noto_cjk_sans_otc
    import typst

    assert noto_cjk_sans_otc.__file__ is not None
    folder = Path(noto_cjk_sans_otc.__file__).parent
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def reason_of(fault: Exception) -> str:
    """Name the sign that is missing, or say that the page could not be set."""
    said = str(fault)
    if found := re.search(r'the text `"(.+?)"` could not be displayed', said):
        return no_such_sign(found.group(1))
    return f"排版失败（{said[:80]}）"


def no_such_sign(signs: str) -> str:
    return f"字库里没有“{signs[:20]}”"


def day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def day_parts(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
