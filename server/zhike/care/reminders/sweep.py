"""The sweep: who is to be reminded of what by now, told exactly once.

Every minute it takes the tasks whose `remind_at` has come, reading nothing but an index of those,
and tells and clears them in one transaction. Other rooms register what is due on a day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Q

from zhike.base import clock
from zhike.base.jobs import Run
from zhike.care.models import Task
from zhike.care.reminders import moments, wording
from zhike.fields import choices
from zhike.trail.notices.telling import Telling, tell_many

PIECE = 500
REMIND_ANEW = "care.remind_anew"
Fetch = Callable[[date, int], Sequence[Any]]
Tell = Callable[[Sequence[Any], datetime], None]
_COLUMNS = (
    *("id", "kind", "title", "materials", "way", "due_on", "due_time", "remind_at"),
    *("customer_id", "customer__name", "customer__deleted_at"),
    *("assignee_id", "assignee__is_active"),
)


class _Due(NamedTuple):
    """A task whose reminder is due."""

    id: int
    kind: str
    title: str
    materials: str
    way: str
    due_on: date
    due_time: time | None
    remind_at: datetime
    customer_id: int | None
    customer: str | None
    customer_gone: datetime | None
    assignee_id: int | None
    assignee_works: bool | None


def sweep(run: Run, *, morning: time) -> None:
    """Remind of the tasks whose time has come, the earliest first."""
    while True:
        with run.step():
            count = _sweep_piece(run.now, morning)
            run.progress(run.done + count, 0)
        if count < PIECE:
            break


def due(now: datetime, limit: int) -> list[_Due]:
    """Return the tasks to remind of, the earliest first, and hold them."""
    found = Task.objects.filter(done_at=None, remind_at__lte=now).order_by("remind_at", "id")
    held = found.select_for_update(of=("self",), skip_locked=True)
    return [_Due(*row) for row in held.values_list(*_COLUMNS)[:limit]]


def _sweep_piece(now: datetime, morning: time) -> int:
    today = clock.day_of(now)
    rows = due(now, PIECE)
    wanted = [row for row in rows if row.assignee_works and row.customer_gone is None]
    tell_many([_telling(row, now, today) for row in wanted], now=now)
    overdue_at: dict[date, datetime] = {}
    again: dict[datetime | None, list[int]] = {}
    for row in wanted:
        if row.due_on >= today:
            if row.due_on not in overdue_at:
                overdue_at[row.due_on] = moments.overdue_at(row.due_on, morning)
            again.setdefault(overdue_at[row.due_on], []).append(row.id)
    once_more = {pk for ids in again.values() for pk in ids}
    again[None] = [row.id for row in rows if row.id not in once_more]
    for at, ids in again.items():
        if ids:
            Task.objects.filter(pk__in=ids).update(remind_at=at)
    return len(rows)


def _telling(row: _Due, now: datetime, today: date) -> Telling:
    late = row.due_on < today
    what = wording.what(row.kind, row.title, row.customer)
    if late:
        kind, key = "overdue", f"overdue:{row.id}:{row.due_on}"
        title = f"超期：{what}"
        said = [f"{wording.when(row.due_on, row.due_time, today)}到期，还没有完成。"]
    else:
        at = f"T{row.due_time:%H:%M}" if row.due_time else ""
        kind, key = "task_due", f"task:{row.id}:{row.due_on}{at}"
        title = f"{wording.when(row.due_on, row.due_time, today)} {what}"
        said = []
        if row.way:
            said.append(f"建议方式：{choices.WAY.label(row.way)}。")
        if row.materials:
            said.append(f"需准备：{row.materials}")
    said.append(wording.delay(row.remind_at, now))
    assert row.assignee_id is not None
    return Telling(
        person_id=row.assignee_id,
        kind=kind,
        key=key,
        title=title,
        due_at=row.remind_at,
        body="\n".join(line for line in said if line),
        customer_id=row.customer_id,
        record=("task", row.id),
    )


class _Registered(NamedTuple):
    fetch: Fetch
    tell: Tell


_registered: dict[str, _Registered] = {}


def register(name: str, fetch: Fetch, tell: Tell) -> None:
    """Have something swept every morning, in pieces, each in a transaction of its own.

    `fetch(today, limit)` returns what is due by the day and holds it; `tell(rows, now)` tells it
    and clears what made it due, so that the next fetch brings other rows.
    """
    _registered[name] = _Registered(fetch, tell)


def sweep_days(run: Run) -> None:
    """Tell what is due today of everything registered; what is told already stays told."""
    for name, of in _registered.items():
        before: list[Any] = []
        while True:
            with run.step():
                rows = list(of.fetch(clock.day_of(run.now), PIECE))
                if rows and rows == before:
                    raise RuntimeError(f"{name} tells the same rows again")
                if rows:
                    of.tell(rows, run.now)
                run.progress(run.done + len(rows), 0)
            before = rows
            if len(rows) < PIECE:
                break


def fill_in(run: Run, *, morning: time) -> None:
    """Give open tasks of today and later the reminder they lack.

    Those of an older version have none, nor has one whose customer came back from the trash. Who
    was reminded of a task already has a moment left until the next working morning.
    """
    _set_anew(run, morning, Q(remind_at=None))


def set_anew(run: Run, *, morning: time) -> None:
    """Move the reminders of tasks without a time, after the rules named another morning."""
    _set_anew(run, morning, Q(due_time=None))


def _set_anew(run: Run, morning: time, which: Q) -> None:
    last = run.checkpoint or 0
    while True:
        with run.step():
            rows = _open(which, last, clock.day_of(run.now))
            again: dict[datetime | None, list[int]] = {}
            for row in rows:
                at = moments.following(row, now=run.now, morning=morning)
                again.setdefault(at, []).append(row.pk)
            for at, ids in again.items():
                Task.objects.filter(pk__in=ids).update(remind_at=at)
            last = rows[-1].pk if rows else last
            run.checkpoint = last
            run.progress(run.done + len(rows), 0)
        if len(rows) < PIECE:
            break


def _open(which: Q, last: int, today: date) -> list[Task]:
    """Return the next open tasks of today and later, and hold them."""
    found = Task.objects.filter(
        which, pk__gt=last, done_at=None, due_on__gte=today, assignee__is_active=True
    ).exclude(customer__deleted_at__isnull=False)
    columns = found.only("id", "due_on", "due_time", "remind_before")
    return list(columns.select_for_update(of=("self",)).order_by("pk")[:PIECE])
