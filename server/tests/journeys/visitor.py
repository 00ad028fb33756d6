"""Somebody at a browser window before a real installation.

Clicks, keys and fields touched are counted, because the design sets a budget of steps for the
tasks of every day. Whatever the page complains of on the way fails the test in the end.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    expect,
)

PATIENCE = 30_000  # milliseconds; the machine may be busy
NOTICE_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI}`));
"""


class Visitor:
    """One window of one person, and what happened in it."""

    def __init__(self, context: BrowserContext, url: str, *, is_phone: bool = False) -> None:
        self.context = context
        self.is_phone = is_phone
        self.url = url
        self.steps = 0
        self.complaints: list[str] = []
        self._excused: list[re.Pattern[str]] = []
        context.set_default_timeout(PATIENCE)
        context.add_init_script(NOTICE_VIOLATIONS)
        self.page = context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"thrown: {error}"))
        self.page.on("dialog", self._on_dialog)
        self.page.on("request", self._on_request)

    # What a person does: each is a step.

    def click(self, target: Locator) -> None:
        """Click, or tap on a touch screen."""
        self.steps += 1
        if self.is_phone:
            target.tap()
        else:
            target.click()

    def press(self, keys: str) -> None:
        """Press a shortcut or a single key."""
        self.steps += 1
        self.page.keyboard.press(keys)

    def fill(self, field: Locator, text: str) -> None:
        """Go to a field and write in it."""
        self.steps += 1
        field.fill(text)

    def type(self, text: str) -> None:
        """Write where the focus already stands."""
        self.steps += 1
        expect(self.page.locator("input:focus, textarea:focus")).to_have_count(1)
        self.page.keyboard.type(text)

    @contextmanager
    def budget(self, steps: int) -> Iterator[None]:
        """What happens within must not take more than so many steps."""
        before = self.steps
        yield
        taken = self.steps - before
        assert taken <= steps, f"{taken} steps, {steps} are allowed"

    # What the test does around it: no steps.

    def go(self, path: str = "/") -> None:
        """Open an address of the product, and wait until it listens."""
        self.page.goto(self.url + path)
        expect(self.page.locator("header.header, .door, .full-page").first).to_be_visible()

    def lose_connection(self) -> None:
        """Go offline, once the page has fetched by itself what it must do without a network."""
        fetched = "performance.getEntriesByName('quick-actions-fetched').length > 0"
        eventually(lambda: self.page.evaluate(fetched), wanted=True)
        self.context.set_offline(True)

    def excuse(self, pattern: str) -> None:
        """Let complaints that match pass: a refusal the journey asks for is one."""
        self._excused.append(re.compile(pattern))

    def unexcused(self) -> list[str]:
        """What the page complained of and nobody expected."""
        return [
            text
            for text in self.complaints
            if not any(pattern.search(text) for pattern in self._excused)
        ]

    def sign_in(self, username: str, password: str) -> None:
        """Sign in without the page, which a journey of its own looks at."""
        self.call("GET", "/", status=200)
        path = "/_allauth/browser/v1/auth/login"
        self.call("POST", path, {"username": username, "password": password}, status=200)

    def api(self, method: str, path: str, body: Any = None, status: int | None = None) -> Any:
        """Prepare or look up something through the API, as the signed-in person."""
        return self.call(method, f"/api/v1{path}", body, status)

    def call(self, method: str, path: str, body: Any = None, status: int | None = None) -> Any:
        cookies = {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}
        headers = {"X-CSRFToken": cookies.get("csrftoken", ""), "Referer": self.url}
        if body is not None:
            headers["Content-Type"] = "application/json"
        answer = self.context.request.fetch(
            self.url + path,
            method=method,
            headers=headers,
            data=None if body is None else json.dumps(body),
        )
        is_expected = answer.status == status if status else answer.ok
        assert is_expected, f"{method} {path}: {answer.status} {answer.text()[:500]}"
        is_json = "json" in answer.headers.get("content-type", "") and answer.status != 204
        return answer.json() if is_json else answer.body()

    def customer(self, name: str, **fields: Any) -> dict[str, Any]:
        """Enter a customer and return its file."""
        found = self.api("POST", "/customers", {"name": name, "kind": "company", **fields})
        assert isinstance(found, dict)
        return found

    def picture(self, place: Path) -> None:
        """Keep what the window shows."""
        place.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=place)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _is_full_stream(message):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _on_dialog(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            self.complaints.append(f"a foreign script ran: {dialog.type} {dialog.message}")
        dialog.accept()

    def _on_request(self, request: Request) -> None:
        # Everything comes from the installation itself: no other host is ever asked.
        if not request.url.startswith((self.url, "data:", "blob:", "tel:")):
            self.complaints.append(f"asked elsewhere: {request.url}")


def _is_full_stream(message: ConsoleMessage) -> bool:
    """Is it about a stream of notices that was refused? The page then asks now and then instead."""
    url = message.location.get("url", "")
    return url.endswith("/notices/stream") and "status of 503" in message.text


def eventually(look: Callable[[], Any], wanted: Any) -> None:
    """Wait until a look at what is stored finds what is wanted; the screen is ahead of it."""
    deadline = time.monotonic() + PATIENCE / 1000
    while (found := look()) != wanted:
        assert time.monotonic() < deadline, f"{found!r} is stored, not {wanted!r}"
        time.sleep(0.1)


class Pages:
    """Where things stand on the pages, said once."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def place(self, name: str) -> Locator:
        """Where the navigation leads: 今日, 客户, 进出, 设置."""
        return self.page.get_by_role("navigation", name="主导航").get_by_role("link", name=name)

    @property
    def list(self) -> Locator:
        return self.page.get_by_role("grid", name="客户")

    def row(self, name: str) -> Locator:
        return self.list.get_by_role("row").filter(has_text=name)

    @property
    def record(self) -> Locator:
        return self.page.locator("article.record")

    def look(self) -> Locator:
        """What was understood of the sentence, once it may be looked at; then Enter saves it."""
        card = self.page.get_by_role("region", name="看懂的内容")
        expect(card).to_have_attribute("aria-busy", "false")
        return card

    @property
    def story(self) -> Locator:
        return self.page.get_by_role("region", name="动态")
