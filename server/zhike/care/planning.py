"""Planning follow-ups with many customers at once, and what becomes of plans when one sleeps."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from zhike.access.models import Person
from zhike.base import clock, text
from zhike.base.errors import Forbidden, Invalid
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.care import tasks
from zhike.care.cadence import guard
from zhike.care.cadence.rules import standing
from zhike.care.dates import LAST_YEAR, refresh_dates
from zhike.care.models import Task
from zhike.care.reminders import giving, moments
from zhike.customers import handing_over, listing
from zhike.customers.criteria import criteria_of
from zhike.customers.models import Customer
from zhike.customers.queries import changeable_by, visible_to
from zhike.customers.ways import require_log
from zhike.trail.bulk import record_many


class Planned(NamedTuple):
    """How many were planned with, and how many were not; of those, how many for R27."""

    made: int
    skipped: int
    too_often: int


MOST = 2_000  # customers planned with at once
LOOK_AGAIN = "再看看"


def chosen(
    actor: Person,
    customer_ids: Sequence[int] | None,
    filters: Mapping[str, Any] | None,
    *,
    today: date,
) -> QuerySet[Customer]:
    """Return the visible customers somebody chose one by one, or by a filter of the list."""
    if (customer_ids is None) == (filters is None):
        raise Invalid("customer_ids", "请选择客户，或给出筛选条件。")
    if customer_ids is not None:
        return handing_over.chosen(visible_to(actor), customer_ids)
    return listing.filtered(actor, criteria_of(filters), today=today)


def plan_many(
    *,
    actor: Person,
    now: datetime,
    customers: QuerySet[Customer],
    due_on: date | None,
    title: str = "",
    by_filter: bool = False,
    agreed: bool = False,
) -> Planned:
    """Plan the next follow-up with each of some visible customers.

    Each owner gets the plan for theirs, the actor for those of nobody. Skipped is who is planned
    with already, is archived or, where a filter brought it, is not the actor's to write to; and
    unless it was `agreed`, whom that would contact too often (R27): of a single one, `TooOften`.
    """
    require_log(actor)
    title = text.entered("title", "事项", title, most=tasks.LONGEST)
    if due_on is None or not clock.day_of(now) <= due_on or due_on.year > LAST_YEAR:
        raise Invalid("due_on", "请选今天或以后的日期。")
    wanted = list(customers.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if not wanted:
        raise Invalid("customer_ids", "没有可以安排的客户，请重新选择。")
    if len(wanted) > MOST:
        raise Invalid("filters", f"一次最多安排 {MOST} 位客户，请再筛选一下。")
    with transaction.atomic():
        mine = changeable_by(actor).filter(pk__in=wanted).select_for_update(of=("self",))
        held = list(mine.order_by("pk").values_list("pk", "owner_id", "life", "tier"))
        if len(held) < len(wanted) and not by_filter:
            raise Forbidden("选中的客户里有你不能安排跟进的，请去掉它们再试。")
        planned = _planned([pk for pk, *_ in held])
        free = [one for one in held if one[0] not in planned and one[2] != "archived"]
        beyond = {} if agreed else _beyond({pk: tier for pk, _, _, tier in free}, due_on)
        if len(wanted) == 1 and beyond:
            raise guard.TooOften(*beyond.values())
        free = [one for one in free if one[0] not in beyond]
        _plan(actor, now, [(pk, owner) for pk, owner, *_ in free], due_on, title)
    return Planned(len(free), len(wanted) - len(free), len(beyond))


def _beyond(tiers: Mapping[int, str], due_on: date) -> dict[int, guard.Guard]:
    """Which customers, given with their tiers, have had enough contacts in the month of a day."""
    care = standing().care
    every = guard.contacts_of_many(list(tiers), due_on)
    found = {
        pk: guard.weigh(care, tier, every.get(pk, guard.Contacts()), due_on)
        for pk, tier in tiers.items()
    }
    return {pk: one for pk, one in found.items() if one.over}


def _planned(customer_ids: Sequence[int]) -> set[int]:
    """With which of them a follow-up is planned already."""
    plans = Task.objects.filter(customer_id__in=customer_ids, kind=Task.FOLLOW_UP, done_at=None)
    return set(plans.values_list("customer_id", flat=True))


def _plan(
    actor: Person,
    now: datetime,
    customers: Sequence[tuple[int, int | None]],
    due_on: date,
    title: str,
) -> None:
    ids = reserve(Task, len(customers))
    morning = standing().care.remind_at
    remind_at = moments.on_day(due_on, now=now, morning=morning)
    Table(Task, "id").insert(
        [
            {
                "id": task,
                "kind": Task.FOLLOW_UP,
                "customer": pk,
                "title": title,
                "due_on": due_on,
                "assignee": owner or actor.pk,
                "created_by": actor.pk,
                "created_at": now,
                "remind_at": remind_at,
            }
            for task, (pk, owner) in zip(ids, customers, strict=True)
        ]
    )
    refresh_dates([pk for pk, _ in customers])
    data = {"title": title, "due_on": due_on.isoformat(), "many": len(customers)}
    record_many(
        [
            _event("task.added", actor, now, pk, task, data)
            for task, (pk, _) in zip(ids, customers, strict=True)
        ]
    )
    giving.tell_of_plans(giver=actor, task_ids=ids, now=now)


def _event(
    verb: str, actor: Person, now: datetime, customer_id: int, task_id: int, data: dict[str, Any]
) -> dict[str, Any]:
    return {
        "at": now,
        "on": clock.day_of(now),
        "verb": verb,
        "actor": actor.pk,
        "customer_id": customer_id,
        "record_type": "task",
        "record_id": task_id,
        "data": data,
    }


def look_again(
    *, actor: Person, now: datetime, customer_id: int, owner_id: int | None, on: date
) -> None:
    """Have the owner of a paused customer look at it again on a day; other plans are dropped."""
    drop_plans(actor=actor, now=now, customer_id=customer_id)
    task = Task.objects.create(
        kind=Task.FOLLOW_UP,
        customer_id=customer_id,
        title=LOOK_AGAIN,
        due_on=on,
        assignee_id=owner_id or actor.pk,
        created_by=actor,
        created_at=now,
        remind_at=moments.on_day(on, now=now, morning=standing().care.remind_at),
    )
    refresh_dates([customer_id])
    tasks.tell(actor, now, "task.added", task)


def drop_plans(*, actor: Person, now: datetime, customer_id: int) -> None:
    """Close what is planned with a customer, return visits too, as not needed any more."""
    tasks.finish(actor=actor, now=now, plans=_open_plans(customer_id), verb="task.dropped")
    refresh_dates([customer_id])


def looked_again(*, actor: Person, now: datetime, customer_id: int) -> None:
    """Close the plan to look at a customer again: that is what somebody just did."""
    plans = _open_plans(customer_id).filter(title=LOOK_AGAIN)
    tasks.finish(actor=actor, now=now, plans=plans, verb="task.done")
    refresh_dates([customer_id])


def _open_plans(customer_id: int) -> QuerySet[Task]:
    contacts = Q(kind=Task.FOLLOW_UP) | Q(rule__isnull=False)
    return Task.objects.filter(contacts, customer_id=customer_id, done_at=None)
