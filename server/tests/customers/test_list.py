"""The list: every filter, every order, page by page, at a constant number of queries."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.customers.rows import bring
from tests.people import NOW, TODAY, Api, queries_of, wrong_fields
from zhike.customers.criteria import SORTS
from zhike.customers.models import Customer
from zhike.fields import registry

EVERY_SORT = [sign + name for name in SORTS for sign in ("", "-")]


def names(api: Api, **query: Any) -> set[str]:
    """Names the list shows; that the totals agree is checked on the way."""
    items = api.get("/customers", limit=200, **query)["items"]
    totals = api.get("/customers/summary", **query)
    assert totals["count"] == len(items)
    assert totals["contract_amount"] == sum(one["contract_amount"] or 0 for one in items)
    return {one["name"] for one in items}


def test_a_row_says_what_the_list_shows(mei: Api) -> None:
    made = mei.customer(
        contact_name="李女士",
        mobile="13812345678",
        email="li@example.com",
        contract_amount=5_000_000,
        cooperation_since="2024-05-30",
        products="ERP",
        region="深圳",
    )
    (row,) = mei.get("/customers")["items"]
    detail_only = set(made) - set(row)
    assert "contacts" in detail_only
    assert row == {name: made[name] for name in row}
    assert row["contact"] == {
        "id": made["contacts"][0]["id"],
        "name": "李女士",
        "title": "",
        "phone": "138****5678",
        "email": "l***@example.com",
    }


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"kind": "person"}, {"kind": "person"}),
        ({"type": "existing"}, {"type": "existing"}),
        ({"is_key": True}, {"is_key": "true"}),
        ({"tier": "core"}, {"tier": "core"}),
        ({"grade": "A"}, {"grade": "A"}),
        ({"source": "referral"}, {"source": "referral"}),
        ({"need_status": "won"}, {"need_status": "won"}),
        ({"cooperation_stage": "renewing"}, {"cooperation_stage": "renewing"}),
        ({"industry": "专用设备制造业"}, {"industry": "设备"}),
        ({"industry": "专用设备制造业"}, {"industry": "C35"}),
        ({"industry": "专用设备制造业"}, {"industry": "C"}),
    ],
)
def test_a_criterion_narrows(mei: Api, fields: dict[str, Any], query: dict[str, Any]) -> None:
    mei.customer("有", **fields)
    mei.customer("没有", contract_amount=700)
    assert names(mei) == {"有", "没有"}
    assert names(mei, **query) == {"有"}


def test_types_are_one_of_several(mei: Api) -> None:
    for kind in ("prospect", "new", "existing", "lost"):
        mei.customer(kind, type=kind)
    assert names(mei, type=["new", "lost"]) == {"new", "lost"}


def test_is_key_may_be_no(mei: Api) -> None:
    mei.customer("重点", is_key=True)
    mei.customer("一般")
    assert names(mei, is_key="false") == {"一般"}


def test_owner(boss: Api, mei: Api, lin: Api) -> None:
    boss.customer("老板的")
    mei.customer("小梅的")
    boss.customer("没人的", owner_id=boss.id)
    orphan = boss.get("/customers", q="没人的")["items"][0]
    boss.patch(f"/customers/{orphan['id']}", {"version": orphan["version"], "owner_id": None})
    assert names(boss) == {"老板的", "小梅的", "没人的"}
    assert names(boss, owner="me") == {"老板的"}
    assert names(boss, owner="none") == {"没人的"}
    assert names(boss, owner=mei.id) == {"小梅的"}
    assert names(boss, owner=lin.id) == set()
    assert names(mei) == {"小梅的", "没人的"}  # the pool is everybody's to see
    assert names(mei, owner=boss.id) == set()
    assert names(mei, owner="none") == {"没人的"}


def test_tag(mei: Api) -> None:
    tag = mei.post("/tags", {"name": "高意向"})
    mei.customer("有", tags=[tag["id"]])
    mei.customer("没有")
    assert names(mei, tag=tag["id"]) == {"有"}
    assert names(mei, tag=999) == set()


def test_days(mei: Api) -> None:
    ids = bring(
        mei.person,
        [
            {"name": "昨天", "next_follow_up_on": TODAY - timedelta(1), "last_follow_up_on": TODAY},
            {"name": "今天", "next_follow_up_on": TODAY},
            {"name": "明天", "next_follow_up_on": TODAY + timedelta(1)},
            {"name": "没定"},
        ],
    )
    assert names(mei, next_from="2026-11-18", next_to="2026-11-18") == {"今天"}
    assert names(mei, next_from="2026-11-18") == {"今天", "明天"}
    assert names(mei, next_to="2026-11-18") == {"昨天", "今天"}
    assert names(mei, overdue="true") == {"昨天"}
    assert names(mei, unplanned="true") == {"没定"}
    assert names(mei, last_from="2026-11-18", last_to="2026-11-18") == {"昨天"}
    assert names(mei, last_to="2026-11-17") == set()
    # 00:30 in Shanghai is still the day before in UTC.
    early = NOW.replace(day=9, hour=16, minute=30)
    Customer.objects.filter(pk=ids[0]).update(created_at=early)
    assert names(mei, created_from="2026-11-10", created_to="2026-11-10") == {"昨天"}
    assert names(mei, created_to="2026-11-09") == set()
    assert names(mei, created_from="2026-11-11") == {"今天", "明天", "没定"}


def test_words_narrow_together_with_the_rest(mei: Api) -> None:
    mei.customer("华为技术有限公司", grade="A")
    mei.customer("华为终端有限公司", grade="B")
    assert names(mei, q="华为") == {"华为技术有限公司", "华为终端有限公司"}
    assert names(mei, q="hw", grade="B") == {"华为终端有限公司"}
    assert names(mei, q="万科") == set()
    assert names(mei, q="***") == set()
    assert names(mei, q=" ") == {"华为技术有限公司", "华为终端有限公司"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"owner": "everybody"}, "owner"),
        ({"next_from": "gestern"}, "next_from"),
        ({"next_from": "2026-02-30"}, "next_from"),
        ({"is_key": "maybe"}, "is_key"),
        ({"tag": "x"}, "tag"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"sort": "owner"}, "sort"),
        ({"sort": "name; DROP TABLE"}, "sort"),
        ({"q": "长" * 10_000}, "q"),
    ],
)
def test_a_wrong_query_names_the_field(mei: Api, query: dict[str, str], field: str) -> None:
    named = wrong_fields(mei.get("/customers", 422, **query))
    assert field in {name.split(".")[0] for name in named}


@pytest.mark.parametrize(
    "query",
    [
        {"owner": 10**30},
        {"tag": 10**30},
        {"import_id": 10**30},
        {"owner": -1},
        {"created_from": "0001-01-01"},
        {"created_to": "9999-12-31"},
        {"next_from": "1900-01-01", "next_to": "2200-12-31"},
        {"kind": "\x00"},
        {"industry": "\x00"},
        {"type": "\x00"},
        {"grade": "' OR 1=1 --"},
        {"industry": "%"},
    ],
)
def test_an_odd_query_finds_nothing_or_is_refused(mei: Api, query: dict[str, Any]) -> None:
    mei.customer()
    for path in ("/customers", "/customers/summary"):
        assert mei.call("GET", path, **query).status_code in (200, 422)
        assert mei.call("GET", path, **query).json().get("items", []) == []


# --- order and pages

DAYS = st.none() | st.integers(0, 3).map(lambda days: TODAY + timedelta(days))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["华为", "万科", "阿里", "阿里", "ABC", "7天", "重庆火锅"]),
            "last_follow_up_on": DAYS,
            "next_follow_up_on": DAYS,
            "contract_amount": st.none() | st.sampled_from([0, 1, 500, 10**15]),
        }
    ),
    max_size=14,
)


def pages(api: Api, **query: Any) -> list[dict[str, Any]]:
    """Walk through the whole list, cursor by cursor."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        page = api.get("/customers", **query, **more)
        assert len(page["items"]) == query["limit"] or page["next"] is None
        found += page["items"]
        cursor = page["next"]
        assert len(found) <= 100
    return found


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS)
def test_pages_are_the_whole_list_in_order(mei: Api, rows: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        bring(mei.person, rows)
        for sort in EVERY_SORT:
            whole = mei.get("/customers", sort=sort, limit=200)["items"]
            assert len(whole) == len(rows)
            assert pages(mei, sort=sort, limit=3) == whole
            assert_in_order(whole, sort)
        transaction.set_rollback(True)


def assert_in_order(items: list[dict[str, Any]], sort: str) -> None:
    """The values go one way, ties by id the same way, and those without a value come last."""
    name = sort.removeprefix("-")
    if name == "name":
        pinyin = dict(Customer.objects.values_list("id", "pinyin"))
        keys = [(pinyin[one["id"]], one["id"]) for one in items]
    else:
        keys = [(one[name], one["id"]) for one in items]
    having = [key for key in keys if key[0] is not None]
    assert keys[: len(having)] == having
    assert having == sorted(having, reverse=sort.startswith("-"))


def test_names_go_by_their_pinyin(mei: Api) -> None:
    for name in ("万科", "阿里巴巴", "重庆火锅", "Zebra", "华为"):
        mei.customer(name)
    items = mei.get("/customers", sort="name")["items"]
    assert [one["name"] for one in items] == ["阿里巴巴", "重庆火锅", "华为", "万科", "Zebra"]


def test_newcomers_while_paging_cause_no_gap_and_no_double(mei: Api) -> None:
    for number in range(6):
        mei.customer(f"客户{number}")
    first = mei.get("/customers", limit=3)
    mei.customer("插队")
    mei.delete(f"/customers/{first['items'][2]['id']}")
    second = mei.get("/customers", limit=3, cursor=first["next"])
    shown = [one["name"] for one in first["items"] + second["items"]]
    assert shown == [f"客户{number}" for number in range(5, -1, -1)]


def forge(*position: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


FORGED = [
    "x",
    "%%%",
    "é",
    "AAAA" * 1000,
    forge(),
    forge("name", 0, "a"),
    forge("-created_at", 0, None, 1),  # made for another order
    forge("name", 1, "a", 1),
    forge("name", -1, "a", 1),
    forge("name", "values", "a", 1),
    forge("name", 0, None, 1),
    forge("name", 0, ["a"], 1),
    forge("name", 0, "a", None),
    forge("name", 0, "a", "1 OR 1=1"),
    forge("name", 0, "a", 2**70),
    forge("name", 0, 2**70, 1),
    forge("name", 0, "a\u0000b", 1),
    forge("name", 0, "\ud800", 1),
    forge(*(["["] * 4)),
    base64.urlsafe_b64encode(b"[" * 4000).decode(),
]


def test_a_forged_cursor_is_refused_or_harmless(mei: Api, lin: Api) -> None:
    lin.customer("别人的")
    for cursor in FORGED:
        response = mei.call("GET", "/customers", sort="name", cursor=cursor)
        if response.status_code == 200:
            assert json.loads(response.content)["items"] == [], cursor
        else:
            body = mei.get("/customers", 422, sort="name", cursor=cursor)
            assert wrong_fields(body) == {"cursor"}


@pytest.mark.parametrize("sort", EVERY_SORT)
def test_a_forged_value_never_breaks_the_server(mei: Api, sort: str) -> None:
    for value in (None, "abc", "2026-02-30", 2**70, -1, True, "", 1.5, {}):
        for stretch in (0, 1):
            cursor = forge(sort, stretch, value, 1)
            response = mei.call("GET", "/customers", sort=sort, cursor=cursor)
            assert response.status_code in (200, 422), (stretch, value)


def test_a_cursor_of_a_colleague_shows_nothing_of_theirs(mei: Api, lin: Api) -> None:
    for number in range(4):
        lin.customer(f"林的{number}")
        mei.customer(f"梅的{number}")
    cursor = lin.get("/customers", limit=2)["next"]
    shown = mei.get("/customers", cursor=cursor)["items"]
    assert all(one["name"].startswith("梅") for one in shown)


def test_the_number_of_queries_does_not_grow(mei: Api) -> None:
    registry.current()  # asked once per process
    contact = {"name": "李女士", "mobile": "13812345678", "email": "li@example.com"}
    rows = [{"name": f"华为{number}号公司", "next_follow_up_on": TODAY} for number in range(3)]
    bring(mei.person, rows, contact)
    calls: list[Callable[[], Any]] = [
        lambda: mei.get("/customers", limit=100),
        lambda: mei.get("/customers", limit=100, sort="next_follow_up_on"),
        lambda: mei.get("/customers", limit=100, q="华为"),
        lambda: mei.get("/customers", limit=100, q="李女士"),
        lambda: mei.get("/customers", limit=100, q="5678"),
        lambda: mei.get("/customers/summary", q="华为"),
        lambda: mei.get("/search", q="hw", limit=50),
        lambda: mei.get("/search", q="5678", limit=50),
    ]
    few = [queries_of(call) for call in calls]
    bring(mei.person, rows * 19, contact)
    assert len(mei.get("/customers", limit=100)["items"]) == 60
    assert [queries_of(call) for call in calls] == few
    assert max(few) <= 10  # one of them asks whether fields were changed


def test_deleted_customers_are_in_no_list(mei: Api) -> None:
    made = mei.customer("删了", contract_amount=100)
    mei.delete(f"/customers/{made['id']}")
    assert names(mei) == set()
    assert date.fromisoformat(made["recorded_on"]) == TODAY


def test_key_customers_come_first_unless_a_column_is_chosen(mei: Api) -> None:
    for number in range(7):
        mei.customer(f"客户{number}", is_key=number in (1, 4))
    names: list[str] = []
    cursor = None
    while True:
        page = mei.get("/customers", limit=2, **({"cursor": cursor} if cursor else {}))
        names += [one["name"] for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert names == ["客户4", "客户1", "客户6", "客户5", "客户3", "客户2", "客户0"]
    by_time = mei.get("/customers", sort="-created_at")["items"]
    assert [one["name"] for one in by_time] == [f"客户{number}" for number in range(6, -1, -1)]
