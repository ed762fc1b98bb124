"""Numbers of documents (发文字号): 桓审批受〔2026〕0001号. Pure.

Each kind has one series a year. The sequence is raised in the transaction that stores the document,
so a number is never used twice and none is skipped by an act that did not happen; a document that
was stored keeps its number for good, whatever becomes of the case.
"""

from backend.documents.types import DocumentKind

#: 文书代字, between the authority's and the year.
SIGNS: dict[DocumentKind, str] = {
    DocumentKind.RECEIPT: "收",
    DocumentKind.ACCEPTANCE: "受",
    DocumentKind.CORRECTION: "补",
    DocumentKind.DECLINE: "不受",
    DocumentKind.GRANT: "准",
    DocumentKind.REFUSAL: "不准",
    DocumentKind.WITHDRAWAL: "终",
}


def number_text(prefix: str, kind: DocumentKind, *, year: int, place: int) -> str:
    """Write a number as it stands on the document; beyond 9999 a year it grows by a digit."""
    return f"{prefix}{SIGNS[kind]}〔{year}〕{place:04d}号"
