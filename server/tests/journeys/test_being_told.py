"""Notices: the bell, how one wants to be told, the channels, and the work behind the scenes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import PHONE, Colleague, Open, signed_in
from tests.journeys.test_look import check
from tests.journeys.visitor import Pages, Visitor, eventually
from tests.site.installation import Installation
from tests.trail.robots import robots, saying
from zhike.base import clock

SOON = 10_000  # milliseconds; a new notice is there at once, not at the next look


@pytest.fixture
def told(
    zhike: Installation, window: Open, hire: Callable[[str], Colleague], boss: Visitor
) -> tuple[Visitor, Callable[[str], int]]:
    """A sales person's window, and how to give them a customer, of which they are told."""
    who = hire("王小梅")
    mei = signed_in(window, zhike, who)

    def give(name: str) -> int:
        customer = boss.customer(name, contact_name="周总", mobile="13912346001")
        body = {"version": customer["version"], "owner_id": who.id}
        number: int = boss.api("PATCH", f"/customers/{customer['id']}", body)["id"]
        return number

    return mei, give


def bell(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("banner").get_by_role("button", name="通知")


def panel(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("dialog", name="通知")


def test_told_at_once_and_led_there(told: tuple[Visitor, Callable[[str], int]]) -> None:
    mei, give = told
    mei.go()
    page = mei.page
    expect(bell(mei)).to_have_accessible_name("通知")
    give("清溪纸业")
    expect(bell(mei)).to_have_accessible_name("通知，1 条未读", timeout=SOON)
    expect(page).to_have_title("(1) 今日 · 知客")
    toast = page.locator(".notice-toast")
    expect(toast).to_contain_text("清溪纸业")
    with mei.budget(2):
        mei.click(toast.get_by_role("button", name="看一看"))
        today = panel(mei).get_by_role("region", name="今天")
        mei.click(today.get_by_role("link", name="清溪纸业"))
    expect(Pages(page).record.get_by_role("heading", name="清溪纸业")).to_be_visible()
    expect(bell(mei)).to_have_accessible_name("通知")
    expect(panel(mei)).to_be_hidden()
    eventually(lambda: mei.api("GET", "/notices/summary")["unread"], 0)


def test_read_by_keyboard_and_all_at_once(told: tuple[Visitor, Callable[[str], int]]) -> None:
    mei, give = told
    for name in ("北麓药业", "南屏纺织", "东篱园艺"):
        give(name)
    mei.go()
    expect(bell(mei)).to_have_accessible_name("通知，3 条未读")
    mei.press("b")
    box = panel(mei)
    expect(box.get_by_role("listitem")).to_have_count(3)
    check(mei, "通知")
    mei.go()  # the checker stops all movement for good
    mei.press("b")
    box.get_by_role("button", name="标为已读").filter(visible=True).first.click()
    expect(bell(mei)).to_have_accessible_name("通知，2 条未读")
    mei.click(box.get_by_text("未读 2"))
    expect(box.get_by_role("listitem")).to_have_count(2)
    mei.click(box.get_by_role("button", name="全部已读"))
    expect(bell(mei)).to_have_accessible_name("通知")
    mei.press("Escape")
    expect(box).to_be_hidden()
    mei.press("b")
    first = box.get_by_role("link", name="转交").first
    expect(box.get_by_role("listitem")).to_have_count(3)
    mei.press("ArrowDown")
    expect(first).to_be_focused()
    mei.press("Enter")
    expect(mei.page).to_have_url(f"{mei.url}/customers/{customer_of(mei)}")


def customer_of(visitor: Visitor) -> int:
    """The customer of the latest notice."""
    number: int = visitor.api("GET", "/notices")["items"][0]["customer"]["id"]
    return number


def test_without_a_stream_it_asks(told: tuple[Visitor, Callable[[str], int]]) -> None:
    mei, give = told
    mei.context.route("**/notices/stream", lambda route: route.fulfill(status=503, body=""))
    mei.page.clock.install()
    mei.go()
    expect(bell(mei)).to_have_accessible_name("通知")
    mei.page.clock.run_for(1000)
    give("西塘米业")
    mei.page.clock.run_for(31_000)
    expect(bell(mei)).to_have_accessible_name("通知，1 条未读")
    mei.page.clock.run_for(1000)
    expect(mei.page.locator(".notice-toast")).to_contain_text("西塘米业")


def test_how_one_wants_to_be_told(mei: Visitor) -> None:
    mei.go("/settings?part=notices")
    page = mei.page
    expect(page.get_by_role("table", name="怎么通知我")).to_contain_text("待办提醒")
    mei.click(page.get_by_role("switch", name="工作日早上"))
    eventually(lambda: mei.api("GET", "/notices/wishes")["wants_digest"], False)
    mei.click(page.get_by_text("我自己定"))
    mei.fill(page.get_by_label("从几点"), "22:30")
    mei.click(page.get_by_role("button", name="保存"))
    eventually(lambda: mei.api("GET", "/notices/wishes")["quiet_from"], "22:30")
    mei.click(page.get_by_text("跟公司一样"))
    eventually(lambda: mei.api("GET", "/notices/wishes")["quiet_to"], None)
    check(mei, "我的通知")


def test_a_calendar_reads_until_it_is_stopped(mei: Visitor) -> None:
    due = clock.today().isoformat()
    mei.api("POST", "/tasks", {"kind": "todo", "title": "交季度总结", "due_on": due}, status=201)
    mei.go("/settings?part=notices")
    page = mei.page
    mei.click(page.get_by_role("button", name="生成订阅地址"))
    address = page.get_by_label("订阅地址").input_value()
    feed = address.removeprefix(mei.url)
    assert "交季度总结" in mei.call("GET", feed).decode()
    page.reload()
    expect(page.get_by_text("订阅着")).to_be_visible()
    expect(page.get_by_label("订阅地址")).to_be_hidden()
    mei.click(page.get_by_role("button", name="停掉"))
    mei.click(page.get_by_role("dialog").get_by_role("button", name="停掉"))
    expect(page.get_by_role("button", name="生成订阅地址")).to_be_visible()
    mei.call("GET", feed, status=404)


def test_a_robot_is_set_up_tried_and_mended(boss: Visitor) -> None:
    page = boss.page
    with robots() as group:
        group.plan.append(saying({"errcode": 93000, "errmsg": "invalid webhook url"}))
        boss.go("/settings?part=channels")
        boss.click(page.get_by_role("button", name="企业微信"))
        drawer = page.get_by_role("dialog", name="加一个渠道：企业微信")
        boss.click(drawer.get_by_role("button", name="加上"))
        expect(drawer).to_contain_text("把机器人的地址贴进来")
        boss.fill(drawer.get_by_label("Webhook 地址"), group.url("wecom"))
        boss.press("Control+Enter")
        line = page.get_by_role("list", name="通知渠道").get_by_role("listitem")
        expect(line).to_contain_text("还没发过")
        expect(line).not_to_contain_text("693a91f6")
        boss.click(line.get_by_role("button", name="试发"))
        expect(line.get_by_role("status")).to_contain_text("请重新粘贴")
        expect(line).to_contain_text("发不出去")
        boss.click(line.get_by_role("button", name="试发"))
        expect(line.get_by_role("status")).to_contain_text("去群里看看")
        expect(line).to_contain_text("正常")
        assert "试发一条通知" in group.texts()[0]
        check(boss, "通知渠道")
        boss.go("/settings?part=channels")
        boss.click(line.get_by_role("button", name="更多操作"))
        boss.click(page.get_by_role("menuitem", name="投递记录"))
        told = page.get_by_role("dialog", name="投递记录")
        expect(told).to_contain_text("还没有发过什么")
        expect(page.get_by_role("menu")).to_be_hidden()
        expect(told.locator(".focused")).to_be_focused()
        boss.press("Escape")
        boss.click(line.get_by_role("button", name="更多操作"))
        boss.click(page.get_by_role("menuitem", name="删掉"))
        boss.click(page.get_by_role("dialog").get_by_role("button", name="删掉"))
        expect(page.get_by_text("提醒现在只在铃铛里")).to_be_visible()


def test_the_work_behind_the_scenes(boss: Visitor) -> None:
    boss.go("/settings?part=jobs")
    page = boss.page
    workers = page.get_by_role("list", name="工作进程").get_by_role("listitem")
    expect(workers.first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    jobs = page.get_by_role("list", name="做过的和要做的").get_by_role("listitem")
    expect(jobs.first).to_contain_text("已完成")
    boss.click(page.get_by_role("radio", name="失败"))
    expect(page.get_by_text("没有失败的").or_(jobs.first)).to_be_visible()
    expect(page.locator(".jobs.is-stale")).to_have_count(0)
    check(boss, "后台任务")


def test_a_task_is_put_off_by_an_hour_and_comes_back_every_week(mei: Visitor) -> None:
    page = mei.page
    due = clock.today() - timedelta(days=1)
    body = {"kind": "todo", "title": "整理报价", "due_on": due.isoformat()}
    task = mei.api("POST", "/tasks", body, status=201)
    mei.go()
    line = page.locator(".task-row").filter(has_text="整理报价")
    with mei.budget(2):
        mei.click(line.get_by_role("button", name="推迟"))
        mei.click(page.get_by_role("menuitem", name="1小时后"))
    expect(page.get_by_role("region", name="超期")).to_be_hidden()
    expect(line).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("region", name="超期")).to_contain_text("整理报价")
    mei.click(line.get_by_role("button", name="推迟"))
    mei.click(page.get_by_role("menuitem", name="修改、提醒、重复"))
    drawer = page.get_by_role("dialog", name="改待办")
    mei.click(drawer.get_by_label("重复"))
    mei.click(page.locator(".ant-select-dropdown").get_by_text("每周", exact=True))
    mei.press("Control+Enter")
    expect(line).to_contain_text("每周")
    mei.click(line.get_by_role("button", name="完成"))
    coming = page.get_by_role("region", name="未来七天")
    expect(coming).to_contain_text("整理报价")
    after = due + timedelta(days=7)
    found = mei.api("GET", "/tasks?scope=open")["items"]
    assert [(one["due_on"], one["series"]) for one in found] == [(after.isoformat(), task["id"])]


def test_on_the_phone(
    zhike: Installation, window: Open, hire: Callable[[str], Colleague], boss: Visitor
) -> None:
    who = hire("林冲")
    phone = signed_in(window, zhike, who, **PHONE)
    customer = boss.customer("梅岭茶庄", contact_name="周总", mobile="13912346002")
    body = {"version": customer["version"], "owner_id": who.id}
    boss.api("PATCH", f"/customers/{customer['id']}", body)
    phone.go()
    with phone.budget(2):
        phone.click(bell(phone))
        phone.click(panel(phone).get_by_role("link", name="梅岭茶庄"))
    expect(Pages(phone.page).record).to_contain_text("梅岭茶庄")
