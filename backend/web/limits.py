"""Rate limits per address and per person, counted in the shared state."""

from dataclasses import dataclass

from starlette.requests import Request

from backend.kernel.errors import DomainError, ErrorKind
from backend.kernel.ports import SharedState
from backend.web.params import address_of, port_of


@dataclass(eq=False)
class TooManyTries(DomainError):
    code = "web.too_many_tries"
    kind = ErrorKind.TOO_MANY

    @property
    def message(self) -> str:
        return "操作太频繁了，请过一会儿再试；着急办理可拨打大厅电话。"


async def limit(request: Request, what: str, *, tries: int, window_seconds: int, who: str = "") -> None:
    """Count one try of `what` by `who` (default: the caller's address). Raises `TooManyTries`."""
    key = f"limit:{what}:{who or address_of(request)}"
    if not await port_of(request, SharedState).hit(key, limit=tries, window_seconds=window_seconds):
        raise TooManyTries
