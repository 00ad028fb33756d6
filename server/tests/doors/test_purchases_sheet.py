"""The sheet of purchases comes in, goes out, comes in again, and is taken back (R13)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.doors import fixtures
from tests.doors.conftest import brought_in, confirmed, problems, table, taken_out, upload, worked
from tests.people import SALES, Api, queries_of
from zhike.customers.models import Customer, Purchase
from zhike.trail.models import Event

pytestmark = pytest.mark.django_db

HEADERS = ["客户编号", "购买日期", "产品/服务", "数量", "金额(元)", "订单编号", "备注"]
ROWS = [
    ["C001", "2026-05-01", "云服务", 12, 1200.5, "D-1", "首单"],
    ["C001", "2026-06-01", "云服务", 0.5, "2万", "", ""],
    ["C002", "2026-06-02", "培训", "", "", "", ""],
]


@pytest.fixture
def held(boss: Api) -> dict[str, Any]:
    brought_in(boss, fixtures.xlsx(fixtures.standard(2)))
    return brought_in(boss, fixtures.xlsx([HEADERS, *ROWS]))


def totals(code: str) -> tuple[int, int, str]:
    one = Customer.objects.get(code=code)
    return one.bought_count, one.bought_amount, str(one.last_bought_on)


def test_purchases_come_in_and_the_totals_follow(boss: Api, held: dict[str, Any]) -> None:
    assert (held["sheet"], held["counts"]["new"]) == ("purchases", 3)
    assert totals("C001") == (2, 2_120_050, "2026-06-01")
    assert totals("C002") == (1, 0, "2026-06-02")
    first = Purchase.objects.order_by("id")[0]
    assert (first.quantity, first.order_code, first.note) == (Decimal(12), "D-1", "首单")
    assert Event.objects.filter(verb="purchase.added").count() == 3


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_what_goes_out_comes_in_again(boss: Api, held: dict[str, Any], format: str) -> None:
    out = taken_out(boss, "purchases", format=format)
    if format == "xlsx":
        rows = table(out)
        assert rows[0] == HEADERS
        assert rows[1] == ["C001", "2026-05-01", "云服务", 12, 1200.5, "D-1", "首单"]
        assert rows[2][4] == 20_000
    of = upload(boss, out, f"x.{format}")
    assert (of["counts"]["skip"], of["counts"]["new"], of["counts"]["refused"]) == (3, 0, 0)
    before = list(Purchase.objects.order_by("id").values_list("product", "quantity", "amount"))
    Purchase.objects.all().delete()
    brought_in(boss, out, f"x.{format}")
    after = list(Purchase.objects.order_by("id").values_list("product", "quantity", "amount"))
    assert after == before


def test_an_undo_takes_purchases_back(boss: Api, held: dict[str, Any]) -> None:
    kept = Purchase.objects.order_by("id")[0]
    boss.patch(f"/purchases/{kept.pk}", {"version": 1, "note": "改过"})
    boss.post(f"/imports/{held['id']}/undo", status=200)
    assert worked(boss, held["id"])["state"] == "undone"
    assert list(Purchase.objects.values_list("pk", flat=True)) == [kept.pk]
    assert totals("C001") == (1, 120_050, "2026-05-01")
    assert totals("C002")[0] == 0


def test_a_purchase_without_day_or_product_is_none(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(1)))
    rows = [
        ["C001", "", "云服务", 1, 1, "", ""],
        ["C001", "2026-05-01", "", 1, 1, "", ""],
        ["C001", "2036-05-01", "云服务", 1, 1, "", ""],
        ["C001", "2026-05-01", "云服务", "几个", 1, "", ""],
        ["C999", "2026-05-01", "云服务", 1, 1, "", ""],
    ]
    of = upload(boss, fixtures.xlsx([HEADERS, *rows]))
    found = problems(boss, of["id"])
    assert [found[row] for row in range(2, 7)] == [
        [("refused", "购买日期")],
        [("refused", "产品/服务")],
        [("refused", "购买日期")],
        [("cell_refused", "数量")],
        [("refused", "客户编号")],
    ]


def test_rights_to_purchases_hold(boss: Api, mei: Api) -> None:
    brought_in(mei, fixtures.xlsx(fixtures.standard(1)))
    brought_in(mei, fixtures.xlsx([HEADERS, ROWS[0]]))
    role = next(one for one in boss.get("/roles")["items"] if one["key"] == SALES)
    fields = role["fields"] | {"money": "hidden"}
    role = boss.patch(f"/roles/{role['id']}", {"version": role["version"], "fields": fields})
    assert table(taken_out(mei, "purchases"))[1][3:5] == [12, ""]
    of = upload(mei, fixtures.xlsx([HEADERS, ROWS[1]]))
    assert problems(mei, of["id"]) == {2: [("cell_refused", "金额(元)")]}
    confirmed(mei, of["id"])
    assert Purchase.objects.order_by("-id")[0].amount is None
    fields |= {"cooperation": "read"}
    boss.patch(f"/roles/{role['id']}", {"version": role["version"], "fields": fields})
    of = upload(mei, fixtures.xlsx([HEADERS, ["C001", "2026-07-01", "硬件", 1, 1, "", ""]]))
    assert of["counts"]["new"] == 0
    assert Purchase.objects.count() == 2


def test_no_query_per_purchase(boss: Api) -> None:
    brought_in(boss, fixtures.xlsx(fixtures.standard(40)))
    rows = [[f"C{n:03}", "2026-05-01", "云服务", 1, 1, "", ""] for n in range(1, 41)]
    few = queries_of(lambda: brought_in(boss, fixtures.xlsx([HEADERS, *rows[:2]]), "少.xlsx"))
    many = queries_of(lambda: brought_in(boss, fixtures.xlsx([HEADERS, *rows[2:]]), "多.xlsx"))
    assert Purchase.objects.count() == 40
    assert many - few < 10
