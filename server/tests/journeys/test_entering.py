"""Task 4 of the design: a new customer is entered in six steps, and never twice."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.visitor import Pages, Visitor


def test_name_and_phone_are_enough(mei: Visitor) -> None:
    mei.go()
    page, pages = mei.page, Pages(mei.page)
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    with mei.budget(4):
        mei.press("n")
        mei.type("青禾农业科技有限公司")
        mei.fill(page.get_by_label("电话"), "138 5592 4223")
        mei.press("Enter")
        expect(page.get_by_text("记下了：青禾农业科技有限公司")).to_be_visible()
    # The file opens beside the list, the number readable to nobody who only passes by.
    expect(pages.record.get_by_role("heading", name="青禾农业科技有限公司")).to_be_visible()
    expect(pages.record).to_contain_text("138 **** 4223")
    expect(pages.row("青禾农业科技有限公司")).to_contain_text("138 **** 4223")


def test_warned_of_a_duplicate_before_saving(mei: Visitor) -> None:
    known = mei.customer("晨星教育(杭州)有限公司", contact_name="周总", mobile="13912340001")
    mei.go("/customers")
    page = mei.page
    hint = page.get_by_role("status").filter(has_text="晨星教育(杭州)有限公司")
    with mei.budget(4):
        mei.press("n")
        mei.type("晨星教育（杭州）有限公司")  # as another hand writes it
        expect(hint).to_contain_text("名称相同")
        page.get_by_label("公司名称").fill("远航")
        expect(hint).to_be_hidden()
        mei.fill(page.get_by_label("电话"), "139-1234-0001")
        expect(hint).to_contain_text("电话相同")
        mei.click(hint.get_by_role("link"))
        expect(Pages(page).record).to_contain_text("周总")
    assert page.url.endswith(f"open={known['id']}")
    assert mei.api("GET", "/customers/summary")["count"] == 1


def test_what_is_wrong_is_told_at_the_field(mei: Visitor) -> None:
    mei.excuse("status of 422")
    mei.go("/customers")
    page = mei.page
    mei.press("n")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请填公司名称")).to_be_visible()
    page.get_by_label("公司名称").fill("远航物流")
    page.get_by_label("电话").fill("1385592")
    mei.press("Control+Enter")
    field = page.locator(".ant-form-item").filter(has=page.get_by_label("电话"))
    expect(field.locator(".ant-form-item-explain-error")).to_be_visible()
    # What was typed is still there to be mended.
    page.get_by_label("电话").fill("0571-88886666")
    mei.press("Control+Enter")
    expect(Pages(page).record.get_by_role("heading", name="远航物流")).to_be_visible()
