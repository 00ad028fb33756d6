"""Many people claim the same customers at the same moment: each goes once, limits hold (R33)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from tests.people import NOW, frozen, hire
from zhike.access.models import Organisation, Person
from zhike.base import clock
from zhike.care.models import PoolEntry, PoolRules, Task
from zhike.care.pool import claiming, stays
from zhike.customers.models import Customer
from zhike.trail.models import Event

__all__ = ["frozen"]
pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, CUSTOMERS, AT_ONCE = 1000, 100, 12


@pytest.fixture
def crowd() -> list[Person]:
    """A thousand sales people."""
    Organisation.objects.create(id=Organisation.THE, name="晨星贸易", created_at=NOW)
    first = hire("销售", "first")
    Person.objects.bulk_create(
        Person(name=f"销售{n}", username=f"s{n}", role=first.role, created_at=NOW, password="!")
        for n in range(1, PEOPLE)
    )
    return list(Person.objects.select_related("role", "department").order_by("id"))


def pool_of(count: int) -> list[int]:
    made = Customer.objects.bulk_create(
        Customer(
            code=f"P{n}",
            name=f"公海{n}",
            kind="company",
            type="prospect",
            recorded_on=clock.today(),
            created_at=NOW,
            updated_at=NOW,
        )
        for n in range(count)
    )
    ids = [one.pk for one in made]
    stays.come(ids, why=stays.NEVER_OWNED, former=None, now=NOW)
    return ids


def claim_all(people: list[Person], ids: list[int]) -> list[list[int]]:
    """What each of them got, all of them asking for everything."""
    start = threading.Barrier(AT_ONCE)
    waited = threading.local()

    def go(place: int) -> list[int]:
        if not hasattr(waited, "once"):
            waited.once = True
            start.wait(30)
        wanted = ids[place % len(ids) :] + ids[: place % len(ids)]
        done = claiming.claim(actor=people[place], now=clock.now(), customer_ids=wanted)
        assert set(done.claimed) | {pk for pk, _ in done.refused} == set(ids)
        return done.claimed

    def close(_: Any) -> None:
        waited.done = True
        connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        got = list(pool.map(go, range(len(people))))
        list(pool.map(close, range(AT_ONCE * 4)))
    return got


def test_a_thousand_claim_a_hundred(crowd: list[Person]) -> None:
    PoolRules.objects.create(pk=PoolRules.THE, claims_per_day=3, capacity=2)
    ids = pool_of(CUSTOMERS)
    got = claim_all(crowd, ids)
    everybody = [pk for one in got for pk in one]
    assert sorted(everybody) == ids  # all of them, each once
    assert max(map(len, got)) == 2
    for person, mine in zip(crowd, got, strict=True):
        owned = Customer.objects.filter(owner=person).values_list("pk", flat=True) if mine else []
        assert sorted(owned) == sorted(mine)
    assert PoolEntry.objects.filter(claimed_at=None).count() == 0
    assert Event.objects.filter(verb="customer.claimed").count() == CUSTOMERS
    assert Task.objects.filter(done_at=None).count() == CUSTOMERS


def test_one_who_claims_twice_at_once(crowd: list[Person]) -> None:
    PoolRules.objects.create(pk=PoolRules.THE, claims_per_day=5)
    ids = pool_of(40)
    got = claim_all([crowd[0]] * AT_ONCE, ids)
    assert sum(map(len, got)) == 5
    assert Customer.objects.filter(owner=crowd[0]).count() == 5
