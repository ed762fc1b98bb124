"""Who is calling: the bearer token of a request, turned into an actor once."""

from datetime import datetime
from typing import Protocol

from starlette.requests import Request

from backend.kernel.actors import VISITOR, Actor
from backend.web.params import now_of, port_of


class Authenticator(Protocol):
    """Turn a session token into the actor it belongs to; None when unknown, expired or revoked."""

    async def actor_for(self, token: str, *, now: datetime) -> Actor | None: ...


#: The officers' pages, opened by browsers that send no header of their own. Only below this path is a
#: cookie read (and every form there carries a token), so the API needs no defence against foreign forms.
COOKIE_PATH = "/console"


def cookie_name(request: Request) -> str:
    """The session cookie of the officers' pages; the prefix demands https, so loopback goes without."""
    return "__Host-console" if request.url.scheme == "https" else "console"


def bearer_token(request: Request) -> str | None:
    """The token of the Authorization header; on the officers' pages that of the cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    path: str = request.scope["path"]  # as it is routed; `request.url` also believes the Host header
    if path == COOKIE_PATH or path.startswith(COOKIE_PATH + "/"):
        return request.cookies.get(cookie_name(request)) or None
    return None


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
