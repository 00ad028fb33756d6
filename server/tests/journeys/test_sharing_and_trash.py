"""A customer is shared, handed over, deleted and brought back; the audit log tells who looked."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.journeys.conftest import Colleague, Open, signed_in
from tests.journeys.visitor import Pages, Visitor, eventually
from tests.site.installation import Installation

Hire = Callable[[str], Colleague]


def test_shared_to_read_and_then_to_edit(
    zhike: Installation, window: Open, hire: Hire, mei: Visitor
) -> None:
    found = hire("凌协作")
    lin = signed_in(window, zhike, found)
    customer = mei.customer("共享机电", contact_name="周总", mobile="13912345001")
    path = f"/customers/{customer['id']}"

    # The list of colleagues comes late: what was typed and entered before is not lost.
    on_the_way: list[Route] = []
    mei.page.route("**/people", lambda route: on_the_way.append(route), times=1)
    mei.go(path)
    block = mei.page.get_by_role("region", name="协作人")
    with mei.budget(3):
        mei.click(block.get_by_role("button", name="请同事协作"))
        mei.type("凌协作")
        mei.press("Enter")
        on_the_way.pop().continue_()
        expect(block.get_by_role("listitem")).to_contain_text("凌协作")

    lin.go("/customers?q=共享机电")  # the pool may be long: of a long list only a part is drawn
    pages = Pages(lin.page)
    expect(pages.row("共享机电")).to_be_visible()
    lin.go(path)
    record = pages.record
    expect(record).to_contain_text("共享给你，可查看")
    expect(record.get_by_role("region", name="联系人")).to_contain_text("139 **** 5001")
    for name in ("加联系人", "请同事协作", "更多操作", "设为重点客户"):
        expect(record.get_by_role("button", name=name, exact=True)).to_be_hidden()
    expect(record.get_by_title("点一下改名")).to_be_hidden()
    expect(record.get_by_title("点一下就能改")).to_have_count(0)
    expect(record.get_by_label("跟进内容")).to_have_count(0)
    lin.press("f")
    expect(lin.page.get_by_text("这位客户你只能看，不能记跟进")).to_be_visible()
    lin.excuse("status of 403")
    lin.api("PATCH", path, {"version": customer["version"], "region": "上海"}, status=403)

    mei.click(block.get_by_role("button", name="凌协作 可看"))
    mei.click(mei.page.get_by_role("menuitem", name="可改，也能记跟进"))
    expect(block.get_by_role("listitem")).to_contain_text("可改")
    lin.page.reload()
    expect(record).to_contain_text("共享给你，可修改")
    lin.press("f")
    lin.type("替小梅回了电话，周二再聊")
    pages.look()
    lin.press("Enter")
    expect(pages.story).to_contain_text("替小梅回了电话")
    # Giving it away stays with who has it.
    lin.click(record.get_by_role("button", name="更多操作", exact=True))
    expect(lin.page.get_by_role("menuitem").filter(has_text="暂停")).to_be_visible()
    for name in ("转交", "删除"):
        expect(lin.page.get_by_role("menuitem").filter(has_text=name)).to_be_hidden()
    lin.press("Escape")

    mei.click(block.get_by_role("button", name="不再和凌协作共享"))
    expect(block.get_by_role("listitem")).to_have_count(0)
    lin.excuse("status of 404")
    lin.page.reload()
    expect(lin.page.get_by_role("alert")).to_contain_text("没有这位客户")


def test_deleted_and_brought_back_from_the_trash(mei: Visitor) -> None:
    customer = mei.customer("回收纸业", contact_name="周总", mobile="13912345002")
    path = f"/customers/{customer['id']}"
    mei.go(path)
    page, pages = mei.page, Pages(mei.page)
    mei.click(pages.record.get_by_role("button", name="更多操作", exact=True))
    mei.click(page.get_by_role("menuitem", name="删除客户"))
    expect(page).to_have_url(re.compile("/customers$"))

    mei.go("/settings")
    page.get_by_role("navigation", name="设置").get_by_role("link", name="回收站").click()
    line = page.get_by_role("listitem").filter(has_text="回收纸业")
    expect(line).to_contain_text("王小梅")
    expect(line).to_contain_text("还留 30 天")
    with mei.budget(1):
        mei.click(line.get_by_role("button", name="恢复"))
        expect(line).to_be_hidden()
    expect(page.get_by_text("恢复了：回收纸业")).to_be_visible()
    eventually(lambda: mei.api("GET", path)["name"], "回收纸业")
    page.get_by_role("button", name="撤销").click()
    expect(line).to_be_visible()
    page.get_by_role("radiogroup", name="看哪些").get_by_text("联系人").click()
    expect(page).to_have_url(re.compile("kind=contact"))
    expect(page.get_by_text("回收站是空的")).to_be_visible()


def test_all_of_a_filter_is_handed_over(
    boss: Visitor, zhike: Installation, window: Open, hire: Hire
) -> None:
    giver, taker = hire("交出的人"), hire("接手的人")
    names = [f"转交样品{number:02}号" for number in range(60)]
    for name in names:
        boss.customer(name, owner_id=giver.id)
    boss.customer("留下的客户", owner_id=giver.id)
    boss.go("/customers?q=转交样品")
    page = boss.page
    expect(Pages(page).row(names[-1])).to_be_visible()
    with boss.budget(7):
        boss.click(Pages(page).row(names[-1]).get_by_role("checkbox"))
        bar = page.get_by_role("toolbar", name="对选中的客户")
        boss.click(bar.get_by_role("button", name="选中筛选出的全部 60 位"))
        boss.click(bar.get_by_role("button", name="转交"))
        dialog = page.get_by_role("dialog")
        boss.fill(dialog.get_by_label("转给谁"), "接手的人")
        boss.press("Enter")
        boss.fill(dialog.get_by_label("交接说明"), "换片区")
        boss.click(dialog.get_by_role("button", name="转交"))
        expect(page.get_by_text("60 位客户转给了接手的人")).to_be_visible()
    theirs = signed_in(window, zhike, taker)
    theirs.go("/customers")
    expect(theirs.page.get_by_text("共 60 位")).to_be_visible()
    left = signed_in(window, zhike, giver)
    left.go("/customers")
    expect(left.page.get_by_text("共 1 位")).to_be_visible()


def test_the_audit_log_tells_who_looked_at_a_number(boss: Visitor, mei: Visitor) -> None:
    customer = mei.customer("审计仪器", contact_name="周总", mobile="13912345004")
    boss.api("PATCH", "/organisation", {"reveal_needs_reason": True})
    try:
        mei.go(f"/customers/{customer['id']}")
        contacts = mei.page.get_by_role("region", name="联系人")
        with mei.budget(2):
            mei.click(contacts.get_by_role("button", name="查看周总手机"))
            mei.click(mei.page.get_by_role("button", name="核对信息"))
            expect(contacts).to_contain_text("139 1234 5004")
    finally:
        boss.api("PATCH", "/organisation", {"reveal_needs_reason": False})
    boss.go(f"/settings/audit?group=reveal&customer={customer['id']}")
    page = boss.page
    lines = page.get_by_role("main").locator(".audit-line")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("王小梅 查看完整号码")
    expect(lines).to_contain_text("核对信息")
    expect(lines).to_contain_text("审计仪器")
    lines.get_by_role("button").click()
    expect(lines).to_contain_text("请求编号")
    assert "13912345004" not in page.content()
    page.get_by_role("button", name="现在校验").click()
    expect(page.get_by_role("status").filter(has_text="校验完好")).to_be_visible()
    # Who may not audit finds neither the place nor the way to it.
    mei.go("/settings/audit")
    expect(mei.page.get_by_text("审计日志")).to_be_hidden()
