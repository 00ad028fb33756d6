"""Work that is to be done every so many minutes, once for all workers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from zhike.base import clock
from zhike.base.jobs.kinds import job
from zhike.base.jobs.queue import enqueue
from zhike.base.jobs.running import Run
from zhike.base.models import Slot

_slots: dict[str, timedelta] = {}


def every(
    kind: str, *, minutes: int, label: str = ""
) -> Callable[[Callable[[Run], None]], Callable[[Run], None]]:
    """Register `f(run)` as work to be done every so many minutes, counted from midnight."""

    def register(work: Callable[[Run], None]) -> Callable[[Run], None]:
        _slots[kind] = timedelta(minutes=minutes)
        job(kind, label=label, quick=True)(work)
        return work

    return register


def kinds_of_slots() -> list[str]:
    """Return the kinds of work that comes round all day, of which nobody keeps the receipts."""
    return list(_slots)


class Slotted(NamedTuple):
    """Recurring work that was queued: for which moment, and how long after the last one."""

    kind: str
    at: datetime
    since: timedelta | None  # None for the first ever


def plan_slots(now: datetime, only: Collection[str] | None = None) -> list[Slotted]:
    """Queue the recurring work whose moment has come, once for all workers; `only` some kinds.

    After a stop it is done once, for the last moment. A clock that was put back does not stop the
    work until it is as late again: a last moment in the future is taken for a mistake.
    """
    last = dict(Slot.objects.values_list("name", "at"))
    planned = []
    for kind, length in _slots.items():
        if only is not None and kind not in only:
            continue
        at = _moment(now, length)
        held = last.get(kind)
        if held is not None and at <= held <= now + length:
            continue
        with transaction.atomic():
            if _take(kind, at, now + length):
                enqueue(kind, {}, now=now, dedupe_key=f"slot:{kind}")
                planned.append(Slotted(kind, at, at - held if held else None))
    return planned


def _moment(now: datetime, length: timedelta) -> datetime:
    """Return the last moment, of those every `length` from midnight in Shanghai."""
    midnight = clock.midnight(clock.day_of(now))
    return midnight + (now - midnight) // length * length


def _take(kind: str, at: datetime, latest: datetime) -> bool:
    """Whether the moment is ours: one statement, which the database lets succeed only once."""
    table = connection.ops.quote_name(Slot._meta.db_table)
    moment, limit = map(connection.ops.adapt_datetimefield_value, (at, latest))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, at) VALUES (%s, %s) ON CONFLICT (name)"
            f" DO UPDATE SET at = excluded.at WHERE {table}.at < excluded.at OR {table}.at > %s",
            [kind, moment, limit],
        )
        return bool(cursor.rowcount)
