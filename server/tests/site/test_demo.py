"""The made-up year: believable, in order, within the present, and removable but for the trail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from tests.people import NOW, TODAY, Api, boss, frozen, hire, organisation, stored
from tests.site.installation import environment_for, zhike
from zhike.access.models import Organisation, Person
from zhike.base import clock, workdays
from zhike.base.errors import Conflict, Forbidden
from zhike.care.key_dates import reminding
from zhike.fields import choices
from zhike.site import demo
from zhike.site.demo.population import population
from zhike.site.demo.story import build
from zhike.trail import verification
from zhike.trail.models import Event, Notice
from zhike.trail.notices import telling

__all__ = ["boss", "frozen", "organisation"]

SIZE = 12
LOST = choices.DEAL_STAGE.label("lost")
PIPELINE = [choice.label for choice in choices.DEAL_STAGE if choice.label != LOST]
KEPT = {"zhike_person", "zhike_department", "zhike_codesequence", "zhike_event", "zhike_head"}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Nine passwords are hashed; the tests need not wait for argon2."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def filled(db: None) -> demo.Filled:
    return demo.fill(now=NOW, size=SIZE)


@pytest.fixture
def chief(filled: demo.Filled) -> Api:
    return Api(filled.boss)


def customers(api: Api) -> list[dict[str, Any]]:
    return list(_pages(api, "/customers", limit=100))


def story(api: Api, customer: dict[str, Any], kind: str = "") -> list[dict[str, Any]]:
    """The time line, oldest first."""
    query = {"limit": 100} | ({"kind": kind} if kind else {})
    return list(_pages(api, f"/customers/{customer['id']}/timeline", **query))[::-1]


def _pages(api: Api, path: str, **query: Any) -> Iterator[dict[str, Any]]:
    while True:
        page = api.get(path, **query)
        yield from page["items"]
        if not page["next"]:
            return
        query["cursor"] = page["next"]


def test_an_empty_installation_gets_a_whole_company(filled: demo.Filled, chief: Api) -> None:
    assert filled.new_boss
    assert Organisation.objects.count() == 1
    assert len(filled.people) == 8
    assert all(one.check_password(filled.password) for one in [filled.boss, *filled.people])
    assert filled.password in filled.told()
    found = customers(chief)
    assert len(found) == filled.counts.customers == SIZE
    assert Counter(one["kind"] for one in found) == {"company": 10, "person": 2}
    assert len(chief.get("/departments")["items"]) == 3
    tags = chief.get("/tags")["items"]
    assert len(tags) == 13
    assert len({one["color"] for one in tags}) >= 10


def test_every_customer_is_marked_owned_or_in_the_pool_and_has_a_contact(
    filled: demo.Filled, chief: Api
) -> None:
    unowned = [one for one in customers(chief) if one["owner"] is None]
    pool = chief.get("/pool")["items"]
    assert len(pool) == filled.counts.let_go > 0
    assert {one["id"] for one in pool} == {one["id"] for one in unowned}
    for one in customers(chief):
        assert "演示数据" in {tag["name"] for tag in one["tags"]}
        assert one["owner"] is None or one["owner"]["name"] != chief.person.name
        assert one["contact"]["phone"][3:7] == "****"
        assert one["last_follow_up_on"]
        detail = chief.get(f"/customers/{one['id']}")
        assert detail["background"] and detail["first_need"] and detail["region"]
        assert 1 <= len(detail["contacts"]) <= 4
        assert sum(contact["is_primary"] for contact in detail["contacts"]) == 1


def test_each_department_has_a_lead_who_sees_its_work(filled: demo.Filled, chief: Api) -> None:
    leads = [one for one in filled.people if one.role.name == "销售主管"]
    assert Counter(one.department for one in leads) == dict.fromkeys(
        {one.department for one in filled.people}, 1
    )
    led = {one["person"]["name"] for one in Api(leads[0]).get("/team-today")}
    of_it = {one.name for one in filled.people if one.department == leads[0].department}
    assert led == of_it


def test_of_days_long_past_nobody_is_told_today(filled: demo.Filled) -> None:
    told = reminding.due(date(TODAY.year + 1, TODAY.month, TODAY.day), 1000)
    assert told, "a year has days to be told of"
    assert all(one.remind_on >= TODAY for one in told if one.remind_on)


def test_the_past_is_read_but_for_what_was_told_before_of_real_customers(boss: Api) -> None:
    telling.tell(boss.id, "task_due", "own", "真的提醒", now=NOW - timedelta(days=30))
    made = demo.fill(now=NOW, size=SIZE)
    told = Notice.objects.filter(created_at__lt=NOW - timedelta(days=3))
    assert told.filter(person__in=[one.pk for one in made.people]).exists()
    assert [one.title for one in told.filter(read_at=None)] == ["真的提醒"]


def test_no_two_companies_of_one_name() -> None:
    for seed in ("a", "b"):
        names = [one.name for one in population(300, TODAY, seed)]
        assert len(names) == len(set(names)) == 300


def test_numbers_belong_to_nobody() -> None:
    for one in population(60, TODAY, "x"):
        for someone in one.people:
            assert someone.fields["mobile"][:3] in ("142", "143", "154")
            assert someone.fields.get("landline", "-1").split("-")[1].startswith("1")
            assert someone.fields.get("email", "@example.com").endswith((".com", ".cn"))
            assert "example." in someone.fields.get("email", "@example.com")
        assert one.later.get("identity", "91000099")[6:8] == "99"


def test_everything_lies_in_the_past_and_in_order(chief: Api) -> None:
    for one in customers(chief):
        told = story(chief, one)
        assert all(item["on"] <= str(TODAY) and item["at"] <= NOW.isoformat() for item in told)
        assert [item["on"] for item in told] == sorted(item["on"] for item in told)
        assert told[0]["kind"] == "created"
        talks = [item for item in told if item["kind"] == "follow_up"]
        assert len({item["body"] for item in talks}) == len(talks), "nobody repeats himself"
        assert all("{" not in str(item) or "}" not in item["body"] for item in talks)
        assert one["last_follow_up_on"] == talks[-1]["on"]


def test_plans_fall_on_working_days(chief: Api, filled: demo.Filled) -> None:
    plans = []
    for person in filled.people:
        api = Api(person)
        for scope in ("open", "done"):
            plans += [
                task
                for task in _pages(api, "/tasks", scope=scope, limit=100)
                if task["kind"] == "follow_up"
            ]
    assert len(plans) > SIZE * 3
    assert all(workdays.is_workday(date.fromisoformat(task["due_on"])) for task in plans)
    for one in customers(chief):
        if one["type"] == "lost":
            assert one["next_follow_up_on"] is None
        else:
            assert workdays.is_workday(date.fromisoformat(one["next_follow_up_on"]))


def test_deals_go_through_the_pipeline_in_order(chief: Api) -> None:
    moves = 0
    for one in customers(chief):
        stages = [
            changed["new"]
            for item in story(chief, one, kind="change")
            for changed in item["detail"].get("changes", [])
            if changed["field"] == "deal_stage"
        ]
        places = [PIPELINE.index(stage) for stage in stages if stage != LOST]
        assert places == sorted(places)
        assert LOST not in stages[:-1]
        moves += len(stages)
    assert moves > SIZE / 2


def test_a_whole_company_has_work_every_day() -> None:
    """Of three hundred: overdue ones, some for today, many within two weeks."""
    open_plans: list[date] = []
    per_arc: dict[str, list[int]] = defaultdict(list)
    for one in population(300, TODAY, demo.SEED):
        steps = build(one)
        per_arc[one.arc].append(len(steps))
        if steps[-1].following:
            open_plans.append(steps[-1].following)
    soon = [day for day in open_plans if 0 < (day - TODAY).days <= 14]
    assert 5 <= sum(day < TODAY for day in open_plans) <= 60
    assert sum(day == TODAY for day in open_plans) >= 3
    assert len(soon) >= 60
    assert 2700 <= sum(map(sum, per_arc.values())) <= 3800


def test_the_same_day_gives_the_same_story(filled: demo.Filled, chief: Api) -> None:
    def texts() -> list[Any]:
        return [
            (one["name"], [item["body"] for item in story(chief, one, kind="follow_up")])
            for one in sorted(customers(chief), key=lambda one: one["name"])
        ]

    first = texts()
    demo.remove(actor=filled.boss, now=NOW)
    assert customers(chief) == []
    again = demo.fill(now=NOW, size=SIZE)
    assert texts() == first
    assert not again.new_boss
    assert Person.objects.count() == 9, "the same people come back"


def test_twice_is_refused(filled: demo.Filled) -> None:
    with pytest.raises(Conflict, match="演示数据已经在系统里了"):
        demo.fill(now=NOW, size=SIZE)


def test_removal_leaves_nothing(boss: Api) -> None:
    own = boss.customer("真客户有限公司")
    boss.post(f"/customers/{own['id']}/follow-ups", {"way": "phone", "content": "聊了聊"})
    before = {name: rows for name, rows in stored().items() if name not in KEPT}
    events = boss.story(own["id"])
    made = demo.fill(now=NOW, size=SIZE)
    assert (made.new_boss, made.boss.pk) == (False, boss.id)
    assert len(customers(boss)) == SIZE + 1
    gone = demo.remove(actor=boss.person, now=clock.now())
    assert (gone.customers, gone.people) == (SIZE, 8)
    after = {name: rows for name, rows in stored().items() if name not in KEPT}
    searched = {name for name in before if name.startswith("zhike_search")}
    assert {n: r for n, r in after.items() if n not in searched} == {
        n: r for n, r in before.items() if n not in searched
    }
    assert boss.story(own["id"]) == events
    assert [one["name"] for one in customers(boss)] == ["真客户有限公司"]
    assert not demo.has_demo_data()
    assert not Person.objects.filter(email__endswith="@example.com", is_active=True).exists()


def test_the_trail_outlives_what_was_removed(boss: Api, settings: Settings, tmp_path: Path) -> None:
    """Events are never deleted; their customers' time lines are out of reach all the same."""
    settings.ZHIKE_DATA = tmp_path  # type: ignore[attr-defined]
    demo.fill(now=NOW, size=SIZE)
    made = Event.objects.filter(verb="customer.created").count()
    told = Event.objects.count()
    one = customers(boss)[0]["id"]
    demo.remove(actor=boss.person, now=clock.now())
    assert Event.objects.filter(verb="customer.created").count() == made
    assert Event.objects.count() > told
    boss.get(f"/customers/{one}/timeline", 404)
    assert verification.verify().findings == []


