"""Handing customers over: one by one, many, or everything a leaver holds (R32, R64).

Stage, notes, contacts and authorship stay as they are; open tasks follow (the care room listens).
The work is a job in pieces, so that ten thousand customers do not hold up the person or anybody
else, and a worker that dies half-way is taken over where it stopped.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from zhike.access.models import Person
from zhike.access.rights import Scope
from zhike.base import jobs, text
from zhike.base.errors import Forbidden, Invalid, NotFound
from zhike.base.jobs import Run
from zhike.customers import search
from zhike.customers.models import Collaborator, Customer, HandOver
from zhike.customers.queries import within
from zhike.customers.ways import taker
from zhike.trail.actions import record

JOB = "customers.hand_over"
PIECE = 200
MOST_CHOSEN = 2_000


def hand_overs_visible_to(actor: Person) -> QuerySet[HandOver]:
    """Return the hand-overs `actor` began or is a side of; all for who manages people."""
    found = HandOver.objects.select_related("giver", "taker").order_by("-id")
    if not actor.is_active:
        return found.none()
    if actor.may("manage_people"):
        return found
    return found.filter(created_by=actor)


def one_hand_over(actor: Person, hand_over_id: int) -> HandOver:
    """Return one hand-over or raise NotFound."""
    found = hand_overs_visible_to(actor).filter(pk=hand_over_id).first()
    if found is None:
        raise NotFound("没有找到这次交接。")
    return found


def hand_over(
    *,
    actor: Person,
    now: datetime,
    customers: QuerySet[Customer],
    taker_id: int | None,
    note: str = "",
    by_filter: bool = False,
) -> HandOver:
    """Begin to hand over the chosen customers; `customers` are visible to the actor.

    Only those in the actor's reach go. One that is only shared with them or in the pool is
    refused where it was chosen, and left out where a filter brought it. Who belongs to the taker
    already is left out.
    """
    if not actor.may("hand_over"):
        raise Forbidden("你没有转交客户的权限，请联系主管或管理员。")
    receiver = taker(actor, taker_id, field="taker_id")
    owner_of = dict(customers.order_by("id").values_list("pk", "owner"))
    ids = list(owner_of)
    reach = within(actor, Scope(actor.scope("customer").reach))
    if reach is not None:
        mine = set(Customer.objects.filter(reach, deleted_at=None).values_list("pk", flat=True))
        if not by_filter and not mine.issuperset(ids):
            raise Forbidden("选中的客户里有不归你管的（共享来的或公海的），请去掉它们再转交。")
        ids = [pk for pk in ids if pk in mine]
    if not ids:
        raise Invalid("customer_ids", "没有可以转交的客户，请重新选择。")
    ids = [pk for pk in ids if owner_of[pk] != taker_id]
    if not ids:
        where = f"在{receiver.name}名下" if receiver else "在公海里"
        raise Invalid("customer_ids", f"选中的客户已经都{where}了，不用再转交。")
    with transaction.atomic():
        return _begin(
            actor, now, giver=None, taker=receiver, note=note, customer_ids=ids, total=len(ids)
        )


def leave_behind(
    *, actor: Person, now: datetime, giver: Person, taker: int | None, note: str
) -> HandOver | None:
    """Begin to hand over everything a leaver holds; part of closing the account."""
    receiver = Person.objects.get(pk=taker) if taker is not None else None
    Collaborator.objects.filter(person=giver).delete()
    total = Customer.objects.filter(owner=giver).count()
    if not total:
        return None
    return _begin(actor, now, giver=giver, taker=receiver, note=note, customer_ids=[], total=total)


def _begin(actor: Person, now: datetime, *, note: str, **fields: Any) -> HandOver:
    note = text.tidy(note or "", multiline=True)
    if len(note) > 500:
        raise Invalid("note", "交接说明最多 500 个字，请精简。")
    begun = HandOver.objects.create(
        created_by=actor,
        created_at=now,
        note=note,
        all_of_giver=fields["giver"] is not None,
        **fields,
    )
    queued = jobs.enqueue(JOB, {"hand_over_id": begun.pk}, now=now, dedupe_key=f"{JOB}:{begun.pk}")
    begun.job_id = queued.pk
    begun.save(update_fields=["job_id"])
    record(
        "hand_over.begun",
        actor=actor,
        now=now,
        record=("hand_over", begun.pk),
        data={
            "from": begun.giver.name if begun.giver else "所选客户",
            "to": begun.taker.name if begun.taker else "公海",
            "customers": begun.total,
            "note": begun.note,
        },
    )
    return begun


def carry_out(run: Run, begun: HandOver) -> None:
    """Hand over piece by piece; each piece is whole or not done at all.

    Chosen customers go by the rights of who chose them, as these are now.
    """
    if not begun.all_of_giver and not begun.created_by.may("hand_over"):
        raise Forbidden("发起人已没有转交客户的权限，任务已停止。")
    while True:
        with run.step():
            if not _piece(run, begun):
                break
    with run.step(final=True):
        HandOver.objects.filter(pk=begun.pk).update(state=HandOver.State.DONE, finished_at=run.now)
        record(
            "hand_over.done",
            actor=begun.created_by,
            now=run.now,
            record=("hand_over", begun.pk),
            data={"to": begun.taker.name if begun.taker else "公海", "customers": begun.total},
        )


def _piece(run: Run, begun: HandOver) -> int:
    """Hand over the next customers; returns how many there were, deleted and gone ones too."""
    if begun.all_of_giver:  # what is handed over no longer is the giver's: no need to remember
        found = Customer.objects.filter(owner_id=begun.giver_id).order_by("id")[:PIECE]
        wanted = list(found.values_list("pk", flat=True))
    else:
        wanted = begun.customer_ids[run.done : run.done + PIECE]
    if not wanted:
        return 0
    held = Customer.objects.select_for_update(of=("self",)).select_related("owner")
    held = held.filter(pk__in=wanted)
    if not begun.all_of_giver:  # what has left the reach since stays where it is
        actor = begun.created_by
        reach = within(actor, Scope(actor.scope("customer").reach))
        held = held if reach is None else held.filter(reach)
    for customer in held.order_by("id"):
        _pass_on(run.now, begun, customer)
    HandOver.objects.filter(pk=begun.pk).update(done=F("done") + len(wanted))
    run.progress(run.done + len(wanted), begun.total)
    return len(wanted)


def _pass_on(now: datetime, begun: HandOver, customer: Customer) -> None:
    if customer.owner_id == begun.taker_id:
        return
    pass_on_and_tell(
        "customer.handed_over",
        actor=begun.created_by,
        now=now,
        customer=customer,
        taker=begun.taker,
        data={"hand_over": begun.pk, "note": begun.note},
    )


def pass_on_and_tell(
    verb: str,
    *,
    actor: Person | None,
    now: datetime,
    customer: Customer,
    taker: Person | None,
    data: dict[str, Any],
) -> None:
    """Give a locked customer to somebody else, or to nobody; the right to is the caller's to ask.

    Part of an action: who listens to `verb` sees to what goes along.
    """
    before = customer.owner
    customer.owner = taker
    customer.version += 1
    customer.updated_at = now
    customer.save(update_fields=["owner", "version", "updated_at"])
    record(
        verb,
        actor=actor,
        now=now,
        customer_id=customer.pk,
        record=("customer", customer.pk),
        data={
            "version": customer.version,
            "owners": [before.pk if before else None, taker.pk if taker else None],
            "changes": {"owner": [before.name if before else "", taker.name if taker else ""]},
            **data,
        },
    )
    search.refresh(customer)  # when whoever listens has seen to with whom it is shared


def give_up(*, now: datetime, hand_over_id: int) -> None:
    """Note that a hand-over failed; what was handed over stays so."""
    HandOver.objects.filter(pk=hand_over_id).update(state=HandOver.State.FAILED, finished_at=now)


def chosen(found: QuerySet[Customer], customer_ids: Sequence[int]) -> QuerySet[Customer]:
    """Return the chosen among visible customers; raises NotFound if one is not there."""
    ids = set(customer_ids)
    if len(ids) > MOST_CHOSEN:
        raise Invalid("customer_ids", f"一次最多选 {MOST_CHOSEN} 位客户，更多请用筛选条件。")
    picked = found.filter(pk__in=[pk for pk in ids if 0 < pk < 2**63])
    if picked.count() != len(ids):
        raise NotFound("选中的客户里有找不到的，可能已被删除，请刷新后重选。")
    return picked
