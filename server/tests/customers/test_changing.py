"""Changing a customer, also two at once; the trash and back."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests.people import Api, wrong_fields
from zhike.customers.models import Customer
from zhike.trail.models import Event

USCC = "914403001922038216"
OTHER_USCC = "913100006073117235"


def test_a_change_is_saved_and_told(mei: Api) -> None:
    made = mei.customer()
    changed = mei.patch(
        f"/customers/{made['id']}",
        {"version": 1, "name": "华为终端有限公司", "grade": "A", "contract_amount": 1_250_050},
    )
    assert changed["version"] == 2
    assert changed["name"] == "华为终端有限公司"
    assert mei.get(f"/customers/{made['id']}") == changed
    (told,) = mei.story(made["id"], kind="change")
    changes = {one["label"]: (one["old"], one["new"]) for one in told["detail"]["changes"]}
    assert changes == {
        "客户名称": ("华为技术有限公司", "华为终端有限公司"),
        "客户等级": ("", "A级(高价值)"),
        "合同金额": ("", "12,500.50 元"),
    }


def test_what_is_already_so_is_no_change(mei: Api, digest: Callable[[], str]) -> None:
    made = mei.customer(grade="A", identity=USCC, address="科技园", tags=[])
    before = digest()
    body = {"version": 1, "name": made["name"], "grade": "A", "identity": USCC, "tags": []}
    assert mei.patch(f"/customers/{made['id']}", body) == made
    assert digest() == before


def test_two_people_change_different_fields(boss: Api, mei: Api) -> None:
    made = mei.customer()
    boss.patch(f"/customers/{made['id']}", {"version": 1, "grade": "A"})
    merged = mei.patch(f"/customers/{made['id']}", {"version": 1, "risk": "预算紧"})
    assert (merged["grade"], merged["risk"], merged["version"]) == ("A", "预算紧", 3)


def test_two_people_change_the_same_field(
    boss: Api, mei: Api, digest: Callable[[], str], frozen: Any
) -> None:
    made = mei.customer()
    boss.patch(f"/customers/{made['id']}", {"version": 1, "grade": "A", "tier": "core"})
    before = digest()
    body = mei.patch(f"/customers/{made['id']}", {"version": 1, "grade": "B", "risk": "高"}, 409)
    assert body["code"] == "stale"
    assert "周管理" in body["title"]
    assert "客户等级" in body["title"]
    assert body["changed"]["grade"]["by"] == "周管理"
    assert body["changed"]["grade"]["at"].startswith("2026-11-18T02:00")
    assert (body["changed"]["grade"]["old"], body["changed"]["grade"]["new"]) == ("", "A")
    assert set(body["changed"]) == {"grade"}
    assert body["current"] == mei.get(f"/customers/{made['id']}")
    assert body["current"]["risk"] == ""
    assert digest() == before
    saved = mei.patch(
        f"/customers/{made['id']}", {"version": body["current"]["version"], "grade": "B"}
    )
    assert saved["grade"] == "B"


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ({"tags": []}, {"tags": [1]}),
        ({"owner_id": None}, {"owner_id": 1}),
        ({"identity": OTHER_USCC}, {"identity": USCC}),
        ({"cooperation_since": "2024-01-01"}, {"cooperation_since": None}),
    ],
)
def test_staleness_of_odd_fields(boss: Api, theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    tag = boss.post("/tags", {"name": "价格敏感型"})
    made = boss.customer(tags=[tag["id"]])
    if "tags" in mine:
        mine = {"tags": [tag["id"]]}
    boss.patch(f"/customers/{made['id']}", {"version": 1, **theirs})
    body = boss.patch(f"/customers/{made['id']}", {"version": 1, **mine}, 409)
    assert body["code"] == "stale"
    assert USCC not in str(body)
    assert OTHER_USCC not in str(body)


@pytest.mark.parametrize("version", [0, -1, 10**30])
def test_a_version_nobody_was_given(boss: Api, mei: Api, version: int) -> None:
    made = mei.customer()
    boss.patch(f"/customers/{made['id']}", {"version": 1, "grade": "A"})
    body = mei.call("PATCH", f"/customers/{made['id']}", {"version": version, "grade": "B"})
    assert body.status_code in (409, 422)
    assert mei.get(f"/customers/{made['id']}")["grade"] == "A"


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment(mei: Api) -> None:
    made = mei.customer()
    start = Barrier(2)
    found: list[int] = []

    def one(grade: str) -> None:
        try:
            browser = Api(mei.person)
            start.wait(10)
            body = {"version": 1, "grade": grade}
            found.append(browser.call("PATCH", f"/customers/{made['id']}", body).status_code)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(grade,)) for grade in "AB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == [200, 409]
    assert mei.get(f"/customers/{made['id']}")["version"] == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": None}, "name"),
        ({"name": " "}, "name"),
        ({"kind": None}, "kind"),
        ({"type": None}, "type"),
        ({"is_key": None}, "is_key"),
        ({"grade": "Z"}, "grade"),
        ({"identity": "123"}, "identity"),
        ({"cooperation_until": "2023-12-31"}, "cooperation_until"),
        ({"cooperation_since": "2026-01-01"}, "cooperation_since"),
        ({"kind": "person"}, "identity"),
        ({"owner_id": 4711}, "owner_id"),
        ({"code": "X"}, "code"),
        ({"deleted_at": None}, "deleted_at"),
        ({"mobile": "13812345678"}, "mobile"),
    ],
)
def test_wrong_input_names_the_field_and_saves_nothing(
    boss: Api, digest: Callable[[], str], fields: dict[str, Any], field: str
) -> None:
    made = boss.customer(
        cooperation_since="2024-01-01", cooperation_until="2025-01-01", identity=USCC
    )
    before = digest()
    body = boss.patch(f"/customers/{made['id']}", {"version": 1, "risk": "高", **fields}, 422)
    assert wrong_fields(body) == {field}
    assert digest() == before


def test_the_version_is_needed(mei: Api) -> None:
    made = mei.customer()
    assert wrong_fields(mei.patch(f"/customers/{made['id']}", {"grade": "A"}, 422)) == {"version"}


def test_only_those_who_may_hand_over_give_customers_away(boss: Api, mei: Api, lin: Api) -> None:
    made = mei.customer()
    path = f"/customers/{made['id']}"
    mei.patch(path, {"version": 1, "owner_id": lin.id}, 403)
    mei.patch(path, {"version": 1, "owner_id": None}, 403)
    boss.patch(path, {"version": 1, "owner_id": lin.id})
    mei.get(path, 404)
    assert lin.get(path)["owner"]["name"] == "林冲"
    (told,) = lin.story(made["id"], kind="change")
    assert told["detail"]["changes"] == [
        {"field": "owner", "label": "负责人", "old": "王小梅", "new": "林冲"}
    ]


def test_a_leaver_gets_no_customers(boss: Api, lin: Api) -> None:
    boss.dismiss(lin)
    body = boss.post("/customers", {"name": "x", "owner_id": lin.id}, 422)
    assert wrong_fields(body) == {"owner_id"}


def test_tags_are_put_on_and_taken_off(mei: Api) -> None:
    first = mei.post("/tags", {"name": "高意向", "color": "red"})
    second = mei.post("/tags", {"name": "技术关注型", "color": "blue"})
    made = mei.customer(tags=[first["id"], first["id"]])
    assert made["tags"] == [first]
    changed = mei.patch(f"/customers/{made['id']}", {"version": 1, "tags": [second["id"]]})
    assert changed["tags"] == [second]
    assert mei.patch(f"/customers/{made['id']}", {"version": 2, "tags": None})["tags"] == []
    told = mei.story(made["id"], kind="change")
    assert [one["detail"]["changes"][0]["new"] for one in told] == ["", ["技术关注型"]]


def test_tags_are_renamed_for_all(mei: Api, lin: Api) -> None:
    tag = mei.post("/tags", {"name": "高意向"})
    mei.customer(tags=[tag["id"]])
    lin.patch(f"/tags/{tag['id']}", {"name": " 强意向 ", "color": "green"})
    assert mei.get("/customers")["items"][0]["tags"] == [
        {"id": tag["id"], "name": "强意向", "color": "green"}
    ]
    for wrong in ("", "长" * 31, "\u200b", "强意向"):
        assert wrong_fields(mei.post("/tags", {"name": wrong}, 422)) == {"name"}
    mei.patch("/tags/4711", {"name": "x"}, 404)


# --- the trash


def test_deleted_and_brought_back(mei: Api) -> None:
    made = mei.customer(contact_name="李女士", mobile="13812345678", identity=USCC)
    path = f"/customers/{made['id']}"
    mei.delete(path)
    for gone in (path, f"{path}/timeline"):
        mei.get(gone, 404)
    mei.patch(path, {"version": 1, "grade": "A"}, 404)
    mei.post(f"{path}/contacts", {"name": "张"}, 404)
    mei.post(f"{path}/follow-ups", {"way": "phone", "content": "x"}, 404)
    mei.patch(f"/contacts/{made['contacts'][0]['id']}", {"version": 1, "title": "x"}, 404)
    mei.post(f"/contacts/{made['contacts'][0]['id']}/reveals", {"field": "mobile"}, 404)
    mei.delete(path, 404)
    assert mei.get("/search", q="华为")["items"] == []
    back = mei.post(f"{path}/restoration", status=200)
    assert back == made | {"version": 3}
    assert mei.get("/search", q="华为")["items"][0]["id"] == made["id"]
    assert [one["kind"] for one in mei.story(made["id"])] == ["change", "change", "created"]
    mei.post(f"{path}/restoration", status=404)


def test_not_brought_back_when_a_twin_took_its_place(
    mei: Api, lin: Api, digest: Callable[[], str]
) -> None:
    made = mei.customer(identity=USCC)
    mei.delete(f"/customers/{made['id']}")
    twin = lin.customer("华为（新）", identity=USCC)
    before = digest()
    body = mei.post(f"/customers/{made['id']}/restoration", status=409)
    assert (body["code"], body["field"]) == ("duplicate_identity", "identity")
    assert digest() == before
    assert mei.get("/search", q="华为")["items"] == []
    lin.patch(f"/customers/{twin['id']}", {"version": 1, "identity": None})
    mei.post(f"/customers/{made['id']}/restoration", status=200)


def test_deleting_destroys_nothing(mei: Api) -> None:
    made = mei.customer()
    mei.delete(f"/customers/{made['id']}")
    kept = Customer.objects.get(pk=made["id"])
    assert kept.deleted_at is not None
    assert Event.objects.filter(customer_id=made["id"], verb="customer.deleted").count() == 1
