"""The daily look at the pool: who is told that a customer falls soon, and who falls (R33)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.jobs import Run
from zhike.care.models import PoolClock, PoolRules
from zhike.care.pool import clocks, stays
from zhike.care.pool import rules as pool_rules
from zhike.customers.handing_over import pass_on_and_tell
from zhike.customers.models import Customer
from zhike.trail.notices.telling import Telling, tell_many

WARNED, FALLEN = 300, 100  # customers a piece
MOST_NAMES = 8  # named in one notice to a lead


def sweep(run: Run) -> None:
    """Note strangers in the pool, warn, and let fall, piece by piece.

    Only rows that are due are read. Nobody falls who was not told before: where the sweep came
    late, or the rules are new, the days of notice count from the telling.
    """
    while True:
        with run.step():
            if stays.note_strangers(run.now) < stays.PIECE:
                break
    while True:
        with run.step():
            if not _warn(run.now):
                break
    while True:
        with run.step():
            if not _let_fall(run.now):
                break


def _warn(now: datetime) -> int:
    """Tell the owners of the next customers that fall soon; returns how many there were."""
    rules, today = pool_rules.at_work_now(), clock.day_of(now)
    if rules is None:
        return 0
    due = PoolClock.objects.filter(warn_on__lte=today).order_by("warn_on", "pk")
    ids = list(due.values_list("pk", flat=True)[:WARNED])
    falling = _still_due(ids, rules, today, warn_on__lte=today)
    earliest = today + timedelta(days=rules.notice_days)
    tellings, of_leads = [], []
    for one in falling:
        one.falls_on, one.warn_on = max(one.falls_on or earliest, earliest), None
        tellings.append(_falls_soon(one, today, now))
        of_leads.append((one.owner, one.customer))
    PoolClock.objects.bulk_update(falling, ["falls_on", "warn_on"])
    if rules.notice_days:
        tell_many(tellings, now=now)
        tell_many(_to_leads("pool_falling", of_leads, today, now), now=now)
    return len(ids)


def _still_due(
    ids: Sequence[int], rules: PoolRules, today: date, **due: date | None
) -> list[PoolClock]:
    """Return those of some clocks that are due by the facts of now; their customers are locked."""
    held = Customer.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    list(held.values_list("pk"))
    clocks.wind_by(rules, ids, today)
    found = PoolClock.objects.filter(pk__in=ids, **due).order_by("pk")
    return list(found.select_related("customer", "owner__department"))


def _falls_soon(one: PoolClock, today: date, now: datetime) -> Telling:
    day = one.falls_on or today
    left = (day - today).days
    when = f"{day.month}月{day.day}日" + (f"（还有 {left} 天）" if left else "（今天）")
    last = one.customer.last_follow_up_on
    since = f"上次跟进是 {last}" if last else "还没有跟进过"
    return Telling(
        one.owner_id,
        "pool_falling",
        f"pool_falling:{one.pk}:{day}",
        f"{one.customer.name} {when}收回公海",
        now,
        body=f"{since}。跟进一次就会重新计时。",
        customer_id=one.pk,
        record=("customer", one.pk),
    )


def _let_fall(now: datetime) -> int:
    """Let the next customers fall; returns how many were due."""
    rules, today = pool_rules.at_work_now(), clock.day_of(now)
    if rules is None:
        return 0
    due = PoolClock.objects.filter(falls_on__lte=today, warn_on=None).order_by("falls_on", "pk")
    ids = list(due.values_list("pk", flat=True)[:FALLEN])
    falling = _still_due(ids, rules, today, falls_on__lte=today, warn_on=None)
    tellings, of_leads = [], []
    for one in falling:
        customer = one.customer
        last = customer.last_follow_up_on
        why = f"{rules.days} 天没有跟进" if last else f"{rules.new_days} 天没有首次跟进"
        tellings.append(
            Telling(
                one.owner_id,
                "pool_fell",
                f"pool_fell:{one.pk}:{today}",
                f"{customer.name} 已收回公海",
                now,
                body=f"{why}。{rules.rest_days} 天后可以再领取。" if rules.rest_days else why,
                customer_id=one.pk,
                record=("customer", one.pk),
            )
        )
        of_leads.append((one.owner, customer))
        customer.owner = one.owner
        pass_on_and_tell(
            "customer.fell_to_pool",
            actor=None,
            now=now,
            customer=customer,
            taker=None,
            data={"reason": why},
        )
    tell_many(tellings, now=now)
    tell_many(_to_leads("pool_fell", of_leads, today, now), now=now)
    return len(ids)


def _to_leads(
    kind: str, lost: Iterable[tuple[Person, Customer]], today: date, now: datetime
) -> list[Telling]:
    """Return what the leads of these owners are told: one notice for each piece of a day."""
    of_lead: dict[int, list[str]] = defaultdict(list)
    first: dict[int, int] = {}
    leads = list(_leads())
    for owner, customer in lost:
        for lead in leads:
            if lead.pk != owner.pk and _leads_over(lead, owner):
                of_lead[lead.pk].append(f"{customer.name}（{owner.name}）")
                first.setdefault(lead.pk, customer.pk)
    falls = "即将收回公海" if kind == "pool_falling" else "已收回公海"
    return [
        Telling(
            pk,
            kind,
            f"{kind}:lead:{today}:{first[pk]}",
            f"团队有 {len(names)} 位客户{falls}",
            now,
            body="、".join(names[:MOST_NAMES]) + ("等" if len(names) > MOST_NAMES else ""),
        )
        for pk, names in of_lead.items()
    ]


def _leads() -> Iterable[Person]:
    """Who looks after a department: whose role reaches it, and may hand its customers over."""
    working = Person.objects.filter(is_active=True, is_service=False, department__isnull=False)
    for person in working.select_related("role", "department"):
        if person.scope("customer").reach in ("team", "below") and person.may("hand_over"):
            yield person


def _leads_over(lead: Person, owner: Person) -> bool:
    if lead.scope("customer").reach == "team":
        return lead.department_id == owner.department_id
    return bool(lead.branch) and owner.branch.startswith(lead.branch)
