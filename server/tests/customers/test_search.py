"""The search box, and the warning of duplicates."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from tests.people import NOW, Api
from zhike.customers import bulk


def found(api: Api, q: str, **query: Any) -> list[str]:
    return [one["name"] for one in api.get("/search", q=q, **query)["items"]]


@pytest.fixture
def house(mei: Api) -> Api:
    """A sales person with a few customers."""
    mei.customer(
        "华为技术有限公司", contact_name="王小明", mobile="13812345678", email="wxm@huawei.example"
    )
    mei.customer("重庆长安汽车股份有限公司", contact_name="李女士", landline="023-67591234")
    mei.customer("TCL科技集团股份有限公司")
    mei.customer("曾黎", kind="person", mobile="+852 2123 4567")
    with transaction.atomic():
        old = bulk.NewCustomer({"name": "老树咖啡", "code": "C-0017", "owner": mei.id})
        bulk.add(actor=mei.person, now=NOW, customers=[old], import_id=None)
    return mei


FOUND_BY = [
    ("华", "华为技术有限公司", "name"),
    ("为技", "华为技术有限公司", "name"),
    ("华为技", "华为技术有限公司", "name"),
    ("华为技术有限公司", "华为技术有限公司", "name"),
    ("　华为 技术", "华为技术有限公司", "name"),
    ("huawei", "华为技术有限公司", "pinyin"),
    ("HuaWei", "华为技术有限公司", "pinyin"),
    ("jishu", "华为技术有限公司", "pinyin"),
    ("huaw", "华为技术有限公司", "pinyin"),
    ("hw", "华为技术有限公司", "initials"),
    ("hwjs", "华为技术有限公司", "initials"),
    ("华wei", "华为技术有限公司", "pinyin"),
    ("华w", "华为技术有限公司", "pinyin"),
    ("h为", "华为技术有限公司", "pinyin"),
    ("chongqing", "重庆长安汽车股份有限公司", "pinyin"),
    ("zhongqing", "重庆长安汽车股份有限公司", "pinyin"),
    ("cqca", "重庆长安汽车股份有限公司", "initials"),
    ("tcl", "TCL科技集团股份有限公司", "name"),
    ("TCL科", "TCL科技集团股份有限公司", "name"),
    ("tclkj", "TCL科技集团股份有限公司", "pinyin"),
    ("zengli", "曾黎", "pinyin"),
    ("C-0017", "老树咖啡", "code"),
    ("0017", "老树咖啡", "code"),
    ("lskf", "老树咖啡", "initials"),
    ("5678", "华为技术有限公司", "phone"),
    ("138 1234 5678", "华为技术有限公司", "phone"),
    ("+8613812345678", "华为技术有限公司", "phone"),
    ("1234", "重庆长安汽车股份有限公司", "phone"),
    ("023-67591234", "重庆长安汽车股份有限公司", "phone"),
    ("02367591234", "重庆长安汽车股份有限公司", "phone"),
    ("+85221234567", "曾黎", "phone"),
    ("WXM@huawei.example", "华为技术有限公司", "phone"),
    ("王小明", "华为技术有限公司", "contact"),
    ("wxm", "华为技术有限公司", "contact"),
    ("wangxm", "华为技术有限公司", "contact"),
    ("小明", "华为技术有限公司", "contact"),
]


def test_found_by(house: Api) -> None:
    wrong = []
    for q, name, how in FOUND_BY:
        hits = house.get("/search", q=q)["items"]
        got = [(one["name"], one["match"]) for one in hits]
        if got != [(name, how)]:
            wrong.append((q, got))
    assert not wrong


def test_not_found_by(house: Api) -> None:
    for q in ("万科", "hwx", "9999", "13800000000", "wei华", "a@b.c", "", "  "):
        assert found(house, q) == [], q


def test_a_code_by_its_ending(mei: Api) -> None:
    for number in range(3):
        mei.customer(f"客户甲{number}号")
    assert found(mei, "CRM-202611002") == ["客户甲1号"]
    assert found(mei, "202611002") == ["客户甲1号"]
    assert found(mei, "1002") == ["客户甲1号"]


def test_a_hit_tells_what_the_box_shows(house: Api) -> None:
    (hit,) = house.get("/search", q="hw")["items"]
    hit.pop("id")
    assert hit == {
        "code": "CRM-202611001",
        "name": "华为技术有限公司",
        "kind": "company",
        "is_key": False,
        "owner_name": "王小梅",
        "contact_name": "王小明",
        "phone": "138****5678",
        "match": "initials",
    }


def test_the_best_comes_first(mei: Api) -> None:
    mei.customer("上海安全技术有限公司", contact_name="华为")
    mei.customer("华为终端有限公司")
    mei.customer("华为云", is_key=True)
    assert found(mei, "华为")[:2] == ["华为云", "华为终端有限公司"]
    assert found(mei, "华为", limit=1) == ["华为云"]
    assert len(found(mei, "华为")) == 3


def test_only_ones_own_customers(house: Api, lin: Api, boss: Api) -> None:
    lin.customer("华为终端有限公司", contact_name="王小明", mobile="13712345678")
    for q in ("华为", "hw", "5678", "13712345678", "王小明"):
        assert found(lin, q) == ["华为终端有限公司"], q
        assert "华为终端有限公司" not in found(house, q), q
        assert "华为终端有限公司" in found(boss, q), q
    assert len(found(boss, "华为")) == 2


def test_the_index_follows_every_change(mei: Api, lin: Api, boss: Api) -> None:
    made = mei.customer(contact_name="王小明", mobile="13812345678")
    path, contact = f"/customers/{made['id']}", f"/contacts/{made['contacts'][0]['id']}"
    boss.patch(path, {"version": 1, "name": "荣耀终端有限公司"})
    assert found(mei, "华为") == []
    assert found(mei, "rongyao") == ["荣耀终端有限公司"]
    mei.patch(contact, {"version": 1, "name": "赵六", "mobile": "13900001111"})
    assert found(mei, "王小明") == found(mei, "5678") == []
    assert found(mei, "赵六") == found(mei, "1111") == ["荣耀终端有限公司"]
    boss.patch(path, {"version": 2, "owner_id": lin.id})
    assert found(mei, "荣耀") == found(mei, "赵六") == found(mei, "1111") == []
    assert found(lin, "荣耀") == found(lin, "赵六") == found(lin, "1111") == ["荣耀终端有限公司"]
    lin.post(f"{path}/contacts", {"name": "钱七"})
    assert found(lin, "钱七") == ["荣耀终端有限公司"]
    lin.delete(contact)
    assert found(lin, "赵六") == found(lin, "1111") == []
    lin.delete(path)
    assert found(lin, "荣耀") == found(boss, "荣耀") == []
    lin.post(f"{path}/restoration", status=200)
    assert found(lin, "荣耀") == found(lin, "钱七") == ["荣耀终端有限公司"]


HOSTILE = [
    '"',
    '""',
    "'",
    "华为'",
    "*",
    "华*",
    "AND",
    "OR",
    "NOT",
    "NEAR(华 为)",
    "华为 AND 万科",
    "tokens:华",
    "{x}: y",
    "-华",
    "^华",
    "(",
    ")",
    "¤1",
    f"¤{2}",
    "&",
    "|",
    "!",
    ":*",
    "<->",
    "\\",
    "\\'",
    "%",
    "_",
    "😀",
    "👨‍👩‍👧",
    "\u202e",
    "ﷺ",
    "İ",
    "ß",
    "ſ",
    "0000000",
    "١٢٣٤",
    "@",
    "@@@@",
    "1" * 100,
    "华" * 100,
    "a" * 100,
    "a b c d e f g h i j",
    "华\x00为",
    "\x00",
    "\x1f",
    "1e400",
    "12345678901234567890",
    "  ",
    "\n",
]


def test_hostile_words_are_only_words(house: Api, lin: Api) -> None:
    lin.customer("万科企业股份有限公司", contact_name="郁亮", mobile="13800138000")
    for q in HOSTILE:
        for path in ("/customers", "/customers/summary"):
            assert house.get(path, q=q) is not None
        assert all("万科" not in name for name in found(house, q)), q
        for field in ("name", "phone", "email", "identity"):
            response = house.call("GET", "/customers/similar", **{field: q})
            assert response.status_code in (200, 422), (field, q)


def test_hostile_names_are_only_names(mei: Api, lin: Api) -> None:
    mei.customer("华为")
    for name in HOSTILE:
        response = mei.call("POST", "/customers", {"name": name, "contact_name": name})
        assert response.status_code in (201, 422), name
        assert "华为" in found(mei, "华为", limit=50)
        assert found(lin, "华为") == found(lin, name) == []


def test_ten_thousand_letters_are_refused(mei: Api) -> None:
    mei.get("/search", 422, q="华" * 10_000)
    mei.get("/customers/similar", 422, name="华" * 10_000)


# --- duplicates


@pytest.mark.parametrize(
    ("query", "reason", "certain"),
    [
        ({"name": "华为技术有限公司"}, "name", False),
        ({"name": "华为 技术有限公司。"}, "name", False),
        ({"phone": "138-1234-5678"}, "phone", False),
        ({"phone": "+86 13812345678"}, "phone", False),
        ({"email": "LI@EXAMPLE.com"}, "email", False),
        ({"identity": "914403001922038216"}, "identity", True),
        ({"identity": " 9144 0300 1922 0382 16"}, "identity", True),
        (
            {"name": "华为技术有限公司", "identity": "914403001922038216"},
            "identity",
            True,
        ),
    ],
)
def test_a_twin_is_told(
    mei: Api, lin: Api, query: dict[str, str], reason: str, certain: bool
) -> None:
    made = mei.customer(
        contact_name="李女士",
        mobile="13812345678",
        email="li@example.com",
        identity="914403001922038216",
    )
    (twin,) = mei.get("/customers/similar", **query)["items"]
    assert (
        twin.items()
        >= {
            "id": made["id"],
            "code": made["code"],
            "name": made["name"],
            "owner": "王小梅",
            "reason": reason,
            "certain": certain,
        }.items()
    )
    # A colleague learns that the customer is in care and by whom, and nothing else.
    (hidden,) = lin.get("/customers/similar", **query)["items"]
    assert (
        hidden.items()
        >= {
            "id": None,
            "code": None,
            "name": None,
            "owner": "王小梅",
            "reason": reason,
            "certain": certain,
        }.items()
    )


def test_no_twin_is_told_where_there_is_none(mei: Api) -> None:
    made = mei.customer(contact_name="李女士", mobile="13812345678", email="li@example.com")
    for query in (
        {},
        {"name": "", "phone": "", "email": "", "identity": ""},
        {"name": "华鑫"},
        {"phone": "5678"},
        {"phone": "13812345679"},
        {"email": "@example.com"},
        {"identity": "914403001922038216"},
    ):
        assert mei.get("/customers/similar", **query)["items"] == []
    mei.delete(f"/contacts/{made['contacts'][0]['id']}")
    assert mei.get("/customers/similar", phone="13812345678")["items"] == []
    mei.delete(f"/customers/{made['id']}")
    assert mei.get("/customers/similar", name="华为技术有限公司")["items"] == []
