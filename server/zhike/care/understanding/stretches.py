"""Days told by a stretch of time: 两周后, 三天内, 月底前, 三季度末."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from zhike.base import workdays
from zhike.care.understanding.days import (
    _MONTH,
    _RELATIVE,
    _YEAR,
    Mention,
    _month,
    _year,
    day_of_month,
    shift,
)
from zhike.care.understanding.numbers import whole

_Match = re.Match[str]
COUNT = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}|半"
UNIT = "个?工作日|天|日|个?星期|个?礼拜|周|个半?月|月|年|个?半?小时|个?钟头?|分钟|个?季度"
_BEFORE = r"(?:之前|以前|前(?![台期端后任面景言来往去十脚]|提(?![交供出醒])))"
_AFTER = (
    r"(?:之后|以后|后(?![天台期勤道儿日端]|面(?![谈议试签聊])|来(?=[，。,\s他她我你客对说又才就也还都没不改发])"
    r"|来电|来$|续(?![约签费租保订])))"
)
_INSIDE = "(?:之内|以内|内)"

_AGO = re.compile(
    rf"(?<![0-9.第提])(?P<n>{COUNT})(?P<u>{UNIT})(?P<half>半)?(?P<s>{_BEFORE}|"
    rf"{_AFTER}|{_INSIDE})"
)
_PASSING = re.compile(rf"(?:再?过|隔|等)(?P<n>{COUNT})(?P<u>{UNIT})(?P<half>半)?(?P<s>)")
_LEFT = re.compile(
    rf"还[有剩差](?P<n>{COUNT})(?P<u>{UNIT})(?P<half>半)?(?P<s>)(?=就?(?:要|快)?(?:到期|过期|截止|期满|开业|开学|交付|开标))"
)
_IDIOM = re.compile("过[两几][天日]")


def counted(told: str) -> float:
    if told == "半":
        return 0.5
    # 三五天, 两三天: the later of the two, so that nobody calls too early.
    if len(told) == 2 and "十" not in told and not told.isascii():
        told = told[1]
    return float(whole(told) or 1)


def moved(today: date, count: float, unit: str, back: bool) -> date:
    unit = unit.removeprefix("个")
    sign = -1 if back else 1
    if unit == "工作日":
        day, left = today, int(count)
        while left > 0:
            day += timedelta(days=sign)
            left -= workdays.is_workday(day)
        return day
    if unit in ("年", "季度", "月", "半月"):
        if unit == "半月":
            return shift(today, sign * int(count)) + timedelta(days=sign * 15)
        months = count * {"年": 12, "季度": 3}.get(unit, 1)
        day = shift(today, sign * int(months))
        return day + timedelta(days=sign * 15) if months % 1 else day
    if unit in ("周", "星期", "礼拜"):
        return today + timedelta(days=sign * round(7 * count))
    if unit in ("天", "日"):
        return today + timedelta(days=sign * int(count))
    hours = count / 60 if unit == "分钟" else count
    return today + timedelta(days=sign * int(hours // 24))


def _duration(found: _Match, today: date) -> Mention | None:
    if _IDIOM.fullmatch(found[0]) or (found["n"] == "半" and found["u"].endswith("周")):
        return None
    if not found["s"] and found["u"] == "月":
        return None
    back = bool(re.fullmatch(_BEFORE, found["s"] or "-"))
    count = counted(found["n"]) + (0.5 if found["half"] else 0)
    if found["u"] == "月" and found["n"] != "半" and not (found["s"] or "").endswith("后"):
        return None  # 3月前, 3月内 name the month, not three months
    day = moved(today, count, found["u"], back)
    if back and found["u"] == "日" and found["n"].isdigit() and int(found["n"]) <= 31:
        # 要我们25日前出PI is a day of the month; 10日前拜访过 was so many days ago.
        ahead = day_of_month(int(found["n"]), today)[1]
        return Mention(found.start(), found.end(), day, ahead, before=True)
    inside = bool(re.fullmatch(_INSIDE, found["s"] or "-"))
    made = Mention(found.start(), found.end(), day, day, "past" if back else "future")
    return replace(made, before=inside)


_THESE = re.compile(rf"(?:这|最近这|未来)(?P<n>[一两三]{{1,2}}|[1-9])(?P<u>[天日])(?:{_INSIDE})?")


def _these(found: _Match, today: date) -> Mention | None:
    day = today + timedelta(days=1)
    return Mention(found.start(), found.end(), None, day, "future", before=True)


_THIS_TIME = re.compile(
    "(?P<u>明年|下个?月|下个?(?:周|星期|礼拜))(?:的?这个?时候|的?今[天日]|的?同一[天日]|的?这[一个]?[天日])"
)


def _this_time(found: _Match, today: date) -> Mention | None:
    """明年这时候: the same day of the next year, month or week."""
    unit = {"年": "年", "月": "月"}.get(found["u"][-1], "周")
    return Mention(found.start(), found.end(), None, moved(today, 1, unit, False), "future")


_EVERY = re.compile(
    rf"每隔?(?P<n>{COUNT})?(?P<u>天|个?星期|个?礼拜|周|个?月|个?季度|半?年)"
    "(?=.{0,4}(?:跟|联系|回访|打|拜访|沟通|问候|走访|约|通话|碰))"
)


def _every(found: _Match, today: date) -> Mention | None:
    count = counted(found["n"] or "一")
    unit = found["u"]
    if unit == "半年":
        count, unit = 0.5, "年"
    day = moved(today, count, unit, False)
    return Mention(found.start(), found.end(), None, day, "future")


_PART = (
    "第[一二三四](?:周|个?星期|个?礼拜)|"
    "初|上旬|中旬|中(?!心|间|午|介|标|秋|国|文)|下旬|底|低(?=[前要给交出发，。 ]|之前|$)|末|月底|内"
)
_MONTH_PART = re.compile(
    rf"(?<![0-9.第十]){_YEAR}?(?:{_MONTH}|"
    rf"(?<![上下个0-9一二三四五六七八九十本这每当次])(?P<bare>月))份?的?(?P<p>{_PART})"
)
_MONTH_ALONE = re.compile(
    rf"(?<![0-9.个"
    rf"第十每]){_YEAR}?{_MONTH}份?(?![0-9一二三四五六七八九十租费结薪供均度付])"
)
_DAY_OF_PART = {"初": 1, "上旬": 1, "中旬": 15, "中": 15, "下旬": 21}


def _number(part: str) -> int:
    if part.startswith("第"):
        return 1 + 7 * "一二三四".index(part[1])
    return _DAY_OF_PART.get(part, 31)


def _month_base(found: _Match, today: date) -> tuple[date, bool]:
    """The first of the month that is meant, and whether its year is certain."""
    groups = found.groupdict()
    if found["rel"]:
        return shift(today, _RELATIVE[found["rel"].removesuffix("月").removesuffix("个")], 1), True
    if groups.get("bare"):
        return shift(today, 0, 1), False
    year = _year(found["y"], today)
    return date(min(max(year or today.year, 1), 9998), _month(found), 1), year is not None


def _month_part(found: _Match, today: date) -> Mention | None:
    base, certain = _month_base(found, today)
    number = _number(found["p"])
    day = shift(base, 0, number)
    inside = found["p"] == "内"
    if certain:
        lean = "past" if day < today else "future"
        return Mention(found.start(), found.end(), day, day, lean, before=inside)  # type: ignore[arg-type]
    step = 1 if found["bare"] else 12
    past = day if day <= today else shift(base, -step, number)
    # 月底 said on the last day means the next; said of this very day one says 今天.
    future = day if day > today else shift(base, step, number)
    return Mention(found.start(), found.end(), past, future, before=inside)


def _month_alone(found: _Match, today: date) -> Mention | None:
    base, certain = _month_base(found, today)
    if not certain and base < shift(today, 0, 1):
        base = shift(base, 12)
    if base <= today:
        return Mention(found.start(), found.end(), None, None, "past", coarse=True)
    return Mention(found.start(), found.end(), None, base, "future", coarse=found["rel"] is None)


_QUARTER = re.compile(
    rf"{_YEAR}?(?:(?P<rel>下个?|本|这个?|上个?)季度|(?P<q>第?[一二三四1-4])季度|"
    rf"[Qq](?P<e>[1-4])|(?P<bare>季度))(?P<p>初|末|底|内)?"
)
_YEAR_PART = re.compile(
    r"(?P<y>今年|明年|后年|来年)?(?P<p>年底|年末|年终(?![奖总会考]|回访|盘点|结算|答谢|促销|大促|聚餐|活动)|年初|年中|底(?=前|之前)|年内|"
    r"开年(?!第一|大吉|红包|以来)|开春前?|下半年|上半年)"
)


def _quarter(found: _Match, today: date) -> Mention | None:
    part = found["p"]
    if found["bare"] and not part:
        return None
    number = (today.month - 1) // 3
    year = _year(found["y"], today)
    if found["q"] or found["e"]:
        wanted = (whole((found["q"] or found["e"]).removeprefix("第")) or 1) - 1
        base = date(min(max(year or today.year, 1), 9998), wanted * 3 + 1, 1)
    else:
        away = {"下": 1, "上": -1}.get((found["rel"] or "本")[0], 0)
        base = shift(date(today.year, number * 3 + 1, 1), away * 3, 1)
    day = shift(base, 2, 31) if part in ("末", "底", "内") else base
    if day < today and year is None and not found["rel"] and not found["bare"]:
        day = shift(day, 12)
    if day < today:
        return Mention(found.start(), found.end(), None, None, "past", coarse=True)
    return Mention(found.start(), found.end(), None, day, "future", coarse=part is None)


def _year_part(found: _Match, today: date) -> Mention | None:
    part = found["p"]
    if part.startswith(("开年", "开春", "下半年", "上半年")):
        return Mention(found.start(), found.end(), lean="future", vague=True)
    year = _year(found["y"], today) or today.year
    day = {"年初": date(year, 1, 1), "年中": date(year, 6, 30)}.get(part, date(year, 12, 31))
    if day < today and not found["y"]:
        return Mention(found.start(), found.end(), None, shift(day, 12), "either", coarse=True)
    return Mention(found.start(), found.end(), None, day, "future")


RULES: tuple[tuple[re.Pattern[str], Callable[[_Match, date], Mention | None]], ...] = (
    (_AGO, _duration),
    (_PASSING, _duration),
    (_LEFT, _duration),
    (_THESE, _these),
    (_THIS_TIME, _this_time),
    (_EVERY, _every),
    (_MONTH_PART, _month_part),
    (_MONTH_ALONE, _month_alone),
    (_QUARTER, _quarter),
    (_YEAR_PART, _year_part),
)
