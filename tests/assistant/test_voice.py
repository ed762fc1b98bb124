"""The linear voice, the manner of asking and the official names."""

from backend.assistant.engine import Engine
from backend.assistant.framing import framing_of, terms_of
from backend.assistant.fusing import belief
from backend.assistant.voice import voice_over


def test_belief_goes_to_the_target_whose_strings_have_the_words(delivered: Engine) -> None:
    read = delivered.wording.read
    voice = voice_over([(read("奶茶店"), "食品"), (read("蛋糕店"), "食品"), (read("网吧"), "上网")])
    shares = voice.shares(read("想开奶茶店"))
    assert max(shares, key=lambda target: shares[target]) == "食品"
    assert sum(shares.values()) < 1
    assert voice.shares(read("")) == {}


def test_belief_is_told_by_side() -> None:
    told = belief({"甲": 0.5, "乙": 0.2, "other/x": 0.1}, {"甲", "乙"})
    assert (round(told.ours, 3), told.theirs, told.first, round(told.lead, 3)) == (0.7, 0.1, 0.5, 0.3)


def test_the_manner_of_asking_tells_near_misses() -> None:
    asked = [("开网吧要什么手续", True), ("附近哪家网吧好玩", False)]
    framing = framing_of((terms_of(text), is_ours) for text, is_ours in asked)
    assert framing.rate(terms_of("开奶茶店要什么手续")) > 0 > framing.rate(terms_of("附近哪家奶茶店好喝"))
    assert framing.rate(terms_of("")) == 0


def test_a_counted_question_does_not_vouch_for_itself() -> None:
    asked = [("独一份的说法", True), ("另外的话", False)]
    framing = framing_of((terms_of(text), is_ours) for text, is_ours in asked)
    assert framing.rate(terms_of(asked[0][0])) > 0
    assert framing.rate_without(terms_of(asked[0][0]), is_ours=True) == 0


def test_what_is_asked_about_says_nothing_of_the_manner() -> None:
    assert terms_of("教师资格证考试难不难", ["教师资格证"]) == terms_of("考试难不难")


def test_the_official_name_lifts_what_speaks_its_words(delivered: Engine) -> None:
    spoken = delivered.naming.spoken("让俺办排水的许可")
    ours = delivered.naming.agreement(spoken, "城镇污水排入排水管网许可")
    assert ours > delivered.naming.agreement(spoken, "食品经营许可") > 0
    assert delivered.naming.agreement(spoken, "没有的事项") == 0
