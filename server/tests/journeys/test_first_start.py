"""The first start of an installation, and the doors to it afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.site import installation
from tests.site.installation import ADMIN, PASSWORD, Installation


@pytest.fixture(scope="module")
def bare() -> Iterator[Installation]:
    """An installation nobody has set up yet."""
    with installation.running(set_up=False) as running:
        yield running


def test_set_up_once_then_sign_in_and_out(bare: Installation, window: Open) -> None:
    first, second = window(bare), window(bare)
    for visitor in (first, second):
        visitor.go()
        expect(visitor.page).to_have_url(f"{bare.url}/setup")
    page = first.page
    page.get_by_label("公司或团队").fill("江南贸易")
    page.get_by_label("你的名字").fill("王老板")
    page.get_by_label("登录账号").fill(ADMIN)
    page.get_by_label("密码", exact=True).fill("short")
    page.get_by_role("button", name="好了，进去看看").click()
    expect(page.get_by_text("再长一点")).to_be_visible()
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="好了，进去看看").click()
    expect(page.get_by_role("heading", name="王老板，准备好了")).to_be_visible()
    page.get_by_role("button", name="先随便看看").click()
    expect(page.get_by_text("先请客户们进来")).to_be_visible()

    # Somebody who still has the form open is too late, and so is everybody after.
    second.excuse("status of 409")
    page = second.page
    page.get_by_label("公司或团队").fill("另一家")
    page.get_by_label("你的名字").fill("赵六")
    page.get_by_label("登录账号").fill("zhaoliu")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="好了，进去看看").click()
    expect(page.get_by_role("heading", name="已经有人布置好了")).to_be_visible()
    second.go("/setup")
    expect(page.get_by_role("heading", name="已经有人布置好了")).to_be_visible()

    first.excuse("status of 401.*/auth/session")  # how the sign-in answers a sign-out
    first.page.get_by_role("button", name="王老板的菜单").click()
    first.page.get_by_role("menuitem", name="退出登录").click()
    expect(first.page).to_have_url(f"{bare.url}/sign-in")
    first.go("/customers")
    expect(first.page).to_have_url(re.compile("/sign-in"))


def test_wrong_password_is_told_in_chinese(bare: Installation, window: Open) -> None:
    # Set up by the test before, unless this one runs alone.
    bare.zhike("setup", "--admin", ADMIN, "--password-stdin", stdin=PASSWORD)
    visitor = window(bare)
    visitor.excuse("status of 400")
    visitor.go("/customers")
    page = visitor.page
    page.get_by_label("账号").fill(ADMIN)
    page.get_by_label("密码", exact=True).fill("not the password")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    # Back to where one wanted to go.
    expect(page).to_have_url(f"{bare.url}/customers")
    expect(page.get_by_text("客户都住在这里")).to_be_visible()
