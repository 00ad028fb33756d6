"""Pausing, archiving and taking up again (R21), and planning with those who sleep."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import NOW, Api, wrong_fields
from zhike.base import clock, jobs
from zhike.care.models import Task
from zhike.customers.models import Customer

PAUSE = {"reason": "budget", "note": "明年再说", "look_again_on": "2027-03-01"}


@pytest.fixture
def made(mei: Api) -> dict[str, Any]:
    """A customer with a planned follow-up and something else to do."""
    one = mei.customer()
    follow = {"way": "phone", "content": "谈过", "next": {"on": "2026-11-25", "matter": "报价"}}
    mei.post(f"/customers/{one['id']}/follow-ups", follow)
    todo = {"title": "寄样品", "due_on": "2026-11-20", "customer_id": one["id"]}
    mei.post("/tasks", todo)
    return one


def open_tasks(customer_id: int) -> list[tuple[str, str]]:
    found = Task.objects.filter(customer_id=customer_id, done_at=None).order_by("due_on")
    return [(task.title, task.due_on.isoformat()) for task in found]


def test_a_pause_plans_to_look_again(mei: Api, made: dict[str, Any]) -> None:
    path = f"/customers/{made['id']}"
    told = mei.post(f"{path}/pause", PAUSE, 200)
    assert (told["state"], told["reason"], told["look_again_on"]) == (
        "paused",
        "budget",
        "2027-03-01",
    )
    assert told["next_follow_up_on"] == "2027-03-01"
    assert told["since"] == "2026-11-18"
    assert open_tasks(made["id"]) == [("寄样品", "2026-11-20"), ("再看看", "2027-03-01")]
    (change,) = mei.story(made["id"], kind="change")
    assert change["verb"] == "customer.paused"
    assert change["detail"]["reason"] == "预算调整"
    assert change["detail"]["changes"][0]["new"] == "暂停跟进"


def test_a_pause_moves_and_ends(mei: Api, made: dict[str, Any]) -> None:
    path = f"/customers/{made['id']}"
    mei.post(f"{path}/pause", PAUSE, 200)
    later = mei.post(f"{path}/pause", PAUSE | {"look_again_on": "2027-06-01"}, 200)
    assert later["next_follow_up_on"] == "2027-06-01"
    assert open_tasks(made["id"])[1:] == [("再看看", "2027-06-01")]
    back = mei.post(f"{path}/resumption", status=200)
    assert (back["state"], back["look_again_on"], back["next_follow_up_on"]) == (
        "active",
        None,
        None,
    )
    assert open_tasks(made["id"]) == [("寄样品", "2026-11-20")]
    mei.post(f"{path}/resumption", status=409)


def test_the_archive_drops_what_was_planned_and_says_so(mei: Api, made: dict[str, Any]) -> None:
    path = f"/customers/{made['id']}"
    told = mei.post(f"{path}/archive", {"reason": "won", "note": "项目验收"}, 200)
    assert (told["state"], told["next_follow_up_on"]) == ("archived", None)
    assert open_tasks(made["id"]) == [("寄样品", "2026-11-20")]
    mei.post(f"{path}/archive", {"reason": "won"}, 409)
    mei.post(f"{path}/pause", PAUSE, 409)
    assert mei.get(path)["id"] == made["id"]  # still found and read
    back = mei.post(f"{path}/resumption", status=200)
    assert back["dropped_on"] == "2026-11-25"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (PAUSE | {"look_again_on": None}, "look_again_on"),
        (PAUSE | {"look_again_on": "2026-11-18"}, "look_again_on"),
        (PAUSE | {"look_again_on": "2029-01-01"}, "look_again_on"),
        (PAUSE | {"reason": ""}, "reason"),
        (PAUSE | {"reason": "won"}, "reason"),
        (PAUSE | {"note": "长" * 501}, "note"),
    ],
)
def test_a_pause_needs_reason_and_day(
    mei: Api, made: dict[str, Any], body: dict[str, Any], field: str
) -> None:
    assert field in wrong_fields(mei.post(f"/customers/{made['id']}/pause", body, 422))
    assert Customer.objects.get(pk=made["id"]).life == "active"


def test_only_who_may_write_puts_away(boss: Api, mei: Api, lin: Api, made: dict[str, Any]) -> None:
    path = f"/customers/{made['id']}"
    lin.post(f"{path}/pause", PAUSE, 404)
    mei.call("PUT", f"{path}/collaborators/{lin.id}", {"may_edit": False})
    lin.post(f"{path}/archive", {"reason": "won"}, 403)
    assert boss.post(f"{path}/pause", PAUSE, 200)["state"] == "paused"
    task = Task.objects.get(customer_id=made["id"], title="再看看")
    assert task.assignee_id == mei.id  # whose customer it is


def test_the_day_to_look_again_is_told_once(mei: Api, made: dict[str, Any], frozen: Any) -> None:
    mei.post(f"/customers/{made['id']}/pause", PAUSE | {"look_again_on": "2026-11-20"}, 200)
    for day in range(4):
        frozen.move_to(NOW + timedelta(days=day))
        jobs.plan_days(clock.now())
        jobs.run_due(clock.now())
    frozen.move_to(NOW)
    again = Api(mei.person)  # whose session ended meanwhile
    told = [one["verb"] for one in again.story(made["id"], kind="change")]
    assert told == ["customer.look_again", "customer.paused"]
