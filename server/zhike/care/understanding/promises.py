"""What was promised besides the next contact: by whom, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zhike.care.understanding.days import Mention
from zhike.care.understanding.folding import Clause, clause_at
from zhike.care.understanding.parts import Piece, trimmed
from zhike.care.understanding.people import Found


class Todo(NamedTuple):
    """A promise besides the next contact: what, by when, and the colleague (None: oneself)."""

    start: int
    end: int
    due: date | None
    who: Piece | None


_TEAM = re.compile(
    "(?:麻烦|请|让|叫|由|安排|催|@)(?:你们|咱们|我们)?(?P<w>[^，。；,;我他她你]{0,2}(?:同事|部门?|法务|"
    "财务|技术员?|售后|客服|设计师?|运营|仓[库管储]|研发|库房|内勤|跟单|计调|品控|质检|物流|行政|前台|施工队|车间)(?:那边)?)"
    "(?!师|阿[一-鿿]|[老小][一-鿿]|主[任管]|经理|总|负责|对接|交流|方案|系统|培训|参数|资料|问题|评审|澄清|协议|支持)"
)
_THEIR_OWN = re.compile("(?:答应|承诺|表示|[他她]们?|对方|客户)[^，。；,;]{0,8}$")
_BY = "(?:[今明后本下这周星期礼拜月日号底末一二三四五六七八九十0-9个天/.]{2,7}(?:之?前|内)?)?"
"""The day may stand between: 我这边周五前出图纸."""
_BARE = re.compile(
    "(?:[弄搞做办改写处理整准备清]+[好完定妥成掉]|完成|落实|解决|处理好?|到位|(?:整理|[弄搞做写])出来)(?:它|了)?"
)
_TASK = re.compile(
    "把[^，。；,;]+|(?:要|得|需要?|[让叫]我们)(?:提前|赶紧|尽快|马上|先)*(?P<t>[^，。；,;]{3,})"
)
"""让小赵弄好 alone does not say what; the clause before does."""
_HANDED_IN = re.compile("要?[给交](?:[他她]们?|客户)?(?=[，。；,;\\s]|$)")
_OWN = re.compile(
    "(?:让我们?|让(?=准备|提供|发(?!现)|整理|改|补)|让我门|叫我们?|要我们?|(?<![给归跟和向问找对替帮])我们?)"
    "(?:先|提前|尽快|这边|给他|给她|再)*(?!报价(?:比|是|太|高|低|偏|已|被|超|[0-9]))(?![报出]\\s?[0-9一二两三四五六七八九十百千.]+[万亿元块wW千])"
    f"(?P<a>{_BY}(?:把\\S{{1,6}}?)?[发准备报提供整理寄做改补出查打申](?![的得]|.?[了过])\\S{{1,20}})"
    "|先(?P<b>把\\S{2,16}|[给帮][他她]\\S{2,12})|(?:让我们?|(?:^|[，。,])(?:还|得|要|需)+)(?P<c>跟(?:财务|法务|领导|老板|技术|"
    "仓库|总部|厂家|内部)(?!\\S{0,2}商量)\\S{2,24})"
    "|(?:另外|此外|同时|我还)(?:还)?(?:要|得|需要?)(?P<d>[查问找准发补改做写寄订联确催申]\\S{1,16})"
)
_LISTED = re.compile(r"(?:待办(?:事项)?|todo|待处理)\s?[:：]\s?(?P<t>[^。\n]+)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:^|\s|"
    r"[。；;，:：])[1-9][.、)](?![0-9])\s?(?P<t>[^，。；;\n]{2,30}?)(?=\s?[1-9][.、)](?![0-9])|"
    r"[，。；;\n]|$)"
)


_HAPPENED = re.compile("(?:[带陪]着?我们?(?:一起|一块)?)?[^，。；,;]{1,2}[了过]")
"""Told, not asked: 法务Cindy开了视频会, 同事小陈带我见了许总."""


def delegations(
    folded: str, people: Sequence[Found], parts: Sequence[Clause]
) -> list[tuple[Piece, Piece]]:
    """Who of our own people is to do what: the person, and the rest of the clause."""
    found = []
    taken: set[int] = set()
    teams = [Piece(*match.span("w")) for match in _TEAM.finditer(folded)]
    ours = [Piece(one.start, one.end) for one in people if one.ours]
    teams = [one for one in teams if not _THEIR_OWN.search(folded, 0, one.start)]
    teams = [one for one in teams if all(o.end <= one.start or one.end < o.start for o in ours)]
    for who in sorted(ours + teams):
        number = clause_at(parts, who.start)
        part = parts[number]
        rest = trimmed(folded, who.end, part.end)
        if rest is None and folded[who.start - 1 : who.start] == "@" and number + 1 < len(parts):
            rest = trimmed(folded, *parts[number + 1])
        if rest is None or rest.end - rest.start < 2 or number in taken:
            continue
        if _HAPPENED.match(folded, rest.start, rest.end):
            continue
        before = folded[max(part.start, who.start - 8) : who.start]
        together = re.search("(?:(?:参会|和|跟)[^，。]{0,3}|[带陪][^，。]{0,6})$", before)
        if together or folded[rest.start] == "、":
            continue
        taken.add(number)
        found.append((who, rest))
    return found


_ASKS = re.compile("(?:顺便|再|另外)?(?:让|叫|请|安排|派|麻烦)[^，。；,;]{0,4}$")


def asked_from(folded: str, who: Piece, parts: Sequence[Clause]) -> int:
    """Where an order to somebody begins: with the clause, or later where that tells more first.

    约了袁总周三看样机让小孔周二送过去: the first day is not 小孔's.
    """
    part = parts[clause_at(parts, who.start)]
    asks = _ASKS.search(folded, part.start, who.start)
    return asks.start() if asks and asks.start() - part.start > _MUCH else part.start


_MUCH = 8  # characters: more than a day and whose turn it is


def todos(
    folded: str,
    delegated: Sequence[tuple[Piece, Piece]],
    mentions: Sequence[Mention],
    parts: Sequence[Clause],
    following: Mention | None,
) -> list[Todo]:
    """What was promised besides the next contact."""
    found = [_todo(folded, rest, mentions, who, parts) for who, rest in delegated]
    numbered = _told_as_list(folded)
    pieces = numbered or [_piece(match) for match in _OWN.finditer(folded)]
    pieces += [] if numbered else _by_a_deadline(folded, mentions, parts, following)
    for piece in pieces:
        part = parts[clause_at(parts, piece.start)]
        end = piece.end if numbered else min(piece.end, part.end)
        if (
            following
            and piece.start - 6 <= following.start < end
            and (not numbered or piece.start <= following.start < end)
        ):
            continue
        if any(one.start < end and piece.start < one.end for one in found):
            continue
        if (
            following
            and following.start == part.end + 1
            and _HANDED_IN.match(folded, following.end)
        ):
            continue  # 出两个方案，下周二给: the next matter itself
        found.append(_todo(folded, Piece(piece.start, end), mentions, None, parts))
    return [one for one in found if one.end > one.start][:20]


_THEM = "(?:[他她您]们?|客户|对方|[一-鿿]{1,2}[总工姐哥])"
_PAPER = "(?:[^，。；,;]{0,4}(?:图|方案|报价|标书|样|合同|稿|资料|清单|发票))"
_WE_DO = re.compile(
    f"(?:要|先|得|会|需要?|务必|必须|争取)*(?:[给帮回]{_THEM}|把[^，。；,;]{{1,10}}[给发]{_THEM}|"
    f"[发出做交]{_PAPER}|提交{_PAPER}|报价)[^，。；,;]*"
)
_LED_BY = re.compile("(?:我们?|先|要|得|让|会)*")
"""周五前我把方案发他: the day stands before the one who promised."""
_DID = re.compile("[了过]|我")
_WE = re.compile("(?:我们?(?:这边)?|先|要|得|需要?|说好|争取|务必|[和并且]|\\s)*")


def _by_a_deadline(
    folded: str, mentions: Sequence[Mention], parts: Sequence[Clause], following: Mention | None
) -> list[Piece]:
    """周五前给她报价，下周一拜访: what we do by an earlier day than the next contact's."""
    found = []
    for one in mentions:
        part = parts[clause_at(parts, one.start)]
        alone = all(o is one or o.end <= part.start or part.end <= o.start for o in mentions)
        earlier = following and one.future and following.future and one.future < following.future
        if not one.before or not alone or not earlier:
            continue
        deed = _WE_DO.match(folded, one.end, part.end)
        if deed and _WE.fullmatch(folded, part.start, one.start) and not _DID.search(deed[0]):
            found.append(Piece(one.start, deed.end()))
    return found


