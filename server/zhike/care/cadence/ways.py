"""By which way to contact a customer: what matters by voice, what is routine in writing (R27)."""

from __future__ import annotations

import re
from collections.abc import Sequence

FACE_TO_FACE = re.compile(
    "拜访|面谈|上门|签约|签合同|签署|演示|验收|谈判|路演|考察|参观|汇报|提案|庆功|答谢"
)
IMPORTANT = re.compile(
    "合同|报价|价格|投诉|续约|续签|催款|回款|付款|方案|需求|决策|异议|涨价|降价|交期|延期|故障|"
    "道歉|流失|挽回|竞争|预算|确认|深度|调研|回访"
)
ROUTINE = re.compile(
    "资料|资讯|推送|问候|祝福|节日|发票|通知|周报|月报|邀请函|样本|目录|新品|简报|例行|白皮书|案例|更新"
)
_SPOKEN = ("phone", "visit", "meeting")
_WRITTEN = ("email", "wecom", "social")


def for_matter(matter: str) -> tuple[str, ...]:
    """Return the ways that suit a matter, best first; none where its words tell nothing."""
    if FACE_TO_FACE.search(matter):
        return ("visit", "phone", "meeting")
    important, routine = IMPORTANT.search(matter), ROUTINE.search(matter)
    if important and not (routine and routine.end() > important.end()):
        return ("phone", "visit", "meeting")
    return ("email", "wecom", "phone") if routine else ()


def suggested(ways: Sequence[str], matter: str, liked: str = "") -> str:
    """Return the way to suggest: one of a rule's `ways` where it has any, by the matter else.

    Of several it is the one that suits the matter, then the one the contact likes.
    """
    suiting = for_matter(matter)
    if not ways:
        if liked and (not suiting or liked in suiting):
            return liked
        return suiting[0] if suiting else ""
    fit = [one for one in ways if one in suiting] or list(ways)
    spoken = suiting and suiting[0] in _SPOKEN
    if liked in ways and (liked in fit or not (spoken and liked in _WRITTEN)):
        return liked
    return next((one for one in suiting if one in fit), fit[0])
