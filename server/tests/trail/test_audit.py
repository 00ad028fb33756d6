"""The audit log as auditors read it: everything that was done, found by what one knows of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.people import NOW, Api, hire, queries_of, wrong_fields
from tests.trail.chains import execute
from zhike.access import tokens
from zhike.access.models import Role
from zhike.base import jobs
from zhike.trail import actions, anchor, guard
from zhike.trail.models import Event


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Path:
    settings.ZHIKE_DATA = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def auditor(boss: Api) -> Api:
    return Api(hire("沈审计", "shen", "auditor"))


def items(api: Api, **query: Any) -> list[dict[str, Any]]:
    return api.get("/audit", **query)["items"]


def verbs(api: Api, **query: Any) -> list[str]:
    return [one["verb"] for one in items(api, **query)]


def test_only_who_may_audit_reads_it(mei: Api, boss: Api, auditor: Api) -> None:
    for path in ("/audit", "/audit/groups", "/audit/state"):
        mei.get(path, 403)
        boss.get(path)
        auditor.get(path)
    mei.post("/audit/verification", status=403)
    auditor.post("/audit/verification", status=202)


def test_a_change_is_told_from_old_to_new(mei: Api, auditor: Api) -> None:
    file = mei.customer(grade="B")
    mei.patch(
        f"/customers/{file['id']}",
        {"version": 1, "grade": "A", "deal_amount": 100_00, "remark": "x"},
    )
    (told, made) = items(auditor)
    assert (told["label"], told["group"], told["via"]) == ("修改客户", "customer", "session")
    assert told["actor"] == {"id": mei.id, "name": "王小梅"}
    assert told["customer"] == {"id": file["id"], "name": "华为技术有限公司"}
    assert told["record"] == {"type": "customer", "id": file["id"]}
    assert told["address"] == "127.0.0.1"
    assert len(told["request_id"]) == 32
    changes = {one["field"]: (one["label"], one["old"], one["new"]) for one in told["changes"]}
    assert changes["deal_amount"] == ("成交金额", "", "100.00 元")
    assert changes["remark"][1:] == ("", "x")
    assert "成交金额" in told["summary"]
    assert made["summary"] == f"华为技术有限公司（{file['code']}）"


def test_numbers_are_masked_and_names_as_the_role_says(mei: Api, auditor: Api, boss: Api) -> None:
    file = mei.customer(contact_name="李小红", mobile="13812345678")
    contact = file["contacts"][0]
    mei.patch(
        f"/contacts/{contact['id']}", {"version": 1, "mobile": "13987654321", "name": "张大明"}
    )
    mei.post(f"/contacts/{contact['id']}/reveals", {"field": "mobile"}, 200)
    for reader in (auditor, boss):
        text = str(items(reader))
        assert "13812345678" not in text
        assert "13987654321" not in text
    assert "张大明" in str(items(boss))
    assert "张大明" not in str(items(auditor)), "the auditor sees contacts masked"
    assert items(auditor, verb_group="reveal")[0]["summary"] == "手机"


def test_money_is_not_told_to_a_role_without_it(mei: Api, boss: Api) -> None:
    role = boss.post(
        "/roles",
        {
            "name": "内控",
            "scopes": {"customer": {"reach": "all", "shared": True, "pool": True}},
            "fields": {"basic": "read"},
            "actions": ["audit"],
        },
    )
    reader = Api(hire("钱内控", "qian", role["key"]))
    file = mei.customer()
    mei.patch(f"/customers/{file['id']}", {"version": 1, "deal_amount": 7_777_00, "grade": "A"})
    (told, *_) = items(reader, verb_group="customer")
    assert [one["field"] for one in told["changes"]] == ["grade"]
    assert "7,777" not in str(items(reader))


def test_customers_out_of_reach_stay_unnamed(mei: Api, boss: Api) -> None:
    role = boss.post("/roles", {"name": "部门内控", "actions": ["audit"]})
    reader = Api(hire("钱内控", "qian", role["key"]))
    file = mei.customer()
    mei.patch(f"/customers/{file['id']}", {"version": 1, "name": "改了名的公司"})
    told = items(reader, customer=file["id"])
    assert len(told) == 2
    assert {one["customer"]["name"] for one in told} == {""}
    assert all(one["changes"] == [] for one in told)
    assert "公司" not in str(told)
    assert items(reader, q=file["code"]) == []


class TestFilters:
    def test_by_person_group_and_customer(self, mei: Api, lin: Api, auditor: Api) -> None:
        first, second = mei.customer("甲公司"), lin.customer("乙公司")
        mei.post(f"/customers/{first['id']}/follow-ups", {"way": "phone", "content": "谈了"})
        lin.patch(f"/customers/{second['id']}", {"version": 1, "grade": "A"})
        assert verbs(auditor, person=lin.id) == ["customer.changed", "customer.created"]
        assert verbs(auditor, verb_group="dealing") == ["follow_up.logged"]
        assert verbs(auditor, customer=first["id"]) == ["follow_up.logged", "customer.created"]
        assert verbs(auditor, person=mei.id, verb_group="customer") == ["customer.created"]
        assert verbs(auditor, person=lin.id, customer=first["id"]) == []

    def test_by_day_in_shanghai(self, auditor: Api) -> None:
        for hours in (-11, -10, 13, 14):  # the 18th is from -10 to +14 hours
            with transaction.atomic():
                actions.record("tag.saved", actor=None, now=NOW + timedelta(hours=hours))
        assert len(items(auditor, **{"from": "2026-11-18", "to": "2026-11-18"})) == 2
        assert len(items(auditor, **{"from": "2026-11-18"})) == 3
        assert len(items(auditor, to="2026-11-17")) == 1
        wrong = auditor.get("/audit", 422, **{"from": "2026-11-19", "to": "2026-11-18"})
        assert wrong_fields(wrong) == {"to"}

    def test_by_request_address_and_code(self, mei: Api, lin: Api, auditor: Api) -> None:
        file, other = mei.customer("甲公司"), lin.customer("乙公司")
        (told,) = items(auditor, customer=file["id"])
        assert [one["id"] for one in items(auditor, q=told["request_id"].upper())] == [told["id"]]
        assert len(items(auditor, q="127.0.0.1")) == 2
        assert items(auditor, q="10.9.8.7") == []
        assert [one["customer"]["id"] for one in items(auditor, q=other["code"])] == [other["id"]]
        assert items(auditor, q="没有这个") == []
        mei.delete(f"/customers/{file['id']}")
        assert verbs(auditor, q=file["code"]) == ["customer.deleted", "customer.created"]

    @pytest.mark.parametrize(
        "query",
        [
            {"verb_group": "nothing"},
            {"cursor": "x"},
            {"cursor": "WyJ4IiwxXQ"},
            {"cursor": "WyIyMDI2LTExLTE4IiwxXQ"},
            {"limit": 0},
            {"limit": 201},
            {"person": 0},
            {"customer": 2**63},
            {"from": "yesterday"},
            {"to": "9999-12-31"},
        ],
    )
    def test_what_makes_no_sense_is_refused(self, auditor: Api, query: dict[str, Any]) -> None:
        auditor.get("/audit", 422, **query)


@pytest.mark.parametrize("group", ["", "customer", "system"])
def test_pages_are_the_whole(auditor: Api, group: str) -> None:
    names = ("customer.created", "contact.added", "demo.removed", "tag.saved")
    for number in range(23):
        with transaction.atomic():  # many at one moment, so that the moment alone does not decide
            moment = NOW + timedelta(seconds=number // 5)
            actions.record(names[number % 4], actor=None, now=moment)
    whole = items(auditor, limit=200, verb_group=group)
    assert len(whole) == {"": 23, "customer": 17, "system": 6}[group]
    keys = [(one["at"], one["id"]) for one in whole]
    assert keys == sorted(keys, reverse=True)
    found: list[Any] = []
    cursor: Any = ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        page = auditor.get("/audit", limit=4, verb_group=group, **more)
        found += page["items"]
        cursor = page["next"]
    assert found == whole


def test_every_kind_of_change_is_told_in_words(boss: Api, auditor: Api) -> None:
    """Roles, people and settings: no raw word of the code among labels and values."""
    role = boss.post("/roles", {"name": "实习", "copy_of": Role.objects.get(key="sales").pk})
    change = {
        "version": role["version"],
        "scopes": {"customer": {"reach": "team", "shared": False, "pool": True}},
        "fields": {"money": "hidden"},
        "actions": ["log"],
    }
    boss.patch(f"/roles/{role['id']}", change)
    boss.patch("/organisation", {"reveals_per_day": 5, "reveal_needs_reason": True})
    someone = hire("赵实习", "zhao", "sales")
    boss.patch(f"/people/{someone.pk}", {"role": role["key"], "name": "赵小习"})
    told = {one["verb"]: one for one in items(auditor)}
    rights = {one["label"]: (one["old"], one["new"]) for one in told["role.changed"]["changes"]}
    assert rights["数据范围·客户"] == ("本人负责的、共享、公海", "本部门的、公海")
    assert rights["字段·金额"] == ("可改", "看不到")
    assert rights["可做的操作"][1] == "记录往来"
    rules = {one["label"] for one in told["organisation.changed"]["changes"]}
    assert rules == {"每人每天可查看完整号码的次数", "查看完整号码要写原因"}
    person = {one["label"]: (one["old"], one["new"]) for one in told["person.changed"]["changes"]}
    assert person == {"角色": ("销售", "实习"), "名称": ("赵实习", "赵小习")}


def test_a_task_tells_what_changed(mei: Api, auditor: Api) -> None:
    task = mei.post("/tasks", {"title": "发报价", "due_on": "2026-11-20"})
    mei.patch(f"/tasks/{task['id']}", {"version": 1, "title": "发合同", "due_on": "2026-11-21"})
    changes = {one["field"]: (one["old"], one["new"]) for one in items(auditor)[0]["changes"]}
    assert changes == {"title": ("发报价", "发合同"), "due_on": ("2026-11-20", "2026-11-21")}


def test_a_page_costs_the_same_however_much_happened(mei: Api, auditor: Api) -> None:
    mei.customer("甲公司")
    few = queries_of(lambda: items(auditor, limit=100))
    for number in range(20):
        file = mei.customer(f"公司{number}")
        mei.patch(f"/customers/{file['id']}", {"version": 1, "grade": "A"})
    assert queries_of(lambda: items(auditor, limit=100)) == few


class TestState:
    def test_before_anything_was_verified(self, mei: Api, auditor: Api) -> None:
        state = auditor.get("/audit/state")
        assert (state["well"], state["checked_at"], state["events"]) == (None, None, 0)
        mei.customer()
        assert auditor.get("/audit/state")["events"] == 1

    def test_a_verification_is_asked_for_and_told(self, mei: Api, auditor: Api) -> None:
        mei.customer()
        state = auditor.post("/audit/verification", status=202)
        assert state["running"]
        auditor.post("/audit/verification", status=202)
        assert jobs.run_due(NOW + timedelta(minutes=1)) == 1
        state = auditor.get("/audit/state")
        assert (state["running"], state["well"], state["problem"]) == (False, True, "")
        assert state["events"] == 3
        assert verbs(auditor, verb_group="system") == ["audit.verification_asked"] * 2

    def test_what_was_found_is_told(self, mei: Api, auditor: Api) -> None:
        mei.customer()
        (event,) = Event.objects.all()
        with guard.lifted():
            execute("UPDATE zhike_event SET verb = 'tag.saved' WHERE id = %s", event.pk)
        auditor.post("/audit/verification", status=202)
        jobs.run_due(NOW + timedelta(minutes=1))
        state = auditor.get("/audit/state")
        assert state["well"] is False
        assert f"第 {event.pk} 号" in state["problem"]

    def test_reading_leaves_no_event(self, auditor: Api) -> None:
        items(auditor)
        auditor.get("/audit/state")
        assert not Event.objects.exists()

    def test_the_anchor_is_told(self, auditor: Api, folder: Path) -> None:
        end = anchor.End(3, 3, bytes(32))
        anchor.keep(anchor.End(2, 2, bytes(32)), end, NOW)
        assert auditor.get("/audit/state")["anchored_at"].startswith("2026-11-18T02:00")


def test_groups(auditor: Api) -> None:
    found = auditor.get("/audit/groups")["items"]
    assert {"name": "reveal", "label": "查看完整号码"} in found
    for one in found:
        auditor.get("/audit", verb_group=one["name"])


def test_by_which_way_it_came_is_told(mei: Api, auditor: Api) -> None:
    _token, plain = tokens.issue(actor=mei.person, now=NOW, name="同步")
    client = Client(headers={"Authorization": f"Bearer {plain}"})
    body = {"name": "甲公司", "kind": "company"}
    made = client.post("/api/v1/customers", body, content_type="application/json")
    assert made.status_code == 201
    mei.customer("乙公司")
    assert [one["via"] for one in items(auditor, verb_group="customer")] == ["session", "token"]


def test_fetching_an_export_is_told(mei: Api, auditor: Api) -> None:
    mei.customer()
    made = mei.post("/exports", {"view": "standard-21", "format": "xlsx"})
    jobs.run_due(NOW + timedelta(minutes=1))
    assert mei.call("GET", f"/exports/{made['id']}/file").status_code == 200
    assert verbs(auditor, verb_group="exchange") == ["export.downloaded", "export.made"]
