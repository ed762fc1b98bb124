"""What a short message takes over from the turn before it (10 minutes; 那奶茶店呢, 要多久)."""

import re

from backend.assistant.strings import Hit
from backend.assistant.types import Aspect, Topic
from backend.assistant.wording import Reading
from backend.kernel.text import fold

#: Labels a caller may put before the previous question.
LABEL = re.compile(r"^\s*(上一轮|上一问|上一句|上文|前文|之前|用户|问题?|背景)\s*[:：]\s*")
#: "and X?": another item, the same aspect.
SAME_ASPECT = re.compile(r"^(那|那么|如果是|要是|换成)?.{1,16}?(呢|的呢|怎么说|也一样吗|一样吗)[？?]?$")
#: Words that point back to what was just spoken about.
POINTING = re.compile(r"^(那|那么|具体|还|另外|这个|它|得|都|要)|哪几样|呢$")
#: A message this short, about nothing of its own, belongs to the previous one.
SHORT = 18
#: Evidence of an item of its own that replaces the previous one.
NEW_ITEM = 0.6
#: Asking whether something is needed (要体检吗) is about the item at hand, unless it clearly names another.
NEEDING = re.compile(r"^(还|也)?(要|得|需要|用)(不用)?.{1,6}(吗|不|么)?$")
CLEARLY_NEW = 0.85


def question_in(context: str) -> str:
    """The previous question inside a context string such as 上一轮：食品经营许可证需要哪些材料？"""
    lines = [line for line in context.splitlines() if line.strip()]
    asked = [line for line in lines if not re.match(r"^\s*(回答|助手|答|机器人)\s*[:：]", line)]
    return LABEL.sub("", asked[-1]) if asked else ""


def keeps_item(reading: Reading, hits: list[Hit], *, has_aspect: bool) -> bool:
    """Whether the message names no item of its own, so that the previous one is still meant."""
    if not reading.specific:
        return bool(reading.text)
    enough = CLEARLY_NEW if NEEDING.match(reading.text) else NEW_ITEM
    if hits and hits[0].is_specific and hits[0].score >= enough:
        return False
    return (has_aspect or points_back(reading.text)) and len(reading.text) <= SHORT


def points_back(text: str) -> bool:
    """Whether a message leans on the one before it (要身份证吗, 那得多久)."""
    return bool(POINTING.search(text))


def aspect_after(text: str, named: Aspect | None, previous: Topic | None) -> Aspect:
    """The aspect of this turn: named, or kept where the message only swaps the item, or general."""
    if named is not None:
        return named
    if previous is not None and SAME_ASPECT.match(fold(text).strip()):
        return previous.aspect
    return Aspect.GENERAL
