"""How complete the file is by person and department, against the goal, within one's reach (R18)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import Api, hire, queries_of
from zhike.access.models import Department
from zhike.customers import quality
from zhike.customers.models import Customer


@pytest.fixture
def team(boss: Api) -> dict[str, Any]:
    """A department with one below it; a lead, two sellers and their customers."""
    east = boss.post("/departments", {"name": "东区"})
    group = boss.post("/departments", {"name": "东区一组", "parent_id": east["id"]})
    west = boss.post("/departments", {"name": "西区"})
    of = {one["name"]: Department.objects.get(pk=one["id"]) for one in (east, group, west)}
    lead = Api(hire("东区主管", "lead", "sales_lead", of["东区"]))
    near = Api(hire("东区销售", "near", "sales", of["东区一组"]))
    far = Api(hire("西区销售", "far", "sales", of["西区"]))
    for who, percents in ((near, (100, 95, 90)), (far, (40,))):
        for number, percent in enumerate(percents):
            made = who.customer(f"{who.person.name}的第{number}家")
            Customer.objects.filter(pk=made["id"]).update(completeness=percent)
    return {"lead": lead, "near": near, "far": far}


def shares(found: list[dict[str, Any]]) -> dict[str, tuple[float, int, int]]:
    return {one["name"]: (one["percent"], one["customers"], one["complete"]) for one in found}


def test_everybody_is_measured_against_the_goal(boss: Api, team: dict[str, Any]) -> None:
    told = boss.get("/quality/completeness")
    assert told["goal"] == 95
    assert told["company"] == {"percent": 81.2, "customers": 4, "complete": 2}
    assert shares(told["people"]) == {"东区销售": (95.0, 3, 2), "西区销售": (40.0, 1, 0)}
    assert [one["name"] for one in told["people"]] == ["西区销售", "东区销售"]
    assert shares(told["departments"]) == {
        "东区": (95.0, 3, 2),
        "东区一组": (95.0, 3, 2),
        "西区": (40.0, 1, 0),
    }
    pool = Customer.objects.filter(owner_id=team["far"].id)
    pool.update(owner=None)
    assert shares(boss.get("/quality/completeness")["people"])["公海"] == (40.0, 1, 0)
    boss.patch("/file-rules", {"completeness_goal": 90})
    assert boss.get("/quality/completeness")["company"]["complete"] == 3


def test_a_reader_is_told_of_their_reach_only(team: dict[str, Any]) -> None:
    lead = team["lead"].get("/quality/completeness")
    assert shares(lead["people"]) == {"东区销售": (95.0, 3, 2)}
    assert set(shares(lead["departments"])) == {"东区", "东区一组"}
    assert lead["company"]["customers"] == 3
    near = team["near"].get("/quality/completeness")
    assert (near["departments"], near["company"]["customers"]) == ([], 3)
    assert team["far"].get("/quality/completeness")["company"]["customers"] == 1


def test_it_takes_few_statements(boss: Api, team: dict[str, Any]) -> None:
    assert queries_of(lambda: boss.get("/quality/completeness")) <= 8


def test_one_index_answers_it_all(boss: Api, team: dict[str, Any]) -> None:
    """Nothing but the index (owner, completeness) is read, however many customers there are."""
    found = quality.measured(boss.person, goal=95)
    plan = found.explain()
    assert "customer_completeness" in plan or "Seq Scan" in plan  # few rows PostgreSQL reads whole
