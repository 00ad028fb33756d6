"""Deleting a task that was entered by mistake, and taking that back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import NOW, Api, digest_of_tables
from zhike.care.models import FollowUp, Playbook, Task
from zhike.trail.models import Event


@pytest.fixture
def file(mei: Api) -> Any:
    """A customer with whom nothing is planned."""
    made = mei.customer()
    Task.objects.all().delete()
    return made


def add(api: Api, **fields: Any) -> Any:
    return api.post("/tasks", {"title": "发报价", "due_on": "2026-11-20", **fields})


def remove(api: Api, task: Any, status: int = 204) -> Any:
    return api.delete(f"/tasks/{task['id']}", status)


def restore(api: Api, task: Any, status: int = 200) -> Any:
    return api.post(f"/tasks/{task['id']}/restoration", status=status)


def kept(task: Any) -> dict[str, Any]:
    """All the database holds of a task, but how often it was changed."""
    (row,) = Task.objects.filter(pk=task["id"]).values()
    row.pop("version")
    return row


def test_a_deleted_task_is_gone_and_was_not_done(mei: Api) -> None:
    made = add(mei)
    remove(mei, made)
    assert mei.get("/tasks", scope="open")["items"] == []
    assert mei.get("/tasks", scope="done")["items"] == []
    assert mei.get("/today")["counts"]["done_today"] == 0
    (event,) = Event.objects.filter(record_type="task", record_id=made["id"], verb="task.removed")
    assert (event.data["title"], event.data["due_on"]) == ("发报价", "2026-11-20")
    remove(mei, made, 404)


def test_without_its_plan_a_customer_is_due_when_the_next_one_is(mei: Api, file: Any) -> None:
    plan = {"kind": "follow_up", "customer_id": file["id"]}
    first, second = add(mei, **plan), add(mei, due_on="2026-11-25", **plan)

    def due() -> Any:
        return mei.get(f"/customers/{file['id']}")["next_follow_up_on"]

    remove(mei, first)
    assert due() == "2026-11-25"
    remove(mei, second)
    assert due() is None
    restore(mei, first)
    assert due() == "2026-11-20"


def test_taken_back_it_is_as_it_was(mei: Api, lin: Api, file: Any) -> None:
    talk = {"way": "phone", "content": "聊了", "agreed": True}
    todo = {"title": "寄样品", "due_on": "2026-11-19"}
    mei.post(f"/customers/{file['id']}/follow-ups", {**talk, "todos": [todo]})
    promised, planned = (Task.objects.get(kind=kind) for kind in (Task.TODO, Task.FOLLOW_UP))
    assert promised.follow_up_id == FollowUp.objects.get().pk
    assert planned.rule_id
    assert planned.why
    when = {"due_time": "15:00", "remind_before": 30}
    often = {"repeat": "week", "repeat_every": 2, "repeat_until": "2027-03-01"}
    what = {"materials": "报价单", "way": "email", "assignee_id": lin.id}
    rich = add(mei, customer_id=file["id"], **when, **often, **what)
    for task in ({"id": promised.pk}, {"id": planned.pk}, rich):
        before = kept(task)
        remove(mei, task)
        assert not Task.objects.filter(pk=task["id"]).exists()
        assert restore(mei, task)["id"] == task["id"]
        assert kept(task) == before
        restore(mei, task, 404)
    told = Event.objects.filter(record_type="task", record_id=rich["id"]).order_by("id")
    verbs = list(told.values_list("verb", flat=True))
    assert verbs == ["task.added", "task.removed", "task.restored"]


def test_with_one_of_a_series_the_series_ends(mei: Api) -> None:
    made = add(mei, repeat="week")
    mei.post(f"/tasks/{made['id']}/completion", status=200)
    (following,) = mei.get("/tasks", scope="open")["items"]
    remove(mei, following)
    assert not Task.objects.filter(done_at=None).exists()
    restore(mei, following)
    mei.post(f"/tasks/{following['id']}/completion", status=200)
    assert [one["due_on"] for one in mei.get("/tasks", scope="open")["items"]] == ["2026-12-04"]


def test_what_took_its_day_in_the_series_stays(mei: Api) -> None:
    made = add(mei, repeat="week")
    remove(mei, made)
    row = {"kind": "todo", "title": "周报", "due_on": "2026-11-20", "created_at": NOW}
    Task.objects.create(**row, series=made["id"], assignee_id=mei.id)
    before = digest_of_tables()
    assert restore(mei, made, 409)["code"] == "conflict"
    assert digest_of_tables() == before


def test_what_is_done_is_not_deleted(mei: Api) -> None:
    made = add(mei)
    mei.post(f"/tasks/{made['id']}/completion", status=200)
    before = digest_of_tables()
    assert "已经完成" in remove(mei, made, 409)["title"]
    assert digest_of_tables() == before


def test_a_step_goes_with_its_plan_and_not_alone(boss: Api, mei: Api, file: Any) -> None:
    Playbook.objects.all().delete()
    steps = [{"after": day, "way": "", "title": f"第{day}天"} for day in (1, 2)]
    plan = boss.post("/playbooks", {"name": "开发", "steps": steps, "is_shared": True})
    mei.post(f"/playbooks/{plan['id']}/runs", {"customer_ids": [file["id"]]}, 200)
    (run,) = mei.get(f"/customers/{file['id']}/playbook-runs")["items"]
    first, second = ({"id": step["task_id"]} for step in run["steps"])
    before = digest_of_tables()
    refused = remove(mei, first, 409)
    assert refused["code"] == "step_of_plan"
    assert "“开发”" in refused["title"]
    assert digest_of_tables() == before
    # Once its plan is over, it is a task like any other.
    mei.post(f"/playbook-runs/{run['id']}/stop", {"why": "不做了"}, 200)
    mei.delete(f"/tasks/{first['id']}/completion", 200)
    remove(mei, first)
    (over,) = mei.get(f"/customers/{file['id']}/playbook-runs")["items"]
    assert [step["task_id"] for step in over["steps"]] == [None, second["id"]]


def test_who_may_change_it_may_delete_it(mei: Api, lin: Api, file: Any) -> None:
    of_mei = add(mei, customer_id=file["id"])
    remove(lin, of_mei, 404)
    given = add(mei, customer_id=file["id"], assignee_id=lin.id)
    remove(lin, given)
    # Only who deleted it takes that back.
    restore(mei, given, 404)
    restore(lin, given)


def test_it_is_taken_back_within_ten_minutes(mei: Api, frozen: Any) -> None:
    made = add(mei)
    remove(mei, made)
    frozen.move_to(NOW + timedelta(minutes=11))
    assert "十分钟" in restore(mei, made, 404)["title"]


def test_a_plan_that_has_a_successor_stays_deleted(mei: Api, file: Any, frozen: Any) -> None:
    plan = {"kind": "follow_up", "customer_id": file["id"]}
    made = add(mei, **plan)
    remove(mei, made)
    frozen.move_to(NOW + timedelta(minutes=1))
    successor = add(mei, due_on="2026-11-25", **plan)
    before = digest_of_tables()
    assert restore(mei, made, 409)["code"] == "planned_since"
    assert digest_of_tables() == before
    remove(mei, successor)
    restore(mei, made)


def test_nothing_comes_back_for_a_customer_who_is_gone(mei: Api, file: Any) -> None:
    made = add(mei, customer_id=file["id"])
    remove(mei, made)
    mei.delete(f"/customers/{file['id']}")
    before = digest_of_tables()
    restore(mei, made, 404)
    assert digest_of_tables() == before


def test_the_audit_says_who_deleted_what(boss: Api, mei: Api) -> None:
    made = add(mei)
    remove(mei, made)
    restore(mei, made)
    told = boss.get("/audit", actor=mei.id)["items"][:2]
    assert [(one["label"], one["summary"]) for one in told] == [
        ("恢复待办", "发报价（2026-11-20）"),
        ("删除待办", "发报价（2026-11-20）"),
    ]
