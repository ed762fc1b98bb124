"""The sample county's own certificate authority: a root everybody checks against, and one seal key.

A real office replaces both by the seal certificate it was given (电子印章); nothing else changes.
"""

import fcntl
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

#: Both last this long: a licence without end must stay verifiable until the authority is renewed.
#: What people call it when it does not answer.
SERVICE = "电子印章服务"
LIFETIME = timedelta(days=3650)
#: Rehearsals move the service's clock back; a seal dated then must still lie within the certificate.
BACKDATED = timedelta(days=366)


@dataclass(frozen=True)
class AuthorityFiles:
    """Where the authority lies. `root` may be given to anyone, the other two to nobody."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    @property
    def key(self) -> Path:
        return self.folder / "seal.p12"

    @property
    def passphrase(self) -> Path:
        return self.folder / "seal.passphrase"

    @property
    def is_complete(self) -> bool:
        return self.root.exists() and self.key.exists() and self.passphrase.exists()


def create_authority(folder: Path, *, now: datetime, office: str = "演示") -> AuthorityFiles:
    """Make root and seal certificate (P-256) in a folder, once; called again it changes nothing.

    The root's private key is forgotten at once, so that nothing more can be signed in its name. Of
    processes that start together one makes all three files: parts of two authorities verify nothing.
    """
    files = AuthorityFiles(folder)
    if files.is_complete:
        return files
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not files.is_complete:
            _create(files, now=now, office=office)
    return files


def _create(files: AuthorityFiles, *, now: datetime, office: str) -> None:
    root_key, seal_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name(office, "电子印章根证书（演示）")
    root = _certificate(root_name, root_key.public_key(), root_name, now=now, is_root=True).sign(
        root_key, hashes.SHA256()
    )
    seal = _certificate(
        _name(office, "电子印章（演示）"), seal_key.public_key(), root_name, now=now, is_root=False
    ).sign(root_key, hashes.SHA256())
    passphrase = secrets.token_urlsafe(32).encode()
    packed = serialize_key_and_certificates(
        b"seal", seal_key, seal, [root], BestAvailableEncryption(passphrase)
    )
    _write(files.root, root.public_bytes(Encoding.PEM), mode=0o644)
    _write(files.key, packed, mode=0o600)
    _write(files.passphrase, passphrase, mode=0o600)


def _name(office: str, common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:60]),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    *,
    now: datetime,
    is_root: bool,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(_usage(is_root=is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, is_root: bool) -> x509.KeyUsage:
    """The root signs certificates and nothing else, the seal signs pages and nothing else."""
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )


def _write(path: Path, content: bytes, *, mode: int) -> None:
    """Write whole and with its mode from the first byte on; an older half-made file is replaced."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    part.replace(path)
