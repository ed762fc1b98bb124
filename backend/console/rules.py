"""Who may do what at the desk, who may see personal data, and how pressing a day is. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from backend.cases.states import OPEN, CaseAct, State, acts_from
from backend.console.types import Pressing
from backend.kernel.actors import Actor, ActorKind, Role

#: Who may see cases at all. The three administrators never do (三员分立).
READERS = frozenset({Role.WINDOW_CLERK, Role.REVIEWER, Role.HEAD, Role.AUDITOR})
CLAIMERS = frozenset({Role.WINDOW_CLERK, Role.REVIEWER, Role.HEAD})
RECEIVERS = frozenset({Role.WINDOW_CLERK, Role.REVIEWER})
DECIDERS = frozenset({Role.REVIEWER, Role.HEAD})
#: Who may look into a case they do not hold, when they say why.
OVERSEERS = frozenset({Role.HEAD, Role.AUDITOR})

#: Who sees what the assistant could not answer, and who may change its words.
LEXICON_READERS = frozenset({Role.CATALOGUE_EDITOR, Role.HEAD, Role.WINDOW_CLERK})
LEXICON_EDITORS = frozenset({Role.CATALOGUE_EDITOR, Role.HEAD})
#: Who sits at the seat and talks to residents.
SEATED = frozenset({Role.WINDOW_CLERK, Role.REVIEWER, Role.HEAD})

ROLES_OF_ACT: dict[CaseAct, frozenset[Role]] = {
    CaseAct.ACCEPT: RECEIVERS,
    CaseAct.REQUEST_CORRECTION: RECEIVERS,
    CaseAct.DECLINE: RECEIVERS,
    CaseAct.GRANT: DECIDERS,
    CaseAct.REFUSE: DECIDERS,
}


class Access(StrEnum):
    """How much of a case's file an officer sees now, and what opens the rest."""

    FULL = "full"
    CLAIM_FIRST = "claim_first"  # 领取后可见
    REASON_FIRST = "reason_first"  # 登记事由后可见
    HELD = "held"  # 由他人经办


def access_of(case_state: State, holder: UUID | None, actor: Actor, *, has_reason: bool) -> Access:
    """What an officer sees of a case held by somebody, or by nobody."""
    if holder == actor.id:
        return Access.FULL
    if actor.has(*OVERSEERS):
        return Access.FULL if has_reason else Access.REASON_FIRST
    return Access.CLAIM_FIRST if may_claim(case_state, holder, actor) else Access.HELD


def may_claim(state: State, holder: UUID | None, actor: Actor) -> bool:
    """Whether an officer may take the case; a head also takes over what somebody else holds."""
    if state not in OPEN or holder == actor.id or not actor.has(*CLAIMERS):
        return False
    return holder is None or actor.has(Role.HEAD)


def acts_for(state: State, holder: UUID | None, actor: Actor) -> tuple[CaseAct, ...]:
    """What an officer who holds the case may do next, in the order of the table of states."""
    if holder != actor.id:
        return ()
    possible = acts_from(state, ActorKind.OFFICER)
    return tuple(act for act in possible if actor.has(*ROLES_OF_ACT.get(act, frozenset())))


def pressing(due_on: date | None, amber_on: date | None, *, today: date, is_paused: bool) -> Pressing | None:
    """How pressing a running limit is; None where no day is set."""
    if due_on is None:
        return None
    if is_paused:
        return Pressing.PAUSED
    if today > due_on:
        return Pressing.OVERDUE
    if today == due_on:
        return Pressing.TODAY
    return Pressing.SOON if amber_on is not None and today >= amber_on else Pressing.CALM


def role_words(roles: Iterable[Role]) -> str:
    """The roles of an officer as they stand beside the name."""
    return "、".join(ROLE_WORDS[role] for role in sorted(roles))


ROLE_WORDS: dict[Role, str] = {
    Role.WINDOW_CLERK: "窗口收件",
    Role.REVIEWER: "审查",
    Role.HEAD: "负责人",
    Role.INSPECTOR: "踏勘",
    Role.TOWN_CLERK: "镇街便民中心",
    Role.SUPERVISION_CONTACT: "监管联络",
    Role.CATALOGUE_EDITOR: "事项编制",
    Role.CATALOGUE_PUBLISHER: "事项发布",
    Role.AUDITOR: "案卷抽查",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全保密管理员",
    Role.AUDIT_ADMIN: "安全审计员",
}
