"""Fields as an administrator defines them: over the API, and in what the registry then says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import Api, hire, queries_of, role_of, wrong_fields
from zhike.fields import registry
from zhike.fields.models import Field
from zhike.trail.models import Event

pytestmark = pytest.mark.django_db

TYPES = list(Field.Type.values)


def field(boss: Api, label: str = "年产值", type_: str = "text", **more: Any) -> dict[str, Any]:
    if type_ in ("choice", "choices"):
        more.setdefault("choices", [{"label": "甲"}, {"label": "乙", "color": "red"}])
    return boss.post("/fields", {"of": "customer", "label": label, "type": type_, **more})


def listed(who: Api, of: str = "customer", **query: Any) -> dict[str, dict[str, Any]]:
    return {one["key"]: one for one in who.get("/fields", of=of, **query)["items"]}


def events(verb: str) -> list[dict[str, Any]]:
    return list(Event.objects.filter(verb=verb).order_by("id").values_list("data", flat=True))


@pytest.mark.parametrize("type_", TYPES)
def test_a_field_of_every_type_is_there_for_everybody_at_once(
    boss: Api, mei: Api, type_: str
) -> None:
    made = field(boss, type_=type_, section="生产", help="填上一年的", weight=5, need="recommended")
    found = listed(mei)[made["key"]]
    assert found == made | {"may": "edit"}
    assert (found["type"], found["section"], found["weight"]) == (type_, "生产", 5)
    assert found["key"] == f"x{Field.objects.get(label='年产值').pk}"
    assert found["position"] == max(one["position"] for one in listed(mei).values())
    offered = mei.get("/choices").get(found["dictionary"])
    if type_ in ("choice", "choices"):
        assert found["dictionary"] == found["key"]
        assert [(one["label"], one.get("color")) for one in offered] == [
            ("甲", None),
            ("乙", "red"),
        ]
    else:
        assert offered is None
    assert events("field.defined")[0]["label"] == "年产值"


def test_only_who_looks_after_the_settings_may(boss: Api, mei: Api) -> None:
    made = field(boss)
    path = f"/fields/customer/{made['key']}"
    mei.post("/fields", {"of": "customer", "label": "别的", "type": "text"}, 403)
    mei.patch(path, {"version": 1, "label": "改"}, 403)
    mei.post(f"{path}/archive", {}, 403)
    mei.delete(path, 403)
    mei.get("/fields", 403, all=True)
    for path in ("/dictionaries", "/rules", "/rules/facts", "/field-presets"):
        mei.get(path, 403)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"label": ""}, "label"),
        ({"label": " \u200b "}, "label"),
        ({"label": "？！"}, "label"),
        ({"label": "字" * 31}, "label"),
        ({"label": "客户 名称"}, "label"),
        ({"label": "标签"}, "label"),
        ({"type": "identity"}, "type"),
        ({"type": "choice"}, "choices"),
        ({"type": "choice", "choices": [{"label": "甲"}, {"label": " 甲 "}]}, "choices"),
        ({"type": "choice", "choices": [{"label": "甲", "color": "#fff"}]}, "choices"),
        ({"choices": [{"label": "甲"}]}, "choices"),
        ({"need": "must"}, "need"),
        ({"weight": 101}, "weight"),
        ({"weight": -1}, "weight"),
        ({"group": "nothing"}, "group"),
        ({"type": "phone", "group": "basic"}, "group"),
        ({"type": "email", "group": "notes"}, "group"),
        ({"kinds": ["shop"]}, "kinds"),
        ({"section": "字" * 21}, "section"),
        ({"help": "字" * 201}, "help"),
        ({"rule": {"min": 1}}, "rule"),
        ({"rule": {"longest": 0}}, "rule"),
        ({"rule": {"longest": 201}}, "rule"),
        ({"rule": {"pattern": "(a+)+$"}}, "rule"),
        ({"type": "number", "rule": {"min": "3", "max": "2"}}, "rule"),
        ({"type": "number", "rule": {"min": "many"}}, "rule"),
        ({"type": "date", "rule": {"min": "2026-02-30"}}, "rule"),
        ({"type": "yes_no", "rule": {"max": 3}}, "rule"),
        ({"default": 3}, "default"),
        ({"rule": {"pattern": "digits"}, "default": "abc"}, "default"),
        ({"rule": {"longest": 2}, "default": "三个字"}, "default"),
        ({"type": "number", "rule": {"max": "5"}, "default": "6"}, "default"),
        ({"type": "phone", "default": "13800138000"}, "default"),
        ({"type": "person", "default": 1}, "default"),
        ({"type": "yes_no", "default": "是"}, "default"),
        ({"type": "url", "default": "javascript:alert(1)"}, "default"),
    ],
)
def test_what_cannot_be_is_refused_by_name(boss: Api, said: dict[str, Any], wrong: str) -> None:
    before = listed(boss, all=True)
    body = {"of": "customer", "label": "年产值", "type": "text", **said}
    answer = boss.post("/fields", body, 422)
    assert wrong_fields(answer) == {wrong}
    assert listed(boss, all=True) == before


def test_everything_wrong_is_told_at_once(boss: Api) -> None:
    body = {"of": "customer", "label": "", "type": "text", "weight": 500, "group": "x"}
    assert wrong_fields(boss.post("/fields", body, 422)) == {"label", "weight", "group"}


def test_a_change_is_one_event_with_old_and_new(boss: Api) -> None:
    made = field(boss, type_="number")
    path = f"/fields/customer/{made['key']}"
    said = {"label": "产值", "rule": {"min": "0"}, "default": "12.50", "kinds": ["company"]}
    changed = boss.patch(path, {"version": 1, **said})
    assert (changed["label"], changed["default"], changed["version"]) == ("产值", "12.5", 2)
    assert changed["rule"] == {"min": "0", "max": None, "longest": None, "pattern": None}
    (event,) = events("field.changed")
    assert event["changes"]["label"] == ["年产值", "产值"]
    assert set(event["changes"]) == {"label", "rule", "default", "kinds"}
    told = boss.get("/audit", verb_group="system")["items"][0]
    assert told["label"] == "修改字段"
    assert {one["label"] for one in told["changes"]} == {"名称", "校验规则", "默认值", "适用的客户"}
    # Taken away again by null; nothing said, nothing changed.
    boss.patch(path, {"version": 2, "default": None, "rule": None, "kinds": None})
    assert listed(boss)[made["key"]]["kinds"] == []
    assert boss.patch(path, {"version": 3, "label": "产值"})["version"] == 3
    assert len(events("field.changed")) == 2


def test_a_rule_that_the_default_breaks_is_refused(boss: Api) -> None:
    made = field(boss, type_="number", default="5")
    path = f"/fields/customer/{made['key']}"
    answer = boss.patch(path, {"version": 1, "rule": {"max": "4"}}, 422)
    assert wrong_fields(answer) == {"default"}


def test_the_second_of_two_editors_is_told(boss: Api) -> None:
    path = f"/fields/customer/{field(boss)['key']}"
    boss.patch(path, {"version": 1, "help": "一"})
    assert boss.patch(path, {"version": 1, "help": "二"}, 409)["code"] == "stale"
    assert boss.patch(path, {"version": 2, "help": "二"})["help"] == "二"


def test_a_shipped_field_is_changed_but_stays_what_it_is(boss: Api, mei: Api) -> None:
    path = "/fields/customer/core_need"
    said = {"label": "主要需求", "section": "要什么", "help": "一句话", "need": "required"}
    changed = boss.patch(path, {"version": 0, **said, "weight": 9, "group": "notes"})
    assert changed["builtin"]
    assert (changed["label"], changed["group"], changed["version"]) == ("主要需求", "notes", 1)
    assert listed(mei)["core_need"]["label"] == "主要需求"
    row = Field.objects.get(key="core_need")
    assert (row.builtin, row.type) == (True, "long_text")
    assert boss.patch(path, {"version": 1, "type": "text"}, 422)
    boss.delete(path, 403)


@pytest.mark.parametrize(
    ("path", "said", "wrong"),
    [
        ("customer/name", {"need": "optional"}, "need"),
        ("customer/kind", {"need": "recommended"}, "need"),
        ("customer/name", {"kinds": ["company"]}, "kinds"),
        ("customer/name", {"group": "notes"}, "group"),
        ("customer/identity", {"group": "basic"}, "group"),
        ("customer/tier", {"group": "notes"}, "group"),
        ("customer/tier", {"need": "required"}, "need"),
        ("customer/code", {"default": "C1"}, "default"),
        ("customer/budget", {"rule": {"longest": 5}}, "rule"),
        ("customer/birthday", {"default": "1990-05-20"}, "default"),
        ("contact/name", {"need": "optional"}, "need"),
        ("follow_up/content", {"need": "optional"}, "need"),
        ("follow_up/result", {"weight": 3}, "weight"),
    ],
)
def test_what_the_system_relies_on_stays(
    boss: Api, path: str, said: dict[str, Any], wrong: str
) -> None:
    answer = boss.patch(f"/fields/{path}", {"version": 0, **said}, 422)
    assert wrong_fields(answer) == {wrong}


@pytest.mark.parametrize(
    "path", ["customer/name", "customer/kind", "customer/type", "customer/code", "contact/name"]
)
def test_what_no_record_can_do_without_is_not_archived(boss: Api, path: str) -> None:
    assert boss.post(f"/fields/{path}/archive", {}, 409)["code"] == "needed"


def test_an_archived_field_is_nowhere_and_comes_back(boss: Api, mei: Api) -> None:
    made = field(boss, type_="choice")
    path = f"/fields/customer/{made['key']}"
    assert boss.post(f"{path}/archive", {}, 200)["archived"]
    boss.post(f"{path}/archive", {}, 200)
    assert made["key"] not in listed(mei)
    assert listed(boss, all=True)[made["key"]]["archived"]
    taken = field(boss)
    assert wrong_fields(boss.post(f"{path}/restoration", {}, 422)) == {"label"}
    boss.delete(f"/fields/customer/{taken['key']}")
    back = boss.post(f"{path}/restoration", {}, 200)
    assert not back["archived"]
    assert listed(mei)[made["key"]]["label"] == "年产值"
    assert len(events("field.archived")) == len(events("field.restored")) == 1


def test_a_field_that_holds_something_is_not_removed(boss: Api) -> None:
    made = field(boss)
    path = f"/fields/customer/{made['key']}"
    customer = boss.customer(custom={made["key"]: "三千万"})
    answer = boss.delete(path, 409)
    assert (answer["code"], answer["count"]) == ("in_use", 1)
    boss.post(f"{path}/archive", {}, 200)
    boss.delete(path, 409)
    boss.post(f"{path}/restoration", {}, 200)
    assert boss.get(f"/customers/{customer['id']}")["custom"] == {made["key"]: "三千万"}
    boss.patch(
        f"/customers/{customer['id']}",
        {"version": customer["version"], "custom": {made["key"]: None}},
    )
    boss.delete(path)
    assert made["key"] not in listed(boss, all=True)
    boss.delete(path, 404)


def test_a_value_in_the_trash_counts_too(boss: Api) -> None:
    made = field(boss, type_="choice")
    customer = boss.customer(custom={made["key"]: boss.get("/choices")[made["key"]][0]["value"]})
    boss.delete(f"/customers/{customer['id']}")
    assert boss.delete(f"/fields/customer/{made['key']}", 409)["count"] == 1


def test_fields_are_put_in_order_under_their_headings(boss: Api, mei: Api) -> None:
    made = field(boss)["key"]
    before = list(listed(boss))
    items = [
        {"key": made, "section": "最前"},
        *({"key": key, "section": "组"} for key in before[:3]),
    ]
    answer = boss.call("PUT", "/fields/order", {"of": "customer", "items": items})
    assert answer.status_code == 200
    found = listed(mei)
    assert list(found) == [made, *before[:-1]]
    assert [found[key]["section"] for key in [made, *before[:3]]] == ["最前", "组", "组", "组"]
    assert len(events("field.ordered")) == 1
    boss.call("PUT", "/fields/order", {"of": "customer", "items": items})
    assert len(events("field.ordered")) == 1
    for wrong in ([items[0], items[0]], [{"key": "x999999", "section": "组"}]):
        body = {"of": "customer", "items": wrong}
        assert boss.call("PUT", "/fields/order", body).status_code == 422


def test_a_reader_is_told_of_no_field_hidden_from_them(boss: Api) -> None:
    made = field(boss, type_="choice", group="money")
    role_of("marketing")
    reader = Api(hire("市场", "market", "marketing"))
    assert made["key"] not in listed(reader)
    assert made["key"] not in reader.get("/choices")
    assert listed(reader, of="contact")["mobile"]["may"] == "masked"
    assert listed(boss)[made["key"]]["group_label"] == "金额"


def test_a_column_beside_a_field_is_hidden_with_it(boss: Api) -> None:
    """Who hides 所在地区 must not leave its code."""
    for key in ("region", "industry"):
        boss.patch(f"/fields/customer/{key}", {"version": 0, "group": "money"})
    groups = registry.current().groups
    assert groups["customer.region_code"] == groups["customer.industry_code"] == "money"


def test_reading_the_fields_costs_no_query_of_its_own(boss: Api) -> None:
    for number in range(30):
        field(boss, f"字段{number}")
    listed(boss)
    plain = queries_of(lambda: boss.get("/regions/children"))
    assert queries_of(lambda: boss.get("/fields")) == plain
    assert queries_of(lambda: boss.get("/choices")) == plain


def test_there_is_an_end_to_the_number_of_fields(
    boss: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhike.fields.actions.MOST_FIELDS", 2)
    first = field(boss, "一")
    field(boss, "二")
    body = {"of": "customer", "label": "三", "type": "text"}
    assert boss.post("/fields", body, 409)["code"] == "too_many_fields"
    boss.post("/fields", body | {"of": "contact"})
    boss.post(f"/fields/customer/{first['key']}/archive", {}, 200)
    boss.post("/fields", body)
    assert boss.post(f"/fields/customer/{first['key']}/restoration", {}, 409)


def test_presets_add_what_is_missing_and_only_that(boss: Api, mei: Api) -> None:
    every = boss.get("/field-presets")["items"]
    assert [one["label"] for one in every] == [
        *("制造业", "批发零售", "教育培训", "软件与互联网", "房产家装", "医疗健康", "金融保险"),
        "餐饮酒店",
    ]
    for preset in every:
        assert 4 <= len(preset["fields"]) <= 8
        assert not preset["applied"]
        made = boss.post(f"/field-presets/{preset['name']}", {}, 200)["items"]
        assert 4 <= len(made) <= len(preset["fields"])
        assert {one["preset"] for one in made} == {preset["name"]}
        assert boss.post(f"/field-presets/{preset['name']}", {}, 200)["items"] == []
    assert all(one["applied"] for one in boss.get("/field-presets")["items"])
    # Renamed, it is still that field; archived, it comes back; removed, it is made anew.
    mine = {one["label"]: one for one in listed(mei).values() if one["preset"] == "make"}
    renamed, archived, removed = mine["年用量"], mine["供应商准入"], mine["主要设备与产线"]
    boss.patch(f"/fields/customer/{renamed['key']}", {"version": 1, "label": "每年用多少"})
    boss.post(f"/fields/customer/{archived['key']}/archive", {}, 200)
    boss.delete(f"/fields/customer/{removed['key']}")
    again = boss.post("/field-presets/make", {}, 200)["items"]
    assert {one["label"] for one in again} == {"供应商准入", "主要设备与产线"}
    assert archived["key"] in {one["key"] for one in again}
    boss.post("/field-presets/nothing", {}, 404)
    mei.post("/field-presets/make", {}, 403)


def test_a_field_of_another_kind_or_none_is_not_found(boss: Api) -> None:
    key = field(boss)["key"]
    for path in (f"/fields/contact/{key}", "/fields/customer/x0", "/fields/deal/name"):
        boss.patch(path, {"version": 1, "help": "?"}, 404)
        boss.post(f"{path}/archive", {}, 404)
