"""Press and seal what was issued. May run twice: only the first sealed page becomes the licence."""

from backend.identity.events import PersonsJoined
from backend.journal.service import use_case
from backend.kernel.events import Context, Handler
from backend.kernel.ports import FileStore
from backend.licences import service, store
from backend.licences.errors import CannotBePrinted
from backend.licences.events import LicenceIssued
from backend.licences.ports import LicencePress, SealService, VerificationSite


async def seal(event: LicenceIssued, context: Context) -> None:
    """Set the page, seal it, store it, and date the sealing by when it was really done.

    While the seal service is down the job waits and the licence stays "sealing". What cannot be
    printed is told at the desk and ends in the dead letters.
    """
    page = await service.page_to_seal(event.licence_id)
    if page is None:
        return
    url = context.ports.get(VerificationSite).url_of(page.verification_code)
    try:
        pressed = await context.ports.get(LicencePress).press_licence(page, verify_url=url)
    except CannotBePrinted as fault:
        await service.note_problem(event.licence_id, fault.reason)
        raise
    seals = context.ports.get(SealService)
    sealed = await seals.seal(pressed, reason=f"电子证照签发 {page.number}", at=context.now)
    key = await context.ports.get(FileStore).put(sealed)
    sealed_at = await seals.sealed_at(sealed)
    await service.finish_sealing(event.licence_id, file_key=key, sealed_at=sealed_at)


@use_case
async def hand_over(event: PersonsJoined, context: Context) -> None:
    """Two accounts turned out to be one person: the licences go along. Twice is harmless."""
    await store.change_person(event.from_id, event.into_id)


HANDLERS = [
    Handler("licences.seal", LicenceIssued, seal, target="seal"),
    Handler("licences.hand_over", PersonsJoined, hand_over),
]
