"""The rules of how often customers are followed up: shipped, chosen, changed, tried out (R26)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people import Api, wrong_fields
from zhike.base import clock, workdays
from zhike.base.jobs import run_due
from zhike.care.cadence import shipped
from zhike.care.models import CadenceRule
from zhike.trail.models import Event

WEEKLY: dict[str, Any] = {
    "name": "重点客户每周",
    "when": [{"field": "is_key", "op": "eq", "value": True}],
    "every": 1,
    "unit": "week",
    "ways": ["visit"],
    "matter": "看望",
}


def log(api: Api, customer_id: int, **fields: Any) -> Any:
    body = {"way": "phone", "content": "谈了云服务", **fields}
    return api.post(f"/customers/{customer_id}/follow-ups", body)


def rules_of(api: Api, shelf: str) -> list[dict[str, Any]]:
    return [one for one in api.get("/cadence")["rules"] if one["shelf"] == shelf]


def due(api: Api, customer_id: int) -> list[str]:
    items = api.get("/tasks", customer=customer_id)["items"]
    return [one["due_on"] for one in items if one["kind"] == "follow_up"]


def test_three_sets_are_shipped_and_told_in_a_sentence(boss: Api) -> None:
    found = boss.get("/cadence")
    assert found["shelf"] == "types"
    assert [one["key"] for one in found["shelves"]] == ["key_accounts", "tiers", "types", "own"]
    assert workdays.published(found["announced_until"])
    assert not workdays.published(found["announced_until"] + 1)
    said = {one["key"]: one["told"] for one in found["rules"]}
    assert said["types-new"] == (
        "客户类型 是 新客户：录入后 7 天内首次跟进，之后每 2 周一次，建议电话、拜访，"
        "了解使用情况与新需求。"
    )
    assert said["key-accounts-key"].startswith("重点客户 是：每周一次跟进，建议电话、拜访")
    assert said["tiers-core"].startswith("客户分层 是 核心：每月一次跟进，建议拜访、线上会议")
    assert said["types-visit-a"].startswith("客户等级 是 A级(高价值) 且 客户类型 是其中之一 新客户")
    assert "每 3 个月一次回访" in said["types-visit-a"]


def test_shipped_rules_are_laid_once_and_keep_what_was_changed(boss: Api) -> None:
    (rule, *_) = rules_of(boss, "types")
    boss.patch(f"/cadence/rules/{rule['id']}", {"version": 1, "every": 3})
    count = CadenceRule.objects.count()
    shipped.lay_shipped()
    assert CadenceRule.objects.count() == count
    assert rules_of(boss, "types")[0]["every"] == 3


def test_rules_are_laid_where_none_are(boss: Api) -> None:
    CadenceRule.objects.all().delete()
    assert len(boss.get("/cadence")["rules"]) == len(shipped.SHIPPED)


def test_own_rules_are_added_changed_ordered_and_removed(boss: Api) -> None:
    first = boss.post("/cadence/rules", WEEKLY)
    second = boss.post("/cadence/rules", {**WEEKLY, "name": "所有客户", "when": [], "every": 2})
    assert (first["shelf"], first["version"]) == ("own", 1)
    assert second["told"] == "所有客户：每 2 周一次跟进，建议拜访，看望。"
    changed = boss.patch(
        f"/cadence/rules/{first['id']}", {"version": 1, "every": 10, "unit": "day"}
    )
    assert (changed["version"], changed["every"], changed["unit"]) == (2, 10, "day")
    boss.patch(f"/cadence/rules/{first['id']}", {"version": 1, "every": 3}, 409)
    ordered = boss.call(
        "PUT", "/cadence/order", {"shelf": "own", "ids": [second["id"], first["id"]]}
    )
    assert ordered.status_code == 200
    assert [one["id"] for one in rules_of(boss, "own")] == [second["id"], first["id"]]
    boss.delete(f"/cadence/rules/{first['id']}")
    assert [one["id"] for one in rules_of(boss, "own")] == [second["id"]]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"every": 0}, "every"),
        ({"every": 27, "unit": "month"}, "every"),
        ({"first_within": 0}, "first_within"),
        ({"ways": ["pigeon"]}, "ways"),
        ({"when": [{"field": "nothing", "op": "eq", "value": 1}]}, "when"),
        ({"when": [{"field": "type", "op": "gt", "value": 1}]}, "when"),
        ({"shelf": "elsewhere"}, "shelf"),
        ({"matter": "长" * 61}, "matter"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_its_field(
    boss: Api, said: dict[str, Any], field: str
) -> None:
    assert wrong_fields(boss.post("/cadence/rules", WEEKLY | said, 422)) == {field}


def test_a_shipped_rule_is_switched_off_not_removed(boss: Api, mei: Api) -> None:
    rule = next(one for one in rules_of(boss, "types") if one["key"] == "types-prospect")
    boss.delete(f"/cadence/rules/{rule['id']}", 403)
    boss.patch(f"/cadence/rules/{rule['id']}", {"version": 1, "is_on": False})
    made = log(mei, mei.customer()["id"])
    assert made["next"] is None


def test_the_first_rule_that_fits_counts(boss: Api, mei: Api) -> None:
    boss.post("/cadence/rules", {**WEEKLY, "when": [], "every": 9, "unit": "day"})
    boss.post("/cadence/rules", {**WEEKLY, "when": [], "every": 20, "unit": "day"})
    assert boss.call("PUT", "/cadence/shelf", {"shelf": "own"}).json() == {"job_id": None}
    assert log(mei, mei.customer()["id"])["next"]["on"] == "2026-11-27"
    ids = [one["id"] for one in rules_of(boss, "own")]
    boss.call("PUT", "/cadence/order", {"shelf": "own", "ids": ids[::-1]})
    assert log(mei, mei.customer("别的公司")["id"])["next"]["on"] == "2026-12-08"


def test_settings_are_changed_and_told(boss: Api, mei: Api) -> None:
    assert mei.get("/care-rules")["guard"] == {"core": 0, "growth": 4, "normal": 2, "": 2}
    found = boss.patch("/care-rules", {"guard": {"normal": 3}, "digest_at": "09:15"})
    assert found["guard"] == {"core": 0, "growth": 4, "normal": 3, "": 2}
    assert found["digest_at"] == "09:15:00"
    mei.patch("/care-rules", {"late_hours": 48}, 403)
    wrong = boss.patch("/care-rules", {"guard": {"normal": 99}, "late_hours": 0}, 422)
    assert wrong_fields(wrong) == {"guard.normal", "late_hours"}
    (told,) = [one for one in boss.get("/audit")["items"] if one["verb"] == "care_rules.changed"]
    assert "普通 3 次" in str(told["changes"])


def test_of_two_who_change_the_settings_the_second_is_told(boss: Api) -> None:
    seen = boss.get("/care-rules")["seen"]
    boss.call("PUT", "/cadence/shelf", {"shelf": "tiers"})  # chosen elsewhere: no matter
    first = boss.patch("/care-rules", {"guard": {"normal": 3}, "seen": seen})
    refused = boss.patch("/care-rules", {"guard": {"normal": 9}, "seen": seen}, 409)
    assert refused["code"] == "stale"
    assert boss.get("/care-rules") == first
    assert boss.patch("/care-rules", {"late_hours": 30, "seen": first["seen"]})["late_hours"] == 30
    assert boss.patch("/care-rules", {"late_hours": 31})["seen"] != first["seen"]


def test_without_plans_itself_nothing_is_planned(boss: Api, mei: Api) -> None:
    boss.patch("/care-rules", {"plans_itself": False})
    file = mei.customer()
    assert log(mei, file["id"])["next"] is None
    assert due(mei, file["id"]) == []


def test_a_preview_tells_what_would_change_and_writes_nothing(
    boss: Api, mei: Api, digest: Any
) -> None:
    one, other = mei.customer(), mei.customer("美的集团", type="existing")
    for file in (one, other):
        log(mei, file["id"])
    hand_made = mei.customer("自己约的公司")
    log(mei, hand_made["id"], next={"on": "2026-11-25"})
    before = digest()
    found = boss.post("/cadence/preview", {"shelf": "key_accounts"}, 200)
    assert digest() == before
    assert (found["changed"], found["unchanged"], found["partial"]) == (2, 0, False)
    assert found["left"] == 1  # that set knows no return visits
    moved = {one["customer"]["name"]: (one["from"], one["to"]) for one in found["sample"]}
    assert moved == {
        "华为技术有限公司": ("2026-12-02", "2026-12-18"),
        "美的集团": ("2026-12-18", "2026-12-02"),
    }
    assert all("按“" in one["why"] for one in found["sample"])


def test_a_preview_counts_apart_whom_no_rule_fits_any_more(boss: Api, mei: Api) -> None:
    one, other = mei.customer(), mei.customer("美的集团", type="existing")
    for file in (one, other):
        log(mei, file["id"])
    stays = boss.post("/cadence/preview", {}, 200)
    assert (stays["changed"], stays["unchanged"], stays["left"]) == (0, 3, 0)
    only = {**WEEKLY, "when": [{"field": "type", "op": "eq", "value": "existing"}], "every": 3}
    found = boss.post("/cadence/preview", {"rules": [only]}, 200)
    assert [one["customer"]["name"] for one in found["sample"]] == ["美的集团"]
    assert (found["changed"], found["unchanged"], found["left"]) == (1, 0, 2)  # with a visit


def test_a_preview_of_drafts(boss: Api, mei: Api) -> None:
    log(mei, mei.customer()["id"])
    draft = {"every": 3, "unit": "day", "when": []}
    found = boss.post("/cadence/preview", {"rules": [draft]}, 200)
    assert [(one["from"], one["to"]) for one in found["sample"]] == [("2026-12-02", "2026-11-23")]
    wrong = boss.post("/cadence/preview", {"rules": [draft, {**draft, "every": 0}]}, 422)
    assert wrong_fields(wrong) == {"rules.1.every"}


def test_the_statements_of_a_preview_do_not_grow(boss: Api, mei: Api) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as context:
            boss.post("/cadence/preview", {"shelf": "tiers"}, 200)
        return len(context.captured_queries)

    log(mei, mei.customer()["id"])
    few = count()
    for n in range(12):
        log(mei, mei.customer(f"第{n}家公司")["id"])
    assert count() == few


def test_plans_made_by_rule_are_made_anew_and_no_others(boss: Api, mei: Api) -> None:
    file, other = mei.customer(), mei.customer("自己约的公司")
    log(mei, file["id"])
    log(mei, other["id"], next={"on": "2026-11-25"})
    job = boss.call("PUT", "/cadence/shelf", {"shelf": "key_accounts", "replan": True}).json()
    assert job["job_id"]
    assert due(mei, file["id"]) == ["2026-12-02"]
    run_due(clock.now())
    assert (due(mei, file["id"]), due(mei, other["id"])) == (["2026-12-18"], ["2026-11-25"])
    assert mei.get(f"/customers/{file['id']}")["next_follow_up_on"] == "2026-12-18"
    (task,) = mei.get("/tasks", customer=file["id"])["items"]
    assert "潜在客户每月一次" in task["why"]
    assert task["title"] == "产品推送、行业资讯"
    (told,) = Event.objects.filter(verb="task.replanned")
    assert (told.customer_id, told.record_id) == (file["id"], task["id"])
    assert told.data["changes"] == {"due_on": ["2026-12-02", "2026-12-18"]}


def test_plans_of_a_removed_rule_go_to_the_one_that_fits_now(boss: Api, mei: Api) -> None:
    boss.call("PUT", "/cadence/shelf", {"shelf": "own"})
    gone = boss.post("/cadence/rules", {**WEEKLY, "when": []})
    boss.post("/cadence/rules", {**WEEKLY, "name": "所有客户", "when": [], "every": 3})
    file = mei.customer()
    log(mei, file["id"])
    assert due(mei, file["id"]) == ["2026-11-25"]
    boss.delete(f"/cadence/rules/{gone['id']}")
    boss.delete(f"/cadence/rules/{gone['id']}", 404)
    assert due(mei, file["id"]) == ["2026-11-25"]
    assert boss.call("PUT", "/cadence/shelf", {"shelf": "own", "replan": True}).json()["job_id"]
    run_due(clock.now())
    assert due(mei, file["id"]) == ["2026-12-09"]


def test_what_is_overdue_stays_overdue(boss: Api, mei: Api, frozen: Any) -> None:
    file = mei.customer()
    log(mei, file["id"])
    frozen.shift(timedelta(days=60))
    boss, mei = Api(boss.person), Api(mei.person)
    boss.call("PUT", "/cadence/shelf", {"shelf": "key_accounts", "replan": True})
    run_due(clock.now())
    assert due(mei, file["id"]) == ["2026-12-02"]


def test_a_sales_person_reads_no_rules_and_changes_none(mei: Api) -> None:
    mei.get("/cadence", 403)
    mei.post("/cadence/rules", WEEKLY, 403)
    mei.post("/cadence/preview", {"shelf": "own"}, 403)
    assert mei.call("PUT", "/cadence/shelf", {"shelf": "own"}).status_code == 403


def test_a_field_a_rule_asks_for_stays(boss: Api) -> None:
    made = boss.post("/fields", {"of": "customer", "label": "渠道", "type": "text"})
    asked = {"when": [{"field": made["key"], "op": "filled"}], "name": "问渠道"}
    boss.post("/cadence/rules", WEEKLY | asked)
    refused = boss.post(f"/fields/customer/{made['key']}/archive", status=409)
    assert refused["code"] == "in_use"
    assert "问渠道" in refused["title"]


def test_a_word_that_was_replaced_is_asked_for_no_more(boss: Api) -> None:
    when = [{"field": "source", "op": "in", "value": ["exhibition", "partner"]}]
    rule = boss.post("/cadence/rules", WEEKLY | {"when": when})
    boss.post("/dictionaries/source/entries/exhibition/retirement", {"replace_by": "online"}, 200)
    (found,) = [one for one in rules_of(boss, "own") if one["id"] == rule["id"]]
    assert found["when"] == [{"field": "source", "op": "in", "value": ["online", "partner"]}]
    assert found["version"] == 2
