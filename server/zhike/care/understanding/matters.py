"""What the next day is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhike.care.understanding.clocks import Clock
from zhike.care.understanding.days import Mention
from zhike.care.understanding.folding import Clause, clause_at
from zhike.care.understanding.parts import Piece, trimmed
from zhike.care.understanding.planning import MOVED
from zhike.care.understanding.stretches import COUNT, UNIT

_RANGE = re.compile(r"\s?(?:到|至|-|~|和|、|及|或者?)\s?")
_AHEAD = re.compile(f"提前(?:{COUNT})(?:{UNIT})")
_AGREED = re.compile(
    "(?:(?:约|定|改|推|安排|说)(?:了|好|在|到|于|个)*|[是为]|只[能好]|最[快早晚迟]|估计|大概|可能)$"
)
_HEAD_CUT = re.compile("^.*?(?:说好?|让我们?|约了?(?=.)|预计|定在|和|跟)")
_FILLING = re.compile(
    "(?:估计|可能|应该|大概|要|会|得|只能|恐怕|[他她]们?|客户|对方|临时|本来|原来|先|说|结果|又|最[晚迟快早]|至少|起码|[要等]到|"
    "拖到?|才)+"
)
_LASTING = re.compile("(?:[期效]|试?用|排|拖|延|持续)[到至]$")
_TALE = re.compile(".{4}[了过].{10}")
"""Too much was told before the day for it to be the matter of the day."""
_CIRCUMSTANCE = re.compile(
    "(?:是)?(?:他们?|她们?|对方|客户|公司|店里|厂里)?的?(?:领导|老板娘?|经理|孩子)?"
    "(?:就|才|刚好|正好|都|要|会)?"
    "(?:到期|过期|截止|期满|放假|休假|(?:调休|补班)?上班|调休|补班|开学|开工|开业|开门|出差|"
    "回[来国]了?|有空|有时间|在(?:公司|家)?|值班|飞[一-鿿]{2,4}|出国|生日|开门红)"
)
"""What the day brings by itself; what is to be done then stands in the next clause."""
_OF_ITSELF = re.compile("到期|过期|截止|期满|开业|开门|生日|飞")
_ACTION = re.compile(
    "(?:之前|到时候?|顺[路便道]|正好|刚好|可以|提前|先|再|就|得|要|我)*"
    "(?:约|联系|回访|拜访|过去|打|见|谈|聊|去(?!年)|找|问|催|送|发|寄|给|签|把|带|请|沟通|跟进|准备|"
    "安排|上门)"
)
_BY_THE_WAY = re.compile("顺[路便道]|(?:到时候?|届时|那时候?)(?=[再约来去见聊谈上]|给)")
_ELSEWHERE = re.compile("出差|展|培训|开会|办事|参加|学习|旅游|路过|有(?!空)|回[来国]|[到过]期")
"""What keeps one busy near the customer, not with them."""
_OTHERWISE = re.compile(
    "(?:再|如果|要是|万一)?(?:[^，。；,;]?[做办赶交来]不[到了及上]|不(?:行|然|成|能|来|给)|否则|没有?)"
    "[^，。；,;]{0,8}(?:就|只能|只好)|(?:不然|否则|要不然)|(?:去年|上次|以前|之前|今年|原来)|"
    "(?:报价|[单总]价|[定订押]金|费用|一?共)[:： ]?[0-9¥]|[^，。；,;]{0,6}已"
)
"""A clause that tells what follows if not, or how it was: not what the day is for."""
_DEEDS = "给交出寄送发提取拿装换修退转打聊谈来去做弄搞办"
"""样品我周五寄: the thing stands before the day, the verb after it."""
_MEANS_MUCH_ALONE = "签定回到给付交"


def matter(
    folded: str,
    mention: Mention,
    mentions: Sequence[Mention],
    clocks: Sequence[Clock],
    parts: Sequence[Clause],
) -> Piece | None:
    """The words after the day, else those before it, else the next clause."""
    number = clause_at(parts, mention.start)
    told = [
        _words_after(folded, mention, mentions, clocks, parts[number]),
        _words_before(folded, mention, mentions, parts),
    ]
    tail = told[0]
    aside = _by_the_way(folded, number, parts)
    if tail is not None and aside is not None and _ELSEWHERE.search(folded, *tail):
        return aside
    if tail and tail.end - tail.start == 1 and folded[tail.start] in _DEEDS:
        thing = told[1] if told[1] and told[1].start >= parts[number].start else tail
        return Piece(thing.start, tail.end)
    for piece in told:
        if piece is None:
            continue
        if _CIRCUMSTANCE.fullmatch(folded, *piece):
            done = _next_action(folded, number, mentions, clocks, parts)
            return done or _of_itself(folded, piece)
        if _is_matter(folded, piece):
            return piece
    if MOVED.search(folded, parts[number].start, mention.start):
        return None
    if number + 1 == len(parts) and number and _is_all(folded, mention, parts[number]):
        return _asked_before(folded, parts[number - 1], mentions)
    if number + 1 < len(parts) and not _names_a_day(parts[number + 1], mentions):
        start, end = parts[number + 1]
        return None if _OTHERWISE.match(folded, start, end) else trimmed(folded, start, end)
    return tail if tail is None or folded[tail.start : tail.end] not in "了在的是" else None


def _is_matter(folded: str, piece: Piece) -> bool:
    return piece.end - piece.start > 1 or folded[piece.start] in _MEANS_MUCH_ALONE


_WORTH = re.compile("(?:说|让|叫|要)?(?:我们?)?先?(?=[送发寄给出做报约带补][^，。；,;]{2,})")


def _is_all(folded: str, mention: Mention, part: Clause) -> bool:
    return not folded[part.start : mention.start].strip() and not folded[mention.end : part.end]


def _asked_before(folded: str, part: Clause, mentions: Sequence[Mention]) -> Piece | None:
    """先送份资料 周五前: what is to be done by the day that closes the sentence."""
    lead = _WORTH.match(folded, part.start, part.end)
    if lead is None or _names_a_day(part, mentions):
        return None
    return trimmed(folded, lead.end(), part.end)


def _names_a_day(part: Clause, mentions: Sequence[Mention]) -> bool:
    return any(part.start <= one.start < part.end for one in mentions)


def _words_after(
    folded: str,
    mention: Mention,
    mentions: Sequence[Mention],
    clocks: Sequence[Clock],
    part: Clause,
) -> Piece | None:
    """What follows the day and its time of day in the clause, up to another day."""
    start, end = mention.end, max(part.end, mention.end)
    for other in mentions:
        if start <= other.start < end and _RANGE.fullmatch(folded, start, other.start):
            start = other.end  # 1号到3号 is one stretch
    for clock in clocks:
        if clock.start <= start + 2 and start < clock.end:
            start = clock.end
    for other in mentions:
        if start <= other.start < end and not other.vague:
            end = other.start
    return trimmed(folded, start, end)


def _words_before(
    folded: str, mention: Mention, mentions: Sequence[Mention], parts: Sequence[Clause]
) -> Piece | None:
    """What leads to the day in its clause; of a day put off, what was told with the one before."""
    part = parts[clause_at(parts, mention.start)]
    before = [one for one in mentions if one.end <= mention.start]
    if MOVED.search(folded, part.start, mention.start):
        return _of_moved(folded, before, mention, parts)
    begin = max([part.start, *(one.end for one in before)])
    head = trimmed(folded, begin, mention.start)
    if head is None:
        return None
    agreed = _AGREED.search(folded[head.start : head.end])
    end = head.start + agreed.start() if agreed else head.end
    if _LASTING.search(folded, head.start, end):
        return None
    filling = _FILLING.fullmatch(folded, head.start, end) or _TALE.search(folded, head.start, end)
    if filling or end - head.start < 2:
        return None
    cut = _HEAD_CUT.match(folded[head.start : end])
    start = head.start + cut.end() if cut and cut.end() < end - head.start else head.start
    return Piece(start, end)


def _of_moved(
    folded: str, before: Sequence[Mention], mention: Mention, parts: Sequence[Clause]
) -> Piece | None:
    """周四上门，改到下周二: the matter was told with the day given up."""
    if not before:
        return None
    last = before[-1]
    end = min(parts[clause_at(parts, last.start)].end, mention.start)
    moved = MOVED.search(folded, last.end, end)
    return trimmed(folded, last.end, moved.start() if moved else end)


def _of_itself(folded: str, piece: Piece) -> Piece | None:
    """到期 is worth a reminder; 才有空, 上班 say nothing of what to do."""
    return piece if _OF_ITSELF.search(folded, *piece) else None


def _by_the_way(folded: str, number: int, parts: Sequence[Clause]) -> Piece | None:
    """去深圳参展，顺便见庄总; 3月有新预算，到时候再聊: what concerns the customer."""
    if number + 1 == len(parts):
        return None
    start, end = parts[number + 1]
    lead = _BY_THE_WAY.match(folded, start, end)
    return trimmed(folded, lead.end(), end) if lead else None


def _next_action(
    folded: str,
    number: int,
    mentions: Sequence[Mention],
    clocks: Sequence[Clock],
    parts: Sequence[Clause],
) -> Piece | None:
    """What the clause after tells to do, if it names no other day."""
    if number + 1 == len(parts):
        return None
    start, end = parts[number + 1]
    start = max((one.end for one in clocks if one.start - start in (0, 1)), default=start)
    ahead = _AHEAD.match(folded, start, end)
    start = ahead.end() if ahead else start
    if any(start <= one.start < end and not one.vague for one in mentions):
        return None
    return trimmed(folded, start, end) if _ACTION.match(folded, start, end) else None
