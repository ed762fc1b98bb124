"""Press and seal what was issued. May run twice: only the first sealed PDF becomes the document."""

from backend.documents import service
from backend.documents.errors import CannotBePrinted
from backend.documents.events import DocumentIssued
from backend.documents.ports import Press, SealService
from backend.kernel.events import Context, Handler
from backend.kernel.ports import FileStore


async def press(event: DocumentIssued, context: Context) -> None:
    """Set the letter, seal it, store it. The signature is dated when it is really made.

    A letter the font cannot set ends in the dead letters, and the case's journal says so at the desk.
    """
    letter = await service.letter_to_press(event.document_id)
    if letter is None:
        return
    at = context.now
    try:
        page = await context.ports.get(Press).press_letter(letter)
    except CannotBePrinted:
        await service.note_problem(event.document_id, now=at)
        raise
    reason = f"{letter.title} {letter.number}"
    sealed = await context.ports.get(SealService).seal(page, reason=reason, at=at)
    key = await context.ports.get(FileStore).put(sealed)
    await service.finish_pressing(event.document_id, file_key=key, now=at)


HANDLERS = [Handler("documents.press", DocumentIssued, press, target="seal")]
