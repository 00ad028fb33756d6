"""Delivering what waits for a channel.

An attempt is written before the conversation and its result after it, each in a transaction of its
own. A worker that dies in between leaves a delivery that is due again once its time to speak is
over; by mail it then has the same Message-ID. Whoever was slower cannot write a result: the number
of the attempt has moved on.

A robot speaks for a whole group: what waits for it goes in order, as one message as far as it
fits, and not faster than one message every few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, F, Min, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Exact

from zhike.base import clock, keyring
from zhike.base.jobs import Run
from zhike.trail.channels import mail, sealing
from zhike.trail.channels.outcome import Outcome, broken, refused
from zhike.trail.channels.robots import ROBOTS, send
from zhike.trail.channels.wording import Line, fitting
from zhike.trail.models import Channel, Delivery
from zhike.trail.notices import receivers
from zhike.trail.notices.kinds import SYSTEM
from zhike.trail.notices.telling import look_at, tell

# After so many seconds the next attempt; who failed once more than there are pauses has failed.
PAUSES = (30, 60, 300, 900, 3600, 3 * 3600, 6 * 3600)
MOST_LIMITED = 60  # attempts, while the other side only asks for patience
# Longer than any conversation: meanwhile nobody else makes an attempt.
SPEAKING = timedelta(seconds=120)
BREATH = timedelta(seconds=3)  # between two messages of a robot
_AT_ONCE = 100  # notices looked at for one message
# Work that others do not wait behind must be short; what is left goes on in another job.
SPELL = 15.0  # seconds
# Nothing is put off for longer; what says so was written while the clock was wrong.
_ODD = timedelta(days=2)
OFF = "渠道已停用"


def due(channel_id: int, now: datetime) -> QuerySet[Delivery]:
    """Return what waits for a channel and may go now, in order."""
    return _waiting(channel_id).filter(not_before__lte=now).order_by(F("id") + 0)


def under_way(now: datetime) -> Q:
    """Return what marks a delivery that somebody is speaking of; one that only waits has a trouble.

    It was written with an attempt whose result is not there yet, be it that the worker died.
    """
    return Q(
        state=Delivery.State.WAITING,
        attempts__gt=0,
        trouble="",
        not_before__range=(now, now + SPEAKING),
    )


def rests(one: Delivery, now: datetime) -> bool:
    """Tell whether a delivery waits for the end of somebody's quiet hours, and for nothing else."""
    is_untried = one.attempts == 0 and one.trouble == ""
    return one.state == Delivery.State.WAITING and is_untried and one.not_before > now


def _put_right(now: datetime, channel_id: int | None = None) -> None:
    """Let what was put off by a clock that was far ahead go now."""
    _waiting(channel_id).filter(not_before__gt=now + _ODD).update(not_before=now)


def _waiting(channel_id: int | None = None) -> QuerySet[Delivery]:
    """Return what waits, by the index of that: far less than ever went through a channel.

    SQLite does not see it where the state is a value, and prefers others for channel and order.
    """
    state = RawSQL("zhike_delivery.state = 'waiting'", (), output_field=BooleanField())
    found = Delivery.objects.filter(state)
    return found if channel_id is None else found.filter(Exact(F("channel_id") + 0, channel_id))


def deliver(run: Run, channel: int) -> None:
    """Deliver everything that is due; queue another job for what is due later."""
    known = Channel.objects.filter(pk=channel).first()
    _put_right(run.now, channel)
    if known is not None and known.kind == Channel.Kind.MAIL:
        _by_mail(run, known)
    elif known is not None:
        _by_robot(run, known)
    with run.step(final=True):
        again = _next_look(channel, run.now)
        if again is not None:
            look_at(channel, again, run.now)


