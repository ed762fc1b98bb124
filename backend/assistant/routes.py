"""HTTP of the assistant: questions, feedback, the way to a person, and WeChat's messages."""

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from backend.assistant import customers, handing_over, questions, service
from backend.assistant.composing import PATIENCE
from backend.assistant.errors import NoSuchConversation
from backend.assistant.library import library
from backend.assistant.memory import SESSION
from backend.assistant.ports import CustomerMessages
from backend.assistant.schemas import (
    AssistantAnswer,
    ConversationAnswer,
    ConversationQuery,
    Feedback,
    FeedbackAnswer,
    Handover,
    HandoverWish,
    Question,
    SaidLine,
)
from backend.assistant.service import Message
from backend.kernel.ports import SharedState, Vault
from backend.web.auth import actor_of
from backend.web.limits import limit
from backend.web.operation import Permit, operation
from backend.web.pages import answer, no_content
from backend.web.params import body_of, now_of, port_of, query_of

#: A person types slower; a program that asks faster is not asking.
TRIES_A_MINUTE = 40
#: The chat page looks every few seconds.
POLLS_A_MINUTE = 120
WISHES_AN_HOUR = 20


@operation("问办事助手", permit=Permit.ANYONE, body=Question, answers=AssistantAnswer)
async def ask(request: Request) -> Response:
    await limit(request, "assistant", tries=TRIES_A_MINUTE, window_seconds=60)
    asked = await body_of(request, Question)
    answered = await service.ask(
        Message(asked.text, asked.session or "", asked.plain),
        actor=await actor_of(request),
        library=library(),
        state=port_of(request, SharedState),
        now=now_of(request),
    )
    told = answer(AssistantAnswer.of(answered.answer))
    told.background = BackgroundTask(questions.note, answered.asked)
    return told


@operation("评价助手的回答", permit=Permit.ANYONE, body=Feedback, answers=FeedbackAnswer)
async def feedback(request: Request) -> Response:
    await limit(request, "assistant-feedback", tries=TRIES_A_MINUTE, window_seconds=60)
    told = await body_of(request, Feedback)
    await questions.rate(told.answer_id, told.kind, session=told.session)
    if told.kind != questions.NOT_MEANT:
        return answer(FeedbackAnswer(text="谢谢，记下了。", offers_handover=False))
    failures = await questions.disappoint(port_of(request, SharedState), told.session)
    text = "抱歉没答对，已记下来让工作人员改进。换个说法再问一次，或者转人工。"
    return answer(FeedbackAnswer(text=text, offers_handover=failures >= PATIENCE))


@operation("转人工", permit=Permit.ANYONE, body=HandoverWish, answers=Handover)
async def hand_over(request: Request) -> Response:
    await limit(request, "assistant-handover", tries=WISHES_AN_HOUR, window_seconds=3600)
    wish = await body_of(request, HandoverWish)
    if not SESSION.match(wish.session):
        raise NoSuchConversation
    handed = await handing_over.hand_over(
        wish.session,
        actor=await actor_of(request),
        state=port_of(request, SharedState),
        now=now_of(request),
    )
    return answer(Handover.of(handed))


@operation("人工对话的新消息", permit=Permit.ANYONE, query=ConversationQuery, answers=ConversationAnswer)
async def conversation(request: Request) -> Response:
    await limit(request, "assistant-poll", tries=POLLS_A_MINUTE, window_seconds=60)
    asked = query_of(request, ConversationQuery)
    actor = await actor_of(request)
    told, lines = await handing_over.conversation_of(asked.session, actor=actor, after=asked.after)
    return answer(ConversationAnswer.of(told, lines))


@operation("对工作人员说一句", permit=Permit.ANYONE, body=SaidLine, status=204)
async def say(request: Request) -> Response:
    await limit(request, "assistant", tries=TRIES_A_MINUTE, window_seconds=60)
    said = await body_of(request, SaidLine)
    await handing_over.say(said.session, said.text, actor=await actor_of(request), now=now_of(request))
    return no_content()


@operation("结束人工对话", permit=Permit.ANYONE, body=HandoverWish, status=204)
async def leave(request: Request) -> Response:
    await limit(request, "assistant-handover", tries=WISHES_AN_HOUR, window_seconds=3600)
    wish = await body_of(request, HandoverWish)
    await handing_over.leave(wish.session, actor=await actor_of(request), now=now_of(request))
    return no_content()


@operation("微信校验客服消息地址", permit=Permit.ANYONE, media_type="text/plain")
async def echo(request: Request) -> Response:
    return PlainTextResponse(port_of(request, CustomerMessages).echo(dict(request.query_params)))


@operation("微信推送客服消息", permit=Permit.ANYONE, media_type="text/plain")
async def wechat_message(request: Request) -> Response:
    """Take a message; the answer goes by the worker, as WeChat waits five seconds only."""
    body = await request.body()
    message = port_of(request, CustomerMessages).read(dict(request.query_params), body)
    await customers.receive(message, vault=port_of(request, Vault), now=now_of(request))
    return PlainTextResponse("success")


ROUTES = [
    Route("/api/v1/assistant/ask", ask, methods=["POST"]),
    Route("/api/v1/assistant/feedback", feedback, methods=["POST"]),
    Route("/api/v1/assistant/handover", hand_over, methods=["POST"]),
    Route("/api/v1/assistant/conversation", conversation, methods=["GET"]),
    Route("/api/v1/assistant/conversation", say, methods=["POST"]),
    Route("/api/v1/assistant/conversation/end", leave, methods=["POST"]),
    Route("/api/v1/wechat/messages", echo, methods=["GET"]),
    Route("/api/v1/wechat/messages", wechat_message, methods=["POST"]),
]
