"""Tasks and the start page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.people import NOW, Api, queries_of, wrong_fields
from zhike.trail.models import Event


def add(api: Api, title: str = "发报价", due_on: str = "2026-11-18", **fields: Any) -> Any:
    return api.post("/tasks", {"title": title, "due_on": due_on, **fields})


def titles(api: Api, scope: str, **query: Any) -> list[str]:
    return [one["title"] for one in api.get("/tasks", scope=scope, **query)["items"]]


def test_a_task_for_oneself(mei: Api) -> None:
    made = add(mei, due_time="09:30", materials="报价单")
    made.pop("id")
    assert made == {
        "version": 1,
        "kind": "todo",
        "title": "发报价",
        "materials": "报价单",
        "due_on": "2026-11-18",
        "due_time": "09:30:00",
        "done_at": None,
        "customer": None,
        "assignee": {"id": mei.id, "name": "王小梅"},
        "assignee_sees": True,
        "way": "",
        "why": "",
        "remind_before": None,
        "remind_at": "2026-11-19T01:00:00Z",  # its time is over: tomorrow, if it is still open
        "repeat": "",
        "repeat_every": 1,
        "repeat_until": None,
        "series": None,
    }


def test_a_planned_follow_up_of_a_customer(mei: Api) -> None:
    file = mei.customer(contact_name="李女士", mobile="13812345678", is_key=True)
    made = add(mei, "", "2026-11-20", kind="follow_up", customer_id=file["id"])
    assert made["customer"] == {
        "id": file["id"],
        "name": file["name"],
        "code": file["code"],
        "is_key": True,
        "in_sight": True,
        "contact_id": file["contacts"][0]["id"],
        "contact_name": "李女士",
        "phone": "138****5678",
    }
    detail = mei.get(f"/customers/{file['id']}")
    assert detail["next_follow_up_on"] == "2026-11-20"


def test_scopes(mei: Api) -> None:
    add(mei, "昨天", "2026-11-17")
    add(mei, "今天", "2026-11-18")
    add(mei, "明天", "2026-11-19")
    done = add(mei, "做完", "2026-11-16")
    mei.post(f"/tasks/{done['id']}/completion", status=200)
    assert titles(mei, "overdue") == ["昨天"]
    assert titles(mei, "today") == ["今天"]
    assert titles(mei, "coming") == ["明天"]
    assert titles(mei, "open") == ["昨天", "今天", "明天"]
    assert titles(mei, "done") == ["做完"]
    assert wrong_fields(mei.get("/tasks", 422, scope="everything")) == {"scope"}


@pytest.mark.parametrize("scope", ["open", "done"])
def test_pages_are_the_whole_list(mei: Api, scope: str) -> None:
    for number in range(8):
        made = add(mei, f"第{number}件", f"2026-11-{20 + number // 3}")
        if scope == "done":
            mei.post(f"/tasks/{made['id']}/completion", status=200)
    whole = titles(mei, scope)
    assert len(whole) == 8
    found: list[str] = []
    cursor = ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        page = mei.get("/tasks", scope=scope, limit=3, **more)
        found += [one["title"] for one in page["items"]]
        cursor = page["next"]
    assert found == whole


@pytest.mark.parametrize(
    "cursor",
    ["x", "W10", "WzFd", "W251bGwsMV0", "WyJhIiwxXQ", "WyIwMDAwLTAwLTAwIiwxXQ", "WzFlOTk5XQ"],
)
def test_a_forged_cursor_is_refused_or_harmless(mei: Api, cursor: str) -> None:
    file = mei.customer()
    for path, query in (
        ("/tasks", {"scope": "open"}),
        ("/tasks", {"scope": "done"}),
        (f"/customers/{file['id']}/timeline", {}),
    ):
        response = mei.call("GET", path, cursor=cursor, **query)
        assert response.status_code in (200, 422)


def test_done_once_however_often(mei: Api, digest: Callable[[], str]) -> None:
    file = mei.customer()
    made = add(mei, customer_id=file["id"], kind="follow_up")
    path = f"/tasks/{made['id']}/completion"
    done = mei.post(path, status=200)
    assert done["done_at"].startswith("2026-11-18T02:00")
    assert mei.get(f"/customers/{file['id']}")["next_follow_up_on"] is None
    before = digest()
    assert mei.post(path, status=200) == done
    assert digest() == before
    assert Event.objects.filter(verb="task.done").count() == 1
    again = mei.delete(path, 200)
    assert again["done_at"] is None
    assert mei.get(f"/customers/{file['id']}")["next_follow_up_on"] == "2026-11-18"
    before = digest()
    mei.delete(path, 200)
    assert digest() == before


def test_put_off_and_handed_on(mei: Api, lin: Api) -> None:
    file = mei.customer()
    made = add(mei, customer_id=file["id"], kind="follow_up")
    path = f"/tasks/{made['id']}"
    later = mei.patch(path, {"version": 1, "due_on": "2026-11-30", "due_time": "14:00"})
    assert (later["version"], later["due_on"], later["due_time"]) == (2, "2026-11-30", "14:00:00")
    assert mei.get(f"/customers/{file['id']}")["next_follow_up_on"] == "2026-11-30"
    assert mei.patch(path, {"version": 1, "due_on": "2026-12-01"}, 409)["code"] == "stale"
    handed = mei.patch(path, {"version": 2, "assignee_id": lin.id, "due_time": None})
    assert (handed["assignee"]["name"], handed["due_time"]) == ("林冲", None)
    assert titles(mei, "open") == []
    assert titles(lin, "open") == ["发报价"]
    # Who made it still sees it among the customer's tasks.
    assert titles(mei, "open", customer=file["id"]) == ["发报价"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"title": 7}, "title"),
        ({"due_on": None}, "due_on"),
        ({"due_on": "0001-01-01"}, "due_on"),
        ({"due_on": "9999-12-31"}, "due_on"),
        ({"due_on": "tomorrow"}, "due_on"),
        ({"due_time": "25:00"}, "due_time"),
        ({"materials": "长" * 201}, "materials"),
        ({"assignee_id": 4711}, "assignee_id"),
        ({"assignee_id": 0}, "assignee_id"),
        ({"assignee_id": 10**30}, "assignee_id"),
    ],
)
def test_wrong_input_names_the_field(
    mei: Api, digest: Callable[[], str], fields: dict[str, Any], field: str
) -> None:
    made = add(mei)
    before = digest()
    body = {"title": "x", "due_on": "2026-11-20", **fields}
    assert wrong_fields(mei.post("/tasks", body, 422)) == {field}
    assert wrong_fields(mei.patch(f"/tasks/{made['id']}", {"version": 1, **fields}, 422)) == {field}
    assert digest() == before


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "nap"}, "kind"),
        ({"kind": None}, "kind"),
        ({"kind": "follow_up"}, "customer_id"),
        ({"done_at": "2026-11-18T00:00:00Z"}, "done_at"),
    ],
)
def test_a_new_task_is_checked(
    mei: Api, digest: Callable[[], str], fields: dict[str, Any], field: str
) -> None:
    before = digest()
    body = mei.post("/tasks", {"title": "x", "due_on": "2026-11-20", **fields}, 422)
    assert wrong_fields(body) == {field}
    assert digest() == before


def test_tasks_of_a_deleted_customer_are_gone_with_it(mei: Api) -> None:
    file = mei.customer()
    made = add(mei, customer_id=file["id"])
    mei.delete(f"/customers/{file['id']}")
    assert titles(mei, "open") == []
    mei.post(f"/tasks/{made['id']}/completion", status=404)
    assert mei.get("/today")["counts"]["due"] == 0
    mei.post(f"/customers/{file['id']}/restoration", status=200)
    assert titles(mei, "open") == ["发报价"]


def test_no_task_for_a_leaver(boss: Api, mei: Api, lin: Api) -> None:
    boss.dismiss(lin)
    body = {"title": "x", "due_on": "2026-11-20", "assignee_id": lin.id}
    assert wrong_fields(mei.post("/tasks", body, 422)) == {"assignee_id"}


# --- the start page


def test_today(mei: Api, lin: Api, frozen: Any) -> None:
    file = mei.customer("华为", is_key=True)
    lin.customer("别人的")
    add(mei, "昨天", "2026-11-17")
    add(mei, "下午", "2026-11-18", due_time="15:00", customer_id=file["id"])
    add(mei, "上午", "2026-11-18", due_time="09:00")
    add(mei, "下周三", "2026-11-25")
    add(mei, "下周四", "2026-11-26")
    add(lin, "林的", "2026-11-18")
    done = add(mei, "做完", "2026-11-10")
    mei.post(f"/tasks/{done['id']}/completion", status=200)
    for day in ("2026-11-15", "2026-11-16", "2026-11-18"):
        body = {"way": "phone", "content": "谈了", "contacted_on": day, "agreed": True}
        mei.post(f"/customers/{file['id']}/follow-ups", body)
    page = mei.get("/today")
    assert (page["date"], page["weekday"], page["is_workday"]) == ("2026-11-18", "周三", True)
    assert [one["title"] for one in page["overdue"]] == ["昨天"]
    assert [one["title"] for one in page["due"]] == ["上午", "下午"]
    assert [one["title"] for one in page["coming"]] == ["下周三"]
    assert [one["name"] for one in page["new_customers"]] == ["华为"]
    assert page["counts"] == {
        "overdue": 1,
        "due": 2,
        "coming": 1,
        "done_today": 1,
        "customers": 1,
        "follow_ups_week": 2,
    }
    frozen.move_to(NOW + timedelta(hours=14))  # past midnight in Shanghai
    page = mei.get("/today")
    assert page["date"] == "2026-11-19"
    assert len(page["overdue"]) == 3
    assert page["counts"]["done_today"] == 0


def test_the_start_page_costs_the_same_however_much_there_is_to_do(mei: Api) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            file = mei.customer(f"客户{number}", contact_name="李", mobile="13812345678")
            for day in ("2026-11-17", "2026-11-18", "2026-11-19"):
                add(mei, f"{day}", day, customer_id=file["id"])

    fill(2)
    calls = [lambda: mei.get("/today"), lambda: mei.get("/tasks", scope="open", limit=200)]
    few = [queries_of(call) for call in calls]
    fill(12)
    assert len(mei.get("/tasks", scope="open", limit=200)["items"]) == 42
    assert [queries_of(call) for call in calls] == few
    assert max(few) <= 14


def test_open_tasks_go_to_the_new_owner(boss: Api, mei: Api, lin: Api) -> None:
    customer = mei.customer("交接有限公司")
    plan = mei.post(
        "/tasks",
        {
            "customer_id": customer["id"],
            "kind": "follow_up",
            "title": "回访",
            "due_on": "2026-11-20",
        },
    )
    done = mei.post(
        "/tasks", {"customer_id": customer["id"], "title": "寄样", "due_on": "2026-11-19"}
    )
    mei.post(f"/tasks/{done['id']}/completion", status=200)
    file = boss.get(f"/customers/{customer['id']}")
    boss.patch(f"/customers/{customer['id']}", {"version": file["version"], "owner_id": lin.id})
    assert [task["id"] for task in lin.get("/today")["coming"]] == [plan["id"]]
    assert mei.get("/today")["coming"] == []
    changed = [one for one in boss.story(customer["id"]) if one["kind"] == "change"]
    assert changed[0]["detail"]["changes"][0]["label"] == "负责人"


def test_a_customer_goes_to_a_colleague_of_the_same_name(boss: Api, mei: Api, lin: Api) -> None:
    lin.person.name = mei.person.name
    lin.person.save()
    customer = mei.customer("同名同事有限公司")
    boss.patch(f"/customers/{customer['id']}", {"version": 1, "owner_id": lin.id})
    assert lin.get(f"/customers/{customer['id']}")["owner"]["id"] == lin.id


def test_of_the_pool_the_contact_is_masked(boss: Api, mei: Api) -> None:
    file = mei.customer(contact_name="李晓红", contact_title="经理", mobile="13812345678")
    add(mei, customer_id=file["id"])
    mei.post(f"/customers/{file['id']}/pool", {"reason": "没空"}, 204)
    for one, name in ((mei, "李"), (boss, "李晓红")):
        (task,) = one.get("/tasks", customer=file["id"])["items"]
        assert task["customer"]["phone"] == "138****5678"
        assert task["customer"]["contact_name"].startswith(name)
        assert ("晓红" in task["customer"]["contact_name"]) is (one is boss)
