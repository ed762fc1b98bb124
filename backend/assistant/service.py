"""Answer one message of a conversation."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from backend.assistant.aliases import approved_name
from backend.assistant.answers import Answer
from backend.assistant.approving import current_engine
from backend.assistant.composing import CaseLine, Ground, compose, offer_of_person
from backend.assistant.engine import Engine
from backend.assistant.library import Library
from backend.assistant.memory import SESSION, Memory, after, chosen, recall, remember, with_turn
from backend.assistant.records import Asked
from backend.assistant.types import Action, Topic, Understanding
from backend.assistant.wishes import wants_person
from backend.cases import service as cases
from backend.cases.states import OPEN
from backend.catalog import service as catalog
from backend.catalog.errors import NoSuchItem
from backend.catalog.types import ItemVersion, PlaceKind
from backend.kernel.actors import Actor
from backend.kernel.ids import new_id
from backend.kernel.ports import SharedState

#: Own cases told in one answer; the list has all.
MOST_CASES = 3


@dataclass(frozen=True)
class Message:
    """What somebody wrote, in which conversation, and whether they want plain words (elder mode)."""

    text: str
    session: str = ""
    is_plain: bool = False


@dataclass(frozen=True)
class Answered:
    """An answer, and what the question log keeps of it; nothing where a person was asked for."""

    answer: Answer
    asked: Asked | None


async def ask(
    message: Message, *, actor: Actor, library: Library, state: SharedState, now: datetime
) -> Answered:
    """Answer a message. Never accepts what another body decides, never promises an approval.

    行政许可法 第三十条第二款: the office explains; 第三十二条第一款第二项: it names who is competent.
    """
    session = message.session if SESSION.match(message.session) else secrets.token_urlsafe(16)
    memory = await recall(state, session)
    meant = understood(message.text, memory, await current_engine(library))
    ground = Ground(
        answer_id=new_id(),
        session=session,
        said=message.text,
        items=await _versions(meant, now),
        hall=await _hall(now),
        cases=await _cases(meant, actor),
        is_signed_in=actor.is_person,
        is_plain=message.is_plain,
        failures=memory.failures,
    )
    if wants_person(message.text):
        told = offer_of_person(meant, ground)
        await remember(state, session, with_turn(memory, asked=message.text, answered=told.text))
        return Answered(told, None)
    told = compose(meant, ground)
    await remember(state, session, with_turn(after(memory, meant), asked=message.text, answered=told.text))
    return Answered(told, _asked(message, memory, meant, ground=ground, now=now))


def understood(text: str, memory: Memory, engine: Engine) -> Understanding:
    """What a message means in its conversation; a choice answers our question once and for all."""
    choice = chosen(text, memory)
    if choice is not None:
        return engine.about(choice)
    meant = engine.understand(text, previous=memory.topic)
    if meant.action is Action.REFUSE and (name := approved_name(engine, text)):
        return engine.about(Topic(name, meant.aspect))  # the office has said what it means
    if meant.action is Action.CLARIFY and memory.choices and meant.best and meant.best.name in memory.choices:
        return replace(meant, action=Action.ANSWER, clarification=None)  # one clarifying turn at most
    return meant


def _asked(message: Message, memory: Memory, meant: Understanding, *, ground: Ground, now: datetime) -> Asked:
    choice = chosen(message.text, memory)
    return Asked(
        id=ground.answer_id,
        session=ground.session,
        text=message.text,
        meant=meant,
        chosen=choice.name if choice else "",
        at=now,
    )


async def _versions(meant: Understanding, now: datetime) -> tuple[ItemVersion, ...]:
    """The versions an answer reads: of the item asked for, or of each of several."""
    if meant.action is not Action.ANSWER:
        return ()
    found: list[ItemVersion] = []
    for candidate in meant.ranked[: meant.matters]:
        try:
            found.append(await catalog.current(candidate.code, now=now))
        except NoSuchItem:
            continue
    return tuple(found)


async def _hall(now: datetime) -> str:
    """The hall with address and hours, as far as the office has published them."""
    places = await catalog.service_points(now=now)
    hall = next((place for place in places if place.kind is PlaceKind.HALL), None)
    if hall is None:
        return "县政务服务大厅（地址、时间待核实）"
    known = [hall.name, hall.address, hall.hours]
    unknown = [word for word, text in (("地址", hall.address), ("时间", hall.hours)) if not text]
    pending = f"（{'、'.join(unknown)}待核实）" if unknown else ""
    return "，".join(part for part in known if part) + pending


async def _cases(meant: Understanding, actor: Actor) -> tuple[CaseLine, ...]:
    """The caller's own open cases, for questions about progress; nobody else's, whatever was written."""
    if meant.action is not Action.PROGRESS or not actor.is_person:
        return ()
    own = await cases.cases_of_person(actor, states=OPEN, before=None, limit=MOST_CASES)
    lines = await cases.line_for(own)
    return tuple(
        CaseLine(
            str(case.id),
            case.item_code,
            f"“{case.item_name}”（{case.number}）：{_sentence([lines[case.id].next, lines[case.id].by])}",
        )
        for case in own
    )


def _sentence(parts: Sequence[str]) -> str:
    return "，".join(part.rstrip("。") for part in parts if part) + "。"
