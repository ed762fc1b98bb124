"""Who may read a document's PDF, and when."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette

from backend.adapters.files.local import LocalFiles
from backend.documents import service
from backend.documents.ports import CaseAccess
from backend.documents.routes import ROUTES
from backend.documents.types import DocumentView
from backend.kernel.actors import Actor, ActorKind
from backend.kernel.clock import FixedClock
from backend.kernel.ports import FileStore, Ports
from backend.web.auth import Authenticator
from backend.web.errors import HANDLERS
from tests.documents.test_service import issued
from tests.sample_office import publish_office

pytestmark = pytest.mark.anyio
APPLICANT = Actor(ActorKind.PERSON, uuid4(), "person")
STRANGER = Actor(ActorKind.PERSON, uuid4(), "person")
OFFICER = Actor(ActorKind.OFFICER, uuid4(), "0001")


@dataclass
class Readers:
    """Sessions by name, and one case that the applicant and the officer may read."""

    async def actor_for(self, token: str, *, now: datetime) -> Actor | None:
        return {"applicant": APPLICANT, "stranger": STRANGER, "officer": OFFICER}.get(token)

    async def may_read(self, case_id: UUID, actor: Actor) -> bool:
        return actor in (APPLICANT, OFFICER)


@pytest.fixture
def files(tmp_path: Path) -> LocalFiles:
    return LocalFiles(tmp_path / "files")


@pytest.fixture
async def client(database: str, clock: FixedClock, files: LocalFiles) -> AsyncIterator[AsyncClient]:
    await publish_office(clock.now())
    app = Starlette(routes=ROUTES, exception_handlers=HANDLERS)
    app.state.ports = Ports({Authenticator: Readers(), CaseAccess: Readers(), FileStore: files})
    app.state.clock = clock
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as opened:
        yield opened


async def ready(clock: FixedClock, files: LocalFiles) -> DocumentView:
    document = await issued(clock.now())
    key = await files.put(b"%PDF sealed")
    await service.finish_pressing(document.id, file_key=key, now=clock.now())
    return document


def as_(who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {who}"}


@pytest.mark.parametrize(
    ("who", "status"), [("applicant", 200), ("officer", 403), ("stranger", 404), ("nobody", 401)]
)
async def test_the_applicant_reads_the_documents_and_officers_do_so_at_the_desk(
    client: AsyncClient, clock: FixedClock, files: LocalFiles, who: str, status: int
) -> None:
    document = await ready(clock, files)
    response = await client.get(f"/api/v1/documents/{document.id}/pdf", headers=as_(who))
    assert response.status_code == status


async def test_the_applicants_first_reading_is_its_service(
    client: AsyncClient, clock: FixedClock, files: LocalFiles
) -> None:
    document = await ready(clock, files)
    await client.get(f"/api/v1/documents/{document.id}/pdf", headers=as_("stranger"))
    assert (await service.document(document.id)).served_on is None
    await client.head(f"/api/v1/documents/{document.id}/pdf", headers=as_("applicant"))
    assert (await service.document(document.id)).served_on is None

    response = await client.get(f"/api/v1/documents/{document.id}/pdf", headers=as_("applicant"))

    assert response.content == b"%PDF sealed"
    assert response.headers["content-type"] == "application/pdf"
    assert unquote(response.headers["content-disposition"]).endswith(f"{document.number}.pdf")
    assert (await service.document(document.id)).served_on == clock.now().date()


async def test_while_it_is_pressed_one_is_told_to_wait(client: AsyncClient, clock: FixedClock) -> None:
    document = await issued(clock.now())
    response = await client.get(f"/api/v1/documents/{document.id}/pdf", headers=as_("applicant"))
    assert (response.status_code, response.json()["error"]["code"]) == (409, "documents.not_ready")


@pytest.mark.parametrize("name", [str(uuid4()), "nonsense"])
async def test_what_does_not_exist_is_not_found(client: AsyncClient, name: str) -> None:
    assert (await client.get(f"/api/v1/documents/{name}/pdf", headers=as_("applicant"))).status_code == 404
