"""Who is calling: the bearer token of a request, turned into an actor once."""

from datetime import datetime
from typing import Protocol

from starlette.requests import Request

from backend.kernel.actors import VISITOR, Actor
from backend.web.params import now_of, port_of


class Authenticator(Protocol):
    """Turn a session token into the actor it belongs to; None when unknown, expired or revoked."""

    async def actor_for(self, token: str, *, now: datetime) -> Actor | None: ...


def bearer_token(request: Request) -> str | None:
    """The token of the Authorization header, if there is one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


async def actor_of(request: Request) -> Actor:
    """The signed-in actor, or the visitor. Looked up once a request."""
    known: Actor | None = request.scope.get("actor")
    if known is not None:
        return known
    token = bearer_token(request)
    actor = await port_of(request, Authenticator).actor_for(token, now=now_of(request)) if token else None
    request.scope["actor"] = actor or VISITOR
    return actor or VISITOR


def signed_in(request: Request) -> Actor:
    """The actor of an operation that demands one; `operation` has already looked it up."""
    actor: Actor = request.scope["actor"]
    return actor
