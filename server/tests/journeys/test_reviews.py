"""What counts only after somebody has looked: asked for, told, decided, and told again (R57)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import PHONE, SALES_PASSWORD, Colleague, Open, signed_in
from tests.journeys.test_look import check
from tests.journeys.visitor import Pages, Visitor, eventually
from tests.site.installation import Installation


@pytest.fixture
def reviewed(office: Visitor) -> Iterator[None]:
    """The rule holds while this journey lasts; the others share the installation."""
    rule = {"reviewed_fields": ["grade"], "reviews_new_customers": False}
    office.api("PATCH", "/organisation", rule, status=200)
    yield
    office.api("PATCH", "/organisation", {"reviewed_fields": []}, status=200)


@pytest.fixture
def desk(office: Visitor) -> tuple[Colleague, Colleague]:
    """Who sells and who leads, in a department of their own."""
    number = len(office.api("GET", "/people")["items"])
    department = office.api("POST", "/departments", {"name": f"审核部{number}"})["id"]

    def hired(name: str, role: str) -> Colleague:
        username = f"{role}_reviews{number}"
        words = {"name": name, "username": username, "password": SALES_PASSWORD}
        body = {**words, "role": role, "department_id": department}
        found = office.api("POST", "/people", body, status=201)
        return Colleague(found["id"], name, username, SALES_PASSWORD)

    return hired("苏小小", "sales"), hired("白主管", "sales_lead")


def card(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("listitem").filter(has_text=name)


def test_a_grade_waits_until_the_lead_has_looked(
    zhike: Installation,
    window: Open,
    desk: tuple[Colleague, Colleague],
    reviewed: None,
) -> None:
    su, bai = (signed_in(window, zhike, one) for one in desk)
    customer = su.customer("断桥茶业", grade="C")
    path = f"/customers/{customer['id']}"

    su.go(path)
    record = Pages(su.page).record
    with su.budget(2):
        su.click(record.get_by_title("改等级"))
        su.click(su.page.get_by_role("menuitem", name="A级"))
        expect(su.page.get_by_text("客户等级要审核，已经提交")).to_be_visible()
    banner = record.get_by_role("region", name="等待审核")
    expect(banner).to_contain_text("1 项修改等待审核")
    expect(banner.get_by_role("row").last).to_contain_text("A级")
    expect(banner.get_by_role("button", name="通过")).to_have_count(0)
    expect(record.get_by_title("改等级")).to_contain_text("C级")
    check(su, "a customer with a change that waits")

    bai.go("/")
    with bai.budget(2):
        bai.click(bai.page.get_by_role("link", name="有 1 条待你审核"))
        waiting = card(bai, "断桥茶业")
        expect(waiting).to_contain_text("苏小小")
        expect(waiting.get_by_role("row").last).to_contain_text("C级")
        bai.click(waiting.get_by_role("button", name="通过", exact=True))
        expect(bai.page.get_by_text("通过了，断桥茶业的资料已改好")).to_be_visible()
    expect(bai.page.get_by_text("都审完了")).to_be_visible()
    eventually(lambda: su.api("GET", path)["grade"], "A")
    su.page.reload()
    expect(record.get_by_title("改等级")).to_contain_text("A级")
    expect(banner).to_be_hidden()
    expect(Pages(su.page).story).to_contain_text("白主管审核通过了苏小小提交的客户等级")


def test_refused_on_the_phone_with_a_reason_the_asker_reads(
    zhike: Installation,
    window: Open,
    desk: tuple[Colleague, Colleague],
    reviewed: None,
) -> None:
    su, bai = signed_in(window, zhike, desk[0]), signed_in(window, zhike, desk[1], **PHONE)
    customer = su.customer("雷峰旅业", grade="C")
    path = f"/customers/{customer['id']}"
    su.api("PATCH", path, {"version": customer["version"], "grade": "A"}, status=200)

    bai.go("/reviews")
    waiting = card(bai, "雷峰旅业")
    bai.click(waiting.get_by_role("button", name="不通过"))
    check(bai, "the queue on the phone")
    bai.click(waiting.get_by_role("button", name="不通过"))
    expect(waiting.get_by_role("alert")).to_contain_text("请写一下为什么不通过")
    bai.fill(waiting.get_by_role("textbox", name="不通过的原因"), "合作还不到一年")
    bai.click(waiting.get_by_role("button", name="不通过"))
    expect(waiting).to_be_hidden()

    su.go("/")
    su.page.get_by_role("navigation").get_by_role("link", name="审核").click()
    told = card(su, "雷峰旅业")
    expect(told).to_contain_text("未通过")
    expect(told).to_contain_text("合作还不到一年")
    assert su.api("GET", path)["grade"] == "C"
