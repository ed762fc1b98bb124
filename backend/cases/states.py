"""The states of a case (办件状态) and every way between them, as one table."""

from dataclasses import dataclass
from enum import StrEnum

from backend.cases.errors import ActNotPossible
from backend.kernel.actors import ActorKind
from backend.kernel.law import Article, licensing_law


class State(StrEnum):
    DRAFT = "draft"  # 草稿，尚未提交
    RECEIVED = "received"  # 已收件，待审核
    CORRECTION = "correction"  # 待补正
    ACCEPTED = "accepted"  # 已受理，审查中
    DECLINED = "declined"  # 不予受理
    GRANTED = "granted"  # 准予许可
    REFUSED = "refused"  # 不予许可
    WITHDRAWN = "withdrawn"  # 已撤回

    @property
    def text(self) -> str:
        return TEXTS[self]


TEXTS: dict[State, str] = {
    State.DRAFT: "尚未提交",
    State.RECEIVED: "已收件",
    State.CORRECTION: "待补正",
    State.ACCEPTED: "审查中",
    State.DECLINED: "不予受理",
    State.GRANTED: "准予许可",
    State.REFUSED: "不予许可",
    State.WITHDRAWN: "已撤回",
}

#: States in which somebody still has something to do.
OPEN = frozenset({State.RECEIVED, State.CORRECTION, State.ACCEPTED})
CLOSED = frozenset({State.DECLINED, State.GRANTED, State.REFUSED, State.WITHDRAWN})


class CaseAct(StrEnum):
    SUBMIT = "submit"  # 提交申请
    ACCEPT = "accept"  # 受理
    DEEM_ACCEPTED = "deem_accepted"  # 视为受理
    REQUEST_CORRECTION = "request_correction"  # 一次性告知补正
    SUPPLY_CORRECTION = "supply_correction"  # 提交补正材料
    DECLINE = "decline"  # 不予受理
    GRANT = "grant"  # 准予许可
    REFUSE = "refuse"  # 不予许可
    WITHDRAW = "withdraw"  # 撤回申请


@dataclass(frozen=True)
class Transition:
    """One permitted step: who may take it, and the article it rests on."""

    source: State
    act: CaseAct
    target: State
    by: ActorKind
    article: Article


PERSON, OFFICER, SYSTEM = ActorKind.PERSON, ActorKind.OFFICER, ActorKind.SYSTEM
CORRECT_ONCE = licensing_law("第三十二条第一款第四项")
TAKE_ON = licensing_law("第三十二条第一款第五项")
NOT_OURS = licensing_law("第三十二条第一款第一、二项")
#: Withdrawing is not regulated in words; it follows from applying being the applicant's own act.
APPLY = licensing_law("第二十九条")

TABLE: tuple[Transition, ...] = (
    Transition(State.DRAFT, CaseAct.SUBMIT, State.RECEIVED, PERSON, APPLY),
    Transition(State.RECEIVED, CaseAct.ACCEPT, State.ACCEPTED, OFFICER, TAKE_ON),
    Transition(State.RECEIVED, CaseAct.DEEM_ACCEPTED, State.ACCEPTED, SYSTEM, CORRECT_ONCE),
    Transition(State.RECEIVED, CaseAct.REQUEST_CORRECTION, State.CORRECTION, OFFICER, CORRECT_ONCE),
    Transition(State.RECEIVED, CaseAct.DECLINE, State.DECLINED, OFFICER, NOT_OURS),
    Transition(State.CORRECTION, CaseAct.SUPPLY_CORRECTION, State.RECEIVED, PERSON, TAKE_ON),
    Transition(State.ACCEPTED, CaseAct.GRANT, State.GRANTED, OFFICER, licensing_law("第三十八条第一款")),
    Transition(State.ACCEPTED, CaseAct.REFUSE, State.REFUSED, OFFICER, licensing_law("第三十八条第二款")),
    Transition(State.RECEIVED, CaseAct.WITHDRAW, State.WITHDRAWN, PERSON, APPLY),
    Transition(State.CORRECTION, CaseAct.WITHDRAW, State.WITHDRAWN, PERSON, APPLY),
    Transition(State.ACCEPTED, CaseAct.WITHDRAW, State.WITHDRAWN, PERSON, APPLY),
)

_BY_STEP = {(each.source, each.act): each for each in TABLE}


def step(state: State, act: CaseAct) -> Transition:
    """The transition an act takes from a state. Raises `ActNotPossible` where the table has none."""
    found = _BY_STEP.get((state, act))
    if found is None:
        raise ActNotPossible(state=state.text, act=act.value)
    return found


def acts_from(state: State, by: ActorKind) -> list[CaseAct]:
    """What somebody of a kind may do next."""
    return [each.act for each in TABLE if each.source is state and each.by is by]
