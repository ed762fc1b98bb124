"""Seal with AES-256-GCM, find with HMAC-SHA-256."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.adapters.crypto.keyring import KeyRing

NONCE_BYTES = 12


class SealBroken(ValueError):
    """A sealed text was altered, moved to another purpose, or sealed with a key not on the ring."""


class AesVault:
    """`kernel.ports.Vault` on a key ring.

    A sealed text is: length of the key id, key id, nonce, ciphertext with tag. The purpose and the
    key id are authenticated, so a text moved to another column does not open.
    """

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._ciphers = {key_id: AESGCM(key) for key_id, key in ring.keys.items()}

    def seal(self, text: str, *, purpose: str) -> bytes:
        key_id = self._ring.current.encode()
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._ciphers[self._ring.current]
        head = bytes([len(key_id)]) + key_id
        return head + nonce + cipher.encrypt(nonce, text.encode(), head + purpose.encode())

    def open(self, sealed: bytes, *, purpose: str) -> str:
        """Raises `SealBroken`."""
        sealed = bytes(sealed)
        head_bytes = 1 + sealed[0] if sealed else 0
        head, rest = sealed[:head_bytes], sealed[head_bytes:]
        cipher = self._ciphers.get(head[1:].decode(errors="replace"))
        if cipher is None:
            raise SealBroken("sealed with a key that is not on the ring")
        try:
            opened = cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], head + purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken("altered, or sealed for another purpose") from error
        return opened.decode()

    def digest(self, text: str, *, purpose: str) -> str:
        message = f"{purpose}\0{text}".encode()
        return hmac.new(self._ring.digest_key, message, hashlib.sha256).hexdigest()
