"""Which situation of an item a message names (情形: 新办、变更、延续、补办、注销), and where they differ. Pure."""

from backend.assistant.types import Aspect
from backend.catalog.types import ItemVersion, Variant
from backend.kernel.text import fold

#: What people say for a situation, and what its published name then holds.
SAID = (
    (("注销", "不干了", "关门", "不开了", "歇业"), ("注销",)),
    (("补办", "丢了", "遗失", "弄丢", "找不到了"), ("补办", "补领", "遗失")),
    (("延续", "续期", "续证", "换证", "到期", "过期", "续办", "延期"), ("延续", "换证", "换发", "延期")),
    (("变更", "改名", "换法人", "换地址", "换人", "过户", "更改", "变动"), ("变更",)),
    (
        ("新办", "新开", "首次", "第一次", "成立", "设立", "新申请"),
        ("新办", "成立", "设立", "新设", "首次", "核发"),
    ),
)


def named_in(text: str, item: ItemVersion) -> Variant | None:
    """The situation a message names: by its published name, by an everyday name, by a usual word."""
    whole, own = fold(text), fold(item.item_name)
    plain = whole.replace(own, "")
    named = [
        (len(name), -place, variant)
        for place, variant in enumerate(item.variants)
        for name in map(fold, (variant.name, *variant.colloquial_names))
        if len(name) >= 2 and name in (plain if name in own else whole)
    ]
    if named:
        return max(named, key=lambda each: each[:2])[2]
    for words, kinds in SAID:
        if any(word in plain for word in words):
            found = [each for each in item.variants if any(kind in each.name for kind in kinds)]
            if len(found) == 1:
                return found[0]
    return None


def is_told_apart(item: ItemVersion, aspect: Aspect) -> bool:
    """Whether the situations of an item differ in what is asked."""
    return len(item.variants) > 1 and len({_asked(each, aspect) for each in item.variants}) > 1


def _asked(variant: Variant, aspect: Aspect) -> tuple[object, ...]:
    match aspect:
        case Aspect.TIME:
            return tuple(limit and limit.value for limit in (variant.promised_limit, variant.statutory_limit))
        case Aspect.MATERIALS:
            return tuple(each.name for each in variant.materials)
        case Aspect.CONDITIONS:
            return tuple(each.value for each in variant.conditions)
        case Aspect.PROCESS:
            return tuple(each.name for each in variant.steps)
        case _:
            return ()


def question_for(item: ItemVersion, variant: Variant, aspect: Aspect) -> str:
    """The sentence that asks the same about one situation, understood without what went before."""
    asked = {
        Aspect.TIME: "要多长时间",
        Aspect.MATERIALS: "要什么材料",
        Aspect.CONDITIONS: "要什么条件",
        Aspect.PROCESS: "怎么一步步办",
    }
    return f"{item.item_name}，{variant.name}{asked.get(aspect, '怎么办')}"
