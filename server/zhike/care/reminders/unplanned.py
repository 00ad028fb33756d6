"""Whose customers nobody has planned to contact for too long: told once a week (R28)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber, TruncDate

from zhike.base import clock, workdays
from zhike.base.jobs import Run
from zhike.customers.models import Customer
from zhike.trail.notices.telling import Telling, tell_many

KIND = "unplanned"
PIECE = 500  # owners at once
SHOWN = 5  # customers told by their name
_ROW = tuple[str, date, bool]


def tell(run: Run, *, days: int, at: time) -> None:
    """Tell owners which customers had no contact for `days` and have no plan either.

    Everybody hears of it at most once a week, on its first working day that brings something.
    """
    today = clock.day_of(run.now)
    due_at = clock.at_time(today, at)
    if not workdays.is_workday(today) or run.now < due_at:
        return
    year, week, _ = today.isocalendar()
    last = run.checkpoint or 0
    while True:
        with run.step():
            owners = _owners(last, today - timedelta(days=days))
            first = _first([one["owner_id"] for one in owners], today - timedelta(days=days))
            tell_many(
                [
                    Telling(
                        person_id=one["owner_id"],
                        kind=KIND,
                        key=f"{KIND}:{year}-{week}",
                        title=f"{one['count']} 位客户超过 {days} 天没联系，也没约下次",
                        due_at=due_at,
                        body=_body(first.get(one["owner_id"], []), one["count"], today),
                    )
                    for one in owners
                ],
                now=run.now,
            )
            last = owners[-1]["owner_id"] if owners else last
            run.checkpoint = last
            run.progress(run.done + len(owners), 0)
        if len(owners) < PIECE:
            break


def _quiet(since: date) -> QuerySet[Customer]:
    """Customers without a plan whose last contact, or else their entry, was not after a day."""
    before = clock.midnight(since + timedelta(days=1))
    long_ago = Q(last_follow_up_on__lte=since) | Q(
        last_follow_up_on__isnull=True, created_at__lt=before
    )
    return Customer.objects.filter(
        long_ago,
        deleted_at__isnull=True,
        life="active",
        next_follow_up_on__isnull=True,
        owner__is_active=True,
        owner__is_service=False,
    )


def _owners(last: int, since: date) -> list[dict[str, Any]]:
    """Return the next owners with such customers, and how many."""
    counted = _quiet(since).filter(owner_id__gt=last).order_by("owner_id").values("owner_id")
    return [dict(one) for one in counted.annotate(count=Count("pk"))[:PIECE]]


def _first(owners: list[int], since: date) -> dict[int, list[_ROW]]:
    """Return of each of these owners the few who wait longest, in one statement."""
    entered = TruncDate("created_at", tzinfo=clock.SHANGHAI)
    place = Window(
        RowNumber(),
        partition_by=F("owner_id"),
        order_by=[F("waits_since").asc(), F("id").asc()],
    )
    rows = (
        _quiet(since)
        .filter(owner__in=owners)
        .annotate(waits_since=Coalesce("last_follow_up_on", entered))
        .annotate(place=place)
        .filter(place__lte=SHOWN)
        .order_by("owner_id", "place")
        .values_list("owner_id", "name", "waits_since", "last_follow_up_on")
    )
    found: dict[int, list[_ROW]] = {}
    for owner, name, day, contacted in rows:
        found.setdefault(owner, []).append((name, day, contacted is not None))
    return found


def _body(customers: Iterable[_ROW], count: int, today: date) -> str:
    lines = [
        f"{name}：{'上次联系' if contacted else '录入后没联系过'}，{(today - day).days} 天"
        for name, day, contacted in customers
    ]
    rest = count - len(lines)
    if rest > 0:
        lines.append(f"还有 {rest} 位，在客户列表里筛选“下次跟进：未安排”查看。")
    return "\n".join(lines)
