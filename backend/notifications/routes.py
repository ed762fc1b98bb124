"""The inbox over HTTP."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.notifications import service
from backend.notifications.schemas import Accepted, InboxQuery, Message, Quotas
from backend.web.auth import signed_in
from backend.web.operation import Permit, operation
from backend.web.pages import Page, answer, no_content, read_place, write_cursor
from backend.web.params import body_of, id_of, now_of, query_of


@operation("我的消息", permit=Permit.PERSON, query=InboxQuery, answers=Page[Message])
async def list_messages(request: Request) -> Response:
    """The caller's messages, newest first."""
    query = query_of(request, InboxQuery)
    inbox = await service.read_inbox(signed_in(request).id, after=read_place(query.cursor), limit=query.limit)
    items = [Message.of(view) for view in inbox.messages]
    cursor = write_cursor(*(str(part) for part in inbox.next_after)) if inbox.next_after else None
    return answer(Page[Message](items=items, next_cursor=cursor))


@operation("消息已阅", permit=Permit.PERSON, status=204)
async def open_message(request: Request) -> Response:
    """Note that the caller read a message."""
    await service.open_message(id_of(request), person_id=signed_in(request).id, now=now_of(request))
    return no_content()


@operation("登记微信订阅消息", permit=Permit.PERSON, body=Accepted, answers=Quotas)
async def top_up_subscriptions(request: Request) -> Response:
    """Count the subscription messages the caller has just allowed."""
    form = await body_of(request, Accepted)
    return answer(Quotas(quotas=await service.subscribe(signed_in(request).id, accepted=form.accepted)))


ROUTES = [
    Route("/api/v1/messages", list_messages, methods=["GET"]),
    Route("/api/v1/messages/{id}/open", open_message, methods=["POST"]),
    Route("/api/v1/subscriptions", top_up_subscriptions, methods=["POST"]),
]
