"""One contact too many for the month is asked about, with the reason, wherever it is noted."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor, eventually


def test_it_is_asked_about_and_done_once_that_was_agreed(mei: Visitor) -> None:
    customer = mei.customer("青禾农业", contact_name="单女士", mobile="13912340031")
    path = f"/customers/{customer['id']}"
    for _ in range(2):
        mei.api("POST", f"{path}/care-entries", {"way": "gift"})

    def used() -> int:
        return int(mei.api("GET", f"{path}/guard")["used"])

    mei.excuse("status of 409")
    mei.go(path)
    page = mei.page
    page.get_by_role("button", name="记维护").click()
    drawer = page.get_by_role("dialog", name="记维护")
    drawer.get_by_text("礼品", exact=True).click()
    drawer.get_by_role("button", name="记下").click()
    question = page.get_by_role("dialog").filter(has_text="联系得有点密")
    expect(question).to_contain_text("每月最多 2 次")
    question.get_by_role("button", name="取消").click()
    expect(question).to_be_hidden()
    assert used() == 2
    drawer.get_by_role("button", name="记下").click()
    question.get_by_role("button", name="仍要记下").click()
    eventually(used, 3)
