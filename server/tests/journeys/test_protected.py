"""Numbers are masked until asked for, and everybody sees only what is theirs."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.conftest import Colleague, Open, signed_in
from tests.journeys.visitor import Pages, Visitor
from tests.site.installation import Installation


def test_revealed_copied_and_noted(
    zhike: Installation, window: Open, hire: Callable[[str], Colleague]
) -> None:
    mei = signed_in(
        window, zhike, hire("王小梅"), permissions=["clipboard-read", "clipboard-write"]
    )
    customer = mei.customer("晨星教育", contact_name="周总", mobile="13912343001")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    contacts = page.get_by_role("region", name="联系人")
    expect(contacts).to_contain_text("139 **** 3001")
    assert "13912343001" not in page.content()
    with mei.budget(1):
        mei.click(contacts.get_by_role("button", name="查看周总手机"))
        expect(contacts).to_contain_text("139 1234 3001")
    contacts.get_by_role("button", name="复制周总手机").click()
    expect(contacts.get_by_role("img", name="check")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "13912343001"
    expect(pages.story).to_contain_text("王小梅看了手机")
    page.reload()
    expect(contacts).to_contain_text("139 **** 3001")
    kept = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "13912343001" not in kept


def test_only_ones_own_customers(
    mei: Visitor, zhike: Installation, window: Open, hire: Callable[[str], Colleague]
) -> None:
    lin = signed_in(window, zhike, hire("林冲"))
    lin.excuse("status of 404")
    hidden = mei.customer("小梅的秘密客户", contact_name="周总", mobile="13912343002")
    lin.customer("林冲的客户", contact_name="钱经理", mobile="13912343003")
    lin.go("/customers")
    page, pages = lin.page, Pages(lin.page)
    expect(pages.row("林冲的客户")).to_be_visible()
    expect(pages.list.get_by_role("link")).to_have_text(["林冲的客户"])
    lin.press("Control+k")
    lin.type("秘密")
    expect(page.get_by_text("没有找到“秘密”")).to_be_visible()
    page.keyboard.press("Escape")
    lin.go(f"/customers/{hidden['id']}")
    expect(page.get_by_role("alert")).to_contain_text("没有这位客户")
    # Entering the same one again tells that a colleague has it, and nothing of it.
    lin.go("/customers")
    lin.press("n")
    page.get_by_label("电话").fill("13912343002")
    hint = page.get_by_role("status").filter(has_text="电话相同")
    expect(hint).to_contain_text("王小梅")
    expect(hint).not_to_contain_text("秘密")


def test_settings_of_the_house_are_the_administrators(mei: Visitor, boss: Visitor) -> None:
    boss.go("/settings")
    parts = boss.page.get_by_role("navigation", name="设置")
    own, shared = ["我的", "我的通知", "登录与安全", "接口令牌"], ["标签", "回收站"]
    house = ["同事与部门", "角色与权限", "安全规则", "审核规则", "通知渠道", "练习区"]
    rules, work = ["跟进频率", "上限与提醒", "公海规则"], ["跟进计划", "模板与话术"]
    file = ["字段", "选项", "检查规则", "档案规则", "后台任务"]
    listed = [*own, *house, *rules, *work, *file, *shared, "审计日志"]
    expect(parts.get_by_role("link")).to_have_text(listed)
    mei.go("/settings")
    parts = mei.page.get_by_role("navigation", name="设置")
    expect(parts.get_by_role("link")).to_have_text([*own, *work, *shared])
    mei.go("/settings?part=people")
    expect(mei.page.get_by_role("heading", name="外观")).to_be_visible()
    expect(mei.page.get_by_role("button", name="添加同事")).to_be_hidden()
    mei.excuse("status of 403")
    mei.api("POST", "/people", {"name": "甲", "username": "jia", "password": "x" * 12}, status=403)


def test_a_colleague_is_added_and_signs_in(
    boss: Visitor, zhike: Installation, window: Open
) -> None:
    boss.go("/settings?part=people")
    page = boss.page
    page.get_by_role("button", name="添加同事").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("名字").fill("新同事")
    drawer.get_by_label("登录账号").fill("xintongshi")
    drawer.get_by_label("密码").fill("qingfeng-mingyue-66")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("新同事").first).to_be_visible()
    expect(drawer).to_be_hidden()
    new = window(zhike)
    new.sign_in("xintongshi", "qingfeng-mingyue-66")
    new.go()
    expect(new.page.get_by_text("先请客户们进来")).to_be_visible()
