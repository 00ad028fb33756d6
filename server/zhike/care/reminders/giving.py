"""Telling people of what a colleague has given them to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.db.models import F, Q

from zhike.access.models import Person
from zhike.base import clock
from zhike.care.models import Task
from zhike.care.reminders import moments, wording
from zhike.trail.notices.telling import Telling, tell_many


def tell(*, giver: Person, task_ids: Iterable[int], now: datetime, morning: time) -> None:
    """Tell whoever is to do these open tasks, unless it is the giver; once for each time given.

    The next one of a series is not given anew, unless it then changes hands. Who is told now is
    not reminded of it now as well.
    """
    made_here = Q(series=None) | Q(series=F("pk")) | Q(version__gt=1)
    open_ones = Task.objects.filter(made_here, pk__in=list(task_ids), done_at=None)
    others = open_ones.filter(assignee__is_active=True).exclude(assignee=giver.pk)
    tasks = list(others.annotate(about=F("customer__name")).order_by("pk"))
    tell_many([_telling(giver, task, now) for task in tasks], now=now)
    for task in tasks:
        if task.remind_at is not None and task.remind_at <= now:
            later = moments.following(task, now=now, morning=morning)
            Task.objects.filter(pk=task.pk).update(remind_at=later)


def tell_of_plans(*, giver: Person, task_ids: Iterable[int], now: datetime) -> None:
    """Tell each colleague once of the follow-ups planned for them with many customers at once."""
    planned = Task.objects.filter(pk__in=list(task_ids), assignee__is_active=True)
    others = planned.exclude(assignee=giver.pk).annotate(about=F("customer__name"))
    each: dict[int, list[Any]] = defaultdict(list)
    for task in others.order_by("pk"):
        each[task.assignee_id or 0].append(task)
    tellings = []
    for tasks in each.values():
        telling = _telling(giver, tasks[0], now)
        if len(tasks) > 1:
            title = f"{giver.name}请你跟进 {len(tasks)} 位客户"
            title += f"：{tasks[0].title}" if tasks[0].title else ""
            body = f"{telling.body}\n{wording.some_of([one.about for one in tasks], len(tasks))}"
            telling = telling._replace(title=title, body=body, customer_id=None)
        tellings.append(telling)
    tell_many(tellings, now=now)


def _telling(giver: Person, task: Any, now: datetime) -> Telling:
    what = wording.what(task.kind, task.title, task.about)
    is_plan = task.kind == Task.FOLLOW_UP
    said = [f"时间：{wording.when(task.due_on, task.due_time, clock.day_of(now))}"]
    if task.materials:
        said.append(f"需准备：{task.materials}")
    return Telling(
        person_id=task.assignee_id,
        kind="task_given",
        key=f"task_given:{task.pk}:{task.version}",
        title=f"{giver.name}请你{what}" if is_plan else f"{giver.name}给你一件待办：{what}",
        due_at=now,
        body="\n".join(said),
        customer_id=task.customer_id,
        record=("task", task.pk),
    )
