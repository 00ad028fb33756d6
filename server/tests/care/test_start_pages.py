"""The start pages: a person's day, and how far the team is (R28, R33)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import TODAY, Api, hire, queries_of
from zhike.access.models import Department
from zhike.care.models import FollowUp, Task
from zhike.customers.models import Customer


def test_the_whole_day_in_six_statements(boss: Api, mei: Api, lin: Api) -> None:
    boss.patch("/pool-rules", {"is_on": True, "new_days": 3})
    one = mei.customer()
    other = lin.customer("林冲的客户")
    for n in range(60):
        due = (TODAY - timedelta(days=n)).isoformat()
        mei.post("/tasks", {"title": f"事{n}", "due_on": due, "customer_id": one["id"]})
    lin.post(
        "/tasks",
        {
            "title": "帮忙",
            "due_on": TODAY.isoformat(),
            "customer_id": other["id"],
            "assignee_id": mei.id,
        },
    )
    page = mei.get("/today")
    assert page["counts"]["overdue"] == 59
    assert len(page["overdue"]) == 50
    assert {task["title"] for task in page["due"]} == {"事0", "帮忙"}
    assert [one["id"] for one in page["pool"]["falling"]] == [one["id"]]
    assert queries_of(lambda: mei.get("/today")) <= 6


def test_the_day_says_what_comes_up(boss: Api, mei: Api, lin: Api) -> None:
    one = mei.customer(cooperation_until="2026-12-20", birthday="")
    kept = lin.customer("放回的")
    lin.post(f"/customers/{kept['id']}/pool", {"reason": "没空"}, 204)
    todos = [{"title": "寄样品", "due_on": "2026-11-20"}]
    mei.post(
        f"/customers/{one['id']}/follow-ups", {"way": "phone", "content": "谈了", "todos": todos}
    )
    page = mei.get("/today")
    assert [task["title"] for task in page["promises"]] == ["寄样品"]
    assert page["promises"][0] in page["coming"]
    assert page["pool"] == {"new": 1, "falling": []}
    assert page["late_rate"] == 0
    assert [item["id"] for item in page["new_customers"]] == [one["id"]]
    assert page["counts"]["customers"] == 1
    assert page["counts"]["follow_ups_week"] == 1


def test_key_dates_are_those_one_may_read(mei: Api, frozen: Any) -> None:
    one = mei.customer(cooperation_until="2026-11-24")
    contact = mei.post(
        f"/customers/{one['id']}/contacts", {"name": "李女士", "birthday": "1990-11-20"}
    )
    days = mei.get("/today")["key_dates"]
    assert [(day["kind"], day["on"], day["days_left"]) for day in days] == [
        ("birthday", "2026-11-20", 2),
        ("contract_end", "2026-11-24", 6),
    ]
    assert days[0]["contact"] == {"id": contact["id"], "name": "李女士"}
    listed = mei.get("/key-dates", **{"from": "2026-11-18", "to": "2026-11-25"})["items"]
    assert days == listed
    role = mei.person.role
    role.granted["fields"]["cooperation"] = "hidden"
    role.save()
    mei.client.force_login(type(mei.person).objects.get(pk=mei.id))
    assert [day["kind"] for day in mei.get("/today")["key_dates"]] == ["birthday"]


def test_late_records_are_counted(mei: Api) -> None:
    one = mei.customer()
    for day in ("2026-10-20", "2026-11-02"):
        body = {"way": "phone", "content": "补记", "contacted_on": day, "agreed": True}
        mei.post(f"/customers/{one['id']}/follow-ups", body)
    mei.post(
        f"/customers/{one['id']}/follow-ups", {"way": "phone", "content": "当天", "agreed": True}
    )
    assert FollowUp.objects.filter(is_late=True).count() == 2
    assert mei.get("/today")["late_rate"] == round(2 / 3, 3)


def test_a_lead_needs_no_more_statements(boss: Api, mei: Api, lin: Api) -> None:
    house = Department.objects.create(name="销售部", path="/1/")
    for who in (mei, lin):
        who.person.department = house
        who.person.save()
    lead = Api(hire("陈主管", "chen", "sales_lead", house))
    one = lin.customer("林冲的客户")
    body = {"title": "看看", "due_on": TODAY.isoformat(), "customer_id": one["id"]}
    lin.post("/tasks", {**body, "assignee_id": lead.id})
    page = lead.get("/today")
    assert page["due"][0]["customer"]["name"] == "林冲的客户"
    assert queries_of(lambda: lead.get("/today")) <= 6


def test_the_team_at_a_glance(boss: Api, mei: Api, lin: Api) -> None:
    house = Department.objects.create(name="销售部", path="/1/")
    for who in (mei, lin):
        who.person.department = house
        who.person.save()
    lead = Api(hire("陈主管", "chen", "sales_lead", house))
    one = mei.customer()
    lin.customer("没有计划的")
    for day in ("2026-11-10", "2026-11-17", "2026-11-18"):
        body = {"kind": "follow_up", "customer_id": one["id"], "due_on": day, "agreed": True}
        mei.post("/tasks", body)
    late = {"way": "phone", "content": "补记", "contacted_on": "2026-11-01", "agreed": True}
    lin.post(f"/customers/{lin.customer('另一位')['id']}/follow-ups", late)
    rows = {row["person"]["name"]: row for row in lead.get("/team-today")}
    assert list(rows) == ["王小梅", "林冲", "陈主管"]  # who is furthest behind first
    assert rows["王小梅"] == {
        "person": {"id": mei.id, "name": "王小梅", "department": "销售部"},
        "overdue": 2,
        "due": 1,
        "oldest_overdue_on": "2026-11-10",
        "unplanned": 0,
        "late": 0,
        "late_rate": None,
    }
    assert (rows["林冲"]["unplanned"], rows["林冲"]["late"], rows["林冲"]["late_rate"]) == (1, 1, 1)
    assert queries_of(lambda: lead.get("/team-today")) <= 6
    few = queries_of(lambda: lead.get("/team-today"))
    for n in range(5):
        hire(f"新人{n}", f"new{n}", department=house)
    assert queries_of(lambda: lead.get("/team-today")) == few
    assert len(boss.get("/team-today")) == 9
    mei.get("/team-today", 403)


def test_a_number_of_the_team_opens_the_tasks_behind_it(boss: Api, mei: Api, lin: Api) -> None:
    for day, title in (("2026-11-10", "晚了"), ("2026-11-18", "今天的"), ("2026-12-01", "以后的")):
        mei.post("/tasks", {"title": title, "due_on": day})
    lin.post("/tasks", {"title": "林冲的", "due_on": "2026-11-10"})

    def titles(who: Api, scope: str) -> list[str]:
        page = who.get(f"/tasks?scope={scope}&assignee={mei.id}")
        return [one["title"] for one in page["items"]]

    assert titles(boss, "overdue") == ["晚了"]
    assert titles(boss, "today") == ["今天的"]
    assert titles(boss, "open") == ["晚了", "今天的", "以后的"]
    assert titles(lin, "open") == []  # leads nobody


@pytest.mark.parametrize("role", ["service", "marketing", "auditor", "service_lead"])
def test_every_role_has_a_day(boss: Api, mei: Api, role: str) -> None:
    mei.customer()
    page = Api(hire("某人", "somebody", role)).get("/today")
    assert page["counts"]["customers"] == 0
    assert page["new_customers"] == []
    assert Task.objects.filter(assignee=None).count() == 0
    assert Customer.objects.count() == 1


def test_the_late_records_behind_the_number(boss: Api, mei: Api, lin: Api) -> None:
    one = mei.customer()

    def talk(content: str, on: str) -> None:
        body = {"way": "visit", "content": content, "contacted_on": on, "agreed": True}
        mei.post(f"/customers/{one['id']}/follow-ups", body)

    for content, on in (
        ("太久以前", "2026-10-01"),
        ("补记甲", "2026-11-02"),
        ("当天", "2026-11-18"),
    ):
        talk(content, on)
    talk("补记乙 " + "很长" * 100, "2026-11-03")

    def told(who: Api, **query: Any) -> list[str]:
        return [late["content"][:3] for late in who.get("/late-follow-ups", **query)["items"]]

    assert told(mei) == ["补记乙", "补记甲"]
    assert told(boss, person=mei.id) == ["补记乙", "补记甲"]
    (row,) = [row for row in boss.get("/team-today") if row["person"]["id"] == mei.id]
    assert row["late"] == 2
    page = mei.get("/late-follow-ups", limit=1)
    (first,) = page["items"]
    assert first["customer"] == {"id": one["id"], "name": one["name"], "is_key": False}
    assert (first["way"], first["contacted_on"]) == ("拜访", "2026-11-03")
    assert first["recorded_on"] == TODAY.isoformat()
    assert len(first["content"]) == 120
    assert told(mei, limit=1, cursor=page["next"]) == ["补记甲"]
    assert mei.get("/late-follow-ups", limit=1, cursor=page["next"])["next"] is None
    assert told(lin, person=mei.id) == []  # nobody they lead
    assert told(boss) == []
    mei.get("/late-follow-ups", 422, person=0)
