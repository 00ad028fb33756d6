"""What a role hides stays hidden; a leaver is handed over on one screen (task 7 of the design)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, SALES_PASSWORD, Colleague, Open, signed_in
from tests.journeys.test_look import check
from tests.journeys.visitor import Visitor, eventually
from tests.site.installation import Installation

AMOUNT = 1_234_567_00  # fen


def test_a_role_without_amounts(zhike: Installation, boss: Visitor, window: Open) -> None:
    boss.excuse("status of 403")  # what one asks for while one only looks
    boss.customer("明远精密仪器", contract_amount=AMOUNT)
    page = boss.page
    _copy_the_role(boss, "实习销售")
    _choose(page, "金额", "看不到")
    _choose(page, "客户看哪些", "全部")
    expect(page.get_by_text("看得到全部客户。")).to_be_visible()
    expect(page.get_by_text("看不到金额")).to_be_visible()
    bar = page.get_by_role("region", name="还没保存的改动")
    expect(bar).to_contain_text("2 处改动还没保存")
    boss.click(bar.get_by_role("button", name="保存"))
    expect(bar).to_be_hidden()

    _add_colleague(boss, "林小满", "linxiaoman", "实习销售")

    # Through the eyes of the role: no amount anywhere, and nothing can be changed.
    boss.go("/settings?part=roles")
    boss.click(page.get_by_role("link", name="实习销售"))
    boss.click(page.get_by_role("button", name="以这个角色查看"))
    banner = page.get_by_role("status").filter(has_text="实习销售")
    expect(banner).to_contain_text("只能看不能改")
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    _sees_no_amount(boss)
    assert boss.api("POST", "/tags", {"name": "临时"}, status=403)["code"] == "viewing"
    boss.click(banner.get_by_role("button", name="退出"))
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    expect(page.get_by_text("只能看不能改")).to_be_hidden()
    boss.go("/customers?q=明远精密仪器")
    expect(page.get_by_role("grid", name="客户")).to_contain_text("明远精密仪器")

    # And the colleague who has it sees no more.
    colleague = Colleague(0, "林小满", "linxiaoman", SALES_PASSWORD)
    _sees_no_amount(signed_in(window, zhike, colleague))


def test_a_role_somebody_else_saved_first(boss: Visitor) -> None:
    boss.excuse("status of 409")
    page = boss.page
    role = boss.api("POST", "/roles", {"name": "驻场", "copy_of": _role_id(boss, "sales")})
    boss.go(f"/settings?part=roles&role={role['id']}")
    _choose(page, "金额", "可看")
    change = {"version": role["version"], "fields": {"phone": "masked"}}
    boss.api("PATCH", f"/roles/{role['id']}", change)
    bar = page.get_by_role("region", name="还没保存的改动")
    bar.get_by_role("button", name="保存").click()
    expect(bar.get_by_role("alert")).to_contain_text("电话：可改 → 打码")
    bar.get_by_role("button", name="保存").click()
    expect(bar).to_be_hidden()
    saved = next(one for one in boss.api("GET", "/roles")["items"] if one["id"] == role["id"])
    assert (saved["fields"]["money"], saved["fields"]["phone"]) == ("read", "masked")

    # Nobody has it: it can go again.
    page.get_by_role("button", name="删除").click()
    page.get_by_role("tooltip").get_by_role("button", name="删除").click()
    expect(page.get_by_role("link", name="驻场")).to_be_hidden()
    expect(page.get_by_role("link", name="客服主管")).to_be_visible()


def test_a_leaver_is_handed_over(
    zhike: Installation, boss: Visitor, window: Open, hire: Callable[[str], Colleague]
) -> None:
    leaver, taker = hire("周远航"), hire("郑接手")
    theirs = signed_in(window, zhike, leaver)
    names = ["临江纸业", "临江印刷", "临江包装"]
    for name in names:
        theirs.customer(name)
    boss.go("/settings?part=people")
    page = boss.page
    with boss.budget(5):
        boss.click(page.get_by_role("button", name="周远航的更多操作"))
        boss.click(page.get_by_role("menuitem", name="办理离职"))
        drawer = page.get_by_role("dialog")
        expect(drawer).to_contain_text("3位客户")
        if drawer.get_by_role("radio", name="郑接手").count() == 0:
            # Many colleagues: the likely ones stand as buttons, the others in a list.
            boss.fill(drawer.get_by_role("combobox"), "郑接手")
            page.keyboard.press("Enter")
        else:
            boss.click(drawer.locator("label", has_text="郑接手"))
        boss.click(drawer.get_by_role("button", name="停用并转交"))
        expect(page.get_by_text("周远航的 3 位客户都转交好了")).to_be_visible()
    expect(page.get_by_role("button", name="周远航的更多操作")).to_be_hidden()

    def owned() -> list[str]:
        found = boss.api("GET", f"/customers?owner={taker.id}")["items"]
        return sorted(one["name"] for one in found)

    eventually(owned, sorted(names))
    # The door is closed at once for who left.
    theirs.excuse("status of 401")
    theirs.api("GET", "/me", status=401)


def test_departments_and_their_people(boss: Visitor) -> None:
    boss.go("/settings?part=people")
    page = boss.page
    tree = page.get_by_role("navigation", name="部门")
    tree.get_by_role("button", name="添加部门").click()
    page.get_by_label("部门名称").fill("西南大区")
    page.keyboard.press("Control+Enter")
    branch = tree.get_by_role("button", name="西南大区", exact=True)
    expect(branch).to_be_visible()
    branch.click()
    page.get_by_role("button", name="添加同事").click()
    # Who is added while one looks at a department sits there.
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("西南大区")
    drawer.get_by_label("名字").fill("何晓川")
    drawer.get_by_label("登录账号").fill("hexiaochuan")
    drawer.get_by_label("初始密码").fill(SALES_PASSWORD)
    page.keyboard.press("Control+Enter")
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("button", name="何晓川的更多操作")).to_be_visible()
    expect(tree.get_by_role("button", name="西南大区 1")).to_be_visible()
    page.get_by_label("找同事").fill("没有这个人")
    expect(page.get_by_text("没有找到“没有这个人”")).to_be_visible()


@pytest.mark.parametrize("options", [{}, PHONE | {"color_scheme": "dark"}], ids=["desk", "phone"])
def test_readable_for_everybody(
    zhike: Installation, window: Open, office: Visitor, options: dict[str, Any]
) -> None:
    hired = {"name": "简一", "username": f"jianyi{len(options)}", "role": "service"}
    office.api("POST", "/people", hired | {"password": SALES_PASSWORD})
    visitor = window(zhike, storage_state=office.context.storage_state(), **options)
    page = visitor.page
    for part in ("people", "roles", "rules"):
        visitor.go(f"/settings?part={part}")
        expect(page.locator(".settings-part").first).to_be_visible()
        expect(page.locator(".ant-skeleton")).to_have_count(0)
        check(visitor, part)
    visitor.go(f"/settings?part=roles&role={_role_id(visitor, 'service')}")
    _choose(page, "需求", "可改")
    check(visitor, "a role with something to save")
    visitor.go("/settings?part=people")
    page.get_by_role("button", name="简一的更多操作").first.click()
    page.get_by_role("menuitem", name="办理离职").click()
    expect(page.get_by_text("直接停用就好")).to_be_visible()
    check(visitor, "办理离职")


def _copy_the_role(boss: Visitor, name: str) -> None:
    boss.go("/settings?part=roles")
    page = boss.page
    boss.click(page.get_by_role("button", name="添加角色"))
    boss.fill(page.get_by_label("角色名称"), name)
    boss.press("Control+Enter")
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def _choose(page: Page, group: str, label: str) -> None:
    """Click a choice of a row as a person does: its words, not the radio button behind them."""
    row = page.get_by_role("radiogroup", name=group)
    row.locator("label").get_by_text(label, exact=True).click()
    expect(row.get_by_role("radio", name=label, exact=True)).to_be_checked()


def _add_colleague(boss: Visitor, name: str, username: str, role: str) -> None:
    boss.go("/settings?part=people")
    page = boss.page
    page.get_by_role("button", name="添加同事").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("名字").fill(name)
    drawer.get_by_label("登录账号").fill(username)
    drawer.get_by_label("初始密码").fill(SALES_PASSWORD)
    drawer.get_by_label("角色").click()
    page.locator(".ant-select-item-option", has_text=role).click()
    drawer.get_by_role("button", name="保存").click()
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text(role)


def _sees_no_amount(visitor: Visitor) -> None:
    visitor.go("/customers?q=明远精密仪器")
    page = visitor.page
    grid = page.get_by_role("grid", name="客户")
    expect(grid).to_contain_text("明远精密仪器")
    expect(page.get_by_text("1,234,567")).to_be_hidden()
    expect(page.get_by_text("123.46万")).to_be_hidden()
    found = visitor.api("GET", "/customers?q=明远精密仪器")["items"][0]
    assert not found["contract_amount"]
    assert not visitor.api("GET", f"/customers/{found['id']}")["contract_amount"]


def _role_id(boss: Visitor, key: str) -> int:
    found = boss.api("GET", "/roles")["items"]
    return int(next(one["id"] for one in found if one["key"] == key))
