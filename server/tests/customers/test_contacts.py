"""Contacts: one is always the primary one; numbers are shown in full only on request."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests.people import Api, role_of, wrong_fields
from zhike.access.rights import SALES
from zhike.customers.models import Contact
from zhike.trail.models import Event


@pytest.fixture
def file(mei: Api) -> dict[str, Any]:
    return mei.customer(contact_name="李女士", mobile="13812345678", email="li@example.com")


def contacts(api: Api, customer_id: int) -> list[tuple[str, bool]]:
    found = api.get(f"/customers/{customer_id}")["contacts"]
    return [(one["name"], one["is_primary"]) for one in found]


def test_the_first_contact_is_the_primary_one(mei: Api) -> None:
    file = mei.customer()
    made = mei.post(f"/customers/{file['id']}/contacts", {"name": "王经理", "is_primary": False})
    assert made["is_primary"]
    assert made["salutation"] == "王经理"
    second = mei.post(f"/customers/{file['id']}/contacts", {"name": "张三", "title": "总监"})
    assert not second["is_primary"]
    assert second["salutation"] == "张总监"


def test_the_primary_mark_moves(mei: Api, file: dict[str, Any]) -> None:
    second = mei.post(f"/customers/{file['id']}/contacts", {"name": "张三", "is_primary": True})
    assert contacts(mei, file["id"]) == [("张三", True), ("李女士", False)]
    first = mei.get(f"/customers/{file['id']}")["contacts"][1]
    mei.patch(f"/contacts/{first['id']}", {"version": first["version"], "is_primary": True})
    assert contacts(mei, file["id"]) == [("李女士", True), ("张三", False)]
    version = mei.get(f"/customers/{file['id']}")["contacts"][1]["version"]
    assert version == second["version"] + 1
    (row,) = mei.get("/customers")["items"]
    assert row["contact"]["name"] == "李女士"


def test_one_is_always_primary(mei: Api, file: dict[str, Any]) -> None:
    first = file["contacts"][0]
    body = mei.patch(f"/contacts/{first['id']}", {"version": 1, "is_primary": False}, 422)
    assert wrong_fields(body) == {"is_primary"}
    second = mei.post(f"/customers/{file['id']}/contacts", {"name": "张三"})
    mei.delete(f"/contacts/{first['id']}")
    assert contacts(mei, file["id"]) == [("张三", True)]
    mei.delete(f"/contacts/{second['id']}")
    assert contacts(mei, file["id"]) == []
    assert mei.get("/customers")["items"][0]["contact"] is None
    mei.post(f"/customers/{file['id']}/contacts", {"name": "新来的"})
    assert contacts(mei, file["id"]) == [("新来的", True)]
    assert Contact.objects.filter(is_primary=True, deleted_at=None).count() == 1


def test_a_removed_contact_comes_back(mei: Api, file: dict[str, Any]) -> None:
    path = f"/contacts/{file['contacts'][0]['id']}"
    mei.delete(path)
    mei.delete(path, 404)
    assert mei.get("/search", q="5678")["items"] == []
    back = mei.post(f"{path}/restoration", status=200)
    assert (back["name"], back["is_primary"]) == ("李女士", True)
    assert back["mobile"] == {"masked": "138****5678", "valid": True}
    assert len(mei.get("/search", q="5678")["items"]) == 1
    mei.post(f"{path}/restoration", status=404)
    mei.delete(path)
    mei.post(f"/customers/{file['id']}/contacts", {"name": "张三"})
    assert not mei.post(f"{path}/restoration", status=200)["is_primary"]
    assert contacts(mei, file["id"]) == [("张三", True), ("李女士", False)]
    assert len(mei.get("/search", q="李女士")["items"]) == 1


@pytest.mark.django_db(transaction=True)
def test_two_contacts_made_primary_at_the_same_moment(mei: Api) -> None:
    file = mei.customer(contact_name="李女士")
    path = f"/customers/{file['id']}/contacts"
    others = [mei.post(path, {"name": name})["id"] for name in ("张三", "赵六")]
    start = Barrier(2)
    found: list[int] = []

    def one(contact_id: int) -> None:
        try:
            browser = Api(mei.person)
            start.wait(10)
            body = {"version": 1, "is_primary": True}
            found.append(browser.call("PATCH", f"/contacts/{contact_id}", body).status_code)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(contact_id,)) for contact_id in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) in ([200, 200], [200, 409])
    assert [one[1] for one in contacts(mei, file["id"])] == [True, False, False]


def test_a_changed_number_is_told_masked(mei: Api, file: dict[str, Any]) -> None:
    contact = file["contacts"][0]
    path = f"/contacts/{contact['id']}"
    changed = mei.patch(path, {"version": 1, "mobile": "139 1234 5678", "role": "decides"})
    assert changed["mobile"]["masked"] == "139****5678"
    assert changed["version"] == 2
    mei.patch(path, {"version": 2, "mobile": "13999995678"})
    second, first = mei.story(file["id"], kind="change")
    assert {one["label"]: (one["old"], one["new"]) for one in first["detail"]["changes"]} == {
        "手机": ("138****5678", "139****5678"),
        "决策角色": ("", "决策"),
    }
    # The masks are equal, yet that it changed must show.
    assert second["detail"]["changes"][0]["old"] == "139****5678"
    assert second["detail"]["changes"][0]["new"] != "139****5678"


def test_a_landline_in_the_mobile_field_takes_no_other_landlines_place(
    mei: Api, file: dict[str, Any]
) -> None:
    path = f"/contacts/{file['contacts'][0]['id']}"
    mei.patch(path, {"version": 1, "mobile": "010-85556666"})
    changed = mei.patch(path, {"version": 2, "mobile": "021-66667777"})
    assert changed["landline"]["masked"] == "010-****6666"
    assert changed["mobile"]["masked"] == "021-****7777"


def test_a_number_can_be_taken_away(mei: Api, file: dict[str, Any]) -> None:
    path = f"/contacts/{file['contacts'][0]['id']}"
    changed = mei.patch(path, {"version": 1, "mobile": None, "email": ""})
    assert changed["mobile"] is None
    assert changed["email"] is None
    assert mei.get("/search", q="5678")["items"] == []
    mei.post(f"{path}/reveals", {"field": "mobile"}, 404)


def test_two_people_change_one_contact(
    mei: Api, boss: Api, file: dict[str, Any], digest: Callable[[], str]
) -> None:
    path = f"/contacts/{file['contacts'][0]['id']}"
    boss.patch(path, {"version": 1, "title": "总监"})
    before = digest()
    assert mei.patch(path, {"version": 1, "title": "经理"}, 409)["code"] == "stale"
    assert digest() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"mobile": "1"}, "mobile"),
        ({"mobile": 13812345678}, "mobile"),
        ({"landline": "021-123"}, "landline"),
        ({"email": "a@b"}, "email"),
        ({"role": "king"}, "role"),
        ({"is_primary": "yes please"}, "is_primary"),
        ({"customer_id": 5}, "customer_id"),
        ({"convenient_time": "晚" * 61}, "convenient_time"),
    ],
)
def test_wrong_input_names_the_field(
    mei: Api, file: dict[str, Any], digest: Callable[[], str], body: dict[str, Any], field: str
) -> None:
    before = digest()
    path = f"/contacts/{file['contacts'][0]['id']}"
    assert wrong_fields(mei.patch(path, {"version": 1, **body}, 422)) == {field}
    adding = mei.post(f"/customers/{file['id']}/contacts", {"name": "张三", **body}, 422)
    assert wrong_fields(adding) == {field}
    assert digest() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mobile", "13812345678"),
        ("landline", "010-85556666转803"),
        ("email", "li@example.com"),
        ("wechat", "li_caigou_88"),
    ],
)
def test_each_number_is_revealed_on_request_and_told(mei: Api, field: str, value: str) -> None:
    file = mei.customer(contact_name="李女士", **{field: value})
    contact = file["contacts"][0]
    answer = mei.post(f"/contacts/{contact['id']}/reveals", {"field": field}, 200)
    assert answer == {"value": value}
    (told,) = mei.story(file["id"], kind="reveal")
    assert told["actor"]["name"] == "王小梅"
    assert told["record"] == {"type": "contact", "id": contact["id"]}
    assert value not in str(told)
    assert told["detail"]["label"] in ("手机", "固话", "邮箱", "微信")
    for nonsense in ("name", "id", "mobile_index", "identity", "", "customer"):
        body = mei.post(f"/contacts/{contact['id']}/reveals", {"field": nonsense}, 422)
        assert wrong_fields(body) == {"field"}
    assert Event.objects.filter(verb="value.revealed").count() == 1


def test_identity_and_home_address_are_revealed_on_request(mei: Api) -> None:
    file = mei.customer(
        "赵敏", kind="person", identity="44010119900307123X", address="广州市天河区体育东路1号"
    )
    assert file["address"] == "广州市天河区***"
    path = f"/customers/{file['id']}/reveals"
    assert mei.post(path, {"field": "identity"}, 200)["value"] == "44010119900307123X"
    assert mei.post(path, {"field": "address"}, 200)["value"] == "广州市天河区体育东路1号"
    told = mei.story(file["id"], kind="reveal")
    assert [one["detail"]["label"] for one in told] == ["地址", "统一社会信用代码/证件号码"]
    assert wrong_fields(mei.post(path, {"field": "name"}, 422)) == {"field"}


def test_revealing_needs_the_right(
    mei: Api, file: dict[str, Any], digest: Callable[[], str]
) -> None:
    role = role_of(SALES)
    role.granted["actions"] = ["create", "log"]
    role.save()
    before = digest()
    mei.post(f"/contacts/{file['contacts'][0]['id']}/reveals", {"field": "mobile"}, 403)
    mei.post(f"/customers/{file['id']}/reveals", {"field": "identity"}, 403)
    mei.delete(f"/customers/{file['id']}", 403)
    can = mei.get(f"/customers/{file['id']}")["can"]
    assert {name for name, may in can.items() if may} == {"edit", "log"}
    assert digest() == before
