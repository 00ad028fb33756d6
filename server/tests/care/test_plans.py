"""Planning the next follow-up with many customers at once: waking who sleeps (R21)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import Api, hire, queries_of, wrong_fields
from zhike.care.models import Task
from zhike.customers.models import Customer
from zhike.trail.models import Event

SOON = "2026-11-25"


@pytest.fixture
def sleepers(mei: Api) -> list[int]:
    return [mei.customer(f"久未联系{n}")["id"] for n in range(3)]


def plan(by: Api, status: int = 200, **body: Any) -> Any:
    return by.post("/plans", {"due_on": SOON, "title": "问问近况", **body}, status)


def test_each_gets_a_plan_and_an_event(mei: Api, sleepers: list[int]) -> None:
    assert plan(mei, customer_ids=sleepers) == {"made": 3, "skipped": 0, "too_often": 0}
    for pk in sleepers:
        task = Task.objects.get(customer_id=pk)
        assert (task.kind, task.title, task.assignee_id) == ("follow_up", "问问近况", mei.id)
        assert mei.get(f"/customers/{pk}")["next_follow_up_on"] == SOON
        assert Event.objects.filter(verb="task.added", customer_id=pk, record_id=task.pk).exists()
    assert {one["title"] for one in mei.get("/today")["coming"]} == {"问问近况"}


def test_who_is_planned_with_is_skipped(mei: Api, sleepers: list[int]) -> None:
    plan(mei, customer_ids=sleepers[:1])
    mei.post(f"/customers/{sleepers[1]}/archive", {"reason": "won"}, 200)
    assert plan(mei, customer_ids=sleepers) == {"made": 1, "skipped": 2, "too_often": 0}
    assert plan(mei, customer_ids=sleepers) == {"made": 0, "skipped": 3, "too_often": 0}
    assert Task.objects.filter(customer_id__in=sleepers).count() == 2


def test_a_filter_plans_with_whom_one_may(boss: Api, mei: Api, lin: Api) -> None:
    for n in range(2):
        mei.customer(f"久未联系{n}")
    shared = lin.customer("久未联系9")
    lin.call("PUT", f"/customers/{shared['id']}/collaborators/{mei.id}", {"may_edit": False})
    assert plan(mei, filters={"q": "久未联系"}) == {"made": 2, "skipped": 1, "too_often": 0}
    assert plan(boss, filters={"q": "久未联系"}) == {"made": 1, "skipped": 2, "too_often": 0}
    assert Task.objects.get(customer_id=shared["id"]).assignee_id == lin.id  # whose it is


def test_nobody_plans_with_what_is_not_theirs(mei: Api, lin: Api, sleepers: list[int]) -> None:
    plan(lin, 404, customer_ids=sleepers)
    for pk in sleepers:
        mei.call("PUT", f"/customers/{pk}/collaborators/{lin.id}", {"may_edit": False})
    plan(lin, 403, customer_ids=sleepers)
    plan(Api(hire("审计甲", "check", "auditor")), 403, customer_ids=sleepers)
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "customer_ids"),
        ({"customer_ids": []}, "customer_ids"),
        ({"customer_ids": [1], "filters": {}}, "customer_ids"),
        ({"filters": {"q": "没有这样的"}}, "customer_ids"),
        ({"filters": {"type": 5}}, "filters"),
        ({"filters": {"ownr": "me"}}, "filters"),  # passed over, it would plan with everybody
        ({"customer_ids": "ALL", "due_on": "2026-11-17"}, "due_on"),
        ({"customer_ids": "ALL", "due_on": "2999-01-01"}, "due_on"),
        ({"customer_ids": "ALL", "title": "长" * 201}, "title"),
    ],
)
def test_what_is_no_plan(mei: Api, sleepers: list[int], body: dict[str, Any], field: str) -> None:
    if body.get("customer_ids") == "ALL":
        body = {**body, "customer_ids": sleepers}
    assert field in wrong_fields(plan(mei, 422, **body))
    assert not Task.objects.exists()
    assert not Customer.objects.exclude(next_follow_up_on=None).exists()


def test_statements_do_not_grow_with_customers(mei: Api, sleepers: list[int]) -> None:
    more = [mei.customer(f"更多{n}")["id"] for n in range(12)]
    plan(mei, customer_ids=more[:1])  # whoever asks first reads the rules of the house
    few = queries_of(lambda: plan(mei, customer_ids=sleepers))
    assert queries_of(lambda: plan(mei, customer_ids=more[1:])) == few
