"""How a task is told in a notice: what, with whom, when, and how late it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from zhike.base import clock

_WORTH_TELLING = timedelta(minutes=10)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def what(kind: str, title: str, customer: str | None) -> str:
    """Return what is to be done and with whom: 跟进华为技术有限公司：发报价."""
    if kind == "follow_up":
        return f"跟进{customer or '客户'}" + (f"：{title}" if title else "")
    return f"{title}（{customer}）" if customer else title


def when(due_on: date, due_time: time | None, today: date) -> str:
    """Return when it is to be done, seen from a day: 今天 15:00, 明天, 11月25日."""
    names = {0: "今天", 1: "明天", 2: "后天"}
    day = names.get((due_on - today).days) or day_of_month(due_on)
    return f"{day} {due_time:%H:%M}" if due_time else day


NAMED = 3  # customers a notice of many names


def some_of(names: Sequence[str], total: int) -> str:
    """Return the first of many customers and how many they are: 甲公司、乙公司、丙公司等 5 位."""
    named = names[:NAMED]
    return "、".join(named) + (f"等 {total} 位" if total > len(named) else "")


def day_of_month(day: date) -> str:
    """Return 11月25日."""
    return f"{day.month}月{day.day}日"


def delay(meant_for: datetime, now: datetime) -> str:
    """Return how late a reminder comes; nothing where it comes in time."""
    late = now - meant_for
    if late < _WORTH_TELLING:
        return ""
    moment = meant_for.astimezone(clock.SHANGHAI)
    told = f"本应在{day_of_month(moment.date())} {moment:%H:%M} 提醒，迟了"
    if late >= 2 * _DAY:
        return f"{told} {late // _DAY} 天。"
    if late >= 2 * _HOUR:
        return f"{told} {late // _HOUR} 小时。"
    return f"{told} {late // timedelta(minutes=1)} 分钟。"
