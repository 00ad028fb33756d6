"""What of a write has to wait for review (R57): noting it, joining it, and taking it away again.

Whoever writes here holds the lock on the customer (or has just added it), so that nobody decides
at the same moment.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from zhike.access.models import Person
from zhike.access.queries import organisation
from zhike.access.rights import REVIEWABLE
from zhike.base import clock
from zhike.customers import asking
from zhike.customers.models import Customer, Review
from zhike.customers.telling import differences
from zhike.trail.actions import record
from zhike.trail.bulk import record_many

# Checked together, so they wait together when they are changed together.
_TOGETHER = (frozenset({"cooperation_since", "cooperation_until"}),)


def chosen(actor: Person) -> frozenset[str]:
    """Return the fields whose changes by `actor` wait; none for who may review."""
    if actor.may("review"):
        return frozenset()
    return frozenset(REVIEWABLE).intersection(organisation().reviewed_fields)


def new_ones_wait(actor: Person) -> bool:
    """Tell whether a customer somebody enters waits for who may review."""
    return not actor.may("review") and organisation().reviews_new_customers


def held_back(actor: Person, customer: Customer, fields: Collection[str]) -> frozenset[str]:
    """Return which of the fields somebody wants to change wait for who may review.

    While a new customer waits as a whole, its fields do not wait apart.
    """
    if not REVIEWABLE.keys() & set(fields):
        return frozenset()
    found = chosen(actor).intersection(fields)
    if not found or _pending(customer, Review.Kind.NEW).exists():
        return frozenset()
    for pair in _TOGETHER:
        if found & pair:
            found |= pair.intersection(fields)
    return found


def ask_new(*, actor: Person, now: datetime, customers: Sequence[tuple[int, Any]]) -> None:
    """Note that new customers wait, given as (id, what of it goes into the trail)."""
    reviews = Review.objects.bulk_create(
        Review(customer_id=pk, kind=Review.Kind.NEW, asked_by=actor, asked_at=now)
        for pk, _ in customers
    )
    day = clock.day_of(now)
    record_many(
        [
            {
                "at": now,
                "on": day,
                "verb": "review.asked",
                "actor": actor.pk,
                "customer_id": pk,
                "record_type": "review",
                "record_id": review.pk,
                "data": {"kind": Review.Kind.NEW.value, **more},
            }
            for review, (pk, more) in zip(reviews, customers, strict=True)
        ]
    )
    import_id = next((more["import"] for _, more in customers if more.get("import")), None)
    asking.of_new(actor=actor, now=now, reviews=reviews, import_id=import_id)


def ask_again(*, actor: Person, now: datetime, customer: Customer) -> None:
    """A new customer that was refused and comes back from the trash waits once more."""
    last = Review.objects.filter(customer=customer, kind=Review.Kind.NEW).order_by("-id").first()
    if last is not None and last.state == Review.State.REJECTED and not actor.may("review"):
        ask_new(actor=actor, now=now, customers=[(customer.pk, {})])


def ask_change(*, actor: Person, now: datetime, customer: Customer, wished: dict[str, Any]) -> None:
    """Note that changes of fields wait, given as checked values by field.

    Of a field only the last wish waits. Whoever wishes for what is stored takes back what waits.
    """
    asked = differences(customer, wished)
    back = wished.keys() - asked.keys()
    mine = None
    for review in _pending(customer, Review.Kind.CHANGE):
        is_mine = review.asked_by_id == actor.pk
        _take(actor, now, review, back if is_mine else wished.keys())
        if is_mine and review.changes:
            mine = review
    mine = mine or Review(customer=customer, kind=Review.Kind.CHANGE, asked_by=actor)
    asked = {name: pair for name, pair in asked.items() if mine.changes.get(name) != pair}
    if not asked:
        return
    mine.asked_at = now
    mine.changes = {**mine.changes, **asked}
    mine.save()
    record(
        "review.asked",
        actor=actor,
        now=now,
        customer_id=customer.pk,
        record=("review", mine.pk),
        data={"kind": mine.kind, "changes": asked},
    )
    asking.of_change(actor=actor, now=now, customer=customer, review=mine)


def settle(*, actor: Person, now: datetime, written: Mapping[int, Collection[str]]) -> None:
    """Fields of customers, given by id, were written directly: what waited for them is void."""
    ids = [pk for pk, names in written.items() if REVIEWABLE.keys() & set(names)]
    if not ids:
        return
    waiting = Review.objects.filter(
        customer_id__in=ids, kind=Review.Kind.CHANGE, state=Review.State.PENDING
    )
    for review in waiting.select_related("asked_by"):
        _take(actor, now, review, written[review.customer_id])


def _pending(customer: Customer, kind: Review.Kind) -> QuerySet[Review]:
    found = Review.objects.filter(customer=customer, kind=kind, state=Review.State.PENDING)
    return found.select_related("asked_by")


def _take(actor: Person, now: datetime, review: Review, names: Iterable[str]) -> None:
    """Take fields out of what waits; a review of nothing is withdrawn."""
    gone = {name: review.changes.pop(name) for name in set(names) & review.changes.keys()}
    if not gone:
        return
    of = ("review", review.pk)
    if review.changes:
        review.save(update_fields=["changes"])
    else:
        asking.no_more(review.pk, now)
        review.delete()
    record(
        "review.withdrawn",
        actor=actor,
        now=now,
        customer_id=review.customer_id,
        record=of,
        data={"asked_by": review.asked_by.name, "changes": gone},
    )
