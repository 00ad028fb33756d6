"""Own fields of every type: entered, kept, shown, told, listed, emptied; who may see them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people import Api, hire, queries_of, role_of, wrong_fields
from zhike.access.models import Role
from zhike.care.models import FollowUp
from zhike.customers.models import Customer, CustomValue
from zhike.fields import registry
from zhike.trail.models import Event

PHONE, OTHER_PHONE = "13812345678", "13912349999"
USUAL: dict[str, tuple[Any, Any]] = {
    "text": ("粤A-001", "粤B-002"),
    "long_text": ("第一行\n第二行", "另一段"),
    "number": ("12.5", "-3"),
    "money": (1_250_050, 0),
    "date": ("2026-03-05", "1999-12-31"),
    "date_range": (["2026-01-01", "2026-06-30"], [None, "2027-01-01"]),
    "yes_no": (True, False),
    "phone": (PHONE, OTHER_PHONE),
    "email": ("li@example.com", "wang@example.com"),
    "url": ("https://example.com/a?b=1", "http://example.cn"),
}
VALUED = [*USUAL, "choice", "choices", "person"]
MASKED = {PHONE: "138****5678", "li@example.com": "l***@example.com"}


def define(boss: Api, type_: str, label: str = "年产值", **more: Any) -> dict[str, Any]:
    if type_ in ("choice", "choices"):
        more.setdefault("choices", [{"label": "甲"}, {"label": "乙"}, {"label": "丙"}])
    body = {"of": "customer", "label": label, "type": type_, **more}
    made: dict[str, Any] = boss.post("/fields", body)
    return made


def offered(boss: Api, field: dict[str, Any]) -> list[str]:
    return [one["value"] for one in boss.get("/choices")[field["dictionary"]]]


def pair(boss: Api, field: dict[str, Any]) -> tuple[Any, Any]:
    """Two values a field of this type may have."""
    type_ = field["type"]
    if type_ == "person":
        return boss.id, hire("林冲", f"lin{field['key']}").pk
    if type_ in ("choice", "choices"):
        first, second, third = offered(boss, field)
        return (first, second) if type_ == "choice" else ([first, third], [second])
    return USUAL[type_]


def asked(field: dict[str, Any], value: Any) -> str:
    """The word by which a filter asks for a value."""
    if field["type"] == "date_range":
        return "~".join(one or "" for one in value)
    if field["type"] == "choices":
        return str(value[0])
    return json.dumps(value) if isinstance(value, bool) else str(value)


def shown(value: Any) -> Any:
    return MASKED.get(value, value) if isinstance(value, str) else value


def ids(api: Api, **query: Any) -> set[int]:
    found = {one["id"] for one in api.get("/customers", limit=200, **query)["items"]}
    assert api.get("/customers/summary", **query)["count"] == len(found)
    return found


@pytest.mark.parametrize("type_", VALUED)
def test_a_value_of_every_type_goes_all_the_way(boss: Api, mei: Api, type_: str) -> None:
    field = define(boss, type_)
    key = field["key"]
    first, second = pair(boss, field)
    other = mei.customer("没有的")
    made = mei.customer("有的", custom={key: first})
    assert made["custom"] == {key: shown(first)}
    assert mei.get(f"/customers/{made['id']}") == made
    (row,) = mei.get("/customers", show=key, q="有的", sort="created_at")["items"][-1:]
    assert row["more"] == {key: shown(first)}
    for op, word, found in (
        ("eq", asked(field, first), {made["id"]}),
        ("eq", asked(field, second), set()),
        ("filled", "", {made["id"]}),
        ("empty", "", {other["id"]}),
    ):
        assert ids(mei, field=f"{key}:{op}:{word}") == found, (op, word)
    changed = mei.patch(f"/customers/{made['id']}", {"version": 1, "custom": {key: second}})
    assert (changed["version"], set(changed["custom"])) == (2, {key})
    assert ids(mei, field=f"{key}:eq:{asked(field, second)}") == {made["id"]}
    assert ids(mei, field=f"{key}:eq:{asked(field, first)}") == set()
    emptied = mei.patch(f"/customers/{made['id']}", {"version": 2, "custom": {key: None}})
    assert emptied["custom"] == {}
    assert Customer.objects.get(pk=made["id"]).custom == {}
    assert ids(mei, field=f"{key}:filled:") == set()
    assert not CustomValue.objects.exists()
    told = mei.story(made["id"], kind="change")
    assert [len(one["detail"]["changes"]) for one in told] == [1, 1]
    assert {one["detail"]["changes"][0]["label"] for one in told} == {"年产值"}
    assert {one["detail"]["changes"][0]["field"] for one in told} == {key}


@pytest.mark.parametrize("type_", VALUED)
def test_the_same_again_is_no_change(
    boss: Api, mei: Api, digest: Callable[[], str], type_: str
) -> None:
    field = define(boss, type_)
    value = pair(boss, field)[0]
    made = mei.customer(custom={field["key"]: value})
    before = digest()
    body = {"version": 1, "custom": {field["key"]: value}}
    assert mei.patch(f"/customers/{made['id']}", body) == made
    assert digest() == before


def _typed(type_: str, words: list[str], people: list[int]) -> st.SearchStrategy[Any]:
    days = st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(date.isoformat)
    texts = st.text(min_size=1, max_size=150)
    return {
        "text": texts,
        "long_text": texts,
        "number": st.decimals(-(10**12), 10**12, places=4).map(lambda one: f"{one:f}"),
        "money": st.integers(0, 9_000_000_000_000_000),
        "date": days,
        "date_range": st.tuples(days | st.none(), days | st.none()).map(list),
        "yes_no": st.booleans(),
        "choice": st.sampled_from(words),
        "choices": st.lists(st.sampled_from(words), max_size=3),
        "person": st.sampled_from(people),
        "phone": st.integers(13_000_000_000, 13_999_999_999).map(str),
        "email": st.from_regex(r"[a-z]{1,9}@[a-z]{2,9}\.(com|cn)", fullmatch=True),
        "url": st.from_regex(r"https?://[a-z]{1,9}\.cn(/[a-z0-9]{0,9})?", fullmatch=True),
    }[type_]


@pytest.mark.parametrize("type_", VALUED)
def test_whatever_is_taken_comes_back_equal(boss: Api, type_: str) -> None:
    field = define(boss, type_)
    key = field["key"]
    words = offered(boss, field) if type_ in ("choice", "choices") else [""]
    values = _typed(type_, words, [boss.id])
    boss.customer("另一位")

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(value=values)
    def check(value: Any) -> None:
        answer = boss.call("POST", "/customers", {"name": "甲公司", "custom": {key: value}})
        body = json.loads(answer.content)
        if answer.status_code == 422:
            assert wrong_fields(body) == {key}
            return
        assert answer.status_code == 201, body
        kept = body["custom"].get(key)
        path = f"/customers/{body['id']}"
        assert boss.get(path)["custom"].get(key) == kept
        rows = {one["id"]: one for one in boss.get("/customers", show=key, limit=200)["items"]}
        assert rows[body["id"]]["more"].get(key) == kept
        if kept is not None and "," not in asked(field, kept):
            plain = value if type_ in ("phone", "email") else kept
            assert body["id"] in ids(boss, field=f"{key}:eq:{asked(field, plain)}", life="all")
        emptied = boss.patch(path, {"version": body["version"], "custom": {key: None}})
        assert emptied["custom"] == {}
        boss.delete(path)

    check()


HOSTILE: list[Any] = [
    {"a": {"b": [1]}},
    [[["x"]]],
    "\0",
    "甲" * 200_000,
    "1e400",
    10**30,
    -(2**63),
    [None, None, None, None],
    {"$gt": ""},
    "' OR 1=1 --",
]


@pytest.mark.parametrize("type_", [*VALUED, "attachment"])
def test_hostile_values_name_the_field_and_change_nothing(
    boss: Api, digest: Callable[[], str], type_: str
) -> None:
    key = define(boss, type_)["key"]
    made = boss.customer()
    before = digest()
    for value in HOSTILE:
        if type_ in ("text", "long_text") and value in ("\0", "1e400", "' OR 1=1 --"):
            continue  # words like others: kept as they are, or nothing is left of them
        for method, path, body in (
            ("POST", "/customers", {"name": "甲"}),
            ("PATCH", f"/customers/{made['id']}", {"version": 1}),
        ):
            answer = boss.call(method, path, body | {"custom": {key: value}})
            assert answer.status_code == 422, value
            assert wrong_fields(json.loads(answer.content)) == {key}, value
    assert digest() == before


@pytest.mark.parametrize(
    ("custom", "wrong"),
    [
        ({"x999999": "甲"}, "x999999"),
        ({"name": "甲"}, "custom"),
        ({"remark": "甲"}, "custom"),
        ({"": "甲"}, "custom"),
        ({"x0": 1}, "custom"),
        ({"x١": 1}, "custom"),
        ({"x1\0": 1}, "custom"),
        ({"x" + "9" * 400: 1}, "custom"),
        ({f"x{n}": 1 for n in range(1, 400)}, "custom"),
        ("x1", "custom"),
        ([], "custom"),
        (5, "custom"),
    ],
)
def test_what_is_no_own_field(
    boss: Api, digest: Callable[[], str], custom: Any, wrong: str
) -> None:
    before = digest()
    body = boss.post("/customers", {"name": "甲", "custom": custom}, 422)
    assert {one.split(".")[0] for one in wrong_fields(body)} == {wrong}
    assert digest() == before


def test_numbers_json_cannot_say(boss: Api, digest: Callable[[], str]) -> None:
    key = define(boss, "number")["key"]
    before = digest()
    for number in ("1e400", "NaN", "Infinity", "-1e400", "1" * 5000):
        answer = boss.client.generic(
            "POST",
            "/api/v1/customers",
            data=f'{{"name": "甲", "custom": {{"{key}": {number}}}}}',
            content_type="application/json",
            headers={"X-CSRFToken": boss.csrf},
        )
        assert answer.status_code in (400, 422), number
        assert digest() == before


def test_a_half_character_is_refused(boss: Api, digest: Callable[[], str]) -> None:
    key = define(boss, "text")["key"]
    before = digest()
    answer = boss.client.generic(
        "POST",
        "/api/v1/customers",
        data=f'{{"name": "甲", "custom": {{"{key}": "\\ud800"}}}}',
        content_type="application/json",
        headers={"X-CSRFToken": boss.csrf},
    )
    assert answer.status_code in (400, 422)
    assert digest() == before


def test_fields_of_other_records_are_no_fields_of_this_one(
    boss: Api, digest: Callable[[], str]
) -> None:
    customer = boss.customer(contact_name="李女士")
    keys = {of: define(boss, "text", of=of)["key"] for of in ("customer", "contact", "follow_up")}
    (contact,) = customer["contacts"]
    before = digest()
    for of, path, method, body in (
        ("customer", f"/customers/{customer['id']}", "PATCH", {"version": customer["version"]}),
        ("contact", f"/contacts/{contact['id']}", "PATCH", {"version": contact["version"]}),
        (
            "follow_up",
            f"/customers/{customer['id']}/follow-ups",
            "POST",
            {"way": "phone", "content": "谈过"},
        ),
    ):
        for other, key in keys.items():
            if other == of:
                continue
            answer = boss.call(method, path, body | {"custom": {key: "甲"}})
            assert answer.status_code == 422
            assert wrong_fields(json.loads(answer.content)) == {key}
    assert digest() == before


# ---------------------------------------------------------------- need, default, kinds, archive


def test_required_fields_are_asked_for_and_never_emptied(boss: Api, mei: Api) -> None:
    old = mei.customer("老客户")
    key = define(boss, "text", need="required")["key"]
    assert wrong_fields(mei.post("/customers", {"name": "甲"}, 422)) == {key}
    assert wrong_fields(mei.post("/customers", {"name": "甲", "custom": {key: " "}}, 422)) == {key}
    made = mei.customer("甲", custom={key: "有"})
    body = {"version": 1, "custom": {key: None}}
    assert wrong_fields(mei.patch(f"/customers/{made['id']}", body, 422)) == {key}
    # A file that never had it can be worked on all the same.
    assert mei.patch(f"/customers/{old['id']}", {"version": 1, "grade": "A"})["grade"] == "A"
    boss.post(f"/fields/customer/{key}/archive", {}, 200)
    mei.customer("乙")


def test_a_required_field_one_may_not_fill_in_is_not_asked_for(boss: Api, mei: Api) -> None:
    define(boss, "money", need="required", group="money")
    _allow(mei, money="read")
    Api(mei.person).customer("甲")


def test_defaults_are_put_into_new_records(boss: Api, mei: Api) -> None:
    field = define(boss, "choice")
    key, (first, second, _) = field["key"], offered(boss, field)
    boss.patch(f"/fields/customer/{key}", {"version": field["version"], "default": second})
    assert mei.customer("甲")["custom"] == {key: second}
    assert mei.customer("乙", custom={key: first})["custom"] == {key: first}
    assert mei.customer("丙", custom={key: None})["custom"] == {}
    boss.post(f"/dictionaries/{field['dictionary']}/entries/{second}/retirement", {}, 200)
    assert mei.customer("丁")["custom"] == {}


def test_fields_of_the_other_kind(boss: Api, mei: Api) -> None:
    key = define(boss, "text", kinds=["company"])["key"]
    body = {"name": "赵敏", "kind": "person", "custom": {key: "甲"}}
    assert wrong_fields(mei.post("/customers", body, 422)) == {key}
    body = {"name": "赵敏", "kind": "person", "scale": "small"}
    assert wrong_fields(mei.post("/customers", body, 422)) == {"scale"}
    made = mei.customer("赵敏工作室", custom={key: "甲"}, scale="small")
    changed = mei.patch(f"/customers/{made['id']}", {"version": 1, "kind": "person"})
    # What was entered is kept, and can go.
    assert (changed["custom"], changed["scale"]) == ({key: "甲"}, "small")
    body = {"version": 2, "custom": {key: "乙"}}
    assert wrong_fields(mei.patch(f"/customers/{made['id']}", body, 422)) == {key}
    emptied = {"version": 2, "custom": {key: None}, "scale": None}
    assert mei.patch(f"/customers/{made['id']}", emptied)["custom"] == {}


def test_an_archived_field_keeps_what_it_holds(boss: Api, mei: Api) -> None:
    key = define(boss, "text")["key"]
    made = mei.customer("甲", custom={key: "有"})
    boss.post(f"/fields/customer/{key}/archive", {}, 200)
    path = f"/customers/{made['id']}"
    assert mei.get(path)["custom"] == {key: "有"}
    body = {"version": made["version"], "custom": {key: "新"}}
    assert wrong_fields(mei.patch(path, body, 422)) == {key}
    assert wrong_fields(mei.post("/customers", {"name": "乙", "custom": {key: "新"}}, 422)) == {key}
    mei.patch(path, {"version": made["version"], "custom": {key: "有"}, "grade": "A"})
    mei.get("/customers", 422, sort=key)


def test_a_retired_word_stays_where_it_is(boss: Api, mei: Api) -> None:
    field = define(boss, "choice")
    key, (first, second, _) = field["key"], offered(boss, field)
    made = mei.customer("甲", custom={key: first}, grade="C")
    for dictionary, value in ((field["dictionary"], first), ("grade", "C")):
        boss.post(f"/dictionaries/{dictionary}/entries/{value}/retirement", {}, 200)
    path = f"/customers/{made['id']}"
    same = {"custom": {key: first}, "grade": "C", "remark": "新"}
    now = mei.patch(path, {"version": 1, **same})
    assert (now["custom"], now["grade"]) == ({key: first}, "C")
    for fields in ({"custom": {key: first}}, {"grade": "C"}):
        assert mei.post("/customers", {"name": "乙", **fields}, 422)
    assert ids(mei, field=f"{key}:eq:{first}") == {made["id"]}
    mei.patch(path, {"version": now["version"], "custom": {key: second}, "grade": "A"})
    body = {"version": now["version"] + 1, "grade": "C"}
    assert wrong_fields(mei.patch(path, body, 422)) == {"grade"}


def test_a_word_an_administrator_added_can_be_chosen(boss: Api, mei: Api) -> None:
    boss.post("/dictionaries/source/entries", {"label": "短视频"})
    value = next(one["value"] for one in boss.get("/choices")["source"] if one["label"] == "短视频")
    made = mei.customer("甲", source=value)
    assert mei.get(f"/customers/{made['id']}")["source"] == value
    changed = mei.patch(f"/customers/{made['id']}", {"version": 1, "source": "visit"})
    (told,) = mei.story(changed["id"], kind="change")[0]["detail"]["changes"]
    assert told["old"] == "短视频"


def test_two_people_change_one_own_field(boss: Api, mei: Api) -> None:
    key = define(boss, "text")["key"]
    other = define(boss, "text", label="别的")["key"]
    made = mei.customer()
    path = f"/customers/{made['id']}"
    boss.patch(path, {"version": 1, "custom": {key: "周"}})
    body = mei.patch(path, {"version": 1, "custom": {key: "王"}}, 409)
    assert set(body["changed"]) == {key}
    assert "年产值" in body["title"]
    assert body["current"]["custom"] == {key: "周"}
    merged = mei.patch(path, {"version": 1, "custom": {other: "王"}})
    assert merged["custom"] == {key: "周", other: "王"}


# ---------------------------------------------------------------- contacts and follow-ups


def test_own_fields_of_a_contact(boss: Api, mei: Api) -> None:
    key = define(boss, "phone", label="备用电话", of="contact")["key"]
    made = mei.customer(contact_name="李女士")
    body = {"name": "王总", "custom": {key: PHONE}}
    contact = mei.post(f"/customers/{made['id']}/contacts", body)
    assert contact["custom"] == {key: "138****5678"}
    path = f"/contacts/{contact['id']}"
    changed = mei.patch(path, {"version": 1, "custom": {key: OTHER_PHONE}})
    assert changed["custom"] == {key: "139****9999"}
    assert mei.post(f"{path}/reveals", {"field": key}, 200) == {"value": OTHER_PHONE}
    (told,) = mei.story(made["id"], kind="change")[0]["detail"]["changes"]
    assert (told["label"], told["old"], told["new"]) == ("备用电话", "138****5678", "139****9999")
    found = [one["custom"] for one in mei.get(f"/customers/{made['id']}")["contacts"]]
    assert found == [{}, {key: "139****9999"}]
    body = {"version": 2, "custom": {key: "1"}}
    assert wrong_fields(mei.patch(path, body, 422)) == {key}


def test_a_required_own_field_of_contacts_is_wanted_of_every_new_one(boss: Api, mei: Api) -> None:
    old = mei.customer("老客户", contact_name="李女士")
    key = define(boss, "text", label="工号", of="contact", need="required")["key"]
    path = f"/customers/{old['id']}/contacts"
    for custom in ({}, {"custom": {}}, {"custom": {key: None}}, {"custom": {key: " "}}):
        body = mei.post(path, {"name": "王总", **custom}, 422)
        assert wrong_fields(body) == {key}
        assert "工号" in body["title"]
    assert mei.post(path, {"name": "王总", "custom": {key: "A7"}})["custom"] == {key: "A7"}
    # The first one of a new customer, too; who enters no contact is not asked.
    mei.customer("没有联系人")
    mei.customer("也没有联系人", contact_custom={key: ""})
    count = Customer.objects.count()
    for said in ({"contact_name": "赵总"}, {"mobile": PHONE}, {"contact_custom": {"x999": "A"}}):
        body = mei.post("/customers", {"name": "新客户", **said}, 422)
        assert key in wrong_fields(body)
        problems = mei.post("/customers/check", {"name": "新客户", **said}, 200)["problems"]
        assert {"field": key, "level": "refusal", "message": "请填写工号。"} in problems
    assert Customer.objects.count() == count
    made = mei.customer("新客户", contact_name="赵总", contact_custom={key: "A8"})
    (contact,) = made["contacts"]
    assert (contact["name"], contact["custom"], contact["is_primary"]) == (
        *("赵总", {key: "A8"}),
        True,
    )
    (alone,) = mei.customer("乙", contact_custom={key: "A9"})["contacts"]
    assert (alone["name"], alone["custom"]) == ("联系人", {key: "A9"})
    # Who has none may be worked on all the same, but what is there does not go.
    mei.patch(f"/contacts/{old['contacts'][0]['id']}", {"version": 1, "title": "采购"})
    body = {"version": 1, "custom": {key: None}}
    assert wrong_fields(mei.patch(f"/contacts/{alone['id']}", body, 422)) == {key}


def test_the_first_contacts_own_values_go_by_right_and_sealed(boss: Api, mei: Api) -> None:
    phone = define(boss, "phone", label="备用电话", of="contact")["key"]
    made = mei.customer("甲", contact_name="李女士", contact_custom={phone: PHONE})
    (contact,) = made["contacts"]
    assert contact["custom"] == {phone: "138****5678"}
    assert mei.post(f"/contacts/{contact['id']}/reveals", {"field": phone}, 200)["value"] == PHONE
    body = {"name": "乙", "contact_name": "王总", "contact_custom": {phone: "1"}}
    assert wrong_fields(mei.post("/customers", body, 422)) == {phone}
    _allow(mei, phone="masked", email="masked")
    body = {"name": "乙", "contact_name": "王总", "contact_custom": {phone: PHONE}}
    for path in ("/customers", "/customers/check"):
        assert Api(mei.person).post(path, body, 403)["field"] == phone


def test_own_fields_of_a_follow_up(boss: Api, mei: Api) -> None:
    key = define(boss, "number", label="通话分钟", of="follow_up", group="money")["key"]
    made = mei.customer()
    path = f"/customers/{made['id']}/follow-ups"
    body = {"way": "phone", "content": "谈过", "custom": {key: "12.50"}}
    logged = mei.post(path, body)
    assert logged["custom"] == {key: "12.5"}
    body["custom"] = {key: "很久"}
    assert wrong_fields(mei.post(path, body, 422)) == {key}
    at = f"/follow-ups/{logged['id']}"
    changed = mei.patch(at, {"version": 1, "custom": {key: 20}})
    assert changed["custom"] == {key: "20"}
    told = mei.story(made["id"], kind="follow_up")[0]["detail"]
    assert told["custom"] == {key: "20"}
    _allow(mei, money="hidden")
    blind = Api(mei.person)
    assert blind.story(made["id"], kind="follow_up")[0]["detail"]["custom"] == {}
    assert blind.patch(at, {"version": 2, "content": "改"})["custom"] == {}
    assert blind.patch(at, {"version": 3, "custom": {key: 1}}, 403)["field"] == key
    assert FollowUp.objects.get().custom == {key: "20"}
    change = Event.objects.filter(verb="follow_up.changed").order_by("id")[0]
    assert change.data["changes"] == {key: ["12.5", "20"]}


# ---------------------------------------------------------------- sealed


def test_sealed_values_are_ciphertext_bound_to_row_and_key(
    boss: Api, mei: Api, digest: Callable[[], str]
) -> None:
    key = define(boss, "phone", label="值班电话")["key"]
    other = define(boss, "phone", label="夜间电话")["key"]
    made = mei.customer("甲", custom={key: PHONE})
    twin = mei.customer("乙", custom={key: OTHER_PHONE})
    mei.patch(f"/customers/{made['id']}", {"version": 1, "custom": {other: OTHER_PHONE}})
    kept = Customer.objects.get(pk=made["id"])
    for value in kept.custom.values():
        assert PHONE.encode() not in base64.b64decode(value)
    for row in (*Customer.objects.values(), *CustomValue.objects.values()):
        assert PHONE not in str(row)
    for data in Event.objects.values_list("data", flat=True):
        assert PHONE not in str(data)
        assert OTHER_PHONE not in str(data)
    assert mei.post(f"/customers/{made['id']}/reveals", {"field": key}, 200) == {"value": PHONE}
    (told,) = mei.story(made["id"], kind="reveal")
    assert told["detail"]["label"] == "值班电话"
    # A value moved to another row, or under another key, is no value.
    stolen = kept.custom[key]
    Customer.objects.filter(pk=twin["id"]).update(custom={key: stolen})
    Customer.objects.filter(pk=made["id"]).update(custom={other: stolen, key: "no base64!"})
    before = digest()
    for pk, name in ((twin["id"], key), (made["id"], other), (made["id"], key)):
        assert mei.get(f"/customers/{pk}")["custom"][name] == "无法解密"
        body = mei.post(f"/customers/{pk}/reveals", {"field": name}, 409)
        assert body["code"] == "unreadable"
    assert digest() == before


def test_an_index_copied_beside_another_value_finds_nobody(boss: Api, mei: Api) -> None:
    key = define(boss, "phone")["key"]
    made = mei.customer("甲", custom={key: PHONE})
    other = mei.customer("乙", custom={key: OTHER_PHONE})
    word = CustomValue.objects.get(customer_id=made["id"]).word
    CustomValue.objects.filter(customer_id=other["id"]).update(word=word)
    assert ids(mei, field=f"{key}:eq:138 1234 5678") == {made["id"]}


def test_who_looked_is_told_and_who_may_not_is_refused(boss: Api, mei: Api) -> None:
    key = define(boss, "email", label="财务邮箱")["key"]
    plain = define(boss, "text", label="普通")["key"]
    made = mei.customer("甲", custom={key: "li@example.com", plain: "有"})
    path = f"/customers/{made['id']}/reveals"
    assert mei.post(path, {"field": plain}, 422)["field"] == "field"
    assert mei.post(path, {"field": "x999"}, 422)["field"] == "field"
    _allow(mei, email="masked")
    assert Api(mei.person).post(path, {"field": key}, 403)["field"] == "field"
    assert Api(mei.person).get(f"/customers/{made['id']}")["custom"][key] == "l***@example.com"
    _allow(mei, email="hidden")
    assert set(Api(mei.person).get(f"/customers/{made['id']}")["custom"]) == {plain}


# ---------------------------------------------------------------- rights


def _allow(api: Api, **levels: str) -> None:
    """Give the person a role of their own with these levels, everything else as sales have it."""
    role = role_of("sales")
    granted = {**role.granted, "fields": {**role.granted["fields"], **levels}}
    mine, _ = Role.objects.update_or_create(
        key=f"of-{api.id}", defaults={"name": f"角色{api.id}", "granted": granted}
    )
    api.person.role = mine
    api.person.save(update_fields=["role"])
    api.person.__dict__.pop("rights", None)


@pytest.mark.parametrize("type_", VALUED)
def test_who_may_not_read_the_group_never_sees_it(boss: Api, mei: Api, type_: str) -> None:
    group = "email" if type_ in ("phone", "email") else "money"
    field = define(boss, type_, group=group)
    key = field["key"]
    value, second = pair(boss, field)
    made = mei.customer("甲公司", custom={key: value})
    mei.patch(f"/customers/{made['id']}", {"version": 1, "custom": {key: second}})
    _allow(mei, **{group: "hidden"})
    blind = Api(mei.person)
    path = f"/customers/{made['id']}"
    everything = json.dumps(
        [
            blind.get(path),
            blind.get("/customers", show=f"{key},name"),
            blind.story(made["id"]),
            blind.get("/search", q="甲公司"),
            blind.get("/fields", of="customer"),
            blind.get("/customers/similar", name="甲公司"),
        ],
        ensure_ascii=False,
    )
    assert f'"{key}"' not in everything
    assert "年产值" not in everything
    for query in ({"field": f"{key}:filled:"}, {"sort": key}, {"sort": f"-{key}"}):
        if "sort" in query and not field["sortable"]:
            continue
        for place in ("/customers", "/customers/summary"):
            if place.endswith("summary") and "sort" in query:
                continue
            body = blind.get(place, 403, **query)
            assert body["field"] in query
    body = {"filters": {"field": [f"{key}:filled:"]}, "taker_id": None}
    assert blind.call("POST", "/hand-overs", body).status_code == 403
    assert blind.patch(path, {"version": 2, "custom": {key: value}}, 403)["field"] == key
    assert blind.patch(path, {"version": 2, "custom": {key: None}}, 403)["field"] == key
    body = {"name": "乙", "custom": {key: value}}
    assert blind.post("/customers", body, 403)["field"] == key


def test_who_may_read_but_not_change(boss: Api, mei: Api) -> None:
    key = define(boss, "text", group="notes")["key"]
    made = mei.customer(custom={key: "有"})
    _allow(mei, notes="read")
    reader = Api(mei.person)
    path = f"/customers/{made['id']}"
    assert reader.get(path)["custom"] == {key: "有"}
    assert ids(reader, field=f"{key}:eq:有") == {made["id"]}
    assert reader.patch(path, {"version": 1, "custom": {key: "改"}}, 403)["field"] == key


def test_what_is_masked_is_masked_in_the_trail_too(boss: Api, mei: Api) -> None:
    key = define(boss, "text", label="爱好", group="contact")["key"]
    made = mei.customer("赵敏", kind="person", gender="female")
    path = f"/customers/{made['id']}"
    mei.patch(path, {"version": 1, "custom": {key: "钓鱼"}, "birthday": "1990-05-20"})
    _allow(mei, contact="masked")
    blind = Api(mei.person)
    file = blind.get(path)
    assert (file["custom"], file["birthday"], file["gender"]) == ({}, "", "")
    text = json.dumps([file, blind.story(made["id"])], ensure_ascii=False)
    assert "钓鱼" not in text
    assert "1990" not in text


def test_of_the_pool_only_who_reaches_everything_reads_protected_fields(
    boss: Api, mei: Api
) -> None:
    key = define(boss, "text", group="contact")["key"]
    open_ = define(boss, "text", label="公开")["key"]
    made = boss.customer("池中", custom={key: "藏", open_: "见"})
    boss.patch(f"/customers/{made['id']}", {"version": 1, "owner_id": None})
    row = mei.get("/customers", show=[key, open_])["items"][0]
    assert (row["id"], row["owner"]) == (made["id"], None)
    assert row["more"] == {open_: "见"}
    assert mei.get(f"/customers/{made['id']}")["custom"] == {open_: "见"}
    assert boss.get("/customers", show=[key, open_])["items"][0]["more"] == {key: "藏", open_: "见"}


def test_nobody_learns_of_others_customers_by_a_filter(boss: Api, mei: Api, lin: Api) -> None:
    for type_ in VALUED:
        field = define(boss, type_, label=f"字段{type_}")
        value = pair(boss, field)[0]
        lin.customer(f"林的{type_}", custom={field["key"]: value})
        for query in (
            {"field": f"{field['key']}:filled:"},
            {"field": f"{field['key']}:eq:{asked(field, value)}"},
        ):
            assert ids(mei, **query) == set()
            assert len(ids(lin, **query)) == 1


# ---------------------------------------------------------------- the list


def _numbered(boss: Api, type_: str = "number") -> tuple[str, dict[str, int]]:
    key = define(boss, type_)["key"]
    found = {}
    for name, value in (("三", 3), ("一", 1), ("二", 2), ("又二", 2), ("无", None), ("负", -5)):
        given = str(value) if value is not None and type_ == "number" else value
        found[name] = boss.customer(name, custom={key: given})["id"]
    return key, found


def _pages(api: Api, sort: str, limit: int) -> list[int]:
    found: list[int] = []
    cursor: dict[str, str] = {}
    for _ in range(20):
        page = api.get("/customers", sort=sort, limit=limit, **cursor)
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}
    raise AssertionError("the list does not end")


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_sorting_by_an_own_field_page_by_page(boss: Api, limit: int) -> None:
    key, found = _numbered(boss)
    upward = [found[name] for name in ("负", "一", "二", "又二", "三", "无")]
    downward = [found[name] for name in ("三", "又二", "二", "一", "负", "无")]
    assert _pages(boss, key, limit) == upward
    assert _pages(boss, f"-{key}", limit) == downward


def test_sorting_and_narrowing_as_a_sales_person(boss: Api, mei: Api, lin: Api) -> None:
    key = define(boss, "date")["key"]
    for number in range(5):
        for who in (mei, lin):
            who.customer(f"客户{number}", custom={key: f"2026-01-0{number + 1}"})
    mei.customer("没有日期")
    assert len(_pages(mei, key, 2)) == 6
    query = {"field": f"{key}:ge:2026-01-03", "sort": f"-{key}"}
    names = [one["name"] for one in mei.get("/customers", **query)["items"]]
    assert names == ["客户4", "客户3", "客户2"]


@pytest.mark.parametrize(
    ("type_", "values", "condition", "names"),
    [
        ("number", ["1", "2", "10"], "ge:2", "bc"),
        ("number", ["1", "2", "10"], "le:2.0", "ab"),
        ("number", ["1", "2", "10"], "ne:2", "ac-"),
        ("number", ["1", "2", "10"], "in:1,10", "ac"),
        ("money", [100, 200, 0], "le:100", "ac"),
        ("date", ["2026-01-01", "2026-02-01", None], "le:2026-01-31", "a"),
        ("text", ["Abc 甲", "abc乙", "50%"], "has:abc", "ab"),
        ("text", ["Abc 甲", "abc乙", "50%"], "has:0%", "c"),
        ("text", ["ＡＢ", "ab", "abc"], "eq:ab", "ab"),
        ("text", ["长" * 99 + "甲", "长" * 99 + "乙", "长"], "eq:" + "长" * 99 + "甲", "a"),
        ("text", ["长" * 99 + "甲", "长" * 99 + "乙", "长"], "ne:" + "长" * 99 + "甲", "bc-"),
        ("text", ["a:b", "a", "b"], "eq:a:b", "a"),
        ("long_text", ["一\n二", "三", "四"], "has:二", "a"),
        ("date_range", [["2026-01-01", "2026-02-01"], None, None], "has:2026-01-15", "a"),
        ("date_range", [["2026-01-01", None], [None, "2026-01-01"], None], "has:2026-06-01", "a"),
        ("date_range", [["2026-01-01", None], [None, "2026-01-01"], None], "ge:2026-06-01", "a"),
        ("date_range", [["2026-05-01", None], [None, "2026-01-01"], None], "le:2026-03-01", "b"),
        ("date_range", [["2026-05-01", None], [None, "2026-01-01"], None], "eq:2026-05-01~", "a"),
        ("yes_no", [True, False, None], "eq:false", "b"),
        ("yes_no", [True, False, None], "ne:true", "bc-"),
        ("url", ["https://a.cn/x", "https://b.cn", None], "has:a.cn", "a"),
    ],
)
def test_every_way_to_narrow(
    boss: Api, type_: str, values: list[Any], condition: str, names: str
) -> None:
    key = define(boss, type_)["key"]
    for name, value in zip("abc", values, strict=True):
        boss.customer(name, custom={key: value})
    boss.customer("-")
    found = boss.get("/customers", field=f"{key}:{condition}", sort="name")["items"]
    assert {one["name"] for one in found} == set(names)
    assert boss.get("/customers/summary", field=f"{key}:{condition}")["count"] == len(names)


def test_choices_are_found_one_by_one(boss: Api) -> None:
    field = define(boss, "choices")
    key, (first, second, third) = field["key"], offered(boss, field)
    both = boss.customer("两样", custom={key: [first, second]})["id"]
    one = boss.customer("一样", custom={key: [second]})["id"]
    assert ids(boss, field=f"{key}:eq:{second}") == {both, one}
    assert ids(boss, field=f"{key}:has:{first}") == {both}
    assert ids(boss, field=f"{key}:in:{first},{third}") == {both}
    assert ids(boss, field=f"{key}:ne:{first}") == {one}
    assert ids(boss, field=[f"{key}:eq:{first}", f"{key}:eq:{second}"]) == {both}
    assert ids(boss, field=[f"{key}:eq:{first}", f"{key}:eq:{third}"]) == set()


def test_oneself_can_be_asked_for(boss: Api, mei: Api) -> None:
    key = define(boss, "person")["key"]
    mine = mei.customer("我的", custom={key: mei.id})["id"]
    mei.customer("别人的", custom={key: boss.id})
    assert ids(mei, field=f"{key}:eq:me") == {mine}


def test_a_leaver_stays_in_the_field_and_is_offered_no_more(boss: Api, mei: Api) -> None:
    key = define(boss, "person")["key"]
    gone = hire("林冲", "linchong")
    made = mei.customer("甲", custom={key: gone.pk})
    boss.post(f"/people/{gone.pk}/departure", {"successor_id": None}, 200)
    path = f"/customers/{made['id']}"
    mei.patch(path, {"version": 1, "custom": {key: gone.pk}, "remark": "新"})
    assert wrong_fields(mei.post("/customers", {"name": "乙", "custom": {key: gone.pk}}, 422)) == {
        key
    }
    assert ids(mei, field=f"{key}:eq:{gone.pk}") == {made["id"]}
    mei.patch(path, {"version": 2, "custom": {key: mei.id}})
    (told,) = mei.story(made["id"], kind="change")[0]["detail"]["changes"]
    assert (told["old"], told["new"]) == ("林冲", "王小梅")


def test_conditions_that_are_none(boss: Api, digest: Callable[[], str]) -> None:
    keys = {type_: define(boss, type_, label=f"字段{type_}")["key"] for type_ in VALUED}
    boss.customer(identity="914403001922038216")
    before = digest()
    for said in (
        *("", ":", "::", "x999:eq:1", "name", "name:is:x", "name:eq:", "pk:eq:1", "id:eq:1"),
        *("owner:eq:1", "owner__password:eq:x", "custom:has:x", "identity:eq:914403001922038216"),
        *("address:has:x", "life_note:has:x", "tier_why:eq:x", "contract_amount:eq:甲"),
        *("contract_amount:eq:1.5", "cooperation_since:ge:昨天", "is_key:eq:maybe"),
        f"{keys['number']}:ge:1e400",
        f"{keys['number']}:has:1",
        f"{keys['number']}:eq:",
        f"{keys['money']}:eq:{10**30}",
        f"{keys['date']}:le:0000-00-00",
        f"{keys['date_range']}:eq:~",
        f"{keys['phone']}:eq:138****5678",
        f"{keys['phone']}:has:138",
        f"{keys['phone']}:ne:{PHONE}",
        f"{keys['email']}:in:li@example.com",
        f"{keys['choice']}:eq:没有",
        f"{keys['choices']}:in:",
        f"{keys['person']}:eq:{10**19}",
        f"{keys['person']}:eq:-1",
        f"{keys['text']}:in:" + ",".join(map(str, range(101))),
        f"{keys['yes_no']}:eq:2",
    ):
        for place in ("/customers", "/customers/summary"):
            body = boss.get(place, 422, field=said)
            assert body["field"].split(".")[0] == "field", said
    assert boss.get("/customers", 422, field=["name:filled:"] * 11)["field"] == "field"
    assert (
        boss.get("/customers", 422, field="name:eq:" + "长" * 3000)["field"] == "criteria.field.0"
    )
    body = {"filters": {"field": ["x999:eq:1"]}, "taker_id": None}
    assert boss.post("/hand-overs", body, 422)["field"] == "field"
    for sort in (keys["long_text"], keys["phone"], keys["choices"], "x999", "custom", "tier_why"):
        assert boss.get("/customers", 422, sort=sort)["field"] == "sort"
    for show in ("x999", "owner__password", "custom", ["name"] * 61, ",".join(["x1"] * 61)):
        assert boss.get("/customers", 422, show=show)["field"].startswith("show")
    assert digest() == before


def test_cursors_somebody_made_up(boss: Api) -> None:
    number, _ = _numbered(boss)
    words = define(boss, "text", label="文字")["key"]
    for value in ("甲", "乙", "丙"):
        boss.customer(value, custom={words: value})

    def packed(*position: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")

    for sort, positions in (
        (number, [(number, 0, "1", 1), (number, 0, 2**70, 1), (number, 0, None, 1)]),
        (number, [(number, 2, 1, 1), (number, -1, 1, 1), (words, 0, 1, 1), (number, 0, 1.5, 1)]),
        (words, [(words, 0, 5, 1), (words, 0, "a\0", 1), (words, 0, [], 1), (words, 0, "a", "1")]),
        (number, [(number, 0, -(2**63) - 1, 1), (number, 0, True, 1), (number, 0, 1, 2**64)]),
    ):
        for position in positions:
            assert boss.get("/customers", 422, sort=sort, cursor=packed(*position))
    assert boss.get("/customers", sort=words, cursor=packed(words, 0, "甲' OR 1=1", 1))


def test_deleted_customers_are_in_no_list(boss: Api) -> None:
    key, found = _numbered(boss)
    boss.delete(f"/customers/{found['一']}")
    assert found["一"] not in ids(boss, field=f"{key}:filled:")
    assert found["一"] not in _pages(boss, key, 2)
    boss.post(f"/customers/{found['一']}/restoration", {}, 200)
    assert found["一"] in ids(boss, field=f"{key}:filled:")


def test_the_number_of_queries_does_not_grow(boss: Api) -> None:
    keys = [
        define(boss, type_, label=f"字段{type_}")["key"] for type_ in VALUED if type_ != "person"
    ]
    number = keys[VALUED.index("number")]
    query = {"show": keys, "sort": number, "field": f"{number}:ge:0", "limit": 100}

    def call() -> Any:
        return boss.get("/customers", **query)

    registry.current()
    boss.customer("甲", custom={number: "1", keys[0]: "甲"})
    few = queries_of(call)
    for place in range(30):
        boss.customer(f"客户{place}", custom={number: str(place), keys[0]: "甲"})
    assert len(call()["items"]) == 31
    assert queries_of(call) == few
    assert few <= 12


def test_many_are_met_while_the_list_is_read(boss: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether few or many have a value, the list is the same."""
    from zhike.customers import conditions

    key, found = _numbered(boss)
    query = {"field": f"{key}:le:2"}
    few = [one["id"] for one in boss.get("/customers", **query)["items"]]
    monkeypatch.setattr(conditions, "FEW", 1)
    many = [one["id"] for one in boss.get("/customers", **query)["items"]]
    assert set(few) == {found[name] for name in ("一", "二", "又二", "负")}
    assert many == few
    first = boss.get("/customers", limit=2, **query)
    rest = boss.get("/customers", limit=2, cursor=first["next"], **query)
    assert [one["id"] for page in (first, rest) for one in page["items"]] == few


