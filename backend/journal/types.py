"""What use cases write down, and what the chain check finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from backend.kernel.actors import Actor
from backend.kernel.law import Article


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing done. `verb` is `package.use_case`; `detail` holds no personal data in clear."""

    verb: str
    actor: Actor
    at: datetime
    subject_kind: str
    subject_id: UUID
    case_id: UUID | None = None
    on_behalf_of: UUID | None = None
    article: Article | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A written act, as readers outside see it."""

    seq: int
    verb: str
    actor_kind: str
    actor_label: str
    at: datetime
    article: str
    detail: Mapping[str, object]


@dataclass(frozen=True)
class ChainFault:
    """A place where the journal is not what was written."""

    seq: int
    kind: str  # altered | deleted | reordered | head
    explanation: str


@dataclass(frozen=True)
class ClaimedJob:
    """A job this worker holds until its lease ends."""

    id: UUID
    handler: str
    event_name: str
    payload: Mapping[str, object]
    attempts: int
    #: Proves that the lease is still ours when the job is finished.
    lease_until: float
