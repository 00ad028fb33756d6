"""The review queue as people see it: what waits, what was decided, old and new side by side (R57).

A reader sees what they may review and what they asked for; of its fields those their role shows.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from zhike.access.models import Person
from zhike.access.queries import organisation, reached_by
from zhike.access.rights import REVIEWABLE, Level, Scope
from zhike.base import paging
from zhike.base.errors import Invalid
from zhike.customers import history, queries
from zhike.customers.finding import masked_phone
from zhike.customers.models import Contact, Customer, Review
from zhike.fields import choices, registry
from zhike.fields.groups import level_of

DECIDED = "decided"  # approved or rejected
# What of a new customer is shown to who decides whether it counts.
_FACTS = ("name", "kind", "type", "source", "industry", "region")


def reviews_visible_to(actor: Person) -> QuerySet[Review]:
    """Return the reviews `actor` may decide, and those they asked for.

    What waits for a customer in the trash waits unseen; what was decided is still told.
    """
    found = Review.objects.select_related("customer", "asked_by", "decided_by").order_by("-id")
    condition = queries.within(actor, actor.scope("customer"), "customer__")
    if condition is not None:
        found = found.filter(condition)
    found = found.filter(Q(customer__deleted_at=None) | ~Q(state=Review.State.PENDING))
    return found if actor.may("review") else found.filter(asked_by=actor)


def page(
    actor: Person, *, state: str | None, mine: bool, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of the queue, the newest first, in words."""
    found = reviews_visible_to(actor)
    if state == DECIDED:
        found = found.exclude(state=Review.State.PENDING)
    elif state is not None:
        if state not in Review.State.values:
            raise Invalid("state", "只能选待审核、已处理、已通过或未通过。")
        found = found.filter(state=state)
    if mine:
        found = found.filter(asked_by=actor)
    if cursor:
        found = found.filter(pk__lt=paging.unpack(cursor, int)[0])
    rows = list(found[: limit + 1])
    following = paging.pack(rows[limit - 1].pk) if len(rows) > limit else None
    return told(actor, rows[:limit]), following


def waiting_counts(actor: Person) -> dict[str, Any]:
    """Count what waits for a decision of `actor`, and what they asked for that still waits.

    `used` tells whether the queue concerns the actor at all.
    """
    visible = reviews_visible_to(actor).order_by()
    waiting = visible.filter(state=Review.State.PENDING)
    return {
        "pending": _decidable(actor, waiting).count() if actor.may("review") else 0,
        "mine": waiting.filter(asked_by=actor).count(),
        "used": (actor.may("review") and organisation().reviews) or visible.exists(),
    }


def _decidable(actor: Person, waiting: QuerySet[Review]) -> QuerySet[Review]:
    reach = queries.within(actor, Scope(actor.scope("customer").reach), "customer__")
    found = waiting if reach is None else waiting.filter(reach)
    barred = [name for name in REVIEWABLE if level_of(actor, "customer", name) < Level.EDIT]
    return found.exclude(changes__has_any_keys=barred) if barred else found


def of_customer(actor: Person, customer: Customer, *, new: bool = False) -> list[dict[str, Any]]:
    """Return what waits for a customer the caller may see, whoever asked, in words.

    With a `new` one, just entered by the actor, waits at most itself as a whole.
    """
    if new and (actor.may("review") or not organisation().reviews_new_customers):
        return []
    found = customer.reviews.filter(state=Review.State.PENDING, customer__deleted_at=None)
    rows = list(found.select_related("customer", "asked_by", "decided_by").order_by("id"))
    return told(actor, rows)


def may_decide(actor: Person, review: Review) -> bool:
    """Tell whether a visible review waits for a decision `actor` may take."""
    if review.state != Review.State.PENDING or not actor.may("review"):
        return False
    reach = actor.scope("customer").reach
    if reach != "all" and review.customer.owner_id not in reached_by(actor, reach):
        return False
    return all(level_of(actor, "customer", name) == Level.EDIT for name in review.changes)


