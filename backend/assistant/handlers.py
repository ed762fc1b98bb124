"""Reactions: answer what people wrote in WeChat, hand the answers over."""

from backend.assistant import customers, handing_over, questions, service
from backend.assistant.answers import Answer, ButtonKind, Told
from backend.assistant.conversations import ConversationState
from backend.assistant.errors import NoSuchConversation
from backend.assistant.events import CustomerReplyOwed, CustomerWrote
from backend.assistant.library import library
from backend.assistant.ports import CustomerMessage, CustomerReplies, MessageKind
from backend.assistant.service import Message
from backend.assistant.wishes import wants_person
from backend.kernel.actors import VISITOR
from backend.kernel.events import Context, Handler
from backend.kernel.ports import SharedState, Vault

WELCOME = (
    "您好，我是办事助手。想办什么事，用平常的话说就行，比如“开小吃店要办什么证”。要找工作人员，回复“转人工”。"
)
TEXT_ONLY = "我现在只看得懂文字。请把想办的事打成一句话，或回复“转人工”找工作人员。"


async def answer_customer(event: CustomerWrote, context: Context) -> None:
    """Answer a message once, as the chat page would."""
    vault = context.ports.get(Vault)
    message = await customers.unanswered(event.message_id, vault=vault)
    if message is None:
        return
    text = await _answer_to(message, context)
    await customers.answer(event.message_id, text, openid=message.openid, vault=vault, now=context.now)


async def _answer_to(message: CustomerMessage, context: Context) -> str:
    vault, state = context.ports.get(Vault), context.ports.get(SharedState)
    session = customers.session_of(message.openid, vault=vault)
    if message.kind is MessageKind.ENTERED:
        return WELCOME
    if message.kind is MessageKind.OTHER:
        return TEXT_ONLY
    if await _is_with_person(session):
        await handing_over.say(session, message.text, actor=VISITOR, now=context.now)
        return ""
    if wants_person(message.text):
        sealed = customers.seal_openid(message.openid, vault=vault)
        handed = await handing_over.hand_over(
            session, actor=VISITOR, state=state, now=context.now, openid_sealed=sealed
        )
        return handed.text
    answered = await service.ask(
        Message(message.text, session), actor=VISITOR, library=library(), state=state, now=context.now
    )
    await questions.note(answered.asked)
    return shown(answered.answer)


async def _is_with_person(session: str) -> bool:
    try:
        found, _ = await handing_over.conversation_of(session, actor=VISITOR, after=0)
    except NoSuchConversation:
        return False
    return found.state is not ConversationState.ENDED


def shown(answer: Answer) -> str:
    """An answer where there are no buttons: what they do is said in words."""
    lines = [answer.text, *(f"{fact.label}：{_marked(fact)}" for fact in answer.facts)]
    if answer.source:
        source = answer.source
        lines.append(
            f"依据：《{source.item_name}》办事指南第{source.version}版（{source.effective_on:%Y-%m-%d}）"
        )
    if answer.choices and "1. " not in answer.text:
        lines.append("还可以问：" + "；".join(option.text for option in answer.choices))
    if any(button.kind is ButtonKind.FILE for button in answer.actions):
        lines.append("要办的话，打开小程序点“开始办理”。")
    if any(button.kind is ButtonKind.HANDOVER for button in answer.actions):
        lines.append("回复“转人工”找工作人员。")
    return "\n".join(lines)


def _marked(fact: Told) -> str:
    return f"{fact.text}（待核实）" if fact.is_pending and "待核实" not in fact.text else fact.text


async def hand_to_wechat(event: CustomerReplyOwed, context: Context) -> None:
    """Send an owed reply."""
    await customers.send(
        event.reply_id,
        replies=context.ports.get(CustomerReplies),
        vault=context.ports.get(Vault),
    )


HANDLERS = [
    Handler("assistant.answer_customer", CustomerWrote, answer_customer),
    Handler("assistant.hand_to_wechat", CustomerReplyOwed, hand_to_wechat, target="wechat"),
]
