"""When somebody is reminded of a task: a pure question of its day, its time and the rules.

A task is reminded of twice at most: at its moment (`remind_before` minutes ahead of its time, or
in the morning where it has none), and once more on the next working morning if it is still open.
`Task.remind_at` holds the one that comes next.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from zhike.base import clock, workdays
from zhike.care.models import Task

MOST_BEFORE = 30 * 24 * 60  # minutes
_ONE_DAY = timedelta(days=1)


def due_at(task: Task, morning: time) -> datetime:
    """Return the instant a task is due; one without a time in the morning of its day."""
    return clock.at_time(task.due_on, task.due_time or morning)


def overdue_at(due_on: date, morning: time) -> datetime:
    """Return when to say that a task was not done: the next working morning."""
    return clock.at_time(workdays.next_workday(due_on + _ONE_DAY), morning)


def first(task: Task, morning: time) -> datetime:
    """Return when to remind of a task for the first time, which may be over."""
    return due_at(task, morning) - timedelta(minutes=task.remind_before or 0)


def following(
    task: Task, *, now: datetime, morning: time, by_another: bool = False
) -> datetime | None:
    """Return when to remind of an open task next; None when both times are over.

    What is planned for a moment that is over already needs no reminder, unless another person
    planned it: then its assignee learns of it at once, as long as its day is not over.
    """
    moment = first(task, morning)
    if moment > now:
        return moment
    if by_another and task.due_on >= clock.day_of(now):
        return now
    overdue = overdue_at(task.due_on, morning)
    return overdue if overdue > now else None


def on_day(
    due_on: date, *, now: datetime, morning: time, by_another: bool = False
) -> datetime | None:
    """Return the same for a task without a time, of which only the day is known."""
    return following(Task(due_on=due_on), now=now, morning=morning, by_another=by_another)
