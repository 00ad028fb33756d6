"""The public pool: who falls into it, when, and who is told (R33)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import NOW, TODAY, Api, hire, queries_of, wrong_fields
from zhike.access.models import Department
from zhike.base import clock
from zhike.base.jobs import enqueue, run_due
from zhike.care import bulk
from zhike.care.models import PoolClock, PoolEntry, Task
from zhike.customers import bulk as customers
from zhike.customers.bulk import NewCustomer
from zhike.customers.models import Customer
from zhike.trail.models import Event, Notice

Traveller = Any  # what `frozen` gives
RULES = {"is_on": True, "days": 60, "new_days": 20, "notice_days": 7, "rest_days": 15}
FAR = "2031-01-01"


@pytest.fixture
def rules(boss: Api) -> dict[str, Any]:
    """Customers fall after 60 days, new ones after 20; told a week before."""
    laid: dict[str, Any] = boss.patch("/pool-rules", RULES)
    run_due(clock.now())
    return laid


def on_day(traveller: Traveller, days: int, *people: Api) -> None:
    """Let the day so many after the first come, with its sweep; these people sign in that day."""
    traveller.move_to(NOW + timedelta(days=days))
    for one in people:
        one.client.force_login(one.person)
    enqueue("care.pool_sweep", {}, now=clock.now())
    run_due(clock.now())


def falls_in(customer: dict[str, Any]) -> int | None:
    """In how many days from the first a customer falls."""
    day = PoolClock.objects.get(pk=customer["id"]).falls_on
    return (day - TODAY).days if day else None


def told(whom: Api) -> list[tuple[str, int | None]]:
    """What kinds of notices somebody got, of which customers."""
    found = Notice.objects.filter(person_id=whom.id).order_by("id")
    return list(found.values_list("kind", "customer_id"))


def talk(by: Api, customer: dict[str, Any], **fields: Any) -> Any:
    body = {"way": "phone", "content": "聊了聊", "agreed": True, **fields}
    return by.post(f"/customers/{customer['id']}/follow-ups", body)


def owner_of(customer: dict[str, Any]) -> int | None:
    return Customer.objects.get(pk=customer["id"]).owner_id


def test_a_neglected_customer_is_told_of_and_falls(
    mei: Api, rules: dict[str, Any], frozen: Traveller
) -> None:
    one = mei.customer()
    mei.post("/tasks", {"title": "寄样品", "due_on": "2026-11-20", "customer_id": one["id"]})
    assert falls_in(one) == 20
    on_day(frozen, 12)
    assert told(mei) == []
    on_day(frozen, 13, mei)
    assert told(mei) == [("pool_falling", one["id"])]
    assert mei.get("/pool/falling", mine="true")["items"][0]["days_left"] == 7
    on_day(frozen, 19)
    assert len(told(mei)) == 1
    assert owner_of(one) == mei.id
    on_day(frozen, 20, mei)
    assert owner_of(one) is None
    assert told(mei) == [("pool_falling", one["id"]), ("pool_fell", one["id"])]
    (there,) = mei.get("/pool")["items"]
    assert (there["id"], there["why"], there["former"]["id"]) == (
        *(one["id"], "20 天没有首次跟进", mei.id),
    )
    assert not PoolClock.objects.exists()
    assert Task.objects.get(title="寄样品").assignee_id is None
    event = Event.objects.get(verb="customer.fell_to_pool")
    assert event.data["reason"] == "20 天没有首次跟进"
    assert "customer.fell_to_pool" in [item["verb"] for item in mei.story(one["id"])]
    on_day(frozen, 21)
    assert len(told(mei)) == 2


def test_a_talk_begins_anew(mei: Api, rules: dict[str, Any], frozen: Traveller) -> None:
    one = mei.customer()
    on_day(frozen, 13, mei)
    log = talk(mei, one)
    assert falls_in(one) == 13 + 60
    mei.delete(f"/follow-ups/{log['id']}")
    assert falls_in(one) == 20
    mei.post(f"/follow-ups/{log['id']}/restoration", status=200)
    on_day(frozen, 66, mei)
    assert told(mei) == [("pool_falling", one["id"])] * 2  # once for each day it would fall
    mei.delete(f"/follow-ups/{log['id']}")
    assert falls_in(one) == 73  # it was told so


def test_a_talk_on_an_earlier_day_counts_from_that_day(mei: Api, rules: dict[str, Any]) -> None:
    one = mei.customer()
    log = talk(mei, one, contacted_on="2026-11-18")
    assert falls_in(one) == 60
    mei.patch(f"/follow-ups/{log['id']}", {"version": 1, "contacted_on": "2026-11-10"})
    assert falls_in(one) == 60  # held since the 18th


@pytest.mark.parametrize(
    "facts",
    [
        {"is_key": True},
        {"cooperation_stage": "running"},
        {"type": "existing", "cooperation_since": "2025-01-01", "contract_amount": 100},
    ],
)
def test_who_never_falls(mei: Api, rules: dict[str, Any], facts: dict[str, Any]) -> None:
    one = mei.customer(**facts)
    assert falls_in(one) is None
    name = next(iter(facts))
    plain = {"is_key": False, "cooperation_stage": "", "type": "prospect"}[name]
    mei.patch(f"/customers/{one['id']}", {"version": 1, name: plain})
    assert falls_in(one) == 20


def test_a_contract_protects_to_its_last_day(
    mei: Api, rules: dict[str, Any], frozen: Traveller
) -> None:
    one = mei.customer(cooperation_since="2025-01-01", cooperation_until=FAR)
    on_day(frozen, 400, mei)
    assert owner_of(one) == mei.id
    assert told(mei) == []
    mei.patch(f"/customers/{one['id']}", {"version": 1, "cooperation_until": "2027-12-30"})
    assert falls_in(one) == 407 + 20  # a contract that ends on day 407


def test_key_customers_fall_where_the_rules_say_so(boss: Api, mei: Api) -> None:
    boss.patch("/pool-rules", {**RULES, "keeps_key": False})
    one = mei.customer(is_key=True)
    assert falls_in(one) == 20


def test_who_is_put_away_does_not_fall(mei: Api, rules: dict[str, Any], frozen: Traveller) -> None:
    one, other = mei.customer("甲"), mei.customer("乙")
    pause = {"reason": "budget", "look_again_on": "2027-03-01"}
    mei.post(f"/customers/{one['id']}/pause", pause, 200)
    mei.delete(f"/customers/{other['id']}")
    on_day(frozen, 100, mei)
    assert told(mei) == []
    mei.post(f"/customers/{one['id']}/resumption", status=200)
    assert falls_in(one) == 100 + 20
    mei.client.force_login(mei.person)
    Customer.objects.filter(pk=other["id"]).update(deleted_at=clock.now())
    mei.post(f"/customers/{other['id']}/restoration", status=200)
    assert falls_in(other) == 20  # long ago, but told first
    on_day(frozen, 100)
    assert owner_of(other) == mei.id
    assert falls_in(other) == 107


def test_nobody_falls_untold_after_a_week_without_sweeps(
    mei: Api, rules: dict[str, Any], frozen: Traveller
) -> None:
    one = mei.customer()
    on_day(frozen, 300)
    assert owner_of(one) == mei.id
    assert told(mei) == [("pool_falling", one["id"])]
    on_day(frozen, 306)
    assert owner_of(one) == mei.id
    on_day(frozen, 307)
    assert owner_of(one) is None


def test_who_was_not_told_yet_is_not_shown_as_due(boss: Api, mei: Api, frozen: Traveller) -> None:
    """Where the rules are new, the days of notice count from the next sweep."""
    one = mei.customer()
    on_day(frozen, 100, boss, mei)
    assert mei.get("/pool/falling")["items"] == []
    boss.patch("/pool-rules", RULES)
    run_due(clock.now())

    def shown() -> list[tuple[int, int]]:
        found = [*mei.get("/pool/falling")["items"], *mei.get("/today")["pool"]["falling"]]
        assert {row["id"] for row in found} == {one["id"]}
        days = [clock.today() + timedelta(days=row["days_left"]) for row in found]
        assert [row["falls_on"] for row in found] == [day.isoformat() for day in days]
        return [
            ((day - TODAY).days, row["days_left"]) for day, row in zip(days, found, strict=True)
        ]

    assert shown() == [(108, 8)] * 2  # the sweep of the day was over
    frozen.move_to(NOW + timedelta(days=101, hours=-3))  # before the next one
    assert shown() == [(108, 7)] * 2
    on_day(frozen, 101, mei)
    assert told(mei) == [("pool_falling", one["id"])]
    assert shown() == [(108, 7)] * 2
    on_day(frozen, 107)
    assert owner_of(one) == mei.id
    on_day(frozen, 108)
    assert owner_of(one) is None


def test_the_new_owner_begins_with_all_the_days(
    boss: Api, mei: Api, lin: Api, rules: dict[str, Any], frozen: Traveller
) -> None:
    one = mei.customer()
    on_day(frozen, 13, boss)
    handed = {"customer_ids": [one["id"]], "taker_id": lin.id}
    boss.post("/hand-overs", handed)
    run_due(clock.now())
    assert falls_in(one) == 13 + 20
    on_day(frozen, 20)
    assert owner_of(one) == lin.id


def test_turning_the_rules_on_asks_the_trail(
    boss: Api, mei: Api, lin: Api, frozen: Traveller
) -> None:
    old, passed, talked = mei.customer("甲"), mei.customer("乙"), mei.customer("丙")
    on_day(frozen, 10, boss, mei)
    boss.patch(f"/customers/{passed['id']}", {"version": 1, "owner_id": lin.id})
    talk(mei, talked)
    assert not PoolClock.objects.exists()
    boss.patch("/pool-rules", RULES)
    run_due(clock.now())
    assert [falls_in(one) for one in (old, passed, talked)] == [20, 30, 70]
    boss.patch("/pool-rules", {"new_days": 25})
    run_due(clock.now())
    assert [falls_in(one) for one in (old, passed, talked)] == [25, 35, 70]
    boss.patch("/pool-rules", {"is_on": False})
    run_due(clock.now())
    assert not PoolClock.objects.exists()


def test_shorter_days_leave_the_notice(
    boss: Api, mei: Api, rules: dict[str, Any], frozen: Traveller
) -> None:
    one = mei.customer()
    on_day(frozen, 15, boss)
    assert falls_in(one) == 22  # told on the 15th: the seven days count from then
    boss.patch("/pool-rules", {"new_days": 5, "notice_days": 3})
    run_due(clock.now())
    assert falls_in(one) == 22
    on_day(frozen, 22)
    assert owner_of(one) is None


def test_leads_hear_of_their_people(
    boss: Api, mei: Api, rules: dict[str, Any], frozen: Traveller
) -> None:
    house = Department.objects.create(name="销售部", path="/1/")
    other = Department.objects.create(name="市场部", path="/2/")
    mei.person.department = house
    mei.person.save()
    lead = Api(hire("陈主管", "chen", "sales_lead", house))
    stranger = Api(hire("别的主管", "other", "sales_lead", other))
    for name in ("甲公司", "乙公司"):
        mei.customer(name)
    on_day(frozen, 13)
    (notice,) = Notice.objects.filter(person_id=lead.id)
    assert notice.title == "团队有 2 位客户即将收回公海"
    assert "甲公司（王小梅）" in notice.body
    assert told(stranger) == []
    on_day(frozen, 20)
    assert [kind for kind, _ in told(lead)] == ["pool_falling", "pool_fell"]


def test_leads_hear_of_every_piece(
    mei: Api, rules: dict[str, Any], frozen: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two customers may have one name: the notices of the pieces they lead are two."""
    house = Department.objects.create(name="销售部", path="/1/")
    mei.person.department = house
    mei.person.save()
    lead = Api(hire("陈主管", "chen", "sales_lead", house))
    for mobile in ("13812345678", "13912345678"):
        mei.customer("张伟", kind="person", mobile=mobile)
    monkeypatch.setattr("zhike.care.pool.sweep.WARNED", 1)
    on_day(frozen, 13)
    assert [kind for kind, _ in told(lead)] == ["pool_falling"] * 2


