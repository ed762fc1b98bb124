"""The whole way with the real press and a real seal: what comes out verifies and says what was issued."""

import io
from functools import partial
from pathlib import Path

import pytest
from anyio import to_thread
from pypdf import PdfReader

from backend.adapters.files.local import LocalFiles
from backend.adapters.seal.authority import create_authority
from backend.adapters.seal.local import LocalSeal
from backend.adapters.seal.pades import verify_pdf
from backend.adapters.seal.press import TypstPress
from backend.adapters.seal.site import PublicSite
from backend.journal.loop import Worker
from backend.kernel.clock import FixedClock
from backend.kernel.events import Context
from backend.kernel.ids import group
from backend.kernel.ports import FileStore, Ports
from backend.licences import service
from backend.licences.handlers import HANDLERS
from backend.licences.ports import LicencePress, SealService, VerificationSite
from tests.licences.test_service import issued
from tests.sample_office import publish_office

pytestmark = pytest.mark.anyio


async def test_an_issued_licence_becomes_a_sealed_page(
    database: str, clock: FixedClock, tmp_path: Path
) -> None:
    await publish_office(clock.now())
    authority = create_authority(tmp_path / "seal", now=clock.now())
    files = LocalFiles(tmp_path / "files")
    bound = {
        LicencePress: TypstPress(),
        SealService: LocalSeal(authority),
        FileStore: files,
        VerificationSite: PublicSite("https://example.invalid"),
    }
    licence = await issued(clock.now())

    await Worker(HANDLERS, [], Context(clock, Ports(bound))).drain()

    done = await service.licence(licence.id)
    assert done.file_key
    pdf = await files.get(done.file_key)
    check = partial(verify_pdf, pdf, authority.root.read_bytes(), at=clock.now())
    verdict = await to_thread.run_sync(check)
    assert verdict.is_good and verdict.signed_at == done.sealed_at
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    for words in (done.number, "王秀兰", group(done.verification_code), "2031年11月22日"):
        assert words in page.extract_text()