def test_who_took_over_a_real_customer_stays(boss: Api) -> None:
    made = demo.fill(now=NOW, size=SIZE)
    own = boss.customer("真客户有限公司")
    busy = made.people[0]
    boss.patch(f"/customers/{own['id']}", {"version": own["version"], "owner_id": busy.pk})
    assert demo.remove(actor=boss.person, now=clock.now()).people == 7
    busy.refresh_from_db()
    assert busy.is_active


def test_only_an_administrator_removes(filled: demo.Filled) -> None:
    with pytest.raises(Forbidden):
        demo.remove(actor=filled.people[0], now=NOW)
    assert demo.has_demo_data()


def test_a_name_already_taken_is_left_alone(boss: Api) -> None:
    real = hire("孙小姐", "sunlq")
    made = demo.fill(now=NOW, size=SIZE)
    assert "sunlq2" in {one.username for one in made.people}
    real.refresh_from_db()
    assert real.name == "孙小姐"


def test_the_command(tmp_path: Any) -> None:
    environment = environment_for(tmp_path / "data")
    done = zhike("demo", "--size", "5", environment=environment)
    assert done.returncode == 0, done.stderr
    assert "写入 5 位客户" in done.stdout
    assert "admin（周岚）" in done.stdout
    again = zhike("demo", environment=environment)
    assert again.returncode == 1
    assert again.stdout == ""
    assert len(again.stderr.strip().splitlines()) == 1
    removed = zhike("demo", "--remove", environment=environment)
    assert "已清除 5 位演示客户" in removed.stdout
