"""Refusals on the wire: one JSON shape for programs, a page for people."""

import httpx2
import pytest

from backend.kernel.ports import Ports
from backend.web.logs import mask

pytestmark = pytest.mark.anyio


async def test_a_program_gets_code_sentence_and_request_id(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/api/v1/items/NONE")
    told = answer.json()["error"]
    assert (answer.status_code, told["code"]) == (404, "catalog.no_such_item")
    assert told["message"].endswith("。")
    assert told["request_id"] == answer.headers["x-request-id"]


async def test_a_person_who_opened_an_address_gets_a_page(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/nowhere", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "首页" in answer.text


async def test_an_unexpected_fault_tells_nothing_of_itself(
    client: httpx2.AsyncClient, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(**_: object) -> None:
        raise RuntimeError("secret table name")

    monkeypatch.setattr("backend.catalog.service.snapshot", broken)
    answer = await client.get("/api/v1/sectors")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["error"]["code"] == "web.unexpected"


async def test_every_wrong_field_is_named_in_chinese(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/api/v1/items", params={"limit": "many"})
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"] == [{"field": "limit", "message": "请填写数字。"}]


async def test_too_large_a_body_is_refused_before_it_is_read(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/v1/assistant/ask", content=b"x" * 2_000_000)
    assert answer.status_code == 413


def test_numbers_of_persons_are_masked_in_logs() -> None:
    line = {"event": "x", "text": "手机19900001234，证件370399195001010011，单号370321-20261123-00001"}
    shown = mask(None, "", line)["text"]
    assert "19900001234" not in shown
    assert "370399195001010011" not in shown
    assert "370321-20261123-00001" in shown
