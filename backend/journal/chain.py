"""The hash chain, pure: how a link is made and what a broken one looks like."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from backend.journal.types import Act, ChainFault

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One written entry with the values its hash covers."""

    seq: int
    prev_hash: str
    hash: str
    values: Mapping[str, str]


def canonical(detail: Mapping[str, object]) -> str:
    """JSON with sorted keys and no spaces, so that equal details have equal text."""
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def values_of(act: Act) -> dict[str, str]:
    """What of an act the hash covers, all as text."""
    return {
        "at": moment_text(act.at),
        "verb": act.verb,
        "actor_kind": act.actor.kind.value,
        "actor_id": str(act.actor.id),
        "actor_label": act.actor.label,
        "on_behalf_of": str(act.on_behalf_of or ""),
        "subject_kind": act.subject_kind,
        "subject_id": str(act.subject_id),
        "case_id": str(act.case_id or ""),
        "article": str(act.article or ""),
        "detail": canonical(act.detail),
    }


def moment_text(moment: datetime) -> str:
    """A moment as both engines give it back: UTC, microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def link_hash(seq: int, prev_hash: str, values: Mapping[str, str]) -> str:
    """SHA-256 over the place in the chain, the previous link and the act."""
    return hashlib.sha256(canonical({"seq": seq, "prev": prev_hash, **values}).encode()).hexdigest()


@dataclass
class Walk:
    """A walk along the chain in order of `seq`; names every row that is not what was written.

    It holds one link at a time: the chain of a county outgrows any memory.
    """

    last_seq: int = 0
    last_hash: str = GENESIS
    _found: list[ChainFault] = field(default_factory=list)

    def pass_by(self, link: Link) -> None:
        """Check the next link against the one before."""
        expected = self.last_seq + 1
        if link.seq != expected:
            self._find(expected, "deleted", f"第 {expected} 至 {link.seq - 1} 条缺失")
        elif link.prev_hash != self.last_hash:
            self._find(link.seq, "reordered", f"第 {link.seq} 条与前一条不相接")
        if link_hash(link.seq, link.prev_hash, link.values) != link.hash:
            self._find(link.seq, "altered", f"第 {link.seq} 条内容被改动")
        self.last_seq, self.last_hash = link.seq, link.hash

    def end_at(self, head_seq: int, head_hash: str) -> list[ChainFault]:
        """Everything found, the end of the chain compared with its head."""
        if (self.last_seq, self.last_hash) != (head_seq, head_hash):
            self._find(head_seq, "head", f"末尾应为第 {head_seq} 条，现止于第 {self.last_seq} 条")
        return self._found

    def _find(self, seq: int, kind: str, explanation: str) -> None:
        self._found.append(ChainFault(seq, kind, explanation))
