"""Work that is to be done every day: what it is, and queueing it when its time has come."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from zhike.base import clock
from zhike.base.jobs.kinds import job
from zhike.base.jobs.queue import enqueue
from zhike.base.jobs.running import Run
from zhike.base.models import Daily

_LATE = timedelta(minutes=30)
_ASTRAY = timedelta(days=31)  # a last day so far ahead was noted by a clock that went wrong
_log = logging.getLogger("zhike.jobs")
_days: dict[str, time | Callable[[], time]] = {}


def daily(
    kind: str, *, at: time | Callable[[], time], label: str = ""
) -> Callable[[Callable[[Run], None]], Callable[[Run], None]]:
    """Register `f(run)` as work to be done every day, from `at` on by the clock in Shanghai.

    A function is asked for the time whenever the work is planned, for a time that is a setting.
    """

    def register(work: Callable[[Run], None]) -> Callable[[Run], None]:
        _days[kind] = at
        job(kind, label=label)(work)
        return work

    return register


class Planned(NamedTuple):
    """Daily work that was queued: for which day, and how long after its time."""

    kind: str
    day: date
    late: timedelta


def plan_days(now: datetime, only: Collection[str] | None = None) -> list[Planned]:
    """Queue the daily work whose time has come, once for all workers; with `only`, some kinds.

    After a stop of days it is done once, for the last day.
    """
    planned = []
    last = dict(Daily.objects.values_list("name", "day"))
    today = clock.day_of(now)
    for kind, when in _days.items():
        if only is not None and kind not in only:
            continue
        if today <= last.get(kind, date.min) <= today + _ASTRAY:
            continue
        at = when() if callable(when) else when
        day = today if clock.at_time(today, at) <= now else today - timedelta(days=1)
        if day <= last.get(kind, date.min) <= day + _ASTRAY:
            continue
        with transaction.atomic():
            if _take_day(kind, day):
                enqueue(kind, {}, now=now, dedupe_key=f"daily:{kind}")
                planned.append(Planned(kind, day, now - clock.at_time(day, at)))
    for one in planned:
        if one.late > _LATE:
            hours = round(one.late.total_seconds() / 3600, 1)
            _log.warning("daily work late kind=%s day=%s hours=%s", one.kind, one.day, hours)
    return planned


def _take_day(kind: str, day: date) -> bool:
    """Whether the day is ours: one statement, which the database lets succeed only once."""
    table = connection.ops.quote_name(Daily._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, day) VALUES (%s, %s) ON CONFLICT (name)"
            f" DO UPDATE SET day = excluded.day WHERE {table}.day < excluded.day"
            f" OR {table}.day > %s",
            [kind, *map(connection.ops.adapt_datefield_value, (day, day + _ASTRAY))],
        )
        return bool(cursor.rowcount)
