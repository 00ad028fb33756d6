"""The time line of a customer: everything that happened, on the day it happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from tests.people import NOW, TODAY, Api, queries_of, wrong_fields
from zhike.care import bulk as care
from zhike.trail.models import Event


def log(api: Api, customer_id: int, content: str, **fields: Any) -> Any:
    body = {"way": "phone", "content": content, "agreed": True, **fields}
    return api.post(f"/customers/{customer_id}/follow-ups", body)


def bring_old_notes(api: Api, customer_id: int, days: list[date]) -> None:
    """Follow-ups of years ago, as an import brings them."""
    rows = [
        {"customer": customer_id, "contacted_on": day, "content": f"{day}", "way": "phone"}
        for day in days
    ]
    with transaction.atomic():
        care.add_follow_ups(actor=api.person, now=NOW, rows=rows, import_id=None)


def test_imported_notes_stand_on_their_own_day(mei: Api) -> None:
    file = mei.customer()
    log(mei, file["id"], "今天的")
    bring_old_notes(mei, file["id"], [date(2023, 5, 1), date(2024, 2, 29), date(2022, 1, 1)])
    log(mei, file["id"], "上周补记", contacted_on="2024-03-01")
    told = [(one["on"], one["body"]) for one in mei.story(file["id"], kind="follow_up")]
    assert told == [
        ("2026-11-18", "今天的"),
        ("2024-03-01", "上周补记"),
        ("2024-02-29", "2024-02-29"),
        ("2023-05-01", "2023-05-01"),
        ("2022-01-01", "2022-01-01"),
    ]
    assert all(one["at"].startswith("2026-11-18T02:00") for one in mei.story(file["id"]))


def test_pages_are_the_whole_story(mei: Api) -> None:
    file = mei.customer()
    # Many on one day, so that the day alone does not decide.
    bring_old_notes(mei, file["id"], [TODAY - timedelta(number // 4) for number in range(17)])
    log(mei, file["id"], "新的")
    whole = mei.story(file["id"], limit=100)
    assert len(whole) == 19
    keys = [(one["on"], one["id"]) for one in whole]
    assert keys == sorted(keys, reverse=True)
    found: list[Any] = []
    cursor = ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        page = mei.get(f"/customers/{file['id']}/timeline", limit=3, **more)
        found += page["items"]
        cursor = page["next"]
    assert found == whole


def test_kinds(mei: Api) -> None:
    file = mei.customer(contact_name="李女士", mobile="13812345678")
    pk, contact = file["id"], file["contacts"][0]["id"]
    log(mei, pk, "谈了", next={"on": "2026-11-20"})
    mei.post(f"/customers/{pk}/care-entries", {"way": "gift", "result": "送达"})
    mei.post(f"/customers/{pk}/feedback", {"score": 5})
    mei.post(f"/contacts/{contact}/reveals", {"field": "mobile"}, 200)
    mei.patch(f"/customers/{pk}", {"version": 1, "grade": "A"})
    mei.patch(f"/contacts/{contact}", {"version": 1, "title": "总监"})
    (task,) = mei.get("/tasks", customer=pk)["items"]
    mei.post(f"/tasks/{task['id']}/completion", status=200)
    kinds = [one["kind"] for one in mei.story(pk)]
    assert kinds == [
        *("task", "change", "change", "reveal", "feedback", "care", "follow_up", "created")
    ]
    for kind in set(kinds):
        told = mei.story(pk, kind=kind)
        assert {one["kind"] for one in told} == {kind}
        assert len(told) == kinds.count(kind)
    assert [one["verb"] for one in mei.story(pk, kind="change")] == [
        "contact.changed",
        "customer.changed",
    ]
    assert wrong_fields(mei.get(f"/customers/{pk}/timeline", 422, kind="gossip")) == {"kind"}


def test_a_task_taken_up_again_is_not_told_as_done(mei: Api) -> None:
    file = mei.customer()
    body = {"title": "发报价", "due_on": "2026-11-20", "customer_id": file["id"]}
    task = mei.post("/tasks", body)
    mei.post(f"/tasks/{task['id']}/completion", status=200)
    (told,) = mei.story(file["id"], kind="task")
    assert (told["title"], told["body"]) == ("待办", "发报价")
    mei.delete(f"/tasks/{task['id']}/completion", 200)
    assert mei.story(file["id"], kind="task") == []


def test_changes_are_told_in_words(mei: Api) -> None:
    file = mei.customer()
    mei.patch(
        f"/customers/{file['id']}",
        {
            "version": 1,
            "is_key": True,
            "cooperation_since": "2024-05-30",
            "deal_amount": 100,
            "need_status": "won",
            "industry": "零售",
        },
    )
    (told,) = mei.story(file["id"], kind="change")
    words = {one["label"]: one["new"] for one in told["detail"]["changes"]}
    assert words == {
        "重点客户": "是",
        "合作开始时间": "2024-05-30",
        "成交金额": "1.00 元",
        "需求状态": "已成交",
        "所属行业": "零售",
    }


def test_the_story_belongs_to_who_may_see_the_customer(mei: Api, lin: Api, boss: Api) -> None:
    file = mei.customer()
    log(mei, file["id"], "我的")
    path = f"/customers/{file['id']}/timeline"
    lin.get(path, 404)
    assert len(boss.get(path)["items"]) == 2
    boss.patch(f"/customers/{file['id']}", {"version": 1, "owner_id": lin.id})
    mei.get(path, 404)
    # The new owner reads who did what before.
    assert [one["actor"]["name"] for one in lin.get(path)["items"]] == [
        *("周管理", "王小梅", "王小梅")
    ]


def test_the_story_costs_the_same_however_long(mei: Api) -> None:
    file = mei.customer()

    def fill(count: int) -> None:
        for number in range(count):
            log(mei, file["id"], f"第{number}次")
            mei.post(f"/customers/{file['id']}/care-entries", {"way": "gift", "agreed": True})
            mei.post(f"/customers/{file['id']}/feedback", {"score": 5})

    fill(1)
    few = queries_of(lambda: mei.story(file["id"], limit=100))
    fill(15)
    assert len(mei.story(file["id"], limit=100)) == 49
    assert queries_of(lambda: mei.story(file["id"], limit=100)) == few


def test_every_write_leaves_an_event_with_its_request(mei: Api, boss: Api) -> None:
    file = mei.customer(contact_name="李女士")
    log(mei, file["id"], "谈了")
    boss.post("/departments", {"name": "华东"})
    boss.post("/tags", {"name": "高意向"})
    events = Event.objects.order_by("id")
    assert [one.verb for one in events] == [
        "customer.created",
        "follow_up.logged",
        "department.saved",
        "tag.saved",
    ]
    assert all(len(one.request_id) == 32 for one in events)
    assert len({one.request_id for one in events}) == 4
    assert [one.actor_id for one in events] == [mei.id, mei.id, boss.id, boss.id]
