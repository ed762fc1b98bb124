"""What ends a case at the office: decline at the door, grant or refuse in substance."""

from datetime import datetime
from uuid import UUID

from backend.cases import store
from backend.cases.drafting import read_form
from backend.cases.errors import EndsBeforeItBegins, ReasonsMissing, UnprintableOnLicence
from backend.cases.events import CaseDeclined, CaseGranted, CaseRefused
from backend.cases.form import applicant_of
from backend.cases.letters import Letters
from backend.cases.models import Case
from backend.cases.receiving import demand_in_time, held_by
from backend.cases.rules import SERVING_ARTICLE, SERVING_PERIOD, DeclineGround
from backend.cases.states import CaseAct, State, step
from backend.cases.steps import facts_of, move, note, start_clock
from backend.cases.types import CaseView, DecisionView, LicenceTerms
from backend.catalog import service as catalog
from backend.journal.service import publish, use_case
from backend.kernel.actors import Actor
from backend.kernel.clock import legal_day
from backend.kernel.ports import Vault
from backend.kernel.printing import unprintable_in
from backend.licences import service as licences
from backend.timelimits.types import LimitKind


@use_case
async def decline(
    case_id: UUID, ground: DeclineGround, *, where_to: str, actor: Actor, vault: Vault, now: datetime
) -> CaseView:
    """Do not take the application on (不予受理; 第三十二条第一款第一、二项).

    Where another body has the power it must be named in `where_to`; raises `ReasonsMissing`, and
    `CorrectionPeriodOver` where the law already holds the application to be accepted.
    """
    if ground is DeclineGround.NOT_THIS_OFFICE and not where_to.strip():
        raise ReasonsMissing("应当向哪个机关申请")
    case = await held_by(case_id, actor)
    transition = step(State(case.state), CaseAct.DECLINE)
    await demand_in_time(case, now)
    reasons = f"{ground.text}。" + (f"请向{where_to.strip()}申请。" if where_to.strip() else "")
    decision = DecisionView("decline", "", str(ground.article), reasons, now)
    await move(case, transition, now=now)
    await store.add_decision(case_id, decision, officer_label=actor.label)
    await Letters(case, read_form(case, vault), ground.article, actor, now).decision(decision)
    note(
        case,
        "cases.decline",
        actor=actor,
        now=now,
        article=ground.article,
        detail={"ground": ground.value},
    )
    publish(CaseDeclined(at=now, **facts_of(case)))
    return store.view(case)


@use_case
async def grant(case_id: UUID, terms: LicenceTerms, *, actor: Actor, vault: Vault, now: datetime) -> CaseView:
    """Grant the licence (准予许可): decision letter, licence to be sealed, ten working days to serve.

    Raises `EndsBeforeItBegins` for a licence that would never be valid, `UnprintableOnLicence` for one
    that could never be printed.
    """
    if terms.valid_until and terms.valid_until < legal_day(now):
        raise EndsBeforeItBegins(terms.valid_until)
    if signs := unprintable_in("".join(text for line in terms.content for text in line)):
        raise UnprintableOnLicence(signs)
    case = await held_by(case_id, actor)
    transition = step(State(case.state), CaseAct.GRANT)
    decision = DecisionView("grant", "申请符合法定条件、标准", terms.clauses, terms.opinion, now)
    await move(case, transition, now=now)
    await store.add_decision(case_id, decision, officer_label=actor.label)
    values = read_form(case, vault)
    await Letters(case, values, transition.article, actor, now).decision(decision)
    await _issue_licence(case, terms, holder=applicant_of(values) or "申请人", actor=actor, now=now)
    await start_clock(
        case,
        LimitKind.DELIVERY,
        from_day=legal_day(now),
        limit=SERVING_PERIOD,
        article=SERVING_ARTICLE,
        now=now,
    )
    note(case, "cases.grant", actor=actor, now=now, article=transition.article)
    publish(CaseGranted(at=now, **facts_of(case)))
    return store.view(case)


async def _issue_licence(
    case: Case, terms: LicenceTerms, *, holder: str, actor: Actor, now: datetime
) -> None:
    item = await catalog.version(case.item_code, case.item_version)
    variant = catalog.variant_of(item, case.variant_code)
    result = variant.result_name or item.result_name
    await licences.issue(
        case.id,
        person_id=case.person_id,
        holder=holder,
        item_code=case.item_code,
        item_name=case.item_name,
        title=result.value if result else f"{case.item_name}批准文件",
        content=terms.content,
        valid_from=legal_day(now),
        valid_until=terms.valid_until,
        actor=actor,
        now=now,
    )


@use_case
async def refuse(
    case_id: UUID, decision: DecisionView, *, actor: Actor, vault: Vault, now: datetime
) -> CaseView:
    """Refuse the licence (不予许可). Raises `ReasonsMissing` unless facts, clauses and reasons are stated.

    第三十八条第二款; the letter adds the remedies.
    """
    for text, what in (
        (decision.facts, "事实"),
        (decision.clauses, "依据的条款"),
        (decision.reasons, "理由"),
    ):
        if not text.strip():
            raise ReasonsMissing(what)
    case = await held_by(case_id, actor)
    transition = step(State(case.state), CaseAct.REFUSE)
    await move(case, transition, now=now)
    await store.add_decision(case_id, decision, officer_label=actor.label)
    await Letters(case, read_form(case, vault), transition.article, actor, now).decision(decision)
    note(case, "cases.refuse", actor=actor, now=now, article=transition.article)
    publish(CaseRefused(at=now, **facts_of(case)))
    return store.view(case)
