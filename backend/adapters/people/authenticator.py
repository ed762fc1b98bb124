"""The session table as the web layer's authenticator."""

from datetime import datetime

from backend.identity import service
from backend.kernel.actors import Actor
from backend.kernel.ports import SharedState


class SessionAuthenticator:
    """`web.auth.Authenticator` on identity's sessions, remembered for 30 s in the shared state."""

    def __init__(self, state: SharedState) -> None:
        self._state = state

    async def actor_for(self, token: str, *, now: datetime) -> Actor | None:
        return await service.actor_for_token(token, now=now, state=self._state)
