"""Before a contact and after it: the card that is read, and what a record holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import FilePayload, Locator, expect

from tests.journeys.conftest import PHONE, Colleague, Open, signed_in
from tests.journeys.visitor import Pages, Visitor, eventually
from tests.site.installation import Installation
from zhike.base import clock

Hire = Callable[[str], Colleague]
LATE = "补上那天谈的：觉得报价太贵"


def a_file(visitor: Visitor, name: str, mobile: str) -> dict[str, Any]:
    """A customer who objected twelve days ago, and was promised something today."""
    today = clock.today()
    person = {"contact_name": "周总", "mobile": mobile}
    until = (today + timedelta(days=9)).isoformat()
    customer = visitor.customer(name, core_need="要一套库存系统", cooperation_until=until, **person)
    talk = {
        "way": "phone",
        "content": LATE,
        "objection": "报价太贵",
        "contacted_on": (today - timedelta(days=12)).isoformat(),
        "todos": [{"title": "发比价表", "due_on": today.isoformat()}],
        "next": {"on": today.isoformat(), "matter": "谈价格", "materials": "成本表"},
        "agreed": True,
    }
    path = f"/customers/{customer['id']}/follow-ups"
    return customer | {"follow_up": visitor.api("POST", path, talk, status=201)}


def card_of(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("dialog", name=re.compile("^准备"))


def test_one_click_and_it_is_all_there(mei: Visitor) -> None:
    a_file(mei, "备课重工", "13912342001")
    mei.go()
    page = mei.page
    row = page.locator(".today-main").get_by_role("listitem").filter(has_text="谈价格")
    with mei.budget(1):
        mei.click(row.get_by_role("button", name="联系备课重工前看一眼"))
        for told in ("谈价格", "成本表", LATE, "发比价表", "要一套库存系统", "价格高", "还有9天"):
            expect(card_of(mei)).to_contain_text(told)
    mei.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=mei.url)
    phrase = card_of(mei).locator(".preparation-phrase").first
    mei.click(phrase.get_by_role("button", name="复制"))
    expect(phrase.get_by_role("button", name="复制")).to_contain_text("复制好了")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == phrase.locator("p").inner_text()

    def used() -> int:
        found = mei.api("GET", "/phrases")["items"]
        return sum(one["used"] for one in found if one["body"] == copied)

    eventually(used, 1)
    with page.expect_download() as printed:
        mei.click(card_of(mei).get_by_role("link", name="打印准备卡"))
    assert printed.value.suggested_filename.startswith("备课重工-准备卡-")


def test_in_the_car_park(zhike: Installation, window: Open, hire: Hire) -> None:
    mei = signed_in(window, zhike, hire("王小梅"), **PHONE)
    customer = mei.customer("头一回见机电", contact_name="钱总")
    mei.go(f"/customers/{customer['id']}")
    with mei.budget(1):
        mei.click(mei.page.get_by_role("button", name="联系头一回见机电前看一眼"))
        expect(card_of(mei)).to_contain_text("可以这样说")
    for nothing in ("上次谈到", "顾虑与回应"):
        expect(card_of(mei).get_by_role("region", name=nothing)).to_have_count(0)
        expect(card_of(mei).locator(".preparation-missing")).to_contain_text(nothing)
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert mei.page.evaluate(wide), "nothing runs out at the side"


def test_files_go_along_with_what_is_noted(mei: Visitor) -> None:
    customer = mei.customer("附件随行机电", contact_name="周总")
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    expect(pages.record).to_contain_text("周总")
    photo: FilePayload = {"name": "现场.txt", "mimeType": "text/plain", "buffer": b"8 doors"}
    with mei.budget(4):
        mei.press("f")
        mei.type("看了现场，八个门都要装")
        pages.look()
        mei.steps += 1
        page.locator(".composer input[type=file]").set_input_files([photo])
        expect(page.get_by_role("list", name="随这条跟进的附件")).to_contain_text("现场.txt")
        page.get_by_label("跟进内容").focus()
        mei.press("Enter")
        expect(pages.story.get_by_role("list", name="这条跟进的附件")).to_contain_text("现场.txt")
    expect(page.get_by_role("list", name="随这条跟进的附件")).to_have_count(0)
    (found,) = mei.api("GET", f"/customers/{customer['id']}/attachments")["items"]
    assert (found["of"], found["name"]) == ("follow_up", "现场.txt")


def test_what_was_corrected_and_what_came_late(mei: Visitor) -> None:
    customer = a_file(mei, "补记机电", "13912342003")
    follow_up = customer["follow_up"]
    body = {"version": follow_up["version"], "objection": "报价太贵，比同行贵两成"}
    mei.api("PATCH", f"/follow-ups/{follow_up['id']}", body)
    mei.go(f"/customers/{customer['id']}")
    page, pages = mei.page, Pages(mei.page)
    line = pages.story.locator(".story-line").filter(has_text=LATE)
    expect(line.get_by_text("补记", exact=True)).to_be_visible()
    with mei.budget(1):
        mei.click(line.get_by_role("button", name="改过 1 次"))
        changed = line.get_by_role("list", name="修改记录")
        expect(changed).to_contain_text("王小梅")
        expect(changed.locator("del")).to_have_text("报价太贵")
        expect(changed.locator("ins")).to_have_text("报价太贵，比同行贵两成")
    dates = page.get_by_role("region", name="重要日期")
    expect(dates).to_contain_text("合同到期")
    expect(dates).to_contain_text("还有9天")
    mei.go()
    with mei.budget(1):
        mei.click(page.get_by_role("link", name="及时 0%"))
        late = page.get_by_role("complementary", name="补记晚了的跟进")
        expect(late).to_contain_text(LATE)
    expect(late).to_contain_text("隔了12天")
    page.go_back()
    expect(late).to_be_hidden()
    with mei.budget(1):
        mei.click(page.get_by_role("link", name="看接下来 30 天的"))
        panel = page.get_by_role("complementary", name="重要日期")
        expect(panel).to_contain_text("补记机电")
    mei.click(panel.get_by_text("90天内"))
    expect(page).to_have_url(re.compile("days=90"))


def test_a_lead_opens_what_came_late(
    zhike: Installation, window: Open, hire: Hire, boss: Visitor
) -> None:
    found = hire("史进")
    shi = signed_in(window, zhike, found)
    a_file(shi, "迟到机电", "13912342004")
    boss.go("/?view=team")
    row = boss.page.get_by_role("row").filter(has=boss.page.get_by_role("rowheader", name="史进"))
    with boss.budget(1):
        boss.click(row.get_by_role("link", name="史进补记晚了的 1 条"))
        panel = boss.page.get_by_role("complementary", name="补记晚了的跟进")
        expect(panel).to_contain_text(LATE)
    expect(boss.page).to_have_url(re.compile(f"person={found.id}"))
