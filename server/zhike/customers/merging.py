"""Merging customers: one takes in others with all that hangs on them, and may be undone (R19).

What becomes of each relation stands in `relations`, of each field in `choosing`. The absorbed
customers sleep: deleted, but not in the trash; their codes still lead to the survivor. Authors,
dates and versions of what moves stay as they were. An undo puts everything back unless somebody
has worked on it since; then it says what contradicts, and nothing is touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.access.rights import Scope
from zhike.base.errors import Conflict, Forbidden, NotFound
from zhike.customers import (
    choosing,
    judging,
    likeness,
    merges,
    moving,
    purchases,
    queries,
    relations,
    search,
    standing,
)
from zhike.customers.models import Customer, Merge
from zhike.customers.queries import GIVEABLE, MERGE_DAYS
from zhike.customers.ways import require_way
from zhike.trail.actions import record


def merge(
    *,
    actor: Person,
    now: datetime,
    survivor_id: int,
    absorbed_ids: Sequence[int],
    chosen: Mapping[str, int],
) -> Merge:
    """Let one customer take in others; `chosen` says of fields whose value is kept.

    Raises Conflict where one of them is merged already or waits for review, and Forbidden where
    the actor may not change what would change.
    """
    merges.require_right(actor)
    with transaction.atomic():
        locked = queries.visible_to(actor).select_for_update(of=("self",))
        customers = merges.chosen(locked, actor, survivor_id, absorbed_ids)
        survivor, *absorbed = customers
        _require_no_review(customers)
        choices = choosing.choices(customers, chosen)
        taken = choosing.changing(survivor, choices)
        choosing.require_rights(actor, survivor, taken)
        twins = moving.twins_of(survivor, absorbed)
        counts = moving.counts(survivor, absorbed, twins)
        moved = moving.move(survivor, absorbed, twins)
        _put_to_sleep(actor, now, survivor, absorbed)
        by_id = {one.pk: one for one in customers}
        before, after, told = choosing.take(survivor, by_id, taken)
        if told:
            changed = {one.field.key for one in taken}
            judging.refuse_or_warn(actor=actor, now=now, customer=survivor, changed=changed)
        survivor.version += 1
        survivor.updated_at = now
        survivor.save()
        choosing.index_own(survivor, before["custom"])
        done = Merge.objects.create(
            survivor=survivor,
            absorbed_ids=[one.pk for one in absorbed],
            chosen={one.field.key: one.chosen for one in taken},
            moved=moved,
            before=before,
            after=after,
            merged_by=actor,
            merged_at=now,
        )
        _in_line([survivor], now, renamed="name" in told)
        _tell_merge(actor, now, done, survivor, absorbed, told, counts)
    return done


def undo(*, actor: Person, now: datetime, merge_id: int) -> Merge:
    """Put everything back as it was before a merge; later merges are undone first.

    Raises Conflict with `contradictions` where what the merge made has changed since.
    """
    merges.require_right(actor)
    with transaction.atomic():
        done, survivor, absorbed = _to_undo(actor, now, merge_id)
        problems = _contradictions(done, survivor, absorbed)
        if problems:
            why = "合并以后又有改动，不能撤销：" + "；".join(one["told"] for one in problems[:5])
            raise Conflict(why, code="contradicts", extra={"contradictions": problems})
        renamed = "name" in done.before["columns"]
        told = choosing.put_back(survivor, done.before)
        survivor.version += 1
        survivor.updated_at = now
        survivor.save_once()
        _wake(now, absorbed)
        moving.move_back(done, survivor)
        choosing.index_own(survivor, done.before["custom"])
        done.undone_by, done.undone_at = actor, now
        done.save(update_fields=["undone_by", "undone_at"])
        for customer in (survivor, *absorbed):
            moving.crown(customer)
        _in_line([survivor], now, renamed=renamed)
        _in_line(absorbed, now)
        _tell_undo(actor, now, done, survivor, absorbed, told)
    return done


def _require_no_review(customers: Sequence[Customer]) -> None:
    waits = merges.waiting_for_review(customers)
    if waits:
        told = "要合并的客户还有待审核的内容，请先审核，再合并。"
        ids = [one.pk for one in waits]
        raise Conflict(told, code="review_pending", extra={"customer_ids": ids})


def _to_undo(actor: Person, now: datetime, merge_id: int) -> tuple[Merge, Customer, list[Customer]]:
    """Return a merge with its customers, all locked; raises NotFound, Forbidden or Conflict."""
    seen = queries.merges_visible_to(actor).filter(pk=merge_id).first()
    if seen is None:
        raise NotFound("没有找到这次合并。")
    ids = {seen.survivor_id, *seen.absorbed_ids}
    rows = Customer.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    held = {one.pk: one for one in rows}
    done = Merge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    survivor = held[done.survivor_id]
    absorbed = [held[pk] for pk in done.absorbed_ids if pk in held]
    if done.undone_at is not None:
        raise Conflict("这次合并已经撤销过了。", code="undone")
    if survivor.merged_into_id is not None:
        raise Conflict("保留的客户后来又并入了别的客户，请先撤销那一次。", code="merged_later")
    if survivor.deleted_at is not None:
        raise NotFound("没有找到这次合并。")
    require_way(actor, survivor, GIVEABLE)
    reach = queries.within(actor, Scope(actor.scope("customer").reach))
    mine = Customer.objects.filter(pk__in=held)
    if reach is not None and mine.filter(reach).count() < len(held):
        raise Forbidden("并入的客户里有不归你管的，请联系主管或管理员撤销。")
    if Merge.objects.filter(survivor=survivor, pk__gt=done.pk, undone_at=None).exists():
        raise Conflict("这位客户后来又并入过别的客户，请先撤销后来的。", code="merged_later")
    if len(absorbed) < len(done.absorbed_ids) or now > done.merged_at + timedelta(days=MERGE_DAYS):
        raise Conflict(f"合并超过 {MERGE_DAYS} 天，不能再撤销。", code="too_late")
    return done, survivor, absorbed


def _put_to_sleep(
    actor: Person, now: datetime, survivor: Customer, absorbed: Sequence[Customer]
) -> None:
    for one in absorbed:
        one.deleted_at, one.deleted_by, one.merged_into = now, actor, survivor
        one.version += 1
        one.save(update_fields=["deleted_at", "deleted_by", "merged_into", "version"])
    search.drop([one.pk for one in absorbed])


def _wake(now: datetime, absorbed: Sequence[Customer]) -> None:
    for one in absorbed:
        one.deleted_at, one.deleted_by, one.merged_into = None, None, None
        one.version += 1
        one.updated_at = now
        one.save_once()


def _in_line(customers: Sequence[Customer], now: datetime, *, renamed: bool = False) -> None:
    """Bring in line what is derived from the facts and records of customers."""
    ids = [one.pk for one in customers]
    purchases.refresh_totals(ids)
    relations.bring_in_line(ids, now)
    for one in customers:
        search.refresh(one)
        if renamed:
            likeness.lay_keys(one)
    standing.settle_many(ids, now)


def _contradictions(
    done: Merge, survivor: Customer, absorbed: Sequence[Customer]
) -> list[dict[str, str]]:
    """Return what has become of the merge that an undo would destroy."""
    found = [
        {"field": key, "label": label, "told": f"“{label}”后来又改过"}
        for key, label in choosing.changed_since(survivor, done.after)
    ]
    found += moving.astray(done, survivor.pk)
    return found + _identity_taken(done, survivor, absorbed)


def _identity_taken(
    done: Merge, survivor: Customer, absorbed: Sequence[Customer]
) -> list[dict[str, str]]:
    """An identity that would come back, and that somebody else has got meanwhile."""
    back = [one.identity_index for one in absorbed]
    if "identity_index" in done.before["columns"]:
        back.append(choosing.column_before(done.before, "identity_index"))
    wanted = [bytes(one) for one in back if one]
    others = Customer.objects.filter(identity_index__in=wanted, deleted_at=None)
    if not others.exclude(pk=survivor.pk).exists():
        return []
    told = "信用代码或证件号码已经登记在另一位客户名下"
    return [{"field": "identity", "label": "信用代码/证件号码", "told": told}]


def _tell_merge(
    actor: Person,
    now: datetime,
    done: Merge,
    survivor: Customer,
    absorbed: Sequence[Customer],
    told: dict[str, list[Any]],
    counts: Sequence[Mapping[str, Any]],
) -> None:
    record(
        "customer.merged",
        actor=actor,
        now=now,
        customer_id=survivor.pk,
        record=("customer", survivor.pk),
        data={
            "merge": done.pk,
            "version": survivor.version,
            "names": "、".join(f"{one.name}（{one.code}）" for one in absorbed),
            "absorbed": [one.pk for one in absorbed],
            "changes": told,
            "moved": {str(one["kind"]): one["count"] for one in counts if one["count"]},
        },
    )
    for one in absorbed:
        record(
            "customer.absorbed",
            actor=actor,
            now=now,
            customer_id=one.pk,
            record=("customer", one.pk),
            data={"merge": done.pk, "name": survivor.name, "code": survivor.code},
        )


def _tell_undo(
    actor: Person,
    now: datetime,
    done: Merge,
    survivor: Customer,
    absorbed: Sequence[Customer],
    told: dict[str, list[Any]],
) -> None:
    names = {one.pk: f"{one.name}（{one.code}）" for one in (survivor, *absorbed)}
    for one in (survivor, *absorbed):
        others = absorbed if one is survivor else [survivor]
        record(
            "customer.unmerged",
            actor=actor,
            now=now,
            customer_id=one.pk,
            record=("customer", one.pk),
            data={
                "merge": done.pk,
                "version": one.version,
                "names": "、".join(names[other.pk] for other in others),
                "changes": told if one is survivor else {},
            },
        )
