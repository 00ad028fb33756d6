"""The installation all journeys share, and the windows that look at it.

A failing journey leaves a picture of every window in `<temporary folder>/zhike-journeys`.
"""

from __future__ import annotations

import itertools
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.visitor import PATIENCE, Visitor
from tests.site import installation
from tests.site.installation import Installation

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = Path(tempfile.gettempdir()) / "zhike-journeys"
SALES_PASSWORD = "qingfeng-mingyue-66"
FAILED = pytest.StashKey[bool]()
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}


@dataclass(frozen=True)
class Colleague:
    """A sales person of the shared installation."""

    id: int
    name: str
    username: str
    password: str


Open = Callable[..., Visitor]
_numbers = itertools.count(1)
_addresses = itertools.count(1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Any:
    """Remember for the teardown whether the journey failed, and say where its pictures lie."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
        report.sections.append(("pictures", f"{PICTURES}/{_label(item)}-*.png"))
    return report


# The whole package shares one browser; it must be gone before other tests use the database, since
# Playwright keeps an event loop running in this thread.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = shutil.which("chromium")
    assert path, "chromium is not installed: run `make system`"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def zhike() -> Iterator[Installation]:
    """The installation the journeys share; people and customers of their own keep them apart."""
    with installation.running(ZHIKE_PROXY_COUNT="1", ZHIKE_ALLOW_LOCAL_CHANNELS="1") as running:
        yield running


@pytest.fixture
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Open windows on an installation. None may have complained by the end of the test."""
    opened: list[Visitor] = []

    def open_window(at: Installation, **options: Any) -> Visitor:
        settings: dict[str, Any] = {
            "viewport": {"width": 1440, "height": 900},
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            # A click aimed at a menu that still grows on a busy machine hits the line above.
            "reduced_motion": "reduce",
            "extra_http_headers": _from_elsewhere(),
        }
        context = browser.new_context(**settings | options)
        visitor = Visitor(context, at.url, is_phone=bool(options.get("has_touch")))
        opened.append(visitor)
        return visitor

    yield open_window
    has_failed = request.node.stash.get(FAILED, False)
    complaints = [text for visitor in opened for text in visitor.unexcused()]
    for number, visitor in enumerate(opened, 1):
        if has_failed or complaints:
            visitor.picture(PICTURES / f"{_label(request.node)}-{number}.png")
        visitor.context.close()
    if complaints:
        pytest.fail("the page complained:\n" + "\n".join(complaints), pytrace=False)


@pytest.fixture(scope="package")
def office(browser: Browser, zhike: Installation) -> Iterator[Visitor]:
    """Where the administrator stays signed in and hires people; nobody looks at this window."""
    context = browser.new_context(extra_http_headers=_from_elsewhere())
    visitor = Visitor(context, zhike.url)
    visitor.sign_in(zhike.username, zhike.password)
    yield visitor
    context.close()


@pytest.fixture
def boss(zhike: Installation, window: Open, office: Visitor) -> Visitor:
    """The administrator, signed in, at a desk."""
    return window(zhike, storage_state=office.context.storage_state())


@pytest.fixture
def hire(office: Visitor) -> Callable[[str], Colleague]:
    """Add a sales person: a journey that looks at 今日 or at a list must find only its own."""

    def add(name: str) -> Colleague:
        username, password = f"sales{next(_numbers)}", SALES_PASSWORD
        body = {"name": name, "username": username, "password": password}
        found = office.api("POST", "/people", body, status=201)
        return Colleague(found["id"], name, username, password)

    return add


@pytest.fixture
def mei(zhike: Installation, window: Open, hire: Callable[[str], Colleague]) -> Visitor:
    """A sales person of this test alone, signed in, at a desk."""
    return signed_in(window, zhike, hire("王小梅"))


def signed_in(
    window: Open, at: Installation, who: Colleague | Installation, **options: Any
) -> Visitor:
    """Open a window in which somebody is signed in already."""
    visitor = window(at, **options)
    visitor.sign_in(who.username, who.password)
    return visitor


def _from_elsewhere() -> dict[str, str]:
    """An address for each window, as a proxy tells it: sign-ins are limited by address."""
    number = next(_addresses)
    return {"X-Forwarded-For": f"10.1.{number // 250}.{number % 250 + 1}"}


def _label(item: pytest.Item) -> str:
    return re.sub(r"[^\w]+", "-", item.name)
