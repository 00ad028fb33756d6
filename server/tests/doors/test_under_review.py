"""Imports under the rule of review (R57): new customers wait, chosen fields are not overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from tests.doors import fixtures
from tests.doors.conftest import brought_in, problems, upload, worked
from tests.people import Api, hire, queries_of
from zhike.access.models import Department
from zhike.customers.models import Customer, Review
from zhike.trail.models import Event

pytestmark = pytest.mark.django_db


def rule(boss: Api, *fields: str, new: bool = False) -> None:
    boss.patch("/organisation", {"reviewed_fields": list(fields), "reviews_new_customers": new})


def sheet(*rows: dict[str, Any]) -> bytes:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return fixtures.xlsx([headers, *([row.get(name, "") for name in headers] for row in rows)])


def undone(api: Api, import_id: int) -> dict[str, Any]:
    api.post(f"/imports/{import_id}/undo", status=200)
    return worked(api, import_id)


def test_new_customers_of_an_import_wait_and_go_with_it(boss: Api, mei: Api) -> None:
    rule(boss, new=True)
    done = brought_in(mei, fixtures.xlsx(fixtures.standard(12)))
    assert done["counts"]["new"] == 12
    assert boss.get("/reviews/waiting")["pending"] == 12
    (one,) = boss.get("/reviews", limit=1)["items"]
    assert (one["kind"], one["asked_by"]["name"]) == ("new", "王小梅")
    assert Event.objects.filter(verb="review.asked").count() == 12
    boss.post(f"/reviews/{one['id']}/approval", {}, 200)
    boss.post(f"/reviews/{one['id'] - 1}/rejection", {"note": "重复"}, 200)
    assert undone(mei, done["id"])["state"] == "undone"
    assert (Customer.objects.count(), Review.objects.count()) == (0, 0)


def test_what_was_told_of_them_goes_with_them(boss: Api, mei: Api) -> None:
    rule(boss, new=True)
    done = brought_in(mei, fixtures.xlsx(fixtures.standard(2)))
    one, _ = boss.get("/reviews")["items"]
    boss.post(f"/reviews/{one['id']}/approval", {}, 200)
    name = one["customer"]["name"]
    assert f"审核通过：{name}" in [told["title"] for told in mei.get("/notices")["items"]]
    undone(mei, done["id"])
    assert Customer.objects.count() == 0
    assert name not in str(mei.get("/notices")["items"])


def test_who_may_review_brings_in_what_counts_at_once(boss: Api) -> None:
    rule(boss, new=True)
    brought_in(boss, fixtures.xlsx(fixtures.standard(3)))
    assert Review.objects.count() == 0


def test_waiting_costs_no_query_per_row(boss: Api, mei: Api) -> None:
    few = queries_of(lambda: brought_in(mei, fixtures.xlsx(fixtures.standard(2)), "少.xlsx"))
    rule(boss, new=True)
    sheet_of_many = fixtures.standard(42)
    del sheet_of_many[1:3]
    many = queries_of(lambda: brought_in(mei, fixtures.xlsx(sheet_of_many), "多.xlsx"))
    assert Review.objects.count() == 40
    assert many - few < 25


def test_a_chosen_field_is_refused_and_the_rest_goes_through(boss: Api, mei: Api) -> None:
    rule(boss, "name", "contract_amount")
    made = mei.customer("晨光公司", contract_amount=100_000_00)
    same = mei.customer("夕照公司", contract_amount=100_000_00)
    data = sheet(
        {"客户编号": made["code"], "客户名称": "晨曦公司", "合同金额(万元)": 99, "备注": "新"},
        {"客户编号": same["code"], "客户名称": "夕照公司", "合同金额(万元)": 10, "备注": "新"},
        {"客户编号": "N-1", "客户名称": "新来的公司", "合同金额(万元)": 7, "备注": "新"},
    )
    of = upload(mei, data)
    told = problems(mei, of["id"])
    assert {row: {level for level, _ in found} for row, found in told.items()} == {
        2: {"cell_refused"}
    }
    assert len(told[2]) == 2
    rows = mei.get(f"/imports/{of['id']}/rows", only="problems")["items"]
    messages = {one["message"] for one in rows[0]["problems"]}
    assert messages == {"这一项的修改要审核，请在客户页面上改"}
    mei.post(f"/imports/{of['id']}/confirmation", status=200)
    worked(mei, of["id"])
    kept, unchanged, new = Customer.objects.order_by("id")
    assert (kept.name, kept.contract_amount, kept.remark) == ("晨光公司", 100_000_00, "新")
    assert (unchanged.contract_amount, unchanged.remark) == (100_000_00, "新")
    assert (new.contract_amount, new.remark) == (70_000_00, "新")
    assert Review.objects.count() == 0
    assert undone(mei, of["id"])["message"] == ""
    assert [one.remark for one in Customer.objects.order_by("id")] == ["", ""]


def test_an_import_of_the_lead_voids_what_waited(boss: Api, mei: Api) -> None:
    rule(boss, "contract_amount", "products")
    made = mei.customer("晨光公司")
    body = {"version": 1, "contract_amount": 5, "products": "龙井"}
    assert len(mei.patch(f"/customers/{made['id']}", body)["pending_reviews"]) == 1
    data = sheet({"客户编号": made["code"], "客户名称": "晨光公司", "合同金额(万元)": 3})
    done = brought_in(boss, data)
    (one,) = boss.get("/reviews")["items"]
    assert [change["field"] for change in one["changes"]] == ["products"]
    boss.post(f"/reviews/{one['id']}/approval", {}, 200)
    undone(boss, done["id"])
    page = mei.get(f"/customers/{made['id']}")
    assert (page["contract_amount"], page["products"]) == (None, "龙井")


def test_a_lead_of_sales_reviews_what_their_people_brought(boss: Api) -> None:
    east = Department.objects.create(name="华东")
    east.path = f"/{east.pk}/"
    east.save()
    seller = Api(hire("梅姐", "meijie", department=east))
    lead = Api(hire("陈主管", "chen", "sales_lead", department=east))
    rule(boss, new=True)
    brought_in(seller, fixtures.xlsx(fixtures.standard(2)))
    assert lead.get("/reviews/waiting") == {"pending": 2, "mine": 0, "used": True}
