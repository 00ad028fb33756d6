"""Tasks that come round again: which day is next, and making the next one exactly once (R28).

The days are counted from the anchor, the day somebody chose, so that the 31st becomes the 28th of
February and the 31st of March again. Who puts one off does not move the series.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from zhike.base import clock, workdays
from zhike.base.errors import Invalid
from zhike.care.models import Task
from zhike.care.reminders import moments
from zhike.care.understanding.days import shift
from zhike.fields.values import LAST_YEAR

MOST_EVERY = 99
_ONE_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
# What the next one takes over from the one that was done.
_KEPT = (
    *("kind", "customer_id", "title", "materials", "due_time", "assignee_id", "created_by_id"),
    *("why", "way", "remind_before", "repeat", "repeat_every", "repeat_until", "series", "anchor"),
)


def next_day(repeat: str, every: int, anchor: date, after: date) -> date:
    """Return the first day of a series after a day."""
    if repeat == "workday":
        return _workdays_on(after, every)
    if repeat in _DAYS:
        return _by_days(anchor, _DAYS[repeat] * every, after)
    return _by_months(anchor, _MONTHS[repeat] * every, after)


def _workdays_on(day: date, count: int) -> date:
    """Return the working day so many working days later."""
    for _ in range(count):
        day = workdays.next_workday(day + _ONE_DAY)
    return day


def _by_days(anchor: date, length: int, after: date) -> date:
    rounds = max((after - anchor).days // length + 1, 1)
    return anchor + timedelta(days=rounds * length)


def _by_months(anchor: date, length: int, after: date) -> date:
    between = (after.year - anchor.year) * 12 + after.month - anchor.month
    rounds = max(between // length, 1)
    while (found := shift(anchor, rounds * length)) <= after:
        rounds += 1
    return found


def day_after(task: Task, today: date) -> date | None:
    """Return when a recurring task comes round next; None when the series is over.

    Days that went by meanwhile are not made up for, today's one is still to be done.
    """
    if not task.repeat or task.anchor is None:
        return None
    day, every = task.due_on, max(task.repeat_every, 1)
    day = next_day(task.repeat, every, task.anchor, day)
    if day < today and task.repeat != "workday":
        day = next_day(task.repeat, every, task.anchor, today - _ONE_DAY)
    while day < today:
        day = next_day(task.repeat, every, task.anchor, day)
    over = task.repeat_until is not None and day > task.repeat_until
    return None if over or day.year > LAST_YEAR else day


def follow(task: Task, *, now: datetime, morning: time) -> Task | None:
    """Make the next task of the series of one that is over; None where there is one or none is due.

    Of two who do it at once, the database lets one succeed.
    """
    day = day_after(task, clock.day_of(now))
    if day is None or Task.objects.filter(series=task.series, due_on__gte=day).exists():
        return None
    made = Task(**{name: getattr(task, name) for name in _KEPT}, due_on=day, created_at=now)
    made.remind_at = moments.following(made, now=now, morning=morning)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return None
    return made


def settle(task: Task, *, changed: set[str]) -> None:
    """Give a task its place in a series, after somebody chose or changed how it repeats.

    Raises Invalid where its day is taken by another of the series.
    """
    if not task.repeat:
        return
    if task.anchor is None or changed & {"repeat", "repeat_every"}:
        task.anchor = task.due_on
    task.series = task.series or task.pk
    if "due_on" in changed:
        others = Task.objects.filter(series=task.series, due_on=task.due_on)
        if others.exclude(pk=task.pk).exists():
            raise Invalid("due_on", "这个重复的待办在那一天已经有一条，请换一天。")


def take_back(task: Task) -> Task | None:
    """Remove the next task of a series, made when this one was done, if nobody touched it."""
    if task.series is None:
        return None
    later = Task.objects.filter(series=task.series, due_on__gt=task.due_on)
    follower = later.select_for_update(of=("self",)).order_by("due_on").first()
    if follower is None or follower.done_at is not None or follower.version > 1:
        return None
    Task.objects.filter(pk=follower.pk).delete()
    return follower
