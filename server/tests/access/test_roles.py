"""Roles are data: made, changed, looked through, and never a way up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.people import Api, hire, role_of, wrong_fields
from zhike.access.models import Role
from zhike.access.rights import ACTIONS, GROUPS, KINDS, SHIPPED
from zhike.trail.models import Event


def test_every_installation_begins_with_seven_roles(boss: Api) -> None:
    roles = boss.get("/roles")["items"]
    assert [one["key"] for one in roles] == [one.key for one in SHIPPED]
    admin = next(one for one in roles if one["fixed"])
    assert admin["key"] == "administrator"
    assert set(admin["actions"]) == set(ACTIONS)
    assert set(admin["fields"].values()) == {"edit"}
    words = boss.get("/rights")
    assert {one["name"] for one in words["groups"]} == set(GROUPS)
    assert {one["name"] for one in words["kinds"]} == set(KINDS)


def test_a_role_is_copied_and_changed(boss: Api) -> None:
    sales = role_of("sales")
    made = boss.post("/roles", {"name": "见习销售", "copy_of": sales.pk})
    assert made["actions"] == sales.rights.stored()["actions"]
    changed = boss.patch(
        f"/roles/{made['id']}",
        {"version": 1, "fields": {"money": "hidden"}, "actions": ["log"], "name": "实习生"},
    )
    assert (changed["fields"]["money"], changed["fields"]["phone"]) == ("hidden", "edit")
    assert (changed["actions"], changed["name"], changed["version"]) == (["log"], "实习生", 2)
    boss.patch(f"/roles/{made['id']}", {"version": 1, "name": "x"}, 409)
    told = Event.objects.get(verb="role.changed").data["changes"]
    assert told["fields.money"] == ["edit", "hidden"]
    trainee = Api(hire("小陈", "chen", made["key"]))
    customer = boss.customer(contract_amount=12_345)
    boss.call("PUT", f"/customers/{customer['id']}/collaborators/{trainee.id}", {})
    assert trainee.get(f"/customers/{customer['id']}")["contract_amount"] is None
    boss.delete(f"/roles/{made['id']}", 409)


def test_the_new_rights_hold_at_the_next_click(boss: Api, mei: Api) -> None:
    role = role_of("sales")
    customer = mei.customer(contract_amount=100)
    boss.patch(f"/roles/{role.pk}", {"version": role.version, "fields": {"money": "hidden"}})
    assert mei.get(f"/customers/{customer['id']}")["contract_amount"] is None
    assert mei.get("/customers/summary")["contract_amount"] is None
    body = mei.get("/customers", status=403, sort="-contract_amount")
    assert body["field"] == "sort"
    patch = {"version": customer["version"], "contract_amount": 5}
    assert mei.patch(f"/customers/{customer['id']}", patch, 403)["field"] == "contract_amount"
    mei.post("/customers", {"name": "新", "contract_amount": 5}, 403)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"fields": {"money": "masked"}}, "fields.money"),
        ({"fields": {"basic": "hidden"}}, "fields.basic"),
        ({"fields": {"nothing": "read"}}, "fields.nothing"),
        ({"fields": {"phone": "some"}}, "fields.phone"),
        ({"actions": ["fly"]}, "actions"),
        ({"scopes": {"customer": {"reach": "everywhere"}}}, "scopes"),
        ({"scopes": {"moon": {"reach": "all"}}}, "scopes.moon"),
        ({"name": "销售"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "长" * 31}, "name"),
    ],
)
def test_what_no_role_can_be(
    boss: Api, given: dict[str, Any], field: str, digest: Callable[[], str]
) -> None:
    before = digest()
    assert wrong_fields(boss.post("/roles", {"name": "新角色", **given}, 422)) == {field}
    assert digest() == before


def test_the_administrator_cannot_be_cut_down(boss: Api, digest: Callable[[], str]) -> None:
    admin = Role.objects.get(key="administrator")
    before = digest()
    boss.patch(f"/roles/{admin.pk}", {"version": 1, "actions": []}, 403)
    boss.delete(f"/roles/{admin.pk}", 403)
    assert digest() == before


def test_nobody_lifts_themselves_up(boss: Api, mei: Api) -> None:
    """Who manages people but not roles can neither give nor take what is above them."""
    clerk_role = boss.post(
        "/roles",
        {"name": "人事", "actions": ["manage_people"], "scopes": {"customer": {"reach": "own"}}},
    )
    clerk = Api(hire("人事", "hr", clerk_role["key"]))
    new = {"name": "新人", "username": "new", "password": "guilin-shanshui-7"}
    assert clerk.post("/people", new | {"role": "administrator"}, 403)["field"] == "role"
    clerk.post("/people", new | {"role": "sales"}, 403)
    clerk.post("/people", new | {"role": clerk_role["key"]})
    clerk.patch(f"/people/{clerk.id}", {"role": "administrator"}, 403)
    clerk.patch(f"/people/{boss.id}", {"password": "guilin-shanshui-8"}, 403)
    clerk.patch(f"/people/{boss.id}", {"email": "me@example.com"}, 403)
    clerk.post(f"/people/{boss.id}/departure", {"successor_id": None}, 403)
    clerk.post("/roles", {"name": "超人", "actions": list(ACTIONS)}, 403)
    clerk.post("/view-as", {"person_id": boss.id}, 403)


def test_looking_as_a_role_changes_nothing(boss: Api, mei: Api, digest: Callable[[], str]) -> None:
    boss.customer("老板的")
    mei.customer("小梅的")
    me = boss.post("/view-as", {"person_id": mei.id}, 200)
    assert me["viewing"] == {"role": "sales", "role_name": "销售", "person": "王小梅"}
    assert [one["name"] for one in boss.get("/customers")["items"]] == ["小梅的"]
    before = digest()
    assert boss.post("/customers", {"name": "x"}, 403)["code"] == "viewing"
    boss.patch(f"/people/{mei.id}", {"name": "x"}, 403)
    assert digest() == before
    me = boss.call("DELETE", "/view-as").json()
    assert me["viewing"] is None
    assert len(boss.get("/customers")["items"]) == 2
    boss.post("/view-as", {"role_id": role_of("auditor").pk}, 200)
    assert boss.get("/me")["rights"]["audit"] is True
    assert boss.get("/me")["rights"]["create"] is False
