"""Time: instants are aware and UTC; days are days in Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


def today(at: datetime | None = None) -> date:
    """The day in Shanghai, at the instant given or now."""
    return day_of(at or now())


def day_of(at: datetime) -> date:
    """The Shanghai day an aware instant falls on."""
    if at.tzinfo is None:
        raise ValueError("an instant must be aware")
    return at.astimezone(SHANGHAI).date()


def midnight(day: date) -> datetime:
    """The instant, in UTC, at which the day begins in Shanghai."""
    return at_time(day, time.min)


def at_time(day: date, moment: time) -> datetime:
    """The instant, in UTC, of a wall-clock time on a day in Shanghai."""
    return datetime.combine(day, moment, SHANGHAI).astimezone(UTC)


def weekday_name(day: date) -> str:
    """周一 … 周日."""
    return _WEEKDAYS[day.weekday()]
