"""Bring what the index found and what the voice heard together into one order of items."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from backend.assistant.naming import Naming
from backend.assistant.strings import Hit

#: How far the voice's whole belief lifts a target towards one. It lifts and never lowers.
LIFT = 0.9
#: What the voice alone names, without any string near the message, is shown from this share on.
AUDIBLE = 0.05


@dataclass(frozen=True)
class Belief:
    """What the voice gives to items, to other bodies and chat, and to the first item."""

    ours: float = 0.0
    theirs: float = 0.0
    first: float = 0.0
    lead: float = 0.0


def fused(hits: Sequence[Hit], shares: Mapping[str, float], naming: Naming, *, plain: str) -> list[Hit]:
    """Lift each hit by its share and by its official name; what was only heard comes without a string."""
    spoken = naming.spoken(plain)

    def lifted(target: str, score: float) -> float:
        boost = LIFT * shares.get(target, 0.0) + naming.agreement(spoken, target)
        return score + min(1.0, boost) * (1 - score)

    found = [replace(hit, score=lifted(hit.target, hit.score)) for hit in hits]
    known = {hit.target for hit in hits}
    found += [
        Hit(target, lifted(target, 0.0), "", 0.0, is_specific=False)
        for target, share in shares.items()
        if target in naming.names and target not in known and share >= AUDIBLE
    ]
    return sorted(found, key=lambda hit: -hit.score)


def belief(shares: Mapping[str, float], items: Collection[str]) -> Belief:
    """Sum the shares by side."""
    ours = sorted((share for target, share in shares.items() if target in items), reverse=True)
    first, second = [*ours, 0.0, 0.0][:2]
    theirs = sum(share for target, share in shares.items() if target not in items)
    return Belief(sum(ours), theirs, first, first - second)
