"""Not too often (R27): the limit of a month on logging, planning, care and many at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import Api, queries_of
from zhike.access.models import Person
from zhike.base import clock
from zhike.care import bulk
from zhike.care.models import FollowUp
from zhike.trail.models import Event


@pytest.fixture
def file(mei: Api) -> dict[str, Any]:
    return mei.customer()


def log(api: Api, customer_id: int, status: int = 201, **fields: Any) -> Any:
    body = {"way": "phone", "content": "谈了云服务", **fields}
    return api.post(f"/customers/{customer_id}/follow-ups", body, status)


def guard(api: Api, customer_id: int, on: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/customers/{customer_id}/guard", **({"on": on} if on else {}))
    return found


PLAN = {"kind": "follow_up", "due_on": "2026-12-10"}


def test_the_third_contact_of_a_month_needs_an_agreement(mei: Api, file: dict[str, Any]) -> None:
    log(mei, file["id"], contacted_on="2026-11-03")
    mei.post(f"/customers/{file['id']}/care-entries", {"way": "gift", "on": "2026-11-05"})
    refused = log(mei, file["id"], 409)
    assert refused["code"] == "too_often"
    assert refused["guard"] == {
        "limit": 2,
        "used": 2,
        "planned": 1,  # by rule; the contact would have done it
        "over": True,
        "told": "11 月已联系 2 次，每月最多 2 次。",
    }
    assert mei.get(f"/customers/{file['id']}")["last_follow_up_on"] == "2026-11-03"
    log(mei, file["id"], agreed=True)
    assert guard(mei, file["id"])["used"] == 3


def test_that_it_was_agreed_is_kept(boss: Api, mei: Api, file: dict[str, Any]) -> None:
    for _ in range(2):
        log(mei, file["id"])
    log(mei, file["id"], agreed=True)
    kept = [
        one.data.get("agreed")
        for one in Event.objects.filter(verb="follow_up.logged").order_by("id")
    ]
    assert kept == [None, None, True]


def test_a_talk_of_another_month_counts_there(mei: Api, file: dict[str, Any]) -> None:
    for _ in range(2):
        log(mei, file["id"])
    log(mei, file["id"], contacted_on="2026-10-31")
    assert guard(mei, file["id"])["used"] == 2
    assert guard(mei, file["id"], "2026-10-01")["used"] == 1


def test_care_is_guarded_too(mei: Api, file: dict[str, Any]) -> None:
    path, body = f"/customers/{file['id']}/care-entries", {"way": "gift"}
    mei.post(path, body)
    mei.post(path, body)
    assert mei.post(path, body, 409)["code"] == "too_often"
    mei.post(path, {**body, "agreed": True})


def test_planning_counts_what_is_planned(mei: Api, file: dict[str, Any]) -> None:
    about = {**PLAN, "customer_id": file["id"]}
    mei.post("/tasks", about)
    mei.post("/tasks", {**about, "due_on": "2026-12-20"})
    refused = mei.post("/tasks", {**about, "due_on": "2026-12-25"}, 409)
    assert refused["guard"]["planned"] == 2
    assert "另外安排了 2 次" in refused["title"]
    assert len(mei.get("/tasks", customer=file["id"])["items"]) == 2
    mei.post("/tasks", {**about, "due_on": "2027-01-05"})
    mei.post("/tasks", {**about, "due_on": "2026-12-25", "agreed": True})
    # A thing to do is no contact.
    mei.post("/tasks", {"title": "备资料", "due_on": "2026-12-26", "customer_id": file["id"]})


def test_the_next_one_is_guarded_as_a_plan(mei: Api, file: dict[str, Any]) -> None:
    log(mei, file["id"], contacted_on="2026-11-03")
    refused = log(mei, file["id"], 409, next={"on": "2026-11-25"})
    assert refused["code"] == "too_often"
    assert mei.get(f"/customers/{file['id']}")["last_follow_up_on"] == "2026-11-03"
    made = log(mei, file["id"], next={"on": "2026-11-25"}, agreed=True)
    assert made["next"]["on"] == "2026-11-25"


def test_a_plan_that_gives_way_takes_no_room(mei: Api, file: dict[str, Any]) -> None:
    log(mei, file["id"], next={"on": "2026-11-25"})
    log(mei, file["id"], contacted_on="2026-10-20", next={"on": "2026-11-26"})
    assert guard(mei, file["id"])["planned"] == 1


def test_core_customers_have_no_limit(boss: Api, mei: Api, file: dict[str, Any]) -> None:
    boss.patch("/care-rules", {"guard": {"normal": 0}})
    for _ in range(4):
        log(mei, file["id"])
    found = guard(mei, file["id"])
    assert (found["limit"], found["over"], found["used"]) == (None, False, 4)
    assert "不限" in found["told"]


def test_many_at_once_leave_out_who_had_enough(mei: Api) -> None:
    ids = [mei.customer(f"第{n}家公司")["id"] for n in range(3)]
    for _ in range(2):
        mei.post(f"/customers/{ids[0]}/care-entries", {"way": "gift"})
    body = {"customer_ids": ids, "due_on": "2026-11-25"}
    assert mei.post("/plans", body, 200) == {"made": 2, "skipped": 1, "too_often": 1}
    assert mei.post("/plans", {**body, "customer_ids": ids[:1]}, 409)["code"] == "too_often"
    agreed = {**body, "customer_ids": ids[:1], "agreed": True}
    assert mei.post("/plans", agreed, 200) == {"made": 1, "skipped": 0, "too_often": 0}


def test_the_statements_of_many_do_not_grow(mei: Api) -> None:
    def made(names: list[str]) -> int:
        ids = [mei.customer(name)["id"] for name in names]
        body = {"customer_ids": ids, "due_on": "2026-11-25"}
        return queries_of(lambda: mei.post("/plans", body, 200))

    made(["零家公司"])
    few, many = made(["一家公司", "两家公司"]), made([f"第{n}家公司" for n in range(15)])
    assert few == many


def test_a_deleted_talk_is_none(mei: Api, file: dict[str, Any]) -> None:
    first = log(mei, file["id"])
    log(mei, file["id"])
    mei.delete(f"/follow-ups/{first['id']}")
    assert guard(mei, file["id"])["used"] == 1
    log(mei, file["id"])


def test_imports_are_never_refused(mei: Api, file: dict[str, Any]) -> None:
    rows = [{"customer": file["id"], "contacted_on": clock.today(), "content": "旧记录"}] * 5
    actor = Person.objects.get(pk=mei.id)
    bulk.add_follow_ups(actor=actor, now=clock.now(), rows=rows, import_id=1)
    assert guard(mei, file["id"])["used"] == 5
    assert set(FollowUp.objects.values_list("is_late", flat=True)) == {False}


def test_nobody_asks_about_a_foreign_customer(lin: Api, file: dict[str, Any]) -> None:
    lin.get(f"/customers/{file['id']}/guard", 404)
    lin.get(f"/customers/{file['id']}/next-contact", 404)


def test_a_plan_counts_in_the_month_it_is_moved_to(mei: Api, file: dict[str, Any]) -> None:
    about = {**PLAN, "customer_id": file["id"]}
    mei.post("/tasks", about)
    mei.post("/tasks", {**about, "due_on": "2026-12-20"})
    plan = mei.post("/tasks", {**about, "due_on": "2026-11-30"})
    path = f"/tasks/{plan['id']}"
    refused = mei.patch(path, {"version": 1, "due_on": "2026-12-02"}, 409)
    assert (refused["code"], refused["guard"]["planned"]) == ("too_often", 2)
    assert mei.post(f"{path}/snooze", {"until": "2026-12-02T10:00"}, 409)["code"] == "too_often"
    assert mei.get("/tasks", customer=file["id"])["items"][0]["due_on"] == "2026-11-30"
    # Within its month it has its place, however full that is.
    mei.patch(path, {"version": 1, "due_on": "2026-11-27"})
    mei.patch(path, {"version": 2, "due_on": "2026-12-02", "agreed": True})
    mei.patch(path, {"version": 3, "due_on": "2026-12-03"})
    kept = Event.objects.filter(verb="task.changed", record_id=plan["id"]).order_by("id")
    assert [one.data.get("agreed") for one in kept] == [None, True, None]
    mei.post(f"{path}/snooze", {"until": "2027-01-05T10:00"}, 200)


def test_putting_off_into_a_full_month_is_agreed_too(mei: Api, file: dict[str, Any]) -> None:
    about = {**PLAN, "customer_id": file["id"]}
    mei.post("/tasks", about)
    mei.post("/tasks", {**about, "due_on": "2026-12-20"})
    plan = mei.post("/tasks", {**about, "due_on": "2026-11-30"})
    body = {"until": "2026-12-02T10:00", "agreed": True}
    assert mei.post(f"/tasks/{plan['id']}/snooze", body, 200)["due_on"] == "2026-12-02"
    # A thing to do is no contact, wherever it goes.
    thing = mei.post(
        "/tasks", {"title": "备资料", "due_on": "2026-11-20", "customer_id": file["id"]}
    )
    mei.patch(f"/tasks/{thing['id']}", {"version": 1, "due_on": "2026-12-04"})
