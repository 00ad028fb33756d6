"""Colleagues and departments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.people import Api, hire, wrong_fields
from zhike.access.rights import SALES
from zhike.trail.models import Event

NEW = {"name": "陈可", "username": "chenke", "password": "guilin-shanshui-7"}


def test_an_administrator_adds_and_changes_a_colleague(boss: Api) -> None:
    office = boss.post("/departments", {"name": "华东销售部"})
    made = boss.post("/people", NEW | {"department_id": office["id"], "email": "ck@example.com"})
    assert made["department"] == {name: office[name] for name in ("id", "name", "parent_id")}
    assert made["role"] == "sales"
    other = boss.post("/departments", {"name": "华南销售部", "parent_id": office["id"]})
    changed = boss.patch(
        f"/people/{made['id']}",
        {"name": "陈可欣", "department_id": other["id"], "role": "administrator"},
    )
    assert (changed["name"], changed["role"]) == ("陈可欣", "administrator")
    assert changed["department"]["name"] == "华南销售部"
    assert boss.patch(f"/people/{made['id']}", {"department_id": None})["department"] is None
    told = Event.objects.filter(verb="person.changed").order_by("id").first()
    assert told is not None
    assert told.data["changes"]["name"] == ["陈可", "陈可欣"]
    assert told.data["changes"]["department"] == ["华东销售部", "华南销售部"]


def test_the_password_is_never_told(boss: Api) -> None:
    made = boss.post("/people", NEW)
    boss.patch(f"/people/{made['id']}", {"password": "suzhou-yuanlin-3"})
    for event in Event.objects.all():
        assert "guilin" not in str(event.data)
        assert "suzhou" not in str(event.data)
        assert "argon2" not in str(event.data)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"username": "ZHOU"}, "username"),
        ({"username": "有 空格"}, "username"),
        ({"name": ""}, "name"),
        ({"name": "\u0000"}, "name"),
        ({"role": "king"}, "role"),
        ({"password": "short"}, "password"),
        ({"email": "no mail"}, "email"),
        ({"email": "a@" + "b" * 300 + ".com"}, "email"),
        ({"department_id": 99}, "department_id"),
        ({"department_id": 10**30}, "department_id"),
        ({"is_king": True}, "is_king"),
    ],
)
def test_wrong_input_names_the_field(
    boss: Api, digest: Callable[[], str], body: dict[str, Any], field: str
) -> None:
    before = digest()
    assert wrong_fields(boss.post("/people", NEW | body, 422)) == {field}
    assert digest() == before


@pytest.mark.parametrize("field", ["name", "role", "is_active"])
def test_null_is_no_value_for_a_colleague(boss: Api, mei: Api, field: str) -> None:
    assert wrong_fields(boss.patch(f"/people/{mei.id}", {field: None}, 422)) == {field}


def test_sales_people_see_colleagues_but_manage_none(
    mei: Api, boss: Api, digest: Callable[[], str]
) -> None:
    assert {one["name"] for one in mei.get("/people")["items"]} == {"王小梅", "周管理"}
    before = digest()
    mei.post("/people", NEW, 403)
    mei.patch(f"/people/{mei.id}", {"role": "administrator"}, 403)
    mei.patch(f"/people/{boss.id}", {"is_active": False}, 403)
    mei.post("/departments", {"name": "我的部门"}, 403)
    assert digest() == before


def test_the_last_administrator_cannot_shut_the_door_behind_them(boss: Api) -> None:
    boss.patch(f"/people/{boss.id}", {"role": "sales"}, 422)
    boss.post(f"/people/{boss.id}/departure", {"successor_id": None}, 422)
    assert boss.get("/me")["role"] == "administrator"


def test_a_colleague_who_does_not_exist(boss: Api) -> None:
    boss.patch("/people/99999", {"name": "谁"}, 404)
    boss.patch("/departments/99999", {"name": "哪"}, 404)


def test_people_in_service_come_first(boss: Api) -> None:
    leaver = hire("阿三", "san", SALES)
    boss.post(f"/people/{leaver.pk}/departure", {"successor_id": None}, 200)
    items = boss.get("/people")["items"]
    assert [one["is_active"] for one in items] == [True, False]


def test_departments_never_form_a_circle(boss: Api, digest: Callable[[], str]) -> None:
    top = boss.post("/departments", {"name": "销售中心"})
    middle = boss.post("/departments", {"name": "华东", "parent_id": top["id"]})
    low = boss.post("/departments", {"name": "上海", "parent_id": middle["id"]})
    before = digest()
    for below in (top, middle, low):
        body = boss.patch(
            f"/departments/{top['id']}", {"name": "销售中心", "parent_id": below["id"]}, 422
        )
        assert wrong_fields(body) == {"parent_id"}
    assert digest() == before
    moved = boss.patch(f"/departments/{low['id']}", {"name": "上海", "parent_id": top["id"]})
    assert moved["parent_id"] == top["id"]


def test_no_two_departments_of_one_name_side_by_side(boss: Api) -> None:
    top = boss.post("/departments", {"name": "销售部"})
    boss.post("/departments", {"name": "销售部", "parent_id": top["id"]})
    assert wrong_fields(boss.post("/departments", {"name": " 销售部 "}, 422)) == {"name"}
    assert wrong_fields(boss.post("/departments", {"name": "", "parent_id": None}, 422)) == {"name"}
    assert wrong_fields(boss.post("/departments", {"name": "部" * 61}, 422)) == {"name"}
    body = boss.post("/departments", {"name": "x", "parent_id": 4711}, 422)
    assert wrong_fields(body) == {"parent_id"}
