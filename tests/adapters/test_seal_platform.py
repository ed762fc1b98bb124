"""The seal platform over its wire format: sealed once, refused when it does not verify."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from backend.adapters.emulation import Fault
from backend.adapters.seal.authority import AuthorityFiles, create_authority
from backend.adapters.seal.emulator import SealEmulator
from backend.adapters.seal.gateway import HttpSeal
from backend.adapters.seal.local import LocalSeal
from backend.adapters.seal.press import TypstPress
from backend.adapters.signing import AppKey
from backend.kernel.errors import Unavailable
from tests.adapters.test_seal import URL, checked, licence
from tests.conftest import START

pytestmark = pytest.mark.anyio
KEY = AppKey("county", "secret")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> AuthorityFiles:
    return create_authority(tmp_path_factory.mktemp("platform"), now=START)


@pytest.fixture
def platform(authority: AuthorityFiles) -> SealEmulator:
    return SealEmulator(key=KEY, seal=LocalSeal(authority))


@pytest.fixture
async def page() -> bytes:
    return await TypstPress().press_licence(licence(), verify_url=URL)


def gateway(platform: SealEmulator, authority: AuthorityFiles, *, key: AppKey = KEY) -> HttpSeal:
    built = HttpSeal(base_url="http://seal.invalid", key=key, root_pem=authority.root.read_bytes())
    built._http = httpx2.AsyncClient(transport=httpx2.ASGITransport(platform.app))
    return built


@pytest.fixture
async def seal(platform: SealEmulator, authority: AuthorityFiles) -> AsyncIterator[HttpSeal]:
    built = gateway(platform, authority)
    yield built
    await built.close()


async def test_what_the_platform_seals_verifies(
    seal: HttpSeal, page: bytes, authority: AuthorityFiles
) -> None:
    verdict = await checked(await seal.seal(page, reason="证照签发", at=START), authority)
    assert verdict.is_good and verdict.signed_at == START


async def test_asked_twice_it_seals_once(seal: HttpSeal, page: bytes, platform: SealEmulator) -> None:
    first = await seal.seal(page, reason="证照签发", at=START)
    again = await seal.seal(page, reason="证照签发", at=START + timedelta(minutes=5))
    assert first == again and len(platform.stage.inbox) == 1
    assert await seal.sealed_at(again) == START


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_platform_in_trouble_is_unavailable(
    seal: HttpSeal, page: bytes, platform: SealEmulator, status: int
) -> None:
    platform.stage.plan(Fault(path="seals", status=status, times=1))
    with pytest.raises(Unavailable):
        await seal.seal(page, reason="证照签发", at=START)
    assert await seal.seal(page, reason="证照签发", at=START)


async def test_a_wrong_key_is_not_served(
    platform: SealEmulator, authority: AuthorityFiles, page: bytes
) -> None:
    with pytest.raises(Unavailable):
        await gateway(platform, authority, key=AppKey("county", "guess")).seal(page, reason="x", at=START)
    assert not platform.stage.inbox


async def test_the_seal_of_a_stranger_is_not_taken(
    platform: SealEmulator, page: bytes, tmp_path: Path
) -> None:
    ours = create_authority(tmp_path, now=START)
    with pytest.raises(Unavailable):
        await gateway(platform, ours).seal(page, reason="证照签发", at=START)
