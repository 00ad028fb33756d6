"""The list is worked in like a spreadsheet, also by two people at once."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Pages, Visitor, eventually


def cell(visitor: Visitor, customer: str, column: str) -> Locator:
    """A cell of the list, by its customer and the title of its column."""
    grid = Pages(visitor.page).list
    expect(grid.get_by_role("columnheader").filter(has_text=column)).to_be_visible()
    titles = grid.get_by_role("columnheader").all_inner_texts()
    place = [title.strip() for title in titles].index(column)
    return Pages(visitor.page).row(customer).get_by_role("gridcell").nth(place)


def shown(visitor: Visitor, customer: str) -> None:
    visitor.go("/customers")
    expect(Pages(visitor.page).row(customer)).to_be_visible()


def test_edited_where_it_stands(mei: Visitor) -> None:
    customer = mei.customer("晨星教育", contact_name="周总", mobile="13912342001")
    shown(mei, "晨星教育")
    page = mei.page
    amount = cell(mei, "晨星教育", "合同金额")
    with mei.budget(3):
        mei.click(amount)
        mei.press("Enter")
        mei.type("50万")
        page.keyboard.press("Enter")  # the step was counted with the field
        expect(amount).to_contain_text("50万")
    products = cell(mei, "晨星教育", "合作产品")
    products.dblclick()
    page.keyboard.type("云服务")
    page.keyboard.press("Escape")
    expect(products).not_to_contain_text("云服务")
    products.dblclick()
    page.keyboard.type("云服务")
    page.keyboard.press("Enter")
    expect(products).to_contain_text("云服务")
    kind = cell(mei, "晨星教育", "类型")
    kind.dblclick()
    page.locator(".ant-select-item-option").filter(has_text="老客户").click()
    expect(kind).to_contain_text("老客户")
    path = f"/customers/{customer['id']}"
    eventually(lambda: mei.api("GET", path)["type"] != customer["type"], True)
    page.reload()
    expect(cell(mei, "晨星教育", "合同金额")).to_contain_text("50万")
    found = mei.api("GET", path)
    assert (found["contract_amount"], found["products"]) == (50_000_000, "云服务")


def test_the_next_date_is_set_by_typing_it(mei: Visitor) -> None:
    mei.customer("晨星教育", contact_name="周总", mobile="13912342002")
    shown(mei, "晨星教育")
    due = cell(mei, "晨星教育", "下次跟进")
    due.dblclick()
    mei.page.keyboard.type("明天")
    mei.page.keyboard.press("Enter")
    expect(due).to_contain_text("明天")
    eventually(lambda: mei.api("GET", "/today")["counts"]["coming"], 1)


def test_what_the_server_refuses_stays_to_be_mended(mei: Visitor) -> None:
    mei.excuse("status of 422")
    mei.customer("晨星教育", contact_name="周总", mobile="13912342003")
    shown(mei, "晨星教育")
    products = cell(mei, "晨星教育", "合作产品")
    products.dblclick()
    mei.page.keyboard.insert_text("长" * 30_000)
    mei.page.keyboard.press("Enter")
    expect(products.get_by_role("alert")).not_to_be_empty()
    products.dblclick()
    expect(products.get_by_role("textbox")).to_have_value(re.compile("^长{100}"))
    mei.page.keyboard.press("Escape")
    expect(products.get_by_role("alert")).to_be_hidden()


def test_two_at_once_and_nothing_is_lost(mei: Visitor, boss: Visitor) -> None:
    customer = mei.customer("抢着改贸易公司", contact_name="周总", mobile="13912342004")
    boss.excuse("status of 409")
    shown(mei, "抢着改贸易公司")
    shown(boss, "抢着改贸易公司")
    for visitor, text in ((mei, "小梅写的"), (boss, "老板写的")):
        cell(visitor, "抢着改贸易公司", "合作产品").dblclick()
        visitor.page.keyboard.type(text)
    mei.page.keyboard.press("Enter")
    expect(cell(mei, "抢着改贸易公司", "合作产品")).to_contain_text("小梅写的")
    expect_saved(mei, customer["id"], "小梅写的")
    boss.page.keyboard.press("Enter")
    dialog = boss.page.get_by_role("dialog", name="抢着改贸易公司刚被改过")
    expect(dialog.get_by_role("row").filter(has_text="合作产品")).to_contain_text(
        re.compile("小梅写的.*王小梅.*老板写的")
    )
    expect_saved(mei, customer["id"], "小梅写的")
    dialog.get_by_role("button", name="用我的").click()
    expect(dialog).to_be_hidden()
    expect(cell(boss, "抢着改贸易公司", "合作产品")).to_contain_text("老板写的")
    expect_saved(mei, customer["id"], "老板写的")
    # What the first wrote is in the story, too.
    told = str(mei.api("GET", f"/customers/{customer['id']}/timeline?kind=change"))
    assert "小梅写的" in told
    assert "老板写的" in told


def test_the_second_may_give_way(mei: Visitor, boss: Visitor) -> None:
    customer = mei.customer("让一步贸易公司", contact_name="周总", mobile="13912342005")
    boss.excuse("status of 409")
    shown(boss, "让一步贸易公司")
    change = {"version": customer["version"], "products": "小梅写的"}
    mei.api("PATCH", f"/customers/{customer['id']}", change)
    products = cell(boss, "让一步贸易公司", "合作产品")
    products.dblclick()
    boss.page.keyboard.type("老板写的")
    boss.page.keyboard.press("Enter")
    dialog = boss.page.get_by_role("dialog", name="让一步贸易公司刚被改过")
    dialog.get_by_role("button", name="用对方的").click()
    expect(products).to_contain_text("小梅写的")
    expect_saved(mei, customer["id"], "小梅写的")


def test_deleted_and_taken_back(mei: Visitor) -> None:
    for number in (6, 7):
        mei.customer(f"晨星第{number}分店", mobile=f"1391234200{number}")
    shown(mei, "晨星第6分店")
    page, pages = mei.page, Pages(mei.page)
    with mei.budget(2):
        mei.click(page.get_by_role("checkbox", name="选中已加载的全部"))
        mei.click(page.get_by_role("toolbar").get_by_role("button", name="删除"))
        expect(page.get_by_text("删除了 2 位客户")).to_be_visible()
    expect(page.get_by_text("客户都住在这里")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(pages.row("晨星第7分店")).to_be_visible()


def expect_saved(visitor: Visitor, customer: int, products: str) -> None:
    """The list shows a change before the server has it, so what is stored is asked for."""
    eventually(lambda: visitor.api("GET", f"/customers/{customer}")["products"], products)