def _next_look(channel_id: int, now: datetime) -> datetime | None:
    """Return when the next delivery of a channel is due; None where nothing waits."""
    found = Channel.objects.filter(pk=channel_id).first()
    waiting = _waiting(channel_id)
    first: datetime | None = waiting.aggregate(first=Min("not_before"))["first"]
    if found is None or first is None:
        return None
    hold = _hold(found, now) if found.kind != Channel.Kind.MAIL else None
    when = max(first, hold or first)
    return max(when, now + timedelta(seconds=1))


def _by_mail(run: Run, channel: Channel) -> None:
    ends = monotonic() + SPELL
    with mail.Post(server_of(channel)) as post:
        while monotonic() < ends and (found := _take(run, channel, 1)) is not None:
            (one,) = found
            person = receivers.among([one.notice.person_id]).get(one.notice.person_id)
            if person is None or not person.email:
                result = refused("没有邮箱，或已离职")
            else:
                result = post.send(person.email, _line(one, person.name), number=_number(one))
            _write(channel, found, result, run.now)
            _put_off(channel, one.attempts, result, run.now)


def _by_robot(run: Run, channel: Channel) -> None:
    robot = ROBOTS[channel.kind]
    ends = monotonic() + SPELL
    while monotonic() < ends and (found := _take(run, channel, _AT_ONCE)) is not None:
        lines = list(_lines(found))
        try:
            url = sealing.opened(channel, "address")
            secret = sealing.opened(channel, "secret")
        except keyring.Tampered:
            result = broken(f"机器人的地址{sealing.UNREADABLE}")
        else:
            result = send(robot, url, secret, lines, clock.now())
        _write(channel, found, result, run.now)
        _put_off(channel, found[0].attempts, result, run.now)


def _take(run: Run, channel: Channel, most: int) -> list[Delivery] | None:
    """Write an attempt at the next deliveries; None where there is nothing to do now."""
    now = run.now
    with run.step():
        held = locked(channel.pk)
        if held is None:
            return None
        if not held.is_on:
            _drop(held.pk)
            return None
        if held.kind != Channel.Kind.MAIL:
            hold = _hold(held, now)
            if hold is not None and hold > now:
                return None
        found = due(held.pk, now).select_related("notice")
        if connection.features.has_select_for_update_skip_locked:
            found = found.select_for_update(skip_locked=True, of=("self",))
        taken = list(found[:most])
        if held.kind != Channel.Kind.MAIL and taken:
            robot = ROBOTS[held.kind]
            taken = taken[: fitting(list(_lines(taken)), robot.room, robot.extra)]
        if not taken:
            return None
        ids = [one.pk for one in taken]
        until = now + SPEAKING
        Delivery.objects.filter(pk__in=ids).update(
            attempts=F("attempts") + 1, not_before=until, trouble=""
        )
        for one in taken:
            one.attempts += 1
    return taken


def locked(channel_id: int) -> Channel | None:
    """Return a channel, which is always locked before what waits for it."""
    return Channel.objects.select_for_update(no_key=True).filter(pk=channel_id).first()


def _hold(channel: Channel, now: datetime) -> datetime | None:
    """Return until when a robot is silent: it just spoke, is speaking, or was told to wait."""
    tried = _waiting(channel.pk).filter(
        attempts__gt=0,
        not_before__gt=now,
    )
    waits = [tried.aggregate(last=Min("not_before"))["last"]]
    if channel.worked_at is not None and channel.worked_at <= now:
        waits.append(channel.worked_at + BREATH)
    return max((one for one in waits if one is not None), default=None)


def _write(channel: Channel, taken: Sequence[Delivery], result: Outcome, now: datetime) -> None:
    """Write what came of an attempt, unless another attempt was made since."""
    with transaction.atomic():
        locked(channel.pk)
        gave_up = False
        for attempts in sorted({one.attempts for one in taken}):
            ids = [one.pk for one in taken if one.attempts == attempts]
            rows = Delivery.objects.filter(
                pk__in=ids, attempts=attempts, state=Delivery.State.WAITING
            )
            fields, over = _after(result, attempts, now)
            gave_up = bool(rows.update(**fields) and over) or gave_up
        known = Channel.objects.filter(pk=channel.pk)
        if result.how == "sent":
            known.update(worked_at=now, trouble="")
        elif result.how != "refused":
            known.update(failed_at=now, trouble=_trouble(result))
        if gave_up and result.how != "refused":
            _tell_chiefs(channel, result, now)


