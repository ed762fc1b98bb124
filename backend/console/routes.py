"""Every address of the desk."""

from starlette.routing import BaseRoute, Mount, Route

from backend.console import act_routes as acts
from backend.console import case_routes as cases
from backend.console import item_routes as items
from backend.console import question_routes as asked
from backend.console import seat_routes as seats
from backend.console import sign_in_routes as signing
from backend.console import worklist_routes as lists
from backend.console.pages import STATIC, not_found_page
from backend.web.front import Assets

ROUTES: list[BaseRoute] = [
    Mount("/console/static", Assets(directory=STATIC)),
    Route("/console/sign-in", signing.sign_in_form, methods=["GET"]),
    Route("/console/sign-in", signing.sign_in, methods=["POST"]),
    Route("/console/sign-out", signing.sign_out, methods=["POST"]),
    Route("/console", lists.worklist, methods=["GET"]),
    Route("/console/claims", lists.claim_many, methods=["POST"]),
    Route("/console/cases/{id}", cases.case, methods=["GET"]),
    Route("/console/cases/{id}/due", cases.due, methods=["GET"]),
    Route("/console/cases/{id}/letters", cases.letters, methods=["GET"]),
    Route("/console/cases/{id}/reason", cases.state_reason, methods=["POST"]),
    Route("/console/cases/{id}/claim", lists.claim, methods=["POST"]),
    Route("/console/cases/{id}/release", lists.release, methods=["POST"]),
    Route("/console/cases/{id}/accept", acts.accept, methods=["POST"]),
    Route("/console/cases/{id}/request_correction", acts.request_correction, methods=["POST"]),
    Route("/console/cases/{id}/decline", acts.decline, methods=["POST"]),
    Route("/console/cases/{id}/grant", acts.grant, methods=["POST"]),
    Route("/console/cases/{id}/refuse", acts.refuse, methods=["POST"]),
    Route("/console/cases/{id}/{act}", cases.back, methods=["GET"]),
    Route("/console/files/{id}", cases.file, methods=["GET"]),
    Route("/console/files/{id}/preview", cases.preview, methods=["GET"]),
    Route("/console/documents/{id}", cases.document, methods=["GET"]),
    Route("/console/licences/{id}", cases.licence, methods=["GET"]),
    Route("/console/items", items.items, methods=["GET"]),
    Route("/console/items/{code}", items.item, methods=["GET"]),
    Route("/console/questions", asked.questions, methods=["GET"]),
    Route("/console/questions/phrases", asked.approve, methods=["POST"]),
    Route("/console/questions/phrases/{id}/withdraw", asked.withdraw, methods=["POST"]),
    Route("/console/questions/aside", asked.lay_aside, methods=["POST"]),
    Route("/console/seat", seats.seat, methods=["GET"]),
    Route("/console/seat/{id}", seats.conversation, methods=["GET"]),
    Route("/console/seat/{id}/take", seats.take, methods=["POST"]),
    Route("/console/seat/{id}/reply", seats.reply, methods=["POST"]),
    Route("/console/seat/{id}/end", seats.end, methods=["POST"]),
    Route("/console/{rest:path}", not_found_page, methods=["GET"]),
]
