"""HTTP of the assistant."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.assistant import service
from backend.assistant.library import library
from backend.assistant.schemas import AssistantAnswer, Question
from backend.assistant.service import Message
from backend.kernel.ports import SharedState
from backend.web.auth import actor_of
from backend.web.limits import limit
from backend.web.operation import Permit, operation
from backend.web.pages import answer
from backend.web.params import body_of, now_of, port_of

#: A person types slower; a program that asks faster is not asking.
TRIES_A_MINUTE = 40


@operation("问办事助手", permit=Permit.ANYONE, body=Question, answers=AssistantAnswer)
async def ask(request: Request) -> Response:
    await limit(request, "assistant", tries=TRIES_A_MINUTE, window_seconds=60)
    asked = await body_of(request, Question)
    told = await service.ask(
        Message(asked.text, asked.session or "", asked.plain),
        actor=await actor_of(request),
        library=library(),
        state=port_of(request, SharedState),
        now=now_of(request),
    )
    return answer(AssistantAnswer.of(told))


ROUTES = [Route("/api/v1/assistant/ask", ask, methods=["POST"])]
