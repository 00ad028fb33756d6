"""How it looks and speaks: dark and light, Chinese and English, and readable for everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import sheet
from tests.journeys.conftest import PHONE, Colleague, Open, signed_in
from tests.journeys.test_bringing_in import drop
from tests.journeys.visitor import Pages, Visitor
from tests.site.installation import Installation
from zhike.base import clock

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
# Contrast is measured on what stands still.
CALM = "*, *::before, *::after { animation: none !important; transition: none !important }"
RUN = """async () => {
  const rules = {
    // Looks for whole words between blanks; Chinese has none, so 理员 in 管理员的菜单 fails it.
    "label-content-name-mismatch": { enabled: false },
  };
  const { violations } = await axe.run(document, { resultTypes: ["violations"], rules });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) =>
      `${id}: ${help}\\n` + nodes.slice(0, 4).map(({ html, any }) =>
        `    ${html.slice(0, 160)} — ${any[0]?.message ?? ""}`).join("\\n"));
}"""


def check(visitor: Visitor, place: str) -> None:
    """No serious or critical finding of the accessibility checker where one stands."""
    page = visitor.page
    page.evaluate(
        "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        " document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }",
        CALM,
    )
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)
    assert not found, f"{place}:\n" + "\n".join(found)


@pytest.fixture
def lived_in(
    zhike: Installation, window: Open, hire: Callable[[str], Colleague]
) -> Callable[..., tuple[Visitor, int]]:
    """Open a window on pages with something on them; the id is of a customer with a story."""

    def enter(**options: Any) -> tuple[Visitor, int]:
        visitor = signed_in(window, zhike, hire("林冲"), **options)
        first = 0
        for number in range(4):
            customer = visitor.customer(
                f"看得清第{number}贸易公司",
                contact_name="周总",
                mobile=f"13912345{number:03}",
                products="云服务",
                contract_amount=30_000_000,
                is_key=number == 1,
            )
            first = first or customer["id"]
            note = {"way": "phone", "content": "发了报价", "response": "accepted"}
            plan = {"on": clock.today().isoformat(), "matter": "确认报价"}
            if number < 3:
                path = f"/customers/{customer['id']}/follow-ups"
                visitor.api("POST", path, note | {"next": plan}, status=201)
        return visitor, first

    return enter


def test_dark_and_english_and_remembered(mei: Visitor) -> None:
    mei.go("/customers")
    page = mei.page
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "light")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="王小梅的菜单").click()
    page.get_by_role("menuitem", name="深色").click()
    expect(html).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    page.get_by_role("button", name="王小梅的菜单").click()
    page.get_by_role("menuitem", name="English").click()
    expect(html).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Customers", exact=True)).to_be_visible()
    page.reload()
    expect(html).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("heading", name="Customers", exact=True)).to_be_visible()
    leftover = page.locator("#root").inner_text().replace("王小梅", "").replace("小梅", "")
    leftover = leftover.replace("知客", "").replace(mei.api("GET", "/me")["organisation"], "")
    assert [letter for letter in leftover if "一" <= letter <= "鿿"] == []
    page.get_by_role("button", name="王小梅").click()
    page.get_by_role("menuitem", name="中文").click()
    expect(page.get_by_role("heading", name="客户", exact=True)).to_be_visible()


def test_the_dark_of_the_system_is_followed(
    zhike: Installation, window: Open, hire: Callable[[str], Colleague]
) -> None:
    visitor = signed_in(window, zhike, hire("林冲"), color_scheme="dark")
    visitor.go()
    expect(visitor.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_large_type(mei: Visitor) -> None:
    mei.go("/customers")
    page = mei.page
    size = "parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="王小梅的菜单").click()
    page.get_by_role("menuitem", name="用大字号").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    assert page.evaluate(size) > before


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_menus_and_windows_stand_in_place_with_less_motion_too(
    zhike: Installation, window: Open, hire: Callable[[str], Colleague], motion: str
) -> None:
    visitor = signed_in(window, zhike, hire("卜动"), reduced_motion=motion)
    customer = visitor.customer(f"静水茶业（{motion}）")
    visitor.go(f"/customers/{customer['id']}")
    page = visitor.page
    visitor.click(Pages(page).record.get_by_role("button", name="更多操作", exact=True))
    item = page.get_by_role("menuitem", name="放回公海")
    expect(item).to_be_in_viewport(ratio=1)
    visitor.click(item)
    asked = page.get_by_role("dialog")
    expect(asked.get_by_role("button", name="放回公海")).to_be_in_viewport(ratio=1)
    expect(asked.locator("textarea:focus")).to_have_count(1)
    expect(page.get_by_role("menu")).to_be_hidden()
    visitor.press("Escape")
    expect(asked).to_be_hidden()
    visitor.press("n")
    drawer = page.get_by_role("dialog", name="新建客户")
    expect(drawer).to_be_in_viewport(ratio=1)
    expect(drawer.locator("input:focus")).to_have_count(1)
    visitor.press("Escape")
    expect(drawer).to_be_hidden()


def test_the_keys_are_told(mei: Visitor) -> None:
    mei.go("/customers")
    mei.press("?")
    keys = mei.page.get_by_role("dialog", name="快捷键")
    for deed in ("新建客户", "记跟进", "找客户、下命令"):
        expect(keys).to_contain_text(deed)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_at_the_desk(
    lived_in: Callable[..., tuple[Visitor, int]], scheme: str
) -> None:
    visitor, customer = lived_in(color_scheme=scheme)
    page, pages = visitor.page, Pages(visitor.page)
    visitor.go()
    expect(page.get_by_role("region", name="今天", exact=True)).to_contain_text("看得清")
    check(visitor, "今日")
    visitor.go("/customers")
    expect(pages.row("看得清第3贸易公司")).to_be_visible()
    check(visitor, "客户")
    visitor.press("n")
    expect(page.get_by_label("公司名称")).to_be_focused()
    check(visitor, "新建客户")
    page.keyboard.press("Escape")
    visitor.go(f"/customers/{customer}")
    expect(pages.story).to_contain_text("发了报价")
    expect(page.get_by_role("region", name="下次跟进")).to_contain_text("确认报价")
    check(visitor, "客户资料")
    visitor.press("f")
    check(visitor, "记跟进")
    visitor.type("昨天拜访周总，嫌贵，预算50万，让小李做方案，节后再联系")
    pages.look()
    check(visitor, "看懂的内容")
    page.keyboard.press("Escape")
    visitor.press("Control+k")
    visitor.type("kdq")
    expect(page.get_by_role("option").first).to_contain_text("看得清")
    check(visitor, "命令框")
    page.keyboard.press("Escape")
    visitor.go("/settings")
    expect(page.get_by_role("heading", name="设置")).to_be_visible()
    check(visitor, "设置")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_at_the_doors(boss: Visitor, tmp_path: Path, scheme: str) -> None:
    visitor = boss
    visitor.page.emulate_media(color_scheme=scheme)
    page = visitor.page
    visitor.go("/settings?part=people")
    expect(page.get_by_role("button", name="添加同事")).to_be_visible()
    check(visitor, "同事")
    visitor.go("/doors")
    expect(page.get_by_role("button", name="导出")).to_be_visible()
    check(visitor, "进出")
    code = "JC" if scheme == "light" else "JD"
    rows = sheet.rows(code, 33_000_000)
    drop(visitor, sheet.saved(rows[:1] + rows[-12:], tmp_path / "看一眼.xlsx"))
    expect(page.get_by_role("button", name="确认导入 11 行")).to_be_visible()
    expect(page.get_by_role("cell").first).to_be_visible()
    check(visitor, "导入前看一眼")
    page.get_by_role("button", name="不导了").click()
    expect(page.get_by_role("heading", name="进出")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_on_the_phone(
    lived_in: Callable[..., tuple[Visitor, int]], scheme: str
) -> None:
    visitor, customer = lived_in(color_scheme=scheme, **PHONE)
    page = visitor.page
    places = {"/": "确认报价", "/customers": "看得清", f"/customers/{customer}": "发了报价"}
    for path, text in places.items():
        visitor.go(path)
        expect(page.get_by_text(text).first).to_be_visible()
        check(visitor, path)
    page.get_by_role("button", name="记跟进").last.tap()
    expect(page.get_by_label("跟进内容")).to_be_focused()
    check(visitor, "记跟进")
    visitor.type("今天电话聊了报价，预算50万，下周三发合同")
    Pages(page).look()
    check(visitor, "看懂的内容")


def test_nothing_serious_at_the_door(zhike: Installation, window: Open) -> None:
    visitor = window(zhike)
    visitor.go("/sign-in")
    expect(visitor.page.get_by_label("账号")).to_be_visible()
    check(visitor, "登录")
