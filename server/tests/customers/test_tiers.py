"""The tier of a customer (R05): points that grow with value, told in words, set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import NOW, Api, hire, wrong_fields
from zhike.base import clock, jobs
from zhike.customers import standing, tiers
from zhike.customers.models import Customer, FileRules, Purchase
from zhike.customers.models.rules import shipped_tiers
from zhike.trail.models import Event

RULES = shipped_tiers()
AMOUNT = st.integers(0, 10**13)
WORTH = st.builds(
    tiers.Worth,
    contract=AMOUNT,
    bought=AMOUNT,
    deal=AMOUNT,
    months=st.integers(0, 600),
    times=st.integers(0, 500),
    need=st.sampled_from(["", "unclear", "solved", "clear", "closing", "lost", "own"]),
    has_budget=st.booleans(),
    has_decider=st.booleans(),
    grade=st.sampled_from(["", "A", "B", "C", "own"]),
    completeness=st.integers(0, 100),
)
RANKED = {
    "need": ["unclear", "solved", "clear", "proposing"],
    "grade": ["C", "B", "A"],
    "has_budget": [False, True],
    "has_decider": [False, True],
}


def rules_of(parts: tuple[int, int, int], lines: tuple[int, int]) -> dict[str, Any]:
    """Valid rules: four parts that make a hundred, growth below core."""
    first, second, third = sorted(parts)
    most = (first, second - first, third - second, 100 - third)
    rules: dict[str, Any] = {
        name: {"most": points, **({"full": 7} if name != "potential" else {})}
        for name, points in zip(tiers.PARTS, most, strict=True)
    }
    return tiers.checked(rules | {"growth": min(lines), "core": max(lines)}, RULES)


HUNDRED = st.integers(0, 100)
ANY_RULES = st.builds(
    rules_of,
    st.tuples(HUNDRED, HUNDRED, HUNDRED),
    st.tuples(st.integers(1, 50), st.integers(51, 100)),
)


@given(WORTH, ANY_RULES)
def test_points_stay_within_their_most(worth: tiers.Worth, rules: dict[str, Any]) -> None:
    weighed = tiers.weigh(worth, rules)
    assert [part["name"] for part in weighed.why] == list(tiers.PARTS)
    for part in weighed.why:
        assert 0 <= part["points"] <= part["most"] == rules[part["name"]]["most"]
        assert f"{part['points']}/{part['most']} 分" in part["told"]
    assert weighed.points == sum(part["points"] for part in weighed.why) <= 100
    assert weighed.tier == tiers.tier_of(weighed.points, rules)


@given(
    WORTH,
    ANY_RULES,
    st.sampled_from(["contract", "bought", "deal", "months", "times", "completeness"]),
    st.integers(0, 10**9),
)
def test_more_is_never_less(
    worth: tiers.Worth, rules: dict[str, Any], name: str, more: int
) -> None:
    better = replace(worth, **{name: getattr(worth, name) + more})
    assert tiers.weigh(better, rules).points >= tiers.weigh(worth, rules).points


@given(WORTH, ANY_RULES, st.sampled_from(sorted(RANKED)))
def test_better_is_never_less(worth: tiers.Worth, rules: dict[str, Any], name: str) -> None:
    points = [tiers.weigh(replace(worth, **{name: value}), rules).points for value in RANKED[name]]
    assert points == sorted(points)


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (None, None, 0),
        ("2024-09-18", None, 26),
        ("2024-09-19", None, 25),
        ("2027-01-01", None, 0),
        ("2024-01-01", "2025-01-01", 12),
        ("2026-11-18", None, 0),
    ],
)
def test_months_of_a_cooperation(since: str | None, until: str | None, months: int) -> None:
    day = date.fromisoformat
    found = tiers.months_between(since and day(since), until and day(until), date(2026, 11, 18))
    assert found == months


def test_the_larger_of_contract_and_purchases_counts_and_is_told() -> None:
    worth = tiers.Worth(contract=20_000_000, bought=30_000_000, deal=1, months=26)
    why = {part["name"]: part for part in tiers.weigh(worth, RULES).why}
    assert why["money"]["told"] == "累计金额 30 万元，得 24/40 分"
    assert why["length"]["told"] == "合作 26 个月，得 14/20 分"
    assert why["frequency"]["told"] == "近 12 个月没有购买记录，得 0/20 分"


RICH = {
    "contract_amount": 60_000_000,
    "cooperation_since": "2022-01-01",
    "need_status": "closing",
    "budget": "五十万",
    "grade": "A",
}


def tier_of(one: dict[str, Any]) -> Customer:
    return Customer.objects.get(pk=one["id"])


def test_a_tier_follows_the_facts(mei: Api) -> None:
    made = mei.customer()
    assert tier_of(made).tier == "normal"
    path = f"/customers/{made['id']}"
    changed = mei.patch(path, {"version": made["version"], **RICH})
    rich = tier_of(made)
    assert (rich.tier, changed["tier"], rich.tier_by_hand) == ("core", "core", False)
    assert rich.tier_points == sum(part["points"] for part in rich.tier_why) >= 60
    assert rich.version == changed["version"] == made["version"] + 1
    told = mei.story(made["id"], kind="change")
    assert [one["verb"] for one in told] == ["customer.tiered", "customer.changed"] or [
        one["verb"] for one in told
    ] == ["customer.changed", "customer.tiered"]
    (tiered,) = [one for one in told if one["verb"] == "customer.tiered"]
    (change,) = tiered["detail"]["changes"]
    assert (change["label"], change["old"], change["new"]) == ("客户分层", "普通", "核心")


def test_purchases_of_the_year_count(mei: Api) -> None:
    made = mei.customer()
    days = ["2025-11-18", "2025-11-19", "2026-10-01", "2026-11-18"]
    for day in days:  # the first is a year ago, to the day
        Purchase.objects.create(
            customer_id=made["id"], bought_on=day, product="设备", amount=1_000_000, recorded_at=NOW
        )
    Customer.objects.filter(pk=made["id"]).update(bought_count=4, bought_amount=4_000_000)
    standing.settle_many([made["id"]], NOW)
    why = {part["name"]: part for part in tier_of(made).tier_why}
    assert why["frequency"]["points"] == 20 * 3 // 6
    assert why["money"]["points"] == 40 * 4 // 50


def set_tier(by: Api, one: dict[str, Any], status: int = 200, **body: Any) -> Any:
    answer = by.call("PUT", f"/customers/{one['id']}/tier", body)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_tier_by_hand_stands_until_it_is_taken_back(mei: Api) -> None:
    made = mei.customer()
    told = set_tier(mei, made, tier="core", reason="集团重点培育")
    assert (told["tier"], told["by_hand"], told["reason"]) == ("core", True, "集团重点培育")
    assert told["version"] == made["version"] + 1
    assert [part["name"] for part in told["why"]] == list(tiers.PARTS)
    standing.settle_many([made["id"]], NOW)
    assert tier_of(made).tier == "core"
    (change, *_) = mei.story(made["id"], kind="change")
    assert (change["verb"], change["actor"]["name"]) == ("customer.tiered", "王小梅")
    back = set_tier(mei, made, tier=None, reason="")
    assert (back["tier"], back["by_hand"], back["reason"]) == ("normal", False, "")


def test_what_is_wrong_with_a_tier_by_hand(mei: Api, lin: Api) -> None:
    made = mei.customer()
    assert wrong_fields(set_tier(mei, made, 422, tier="core", reason=" ")) == {"reason"}
    assert wrong_fields(set_tier(mei, made, 422, tier="gold", reason="因为")) == {"tier"}
    assert wrong_fields(set_tier(mei, made, 422, tier="core", reason="长" * 201)) == {"reason"}
    set_tier(lin, made, 404, tier="core", reason="因为")
    clerk = Api(hire("客服甲", "clerk", "service"))
    set_tier(clerk, made, 403, tier="core", reason="因为")


def test_who_may_not_read_amounts_is_not_told_of_them(mei: Api) -> None:
    made = mei.customer(**RICH)
    clerk = Api(hire("客服甲", "clerk", "service"))
    Customer.objects.filter(pk=made["id"]).update(tier="normal")
    standing.settle_many([made["id"]], NOW)
    assert Event.objects.get(verb="customer.tiered").data["why"]
    told = [one for one in clerk.story(made["id"]) if one["verb"] == "customer.tiered"]
    assert len(told) == 1
    assert "why" not in told[0]["detail"]
    assert [part["name"] for part in tiers.shown(clerk.person, tier_of(made).tier_why)] == [
        "length",
        "potential",
    ]


def test_rules_are_settings(boss: Api, mei: Api) -> None:
    made = mei.customer(contract_amount=1_000_000)
    assert mei.get("/file-rules")["tiers"]["money"] == {"most": 40, "full": 500_000}
    mei.patch("/file-rules", {"dormant_days": 30}, 403)
    changed = boss.patch(
        "/file-rules", {"tiers": {"money": {"full": 10_000}, "core": 45, "growth": 35}}
    )
    assert changed["tiers"]["money"] == {"most": 40, "full": 10_000}
    assert changed["tiers"]["length"] == {"most": 20, "full": 36}
    boss.patch("/file-rules", {"dormant_days": 30})
    told = boss.get("/audit", verb_group="system")["items"]
    days, tiers_ = [one["changes"][0] for one in told if one["verb"] == "file_rules.changed"]
    assert (days["label"], days["old"], days["new"]) == ("沉睡天数", 90, 30)
    assert tiers_["label"] == "分层规则"
    assert tiers_["old"].startswith("金额最高 40 分（满 500,000 元）、合作时长最高 20 分")
    assert tiers_["new"].endswith("核心 45 分起，潜力 35 分起")
    jobs.run_due(clock.now())
    assert (tier_of(made).tier, tier_of(made).tier_why[0]["points"]) == ("growth", 40)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"completeness_goal": 0}, "completeness_goal"),
        ({"dormant_days": 100_000}, "dormant_days"),
        ({"attachment_mb": -1}, "attachment_mb"),
        ({"tiers": {"money": {"most": 41}}}, "tiers"),
        ({"tiers": {"money": {"most": 101}}}, "tiers.money.most"),
        ({"tiers": {"length": {"full": 0}}}, "tiers.length.full"),
        ({"tiers": {"growth": 60}}, "tiers.growth"),
        ({"tiers": {"core": 0}}, "tiers.core"),
    ],
)
def test_wrong_settings_are_refused(boss: Api, body: dict[str, Any], field: str) -> None:
    before = FileRules.objects.values().get()
    assert field in wrong_fields(boss.patch("/file-rules", body, 422))
    assert FileRules.objects.values().get() == before


def test_a_reviewed_tier_waits_and_then_stands(boss: Api, mei: Api) -> None:
    boss.patch("/organisation", {"reviewed_fields": ["tier"]})
    made = mei.customer()
    waiting = set_tier(mei, made, tier="core", reason="重点培育")
    assert (waiting["tier"], waiting["by_hand"]) == ("normal", False)
    set_tier(mei, made, 403, tier=None)
    (asked,) = boss.get("/reviews")["items"]
    boss.post(f"/reviews/{asked['id']}/approval", {"seen": asked["seen"]}, 200)
    standing.settle_many([made["id"]], NOW)
    assert (tier_of(made).tier, tier_of(made).tier_by_hand) == ("core", True)
