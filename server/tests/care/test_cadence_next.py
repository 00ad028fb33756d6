"""The next contact by rule: which day, why, and what a logged contact leaves behind (R24–R27)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.customers.readers import reader
from tests.people import NOW, Api, wrong_fields
from zhike.care.models import Task


@pytest.fixture
def file(mei: Api) -> dict[str, Any]:
    return mei.customer(contact_name="李女士", mobile="13812345678")


def log(api: Api, customer_id: int, status: int = 201, **fields: Any) -> Any:
    body = {"way": "phone", "content": "谈了云服务", **fields}
    return api.post(f"/customers/{customer_id}/follow-ups", body, status)


def suggested(api: Api, customer_id: int, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/customers/{customer_id}/next-contact", **query)
    return found


def plans(api: Api, customer_id: int, kind: str = "follow_up") -> list[tuple[str, str]]:
    items = api.get("/tasks", customer=customer_id)["items"]
    return [(one["due_on"], one["title"]) for one in items if one["kind"] == kind]


def likes(api: Api, file: dict[str, Any], when: str) -> None:
    (contact,) = file["contacts"]
    api.patch(f"/contacts/{contact['id']}", {"version": 1, "convenient_time": when})


def test_a_rule_plans_what_nobody_planned(mei: Api, file: dict[str, Any]) -> None:
    planned = log(mei, file["id"])["next"]
    assert planned == {
        "task_id": planned["task_id"],
        "on": "2026-12-02",
        "time": None,
        "matter": "推进需求",
        "way": "phone",
        "why": "上次联系是11月18日（周三），按“潜在客户每两周一次”应在12月2日（周三）。",
        "by_rule": True,
    }
    assert mei.get(f"/customers/{file['id']}")["next_follow_up_on"] == "2026-12-02"
    (task,) = mei.get("/tasks", customer=file["id"])["items"]
    assert (task["why"], task["way"]) == (planned["why"], "phone")
    assert task["assignee"]["id"] == mei.id


def test_the_rhythm_begins_anew_with_every_contact(
    mei: Api, file: dict[str, Any], frozen: Any
) -> None:
    log(mei, file["id"])
    frozen.move_to(NOW + timedelta(days=2))
    log(mei, file["id"])
    assert [day for day, _ in plans(mei, file["id"])] == ["2026-12-04"]
    # An older talk noted later does not turn it back, and what somebody arranged stays.
    log(mei, file["id"], contacted_on="2026-10-20")
    assert [day for day, _ in plans(mei, file["id"])] == ["2026-12-04"]
    log(mei, file["id"], next={"on": "2026-12-10", "matter": "签合同"}, agreed=True)
    log(mei, file["id"], agreed=True)
    assert plans(mei, file["id"]) == [("2026-12-10", "签合同")]


def test_a_new_customer_is_first_contacted_within_a_week(mei: Api) -> None:
    file = mei.customer(type="new")
    found = suggested(mei, file["id"])
    assert found["on"] == "2026-11-25"
    assert "录入后 7 天内要有首次跟进" in found["why"]
    assert suggested(mei, file["id"], after="2026-11-18")["on"] == "2026-12-02"


def test_what_falls_on_a_weekend_moves_on_and_says_so(mei: Api, file: dict[str, Any]) -> None:
    found = suggested(mei, file["id"], after="2026-11-14")
    assert found["on"] == "2026-11-30"
    assert "11月28日（周六），那天是周六，顺延到11月30日（周一）" in found["why"]


def test_a_year_tells_its_holidays_and_moved_working_days(mei: Api) -> None:
    year = mei.get("/workdays")
    assert year == mei.get("/workdays", year=2026)
    days = {one["on"]: (one["works"], one["name"]) for one in year["days"]}
    assert year["announced"]
    assert days["2026-10-01"] == (False, "国庆节")
    assert days["2026-10-10"] == (True, "国庆节调休上班")
    assert "2026-11-21" not in days  # a Saturday like any other
    later = mei.get("/workdays", year=2099)
    assert not later["announced"]
    assert {one["name"] for one in later["days"]} >= {"春节", "国庆"}
    assert not any(one["works"] for one in later["days"])
    assert not mei.get("/workdays", year=2000)["announced"]
    assert wrong_fields(mei.get("/workdays", 422, year=1999)) == {"year"}


def test_a_holiday_and_a_moved_working_day(mei: Api, file: dict[str, Any], frozen: Any) -> None:
    frozen.move_to(NOW.replace(month=9, day=18))
    mei = Api(mei.person)
    found = suggested(mei, file["id"], after="2026-09-18")
    assert found["on"] == "2026-10-08"  # 国庆, 10 月 1 日到 7 日
    assert "国庆节" in found["why"]


def test_a_year_nobody_announced_is_told(boss: Api, mei: Api, file: dict[str, Any]) -> None:
    assert suggested(mei, file["id"])["announced"] is True
    rules = boss.get("/cadence")["rules"]
    (rule,) = [one for one in rules if one["key"] == "types-prospect"]
    boss.patch(f"/cadence/rules/{rule['id']}", {"version": 1, "every": 2, "unit": "month"})
    found = suggested(mei, file["id"], after="2026-11-01")
    assert (found["on"], found["announced"]) == ("2027-01-04", False)  # 元旦 is a Friday
    assert "2027年1月1日（周五），那天是元旦，顺延到2027年1月4日（周一）" in found["why"]
    assert "2027 年放假安排还没公布，按周末和法定节日推算" in found["why"]


def test_overdue_it_is_today(mei: Api, file: dict[str, Any]) -> None:
    log(mei, file["id"], contacted_on="2026-09-01")
    found = suggested(mei, file["id"])
    assert found["on"] == "2026-11-18"
    assert "已经过了，从11月18日（周三）算起" in found["why"]


@pytest.mark.parametrize(
    ("noted", "day", "time"),
    [
        ("周三下午", "2026-12-02", "14:30:00"),
        ("周四、周五上午", "2026-12-03", "10:00:00"),
        ("每周一到周二 9点半以后", "2026-12-07", "09:30:00"),
        ("工作日", "2026-12-02", None),
        ("周末", "2026-12-02", None),
        ("除周三外都行", "2026-12-03", None),
        ("周一至周五下午3点后", "2026-12-02", "15:00:00"),
        ("看她心情", "2026-12-02", None),
    ],
)
def test_the_contacts_convenient_time(
    mei: Api, file: dict[str, Any], noted: str, day: str, time: str | None
) -> None:
    likes(mei, file, noted)
    found = suggested(mei, file["id"], after="2026-11-18")
    assert (found["on"], found["time"]) == (day, time)
    planned = log(mei, file["id"])["next"]
    assert (planned["on"], planned["time"]) == (day, time)
    assert noted not in planned["why"]
    assert ("请留意" in planned["why"]) is (noted == "看她心情")


def test_a_full_month_moves_it_to_the_next(mei: Api, file: dict[str, Any]) -> None:
    for day in ("2026-12-08", "2026-12-22"):
        body = {"kind": "follow_up", "customer_id": file["id"], "due_on": day, "title": "陪访"}
        mei.post("/tasks", body)
    Task.objects.update(assignee=None)  # plans that do not give way
    found = suggested(mei, file["id"], after="2026-11-18")
    assert found["on"] == "2027-01-04"
    assert "12 月联系次数已满，挪到2027年1月4日（周一）" in found["why"]
    assert found["announced"] is False
    assert "2027 年放假安排还没公布，按周末和法定节日推算" in found["why"]
    assert found["guard"]["told"] == "1 月已联系 0 次，每月最多 2 次。"


def test_by_rule_with_a_day_of_ones_own(boss: Api, mei: Api, file: dict[str, Any]) -> None:
    by_rule = log(mei, file["id"], next={"by_rule": True})["next"]
    assert (by_rule["on"], by_rule["matter"]) == ("2026-12-02", "推进需求")
    own = log(mei, file["id"], next={"by_rule": True, "on": "2026-12-04", "matter": "发资料"})
    assert own["next"]["by_rule"] is True
    assert own["next"]["matter"] == "发资料"
    assert own["next"]["why"].endswith("应在12月2日（周三），改约到12月4日（周五）。")
    plain = log(mei, file["id"], next={"on": "2026-12-07"}, agreed=True)["next"]
    assert (plain["by_rule"], plain["why"]) == (False, "")


def test_by_rule_where_no_rule_fits_needs_a_day(mei: Api) -> None:
    file = mei.customer(type="lost")
    assert log(mei, file["id"])["next"] is None
    assert suggested(mei, file["id"])["on"] is None
    assert wrong_fields(log(mei, file["id"], 422, next={"by_rule": True})) == {"next.on"}
    assert log(mei, file["id"], next={"by_rule": True, "on": "2026-12-02"})["next"]["why"] == (
        "没有适合这位客户的跟进频率，请自行约定。"
    )


def test_the_way_follows_the_matter(mei: Api, file: dict[str, Any]) -> None:
    def way(matter: str) -> str:
        return str(suggested(mei, file["id"], matter=matter)["way"])

    assert way("发一份行业资讯") == "wecom"  # of the rule's phone and wecom
    assert way("谈合同价格") == "phone"
    made = log(mei, file["id"], next={"on": "2026-12-02", "matter": "上门签约"})
    assert made["next"]["way"] == "visit"
    body = {"kind": "follow_up", "customer_id": file["id"], "due_on": "2026-12-20"}
    assert mei.post("/tasks", {**body, "title": "节日问候"})["way"] == "email"


def test_a_paused_customer_is_planned_by_nobody(mei: Api, file: dict[str, Any]) -> None:
    body = {"reason": "budget", "look_again_on": "2027-03-01"}
    answer = mei.call("POST", f"/customers/{file['id']}/pause", body)
    assert answer.status_code < 300, answer.content.decode()
    found = suggested(mei, file["id"])
    assert (found["on"], found["rule_id"]) == (None, None)
    assert "暂停" in found["why"]
    assert log(mei, file["id"])["next"] is None


def test_a_return_visit_is_a_rhythm_of_its_own(mei: Api, frozen: Any) -> None:
    file = mei.customer(type="existing", grade="A")
    log(mei, file["id"])
    assert plans(mei, file["id"], "todo") == [("2027-02-18", "季度回访")]
    assert [day for day, _ in plans(mei, file["id"])] == ["2026-12-18"]
    frozen.move_to(NOW + timedelta(days=20))
    mei = Api(mei.person)
    log(mei, file["id"])  # not due: it stays
    assert plans(mei, file["id"], "todo") == [("2027-02-18", "季度回访")]
    frozen.move_to(NOW + timedelta(days=95))
    mei = Api(mei.person)
    log(mei, file["id"])  # was due: that was it, and the next is planned
    assert plans(mei, file["id"], "todo") == [("2027-05-21", "季度回访")]


def test_the_owner_gets_the_plan(boss: Api, mei: Api, file: dict[str, Any]) -> None:
    log(boss, file["id"])
    (task,) = mei.get("/tasks")["items"]
    assert (task["assignee"]["id"], task["due_on"]) == (mei.id, "2026-12-02")


@pytest.mark.parametrize(
    ("given", "late"),
    [
        ({}, False),
        ({"contacted_at": "2026-11-17T02:01:00Z"}, False),  # within a day
        ({"contacted_at": "2026-11-17T01:59:00Z"}, True),
        ({"contacted_on": "2026-11-17"}, False),  # some time yesterday
        ({"contacted_on": "2026-11-16"}, True),
    ],
)
def test_what_is_written_down_after_a_day_is_late(
    mei: Api, file: dict[str, Any], given: dict[str, Any], late: bool
) -> None:
    made = log(mei, file["id"], **given)
    assert made["is_late"] is late
    (told,) = [one for one in mei.story(file["id"]) if one["kind"] == "follow_up"]
    assert told["detail"]["is_late"] is late


def test_a_corrected_time_is_judged_by_when_it_was_recorded(
    mei: Api, file: dict[str, Any], frozen: Any
) -> None:
    made = log(mei, file["id"])
    frozen.move_to(NOW + timedelta(days=5))
    mei = Api(mei.person)
    fixed = {"version": 1, "contacted_on": "2026-11-15"}
    assert mei.patch(f"/follow-ups/{made['id']}", fixed)["is_late"] is True
    back = {"version": 2, "contacted_on": "2026-11-18"}
    assert mei.patch(f"/follow-ups/{made['id']}", back)["is_late"] is False


def test_a_longer_grace_counts_for_what_is_written_from_now_on(
    boss: Api, mei: Api, file: dict[str, Any]
) -> None:
    before = log(mei, file["id"], contacted_on="2026-11-15")
    boss.patch("/care-rules", {"late_hours": 100})
    assert log(mei, file["id"], contacted_on="2026-11-15")["is_late"] is False
    told = {one["record"]["id"]: one for one in mei.story(file["id"]) if one["kind"] == "follow_up"}
    assert told[before["id"]]["detail"]["is_late"] is True


def test_where_the_contact_is_hidden_so_is_their_time(mei: Api) -> None:
    file = mei.customer(contact_name="李女士")
    likes(mei, file, "周五上午")
    assert suggested(mei, file["id"], after="2026-11-18")["on"] == "2026-12-04"
    blind = reader("不看联系人", "blind", of="administrator", contact="hidden")
    found = suggested(blind, file["id"], after="2026-11-18")
    assert (found["on"], found["time"]) == ("2026-12-02", None)


def test_a_day_beyond_the_calendar_is_refused(mei: Api, file: dict[str, Any]) -> None:
    mei.get(f"/customers/{file['id']}/next-contact", 422, after="2030-01-01")
    mei.get(f"/customers/{file['id']}/next-contact", 422, after="0001-01-01")
    mei.get(f"/customers/{file['id']}/guard", 422, on="9999-12-31")


def test_a_year_beyond_is_told_at_the_field_it_was_asked_by(mei: Api, file: dict[str, Any]) -> None:
    path = f"/customers/{file['id']}"
    assert wrong_fields(mei.get(f"{path}/next-contact", 422, after="0001-01-01")) == {"after"}
    assert wrong_fields(mei.get(f"{path}/guard", 422, on="9999-12-31")) == {"on"}


def own_rule(boss: Api, track: str) -> None:
    rule = {"name": track, "track": track, "when": [], "every": 1, "unit": "month"}
    boss.post("/cadence/rules", rule)


@pytest.mark.parametrize("said", [{}, {"next": {"on": "2026-12-10"}}], ids=["by rule", "by hand"])
def test_a_return_visit_leaves_the_next_one_its_room(
    boss: Api, mei: Api, file: dict[str, Any], said: dict[str, Any]
) -> None:
    own_rule(boss, "follow_up")
    own_rule(boss, "return_visit")
    boss.call("PUT", "/cadence/shelf", {"shelf": "own"})
    boss.patch("/care-rules", {"guard": {"": 1, "normal": 1}})
    made = log(mei, file["id"], **said)
    assert made["next"]["on"][:7] == "2026-12"
    ((visit, _),) = plans(mei, file["id"], "todo")
    assert visit[:7] == "2027-01"


def test_what_is_suggested_is_what_is_planned(mei: Api, file: dict[str, Any]) -> None:
    """The steps of a playbook go on, whatever else is planned: they keep their room."""
    steps = [{"after": after, "way": "phone", "title": "打电话"} for after in (14, 21)]
    book = mei.post("/playbooks", {"name": "两通电话", "steps": steps})
    mei.post(f"/playbooks/{book['id']}/runs", {"customer_ids": [file["id"]]}, 200)
    found = suggested(mei, file["id"], after="2026-11-18")
    assert found["on"] == log(mei, file["id"], next={"by_rule": True})["next"]["on"]
    assert found["on"][:7] == "2027-01"


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("pause", {"reason": "budget", "look_again_on": "2027-03-01"}),
        ("archive", {"reason": "won"}),
    ],
)
def test_nobody_visits_who_was_put_away(mei: Api, verb: str, body: dict[str, Any]) -> None:
    file = mei.customer(type="existing", grade="A")
    log(mei, file["id"], todos=[{"title": "寄样品", "due_on": "2026-11-20"}])
    assert plans(mei, file["id"], "todo")[-1] == ("2027-02-18", "季度回访")
    mei.post(f"/customers/{file['id']}/{verb}", body, 200)
    # What was promised is still to be done.
    assert plans(mei, file["id"], "todo") == [("2026-11-20", "寄样品")]


def test_what_people_agreed_on_is_told_and_stands(mei: Api, file: dict[str, Any]) -> None:
    path = f"/customers/{file['id']}/next-contact"
    assert mei.get(path, after="2026-11-18")["agreed"] is None
    log(mei, file["id"])
    assert mei.get(path, after="2026-11-18")["agreed"] is None  # the rule's own plan gives way
    log(mei, file["id"], agreed=True, next={"on": "2027-01-04", "matter": "签合同"})
    assert mei.get(path, after="2026-11-18")["agreed"] == "2027-01-04"
    log(mei, file["id"], agreed=True, contacted_on="2026-11-13")
    log(mei, file["id"], agreed=True)
    assert plans(mei, file["id"]) == [("2027-01-04", "签合同")]
