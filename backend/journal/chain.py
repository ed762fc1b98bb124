"""The hash chain, pure: how a link is made and what a broken one looks like."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


def faults(links: Iterable[Link], *, head_seq: int, head_hash: str) -> list[ChainFault]:
    """Walk the chain in order of `seq` and name every row that is not what was written."""
    found: list[ChainFault] = []
    expected_seq, expected_prev = 1, GENESIS
    for link in links:
        if link.seq != expected_seq:
            found.append(ChainFault(expected_seq, "deleted", f"第 {expected_seq} 至 {link.seq - 1} 条缺失"))
        elif link.prev_hash != expected_prev:
            found.append(ChainFault(link.seq, "reordered", f"第 {link.seq} 条与前一条不相接"))
        if link_hash(link.seq, link.prev_hash, link.values) != link.hash:
            found.append(ChainFault(link.seq, "altered", f"第 {link.seq} 条内容被改动"))
        expected_seq, expected_prev = link.seq + 1, link.hash
    if expected_seq != head_seq + 1 or expected_prev != head_hash:
        found.append(
            ChainFault(head_seq, "head", f"末尾应为第 {head_seq} 条，现止于第 {expected_seq - 1} 条")
        )
    return found
