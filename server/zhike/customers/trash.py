"""The trash: what was deleted in the last days, of every room that deletes (R65).

A room registers what of its records lies in the trash (`holds`); restoring is each room's action.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from zhike.access.models import Person
from zhike.base import paging
from zhike.base.errors import Forbidden, Invalid
from zhike.customers import queries
from zhike.customers.models import Problem, Purchase
from zhike.customers.queries import TRASH_DAYS

# (actor, not after this instant, limit) → rows of {"id", "name", "customer", "deleted_at", …}
Bin = Callable[[Person, datetime | None, int], list[dict[str, Any]]]
_bins: dict[str, Bin] = {}


def holds(kind: str) -> Callable[[Bin], Bin]:
    """Register what of a kind of record lies in the trash."""

    def register(function: Bin) -> Bin:
        _bins[kind] = function
        return function

    return register


def page(
    actor: Person, *, kind: str | None, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of what `actor` may restore, what was deleted last first."""
    if not actor.may("delete"):
        raise Forbidden("你没有从回收站恢复的权限，请联系管理员。")
    if kind is not None and kind not in _bins:
        raise Invalid("kind", "回收站里没有这一类，请换一类。")
    at, skipped = (None, 0)
    if cursor:
        moment, skipped = paging.unpack(cursor, str, int)
        at = _instant(moment)
        if not 0 <= skipped <= 10_000:
            raise Invalid("cursor", "翻页位置无效，请从第一页重新开始。")
    kinds = [kind] if kind else list(_bins)
    wanted = skipped + limit + 1
    items = [{"kind": one, **row} for one in kinds for row in _bins[one](actor, at, wanted)]
    items.sort(key=lambda item: (item["deleted_at"], item["kind"], item["id"]), reverse=True)
    items = items[skipped:wanted]
    following = None
    if len(items) > limit:
        items = items[:limit]
        last = items[-1]["deleted_at"]
        same = sum(item["deleted_at"] == last for item in items)
        same += skipped if at == last else 0
        following = paging.pack(last.isoformat(), same)
    for item in items:
        item["restorable_until"] = item["deleted_at"] + timedelta(days=TRASH_DAYS)
    return items, following


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid("cursor", "翻页位置无效，请从第一页重新开始。") from error
    if moment.tzinfo is None:
        raise Invalid("cursor", "翻页位置无效，请从第一页重新开始。")
    return moment


def newest(
    found: QuerySet[Any], at: datetime | None, limit: int, *columns: str
) -> Iterable[tuple[Any, ...]]:
    """Return (id, deleted_at, deleter's id and name, *columns) of what was deleted last."""
    if at is not None:
        found = found.filter(Q(deleted_at__lte=at))
    rows = found.order_by("-deleted_at", "-id")
    return rows.values_list("id", "deleted_at", "deleted_by_id", "deleted_by__name", *columns)[
        :limit
    ]


def by(person_id: int | None, name: str | None) -> dict[str, Any] | None:
    """Return who deleted something."""
    return {"id": person_id, "name": name} if person_id else None


@holds("customer")
def _customers(actor: Person, at: datetime | None, limit: int) -> list[dict[str, Any]]:
    rows = newest(queries.trash_visible_to(actor), at, limit, "name", "code")
    return [
        {
            "id": pk,
            "name": name,
            "customer": None,
            "deleted_at": when,
            "deleted_by": by(who, called),
        }
        for pk, when, who, called, name, _code in rows
    ]


@holds("contact")
def _contacts(actor: Person, at: datetime | None, limit: int) -> list[dict[str, Any]]:
    found = queries.removed_contacts_visible_to(actor)
    rows = newest(found, at, limit, "name", "title", "customer_id", "customer__name")
    return [
        {
            "id": pk,
            "name": queries.contact_name(actor, name, title),
            "customer": {"id": customer_id, "name": customer},
            "deleted_at": when,
            "deleted_by": by(who, called),
        }
        for pk, when, who, called, name, title, customer_id, customer in rows
    ]


@holds("purchase")
def _purchases(actor: Person, at: datetime | None, limit: int) -> list[dict[str, Any]]:
    found = queries.removed_visible_to(actor, Purchase, "cooperation")
    return _dealings(newest(found, at, limit, "product", "customer_id", "customer__name"))


@holds("problem")
def _problems(actor: Person, at: datetime | None, limit: int) -> list[dict[str, Any]]:
    found = queries.removed_visible_to(actor, Problem, "notes")
    return _dealings(newest(found, at, limit, "description", "customer_id", "customer__name"))


def _dealings(rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [
        {
            "id": pk,
            "name": name[:80],
            "customer": {"id": customer_id, "name": customer},
            "deleted_at": when,
            "deleted_by": by(who, called),
        }
        for pk, when, who, called, name, customer_id, customer in rows
    ]
