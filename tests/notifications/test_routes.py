"""The inbox over HTTP: who may, who may not, and each outcome."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from backend.kernel.actors import Actor, ActorKind
from backend.kernel.clock import FixedClock
from backend.kernel.ids import new_id
from backend.kernel.ports import Ports
from backend.notifications import rules, service
from backend.notifications.routes import ROUTES
from backend.notifications.types import Telling
from backend.web.auth import Authenticator
from backend.web.errors import HANDLERS

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

READER = Actor(ActorKind.PERSON, new_id(), "person")
OTHER = Actor(ActorKind.PERSON, new_id(), "person")
OFFICER = Actor(ActorKind.OFFICER, new_id(), "0001")


class KnownTokens:
    """An authenticator with three sessions."""

    async def actor_for(self, token: str, *, now: datetime) -> Actor | None:
        return {"reader": READER, "other": OTHER, "officer": OFFICER}.get(token)


@pytest.fixture
async def client(clock: FixedClock) -> AsyncIterator[httpx2.AsyncClient]:
    app = Starlette(routes=list(ROUTES), exception_handlers=HANDLERS)
    app.state.ports = Ports({Authenticator: KnownTokens()})
    app.state.clock = clock
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


def by(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
async def message_id(clock: FixedClock, client: httpx2.AsyncClient) -> str:
    """The newest of three messages of the reader."""
    newest = ""
    for count in range(3):
        telling = Telling(
            fact=f"fact-{count}",
            person_id=READER.id,
            template="case_granted",
            case_id=new_id(),
            words=rules.words_of(item="食品经营许可", number="370321202611230001"),
        )
        newest = str(await service.queue(telling, now=clock.now() + timedelta(minutes=count)))
    return newest


async def test_the_reader_sees_their_messages_page_by_page(
    client: httpx2.AsyncClient, message_id: str
) -> None:
    first = (await client.get("/api/v1/messages?limit=2", headers=by("reader"))).json()
    assert first["items"][0] | {"case_id": None} == {
        "id": message_id,
        "title": "准予许可",
        "body": (
            "您申请的“食品经营许可”（办件编号 370321202611230001）已准予许可。"
            "证照制作好后可在“我的证照”查看和出示。"
        ),
        "case_id": None,
        "at": "2026-11-23T09:32:00+08:00",
        "is_opened": False,
    }
    rest = await client.get(
        "/api/v1/messages", params={"limit": 2, "cursor": first["next_cursor"]}, headers=by("reader")
    )
    assert (len(rest.json()["items"]), rest.json()["next_cursor"]) == (1, None)


async def test_opening_is_noted_for_the_reader_only(client: httpx2.AsyncClient, message_id: str) -> None:
    path = f"/api/v1/messages/{message_id}/open"
    assert (await client.post(path, headers=by("other"))).status_code == 404
    assert (await client.post(path, headers=by("reader"))).status_code == 204
    assert (await client.post(path, headers=by("reader"))).status_code == 204
    items = (await client.get("/api/v1/messages", headers=by("reader"))).json()["items"]
    assert [each["is_opened"] for each in items] == [True, False, False]
    assert (await client.get("/api/v1/messages", headers=by("other"))).json()["items"] == []


@pytest.mark.parametrize("path", ["/api/v1/messages/not-an-id/open", f"/api/v1/messages/{new_id()}/open"])
async def test_an_unknown_message_is_not_found(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.post(path, headers=by("reader"))).status_code == 404


async def test_subscriptions_are_counted(client: httpx2.AsyncClient) -> None:
    answer = await client.post(
        "/api/v1/subscriptions", json={"accepted": ["case_result"]}, headers=by("reader")
    )
    assert answer.json() == {"quotas": {"case_progress": 0, "case_correction": 0, "case_result": 1}}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/subscriptions", {"accepted": ["unknown"]}),
        ("POST", "/api/v1/subscriptions", {"accepted": ["case_result"] * 4}),
        ("POST", "/api/v1/subscriptions", {}),
        ("GET", "/api/v1/messages?limit=0", None),
        ("GET", "/api/v1/messages?cursor=nonsense", None),
        ("GET", "/api/v1/messages?cursor=YR9i", None),
    ],
)
async def test_wrong_input_is_named(client: httpx2.AsyncClient, method: str, path: str, body: object) -> None:
    answer = await client.request(method, path, json=body, headers=by("reader"))
    assert (answer.status_code, bool(answer.json()["error"]["fields"])) == (422, True)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/messages"),
        ("POST", f"/api/v1/messages/{new_id()}/open"),
        ("POST", "/api/v1/subscriptions"),
    ],
)
async def test_visitors_and_officers_have_no_inbox(
    client: httpx2.AsyncClient, method: str, path: str
) -> None:
    assert (await client.request(method, path)).status_code == 401
    assert (await client.request(method, path, headers=by("officer"))).status_code == 403
