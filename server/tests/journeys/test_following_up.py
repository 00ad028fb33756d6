"""Task 1 of the design: a follow-up is noted from anywhere, by a key, a sentence and Enter.

What was understood stands there as chips before it is saved: the budget of steps counts the look
as nothing, but a journey waits for it as a person would.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Route, expect

from tests.journeys.conftest import PHONE, Colleague, Open, signed_in
from tests.journeys.visitor import Pages, Visitor, eventually
from tests.site.installation import Installation
from zhike.base import clock

SENTENCE = "报价发过去了，周总说要和财务对一下付款方式。"
TOLD = "昨天拜访周总，对云服务感兴趣，明天发报价，预算50万"


def test_a_key_a_sentence_and_enter(mei: Visitor) -> None:
    customer = mei.customer("晨星教育", contact_name="周总", mobile="13912340002")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("周总")
    with mei.budget(3):
        mei.press("f")
        mei.type(SENTENCE)
        pages.look()
        mei.press("Enter")
        expect(page.locator(".ant-message")).to_contain_text("记下了")
        expect(pages.story.get_by_text(SENTENCE)).to_be_visible()
    expect(page.get_by_label("跟进内容")).to_have_value("")
    found = mei.api("GET", f"/customers/{customer['id']}")
    assert found["last_follow_up_on"] == clock.today().isoformat()


def test_the_sentence_fills_the_record(mei: Visitor) -> None:
    customer = mei.customer("晨星教育", contact_name="周总", mobile="13912340008")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("周总")
    with mei.budget(3):
        mei.press("f")
        mei.type(TOLD)
        card = pages.look()
        for chip in ("方式：拜访", "和谁：周总", "需求：需求 云服务", "预算：预算 50万"):
            expect(card.get_by_role("button", name=chip)).to_be_visible()
        expect(card.get_by_role("button", name=re.compile("^下次：.*发报价$"))).to_be_visible()
        mei.press("Enter")
        expect(pages.story.get_by_text(TOLD)).to_be_visible()
    expect(pages.story.get_by_role("term").filter(has_text="下次")).to_be_visible()
    today = clock.today()
    found = mei.api("GET", f"/customers/{customer['id']}")
    assert found["budget"] == "50万"
    assert found["last_follow_up_on"] == (today - timedelta(days=1)).isoformat()
    assert found["next_follow_up_on"] == (today + timedelta(days=1)).isoformat()
    told = mei.api("GET", f"/customers/{customer['id']}/timeline?kind=follow_up")["items"][0]
    assert told["detail"]["way"] == "visit"
    # Taken back, the sentence stands in the line again, to be mended.
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_label("跟进内容")).to_have_value(TOLD)
    eventually(lambda: mei.api("GET", f"/customers/{customer['id']}")["budget"], "")


def test_nothing_is_saved_that_nobody_saw(mei: Visitor) -> None:
    customer = mei.customer("青禾农业", contact_name="单女士", mobile="13912340009")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("单女士")

    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page.route("**/follow-ups/understanding", late)
    mei.press("f")
    mei.type(TOLD)
    mei.press("Enter")
    expect(page.get_by_text("看一眼，没错再按回车")).to_be_visible()
    pages.look()
    assert not mei.api("GET", f"/customers/{customer['id']}/timeline?kind=follow_up")["items"]
    mei.press("Enter")
    expect(pages.story.get_by_text(TOLD)).to_be_visible()


def test_a_day_left_open_is_asked_for(mei: Visitor) -> None:
    customer = mei.customer("远航物流", contact_name="欧阳总", mobile="13912340010")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("欧阳总")
    with mei.budget(4):
        mei.press("f")
        mei.type("聊了报价，节后再联系")
        pages.look()
        question = page.get_by_role("group", name="“节后”具体是哪天？")
        first = question.get_by_role("button").first
        expect(first).to_contain_text("周")
        mei.click(first)
        expect(page.get_by_role("button", name=re.compile("^下次：.*再联系$"))).to_be_visible()
        mei.press("Enter")
        expect(pages.story.get_by_text("聊了报价，节后再联系")).to_be_visible()
    found = mei.api("GET", f"/customers/{customer['id']}")
    assert found["next_follow_up_on"] > clock.today().isoformat()


def test_a_wrong_chip_is_taken_away(mei: Visitor) -> None:
    customer = mei.customer("恒信会展", contact_name="周总", mobile="13912340011")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("周总")
    mei.press("f")
    mei.type(TOLD)
    card = pages.look()
    card.get_by_role("button", name="去掉预算").click()
    expect(page.get_by_label("跟进内容")).to_be_focused()
    card.get_by_role("button", name="方式：拜访").click()
    card.get_by_role("radio", name="邮件").click()
    page.keyboard.press("Control+Enter")
    expect(pages.story.get_by_text(TOLD)).to_be_visible()
    found = mei.api("GET", f"/customers/{customer['id']}")
    assert found["budget"] == ""
    told = mei.api("GET", f"/customers/{customer['id']}/timeline?kind=follow_up")["items"][0]
    assert told["detail"]["way"] == "email"


def test_with_the_next_date_one_click_more(mei: Visitor) -> None:
    customer = mei.customer("青禾农业", contact_name="单女士", mobile="13912340003")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("单女士")
    with mei.budget(4):
        mei.press("f")
        mei.type(SENTENCE)
        pages.look()
        mei.click(page.get_by_role("radio", name="明天"))
        mei.press("Control+Enter")
        expect(pages.story.get_by_text(SENTENCE)).to_be_visible()
    expect(page.get_by_role("region", name="下次跟进")).to_contain_text("明天")
    pages.place("客户").click()
    expect(pages.row("青禾农业")).to_contain_text("今天")
    expect(pages.row("青禾农业")).to_contain_text("明天")
    pages.place("今日").click()
    expect(page.get_by_role("region", name="未来七天")).to_contain_text("青禾农业")
    assert mei.api("GET", "/today")["counts"]["follow_ups_week"] == 1


def test_on_its_day_it_stands_in_today(mei: Visitor) -> None:
    mei.customer("远航物流", contact_name="欧阳总", mobile="13912340004")
    mei.go("/customers")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.row("远航物流")).to_be_visible()
    # Nobody is at hand on the list: the line begins with the customer, and goes on.
    with mei.budget(6):
        mei.press("f")
        mei.type("yhwl 合同谈好了")
        drawer = page.get_by_role("dialog", name="记跟进")
        expect(drawer.get_by_role("listitem").filter(has_text="远航物流")).to_be_visible()
        mei.press("Enter")
        expect(drawer.get_by_label("跟进内容")).to_have_value("合同谈好了")
        pages.look()
        mei.click(drawer.get_by_role("radio", name="选日期"))
        mei.type("今天")
        page.keyboard.press("Enter")  # ends the date, as one's typing
        expect(drawer.get_by_role("button", name=re.compile("^下次："))).to_be_visible()
        mei.press("Control+Enter")
        expect(drawer).to_be_hidden()
    expect(pages.row("远航物流").get_by_text("今天")).to_have_count(2)
    pages.place("今日").click()
    expect(page.get_by_role("region", name="今天", exact=True)).to_contain_text("远航物流")


def test_the_sentence_names_its_customer_wherever_it_likes(mei: Visitor) -> None:
    """Whoever is due today stands below, and is nobody Enter takes."""
    due = mei.customer("榆禾药房", contact_name="单女士", mobile="13912340021")
    meant = mei.customer("宁波澜栎餐饮", contact_name="朱梦澜", mobile="13912340022")
    body = {"kind": "follow_up", "title": "确认报价", "due_on": clock.today().isoformat()}
    mei.api("POST", "/tasks", body | {"customer_id": due["id"]}, status=201)
    mei.go("/")
    page, pages = mei.page, Pages(mei.page)
    expect(page.get_by_role("region", name="今天", exact=True)).to_contain_text("榆禾药房")

    mei.press("f")
    drawer = page.get_by_role("dialog", name="记跟进")
    expect(drawer.get_by_role("listitem").filter(has_text="榆禾药房")).to_be_visible()
    mei.press("Enter")
    mei.type("今天给澜桉打了电话，下周三送样机")
    mei.press("Enter")
    expect(drawer.get_by_text("记在哪位客户下？")).to_be_visible()
    mei.press("Enter")
    expect(drawer.get_by_role("button", name="换一位")).to_be_hidden()

    for sentence in ("今天给澜栎打了电话，下周三送样机", "和朱梦澜聊了合同"):
        drawer.get_by_label("跟进内容").fill(sentence)
        mei.press("Enter")
        expect(drawer.get_by_text("宁波澜栎餐饮")).to_be_visible()
        expect(drawer.get_by_role("button", name="换一位")).to_be_visible()
        expect(drawer.get_by_label("跟进内容")).to_have_value(sentence)
        pages.look()
        mei.press("Enter")
        expect(page.locator(".ant-message")).to_contain_text("记下了")
        expect(drawer).to_be_hidden()
        told = mei.api("GET", f"/customers/{meant['id']}/timeline?kind=follow_up")["items"]
        assert told[0]["body"] == sentence
        mei.press("f")
    assert not mei.api("GET", f"/customers/{due['id']}/timeline?kind=follow_up")["items"]


def test_on_the_phone_two_taps_and_the_sentence(
    zhike: Installation, window: Open, hire: Callable[[str], Colleague]
) -> None:
    phone = signed_in(window, zhike, hire("林冲"), **PHONE)
    customer = phone.customer("恒信会展", contact_name="钱经理", mobile="13912340005")
    phone.go(f"/customers/{customer['id']}")
    page, pages = phone.page, Pages(phone.page)
    expect(pages.record).to_contain_text("钱经理")
    with phone.budget(3):
        phone.click(page.get_by_role("button", name="记跟进").last)
        phone.type(SENTENCE)
        pages.look()
        phone.click(page.get_by_role("button", name="记下"))
        expect(pages.story.get_by_text(SENTENCE)).to_be_visible()
    # No page may be wider than the phone.
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_the_phone_dials_and_the_tab_bar_is_in_reach(
    zhike: Installation, window: Open, hire: Callable[[str], Colleague]
) -> None:
    phone = signed_in(window, zhike, hire("林冲"), **PHONE)
    phone.customer("恒信会展", contact_name="钱经理", mobile="13912340006")
    phone.go("/customers")
    page = phone.page
    page.get_by_role("link", name="恒信会展").tap()
    expect(Pages(page).record).to_be_visible()
    expect(page.get_by_role("button", name="打给钱经理")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("list", name="客户")).to_contain_text("恒信会展")
    box = page.get_by_role("navigation", name="主导航").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] > 800


def test_a_wrong_one_is_mended_and_one_too_many_taken_away(mei: Visitor) -> None:
    customer = mei.customer("晨星教育", contact_name="周总", mobile="13912340007")
    yesterday = clock.today() - timedelta(days=1)
    body = {"way": "phone", "content": "谈了三万", "contacted_on": yesterday.isoformat()}
    mei.api("POST", f"/customers/{customer['id']}/follow-ups", body, status=201)
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    line = pages.story.get_by_role("listitem").filter(has_text="谈了三万")
    line.hover()
    line.get_by_role("button", name="改这条跟进").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("跟进内容").fill("谈了三十万")
    page.keyboard.press("Control+Enter")
    line = pages.story.get_by_role("listitem").filter(has_text="谈了三十万")
    line.hover()
    line.get_by_role("button", name="删掉这条跟进").click()
    expect(line).to_be_hidden()
    page.get_by_role("button", name="撤销").click()
    expect(line).to_be_visible()
