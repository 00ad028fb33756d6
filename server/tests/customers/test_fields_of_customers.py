"""Shipped fields of customers and contacts: what is entered, shown and listed, as defined now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.people import NOW, TODAY, Api, queries_of, role_of, wrong_fields
from zhike.access.models import Role
from zhike.customers.models import Customer
from zhike.fields import registry

FULL = "广东省深圳市南山区"


def listed(api: Api, **query: Any) -> set[str]:
    found = {one["name"] for one in api.get("/customers", limit=200, **query)["items"]}
    assert api.get("/customers/summary", **query)["count"] == len(found)
    return found


def redefine(boss: Api, name: str, **said: Any) -> None:
    of, key = name.split(".")
    known = {one["key"]: one for one in boss.get("/fields", of=of, all=True)["items"]}
    boss.patch(f"/fields/{of}/{key}", {"version": known[key]["version"], **said})


def limited(api: Api, **levels: str) -> Api:
    """The same person with these levels and the rest as sales have it."""
    granted = role_of("sales").granted
    granted = {**granted, "fields": {**granted["fields"], **levels}}
    role, _ = Role.objects.update_or_create(
        key=f"of-{api.id}", defaults={"name": f"角色{api.id}", "granted": granted}
    )
    api.person.role = role
    api.person.save(update_fields=["role"])
    api.person.__dict__.pop("rights", None)
    return Api(api.person)


def test_fields_of_a_company_and_of_a_person(mei: Api) -> None:
    company = {
        "scale": "medium",
        "founded_on": "2001-05-20",
        "main_business": "数控机床",
        "renewal_intent": "unsure",
        "payment_cycle": "quarterly",
        "personnel_changes": "采购经理换人",
    }
    made = mei.customer(**company)
    assert {name: made[name] for name in company} == company
    person = {
        "gender": "female",
        "birthday": "农历1990年四月廿六",
        "occupation": "会计",
        "habits": "月底下单",
        "preferred_categories": "护肤",
    }
    made = mei.customer("赵敏", kind="person", **person)
    assert made["birthday"] == "L1990-04-26"
    assert made["birthday_shown"] == "农历1990年四月廿六"
    assert {name: made[name] for name in person} == person | {"birthday": "L1990-04-26"}
    assert mei.get(f"/customers/{made['id']}") == made
    changed = mei.patch(f"/customers/{made['id']}", {"version": 1, "birthday": "5-20"})
    assert (changed["birthday"], changed["birthday_shown"]) == ("--05-20", "5月20日")
    (told,) = mei.story(made["id"], kind="change")[0]["detail"]["changes"]
    assert (told["label"], told["old"], told["new"]) == ("生日", "农历1990年四月廿六", "5月20日")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "person", "birthday": "2月30日"}, "birthday"),
        ({"kind": "person", "birthday": "昨天"}, "birthday"),
        ({"kind": "person", "birthday": "1990-05-20" * 40}, "birthday"),
        ({"kind": "person", "gender": "robot"}, "gender"),
        ({"kind": "person", "main_business": "机床"}, "main_business"),
        ({"gender": "female"}, "gender"),
        ({"scale": "huge"}, "scale"),
        ({"founded_on": "2201-01-01"}, "founded_on"),
        ({"main_business": "长" * 201}, "main_business"),
        ({"region_code": "999999"}, "region_code"),
        ({"region_code": "44030"}, "region_code"),
        ({"completeness": 100}, "completeness"),
        ({"bought_amount": 5}, "bought_amount"),
        ({"tier_points": 5}, "tier_points"),
        ({"life": "archived"}, "life"),
    ],
)
def test_what_is_refused(mei: Api, fields: dict[str, Any], wrong: str) -> None:
    body = mei.post("/customers", {"name": "甲", **fields}, 422)
    assert {name.split(".")[-1] for name in wrong_fields(body)} == {wrong}
    assert not Customer.objects.exists()


def test_a_region_by_words_and_by_code(mei: Api) -> None:
    made = mei.customer(region="深圳")
    assert (made["region"], made["region_code"]) == ("深圳", "440300")
    path = f"/customers/{made['id']}"
    # What may mean several places is kept as it was typed, and nothing is guessed.
    asked = mei.patch(path, {"version": 1, "region": "朝阳"})
    assert (asked["region"], asked["region_code"]) == ("朝阳", "")
    chosen = mei.patch(path, {"version": 2, "region_code": "440305", "region": "随便"})
    assert (chosen["region"], chosen["region_code"]) == (FULL, "440305")
    (told,) = mei.story(made["id"], kind="change")[0]["detail"]["changes"]
    assert (told["label"], told["old"], told["new"]) == ("所在地区", "朝阳", FULL)
    same = mei.patch(path, {"version": 3, "region_code": "440305"})
    assert same["version"] == 3
    emptied = mei.patch(path, {"version": 3, "region_code": ""})
    assert (emptied["region"], emptied["region_code"]) == ("", "")
    assert mei.customer("乙", region_code="440305")["region"] == FULL


def test_the_list_by_region_holds_what_is_inside(mei: Api) -> None:
    for name, region in (("省", "广东"), ("市", "深圳"), ("区", FULL), ("外", "北京市朝阳区")):
        mei.customer(name, region=region)
    mei.customer("无")
    assert listed(mei, region="440000") == {"省", "市", "区"}
    assert listed(mei, region="440300") == {"市", "区"}
    assert listed(mei, region="440305") == {"区"}
    assert listed(mei, region="110000") == {"外"}
    for wrong in ("999999", "44", "广东", "44%%%%", "", "4403050"):
        assert mei.get("/customers", 422, region=wrong)["field"].endswith("region")


def test_archived_customers_are_listed_when_asked_for(mei: Api) -> None:
    made = {name: mei.customer(name) for name in ("跟进", "暂停", "归档")}
    later = str(TODAY + timedelta(days=30))
    mei.post(
        f"/customers/{made['暂停']['id']}/pause", {"reason": "budget", "look_again_on": later}, 200
    )
    mei.post(f"/customers/{made['归档']['id']}/archive", {"reason": "lost", "note": "停业"}, 200)
    assert listed(mei) == {"跟进", "暂停"}
    assert listed(mei, life="active") == {"跟进"}
    assert listed(mei, life="paused") == {"暂停"}
    assert listed(mei, life="archived") == {"归档"}
    assert listed(mei, life="all") == set(made)
    assert listed(mei, sort="name") == listed(mei, sort="-created_at") == {"跟进", "暂停"}
    assert mei.get("/customers", 422, life="gone")["field"].endswith("life")
    file = mei.get(f"/customers/{made['归档']['id']}")
    assert file["life"] == {
        "state": "archived",
        "reason": "lost",
        "note": "停业",
        "since": str(TODAY),
        "look_again_on": None,
    }


def test_who_is_asleep(boss: Api, mei: Api) -> None:
    boss.patch("/file-rules", {"dormant_days": 90})
    since = TODAY - timedelta(days=90)
    dates: dict[str, dict[str, Any]] = {
        "睡了": {"last_follow_up_on": since - timedelta(days=1)},
        "刚好": {"last_follow_up_on": since},
        "从未": {"created_at": NOW - timedelta(days=120)},
        "新来": {},
        "有约": {"last_follow_up_on": since - timedelta(days=9), "next_follow_up_on": TODAY},
        "暂停": {"last_follow_up_on": since - timedelta(days=9), "life": "paused"},
    }
    for name, columns in dates.items():
        pk = mei.customer(name)["id"]
        if columns:
            Customer.objects.filter(pk=pk).update(**columns)
    assert listed(mei, dormant=True) == {"睡了", "从未"}
    assert listed(mei, dormant=False) == set(dates) - {"睡了", "从未"}
    boss.patch("/file-rules", {"dormant_days": 365})
    assert listed(mei, dormant=True) == set()


def test_hand_over_and_plans_take_the_same_filters(boss: Api, mei: Api) -> None:
    asleep = boss.customer("睡了", main_business="机床")["id"]
    Customer.objects.filter(pk=asleep).update(last_follow_up_on=TODAY - timedelta(days=200))
    boss.customer("醒着", main_business="机床")
    filters = {"dormant": True, "field": ["main_business:eq:机床"]}
    body = {"filters": filters, "due_on": str(TODAY), "title": "唤醒"}
    assert boss.post("/plans", body, 200)["made"] == 1
    long_ago = TODAY - timedelta(days=200)
    Customer.objects.filter(pk=asleep).update(next_follow_up_on=None, last_follow_up_on=long_ago)
    body = {"filters": filters, "taker_id": mei.id}
    assert boss.post("/hand-overs", body)["total"] == 1


def test_the_file_says_what_is_missing_and_what_it_is_worth(boss: Api, mei: Api) -> None:
    made = mei.customer(contact_name="李女士")
    missing = {(one["of"], one["field"]) for one in made["completeness"]["missing"]}
    assert {("customer", "industry"), ("contact", "mobile")} <= missing
    assert made["completeness"]["percent"] == Customer.objects.get().completeness > 0
    assert made["counts"] == {"purchases": 0, "problems": 0, "attachments": 0}
    assert (made["tier_by_hand"], made["tier_reason"]) == (False, "")
    assert {part["name"] for part in made["tier_why"]} == {
        *("money", "length", "frequency", "potential"),
    }
    by_hand = mei.patch(f"/customers/{made['id']}", {"version": 1, "tier": "core"})
    assert (by_hand["tier"], by_hand["tier_by_hand"]) == ("core", True)
    again = mei.patch(f"/customers/{made['id']}", {"version": 2, "tier": ""})
    assert (again["tier"], again["tier_by_hand"]) == (made["tier"], False)
    (row,) = mei.get("/customers", show="completeness,tier")["items"]
    assert row["more"]["completeness"] == again["completeness"]["percent"]


def test_whoever_may_not_read_amounts_learns_none_of_the_file(boss: Api, mei: Api) -> None:
    made = mei.customer(contract_amount=77_700)
    mei.post(
        f"/customers/{made['id']}/purchases",
        {"bought_on": str(TODAY), "product": "机床", "amount": 88_800},
    )
    blind = limited(mei, money="hidden", cooperation="hidden", notes="hidden")
    file = blind.get(f"/customers/{made['id']}")
    assert file["counts"] == {"purchases": None, "problems": None, "attachments": 0}
    assert (file["bought_amount"], file["bought_count"], file["last_bought_on"]) == (None,) * 3
    assert (file["tier_points"], file["contract_amount"]) == (None, None)
    assert {part["name"] for part in file["tier_why"]} == {"potential"}
    for said in ("bought_amount:ge:1", "contract_amount:filled:"):
        assert blind.get("/customers", 403, field=said)["field"] == "field"
    (row,) = blind.get("/customers", show="bought_amount,contract_amount,risk")["items"]
    assert row["more"] == {}


@pytest.mark.parametrize("key", ["is_key", "source", "industry", "first_contact_on"])
def test_a_field_in_another_group_is_seen_by_those_alone(boss: Api, mei: Api, key: str) -> None:
    made = mei.customer(is_key=True, source="visit", industry="教育", first_contact_on="2020-01-01")
    redefine(boss, f"customer.{key}", group="money")
    blind = limited(mei, money="hidden")
    file = blind.get(f"/customers/{made['id']}")
    assert not file[key]
    (row,) = blind.get("/customers", show=key)["items"]
    assert row["more"] == {}
    assert not row.get(key)
    if key != "first_contact_on":
        query = {key: "true" if key == "is_key" else made[key]}
        assert blind.get("/customers", 403, **query)["field"] == key
    body = {"version": 1, key: made[key]}
    answer = blind.call("PATCH", f"/customers/{made['id']}", body)
    assert answer.status_code == 403


def test_labels_are_those_of_the_registry(boss: Api, mei: Api) -> None:
    redefine(boss, "customer.main_business", label="经营范围")
    body = mei.post("/customers", {"name": "甲", "main_business": "长" * 999}, 422)
    assert body["title"].startswith("经营范围")
    made = mei.customer("甲")
    mei.patch(f"/customers/{made['id']}", {"version": 1, "main_business": "机床"})
    (told,) = mei.story(made["id"], kind="change")[0]["detail"]["changes"]
    assert told["label"] == "经营范围"
    body = boss.patch(f"/customers/{made['id']}", {"version": 1, "main_business": "别的"}, 409)
    assert "经营范围" in body["title"]
    missing = mei.get(f"/customers/{made['id']}")["completeness"]["missing"]
    assert "经营范围" not in [one["label"] for one in missing]


def test_a_shipped_field_can_be_required_and_have_a_default(boss: Api, mei: Api) -> None:
    old = mei.customer("老客户")
    redefine(boss, "customer.industry", need="required")
    redefine(boss, "customer.source", need="required", default="visit")
    body = mei.post("/customers", {"name": "甲"}, 422)
    assert wrong_fields(body) == {"industry"}
    assert "所属行业" in body["title"]
    made = mei.customer("甲", industry="教育")
    assert made["source"] == "visit"
    assert wrong_fields(
        mei.patch(f"/customers/{made['id']}", {"version": 1, "industry": ""}, 422)
    ) == {"industry"}
    mei.patch(f"/customers/{old['id']}", {"version": 1, "industry": "", "grade": "A"})
    # Of the other kind nobody asks.
    redefine(boss, "customer.scale", need="required")
    mei.customer("赵敏", kind="person", industry="教育")
    assert wrong_fields(mei.post("/customers", {"name": "乙", "industry": "教育"}, 422)) == {
        "scale"
    }


def test_a_required_field_of_contacts(boss: Api, mei: Api) -> None:
    redefine(boss, "contact.mobile", need="required")
    redefine(boss, "contact.title", need="required")
    made = mei.customer("没有联系人")
    path = f"/customers/{made['id']}/contacts"
    assert wrong_fields(mei.post(path, {"name": "李女士"}, 422)) == {"mobile", "title"}
    body = {"name": "李女士", "title": "采购", "landline": "010-85556666"}
    contact = mei.post(path, body)
    assert wrong_fields(
        mei.patch(f"/contacts/{contact['id']}", {"version": 1, "title": ""}, 422)
    ) == {"title"}
    body = {"name": "甲", "contact_name": "王总"}
    assert wrong_fields(mei.post("/customers", body, 422)) == {"mobile", "contact_title"}


# ---------------------------------------------------------------- contacts


def test_everything_there_is_to_know_of_a_contact(mei: Api) -> None:
    made = mei.customer()
    given = {
        "name": "李小红",
        "salutation": "李姐",
        "gender": "female",
        "title": "采购经理",
        "birthday": "--05-20",
        "convenient_way": "wecom",
        "stance": "supports",
        "role": "buys",
        "consent": "given",
        "consent_on": "2026-01-02",
        "consent_source": "展会上当面说的",
        "do_not_contact": True,
        "do_not_contact_reason": "只收邮件",
    }
    path = f"/customers/{made['id']}/contacts"
    contact = mei.post(path, given)
    assert {name: contact[name] for name in given} == given
    assert contact["birthday_shown"] == "5月20日"
    assert contact["also_at"] == []
    changed = mei.patch(f"/contacts/{contact['id']}", {"version": 1, "consent": None})
    assert changed["consent"] == "unknown"
    for wrong in ({"consent": "maybe"}, {"birthday": "32日"}, {"stance": "x"}, {"gender": "x"}):
        body = mei.patch(f"/contacts/{contact['id']}", {"version": 2, **wrong}, 422)
        assert wrong_fields(body) == set(wrong)


def test_a_form_of_address_that_follows_from_the_name_grows_with_it(mei: Api) -> None:
    made = mei.customer()
    path = f"/customers/{made['id']}/contacts"
    contact = mei.post(path, {"name": "李小红", "gender": "female", "salutation": "李女士"})
    assert contact["salutation"] == "李女士"
    changed = mei.patch(f"/contacts/{contact['id']}", {"version": 1, "name": "王小红"})
    assert changed["salutation"] == "王女士"
    own = mei.patch(f"/contacts/{contact['id']}", {"version": 2, "salutation": "红姐"})
    assert own["salutation"] == "红姐"
    renamed = mei.patch(f"/contacts/{contact['id']}", {"version": 3, "name": "张小红"})
    assert renamed["salutation"] == "红姐"


def test_who_reports_to_whom(mei: Api) -> None:
    made, other = mei.customer("甲"), mei.customer("乙", contact_name="外人")
    path = f"/customers/{made['id']}/contacts"
    chief = mei.post(path, {"name": "张总"})
    buyer = mei.post(path, {"name": "李经理", "reports_to_id": chief["id"]})
    clerk = mei.post(path, {"name": "小王", "reports_to_id": buyer["id"]})
    stranger = other["contacts"][0]["id"]
    assert clerk["reports_to_id"] == buyer["id"]
    for contact, superior in (
        (chief, chief["id"]),
        (chief, clerk["id"]),
        (buyer, clerk["id"]),
        (clerk, stranger),
        (clerk, 2**60),
    ):
        body = {"version": contact["version"], "reports_to_id": superior}
        answer = mei.patch(f"/contacts/{contact['id']}", body, 422)
        assert wrong_fields(answer) == {"reports_to_id"}
    assert mei.post(path, {"name": "新人", "reports_to_id": stranger}, 422)
    mei.patch(f"/contacts/{clerk['id']}", {"version": 1, "reports_to_id": chief["id"]})
    (told,) = mei.story(made["id"], kind="change")[0]["detail"]["changes"]
    assert (told["label"], told["old"], told["new"]) == ("上级", "李经理", "张总")
    mei.delete(f"/contacts/{chief['id']}")
    above = {
        one["name"]: one["reports_to_id"] for one in mei.get(f"/customers/{made['id']}")["contacts"]
    }
    assert above == {"李经理": None, "小王": None}


def test_that_somebody_must_not_be_called_is_told_to_all_who_see_them(mei: Api) -> None:
    made = mei.customer(contact_name="李女士", mobile="13812345678")
    (contact,) = made["contacts"]
    body = {"version": 1, "do_not_contact": True, "do_not_contact_reason": "投诉过"}
    mei.patch(f"/contacts/{contact['id']}", body)
    (seen,) = limited(mei, contact="masked").get(f"/customers/{made['id']}")["contacts"]
    assert (seen["do_not_contact"], seen["do_not_contact_reason"]) == (True, "")


def test_the_file_costs_the_same_however_much_is_known(boss: Api, mei: Api) -> None:
    for label in ("甲", "乙", "丙"):
        boss.post("/fields", {"of": "customer", "label": f"字段{label}", "type": "text"})
    keys = [one.key for one in registry.current().custom("customer")]
    made = mei.customer(contact_name="李女士")
    path = f"/customers/{made['id']}"
    mei.get(path)
    few = queries_of(lambda: mei.get(path))
    mei.patch(path, {"version": 1, "custom": dict.fromkeys(keys, "有"), "remark": "有"})
    for number in range(8):
        mei.post(f"{path}/contacts", {"name": f"联系人{number}"})
    assert queries_of(lambda: mei.get(path)) == few
    assert few <= 16
