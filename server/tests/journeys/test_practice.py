"""练习区: in by the menu of one's avatar, marked on every page, and out again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Colleague, Open, signed_in
from tests.journeys.visitor import Pages, Visitor
from tests.site.installation import Installation

Hire = Callable[[str], Colleague]
A_WHILE = 180_000  # milliseconds in which a workspace is laid on a busy machine


@pytest.fixture
def newcomer(zhike: Installation, window: Open, hire: Hire) -> Visitor:
    return signed_in(window, zhike, hire("练新手"))


def test_before_anybody_practised_the_settings_offer_to_make_it_ready(boss: Visitor) -> None:
    boss.go("/settings?part=practice")
    expect(boss.page.get_by_text("还没有准备过")).to_be_visible()
    expect(boss.page.get_by_role("button", name="现在就准备")).to_be_enabled()


def test_practised_with_made_up_customers_and_left(newcomer: Visitor) -> None:
    page = newcomer.page
    newcomer.customer("真实往来公司")
    newcomer.go()
    with newcomer.budget(3):
        newcomer.click(page.get_by_role("button", name="练新手的菜单"))
        newcomer.click(page.get_by_role("menuitem", name="进入练习区"))
        newcomer.click(page.get_by_role("dialog").get_by_role("button", name="进入练习区"))
        page.wait_for_url("**/practice/", timeout=A_WHILE)
    banner = page.get_by_text("这里的客户都是编的")
    expect(banner).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\[练习\]"))
    newcomer.click(Pages(page).place("客户"))
    expect(page).to_have_url(re.compile("/practice/customers"))
    expect(page.get_by_text(re.compile(r"共 \d\d 位"))).to_be_visible()
    expect(page.get_by_text("真实往来公司")).to_be_hidden()
    expect(Pages(page).place("进出")).to_be_hidden()
    expect(banner).to_be_visible()
    newcomer.click(page.get_by_role("button", name="离开", exact=True))
    page.wait_for_url(lambda url: "/practice" not in url)
    expect(banner).to_be_hidden()
    newcomer.click(Pages(page).place("客户"))
    expect(page.get_by_text("真实往来公司")).to_be_visible()
    assert newcomer.api("GET", "/customers?q=真实往来公司")["items"]
