"""Every address of the desk × every role: who gets in, and that no form is taken without its token."""

import pytest
from starlette.routing import Mount, Route

from backend.console.routes import ROUTES
from backend.kernel.actors import Role
from backend.web.operation import Permit, operation_of
from tests.console.conftest import FOOD, Filed, Seat

pytestmark = pytest.mark.anyio

C, R, H, A = Role.WINDOW_CLERK, Role.REVIEWER, Role.HEAD, Role.AUDITOR
EVERYBODY = frozenset(Role)
READERS, CLAIMERS = frozenset({C, R, H, A}), frozenset({C, R, H})
RECEIVERS, DECIDERS, OVERSEERS = frozenset({C, R}), frozenset({R, H}), frozenset({H, A})
LEXICON_KEEPERS = frozenset({H, Role.CATALOGUE_EDITOR})

WHO: dict[tuple[str, str], frozenset[Role] | None] = {
    ("GET", "/console/sign-in"): None,
    ("POST", "/console/sign-in"): None,
    ("POST", "/console/sign-out"): EVERYBODY,
    ("GET", "/console"): READERS,
    ("POST", "/console/claims"): CLAIMERS,
    ("GET", "/console/cases/{id}"): READERS,
    ("GET", "/console/cases/{id}/due"): READERS,
    ("GET", "/console/cases/{id}/letters"): READERS,
    ("POST", "/console/cases/{id}/reason"): OVERSEERS,
    ("POST", "/console/cases/{id}/claim"): CLAIMERS,
    ("POST", "/console/cases/{id}/release"): CLAIMERS,
    ("POST", "/console/cases/{id}/accept"): RECEIVERS,
    ("POST", "/console/cases/{id}/request_correction"): RECEIVERS,
    ("POST", "/console/cases/{id}/decline"): RECEIVERS,
    ("POST", "/console/cases/{id}/grant"): DECIDERS,
    ("POST", "/console/cases/{id}/refuse"): DECIDERS,
    ("GET", "/console/cases/{id}/{act}"): READERS,
    ("GET", "/console/files/{id}"): READERS,
    ("GET", "/console/files/{id}/preview"): READERS,
    ("GET", "/console/documents/{id}"): READERS,
    ("GET", "/console/licences/{id}"): READERS,
    ("GET", "/console/items"): EVERYBODY,
    ("GET", "/console/items/{code}"): EVERYBODY,
    ("GET", "/console/questions"): frozenset({C, H, Role.CATALOGUE_EDITOR}),
    ("POST", "/console/questions/phrases"): LEXICON_KEEPERS,
    ("POST", "/console/questions/phrases/{id}/withdraw"): LEXICON_KEEPERS,
    ("POST", "/console/questions/aside"): LEXICON_KEEPERS,
    ("GET", "/console/seat"): CLAIMERS,
    ("GET", "/console/seat/{id}"): CLAIMERS,
    ("POST", "/console/seat/{id}/take"): CLAIMERS,
    ("POST", "/console/seat/{id}/reply"): CLAIMERS,
    ("POST", "/console/seat/{id}/end"): CLAIMERS,
    ("GET", "/console/{rest:path}"): None,
}


def test_the_table_names_every_route() -> None:
    declared = {}
    for route in ROUTES:
        if isinstance(route, Mount):
            continue
        assert isinstance(route, Route)
        (method,) = (route.methods or set()) - {"HEAD"}
        told = operation_of(route.endpoint)
        assert told, route.path
        declared[method, route.path] = None if told.permit is Permit.ANYONE else told.roles
        assert told.permit in (Permit.ANYONE, Permit.OFFICER)
    assert declared == WHO


@pytest.mark.parametrize("role", list(Role))
async def test_every_role_meets_the_table(role: Role, seat: Seat, filed: Filed) -> None:
    desk = await seat(role)
    ends = [(key, who) for key, who in WHO.items() if who is not None and key[1] != "/console/sign-out"]
    for (method, path), who in ends:
        assert who is not None
        code = FOOD if "{code}" in path else filed.id
        address = path.replace("{id}", code).replace("{code}", code).replace("{act}", "grant")
        answer = await (desk.get(address) if method == "GET" else desk.post(address))
        is_kept_out = answer.status_code == 403 and "您没有进行这项操作的权限" in answer.text
        assert is_kept_out is (role not in who), (role, method, path, answer.status_code)
        assert answer.status_code < 500


async def test_no_form_is_taken_without_the_sessions_token(seat: Seat, filed: Filed) -> None:
    desk, other = await seat(C, R, H), await seat(C)
    stolen = await other.token()
    for method, path in WHO:
        if method == "GET" or path == "/console/sign-in":
            continue
        address = path.replace("{id}", filed.id)
        for form in ({}, {"csrf_token": ""}, {"csrf_token": stolen}):
            answer = await desk.browser.post(address, data=form)
            assert answer.status_code == 403, (path, form)
            assert "这次提交没有生效" in answer.text
    assert "领取这件" in await desk.page(filed.path)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
async def test_no_form_is_taken_from_elsewhere(headers: dict[str, str], seat: Seat, filed: Filed) -> None:
    desk = await seat(C)
    answer = await desk.post(f"{filed.path}/claim", headers=headers)
    assert answer.status_code == 403
    assert "领取这件" in await desk.page(filed.path)


async def test_pages_forbid_foreign_content_and_framing(seat: Seat, filed: Filed) -> None:
    desk = await seat(C)
    for path in ("/console", filed.path, "/console/items", "/console/nowhere", "/console/sign-in"):
        answer = await desk.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert "http://" not in answer.text.replace("http://www.w3.org", "").replace("http://county.test", "")
        assert " style=" not in answer.text
        assert "<script>" not in answer.text


JUNK = ("\x00", "'; DROP TABLE cases_case;--", "😀", "%_\\", "x" * 90, "-1")


@pytest.mark.parametrize("junk", JUNK)
async def test_junk_is_refused_calmly(junk: str, seat: Seat, filed: Filed) -> None:
    desk = await seat(C, R, H)
    for path in ("/console", filed.path, f"{filed.path}/due", "/console/items", f"/console/items/{FOOD}"):
        names = ("q", "tab", "state", "overdue", "cursor", "said", "file", "page", "variant", "department")
        for name in names:
            assert (await desk.get(path, params={name: junk})).status_code < 500, (path, name)
    await desk.done(f"{filed.path}/claim")
    fields = (
        "missing",
        "reason:",
        "ground",
        "where_to",
        "clauses",
        "opinion",
        "valid_until",
        "purpose",
        "case",
    )
    for act in ("request_correction", "decline", "grant", "refuse", "reason"):
        form = dict.fromkeys((*fields, "facts", "reasons", "line_label", "line_text"), junk)
        assert (await desk.post(f"{filed.path}/{act}", form)).status_code < 500, act
    signing = {"staff_number": junk, "password": junk, "code": junk, "next": junk}
    assert (await desk.browser.post("/console/sign-in", data=signing)).status_code in (401, 409, 422)


async def test_a_form_that_cannot_be_read_is_a_page(seat: Seat, filed: Filed) -> None:
    desk = await seat(C)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await desk.browser.post(f"{filed.path}/claim", content=b"--x\r\nnonsense", headers=headers)
    assert answer.status_code in (400, 403)
    assert "<html" in answer.text
