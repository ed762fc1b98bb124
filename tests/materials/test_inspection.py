"""What is taken, what is not, and what is left of it."""

import io
import zipfile

import pytest
from PIL import Image

from backend.kernel.errors import DomainError
from backend.materials import errors
from backend.materials.inspection import MAX_BYTES, display_name, examine
from backend.materials.types import Accepted, Refused
from tests.materials import samples


def taken(content: bytes, name: str = "照片.jpg") -> Accepted:
    outcome = examine(content, name)
    assert isinstance(outcome, Accepted), outcome
    return outcome


def refused(content: bytes, name: str = "文件") -> DomainError:
    outcome = examine(content, name)
    assert isinstance(outcome, Refused), outcome
    return outcome.error


def opened(accepted: Accepted) -> Image.Image:
    return Image.open(io.BytesIO(accepted.content))


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("a.txt", "hello")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type", "extension"),
    [
        (samples.pdf(), "application/pdf", "pdf"),
        (samples.jpeg(), "image/jpeg", "jpg"),
        (samples.png(), "image/png", "png"),
        (samples.png("L"), "image/png", "png"),
        (samples.png("P"), "image/png", "png"),
        (samples.heic(), "image/jpeg", "jpg"),
    ],
    ids=["pdf", "jpeg", "png", "grey-png", "palette-png", "heic"],
)
def test_allowed_kinds_are_known_by_their_first_bytes(
    content: bytes, media_type: str, extension: str
) -> None:
    accepted = taken(content, "随便起的名字.exe")
    assert (accepted.media_type, accepted.extension) == (media_type, extension)
    assert accepted.name == f"随便起的名字.{extension}"


def test_a_photo_is_turned_upright_and_loses_where_it_was_taken() -> None:
    accepted = taken(samples.jpeg(orientation=6, size=(60, 40)))

    assert opened(accepted).size == (40, 60)
    assert not opened(accepted).getexif()
    assert b"secret comment" not in accepted.content


def test_a_tail_hidden_behind_a_photo_is_not_kept() -> None:
    tail = archive()
    assert tail[:30] not in taken(samples.jpeg() + tail).content


def test_the_same_photo_gives_the_same_bytes() -> None:
    assert taken(samples.jpeg()).content == taken(samples.jpeg()).content


def test_what_is_see_through_is_put_on_white_paper() -> None:
    assert opened(taken(samples.see_through_png())).getpixel((0, 0)) == (255, 255, 255)


def test_a_scan_of_16_bits_stays_readable() -> None:
    assert opened(taken(samples.grey_scan_of_16_bits())).getextrema() == (20, 219)


@pytest.mark.parametrize(
    ("catalogue", "page", "is_taken"),
    [
        ("", "", True),
        ("/OpenAction[3 0 R/Fit]", "", True),
        ("/OpenAction<</S/GoTo/D[3 0 R/Fit]>>", "", True),
        ("/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[<</S/JavaScript/JS(x)>>]>>", "", False),
        ("/OpenAction<</S/GoTo/Next<</S/Launch/F(a.exe)>>>>", "", False),
        ("", "/AA<</O<</S/JavaScript/JS(x)>>>>", False),
    ],
)
def test_a_pdf_that_starts_something_is_refused(catalogue: str, page: str, is_taken: bool) -> None:
    content = samples.pdf_with(catalogue, page)
    if is_taken:
        assert taken(content).content == content
    else:
        assert type(refused(content)) is errors.PdfActive


def test_a_pdf_keeps_its_bytes() -> None:
    assert taken(samples.pdf(pages=3)).content == samples.pdf(pages=3)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.FileEmpty),
        (b"\xff\xd8\xff" + b"0" * MAX_BYTES, errors.FileTooLarge),
        (samples.jpeg()[:300], errors.PictureDamaged),
        (samples.png()[:60], errors.PictureDamaged),
        (samples.heic()[:200], errors.PictureDamaged),
        (b"\xff\xd8\xff\xe0 no picture at all", errors.PictureDamaged),
        (samples.pdf()[:80], errors.PdfDamaged),
        (b"%PDF-1.7\nnothing else", errors.PdfDamaged),
        (samples.pdf(pages=0), errors.PdfDamaged),
        (samples.pdf(password="1234"), errors.PdfEncrypted),
        (samples.pdf(script=True), errors.PdfActive),
        (b"<html><script>alert(1)</script>", errors.FileKindUnknown),
        (b" %PDF-1.7", errors.FileKindUnknown),
    ],
)
def test_what_cannot_be_taken_is_refused(content: bytes, error: type[DomainError]) -> None:
    assert type(refused(content)) is error


@pytest.mark.parametrize(
    ("content", "name", "advice"),
    [
        (archive(), "申请表.docx", "Word"),
        (archive(), "清单.xlsx", "电子表格"),
        (archive(), "材料.zip", "解压"),
        (b"GIF89a" + b"\0" * 50, "动图.gif", "截"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 50, "录像.mp4", "视频"),
        (b"what is this", "不知道", "照片"),
    ],
)
def test_the_refusal_says_what_to_do_instead(content: bytes, name: str, advice: str) -> None:
    assert advice in refused(content, name).message


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn() -> None:
    written = io.BytesIO()
    Image.new("1", (9000, 9000)).save(written, "PNG")
    assert type(refused(written.getvalue())) is errors.PictureTooBig


@pytest.mark.parametrize(
    ("claimed", "shown"),
    [
        ("身份证.JPEG", "身份证.pdf"),
        ("C:\\Users\\某人\\营业执照.pdf", "营业执照.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("", "材料.pdf"),
        ("...", "材料.pdf"),
        ("a\r\nSet-Cookie: x\u202egpj.pdf", "aSet-Cookie: xgpj.pdf"),
        ("长" * 300, "长" * 60 + ".pdf"),
    ],
)
def test_names_are_shown_without_path_and_odd_signs(claimed: str, shown: str) -> None:
    assert display_name(claimed, "pdf") == shown
