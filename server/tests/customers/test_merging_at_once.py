"""Two who merge at the same moment: each request in a thread and a transaction of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from tests.customers.test_merging import undone
from tests.people import Api, frozen
from tests.people import hire as hired
from zhike.access.models import Organisation
from zhike.access.rights import ADMINISTRATOR
from zhike.base import clock
from zhike.customers.models import Customer, Merge

__all__ = ["frozen"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chief() -> Api:
    Organisation.objects.get_or_create(id=1, defaults={"name": "晨星", "created_at": clock.now()})
    return Api(hired("周管理", "zhou", ADMINISTRATOR))


def at_once(*calls: Callable[[], int]) -> list[int]:
    """The answers' statuses; everybody starts at the same moment."""
    start = threading.Barrier(len(calls))
    statuses: list[int] = []

    def go(call: Callable[[], int]) -> None:
        start.wait()
        try:
            statuses.append(call())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(statuses)


def merge(api: Api, survivor: int, *absorbed: int) -> Callable[[], int]:
    mine = Api(api.person)  # a browser is not for several threads
    body = {"survivor_id": survivor, "absorbed_ids": list(absorbed)}
    return lambda: mine.call("POST", "/merges", body).status_code


def test_clicked_twice(chief: Api) -> None:
    one, other = (chief.customer(name)["id"] for name in ("甲公司", "乙公司"))
    assert at_once(*(merge(chief, one, other) for _ in range(4))) == [201, 409, 409, 409]
    assert Merge.objects.count() == 1


def test_two_that_cross_each_other(chief: Api) -> None:
    for _ in range(3):
        one, other, third = (chief.customer(name)["id"] for name in ("甲公司", "乙公司", "丙公司"))
        calls = (merge(chief, one, other, third), merge(chief, third, other, one))
        assert at_once(*calls) == [201, 409]
        assert Customer.objects.filter(pk__in=(one, other, third), deleted_at=None).count() == 1


def test_undone_twice(chief: Api) -> None:
    one, other = (chief.customer(name)["id"] for name in ("甲公司", "乙公司"))
    assert merge(chief, one, other)() == 201
    done = Merge.objects.get()
    mine = [Api(chief.person) for _ in range(3)]
    calls = [
        lambda api=api: api.call("POST", f"/merges/{done.pk}/undo", {}).status_code for api in mine
    ]
    assert at_once(*calls) == [200, 409, 409]
    assert undone(chief, {"id": done.pk}, 409)["code"] == "undone"
