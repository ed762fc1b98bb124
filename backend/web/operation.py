"""One decorator that makes a function an HTTP operation: who may call it, what it reads, what it answers.

The same facts make the permission check and the OpenAPI document, so the two cannot drift apart.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from backend.kernel.actors import Actor, ActorKind, Role
from backend.kernel.errors import DomainError, ErrorKind
from backend.web.auth import actor_of
from backend.web.params import refuse_unreadable

Endpoint = Callable[[Request], Awaitable[Response]]


class Permit(StrEnum):
    """Who may call an operation at all; whether the object is theirs is the use case's question."""

    ANYONE = "anyone"
    PERSON = "person"
    OFFICER = "officer"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class Operation:
    """What a route promises; read by the permission check, the document and the guard tests."""

    summary: str
    permit: Permit
    roles: frozenset[Role] = frozenset()
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answers: type[BaseModel] | None = None
    status: int = 200
    #: Media type where the answer is not JSON.
    media_type: str = "application/json"
    #: Names of multipart file fields, for uploads.
    files: tuple[str, ...] = ()
    needs_idempotency_key: bool = False


@dataclass(eq=False)
class SignInNeeded(DomainError):
    code = "web.sign_in_needed"
    kind = ErrorKind.UNAUTHENTICATED

    @property
    def message(self) -> str:
        return "请先登录。登录后会回到这一页，已填写的内容不会丢失。"


@dataclass(eq=False)
class NotPermitted(DomainError):
    code = "web.not_permitted"
    kind = ErrorKind.FORBIDDEN

    @property
    def message(self) -> str:
        return "您没有进行这项操作的权限。如需办理，请联系负责的工作人员。"


def operation(
    summary: str,
    *,
    permit: Permit,
    roles: frozenset[Role] = frozenset(),
    body: type[BaseModel] | None = None,
    query: type[BaseModel] | None = None,
    answers: type[BaseModel] | None = None,
    status: int = 200,
    media_type: str = "application/json",
    files: tuple[str, ...] = (),
    needs_idempotency_key: bool = False,
) -> Callable[[Endpoint], Endpoint]:
    """Declare an operation and refuse callers it does not permit before the function runs."""
    told = Operation(
        summary, permit, roles, body, query, answers, status, media_type, files, needs_idempotency_key
    )

    def decorate(endpoint: Endpoint) -> Endpoint:
        @wraps(endpoint)
        async def permitted(request: Request) -> Response:
            refuse_unreadable(request)
            if told.permit is not Permit.ANYONE:
                permit_or_refuse(told, await actor_of(request))
            return await endpoint(request)

        permitted.__operation__ = told  # type: ignore[attr-defined]  # read back by operation_of
        return permitted

    return decorate


def operation_of(endpoint: object) -> Operation | None:
    """The declaration of a route's function, None where it has none."""
    return getattr(endpoint, "__operation__", None)


def permit_or_refuse(told: Operation, actor: Actor) -> None:
    """Raise unless the actor is of the kind, and holds one of the roles, that the operation asks for."""
    if actor.kind is ActorKind.VISITOR:
        raise SignInNeeded
    wanted = {
        Permit.PERSON: {ActorKind.PERSON},
        Permit.OFFICER: {ActorKind.OFFICER},
        Permit.SIGNED_IN: {ActorKind.PERSON, ActorKind.OFFICER},
        Permit.ANYONE: set(ActorKind),
    }[told.permit]
    if actor.kind not in wanted or (told.roles and not actor.has(*told.roles)):
        raise NotPermitted
