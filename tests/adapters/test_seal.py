"""Pages are set without surprises, and a seal holds only for exactly what was sealed."""

import io
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from anyio import to_thread
from pypdf import PdfReader, PdfWriter

from backend.adapters.seal.authority import AuthorityFiles, create_authority
from backend.adapters.seal.local import LocalSeal
from backend.adapters.seal.pades import Verdict, verify_pdf
from backend.adapters.seal.picture import seal_svg
from backend.adapters.seal.press import TypstPress
from backend.adapters.seal.site import PublicSite
from backend.documents.errors import CannotBePrinted as LetterCannotBePrinted
from backend.documents.types import Letter, Paragraph, Style
from backend.kernel.errors import Unavailable
from backend.licences.errors import CannotBePrinted as LicenceCannotBePrinted
from backend.licences.types import LicencePage
from tests.conftest import START

pytestmark = pytest.mark.anyio
URL = "http://127.0.0.1:8000/verify/0000000000000000"


def licence(holder: str = "王秀兰") -> LicencePage:
    return LicencePage(
        title="食品经营许可证",
        number="桓审批证〔2026〕000001号",
        holder=holder,
        rows=(("经营项目", "热食类食品制售"),),
        authority="桓台县行政审批服务局",
        issued_on=date(2026, 11, 23),
        valid_from=date(2026, 11, 23),
        valid_until=None,
        verification_code="0000000000000000",
    )


