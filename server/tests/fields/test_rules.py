"""Rules between fields: what an administrator may say, and when one is broken."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import Api, queries_of, wrong_fields
from zhike.fields import rules
from zhike.fields.conditions import OPS, holds, is_empty
from zhike.fields.models import Rule

RULE: dict[str, Any] = {
    "name": "成交要有金额",
    "field": "deal_amount",
    "when": [{"field": "deal_stage", "op": "eq", "value": "won"}],
    "must": [{"field": "deal_amount", "op": "gt", "value": 0}],
    "message": "成交的客户请填成交金额",
}


@pytest.mark.django_db
def test_a_rule_is_added_changed_and_removed(boss: Api, mei: Api) -> None:
    made = boss.post("/rules", RULE)
    assert {name: made[name] for name in RULE} == RULE
    assert (made["level"], made["is_on"], made["version"], made["position"]) == (
        *("warning", True, 1),
        2,
    )
    path = f"/rules/{made['id']}"
    changed = boss.patch(path, {"version": 1, "level": "refusal", "is_on": False})
    assert (changed["level"], changed["is_on"], changed["version"]) == ("refusal", False, 2)
    assert boss.patch(path, {"version": 1, "level": "hint"}, 409)["code"] == "stale"
    assert [one["key"] for one in boss.get("/rules")["items"]] == ["grade_a", made["key"]]
    told = boss.get("/audit", verb_group="system")["items"][0]
    assert told["label"] == "修改字段规则"
    assert {one["label"]: (one["old"], one["new"]) for one in told["changes"]} == {
        "级别": ("警告", "不允许保存"),
        "启用": ("是", "否"),
    }
    mei.patch(path, {"version": 2, "level": "hint"}, 403)
    mei.delete(path, 403)
    boss.delete(path)
    boss.delete(path, 404)


@pytest.mark.django_db
def test_conditions_are_told_in_words_never_in_codes(boss: Api, mei: Api) -> None:
    own = boss.post(
        "/fields",
        {"of": "customer", "label": "渠道", "type": "choices", "choices": [{"label": "直销"}]},
    )["key"]
    (word,) = [one["value"] for one in boss.get("/choices")[own]]
    person = boss.post("/fields", {"of": "customer", "label": "售后", "type": "person"})["key"]
    when = [
        {"field": "region", "op": "in", "value": ["440300", "110000"]},
        {"field": "industry", "op": "eq", "value": "C35"},
        {"field": "grade", "op": "in", "value": ["A", "B"]},
        {"field": own, "op": "in", "value": [word]},
        {"field": person, "op": "eq", "value": mei.id},
        {"field": "is_key", "op": "eq", "value": True},
    ]
    must = [
        {"field": "deal_amount", "op": "gt", "value": 1_000_000},
        {"field": "address", "op": "filled"},
        {"field": "cooperation_since", "op": "before_field", "value": "cooperation_until"},
    ]
    made = boss.post("/rules", RULE | {"when": when, "must": must})
    assert (made["when"], made["must"][0]) == (when, must[0])
    assert made["told"] == {
        "when": [
            *("广东省深圳市、北京市", "制造业-专用设备制造业", "A级(高价值)、B级(中价值)"),
            *("直销", "王小梅", "是"),
        ],
        "must": ["10,000.00 元", "", "合作到期时间"],
    }
    few = queries_of(lambda: boss.get("/rules"))
    boss.post("/rules", RULE | {"when": when[4:5]})
    assert queries_of(lambda: boss.get("/rules")) == few
    listed = boss.get("/rules")["items"]
    assert [one["told"] for one in listed if one["id"] == made["id"]] == [made["told"]]
    changed = boss.patch(
        f"/rules/{made['id']}",
        {
            "version": 1,
            "field": "region",
            "when": [],
            "must": [{"field": "region", "op": "eq", "value": "440305"}, must[1]],
        },
    )
    assert changed["told"] == {"when": [], "must": ["广东省深圳市南山区", ""]}
    (told, *_) = boss.get("/audit", verb_group="system")["items"]
    pairs = {one["label"]: (one["old"], one["new"]) for one in told["changes"]}
    assert pairs["提示在"] == ("成交金额", "所在地区")
    assert pairs["要求满足"][1] == "所在地区 是 广东省深圳市南山区 且 地址 已填写"
    assert pairs["前提"][0].startswith(
        "所在地区 是其中之一 广东省深圳市、北京市 且 所属行业 是 制造业"
    )
    assert pairs["前提"][1] == ""


@pytest.mark.django_db
def test_the_shipped_rule_is_switched_off_but_not_removed(boss: Api) -> None:
    (shipped,) = boss.get("/rules")["items"]
    boss.delete(f"/rules/{shipped['id']}", 403)
    assert not boss.patch(f"/rules/{shipped['id']}", {"version": 1, "is_on": False})["is_on"]
    kept = boss.patch(
        f"/rules/{shipped['id']}", {"version": 2, "when": shipped["when"], "must": shipped["must"]}
    )
    assert kept["must"][1] == {"field": "paid_last_year", "op": "gt", "value": 10_000_000}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"message": ""}, "message"),
        ({"message": "字" * 201}, "message"),
        ({"field": "nothing"}, "field"),
        ({"field": "cooperation_days"}, "field"),
        ({"must": []}, "must"),
        ({"must": [{"field": "grade", "op": "eq", "value": "A"}] * 11}, "must"),
        ({"when": [{"field": "nothing", "op": "filled"}]}, "when"),
        ({"when": [{"field": "grade", "op": "like", "value": "A"}]}, "when"),
        ({"when": [{"field": "grade", "op": "gt", "value": "A"}]}, "when"),
        ({"when": [{"field": "grade", "op": "eq", "value": "Z"}]}, "when"),
        ({"when": [{"field": "grade", "op": "in", "value": []}]}, "when"),
        ({"when": [{"field": "grade", "op": "in", "value": "A"}]}, "when"),
        ({"when": [{"field": "identity", "op": "eq", "value": "1"}]}, "when"),
        ({"when": [{"field": "is_key", "op": "eq", "value": "yes"}]}, "when"),
        ({"when": [{"field": "deal_amount", "op": "gt", "value": "many"}]}, "when"),
        ({"when": [{"field": "cooperation_days", "op": "ge", "value": None}]}, "when"),
        ({"when": [{"field": "founded_on", "op": "lt", "value": "2026-02-30"}]}, "when"),
        ({"when": [{"field": "founded_on", "op": "before_field", "value": "grade"}]}, "when"),
        ({"when": [{"field": "founded_on", "op": "before_field", "value": "founded_on"}]}, "when"),
        ({"when": [{"field": "industry", "op": "eq", "value": "C\x00"}]}, "when"),
        ({"when": [{"field": "industry", "op": "eq", "value": ["C"]}]}, "when"),
        ({"when": [{"field": "region", "op": "in", "value": ["深圳"]}]}, "when"),
        ({"level": "fatal"}, "level"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(boss: Api, said: dict[str, Any], wrong: str) -> None:
    answer = boss.post("/rules", RULE | said, 422)
    assert {name.partition(".")[0] for name in wrong_fields(answer)} == {wrong}
    assert Rule.objects.count() == 1


@pytest.mark.django_db
def test_a_field_a_rule_asks_for_is_neither_archived_nor_removed(boss: Api) -> None:
    key = boss.post("/fields", {"of": "customer", "label": "返点", "type": "number"})["key"]
    rule = boss.post(
        "/rules", RULE | {"when": [{"field": key, "op": "ge", "value": "3.50"}], "field": key}
    )
    assert rule["when"] == [{"field": key, "op": "ge", "value": "3.5"}]
    assert boss.post(f"/fields/customer/{key}/archive", {}, 409)["code"] == "in_use"
    assert boss.delete(f"/fields/customer/{key}", 409)["code"] == "in_use"
    boss.delete(f"/rules/{rule['id']}")
    boss.delete(f"/fields/customer/{key}")


@pytest.mark.django_db
def test_the_vocabulary_names_every_fact_and_every_comparison(boss: Api) -> None:
    key = boss.post("/fields", {"of": "customer", "label": "返点", "type": "number"})["key"]
    told = boss.get("/rules/facts")
    known = {one["name"]: one["type"] for one in told["facts"]}
    assert known[key] == "number"
    assert known["cooperation_days"] == "number"
    assert known["paid_last_year"] == "money"
    assert {one["name"] for one in told["ops"]} == set(OPS)
    types = set(known.values())
    assert all(any(kind in one["types"] for one in told["ops"]) for kind in types)


def rule(when: list[dict[str, Any]], must: list[dict[str, Any]]) -> Rule:
    return Rule(when=when, must=must)


def on(field: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


GRADE_A = rule(
    [on("grade", "eq", "A")],
    [on("cooperation_days", "ge", 365), on("paid_last_year", "gt", 10_000_000)],
)


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"grade": "A", "cooperation_days": 365, "paid_last_year": 10_000_001}, False),
        ({"grade": "A", "cooperation_days": 364, "paid_last_year": 10_000_001}, True),
        ({"grade": "A", "cooperation_days": 365, "paid_last_year": 10_000_000}, True),
        ({"grade": "A", "cooperation_days": None, "paid_last_year": 10_000_001}, True),
        ({"grade": "A"}, True),
        ({"grade": "B"}, False),
        ({}, False),
    ],
)
def test_grade_a(facts: dict[str, Any], broken: bool) -> None:
    assert rules.broken(GRADE_A, facts) is broken


@pytest.mark.parametrize(
    ("held", "op", "wanted", "true"),
    [
        ("软件", "eq", "软件", True),
        (["v1", "v2"], "in", ["v2", "v9"], True),
        (["v1"], "in", ["v2"], False),
        ("v1", "in", ["v1"], True),
        (True, "eq", True, True),
        (False, "eq", True, False),
        (1, "eq", True, False),
        (False, "filled", None, True),
        (0, "filled", None, True),
        ("", "empty", None, True),
        ([None, None], "empty", None, True),
        ([None, "2026-01-01"], "empty", None, False),
        ("12.5", "eq", "12.5", True),
        ("12.5", "gt", "9", True),
        (date(2026, 3, 1), "ge", "2026-03-01", True),
        ("2026-03-01", "lt", "2026-02-28", False),
        (Decimal("3"), "le", 3, True),
        ("互联网", "eq", "I", True),
        ("信息传输、软件和信息技术服务业-互联网和相关服务", "in", ["I64"], True),
        ("互联网", "eq", "C", False),
        ("", "ne", "x", True),
        ("x", "ne", "x", False),
        ("软件", "gt", "3", False),
    ],
)
def test_one_condition(held: Any, op: str, wanted: Any, true: bool) -> None:
    name = "industry" if isinstance(held, str) and "互联网" in held else "fact"
    assert holds(on(name, op, wanted), {name: held}) is true


def test_a_region_lies_in_its_province() -> None:
    facts = {"region": "广东省深圳市南山区"}
    for code, true in (("440000", True), ("440300", True), ("440305", True), ("440100", False)):
        assert holds(on("region", "eq", code), facts) is true


VALUES = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.dates(),
    st.lists(st.text(max_size=3), max_size=3),
)
NAMES = st.sampled_from(["a", "b", "industry", "region"])
CONDITIONS = st.builds(on, NAMES, st.sampled_from([*OPS, "nonsense"]), st.one_of(VALUES, NAMES))
FACTS = st.dictionaries(NAMES, VALUES)


@given(st.lists(CONDITIONS, max_size=3), st.lists(CONDITIONS, max_size=3), FACTS)
def test_any_rule_on_any_facts_has_an_answer(when: Any, must: Any, facts: Any) -> None:
    """The nightly check runs over everything that was ever entered: it may not stop."""
    told = rules.broken(rule(when, must), facts)
    every = [holds(one, facts) for one in must]
    assert told == (all(holds(one, facts) for one in when) and not all(every))
    assert not rules.broken(rule(when, []), facts)


@given(FACTS, NAMES)
def test_filled_is_the_contrary_of_empty(facts: Any, name: str) -> None:
    assert holds(on(name, "filled"), facts) is not holds(on(name, "empty"), facts)
    assert holds(on(name, "empty"), facts) is is_empty(facts.get(name))


@given(st.integers(-(10**13), 10**13), st.integers(-(10**13), 10**13))
def test_sizes_are_in_order_whatever_form_they_have(first: int, last: int) -> None:
    for held in (first, str(first), Decimal(first)):
        for wanted in (last, str(last)):
            facts = {"a": held}
            assert holds(on("a", "lt", wanted), facts) is (first < last)
            assert holds(on("a", "ge", wanted), facts) is (first >= last)
            assert holds(on("a", "eq", wanted), facts) is (
                first == last
                if not isinstance(held, str) or not isinstance(wanted, str)
                else held == wanted
            )


@given(st.dates(), st.integers(-5, 5))
def test_two_days_are_in_order_unless_one_is_unknown(day: date, apart: int) -> None:
    try:
        other = day + timedelta(days=apart)
    except OverflowError:
        return
    for first, last in ((day, other), (day.isoformat(), other), (day, other.isoformat())):
        facts = {"a": first, "b": last}
        assert holds(on("a", "before_field", "b"), facts) is (apart > 0)
        assert holds(on("a", "after_field", "b"), facts) is (apart < 0)
    for known in ({"a": day}, {"b": day}, {}):
        assert holds(on("a", "before_field", "b"), known)
        assert holds(on("a", "after_field", "b"), known)
