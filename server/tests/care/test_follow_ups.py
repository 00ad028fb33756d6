"""Logging a contact with a customer: what it moves, what it plans, and how it is corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction
from msgspec import structs

from tests.people import NOW, TODAY, Api, wrong_fields
from zhike.access.models import Person, Role
from zhike.access.rights import Scope
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.customers.models import Customer
from zhike.trail import models as trail

TODO = {"title": "发报价", "due_on": "2026-11-20"}


@pytest.fixture
def file(mei: Api) -> dict[str, Any]:
    return mei.customer(contact_name="李女士", mobile="13812345678")


def log(api: Api, customer_id: int, status: int = 201, **fields: Any) -> Any:
    body = {"way": "phone", "content": "谈了云服务", "agreed": True, **fields}
    return api.post(f"/customers/{customer_id}/follow-ups", body, status)


def dates(api: Api, customer_id: int) -> tuple[str | None, str | None]:
    file = api.get(f"/customers/{customer_id}")
    (row,) = [one for one in api.get("/customers")["items"] if one["id"] == customer_id]
    found = file["last_follow_up_on"], file["next_follow_up_on"]
    assert (row["last_follow_up_on"], row["next_follow_up_on"]) == found
    return found


def plans(api: Api, customer_id: int) -> list[tuple[str, str]]:
    items = api.get("/tasks", customer=customer_id)["items"]
    return [(one["due_on"], one["title"]) for one in items if one["kind"] == "follow_up"]


def test_the_dates_move_at_once(mei: Api, file: dict[str, Any]) -> None:
    assert dates(mei, file["id"]) == (None, None)
    made = log(mei, file["id"], next={"on": "2026-11-25"})
    assert made["contacted_on"] == "2026-11-18"
    assert dates(mei, file["id"]) == ("2026-11-18", "2026-11-25")
    log(mei, file["id"], contacted_on="2026-11-10")
    assert dates(mei, file["id"]) == ("2026-11-18", "2026-11-25")


def test_everything_that_was_said_is_on_the_time_line(mei: Api, file: dict[str, Any]) -> None:
    said = {
        "way": "visit",
        "content": "介绍方案\n报价 50 万",
        "customer_feedback": "价格偏高",
        "solution": "分期",
        "response": "doubtful",
        "objection": "预算",
        "result": "下周再谈",
    }
    log(mei, file["id"], contact_id=file["contacts"][0]["id"], **said)
    told = mei.story(file["id"])[0]
    assert (told["kind"], told["title"], told["body"]) == ("follow_up", "拜访", said["content"])
    assert told["actor"] == {"id": mei.id, "name": "王小梅"}
    detail = told["detail"]
    assert detail["contact"] == "李女士"
    for name in ("customer_feedback", "solution", "response", "objection", "result"):
        assert detail[name] == said[name]


def test_what_was_promised_stands_with_the_talk(mei: Api, lin: Api, file: dict[str, Any]) -> None:
    todos = [TODO, {"title": "寄样品", "due_on": "2026-11-19", "assignee_id": lin.id}]
    log(
        mei, file["id"], next={"on": "2026-11-25", "time": "10:00", "matter": "签合同"}, todos=todos
    )
    (sent,) = [
        one for one in mei.get("/tasks", customer=file["id"])["items"] if one["title"] == "发报价"
    ]
    mei.post(f"/tasks/{sent['id']}/completion", None, 200)
    told = [one for one in mei.story(file["id"]) if one["kind"] == "follow_up"]
    found = [tuple(one.values()) for one in told[0]["detail"]["promised"]]
    assert found == [
        ("follow_up", "签合同", "2026-11-25", "10:00", "王小梅", False),
        ("todo", "寄样品", "2026-11-19", None, lin.person.name, False),
        ("todo", "发报价", "2026-11-20", None, "王小梅", True),
    ]
    log(mei, file["id"])  # what comes next is the rule's
    assert mei.story(file["id"])[0]["detail"]["promised"] == []


def test_whose_tasks_are_out_of_reach_reads_the_talk_alone(
    boss: Api, mei: Api, lin: Api, file: dict[str, Any]
) -> None:
    rights = boss.person.role.rights
    narrow = structs.replace(rights, scopes=rights.scopes | {"task": Scope("own")})
    role = Role.objects.create(key="narrow", name="看不到别人的待办", granted=narrow.stored())
    Person.objects.filter(pk=lin.id).update(role=role)
    lin = Api(Person.objects.get(pk=lin.id))
    log(mei, file["id"], todos=[TODO])
    log(lin, file["id"], todos=[TODO])
    told = [one for one in lin.story(file["id"]) if one["kind"] == "follow_up"]
    found = {one["actor"]["id"]: "promised" in one["detail"] for one in told}
    assert found == {lin.id: True, mei.id: False}


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-11-17T15:59:59Z", "2026-11-17"),
        ("2026-11-17T16:00:00Z", "2026-11-18"),
        ("2026-11-18T00:30:00+08:00", "2026-11-18"),
        ("2026-11-18T00:30:00", "2026-11-18"),  # without a zone it is the wall clock here
    ],
)
def test_the_day_is_the_day_in_shanghai(
    mei: Api, file: dict[str, Any], given: str, day: str
) -> None:
    assert log(mei, file["id"], contacted_at=given)["contacted_on"] == day
    assert dates(mei, file["id"])[0] == day


def test_the_next_one_replaces_the_plans(mei: Api, file: dict[str, Any]) -> None:
    log(mei, file["id"], next={"on": "2026-11-25", "matter": "发报价"})
    log(mei, file["id"], next={"on": "2026-12-01", "matter": "签合同", "materials": "合同两份"})
    assert plans(mei, file["id"]) == [("2026-12-01", "签合同")]
    assert dates(mei, file["id"]) == ("2026-11-18", "2026-12-01")
    # Without a new plan, what lies ahead stays and what was due is done.
    log(mei, file["id"])
    assert plans(mei, file["id"]) == [("2026-12-01", "签合同")]


def test_a_due_plan_is_done_by_the_contact(mei: Api, file: dict[str, Any], frozen: Any) -> None:
    log(mei, file["id"], next={"on": "2026-11-20"})
    frozen.move_to(NOW + timedelta(days=3))
    log(mei, file["id"])
    assert plans(mei, file["id"]) == [("2026-12-07", "推进需求")]  # the next, by rule
    assert dates(mei, file["id"]) == ("2026-11-21", "2026-12-07")
    (done,) = mei.get("/tasks", scope="done")["items"]
    assert done["due_on"] == "2026-11-20"


def test_another_persons_plan_is_theirs(boss: Api, mei: Api, lin: Api) -> None:
    file = mei.customer()
    plan = {"title": "主管陪访", "due_on": "2026-11-25", "customer_id": file["id"]}
    boss.post("/tasks", {**plan, "kind": "follow_up", "assignee_id": lin.id})
    log(mei, file["id"], next={"on": "2026-11-30"})
    assert plans(mei, file["id"]) == [("2026-11-25", "主管陪访"), ("2026-11-30", "")]
    assert dates(mei, file["id"])[1] == "2026-11-25"


def test_todos_are_tasks_of_people(mei: Api, lin: Api, file: dict[str, Any]) -> None:
    todos = [
        {"title": "发报价", "due_on": "2026-11-20"},
        {"title": "做方案", "due_on": "2026-11-22", "assignee_id": lin.id},
    ]
    log(mei, file["id"], todos=todos)
    items = mei.get("/tasks", customer=file["id"])["items"]
    assert [(one["title"], one["kind"], one["assignee"]["name"]) for one in items] == [
        ("发报价", "todo", "王小梅"),
        ("做方案", "todo", "林冲"),
        ("推进需求", "follow_up", "王小梅"),
    ]
    assert [one["title"] for one in lin.get("/tasks")["items"]] == ["做方案"]
    assert dates(mei, file["id"]) == ("2026-11-18", "2026-12-02")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"way": ""}, "way"),
        ({"way": None}, "way"),
        ({"way": "pigeon"}, "way"),
        ({"content": " "}, "content"),
        ({"content": None}, "content"),
        ({"content": "长" * 20_001}, "content"),
        ({"response": "maybe"}, "response"),
        ({"contacted_on": "2026-11-19"}, "contacted_on"),
        ({"contacted_at": "2026-11-18T16:00:01Z"}, "contacted_at"),
        ({"contacted_on": "0001-01-01"}, "contacted_on"),
        ({"contacted_on": "9999-12-31"}, "contacted_on"),
        ({"contacted_at": "0001-01-01T00:00:00Z"}, "contacted_at"),
        ({"contacted_at": "9999-12-31T23:59:59Z"}, "contacted_at"),
        ({"contacted_at": "0001-01-01T00:00:00+14:00"}, "contacted_at"),
        ({"contacted_on": "yesterday"}, "contacted_on"),
        ({"contact_id": 4711}, "contact_id"),
        ({"contact_id": 10**30}, "contact_id"),
        ({"next": {"on": "2026-11-17"}}, "next.on"),
        ({"next": {}}, "next.on"),
        ({"next": {"on": "2026-11-25", "matter": "长" * 201}}, "next.matter"),
        ({"next": {"on": "9999-12-31"}}, "next.on"),
        ({"next": "tomorrow"}, "next"),
        ({"todos": [{"title": "x", "due_on": "2026-11-17"}]}, "todos.0.due_on"),
        ({"todos": [TODO, TODO | {"title": ""}]}, "todos.1.title"),
        ({"todos": [{"title": "x", "due_on": None}]}, "todos.0.due_on"),
        (
            {"todos": [{"title": "x", "due_on": "2026-11-20", "assignee_id": 4711}]},
            "todos.0.assignee_id",
        ),
        ({"todos": [{"title": "x", "due_on": "2026-11-20"}] * 21}, "todos"),
        ({"author_id": 1}, "author_id"),
        ({"next": {"on": "2026-11-25", "what": 1}}, "next.what"),
    ],
)
def test_wrong_input_names_the_field_and_saves_nothing(
    mei: Api, file: dict[str, Any], digest: Callable[[], str], fields: dict[str, Any], field: str
) -> None:
    before = digest()
    assert wrong_fields(log(mei, file["id"], 422, **fields)) == {field}
    assert digest() == before


def test_a_contact_of_another_customer_is_refused(mei: Api, file: dict[str, Any]) -> None:
    other = mei.customer("万科", contact_name="郁亮")
    body = log(mei, file["id"], 422, contact_id=other["contacts"][0]["id"])
    assert wrong_fields(body) == {"contact_id"}


def test_a_follow_up_is_corrected(mei: Api, file: dict[str, Any]) -> None:
    made = log(mei, file["id"], contact_id=file["contacts"][0]["id"])
    path = f"/follow-ups/{made['id']}"
    changed = mei.patch(
        path, {"version": 1, "content": "更正", "contacted_on": "2026-11-16", "contact_id": None}
    )
    assert (changed["version"], changed["content"]) == (2, "更正")
    assert dates(mei, file["id"])[0] == "2026-11-16"
    told = mei.story(file["id"], kind="follow_up")[0]
    assert told["body"] == "更正"
    assert told["detail"]["contact"] == ""
    kept = trail.Event.objects.get(verb="follow_up.changed").data["changes"]
    assert kept["content"] == ["谈了云服务", "更正"]
    assert mei.patch(path, {"version": 1, "content": "又改"}, 409)["code"] == "stale"
    assert wrong_fields(mei.patch(path, {"version": 2, "content": ""}, 422)) == {"content"}
    assert wrong_fields(mei.patch(path, {"version": 2, "way": ""}, 422)) == {"way"}
    body = mei.patch(path, {"version": 2, "contacted_on": "2026-11-19"}, 422)
    assert wrong_fields(body) == {"contacted_on"}
    assert mei.story(file["id"], kind="follow_up")[0]["body"] == "更正"


def test_the_time_line_follows_the_corrected_day(mei: Api, file: dict[str, Any]) -> None:
    late = log(mei, file["id"], contacted_on="2026-11-17", content="早的")
    log(mei, file["id"], contacted_on="2026-11-18", content="晚的")
    mei.patch(f"/follow-ups/{late['id']}", {"version": 1, "contacted_on": "2026-11-02"})
    days = [(one["on"], one["body"]) for one in mei.story(file["id"], kind="follow_up")]
    assert days == [("2026-11-18", "晚的"), ("2026-11-02", "早的")]


def test_a_deleted_follow_up_lets_the_dates_fall_back(mei: Api, file: dict[str, Any]) -> None:
    log(mei, file["id"], contacted_on="2026-11-10", content="旧的")
    newest = log(mei, file["id"], content="新的")
    path = f"/follow-ups/{newest['id']}"
    mei.delete(path)
    assert dates(mei, file["id"])[0] == "2026-11-10"
    assert [one["body"] for one in mei.story(file["id"], kind="follow_up")] == ["旧的"]
    mei.delete(path, 404)
    mei.patch(path, {"version": 1, "content": "x"}, 404)
    mei.post(f"{path}/restoration", status=200)
    assert dates(mei, file["id"])[0] == "2026-11-18"
    assert [one["body"] for one in mei.story(file["id"], kind="follow_up")] == ["新的", "旧的"]
    mei.post(f"{path}/restoration", status=404)


def test_a_removed_contact_keeps_its_name_in_the_story(mei: Api, file: dict[str, Any]) -> None:
    contact = file["contacts"][0]["id"]
    log(mei, file["id"], contact_id=contact)
    mei.delete(f"/contacts/{contact}")
    assert mei.story(file["id"], kind="follow_up")[0]["detail"]["contact"] == "李女士"
    assert wrong_fields(log(mei, file["id"], 422, contact_id=contact)) == {"contact_id"}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_the_right_dates(mei: Api) -> None:
    """The later one to be saved is the earlier contact: it must not win."""
    file = mei.customer()
    first_is_in = Event()

    def earlier_contact() -> None:
        try:
            first_is_in.wait(10)
            log(Api(mei.person), file["id"], contacted_on="2026-11-10")
        finally:
            connection.close()

    other = Thread(target=earlier_contact)
    other.start()
    with transaction.atomic():
        log(mei, file["id"], contacted_on="2026-11-17")
        first_is_in.set()
        sleep(0.3)
    other.join(30)
    assert dates(mei, file["id"])[0] == "2026-11-17"


def test_a_talk_noted_later_leaves_what_was_planned_since(mei: Api, file: dict[str, Any]) -> None:
    mei.post(
        "/tasks", {"customer_id": file["id"], "kind": "follow_up", "due_on": TODAY.isoformat()}
    )
    mei.post(
        f"/customers/{file['id']}/follow-ups",
        {"way": "phone", "content": "补记上周的电话", "contacted_on": "2026-11-11"},
    )
    assert len(mei.get("/today")["due"]) == 1


def undo(api: Api, follow_up: dict[str, Any], status: int = 204) -> Any:
    return api.post(f"/follow-ups/{follow_up['id']}/undoing", status=status)


def test_undone_it_is_as_if_it_had_not_been(mei: Api, file: dict[str, Any]) -> None:
    log(mei, file["id"], contacted_on="2026-11-10", next={"on": "2026-11-18", "matter": "演示"})
    before = dates(mei, file["id"]), mei.get("/tasks", customer=file["id"])["items"]
    made = log(mei, file["id"], next={"on": "2026-11-25"}, todos=[TODO])
    assert plans(mei, file["id"]) == [("2026-11-25", "")]
    undo(mei, made)
    after = dates(mei, file["id"]), mei.get("/tasks", customer=file["id"])["items"]
    assert after[0] == before[0] == ("2026-11-10", "2026-11-18")
    assert [one["id"] for one in after[1]] == [one["id"] for one in before[1]]
    assert after[1][0]["remind_at"] == before[1][0]["remind_at"]
    told = trail.Event.objects.get(verb="follow_up.deleted").data
    assert told["undone"] is True
    assert len(told["tasks_removed"]) == 2
    undo(mei, made, 404)


def test_what_somebody_touched_stays_when_it_is_undone(mei: Api, file: dict[str, Any]) -> None:
    made = log(mei, file["id"], next={"on": "2026-11-25"}, todos=[TODO], by_rule=False)
    plan = next(one for one in mei.get("/tasks", customer=file["id"])["items"] if not one["title"])
    mei.patch(f"/tasks/{plan['id']}", {"version": 1, "title": "带合同"})
    undo(mei, made)
    assert [one["title"] for one in mei.get("/tasks", customer=file["id"])["items"]] == ["带合同"]


def test_a_plan_that_was_replaced_meanwhile_stays_done(mei: Api, file: dict[str, Any]) -> None:
    log(mei, file["id"], contacted_on="2026-11-10", next={"on": "2026-11-18"})
    made = log(mei, file["id"], next={"on": "2026-11-25"})
    log(mei, file["id"], next={"on": "2026-11-30"})
    undo(mei, made)
    assert plans(mei, file["id"]) == [("2026-11-30", "")]


def test_only_what_was_just_logged_is_undone(
    boss: Api, mei: Api, file: dict[str, Any], frozen: Any
) -> None:
    changed = log(mei, file["id"])
    undo(boss, changed, 403)
    mei.patch(f"/follow-ups/{changed['id']}", {"version": 1, "content": "改过"})
    assert undo(mei, changed, 409)["code"] == "changed"
    old = log(mei, file["id"])
    frozen.shift(timedelta(minutes=10, seconds=1))
    refused = undo(mei, old, 409)
    assert refused["code"] == "too_late"
    assert "动态里删除" in refused["title"]
    assert mei.get(f"/customers/{file['id']}")["last_follow_up_on"] == "2026-11-18"


def test_what_a_rule_had_moved_is_back(boss: Api, mei: Api, file: dict[str, Any]) -> None:
    log(mei, file["id"], contacted_on="2026-11-10")
    (planned,) = plans(mei, file["id"])
    made = log(mei, file["id"])
    (moved,) = plans(mei, file["id"])
    assert moved > planned
    undo(mei, made)
    assert plans(mei, file["id"]) == [planned]


def test_somebody_may_want_no_next_one(mei: Api, file: dict[str, Any]) -> None:
    assert log(mei, file["id"], by_rule=False)["next"] is None
    assert plans(mei, file["id"]) == []
    assert log(mei, file["id"])["next"]["by_rule"] is True


def test_the_same_day_said_again_keeps_the_hour(mei: Api, file: dict[str, Any]) -> None:
    made = log(mei, file["id"], contacted_at="2026-11-17T03:30:00Z")
    again = {"version": 1, "content": "更正", "contacted_on": "2026-11-17"}
    mei.patch(f"/follow-ups/{made['id']}", again)
    (told,) = mei.story(file["id"], kind="follow_up")
    assert told["body"] == "更正"
    assert told["detail"]["contacted_at"].startswith("2026-11-17T03:30")
    assert set(trail.Event.objects.get(verb="follow_up.changed").data["changes"]) == {"content"}


def meanwhile(one: Callable[[], Any], other: Callable[[], Any]) -> Any:
    """Begin `other` while a transaction holds what `one` held; `one` writes more before it ends."""
    answers = []

    def run() -> None:
        try:
            answers.append(other())
        finally:
            connection.close()

    thread = Thread(target=run)
    with transaction.atomic():
        rest = one()
        thread.start()
        sleep(0.5)
        rest()
    thread.join(30)
    return answers[0]


@pytest.mark.django_db(transaction=True)
def test_who_corrects_waits_for_who_has_the_customer(mei: Api) -> None:
    """Whoever merges customers holds them first and their records then; so does a correction."""
    file = mei.customer()
    made = log(mei, file["id"])

    def hold() -> Callable[[], Any]:
        list(Customer.objects.select_for_update().filter(pk=file["id"]))
        return lambda: FollowUp.objects.filter(pk=made["id"]).update(result="并入")

    path, body = f"/follow-ups/{made['id']}", {"version": 1, "content": "更正"}
    answer = meanwhile(hold, lambda: Api(mei.person).call("PATCH", path, body))
    assert answer.status_code == 200
    found = FollowUp.objects.get(pk=made["id"])
    assert (found.content, found.result) == ("更正", "并入")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/customers/{}/care-entries", {"way": "gift"}),
        ("/tasks", {"title": "发报价", "due_on": "2026-11-20"}),
    ],
)
def test_nothing_is_added_to_who_goes_meanwhile(mei: Api, path: str, body: dict[str, Any]) -> None:
    """It would be left behind: what there was has gone to the survivor of a merge already."""
    file = mei.customer()
    if path == "/tasks":
        body = {**body, "customer_id": file["id"]}

    def take_away() -> Callable[[], Any]:
        Customer.objects.filter(pk=file["id"]).update(deleted_at=NOW)
        return lambda: None

    whole = path.format(file["id"])
    answer = meanwhile(take_away, lambda: Api(mei.person).call("POST", whole, body))
    assert answer.status_code == 404
    assert not CareEntry.objects.exists()
    assert not Task.objects.exists()
