"""A field of each type, added by the administrator, is there at once wherever fields are used."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open, signed_in
from tests.journeys.test_bringing_in import drop
from tests.journeys.visitor import Pages, Visitor, eventually
from tests.site import installation
from tests.site.installation import Installation

ENTERED, BROUGHT_IN = "样样俱全贸易有限公司", "表里来的贸易有限公司"
SECTION = "其他信息"


class Kind(NamedTuple):
    """A type of field: how it is called, what is typed and kept, and how that reads."""

    label: str
    palette: str
    type: str
    write: Callable[[Page, Locator], None]
    held: Any  # on the wire, of the customer entered by hand
    shown: str  # in the list
    condition: str  # that the customer meets
    cell: Any  # what a sheet holds for another customer
    imported: Any  # and what becomes of it


def typed(text: str) -> Callable[[Page, Locator], None]:
    """Write a text into the input of a field."""
    return lambda _, field: field.fill(text)


def chosen(*words: str) -> Callable[[Page, Locator], None]:
    """Choose words from a list, by typing them."""

    def choose(page: Page, field: Locator) -> None:
        for word in words:
            field.fill(word)
            option = page.locator(".ant-select-item-option-active").filter(has_text=word)
            expect(option.filter(visible=True)).to_have_count(1)
            page.keyboard.press("Enter")
            expect(page.get_by_role("region", name=SECTION)).to_contain_text(word)
        # Tab would take the word that stands first, too.
        page.get_by_role("region", name=SECTION).get_by_role("heading").click()

    return choose


def _days(page: Page, _: Locator) -> None:
    for end, day in (("从", "2026-03-01"), ("到", "2026-08-31")):
        place = page.get_by_label(f"质保期，{end}")
        place.fill(day)
        place.press("Tab")


def _yes(_: Page, field: Locator) -> None:
    field.get_by_text("是", exact=True).click()


WORDS = ("甲级", "乙级", "丙级")  # their values are given by the server: looked up by label
KINDS = [
    Kind("铭牌文字", "单行文字", "text", typed("A-17"), "A-17", "A-17", "has:A-1", "B-18", "B-18"),
    Kind(
        *("来历", "多行文字", "long_text", typed("展会上认识的"), "展会上认识的", "展会上认识的"),
        *("has:展会", "老客户介绍的", "老客户介绍的"),
    ),
    Kind("机器台数", "数字", "number", typed("12.5"), "12.5", "12.5", "ge:12", 8, "8"),
    Kind("年预算", "金额", "money", typed("50万"), 50_000_000, "50万", "le:50000000", 12, 1_200),
    Kind(
        *("验收日", "日期", "date", typed("2026-12-01"), "2026-12-01", "12月1日"),
        *("ge:2026-12-01", "2026-12-24", "2026-12-24"),
    ),
    Kind(
        *("质保期", "日期区间", "date_range", _days, ["2026-03-01", "2026-08-31"], "8月31日"),
        *("has:2026-05-01", "2026-01-01 至 2026-06-30", ["2026-01-01", "2026-06-30"]),
    ),
    Kind("评级", "单选", "choice", chosen("乙级"), "乙级", "乙级", "in:乙级", "丙级", "丙级"),
    Kind(
        *("资质", "多选", "choices", chosen("甲级", "丙级"), ["甲级", "丙级"], "丙级"),
        *("has:丙级", "乙级、丙级", ["乙级", "丙级"]),
    ),
    Kind("已验厂", "是/否", "yes_no", _yes, True, "是", "eq:true", "否", False),
    Kind(
        "售后同事",
        "同事",
        "person",
        chosen("管理员"),
        "管理员",
        "管理员",
        "eq:me",
        "管理员",
        "管理员",
    ),
    Kind(
        *("夜班电话", "电话", "phone", typed("138 5592 4001"), "138****4001", "4001"),
        *("eq:13855924001", "13855924002", "138****4002"),
    ),
    Kind(
        *("对账邮箱", "邮箱", "email", typed("duizhang@qinghe.example"), None, "@qinghe.example"),
        *("eq:duizhang@qinghe.example", "caiwu@qinghe.example", None),
    ),
    Kind(
        *("店铺网址", "网址", "url", typed("https://qinghe.example/shop"), None, "qinghe.example"),
        *("has:qinghe", "https://biaoli.example", None),
    ),
    Kind("图纸", "附件", "attachment", typed(""), None, "", "filled", None, None),
]


@pytest.fixture(scope="module")
def own() -> Iterator[Installation]:
    """An installation of its own: fields of one journey would stand in the forms of the others."""
    with installation.running() as running:
        yield running


def test_each_type_from_settings_to_sheet(own: Installation, window: Open, tmp_path: Path) -> None:
    laoban = signed_in(window, own, own)
    for kind in KINDS:
        _add(laoban, kind)
    fields = {one["label"]: one for one in laoban.api("GET", "/fields?of=customer")["items"]}
    assert [fields[kind.label]["type"] for kind in KINDS] == [kind.type for kind in KINDS]
    keys = {kind.label: fields[kind.label]["key"] for kind in KINDS}

    customer = _enter(laoban, tmp_path)
    _check_file(laoban)
    _check_api(laoban, customer, keys, [kind.held for kind in KINDS])
    _check_columns(laoban)
    _check_filters(laoban, keys)
    _check_sheets(laoban, keys, tmp_path)


def _add(laoban: Visitor, kind: Kind) -> None:
    page = laoban.page
    if "part=fields" not in page.url:
        laoban.go("/settings?part=fields")
    page.get_by_role("button", name="添加字段").first.click()
    drawer = page.get_by_role("dialog", name="添加字段")
    drawer.get_by_role("button").filter(
        has=page.locator("strong").get_by_text(kind.palette, exact=True)
    ).click()
    drawer.get_by_label("名称", exact=True).fill(kind.label)
    if kind.type in ("choice", "choices"):
        drawer.get_by_label("第 1 个选项").fill(WORDS[0])
        for word in WORDS[1:]:
            page.keyboard.press("Enter")
            page.keyboard.insert_text(word)
    drawer.get_by_role("button", name=re.compile("^添加 ?Ctrl|^添加$")).last.click()
    expect(page.get_by_text(f"“{kind.label}”加好了")).to_be_visible()
    expect(drawer).to_be_hidden()


def _enter(laoban: Visitor, folder: Path) -> int:
    """The form of a new customer asks for each; a file follows on the page."""
    page = laoban.page
    laoban.go("/customers")
    laoban.press("n")
    drawer = page.get_by_role("dialog", name="新建客户")
    drawer.get_by_label("公司名称").fill(ENTERED)
    drawer.get_by_role("button", name="更多资料").click()
    form = drawer.get_by_role("region", name=SECTION)
    for kind in KINDS:
        if kind.type == "attachment":
            continue
        field = form.get_by_label(kind.label, exact=True)
        kind.write(page, field.first)
    laoban.press("Control+Enter")
    record = Pages(page).record
    expect(record.get_by_role("heading", name=ENTERED)).to_be_visible()
    page.goto(page.url.split("?")[0] + "/" + page.url.split("open=")[1].split("&")[0])
    file = folder / "图纸一.txt"
    file.write_text("一张图纸", encoding="utf-8")
    place = record.locator("[data-field]").filter(has_text="图纸")
    place.locator("input[type=file]").first.set_input_files(file)
    expect(place.get_by_text("图纸一.txt")).to_be_visible()
    return int(page.url.rstrip("/").rsplit("/", 1)[1].split("?")[0])


def _check_file(laoban: Visitor) -> None:
    """The file shows each, and each is changed where it stands."""
    page = laoban.page
    facts = Pages(page).record.get_by_role("region", name=SECTION)
    for kind in KINDS:
        line = facts.locator("[data-field]").filter(has_text=kind.label)
        expect(line).to_contain_text(kind.shown)
    number = facts.locator("[data-field]").filter(has_text="机器台数")
    number.get_by_title("点一下就能改").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("13")
    page.keyboard.press("Enter")
    expect(number).to_contain_text("13")
    number.get_by_title("点一下就能改").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("12.5")
    page.keyboard.press("Enter")
    expect(number).to_contain_text("12.5")


def _check_api(laoban: Visitor, customer: int, keys: dict[str, str], wanted: list[Any]) -> None:
    words = _words(laoban, keys)
    shown = laoban.api("GET", f"/customers/{customer}")["custom"]
    for kind, value in zip(KINDS, wanted, strict=True):
        found = shown.get(keys[kind.label])
        if kind.type == "attachment":
            continue
        if kind.type == "email":
            assert found and "***" in found, "an address is masked on the wire"
        elif kind.type == "url":
            assert str(found).startswith("https://")
        elif kind.type == "choices":
            assert [words[kind.label][one] for one in found] == value
        elif kind.type in ("choice", "person"):
            assert words[kind.label][found] == value
        else:
            assert found == value, kind.label


def _words(laoban: Visitor, keys: dict[str, str]) -> dict[str, dict[Any, str]]:
    """What the values of choices and people mean."""
    choices = laoban.api("GET", "/choices")
    people = {one["id"]: one["name"] for one in laoban.api("GET", "/people")["items"]}
    found: dict[str, dict[Any, str]] = {"售后同事": people}
    for label in ("评级", "资质"):
        found[label] = {one["value"]: one["label"] for one in choices[keys[label]]}
    return found


def _check_columns(laoban: Visitor) -> None:
    page, pages = laoban.page, Pages(laoban.page)
    laoban.go("/customers")
    page.locator(".filter-actions").get_by_role("button").click()
    chooser = page.get_by_role("dialog", name="选列")
    columns = [kind for kind in KINDS if kind.type != "attachment"]
    for kind in columns:
        chooser.get_by_label(kind.label, exact=True).check()
    # Only what is asked for, so that all of it fits the window.
    for other in ("联系人", "电话", "标签", "合作产品", "需求", "最近跟进"):
        chooser.get_by_label(other, exact=True).uncheck()
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="客户", exact=True).click()
    row = pages.row(ENTERED)
    for kind in columns:
        expect(row).to_contain_text(kind.shown)


def _check_filters(laoban: Visitor, keys: dict[str, str]) -> None:
    """Said in words with the mouse, and each type by its address."""
    page, pages = laoban.page, Pages(laoban.page)
    other = laoban.customer("什么都没填贸易有限公司")
    laoban.go("/customers")
    expect(pages.row(other["name"])).to_be_visible()
    page.get_by_role("button", name="更多筛选").click()
    builder = page.get_by_role("dialog", name="更多筛选")
    builder.get_by_label("按哪一项").fill("机器台数")
    page.keyboard.press("Enter")
    builder.get_by_label("机器台数").fill("12")
    builder.get_by_role("button", name="加上").click()
    expect(page.locator(".condition-chip")).to_have_text("机器台数 不少于 12")
    expect(pages.row(other["name"])).to_be_hidden()
    expect(pages.row(ENTERED)).to_be_visible()
    page.get_by_role("button", name="去掉这个条件").click()
    expect(pages.row(other["name"])).to_be_visible()
    words = _words(laoban, keys)
    defined = laoban.api("GET", "/fields?of=customer")["items"]
    narrowing = {one["key"] for one in defined if one["filterable"]}
    for kind in KINDS:
        assert keys[kind.label] in narrowing
        op, _, value = kind.condition.partition(":")
        if kind.type in ("choice", "choices"):
            value = next(one for one, label in words[kind.label].items() if label == value)
        said = f"{keys[kind.label]}:{op}" + (f":{value}" if value else "")
        laoban.go(f"/customers?field={quote(json.dumps([said]))}")
        expect(page.locator(".condition-chip")).to_contain_text(kind.label)
        expect(pages.row(ENTERED)).to_be_visible()
        expect(pages.row(other["name"])).to_be_hidden()


def _check_sheets(laoban: Visitor, keys: dict[str, str], folder: Path) -> None:
    """What is taken out holds each; what comes in fills each."""
    page = laoban.page
    in_sheets = [kind for kind in KINDS if kind.type != "attachment"]
    laoban.go(f"/customers?q={quote(ENTERED)}")
    expect(Pages(page).row(ENTERED)).to_be_visible()
    page.get_by_role("button", name="导出").click()
    dialog = page.get_by_role("dialog", name="导出客户")
    dialog.get_by_role("checkbox", name="带完整号码").check()
    with page.expect_download() as found:
        dialog.get_by_role("button", name="导出").click()
    out = folder / "out.xlsx"
    found.value.save_as(out)
    header, row, *_ = openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True)
    cells = dict(zip(map(str, header), row, strict=True))
    assert cells["客户名称"] == ENTERED
    for kind in in_sheets:
        assert cells[kind.label] not in (None, ""), kind.label
    assert (cells["夜班电话"], cells["机器台数"]) == ("13855924001", 12.5)
    assert cells["资质"] == "甲级、丙级"

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["客户名称", "联系人", "联系方式", *(kind.label for kind in in_sheets)])
    sheet.append([BROUGHT_IN, "周总", "13912349901", *(kind.cell for kind in in_sheets)])
    place = folder / "客户表.xlsx"
    book.save(place)
    laoban.go("/doors")
    drop(laoban, place)
    page.get_by_role("button", name=re.compile("^确认导入")).click()
    expect(page.get_by_role("heading", name="导入好了")).to_be_visible()
    path = f"/customers?q={quote(BROUGHT_IN)}"
    eventually(lambda: len(laoban.api("GET", path)["items"]), 1)
    customer = laoban.api("GET", path)["items"][0]["id"]
    _check_api(laoban, customer, keys, [kind.imported for kind in KINDS])