def _after(result: Outcome, attempts: int, now: datetime) -> tuple[dict[str, Any], bool]:
    """Return what is written on a delivery, and whether it was given up."""
    if result.how == "sent":
        return {"state": Delivery.State.SENT, "sent_at": now, "trouble": ""}, False
    most = MOST_LIMITED if result.how == "limited" else len(PAUSES)
    if result.how in ("broken", "refused") or attempts > most:
        trouble = result.trouble[:200]
        return {"state": Delivery.State.FAILED, "trouble": trouble, "not_before": now}, True
    return {"not_before": now + _pause(result, attempts), "trouble": _trouble(result)}, False


def _trouble(result: Outcome) -> str:
    """Return what went wrong with an attempt that is not the last."""
    return result.trouble[:190] + ("，稍后自动再发" if result.how == "limited" else "")


def _pause(result: Outcome, attempts: int) -> timedelta:
    if result.how == "limited":
        return timedelta(seconds=result.wait)
    return timedelta(seconds=PAUSES[min(max(attempts, 1), len(PAUSES)) - 1])


def _put_off(channel: Channel, attempts: int, result: Outcome, now: datetime) -> None:
    """Let the others wait, too, where what does not work for one does not for the next."""
    if result.how in ("sent", "refused") or result.alone:
        return
    with transaction.atomic():
        locked(channel.pk)
        if result.how == "broken":
            trouble = result.trouble[:200]
            due(channel.pk, now).update(state=Delivery.State.FAILED, trouble=trouble)
        else:
            again = now + _pause(result, attempts)
            due(channel.pk, now).update(not_before=again, trouble=_trouble(result))


def _drop(channel_id: int) -> None:
    waiting = _waiting(channel_id)
    waiting.update(state=Delivery.State.DROPPED, trouble=OFF)


def _tell_chiefs(channel: Channel, result: Outcome, now: datetime) -> None:
    """Tell who can mend it, once a day."""
    for person_id in receivers.who_may("configure"):
        tell(
            person_id,
            SYSTEM,
            f"channel:{channel.pk}:{clock.day_of(now)}",
            f"通知渠道“{channel.name}”发不出去",
            f"{result.trouble}。请到“设置 → 通知渠道”核对，没发出的可以重发。",
            record=("channel", channel.pk),
            now=now,
        )


def server_of(channel: Channel) -> mail.Server:
    """Return a mail server as it is set up; one whose password cannot be opened has none."""
    try:
        password = sealing.opened(channel, "secret")
    except keyring.Tampered:
        password = ""
    return mail.Server(password=password, **channel.settings)


def _number(one: Delivery) -> str:
    """Return what makes the Message-ID: nobody guesses it, and it stays."""
    mark = keyring.mac("message-id", str(one.pk).encode()).hex()[:16]
    return f"zhike.{one.pk}.{mark}"


def _lines(taken: Sequence[Delivery]) -> Iterator[Line]:
    people = receivers.among({one.notice.person_id for one in taken})
    for one in taken:
        person = people.get(one.notice.person_id)
        yield _line(one, person.name if person else "离职同事")


def _line(one: Delivery, name: str) -> Line:
    return Line(name, one.notice.title, one.notice.body, one.notice.customer_id)


def look_again(now: datetime) -> int:
    """Queue deliveries that are due and that no job looks after; how many channels have some.

    There are none unless a job was cancelled, or the clock went wrong.
    """
    _put_right(now - SPEAKING)
    waiting = _waiting().filter(not_before__lte=now - SPEAKING)
    found = set(waiting.values_list("channel_id", flat=True).distinct())
    for channel_id in found:
        look_at(channel_id, now, now)
    return len(found)
