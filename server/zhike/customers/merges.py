"""Merges as they are planned and shown: between whom, what is to be known, what was done (R19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Max, QuerySet

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhike.customers import choosing, moving, queries
from zhike.customers.choosing import Choice
from zhike.customers.models import Customer, Merge, Review
from zhike.customers.queries import GIVEABLE, MERGE_DAYS
from zhike.customers.ways import require_way

MOST = 10  # customers taken in at once


def plan(actor: Person, survivor_id: int, absorbed_ids: Sequence[int]) -> dict[str, Any]:
    """Return what a merge would do: which values there are, what moves, what is to be known."""
    require_right(actor)
    customers = chosen(queries.visible_to(actor), actor, survivor_id, absorbed_ids)
    survivor, *absorbed = customers
    fields = choosing.choices(customers, {})
    twins = moving.twins_of(survivor, absorbed)
    return {
        "survivor": brief(survivor),
        "absorbed": [brief(one) for one in absorbed],
        "fields": choosing.shown(actor, customers, fields),
        "moves": moving.counts(survivor, absorbed, twins),
        "notes": _notes(actor, survivor, absorbed, fields, twins),
    }


def require_right(actor: Person) -> None:
    """Raise Forbidden unless the actor may merge customers."""
    if not actor.may("delete"):
        raise Forbidden("你没有合并客户的权限，请联系管理员。")


def chosen(
    found: QuerySet[Customer], actor: Person, survivor_id: int, absorbed_ids: Sequence[int]
) -> list[Customer]:
    """Return the survivor and the others, as they were named; locked in the order of ids."""
    ids = list(dict.fromkeys(absorbed_ids))
    if not ids or survivor_id in ids:
        raise Invalid("absorbed_ids", "请另选要并入的客户，不能是保留的这一位自己。")
    if len(ids) > MOST:
        raise Invalid("absorbed_ids", f"一次最多并入 {MOST} 位客户，请分几次合并。")
    wanted = [survivor_id, *ids]
    rows = found.filter(pk__in=wanted).select_related("owner").order_by("pk")
    held = {one.pk: one for one in rows}
    for pk in wanted:
        if pk not in held:
            _refuse_absent(actor, pk)
    for pk in wanted:
        require_way(actor, held[pk], GIVEABLE)
    if len({one.kind for one in held.values()}) > 1:
        told = "企业和个人不能合并成一位客户。录错类别的，请先改对再合并。"
        raise Invalid("absorbed_ids", told)
    return [held[pk] for pk in wanted]


def _refuse_absent(actor: Person, customer_id: int) -> None:
    into = queries.moved_to(actor, pk=customer_id)
    if into is not None:
        told = f"这位客户已经并入“{into.name}”，请刷新。"
        raise Conflict(told, code="merged", extra={"moved_to": brief(into)})
    raise NotFound("没有找到这位客户，可能已被删除或不归你负责。")


def waiting_for_review(customers: Sequence[Customer]) -> list[Customer]:
    """Return those of whom something waits for review, which forbids to merge them."""
    pending = Review.objects.filter(customer__in=customers, state=Review.State.PENDING)
    ids = set(pending.values_list("customer_id", flat=True))
    return [one for one in customers if one.pk in ids]


def brief(customer: Customer) -> dict[str, Any]:
    """Return a customer as plans and merges name it."""
    return {
        "id": customer.pk,
        "code": customer.code,
        "name": customer.name,
        "owner": {"id": customer.owner.pk, "name": customer.owner.name} if customer.owner else None,
        "created_at": customer.created_at,
    }


def _notes(
    actor: Person,
    survivor: Customer,
    absorbed: Sequence[Customer],
    fields: Sequence[Choice],
    twins: Mapping[int, int],
) -> list[dict[str, str]]:
    """Return what is to be known before: what forbids the merge, what is to be looked at."""
    refusals = [
        f"“{one.name}”还有待审核的内容，请先审核。"
        for one in waiting_for_review([survivor, *absorbed])
    ]
    try:
        choosing.require_rights(actor, survivor, choosing.changing(survivor, fields))
    except Forbidden as forbidden:
        refusals.append(forbidden.title)
    warnings = []
    identity = next((one for one in fields if one.field.key == "identity"), None)
    if identity is not None and identity.clash and actor.reads("identity"):
        warnings.append("信用代码或证件号码不同，很可能不是同一位客户，请先核对。")
    others = sorted(
        {
            one.owner.name
            for one in absorbed
            if one.owner is not None and one.owner_id != survivor.owner_id
        }
    )
    if others:
        keeper = survivor.owner.name if survivor.owner else "公海"
        warnings.append(f"{'、'.join(others)}的客户并入后由{keeper}负责。")
    if twins:
        warnings.append(f"{len(twins)} 位联系人两边都有、内容一样，只留一位。")
    warnings.append(f"{MERGE_DAYS} 天内可以撤销，前提是并入的内容没有再被改动。")
    return [
        *({"level": "refusal", "message": one} for one in refusals),
        *({"level": "hint", "message": one} for one in warnings),
    ]


def told(actor: Person, merges: Iterable[Merge]) -> list[dict[str, Any]]:
    """Return merges as the API shows them, the last first."""
    merges = list(merges)
    ids = {pk for one in merges for pk in one.absorbed_ids}
    known = {one.pk: one for one in Customer.objects.filter(pk__in=ids).select_related("owner")}
    standing_ones = Merge.objects.filter(survivor__in={one.survivor_id for one in merges})
    last = dict(
        standing_ones.filter(undone_at=None).order_by().values_list("survivor").annotate(Max("pk"))
    )
    items = []
    for one in merges:
        until = one.merged_at + timedelta(days=MERGE_DAYS)
        alive = one.survivor.deleted_at is None and last.get(one.survivor_id) == one.pk
        items.append(
            {
                "id": one.pk,
                "survivor": brief(one.survivor),
                "absorbed": [brief(known[pk]) for pk in one.absorbed_ids if pk in known],
                "fields": choosing.labels(actor, one.after),
                "moves": moving.moved_counts(one),
                "merged_by": one.merged_by,
                "merged_at": one.merged_at,
                "undone_by": one.undone_by,
                "undone_at": one.undone_at,
                "undo_until": until,
                "can_undo": alive and actor.may("delete") and clock.now() <= until,
            }
        )
    return items
