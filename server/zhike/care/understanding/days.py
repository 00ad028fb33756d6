"""Every day a sentence names, relative or by the calendar, before it is known what it is for.

A word like 周五 or 12号 can be told of the past or planned; a `Mention` holds both readings and
`planning.py` chooses by what stands around it.
一周从周一算；“下周”是周一，“下个月”是一号，月底是末日。
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from zhike.care.understanding.numbers import whole

Lean = Literal["past", "future", "either"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A day named at `start`–`end`: as told (`past`), as planned (`future`), or too vague."""

    start: int
    end: int
    past: date | None = None
    future: date | None = None
    lean: Lean = "either"
    coarse: bool = False
    """Only a month, a quarter or “every two weeks”: a plan must follow for it to count."""
    vague: bool = False
    before: bool = False
    """A deadline: X前, X之前, X内."""


_Match = re.Match[str]
_WEEK = "(?:周|星期|礼拜)"
_YEAR = r"(?:(?P<y>今年|明年|后年|去年|前年|来年|本年|当年|(?:20)?[0-9]{2}年)的?\s?)"
_MONTH = (
    "(?:(?P<rel>上上个?月|上个?月|下下个?月|下个?月|下一个月|本月|这个?月|当月|次月)"
    "|(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元|正)月)"
)
_DAYNUM = (
    "(?P<d>3[01]|[12][0-9]|0?[1-9]|二十[一二三四五六七八九]|"
    "[廿二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
)
_ONE = timedelta(days=1)