# ---------------------------------------------------------------- shipped fields by the same ways


def test_shipped_fields_by_the_same_ways(boss: Api) -> None:
    first = boss.customer("甲", contract_amount=500, founded_on="2020-01-01", risk="预算紧")["id"]
    second = boss.customer("乙", contract_amount=900, main_business="机床", is_key=True)["id"]
    for said, found in (
        ("contract_amount:ge:600", {second}),
        ("contract_amount:ne:500", {second}),
        ("founded_on:le:2021-01-01", {first}),
        ("founded_on:empty:", {second}),
        ("risk:filled:", {first}),
        ("risk:has:预算", {first}),
        ("main_business:eq:机床", {second}),
        ("main_business:ne:机床", {first}),
        ("is_key:eq:true", {second}),
        ("bought_count:eq:0", {first, second}),
        ("bought_count:ge:9999999999", set()),
        ("bought_count:empty:", {first, second}),
        ("kind:in:company,person", {first, second}),
        ("completeness:le:100", {first, second}),
        ("recorded_on:ge:2026-11-18", {first, second}),
    ):
        assert ids(boss, field=said) == found, said
    shown_ = {
        one["id"]: one["more"]
        for one in boss.get("/customers", show="risk,founded_on,completeness,address")["items"]
    }
    assert shown_[first]["risk"] == "预算紧"
    assert shown_[first]["founded_on"] == "2020-01-01"
    assert set(shown_[second]) == {"completeness"}
