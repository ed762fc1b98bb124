"""The seat (人工坐席): who waits for a person, and the conversation with them."""

from starlette.requests import Request
from starlette.responses import Response

from backend.console.pages import desk, fields_of, fragment, is_fragment, page, to
from backend.console.ports import AssistantAtDesk
from backend.console.rules import SEATED
from backend.console.schemas import text_of
from backend.web.auth import signed_in
from backend.web.params import id_of, now_of, port_of

ROWS = 100
LONGEST = 1000


@desk("人工坐席", roles=SEATED)
async def seat(request: Request) -> Response:
    """Everybody who waits, and who is being talked to; the list renews itself."""
    rows = await port_of(request, AssistantAtDesk).conversations(limit=ROWS)
    if is_fragment(request):
        return await fragment(request, "_seat_rows.html", rows=rows)
    return await page(request, "seat.html", rows=rows)


@desk("人工坐席的一次对话", roles=SEATED)
async def conversation(request: Request) -> Response:
    """The transcript and what follows; only the lines where htmx asks."""
    found, lines = await port_of(request, AssistantAtDesk).conversation(id_of(request))
    is_mine = found.officer_id == signed_in(request).id
    template = "_seat_lines.html" if is_fragment(request) else "seat_conversation.html"
    return await page(request, template, told=found, lines=lines, is_mine=is_mine)


@desk("接待", roles=SEATED)
async def take(request: Request) -> Response:
    await port_of(request, AssistantAtDesk).take(
        id_of(request), actor=signed_in(request), now=now_of(request)
    )
    return to(request, f"/console/seat/{id_of(request)}")


@desk("回复来访者", roles=SEATED)
async def reply(request: Request) -> Response:
    text = text_of(await fields_of(request), "text")[:LONGEST]
    if text:
        await port_of(request, AssistantAtDesk).reply(
            id_of(request), text, actor=signed_in(request), now=now_of(request)
        )
    return to(request, f"/console/seat/{id_of(request)}")


@desk("结束对话", roles=SEATED)
async def end(request: Request) -> Response:
    await port_of(request, AssistantAtDesk).end(id_of(request), actor=signed_in(request), now=now_of(request))
    return to(request, "/console/seat")
