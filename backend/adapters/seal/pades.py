"""Sign PDFs with the seal certificate (PAdES B-B) and check such signatures. Blocks; run it in threads."""

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from backend.adapters.seal.authority import SERVICE, AuthorityFiles
from backend.kernel.clock import in_shanghai
from backend.kernel.errors import Unavailable

FIELD = "Seal"


@dataclass(frozen=True)
class Verdict:
    """What the check of a sealed PDF found; `is_good` demands all of it."""

    is_intact: bool
    is_trusted: bool
    covers_everything: bool
    bottom_line: bool
    signed_at: datetime | None = None

    @property
    def is_good(self) -> bool:
        return self.is_intact and self.is_trusted and self.covers_everything and self.bottom_line


class _DatedSigner(signers.PdfSigner):
    """Dates the signature by the clock of the service instead of the machine's."""

    def __init__(self, meta: signers.PdfSignatureMetadata, signer: signers.Signer, *, at: datetime) -> None:
        super().__init__(meta, signer)
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def seal(pdf: bytes, files: AuthorityFiles, *, reason: str, at: datetime) -> bytes:
    """Sign with the authority's key and check the result. Raises `Unavailable` when either fails."""
    try:
        signed = sign_pdf(pdf, signer_from(files), reason=reason, at=at)
        verdict = verify_pdf(signed, files.root.read_bytes(), at=at)
    except (OSError, ValueError, PdfError, SigningError) as fault:
        raise Unavailable(SERVICE, reason=type(fault).__name__) from fault
    if not verdict.is_good:
        raise Unavailable(SERVICE, reason=f"the new signature does not verify: {verdict}")
    return signed


def signer_from(files: AuthorityFiles) -> signers.SimpleSigner:
    """Open the seal key. Raises `OSError` or `ValueError` when it is not there or not ours."""
    signer: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12_data(
        files.key.read_bytes(), other_certs=[], passphrase=files.passphrase.read_bytes()
    )
    if signer is None:
        raise ValueError("the seal key does not open")
    return signer


def sign_pdf(pdf: bytes, signer: signers.SimpleSigner, *, reason: str, at: datetime) -> bytes:
    """Certify a PDF against any change.

    The field has no size: pyHanko's own stamp would print a foreign font over the seal of the page
    and spoil PDF/A.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    fields.append_signature_field(writer, fields.SigFieldSpec(FIELD, on_page=0, box=(0, 0, 0, 0)))
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    written = io.BytesIO()
    _DatedSigner(meta, signer, at=at).sign_pdf(writer, output=written)
    return written.getvalue()


def date_of(sealed: bytes) -> datetime:
    """The moment a page of ours says it was sealed at. Raises `Unavailable` for one without a date."""
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    told: datetime | None = signature.self_reported_timestamp
    if told is None:
        raise Unavailable(SERVICE, reason="a seal without a date")
    return in_shanghai(told)


def verify_pdf(pdf: bytes, root_pem: bytes, *, at: datetime) -> Verdict:
    """Check a sealed PDF against our own root only, as of a moment. Damaged files are simply not good."""
    try:
        return asyncio.run(_verified(pdf, root_of(root_pem), at))
    except (
        PdfError,
        SignatureValidationError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        return Verdict(is_intact=False, is_trusted=False, covers_everything=False, bottom_line=False)


async def _verified(pdf: bytes, root: Certificate, at: datetime) -> Verdict:
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    trust = ValidationContext(trust_roots=[root], allow_fetching=False, moment=at)
    status = await async_validate_pdf_signature(signature, signer_validation_context=trust)
    return Verdict(
        is_intact=bool(status.intact and status.valid),
        is_trusted=bool(status.trusted),
        covers_everything=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        bottom_line=bool(status.bottom_line),
        signed_at=status.signer_reported_dt,
    )


def root_of(root_pem: bytes) -> Certificate:
    """The root certificate from its PEM file."""
    _, _, der = pem.unarmor(root_pem)
    return Certificate.load(der)
