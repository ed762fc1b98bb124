"""The desk's words for what the journal, the catalogue and the clocks hold. Pure."""

from collections.abc import Mapping

from backend.catalog.types import ApplicantKind, Handling, Kind, Necessity, Power, Provenance
from backend.journal.types import Entry
from backend.timelimits.types import LimitKind

STEPS: dict[str, str] = {
    "cases.submit": "提交申请，已收件",
    "cases.accept": "受理",
    "cases.deem_accepted": "逾期未告知，视为受理",
    "cases.request_correction": "一次性告知补正",
    "cases.supply_correction": "申请人提交补正",
    "cases.decline": "不予受理",
    "cases.grant": "准予许可",
    "cases.refuse": "不予许可",
    "cases.withdraw": "申请人撤回",
    "licences.seal": "电子证照已盖章",
    "documents.serve": "文书送达",
    "timelimits.suspend": "时限中止",
    "timelimits.resume": "时限恢复",
    "timelimits.extend": "时限延长",
}
OTHER: dict[str, str] = {
    "cases.claim": "领取办件",
    "cases.release": "交出办件",
    "materials.attach": "上传材料文件",
    "materials.remove": "删除材料文件",
    "materials.receive": "材料归入案卷",
    "documents.issue": "出具文书",
    "documents.seal": "文书盖章",
    "documents.cannot_print": "文书有字库缺字，尚未生成，请联系系统管理员",
    "licences.issue": "签发证照",
    "licences.seal_again": "重新盖章",
    "console.read_case": "查阅案卷",
    "cases.refuse_second_notice": "再次告知补正被拦下",
}
NECESSITY = {
    Necessity.REQUIRED: "必要",
    Necessity.CONDITIONAL: "视情形",
    Necessity.OPTIONAL: "非必要",
}
PROVENANCE = {
    Provenance.PUBLISHED: "发布文本",
    Provenance.STATUTE: "法条",
    Provenance.ELSEWHERE: "外地指南",
    Provenance.COMPILED: "编目归纳",
}
POWER = {Power.TRANSFERRED: "划转本局", Power.WINDOW: "驻厅窗口", Power.ELSEWHERE: "不驻厅"}
KIND = {Kind.LICENCE: "行政许可", Kind.ASSOCIATED: "关联事项"}
HANDLING = {Handling.INSTANT: "即办件", Handling.TIMED: "承诺件"}
APPLICANT = {
    ApplicantKind.PERSON: "个人",
    ApplicantKind.ORGANISATION: "单位",
    ApplicantKind.BOTH: "个人和单位",
}

#: The citizen's words for a clock, except where the desk means its own duty to answer.
CLOCKS = {LimitKind.CORRECTION: "受理期限"}

#: What is said once after an act, by the key in the address; `{n}` is a number in it.
NOTICES: dict[str, str] = {
    "claimed": "已领取 {n} 件。",
    "partly": "已领取 {n} 件，其余几件已被同事领走或已办结。",
    "claim": "已领取，可以办理了。",
    "release": "已交出，回到待领取。",
    "accept": "已受理，时限开始计算，受理通知书正在生成。",
    "request_correction": "已一次性告知补正，告知书正在生成，申请人会收到通知。",
    "decline": "已作出不予受理决定，决定书正在生成。",
    "grant": "已准予许可，决定书和电子证照正在生成、盖章。",
    "refuse": "已作出不予许可决定，决定书正在生成。",
    "read_case": "查看事由已登记，一小时内有效。",
}


def said(told: str) -> str:
    """The sentence for a key such as `claimed:3`; empty for a key that is not ours."""
    key, _, number = told.partition(":")
    sentence = NOTICES.get(key, "")
    if "{n}" not in sentence:
        return sentence
    return sentence.format(n=int(number)) if number.isdecimal() and len(number) < 5 else ""


def clock_words(kind: LimitKind) -> str:
    return CLOCKS.get(kind, kind.text)


def act_words(verb: str) -> str:
    """What a verb of the journal is called at the desk."""
    return STEPS.get(verb) or OTHER.get(verb) or verb


def who(entry: Entry, names: Mapping[str, str]) -> str:
    """Who did it: an officer by number and name, a resident never by name."""
    if entry.actor_kind == "officer":
        return officer(entry.actor_label, names)
    return "申请人" if entry.actor_kind == "person" else "系统"


def officer(staff_number: str, names: Mapping[str, str]) -> str:
    return f"{names[staff_number]}（{staff_number}）" if staff_number in names else staff_number


def detail_words(entry: Entry) -> str:
    """What of an entry's detail helps a reader."""
    keys = {
        "documents.issue": ("number",),
        "documents.seal": ("number",),
        "documents.cannot_print": ("number",),
        "documents.serve": ("number",),
        "licences.issue": ("number",),
        "licences.seal": ("number",),
        "console.read_case": ("role", "purpose", "note"),
        "timelimits.extend": ("by",),
    }.get(entry.verb, ())
    return " · ".join(str(entry.detail[key]) for key in keys if entry.detail.get(key))


def remaining_words(left: int | None, *, unit: str, is_paused: bool) -> str:
    """How much of a limit is left: 还剩 3 个工作日, 今天到期, 已逾期 2 个工作日."""
    if is_paused:
        return "中止中，暂不计算"
    if left is None:
        return "已停止计算"
    if left == 0:
        return "今天到期"
    return f"还剩 {left} {unit}" if left > 0 else f"已逾期 {-left} {unit}"
