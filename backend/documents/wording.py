"""The words of each letter, composed from its content. Pure.

Every content has `addressee`, `item_name` and `case_number`; `matter` is 行政许可 unless the item is
none (then 办理). Days are ISO texts. Besides, by kind (texts or lists of texts; ? may be absent):

* receipt: received_on, materials?
* acceptance: due_on, received_on, is_deemed? and is_provisional? (是/否)
* correction: missing                     * decline: reasons
* grant: clauses?, reasons?               * refusal: facts, clauses, reasons
* withdrawal: reason?
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from backend.documents.errors import ContentIncomplete, ContentUnprintable
from backend.documents.remedies import remedies
from backend.documents.types import Content, DocumentKind, Issuer, Letter, Paragraph, Style
from backend.kernel.printing import unprintable_in, visible

REQUIRED: dict[DocumentKind, dict[str, str]] = {
    DocumentKind.RECEIPT: {"received_on": "收件日期"},
    DocumentKind.ACCEPTANCE: {"received_on": "收件日期", "due_on": "办理期限"},
    DocumentKind.CORRECTION: {"missing": "需要补正的全部内容"},
    DocumentKind.DECLINE: {"reasons": "不予受理的理由"},
    DocumentKind.GRANT: {},
    DocumentKind.REFUSAL: {"facts": "认定的事实", "clauses": "依据的条款", "reasons": "不予许可的理由"},
    DocumentKind.WITHDRAWAL: {},
}
EVERY: dict[str, str] = {"addressee": "申请人", "item_name": "事项名称", "case_number": "办件编号"}


def title_of(kind: DocumentKind, content: Content) -> str:
    """The title on the page; an item that is no licence is not called one."""
    matter = _text(content, "matter") or "行政许可"
    return {
        DocumentKind.RECEIPT: "申请材料收件凭证",
        DocumentKind.ACCEPTANCE: "受理通知书",
        DocumentKind.CORRECTION: "申请材料补正告知书",
        DocumentKind.DECLINE: "不予受理决定书",
        DocumentKind.GRANT: f"准予{matter}决定书",
        DocumentKind.REFUSAL: f"不予{matter}决定书",
        DocumentKind.WITHDRAWAL: "终止办理通知书",
    }[kind]


def demand_complete(kind: DocumentKind, content: Content) -> None:
    """Raise `ContentIncomplete` with everything a letter of this kind lacks.

    Raises `ContentUnprintable` where it could never be printed: the act is not done then, as a
    decision whose letter cannot be served helps nobody.
    """
    wanted = EVERY | REQUIRED[kind]
    absent = tuple(label for key, label in wanted.items() if not "".join(_lines(content, key)).strip())
    if absent:
        raise ContentIncomplete(title_of(kind, content), absent)
    said = "".join("".join(_lines(content, key)) for key in content)
    if signs := unprintable_in(said):
        raise ContentUnprintable(title_of(kind, content), signs)


def compose(
    kind: DocumentKind, content: Content, *, number: str, issuer: Issuer, article: str, issued_on: date
) -> Letter:
    """Write the letter: who, what, under which article, and what the recipient may do next."""
    facts = Facts(content, issuer, article, issued_on)
    return Letter(
        title=title_of(kind, content),
        number=number,
        issuer=issuer.name,
        recipient=facts.text("addressee"),
        body=tuple(_COMPOSERS[kind](facts)),
        issued_on=issued_on,
        contact=f"联系电话：{issuer.phone}" if issuer.phone else "",
    )


@dataclass(frozen=True)
class Facts:
    """What a letter is written from."""

    content: Content
    issuer: Issuer
    article: str
    issued_on: date

    def lines(self, key: str) -> list[str]:
        return _lines(self.content, key)

    def text(self, key: str) -> str:
        return _text(self.content, key)

    def day(self, key: str) -> str:
        return chinese_day(date.fromisoformat(self.text(key)))

    @property
    def matter(self) -> str:
        return self.text("matter") or "行政许可"

    @property
    def application(self) -> str:
        return f"“{self.text('item_name')}”申请（办件编号：{self.text('case_number')}）"


def chinese_day(day: date) -> str:
    """A day as letters write it, with Arabic digits (GB/T 9704—2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _receipt(facts: Facts) -> list[Paragraph]:
    materials = facts.lines("materials")
    said = f"你（单位）于{facts.day('received_on')}提交的{facts.application}，本机关已经收到。"
    return [
        Paragraph(said + ("收到的材料如下：" if materials else "")),
        *_entries(materials),
        Paragraph(
            "本机关将在五个工作日内告知是否受理；材料不齐全或者不符合法定形式的，将在五个工作日内一次性"
            "告知需要补正的全部内容，逾期不告知的，自收到申请材料之日起即为受理。"
        ),
        Paragraph(f"本凭证依据{facts.article}出具。"),
    ]


def _acceptance(facts: Facts) -> list[Paragraph]:
    return [
        Paragraph(_taken_on_by_silence(facts) if facts.text("is_deemed") == "是" else _taken_on(facts)),
        Paragraph(f"本机关将在{facts.day('due_on')}前（含当日）作出决定。" + _how_sure(facts)),
        Paragraph(
            "依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计算在上述期限内，"
            "本机关将另行书面告知。办理进度可以随时凭办件编号查询。"
        ),
    ]


def _how_sure(facts: Facts) -> str:
    """A day reckoned by weekday, before the year's notice is out, is said to be so."""
    if facts.text("is_provisional") != "是":
        return ""
    return "因相应年度的放假安排尚未公布，该日期暂按星期推算；公布后有变动的，本机关将告知你（单位）。"


def _taken_on(facts: Facts) -> str:
    return (
        f"你（单位）提出的{facts.application}，属于本机关职权范围，申请材料齐全、符合法定形式。"
        f"依据{facts.article}，本机关自{chinese_day(facts.issued_on)}起予以受理。"
    )


def _taken_on_by_silence(facts: Facts) -> str:
    return (
        f"你（单位）提出的{facts.application}，本机关于{facts.day('received_on')}收到申请材料后，"
        f"未在五个工作日内一次性告知需要补正的内容。依据{facts.article}，"
        f"该申请自{facts.day('received_on')}起视为已经受理，已经过去的时间计入办理期限。"
    )


def _correction(facts: Facts) -> list[Paragraph]:
    return [
        Paragraph(
            f"你（单位）提出的{facts.application}，经核对，申请材料不齐全或者不符合法定形式。"
            f"依据{facts.article}，现将需要补正的全部内容一次性告知如下："
        ),
        *_entries(facts.lines("missing")),
        Paragraph("请按上述内容补齐后，通过原渠道或者到窗口提交。补齐全部材料后，本机关即予受理。"),
        Paragraph("对申请时已经提交的材料，本机关不再提出上述内容以外的补正要求。"),
    ]


def _decline(facts: Facts) -> list[Paragraph]:
    return [
        Paragraph(f"你（单位）提出的{facts.application}，经审查，理由如下："),
        *_plain(facts.lines("reasons")),
        Paragraph(f"依据{facts.article}，本机关决定不予受理。"),
        Paragraph(remedies(facts.issuer)),
    ]


def _grant(facts: Facts) -> list[Paragraph]:
    clauses = "、".join(each.rstrip("。；") for each in facts.lines("clauses"))
    relied_on = f"和{clauses}" if clauses else ""
    return [
        Paragraph(
            f"你（单位）提出的{facts.application}，经审查，符合法定条件、标准。"
            f"依据{facts.article}{relied_on}，本机关决定准予{facts.matter}。"
        ),
        *_plain(facts.lines("reasons")),
        Paragraph(
            "本机关将自作出决定之日起十个工作日内颁发、送达证件。请在准予的范围内依法从事活动，"
            "并依法接受监督检查。"
        ),
    ]


def _refusal(facts: Facts) -> list[Paragraph]:
    return [
        Paragraph(f"你（单位）提出的{facts.application}，本机关已依法审查完毕。"),
        Paragraph("一、认定的事实", Style.HEADING),
        *_plain(facts.lines("facts")),
        Paragraph("二、依据的条款", Style.HEADING),
        *_plain(facts.lines("clauses")),
        Paragraph("三、理由和决定", Style.HEADING),
        *_plain(facts.lines("reasons")),
        Paragraph(f"综上，依据{facts.article}，本机关决定不予{facts.matter}。"),
        Paragraph("四、救济途径", Style.HEADING),
        Paragraph(remedies(facts.issuer)),
    ]


def _withdrawal(facts: Facts) -> list[Paragraph]:
    why = facts.text("reason") or "你（单位）申请撤回"
    return [
        Paragraph(f"你（单位）依据{facts.article}提出的{facts.application}，因{why}，本机关终止办理。"),
        Paragraph("终止办理不影响你（单位）今后就同一事项重新提出申请。"),
    ]


_COMPOSERS: dict[DocumentKind, Callable[[Facts], list[Paragraph]]] = {
    DocumentKind.RECEIPT: _receipt,
    DocumentKind.ACCEPTANCE: _acceptance,
    DocumentKind.CORRECTION: _correction,
    DocumentKind.DECLINE: _decline,
    DocumentKind.GRANT: _grant,
    DocumentKind.REFUSAL: _refusal,
    DocumentKind.WITHDRAWAL: _withdrawal,
}


def _lines(content: Content, key: str) -> list[str]:
    value = content.get(key, "")
    parts = value.splitlines() if isinstance(value, str) else value
    plain = (visible(part).strip() for part in parts)
    return [part for part in plain if part]


def _text(content: Content, key: str) -> str:
    return "；".join(_lines(content, key))


def _plain(lines: Sequence[str]) -> list[Paragraph]:
    return [Paragraph(line) for line in lines]


def _entries(lines: Sequence[str]) -> list[Paragraph]:
    return [Paragraph(f"{place}．{line}", Style.ENTRY) for place, line in enumerate(lines, start=1)]