def shift(day: date, months: int, number: int | None = None) -> date:
    """The same day of another month, or its day `number`, cut to the month's length."""
    place = day.year * 12 + day.month - 1 + months
    year, month = min(max(place // 12, 1), 9998), place % 12 + 1
    return date(year, month, min(number or day.day, monthrange(year, month)[1]))


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(told: str | None, today: date) -> int | None:
    if not told:
        return None
    near = {
        "今年": 0,
        "本年": 0,
        "当年": 0,
        "明年": 1,
        "来年": 1,
        "后年": 2,
        "去年": -1,
        "前年": -2,
    }
    if told in near:
        return today.year + near[told]
    number = int(told[:-1])
    return number if number > 99 else 2000 + number


def _made(found: _Match, past: date | None, future: date | None, lean: Lean = "either") -> Mention:
    return Mention(found.start(), found.end(), past, future, lean)


_TO_COME = re.compile(r"\s?(?:之?前|再|约|联系|拜访|回访|见|给|去|来|[上下]午)")


def _unreal(found: _Match) -> Mention | None:
    """11月31日, 2月30号再聊: no such day, so it must be asked for."""
    named = found[0][-1] in "号日"
    if not named and not _TO_COME.match(found.string, found.end()):
        return None
    return Mention(found.start(), found.end(), vague=True)


def _set(found: _Match, day: date | None, today: date) -> Mention | None:
    """A day told without doubt."""
    if day is None:
        return _unreal(found)
    lean: Lean = "past" if day < today else "future" if day > today else "either"
    return _made(found, day, day, lean)


_WORDS = {
    **dict.fromkeys(("大前天", "大前日"), -3),
    **dict.fromkeys(("前天", "前日", "前晚", "前儿"), -2),
    **dict.fromkeys(
        ("昨天", "昨日", "昨晚", "昨夜", "昨早", "昨儿", "昨", "寻日", "琴日", "yesterday"), -1
    ),
    **dict.fromkeys(
        ("今天", "今日", "今早", "今晨", "今晚", "今儿", "今夜", "今朝", "当天", "today"), 0
    ),
    **dict.fromkeys(
        ("明天", "明日", "明早", "明晚", "明晨", "明儿", "名天", "听日", "tomorrow"), 1
    ),
    **dict.fromkeys(("次日", "隔天", "翌日", "明后天", "明后两天", "tmr", "这两天", "这一两天"), 1),
    **dict.fromkeys(("后天", "后日", "后儿", "後天"), 2),
    **dict.fromkeys(("大后天", "大后日", "大后儿"), 3),
    "今": 0,
    "明": 1,
    "下班前": 0,
    "下班之前": 0,
}
_WORD = re.compile(
    "(?P<w>"
    + "|".join(sorted((w for w in _WORDS if len(w) > 1), key=len, reverse=True))
    + "|昨(?=上午|下午|中午)|[今明](?=上午|下午|中午))(?:个)?",
    re.IGNORECASE,
)


def _word(found: _Match, today: date) -> Mention | None:
    told = found["w"].lower()
    away = _WORDS[told]
    day = today + away * _ONE
    if told in ("当天",):
        return None
    if away or told in ("今早", "今晨"):
        return _made(found, day, day, "future" if away > 0 else "past")
    return _made(found, day, day, "future" if told.startswith("下班") else "either")


_WEEKDAY = re.compile(
    rf"(?<![一二两三四五六七八九十0-9几]){_YEAR}?(?P<w>上上个?|上个?|上一个?|下下个?|"
    rf"下下?一个?|下个?|再下个?|这个?|本)?"
    rf"(?P<every>每个?|逢)?{_WEEK}(?P<d>[一二三四五六日天末]|[1-6](?![0-9.]))"
    rf"(?:[二三四五六日](?![次趟年月点个天]))?(?!次|回检|"
    rf"[一二三四五六七八九]?[次趟年岁]|期)"
)
_WEEKS = {
    "上上": -2,
    "上": -1,
    "上一": -1,
    "下": 1,
    "下一": 1,
    "下下": 2,
    "再下": 2,
    "这": 0,
    "本": 0,
}


WEEK_NAMED = re.compile(rf"下+一?个?{_WEEK}(?:[一二三四五六日天]|[1-6])")
BARE_WEEKDAY = re.compile(rf"{_WEEK}(?P<d>[一二三四五六日天]|[1-6])")


def weekday_number(sign: str) -> int:
    """Monday is 0; 末 is Saturday."""
    number = "一二三四五六日".find(sign.replace("天", "日").replace("末", "六"))
    return int(sign) - 1 if number < 0 else number


def _weekday(found: _Match, today: date) -> Mention | None:
    sign = found["d"]
    number = weekday_number(sign)
    which = (found["w"] or "").removesuffix("个")
    if which:
        away = _WEEKS.get(which, 1)
        day = today + (number - today.weekday() + 7 * away) * _ONE
        if away < 0 and sign == "末":
            return None
        if away:
            return _made(found, day, day, "past" if away < 0 else "future")
        if which in ("这", "本") and day > today:
            return _made(found, day, day, "future")
        return _made(found, day if day <= today else None, day if day >= today else None)
    ahead = (number - today.weekday()) % 7
    behind = (today.weekday() - number) % 7
    if found["every"]:
        return _made(found, None, today + (ahead or 7) * _ONE, "future")
    return _made(found, today - behind * _ONE, today + (ahead or 7) * _ONE)


_BARE_WEEK = re.compile(
    rf"(?P<w>下下个?|下一?个?|再下个?|这个?|本|当)?{_WEEK}(?P<p>初|中旬?|底|末|内|之内|"
    rf"以内)?(?![一二三四五六日天1-6期])"
)


def _bare_week(found: _Match, today: date) -> Mention | None:
    which, part = (found["w"] or "").removesuffix("个"), found["p"]
    if not which and part not in ("内", "之内", "以内"):
        return None
    away = _WEEKS.get(which, 0)
    if not away and part is None:
        return None
    monday = today + (7 * away - today.weekday()) * _ONE
    number = {None: 0, "初": 0, "中": 2, "中旬": 2, "末": 5}.get(part, 4)
    day = max(monday + number * _ONE, today)
    return replace(_made(found, None, day, "future"), before=part in ("内", "之内", "以内"))


_FULL = re.compile(
    r"(?<![0-9A-Za-z/.\-])(?P<y>20[0-9]{2})(?:[-/.]|\s?年\s?)(?P<m>1[0-2]|0?[1-9])"
    r"(?:[-/.]|\s?月\s?)(?P<d>3[01]|[12][0-9]|0?[1-9])(?:[日号])?(?![0-9A-Za-z]{3})"
)
_EIGHT = re.compile(
    r"(?<![0-9A-Za-z号"
    r":\-/])(?P<y>20[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9A-Za-z\-])"
)


def _full(found: _Match, today: date) -> Mention | None:
    return _set(found, _safe(int(found["y"]), int(found["m"]), int(found["d"])), today)


_MEASURE = "个天年月周岁万亿千百元块米平台件套人条点吨只次折%份箱度wWkK号室㎡"
_SLASH = re.compile(
    r"(?<![0-9A-Za-z/.\-¥$第])(?<![0-9]:)(?P<m>1[0-2]|0?[1-9])(?:/(?P<d>3[01]|"
    r"[12][0-9]|0?[1-9])|-(?P<e>3[01]|[12][0-9]|0[1-9]))"
    rf"(?![0-9A-Za-z/.\-%的左]|[{_MEASURE}])(?:[日号])?"
)
_HOUR = r"(?:[上下中]午|早上|一早|傍晚|晚上|[一二两三四五六七八九十]{1,2}点|(?<=\s)[0-9]{1,2}[:点])"
_POINT = re.compile(
    r"(?<![0-9A-Za-z/.\-¥$:第报价分度到约是版率息])(?P<m>1[0-2]|[1-9])\.(?P<d>3[01]|"
    r"[12][0-9]|0[1-9]|[1-9](?=号|日|前|之前|开始|起(?!步)|再|见面|拜访|回访|上门|交货|签|开[会工]))"
    rf"(?:[日号]|(?=\s?[一-鿿])|(?=\s[0-9]{{1,2}}:))(?![0-9.]|\s?[{_MEASURE}分倍版寸升斤公斤克厘毫])"
)


_BEGINS = r"(?:(?<![0-9A-Za-z/.\-¥$:一-鿿])|(?<=[在定于改等为说])|(?<=[约定改]了))"
_DOTTED = r"(?P<m>1[0-2]|[1-9])\.(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9.])"
_GO = "(?:去(?![年税掉除零皮尾头壳水油])|来(?=[店我取看签拿提])|过去(?!的)|出发|进场|上门|到(?=店))"
_AT_HOUR = re.compile(rf"{_BEGINS}{_DOTTED}(?=\s?(?:{_HOUR}|{_GO}|[当那]天))")
_DATED = re.compile(rf"(?:(?<=日期)|(?<=日期[:是为定改到])|(?<=日期: )){_DOTTED}[日号]?")
"""12.3上午, 12.3去赵庄, 开卡日期12.1: no decimals."""


def _near(found: _Match, month: int, day: int, today: date) -> Mention | None:
    """A day of a month without its year: told of the latest, planned for the next."""
    around = [_safe(today.year + away, month, day) for away in (-1, 0, 1)]
    near = [one for one in around if one and abs(one - today).days <= 366]
    past = [one for one in near if one <= today]
    future = [one for one in near if one >= today]
    if not near:
        return _unreal(found)
    return _made(found, past[-1] if past else None, future[0] if future else None)


def _short(found: _Match, today: date) -> Mention | None:
    groups = found.groupdict()
    return _near(found, int(found["m"]), int(found["d"] or groups["e"]), today)


_MONTH_DAY = re.compile(
    rf"(?<![0-9个.第]){_YEAR}?{_MONTH}的?\s?{_DAYNUM}"
    rf"(?:[号日](?![楼线店房])|(?![0-9.一二三四五六七八九十]|\s?[{_MEASURE}]))"
)


def _month(found: _Match) -> int:
    told = found["m"]
    return 1 if told in ("元", "正") else whole(told) or 1


_RELATIVE = {
    "上上": -2,
    "上": -1,
    "下": 1,
    "下一": 1,
    "次": 1,
    "下下": 2,
    "本": 0,
    "这": 0,
    "当": 0,
}


def _month_day(found: _Match, today: date) -> Mention | None:
    number = whole(found["d"].replace("廿", "二")) or 0
    if found["rel"]:
        away = _RELATIVE[found["rel"].removesuffix("月").removesuffix("个")]
        day = shift(today, away, 1)
        return _set(found, _safe(day.year, day.month, number), today)
    if found["m"] == "正":
        return None
    year = _year(found["y"], today)
    if year is not None:
        return _set(found, _safe(year, _month(found), number), today)
    return _near(found, _month(found), number, today)


_NOT_DAY = (
    "楼|仓|线|店|房|机|门|院|厂|馆|车|库|码|桌|单元|地|展|桥|样|井|炉|文|字|令|柜|床|"
    "室|位|座|栋|公馆|产|铺|摊|球|电|油|钢|色|票|窗|出口|路|院|卡|户|[0-9]"
)
_DAY = re.compile(
    rf"(?<![0-9月号./\-第路街道巷弄村区栋座楼A-Za-z¥.十二])(?<![工交账货周]期){_DAYNUM}(?:号(?!{_NOT_DAY})|"
    rf"日(?=前|之前|上午|下午|晚|早|[，。)\s]|$|[把给去来再约签开]|见(?!效)|发(?!货)|交(?!期)|送|上门|拜访|回访|打(?!底)))"
)


BARE_DAY = re.compile(rf"{_DAYNUM}[号日]")


def day_of_month(number: int, today: date) -> tuple[date | None, date | None]:
    """The day `number` of a month not named: the latest gone and the next to come."""
    this, earlier, later = (
        _safe(base.year, base.month, number)
        for base in (today, shift(today, -1, 1), shift(today, 1, 1))
    )
    past = this if this and this <= today else earlier
    return past, this if this and this >= today else later


def _day(found: _Match, today: date) -> Mention | None:
    number = whole(found["d"].replace("廿", "二")) or 0
    return _made(found, *day_of_month(number, today))


RULES: tuple[tuple[re.Pattern[str], Callable[[_Match, date], Mention | None]], ...] = (
    (_WORD, _word),
    (_WEEKDAY, _weekday),
    (_BARE_WEEK, _bare_week),
    (_FULL, _full),
    (_EIGHT, _full),
    (_SLASH, _short),
    (_POINT, _short),
    (_AT_HOUR, _short),
    (_DATED, _short),
    (_MONTH_DAY, _month_day),
    (_DAY, _day),
)
