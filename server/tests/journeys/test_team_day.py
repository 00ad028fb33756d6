"""Task 10 of the design: who is behind, and on what; and what a new owner reads first."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import Colleague, Open, signed_in
from tests.journeys.visitor import Visitor, eventually
from tests.site.installation import Installation
from zhike.base import clock

Hire = Callable[[str], Colleague]


def test_a_lead_sees_who_is_behind_and_one_click_leads_there(
    zhike: Installation, window: Open, hire: Hire, boss: Visitor
) -> None:
    found = hire("鲁达")
    lu = signed_in(window, zhike, found)
    customer = lu.customer("落下了的机电", mobile="13912341237")
    lu.customer("没约下次的机电", mobile="13912341238")
    due = (clock.today() - timedelta(days=12)).isoformat()
    task = {"kind": "follow_up", "customer_id": customer["id"], "title": "回报价", "due_on": due}
    lu.api("POST", "/tasks", task, status=201)
    boss.go("/?view=team")
    page = boss.page
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="鲁达"))
    expect(row).to_contain_text("12 天")
    with boss.budget(1):
        boss.click(row.get_by_role("link", name="鲁达超期的 1 件"))
        panel = page.get_by_role("complementary", name="同事的待办")
        expect(panel).to_contain_text("落下了的机电")
    expect(panel).to_contain_text("回报价")
    expect(page).to_have_url(re.compile(f"person={found.id}"))
    page.go_back()
    expect(panel).to_be_hidden()
    with boss.budget(1):
        boss.click(row.get_by_role("link", name="鲁达没约下次的 1 位客户"))
        expect(page.get_by_role("grid", name="客户")).to_contain_text("没约下次的机电")
    expect(page.get_by_role("grid", name="客户").get_by_role("row")).to_have_count(3)


def test_a_lead_begins_the_day_with_the_team(
    zhike: Installation, window: Open, hire: Hire, boss: Visitor
) -> None:
    found = hire("吴用")
    boss.api("PATCH", f"/people/{found.id}", {"role": "sales_lead"})
    lead = signed_in(window, zhike, found)
    lead.go()
    page = lead.page
    expect(page.get_by_role("table").get_by_role("rowheader", name="吴用")).to_be_visible()
    with lead.budget(1):
        lead.click(page.get_by_text("我的", exact=True))
        expect(page.locator(".today-numbers")).to_be_visible()
    lead.go()
    expect(page.locator(".today-numbers")).to_be_visible()


def test_ticked_off_and_the_next_one_planned_where_it_stood(mei: Visitor) -> None:
    customer = mei.customer("接着约机电", mobile="13912341239")
    task = {"kind": "follow_up", "customer_id": customer["id"], "title": "问近况"}
    due = clock.today().isoformat()
    mei.api("POST", "/tasks", task | {"due_on": due, "agreed": True}, status=201)
    mei.go()
    page = mei.page
    with mei.budget(2):
        mei.click(page.get_by_role("button", name="完成：问近况"))
        asked = page.get_by_role("region", name="接着约机电下次什么时候联系")
        mei.click(asked.get_by_role("button", name="后天"))
        expect(page.get_by_text("约好了：接着约机电")).to_be_visible()
    expect(asked).to_be_hidden()
    eventually(lambda: mei.api("GET", "/today")["counts"]["coming"], 1)


def test_a_new_owner_reads_what_was_promised_and_puts_it_away(
    zhike: Installation, window: Open, hire: Hire, mei: Visitor, boss: Visitor
) -> None:
    customer = mei.customer("交接重工", contact_name="周总", mobile="13912341240")
    body = {
        "way": "phone",
        "content": "谈了云服务的报价",
        "contacted_on": clock.today().isoformat(),
        "objection": "觉得价格高",
        "todos": [{"title": "发三家的比价表", "due_on": clock.today().isoformat()}],
    }
    mei.api("POST", f"/customers/{customer['id']}/follow-ups", body)
    taker = hire("鲁达")
    version = boss.api("GET", f"/customers/{customer['id']}")["version"]
    boss.api("PATCH", f"/customers/{customer['id']}", {"version": version, "owner_id": taker.id})
    lu = signed_in(window, zhike, taker)
    lu.go(f"/customers/{customer['id']}")
    card = lu.page.get_by_role("region", name="交接摘要")
    for told in ("从王小梅手里接来的", "发三家的比价表", "谈了云服务的报价", "觉得价格高"):
        expect(card).to_contain_text(told)
    with lu.budget(1):
        lu.click(card.get_by_role("button", name="看过了", exact=True))
        expect(card).to_be_hidden()
    lu.page.reload()
    expect(lu.page.get_by_role("heading", name="交接重工")).to_be_visible()
    expect(card).to_be_hidden()
