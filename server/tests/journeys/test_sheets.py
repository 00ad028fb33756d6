"""模板、话术、清单: written in the settings, used while logging and on a customer's page."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Route, expect

from tests.journeys.visitor import Pages, Visitor, eventually


def steps(visitor: Visitor) -> Locator:
    """The check list card on the page of a customer."""
    return visitor.page.get_by_role("region", name="清单", exact=True)


def logged(visitor: Visitor, customer: dict[str, Any]) -> list[str]:
    told = visitor.api("GET", f"/customers/{customer['id']}/timeline?kind=follow_up")["items"]
    return [one["body"] for one in told]


def test_a_template_is_filled_gap_by_gap(mei: Visitor) -> None:
    customer = mei.customer("逐空填写机械")
    mei.go(f"/customers/{customer['id']}")
    page = mei.page
    content = page.get_by_label("跟进内容")
    expect(content).to_be_visible()
    with mei.budget(8):
        mei.press("f")
        mei.type("聊得不错")
        mei.press("Control+/")
        mei.click(page.get_by_role("menuitem", name="首次拜访"))
        expect(page.get_by_role("radio", name="拜访")).to_be_checked()
        expect(content).to_be_focused()
        mei.type("孙总")
        mei.press("Tab")
        mei.type("厂长")
        mei.click(page.get_by_role("button", name="去掉没填的行"))
    # What was typed before stands first, what was begun stays, and nothing was read into the form.
    expect(content).to_have_value("聊得不错\n见到：孙总（职位厂长），在场还有＿＿。")
    expect(page.get_by_role("status").filter(has_text="还有 1 处没填")).to_be_visible()
    with page.expect_response(lambda answer: "李工" in (answer.request.post_data or "")):
        mei.type("李工")
    page.wait_for_timeout(300)  # nothing is saved that nobody could have looked at
    expect(content).to_have_value(re.compile("在场还有李工。$"))
    for answer in ("认可", "疑虑", "拒绝"):
        expect(page.get_by_role("radio", name=answer)).not_to_be_checked()
    mei.press("Control+Enter")
    eventually(lambda: logged(mei, customer), ["聊得不错\n见到：孙总（职位厂长），在场还有李工。"])


def test_phrases_that_answer_come_first_and_are_counted(mei: Visitor, office: Visitor) -> None:
    phrase = office.api(
        "POST",
        "/phrases",
        {
            "title": "嫌样机旧",
            "objection": "样机太旧",
            "body": "新样机下周到，我带来给您试＿＿天。",
        },
    )
    customer = mei.customer("话术试用电子")
    mei.go(f"/customers/{customer['id']}")
    page = mei.page
    expect(page.get_by_label("跟进内容")).to_be_visible()
    mei.press("f")
    mei.type("他嫌样机太旧了")
    with mei.budget(2):
        mei.click(page.get_by_role("region", name="记跟进").get_by_role("button", name="话术"))
        answers = page.get_by_role("region", name="回应他的顾虑")
        expect(answers.get_by_role("listitem")).to_have_count(1)
        mei.click(answers.get_by_role("button", name="放进内容：“嫌样机旧”"))
    content = page.get_by_label("跟进内容")
    expect(content).to_have_value("他嫌样机太旧了\n新样机下周到，我带来给您试＿＿天。")
    expect(content).to_be_focused()
    mei.type("三")
    expect(content).to_have_value(re.compile("给您试三天。$"))

    # On the page of the customer, too, and by the customer's own words.
    mei.go(f"/customers/{customer['id']}")
    mei.click(steps(mei).get_by_role("button", name="话术"))
    drawer = page.get_by_role("dialog", name="话术")
    mei.fill(drawer.get_by_role("textbox", name="找话术"), "样机 新")
    expect(drawer.get_by_role("listitem")).to_have_count(1)
    mei.click(drawer.get_by_role("button", name="复制“嫌样机旧”"))
    expect(drawer).to_contain_text("用过 2 次")
    (held,) = [one for one in mei.api("GET", "/phrases")["items"] if one["id"] == phrase["id"]]
    assert held["used"] == 2


def test_steps_are_ticked_and_a_refusal_is_told(mei: Visitor) -> None:
    customer = mei.customer("清单勾选食品", deal_stage="needs")
    mei.go(f"/customers/{customer['id']}")
    card, page = steps(mei), mei.page
    boxes = card.locator(".is-now").get_by_role("checkbox")
    expect(card.locator(".is-now")).to_contain_text("0/6")
    # Earlier stages stand folded, their steps within reach.
    expect(card.get_by_text("初步接触", exact=True)).to_be_visible()
    expect(card.get_by_role("checkbox")).to_have_count(6)
    for place in range(5):
        mei.click(boxes.nth(place))
    expect(card.locator(".is-now")).to_contain_text("5/6")
    expect(card.locator(".is-now li").first).to_contain_text("王小梅")

    def ticked() -> int:
        lists = mei.api("GET", f"/customers/{customer['id']}/checklists")["items"]
        return int(sum(one["done"] for stage in lists for one in stage["lists"]))

    eventually(ticked, 5)
    mei.excuse("Failed to load resource")
    page.route("**/checklists/*/items/*", lambda route: route.abort())
    mei.click(boxes.nth(5))
    expect(page.get_by_text("连不上服务器")).to_be_visible()
    expect(boxes.nth(5)).not_to_be_checked()
    expect(card.locator(".is-now")).to_contain_text("5/6")
    page.unroute("**/checklists/*/items/*")
    mei.click(boxes.nth(5))
    expect(card.locator(".is-now")).to_contain_text("6/6")
    expect(Pages(page).story).to_contain_text("王小梅做完了需求确认的清单：需求确认要做到")
    mei.click(boxes.nth(0))
    eventually(ticked, 5)


def test_sheets_are_written_removed_and_brought_back(boss: Visitor) -> None:
    page = boss.page
    boss.go("/settings?part=sheets")
    with boss.budget(4):
        boss.click(page.get_by_role("button", name="新建模板"))
        boss.fill(page.get_by_role("textbox", name="场景"), "展会接待")
        boss.fill(page.get_by_role("textbox", name="内容"), "来自＿＿展位。")
        boss.press("Control+Enter")
        line = page.get_by_role("listitem").filter(has_text="展会接待")
        expect(line).to_contain_text("来自＿＿展位。")

    # Two at once: the second one sees what the first made of it, and decides.
    boss.click(page.get_by_role("button", name="修改“展会接待”"))
    (held,) = [one for one in boss.api("GET", "/templates")["items"] if one["scene"] == "展会接待"]
    boss.api("PATCH", f"/templates/{held['id']}", {"version": 1, "body": "同事写的"})
    boss.excuse("409")
    form = page.get_by_role("dialog")
    boss.fill(form.get_by_role("textbox", name="内容"), "我写的＿＿")
    held_back: list[Route] = []
    page.route("**/templates/*", lambda route: held_back.append(route))
    boss.press("Control+Enter")
    # The mark of waiting is not faded out: it would stay where the answer is quick.
    waiting = form.get_by_role("button", name="请稍候").get_by_role("img")
    expect(waiting).to_be_visible()
    expect(form.locator("[class*=loading-icon-motion]")).to_have_count(0)
    held_back[0].continue_()
    page.unroute("**/templates/*")
    expect(form.get_by_role("alert")).to_contain_text("同事写的")
    expect(waiting).to_have_count(0)
    boss.click(form.get_by_role("button", name=re.compile("^用我的")))
    expect(line).to_contain_text("我写的＿＿")

    with boss.budget(2):
        boss.click(page.get_by_role("button", name="删除“展会接待”"))
        expect(line).to_have_count(0)
        boss.click(page.get_by_role("button", name="撤销"))
        expect(line).to_contain_text("我写的＿＿")

    # Moved up by keyboard: Space takes, the arrow moves, Space drops.
    page.get_by_role("button", name="移动“展会接待”").focus()
    for key in ("Space", "ArrowUp", "Space"):
        boss.press(key)
        page.wait_for_timeout(300)

    def last() -> str:
        return str(boss.api("GET", "/templates")["items"][-1]["scene"])

    eventually(last, "流失挽回")
    boss.api("DELETE", f"/templates/{held['id']}")


def test_a_check_list_is_written_step_by_step(boss: Visitor) -> None:
    page = boss.page
    boss.go("/settings?part=sheets&item=checklists")
    with boss.budget(8):
        boss.click(page.get_by_role("button", name="新建清单"))
        form = page.get_by_role("dialog")
        boss.click(form.get_by_role("radio", name="流失"))
        boss.fill(form.get_by_role("textbox", name="清单名称"), "道别要做到")
        boss.fill(form.get_by_role("textbox", name="第 1 步"), "问清为什么走")
        boss.press("Enter")
        boss.type("约好半年后再聊")
        boss.press("Control+Enter")
        expect(form).to_be_hidden()
    line = page.get_by_role("listitem").filter(has_text="道别要做到")
    expect(line).to_contain_text("2 步")
    boss.click(page.get_by_role("button", name="删除“道别要做到”"))
    expect(line).to_have_count(0)


def test_who_only_sells_reads_them(mei: Visitor) -> None:
    page = mei.page
    mei.go("/settings?part=sheets&item=phrases")
    expect(page.get_by_role("region", name="客户说“价格高”")).to_be_visible()
    expect(page.get_by_text("由管理员维护")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^(新建话术|修改|删除|移动)"))).to_have_count(
        0
    )
