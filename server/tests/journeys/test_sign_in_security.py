"""Second factors, passkeys, sessions and tokens, as people meet them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import SALES_PASSWORD, Colleague, Open
from tests.journeys.visitor import Visitor
from tests.site.installation import Installation

STEP = 30  # seconds a code of an authenticator app lasts
EXCUSED = "status of (400|401|404)"  # how allauth asks for the next step, and refuses one
VIRTUAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Phone:
    """Somebody's authenticator app. No code works twice, so each is of another moment."""

    def __init__(self, secret: str) -> None:
        self.secret = base64.b32decode(re.sub(r"\s", "", secret))
        self.last = 0

    def code(self) -> str:
        """Return the next code that the server takes: it allows a step of either side."""
        while self.last > time.time() // STEP:
            time.sleep(0.5)
        self.last = max(self.last + 1, int(time.time() // STEP) - 1)
        digest = hmac.new(self.secret, struct.pack(">Q", self.last), hashlib.sha1).digest()
        at = digest[-1] & 15
        number = int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF
        return str(number % 10**6).zfill(6)


@pytest.fixture
def named(zhike: Installation) -> Installation:
    """The installation by a name: browsers have no passkeys for a bare address."""
    return replace(zhike, url=zhike.url.replace("127.0.0.1", "localhost"))


@pytest.fixture
def visitor(named: Installation, window: Open) -> Visitor:
    """Nobody yet, before the door, on a device that can keep passkeys."""
    found = window(named)
    found.excuse(EXCUSED)
    devtools = found.context.new_cdp_session(found.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
    return found


def sign_in(visitor: Visitor, who: Colleague, to: str = "/") -> None:
    visitor.go(to)
    visitor.page.get_by_label("账号").fill(who.username)
    visitor.page.get_by_label("密码", exact=True).fill(who.password)
    visitor.page.get_by_role("button", name="登录", exact=True).click()


def sign_out(visitor: Visitor, who: Colleague) -> None:
    visitor.page.get_by_role("button", name=f"{who.name}的菜单").click()
    visitor.page.get_by_role("menuitem", name="退出登录").click()
    expect(visitor.page).to_have_url(re.compile("/sign-in"))


def part(page: Page, title: str) -> Locator:
    return page.locator(".settings-part", has=page.get_by_role("heading", name=title, exact=True))


def prove(page: Page, password: str = SALES_PASSWORD) -> None:
    """Answer the question who one is."""
    asking = page.get_by_role("dialog", name="确认是你本人")
    # No click: the field has the keys, over another window too.
    expect(asking.get_by_label("密码", exact=True)).to_be_focused()
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    expect(asking).to_be_hidden()


def turn_on(page: Page) -> tuple[Phone, list[str]]:
    """Set up an authenticator app; return it with the recovery codes."""
    part(page, "手机验证器").get_by_role("button", name="打开").click()
    prove(page)
    dialog = page.get_by_role("dialog", name="打开手机验证器")
    expect(dialog.get_by_role("img", name="给验证器扫的二维码")).to_be_visible()
    phone = Phone(dialog.locator(".secret code").inner_text())
    dialog.get_by_label("验证码").fill("000000")
    expect(dialog.get_by_role("alert")).to_contain_text("验证码不对")
    dialog.get_by_label("验证码").fill(phone.code())
    codes = take_codes(page.get_by_role("dialog", name="收好恢复码"))
    page.get_by_role("button", name="收好了").click()
    expect(part(page, "手机验证器")).to_contain_text("已打开")
    return phone, codes


def take_codes(place: Locator) -> list[str]:
    items = place.get_by_role("list", name="恢复码").get_by_role("listitem")
    expect(items).to_have_count(10)
    return [text.replace(" ", "") for text in items.all_inner_texts()]


def test_a_code_from_the_phone_completes_the_sign_in(
    visitor: Visitor, hire: Callable[[str], Colleague]
) -> None:
    who, page = hire("沈安安"), visitor.page
    sign_in(visitor, who, "/settings?part=security")
    phone, codes = turn_on(page)
    sign_out(visitor, who)

    sign_in(visitor, who, "/customers")
    expect(page.get_by_label("验证码")).to_be_focused()
    assert visitor.call("GET", "/api/v1/customers", status=401)  # the password alone opens nothing
    page.get_by_label("验证码").fill("123456")
    expect(page.get_by_role("alert")).to_contain_text("验证码不对")
    page.get_by_label("验证码").fill(phone.code())
    expect(page).to_have_url(re.compile("/customers"))
    sign_out(visitor, who)

    sign_in(visitor, who, "/settings?part=security")
    page.get_by_role("button", name="手机不在身边").click()
    page.get_by_label("恢复码").fill(codes[0])
    expect(part(page, "恢复码")).to_contain_text("还有 9 个")
    sign_out(visitor, who)

    sign_in(visitor, who)
    page.get_by_role("button", name="手机不在身边").click()
    page.get_by_label("恢复码").fill(codes[0])
    expect(page.get_by_role("alert")).to_contain_text("验证码不对")  # it works once


def test_a_passkey_needs_no_password(visitor: Visitor, hire: Callable[[str], Colleague]) -> None:
    who, page = hire("陆青"), visitor.page
    sign_in(visitor, who, "/settings?part=security")
    part(page, "通行密钥").get_by_role("button", name="添加").click()
    dialog = page.get_by_role("dialog", name="添加通行密钥")
    dialog.get_by_label("名字").fill("公司电脑")
    dialog.get_by_role("button", name="创建").click()
    prove(page)
    take_codes(page.get_by_role("dialog", name="收好恢复码"))
    page.get_by_role("button", name="收好了").click()
    expect(dialog).to_be_hidden()
    kept = page.get_by_role("list", name="通行密钥")
    page.get_by_role("button", name="给公司电脑改名").click()
    page.get_by_label("通行密钥的名字").fill("办公室的电脑")
    page.keyboard.press("Enter")
    expect(kept).to_contain_text("办公室的电脑")
    sign_out(visitor, who)

    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("button", name=f"{who.name}的菜单")).to_be_visible()
    visitor.go("/settings?part=security")
    page.get_by_role("button", name="删除办公室的电脑").click()
    page.get_by_role("dialog").get_by_role("button", name="删除", exact=True).click()
    asking = page.get_by_role("dialog", name="确认是你本人")
    asking.get_by_role("button", name="用通行密钥", exact=True).click()
    asking.get_by_role("button", name="用通行密钥确认").click()
    expect(kept).to_be_hidden()


def test_another_device_is_signed_out_from_here(
    zhike: Installation, visitor: Visitor, window: Open, hire: Callable[[str], Colleague]
) -> None:
    who, page = hire("唐果"), visitor.page
    iphone = (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1"
    )
    other = window(zhike, user_agent=iphone)
    other.excuse("status of 401")
    sign_in(other, who)
    sign_in(visitor, who, "/settings?part=security")
    devices = page.get_by_role("list", name="登录中的设备")
    expect(devices.get_by_role("listitem")).to_have_count(2)
    expect(devices.get_by_role("listitem").first).to_contain_text("本机")
    page.get_by_role("button", name="让iPhone 上的 Safari退出").click()
    expect(devices.get_by_role("listitem")).to_have_count(1)
    other.go("/customers")
    expect(other.page).to_have_url(re.compile("/sign-in"))


def test_a_role_that_asks_for_two_steps_gets_them_first(
    visitor: Visitor, office: Visitor, hire: Callable[[str], Colleague]
) -> None:
    visitor.excuse("status of 403")
    role = office.api("POST", "/roles", {"name": "财务", "needs_second_factor": True}, status=201)
    who, page = hire("方圆"), visitor.page
    office.api("PATCH", f"/people/{who.id}", {"role": role["key"]}, status=200)
    sign_in(visitor, who, "/customers")
    expect(page.get_by_role("heading", name="你的角色需要两步验证")).to_be_visible()
    assert visitor.call("GET", "/api/v1/customers", status=403)["code"] == "second_factor_needed"
    page.get_by_role("button", name="手机验证器").click()
    # Who one is was said a second ago, at the sign-in.
    phone = Phone(page.locator(".secret code").inner_text())
    page.get_by_label("验证码").fill(phone.code())
    take_codes(page.locator(".enrolment"))
    page.get_by_role("button", name="收好了，进入知客").click()
    expect(page).to_have_url(re.compile("/customers"))
    visitor.go("/settings?part=security")
    part(page, "手机验证器").get_by_role("button", name="停用").click()
    page.get_by_role("dialog").get_by_role("button", name="停用", exact=True).click()
    visitor.excuse("status of 409")
    expect(page.get_by_text("先加好另一种方式")).to_be_visible()  # the only one stays


def test_a_token_is_shown_once_and_revoked(boss: Visitor, zhike: Installation) -> None:
    page = boss.page
    boss.go("/settings?part=tokens")
    page.get_by_role("button", name="发一个令牌").click()
    page.get_by_label("用途").fill("报表脚本")
    page.get_by_role("button", name="生成").click()
    plain = page.get_by_label("令牌", exact=True).input_value()
    answer = ask_with(boss, plain)
    assert answer == 200
    page.get_by_role("button", name="收好了").click()
    mine = page.get_by_role("list", name="我的令牌")
    expect(mine).to_contain_text("报表脚本")
    expect(mine).to_contain_text("读取")
    expect(page.get_by_text(plain)).to_be_hidden()
    page.get_by_role("button", name="吊销报表脚本").click()
    page.get_by_role("dialog").get_by_role("button", name="吊销", exact=True).click()
    expect(page.get_by_text("“报表脚本”吊销了")).to_be_visible()
    assert ask_with(boss, plain) == 401


def ask_with(visitor: Visitor, token: str) -> int:
    """Ask for the customers as a program would, and return the status."""
    headers = {"Authorization": f"Bearer {token}"}
    return visitor.context.request.get(f"{visitor.url}/api/v1/customers", headers=headers).status
