"""Who is given something to do by a colleague is told, once for each time it is given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people import NOW, Api
from zhike.base import jobs
from zhike.care.models import Task
from zhike.trail.models import Notice

SOON = "2026-11-25"


def given(whom: Api) -> list[Notice]:
    return list(Notice.objects.filter(person_id=whom.id, kind="task_given").order_by("id"))


def add(by: Api, **fields: Any) -> Any:
    return by.post("/tasks", {"title": "寄样品", "due_on": SOON} | fields)


def reminded(whom: Api) -> list[str]:
    """What the sweep tells somebody right now."""
    jobs.enqueue("care.remind", {}, now=NOW)
    jobs.run_due(NOW + timedelta(minutes=1))
    found = Notice.objects.filter(person_id=whom.id).exclude(kind="task_given")
    return list(found.values_list("title", flat=True))


def talk(by: Api, customer: dict[str, Any], *todos: dict[str, Any]) -> Any:
    body = {"way": "phone", "content": "谈过", "todos": list(todos), "agreed": True}
    return by.post(f"/customers/{customer['id']}/follow-ups", body)


def todo(whom: Api, title: str = "寄样品") -> dict[str, Any]:
    return {"title": title, "due_on": SOON, "assignee_id": whom.id}


def test_a_new_one(mei: Api, lin: Api) -> None:
    file = mei.customer()
    made = add(mei, customer_id=file["id"], assignee_id=lin.id, due_time="15:00")
    (one,) = given(lin)
    assert one.title == "王小梅给你一件待办：寄样品（华为技术有限公司）"
    assert one.body == "时间：11月25日 15:00"
    assert (one.customer_id, one.record_type, one.record_id) == (file["id"], "task", made["id"])
    assert given(mei) == []
    (shown,) = lin.get("/notices")["items"]
    assert shown["customer"] is None, "it is none of hers to see"


def test_ones_own_is_no_news(mei: Api, lin: Api) -> None:
    made = add(mei)
    mei.patch(f"/tasks/{made['id']}", {"version": 1, "title": "寄两份"})
    assert not Notice.objects.filter(kind="task_given").exists()


def test_one_that_changes_hands(boss: Api, mei: Api, lin: Api) -> None:
    made = add(boss, assignee_id=mei.id)
    boss.patch(f"/tasks/{made['id']}", {"version": 1, "title": "寄样品册"})
    assert len(given(mei)) == 1, "another title is no other task"
    boss.patch(f"/tasks/{made['id']}", {"version": 2, "assignee_id": lin.id})
    boss.patch(f"/tasks/{made['id']}", {"version": 3, "assignee_id": mei.id})
    assert [one.title for one in given(lin)] == ["周管理给你一件待办：寄样品册"]
    assert len(given(mei)) == 2
    mei.patch(f"/tasks/{made['id']}", {"version": 4, "assignee_id": boss.id})
    assert [one.title for one in given(boss)] == ["王小梅给你一件待办：寄样品册"]


def test_one_who_takes_it_themselves_is_not_told(boss: Api, mei: Api) -> None:
    made = add(boss, assignee_id=mei.id)
    boss.patch(f"/tasks/{made['id']}", {"version": 1, "assignee_id": boss.id})
    assert given(boss) == []


def test_a_planned_follow_up(boss: Api, mei: Api) -> None:
    file = mei.customer()
    plan = {"kind": "follow_up", "title": "发报价", "customer_id": file["id"]}
    boss.post("/tasks", plan | {"due_on": "2026-11-19", "assignee_id": mei.id, "materials": "册子"})
    (one,) = given(mei)
    assert one.title == "周管理请你跟进华为技术有限公司：发报价"
    assert one.body == "时间：明天\n需准备：册子"


def test_follow_ups_planned_with_many_at_once(boss: Api, mei: Api, lin: Api) -> None:
    of_mei = [mei.customer(f"久未联系{n}")["id"] for n in range(4)]
    of_lin = lin.customer("林家纸业")["id"]
    plan = {"due_on": "2026-11-18", "title": "问问近况"}
    boss.post("/plans", plan | {"customer_ids": [*of_mei, of_lin]}, 200)
    (one,) = given(mei)
    assert one.title == "周管理请你跟进 4 位客户：问问近况"
    assert one.body == "时间：今天\n久未联系0、久未联系1、久未联系2等 4 位"
    (other,) = given(lin)
    assert other.title == "周管理请你跟进林家纸业：问问近况"
    assert other.customer_id == of_lin
    assert given(boss) == []
    assert reminded(mei) == [], "they were just told"
    own = mei.customer("自己的")["id"]
    mei.post("/plans", plan | {"customer_ids": [own]}, 200)
    assert len(given(mei)) == 1


def test_what_was_promised_in_a_talk(mei: Api, lin: Api) -> None:
    talk(mei, mei.customer(), todo(lin), todo(mei, "写报价"), todo(lin, "订会议室"))
    assert [one.title for one in given(lin)] == [
        "王小梅给你一件待办：寄样品（华为技术有限公司）",
        "王小梅给你一件待办：订会议室（华为技术有限公司）",
    ]
    assert given(mei) == []


def test_a_talk_without_anything_for_others_costs_no_more(mei: Api, lin: Api) -> None:
    """Logging a follow-up has a tight budget: nobody is looked for where there is nobody."""
    file = mei.customer()
    talk(mei, file, todo(mei))
    with CaptureQueriesContext(connection) as asked:
        talk(mei, file, todo(mei))
    about = [one["sql"] for one in asked.captured_queries if "zhike_notice" in one["sql"]]
    assert about == []
    with CaptureQueriesContext(connection) as asked:
        talk(mei, file, todo(lin))
    assert any("zhike_notice" in one["sql"] for one in asked.captured_queries)


def test_it_is_not_told_twice_at_once(mei: Api, lin: Api) -> None:
    """What is planned for a moment that is over is told now, by the one notice."""
    add(mei, due_on="2026-11-18", assignee_id=lin.id)
    assert len(given(lin)) == 1
    assert reminded(lin) == []
    assert Task.objects.get(title="寄样品").remind_at is not None, (
        "the next morning is still to come"
    )


def test_the_next_of_a_series_is_not_given_anew(boss: Api, mei: Api) -> None:
    made = add(boss, assignee_id=mei.id, repeat="day")
    assert len(given(mei)) == 1
    boss.post(f"/tasks/{made['id']}/completion", status=200)
    assert Task.objects.filter(series=made["series"]).count() == 2
    assert len(given(mei)) == 1


def test_a_later_one_of_a_series_that_changes_hands(boss: Api, mei: Api, lin: Api) -> None:
    made = add(boss, assignee_id=mei.id, repeat="day")
    boss.post(f"/tasks/{made['id']}/completion", status=200)
    later = Task.objects.get(series=made["series"], done_at=None)
    boss.patch(f"/tasks/{later.pk}", {"version": later.version, "assignee_id": lin.id})
    (one,) = given(lin)
    assert (one.record_id, len(given(mei))) == (later.pk, 1)


def test_what_is_taken_back_needs_nobody(mei: Api, lin: Api) -> None:
    made = talk(mei, mei.customer(), todo(lin))
    assert lin.get("/notices/summary") == {"unread": 1}
    mei.post(f"/follow-ups/{made['id']}/undoing", status=204)
    assert lin.get("/notices/summary") == {"unread": 0}


def test_what_is_deleted_needs_nobody(mei: Api, lin: Api) -> None:
    about = add(mei, customer_id=mei.customer()["id"], assignee_id=lin.id)
    alone = add(mei, assignee_id=lin.id)
    other = add(mei, assignee_id=lin.id)
    for made in (about, alone):
        mei.delete(f"/tasks/{made['id']}")
    (left,) = lin.get("/notices", unread=True)["items"]
    assert left["record"] == {"type": "task", "id": other["id"]}


def test_what_is_done_needs_nobody(mei: Api, lin: Api) -> None:
    about = add(mei, customer_id=mei.customer()["id"], assignee_id=lin.id)
    alone = add(mei, assignee_id=lin.id)
    other = add(mei, assignee_id=lin.id)
    for made in (about, alone):
        lin.post(f"/tasks/{made['id']}/completion", status=200)
    (left,) = lin.get("/notices", unread=True)["items"]
    assert left["record"] == {"type": "task", "id": other["id"]}


def test_the_talk_one_was_reminded_of_needs_no_reminder(boss: Api, mei: Api) -> None:
    """A plan for a later day stays to be read where the talk leaves it as it is."""
    file, later = mei.customer(), mei.customer("林家纸业")
    plan = {"kind": "follow_up", "title": "发报价", "assignee_id": mei.id}
    boss.post("/tasks", plan | {"customer_id": file["id"], "due_on": "2026-11-18"})
    boss.post("/tasks", plan | {"customer_id": later["id"], "due_on": SOON, "agreed": True})
    assert mei.get("/notices/summary") == {"unread": 2}
    for one in (file, later):
        mei.post(f"/customers/{one['id']}/follow-ups", {"way": "phone", "content": "谈过"})
    (left,) = mei.get("/notices", unread=True)["items"]
    assert left["customer"]["id"] == later["id"]


def test_the_names_of_many_go_with_the_customers(boss: Api, mei: Api) -> None:
    ids = [mei.customer(f"久未联系{n}")["id"] for n in range(2)]
    boss.post("/plans", {"due_on": SOON, "title": "问候", "customer_ids": ids}, 200)
    assert "久未联系1" in given(mei)[0].body
    boss.delete(f"/customers/{ids[1]}")
    jobs.enqueue("trash.empty", {}, now=NOW + timedelta(days=31))
    jobs.run_due(NOW + timedelta(days=31))
    assert given(mei) == []


def test_whose_customer_is_out_of_sight(boss: Api, mei: Api, lin: Api) -> None:
    """The row tells whether there is a file to open."""
    file = mei.customer()
    add(boss, customer_id=file["id"], assignee_id=lin.id, due_on="2026-11-18")
    (row,) = lin.get("/today")["due"]
    assert (row["customer"]["name"], row["customer"]["in_sight"]) == (file["name"], False)
    rows = boss.get("/tasks", scope="open", customer=file["id"])["items"]
    assert {row["customer"]["in_sight"] for row in rows} == {True}
    lin.get(f"/customers/{file['id']}", 404)


def test_the_giver_learns_that_the_customer_is_out_of_sight(boss: Api, mei: Api, lin: Api) -> None:
    about = {"customer_id": mei.customer()["id"]}
    assert add(boss, **about, assignee_id=lin.id)["assignee_sees"] is False
    made = add(boss, **about, assignee_id=mei.id)
    assert made["assignee_sees"] is True
    passed = boss.patch(f"/tasks/{made['id']}", {"version": 1, "assignee_id": lin.id})
    assert passed["assignee_sees"] is False
    assert add(boss, **about)["assignee_sees"] is True
    assert add(boss, assignee_id=lin.id)["assignee_sees"] is True
