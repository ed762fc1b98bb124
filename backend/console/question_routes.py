"""What the assistant could not answer, and the short phrases that let it answer next time."""

from starlette.requests import Request
from starlette.responses import Response

from backend.console.pages import desk, fields_of, page, to
from backend.console.ports import AssistantAtDesk
from backend.console.rules import LEXICON_EDITORS, LEXICON_READERS
from backend.console.schemas import Fields, text_of
from backend.console.types import Refusal
from backend.kernel.errors import DomainError
from backend.web.auth import signed_in
from backend.web.errors import STATUS
from backend.web.params import id_of, now_of, port_of

ROWS, PHRASES = 100, 200
SAID = {
    "approve": "已批准并启用，现在就能答上来。",
    "withdraw": "已停用，词库恢复原样。",
    "lay_aside": "已从列表移走。",
}


@desk("没答上来的提问", roles=LEXICON_READERS)
async def questions(request: Request) -> Response:
    return await _show(request)


async def _show(request: Request, *, refusal: Refusal | None = None, status: int = 200) -> Response:
    assistant = port_of(request, AssistantAtDesk)
    return await page(
        request,
        "questions.html",
        status=status,
        rows=await assistant.open_questions(now=now_of(request), limit=ROWS),
        phrases=await assistant.approved_phrases(limit=PHRASES),
        may_approve=signed_in(request).has(*LEXICON_EDITORS),
        refusal=refusal,
        said=SAID.get(request.query_params.get("said", ""), ""),
    )


@desk("批准一个说法", roles=LEXICON_EDITORS)
async def approve(request: Request) -> Response:
    """Use a phrase as a name of an item from now on; a refusal says why and changes nothing."""
    fields = await fields_of(request)
    try:
        await port_of(request, AssistantAtDesk).approve(
            text_of(fields, "phrase")[:60],
            _item_code(fields),
            key=text_of(fields, "key")[:120],
            actor=signed_in(request),
            now=now_of(request),
        )
    except DomainError as error:
        refusal = Refusal("approve", error.message, fields)
        return await _show(request, refusal=refusal, status=STATUS[error.kind])
    return to(request, "/console/questions?said=approve")


def _item_code(fields: Fields) -> str:
    """The code typed in, else the candidate chosen."""
    return (text_of(fields, "code").upper() or text_of(fields, "candidate"))[:16]


@desk("停用一个说法", roles=LEXICON_EDITORS)
async def withdraw(request: Request) -> Response:
    await port_of(request, AssistantAtDesk).withdraw(
        id_of(request), actor=signed_in(request), now=now_of(request)
    )
    return to(request, "/console/questions?said=withdraw")


@desk("移走一条提问", roles=LEXICON_EDITORS)
async def lay_aside(request: Request) -> Response:
    key = text_of(await fields_of(request), "key")[:120]
    await port_of(request, AssistantAtDesk).lay_aside(key, actor=signed_in(request), now=now_of(request))
    return to(request, "/console/questions?said=lay_aside")
