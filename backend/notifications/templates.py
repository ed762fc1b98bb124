"""The texts, as data: plain and calm, one thing to do, no ID number, no reason, no health fact.

Words in braces are filled when the message is queued: `item`, `number`, `tail` (the last six signs
of the case number) and, where the fact has one, `due`.
"""

from dataclasses import dataclass
from types import MappingProxyType

CASE_PAGE = "pages/progress/case"
CORRECTION_PAGE = "pages/progress/correction"

#: WeChat's subscription templates (订阅消息). A tap may ask for three at most, so there are three.
PROGRESS, CORRECTION, RESULT = "case_progress", "case_correction", "case_result"
WECHAT_TEMPLATES = (PROGRESS, CORRECTION, RESULT)


@dataclass(frozen=True)
class Template:
    """One kind of message on all its ways."""

    key: str
    #: Which of WeChat's templates carries it.
    wechat: str
    title: str
    body: str
    #: At most 20 signs, as WeChat's `thing` allows.
    hint: str
    #: Shown on a locked screen: names neither the item nor the person.
    sms: str
    page: str = CASE_PAGE
    #: A legal period runs from it: it goes at night too, and by SMS where WeChat is uncertain.
    is_legal_notice: bool = False


_ALL = (
    Template(
        "case_received",
        PROGRESS,
        "申请已收到",
        "您申请的“{item}”已收到，办件编号 {number}。工作人员会在 5 个工作日内告诉您是否受理。",
        "申请已收到，请等候受理结果",
        "您尾号{tail}的办件申请已收到，5个工作日内告知是否受理。",
    ),
    Template(
        "case_accepted",
        PROGRESS,
        "申请已受理",
        "您申请的“{item}”已受理，办件编号 {number}。最晚 {due} 前会有结果，您现在不用做什么。",
        "已受理，最晚{due}前办结",
        "您尾号{tail}的办件已受理，最晚{due}前办结。",
    ),
    Template(
        "case_deemed_accepted",
        PROGRESS,
        "申请视为已受理",
        "您申请的“{item}”自收到之日起视为已受理，办件编号 {number}。最晚 {due} 前会有结果，您现在不用做什么。",
        "视为已受理，最晚{due}前办结",
        "您尾号{tail}的办件视为已受理，最晚{due}前办结。",
    ),
    Template(
        "case_declined",
        RESULT,
        "申请不予受理",
        "您申请的“{item}”（办件编号 {number}）未能受理。请打开办件查看决定书，里面写明了原因和您可以怎么办。",
        "不予受理，请查看决定书",
        "您尾号{tail}的办件有一份决定书，请打开“桓台一次办好”查看，或到窗口咨询。",
        is_legal_notice=True,
    ),
    Template(
        "correction_requested",
        CORRECTION,
        "需要补正材料",
        "您申请的“{item}”（办件编号 {number}）还需要补正材料。要补的内容已一次列全，请打开办件逐项补交。",
        "材料需补正，内容已一次列全",
        "您尾号{tail}的办件需要补正材料，请打开“桓台一次办好”查看清单，或到窗口补交。",
        page=CORRECTION_PAGE,
        is_legal_notice=True,
    ),
    Template(
        "correction_supplied",
        PROGRESS,
        "补正材料已收到",
        "您为“{item}”（办件编号 {number}）补交的材料已收到，工作人员会继续审查。",
        "补正材料已收到，请等候结果",
        "您尾号{tail}的办件补正材料已收到。",
    ),
    Template(
        "case_granted",
        RESULT,
        "准予许可",
        "您申请的“{item}”（办件编号 {number}）已准予许可。证照制作好后可在“我的证照”查看和出示。",
        "已准予许可，证照正在制作",
        "您尾号{tail}的办件已办结，请打开“桓台一次办好”查看结果。",
    ),
    Template(
        "case_refused",
        RESULT,
        "已作出决定",
        "您申请的“{item}”（办件编号 {number}）已作出决定。请打开办件查看决定书，里面写明了您的救济途径和期限。",
        "已作出决定，请查看决定书",
        "您尾号{tail}的办件有一份决定书，请打开“桓台一次办好”查看，或到窗口领取。",
        is_legal_notice=True,
    ),
    Template(
        "case_withdrawn",
        RESULT,
        "申请已撤回",
        "您申请的“{item}”（办件编号 {number}）已按您的要求撤回。需要时可以重新申请。",
        "申请已撤回，可重新申请",
        "您尾号{tail}的办件已按您的要求撤回。",
    ),
    Template(
        "due_dates_moved",
        PROGRESS,
        "办结日期有调整",
        "因国家放假安排更新，您申请的“{item}”（办件编号 {number}）的办结日期有调整。打开办件可看到新日期和逐日说明。",
        "因放假安排更新，办结日期调整",
        "因放假安排更新，您尾号{tail}的办件办结日期有调整，可在“桓台一次办好”查看。",
    ),
)
TEMPLATES = MappingProxyType({each.key: each for each in _ALL})
