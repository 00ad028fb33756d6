"""A key pressed before its customer is there, and what stays in the browser once one has left."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.journeys.visitor import Visitor


def test_a_key_pressed_early_waits_for_its_customer(mei: Visitor) -> None:
    customer = mei.customer("慢慢来商贸", contact_name="周总", mobile="13912346001")

    on_the_way: list[Route] = []
    page = mei.page
    page.route(f"**/api/v1/customers/{customer['id']}", lambda route: on_the_way.append(route))
    with page.expect_request(f"**/api/v1/customers/{customer['id']}"):
        page.goto(f"{mei.url}/customers/{customer['id']}")
    expect(page.locator("header.header")).to_be_visible()
    mei.press("f")
    for route in on_the_way:
        route.continue_()
    page.unroute_all()
    drawer = page.get_by_role("dialog", name="记跟进")
    expect(drawer).to_contain_text("慢慢来商贸")
    expect(drawer.get_by_placeholder("名字、拼音、首字母、手机尾号…")).to_be_hidden()


def test_after_leaving_nothing_of_the_customers_is_left(mei: Visitor) -> None:
    customer = mei.customer("不留痕迹商贸", contact_name="周总", mobile="13912346002")
    mei.go(f"/customers/{customer['id']}")
    page = mei.page
    page.get_by_role("region", name="记跟进").get_by_role("textbox").fill("报价先别外传")
    kept = "JSON.stringify({...localStorage, ...sessionStorage})"
    page.wait_for_function(f"() => {kept}.includes('报价先别外传')")
    assert "不留痕迹商贸" in page.evaluate(kept)
    mei.excuse("auth/session")  # that it has ended is told as a refusal
    page.get_by_role("button", name=re.compile("的菜单$")).click()
    page.get_by_role("menuitem", name="退出登录").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    left = page.evaluate(kept)
    assert "不留痕迹商贸" not in left
    assert "报价" not in left
