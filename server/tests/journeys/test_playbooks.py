"""跟进计划: written once, started for one customer or for many, stopped with a word."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Pages, Visitor, eventually


def running(visitor: Visitor) -> Locator:
    """The plans on the page of a customer."""
    return visitor.page.get_by_role("region", name="跟进计划")


def test_written_started_and_stopped(mei: Visitor) -> None:
    page = mei.page
    mei.go("/settings?part=playbooks")
    mei.click(page.get_by_role("button", name="新建计划"))
    form = page.get_by_role("dialog")
    mei.fill(form.get_by_label("计划名称"), "展会线索三步走")
    mei.fill(form.get_by_label("这一步做什么"), "趁热打个电话")
    mei.click(form.get_by_role("button", name="加一步"))
    mei.fill(form.get_by_label("这一步做什么").nth(1), "上门看现场")
    # The day typed last comes first: the steps stand in the order of their days.
    mei.click(form.get_by_role("button", name="加一步"))
    mei.fill(form.get_by_label("这一步做什么").nth(2), "发一页资料")
    mei.fill(form.get_by_label("“发一页资料”在第几天"), "2")
    mei.press("Tab")
    expect(form.get_by_label("这一步做什么").nth(1)).to_have_value("发一页资料")
    mei.press("Control+Enter")
    line = page.get_by_role("listitem").filter(has_text="展会线索三步走")
    expect(line).to_contain_text("3 步，7 天")
    expect(line).to_contain_text("只有我用")

    customer = mei.customer("展会新客机电", contact_name="周总", mobile="13912341236")
    mei.go(f"/customers/{customer['id']}")
    dialog = page.get_by_role("dialog")
    with mei.budget(4):
        mei.click(running(mei).get_by_role("button", name="启动计划"))
        mei.click(dialog.get_by_role("radio", name="展会线索三步走"))
        mei.click(dialog.get_by_role("button", name="启动", exact=True))
        # Three contacts within the month are more than an ordinary customer gets unasked.
        expect(dialog).to_contain_text("这个月联系的次数会超过上限")
        mei.click(dialog.get_by_role("button", name="和客户说好了，照样启动"))
        expect(running(mei)).to_contain_text("0 / 3")
    expect(running(mei)).to_contain_text("趁热打个电话")
    tasks = mei.api("GET", f"/tasks?customer={customer['id']}")["items"]
    assert [one["title"] for one in tasks] == ["趁热打个电话", "发一页资料", "上门看现场"]

    with mei.budget(3):
        mei.click(running(mei).get_by_role("button", name="停止“展会线索三步走”"))
        mei.type("客户今年没有预算")
        mei.click(page.get_by_role("button", name="停止计划"))
        expect(running(mei)).to_contain_text("结束了的 1 个")
    eventually(lambda: mei.api("GET", f"/tasks?customer={customer['id']}")["items"], [])


def test_started_for_the_selected_of_the_list_with_those_left_out_counted(mei: Visitor) -> None:
    customers = [
        mei.customer(f"批量启动{number}号", mobile=f"1391234200{number}") for number in (1, 2)
    ]
    playbook = mei.api("GET", "/playbooks")["items"][0]
    body = {"customer_ids": [customers[0]["id"]], "agreed": True}
    mei.api("POST", f"/playbooks/{playbook['id']}/runs", body)
    mei.go("/customers?q=批量启动")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.row("批量启动2号")).to_be_visible()
    with mei.budget(4):
        mei.click(pages.list.get_by_role("columnheader").get_by_role("checkbox"))
        mei.click(page.get_by_role("button", name="启动计划"))
        dialog = page.get_by_role("dialog")
        mei.click(dialog.get_by_role("radio", name=playbook["name"]))
        mei.click(dialog.get_by_role("button", name="启动", exact=True))
        told = dialog.get_by_role("status")
        expect(told).to_contain_text("跳过")
        expect(told).to_contain_text("1 位已经在走这个计划")
    dialog.get_by_role("button", name="知道了").click()
    expect(dialog).to_be_hidden()