def test_an_import_winds_clocks_and_fills_the_pool(
    boss: Api, mei: Api, rules: dict[str, Any], frozen: Traveller
) -> None:
    rows = [
        NewCustomer({"name": "有人的", "kind": "company", "owner": mei.id}, {}),
        NewCustomer({"name": "没人的", "kind": "company", "owner": None}, {}),
    ]
    from django.db import transaction

    with transaction.atomic():
        ids = customers.add(actor=boss.person, now=clock.now(), customers=rows, import_id=None)
        bulk.entered(ids, clock.now())
    assert PoolClock.objects.get().customer_id == ids[0]
    assert [one["name"] for one in mei.get("/pool")["items"]] == ["没人的"]


def test_those_nobody_noted_are_noted_by_the_sweep(mei: Api, frozen: Traveller) -> None:
    one = mei.customer()
    Customer.objects.filter(pk=one["id"]).update(owner=None)
    assert mei.get("/pool")["items"] == []
    on_day(frozen, 1, mei)
    (there,) = mei.get("/pool")["items"]
    assert (there["why"], there["former"]) == ("还没有负责人", None)


def test_the_sweep_reads_only_what_is_due(
    mei: Api, rules: dict[str, Any], frozen: Traveller
) -> None:
    def sweep() -> None:
        enqueue("care.pool_sweep", {}, now=clock.now())
        run_due(clock.now())

    sweep()
    idle = queries_of(sweep)
    for n in range(30):
        mei.customer(f"客户{n}")
    assert queries_of(sweep) == idle


