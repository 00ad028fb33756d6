"""Entering a customer: what is needed, what is checked, which code it gets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from tests.people import NOW, Api, wrong_fields
from zhike.customers import actions, bulk
from zhike.customers.models import Customer

USCC = "914403001922038216"
ID_CARD = "44010119900307123X"


def test_a_name_is_enough(mei: Api) -> None:
    made = mei.post("/customers", {"name": " 华为技术有限公司 "})
    assert made["name"] == "华为技术有限公司"
    assert (made["kind"], made["type"], made["is_key"]) == ("company", "prospect", False)
    assert made["code"] == "CRM-202611001"
    assert made["owner"] == {"id": mei.id, "name": "王小梅"}
    assert made["recorder"] == "王小梅"
    assert made["recorded_on"] == "2026-11-18"
    assert made["contacts"] == []
    assert made["contact"] is None
    assert made["version"] == 1
    can = {name for name, may in made["can"].items() if may}
    assert can == {"edit", "log", "delete", "share", "reveal"}
    assert (made["access"], set(made["fields"].values())) == ("own", {"edit"})
    assert mei.get(f"/customers/{made['id']}") == made
    created = mei.story(made["id"])
    assert [(one["kind"], one["actor"]["name"]) for one in created] == [("created", "王小梅")]


def test_with_every_field(boss: Api, mei: Api) -> None:
    tag = boss.post("/tags", {"name": "高意向客户", "color": "red"})
    given: dict[str, Any] = {
        "kind": "company",
        "type": "existing",
        "is_key": True,
        "tier": "core",
        "grade": "A",
        "source": "referral",
        "industry": "制造业-专用设备制造业",
        "region": "广东省深圳市",
        "background": "年产值约 3 亿\n员工 500 人",
        "first_need": "系统升级",
        "core_need": "云服务",
        "need_status": "following",
        "budget": "50-80万",
        "expected_term": "2年",
        "products": "ERP",
        "cooperation_since": "2024-05-30",
        "cooperation_until": "2027-05-29",
        "cooperation_stage": "running",
        "contract_amount": 120_750_000,
        "project_code": "P2024001",
        "deal_stage": "proposal",
        "expected_close": "2026年12月底",
        "deal_amount": 0,
        "special_needs": "发票要快",
        "risk": "预算紧",
        "competition": "A 公司报价低",
        "remark": "慢热",
        "first_contact_on": "2023-01-02",
    }
    more = {"owner_id": mei.id, "tags": [tag["id"]], "identity": USCC, "address": "科技园1号"}
    made = boss.customer(**given, **more)
    for name, value in given.items():
        assert made[name] == value, name
    assert made["owner"]["id"] == mei.id
    assert made["tags"] == [tag]
    assert made["identity"] == "9144**********8216"
    assert made["address"] == "科技园1号"
    assert Customer.objects.get().industry_code == "C35"


def test_with_contact_and_number(mei: Api) -> None:
    made = mei.customer(
        contact_name="李女士",
        contact_title="采购经理",
        mobile="+86 138-1234-5678",
        email="Li@Example.COM",
        wechat="li_caigou",
    )
    (contact,) = made["contacts"]
    assert contact["is_primary"]
    assert (contact["name"], contact["salutation"]) == ("李女士", "李女士")
    assert contact["title"] == "采购经理"
    assert contact["mobile"] == {"masked": "138****5678", "valid": True}
    assert contact["email"] == {"masked": "L***@example.com", "valid": True}
    assert contact["landline"] is None
    assert made["contact"]["phone"] == "138****5678"
    revealed = mei.post(f"/contacts/{contact['id']}/reveals", {"field": "mobile"}, 200)
    assert revealed == {"value": "13812345678"}


def test_a_landline_typed_into_the_mobile_field_is_put_right(mei: Api) -> None:
    (contact,) = mei.customer(mobile="01085556666转803")["contacts"]
    assert contact["mobile"] is None
    assert contact["landline"] == {"masked": "010-****6666转***", "valid": True}
    assert contact["name"] == "联系人"


def test_a_person_is_their_own_contact(mei: Api) -> None:
    made = mei.customer("赵敏", kind="person", mobile="13912345678", identity=ID_CARD)
    assert [one["name"] for one in made["contacts"]] == ["赵敏"]
    assert made["identity"].startswith("4401")
    assert "0307" not in made["identity"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "  \u200b "}, "name"),
        ({"name": None}, "name"),
        ({"name": 5}, "name"),
        ({"name": "长" * 121}, "name"),
        ({"kind": "robot"}, "kind"),
        ({"type": "best"}, "type"),
        ({"grade": "D"}, "grade"),
        ({"is_key": "maybe"}, "is_key"),
        ({"identity": "914403001922038217"}, "identity"),
        ({"identity": ID_CARD}, "identity"),
        ({"kind": "person", "identity": USCC}, "identity"),
        ({"mobile": "1381234567"}, "mobile"),
        ({"mobile": "12812345678"}, "mobile"),
        ({"mobile": "138****5678"}, "mobile"),
        ({"landline": "85556666"}, "landline"),
        ({"email": "li@"}, "email"),
        ({"email": "li#example.com"}, "email"),
        ({"contact_name": "名" * 61}, "contact_name"),
        ({"contact_name": "李", "contact_title": "职" * 61}, "contact_title"),
        ({"wechat": "w" * 201}, "wechat"),
        ({"contract_amount": -1}, "contract_amount"),
        ({"contract_amount": 10**16}, "contract_amount"),
        ({"contract_amount": 1.5}, "contract_amount"),
        ({"contract_amount": 10**40}, "contract_amount"),
        ({"cooperation_since": "2024-02-30"}, "cooperation_since"),
        ({"cooperation_since": "0001-01-01"}, "cooperation_since"),
        (
            {"cooperation_since": "2024-05-01", "cooperation_until": "2024-04-30"},
            "cooperation_until",
        ),
        ({"remark": "长" * 20_001}, "remark"),
        ({"tags": [4711]}, "tags"),
        ({"tags": [10**30]}, "tags"),
        ({"tags": "高意向"}, "tags"),
        ({"owner_id": 4711}, "owner_id"),
        ({"code": "CRM-1"}, "code"),
        ({"version": 2}, "version"),
    ],
)
def test_wrong_input_names_the_field_and_saves_nothing(
    boss: Api, digest: Callable[[], str], fields: dict[str, Any], field: str
) -> None:
    before = digest()
    body = boss.post("/customers", {"name": "华为", "kind": "company"} | fields, 422)
    assert {name.split(".")[0] for name in wrong_fields(body)} == {field}
    assert body["field"].split(".")[0] == field
    assert digest() == before


def test_all_that_is_wrong_is_told_at_once(mei: Api) -> None:
    body = mei.post("/customers", {"name": "", "grade": "Z", "contract_amount": -5}, 422)
    assert wrong_fields(body) == {"name", "grade", "contract_amount"}


def test_an_identity_is_entered_once(mei: Api, lin: Api, digest: Callable[[], str]) -> None:
    mei.customer(identity=USCC)
    before = digest()
    body = lin.post("/customers", {"name": "又一家", "identity": USCC.lower()}, 409)
    assert (body["code"], body["field"]) == ("duplicate_identity", "identity")
    assert digest() == before
    other = lin.customer("另一家")
    body = lin.patch(
        f"/customers/{other['id']}", {"version": other["version"], "identity": USCC}, 409
    )
    assert body["field"] == "identity"
    # Without identity there may be many.
    lin.customer("第三家")


def test_codes_go_up_and_never_come_back(mei: Api) -> None:
    first, second = mei.customer("甲"), mei.customer("乙")
    assert (first["code"], second["code"]) == ("CRM-202611001", "CRM-202611002")
    mei.delete(f"/customers/{second['id']}")
    assert mei.customer("丙")["code"] == "CRM-202611003"


def test_codes_step_over_imported_ones(mei: Api) -> None:
    brought = [
        bulk.NewCustomer({"name": f"老客户{code}", "code": code, "owner": mei.id})
        for code in ("CRM-202611001", "CRM-202611003", "C001")
    ]
    with transaction.atomic():
        bulk.add(actor=mei.person, now=NOW, customers=brought, import_id=None)
    assert mei.customer("新")["code"] == "CRM-202611002"
    assert mei.customer("又新")["code"] == "CRM-202611004"


def test_codes_begin_anew_every_month(mei: Api, frozen: Any) -> None:
    mei.customer("十一月")
    frozen.move_to(NOW.replace(day=30, hour=17))  # 1 December in Shanghai
    mei = Api(mei.person)  # the session of two weeks ago has ended
    assert mei.customer("十二月")["code"] == "CRM-202612001"


def test_more_than_999_in_a_month(mei: Api) -> None:
    with transaction.atomic():
        codes = actions.next_codes(NOW, 1001)
    assert codes[998:] == ["CRM-202611999", "CRM-2026111000", "CRM-2026111001"]
    assert len(set(codes)) == 1001


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_codes(mei: Api) -> None:
    start = Barrier(4)
    codes: list[str] = []

    def one(number: int) -> None:
        try:
            browser = Api(mei.person)
            start.wait(10)
            codes.append(browser.customer(f"客户{number}")["code"])
        finally:
            connection.close()

    threads = [Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(codes) == [f"CRM-20261100{number}" for number in range(1, 5)]


def test_a_sales_person_enters_for_nobody_else(
    mei: Api, lin: Api, digest: Callable[[], str]
) -> None:
    before = digest()
    body = mei.post("/customers", {"name": "华为", "owner_id": lin.id}, 403)
    assert body["field"] == "owner_id"
    assert digest() == before
    assert mei.customer(owner_id=mei.id)["owner"]["id"] == mei.id


def test_what_was_typed_is_kept_as_it_was(mei: Api) -> None:
    nasty = '=cmd|"/c calc"!A1 <script>alert(1)</script> 😀 \u202eabc'
    made = mei.customer(nasty, remark="a\r\nb\u0000c\tд")
    assert made["name"] == '=cmd|"/c calc"!A1 <script>alert(1)</script> 😀 abc'
    assert made["remark"].startswith("a\nbc")


def test_dates_may_be_set_and_cleared(mei: Api) -> None:
    made = mei.customer(cooperation_since=str(date(2024, 1, 1)))
    cleared = mei.patch(
        f"/customers/{made['id']}", {"version": made["version"], "cooperation_since": None}
    )
    assert cleared["cooperation_since"] is None
