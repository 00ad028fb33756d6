"""Until when a task is put off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from zhike.base import clock, workdays
from zhike.base.errors import Invalid
from zhike.fields.values import LAST_YEAR


def until(said: str, due_time: time | None, *, now: datetime) -> tuple[date, time | None]:
    """Return the day and the time: `tomorrow`, `next_week` (its first working day) keep the time.

    A minute is given by the wall clock in Shanghai, 2026-11-20T15:30, and lies in the future.
    """
    today = clock.day_of(now)
    if said == "tomorrow":
        return today + timedelta(days=1), due_time
    if said == "next_week":
        monday = today + timedelta(days=7 - today.weekday())
        return workdays.next_workday(monday), due_time
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise Invalid("until", "请选明天、下周，或一个具体的时间。") from error
    if not today.year <= moment.year <= LAST_YEAR:
        raise Invalid("until", "推迟到的年份不对，请核对。")
    local = moment.astimezone(clock.SHANGHAI) if moment.tzinfo else moment
    if clock.at_time(local.date(), local.time()) <= now:
        raise Invalid("until", "这个时间已经过去，请选以后的时间。")
    return local.date(), local.time().replace(second=0, microsecond=0, tzinfo=None)
