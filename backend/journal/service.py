"""What other packages use of the journal."""

from uuid import UUID

from backend.journal import chain, store
from backend.journal.types import ChainFault, Entry
from backend.journal.unit import publish, record, use_case

__all__ = ["history_of_case", "history_of_subject", "publish", "record", "use_case", "verify_chain"]


async def history_of_case(case_id: UUID) -> list[Entry]:
    """Everything done in a case, oldest first."""
    return await store.entries_of_case(case_id)


async def history_of_subject(subject_id: UUID) -> list[Entry]:
    """Everything done to one thing, oldest first."""
    return await store.entries_of_subject(subject_id)


async def verify_chain() -> list[ChainFault]:
    """Name every journal row that was altered, deleted or reordered; empty when the chain is whole.

    The office may go on working meanwhile: what is written during the walk is walked too, until the
    head has been reached. Only rows behind a head that stays where it is are nobody's.
    """
    walk, head = chain.Walk(), await store.head()
    while True:
        async for link in store.links(after=walk.last_seq):
            walk.pass_by(link)
        later = await store.head() if walk.last_seq > head[0] else head
        if later == head:
            return walk.end_at(*head)
        head = later
