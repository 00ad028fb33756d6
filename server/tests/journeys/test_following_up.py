"""Task 1 of the design: a follow-up is noted from anywhere, by a key, a sentence and Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Colleague, Open, signed_in
from tests.journeys.visitor import Pages, Visitor
from tests.site.installation import Installation
from zhike.base import clock

SENTENCE = "报价发过去了，周总说要和财务对一下付款方式。"


def test_a_key_a_sentence_and_enter(mei: Visitor) -> None:
    customer = mei.customer("晨星教育", contact_name="周总", mobile="13912340002")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("周总")
    with mei.budget(3):
        mei.press("f")
        mei.type(SENTENCE)
        mei.press("Enter")
        expect(page.get_by_text("记下了：晨星教育")).to_be_visible()
        expect(pages.story.get_by_text(SENTENCE)).to_be_visible()
    expect(page.get_by_label("跟进内容")).to_have_value("")
    found = mei.api("GET", f"/customers/{customer['id']}")
    assert found["last_follow_up_on"] == clock.today().isoformat()


def test_with_the_next_date_one_click_more(mei: Visitor) -> None:
    customer = mei.customer("青禾农业", contact_name="单女士", mobile="13912340003")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("单女士")
    with mei.budget(4):
        mei.press("f")
        mei.type(SENTENCE)
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
    # Nobody is at hand on the list: the drawer asks for the customer first.
    with mei.budget(7):
        mei.press("f")
        mei.type("yhwl")
        drawer = page.get_by_role("dialog", name="记跟进")
        expect(drawer.get_by_text("远航物流")).to_be_visible()
        mei.press("Enter")
        expect(drawer.get_by_label("跟进内容")).to_be_focused()
        mei.type("下午把合同送过去")
        mei.click(drawer.get_by_role("radio", name="选日期"))
        mei.type("今天")
        page.keyboard.press("Enter")  # ends the date, as one's typing
        expect(drawer.get_by_label("下次聊什么")).to_be_visible()
        mei.press("Control+Enter")
        expect(drawer).to_be_hidden()
    expect(pages.row("远航物流").get_by_text("今天")).to_have_count(2)
    pages.place("今日").click()
    expect(page.get_by_role("region", name="今天", exact=True)).to_contain_text("远航物流")


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
