"""Telling people of what a colleague has given them to do."""

from __future__ import annotations

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
