"""Many follow-ups, plans and care entries at once, as an import brings them.

The caller holds the transaction and has checked the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.care.cadence import rules
from zhike.care.models import (
    CareEntry,
    FollowUp,
    KeyDate,
    PlaybookRun,
    PoolClock,
    PoolEntry,
    Task,
    Tick,
)
from zhike.care.pool import following
from zhike.care.reminders import moments
from zhike.trail.bulk import record_many

Row = dict[str, Any]


def add_follow_ups(
    *, actor: Person, now: datetime, rows: Sequence[Row], import_id: int | None
) -> list[int]:
    """Add follow-ups given as {"customer": id, "contacted_on": day or None, …}; returns ids."""
    ids = reserve(FollowUp, len(rows))
    full = [
        {
            "recorded_at": now,
            "import_id": import_id,
            "contacted_at": clock.midnight(row["contacted_on"])
            if row.get("contacted_on")
            else None,
            **row,
            "id": pk,
        }
        for pk, row in zip(ids, rows, strict=True)
    ]
    Table(FollowUp, "id").insert(full)
    _tell("follow_up.logged", "follow_up", actor, now, full, "contacted_on")
    return ids


def add_care_entries(
    *, actor: Person, now: datetime, rows: Sequence[Row], import_id: int | None
) -> list[int]:
    """Add care entries given as {"customer": id, "on": day or None, "way", "result", …}."""
    ids = reserve(CareEntry, len(rows))
    full = [
        {"recorded_at": now, "import_id": import_id, **row, "id": pk}
        for pk, row in zip(ids, rows, strict=True)
    ]
    Table(CareEntry, "id").insert(full)
    _tell("care.logged", "care", actor, now, full, "on")
    return ids


def add_plans(*, actor: Person, now: datetime, rows: Sequence[Row], import_id: int | None) -> None:
    """Add planned follow-ups given as {"customer", "due_on", "title", "assignee", "follow_up"}."""
    common = {
        "kind": Task.FOLLOW_UP,
        "created_by": actor.pk,
        "created_at": now,
        "import_id": import_id,
    }
    morning = rules.standing().care.remind_at
    days = {row["due_on"] for row in rows}
    moment_of = {day: moments.on_day(day, now=now, morning=morning) for day in days}
    Table(Task).insert([{**common, "remind_at": moment_of[row["due_on"]], **row} for row in rows])


def _tell(
    verb: str, record_type: str, actor: Person, now: datetime, rows: list[Row], day: str
) -> None:
    today = clock.day_of(now)
    data = {"import": rows[0]["import_id"]} if rows else {}
    record_many(
        [
            {
                "at": now,
                "on": row.get(day) or today,
                "verb": verb,
                "actor": actor.pk,
                "customer_id": row["customer"],
                "record_type": record_type,
                "record_id": row["id"],
                "data": data,
            }
            for row in rows
        ]
    )


def settle_plans(
    *, actor: Person, now: datetime, customer_ids: Iterable[int], import_id: int | None
) -> list[int]:
    """Leave one open plan per customer among those that came from a follow-up: the newest.

    A sheet of follow-ups carries the plan made at each; every later contact has answered the
    plans before it. Plans made by hand stay. Returns the closed tasks that were here before.
    """
    plans = Task._default_manager.filter(
        customer_id__in=set(customer_ids),
        kind=Task.FOLLOW_UP,
        done_at=None,
        follow_up__isnull=False,
    ).values_list("customer_id", "follow_up__contacted_on", "id")
    newest: dict[int, tuple[date, int]] = {}
    every: list[tuple[int, int]] = []
    for customer, day, pk in plans:
        every.append((customer, pk))
        key = (day or date.min, pk)
        newest[customer] = max(newest.get(customer, key), key)
    closed = [pk for customer, pk in every if newest[customer][1] != pk]
    later = _answered(newest)
    closed += later
    tasks = Task._default_manager.filter(pk__in=closed)
    # Those of the import itself stay at version 1: nobody has touched them.
    tasks.filter(import_id=import_id).update(done_at=now, done_by=actor)
    older = tasks.exclude(import_id=import_id)
    before = list(older.values_list("pk", flat=True))
    older.update(done_at=now, done_by=actor, version=F("version") + 1)
    return before


def _answered(newest: dict[int, tuple[date, int]]) -> list[int]:
    """The plans of `newest` made before the last contact of their customer."""
    last = dict(
        FollowUp._default_manager.filter(
            customer_id__in=newest, deleted_at=None, contacted_on__isnull=False
        )
        .order_by("contacted_on")
        .values_list("customer_id", "contacted_on")
    )
    return [pk for customer, (day, pk) in newest.items() if (last.get(customer) or day) > day]


def customers_of_plans(task_ids: Iterable[int]) -> set[int]:
    """The customers whom planned follow-ups are about."""
    found = Task._default_manager.filter(pk__in=set(task_ids), customer__isnull=False)
    return set(found.values_list("customer_id", flat=True))


def reopen(task_ids: Iterable[int], but_of: Iterable[int] = ()) -> None:
    """Open again what `settle_plans` closed and is closed still, but for these customers."""
    closed = Task._default_manager.filter(pk__in=set(task_ids), done_at__isnull=False)
    closed.exclude(customer_id__in=set(but_of)).update(
        done_at=None, done_by=None, version=F("version") + 1
    )


def entered(customer_ids: Iterable[int], now: datetime) -> None:
    """Note customers an import brought or touched: when they fall into the pool, or that they did.

    Part of an import, which is told with its counts.
    """
    following.entered_many(customer_ids, now)


FOLLOW_UP_SAYS = ("content", "contacted_on", "way", "customer_feedback", "result")
CARE_SAYS = ("result", "on", "way")


def follow_ups_held(customer_ids: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    """(customer, *FOLLOW_UP_SAYS) of follow-ups, to tell what is here."""
    held = FollowUp._default_manager.filter(customer_id__in=set(customer_ids), deleted_at=None)
    return held.values_list("customer_id", *FOLLOW_UP_SAYS).iterator()


def care_entries_held(customer_ids: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    """(customer, *CARE_SAYS) of care entries."""
    held = CareEntry._default_manager.filter(customer_id__in=set(customer_ids), deleted_at=None)
    return held.values_list("customer_id", *CARE_SAYS).iterator()


def plans_open(customer_ids: Iterable[int]) -> set[tuple[int, date]]:
    """(customer, day) of open planned follow-ups."""
    open_ones = Task._default_manager.filter(
        customer_id__in=set(customer_ids), kind=Task.FOLLOW_UP, done_at=None
    )
    return set(open_ones.values_list("customer_id", "due_on"))


def untouched(customer_ids: Iterable[int], import_id: int) -> set[int]:
    """Those of the customers whose records here all came by the import and are as they came."""
    ids = set(customer_ids)
    for as_came, model in (
        ({"import_id": import_id, "version": 1}, FollowUp),
        ({"import_id": import_id, "version": 1}, Task),
        ({"import_id": import_id}, CareEntry),
    ):
        others = model._default_manager.filter(customer_id__in=ids).exclude(**as_came)
        ids -= set(others.values_list("customer_id", flat=True))
    ticked = Tick._default_manager.filter(customer_id__in=ids)
    return ids - set(ticked.values_list("customer_id", flat=True))


def contacts_in_use(customer_ids: Iterable[int]) -> set[int]:
    """The contacts with whom a follow-up of these customers was logged."""
    logged = FollowUp._default_manager.filter(
        customer_id__in=set(customer_ids), contact__isnull=False
    )
    return set(logged.values_list("contact_id", flat=True))


def remove(customer_ids: Iterable[int]) -> None:
    """Delete everything of these customers here for good."""
    ids = sorted(set(customer_ids))
    if not ids:
        return
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        for model in (
            *(Task, FollowUp, CareEntry, PlaybookRun),
            *(PoolClock, PoolEntry, KeyDate, Tick),
        ):
            cursor.execute(
                f"DELETE FROM {model._meta.db_table} WHERE customer_id IN ({marks})", ids
            )


def drop_added(customer_ids: Iterable[int], import_id: int) -> int:
    """Delete the records an import added to these customers and nobody touched; what stays."""
    ids = set(customer_ids)
    kept = 0
    for model in (Task, FollowUp):
        added = model._default_manager.filter(customer_id__in=ids, import_id=import_id)
        kept += added.exclude(version=1).count()
        added.filter(version=1).delete()
    CareEntry._default_manager.filter(customer_id__in=ids, import_id=import_id).delete()
    return kept
