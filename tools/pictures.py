"""Take the README's pictures anew: `python tools/pictures.py [folder]`, after `make web`.

Starts an installation of its own, fills it with `zhike demo`, and looks at it through Debian's
Chromium as a person would. It is always the same Wednesday morning there, for server and browser,
and so the pictures change only with the product.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "server"), str(ROOT)]

import openpyxl  # noqa: E402
from playwright.sync_api import Browser, expect, sync_playwright  # noqa: E402
from tools import png  # noqa: E402

from tests.journeys.conftest import CHROMIUM, PHONE  # noqa: E402
from tests.journeys.sheet import fixtures  # noqa: E402
from tests.journeys.visitor import PATIENCE, Pages, Visitor  # noqa: E402
from tests.site import installation  # noqa: E402
from tests.site.installation import Installation  # noqa: E402
from zhike.base.clock import SHANGHAI  # noqa: E402

NOW = datetime(2026, 11, 18, 10, 10, tzinfo=SHANGHAI)
# Python reads this file before anything else, in every process of the installation.
TURN_THE_CLOCK = f"""
import datetime, time_machine
time_machine.travel(datetime.datetime.fromisoformat("{NOW.isoformat()}"), tick=True).start()
"""
LARGEST = 250_000  # bytes of one picture
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
NEWCOMERS = [
    "杭州云栖智造科技有限公司",
    "宁波港通国际物流有限公司",
    "苏州工业园区启明光电有限公司",
    "成都蜀味食品股份有限公司",
    "武汉光谷医疗器械有限公司",
    "青岛海联冷链有限公司",
    "西安秦岭环保工程有限公司",
    "厦门鹭岛旅行社有限公司",
    "长沙湘绣文化传播有限公司",
    "南京紫金软件有限公司",
    "郑州中原农机有限公司",
    "大连北方船舶配件有限公司",
    "合肥科大讯声电子有限公司",
    "无锡太湖纺织有限公司",
    "佛山南海陶瓷有限公司",
]
TROUBLES: dict[int, dict[str, str]] = {
    2: {"联系方式": "1.38E+10"},
    4: {"合作开始时间": "2025-02-30"},
    7: {"邮箱": "lihua@@example.com"},
    9: {"客户名称": ""},
    11: {"合同金额(万元)": "面议"},
    13: {"联系方式": "138****5678"},
}


@dataclass(frozen=True)
class Demo:
    """The filled installation, and who may look at it."""

    at: Installation
    browser: Browser
    folder: Path
    password: str
    boss: str
    sales: list[str]

    def visit(self, username: str, **options: Any) -> Visitor:
        """Open a window in which somebody is signed in."""
        settings = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "color_scheme": "light"}
        context = self.browser.new_context(**settings, **(options or DESK))
        context.clock.set_fixed_time(NOW)
        visitor = Visitor(context, self.at.url, is_phone=bool(options))
        visitor.sign_in(username, self.password)
        return visitor

    def take(self, visitor: Visitor, name: str) -> None:
        """Take the picture once nothing moves or loads, and close the window."""
        visitor.page.mouse.move(0, 0)
        visitor.page.wait_for_load_state("networkidle")
        visitor.page.evaluate("document.fonts.ready")
        file = self.folder / f"{name}.png"
        taken = visitor.page.screenshot(animations="disabled")
        visitor.context.close()
        file.write_bytes(png.smaller(taken))
        size = file.stat().st_size
        print(f"{file}: {size // 1000} kB")
        assert size < LARGEST, f"{file} is too large"
        assert not visitor.unexcused(), visitor.unexcused()


def filled(at: Installation, browser: Browser, folder: Path) -> Demo:
    """Fill the installation with its demo data and read from its answer who may sign in."""
    done = at.zhike("demo")
    assert done.returncode == 0, done.stderr
    sales_line = next(line for line in done.stdout.splitlines() if "可以用这些登录名登录" in line)
    boss = re.search(r"管理员：(\w+)", done.stdout)
    password = re.search(r"密码都是：(\S+?)（", done.stdout)
    assert boss and password, done.stdout
    names = re.findall(r"(\w+)（", sales_line.partition("：")[2])
    return Demo(at, browser, folder, password[1], boss[1], [n for n in names if n != boss[1]])


def busiest(demo: Demo) -> str:
    """The sales person whose day is full, but not hopeless."""

    def weight(username: str) -> int:
        visitor = demo.visit(username)
        counts = visitor.api("GET", "/today")["counts"]
        visitor.context.close()
        return min(counts["due"], 5) * 4 + min(counts["overdue"], 3) + min(counts["coming"], 4)

    return max(demo.sales, key=weight)


def well_known(visitor: Visitor) -> dict[str, Any]:
    """The key customer with the richest story among those with a plan."""
    found = visitor.api("GET", "/customers?is_key=true&limit=40")["items"]
    planned = [one for one in found if one["next_follow_up_on"] and one["contact"]]

    def length(one: dict[str, Any]) -> int:
        path = f"/customers/{one['id']}/timeline?limit=40"
        kinds = [item["kind"] for item in visitor.api("GET", path)["items"]]
        return len(kinds) + 5 * len(set(kinds))

    return max(planned[:12], key=length)


def today(demo: Demo, seller: str) -> None:
    visitor = demo.visit(seller)
    visitor.go()
    expect(visitor.page.locator(".today-numbers")).to_be_visible()
    demo.take(visitor, "today")


def customers(demo: Demo) -> None:
    visitor = demo.visit(demo.boss)
    visitor.go("/customers")
    expect(Pages(visitor.page).list.get_by_role("row").nth(12)).to_be_visible()
    demo.take(visitor, "customers")


def customer(demo: Demo, seller: str) -> dict[str, Any]:
    visitor = demo.visit(seller)
    chosen = well_known(visitor)
    visitor.go(f"/customers/{chosen['id']}")
    pages = Pages(visitor.page)
    expect(pages.story.get_by_role("listitem").nth(3)).to_be_visible()
    expect(visitor.page.get_by_role("region", name="下次跟进")).to_be_visible()
    demo.take(visitor, "customer")
    return chosen


def follow_up(demo: Demo, seller: str, chosen: dict[str, Any]) -> None:
    """A sentence understood, before it is saved."""
    visitor = demo.visit(seller)
    visitor.go(f"/customers/{chosen['id']}")
    page, pages = visitor.page, Pages(visitor.page)
    expect(pages.story.get_by_role("listitem").nth(3)).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_label("跟进内容")).to_be_focused()
    page.keyboard.type(
        f"今天电话{chosen['contact']['name']}，对新风系统感兴趣，"
        "嫌价格有点高，下周三上午十点发报价，预算50万"
    )
    pages.look()
    demo.take(visitor, "follow-up")


def preparation(demo: Demo, seller: str, chosen: dict[str, Any]) -> None:
    visitor = demo.visit(seller)
    visitor.go(f"/customers/{chosen['id']}")
    page = visitor.page
    page.get_by_role("button", name=re.compile("前看一眼")).first.click()
    card = page.get_by_role("dialog", name=re.compile("^准备"))
    expect(card.locator(".preparation-phrase").first).to_be_visible()
    demo.take(visitor, "preparation")


def team(demo: Demo) -> None:
    visitor = demo.visit(demo.boss)
    visitor.go("/?view=team")
    expect(visitor.page.get_by_role("row").nth(4)).to_be_visible()
    demo.take(visitor, "team")


def rhythm(demo: Demo) -> None:
    visitor = demo.visit(demo.boss)
    visitor.go("/settings?part=cadence")
    expect(visitor.page.get_by_role("heading", name="跟进频率").first).to_be_visible()
    demo.take(visitor, "rhythm")


def pool(demo: Demo, seller: str) -> None:
    visitor = demo.visit(seller)
    visitor.go("/pool")
    expect(visitor.page.get_by_role("button", name="领取").first).to_be_visible()
    demo.take(visitor, "pool")


def bring_in(demo: Demo, folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(fixtures.STANDARD)
    names = itertools.chain(NEWCOMERS, (f"义乌小商品{n}号商行" for n in range(1, 40)))
    for number, name in zip(range(1, 39), names, strict=False):
        cells = {"客户编号": "", "客户名称": name} | TROUBLES.get(number, {})
        sheet.append(fixtures.standard_row(7000 + number, **cells))
    file = folder / "客户信息管理表.xlsx"
    book.save(file)
    visitor = demo.visit(demo.boss)
    visitor.go("/doors")
    page = visitor.page
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("button", name=re.compile("确认导入"))).to_be_enabled()
    expect(page.get_by_role("cell").first).to_be_visible()
    demo.take(visitor, "import")


def search(demo: Demo) -> None:
    visitor = demo.visit(demo.boss)
    visitor.go("/customers")
    page = visitor.page
    expect(Pages(page).list.get_by_role("row").nth(12)).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator("input:focus")).to_have_count(1)
    page.keyboard.type("hz")
    expect(page.get_by_role("option").nth(2)).to_be_visible()
    demo.take(visitor, "search")


def roles(demo: Demo) -> None:
    visitor = demo.visit(demo.boss)
    found = visitor.api("GET", "/roles")["items"]
    lead = next(one for one in found if one["key"] == "service_lead")
    visitor.go(f"/settings?part=roles&role={lead['id']}")
    records = visitor.page.get_by_role("heading", name="看得到哪些记录")
    expect(records).to_be_visible()
    # Below the sentence that says it all, which stays at the top.
    records.evaluate("one => one.closest('section').scrollIntoView()")
    visitor.page.locator("#main").evaluate("main => main.scrollBy(0, -90)")
    demo.take(visitor, "roles")


def audit(demo: Demo, seller: str, chosen: dict[str, Any]) -> None:
    """The log of a morning on which something happened."""
    path = f"/customers/{chosen['id']}"
    salesman, visitor = demo.visit(seller), demo.visit(demo.boss)
    people = visitor.api("GET", "/people")["items"]
    helper = next(one for one in people if one["username"] not in (seller, demo.boss))
    helpers = demo.visit(helper["username"])
    contact = chosen["contact"]["id"]
    salesman.api("POST", f"/contacts/{contact}/reveals", {"field": "mobile"})
    file = salesman.api("GET", path)
    raised = {"contract_amount": (file["contract_amount"] or 0) + 3_600_000}
    salesman.api("PATCH", path, {"version": file["version"], "need_status": "closing", **raised})
    talk = {"way": "phone", "content": "加购两台，合同下午寄出。", "contacted_on": "2026-11-18"}
    salesman.api("POST", f"{path}/follow-ups", {**talk, "next": None, "todos": []})
    visitor.api("PUT", f"{path}/collaborators/{helper['id']}", {"may_edit": True})
    helpers.api("POST", f"/contacts/{contact}/reveals", {"field": "mobile"})
    visitor.api("PATCH", f"/people/{helper['id']}", {"role": "sales_lead"})
    for one in (salesman, helpers):
        one.context.close()
    visitor.go("/settings/audit")
    line = visitor.page.get_by_role("listitem").filter(has_text="修改客户").first
    line.get_by_role("button").first.click()
    expect(line).to_contain_text("请求编号")
    demo.take(visitor, "audit")


def phone(demo: Demo, seller: str) -> None:
    visitor = demo.visit(seller, **PHONE)
    visitor.go()
    expect(visitor.page.locator(".today-numbers")).to_be_visible()
    demo.take(visitor, "phone")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    path = shutil.which("chromium")
    assert path, "chromium is not installed: run `make system`"
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory() as desk:
        (Path(desk) / "sitecustomize.py").write_text(TURN_THE_CLOCK, encoding="utf-8")
        take_all(folder, Path(desk), path)


def take_all(folder: Path, desk: Path, chromium: str) -> None:
    """Take every picture into `folder`; `desk` holds files that are needed only on the way."""
    at_that_time = os.pathsep.join([str(desk), *filter(None, [os.environ.get("PYTHONPATH")])])
    with (
        installation.running(set_up=False, PYTHONPATH=at_that_time) as at,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=CHROMIUM)
        demo = filled(at, browser, folder)
        seller = busiest(demo)
        today(demo, seller)
        customers(demo)
        chosen = customer(demo, seller)
        follow_up(demo, seller, chosen)
        preparation(demo, seller, chosen)
        team(demo)
        rhythm(demo)
        pool(demo, seller)
        bring_in(demo, desk)
        search(demo)
        roles(demo)
        audit(demo, seller, chosen)
        phone(demo, seller)
        browser.close()


if __name__ == "__main__":
    main()
