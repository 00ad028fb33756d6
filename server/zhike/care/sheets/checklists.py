"""Check lists (R31): what is to be done in each stage of a deal, and what of it is done.

A step done for a customer is a `Tick`. After a merge the ticks of the absorbed count, too.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base import text
from zhike.base.errors import Invalid, NotFound
from zhike.care.models import Checklist, Tick
from zhike.care.sheets import keeping
from zhike.customers import queries as customers
from zhike.customers.models import Customer
from zhike.customers.ways import locked, require_log
from zhike.fields import choices
from zhike.fields.groups import level_of, require_configure
from zhike.trail.actions import record

MOST, MOST_ITEMS, TITLE, ITEM = 100, 50, 60, 120
_WORD = "份清单"


def checklists_visible_to(actor: Person) -> list[Checklist]:
    """Return the check lists in their order; who works here may use them all."""
    if not actor.is_active:
        return []
    return list(Checklist.objects.filter(archived_at=None).order_by("position", "id"))


def of_customer(actor: Person, customer_id: int) -> list[dict[str, Any]]:
    """Return the check lists by stage, with what is done for a customer `actor` may see."""
    customer = customers.one(actor, customer_id)
    done = {
        (one.checklist_id, one.item): one
        for one in Tick.objects.filter(customer__in=customers.file_ids(customer))
        .select_related("done_by")
        .order_by("-id")
    }
    by_stage: dict[str, list[Checklist]] = {}
    for one in checklists_visible_to(actor):
        by_stage.setdefault(one.stage, []).append(one)
    reads = level_of(actor, "customer", "deal_stage") >= Level.READ
    now_at = customer.deal_stage if reads else ""
    order = [stage for stage in choices.DEAL_STAGE.values if stage in by_stage]
    return [
        {
            "stage": stage,
            "label": choices.DEAL_STAGE.label(stage),
            "is_current": stage == now_at,
            "lists": [_with_ticks(one, done) for one in by_stage[stage]],
        }
        for stage in [*order, *(stage for stage in by_stage if stage not in order)]
    ]


def _with_ticks(one: Checklist, done: Mapping[tuple[int, str], Tick]) -> dict[str, Any]:
    items = []
    for item in one.items:
        tick = done.get((one.pk, item["key"]))
        by = tick.done_by if tick else None
        items.append(
            {
                **item,
                "done": tick is not None,
                "done_by": {"id": by.pk, "name": by.name} if by else None,
                "done_at": tick.done_at if tick else None,
            }
        )
    ticked = sum(item["done"] for item in items)
    return {"id": one.pk, "title": one.title, "items": items, "done": ticked, "total": len(items)}


def add_checklist(*, actor: Person, now: datetime, **said: Any) -> Checklist:
    """Add a check list for a stage."""
    require_configure(actor)
    clean = _clean({"title": "", "stage": "", "items": [], **said}, ())
    with transaction.atomic():
        clean.setdefault("position", keeping.next_place(Checklist, "清单", MOST))
        checklist = Checklist(**clean)
        checklist.save()
        _record("checklist.added", actor, now, checklist)
    return checklist


def change_checklist(
    *, actor: Person, now: datetime, checklist_id: int, version: int, **said: Any
) -> Checklist:
    """Change a check list as seen at `version`; steps that keep their key keep their ticks."""
    require_configure(actor)
    with transaction.atomic():
        checklist: Checklist = keeping.one(Checklist, checklist_id, _WORD, version=version)
        told = keeping.apply(checklist, _clean(said, checklist.items))
        if told:
            checklist.version += 1
            checklist.save(update_fields=[*told, "version"])
            _record("checklist.changed", actor, now, checklist, changes=told)
    return checklist


def remove_checklist(*, actor: Person, now: datetime, checklist_id: int) -> None:
    """Remove a check list; what was done by it stays on the time line."""
    require_configure(actor)
    with transaction.atomic():
        checklist: Checklist = keeping.one(Checklist, checklist_id, _WORD)
        checklist.archived_at = now
        checklist.save(update_fields=["archived_at"])
        _record("checklist.removed", actor, now, checklist)


def restore_checklist(*, actor: Person, now: datetime, checklist_id: int) -> Checklist:
    """Bring a check list back that was removed; one that is there stays as it is."""
    require_configure(actor)
    with transaction.atomic():
        checklist, was_away = keeping.back(Checklist, checklist_id, _WORD, name="清单", most=MOST)
        if was_away:
            _record("checklist.restored", actor, now, checklist)
    return cast(Checklist, checklist)


def order_checklists(*, actor: Person, now: datetime, ids: Sequence[int]) -> None:
    """Put check lists in the order of `ids`, in the places these hold among all."""
    require_configure(actor)
    with transaction.atomic():
        moved = keeping.put_in_order(Checklist, ids)
        if moved:
            names = "、".join(one.title for one in moved[: keeping.TOLD])
            record(
                "checklist.ordered",
                actor=actor,
                now=now,
                record=("checklist", moved[0].pk),
                data={"names": names},
            )


def tick(*, actor: Person, now: datetime, customer_id: int, checklist_id: int, item: str) -> None:
    """Note that a step is done for a customer; the last one completes the list.

    Doing it twice changes nothing.
    """
    require_log(actor)
    with transaction.atomic():
        customer = locked(actor, customer_id)
        checklist, done, step = _state(customer, checklist_id, item)
        if item in done:
            return
        Tick.objects.create(
            customer=customer, checklist=checklist, item=item, done_by=actor, done_at=now
        )
        about: dict[str, Any] = {
            "customer_id": customer.pk,
            "record": ("checklist", checklist.pk),
        }
        data = {"title": checklist.title, "step": step}
        record("checklist.ticked", actor=actor, now=now, data=data, **about)
        if done | {item} == {one["key"] for one in checklist.items}:
            whole = {"title": checklist.title, "stage": checklist.stage}
            record("checklist.completed", actor=actor, now=now, data=whole, **about)


def untick(*, actor: Person, now: datetime, customer_id: int, checklist_id: int, item: str) -> None:
    """Take back that a step is done. Taking back what is not done changes nothing."""
    require_log(actor)
    with transaction.atomic():
        customer = locked(actor, customer_id)
        checklist, done, step = _state(customer, checklist_id, item)
        if item not in done:
            return
        held = Tick.objects.filter(customer__in=customers.file_ids(customer))
        held.filter(checklist=checklist, item=item).delete()
        about: dict[str, Any] = {
            "customer_id": customer.pk,
            "record": ("checklist", checklist.pk),
        }
        data = {"title": checklist.title, "step": step}
        record("checklist.unticked", actor=actor, now=now, data=data, **about)


def _state(customer: Customer, checklist_id: int, item: str) -> tuple[Checklist, set[str], str]:
    """Return a living list, the keys of what is done of it, and the words of one step."""
    found = Checklist.objects.filter(archived_at=None)
    checklist = found.filter(pk=checklist_id).first() if 0 < checklist_id < 2**63 else None
    if checklist is None:
        raise NotFound("没有找到这份清单，可能已被删除，请刷新后再试。")
    words = {one["key"]: one["text"] for one in checklist.items}
    if item not in words:
        raise NotFound("清单里没有这一步，可能已被改掉，请刷新后再试。")
    ticks = Tick.objects.filter(customer__in=customers.file_ids(customer), checklist=checklist)
    return checklist, set(ticks.values_list("item", flat=True)) & set(words), words[item]


def tell(ids: Iterable[int]) -> dict[int, dict[str, Any] | None]:
    """Return what the time line shows of check lists that were completed."""
    found = Checklist.objects.filter(pk__in=list(ids))
    return {
        one.pk: {"title": choices.DEAL_STAGE.label(one.stage), "body": one.title, "detail": {}}
        for one in found
    }


def _clean(said: dict[str, Any], held: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    if "title" in said:
        clean["title"] = keeping.line("title", "清单名称", said["title"], most=TITLE)
    if "stage" in said:
        if said["stage"] not in choices.DEAL_STAGE.values:
            raise Invalid("stage", "请选择这份清单用在哪个成交阶段。")
        clean["stage"] = said["stage"]
    if "items" in said:
        clean["items"] = _items(said["items"] or [], {str(one["key"]) for one in held})
    if said.get("position") is not None:
        clean["position"] = keeping.place(said["position"])
    return clean


def _items(said: Iterable[Mapping[str, Any]], known: set[str]) -> list[dict[str, str]]:
    """The steps in order; one that was there keeps its key, a new one gets one."""
    found: list[dict[str, str]] = []
    seen: set[str] = set()
    for one in said:
        words = text.entered("items", "步骤", one.get("text"), most=ITEM)
        if not words:
            raise Invalid("items", "每一步都要写清楚做什么，不能为空。")
        key = str(one.get("key") or "")
        if key not in known or key in seen:
            key = secrets.token_hex(5)
        seen.add(key)
        found.append({"key": key, "text": words})
    if not 1 <= len(found) <= MOST_ITEMS:
        raise Invalid("items", f"清单要有 1 到 {MOST_ITEMS} 步。")
    return found


def _record(verb: str, actor: Person, now: datetime, one: Checklist, **more: Any) -> None:
    data = {"title": one.title, **more}
    record(verb, actor=actor, now=now, record=("checklist", one.pk), data=data)
