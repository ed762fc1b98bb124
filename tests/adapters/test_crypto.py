"""Sealing, digests, keys and passwords."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend.adapters.crypto.keyring import KeyRing, open_key_file
from backend.adapters.crypto.passwords import Argon2Hasher
from backend.adapters.crypto.vault import AesVault, SealBroken

pytestmark = pytest.mark.anyio


def test_what_is_sealed_opens_for_the_same_purpose_only() -> None:
    vault = AesVault(KeyRing.generate())
    sealed = vault.seal("王秀兰", purpose="name")
    assert "王秀兰".encode() not in sealed
    assert vault.open(sealed, purpose="name") == "王秀兰"
    assert vault.seal("王秀兰", purpose="name") != sealed
    with pytest.raises(SealBroken):
        vault.open(sealed, purpose="phone")


@pytest.mark.parametrize("place", [0, 1, 5, 20, -1])
def test_an_altered_seal_does_not_open(place: int) -> None:
    vault = AesVault(KeyRing.generate())
    sealed = bytearray(vault.seal("19900001234", purpose="phone"))
    sealed[place] ^= 1
    with pytest.raises(SealBroken):
        vault.open(bytes(sealed), purpose="phone")


@pytest.mark.parametrize("nonsense", [b"", b"\x02", b"\x02k1", b"\x02k1short"])
def test_nonsense_does_not_open(nonsense: bytes) -> None:
    with pytest.raises(SealBroken):
        AesVault(KeyRing.generate()).open(nonsense, purpose="phone")


def test_after_a_rotation_old_seals_open_and_digests_stay() -> None:
    ring = KeyRing.generate("2026")
    old = AesVault(ring)
    new = AesVault(ring.rotated("2027"))
    sealed = old.seal("x", purpose="p")
    assert new.open(sealed, purpose="p") == "x"
    assert new.seal("x", purpose="p")[1:5] == b"2027"
    assert new.digest("x", purpose="p") == old.digest("x", purpose="p")
    with pytest.raises(SealBroken):
        old.open(new.seal("x", purpose="p"), purpose="p")
    with pytest.raises(ValueError, match="2026"):
        ring.rotated("2026")


def test_digests_depend_on_key_text_and_purpose() -> None:
    vault, other = AesVault(KeyRing.generate()), AesVault(KeyRing.generate())
    digests = {
        vault.digest("a", purpose="p"),
        vault.digest("b", purpose="p"),
        vault.digest("a", purpose="q"),
        other.digest("a", purpose="p"),
    }
    assert len(digests) == 4
    assert all(len(digest) == 64 for digest in digests)


def test_a_key_file_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "vault.key"
    ring = open_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert open_key_file(path) == ring
    assert KeyRing.from_bytes(ring.to_bytes()) == ring


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    path = tmp_path / "vault.key"
    with ThreadPoolExecutor(16) as pool:
        rings = list(pool.map(lambda _: open_key_file(path), range(64)))
    assert {ring.digest_key for ring in rings} == {open_key_file(path).digest_key}
    assert [each.name for each in tmp_path.iterdir()] == ["vault.key"]


@pytest.mark.parametrize("content", [b"{}", b"[]", b'{"current": "a", "keys": {}, "digest_key": ""}', b"no"])
def test_a_broken_key_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        KeyRing.from_bytes(content)


async def test_passwords_are_hashed_with_argon2id() -> None:
    hasher = Argon2Hasher(time_cost=1, memory_kib=64)
    hashed = await hasher.hash("Right-1234")
    assert hashed.startswith("$argon2id$")
    assert await hasher.verify(hashed, "Right-1234")
    assert not await hasher.verify(hashed, "Wrong-1234")
    assert not await hasher.verify("no hash", "Right-1234")
    assert not await hasher.verify(None, "nobody has this password")
