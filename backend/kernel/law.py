"""Articles of law as values, so that a rule, its letter and its test cite the same words."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Article:
    """One place in a law, written as it is cited: `Article("行政许可法", "第三十二条第一款第四项")`."""

    law: str
    place: str

    def __str__(self) -> str:
        return f"《{self.law}》{self.place}"


def licensing_law(place: str) -> Article:
    """An article of 中华人民共和国行政许可法 (2019 修正)."""
    return Article("中华人民共和国行政许可法", place)
