"""Bringing the key dates of customers in line with their files (R28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import FilteredRelation, Q

from zhike.base import clock
from zhike.base.jobs import Run, enqueue
from zhike.care.key_dates.deriving import (
    EXPECTED_CLOSE,
    Day,
    Facts,
    Someone,
    days_of,
    first_reminder,
)
from zhike.care.models import KeyDate
from zhike.customers.models import Customer
from zhike.trail.models import Event

AFTER_MANY, EVERYBODY = "care.key_dates", "care.key_dates_of_all"
PIECE = 500
# What happens to files in bulk, when nobody who listens is told.
_IN_BULK = (
    *("customer.created", "customer.changed", "customer.restored"),
    *("contact.added", "contact.changed", "contact.removed", "contact.restored"),
)
_Key = tuple[int | None, str]


def refresh(customer_ids: Iterable[int], today: date, *, all_new: bool = False) -> None:
    """Bring the key dates of customers in line with their files, in the caller's transaction.

    What was told of a day stays told while the day stays the same. `all_new` customers have none.
    """
    ids = sorted(set(customer_ids))
    if not ids:
        return
    rows, people = _files(ids)
    held: dict[int, dict[_Key, KeyDate]] = defaultdict(dict)
    if not all_new:
        # A contact takes its days along to another customer (R19).
        home = {one.id: pk for pk, those in people.items() for one in those}
        theirs = Q(customer__in=ids) | Q(contact__in=list(home))
        for one in KeyDate.objects.filter(theirs).order_by("-pk"):
            where = home.get(one.contact_id or 0, one.customer_id)
            held[where][one.contact_id, one.kind] = one
    new: list[KeyDate] = []
    moved: list[KeyDate] = []
    gone: list[int] = []
    for row in rows:
        kept = held.pop(row.id, {})
        read = {one.told: one.on for (_, kind), one in kept.items() if kind == EXPECTED_CLOSE}
        for day in days_of(row, people[row.id], today, read):
            known = kept.pop((day.contact_id, day.kind), None)
            if known is None:
                new.append(_made(row.id, day, today))
            elif (known.customer_id, known.on, known.told) != (row.id, day.on, day.told):
                known.customer_id = row.id
                moved.append(_moved(known, day, today))
        gone += [one.pk for one in kept.values()]
    gone += [one.pk for kept in held.values() for one in kept.values()]
    if gone:
        KeyDate.objects.filter(pk__in=gone).delete()
    if new:
        KeyDate.objects.bulk_create(new)
    if moved:
        KeyDate.objects.bulk_update(moved, ["customer", "on", "remind_on", "told"])


def begin_anew(customer_ids: Sequence[int], today: date) -> None:
    """Derive the key dates as if the files were entered today: nothing earlier is told late."""
    KeyDate.objects.filter(customer__in=customer_ids).delete()
    refresh(customer_ids, today, all_new=True)


def _files(ids: list[int]) -> tuple[list[Facts], dict[int, list[Someone]]]:
    """Lock living customers; return what their days follow from, and whose birthdays are known."""
    born = Q(contacts__birthday__gt="", contacts__do_not_contact=False)
    known = FilteredRelation("contacts", condition=born & Q(contacts__deleted_at__isnull=True))
    found = Customer.objects.filter(pk__in=ids, deleted_at=None).annotate(known=known)
    locked = found.select_for_update(of=("self",)).order_by("pk", "known__pk")
    rows: dict[int, Facts] = {}
    people: dict[int, list[Someone]] = defaultdict(list)
    for *facts, contact_id, stored in locked.values_list(
        *Facts._fields, "known__pk", "known__birthday"
    ):
        one = rows.setdefault(facts[0], Facts(*facts))
        if contact_id is not None:
            people[one.id].append(Someone(contact_id, stored))
    return list(rows.values()), people


def _made(customer_id: int, day: Day, today: date) -> KeyDate:
    return KeyDate(
        customer_id=customer_id,
        contact_id=day.contact_id,
        kind=day.kind,
        on=day.on,
        told=day.told[:80],
        remind_on=first_reminder(day.kind, day.on, today),
    )


def _moved(one: KeyDate, day: Day, today: date) -> KeyDate:
    if one.on != day.on:
        one.on = day.on
        one.remind_on = first_reminder(day.kind, day.on, today)
    one.told = day.told[:80]
    return one


def touches(data: Mapping[str, object], fields: frozenset[str]) -> bool:
    """Tell whether an event's changes are such that days may follow from them."""
    changes = data.get("changes")
    return isinstance(changes, dict) and not fields.isdisjoint(changes)


def follow_bulk(*, now: datetime, since: datetime) -> None:
    """Queue the work after many files changed at once, since an instant."""
    enqueue(AFTER_MANY, {"since": since.isoformat(), "until": now.isoformat()}, now=now)


def began(verb: str, of: tuple[str, int], default: datetime) -> datetime:
    """Return when something was last asked for, as the trail tells."""
    asked = Event.objects.filter(verb=verb, record_type=of[0], record_id=of[1]).order_by("-id")
    return asked.values_list("at", flat=True).first() or default


def after_many(run: Run, since: str, until: str) -> None:
    """Bring those customers in line of whom something was told between two instants."""
    first, last = datetime.fromisoformat(since), datetime.fromisoformat(until)
    if run.checkpoint is None:
        began_at = Event.objects.filter(at__gte=first).order_by("at", "id")
        run.checkpoint = (began_at.values_list("id", flat=True).first() or 0) - 1
    while True:
        with run.step():
            found = Event.objects.filter(pk__gt=run.checkpoint).order_by("pk")
            told = list(found.values_list("pk", "at", "verb", "customer_id")[:PIECE])
            if not told or told[0][1] > last:
                break
            about = {customer for _, _, verb, customer in told if verb in _IN_BULK and customer}
            refresh(about, clock.day_of(run.now))
            run.checkpoint = told[-1][0]
            run.progress(run.done + len(about), run.done + len(about))


def of_everybody(run: Run) -> None:
    """Bring everybody in line: once, when an installation learns of key dates."""
    while True:
        with run.step():
            found = Customer.objects.filter(deleted_at=None, pk__gt=run.checkpoint or 0)
            ids = list(found.order_by("pk").values_list("pk", flat=True)[:PIECE])
            if not ids:
                break
            refresh(ids, clock.day_of(run.now))
            run.checkpoint = ids[-1]
            run.progress(run.done + len(ids), run.done + len(ids))


def move_on(run: Run) -> None:
    """Let days that have passed come round again: the next birthday, the next anniversary."""
    today = clock.day_of(run.now)
    while True:
        with run.step():
            # An expected close that has passed is kept, or 年底 would be read anew. One that is
            # still to be told of waits for that.
            told = Q(remind_on__isnull=True) | Q(remind_on__gt=today)
            passed = KeyDate.objects.filter(told, on__lt=today).exclude(kind=EXPECTED_CLOSE)
            found = passed.filter(customer__gt=run.checkpoint or 0).order_by("customer")
            ids = list(found.values_list("customer", flat=True).distinct()[:PIECE])
            if not ids:
                break
            refresh(ids, today)
            run.checkpoint = ids[-1]
            run.progress(run.done + len(ids), run.done + len(ids))
