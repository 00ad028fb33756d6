"""Telling people something: once for each key, however often it is tried.

A notice stands on the screen as soon as the transaction of whoever tells it commits. By the
channels it goes later, by jobs that are queued in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from zhike.base import clock
from zhike.base.jobs import enqueue
from zhike.trail.models import Channel, Delivery, Notice, NoticeWishes
from zhike.trail.notices import receivers, wording
from zhike.trail.notices.kinds import DIGEST, KINDS
from zhike.trail.notices.wishes import ways_of

DELIVER = "notices.deliver"
_PIECE = 400
_COLUMNS = (
    *("person_id", "kind", "key", "title", "body", "customer_id"),
    *("record_type", "record_id", "due_at", "created_at"),
)


class Telling(NamedTuple):
    """What somebody is to be told. `key` names the occasion; `due_at` is when it was meant for."""

    person_id: int
    kind: str
    key: str
    title: str
    due_at: datetime
    body: str = ""
    customer_id: int | None = None
    record: tuple[str, int] | None = None


class _Told(NamedTuple):
    id: int
    person_id: int
    kind: str


def tell(
    person_id: int,
    kind: str,
    key: str,
    title: str,
    body: str = "",
    customer_id: int | None = None,
    record: tuple[str, int] | None = None,
    *,
    due_at: datetime | None = None,
    now: datetime,
) -> bool:
    """Tell one person something; False if they were told it before."""
    due = due_at or now
    return bool(
        tell_many(
            [Telling(person_id, kind, key, title, due, body, customer_id, record)],
            now=now,
        )
    )


def tell_many(tellings: Iterable[Telling], *, now: datetime) -> int:
    """Tell many at once, in a few statements for every 400; how many were new.

    Part of the caller's transaction. A digest goes only to who wants one.
    """
    wanted = list(tellings)
    unknown = {one.kind for one in wanted} - set(KINDS)
    if unknown:
        raise ValueError(f"unknown kinds of notices: {sorted(unknown)}")
    count = 0
    with transaction.atomic():
        for start in range(0, len(wanted), _PIECE):
            made = _put_down(_wished(wanted[start : start + _PIECE]), now)
            _send_on(made, now)
            count += len(made)
    return count


def _wished(piece: list[Telling]) -> list[Telling]:
    asked = {one.person_id for one in piece if one.kind == DIGEST}
    if not asked:
        return piece
    wishes = NoticeWishes.objects.filter(person_id__in=asked, wants_digest=False)
    unwilling = set(wishes.values_list("person_id", flat=True))
    return [one for one in piece if one.kind != DIGEST or one.person_id not in unwilling]


def _put_down(piece: list[Telling], now: datetime) -> list[_Told]:
    """Write those that are new; the database decides which are, in one statement."""
    if not piece:
        return []
    instant = connection.ops.adapt_datetimefield_value
    instants = {at: instant(at) for at in {now, *(one.due_at for one in piece)}}
    values: list[Any] = []
    for one in piece:
        record = one.record or ("", None)
        title, body = wording.line(one.title, 120), wording.lines(one.body, 1000)
        values += (one.person_id, one.kind, one.key[:120], title, body, one.customer_id)
        values += (*record, instants[one.due_at], instants[now])
    row = f"({', '.join(['%s'] * len(_COLUMNS))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Notice._meta.db_table} ({', '.join(_COLUMNS)})"
            f" VALUES {', '.join([row] * len(piece))}"
            " ON CONFLICT (person_id, key) DO NOTHING RETURNING id, person_id, kind",
            values,
        )
        return [_Told(*found) for found in cursor.fetchall()]


def _send_on(made: Sequence[_Told], now: datetime) -> None:
    """Put the new ones on their way, where there are channels for them."""
    channels = list(Channel.objects.filter(is_on=True).order_by("id")) if made else []
    if not channels:
        return
    ids = {one.person_id for one in made}
    people = receivers.among(ids)
    wishes = {one.person_id: one for one in NoticeWishes.objects.filter(person_id__in=ids)}
    usual = receivers.quiet_hours()
    deliveries = []
    for one in made:
        person, wish = people.get(one.person_id), wishes.get(one.person_id)
        if person is None:
            continue
        when = _not_before(now, wish, usual)
        ways = ways_of(one.kind, wish)
        deliveries += [
            Delivery(notice_id=one.id, channel_id=channel.pk, not_before=when)
            for channel in _for(person, ways, channels)
        ]
    Delivery.objects.bulk_create(deliveries)
    for channel_id, when in sorted({(one.channel_id, one.not_before) for one in deliveries}):
        look_at(channel_id, when, now)


def look_at(channel_id: int, when: datetime, now: datetime) -> None:
    """Queue the job that delivers what waits for a channel at an instant.

    One for all that wait for the same later instant. One for now is its own: another may have
    looked before this transaction commits, and not see it.
    """
    later = when > now
    key = f"{DELIVER}:{channel_id}:{when.timestamp():.6f}" if later else None
    args = {"channel": channel_id}
    enqueue(DELIVER, args, now=now, run_at=when if later else now, dedupe_key=key)


def _for(
    person: receivers.Receiver, ways: Sequence[str], channels: Iterable[Channel]
) -> list[Channel]:
    """Choose the channels that reach a person: one for mail, every robot of their department."""
    found: list[Channel] = []
    mailed = not person.email
    for channel in channels:
        if channel.kind not in ways:
            continue
        if channel.kind == Channel.Kind.MAIL:
            if not mailed:
                found.append(channel)
                mailed = True
        elif serves(channel, person.branch):
            found.append(channel)
    return found


def serves(channel: Channel, branch: str) -> bool:
    """Tell whether a robot belongs to a branch of departments: its own, or everybody's.

    The last number of the path is enough, and stays when a department moves.
    """
    own = channel.department_path.strip("/").rpartition("/")[2]
    return not own or f"/{own}/" in branch


def ways_for(email: str, branch: str) -> tuple[set[str], set[str]]:
    """Return the kinds of channels there are, and those that reach somebody."""
    there = list(Channel.objects.filter(is_on=True))
    reached = {
        one.kind
        for one in there
        if (email if one.kind == Channel.Kind.MAIL else serves(one, branch))
    }
    return {one.kind for one in there}, reached


def _not_before(now: datetime, wish: NoticeWishes | None, usual: tuple[time, time]) -> datetime:
    start, end = usual
    if wish is not None and wish.quiet_from is not None and wish.quiet_to is not None:
        start, end = wish.quiet_from, wish.quiet_to
    return awake(now, start, end)


def awake(now: datetime, start: time, end: time) -> datetime:
    """Return `now`, or the end of the quiet hours it falls into."""
    here = now.astimezone(clock.SHANGHAI)
    at = here.time()
    if start <= end:
        rests, tomorrow = start <= at < end, False
    else:
        rests, tomorrow = at >= start or at < end, at >= start
    if not rests:
        return now
    return clock.at_time(here.date() + timedelta(days=tomorrow), end)
