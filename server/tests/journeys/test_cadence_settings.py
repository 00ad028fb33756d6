"""跟进频率: a rule of one's own, tried out before its set counts; the limits beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Visitor, eventually

RULE = "展会来的每月一次"


@pytest.fixture
def cadence(boss: Visitor) -> Iterator[Visitor]:
    """The administrator; whatever set counted before counts again afterwards."""
    before = boss.api("GET", "/cadence")["shelf"]
    yield boss
    boss.api("PUT", "/cadence/shelf", {"shelf": before})
    for rule in boss.api("GET", "/cadence")["rules"]:
        if rule["key"].startswith("own-"):
            boss.api("DELETE", f"/cadence/rules/{rule['id']}", status=204)


def planned(visitor: Visitor, customer: int) -> list[str]:
    """The days on which the customer is to be contacted."""
    items = visitor.api("GET", f"/tasks?customer={customer}")["items"]
    return [task["due_on"] for task in items if task["kind"] == "follow_up"]


def choose(visitor: Visitor, box: Locator, word: str) -> None:
    """Pick a word of a list by typing it."""
    visitor.click(box)
    visitor.page.keyboard.type(word)
    visitor.press("Enter")


def test_a_rule_is_written_tried_out_and_its_set_taken(cadence: Visitor, mei: Visitor) -> None:
    page = cadence.page
    fields = {"type": "prospect", "source": "exhibition"}
    customer = mei.customer("节拍钟表", contact_name="周总", mobile="13912341271", **fields)
    body = {"way": "phone", "content": "在展会上聊过，先发资料"}
    logged = mei.api("POST", f"/customers/{customer['id']}/follow-ups", body)
    assert planned(mei, customer["id"]) == [logged["next"]["on"]]

    cadence.go("/settings?part=cadence&item=own")
    expect(page.get_by_role("heading", name="还没有规则")).to_be_visible()
    cadence.click(page.get_by_role("button", name="加一条规则"))
    form = page.get_by_role("dialog")
    cadence.fill(form.get_by_label("规则名称"), RULE)
    cadence.click(form.get_by_role("button", name="加一个条件"))
    asked = form.get_by_role("combobox", name="哪个字段")
    expect(asked).to_have_attribute("aria-invalid", "false")
    cadence.press("Control+Enter")  # nothing chosen: it is not for everybody
    expect(form.get_by_role("alert")).to_contain_text("有条件写了一半")
    expect(asked).to_have_attribute("aria-invalid", "true")
    choose(cadence, asked, "客户来源")
    cadence.press("Control+Enter")
    expect(form.get_by_role("alert")).to_contain_text("有条件写了一半")
    choose(cadence, form.get_by_role("combobox", name="和什么比"), "展会")
    cadence.fill(form.get_by_label("多久一次"), "1")
    cadence.click(form.get_by_role("radio", name="个月"))
    cadence.press("Control+Enter")
    line = page.get_by_role("listitem").filter(has_text=RULE)
    expect(line).to_contain_text("客户来源 是 展会推广：每月一次跟进。")

    dialog = page.get_by_role("dialog")
    with cadence.budget(3):
        cadence.click(page.get_by_role("button", name="采用这一套"))
        expect(dialog.get_by_role("row").filter(has_text="节拍钟表")).to_contain_text(RULE)
        cadence.click(dialog.get_by_text("现在就改这"))
        cadence.click(dialog.get_by_role("button", name="采用", exact=True))
        expect(page.get_by_role("radio", name="自己的规则 在用")).to_be_checked()
    eventually(lambda: planned(mei, customer["id"]) > [logged["next"]["on"]], True)

    mei.go(f"/customers/{customer['id']}")
    expect(mei.page.get_by_text("为什么是这天：")).to_contain_text(RULE)

    with cadence.budget(2):
        cadence.click(page.get_by_role("button", name=f"删除“{RULE}”"))
        expect(line).to_be_hidden()
        cadence.click(page.get_by_role("button", name="撤销"))
        expect(line).to_be_visible()


def test_a_rule_somebody_else_changed_meanwhile(cadence: Visitor) -> None:
    page = cadence.page
    said = {"name": RULE, "when": [], "every": 1, "unit": "month"}
    rule = cadence.api("POST", "/cadence/rules", said, status=201)
    cadence.go("/settings?part=cadence&item=own")
    cadence.click(page.get_by_role("button", name=RULE, exact=True))
    form = page.get_by_role("dialog")
    cadence.fill(form.get_by_label("多久一次"), "2")
    cadence.api("PATCH", f"/cadence/rules/{rule['id']}", {"version": 1, "matter": "寄样品"})
    cadence.excuse("409")
    cadence.press("Control+Enter")
    expect(form.get_by_role("alert")).to_contain_text("寄样品")
    cadence.click(form.get_by_role("button", name="用他改的"))
    expect(form.get_by_label("聊什么")).to_have_value("寄样品")
    cadence.fill(form.get_by_label("多久一次"), "2")
    cadence.press("Control+Enter")
    line = page.get_by_role("listitem").filter(has_text=RULE)
    expect(line).to_contain_text("每 2 个月一次跟进，寄样品。")


def test_the_limits_are_changed_in_plain_words(boss: Visitor) -> None:
    page = boss.page
    before = boss.api("GET", "/care-rules")
    try:
        boss.go("/settings?part=care-rules")
        boss.fill(page.get_by_label("普通客户"), "3")
        boss.fill(page.get_by_label("多久以后再记"), "48")
        expect(page.get_by_text("改了 2 处")).to_be_visible()
        boss.press("Control+Enter")
        expect(page.get_by_text("保存了", exact=True)).to_be_visible()
        held = boss.api("GET", "/care-rules")
        assert (held["guard"]["normal"], held["late_hours"]) == (3, 48)
    finally:
        old = {"guard": before["guard"], "late_hours": before["late_hours"]}
        boss.api("PATCH", "/care-rules", old)


def test_the_limits_somebody_else_changed_meanwhile(boss: Visitor) -> None:
    page = boss.page
    before = boss.api("GET", "/care-rules")
    try:
        boss.go("/settings?part=care-rules")
        normal = page.get_by_label("普通客户")
        boss.fill(normal, "5")
        boss.api("PATCH", "/care-rules", {"late_hours": 47})
        boss.excuse("409")
        boss.press("Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("刚才有人先改了这些设置")
        expect(page.get_by_label("多久以后再记")).to_have_value("47")
        expect(normal).to_have_value("5")
        boss.press("Control+Enter")
        expect(page.get_by_text("保存了", exact=True)).to_be_visible()
        held = boss.api("GET", "/care-rules")
        assert (held["guard"]["normal"], held["late_hours"]) == (5, 47)
    finally:
        old = {"guard": before["guard"], "late_hours": before["late_hours"]}
        boss.api("PATCH", "/care-rules", old)


def test_nothing_typed_is_lost_without_a_question(boss: Visitor) -> None:
    page = boss.page
    question = page.get_by_role("dialog").filter(has_text="改动还没保存")
    stay = question.get_by_role("button", name="留下")
    leave = question.get_by_role("button", name="不要了，离开")
    for part, label in (("care-rules", "多久以后再记"), ("pool-rules", "每人每天最多领")):
        boss.go("/settings?part=jobs")
        boss.click(page.locator(f'.settings-nav a[href$="part={part}"]'))
        boss.fill(page.get_by_label(label), "7")
        boss.click(page.get_by_role("link", name="跟进频率"))
        boss.click(stay)
        expect(page.get_by_label(label)).to_have_value("7")
        page.go_back()
        boss.click(stay)
        expect(page.get_by_label(label)).to_have_value("7")
        boss.click(page.get_by_role("link", name="跟进频率"))
        boss.click(leave)
        expect(page.get_by_role("heading", name="跟进频率")).to_be_visible()

    boss.go("/settings?part=cadence&item=own")
    boss.click(page.get_by_role("button", name="加一条规则"))
    name = page.get_by_label("规则名称")
    boss.press("Escape")
    expect(name).to_be_hidden()  # nothing was typed
    boss.click(page.get_by_role("button", name="加一条规则"))
    boss.fill(name, "每周看望")
    boss.press("Escape")
    boss.click(stay)
    expect(question).to_be_hidden()
    expect(name).to_have_value("每周看望")
    boss.press("Escape")
    boss.click(leave)
    expect(name).to_be_hidden()


def test_another_part_of_the_settings_begins_at_its_top(boss: Visitor) -> None:
    page = boss.page
    page.set_viewport_size({"width": 1280, "height": 420})
    boss.go("/settings?part=care-rules")
    expect(page.get_by_label("免打扰到")).to_be_visible()
    main = page.locator("#main")
    main.evaluate("it => it.scrollTo(0, 300)")
    assert main.evaluate("it => it.scrollTop") == 300
    page.get_by_role("link", name="公海规则").dispatch_event("click")
    expect(page.get_by_label("每人每天最多领")).to_be_visible()
    assert main.evaluate("it => it.scrollTop") == 0


def test_a_return_visit_tells_why_it_stands_on_its_day(mei: Visitor) -> None:
    fields = {"type": "existing", "grade": "A"}
    customer = mei.customer("回访轴承", contact_name="孙总", mobile="13912341273", **fields)
    body = {"way": "phone", "content": "用得不错"}
    mei.api("POST", f"/customers/{customer['id']}/follow-ups", body)
    mei.go(f"/customers/{customer['id']}")
    page = mei.page
    line = page.get_by_role("listitem").filter(has_text="季度回访")
    mei.click(line.get_by_role("button", name="为什么是这天"))
    expect(page.locator(".why-told")).to_contain_text("按“高价值客户每季度回访”")
    mei.press("Escape")
    mei.click(line.get_by_text("季度回访"))
    expect(page.get_by_role("dialog")).to_contain_text("为什么是这天：")


def test_who_may_not_configure_does_not_see_it(mei: Visitor) -> None:
    mei.go("/settings?part=cadence")
    expect(mei.page.get_by_role("link", name="我的通知")).to_be_visible()
    expect(mei.page.get_by_role("link", name="跟进频率")).to_be_hidden()
    expect(mei.page.get_by_role("heading", name="跟进频率")).to_be_hidden()
