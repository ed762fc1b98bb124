"""Look an item version over before it is published (查缺漏). Pure.

Errors keep a version out: a catch-all material, a promise longer than the law allows, a demand nobody
confirmed. Everything else incomplete is named and shown as 待核实.
"""

import re
from collections.abc import Iterator

from backend.catalog.types import FieldType, Finding, ItemVersion, Kind, MaterialRequirement, Variant
from backend.kernel.units import Days, DayUnit, WorkingDays

#: 行政许可法 第三十一条: nothing outside the published list, nor a door left open for it.
CATCH_ALL = re.compile(r"^其[他它](相关)?(材料|文件|资料|证明)|(规定|要求|需要|应当提供)的其[他它]")

#: 行政许可法 第四十二条第一款: what holds where no statute says otherwise.
GENERAL_LIMIT = WorkingDays(20)


def is_catch_all(name: str) -> bool:
    """Whether a material's name asks for whatever else might be wanted (兜底材料)."""
    return bool(CATCH_ALL.search(name))


def is_longer(promised: Days, statutory: Days) -> bool:
    """Whether a promised limit exceeds the statutory one; a working day is never shorter than a day."""
    if promised.unit is statutory.unit or promised.unit is DayUnit.WORKING:
        return promised.count > statutory.count
    return promised.count > statutory.count * 7 // 5


def findings(item: ItemVersion) -> list[Finding]:
    """Everything incomplete or wrong in a version."""
    found = list(_of_item(item))
    for variant in item.variants:
        where = "" if len(item.variants) == 1 else f"情形“{variant.name}”"
        found += [
            Finding(item.item_code, item.item_name, each.element, where + each.message, each.is_error)
            for each in _of_variant(item, variant)
        ]
    return found


def errors(item: ItemVersion) -> list[Finding]:
    """Only what keeps a version from being published."""
    return [each for each in findings(item) if each.is_error]


def _of_item(item: ItemVersion) -> Iterator[Finding]:
    if not item.legal_basis:
        yield _finding(item, "legal_basis", "没有查到依据")
    elif not item.is_legal_basis_checked:
        yield _finding(item, "legal_basis", "依据的条文还没有核对")
    if item.is_charged and not item.fee.source:
        yield _finding(item, "fee", "收费没有写依据")
    elif item.fee.is_pending:
        yield _finding(item, "fee", "收费情况待核实")
    if not any(each.is_official for each in item.codes):
        yield _finding(item, "codes", "没有正式的事项编码")
    keys = [each.code for each in item.variants]
    if len(set(keys)) != len(keys):
        yield _finding(item, "variants", "两个情形用了同一个编码", is_error=True)


def _of_variant(item: ItemVersion, variant: Variant) -> Iterator[Finding]:
    yield from _of_limits(item, variant)
    listed = [each for each in variant.materials if not each.is_hint]
    if not variant.conditions:
        yield _finding(item, "conditions", "没有办理条件")
    if not listed:
        yield _finding(item, "materials", "没有材料清单")
    if not variant.steps:
        yield _finding(item, "steps", "没有办理步骤，按通常程序显示")
    if variant.result_name is None:
        yield _finding(item, "result_name", "没有结果名称")
    if variant.validity is None and item.kind is Kind.LICENCE:
        yield _finding(item, "validity", "没有有效期")
    yield from _of_materials(item, variant)
    yield from _of_form(item, variant)


def _of_limits(item: ItemVersion, variant: Variant) -> Iterator[Finding]:
    statutory, promised = variant.statutory_limit, variant.promised_limit
    if statutory is None:
        yield _finding(item, "statutory_limit", "没有法定时限")
    elif statutory.is_pending:
        yield _finding(item, "statutory_limit", f"法定时限待核实：{statutory.source}")
    if promised is None:
        yield _finding(item, "promised_limit", "没有本县承诺时限")
    elif is_longer(promised.value, legal := statutory.value if statutory else GENERAL_LIMIT):
        message = f"承诺时限 {promised.value} 长于法定时限 {legal}"
        yield _finding(item, "promised_limit", message, is_error=True)


def _of_materials(item: ItemVersion, variant: Variant) -> Iterator[Finding]:
    seen: set[str] = set()
    for each in variant.materials:
        if is_catch_all(each.name):
            yield _finding(item, "materials", f"“{each.name}”是兜底材料，不得列入", is_error=True)
        if each.key in seen:
            yield _finding(item, "materials", f"“{each.name}”列了两次", is_error=True)
        seen.add(each.key)
        if not each.is_hint and _lacks_details(each):
            yield _finding(item, "materials", f"“{each.name}”的形式、份数、来源待核实")


def _lacks_details(material: MaterialRequirement) -> bool:
    return material.has_assumed_details or not (material.form and material.copies and material.source)


def _of_form(item: ItemVersion, variant: Variant) -> Iterator[Finding]:
    keys = [each.key for each in variant.form]
    if not keys or len(set(keys)) != len(keys):
        yield _finding(item, "form", "申请表为空，或者有两项用了同一个 key", is_error=True)
    for each in variant.form:
        if each.type in (FieldType.CHOICE, FieldType.MULTI) and not each.options:
            yield _finding(item, "form", f"“{each.label}”没有选项", is_error=True)


def _finding(item: ItemVersion, element: str, message: str, *, is_error: bool = False) -> Finding:
    return Finding(item.item_code, item.item_name, element, message, is_error)
