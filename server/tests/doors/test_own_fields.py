"""The customer's own fields and the new shipped ones go in and out of sheets unchanged (R16)."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.doors import fixtures
from tests.doors.conftest import (
    brought_in,
    confirmed,
    problems,
    table,
    taken_out,
    upload,
    worked,
)
from tests.people import SALES, Api, hire, queries_of
from zhike.customers.models import Contact, Customer, CustomValue
from zhike.fields.actions import MOST_FIELDS
from zhike.fields.models import Field

pytestmark = pytest.mark.django_db

TYPES = [one.value for one in Field.Type if one.value != "attachment"]
COLOURS = ["红", "黄绿", "红、蓝/紫", "=1+1", "2024"]


def defined(boss: Api, type_: str, label: str = "", of: str = "customer", **more: Any) -> str:
    """The key of a new field."""
    if type_ in ("choice", "choices"):
        more.setdefault("choices", [{"label": one} for one in COLOURS])
    if type_ in ("phone", "email"):
        more.setdefault("group", type_)
    body = {"of": of, "type": type_, "label": label or f"自定{type_}", **more}
    return str(boss.post("/fields", body)["key"])


@pytest.fixture
def keys(boss: Api) -> dict[str, str]:
    """A field of every type, of customers."""
    return {one: defined(boss, one) for one in TYPES}


def words_of(api: Api, key: str) -> list[str]:
    """The values of an own dictionary, in order."""
    (found,) = [one for one in api.get("/dictionaries")["items"] if one["name"] == key]
    return [entry["value"] for entry in found["entries"]]


def in_plain(pk: int) -> dict[str, Any]:
    from zhike.customers import custom

    return custom.opened("customer", Customer.objects.get(pk=pk))


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), max_codepoint=0xFFFD), max_size=30
)
DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))
VALUES: dict[str, Any] = {
    "text": TEXT | st.sampled_from(fixtures.FORMULAS),
    "long_text": TEXT | st.just("第一行\n=第二行"),
    "url": st.sampled_from(["https://example.com/a?b=1#c", "http://例子.测试/路径"]),
    "number": st.decimals(-(10**12), 10**12, places=6).map(lambda d: f"{d:f}"),
    "money": st.integers(0, 9_000_000_000_000_000),
    "date": DAY.map(str),
    "date_range": st.tuples(DAY, DAY).map(lambda p: [str(min(p)), str(max(p))])
    | DAY.map(lambda d: [str(d), None])
    | DAY.map(lambda d: [None, str(d)]),
    "choice": st.integers(0, len(COLOURS) - 1),
    "choices": st.lists(st.integers(0, len(COLOURS) - 1), unique=True, max_size=4),
    "yes_no": st.booleans(),
    "phone": st.sampled_from(["13812345678", "010-62345678", "400-123-4567"]),
    "email": st.sampled_from(["a@example.com", "长名字@例子.中国"]),
    "person": st.booleans(),
}


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_every_type_comes_back_as_it_went(
    boss: Api, mei: Api, keys: dict[str, str], format: str
) -> None:
    hire("王小梅", "mei2")  # two of one name
    place = {one: words_of(boss, keys[one]) for one in ("choice", "choices")}

    @settings(
        max_examples=12,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),  # each example takes seconds: no shrinking
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(rows=st.lists(st.fixed_dictionaries({}, optional=VALUES), min_size=3, max_size=3))
    def comes_back(rows: list[dict[str, Any]]) -> None:
        Customer.objects.all().delete()
        ids = []
        for number, row in enumerate(rows):
            given: dict[str, Any] = {}
            for type_, value in row.items():
                if type_ == "choice":
                    value = place[type_][value]
                elif type_ == "choices":
                    value = [place[type_][one] for one in value]
                elif type_ == "person":
                    value = mei.id if value else boss.id
                given[keys[type_]] = value
            made = boss.call(
                "POST",
                "/customers",
                {"name": f"往返{number}号有限公司", "kind": "company", "custom": given},
            )
            if made.status_code == 201:  # what is no address or too long was told of, not kept
                ids.append(made.json()["id"])
        before = {pk: in_plain(pk) for pk in ids}
        if not ids:
            return
        out = taken_out(boss, "list", format=format, plain=True)
        emptied = {pk: Customer.objects.get(pk=pk).version for pk in ids}
        of = upload(boss, out, f"x.{format}")
        assert of["state"] == "ready", of
        assert problems(boss, of["id"]) == {}
        confirmed(boss, of["id"])
        assert {pk: in_plain(pk) for pk in ids} == before
        assert {pk: Customer.objects.get(pk=pk).version for pk in ids} == emptied
        # And into an empty house, from nothing but the sheet.
        codes = {Customer.objects.get(pk=pk).code: before[pk] for pk in ids}
        Customer.objects.all().delete()
        brought_in(boss, out, f"x.{format}")
        assert {one.code: in_plain(one.pk) for one in Customer.objects.all()} == codes

    comes_back()


def sheet(*rows: dict[str, Any]) -> bytes:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return fixtures.xlsx([headers, *([row.get(name, "") for name in headers] for row in rows)])


def test_cells_are_read_as_people_write_them(boss: Api, keys: dict[str, str]) -> None:
    defined(boss, "money", "年采购额(万元)")
    done = brought_in(
        boss,
        sheet(
            {
                "客户名称": "晨星贸易有限公司",
                "自定number": "1,234.50",
                "自定money": "1.5万",
                "自定date": "2026年5月3日",
                "自定date_range": "2026-01-01至2026-12-31",
                "自定choices": "红，2024; 红、蓝/紫",
                "自定yes_no": "否",
                "自定person": "周管理",
                "自定phone": "0571 8765 4321",
                "年采购额(万元)": "12",
            }
        ),
    )
    assert done["counts"]["new"] == 1
    assert problems(boss, done["id"]) == {}
    (customer,) = Customer.objects.all()
    found = in_plain(customer.pk)
    words = words_of(boss, keys["choices"])
    assert found[keys["number"]] == "1234.5"
    assert found[keys["money"]] == 1_500_000
    assert found[keys["date"]] == "2026-05-03"
    assert found[keys["date_range"]] == ["2026-01-01", "2026-12-31"]
    assert found[keys["choices"]] == [words[0], words[2], words[4]]
    assert found[keys["yes_no"]] is False
    assert found[keys["person"]] == boss.id
    assert found[keys["phone"]] == "0571-87654321"
    assert 12_000_000 in found.values()
    assert "87654321" not in str(customer.custom)
    assert CustomValue.objects.filter(customer=customer).count() == 11


@pytest.mark.parametrize(
    ("type_", "cell", "told"),
    [
        ("number", "很多", "数字"),
        ("money", "10-20万", "范围"),
        ("date", "五月", "日期"),
        ("date_range", "2026-12-31至2026-01-01", "早于"),
        ("choice", "橙", "红"),
        ("choices", "红、橙", "橙"),
        ("yes_no", "也许", "是"),
        ("person", "没有这人", "同事"),
        ("person", "王小梅", "登录名"),
        ("phone", "123", "号码"),
        ("email", "不是邮箱", "邮箱"),
        ("url", "javascript:alert(1)", "http"),
        ("phone", "138****5678", "遮挡"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    boss: Api, mei: Api, keys: dict[str, str], type_: str, cell: str, told: str
) -> None:
    hire("王小梅", "mei2")
    of = upload(boss, sheet({"客户名称": "晨星贸易有限公司", f"自定{type_}": cell}))
    (row,) = boss.get(f"/imports/{of['id']}/rows", only="problems")["items"]
    (problem,) = row["problems"]
    assert problem["column"] == f"自定{type_}"
    assert told in problem["message"]
    confirmed(boss, of["id"])
    assert in_plain(Customer.objects.get().pk) == {}


def test_a_word_added_a_moment_ago_is_read(boss: Api) -> None:
    rows = {"客户名称": "晨星贸易有限公司", "客户来源": "直播间"}
    of = upload(boss, sheet(rows))
    assert problems(boss, of["id"])
    boss.post("/dictionaries/source/entries", {"label": "直播间"})
    of = upload(boss, sheet(rows))
    assert problems(boss, of["id"]) == {}
    confirmed(boss, of["id"])
    assert table(taken_out(boss, "list", columns=["客户来源"]))[1] == ["直播间"]
    value = Customer.objects.get().source
    boss.post(f"/dictionaries/source/entries/{value}/retirement", {"replace_by": "online"}, 200)
    of = upload(boss, sheet(rows | {"客户名称": "青禾贸易有限公司"}))
    confirmed(boss, of["id"])
    assert Customer.objects.get(name="青禾贸易有限公司").source == "online"


def test_attachments_and_archived_fields_are_told_of(boss: Api) -> None:
    defined(boss, "attachment", "营业执照")
    key = defined(boss, "text", "暗号")
    of = upload(boss, sheet({"客户名称": "晨星", "营业执照": "a.pdf", "暗号": "芝麻"}))
    assert problems(boss, of["id"]) == {2: [("cell_refused", "营业执照")]}
    boss.post(f"/fields/customer/{key}/archive", status=200)
    boss.patch(f"/imports/{of['id']}", {"on_match": "update"})
    worked(boss, of["id"])
    found = problems(boss, of["id"])
    assert found == {2: [("cell_refused", "营业执照"), ("cell_refused", "暗号")]}
    assert "营业执照" not in table(taken_out(boss, "list"))[0]
    assert table(taken_out(boss, "list", columns=["营业执照"]))[0] == ["营业执照"]


def test_labels_are_those_of_the_registry_and_never_two_of_one(boss: Api) -> None:
    one = boss.get("/fields", of="customer")["items"]
    source = next(field for field in one if field["key"] == "source")
    boss.patch("/fields/customer/source", {"version": source["version"], "label": "获客途径"})
    for label in ("联系人生日", "=HYPERLINK(1)"):
        defined(boss, "text", label)
    for name, header in (("获客途径", "获客途径"), ("客户来源", "获客途径")):
        brought_in(boss, sheet({"客户名称": f"{name}公司", name: "转介绍", "=HYPERLINK(1)": "-x"}))
        rows = table(taken_out(boss, "list", columns=["客户名称", header]))
        assert rows[0] == ["客户名称", "获客途径"]
        assert [f"{name}公司", "转介绍"] in rows
    view = next(v for v in boss.get("/exports/views")["items"] if v["name"] == "list")
    assert len(set(view["offered"])) == len(view["offered"])
    assert set(view["columns"]) <= set(view["offered"])
    text = taken_out(boss, "list", format="csv").decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text.splitlines()[0]
    done = brought_in(boss, taken_out(boss, "list", format="csv"), "x.csv")
    assert done["counts"]["update"] == 2


def test_the_new_fields_of_customers_and_contacts(boss: Api) -> None:
    key = defined(boss, "choice", "门店", of="contact")
    row = {
        "客户名称": "晨星贸易有限公司",
        "规模": "中型",
        "成立日期": "2010-03-01",
        "主营业务": "茶叶",
        "续约意向": "愿意",
        "账期": "月结",
        "所在地区": "广东省深圳市",
        "联系人": "李小红",
        "称谓": "红姐",
        "性别": "女",
        "生日": "农历四月廿六",
        "决策角色": "拍板人",
        "联系意愿": "同意",
        "同意日期": "2026-01-02",
        "勿扰": "是",
        "门店": "红",
    }
    brought_in(boss, sheet(row))
    customer, contact = Customer.objects.get(), Contact.objects.get()
    assert (customer.scale, str(customer.founded_on)) == ("medium", "2010-03-01")
    assert (customer.renewal_intent, customer.payment_cycle) == ("yes", "monthly")
    assert customer.region_code == "440300"
    assert customer.completeness > 0
    assert customer.name_keys.exists()
    assert customer.gender == ""
    assert (contact.gender, contact.birthday, contact.salutation) == ("female", "L--04-26", "红姐")
    assert (contact.role, contact.consent, contact.do_not_contact) == ("decides", "given", True)
    assert contact.custom[key]
    columns = ["客户编号", "客户名称", "联系人", "联系人生日", "联系意愿", "请勿联系", "门店"]
    out = table(taken_out(boss, "list", columns=columns, plain=True))
    assert out[0] == columns
    assert out[1][2:] == ["李小红", "农历四月廿六", "同意联系", "是", "红"]
    done = brought_in(boss, taken_out(boss, "list", columns=columns, plain=True))
    assert done["counts"]["update"] == 1
    assert Contact.objects.get().version == 1


def test_an_undo_takes_own_values_away_and_brings_old_ones_back(
    boss: Api, keys: dict[str, str]
) -> None:
    number, phone = keys["number"], keys["phone"]
    held = boss.customer("青禾贸易有限公司", custom={number: "1", phone: "13812345678"})
    done = brought_in(
        boss,
        sheet(
            {"客户名称": "青禾贸易有限公司", "自定number": 2, "自定phone": "13987654321"},
            {"客户名称": "新来贸易有限公司", "自定number": 3, "自定phone": "13700000000"},
        ),
    )
    assert in_plain(held["id"]) == {number: "2", phone: "13987654321"}
    assert compared(number) == {2_000_000, 3_000_000}
    story = str(boss.story(held["id"]))
    assert "13987654321" not in story
    assert "139****4321" in story
    boss.post(f"/imports/{done['id']}/undo", status=200)
    assert worked(boss, done["id"])["state"] == "undone"
    assert in_plain(held["id"]) == {number: "1", phone: "13812345678"}
    assert set(CustomValue.objects.values_list("customer", flat=True)) == {held["id"]}
    assert compared(number) == {1_000_000}


def compared(key: str) -> set[int | None]:
    """What lists compare of a field of numbers."""
    found = CustomValue.objects.filter(field=int(key[1:]))
    return set(found.values_list("number", flat=True))


def test_own_fields_cost_no_query_per_row(boss: Api, keys: dict[str, str]) -> None:
    def rows(first: int, count: int) -> bytes:
        return sheet(
            *(
                {
                    "客户名称": f"第{n}家贸易有限公司",
                    "自定number": n,
                    "自定choices": "红、2024",
                    "自定phone": "13812345678",
                    "自定person": "周管理",
                }
                for n in range(first, first + count)
            )
        )

    few = queries_of(lambda: brought_in(boss, rows(0, 2), "少.xlsx"))
    many = queries_of(lambda: brought_in(boss, rows(10, 60), "多.xlsx"))
    assert CustomValue.objects.count() == 62 * 5
    assert many - few < 10


def test_rights_hold_in_both_directions(boss: Api, mei: Api, keys: dict[str, str]) -> None:
    secret = defined(boss, "text", "底价", group="money")
    row = {"客户名称": "晨星贸易有限公司", "底价": "九折", "自定phone": "13812345678"}
    brought_in(mei, sheet(row))
    assert in_plain(Customer.objects.get().pk)[secret] == "九折"
    role = next(one for one in boss.get("/roles")["items"] if one["key"] == SALES)
    fields = role["fields"] | {"money": "hidden", "phone": "masked"}
    boss.patch(f"/roles/{role['id']}", {"version": role["version"], "fields": fields})
    header, row_out = table(taken_out(mei, "list"))
    assert row_out[header.index("底价")] == ""
    assert row_out[header.index("自定phone")] == "138****5678"
    of = upload(mei, sheet(row | {"底价": "一折"}))
    assert ("cell_refused", "底价") in problems(mei, of["id"])[2]
    confirmed(mei, of["id"])
    assert in_plain(Customer.objects.get().pk)[secret] == "九折"


def test_required_fields_are_wanted_of_new_rows_only(boss: Api) -> None:
    boss.customer("青禾贸易有限公司")
    defined(boss, "text", "区域经理", need="required")
    rows = [{"客户名称": "青禾贸易有限公司", "备注": "a"}, {"客户名称": "晨星", "备注": "b"}]
    of = upload(boss, sheet(*rows))
    assert problems(boss, of["id"]) == {3: [("refused", "")]}
    (row,) = boss.get(f"/imports/{of['id']}/rows", only="problems")["items"]
    assert "区域经理" in row["problems"][0]["message"]
    of = upload(boss, sheet(*({**row, "区域经理": "老张"} for row in rows)))
    assert problems(boss, of["id"]) == {}


def test_required_fields_of_contacts_are_wanted_where_a_row_has_one(boss: Api) -> None:
    key = defined(boss, "text", "工号", of="contact", need="required")
    rows: list[dict[str, str]] = [
        {"客户名称": "青禾贸易有限公司", "联系人": "李小红"},
        {"客户名称": "晨星贸易有限公司", "联系人": ""},
    ]
    of = upload(boss, sheet(*rows))
    assert problems(boss, of["id"]) == {2: [("refused", "")]}
    (row,) = boss.get(f"/imports/{of['id']}/rows", only="problems")["items"]
    assert "工号" in row["problems"][0]["message"]
    of = upload(boss, sheet({**rows[0], "工号": "A7"}))
    assert problems(boss, of["id"]) == {}
    confirmed(boss, of["id"])
    assert Contact.objects.get().custom == {key: "A7"}


def test_rules_between_fields_refuse_and_warn(boss: Api) -> None:
    for level, field, value in (("refusal", "budget", "高"), ("warning", "risk", "无")):
        boss.post(
            "/rules",
            {
                "name": level,
                "field": field,
                "when": [{"field": "source", "op": "eq", "value": "referral"}],
                "must": [{"field": field, "op": "filled", "value": None}],
                "message": f"转介绍的客户要写{value}",
                "level": level,
            },
        )
    named = {"客户名称": "晨星贸易有限公司", "客户来源": "转介绍", "预算范围": "", "备注": "x"}
    of = upload(boss, sheet(named, named | {"客户名称": "青禾", "预算范围": "五万"}))
    found = boss.get(f"/imports/{of['id']}/rows", only="problems")["items"]
    assert [one["action"] for one in found] == ["refuse", "new"]
    assert {p["message"] for p in found[1]["problems"]} == {"转介绍的客户要写无"}


def test_like_names_are_told_of_as_far_as_they_may_be_seen(boss: Api, mei: Api) -> None:
    boss.customer("深圳市晨星教育科技有限公司")
    for api, named in ((boss, True), (mei, False)):
        of = upload(api, sheet({"客户名称": "深圳晨星教育科技", "备注": "x"}))
        (row,) = api.get(f"/imports/{of['id']}/rows", only="problems")["items"]
        (problem,) = row["problems"]
        assert problem["level"] == "warning"
        assert ("深圳市晨星教育科技有限公司" in problem["message"]) is named
        assert row["action"] == "new"


def test_as_many_fields_as_there_may_be_go_out_and_come_in(boss: Api) -> None:
    for number in range(MOST_FIELDS):
        defined(boss, "text", f"第{number}项")
    last = f"第{MOST_FIELDS - 1}项"
    data = b"".join(boss.call("GET", "/imports/template").streaming_content)  # type: ignore[attr-defined]
    assert last in table(data)[0]
    headers = ["客户名称", *(f"第{number}项" for number in range(MOST_FIELDS))]
    done = brought_in(boss, fixtures.xlsx([headers, ["甲公司", *("值" for _ in headers[1:])]]))
    assert done["counts"]["new"] == 1
    every = boss.get("/exports/views")["items"][-1]["offered"]
    header, row = table(taken_out(boss, "list", columns=every))
    assert len(header) > 256
    assert row[header.index(last)] == "值"


def test_the_template_can_be_filled_in_and_comes_in(boss: Api, mei: Api) -> None:
    defined(boss, "choice", "颜色", need="required")
    data = b"".join(boss.call("GET", "/imports/template").streaming_content)  # type: ignore[attr-defined]
    (headers,) = table(data)
    assert {"客户名称*", "颜色*", "所属行业", "联系人生日"} <= set(headers)
    words = table(data, 1)
    assert [row[words[0].index("颜色")] for row in words[1 : len(COLOURS) + 1]] == COLOURS

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    first = book.worksheets[0]
    filled = {
        "客户名称*": "晨星贸易有限公司",
        "颜色*": "红",
        "联系人*": "李小红",
        "手机": "13812345678",
    }
    for header, value in filled.items():
        first.cell(2, headers.index(header) + 1, value)
    saved = io.BytesIO()
    book.save(saved)
    of = upload(boss, saved.getvalue())
    assert of["counts"]["new"] == 1
    assert [one["header"] for one in of["columns"] if not one["field"]] == []
    assert problems(boss, of["id"]) == {}
    assert mei.call("GET", "/imports/template").status_code == 200
