"""Whether somebody asks for a person instead of an answer (转人工). Pure."""

import re

from backend.kernel.text import fold

_PERSON = re.compile(
    r"^(你好)?[，,]?(我(要|想)?|请|帮我|给我|麻烦|能不能|可不可以|可以)*"
    r"(转|找|接|换|要|叫|联系)?(到|接|给|个|一下)*"
    r"(人工|真人|活人|工作人员|客服)(客服|服务|坐席|咨询|人员|来)?(吧|吗|呢|啊|谢谢|行吗|好吗)*[。！!？?]*$"
)


def wants_person(text: str) -> bool:
    """Whether the message asks for nothing but a person; 人工繁育许可 does not."""
    return _PERSON.match(fold(text).replace(" ", "")) is not None
