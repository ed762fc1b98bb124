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
    """Name every journal row that was altered, deleted or reordered; empty when the chain is whole."""
    seq, last = await store.head()
    links = [link async for link in store.links()]
    return chain.faults(links, head_seq=seq, head_hash=last)
