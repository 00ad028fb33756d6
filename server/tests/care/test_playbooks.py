"""Playbooks: plans used again and again, started for one customer or many (R29)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import NOW, Api, hire, queries_of, wrong_fields
from zhike.care.models import Playbook, PlaybookRun, Task
from zhike.care.playbooks.shipped import PLAYBOOKS, lay_shipped
from zhike.trail.models import Event

STEPS = [
    {"after": 0, "way": "phone", "title": "首次电话", "content": "说清来意"},
    {"after": 3, "way": "", "title": "整理资料"},
    {"after": 20, "way": "visit", "title": "上门拜访"},
]


@pytest.fixture(autouse=True)
def _only_ours(db: None) -> None:
    """The plans the product ships with stand in the way here."""
    Playbook.objects.all().delete()


@pytest.fixture
def plan(boss: Api) -> dict[str, Any]:
    made: dict[str, Any] = boss.post(
        "/playbooks", {"name": "开发", "goal": "见到拍板的人", "steps": STEPS, "is_shared": True}
    )
    return made


def start(by: Api, plan: dict[str, Any], status: int = 200, **body: Any) -> Any:
    return by.post(f"/playbooks/{plan['id']}/runs", body, status)


def run_of(by: Api, customer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = by.get(f"/customers/{customer['id']}/playbook-runs")["items"][0]
    return found


def test_a_plan_becomes_tasks_on_working_days(mei: Api, plan: dict[str, Any]) -> None:
    one = mei.customer()
    assert start(mei, plan, customer_ids=[one["id"]]) == {"started": 1, "skipped": 0, "why": {}}
    tasks = list(Task.objects.order_by("step"))
    # Wednesday, Saturday moved to Monday, the 8th of December.
    assert [str(task.due_on) for task in tasks] == ["2026-11-18", "2026-11-23", "2026-12-08"]
    assert [task.kind for task in tasks] == ["follow_up", "todo", "follow_up"]
    assert {task.assignee_id for task in tasks} == {mei.id}
    assert tasks[0].why == "计划“开发”第 1 步"
    assert all(task.remind_at for task in tasks[1:])
    assert mei.get(f"/customers/{one['id']}")["next_follow_up_on"] == "2026-11-18"
    run = run_of(mei, one)
    assert (run["state"], run["done"], run["total"]) == ("running", 0, 3)
    assert Event.objects.get(verb="playbook.started").customer_id == one["id"]


def test_the_last_step_ends_the_run(mei: Api, plan: dict[str, Any]) -> None:
    one = mei.customer()
    start(mei, plan, customer_ids=[one["id"]])
    talk = {"way": "phone", "content": "说清了来意", "agreed": True}
    mei.post(f"/customers/{one['id']}/follow-ups", talk)
    run = run_of(mei, one)
    assert [step["done_at"] is not None for step in run["steps"]] == [True, False, False]
    for step in run["steps"][1:]:
        mei.post(f"/tasks/{step['task_id']}/completion", status=200)
    assert run_of(mei, one)["state"] == "done"
    assert Event.objects.filter(verb="playbook.finished").count() == 1
    mei.delete(f"/tasks/{run['steps'][2]['task_id']}/completion", 200)
    assert run_of(mei, one)["state"] == "running"


def test_a_plan_of_ones_own_does_not_close_what_lies_ahead(mei: Api, plan: dict[str, Any]) -> None:
    one = mei.customer()
    start(mei, plan, customer_ids=[one["id"]])
    talk = {"way": "phone", "content": "说清了来意", "next": {"on": "2026-11-25"}, "agreed": True}
    mei.post(f"/customers/{one['id']}/follow-ups", talk)
    done = [step["done_at"] is not None for step in run_of(mei, one)["steps"]]
    assert done == [True, False, False]


def test_stopping_drops_what_is_open(mei: Api, lin: Api, plan: dict[str, Any]) -> None:
    one = mei.customer()
    start(mei, plan, customer_ids=[one["id"]])
    run = run_of(mei, one)
    mei.post(f"/tasks/{run['steps'][0]['task_id']}/completion", status=200)
    lin.post(f"/playbook-runs/{run['id']}/stop", {"why": "不归我管"}, 404)
    stopped = mei.post(f"/playbook-runs/{run['id']}/stop", {"why": "客户说先不谈"}, 200)
    assert (stopped["state"], stopped["why"]) == ("stopped", "客户说先不谈")
    # What was dropped with it was not done.
    assert (stopped["done"], run_of(mei, one)["done"]) == (1, 1)
    assert [step["done_at"] is None for step in stopped["steps"]] == [False, True, True]
    assert not Task.objects.filter(done_at=None).exists()
    assert mei.get(f"/customers/{one['id']}")["next_follow_up_on"] is None
    mei.post(f"/playbook-runs/{run['id']}/stop", {}, 409)
    assert start(mei, plan, customer_ids=[one["id"]])["started"] == 1


def test_who_is_skipped(boss: Api, mei: Api, lin: Api, plan: dict[str, Any]) -> None:
    free, busy, away, often = (mei.customer(f"客户{n}") for n in "甲乙丙丁")
    start(mei, plan, customer_ids=[busy["id"]])
    mei.post(f"/customers/{away['id']}/archive", {"reason": "won"}, 200)
    for _ in range(2):
        talk = {"way": "phone", "content": "聊了", "agreed": True}
        mei.post(f"/customers/{often['id']}/follow-ups", talk)
    Task.objects.filter(customer=often["id"]).delete()
    ids = [one["id"] for one in (free, busy, away, often)]
    told = start(mei, plan, customer_ids=ids)
    assert told == {
        "started": 1,
        "skipped": 3,
        "why": {"running": 1, "asleep": 1, "too_often": 1},
    }
    agreed = start(mei, plan, customer_ids=[often["id"]], agreed=True)
    assert agreed == {"started": 1, "skipped": 0, "why": {}}
    assert Event.objects.filter(verb="playbook.started").latest("id").data["agreed"] is True
    foreign = lin.customer("客户戊")
    start(mei, plan, 404, customer_ids=[foreign["id"]])
    lin.call("PUT", f"/customers/{foreign['id']}/collaborators/{mei.id}", {"may_edit": False})
    start(mei, plan, 403, customer_ids=[foreign["id"]])
    assert start(mei, plan, filters={"q": "戊"})["why"] == {"not_yours": 1}


def test_starting_many_costs_no_more_statements(mei: Api, plan: dict[str, Any]) -> None:
    ids = [mei.customer(f"客户{n}")["id"] for n in range(14)]
    start(mei, plan, customer_ids=ids[:1])
    few = queries_of(lambda: start(mei, plan, customer_ids=ids[1:3]))
    assert queries_of(lambda: start(mei, plan, customer_ids=ids[3:])) == few
    assert PlaybookRun.objects.count() == 14
    assert Task.objects.count() == 14 * 3


def test_a_hand_over_takes_the_run_along(
    boss: Api, mei: Api, lin: Api, plan: dict[str, Any]
) -> None:
    one = mei.customer()
    start(mei, plan, customer_ids=[one["id"]])
    boss.patch(f"/customers/{one['id']}", {"version": 1, "owner_id": lin.id})
    assert run_of(lin, one)["person"]["id"] == lin.id
    assert set(Task.objects.values_list("assignee", flat=True)) == {lin.id}
    lin.post(f"/customers/{one['id']}/pool", {"reason": "没空"}, 204)
    run = run_of(boss, one)
    assert (run["state"], run["why"]) == ("stopped", "客户回到了公海")
    assert not Task.objects.filter(done_at=None).exists()


@pytest.mark.parametrize(
    ("way", "body", "why"),
    [
        ("pause", {"reason": "budget", "look_again_on": "2027-03-01"}, "客户已暂停跟进"),
        ("archive", {"reason": "won"}, "客户已归档"),
    ],
)
def test_who_is_put_away_has_no_plan(
    mei: Api, plan: dict[str, Any], way: str, body: dict[str, Any], why: str
) -> None:
    one = mei.customer()
    start(mei, plan, customer_ids=[one["id"]])
    mei.post(f"/customers/{one['id']}/{way}", body, 200)
    run = run_of(mei, one)
    assert (run["state"], run["why"]) == ("stopped", why)
    assert not Task.objects.filter(run=run["id"], done_at=None).exists()


def test_whose_plans_are_whose(boss: Api, mei: Api, lin: Api, plan: dict[str, Any]) -> None:
    own = mei.post("/playbooks", {"name": "我的", "steps": STEPS})
    assert own["owner"]["id"] == mei.id
    assert [one["name"] for one in mei.get("/playbooks")["items"]] == ["开发", "我的"]
    assert [one["name"] for one in lin.get("/playbooks")["items"]] == ["开发"]
    lin.patch(f"/playbooks/{own['id']}", {"version": 1, "name": "改了"}, 404)
    mei.patch(f"/playbooks/{plan['id']}", {"version": 1, "name": "改了"}, 403)
    mei.patch(f"/playbooks/{own['id']}", {"version": 1, "is_shared": True}, 403)
    mei.post("/playbooks", {"name": "大家的", "steps": STEPS, "is_shared": True}, 403)
    changed = mei.patch(f"/playbooks/{own['id']}", {"version": 1, "name": "我改了"})
    assert (changed["name"], changed["version"]) == ("我改了", 2)
    mei.patch(f"/playbooks/{own['id']}", {"version": 1, "name": "又改"}, 409)
    mei.delete(f"/playbooks/{own['id']}")
    assert [one["name"] for one in mei.get("/playbooks")["items"]] == ["开发"]
    start(mei, own, 404, customer_ids=[mei.customer()["id"]])
    auditor = Api(hire("审计甲", "check", "auditor"))
    auditor.post("/playbooks", {"name": "审计的", "steps": STEPS}, 403)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("content", "先问现状", "第 0 天 电话 首次电话：先问现状"),
        ("way", "wecom", "第 0 天 企业微信 首次电话：说清来意"),
        ("mail", True, "第 0 天 电话 首次电话：说清来意（由系统发邮件）"),
        ("title", "问候", "第 0 天 电话 问候：说清来意"),
    ],
)
def test_whatever_changes_of_a_step_is_kept_and_told(
    boss: Api, plan: dict[str, Any], field: str, value: Any, words: str
) -> None:
    steps = [{**STEPS[0], field: value}, *STEPS[1:]]
    boss.patch(f"/playbooks/{plan['id']}", {"version": 1, "steps": steps})
    (kept,) = boss.get("/playbooks")["items"]
    assert (kept["steps"][0][field], kept["version"]) == (value, 2)
    told = boss.get("/audit", q="", group="system")["items"][0]
    (change,) = told["changes"]
    assert (told["label"], change["label"]) == ("修改跟进计划", "步骤")
    assert change["new"].split("；")[0] == words


def test_only_customers_in_sight_are_counted(
    boss: Api, mei: Api, lin: Api, plan: dict[str, Any]
) -> None:
    start(mei, plan, customer_ids=[mei.customer(f"客户{n}")["id"] for n in "甲乙"])
    start(lin, plan, customer_ids=[lin.customer("客户丙")["id"]])
    counts = [by.get("/playbooks")["items"][0]["running"] for by in (mei, lin, boss)]
    assert counts == [2, 1, 3]
    changed = boss.patch(f"/playbooks/{plan['id']}", {"version": 1, "goal": "约到见面"})
    assert changed["running"] == 3


def test_runs_keep_the_steps_they_began_with(boss: Api, mei: Api, plan: dict[str, Any]) -> None:
    one = mei.customer()
    start(mei, plan, customer_ids=[one["id"]])
    boss.patch(f"/playbooks/{plan['id']}", {"version": 1, "steps": STEPS[:1]})
    assert run_of(mei, one)["total"] == 3
    assert boss.get("/playbooks")["items"][0]["running"] == 1
    boss.delete(f"/playbooks/{plan['id']}")
    assert run_of(mei, one)["state"] == "running"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"goal": "长" * 201}, "goal"),
        ({"steps": []}, "steps"),
        ({"steps": [{"title": "一步"}] * 31}, "steps"),
        ({"steps": [{"title": "一步"}, {"title": ""}]}, "steps.1.title"),
        ({"steps": [{"title": "一步", "after": 731}]}, "steps.0.after"),
        ({"steps": [{"title": "一步", "after": -1}]}, "steps.0.after"),
        ({"steps": [{"title": "一步", "way": "pigeon"}]}, "steps.0.way"),
        ({"steps": [{"title": "一步", "content": "长" * 2001}]}, "steps.0.content"),
    ],
)
def test_what_is_no_plan(mei: Api, body: dict[str, Any], field: str) -> None:
    refused = mei.post("/playbooks", {"name": "计划", "steps": STEPS, **body}, 422)
    assert field in wrong_fields(refused)
    assert not Playbook.objects.filter(name="计划").exists()


def test_the_shipped_plans(mei: Api) -> None:
    lay_shipped(Playbook, NOW)
    lay_shipped(Playbook, NOW)
    found = mei.get("/playbooks")["items"]
    assert [one["name"] for one in found] == [one.name for one in PLAYBOOKS]
    one = mei.customer(tier="growth")
    for plan in found:
        assert plan["goal"]
        assert all(step["content"] for step in plan["steps"])
        told = start(mei, plan, customer_ids=[one["id"]], agreed=True)
        assert told["started"] == 1
        run = run_of(mei, one)
        last = run["steps"][-1]["due_on"]
        until = NOW.date() + timedelta(days=plan["steps"][-1]["after"])
        assert last >= until.isoformat()
        mei.post(f"/playbook-runs/{run['id']}/stop", {"why": "看看"}, 200)


def merge(by: Api, survivor: dict[str, Any], absorbed: dict[str, Any]) -> dict[str, Any]:
    body = {"survivor_id": survivor["id"], "absorbed_ids": [absorbed["id"]], "chosen": {}}
    made: dict[str, Any] = by.post("/merges", body)
    return made


def test_a_merge_takes_a_run_along_and_gives_it_back(boss: Api, plan: dict[str, Any]) -> None:
    one, other = boss.customer("华为技术"), boss.customer("华为技术公司")
    start(boss, plan, customer_ids=[other["id"]])
    done = merge(boss, one, other)
    run = run_of(boss, one)
    assert (run["state"], run["done"], run["total"]) == ("running", 0, 3)
    assert start(boss, plan, customer_ids=[one["id"]])["skipped"] == 1
    boss.post(f"/merges/{done['id']}/undo", {}, 200)
    assert boss.get(f"/customers/{one['id']}/playbook-runs")["items"] == []
    back = run_of(boss, other)
    assert back["id"] == run["id"]
    boss.post(f"/playbook-runs/{back['id']}/stop", {"why": "不做了"}, 200)
    assert not Task.objects.filter(done_at=None).exists()


def test_of_a_plan_that_runs_with_both_one_goes_on(boss: Api, plan: dict[str, Any]) -> None:
    one, other = boss.customer("华为技术"), boss.customer("华为技术公司")
    third = boss.customer("华为技术有限")
    start(boss, plan, customer_ids=[one["id"], other["id"], third["id"]])
    first = run_of(boss, other)
    boss.post(f"/tasks/{first['steps'][0]['task_id']}/completion", {}, 200)
    open_before = list(
        Task.objects.filter(done_at=None).order_by("pk").values_list("pk", "remind_at")
    )
    assert len(open_before) == 8
    done = merge(boss, one, other)
    again = merge(boss, one, third)
    (run,) = boss.get(f"/customers/{one['id']}/playbook-runs")["items"]
    assert run["state"] == "running"
    open_now = Task.objects.filter(done_at=None)
    assert {task.run_id for task in open_now} == {run["id"]}
    assert open_now.count() == 3
    assert boss.get(f"/customers/{one['id']}")["next_follow_up_on"] == "2026-11-18"
    for merged in (again, done):
        boss.post(f"/merges/{merged['id']}/undo", {}, 200)
    for customer, steps_done in ((one, 0), (other, 1), (third, 0)):
        run = run_of(boss, customer)
        assert (run["state"], run["done"], run["why"]) == ("running", steps_done, "")
    open_after = Task.objects.filter(done_at=None).order_by("pk")
    assert list(open_after.values_list("pk", "remind_at")) == open_before
    assert boss.get(f"/customers/{other['id']}")["next_follow_up_on"] == "2026-12-08"
