"""Days that matter: when they are, who may read them, and that their owner is told once (R28)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from tests.customers.readers import reader, share
from tests.people import NOW, TODAY, Api, hire, queries_of, wrong_fields
from zhike.access.models import Department, Person
from zhike.base import clock, jobs
from zhike.care.key_dates import deriving, reading, refreshing, reminding
from zhike.care.key_dates.deriving import Facts, Someone, days_of, first_reminder, next_reminder
from zhike.care.models import KeyDate
from zhike.customers.models import Customer
from zhike.trail.models import Notice

FACTS = Facts(1, "company", "existing", "", "active", "", None, None, "", None)


def days(api: Api, customer: dict[str, Any]) -> list[tuple[str, str]]:
    items = api.get(f"/customers/{customer['id']}/key-dates")["items"]
    return [(one["kind"], one["on"]) for one in items]


def contact_with(api: Api, customer: dict[str, Any], birthday: str, **more: Any) -> dict[str, Any]:
    body = {"name": "李处长", "birthday": birthday, **more}
    return api.post(f"/customers/{customer['id']}/contacts", body)


def told_at(now: datetime) -> list[Notice]:
    """Sweep as the worker of the morning does; return what is newly told."""
    known = set(Notice.objects.values_list("pk", flat=True))
    jobs.enqueue("care.remind_days", {}, now=now)
    jobs.run_due(now)
    found = Notice.objects.filter(kind="key_date").exclude(pk__in=known)
    return list(found.order_by("id"))


def at(day: str) -> datetime:
    return clock.midnight(date.fromisoformat(day)) + timedelta(hours=8)


# Which days there are: from the facts alone


def derived(today: date = TODAY, people: tuple[Someone, ...] = (), **facts: Any) -> dict[str, str]:
    found = days_of(FACTS._replace(**facts), people, today, {})
    return {one.kind: f"{one.on} {one.told}".strip() for one in found}


def test_days_follow_from_the_file() -> None:
    assert derived(cooperation_until=date(2026, 12, 31)) == {"contract_end": "2026-12-31"}
    assert derived(cooperation_until=date(2026, 11, 17)) == {}
    assert derived(cooperation_since=date(2023, 12, 1)) == {"anniversary": "2026-12-01 合作满 3 年"}
    assert derived(cooperation_since=date(2024, 2, 29)) == {"anniversary": "2027-02-28 合作满 3 年"}
    assert derived(cooperation_since=date(2026, 12, 1)) == {}
    assert derived(cooperation_since=date(2026, 11, 17)) == {
        "anniversary": "2027-11-17 合作满 1 年"
    }
    over = {"cooperation_since": date(2023, 12, 1), "cooperation_until": date(2026, 11, 30)}
    assert derived(**over) == {"contract_end": "2026-11-30"}
    assert derived(cooperation_since=date(2023, 12, 1), type="lost") == {}
    paused = {"life": "paused", "look_again_on": date(2027, 1, 4)}
    assert derived(**paused) == {"look_again": "2027-01-04"}
    assert derived(life="archived", cooperation_until=date(2026, 12, 31)) == {}


def test_birthdays_of_sun_and_moon() -> None:
    """农历八月十五 of 2027 is the 15th of September by the calendar of GB/T 33661."""
    mine = derived(kind="person", birthday="1990-05-20")
    assert mine == {"birthday": "2027-05-20 5月20日"}
    assert derived(birthday="1990-05-20") == {}, "of a company it is no birthday"
    moon = derived(people=(Someone(7, "L1985-08-15"),))
    assert moon == {"birthday": "2027-09-15 农历八月十五"}
    today = derived(people=(Someone(7, "--11-18"),))
    assert today == {"birthday": "2026-11-18 11月18日"}
    same = days_of(
        FACTS._replace(kind="person", birthday="--05-20"), [Someone(7, "--05-20")], TODAY, {}
    )
    assert [one.contact_id for one in same] == [None]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2026年12月底", "2026-12-31"),
        ("2026-12-31", "2026-12-31"),
        ("2027-03", "2027-03-01"),
        ("2027/3", "2027-03-01"),
        ("年底", "2026-12-31"),
        ("明年一季度", "2027-01-01"),
        ("下个月", "2026-12-01"),
        ("尽快", None),
        ("2027-13", None),
        ("近期", None),
    ],
)
def test_an_expected_close_is_read(words: str, expected: str | None) -> None:
    found = derived(expected_close=words)
    assert found == ({"expected_close": f"{expected} {words}"} if expected else {})
    assert derived(expected_close=words, deal_stage="won") == {}


def test_what_was_read_once_stays_read() -> None:
    """年底 meant the end of the year in which it was written."""
    facts = FACTS._replace(expected_close="年底")
    found = days_of(facts, [], date(2027, 2, 1), {"年底": date(2026, 12, 31)})
    assert [one.on for one in found] == [date(2026, 12, 31)]


_DAYS = st.dates(date(2024, 1, 1), date(2033, 12, 31))
_KINDS = st.sampled_from(sorted(deriving.AHEAD))


@given(kind=_KINDS, on=_DAYS, learned=_DAYS)
def test_reminders_come_in_order_and_end(kind: str, on: date, learned: date) -> None:
    """Never before it is known, never after the day, never twice, and at most as often as said."""
    found = []
    remind = first_reminder(kind, on, learned)
    while remind is not None:
        found.append(remind)
        remind = next_reminder(kind, on, remind)
    assert found == sorted(set(found))
    assert all(learned <= day <= on for day in found)
    assert len(found) <= len(deriving.AHEAD[kind])
    if on >= learned and deriving.AHEAD[kind]:
        assert found, "a day still to come is told of"


@given(
    since=st.none() | _DAYS,
    until=st.none() | _DAYS,
    moon=st.booleans(),
    month=st.integers(1, 12),
    day=st.integers(1, 28),
    today=_DAYS,
)
def test_days_lie_ahead_and_within_a_year(
    since: date | None, until: date | None, moon: bool, month: int, day: int, today: date
) -> None:
    stored = f"{'L' if moon else ''}--{month:02}-{day:02}"
    facts = FACTS._replace(cooperation_since=since, cooperation_until=until)
    for one in days_of(facts, [Someone(1, stored)], today, {}):
        assert one.on >= today
        if one.kind in ("birthday", "anniversary"):
            assert (one.on - today).days <= 366 + 30 * moon


# Kept in line with the file


def test_the_file_and_its_days(mei: Api) -> None:
    file = mei.customer(cooperation_since="2024-12-01", cooperation_until="2027-03-31")
    assert days(mei, file) == [("anniversary", "2026-12-01"), ("contract_end", "2027-03-31")]
    version = mei.get(f"/customers/{file['id']}")["version"]
    mei.patch(f"/customers/{file['id']}", {"version": version, "cooperation_until": "2027-06-30"})
    assert ("contract_end", "2027-06-30") in days(mei, file)
    mei.patch(f"/customers/{file['id']}", {"version": version + 1, "cooperation_since": None})
    assert days(mei, file) == [("contract_end", "2027-06-30")]


def test_contacts_and_their_birthdays(mei: Api) -> None:
    file = mei.customer()
    made = contact_with(mei, file, "农历八月十五")
    (item,) = mei.get(f"/customers/{file['id']}/key-dates")["items"]
    assert item["contact"] == {"id": made["id"], "name": "李处长"}
    assert (item["label"], item["told"], item["days_left"]) == ("生日", "农历八月十五", 301)
    path = f"/contacts/{made['id']}"
    mei.patch(path, {"version": made["version"], "birthday": "5-20"})
    assert days(mei, file) == [("birthday", "2027-05-20")]
    mei.patch(path, {"version": made["version"] + 1, "do_not_contact": True})
    assert days(mei, file) == []
    mei.patch(path, {"version": made["version"] + 2, "do_not_contact": False})
    mei.delete(path)
    assert days(mei, file) == []
    mei.post(f"{path}/restoration", status=200)
    assert days(mei, file) == [("birthday", "2027-05-20")]


def test_pausing_archiving_and_taking_up_again(mei: Api) -> None:
    file = mei.customer(cooperation_until="2027-03-31")
    body = {"reason": "budget", "look_again_on": "2027-01-04"}
    mei.post(f"/customers/{file['id']}/pause", body, 200)
    assert days(mei, file) == [("look_again", "2027-01-04"), ("contract_end", "2027-03-31")]
    mei.post(f"/customers/{file['id']}/resumption", status=200)
    assert days(mei, file) == [("contract_end", "2027-03-31")]
    mei.post(f"/customers/{file['id']}/archive", {"reason": "lost"}, 200)
    assert days(mei, file) == []


def test_imports_and_upgrades_are_caught_up_with(mei: Api) -> None:
    """What was written without telling anybody: by an import, or by an older version."""
    file = mei.customer()
    Customer.objects.filter(pk=file["id"]).update(cooperation_until=date(2027, 3, 31))
    jobs.enqueue(refreshing.EVERYBODY, {}, now=NOW)
    jobs.run_due(NOW)
    assert days(mei, file) == [("contract_end", "2027-03-31")]
    Customer.objects.filter(pk=file["id"]).update(cooperation_until=date(2027, 4, 30))
    refreshing.follow_bulk(now=NOW + timedelta(hours=1), since=NOW - timedelta(hours=1))
    jobs.run_due(NOW + timedelta(hours=2))
    assert days(mei, file) == [("contract_end", "2027-04-30")]


def test_days_that_have_passed_come_round_again(mei: Api) -> None:
    file = mei.customer(cooperation_since="2024-12-01", cooperation_until="2028-01-31")
    contact_with(mei, file, "12-05")
    Customer.objects.filter(pk=file["id"]).update(expected_close="年底")
    refreshing.refresh([file["id"]], TODAY)
    for day in ("2026-11-25", "2026-12-02", "2026-12-05", "2026-12-24"):
        told_at(at(day))
    later = at("2027-01-10")
    jobs.enqueue("care.key_dates_move_on", {}, now=later)
    jobs.run_due(later)
    found = KeyDate.objects.filter(customer=file["id"]).order_by("on")
    assert [(one.kind, str(one.on)) for one in found] == [
        ("expected_close", "2026-12-31"),
        ("anniversary", "2027-12-01"),
        ("birthday", "2027-12-05"),
        ("contract_end", "2028-01-31"),
    ]
    told = reading.of_customer(mei.person, Customer.objects.get(pk=file["id"]), date(2027, 1, 10))
    assert "expected_close" not in {one["kind"] for one in told}


def test_a_merge_takes_the_days_along_and_gives_them_back(boss: Api) -> None:
    one, other = boss.customer("杭州云启软件"), boss.customer("杭州云启")
    contact_with(boss, other, "5-20")
    done = boss.post("/merges", {"survivor_id": one["id"], "absorbed_ids": [other["id"]]})
    assert days(boss, one) == [("birthday", "2027-05-20")]
    boss.post(f"/merges/{done['id']}/undo", status=200)
    assert days(boss, one) == []
    assert days(boss, other) == [("birthday", "2027-05-20")]


def test_refreshing_many_is_a_handful_of_statements(mei: Api) -> None:
    ids = [mei.customer(f"公司{n}号", cooperation_until="2027-03-31")["id"] for n in range(12)]
    few = queries_of(lambda: refreshing.refresh(ids[:2], TODAY))
    assert queries_of(lambda: refreshing.refresh(ids, TODAY)) == few
    assert few <= 2


# Who reads them


def test_who_may_not_read_the_field_reads_no_date(mei: Api) -> None:
    file = mei.customer(kind="company", cooperation_until="2027-03-31")
    contact_with(mei, file, "5-20")
    blind = reader("沈无约", "shen", "service_lead", cooperation="hidden")
    assert days(blind, file) == [("birthday", "2027-05-20")]
    for level in ("masked", "hidden"):
        shy = reader("沈无人", f"shen-{level}", "service_lead", contact=level)
        assert days(shy, file) == [("contract_end", "2027-03-31")]


def test_of_the_pool_birthdays_are_not_told(mei: Api, boss: Api) -> None:
    file = mei.customer(cooperation_until="2027-03-31")
    contact_with(mei, file, "5-20")
    Customer.objects.filter(pk=file["id"]).update(owner=None)
    assert days(mei, file) == [("contract_end", "2027-03-31")]
    assert len(days(boss, file)) == 2


def test_out_of_sight_and_shared(mei: Api, lin: Api) -> None:
    file = mei.customer(cooperation_until="2027-03-31")
    lin.get(f"/customers/{file['id']}/key-dates", 404)
    share(mei, file, lin, may_edit=False)
    assert days(lin, file) == [("contract_end", "2027-03-31")]
    assert lin.get("/key-dates", to="2027-12-01")["items"] == [], "it is not lin's own"


def test_mine_and_the_teams(organisation: Any) -> None:
    east = Department.objects.create(name="东区")
    Department.objects.filter(pk=east.pk).update(path=f"/{east.pk}/")
    east.refresh_from_db()
    lead, seller = (
        Api(hire(name, name, role, east))
        for name, role in (("lead", "sales_lead"), ("seller", "sales"))
    )
    file = seller.customer(cooperation_until="2026-12-10")
    lead.customer("我自己的", cooperation_until="2026-12-12")
    names = [one["customer"]["name"] for one in lead.get("/key-dates")["items"]]
    assert names == ["我自己的"]
    items = lead.get("/key-dates", scope="team")["items"]
    assert [one["customer"]["name"] for one in items] == [file["name"], "我自己的"]
    seller.get("/key-dates", 403, scope="team")
    assert wrong_fields(lead.get("/key-dates", 422, scope="all")) == {"scope"}
    wrong = {"from": "2027-01-01", "to": "2026-01-01"}
    assert wrong_fields(lead.get("/key-dates", 422, **wrong)) == {"to"}
    assert lead.get("/key-dates", **{"from": "2026-12-11"})["items"][0]["on"] == "2026-12-12"
    assert queries_of(lambda: reading.upcoming(seller.person, TODAY, days=30)) == 1


# Telling the owner


def test_each_reminder_is_told_once_in_time(mei: Api) -> None:
    file = mei.customer("杭州云启软件", cooperation_until="2027-03-31")
    contact_with(mei, file, "12-05")
    assert told_at(at("2026-11-27")) == []
    (week,) = told_at(at("2026-11-28"))
    assert (week.person_id, week.customer_id) == (mei.id, file["id"])
    assert week.title == "生日：杭州云启软件的李处长，7 天后"
    assert week.body == "2026 年 12 月 5 日（12月5日），准备一句祝福。"
    assert told_at(at("2026-11-28")) == []
    (on_the_day,) = told_at(at("2026-12-05"))
    assert on_the_day.title == "生日：杭州云启软件的李处长，今天"
    assert told_at(at("2026-12-06")) == []
    assert [one.title for one in told_at(at("2027-03-01"))] == ["合同到期：杭州云启软件，30 天后"]
    assert told_at(at("2027-03-31")) == []


def test_with_a_contact_deleted_for_good_goes_what_was_told_of_their_day(mei: Api) -> None:
    file = mei.customer()
    one = contact_with(mei, file, "1980-11-25")
    contact_with(mei, file, "1981-11-26", name="周处长")
    told_at(at("2026-11-24"))
    assert len(Notice.objects.filter(title__contains="李处长")) == 1
    mei.delete(f"/contacts/{one['id']}")
    now = at("2027-01-10")
    jobs.enqueue("trash.empty", {}, now=now)
    jobs.run_due(now)
    assert not Notice.objects.filter(title__contains="李处长")
    assert Notice.objects.filter(title__contains="周处长")


def test_after_a_stop_it_is_told_with_the_delay(mei: Api) -> None:
    file = mei.customer("杭州云启软件", cooperation_since="2024-12-01")
    back = at("2026-12-04")
    jobs.enqueue("care.key_dates_move_on", {}, now=back)
    jobs.run_due(back)
    (late,) = told_at(back)
    assert late.title == "合作周年：杭州云启软件，已过 3 天"
    assert late.body.endswith("这条提醒迟了 10 天。")
    assert told_at(at("2026-12-05")) == []
    jobs.enqueue("care.key_dates_move_on", {}, now=at("2026-12-05"))
    jobs.run_due(at("2026-12-05"))
    assert KeyDate.objects.get(customer=file["id"]).on == date(2027, 12, 1)
    assert [one.customer_id for one in told_at(at("2027-11-24"))] == [file["id"]]


def test_what_is_learned_late_is_told_at_once_and_a_new_day_anew(mei: Api) -> None:
    file = mei.customer(cooperation_until="2026-11-30")
    assert len(told_at(at("2026-11-19"))) == 1
    assert told_at(at("2026-11-20")) == []
    version = mei.get(f"/customers/{file['id']}")["version"]
    mei.patch(f"/customers/{file['id']}", {"version": version, "remark": "随便"})
    mei.patch(f"/customers/{file['id']}", {"version": version + 1, "type": "existing"})
    assert told_at(at("2026-11-21")) == [], "the day is the same"
    body = {"version": version + 2, "cooperation_until": "2026-12-09"}
    mei.patch(f"/customers/{file['id']}", body)
    assert len(told_at(at("2026-11-22"))) == 1


def test_who_owns_it_now_is_told_if_they_may_read_it(boss: Api, mei: Api, lin: Api) -> None:
    file = mei.customer("换人公司", cooperation_until="2026-12-20")
    version = mei.get(f"/customers/{file['id']}")["version"]
    boss.patch(f"/customers/{file['id']}", {"version": version, "owner_id": lin.id})
    assert [one.person_id for one in told_at(at("2026-11-20"))] == [lin.id]
    shy = reader("沈无人", "shen", contact="masked")
    other = lin.customer("生日公司")
    contact_with(lin, other, "11-28")
    Customer.objects.filter(pk=other["id"]).update(owner=shy.id)
    assert told_at(at("2026-11-21")) == []
    nobodys = mei.customer("公海公司", cooperation_until="2026-12-22")
    Customer.objects.filter(pk=nobodys["id"]).update(owner=None)
    gone = mei.customer("删了", cooperation_until="2026-12-22")
    mei.delete(f"/customers/{gone['id']}")
    left = mei.customer("走了", cooperation_until="2026-12-22")
    Customer.objects.filter(pk=left["id"]).update(owner=lin.id)
    Person.objects.filter(pk=lin.id).update(is_active=False)
    assert told_at(at("2026-11-24")) == []


def test_a_sweep_of_many_is_a_handful_of_statements(mei: Api) -> None:
    for n in range(9):
        mei.customer(f"公司{n}号", cooperation_until="2026-12-20")
    later = at("2026-11-21")
    due = reminding.due(TODAY + timedelta(days=3), 20)
    assert len(due) == 9
    few = queries_of(lambda: reminding.tell(due[:2], later))
    assert queries_of(lambda: reminding.tell(due[2:], later)) == few
    assert few <= 7


def test_an_import_and_its_undoing_are_followed(boss: Api) -> None:
    """Whoever comes by an import is told to nobody who listens: a job follows."""
    sheet = "客户名称,客户类别,联系人,合作到期时间\n上海申花贸易,企业,张三,2027-03-31\n"
    file = SimpleUploadedFile("客户.csv", sheet.encode())
    headers = {"X-CSRFToken": boss.csrf}
    of = boss.client.post("/api/v1/imports", {"file": file}, headers=headers).json()
    jobs.run_due(clock.now())
    boss.post(f"/imports/{of['id']}/confirmation", status=200)
    jobs.run_due(clock.now())
    (made,) = boss.get("/customers")["items"]
    assert days(boss, made) == [("contract_end", "2027-03-31")]
    boss.post(f"/imports/{of['id']}/undo", status=200)
    jobs.run_due(clock.now())
    assert not KeyDate.objects.filter(customer__deleted_at=None).exists()
