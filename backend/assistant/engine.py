"""From a message to what it means. Immutable: index, rules and gate belong together under one version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backend.assistant.aspects import aspect_of
from backend.assistant.followups import aspect_after, keeps_item, points_back, question_in
from backend.assistant.framing import terms_of
from backend.assistant.fusing import belief, fused
from backend.assistant.gate import OFF_TOPIC, Evidence, Gate, cues_in
from backend.assistant.matters import matters_in
from backend.assistant.naming import Naming
from backend.assistant.reading import Lexicon
from backend.assistant.strings import Hit, StringIndex
from backend.assistant.types import (
    Action,
    Aspect,
    Candidate,
    Choice,
    Clarification,
    Referral,
    Scene,
    Topic,
    Understanding,
)
from backend.assistant.voice import Voice
from backend.assistant.wording import LONGEST, Wording
from backend.kernel.text import normalise

MOST_FOUND, MOST_RANKED = 16, 10
#: Below this distance the first two are told apart by a question, where one is stored for the pair.
CLOSE = 0.05
#: A reply of ours from this likeness on (greetings, thanks, abuse, attacks).
CHATTING = 0.6
#: Another department's matter from this likeness on gets its referral.
OTHERS_MATTER = 0.45
#: From this likeness on it is theirs even where somebody complains.
CLEARLY_THEIRS = 0.7
#: Asking how far one's case is, without saying which: ours, unless something speaks against it.
OWN_CASE = 0.8
#: From this likeness on a short message leaves the item spoken about for another body's matter.
CHANGES_THE_SUBJECT = 0.8
#: As good as the string itself.
WORD_FOR_WORD = 0.95
#: A string that covers this much of the message leaves no room for a second matter.
EXPLAINED = 0.85
HOTLINE = Referral("其他事项", "政务服务便民热线", "12345")
COMPLAINT = Referral("投诉举报", "政务服务便民热线（转交监管、执法部门）", "12345")
SMALL_TALK = "chat/chat"


@dataclass(frozen=True)
class Engine:
    """Answers "what is meant"; holds no state and reads no fact."""

    version: str
    lexicon: Lexicon
    wording: Wording
    items: StringIndex
    others: StringIndex
    chats: StringIndex
    voice: Voice
    naming: Naming
    gate: Gate
    scenes: Mapping[str, tuple[Scene, str]]

    def evidence(self, text: str) -> Evidence:
        """Everything the indexes say about a message."""
        reading = self.wording.read(text)
        shares = self.voice.shares(reading)
        found = self.items.search(reading, limit=MOST_FOUND)
        evidence = Evidence(
            reading,
            fused(found, shares, self.naming, plain=reading.text),
            self.others.search(reading, limit=1),
            self.chats.search(reading, limit=1),
            cues_in(reading.text, self.lexicon.cues),
            belief(shares, self.lexicon.codes),
        )
        return replace(evidence, framed=self.gate.framing.rate(self.manner(evidence)))

    def manner(self, evidence: Evidence) -> frozenset[str]:
        """How the message is put, without what it is about."""
        about = evidence.hits[0].text if evidence.hits else ""
        matter = [word for word in self.wording.read(about).terms if len(word) > 1] if about else []
        return terms_of(evidence.reading.text, matter)

    def understand(self, text: str, *, previous: Topic | None = None) -> Understanding:
        """What the message means after the previous turn, if there was one. Never raises for any text."""
        text = text[:LONGEST]
        named = aspect_of(text, self.lexicon.aspects)
        evidence = self.evidence(text)
        keeps = keeps_item(evidence.reading, list(evidence.hits), has_aspect=named is not None)
        if previous and keeps and not self._is_theirs(evidence):
            return self._kept(previous, named or Aspect.GENERAL)
        aspect = aspect_after(text, named, previous)
        chance = self._chance(evidence, named)
        if previous and aspect is not Aspect.GENERAL and evidence.hits:
            chance = max(chance, 0.9 * evidence.hits[0].score * previous.score)
        return self._decided(text, evidence, aspect, chance)

    @staticmethod
    def _is_theirs(evidence: Evidence) -> bool:
        """Whether the message names another body's matter, whatever was spoken about before.

        老年卡咋办 does; 要身份证吗 points back and asks about the item at hand.
        """
        if points_back(evidence.reading.text):
            return False
        return any(hit.score >= CHANGES_THE_SUBJECT for hit in evidence.others)

    def _chance(self, evidence: Evidence, aspect: Aspect | None) -> float:
        """How likely the message is ours; what is word for word somebody else's matter, or chat, is not."""
        chance = self.gate.probability(evidence.features(self.items))
        top = evidence.hits[0].score if evidence.hits else 0.0
        elsewhere = max([hit.score for hit in (*evidence.others, *evidence.chats)], default=0.0)
        if elsewhere >= WORD_FOR_WORD and elsewhere > top:
            return min(chance, self.gate.refuse / 2)
        if aspect is Aspect.PROGRESS and elsewhere < OTHERS_MATTER and not evidence.cues & OFF_TOPIC:
            return max(chance, OWN_CASE)
        return chance

    def topic_of(self, context: str) -> Topic | None:
        """The item and aspect of a previous question given as text."""
        question = question_in(context)
        meant = self.understand(question) if question else None
        if meant is None or meant.best is None or meant.action is Action.REFUSE:
            return None
        return Topic(meant.best.name, meant.aspect, meant.score)

    def about(self, topic: Topic) -> Understanding:
        """What a choice among our suggestions means: that item, in the aspect asked before."""
        return self._kept(topic, topic.aspect)

    def _kept(self, previous: Topic, aspect: Aspect) -> Understanding:
        code = self.lexicon.codes.get(previous.name, "")
        return Understanding(
            action=Action.PROGRESS if aspect is Aspect.PROGRESS else Action.ANSWER,
            aspect=aspect,
            ranked=(Candidate(previous.name, code, previous.score), *self._neighbours(previous.name)),
            score=previous.score,
            index_version=self.version,
            is_follow_up=True,
        )

    def _neighbours(self, name: str) -> list[Candidate]:
        """Items easily confused with one, for the lower places."""
        near = {c.name: c for group in self._groups(name) for c in group.choices if c.name != name}
        return [Candidate(c.name, c.code, 0.3) for c in near.values()][: MOST_RANKED - 1]

    def _groups(self, name: str) -> list[Clarification]:
        return [group for group in self.lexicon.clarifications if name in _names(group)]

    def _decided(self, text: str, evidence: Evidence, aspect: Aspect, chance: float) -> Understanding:
        plain = evidence.reading.text
        explained = evidence.hits[0].covered if evidence.hits else 1.0
        several = matters_in(plain, self._find) if explained < EXPLAINED else []
        scene = self._scene(plain)
        ranked = self._ranked(evidence.hits, several, scene)
        meant = Understanding(
            action=Action.ANSWER,
            aspect=aspect,
            ranked=tuple(ranked),
            score=round(chance, 4),
            index_version=self.version,
            matters=max(1, len(several)),
            scene=scene[0] if scene and not several else None,
        )
        if chance < self.gate.refuse:
            return self._refused(meant, evidence)
        if aspect is Aspect.PROGRESS:
            return replace(meant, action=Action.PROGRESS)
        if not evidence.hits:
            return self._refused(meant, evidence)
        return self._asked_back(meant, evidence)

    def _find(self, part: str) -> Sequence[Hit]:
        return self.items.search(self.wording.read(part), limit=1)

    def _scene(self, plain: str) -> tuple[Scene, str] | None:
        squeezed = squeeze(plain)
        return next((found for said, found in self.scenes.items() if squeeze(said) in squeezed), None)

    def _ranked(
        self, hits: Sequence[Hit], several: list[str], scene: tuple[Scene, str] | None
    ) -> list[Candidate]:
        """Matters first in order of mention, then by score; a scene's other items stand behind the first."""
        scores = {hit.target: hit.score for hit in hits}
        if scene and scores:
            floor = 0.5 * max(scores.values())
            scores |= {name: max(scores.get(name, 0.0), floor) for name in scene[0].items}
        order = sorted(scores, key=lambda name: (name not in several, -scores[name]))
        if several:
            order = [*several, *(name for name in order if name not in several)]
        return [
            Candidate(name, self.lexicon.codes.get(name, ""), round(scores.get(name, 0.5), 4))
            for name in order[:MOST_RANKED]
        ]

    def _refused(self, meant: Understanding, evidence: Evidence) -> Understanding:
        """A reply to chat, or who handles the matter: a complaint's hotline, another body, or 12345."""
        refused = replace(meant, action=Action.REFUSE)
        other, theirs = _best(evidence.others)
        chat, likeness = _best(evidence.chats)
        if likeness >= CHATTING and likeness >= theirs:
            return replace(refused, reply=self.lexicon.replies[chat])
        if "complaint" in evidence.cues and theirs < CLEARLY_THEIRS:
            return replace(refused, referral=COMPLAINT)
        if theirs >= OTHERS_MATTER:
            return replace(refused, referral=self.lexicon.referrals[other])
        if evidence.cues & OFF_TOPIC:
            return replace(refused, reply=self.lexicon.replies.get(SMALL_TALK, ""), referral=HOTLINE)
        return replace(refused, referral=HOTLINE)

    def _asked_back(self, meant: Understanding, evidence: Evidence) -> Understanding:
        """Answer outright, or ask: which of a close pair, or which of three where we are not sure."""
        hits = evidence.hits
        if meant.matters > 1:
            return meant
        is_close = len(hits) > 1 and hits[0].score - hits[1].score < CLOSE
        is_unsure = self.gate.certainty(evidence.features(self.items)) < self.gate.answer
        stored = self._group_of([hit.target for hit in hits[:2]]) if is_close or is_unsure else None
        if stored or is_unsure:
            return replace(meant, action=Action.CLARIFY, clarification=stored or _three(meant.ranked))
        return meant

    def _group_of(self, pair: Sequence[str]) -> Clarification | None:
        """The stored question that tells two items apart, if there is one."""
        if len(pair) < 2:
            return None
        return next((group for group in self._groups(pair[0]) if pair[1] in _names(group)), None)


def _best(hits: Sequence[Hit]) -> tuple[str, float]:
    return (hits[0].target, hits[0].score) if hits else ("", 0.0)


def _names(group: Clarification) -> set[str]:
    return {choice.name for choice in group.choices}


def _three(ranked: Sequence[Candidate]) -> Clarification:
    """The open question where no pair is stored: one of the best three, or something else."""
    return Clarification("您想办的是下面哪一件？", tuple(Choice(c.name, c.name, c.code) for c in ranked[:3]))


def squeeze(text: str) -> str:
    """A wish without measure words and size, for message and scene alike: 开一家小饭店 is 开饭店."""
    squeezed = normalise(text).replace(" ", "")
    for filler in ("一家", "一个", "个", "家", "间", "小"):
        squeezed = squeezed.replace(filler, "")
    return squeezed
