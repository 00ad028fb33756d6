"""Reading the trail of one customer, page by page.

Rooms above register how their records are told (`tells`): the trail itself knows no follow-up.
The caller has already established that the reader may see the customer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q

from zhike.trail.models import Event

# record ids → what the time line shows of each: {"title", "body", "detail"}; None when deleted.
Teller = Callable[[Iterable[int]], dict[int, dict[str, Any] | None]]
_tellers: dict[str, Teller] = {}

KINDS: dict[str, tuple[str, ...]] = {
    "follow_up": ("follow_up.logged",),
    "care": ("care.logged",),
    "feedback": ("feedback.recorded",),
    "task": ("task.done",),
    "checklist": ("checklist.completed",),
    "purchase": ("purchase.added",),
    "problem": ("problem.added",),
    "reveal": ("value.revealed",),
    "change": (
        "customer.changed",
        "customer.deleted",
        "customer.restored",
        "customer.handed_over",
        "customer.fell_to_pool",
        "customer.given_back",
        "customer.claimed",
        "customer.shared",
        "customer.unshared",
        "customer.merged",
        "customer.unmerged",
        "customer.tiered",
        "customer.paused",
        "customer.archived",
        "customer.resumed",
        "customer.look_again",
        "review.asked",
        "review.withdrawn",
        "review.decided",
        "review.reworded",
        "contact.added",
        "contact.changed",
        "contact.removed",
    ),
    "created": ("customer.created",),
}
# By these a customer's fields become others; `data["version"]` says which version that made.
CHANGING = (
    *("customer.changed", "customer.handed_over", "customer.merged", "customer.unmerged"),
    *("customer.fell_to_pool", "customer.given_back", "customer.claimed"),
)
_KIND_OF = {verb: kind for kind, verbs in KINDS.items() for verb in verbs}


def tells(record_type: str) -> Callable[[Teller], Teller]:
    """Register how records of this type are told on a time line."""

    def register(function: Teller) -> Teller:
        _tellers[record_type] = function
        return function

    return register


def story(
    customer_id: int,
    *,
    kind: str | None = None,
    before: tuple[date, int] | None = None,
    limit: int = 30,
    own_only: Iterable[str] = (),
    without: Iterable[str] = (),
    reader_id: int | None = None,
    also: Iterable[int] = (),
) -> tuple[list[dict[str, Any]], tuple[date, int] | None]:
    """Return a page of the customer's time line, newest first, and the key of the next page.

    Of the kinds in `own_only` only what `reader_id` did is told, of those in `without` nothing.
    Events of the customers in `also`, which this one has taken in, are told among its own.
    """
    events = Event.objects.filter(customer_id__in=[customer_id, *also]).select_related("actor")
    events = events.filter(verb__in=KINDS[kind] if kind in KINDS else list(_KIND_OF))
    hidden = [verb for kind_ in without for verb in KINDS[kind_]]
    events = events.exclude(verb__in=hidden) if hidden else events
    private = [verb for kind_ in own_only for verb in KINDS[kind_]]
    if private:
        events = events.exclude(Q(verb__in=private) & ~Q(actor_id=reader_id))
    if before:
        day, last = before
        events = events.filter(Q(on__lt=day) | Q(on=day, id__lt=last))
    page = list(events.order_by("-on", "-id")[: limit + 1])
    more = len(page) > limit
    page = page[:limit]
    told = _tell(page)
    items = [
        _item(event, told.get((event.record_type, event.record_id)))
        for event in page
        if not _gone(event, told)
    ]
    return items, ((page[-1].on, page[-1].id) if more else None)


def _tell(page: list[Event]) -> dict[tuple[str, int | None], dict[str, Any] | None]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in page:
        if event.record_id is not None and event.record_type in _tellers:
            wanted[event.record_type].add(event.record_id)
    told: dict[tuple[str, int | None], dict[str, Any] | None] = {}
    for record_type, ids in wanted.items():
        for record_id, content in _tellers[record_type](ids).items():
            told[(record_type, record_id)] = content
    return told


def _gone(event: Event, told: dict[tuple[str, int | None], dict[str, Any] | None]) -> bool:
    key = (event.record_type, event.record_id)
    return event.record_type in _tellers and told.get(key) is None


def _item(event: Event, content: dict[str, Any] | None) -> dict[str, Any]:
    content = content or {}
    actor = event.actor
    return {
        "id": event.id,
        "kind": _KIND_OF[event.verb],
        "verb": event.verb,
        "at": event.at,
        "on": event.on,
        "actor": {"id": actor.id, "name": actor.name} if actor else None,
        "title": content.get("title", ""),
        "body": content.get("body", ""),
        "detail": {**event.data, **content.get("detail", {})},
        "record": {"type": event.record_type, "id": event.record_id} if event.record_id else None,
    }


def changed_since(customer_id: int, version: int) -> dict[str, dict[str, Any]]:
    """Return {field: {"by", "at", "old", "new"}} of what changed on a customer after a version."""
    events = Event.objects.filter(customer_id=customer_id, verb__in=CHANGING)
    told: dict[str, dict[str, Any]] = {}
    for event in events.select_related("actor").order_by("-id")[:200]:
        if event.data.get("version", 0) <= version:
            break
        for name, (old, new) in event.data.get("changes", {}).items():
            told.setdefault(
                name,
                {
                    "by": event.actor.name if event.actor else "系统",
                    "at": event.at.isoformat(),
                    "old": old,
                    "new": new,
                },
            )
    return told


def last_of_each(verb: str, customer_ids: Iterable[int]) -> dict[int, date]:
    """Return, by customer, the last day on which something was told of it."""
    found = Event.objects.filter(customer_id__in=list(customer_ids), verb=verb).order_by()
    each = found.values("customer_id").annotate(last=Max("on"))
    return {one["customer_id"]: one["last"] for one in each if one["customer_id"]}


def last_told(verb: str, customer_id: int) -> dict[str, Any] | None:
    """Return the data of the last event of a verb about a customer, None if there is none."""
    found = Event.objects.filter(customer_id=customer_id, verb=verb).order_by("-on", "-id")
    return found.values_list("data", flat=True).first()


def told_since(verb: str, *, actor_id: int, of: tuple[str, int], since: datetime) -> bool:
    """Tell whether a person was noted to have done something with a record since an instant."""
    found = Event.objects.filter(verb=verb, actor_id=actor_id, at__gte=since)
    return found.filter(record_type=of[0], record_id=of[1]).exists()


def done_since(verb: str, *, actor_id: int, since: datetime) -> int:
    """Return how often a person did something since an instant."""
    return Event.objects.filter(verb=verb, actor_id=actor_id, at__gte=since).count()
