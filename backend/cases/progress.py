"""The one line of a case and the words of its history. Pure."""

from datetime import date

from backend.cases.states import State
from backend.cases.types import CaseFacts, Line

WINDOW = "县行政审批服务局窗口"
REVIEW = "县行政审批服务局审查人员"

TITLES: dict[str, str] = {
    "cases.submit": "您提交了申请",
    "cases.accept": "已受理",
    "cases.deem_accepted": "逾期未告知，依法视为受理",
    "cases.request_correction": "请您补正材料",
    "cases.supply_correction": "您提交了补正材料",
    "cases.decline": "不予受理",
    "cases.grant": "准予许可",
    "cases.refuse": "不予许可",
    "cases.withdraw": "您撤回了申请",
    "cases.claim": "经办人领取了办件",
    "licences.seal": "电子证照已盖章生效",
    "documents.serve": "文书已送达",
}


def line_of(facts: CaseFacts) -> Line:
    """Say what happens next, by when, who has it, and what the applicant can do."""
    by = _by(facts.due_on, facts.is_provisional)
    who = f"{REVIEW}（工号 {facts.officer_label}）" if facts.officer_label else REVIEW
    match facts.state:
        case State.DRAFT:
            return Line("填好后提交", "没有期限", "您自己", "继续填写，系统会自动保存")
        case State.RECEIVED:
            return Line("工作人员核对材料，决定是否受理", by, WINDOW, "等待即可；材料不齐会一次性告诉您")
        case State.CORRECTION:
            return Line(
                f"请您补交 {facts.missing_count} 项材料",
                "尽快补交",
                "您自己",
                "点“去补交材料”，逐项上传后提交",
            )
        case State.ACCEPTED:
            return Line("审查后作出决定", by, who, "等待即可；有变化会通知您，也可以撤回")
        case _:
            return _closed(facts)


def _closed(facts: CaseFacts) -> Line:
    match facts.state:
        case State.GRANTED if facts.licence_status == "sealing":
            return Line("电子证照正在盖章", "通常几分钟内", "电子印章系统", "稍后回来查看，盖好会通知您")
        case State.GRANTED:
            return Line("已办结，准予许可", "已完成", "已办结", "查看、出示或下载电子证照和决定书")
        case State.REFUSED:
            return Line("已办结，不予许可", "已完成", "已办结", "查看理由和救济途径；改正后可重新申请")
        case State.DECLINED:
            return Line("不予受理", "已完成", "已办结", "查看原因和应去的部门")
        case _:
            return Line("已按您的要求撤回", "已完成", "已办结", "需要时可以重新申请")


def _by(due_on: date | None, is_provisional: bool) -> str:
    if due_on is None:
        return "按法定时限"
    day = f"{due_on.month}月{due_on.day}日前"
    return f"{day}（暂定，待国务院公布放假安排）" if is_provisional else day


def title_of(verb: str) -> str | None:
    """What a step is called in a citizen's history; None for steps that are the office's own."""
    return TITLES.get(verb)
