"""公海: a customer is given back with a reason, and claimed by somebody else under the limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import PHONE, Colleague, Open, signed_in
from tests.journeys.visitor import Pages, Visitor, eventually
from tests.site.installation import Installation

Hire = Callable[[str], Colleague]


@pytest.fixture
def lin(zhike: Installation, window: Open, hire: Hire) -> Visitor:
    """A colleague with nothing to do yet."""
    return signed_in(window, zhike, hire("林冲之"))


def given_back(giver: Visitor, name: str) -> int:
    """Enter a customer and put it into the pool; return its id."""
    customer = giver.customer(name, contact_name="周总", mobile="13912341234")
    body = {"reason": "手上客户太多"}
    giver.api("POST", f"/customers/{customer['id']}/pool", body, status=204)
    return int(customer["id"])


def pool(visitor: Visitor) -> Locator:
    """The list of the pool at a desk."""
    return visitor.page.get_by_role("grid", name="公海里的客户")


def test_given_back_from_the_page_and_claimed_by_a_colleague(mei: Visitor, lin: Visitor) -> None:
    customer = mei.customer("归海仪表", contact_name="周总", mobile="13912341235")
    mei.go(f"/customers/{customer['id']}")
    record = Pages(mei.page).record
    with mei.budget(4):
        mei.click(record.get_by_role("button", name="更多操作", exact=True))
        mei.click(mei.page.get_by_role("menuitem", name="放回公海"))
        mei.click(mei.page.get_by_text("暂时没有需求"))
        mei.click(mei.page.get_by_role("dialog").get_by_role("button", name="放回公海"))
        expect(mei.page.get_by_text("归海仪表放回公海了")).to_be_visible()
    eventually(lambda: mei.api("GET", f"/customers/{customer['id']}")["owner"], None)

    lin.go()
    with lin.budget(2):
        lin.click(Pages(lin.page).place("公海"))
        row = pool(lin).get_by_role("row").filter(has_text="归海仪表")
        expect(row).to_contain_text("原来归王小梅")
        row.get_by_role("button", name="领取归海仪表").dblclick()
        expect(row).to_be_hidden()
        expect(lin.page.get_by_text("领到了归海仪表")).to_be_visible()
    expect(lin.page.get_by_role("alert").filter(has_text="没领到")).to_have_count(0)
    assert lin.api("GET", "/pool")["limits"]["claimed_today"] == 1
    held = lin.api("GET", f"/customers/{customer['id']}")
    assert held["owner"]["name"] == "林冲之"
    assert held["next_follow_up_on"]
    lin.click(lin.page.get_by_role("button", name="打开", exact=True))
    expect(Pages(lin.page).record.get_by_role("heading", name="归海仪表")).to_be_visible()


def test_claimed_where_the_file_stands_open(mei: Visitor, lin: Visitor) -> None:
    customer = given_back(mei, "案头阀门")
    lin.go("/pool?q=案头阀门")
    expect(pool(lin).get_by_role("row").nth(1)).to_contain_text("放回：手上客户太多")
    lin.go(f"/customers/{customer}")
    record = Pages(lin.page).record
    with lin.budget(2):
        lin.press("f")
        expect(lin.page.get_by_text("公海客户，领取后才能记跟进")).to_be_visible()
        lin.click(record.get_by_role("button", name="领取", exact=True))
        expect(lin.page.get_by_text("领到了案头阀门")).to_be_visible()
    expect(record.get_by_label("跟进内容")).to_be_visible()


def test_who_was_too_late_is_told_by_name(
    zhike: Installation, window: Open, hire: Hire, mei: Visitor, lin: Visitor
) -> None:
    ids = [given_back(mei, f"争先物流{number}号") for number in (1, 2, 3)]
    lin.go("/pool?q=争先物流")
    expect(pool(lin).get_by_role("row")).to_have_count(4)
    quicker = signed_in(window, zhike, hire("吴用"))
    quicker.api("POST", "/pool/claims", {"customer_ids": ids[1:2]})
    with lin.budget(2):
        lin.click(pool(lin).get_by_role("columnheader").get_by_role("checkbox"))
        lin.click(lin.page.get_by_role("button", name="领取 3 位"))
        told = lin.page.get_by_role("alert").filter(has_text="没领到")
        expect(told).to_contain_text("争先物流2号")
        expect(told).to_contain_text("被别人领走")
    expect(lin.page.get_by_text("领到 2 位")).to_be_visible()
    assert lin.api("GET", "/pool?q=争先物流")["items"] == []


def test_claimed_by_thumb(zhike: Installation, window: Open, hire: Hire, mei: Visitor) -> None:
    given_back(mei, "掌上纸业")
    phone = signed_in(window, zhike, hire("林冲之"), **PHONE)
    phone.go("/")
    phone.click(phone.page.get_by_role("navigation", name="主导航").get_by_text("公海"))
    phone.fill(phone.page.get_by_placeholder("名称、拼音、首字母"), "掌上纸业")
    card = phone.page.get_by_role("list", name="公海里的客户").get_by_role("listitem")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("原来归王小梅")
    with phone.budget(1):
        phone.click(card.get_by_role("button", name="领取掌上纸业"))
        expect(card).to_be_hidden()
    expect(phone.page.get_by_text("领到了掌上纸业")).to_be_visible()


def test_the_rules_say_what_their_numbers_mean(boss: Visitor) -> None:
    boss.go("/settings?part=pool-rules")
    page = boss.page
    before = boss.api("GET", "/pool-rules")["claims_per_day"]
    try:
        boss.fill(page.get_by_label("每人每天最多领"), "12")
        expect(page.get_by_text("每人每天最多领 12 位")).to_be_visible()
        boss.press("Control+Enter")
        expect(page.get_by_text("保存了", exact=True)).to_be_visible()
        assert boss.api("GET", "/pool-rules")["claims_per_day"] == 12
    finally:
        boss.api("PATCH", "/pool-rules", {"claims_per_day": before})
