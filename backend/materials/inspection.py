"""Look at an uploaded file and make it safe to keep. Pure, but takes up to a second: run it in a thread.

The first bytes decide, a full parse confirms. Pictures are drawn anew: upright, without EXIF (which
holds the place a photo was taken) and without anything appended. PDFs stay as they are, as their bytes
may carry a signature, but only whole, unlocked ones without scripts are taken.
"""

import io
import re
import unicodedata

import filetype
import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from backend.kernel.errors import DomainError
from backend.materials.errors import (
    FileEmpty,
    FileKindUnknown,
    FileTooLarge,
    PdfActive,
    PdfDamaged,
    PdfEncrypted,
    PictureDamaged,
    PictureTooBig,
)
from backend.materials.types import Accepted, Refused

MAX_BYTES = 20 * 1024 * 1024
#: 50 million pixels are 150 MB while drawing: what a worker may take for a moment.
MAX_IMAGE_PIXELS = 50_000_000
JPEG_QUALITY = 88
HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
#: What pypdf lets through when a file lies about its own structure.
PDF_FAULTS = (
    PyPdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    OSError,
)
#: Actions that start a script or a program.
RUNNING = ("/JavaScript", "/Launch")
MOST_ACTIONS = 10
PICTURE_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, LookupError, ArithmeticError)

LOOKS: tuple[tuple[str, frozenset[str]], ...] = (
    ("word", frozenset({"doc", "docx", "odt", "rtf", "wps"})),
    ("sheet", frozenset({"xls", "xlsx", "ods", "et"})),
    ("slides", frozenset({"ppt", "pptx", "odp", "dps"})),
    ("archive", frozenset({"zip", "rar", "7z", "gz", "tar", "bz2", "xz"})),
    ("picture", frozenset({"gif", "bmp", "webp", "tif", "tiff", "avif", "psd", "ico", "jxr"})),
    ("video", frozenset({"mp4", "mov", "avi", "mkv", "wmv", "flv", "3gp", "m4v", "webm", "mpg"})),
    ("audio", frozenset({"mp3", "m4a", "wav", "amr", "ogg", "aac", "flac"})),
)


def examine(content: bytes, claimed_name: str) -> Accepted | Refused:
    """Take a PDF, JPEG, PNG or HEIC up to 20 MB in a form fit to keep, or say what to do instead."""
    try:
        return _examined(content, claimed_name)
    except DomainError as refusal:
        return Refused(refusal)


def _examined(content: bytes, claimed_name: str) -> Accepted:
    if not content:
        raise FileEmpty
    if len(content) > MAX_BYTES:
        raise FileTooLarge(len(content), MAX_BYTES)
    match sniff(content):
        case "pdf":
            _check_pdf(content)
            return _accepted(content, claimed_name, "application/pdf", "pdf")
        case "jpeg":
            return _accepted(_redraw_jpeg(_opened(content, "JPEG")), claimed_name, "image/jpeg", "jpg")
        case "png":
            return _accepted(_redraw_png(_opened(content, "PNG")), claimed_name, "image/png", "png")
        case "heic":
            return _accepted(_redraw_jpeg(_opened_heic(content)), claimed_name, "image/jpeg", "jpg")
        case _:
            raise FileKindUnknown(looks_like(content, claimed_name))


def sniff(content: bytes) -> str:
    """The kind its first bytes show: pdf, jpeg, png, heic; empty for anything else."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return "heic"
    return ""


def looks_like(content: bytes, claimed_name: str) -> str:
    """What a refused file probably is, to word the advice; the name counts only here."""
    claimed = claimed_name.rsplit(".", 1)[-1].lower()
    guessed: str = filetype.guess_extension(content[:8192]) or ""
    for extension in (guessed, claimed) if guessed != "zip" else (claimed, guessed):
        for kind, extensions in LOOKS:
            if extension in extensions:
                return kind
    return ""


def display_name(claimed_name: str, extension: str) -> str:
    """The file's own name without path, control signs and wrong ending, at most 60 signs."""
    last = re.split(r"[/\\]", claimed_name)[-1]
    visible = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", visible.strip()).strip(". ")
    return f"{stem[:60] or '材料'}.{extension}"


def _accepted(content: bytes, claimed_name: str, media_type: str, extension: str) -> Accepted:
    return Accepted(media_type, content, extension, display_name(claimed_name, extension))


def _opened(content: bytes, kind: str) -> Image.Image:
    """Open and decode a picture; its size is looked at before its pixels are."""
    try:
        picture = Image.open(io.BytesIO(content), formats=[kind])
        _check_size(picture.size)
        picture.load()
        return ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooBig from None
    except PICTURE_FAULTS:
        raise PictureDamaged from None


def _opened_heic(content: bytes) -> Image.Image:
    """Decode an iPhone's picture; the decoder already turns it upright."""
    try:
        picture = pillow_heif.open_heif(io.BytesIO(content))
        _check_size(picture.size)
        return picture.to_pillow()
    except (*PICTURE_FAULTS, RuntimeError, EOFError):
        raise PictureDamaged from None


def _check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_IMAGE_PIXELS:
        raise PictureTooBig


def _redraw_jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    _bare(_on_white(picture)).save(written, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return written.getvalue()


def _redraw_png(picture: Image.Image) -> bytes:
    picture = _eight_bits(picture)
    keeps = picture.mode in ("1", "L", "RGB")
    written = io.BytesIO()
    _bare(picture if keeps else _on_white(picture)).save(written, "PNG", optimize=False)
    return written.getvalue()


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scale a scan of 16 bits down; converting alone cuts every tone above 255 off, to a white page."""
    if picture.mode not in ("I", "I;16", "I;16B", "I;16L"):
        return picture
    return picture.convert("I").point(lambda tone: tone / 256).convert("L")


def _on_white(picture: Image.Image) -> Image.Image:
    """Flatten onto white paper: a see-through scan would read black on black at the desk."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _bare(picture: Image.Image) -> Image.Image:
    """Drop what travels with the pixels: EXIF, comments, colour profile, text chunks."""
    picture.info = {}
    return picture


def _check_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise PdfEncrypted
        pages = list(reader.pages)
        if not [page.mediabox for page in pages]:
            raise PdfDamaged
        is_active = _runs_by_itself(reader) or any("/AA" in page for page in pages)
    except PDF_FAULTS:
        raise PdfDamaged from None
    if is_active:
        raise PdfActive


def _runs_by_itself(reader: PdfReader) -> bool:
    """Whether opening the document would start a script or a program."""
    root = _dictionary(reader.trailer["/Root"])
    names = _dictionary(root.get("/Names"))
    return "/JavaScript" in names or "/AA" in root or _leads_to_a_program(root.get("/OpenAction"))


def _leads_to_a_program(value: object, *, depth: int = 0) -> bool:
    """Whether an action, or one that follows it, runs something; a chain without end is not gone along."""
    action = _dictionary(value)
    if action.get("/S") in RUNNING or depth > MOST_ACTIONS:
        return True
    following = _resolved(action.get("/Next"))
    listed = following if isinstance(following, ArrayObject) else [following]
    return any(_leads_to_a_program(each, depth=depth + 1) for each in listed if each is not None)


def _dictionary(value: object) -> DictionaryObject:
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _resolved(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value
