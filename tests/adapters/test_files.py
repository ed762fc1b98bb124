"""Both file stores keep the same promises."""

import hashlib
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

from backend.adapters.files.local import LocalFiles
from backend.adapters.files.s3 import S3Address, S3Files
from backend.kernel.errors import Unavailable
from backend.kernel.ports import FileStore

pytestmark = pytest.mark.anyio
ABSENT = "0" * 64


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def s3_endpoint() -> Iterator[str]:
    port = free_port()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()


@pytest.fixture
def s3_address(s3_endpoint: str) -> S3Address:
    import httpx2

    httpx2.put(f"{s3_endpoint}/materials")
    return S3Address("materials", "sample", "sample", endpoint=s3_endpoint, prefix="county")


@pytest.fixture(params=["local", "s3"])
async def files(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[FileStore]:
    if request.param == "local":
        yield LocalFiles(tmp_path / "files")
    else:
        yield S3Files.at(request.getfixturevalue("s3_address"))


async def test_what_was_put_comes_back_under_its_digest(files: FileStore) -> None:
    content = b"%PDF-1.7 \x00 sample" * 1000

    key = await files.put(content)

    assert key == hashlib.sha256(content).hexdigest()
    assert await files.get(key) == content
    assert await files.exists(key)


async def test_the_same_bytes_twice_are_one_object(files: FileStore) -> None:
    assert await files.put(b"same") == await files.put(b"same")
    assert await files.get(hashlib.sha256(b"same").hexdigest()) == b"same"


async def test_an_unknown_key_is_not_found(files: FileStore) -> None:
    assert not await files.exists(ABSENT)
    with pytest.raises(FileNotFoundError):
        await files.get(ABSENT)


@pytest.mark.parametrize("key", ["../../etc/passwd", "/etc/passwd", "", "A" * 64, "0" * 64 + "\n"])
async def test_what_is_no_key_reaches_no_path(files: FileStore, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        await files.get(key)


def files_below(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


async def test_local_names_lie_two_levels_deep_and_leave_no_parts(tmp_path: Path) -> None:
    key = await LocalFiles(tmp_path).put(b"one")

    assert files_below(tmp_path) == [f"{key[:2]}/{key[2:4]}/{key}"]


async def test_bytes_altered_on_the_disk_are_not_handed_out(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    key = await files.put(b"as it was")
    (tmp_path / key[:2] / key[2:4] / key).write_bytes(b"as it is now")

    with pytest.raises(Unavailable):
        await files.get(key)


async def test_a_disk_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file where the folder should be")

    with pytest.raises(Unavailable):
        await LocalFiles(tmp_path / "files").put(b"content")


async def test_an_s3_store_that_does_not_answer_is_unavailable() -> None:
    silent = S3Store(
        "materials",
        endpoint=f"http://127.0.0.1:{free_port()}",
        access_key_id="sample",
        secret_access_key="sample",
        client_options={"allow_http": True, "connect_timeout": "1s"},
        retry_config={"max_retries": 0},
    )
    with pytest.raises(Unavailable):
        await S3Files(silent).put(b"content")
