"""How far a message speaks the words of an item's official name, whichever string led to the item.

开饭店…办排水的许可 finds restaurants by their strings; that it says 排水 and 许可 speaks for the name that
has both. Short of a whole name such agreement proves nothing, so it only lifts what was found.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.kernel import text as chinese

#: Acts that names of items end in, and how residents put them.
ACTS = {
    "延续": "续|到期|过期|延期", "注销": "注销|不干|关门|不开了|停办", "变更": "变更|改|换", "补领": "丢|补|遗失",
    "换发": "换|打错", "检查": "检", "驾驶": "驾驶|驾照|本",
} | {word: word for word in [
    "许可", "备案", "审批", "登记", "核准", "核发", "检疫", "验收", "年度审验", "注册", "审查", "设计", "资格",
    "运营", "购买", "运输", "使用", "设立", "临时", "批准", "方案", "合同", "占用", "挖掘", "检验", "认定", "筹",
    "企业", "合作社", "个体", "法人", "城市", "农业", "林", "防火", "社会", "学校", "卫生", "消防", "施工",
    "竣工", "监督", "书面报告",
]}  # fmt: skip
#: What the acts, the share of the name and the share of the message count; tuned on calibration questions.
OF_ACTS, OF_NAME, OF_MESSAGE = 0.18, 0.3, 0.25


@dataclass(frozen=True)
class Named:
    """A message's acts and pairs of characters."""

    acts: frozenset[str]
    pairs: frozenset[str]


@dataclass(frozen=True)
class Naming:
    """The acts and pairs of every official name."""

    names: Mapping[str, Named]

    def spoken(self, plain: str) -> Named:
        """What a normalised message says."""
        return Named(
            frozenset(act for act, said in _SAID if said.search(plain)), frozenset(chinese.pairs(plain))
        )

    def agreement(self, spoken: Named, target: str) -> float:
        """From 0 to the sum of the three weights."""
        name = self.names.get(target)
        if name is None or not spoken.pairs or not name.pairs:
            return 0.0
        acts = len(spoken.acts & name.acts) / (len(spoken.acts) or 1)
        common = len(spoken.pairs & name.pairs)
        return OF_ACTS * acts + common * (OF_NAME / len(name.pairs) + OF_MESSAGE / len(spoken.pairs))


_SAID = tuple((act, re.compile(said)) for act, said in ACTS.items())


def naming_of(names: Iterable[str]) -> Naming:
    """Prepare the official names."""
    return Naming(
        {
            name: Named(
                frozenset(act for act in ACTS if act in name),
                frozenset(chinese.pairs(chinese.normalise(name))),
            )
            for name in names
        }
    )
