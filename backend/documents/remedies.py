"""Who signs, and where somebody who does not agree may go (救济途径). Pure."""

from backend.documents.types import Issuer
from backend.kernel.law import Article

REVIEW_PERIOD = Article("中华人民共和国行政复议法", "第二十条第一款")  # 六十日
REVIEW_BODY = Article("中华人民共和国行政复议法", "第二十四条第一款第一项")  # 本级人民政府
SUIT_PERIOD = Article("中华人民共和国行政诉讼法", "第四十六条第一款")  # 六个月


def issuer_of(office: str, *, phone: str = "") -> Issuer:
    """The authority by its name: a county's own government reviews, its own court hears.

    Which court hears administrative suits may be laid down otherwise (集中管辖), so the bodies stay
    待核实 until the office confirms them.
    """
    county = office.partition("行政审批")[0]
    return Issuer(
        name=office,
        prefix=f"{county[:1]}审批",
        review_body=f"{county}人民政府",
        court=f"{county}人民法院",
        phone=phone,
    )


def remedies(issuer: Issuer) -> str:
    """The remedies as they stand in a refusal (行政许可法 第三十八条第二款)."""
    note = "（复议机关和管辖法院名称待核实，以窗口告知为准）" if issuer.is_pending else ""
    return (
        f"如不服本决定，可以自收到本决定书之日起六十日内，依据{REVIEW_PERIOD}向{issuer.review_body}"
        f"申请行政复议；也可以自收到本决定书之日起六个月内，依据{SUIT_PERIOD}直接向{issuer.court}"
        f"提起行政诉讼。{note}"
    )
