"""What others may ask of cases; the use cases stand by act in the modules named here."""

from backend.cases.deciding import decline, grant, refuse
from backend.cases.drafting import change_draft, check_draft, discard_draft, draft_of, drafts, open_draft
from backend.cases.papers import add_file, may_hand_in, remove_file
from backend.cases.reading import case_for, cases_of_person, line_for, may_read, papers_of
from backend.cases.receiving import accept, claim, deem_accepted, release, request_correction
from backend.cases.submitting import submit, supply_correction, withdraw

__all__ = [
    "accept",
    "add_file",
    "case_for",
    "cases_of_person",
    "change_draft",
    "check_draft",
    "claim",
    "decline",
    "deem_accepted",
    "discard_draft",
    "draft_of",
    "drafts",
    "grant",
    "line_for",
    "may_hand_in",
    "may_read",
    "open_draft",
    "papers_of",
    "refuse",
    "release",
    "remove_file",
    "request_correction",
    "submit",
    "supply_correction",
    "withdraw",
]
