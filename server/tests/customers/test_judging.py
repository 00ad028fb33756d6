"""Rules between the fields of a customer (R06): warned of, refused, checked, tried, listed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.people import NOW, TODAY, Api, hire, wrong_fields
from zhike.base import clock, jobs
from zhike.customers import judging, standing
from zhike.customers.models import Contradiction, Customer, Purchase
from zhike.fields import registry
from zhike.fields.models import Rule

SOLID = {"cooperation_since": "2025-01-01", "contract_amount": 20_000_000}


@pytest.fixture
def grade_a(db: None) -> Rule:
    """The shipped rule; made again where a test that emptied all tables took it away."""
    rule = Rule.objects.filter(key="grade_a").first() or Rule.objects.create(
        key="grade_a",
        name="A 级客户的条件",
        field="grade",
        when=[{"field": "grade", "op": "eq", "value": "A"}],
        must=[
            {"field": "cooperation_days", "op": "ge", "value": 365},
            {"field": "paid_last_year", "op": "gt", "value": 10_000_000},
        ],
        message="A 级客户要合作满一年，且最近 12 个月金额超过 10 万元",
    )
    registry.touch()
    return rule


def refusing(rule: Rule) -> None:
    Rule.objects.filter(pk=rule.pk).update(level="refusal")
    registry.touch()


def broken(row: dict[str, Any], bought: int | None = None) -> list[str]:
    return [one.field for one in judging.judge(judging.facts(row, TODAY, bought), "company")]


@pytest.mark.parametrize(
    ("since", "amount", "bought", "breaks"),
    [
        ("2025-11-18", 10_000_001, None, False),
        ("2025-11-19", 10_000_001, None, True),  # a day too short
        ("2025-11-18", 10_000_000, None, True),  # not more than 100,000 yuan
        (None, 10_000_001, None, True),
        ("2025-01-01", None, None, True),
        ("2025-01-01", 99_000_000, 10_000_000, True),  # what was bought counts, once known
        ("2025-01-01", None, 10_000_001, False),
    ],
)
def test_what_grade_a_takes(
    grade_a: Rule, since: str | None, amount: int | None, bought: int | None, breaks: bool
) -> None:
    row = {
        "grade": "A",
        "cooperation_since": since and date.fromisoformat(since),
        "contract_amount": amount,
        "bought_count": int(bought is not None),
    }
    assert broken(row, bought) == (["grade"] if breaks else [])
    assert broken(row | {"grade": "B"}, bought) == []


def test_a_contradiction_warns(grade_a: Rule, mei: Api) -> None:
    made = mei.customer(grade="A")
    assert [(one["field"], one["level"]) for one in made["warnings"]] == [("grade", "warning")]
    path = f"/customers/{made['id']}"
    assert mei.patch(path, {"version": made["version"], **SOLID})["warnings"] == []


def test_a_refusal_names_the_field(grade_a: Rule, mei: Api) -> None:
    refusing(grade_a)
    body = {"name": "某某公司", "kind": "company", "grade": "A"}
    assert wrong_fields(mei.post("/customers", body, 422)) == {"grade"}
    assert not Customer.objects.exists()
    made = mei.post("/customers", {**body, **SOLID})
    path = f"/customers/{made['id']}"
    told = mei.patch(path, {"version": made["version"], "contract_amount": 1}, 422)
    assert wrong_fields(told) == {"grade"}


def test_an_old_contradiction_keeps_nobody_from_other_fields(grade_a: Rule, mei: Api) -> None:
    made = mei.customer(grade="A")
    refusing(grade_a)
    path = f"/customers/{made['id']}"
    changed = mei.patch(path, {"version": made["version"], "remark": "别的事"})
    assert [one["level"] for one in changed["warnings"]] == ["warning"]


def no_amounts(boss: Api) -> Api:
    """Somebody who may write grades, but reads no amounts."""
    role = boss.post("/roles", {"name": "不看金额", "copy_of": _sales(boss)})
    fields = {**role["fields"], "money": "hidden"}
    boss.patch(f"/roles/{role['id']}", {"version": role["version"], "fields": fields})
    return Api(hire("不看金额的", "blind", role["key"]))


def _sales(boss: Api) -> int:
    return next(one["id"] for one in boss.get("/roles")["items"] if one["key"] == "sales")


def test_what_a_reader_may_not_know_is_not_told(grade_a: Rule, boss: Api) -> None:
    blind = no_amounts(boss)
    assert blind.customer(grade="A")["warnings"] == []
    check = {"name": "某某公司", "kind": "company", "grade": "A"}
    assert blind.post("/customers/check", check, 200) == {"problems": []}
    assert blind.get("/quality/contradictions")["items"] == []
    assert len(boss.get("/quality/contradictions")["items"]) == 1
    refusing(grade_a)
    assert blind.post("/customers/check", check, 200) == {"problems": []}
    told = blind.post("/customers", {**check, "name": "第二家"}, 422)
    assert "万" not in str(told) and "无权查看" in told["title"]


def test_a_form_is_checked_without_a_trace(grade_a: Rule, mei: Api, digest: Any) -> None:
    made = mei.customer(**SOLID)
    before = digest()
    form = {
        "name": "某某公司",
        "kind": "company",
        "grade": "A",
        "identity": "123",
        "contact_name": "李女士",
        "mobile": "12",
    }
    told = mei.post("/customers/check", form, 200)["problems"]
    assert {(one["field"], one["level"]) for one in told} == {
        ("identity", "refusal"),
        ("mobile", "refusal"),
        ("grade", "warning"),
    }
    same = {"id": made["id"], "grade": "A"}
    assert mei.post("/customers/check", same, 200) == {"problems": []}
    worse = {**same, "contract_amount": 1}
    assert len(mei.post("/customers/check", worse, 200)["problems"]) == 1
    assert digest() == before


def test_checking_takes_the_rights_of_saving(mei: Api, lin: Api) -> None:
    made = mei.customer()
    lin.post("/customers/check", {"id": made["id"], "grade": "A"}, 404)
    mei.call("PUT", f"/customers/{made['id']}/collaborators/{lin.id}", {"may_edit": False})
    lin.post("/customers/check", {"id": made["id"], "grade": "A"}, 403)
    clerk = Api(hire("客服甲", "clerk", "service"))
    clerk.post("/customers/check", {"name": "某某公司"}, 403)


def test_contradictions_come_and_go_with_the_facts(grade_a: Rule, mei: Api, lin: Api) -> None:
    made = mei.customer(grade="A")
    (listed,) = mei.get("/quality/contradictions")["items"]
    assert (listed["customer"]["id"], listed["rule"]["name"]) == (made["id"], grade_a.name)
    assert listed["told"] == grade_a.message
    assert lin.get("/quality/contradictions")["items"] == []
    path = f"/customers/{made['id']}"
    mei.patch(path, {"version": made["version"], **SOLID})
    assert mei.get("/quality/contradictions")["items"] == []


def test_every_night_everybody_is_judged(grade_a: Rule, boss: Api, mei: Api) -> None:
    made = [mei.customer(f"第{n}家", grade="A", **SOLID) for n in range(3)]
    Customer.objects.filter(pk=made[0]["id"]).update(cooperation_since=None)
    Purchase.objects.create(
        customer_id=made[1]["id"],
        bought_on="2026-01-01",
        product="配件",
        amount=100,
        recorded_at=NOW,
    )
    Customer.objects.filter(pk=made[1]["id"]).update(bought_count=1, bought_amount=100)
    assert not Contradiction.objects.exists()
    jobs.plan_days(clock.now())
    jobs.run_due(clock.now())
    found = mei.get("/quality/contradictions", limit=1)
    rest = mei.get("/quality/contradictions", cursor=found["next"])
    ids = [one["customer"]["id"] for one in (*found["items"], *rest["items"])]
    assert sorted(ids) == [made[0]["id"], made[1]["id"]]
    held = list(Contradiction.objects.order_by("pk").values())
    standing.settle_many([one["id"] for one in made], NOW)
    assert list(Contradiction.objects.order_by("pk").values()) == held  # those that stay, stay
    version = Rule.objects.get(pk=grade_a.pk).version
    boss.patch(f"/rules/{grade_a.pk}", {"version": version, "is_on": False})
    assert mei.get("/quality/contradictions")["items"] == []
    jobs.run_due(clock.now())
    assert not Contradiction.objects.exists()


DRAFT = {
    "field": "source",
    "when": [{"field": "type", "op": "eq", "value": "existing"}],
    "must": [{"field": "source", "op": "filled"}],
    "message": "老客户要写来源",
}


def test_a_rule_is_tried_before_it_is_saved(boss: Api, mei: Api) -> None:
    for n in range(12):
        mei.customer(f"老{n}", type="existing")
    mei.customer("有来源", type="existing", source="visit")
    mei.customer("还没成交")
    told = boss.post("/rules/preview", DRAFT, 200)
    assert (told["count"], len(told["examples"]), told["is_whole"]) == (12, 10, True)
    assert told["examples"][0]["told"] == "老客户要写来源"
    mei.post("/rules/preview", DRAFT, 403)
    wrong = {**DRAFT, "must": [{"field": "no_such_field", "op": "filled"}]}
    assert wrong_fields(boss.post("/rules/preview", wrong, 422)) == {"must"}
    assert not Rule.objects.filter(field="source").exists()


def test_a_rule_of_companies_says_nothing_of_persons(db: None) -> None:
    rule = Rule(
        key="x",
        field="scale",
        when=[{"field": "grade", "op": "eq", "value": "A"}],
        must=[{"field": "scale", "op": "filled"}],
    )
    assert judging.applies(rule, "company")
    assert not judging.applies(rule, "person")