def letter(recipient: str = "李建国") -> Letter:
    return Letter(
        title="受理通知书",
        number="桓审批受〔2026〕0001号",
        issuer="桓台县行政审批服务局",
        recipient=recipient,
        body=(
            Paragraph("一、说明", Style.HEADING),
            Paragraph("予以受理。"),
            Paragraph("1．一项", Style.ENTRY),
        ),
        issued_on=date(2026, 11, 23),
        contact="",
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> AuthorityFiles:
    return create_authority(tmp_path_factory.mktemp("authority"), now=START)


@pytest.fixture
async def sealed(authority: AuthorityFiles) -> bytes:
    page = await TypstPress().press_licence(licence(), verify_url=URL)
    return await LocalSeal(authority).seal(page, reason="证照签发", at=START)


async def checked(pdf: bytes, authority: AuthorityFiles) -> Verdict:
    return await to_thread.run_sync(partial(verify_pdf, pdf, authority.root.read_bytes(), at=START))


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


async def test_a_licence_is_set_as_an_archivable_page_with_its_words() -> None:
    pdf = await TypstPress().press_licence(licence(), verify_url=URL)

    assert b"pdfaid:part" in pdf and len(PdfReader(io.BytesIO(pdf)).pages) == 1
    for words in ("食品经营许可证", "桓审批证〔2026〕000001号", "王秀兰", "热食类食品制售", "长期", "演示"):
        assert words in text_of(pdf).replace(" ", "")


async def test_a_letter_is_set_with_all_its_paragraphs() -> None:
    pdf = await TypstPress().press_letter(letter())

    for words in (
        "受理通知书",
        "桓审批受〔2026〕0001号",
        "李建国",
        "一、说明",
        "1．一项",
        "2026年11月23日",
        "演示",
    ):
        assert words in text_of(pdf).replace(" ", "")


async def test_the_same_page_gives_the_same_bytes() -> None:
    press = TypstPress()
    first = await press.press_licence(licence(), verify_url=URL)
    assert first == await press.press_licence(licence(), verify_url=URL)


@pytest.mark.parametrize("sign", ["\U0002a6a5", "\U00030000", "\ue000"], ids=["extension-b", "g", "private"])
async def test_a_sign_the_font_lacks_is_named_instead_of_printed_as_a_box(sign: str) -> None:
    with pytest.raises(LicenceCannotBePrinted, match="字库里没有"):
        await TypstPress().press_licence(licence(f"王{sign}"), verify_url=URL)
    with pytest.raises(LetterCannotBePrinted, match="字库里没有"):
        await TypstPress().press_letter(letter(f"王{sign}"))


@pytest.mark.parametrize(
    "name", ['#read("letter.typ")', '"]#panic()', "\\#*_`$<a>@b", "<svg>&", "第一行\n第二行"]
)
async def test_what_people_write_is_printed_and_never_run(name: str) -> None:
    pdf = await TypstPress().press_licence(licence(name), verify_url=URL)
    assert name.split("\n", maxsplit=1)[0].replace(" ", "") in text_of(pdf).replace(" ", "")


def test_the_seal_escapes_its_text() -> None:
    assert "<b>" not in seal_svg("<b>&", "<i>") and "&amp;" in seal_svg("<b>&", "<i>")


async def test_a_sealed_page_is_good_and_dated_by_the_service(
    sealed: bytes, authority: AuthorityFiles
) -> None:
    verdict = await checked(sealed, authority)
    assert verdict.is_good
    assert verdict.signed_at == START


async def test_one_changed_byte_is_not_intact(sealed: bytes, authority: AuthorityFiles) -> None:
    changed = bytearray(sealed)
    changed[sealed.index(b"/Title") + 10] ^= 1

    verdict = await checked(bytes(changed), authority)

    assert not verdict.is_intact and not verdict.is_good


async def test_something_appended_is_refused(sealed: bytes, authority: AuthorityFiles) -> None:
    later = PdfWriter(io.BytesIO(sealed), incremental=True)
    later.add_metadata({"/Title": "another title"})
    written = io.BytesIO()
    later.write(written)
    assert written.getvalue().startswith(sealed) and len(written.getvalue()) > len(sealed)

    verdict = await checked(written.getvalue(), authority)

    assert not verdict.covers_everything and not verdict.is_good


async def test_the_seal_of_another_root_is_not_trusted(sealed: bytes, tmp_path: Path) -> None:
    other = create_authority(tmp_path, now=START)

    verdict = await checked(sealed, other)

    assert verdict.is_intact and not verdict.is_trusted and not verdict.is_good


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no pdf at all"])
async def test_what_is_no_sealed_pdf_is_not_good(content: bytes, authority: AuthorityFiles) -> None:
    assert not (await checked(content, authority)).is_good


async def test_an_unsealed_page_is_not_good(authority: AuthorityFiles) -> None:
    page = await TypstPress().press_licence(licence(), verify_url=URL)
    assert not (await checked(page, authority)).is_good


async def test_a_seal_after_its_certificate_ended_does_not_leave_the_house(authority: AuthorityFiles) -> None:
    page = await TypstPress().press_licence(licence(), verify_url=URL)
    with pytest.raises(Unavailable):
        await LocalSeal(authority).seal(page, reason="证照签发", at=START + timedelta(days=4000))


async def test_a_missing_key_is_unavailable(tmp_path: Path) -> None:
    page = await TypstPress().press_licence(licence(), verify_url=URL)
    with pytest.raises(Unavailable):
        await LocalSeal(AuthorityFiles(tmp_path)).seal(page, reason="证照签发", at=START)


def test_the_authority_is_made_once_and_its_secrets_are_closed(tmp_path: Path) -> None:
    files = create_authority(tmp_path / "seal", now=START)
    before = files.key.read_bytes()

    assert create_authority(tmp_path / "seal", now=START).key.read_bytes() == before
    for secret in (files.key, files.passphrase):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert b"PRIVATE" not in files.root.read_bytes()


async def test_processes_that_start_together_make_one_authority(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: create_authority(tmp_path / "seal", now=START), range(8)))
    page = await TypstPress().press_licence(licence(), verify_url=URL)
    sealed = await LocalSeal(made[0]).seal(page, reason="证照签发", at=START)  # verifies what it signs
    assert sealed.startswith(b"%PDF")


def test_the_public_address_has_one_slash() -> None:
    assert PublicSite("https://example.invalid/").url_of("ABC") == "https://example.invalid/verify/ABC"
