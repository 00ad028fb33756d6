"""The daily digest: on working mornings, what one has to do today and what is overdue (R28)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from zhike.base import clock, workdays
from zhike.base.jobs import Run
from zhike.care.models import Task
from zhike.care.reminders import wording
from zhike.trail.notices.telling import Telling, tell_many

PIECE = 500  # people at once
SHOWN = 5  # tasks told by their title


def send(run: Run, *, at: time) -> None:
    """Tell everybody with something to do how much it is, once a day.

    Asked before its time, as after a night without a worker, it is left to the next occasion.
    """
    today = clock.day_of(run.now)
    due_at = clock.at_time(today, at)
    if not workdays.is_workday(today) or run.now < due_at:
        return
    last = run.checkpoint or 0
    while True:
        with run.step():
            people = _people(last, today)
            first = _first(today, [one["assignee_id"] for one in people])
            tell_many(
                [
                    Telling(
                        person_id=one["assignee_id"],
                        kind="digest",
                        key=f"digest:{today}",
                        title=_title(one["due"], one["overdue"]),
                        due_at=due_at,
                        body=_body(first.get(one["assignee_id"], []), one, today),
                    )
                    for one in people
                ],
                now=run.now,
            )
            last = people[-1]["assignee_id"] if people else last
            run.checkpoint = last
            run.progress(run.done + len(people), 0)
        if len(people) < PIECE:
            break


def _open(today: date) -> QuerySet[Task]:
    there = Q(customer=None) | Q(customer__deleted_at__isnull=True)
    return Task.objects.filter(
        there, done_at=None, due_on__lte=today, assignee__is_active=True, assignee__is_service=False
    )


def _people(last: int, today: date) -> list[dict[str, Any]]:
    """Return the next people with something to do, and how much."""
    counted = (
        _open(today)
        .filter(assignee_id__gt=last)
        .order_by("assignee_id")
        .values("assignee_id")
        .annotate(
            due=Count("pk", filter=Q(due_on=today)), overdue=Count("pk", filter=Q(due_on__lt=today))
        )
    )
    return [dict(one) for one in counted[:PIECE]]


def _first(today: date, people: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Return the first few tasks of each of these people, in one query."""
    place = Window(
        RowNumber(),
        partition_by=F("assignee_id"),
        order_by=[F("due_on").asc(), F("due_time").asc(nulls_last=True), F("id").asc()],
    )
    rows = (
        _open(today)
        .filter(assignee_id__in=people)
        .annotate(place=place)
        .filter(place__lte=SHOWN)
        .order_by("assignee_id", "place")
        .values_list("assignee_id", "kind", "title", "customer__name", "due_on", "due_time")
    )
    found: dict[int, list[tuple[Any, ...]]] = {}
    for person, *task in rows:
        found.setdefault(person, []).append(tuple(task))
    return found


def _title(due: int, overdue: int) -> str:
    parts = [f"今天 {due} 件"] if due else []
    parts += [f"超期 {overdue} 件"] if overdue else []
    return "要做的事：" + "，".join(parts)


def _body(tasks: Iterable[tuple[Any, ...]], of: dict[str, Any], today: date) -> str:
    lines = []
    for kind, title, customer, due_on, due_time in tasks:
        days = (today - due_on).days
        when = f"超期 {days} 天" if days else wording.when(due_on, due_time, today)
        lines.append(f"{when} · {wording.what(kind, title, customer)[:100]}")
    rest = of["due"] + of["overdue"] - len(lines)
    return "\n".join([*lines, *([f"还有 {rest} 件，打开“今日”查看。"] if rest > 0 else [])])
