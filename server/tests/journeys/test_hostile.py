"""Names and notes are text, whatever stands in them: no script runs, nothing is asked elsewhere.

Every journey fails on a dialog, a violated policy, a foreign request or an error in the console;
this one goes through the pages with text that would cause them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Colleague, Open, signed_in
from tests.journeys.visitor import Pages, Visitor
from tests.site.installation import Installation
from zhike.base import clock

TEXTS = [
    "<script>alert('名称')</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(document.cookie)>',
    "</script><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "javascript:alert(1)",
    '=HYPERLINK("http://evil.example","点这里")',
    "<a href='https://evil.example/x'>看这里</a><link rel=stylesheet href=//evil.example>",
    "很长的名字" * 24,
]


@pytest.fixture
def among_hostile(
    zhike: Installation, window: Open, hire: Callable[[str], Colleague]
) -> Callable[..., tuple[Visitor, list[int]]]:
    """Open a window of somebody whose every customer, note and task is hostile."""

    def enter(**options: object) -> tuple[Visitor, list[int]]:
        visitor = signed_in(window, zhike, hire("<b onclick=alert(1)>王"), **options)
        ids = []
        for text in TEXTS:
            customer = visitor.customer(text, contact_name=text[:40], products=text, remark=text)
            note = {"way": "phone", "content": text, "customer_feedback": text}
            today = clock.today().isoformat()
            path = f"/customers/{customer['id']}/follow-ups"
            visitor.api("POST", path, note | {"next": {"on": today, "matter": text}}, status=201)
            ids.append(customer["id"])
        return visitor, ids

    return enter


def test_text_stays_text_on_every_page(
    among_hostile: Callable[..., tuple[Visitor, list[int]]],
) -> None:
    visitor, ids = among_hostile()
    page, pages = visitor.page, Pages(visitor.page)
    visitor.go()
    for text in TEXTS:
        expect(page.get_by_role("region", name="今天", exact=True)).to_contain_text(text)
    visitor.go("/customers")
    for text in TEXTS:
        expect(pages.row(text)).to_be_visible()
    for text, customer in list(zip(TEXTS, ids, strict=True))[:4]:
        visitor.go(f"/customers/{customer}")
        expect(pages.record.get_by_role("heading", name=text, exact=True)).to_be_visible()
        expect(pages.story).to_contain_text(text)
        expect(page.get_by_role("region", name="联系人")).to_contain_text(text[:40])
    visitor.press("Control+k")
    visitor.type("alert")
    expect(page.get_by_role("option").first).to_contain_text("alert")
    assert page.evaluate("document.querySelectorAll('#root script, #root svg[onload]').length") == 0


def test_also_on_the_phone(among_hostile: Callable[..., tuple[Visitor, list[int]]]) -> None:
    visitor, ids = among_hostile(**PHONE)
    page = visitor.page
    for path in ("/", "/customers", f"/customers/{ids[-1]}"):
        visitor.go(path)
        expect(page.get_by_text(TEXTS[-1]).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_hostile_addresses(mei: Visitor) -> None:
    mei.excuse("status of (404|422)")
    page = mei.page
    for path in (
        "/customers/abc",
        "/customers/99999999999999999999",
        "/nowhere/<script>",
        "/doors/0",
    ):
        mei.go(path)
        expect(page.get_by_text(re.compile("没有这|没找到|没有找到")).first).to_be_visible()
    mei.go("/customers?open=x&q=%3Cscript%3E&sort=drop&type=%00&next=never&owner=-1")
    expect(page.locator("main")).to_contain_text("客户")


def test_no_way_to_a_foreign_page_after_signing_in(
    mei: Visitor, zhike: Installation, window: Open
) -> None:
    stranger = window(zhike)
    for to in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        stranger.context.clear_cookies()
        stranger.go(f"/sign-in?to={to}")
        stranger.sign_in(zhike.username, zhike.password)
        stranger.go(f"/sign-in?to={to}")
        expect(stranger.page.get_by_role("heading", name="今日")).to_be_visible()
        assert stranger.page.url.startswith(zhike.url)
