"""Times of the day: 上午十点, 下午3点半, 14:30-16:00, 2pm; 1–6 点没说上下午时按下午."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from zhike.care.understanding.folding import MOST_OF_A_KIND
from zhike.care.understanding.numbers import whole


class Clock(NamedTuple):
    """A time of the day at `start`–`end`; `at` is HH:MM, None for 上午 or 10点后."""

    start: int
    end: int
    at: str | None
    evening: bool


_PART = (
    "(?P<p>凌晨|清晨|(?<![周期拜])一大?早|大?早上|早晨|早|上午|上半日|中午|午后|下午|下半日|傍晚|"
    "晚上|晚间|夜里|晚)"
)
_HOUR = "1[0-9]|2[0-4]|0?[0-9]|十[一二]?|二十[一二三]?|[一二两三四五六七八九]"
_TOLD = re.compile(
    rf"(?:{_PART}\s?)?(?<![0-9.])(?:(?P<h>{_HOUR})\s?(?:[点時时](?!意见|建议|要求|问题|"
    rf"[了儿个左方心评击名数子间机候])钟?(?P<r>半|[一三]刻|(?:[0-5]?[0-9]|"
    rf"[一二三四五]?十[一二三四五六七八九]?)分?(?![0-9]))?)"
    r"|(?P<H>[01]?[0-9]|2[0-4]):(?P<M>[0-5][0-9])(?::[0-5][0-9])?(?![0-9])"
    r"|(?P<e>1[0-2]|[1-9])(?::(?P<em>[0-5][0-9]))?\s?(?P<ap>[aApP]\.?[mM]))"
)
_RANGE = re.compile(r"\s?(?:-|~|到|至)\s?(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9]|点半?)")
_BARE = re.compile(_PART)
_LATER = re.compile("(?:之后|以后|后|过后|开始)")
_DAY_BEFORE = re.compile(r"(?:[号日天早晚]|[周期拜][一二三四五六]|[0-9][/.-][0-9]{1,2})\s?$")
_LISTS = re.compile(
    r"\s?[:,，]?\s?(?:[:(进感体结说内原共反都也没不]|一[是线]|第一|1|区别|顾虑|疑问|担心|优势)"
)
_NOT_BEFORE = re.compile("(?:[降压让返涨提扣高低差]|有|[几多])$")


def _hour(found: re.Match[str]) -> tuple[int, int]:
    if found["e"]:
        hour = int(found["e"]) % 12 + (12 if found["ap"][0] in "pP" else 0)
        return hour, int(found["em"] or 0)
    if found["H"]:
        return int(found["H"]), int(found["M"])
    rest = found["r"] or ""
    minute = {"": 0, "半": 30, "一刻": 15, "三刻": 45}.get(rest)
    if minute is None:
        minute = whole(rest.removesuffix("分")) or 0
    return whole(found["h"]) or 0, minute


def find(folded: str) -> list[Clock]:
    """Every time of the day, in order."""
    found = []
    for match in islice(_TOLD.finditer(folded), MOST_OF_A_KIND):
        start, end = match.span()
        if _NOT_BEFORE.search(folded[max(start - 1, 0) : start]):
            continue
        bare = match["h"] in ("一", "两") and match[0].endswith("点") and not match["p"]
        after_day = _DAY_BEFORE.search(folded[max(start - 6, 0) : start])
        if bare and (after_day is None or _LISTS.match(folded, end)):
            continue  # 还有两点, 周五提了两点：…
        hour, minute = _hour(match)
        part = match["p"] or _said_before(folded, start)
        if match["h"] or match["H"]:
            hour = _of_day(hour, part, colon=bool(match["H"] and len(match["H"]) > 1))
        at = f"{hour:02}:{minute:02}" if hour < 24 else None
        if _LATER.match(folded, end) and match["h"]:
            at = None
        if (ranged := _RANGE.match(folded, end)) is not None:
            end = ranged.end()
        found.append(Clock(start, end, at, hour >= 18))
    taken = [(one.start, one.end) for one in found]
    for match in islice(_BARE.finditer(folded), MOST_OF_A_KIND):
        if not any(a <= match.start() < b for a, b in taken):
            found.append(Clock(*match.span(), None, match[0].startswith(("晚", "夜"))))
    return sorted(found)


def _said_before(folded: str, start: int) -> str | None:
    """The part of the day in the word before: 明早9点, 今晚8点, 下午的3点."""
    before = folded[max(start - 4, 0) : start].rstrip(" 的约大概")
    for part in ("早", "晚", "下午", "上午", "中午", "夜"):
        if before.endswith(part):
            return part
    return None


def _of_day(hour: int, part: str | None, *, colon: bool) -> int:
    if part is None:
        return hour + 12 if 1 <= hour <= 6 and not colon else hour
    if part in ("下午", "午后", "傍晚", "下半日") or (part == "中午" and hour < 5):
        return hour + 12 if hour < 12 else hour
    if part.startswith(("晚", "夜")):
        if hour == 12:
            return 24
        return hour + 12 if 4 < hour < 12 else hour
    return hour
