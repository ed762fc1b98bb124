"""Who sees and does what at the desk."""

from datetime import date
from uuid import UUID

import pytest

from backend.cases.states import CaseAct, State
from backend.console.rules import Access, access_of, acts_for, may_claim, pressing, role_words
from backend.console.types import Pressing
from backend.kernel.actors import Actor, ActorKind, Role

ME, OTHER = UUID(int=1), UUID(int=2)
CLERK, REVIEWER, HEAD, AUDITOR, ADMIN = (
    Role.WINDOW_CLERK,
    Role.REVIEWER,
    Role.HEAD,
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
)


def officer(*roles: Role) -> Actor:
    return Actor(ActorKind.OFFICER, ME, "1", frozenset(roles))


@pytest.mark.parametrize(
    ("role", "holder", "has_reason", "seen"),
    [
        (CLERK, ME, False, Access.FULL),
        (CLERK, None, False, Access.CLAIM_FIRST),
        (CLERK, OTHER, False, Access.HELD),
        (CLERK, OTHER, True, Access.HELD),
        (REVIEWER, None, True, Access.CLAIM_FIRST),
        (HEAD, ME, False, Access.FULL),
        (HEAD, None, False, Access.REASON_FIRST),
        (HEAD, OTHER, True, Access.FULL),
        (AUDITOR, OTHER, False, Access.REASON_FIRST),
        (AUDITOR, OTHER, True, Access.FULL),
        (ADMIN, None, True, Access.HELD),
    ],
)
def test_personal_data_opens_to_the_holder_or_for_a_reason(
    role: Role, holder: UUID | None, has_reason: bool, seen: Access
) -> None:
    assert access_of(State.RECEIVED, holder, officer(role), has_reason=has_reason) is seen


@pytest.mark.parametrize(
    ("role", "state", "holder", "may"),
    [
        (CLERK, State.RECEIVED, None, True),
        (REVIEWER, State.ACCEPTED, None, True),
        (HEAD, State.CORRECTION, None, True),
        (CLERK, State.RECEIVED, OTHER, False),
        (HEAD, State.RECEIVED, OTHER, True),
        (CLERK, State.RECEIVED, ME, False),
        (CLERK, State.GRANTED, None, False),
        (HEAD, State.WITHDRAWN, OTHER, False),
        (AUDITOR, State.RECEIVED, None, False),
        (ADMIN, State.RECEIVED, None, False),
    ],
)
def test_who_may_claim(role: Role, state: State, holder: UUID | None, may: bool) -> None:
    assert may_claim(state, holder, officer(role)) is may


RECEIVING = (CaseAct.ACCEPT, CaseAct.REQUEST_CORRECTION, CaseAct.DECLINE)
DECIDING = (CaseAct.GRANT, CaseAct.REFUSE)


@pytest.mark.parametrize(
    ("role", "state", "holder", "acts"),
    [
        (CLERK, State.RECEIVED, ME, RECEIVING),
        (REVIEWER, State.RECEIVED, ME, RECEIVING),
        (HEAD, State.RECEIVED, ME, ()),
        (CLERK, State.ACCEPTED, ME, ()),
        (REVIEWER, State.ACCEPTED, ME, DECIDING),
        (HEAD, State.ACCEPTED, ME, DECIDING),
        (REVIEWER, State.ACCEPTED, OTHER, ()),
        (REVIEWER, State.CORRECTION, ME, ()),
        (REVIEWER, State.GRANTED, ME, ()),
        (AUDITOR, State.RECEIVED, ME, ()),
    ],
)
def test_who_may_do_what_next(role: Role, state: State, holder: UUID, acts: tuple[CaseAct, ...]) -> None:
    assert acts_for(state, holder, officer(role)) == acts


DUE, AMBER = date(2026, 11, 26), date(2026, 11, 25)


@pytest.mark.parametrize(
    ("today", "is_paused", "shown"),
    [
        (date(2026, 11, 24), False, Pressing.CALM),
        (AMBER, False, Pressing.SOON),
        (DUE, False, Pressing.TODAY),
        (date(2026, 11, 27), False, Pressing.OVERDUE),
        (date(2026, 11, 27), True, Pressing.PAUSED),
    ],
)
def test_how_pressing_a_day_is(today: date, is_paused: bool, shown: Pressing) -> None:
    assert pressing(DUE, AMBER, today=today, is_paused=is_paused) is shown
    assert pressing(None, None, today=today, is_paused=is_paused) is None


def test_every_role_has_a_word() -> None:
    assert all(role_words([role]) for role in Role)
