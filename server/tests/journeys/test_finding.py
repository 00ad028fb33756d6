"""Task 3 of the design: any customer is found by Ctrl+K, two to four keys and Enter."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Pages, Visitor

WAYS = {
    "汉字": "衢化",
    "拼音": "quhu",
    "首字母": "qhjt",
    "手机尾号": "7396",
    "联系人": "诸葛",
}


@pytest.fixture(scope="module")
def goal() -> str:
    return "衢化集团新材料有限公司"


@pytest.fixture
def searcher(boss: Visitor, goal: str) -> Visitor:
    """The administrator among customers, of whom each search must choose the right one."""
    visitor = boss
    if not visitor.api("GET", "/search?q=7396")["items"]:
        visitor.customer(goal, contact_name="诸葛先生", mobile="13655587396")
        for number, name in enumerate(("曲阜文旅", "去哪儿网络", "衡化工程", "全华电子")):
            visitor.customer(name, contact_name="葛女士", mobile=f"1365558{number:04}")
        # A name that begins with what was typed comes before one that only holds it.
        visitor.customer("新七海集团", is_key=True)
        # Somebody's second contact comes after those whose name is meant.
        other = visitor.customer("北方矿业", contact_name="葛女士")
        visitor.api("POST", f"/customers/{other['id']}/contacts", {"name": "屈虎"}, status=201)
    return visitor


@pytest.mark.parametrize("way", WAYS)
def test_found_in_a_few_keys(searcher: Visitor, goal: str, way: str) -> None:
    keys = WAYS[way]
    assert 2 <= len(keys) <= 4
    searcher.go()
    page = searcher.page
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    with searcher.budget(3):
        searcher.press("Control+k")
        searcher.type(keys)
        first = page.get_by_role("option").first
        expect(first).to_contain_text(goal)
        expect(first).to_have_attribute("aria-selected", "true")
        searcher.press("Enter")
        expect(Pages(page).record.get_by_role("heading", name=goal)).to_be_visible()


def test_nothing_found_leads_to_entering(searcher: Visitor) -> None:
    searcher.go("/customers")
    page = searcher.page
    searcher.press("/")
    searcher.type("还没来过的公司")
    expect(page.get_by_text("没有找到“还没来过的公司”")).to_be_visible()
    page.get_by_role("option", name="新建客户“还没来过的公司”").click()
    expect(page.get_by_label("公司名称")).to_have_value("还没来过的公司")


def test_the_list_narrows_and_the_address_keeps_it(searcher: Visitor, goal: str) -> None:
    searcher.go("/customers")
    page, pages = searcher.page, Pages(searcher.page)
    page.get_by_role("textbox", name="在列表里找").fill("quhua")
    expect(pages.list.get_by_role("link")).to_have_text([goal])
    expect(page).to_have_url(f"{searcher.url}/customers?q=quhua")
    page.get_by_role("button", name=re.compile("重点$")).click()
    expect(page.get_by_text("没有符合条件的客户")).to_be_visible()
    page.reload()
    expect(page.get_by_text("没有符合条件的客户")).to_be_visible()
    page.get_by_role("button", name="看全部客户").click()
    expect(pages.row("去哪儿网络")).to_be_visible()
