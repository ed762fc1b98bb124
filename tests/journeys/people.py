"""Those who take part in a journey, with nothing but HTTP: residents with telephones, officers at browsers."""

import itertools
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx2

from backend.identity import totp
from backend.seeds.people import OFFICERS, PASSWORD
from tests.world import Resident

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
_taps = itertools.count(1)


async def arrive(client: httpx2.AsyncClient, account: str, *, phone: str = "") -> Resident:
    """Sign somebody in with WeChat and, where given, bind their number."""
    told = await client.post("/api/v1/sessions/wechat", json={"code": f"{account}@{next(_taps)}"})
    assert told.status_code == 201, told.text
    session = told.json()
    resident = Resident(client, session["token"], UUID(session["person"]["id"]))
    if phone:
        await resident.ok("POST", "/me/phone/wechat", json={"code": f"phone:{phone}@{next(_taps)}"})
    return resident


@dataclass
class Clerk:
    """A sample officer at a browser of their own, which sends forms and follows links."""

    browser: httpx2.AsyncClient
    number: str

    async def sign_in(self, *, now: datetime) -> None:
        """Password and one-time code, on the page everybody is sent to first."""
        first = await self.browser.get("/console")
        assert first.headers["location"].startswith("/console/sign-in")
        secret = next(each.totp_secret for each in OFFICERS if each.staff_number == self.number)
        form = {"staff_number": self.number, "password": PASSWORD, "code": totp.code_at(secret, now)}
        answer = await self.browser.post("/console/sign-in", data=form)
        assert answer.status_code == 303, answer.text

    async def page(self, path: str) -> str:
        answer = await self.browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    async def send(self, case_id: str, act: str, **form: Any) -> httpx2.Response:
        """Send one form of a case's page, with the token that stands in it."""
        token = CSRF.search(await self.page(f"/console/cases/{case_id}"))
        assert token
        fields = {name.replace("__", ":"): value for name, value in form.items()}
        return await self.browser.post(
            f"/console/cases/{case_id}/{act}", data={"csrf_token": token[1], **fields}
        )

    async def take(self, case_id: str, act: str, **form: Any) -> str:
        """The same, where the act must be done; the page that follows."""
        answer = await self.send(case_id, act, **form)
        assert answer.status_code == 303, (act, answer.status_code, answer.text[-2000:])
        return await self.page(answer.headers["location"])
