"""Two at once: each request in a thread and a transaction of its own, as in the web process."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from tests.attacks.test_doors_rights import sheet
from tests.doors.conftest import brought_in, own_folder, upload, worked
from tests.people import Api, frozen, role_of
from zhike.access.models import Organisation, Person
from zhike.access.rights import ADMINISTRATOR
from zhike.base import clock, jobs
from zhike.base.models import Job
from zhike.customers.models import Customer
from zhike.doors.models import Import

__all__ = ["frozen", "own_folder"]
pytestmark = pytest.mark.django_db(transaction=True)
ROW = {"客户编号": "K1", "客户名称": "甲公司"}


@pytest.fixture
def chief() -> Api:
    Organisation.objects.get_or_create(id=1, defaults={"name": "晨星", "created_at": clock.now()})
    person = Person(name="周管理", username="zhou", role=role_of(ADMINISTRATOR))
    person.set_unusable_password()
    person.save()
    return Api(person)


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
        thread.join()
    return sorted(statuses)


def post(api: Api, import_id: int, what: str) -> Callable[[], int]:
    mine = Api(api.person)  # a browser is not for several threads
    return lambda: mine.call("POST", f"/imports/{import_id}/{what}", {}).status_code


def test_confirmed_twice(chief: Api) -> None:
    of = upload(chief, sheet(ROW))
    assert at_once(*(post(chief, of["id"], "confirmation") for _ in range(4))) == [200, *[409] * 3]
    assert Job.objects.filter(kind="import.write").count() == 1
    assert worked(chief, of["id"])["state"] == "done"
    assert Customer.objects.count() == 1


def test_undone_twice(chief: Api) -> None:
    done = brought_in(chief, sheet(ROW))
    assert at_once(*(post(chief, done["id"], "undo") for _ in range(4))) == [200, *[409] * 3]
    assert Job.objects.filter(kind="import.undo").count() == 1
    assert worked(chief, done["id"])["state"] == "undone"
    assert Customer.objects.count() == 0


def test_confirmed_and_cancelled(chief: Api) -> None:
    for _ in range(3):
        of = upload(chief, sheet(ROW))
        calls = [post(chief, of["id"], what) for what in ("confirmation", "cancellation")]
        statuses = at_once(*calls)
        assert statuses in ([200, 200], [200, 409])
        jobs.run_due(clock.now())
        assert worked(chief, of["id"])["state"] == "cancelled"
        assert Customer.objects.count() == 0


def test_two_workers_and_one_new_code(chief: Api) -> None:
    ready = [upload(chief, sheet(ROW)) for _ in range(2)]
    for of in ready:
        chief.post(f"/imports/{of['id']}/confirmation", status=200)

    def work() -> int:
        return jobs.run_due(clock.now())

    at_once(work, work)
    jobs.run_due(clock.now().replace(year=2027))  # who came second may have to try again
    assert set(Import.objects.values_list("state", flat=True)) == {"done"}
    assert Customer.objects.count() == 1


def test_set_up_twice(client: object) -> None:
    from django.test import Client

    Organisation.objects.all().delete()
    body = {
        "organisation": "晨星",
        "name": "周管理",
        "username": "zhou",
        "password": "guilin-shanshui-7",
    }

    def set_up(number: int) -> Callable[[], int]:
        mine = body | {"username": f"zhou{number}"}
        return lambda: (
            Client().post("/api/v1/setup", mine, content_type="application/json").status_code
        )

    statuses = at_once(*(set_up(number) for number in range(3)))
    assert statuses.count(201) + statuses.count(200) == 1, statuses
    assert set(statuses) <= {200, 201, 409}
    assert Person.objects.count() == 1
