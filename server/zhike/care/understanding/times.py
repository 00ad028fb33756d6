"""All that a sentence says of time: days, times of the day and words that leave the day open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from zhike.care.understanding import days, festivals, stretches
from zhike.care.understanding.days import Mention
from zhike.care.understanding.folding import MOST_OF_A_KIND
from zhike.care.understanding.numbers import whole

_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?P<n>next |this )?(?P<d>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|"
    r"sat(?:ur)?|sun)(?:day)?(?![A-Za-z])"
    r"|(?<![A-Za-z])next (?P<u>week|month)(?![A-Za-z])",
    re.IGNORECASE,
)
_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OPEN = re.compile(
    "过(?:一?段|些|一?阵)(?:时间|日子|子)?|过一?阵[子儿]?|过[几两]?[几两些]天|"
    "过[几两][日周]|过两?个?把(?:月|星期)|"
    "(?:这|忙完)(?:一?阵子|段时间)|改天|改日|择日|哪天有空|有空了?|隔周|天亮[之以]?后|"
    "(?<![A-Za-z])ASAP(?![A-Za-z])|有时间(?=再|了)|抽空|过[完了]十五|出了?正月|过完正月|十天半个?月|个把(?:月|星期|礼拜)|一年半载|回来(?:以后|之后|后)?(?=再|约|联系)|"
    "(?:放[寒暑]假|等[寒暑]假)(?:之前|以前|前|之后|以后|后)?|[寒暑]假(?:之前|以前|前(?!台)|之后|以后|后)|抽时间|得空|空了|尽快|尽早|"
    "回头(?!客)|近期|最近(?=[再会要约])|到时候?(?=[再看说约联，。]|$)|"
    "晚[点些]时?候?(?=再|给|联)|稍后|下次(?!来不来|还来)|下回|随时|"
    "过完年(?:后|以后|之后)?|过年(?:后|以后|之后)|(?:年|节|假|假期|过节|放假|开学|"
    "开春|开工)(?:以后|之后|后(?!天|面))|"
    "等?忙完(?:这?一?阵子|这段时间|这阵)?|(?:孩子|学生)?考完试?|来年|明年(?=再|看|考虑|有|$)|"
    "(?<![一二两三四五六七八九十0-9])这几天|过后|(?<![点半刻])以后(?=再|有)|之后(?=再)|有(?:消息|"
    "结果|需要)(?=再)|年前年后"
)
_AFTER_DOING = re.compile(
    r"(?:^|(?<=[，。；,;\s说要]))(?:[^，。；！？,;!?\s0-9天周月年日号时点刻]{1,6}?(?:之后|以后|后)(?=再|才)"
    r"|[忙开试看用装收弄验审批走办回][^，。；！？,;!?\s0-9]{0,6}?[完了好](?=再))"
)
"""试用后再说, 收完麦子再结: open until something has been done."""
_UNTIL = re.compile(
    "等(?!待)(?P<w>[^，。；！？,;!?\n ]{1,10}?(?:了(?=[再就才])|回来|"
    "忙[完过](?:这?一?阵子?|这段时间)?|"
    "考完|批下来|下来|出来|定了|结束|到位|盖好|装好|装完|弄完|稳定|确定|开业|开工|开学|完(?:假|(?![年这一假]))|好))(?:了|之后|"
    "以后|后)?"
)
_SUFFIX_BEFORE = re.compile(rf"\s?(?:下班)?(?:{stretches._BEFORE}|以内|之内|为止|截止)")
_SUFFIX_AFTER = re.compile(f"{stretches._AFTER}")
_ABOUT = re.compile(r"\s?(?:左右|上下|的?时候)")


def _english(found: re.Match[str], today: date) -> Mention:
    if found["u"]:
        week = found["u"].lower() == "week"
        day = today + timedelta(days=7 - today.weekday()) if week else days.shift(today, 1, 1)
        return Mention(found.start(), found.end(), None, day, "future")
    number = _SHORT.index(found["d"].lower()[:3])
    if (found["n"] or "").lower().startswith("next"):
        day = today + timedelta(days=7 - today.weekday() + number)
        return Mention(found.start(), found.end(), None, day, "future")
    ahead, behind = (number - today.weekday()) % 7, (today.weekday() - number) % 7
    return Mention(
        found.start(),
        found.end(),
        today - timedelta(days=behind),
        today + timedelta(days=ahead or 7),
    )


def find(folded: str, today: date) -> list[Mention]:
    """Every day named, in order, none overlapping; the longest reading of a place wins."""
    found: list[Mention] = []
    for pattern, read in (*days.RULES, *stretches.RULES, *festivals.RULES, (_ENGLISH, _english)):
        for match in islice(pattern.finditer(folded), MOST_OF_A_KIND):
            try:
                mention = read(match, today)
            except (OverflowError, ValueError):
                continue  # a day beyond the calendar, e.g. 999年后
            if mention is not None and mention.end > mention.start:
                found.append(mention)
    found += [
        Mention(match.start(), match.end(), lean="future", vague=True)
        for pattern in (_OPEN, _UNTIL)
        for match in islice(pattern.finditer(folded), MOST_OF_A_KIND)
    ]
    found += [
        Mention(match.start(), match.end(), lean="future", vague=True)
        for match in islice(_AFTER_DOING.finditer(folded), MOST_OF_A_KIND)
        if all(one.end <= match.start() or match.end() <= one.start for one in found)
    ]
    found.sort(key=lambda one: (one.start, one.vague, -one.end))
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            if _replaces(mention, kept[-1], folded):
                kept[-1] = mention
            continue
        kept.append(mention)
    suffixed: list[Mention] = []
    for mention in kept[:MOST_OF_A_KIND]:
        if not suffixed or suffixed[-1].end <= mention.start:  # 周五下班前 is one day
            suffixed.append(_with_suffix(mention, folded))
    told = _one_day_told_twice(_same_week(_same_month(suffixed, folded), folded), folded)
    return _with_days_ahead(told, folded, today)


_UNREAL = re.compile(r".*[月/.-].*[0-9一二三四五六七八九十][日号]?")
_UNTIL_MONTH = re.compile("等[^，。；,;]*(?:月份?|季度|[Qq][1-4])")
_AFTER_THAT = re.compile("[忙过完]")
"""等3月年报出来: the month is when it comes out; 等3月忙完 is later."""
_DAYS_OFF = re.compile("[放休过]完")


def _replaces(new: Mention, old: Mention, folded: str) -> bool:
    """Whether `new` is meant, which overlaps `old` and begins no earlier."""
    if old.vague and _UNREAL.fullmatch(folded, old.start, old.end):
        return False
    if old.coarse and new.end > old.end:
        return not new.vague or new.start == old.start
    if not old.vague or new.vague:
        return False
    month = new.coarse and new.start == old.start + 1
    if month and _UNTIL_MONTH.match(folded, old.start, new.end):
        return not _AFTER_THAT.search(folded, new.end, old.end)
    if _DAYS_OFF.search(folded, new.end, old.end):
        return False
    return new.start == old.start or not new.coarse


_AHEAD = re.compile(f"(?:提前|到期日?前)(?P<n>{stretches.COUNT})(?P<u>{stretches.UNIT})")


def _with_days_ahead(mentions: list[Mention], folded: str, today: date) -> list[Mention]:
    """到期…提前两周联系: the day two weeks before the one named last."""
    added = []
    for match in islice(_AHEAD.finditer(folded), MOST_OF_A_KIND):
        base = next((one for one in reversed(mentions) if one.end <= match.start()), None)
        if base is None or base.future is None or base.lean == "past":
            continue
        day = stretches.moved(base.future, stretches.counted(match["n"]), match["u"], back=True)
        if day > today:
            added.append(Mention(*match.span(), None, day, "future"))
    clear = [
        one for one in added if all(o.end <= one.start or one.end <= o.start for o in mentions)
    ]
    return sorted([*mentions, *clear], key=lambda one: one.start)


def _same_month(mentions: list[Mention], folded: str) -> list[Mention]:
    """12月24到28号: the day joined to another lies in the month named with that."""
    kept: list[Mention] = []
    for mention in mentions:
        last = kept[-1] if kept else None
        bare = days.BARE_DAY.fullmatch(folded, mention.start, mention.end)
        if bare and last and "月" in folded[last.start : last.end]:
            number = whole(bare["d"].replace("廿", "二"))
            if _JOINED.fullmatch(folded, last.end, mention.start):
                past, future = (
                    day and days.shift(day, 0, number) for day in (last.past, last.future)
                )
                mention = replace(mention, past=past, future=future, lean=last.lean)
        kept.append(mention)
    return kept


_JOINED = re.compile(r"\s?(?:到|至|-|~|和|、|及|或者?)\s?")


def _same_week(mentions: list[Mention], folded: str) -> list[Mention]:
    """A later weekday lies in the week named before: 下周三或者周四, 下周一出差，周四回来."""
    kept: list[Mention] = []
    last: Mention | None = None
    for mention in mentions:
        bare = days.BARE_WEEKDAY.match(folded, mention.start, mention.end)
        if bare and last and last.future and not _STOP.search(folded, last.end, mention.start):
            away = days.weekday_number(bare["d"]) - last.future.weekday()
            if away > 0:
                day = last.future + timedelta(days=away)
                mention = replace(mention, past=None, future=day, lean="future")
        week = days.WEEK_NAMED.match(folded, mention.start, mention.end)
        last = mention if week or (bare and last) else None
        kept.append(mention)
    return kept


_STOP = re.compile("[。；;\n]")


def _with_suffix(mention: Mention, folded: str) -> Mention:
    """前, 之前 make a deadline; 以后, 之后 leave the day open."""
    if mention.vague or mention.before:
        return mention
    end = mention.end
    if (about := _ABOUT.match(folded, end)) is not None:
        end = about.end()
    if (before := _SUFFIX_BEFORE.match(folded, end)) is not None:
        return replace(mention, end=before.end(), before=True, coarse=False)
    if folded[mention.end - 1] not in "后周" and (after := _SUFFIX_AFTER.match(folded, end)):
        return replace(mention, end=after.end(), vague=True, past=None, future=None, lean="future")
    return replace(mention, end=end)


def _one_day_told_twice(mentions: list[Mention], folded: str) -> list[Mention]:
    """周日（29号） is one day: the more exact reading, with the tense of the first."""
    kept: list[Mention] = []
    for mention in mentions:
        last = kept[-1] if kept else None
        gap = folded[last.end : mention.start] if last else ""
        if (
            last
            and not last.vague
            and not mention.vague
            and gap.strip(" ") in ("(", "（")
            and len(gap) < 3
        ):
            closing = mention.end + (folded[mention.end : mention.end + 1] in (")", "）"))
            exact = (
                mention
                if last.end - last.start < 6 or "号" in folded[mention.start : mention.end]
                else last
            )
            lean = last.lean if last.lean != "either" else mention.lean
            kept[-1] = replace(exact, start=last.start, end=closing, lean=lean)
            continue
        same = last and last.past and last.future in (mention.past, mention.future)
        if last and not gap and not last.vague and same:
            kept[-1] = replace(last, end=mention.end)  # 今天周五, 11月20日周五
            continue
        kept.append(mention)
    return kept


_HOURS = re.compile(
    rf"(?P<n>{stretches.COUNT})(?P<u>个半?小时|个?小时|个?钟头?|"
    rf"分钟)(?P<h>半)?(?:{stretches._AFTER})"
)


def hours_ahead(told: str) -> float | None:
    """How many hours “两小时后” or “半小时后” means; None for anything else."""
    found = _HOURS.search(told)
    if found is None:
        return None
    count = stretches.counted(found["n"]) + (0.5 if found["h"] or "半" in found["u"] else 0)
    return count / 60 if found["u"] == "分钟" else count