def stamp(review: Review) -> str:
    """Return a word that changes with what a reviewer is shown: they decide on what they saw."""
    shown: Any = review.changes
    if review.kind == Review.Kind.NEW:
        shown = review.customer.version
    packed = json.dumps(shown, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()[:16]


def told(actor: Person, reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """Return visible reviews in words, as far as the reader may see their fields."""
    new = [one.customer for one in reviews if one.kind == Review.Kind.NEW]
    first = _first_contacts(new) if new and actor.level("contact") else {}
    return [_told(actor, one, first.get(one.customer_id)) for one in reviews]


def _first_contacts(customers: Iterable[Customer]) -> dict[int, Contact]:
    found = Contact.objects.filter(customer__in=list(customers), is_primary=True, deleted_at=None)
    return {one.customer_id: one for one in found}


def _told(actor: Person, review: Review, contact: Contact | None) -> dict[str, Any]:
    customer = review.customer
    if review.kind == Review.Kind.NEW:
        changes = _facts(actor, customer, contact)
    else:
        changes = [
            _change(name, _present(review, name, old), new) | _gone(review, name, new)
            for name, (old, new) in sorted(review.changes.items(), key=_in_order)
            if level_of(actor, "customer", name) >= Level.READ
        ]
    return {
        "id": review.pk,
        "kind": review.kind,
        "state": review.state,
        "customer": {
            "id": customer.pk,
            "code": customer.code,
            "name": customer.name,
            "deleted": customer.deleted_at is not None,
        },
        "changes": changes,
        "left_out": max(0, len(review.changes) - len(changes)) if review.changes else 0,
        "asked_by": review.asked_by,
        "asked_at": review.asked_at,
        "decided_by": review.decided_by,
        "decided_at": review.decided_at,
        "note": review.note,
        "can_decide": may_decide(actor, review),
        "seen": stamp(review),
    }


def _in_order(change: tuple[str, Any]) -> int:
    known = list(REVIEWABLE)
    return known.index(change[0]) if change[0] in known else len(known)


def _present(review: Review, name: str, old: Any) -> Any:
    """Return what is stored while a change waits, and what was replaced once it is decided."""
    return getattr(review.customer, name) if review.state == Review.State.PENDING else old


def offered_for(customer: Customer, name: str, wished: Any) -> Any:
    """Return what a wish stands for by now: a word that was replaced since stands for the other.

    None for a word that was retired since and that nothing replaces, unless it is stored anyway.
    """
    field = registry.definition("customer", name)
    if field is None or field.type != "choice" or wished in ("", None, getattr(customer, name)):
        return wished
    return choices.get(field.dictionary).offered_for(wished) or None


def _gone(review: Review, name: str, wished: Any) -> dict[str, str]:
    """Tell who decides that the word waiting is offered no more, and what stands for it."""
    if review.state != Review.State.PENDING:
        return {}
    meant = offered_for(review.customer, name, wished)
    if meant == wished:
        return {}
    before = history.shown(Customer, name, wished)
    if meant is None:
        return {"new": f"{before}（已停用）"}
    return {"new": f"{history.shown(Customer, name, meant)}（原选的“{before}”已停用）"}


def _change(name: str, old: Any, new: Any) -> dict[str, str]:
    return {
        "field": name,
        "label": history.label(Customer, name),
        "old": str(history.shown(Customer, name, old)),
        "new": str(history.shown(Customer, name, new)),
    }


def _facts(actor: Person, customer: Customer, contact: Contact | None) -> list[dict[str, str]]:
    facts = [
        _change(name, "", getattr(customer, name))
        for name in _FACTS
        if getattr(customer, name) and level_of(actor, "customer", name) >= Level.READ
    ]
    if contact is not None:
        # In the pool, people are masked to all who do not reach everything (R33).
        near = customer.owner_id is not None or actor.scope("customer").reach == "all"
        call = queries.contact_name if near else queries.masked_name
        parts = (
            call(actor, contact.name, contact.title),
            masked_phone(actor, contact.pk, contact.mobile, contact.landline),
        )
        words = " ".join(part for part in parts if part)
        if words:
            facts.append({"field": "contact", "label": "联系人", "old": "", "new": words})
    return facts
