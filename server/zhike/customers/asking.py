"""Who may review is told that something waits for them, and that it does no more (R57)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet

from zhike.access.models import Person, Role
from zhike.access.queries import covers
from zhike.access.rights import Level
from zhike.customers.models import Customer, Review
from zhike.fields.groups import level_of
from zhike.trail.notices import reading
from zhike.trail.notices.telling import Telling, tell_many

_KIND = "review"


def _reviewers() -> QuerySet[Person]:
    """Return everybody whose role may review; roles are few, and asked first."""
    roles = [one.pk for one in Role.objects.all() if "review" in one.rights.actions]
    found = Person.objects.filter(role__in=roles, is_active=True, is_service=False)
    return found.select_related("role", "department").order_by("pk")


def _owners(customers: Iterable[Customer]) -> dict[int, Person]:
    ids = {one.owner_id for one in customers if one.owner_id is not None}
    found = Person.objects.select_related("role", "department").filter(pk__in=ids)
    return {one.pk: one for one in found}


def _deciders(
    customers: Sequence[Customer], fields: Collection[str]
) -> Iterator[tuple[Customer, Person]]:
    """Yield who may decide about each of the customers; see `queue.may_decide`."""
    owners = _owners(customers)
    people = [
        one
        for one in _reviewers()
        if all(level_of(one, "customer", name) == Level.EDIT for name in fields)
    ]
    for customer in customers:
        held_by = owners.get(customer.owner_id or 0)
        for one in people:
            if covers(one, one.scope("customer").reach, held_by):
                yield customer, one


def _key(review_id: int) -> str:
    return f"review.asked:{review_id}"


def of_change(*, actor: Person, now: datetime, customer: Customer, review: Review) -> None:
    """Tell of changes that wait; once for a review, however often more is asked for."""
    told = f"等你审核：{customer.name}", f"{actor.name}改了重要资料"
    tell_many(
        [_about(review, one, now, *told) for _, one in _deciders([customer], review.changes)],
        now=now,
    )


def of_new(
    *, actor: Person, now: datetime, reviews: Sequence[Review], import_id: int | None
) -> None:
    """Tell of new customers that wait: each by itself, those of an import once for all of it."""
    by_customer = {one.customer_id: one for one in reviews}
    found = Customer._default_manager.only("pk", "name", "owner_id").filter(pk__in=by_customer)
    pairs = _deciders(list(found.order_by("pk")), ())
    if import_id is None:
        tellings = [
            _about(
                by_customer[customer.pk],
                one,
                now,
                f"新客户等你审核：{customer.name}",
                f"{actor.name}录入",
            )
            for customer, one in pairs
        ]
    else:
        key, body = f"review.asked:import:{import_id}", f"{actor.name}导入的，审核之后才算数"
        tellings = [
            Telling(pk, _KIND, key, "导入的新客户等你审核", now, body)
            for pk in sorted({one.pk for _, one in pairs})
        ]
    tell_many(tellings, now=now)


def _about(review: Review, person: Person, now: datetime, title: str, body: str) -> Telling:
    return Telling(
        *(person.pk, _KIND, _key(review.pk), title, now, body),
        customer_id=review.customer_id,
        record=("review", review.pk),
    )


def no_more(review_id: int, now: datetime) -> None:
    """It was decided or taken back: nobody has to look at it any more."""
    reading.settled(_reviewers().values_list("pk", flat=True), _key(review_id), now)
