"""Taking customers out of the pool, and giving them back (R33)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock, text, workdays
from zhike.base.errors import Conflict, Forbidden, Invalid
from zhike.care import tasks
from zhike.care.cadence import guard
from zhike.care.cadence.course import Course
from zhike.care.cadence.dates import Suggestion
from zhike.care.cadence.guard import Contacts
from zhike.care.cadence.rules import standing
from zhike.care.dates import refresh_dates
from zhike.care.models import PoolEntry, PoolRules, Task
from zhike.care.pool import clocks
from zhike.care.pool import rules as pool_rules
from zhike.care.reminders import moments
from zhike.customers.handing_over import pass_on_and_tell
from zhike.customers.models import Customer
from zhike.customers.queries import GIVEABLE, visible_to
from zhike.customers.ways import locked
from zhike.fields.groups import require_edit

MOST = 200  # customers claimed at once
LONGEST_REASON = 200
FIRST_CONTACT = "首次联系"
FIRST_WITHIN = 3  # working days until the first contact with who was claimed


class Limits(NamedTuple):
    """How much a person holds and took today, and how much they may; a capacity of 0 is none."""

    held: int
    capacity: int
    claimed_today: int
    claims_per_day: int

    @property
    def full(self) -> str:
        """Why nothing more can be claimed now; "" while something can."""
        if self.capacity and self.held >= self.capacity:
            return f"你名下已有 {self.held} 位客户，到了上限 {self.capacity} 位"
        if self.claimed_today >= self.claims_per_day:
            return f"今天已领取 {self.claimed_today} 位，每天最多 {self.claims_per_day} 位"
        return ""

    def one_more(self) -> Limits:
        """Return them after another claim."""
        return self._replace(held=self.held + 1, claimed_today=self.claimed_today + 1)


class Claimed(NamedTuple):
    """What came of a claim: whose they are now, and who was refused with why."""

    claimed: list[int]
    refused: list[tuple[int, str]]


def limits_of(person: Person, rules: PoolRules, today: date) -> Limits:
    """Return what a person may still claim today."""
    held = Customer.objects.filter(owner=person, deleted_at=None).exclude(life="archived")
    taken = PoolEntry.objects.filter(claimed_by=person, claimed_on=today, claimed_at__isnull=False)
    return Limits(held.count(), rules.capacity, taken.count(), rules.claims_per_day)


def resting(
    person: Person, customer_ids: Iterable[int], rules: PoolRules, today: date
) -> dict[int, str]:
    """Return why a person who lost some of these customers cannot take them yet, by customer."""
    if not rules.rest_days:
        return {}
    since = today - timedelta(days=rules.rest_days)
    lost = PoolEntry.objects.filter(
        customer__in=list(customer_ids), claimed_at=None, former=person, came_on__gt=since
    )
    return {
        pk: f"{_day(on)}才从你这里回到公海，{_day(on + timedelta(days=rules.rest_days))}起可以再领"
        for pk, on in lost.values_list("customer_id", "came_on")
    }


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def require_claim(actor: Person) -> None:
    """Raise Forbidden unless the actor may become the owner of customers."""
    require_edit(actor, "customer", ["owner"])
    if actor.scope("customer").reach == "none":
        raise Forbidden("你的角色不能负责客户，请联系管理员。")


def claim(*, actor: Person, now: datetime, customer_ids: Sequence[int]) -> Claimed:
    """Make the actor the owner of customers of the pool, as far as the limits go.

    Whoever is refused is named with why; of two people who claim one customer, one gets it.
    """
    require_claim(actor)
    wanted = list(dict.fromkeys(customer_ids))
    if not wanted:
        raise Invalid("customer_ids", "请选择要领取的客户。")
    if len(wanted) > MOST:
        raise Invalid("customer_ids", f"一次最多领取 {MOST} 位客户，请分几次领取。")
    with transaction.atomic():
        # The person first, then the customers in order: two claims of one person count together.
        list(Person.objects.select_for_update(no_key=True).filter(pk=actor.pk).values_list("pk"))
        rules, today = pool_rules.present(), clock.day_of(now)
        seen = visible_to(actor).filter(pk__in=[pk for pk in wanted if 0 < pk < 2**63])
        there = dict(seen.values_list("pk", "owner"))
        held = seen.filter(owner=None).select_for_update(of=("self",)).order_by("pk")
        free = {one.pk: one for one in held}
        rest = resting(actor, free, rules, today)
        limits = limits_of(actor, rules, today)
        done = Claimed([], [])
        for pk in wanted:
            why = _why_not(actor, pk, there, free, rest) or limits.full
            if why:
                done.refused.append((pk, why))
                continue
            pass_on_and_tell(
                "customer.claimed",
                actor=actor,
                now=now,
                customer=free[pk],
                taker=actor,
                data={},
            )
            limits = limits.one_more()
            done.claimed.append(pk)
        _plan_first(actor, now, [free[pk] for pk in done.claimed])
    return done


def _why_not(
    actor: Person,
    pk: int,
    there: Mapping[int, int | None],
    free: Mapping[int, Customer],
    rest: Mapping[int, str],
) -> str:
    if pk not in there:
        return "没有找到这位客户，可能已被别人领走或删除"
    if there[pk] == actor.pk:
        return "已经是你的客户了"
    if pk not in free:
        return "刚被别人领走了"
    if free[pk].life == "archived":
        return "这位客户已归档，不再跟进"
    return rest.get(pk, "")


def _plan_first(actor: Person, now: datetime, claimed: Sequence[Customer]) -> None:
    """Plan a first contact with each by rule; plans their former owners let pass give way to it.

    Part of claiming, whose event says whose they are now.
    """
    ids, today = [one.pk for one in claimed], clock.day_of(now)
    plans = Task.objects.filter(customer__in=ids, kind=Task.FOLLOW_UP, done_at=None, assignee=actor)
    tasks.finish(actor=actor, now=now, plans=plans.filter(due_on__lt=today), verb="task.dropped")
    planned = set(plans.values_list("customer_id", flat=True))
    free = [one for one in claimed if one.pk not in planned]
    rules = standing()
    contacts = guard.contacts_of_many([one.pk for one in free], today)
    made = []
    for one in free:
        found = Course(actor, one, today, rules, contacts.get(one.pk, Contacts())).suggest()
        task = _first(actor, now, one, found)
        task.remind_at = moments.following(task, now=now, morning=rules.care.remind_at)
        made.append(task)
    Task.objects.bulk_create(made)
    refresh_dates(ids)


def _first(actor: Person, now: datetime, customer: Customer, found: Suggestion) -> Task:
    on, why = found.on, found.why
    if on is None:
        on, why = _without_rule(clock.day_of(now))
    return Task(
        kind=Task.FOLLOW_UP,
        customer=customer,
        title=found.matter or FIRST_CONTACT,
        why=f"从公海领取。{why}"[: tasks.LONGEST],
        due_on=on,
        due_time=found.at,
        way=found.way,
        rule=found.rule,
        assignee=actor,
        created_by=actor,
        created_at=now,
    )


def _without_rule(today: date) -> tuple[date, str]:
    day = today
    for _ in range(FIRST_WITHIN):
        day = workdays.next_workday(day + timedelta(days=1))
    return day, f"没有适用的频率，{FIRST_WITHIN} 个工作日内联系。"


def give_back(*, actor: Person, now: datetime, customer_id: int, reason: str) -> None:
    """Put a customer back into the pool, with a reason; colleagues' takes the right to hand over.

    Raises Conflict for one that a contract holds, unless the actor may hand over.
    """
    require_edit(actor, "customer", ["owner"])
    reason = text.entered("reason", "放回原因", reason, most=LONGEST_REASON)
    if not reason:
        raise Invalid("reason", "请写一句为什么放回公海，下一位同事用得上。")
    with transaction.atomic():
        customer = locked(actor, customer_id, GIVEABLE)
        if customer.owner_id is None:
            raise Conflict("这位客户已经在公海里了。", code="in_pool")
        if not actor.may("hand_over"):
            if customer.owner_id != actor.pk:
                raise Forbidden("你没有把同事的客户放回公海的权限，请联系主管。")
            if _under_contract(customer, clock.day_of(now)):
                raise Conflict(
                    "这位客户还在合作中，要放回公海请找主管转交。", code="under_contract"
                )
        pass_on_and_tell(
            "customer.given_back",
            actor=actor,
            now=now,
            customer=customer,
            taker=None,
            data={"reason": reason},
        )


def _under_contract(customer: Customer, today: date) -> bool:
    until = customer.cooperation_until
    if until is not None:
        return until >= today
    facts = {name: getattr(customer, name) for name in clocks.FACTS_OF_CONTRACT}
    return clocks.is_bound(facts)
