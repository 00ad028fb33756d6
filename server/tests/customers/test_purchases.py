"""Purchases: what a customer bought, how often, and who sees the amounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.customers.readers import reader, role_with, share, turned
from tests.people import NOW, Api, wrong_fields
from zhike.base import jobs
from zhike.customers.models import Customer, Purchase
from zhike.trail.models import Event


@pytest.fixture
def file(mei: Api) -> dict[str, Any]:
    return mei.customer()


def buy(api: Api, customer: dict[str, Any], on: str = "2026-11-01", **more: Any) -> dict[str, Any]:
    body = {"bought_on": on, "product": "云服务", "amount": 1_200_000, **more}
    return api.post(f"/customers/{customer['id']}/purchases", body)


def totals(customer_id: int) -> tuple[Any, ...]:
    found = Customer.objects.filter(pk=customer_id)
    return found.values_list("version", "bought_count", "bought_amount", "last_bought_on").get()


def test_a_purchase_is_noted_corrected_deleted_and_restored(mei: Api, file: dict[str, Any]) -> None:
    made = buy(mei, file, quantity="12.50", order_code=" P2024001 ", note="首单")
    assert made["quantity"] == "12.5"
    assert (made["order_code"], made["version"], made["may_edit"]) == ("P2024001", 1, True)
    assert made["recorded_by"] == {"id": mei.id, "name": "王小梅"}
    path = f"/purchases/{made['id']}"
    changed = mei.patch(path, {"version": 1, "amount": 900_000, "bought_on": "2026-10-01"})
    assert (changed["amount"], changed["version"]) == (900_000, 2)
    stale = mei.patch(path, {"version": 1, "amount": 1}, 409)
    assert stale["code"] == "stale"
    assert mei.patch(path, {"version": 2, "amount": 900_000})["version"] == 2
    mei.delete(path)
    mei.delete(path, 404)
    assert mei.get(f"/customers/{file['id']}/purchases")["items"] == []
    (row,) = mei.get("/trash", kind="purchase")["items"]
    assert (row["id"], row["name"]) == (made["id"], "云服务")
    assert mei.post(f"{path}/restoration", status=200)["amount"] == 900_000
    mei.post(f"{path}/restoration", status=404)
    told = Event.objects.filter(record_type="purchase", record_id=made["id"]).order_by("id")
    assert [one.verb for one in told if one.verb.startswith("purchase")] == [
        "purchase.added",
        "purchase.changed",
        "purchase.deleted",
        "purchase.restored",
    ]


def test_totals_of_the_customer_follow_without_a_new_version(
    mei: Api, file: dict[str, Any]
) -> None:
    version = totals(file["id"])[0]
    first = buy(mei, file, "2026-01-01")
    buy(mei, file, "2026-04-11", amount=None)
    assert [str(one) for one in totals(file["id"])] == [str(version), "2", "1200000", "2026-04-11"]
    mei.patch(f"/purchases/{first['id']}", {"version": 1, "amount": 5})
    assert totals(file["id"])[2] == 5
    mei.delete(f"/purchases/{first['id']}")
    assert totals(file["id"])[1:3] == (1, 0)
    mei.post(f"/purchases/{first['id']}/restoration", status=200)
    assert totals(file["id"])[1:3] == (2, 5)
    # Nobody who edits the file meanwhile meets a conflict.
    mei.patch(f"/customers/{file['id']}", {"version": file["version"], "remark": "无冲突"})


def test_all_gone_leaves_nothing_behind(mei: Api, file: dict[str, Any]) -> None:
    made = buy(mei, file)
    mei.delete(f"/purchases/{made['id']}")
    assert totals(file["id"])[1:] == (0, 0, None)


def test_how_often(mei: Api, file: dict[str, Any]) -> None:
    path = f"/customers/{file['id']}/purchases"
    assert mei.get(path)["summary"]["frequency"] == ""
    buy(mei, file, "2026-01-01")
    buy(mei, file, "2026-01-01", product="另一样")
    assert mei.get(path)["summary"]["every_days"] is None
    buy(mei, file, "2026-01-31")
    buy(mei, file, "2026-03-02")
    told = mei.get(path)["summary"]
    assert told["frequency"] == "平均每 30 天一次"
    assert (told["count"], told["amount"]) == (4, 4_800_000)
    assert (told["first_on"], told["last_on"]) == ("2026-01-01", "2026-03-02")


def test_pages_go_by_day(mei: Api, file: dict[str, Any]) -> None:
    days = ["2026-01-05", "2026-03-01", "2026-01-05", "2025-12-31", "2026-01-05"]
    ids = [buy(mei, file, day)["id"] for day in days]
    seen: list[int] = []
    cursor: dict[str, str] = {}
    for _ in range(3):
        page = mei.get(f"/customers/{file['id']}/purchases", limit=2, **cursor)
        seen += [one["id"] for one in page["items"]]
        cursor = {"cursor": page["next"] or ""}
    assert seen == [ids[1], ids[4], ids[2], ids[0], ids[3]]
    assert page["next"] is None
    mei.get(f"/customers/{file['id']}/purchases", 422, cursor="x")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"product": " "}, "product"),
        ({"product": "长" * 121}, "product"),
        ({"bought_on": "2026-11-19"}, "bought_on"),
        ({"bought_on": "1970-01-01"}, "bought_on"),
        ({"bought_on": "昨天"}, "bought_on"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "1.2345"}, "quantity"),
        ({"quantity": "NaN"}, "quantity"),
        ({"quantity": "1e30"}, "quantity"),
        ({"amount": -1}, "amount"),
        ({"amount": 10**18}, "amount"),
        ({"amount": 1.5}, "amount"),
        ({"note": "长" * 501}, "note"),
        ({"customer_id": 7}, "customer_id"),
    ],
)
def test_what_cannot_be(mei: Api, file: dict[str, Any], body: dict[str, Any], field: str) -> None:
    full = {"bought_on": "2026-11-18", "product": "云服务", **body}
    told = mei.post(f"/customers/{file['id']}/purchases", full, 422)
    assert wrong_fields(told) == {field}
    assert not Purchase.objects.exists()


def test_nothing_can_be_emptied_that_has_to_be_there(mei: Api, file: dict[str, Any]) -> None:
    path = f"/purchases/{buy(mei, file)['id']}"
    assert wrong_fields(mei.patch(path, {"version": 1, "product": ""}, 422)) == {"product"}
    assert wrong_fields(mei.patch(path, {"version": 1, "bought_on": None}, 422)) == {"bought_on"}
    assert mei.patch(path, {"version": 1, "amount": None})["amount"] is None


def test_a_purchase_stands_on_the_time_line_on_its_day(mei: Api, file: dict[str, Any]) -> None:
    made = buy(mei, file, "2026-05-01", quantity="3")
    (item,) = mei.story(file["id"], kind="purchase")
    assert (item["on"], item["title"], item["body"]) == ("2026-05-01", "购买", "云服务 × 3")
    assert item["detail"]["amount"] == 1_200_000
    mei.patch(f"/purchases/{made['id']}", {"version": 1, "bought_on": "2026-06-02"})
    (item,) = mei.story(file["id"], kind="purchase")
    assert item["on"] == "2026-06-02"
    mei.delete(f"/purchases/{made['id']}")
    assert mei.story(file["id"], kind="purchase") == []


def test_amounts_are_for_who_may_read_money(boss: Api) -> None:
    poor = reader("阿贫", "pin", money="hidden")
    file = poor.customer()
    body = {"bought_on": "2026-11-01", "product": "云服务"}
    path = f"/customers/{file['id']}/purchases"
    refused = poor.post(path, {**body, "amount": 100}, 403)
    assert refused["field"] == "amount"
    made = poor.post(path, body)
    boss.patch(f"/purchases/{made['id']}", {"version": 1, "amount": 777_700})
    page = poor.get(path)
    assert page["items"][0]["amount"] is None
    assert page["summary"]["amount"] is None
    assert "777" not in str(page)
    assert "777" not in str(poor.get(f"/customers/{file['id']}/timeline"))
    poor.patch(f"/purchases/{made['id']}", {"version": 2, "amount": 1}, 403)
    assert poor.patch(f"/purchases/{made['id']}", {"version": 2, "note": "好"})["amount"] is None
    assert Purchase.objects.get(pk=made["id"]).amount == 777_700
    assert boss.get(path)["summary"]["amount"] == 777_700


def test_who_reads_no_cooperation_sees_no_purchases(boss: Api, mei: Api) -> None:
    file = mei.customer()
    made = buy(boss, file)
    blind = turned(mei, role_with(cooperation="hidden"))
    page = blind.get(f"/customers/{file['id']}/purchases")
    assert page["items"] == []
    assert page["summary"]["count"] == 0
    assert blind.story(file["id"], kind="purchase") == []
    blind.patch(f"/purchases/{made['id']}", {"version": 1, "note": "x"}, 403)
    blind.post(f"/customers/{file['id']}/purchases", {"bought_on": "2026-1-1"}, 422)
    blind.delete(f"/purchases/{made['id']}", 403)
    assert blind.get("/trash", kind="purchase")["items"] == []


def test_others_customers_are_out_of_reach(mei: Api, lin: Api, file: dict[str, Any]) -> None:
    path = f"/purchases/{buy(mei, file)['id']}"
    lin.get(f"/customers/{file['id']}/purchases", 404)
    body = {"bought_on": "2026-11-01", "product": "云服务"}
    lin.post(f"/customers/{file['id']}/purchases", body, 404)
    lin.patch(path, {"version": 1, "note": "x"}, 404)
    lin.delete(path, 404)
    mei.delete(path)
    lin.post(f"{path}/restoration", status=404)
    assert lin.get("/trash", kind="purchase")["items"] == []


def test_shared_to_read_is_not_shared_to_write(mei: Api, lin: Api, file: dict[str, Any]) -> None:
    made = buy(mei, file)
    share(mei, file, lin, may_edit=False)
    (seen,) = lin.get(f"/customers/{file['id']}/purchases")["items"]
    assert not seen["may_edit"]
    lin.patch(f"/purchases/{made['id']}", {"version": 1, "note": "x"}, 403)
    lin.delete(f"/purchases/{made['id']}", 403)
    share(mei, file, lin, may_edit=True)
    assert lin.patch(f"/purchases/{made['id']}", {"version": 1, "note": "x"})["note"] == "x"


def test_a_deleted_customers_purchases_are_gone_with_it(mei: Api, file: dict[str, Any]) -> None:
    made = buy(mei, file)
    mei.delete(f"/customers/{file['id']}")
    mei.patch(f"/purchases/{made['id']}", {"version": 1, "note": "x"}, 404)
    mei.get(f"/customers/{file['id']}/purchases", 404)
    mei.post(f"/customers/{file['id']}/restoration", status=200)
    assert len(mei.get(f"/customers/{file['id']}/purchases")["items"]) == 1


def test_the_trash_is_emptied_after_thirty_days(mei: Api, file: dict[str, Any]) -> None:
    gone, kept = buy(mei, file), buy(mei, file)
    mei.delete(f"/purchases/{gone['id']}")
    jobs.enqueue("trash.empty", {}, now=NOW + timedelta(days=29))
    jobs.run_due(NOW + timedelta(days=29))
    assert Purchase.objects.count() == 2
    jobs.enqueue("trash.empty", {}, now=NOW + timedelta(days=31))
    jobs.run_due(NOW + timedelta(days=31))
    assert list(Purchase.objects.values_list("pk", flat=True)) == [kept["id"]]


@pytest.mark.parametrize("wrong", [0, -1, 2**63, 10**30])
def test_numbers_no_database_has(mei: Api, file: dict[str, Any], wrong: int) -> None:
    response = mei.call("PATCH", f"/purchases/{wrong}", {"version": 1, "note": "x"})
    assert response.status_code in (404, 422)
    assert mei.call("DELETE", f"/purchases/{wrong}").status_code in (404, 422)
    assert mei.call("GET", f"/customers/{wrong}/purchases").status_code in (404, 422)
