"""The sample county's data: complete, grounded, and honest about what nobody confirmed."""

from collections import Counter

import pytest

from backend.catalog.lint import errors
from backend.catalog.types import ItemVersion, Kind, Power, Provenance
from backend.seeds.service import HUANTAI, County, county_of, item_names, lint
from tests.catalog.samples import NOW


@pytest.fixture(scope="module")
def county() -> County:
    return county_of(HUANTAI, now=NOW)


def test_305_entries_as_the_notice_counts_them(county: County) -> None:
    counted = Counter((each.kind, each.power) for each in county.items)
    assert counted == {
        (Kind.LICENCE, Power.TRANSFERRED): 169,
        (Kind.LICENCE, Power.WINDOW): 50,
        (Kind.LICENCE, Power.ELSEWHERE): 7,
        (Kind.ASSOCIATED, Power.TRANSFERRED): 79,
    }
    assert len({each.item_name for each in county.items}) == 305
    assert item_names() == [each.item_name for each in county.items]


def test_27_departments_handed_over_and_eleven_lines_stayed(county: County) -> None:
    """Eleven lines stayed (桓政发〔2018〕13号); their licences are all in windows or elsewhere."""
    by_power = Counter(each.power for each in county.organisation.departments)
    assert by_power == {Power.TRANSFERRED: 27, Power.WINDOW: 11}
    for item in county.items:
        is_kept = item.former_department.power is Power.WINDOW
        assert is_kept is (item.power is not Power.TRANSFERRED), item.item_name


def test_every_fact_says_how_it_is_known(county: County) -> None:
    for item in county.items:
        for fact in facts_of(item):
            assert isinstance(fact, Provenance)
        assert item.sources or item.legal_basis or item.evidence == "未核对", item.item_name


def facts_of(item: ItemVersion) -> list[Provenance]:
    found: list[Provenance] = [item.fee.provenance]
    for variant in item.variants:
        found += [each.provenance for each in variant.conditions]
        found += [each.provenance for each in variant.materials]
        found += [each.provenance for each in variant.steps]
        found += [each.provenance for each in variant.special_procedures]
        found += [each.provenance for each in (variant.result_name, variant.validity) if each]
        found += [variant.statutory_limit.provenance] if variant.statutory_limit else []
    return found


def test_nothing_is_confirmed_but_limits_in_a_statutes_words(county: County) -> None:
    for item in county.items:
        assert item.fee.is_pending
        for variant in item.variants:
            assert all(each.is_pending for each in variant.conditions)
            assert all(each.is_pending for each in variant.materials)
            limit = variant.statutory_limit
            if limit is not None and not limit.is_pending:
                assert limit.provenance is Provenance.STATUTE
                assert "第42条" not in limit.source


def test_every_lead_is_pending_and_never_demanded(county: County) -> None:
    hints = [m for item in county.items for v in item.variants for m in v.materials if m.is_hint]
    assert hints
    assert all(each.is_pending and not each.is_demanded for each in hints)


def test_no_promise_is_borrowed_from_elsewhere(county: County) -> None:
    promised = [
        each.item_name
        for each in county.items
        if each.promised_limit or any(v.promised_limit for v in each.variants)
    ]
    assert promised == []


def test_no_list_of_the_county_was_found_so_no_power_is_confirmed(county: County) -> None:
    assert not any(each.is_power_confirmed for each in county.items)


def test_no_code_passes_for_official(county: County) -> None:
    assert not any(code.is_official for item in county.items for code in item.codes)
    assert sum(bool(item.codes) for item in county.items) == 12


def test_sub_items_are_situations(county: County) -> None:
    with_many = [each for each in county.items if len(each.variants) > 1]
    assert len(with_many) == 26
    assert sum(len(each.variants) for each in with_many) == 75
    assert all(each.official_name for item in with_many for each in item.variants)


def test_48_guides_have_conditions_and_steps(county: County) -> None:
    told = [v for item in county.items for v in item.variants if v.conditions]
    assert len(told) == 48
    assert all(each.steps and each.result_name for each in told)


def test_where_the_statute_says_days_the_unit_is_kept(county: County) -> None:
    small = next(each for each in county.items if each.item_name == "小餐饮登记")
    assert str(small.variants[0].statutory_limit.value) == "15日"  # type: ignore[union-attr]


def test_no_version_has_faults(county: County) -> None:
    assert [each for item in county.items for each in errors(item)] == []


def test_forms_ask_who_applies_and_how_to_reach_them(county: County) -> None:
    for item in county.items:
        for variant in item.variants:
            keys = {each.key for each in variant.form if each.required}
            assert {"applicant_name", "phone"} <= keys, item.item_name


def test_the_lint_names_file_and_line() -> None:
    found = lint()
    assert {each.element for each in found} >= {"promised_limit", "materials", "conditions", "codes"}
    assert all(each.where.startswith("items/") and ":" in each.where for each in found)


def test_the_hall_and_nine_town_centres_without_invented_addresses(county: County) -> None:
    places = county.organisation.places
    assert len(places) == 10
    assert all(each.is_pending and not (each.address or each.phone or each.hours) for each in places)
    assert all(each.is_pending for each in county.organisation.delegations)
