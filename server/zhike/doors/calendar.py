"""A person's tasks for the calendar of their phone: iCalendar (RFC 5545) at a private address.

Who knows the address reads the tasks, without signing in: it is 256 random bits, shown once, and
only a digest is kept. The calendar tells what is to be done and with whom, never a number.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from icalendar import Alarm, Calendar, Event

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.errors import NotFound
from zhike.care import queries
from zhike.care.cadence import rules
from zhike.doors.models import CalendarFeed
from zhike.trail.actions import record
from zhike.trail.notices.wording import without_numbers

PAST, AHEAD = timedelta(days=30), timedelta(days=366)
MOST = 1_000
REFRESH = timedelta(hours=1)
_LENGTH = timedelta(minutes=30)
_COLUMNS = (
    *("id", "version", "kind", "title", "materials", "due_on", "due_time", "remind_before"),
    *("customer__name", "created_at"),
)


def feed_visible_to(actor: Person) -> CalendarFeed | None:
    """Return the actor's own feed, if there is one."""
    return CalendarFeed.objects.filter(person_id=actor.pk).first() if actor.is_active else None


def open_feed(*, actor: Person, now: datetime) -> str:
    """Make the actor's calendar address anew and return its secret; an older one is dead."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        CalendarFeed.objects.update_or_create(
            person=actor,
            defaults={"digest": _digest(secret), "made_at": now, "last_read_on": None},
        )
        record("calendar.opened", actor=actor, now=now, record=("person", actor.pk))
    return secret


def close_feed(*, actor: Person | None, now: datetime, person_id: int) -> None:
    """Close somebody's calendar address, one's own or a leaver's; closing none changes nothing."""
    with transaction.atomic():
        closed, _ = CalendarFeed.objects.filter(person_id=person_id).delete()
        if closed:
            record("calendar.closed", actor=actor, now=now, record=("person", person_id))


def read_feed(secret: str, *, now: datetime) -> bytes:
    """Return the calendar behind an address. Raises NotFound, also when its person left."""
    feed = (
        CalendarFeed.objects.select_related("person__role", "person__department")
        .filter(digest=_digest(secret), person__is_active=True)
        .first()
    )
    if feed is None:
        raise NotFound("没有这个日历地址，可能已经停用。请登录后重新订阅。")
    today = clock.day_of(now)
    if feed.last_read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_on=today)
    found = queries.tasks_visible_to(feed.person).filter(
        assignee=feed.person,
        done_at=None,
        due_on__range=(today - PAST, today + AHEAD),
    )
    rows = found.order_by("due_on", "id").values(*_COLUMNS)[:MOST]
    return written(rows, morning=rules.standing().care.remind_at)


def written(rows: Iterable[dict[str, Any]], *, morning: time) -> bytes:
    """Return tasks as a calendar; who has none sees that it is empty, not that it is broken."""
    calendar = Calendar()
    calendar.add("prodid", "-//zhike//tasks//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "知客待办")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("x-published-ttl", f"PT{int(REFRESH.total_seconds() // 3600)}H")
    for row in rows:
        calendar.add_component(_event(row, morning))
    return bytes(calendar.to_ical())


def _event(row: dict[str, Any], morning: time) -> Event:
    event = Event()
    event.add("uid", f"task-{row['id']}@zhike")
    event.add("dtstamp", row["created_at"])
    event.add("sequence", row["version"] - 1)
    title = _title(row)
    event.add("summary", title)
    if row["materials"]:
        event.add("description", without_numbers(f"需准备：{row['materials']}"))
    day: date = row["due_on"]
    before = timedelta(minutes=row["remind_before"] or 0)
    if row["due_time"] is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # a thing of the day takes no hour of it
        trigger = timedelta(hours=morning.hour, minutes=morning.minute) - before
    else:
        start = clock.at_time(day, row["due_time"])
        event.add("dtstart", start)
        event.add("dtend", start + _LENGTH)
        trigger = -before
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", trigger)
    event.add_component(alarm)
    return event


def _title(row: dict[str, Any]) -> str:
    what = row["title"] or ("跟进" if row["kind"] == "follow_up" else "待办")
    whom = row["customer__name"]
    return without_numbers(f"{whom}：{what}" if whom else what)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
