"""A lost connection or session costs nobody a word of what they typed."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.journeys.conftest import SALES_PASSWORD
from tests.journeys.visitor import Pages, Visitor
from zhike.base import clock

SENTENCE = "电梯里没有信号，先记下：客户周五前定。"


def notes_of(visitor: Visitor, customer: int) -> list[str]:
    items = visitor.api("GET", f"/customers/{customer}/timeline?kind=follow_up")["items"]
    return [item["body"] for item in items]


def test_noted_without_a_connection_and_sent_later(mei: Visitor) -> None:
    mei.excuse("ERR_INTERNET_DISCONNECTED")
    customer = mei.customer("晨星教育", contact_name="周总", mobile="13912344001")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("周总")
    mei.lose_connection()
    expect(page.get_by_text("网络断了")).to_be_visible()
    with mei.budget(3):
        mei.press("f")
        mei.type(SENTENCE)
        pages.look()
        mei.press("Enter")
        waiting = page.get_by_role("list", name="等网络的跟进")
        expect(waiting).to_contain_text(SENTENCE)
    mei.context.set_offline(False)
    expect(page.get_by_text("补记好了 1 条跟进")).to_be_visible()
    expect(waiting).to_be_hidden()
    expect(pages.story).to_contain_text(SENTENCE)
    assert notes_of(mei, customer["id"]) == [SENTENCE]


def test_whom_this_device_knows_is_found_without_a_connection(mei: Visitor) -> None:
    mei.excuse("ERR_INTERNET_DISCONNECTED")
    meant = mei.customer("钟岚书屋", contact_name="钟岚", mobile="13912344011")
    other = mei.customer("榆禾书屋", contact_name="单女士", mobile="13912344012")
    due = {"kind": "follow_up", "title": "回访", "due_on": clock.today().isoformat()}
    for customer in (other, meant):
        mei.api("POST", "/tasks", due | {"customer_id": customer["id"]}, status=201)
    mei.go("/")
    page, pages = mei.page, Pages(mei.page)
    expect(page.get_by_role("region", name="今天", exact=True)).to_contain_text("钟岚书屋")
    mei.lose_connection()
    expect(page.get_by_text("跟进照样能记")).to_be_visible()
    mei.press("f")
    drawer = page.get_by_role("dialog", name="记跟进")
    mei.type("云川说要便宜点")
    mei.press("Enter")
    expect(drawer.get_by_text("记在哪位客户下？")).to_be_visible()
    expect(drawer.locator("[aria-current=true]")).to_have_count(0)
    drawer.get_by_label("跟进内容").fill("")
    mei.type("钟岚书屋 想先看样书")
    mei.press("Enter")
    expect(drawer.get_by_label("跟进内容")).to_have_value("想先看样书")
    pages.look()
    mei.press("Enter")
    expect(drawer).to_be_hidden()
    mei.context.set_offline(False)
    expect(page.get_by_text("补记好了 1 条跟进")).to_be_visible()
    assert notes_of(mei, meant["id"]) == ["想先看样书"]
    assert notes_of(mei, other["id"]) == []


def test_what_was_not_fetched_in_time_says_so_and_leaves_the_page(mei: Visitor) -> None:
    page = mei.page
    # From the first moment on, the browser takes itself to be without a network.
    page.add_init_script(
        "Object.defineProperty(navigator, 'onLine', { get: () => window.isBack ?? false })"
    )
    mei.go("/")
    expect(page.get_by_text("网络断了")).to_be_visible()
    mei.press("f")
    expect(page.get_by_text("没连上网，这一项还没准备好，连上后再试")).to_be_visible()
    expect(page.get_by_role("heading", name="今日", exact=True)).to_be_visible()
    page.evaluate("window.isBack = true; window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("网络断了")).to_be_hidden()
    mei.press("f")
    expect(page.get_by_role("dialog", name="记跟进").get_by_label("跟进内容")).to_be_focused()


def test_kept_although_the_window_was_closed(mei: Visitor) -> None:
    mei.excuse("ERR_INTERNET_DISCONNECTED")
    customer = mei.customer("青禾农业", contact_name="单女士", mobile="13912344002")
    mei.go(f"/customers/{customer['id']}")
    page = mei.page
    expect(Pages(page).record).to_contain_text("单女士")
    mei.lose_connection()
    mei.press("f")
    mei.type(SENTENCE)
    Pages(page).look()
    mei.press("Enter")
    expect(page.get_by_role("list", name="等网络的跟进")).to_contain_text(SENTENCE)
    page.close()
    mei.context.set_offline(False)
    mei.page = mei.context.new_page()
    mei.page.goto(mei.url)
    expect(mei.page.get_by_text("补记好了 1 条跟进")).to_be_visible()
    assert notes_of(mei, customer["id"]) == [SENTENCE]


def test_sent_once_although_the_answer_was_lost(mei: Visitor) -> None:
    mei.excuse("ERR_(FAILED|CONNECTION)")
    customer = mei.customer("恒信会展", contact_name="钱经理", mobile="13912344003")
    mei.go(f"/customers/{customer['id']}")
    page = mei.page
    expect(Pages(page).record).to_contain_text("钱经理")

    def swallow(route: Route) -> None:
        route.fetch()  # the server has it ...
        route.abort("connectionreset")  # ... and the browser does not know
        page.unroute("**/follow-ups")

    page.route("**/follow-ups", swallow)
    mei.press("f")
    mei.type(SENTENCE)
    Pages(page).look()
    mei.press("Enter")
    expect(page.get_by_text("补记好了 1 条跟进")).to_be_visible()
    assert notes_of(mei, customer["id"]) == [SENTENCE]


def test_a_draft_outlives_a_reload(mei: Visitor) -> None:
    customer = mei.customer("远航物流", contact_name="欧阳总", mobile="13912344004")
    mei.go(f"/customers/{customer['id']}")
    page = mei.page
    expect(Pages(page).record).to_contain_text("欧阳总")
    mei.press("f")
    mei.type(SENTENCE)
    page.reload()
    expect(page.get_by_label("跟进内容")).to_have_value(SENTENCE)


def test_the_session_ends_while_one_writes(mei: Visitor) -> None:
    mei.excuse("status of 401")
    customer = mei.customer("晨星教育", contact_name="周总", mobile="13912344005")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("周总")
    mei.press("f")
    mei.type(SENTENCE)
    pages.look()
    # Not before the sentence stands: the page asks for news now and then, and the first refusal
    # brings the question for the password, which takes the keys.
    mei.context.clear_cookies(name="sessionid")
    mei.press("Enter")
    again = page.get_by_role("dialog", name="请重新登录")
    expect(again.get_by_label("密码", exact=True)).to_be_focused()
    mei.type(SALES_PASSWORD)
    mei.press("Enter")
    expect(pages.story).to_contain_text(SENTENCE)
    expect(again).to_be_hidden()
