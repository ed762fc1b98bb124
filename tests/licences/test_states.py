"""What a licence may become, and what it is on a day."""

from datetime import date

import pytest

from backend.kernel.masking import masked_holder, masked_number
from backend.licences.numbering import number_text
from backend.licences.states import STEPS, LicenceAct, Status, status_on, step_from

LAST = date(2031, 11, 22)


@pytest.mark.parametrize(
    ("stored", "today", "told"),
    [
        (Status.VALID, LAST, Status.VALID),
        (Status.VALID, date(2031, 11, 23), Status.EXPIRED),
        (Status.SUSPENDED, date(2031, 11, 23), Status.EXPIRED),
        (Status.REVOKED, date(2031, 11, 23), Status.REVOKED),
        (Status.CHANGED, date(2031, 11, 23), Status.CHANGED),
        (Status.SEALING, date(2026, 11, 23), Status.SEALING),
    ],
)
def test_the_last_day_still_counts_and_other_endings_stay(stored: Status, today: date, told: Status) -> None:
    assert status_on(stored, LAST, today=today) is told


def test_a_licence_without_end_never_expires() -> None:
    assert status_on(Status.VALID, None, today=date(2099, 1, 1)) is Status.VALID


@pytest.mark.parametrize(
    ("status", "act", "target"),
    [
        (Status.SEALING, LicenceAct.SEAL, Status.VALID),
        (Status.VALID, LicenceAct.CHANGE, Status.CHANGED),
        (Status.VALID, LicenceAct.SUSPEND, Status.SUSPENDED),
        (Status.SUSPENDED, LicenceAct.RESUME, Status.VALID),
        (Status.VALID, LicenceAct.ANNUL, Status.ANNULLED),
        (Status.SUSPENDED, LicenceAct.REVOKE, Status.REVOKED),
        (Status.REVOKED, LicenceAct.DEREGISTER, Status.DEREGISTERED),
        (Status.VALID, LicenceAct.SEAL, None),
        (Status.SEALING, LicenceAct.CHANGE, None),
        (Status.REVOKED, LicenceAct.RESUME, None),
        (Status.DEREGISTERED, LicenceAct.ANNUL, None),
    ],
)
def test_steps(status: Status, act: LicenceAct, target: Status | None) -> None:
    step = step_from(status, act)
    assert (step.target if step else None) is target


def test_every_act_cites_its_article_and_every_status_has_words() -> None:
    assert set(STEPS) == set(LicenceAct)
    assert all(step.article.place for step in STEPS.values())
    assert all(status.text for status in Status)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王秀兰", "王**"),
        ("李四", "李*"),
        ("欧阳娜娜", "欧***"),
        ("阿里木·买买提", "阿***"),
        ("王德行", "王**"),
        ("阿布都热合曼", "阿***"),
        ("某某食品中心（有限合伙）", "某某食品中心（有限合伙）"),
        ("桓台县秀兰小吃店", "桓台县秀兰小吃店"),
        ("某餐饮管理有限公司", "某餐饮管理有限公司"),
        ("福来饭店", "福来饭店"),
        ("", ""),
    ],
)
def test_persons_are_masked_and_organisations_are_not(name: str, shown: str) -> None:
    assert masked_holder(name) == shown


def test_numbers_are_masked_in_the_middle() -> None:
    number = number_text("桓台县行政审批服务局", year=2026, place=12)
    assert number == "桓审批证〔2026〕000012号"
    assert masked_number(number) == "桓审批证〔2026〕0***12号"
    assert masked_number("") == ""
