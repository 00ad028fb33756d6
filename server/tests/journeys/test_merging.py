"""One customer entered twice: warned of, found, merged with a look at every clash, and undone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.visitor import Pages, Visitor, eventually

KEPT, DOUBLE = "青云山茶业有限公司", "青云山茶业公司"


def test_found_merged_and_undone(boss: Visitor) -> None:
    page = boss.page
    kept = boss.customer(KEPT, contact_name="蓝经理", mobile="13912345801", background="老客户介绍")
    boss.go("/customers")
    boss.press("n")
    drawer = page.get_by_role("dialog", name="新建客户")
    boss.type(DOUBLE)
    expect(drawer.get_by_role("status")).to_contain_text(KEPT)
    boss.press("Escape")

    # Entered all the same, and found when everybody is looked through. One number for both puts
    # the pair before those that other journeys leave.
    twin = boss.customer(
        DOUBLE, contact_name="蓝小姐", mobile="13912345801", background="展会上认识的"
    )
    boss.go("/quality?part=doubles")
    boss.click(page.get_by_role("button", name="重新查找"))
    expect(page.get_by_text("已经在后台查找")).to_be_visible()
    pair = page.get_by_role("list", name="疑似重复").get_by_role("listitem").filter(has_text=KEPT)

    def found() -> int:
        page.reload()
        listed = page.get_by_role("list", name="疑似重复").or_(page.locator(".empty"))
        expect(listed.first).to_be_visible()
        return pair.count()

    eventually(found, 1)
    expect(pair).to_contain_text(DOUBLE)
    boss.click(pair.get_by_role("button", name="合并"))

    # The one that stays keeps its own, but where one says otherwise.
    boss.click(page.get_by_role("radiogroup", name="保留哪一位").get_by_text(KEPT))
    clash = page.get_by_role("group", name="客户背景简述")
    expect(clash.get_by_label("老客户介绍")).to_be_checked()
    boss.click(clash.get_by_label("展会上认识的"))
    boss.click(page.get_by_role("button", name=f"合并到“{KEPT}”"))
    record = Pages(page).record
    expect(record).to_contain_text("展会上认识的")
    expect(record.get_by_role("region", name="联系人")).to_contain_text("蓝小姐")
    boss.click(record.get_by_role("button", name="合并自 1 位客户"))
    expect(record.get_by_role("region", name="合并自")).to_contain_text(DOUBLE)

    # Whoever still knows the other address is shown the way.
    boss.excuse("status of 404")
    boss.go(f"/customers/{twin['id']}")
    expect(page.get_by_role("alert")).to_contain_text(f"合并到了{KEPT}")
    boss.click(page.get_by_role("button", name=f"看{KEPT}"))
    expect(record).to_contain_text("展会上认识的")

    boss.click(record.get_by_role("button", name="合并自 1 位客户"))
    boss.click(record.get_by_role("button", name="撤销合并"))
    expect(record.get_by_role("region", name="合并自")).to_be_hidden()
    expect(record).to_contain_text("老客户介绍")
    background = f"/customers/{kept['id']}"
    eventually(lambda: boss.api("GET", background)["background"], "老客户介绍")
    boss.go(f"/customers/{twin['id']}")
    expect(record.get_by_role("region", name="联系人")).to_contain_text("蓝小姐")
