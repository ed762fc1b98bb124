"""Acts on a case that are not allowed, each with what to do instead."""

from dataclasses import dataclass
from datetime import date

from backend.kernel.errors import DomainError, ErrorKind

ACT_WORDS = {
    "submit": "提交",
    "accept": "受理",
    "deem_accepted": "视为受理",
    "request_correction": "告知补正",
    "supply_correction": "提交补正",
    "decline": "不予受理",
    "grant": "准予许可",
    "refuse": "不予许可",
    "withdraw": "撤回",
}


@dataclass(eq=False)
class NoSuchCase(DomainError):
    """Also answers for other people's cases, so that ids tell nothing."""

    code = "cases.no_such_case"
    kind = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有找到这个办件，请从“我的办件”重新进入。"


@dataclass(eq=False)
class ActNotPossible(DomainError):
    code = "cases.act_not_possible"
    state: str
    act: str

    @property
    def message(self) -> str:
        return (
            f"办件现在是“{self.state}”，不能再{ACT_WORDS.get(self.act, '这样操作')}。请刷新后查看最新进度。"
        )


@dataclass(eq=False)
class DraftChangedElsewhere(DomainError):
    code = "cases.draft_changed_elsewhere"
    current_version: int

    @property
    def message(self) -> str:
        return "这份草稿刚在别处改过，没有覆盖。请刷新，核对后再继续填写。"


@dataclass(eq=False)
class AlreadySubmitted(DomainError):
    code = "cases.already_submitted"
    number: str

    @property
    def message(self) -> str:
        return f"这份申请已经提交过了，编号 {self.number}，请在“我的办件”查看，不用再交。"


@dataclass(eq=False)
class KeyUsedElsewhere(DomainError):
    """An idempotency key stands for one act on one case; with another it would answer for nothing done."""

    code = "cases.key_used_elsewhere"

    @property
    def message(self) -> str:
        return "这个提交标识已用于另一次操作，本次没有生效。请刷新页面后重新操作。"


@dataclass(eq=False)
class NotFiledHere(DomainError):
    """Items that were not transferred are decided elsewhere (桓政发〔2018〕13号 二（二）)."""

    code = "cases.not_filed_here"
    item_name: str
    where: str

    @property
    def message(self) -> str:
        return f"“{self.item_name}”不在这里受理。{self.where}"


@dataclass(eq=False)
class GuideChanged(DomainError):
    code = "cases.guide_changed"
    changes: str

    @property
    def message(self) -> str:
        return f"您填写期间办事指南更新了（{self.changes}），请核对后再提交，已填内容都在。"


@dataclass(eq=False)
class CorrectionAlreadyRequested(DomainError):
    """行政许可法 第三十二条第一款第四项: everything missing is named once."""

    code = "cases.correction_already_requested"

    @property
    def message(self) -> str:
        return "本件已一次性告知过补正内容，依法不能再次告知。请受理，或说明不予受理的法定情形。"


@dataclass(eq=False)
class CorrectionPeriodOver(DomainError):
    """行政许可法 第三十二条第一款第四项: told too late means accepted."""

    code = "cases.correction_period_over"
    ended_on: str

    @property
    def message(self) -> str:
        return (
            f"五个工作日的受理期限已于 {self.ended_on} 届满，依法视为受理，"
            "不能再告知补正或者不予受理，请直接办理受理。"
        )


@dataclass(eq=False)
class CorrectionIncomplete(DomainError):
    code = "cases.correction_incomplete"
    names: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"还有 {len(self.names)} 项没有补齐：{'、'.join(self.names)}。补齐后再提交，已传的都在。"


@dataclass(eq=False)
class MaterialNotAsked(DomainError):
    """行政许可法 第三十一条: nothing outside the published list is taken or asked for."""

    code = "cases.material_not_asked"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "这个事项不需要这份材料，请对照材料清单上传。"


@dataclass(eq=False)
class MaterialsClosed(DomainError):
    code = "cases.materials_closed"

    @property
    def message(self) -> str:
        return "申请已经提交，材料不能再改。如果需要补充，工作人员会一次性告知您。"


@dataclass(eq=False)
class ReasonsMissing(DomainError):
    """行政许可法 第三十八条第二款: a refusal states its reasons and the remedies."""

    code = "cases.reasons_missing"
    kind = ErrorKind.INVALID
    what: str

    @property
    def message(self) -> str:
        return f"请写明{self.what}，写好后再提交。"


@dataclass(eq=False)
class EndsBeforeItBegins(DomainError):
    code = "cases.ends_before_it_begins"
    kind = ErrorKind.INVALID
    valid_until: date

    @property
    def message(self) -> str:
        return f"有效期截止日 {self.valid_until} 早于今天，证照一签发就已过期，请核对后重填。"


@dataclass(eq=False)
class UnprintableOnLicence(DomainError):
    code = "cases.unprintable_on_licence"
    kind = ErrorKind.INVALID
    signs: str

    @property
    def message(self) -> str:
        return f"证照内容里的“{self.signs[:5]}”不能印在证照上，请删去或改成文字。"


@dataclass(eq=False)
class HeldBySomebodyElse(DomainError):
    code = "cases.held_by_somebody_else"
    officer: str

    @property
    def message(self) -> str:
        return f"这件由工号 {self.officer} 的同事经办，请先由其交出或由负责人改派。"


@dataclass(eq=False)
class ClaimFirst(DomainError):
    code = "cases.claim_first"

    @property
    def message(self) -> str:
        return "请先领取这件，再办理。"
