"""The rest of a follow-up: need, response, the next matter, what was promised to whom by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zhike.care.understanding.clocks import Clock
from zhike.care.understanding.days import Mention
from zhike.care.understanding.folding import Clause, clause_at
from zhike.care.understanding.people import Found


class Piece(NamedTuple):
    """A stretch of the sentence with a meaning of its own."""

    start: int
    end: int


class Todo(NamedTuple):
    """A promise besides the next contact: what, by when, and the colleague (None: oneself)."""

    start: int
    end: int
    due: date | None
    who: Piece | None


_NEED = re.compile(
    "(?:想要|想订|想定|想做|想买|想租|想换|想上|想找|想采购|想了解|需要|要求|"
    "感兴趣的是|咨询了?|打听|询问|采购(?=[0-9一二两三四五六七八九十])|可能要|"
    "要(?=[0-9一二两三四五六七八九十])|要(?=一[份个台套批])|要(?=trial)|先要|先来|"
    "先拿|愿意拿|先做个?|只做|要做|想加|加订|追加|订购|订了?(?=[0-9一二两三四五六七八九十])|"
    "定了(?=[0-9一二两三四五六七八九十])|[问想](?:[0-9]{1,2}月|[今明]年|现在|你们|"
    "我们|下周)有没有|有没有|"
    "急需|需求是|需求:|主要想|想看|有意(?:向)?|意向|考虑(?:采购|上|买)|问(?:了|下|"
    "一下)?(?=[^，。]{0,8}(?:有没有|能不能|怎么|"
    "多少)))(?P<n>[^，。；！？,;!?\n]{2,24})"
)
_INTEREST = re.compile(
    "对(?P<n>[^，。；,;]{2,16}?)(?:很|比较|挺|非常|蛮|有点|特别)?(?:感)?(?:兴趣|有兴趣|有意向)"
)
_NEED_END = re.compile(
    "(?:报价|预算|大概|大约|左右|的样子|，|,|下周|明天|后天|周[一二三四五六日]|"
    "[0-9]+月|给|让|月底|年底|来对接|对接|看看|再说).*$"
)
_NEED_START = re.compile(
    "^(?:[0-9]{1,2}月[0-9]{1,2}[号日]的|[了过下个的]|一下|是|有没有|做|能不能|上)+"
)
_NOT_NEED = re.compile(
    "再|考虑|商量|回|等|时间|老板|领导|走流程|审批|确认|签|付款|开会|催|降|"
    "打[0-9一二三四五六七八九]|便宜|优惠|一下|联系"
)


def need(folded: str) -> Piece | None:
    """What the customer says they want."""
    if (match := _INTEREST.search(folded)) is not None and not re.search("[不没]", match[0]):
        return Piece(*match.span("n"))
    for match in _NEED.finditer(folded):
        if folded[max(match.start() - 1, 0) : match.start()] in ("不", "没", "只", "我"):
            continue
        start, end = match.span("n")
        text = folded[start:end]
        lead = _NEED_START.match(text)
        start += lead.end() if lead else 0
        cut = _NEED_END.search(folded[start:end])
        end = start + cut.start() if cut else end
        if end - start < 2 or _NOT_NEED.match(folded[start:end]):
            continue
        return Piece(start, end)
    return None


_LEAD = re.compile(
    r"^(?:[\s,，:：)）、的就又也都要会我们由得]|左右|上下|之前|以前|前|后|[上下]午|"
    r"早上|晚上|中午|一早|早|晚|大概|应该|可能|必须|务必|最迟|最晚)+"
)
_TRAIL = re.compile(r"[\s,，:：(（、]+$")


def trimmed(folded: str, start: int, end: int) -> Piece | None:
    """A stretch without the small words and stops around it; None if nothing is left."""
    lead = _LEAD.match(folded[start:end])
    start += lead.end() if lead else 0
    trail = _TRAIL.search(folded[start:end])
    end = start + trail.start() if trail else end
    return Piece(start, end) if end > start else None


_AGREED = re.compile("(?:约|定|改|推|安排|说)(?:了|好|在|到|于|个)*$")
_HEAD_CUT = re.compile("^.*?(?:说好?|让我们?|约了?(?=.)|预计|定在|和|跟)")


def matter(
    folded: str,
    mention: Mention,
    mentions: Sequence[Mention],
    clocks: Sequence[Clock],
    parts: Sequence[Clause],
) -> Piece | None:
    """What the next day is for: the words after it, else those before it, else the next clause."""
    number = clause_at(parts, mention.start)
    part = parts[number]
    start, end = mention.end, max(part.end, mention.end)
    for clock in clocks:
        if start <= clock.start <= start + 2:
            start = clock.end
    for other in mentions:
        if mention.end <= other.start < end and not other.vague:
            end = other.start
    tail = trimmed(folded, start, end)
    if tail is not None and tail.end - tail.start > (
        0 if folded[tail.start] in "签定回到给" else 1
    ):
        return tail
    begin = max((o.end for o in mentions if o.end <= mention.start), default=part.start)
    head = trimmed(folded, max(begin, part.start), mention.start)
    if head is not None:
        agreed = _AGREED.search(folded[head.start : head.end])
        head = Piece(head.start, head.start + agreed.start()) if agreed else head
    if head is not None and head.end - head.start > 1:
        cut = _HEAD_CUT.match(folded[head.start : head.end])
        return (
            Piece(head.start + cut.end(), head.end)
            if cut and cut.end() < head.end - head.start
            else head
        )
    if number + 1 < len(parts):
        following = parts[number + 1]
        inside = [o for o in mentions if following.start <= o.start < following.end]
        if not inside:
            return trimmed(folded, *following)
    return tail if tail is None or folded[tail.start : tail.end] not in "了在的是" else None


_TEAM = re.compile(
    "(?:麻烦|请|让|叫|由|安排|催|@)(?P<w>[^，。；,;我他她你]{0,2}(?:同事|部门?|法务|"
    "财务|技术|售后|客服|设计|运营|仓库|研发)(?:那边)?)"
)
_OWN = re.compile(
    "(?:让我们?|让我门|叫我们?|要我们?|我们?)(?:先|提前|尽快|这边|给他|给她|"
    "再)*(?P<a>(?:把\\S{1,6}?)?[发准备报提供整理寄做改补出查打申]\\S{1,20})|先(?P<b>把\\S{2,16}|"
    "给他\\S{2,12})|(?:^|[，。,])(?:还|得|要|需)+(?P<c>跟(?:财务|法务|领导|老板|技术|"
    "仓库|总部|厂家|内部)\\S{2,24})"
)
_NUMBERED = re.compile(
    r"(?:^|\s|"
    r"[。；;，])[1-9][.、)](?![0-9])\s?(?P<t>[^，。；;\n]{2,30}?)(?=\s?[1-9][.、)](?![0-9])|"
    r"[，。；;\n]|$)"
)


def delegations(
    folded: str, people: Sequence[Found], parts: Sequence[Clause]
) -> list[tuple[Piece, Piece]]:
    """Who of our own people is to do what: the person, and the rest of the clause."""
    found = []
    taken: set[int] = set()
    teams = [Piece(*match.span("w")) for match in _TEAM.finditer(folded)]
    ours = [Piece(one.start, one.end) for one in people if one.ours]
    teams = [one for one in teams if all(o.end <= one.start or one.end < o.start for o in ours)]
    for who in sorted(ours + teams):
        number = clause_at(parts, who.start)
        part = parts[number]
        rest = trimmed(folded, who.end, part.end)
        if rest is None and folded[who.start - 1 : who.start] == "@" and number + 1 < len(parts):
            rest = trimmed(folded, *parts[number + 1])
        if rest is None or rest.end - rest.start < 2 or number in taken:
            continue
        before = folded[max(part.start, who.start - 5) : who.start]
        if re.search("(?:参会|和|跟|带|陪)[^，。]{0,3}$", before) or folded[rest.start] == "、":
            continue
        taken.add(number)
        found.append((who, rest))
    return found


def todos(
    folded: str,
    delegated: Sequence[tuple[Piece, Piece]],
    mentions: Sequence[Mention],
    parts: Sequence[Clause],
    following: Mention | None,
) -> list[Todo]:
    """What was promised besides the next contact."""
    found = [_todo(folded, rest, mentions, who, parts) for who, rest in delegated]
    numbered = [Piece(*match.span("t")) for match in _NUMBERED.finditer(folded)]
    pieces = numbered if len(numbered) > 1 else [_piece(match) for match in _OWN.finditer(folded)]
    for piece in pieces:
        part = parts[clause_at(parts, piece.start)]
        end = piece.end if numbered else min(piece.end, part.end)
        if (
            following
            and piece.start - 6 <= following.start < end
            and (not numbered or piece.start <= following.start < end)
        ):
            continue
        if any(one.start <= piece.start < one.end for one in found):
            continue
        found.append(_todo(folded, Piece(piece.start, end), mentions, None, parts))
    return [one for one in found if one.end > one.start][:20]


def _piece(match: re.Match[str]) -> Piece:
    return Piece(*match.span(match.lastgroup or 0))


def _todo(
    folded: str,
    piece: Piece,
    mentions: Sequence[Mention],
    who: Piece | None,
    parts: Sequence[Clause],
) -> Todo:
    part = parts[clause_at(parts, piece.start)]
    begin = part.start if who else piece.start
    stop = piece.end
    named = [
        one for one in mentions if begin <= one.start < piece.end and one.future and not one.vague
    ]
    due = named[0].future if named else None
    if who and not named:
        number = clause_at(parts, piece.start)
        if number + 1 < len(parts):
            following = parts[number + 1]
            first = next((o for o in mentions if o.start == following.start and o.future), None)
            if first and "给我" in folded[first.end : following.end]:
                due = first.future
    start = piece.start
    for one in named:
        if one.start <= start + 1:
            start = max(start, one.end)
        else:
            stop = min(stop, one.start) if one.start > start + 2 else stop
    clean = trimmed(folded, start, stop) or piece
    responsible = re.match("负责|去", folded[clean.start : clean.end])
    return Todo(clean.start + (responsible.end() if responsible else 0), clean.end, due, who)
