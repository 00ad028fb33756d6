"""A field an administrator puts into another group is hidden with it, wherever it is told of."""

from __future__ import annotations

from typing import Any

from tests.customers.readers import reader
from tests.people import NOW, Api
from zhike.base import clock, jobs
from zhike.customers import doubles
from zhike.customers.models import Purchase
from zhike.trail.actions import record

PHONE = "13812345678"


def regroup(boss: Api, group: str, *names: str) -> None:
    """Put shipped fields into a group of rights."""
    for name in names:
        of, key = name.split(".")
        known = boss.get("/fields", of=of, all="true")["items"]
        version = next(one["version"] for one in known if one["key"] == key)
        boss.patch(f"/fields/{of}/{key}", {"version": version, "group": group})


def everybodys(name: str, username: str, **levels: str) -> Api:
    """A manager who reaches everybody, but for some groups of fields."""
    return reader(name, username, of="administrator", **levels)


def story(by: Api, customer_id: int) -> list[dict[str, Any]]:
    told = by.get(f"/customers/{customer_id}/story")
    return [node for chapter in told["chapters"] for node in chapter["nodes"]]


def test_the_story_tells_of_no_hidden_field(boss: Api) -> None:
    names = ("source", "products", "cooperation_since", "first_contact_on")
    file = boss.customer(
        source="referral",
        products="设备",
        cooperation_since="2024-06-01",
        first_contact_on="2023-03-01",
    )
    qin = everybodys("秦观", "qin", notes="hidden")
    before = story(qin, file["id"])
    assert {"初次接触", "开始合作"} <= {node["title"] for node in before}
    regroup(boss, "notes", *(f"customer.{name}" for name in names))
    after = [(node["title"], node["body"]) for node in story(qin, file["id"])]
    assert not [one for one in after if "合作" in one[0] or "介绍" in one[1] or "初次" in one[0]]
    assert story(boss, file["id"]) == before


def test_what_was_bought_for_is_told_to_who_reads_purchases(boss: Api) -> None:
    file = boss.customer()
    Purchase.objects.create(
        customer_id=file["id"], bought_on="2026-03-01", product="设备", amount=5, recorded_at=NOW
    )
    qin = everybodys("秦观", "qin", cooperation="hidden")
    facts = qin.get(f"/customers/{file['id']}/story")["facts"]
    assert (facts["purchases"], facts["bought_amount"]) == (None, None)
    assert boss.get(f"/customers/{file['id']}/story")["facts"]["bought_amount"] == 5


def test_a_birthday_is_no_hint_to_who_may_not_read_it(boss: Api) -> None:
    ids = []
    for name in ("甲公司", "乙公司"):
        file = boss.customer(name, contact_name="李女士", mobile=PHONE)
        ids.append(file["contacts"][0]["id"])
    boss.patch(f"/contacts/{ids[0]}", {"version": 1, "birthday": "1990-05-20"})
    boss.call("PUT", f"/contacts/{ids[1]}/individual", {"contact_id": ids[0]})
    qin = everybodys("秦观", "qin", notes="hidden")

    def hint(by: Api) -> str:
        (seen,) = by.get(f"/contacts/{ids[1]}/individual")["also_at"]
        return str(seen["birthday_shown"])

    assert hint(qin) == "1990年5月20日"
    regroup(boss, "notes", "contact.birthday")
    assert (hint(qin), hint(boss)) == ("", "1990年5月20日")


def test_the_clean_up_list_tells_of_no_hidden_field(boss: Api) -> None:
    for name in ("晨星教育科技有限公司", "晨星教育科技"):
        boss.customer(name, region_code="440305", industry="教育", contact_name="李", mobile=PHONE)
    jobs.enqueue(doubles.JOB, {}, now=NOW)
    jobs.run_due(NOW)
    qin = everybodys("秦观", "qin", notes="hidden")

    def sides(by: Api) -> set[tuple[str, str]]:
        (pair,) = by.get("/quality/doubles")["items"]
        return {(pair[side]["region"], pair[side]["industry"]) for side in ("first", "second")}

    ((region, industry),) = sides(qin)
    assert region
    assert industry == "教育"
    regroup(boss, "notes", "customer.region", "customer.industry")
    assert sides(qin) == {("", "")}
    assert sides(boss) == {(region, "教育")}


def test_a_search_marks_no_key_customer_to_who_may_not_know(boss: Api) -> None:
    boss.customer("华为", is_key=True)
    qin = everybodys("秦观", "qin", notes="hidden")

    def is_key(by: Api) -> bool:
        (hit,) = by.get("/search", q="华为")["items"]
        return bool(hit["is_key"])

    assert is_key(qin)
    regroup(boss, "notes", "customer.is_key")
    assert not is_key(qin)
    assert is_key(boss)


def test_the_parts_of_a_tier_go_with_the_fields_they_are_made_of(boss: Api) -> None:
    file = boss.customer(contract_amount=50_000_000, budget="50 万", grade="A")
    qin = everybodys("秦观", "qin", notes="hidden")

    def parts(by: Api) -> set[str]:
        return {one["name"] for one in by.get(f"/customers/{file['id']}")["tier_why"]}

    assert parts(qin) == {"money", "length", "frequency", "potential"}
    regroup(boss, "notes", "customer.grade")
    assert parts(qin) == {"money", "length", "frequency"}
    regroup(boss, "notes", "customer.contract_amount")
    assert parts(qin) == {"length", "frequency"}
    assert len(parts(boss)) == 4


def test_why_a_tier_changed_is_told_as_the_page_tells_it(boss: Api) -> None:
    """Who reads amounts, but no needs, is told of the amounts."""
    file = boss.customer(contract_amount=50_000_000, budget="50 万")
    why = boss.get(f"/customers/{file['id']}")["tier_why"]
    record(
        "customer.tiered",
        actor=None,
        now=clock.now(),
        customer_id=file["id"],
        record=("customer", file["id"]),
        data={"changes": {"tier": ["core", "normal"]}, "why": why, "by_hand": False},
    )
    qin = everybodys("秦观", "qin", needs="hidden")
    (told,) = [one for one in qin.story(file["id"]) if one["verb"] == "customer.tiered"]
    assert {one["name"] for one in told["detail"]["why"]} == {"money", "length", "frequency"}
