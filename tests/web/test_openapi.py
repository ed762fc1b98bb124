"""The document says what the routes do."""

import httpx2
import pytest
from openapi_spec_validator import validate

from backend.app import api_document, api_routes
from backend.web.openapi import declared
from backend.web.pages import read_cursor, write_cursor


def test_the_document_is_valid_openapi() -> None:
    validate(api_document())


def test_every_api_route_is_in_it_once() -> None:
    drawn = [(path, method) for path, methods in api_document()["paths"].items() for method in methods]
    assert len(drawn) == len(declared(api_routes()))


@pytest.mark.anyio
async def test_the_reference_page_needs_no_foreign_host(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/api/docs")).text
    assert "/api/v1/drafts/{id}/submit" in page
    assert "https://" not in page


def test_a_cursor_comes_back_and_a_forged_one_is_refused() -> None:
    assert read_cursor(write_cursor("甲", "2"), parts=2) == ("甲", "2")
    for forged in ("", "!!!", "QUJD", write_cursor("one")):
        with pytest.raises(Exception, match="需要修改"):
            read_cursor(forged, parts=2)
