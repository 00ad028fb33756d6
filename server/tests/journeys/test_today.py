"""Task 2 of the design: what is to do today, finished and planned anew without leaving the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Pages, Visitor, eventually
from zhike.base import clock


@pytest.fixture
def board(mei: Visitor) -> Visitor:
    """今日 with one follow-up due, one late and one to-do of tomorrow."""
    today = clock.today()
    for number, (name, days) in enumerate((("晨星教育", 0), ("青禾农业", -2))):
        customer = mei.customer(name, contact_name="周总", mobile=f"1391234100{number}")
        task = {"kind": "follow_up", "customer_id": customer["id"]}
        due = (today + timedelta(days=days)).isoformat()
        mei.api("POST", "/tasks", task | {"title": "确认报价", "due_on": due}, status=201)
    tomorrow = (today + timedelta(days=1)).isoformat()
    mei.api("POST", "/tasks", {"kind": "todo", "title": "交周报", "due_on": tomorrow}, status=201)
    mei.go()
    return mei


def section(visitor: Visitor, name: str) -> Locator:
    """A part of the board; a customer beside it has a story with days of the same names."""
    region = visitor.page.get_by_role("region", name=name, exact=True)
    return visitor.page.locator(".today-main").locator(region)


def test_everything_stands_in_its_place(board: Visitor) -> None:
    expect(section(board, "超期")).to_contain_text("青禾农业")
    expect(section(board, "超期")).to_contain_text("超期2天")
    expect(section(board, "今天")).to_contain_text("晨星教育")
    expect(section(board, "未来七天")).to_contain_text("交周报")


def test_finish_one_and_take_it_back(board: Visitor) -> None:
    today = section(board, "今天")
    line = today.get_by_role("listitem").filter(has_text="晨星教育")
    with board.budget(2):
        board.click(line.get_by_role("button", name="完成：确认报价"))
        expect(line).to_be_hidden()
        board.click(board.page.get_by_role("button", name="撤销"))
        expect(line).to_be_visible()
    eventually(lambda: board.api("GET", "/today")["counts"]["done_today"], 0)
    board.click(line.get_by_role("button", name="完成：确认报价"))
    expect(board.page.get_by_text("完成了：确认报价")).to_be_visible()
    eventually(lambda: board.api("GET", "/today")["counts"]["done_today"], 1)


def test_put_off_in_two_steps(board: Visitor) -> None:
    line = section(board, "超期").get_by_role("listitem")
    with board.budget(2):
        board.click(line.get_by_role("button", name="推迟"))
        board.click(board.page.get_by_role("menuitem", name="明天"))
        expect(section(board, "未来七天")).to_contain_text("青禾农业")
    expect(section(board, "超期")).to_be_hidden()
    board.page.get_by_role("button", name="撤销").click()
    expect(section(board, "超期")).to_contain_text("青禾农业")


def test_done_noted_and_planned_on_the_spot(board: Visitor) -> None:
    page = board.page
    line = section(board, "今天").get_by_role("listitem").filter(has_text="晨星教育")
    with board.budget(4):
        board.click(line.get_by_role("button", name="记跟进"))
        board.type("报价定了，等合同")
        Pages(page).look()
        board.click(line.get_by_role("radio", name="后天"))
        board.press("Control+Enter")
        expect(section(board, "未来七天")).to_contain_text("晨星教育")
    expect(section(board, "今天").get_by_role("listitem")).to_have_count(0)
    assert page.url == f"{board.url}/"

    def counts() -> list[int]:
        found = board.api("GET", "/today")["counts"]
        return [found[name] for name in ("due", "coming", "follow_ups_week")]

    eventually(counts, [0, 2, 1])


def test_a_customer_opens_beside_and_back_closes_it(board: Visitor) -> None:
    page = board.page
    section(board, "超期").get_by_role("link", name="青禾农业").click()
    expect(Pages(page).record.get_by_role("heading", name="青禾农业")).to_be_visible()
    expect(section(board, "今天")).to_contain_text("晨星教育")
    page.go_back()
    expect(Pages(page).record).to_be_hidden()


def test_what_was_entered_by_mistake_is_deleted_and_comes_back(board: Visitor) -> None:
    page = board.page
    late = section(board, "超期").get_by_role("listitem")
    with board.budget(3):
        board.click(late.get_by_role("button", name="推迟"))
        board.click(page.get_by_role("menuitem", name="删除"))
        expect(section(board, "超期")).to_be_hidden()
        expect(page.get_by_text("删除了：确认报价")).to_be_visible()
        board.click(page.get_by_role("button", name="撤销"))
        expect(late).to_contain_text("青禾农业")
    coming = section(board, "未来七天")
    # One's own, without a customer: what it is called leads to all of it.
    with board.budget(2):
        board.click(coming.get_by_role("button", name="交周报", exact=True))
        drawer = page.get_by_role("dialog", name="改待办")
        board.click(drawer.get_by_role("button", name="删除"))
        expect(drawer).to_be_hidden()
    expect(coming).not_to_contain_text("交周报")
    eventually(lambda: len(board.api("GET", "/tasks?scope=open")["items"]), 2)


def test_a_to_do_of_a_customer_opens_from_its_page(board: Visitor) -> None:
    customer = board.customer("梧桐里书店")
    due = (clock.today() + timedelta(days=1)).isoformat()
    body = {"kind": "todo", "title": "寄目录", "due_on": due, "customer_id": customer["id"]}
    board.api("POST", "/tasks", body, status=201)
    board.go(f"/customers/{customer['id']}")
    page = board.page
    todos = page.get_by_role("region", name="待办", exact=True)
    board.click(todos.get_by_role("button", name="寄目录", exact=True))
    drawer = page.get_by_role("dialog", name="改待办")
    board.click(drawer.get_by_role("button", name="删除"))
    expect(todos).not_to_contain_text("寄目录")
    board.click(page.get_by_role("button", name="撤销"))
    expect(todos).to_contain_text("寄目录")
