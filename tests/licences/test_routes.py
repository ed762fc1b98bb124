"""The holder reads their own licences; anybody verifies, within limits."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette

from backend.adapters.files.local import LocalFiles
from backend.adapters.memory.state import MemoryState
from backend.adapters.seal.site import PublicSite
from backend.kernel.actors import Actor, ActorKind
from backend.kernel.clock import FixedClock
from backend.kernel.ids import group
from backend.kernel.ports import FileStore, Ports, SharedState
from backend.licences import routes, service
from backend.licences.ports import VerificationSite
from backend.licences.states import LicenceAct
from backend.web.auth import Authenticator
from backend.web.errors import HANDLERS
from tests.licences.test_service import ACTOR, HOLDER, issued, sealed
from tests.sample_office import publish_office

pytestmark = pytest.mark.anyio
WRONG = "0000-0000-0000-0001"


class Sessions:
    async def actor_for(self, token: str, *, now: datetime) -> Actor | None:
        return {
            "holder": Actor(ActorKind.PERSON, HOLDER, "person"),
            "stranger": Actor(ActorKind.PERSON, uuid4(), "person"),
            "officer": ACTOR,
        }.get(token)


@pytest.fixture
def files(tmp_path: Path) -> LocalFiles:
    return LocalFiles(tmp_path / "files")


@pytest.fixture
async def client(
    database: str, clock: FixedClock, files: LocalFiles, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncClient]:
    monkeypatch.setattr(routes, "WRONG_PAUSE_SECONDS", 0.0)
    await publish_office(clock.now())
    app = Starlette(routes=routes.ROUTES, exception_handlers=HANDLERS)
    bound = {
        Authenticator: Sessions(),
        SharedState: MemoryState(),
        FileStore: files,
        VerificationSite: PublicSite("https://example.invalid"),
    }
    app.state.ports, app.state.clock = Ports(bound), clock
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as opened:
        yield opened


def as_(who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {who}"}


@pytest.mark.parametrize(
    ("who", "status"), [("holder", 200), ("stranger", 404), ("officer", 403), ("nobody", 401)]
)
async def test_a_licence_is_read_by_its_holder_only(
    client: AsyncClient, clock: FixedClock, files: LocalFiles, who: str, status: int
) -> None:
    licence = await issued(clock.now())
    key = await files.put(b"%PDF sealed")
    await service.finish_sealing(licence.id, file_key=key, sealed_at=clock.now())
    for path in (f"/api/v1/licences/{licence.id}", f"/api/v1/licences/{licence.id}/pdf"):
        assert (await client.get(path, headers=as_(who))).status_code == status


async def test_the_holder_sees_everything_needed_to_show_it(client: AsyncClient, clock: FixedClock) -> None:
    licence = await sealed(clock.now())
    await service.verify(licence.verification_code, now=clock.now())

    wire = (await client.get(f"/api/v1/licences/{licence.id}", headers=as_("holder"))).json()

    assert (wire["status"], wire["status_text"], wire["is_sealed"], wire["checked_count"]) == (
        "valid",
        "有效",
        True,
        1,
    )
    assert wire["verify_url"] == f"https://example.invalid/verify/{licence.verification_code}"
    assert wire["qr_svg"].startswith("<svg") and wire["valid_until"] == "2031-11-22"


async def test_the_pdf_waits_for_the_seal(client: AsyncClient, clock: FixedClock) -> None:
    licence = await issued(clock.now())
    response = await client.get(f"/api/v1/licences/{licence.id}/pdf", headers=as_("holder"))
    assert (response.status_code, response.json()["error"]["code"]) == (409, "licences.not_sealed")


async def test_the_list_goes_on_with_its_cursor(client: AsyncClient, clock: FixedClock) -> None:
    for _ in range(5):
        await issued(clock.now())
        clock.advance(timedelta(minutes=1))
    await issued(clock.now(), person_id=uuid4())

    seen, cursor = [], ""
    while cursor is not None:
        path = f"/api/v1/licences?limit=2&cursor={cursor}"
        page = (await client.get(path, headers=as_("holder"))).json()
        seen += [row["number"][-2:-1] for row in page["items"]]
        cursor = page["next_cursor"]

    assert seen == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize("cursor", ["nonsense", "YR9i"])
async def test_a_cursor_we_did_not_write_is_refused(client: AsyncClient, cursor: str) -> None:
    response = await client.get(f"/api/v1/licences?cursor={cursor}", headers=as_("holder"))
    assert response.status_code == 422


async def test_anybody_verifies_and_learns_no_name(client: AsyncClient, clock: FixedClock) -> None:
    licence = await sealed(clock.now())
    typed = group(licence.verification_code).lower()

    wire = await client.get(f"/api/v1/verify/{typed}")
    page = await client.get(f"/verify/{typed}")

    assert wire.json()["status"] == "valid"
    assert page.status_code == 200 and "<h1>有效</h1>" in page.text and "王**" in page.text
    assert "王秀兰" not in wire.text + page.text
    assert "<script" not in page.text
    assert (
        page.headers["cache-control"] == "no-store"
        and "default-src 'none'" in page.headers["content-security-policy"]
    )


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (LicenceAct.SUSPEND, "已暂扣"),
        (LicenceAct.CHANGE, "已变更"),
        (LicenceAct.ANNUL, "已撤销"),
        (LicenceAct.REVOKE, "已吊销"),
        (LicenceAct.DEREGISTER, "已注销"),
    ],
)
async def test_the_page_says_every_status_in_words(
    client: AsyncClient, clock: FixedClock, act: LicenceAct, said: str
) -> None:
    licence = await sealed(clock.now())
    await service.change_status(licence.id, act, actor=ACTOR, now=clock.now())
    text = (await client.get(f"/verify/{licence.verification_code}")).text
    assert f"<h1>{said}" in text and "不能" in text


async def test_sealing_and_expiry_are_said_too(client: AsyncClient, clock: FixedClock) -> None:
    waiting = await issued(clock.now())
    ended = await sealed(clock.now(), valid_until=date(2026, 11, 20))
    assert "<h1>正在盖章</h1>" in (await client.get(f"/verify/{waiting.verification_code}")).text
    assert "<h1>已过有效期</h1>" in (await client.get(f"/verify/{ended.verification_code}")).text


async def test_a_code_can_be_typed(client: AsyncClient) -> None:
    form = await client.get("/verify")
    sent = await client.get("/verify", params={"code": " ab/cd 1 "})
    assert form.status_code == 200 and 'name="code"' in form.text
    assert (sent.status_code, sent.headers["location"]) == (303, "/verify/ab%2Fcd%201")


@pytest.mark.parametrize("code", [WRONG, "short", "<b>x</b>", "长" * 40])
async def test_a_wrong_code_is_not_found_and_never_echoed_as_markup(client: AsyncClient, code: str) -> None:
    page = await client.get(f"/verify/{code.replace('/', '%2F')}")
    assert page.status_code == 404 and "<b>x" not in page.text
    if "/" not in code:
        wire = await client.get(f"/api/v1/verify/{code}")
        assert (wire.status_code, wire.json()["error"]["code"]) == (404, "licences.code_unknown")


async def test_guessing_is_stopped_even_for_a_right_code(client: AsyncClient, clock: FixedClock) -> None:
    licence = await sealed(clock.now())
    for _ in range(routes.WRONG_CODES + 1):
        assert (await client.get(f"/api/v1/verify/{WRONG}")).status_code == 404

    wire = await client.get(f"/api/v1/verify/{licence.verification_code}")
    page = await client.get(f"/verify/{licence.verification_code}")

    assert (wire.status_code, page.status_code) == (429, 429)
    assert "请稍后再查" in page.text
    assert (await service.licence(licence.id)).checked_count == 0


async def test_checking_without_end_is_slowed_down(client: AsyncClient, clock: FixedClock) -> None:
    licence = await sealed(clock.now())
    path = f"/api/v1/verify/{licence.verification_code}"
    answers = [(await client.get(path)).status_code for _ in range(routes.CHECKS_A_MINUTE + 1)]
    assert answers[:-1] == [200] * routes.CHECKS_A_MINUTE and answers[-1] == 429