def _told_as_list(folded: str) -> list[Piece]:
    """1. …2. …, or 待办：…、…"""
    numbered = [Piece(*match.span("t")) for match in _NUMBERED.finditer(folded)]
    if len(numbered) > 1:
        return numbered
    listed = _LISTED.search(folded)
    if listed is None:
        return []
    start, end = listed.span("t")
    return [Piece(*one.span()) for one in re.compile("[^、；;，,]+").finditer(folded, start, end)]


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
    lead = next((one for one in mentions if _LED_BY.fullmatch(folded, one.end, piece.start)), None)
    begin = asked_from(folded, who, parts) if who else lead.start if lead else piece.start
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
            rest = folded[first.end : following.end] if first else ""
            if first and ("给我" in rest or not rest.strip()):
                due = first.future
    start = piece.start
    for one in named:
        if one.start <= start + 1:
            start = max(start, one.end)
        else:
            stop = min(stop, one.start) if one.start > start + 2 else stop
    clean = trimmed(folded, start, stop) or piece
    if who and _BARE.fullmatch(folded, *clean):
        clean = _told_before(folded, part, parts) or clean
    responsible = re.match("负责|去", folded[clean.start : clean.end])
    return Todo(clean.start + (responsible.end() if responsible else 0), clean.end, due, who)


def _told_before(folded: str, part: Clause, parts: Sequence[Clause]) -> Piece | None:
    """要把通道清出来，让小赵弄好: what is to be done stands in the clause before."""
    number = clause_at(parts, part.start)
    task = _TASK.search(folded, *parts[number - 1]) if number else None
    return Piece(*task.span(task.lastgroup or 0)) if task else None
