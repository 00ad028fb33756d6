"""Reading one's notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from zhike.base import paging
from zhike.trail import audit
from zhike.trail.models import Notice
from zhike.trail.notices import wording
from zhike.trail.notices.kinds import DIGEST


def visible_to(actor: Any) -> QuerySet[Notice]:
    """Return the actor's own notices, the latest first."""
    if not actor.is_active:
        return Notice.objects.none()
    return Notice.objects.filter(person_id=actor.pk).order_by("-id")


def page(
    actor: Any, *, unread: bool = False, cursor: str = "", limit: int = 30
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of the actor's notices and the cursor of the next."""
    found = visible_to(actor)
    if unread:
        found = found.filter(read_at=None)
    if cursor:
        found = found.filter(pk__lt=paging.unpack(cursor, int)[0])
    rows = list(found[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    ids = {one.customer_id for one in rows if one.customer_id is not None}
    names = audit.names_of(actor, ids)
    return [_item(one, names) for one in rows], paging.pack(rows[-1].pk) if more else None


def _item(one: Notice, names: dict[int, str]) -> dict[str, Any]:
    late = max(0, int((one.created_at - one.due_at).total_seconds() // 60))
    customer = None
    if one.customer_id in names:
        customer = {"id": one.customer_id, "name": names[one.customer_id]}
    return {
        "id": one.pk,
        "kind": one.kind,
        "title": one.title,
        "body": one.body,
        "customer": customer,
        "record": {"type": one.record_type, "id": one.record_id} if one.record_id else None,
        "due_at": one.due_at,
        "created_at": one.created_at,
        "read_at": one.read_at,
        "late_minutes": late,
    }


def unread(actor: Any) -> int:
    """Return how many notices the actor has not read."""
    return visible_to(actor).filter(read_at=None).count()


def since(actor: Any, last_id: int, limit: int = 20) -> list[Notice]:
    """Return the actor's notices after one, in their order, at most so many."""
    return list(visible_to(actor).filter(pk__gt=last_id).order_by("id")[:limit])


def read(*, actor: Any, now: datetime, ids: Iterable[int] | None) -> int:
    """Mark notices of the actor's as read, all with None; how many are left unread."""
    found = visible_to(actor).filter(read_at=None)
    if ids is not None:
        found = found.filter(pk__in=list(ids))
    found.order_by().update(read_at=now)
    return unread(actor)


def settled(person_ids: Iterable[int], key: str, now: datetime) -> None:
    """Mark as read what people were told of something that needs them no more."""
    Notice.objects.filter(person_id__in=list(person_ids), key=key, read_at=None).update(read_at=now)


def settled_about(
    record_type: str, ids: Iterable[int], now: datetime, *, of: dict[str, int]
) -> None:
    """Mark as read what was told of records that need nobody any more: done, or deleted.

    `of` is the customer they were about, else the person they were of: there is an index of these.
    """
    told = Notice.objects.filter(**of, record_type=record_type, record_id__in=list(ids))
    told.filter(read_at=None).update(read_at=now)


def forget(before: datetime, limit: int) -> int:
    """Delete some of the notices that were read and are older than an instant; how many."""
    old = Notice.objects.filter(created_at__lt=before, read_at__isnull=False)
    ids = list(old.order_by("created_at").values_list("pk", flat=True)[:limit])
    Notice.objects.filter(pk__in=ids).delete()
    return len(ids)


def forget_about(
    customer_ids: Iterable[int], names: Iterable[str] = (), *, before: datetime | None = None
) -> None:
    """Delete what was told of customers that are deleted for good: their names stand in it.

    A notice of many is about no one of them, and names a few. Those in the trash since `before`
    stand in none that was told later, whoever else is called alike.
    """
    Notice.objects.filter(customer_id__in=list(customer_ids)).delete()
    wanted = {wording.line(name, 200) for name in names} - {"", wording.HIDDEN}
    many = Notice.objects.filter(kind__in=_OF_MANY, customer_id=None)
    if before is not None:
        many = many.filter(created_at__lt=before)
    told = many.values_list("pk", "body") if wanted else ()
    ids = [pk for pk, body in told if any(name in body for name in wanted)]
    Notice.objects.filter(pk__in=ids).delete()


# Of these kinds are notices that name customers and are about no one of them.
_OF_MANY = ("task_given", "handed_over", "unplanned", "pool_falling", "pool_fell", DIGEST)


def forget_record(record_type: str, ids: Iterable[int], customer_ids: Iterable[int]) -> None:
    """Delete what was told of records of these customers that are deleted for good."""
    told = Notice.objects.filter(customer_id__in=list(customer_ids), record_type=record_type)
    told.filter(record_id__in=list(ids)).delete()


def forget_all_of(person_id: int) -> None:
    """Delete what somebody was told who was made up."""
    Notice.objects.filter(person_id=person_id).delete()
