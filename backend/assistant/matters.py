"""Several matters in one message: split only where each part has evidence of its own."""

import re
from collections.abc import Callable, Sequence

from backend.assistant.strings import Hit

#: Words that join two wishes. A bare 和 or 、 stands inside many official names, hence the evidence.
JOINT = re.compile(r"[，,；;。！!？?、]|还有|另外|以及|顺便|然后|并且|同时|再(?=办|开|注册|弄)|和|跟|还要")
#: A part counts as a matter of its own from this score on.
OWN_EVIDENCE = 0.7
MOST_PARTS = 4


def matters_in(text: str, find: Callable[[str], Sequence[Hit]]) -> list[str]:
    """The targets of the parts, in order of mention; fewer than two means one matter."""
    parts = [part for part in JOINT.split(text) if part and len(part) >= 2][: MOST_PARTS + 1]
    if not 2 <= len(parts) <= MOST_PARTS:
        return []
    found: list[str] = []
    for part in parts:
        hits = find(part)
        if hits and hits[0].score >= OWN_EVIDENCE and hits[0].is_specific and hits[0].target not in found:
            found.append(hits[0].target)
    return found if len(found) > 1 else []