def test_only_who_looks_after_the_system_changes_the_rules(boss: Api, mei: Api) -> None:
    mei.call("PATCH", "/pool-rules", {"days": 1})
    assert mei.get("/pool-rules")["days"] == 90
    mei.patch("/pool-rules", {"days": 1}, 403)
    assert wrong_fields(boss.patch("/pool-rules", {"days": 0, "notice_days": 91}, 422)) == {
        "days",
        "notice_days",
    }
    assert boss.patch("/pool-rules", {"claims_per_day": 3})["claims_per_day"] == 3
    assert Event.objects.get(verb="pool_rules.changed").data["changes"] == {
        "claims_per_day": [10, 3]
    }


def test_rules_somebody_else_changed_meanwhile_are_not_overwritten(boss: Api) -> None:
    read = boss.get("/pool-rules")
    boss.patch("/pool-rules", {"days": 60})
    late = {"days": 45, "version": read["version"]}
    assert "刚被别人改过" in boss.patch("/pool-rules", late, 409)["title"]
    now = boss.get("/pool-rules")
    assert now["days"] == 60
    assert boss.patch("/pool-rules", late | {"version": now["version"]})["days"] == 45


def test_merging_winds_the_survivor(boss: Api, mei: Api, rules: dict[str, Any]) -> None:
    one, other = mei.customer("甲公司"), mei.customer("乙公司")
    talk(mei, other)
    body = {"survivor_id": one["id"], "absorbed_ids": [other["id"]], "chosen": {}}
    merge = mei.post("/merges", body)
    assert falls_in(one) == 60
    assert falls_in(other) is None
    mei.post(f"/merges/{merge['id']}/undo", status=200)
    assert (falls_in(one), falls_in(other)) == (20, 60)


def test_entries_stay_in_order(boss: Api, mei: Api, frozen: Traveller) -> None:
    for n in range(5):
        frozen.move_to(NOW + timedelta(minutes=n))
        one = boss.customer(f"公海{n}")
        boss.post(f"/customers/{one['id']}/pool", {"reason": "没空"}, 204)
    first = mei.get("/pool", limit=2)
    second = mei.get("/pool", limit=2, cursor=first["next"])
    last = mei.get("/pool", limit=2, cursor=second["next"])
    names = [one["name"] for page in (first, second, last) for one in page["items"]]
    assert names == [f"公海{n}" for n in (4, 3, 2, 1, 0)]
    assert last["next"] is None
    assert [one["name"] for one in mei.get("/pool", sort="came_on", limit=2)["items"]] == [
        *("公海0", "公海1"),
    ]
    assert [one["name"] for one in mei.get("/pool", q="公海3")["items"]] == ["公海3"]
    mei.get("/pool", 422, sort="name")
    mei.get("/pool", 422, cursor="xx")
    assert PoolEntry.objects.count() == 5
