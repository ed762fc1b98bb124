"""Small files of every kind, made here: no picture of anything real."""

import io

import pillow_heif
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

ORIENTATION, GPS = 0x0112, 0x8825


def picture(*, size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    drawn = Image.new(mode, size, "white")
    drawn.paste("red" if mode == "RGB" else 0, (0, 0, size[0] // 2, size[1] // 2))
    return drawn


def jpeg(*, orientation: int = 1, size: tuple[int, int] = (60, 40)) -> bytes:
    """A photo with orientation and a place in its EXIF."""
    drawn = picture(size=size)
    exif = drawn.getexif()
    exif[ORIENTATION] = orientation
    exif[GPS] = {1: "N", 2: (36.0, 58.0, 0.0)}
    written = io.BytesIO()
    drawn.save(written, "JPEG", exif=exif, comment=b"secret comment")
    return written.getvalue()


def png(mode: str = "RGB") -> bytes:
    written = io.BytesIO()
    picture(mode=mode).save(written, "PNG")
    return written.getvalue()


def see_through_png() -> bytes:
    written = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(written, "PNG")
    return written.getvalue()


def heic() -> bytes:
    written = io.BytesIO()
    pillow_heif.from_pillow(picture(size=(64, 48))).save(written, quality=80)
    return written.getvalue()


def grey_scan_of_16_bits() -> bytes:
    """What some scanners give: every tone of the page is far above 255."""
    written = io.BytesIO()
    scan = Image.new("I;16", (40, 20))
    scan.putdata([256 * (place % 200 + 20) for place in range(800)])
    scan.save(written, "PNG")
    return written.getvalue()


def pdf_with(catalogue: str = "", page: str = "") -> bytes:
    """A PDF written by hand, with further entries in its catalogue or its page."""
    parts = [
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]{page}>>",
    ]
    written, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 4\n0000000000 65535 f \n{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{len(written)}\n"
    )
    return written + end.encode() + b"%%EOF"


def pdf(*, pages: int = 1, password: str = "", script: bool = False) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if script:
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.beep()")}
        )
        writer.root_object[NameObject("/OpenAction")] = action
    if password:
        writer.encrypt(password)
    writer.add_metadata({NameObject("/Title"): TextStringObject("样例")})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
