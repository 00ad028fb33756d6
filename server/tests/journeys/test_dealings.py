"""What a customer bought, what may go wrong, what lies in the file, and the story it all makes."""

from __future__ import annotations

import struct
import zlib

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Open
from tests.journeys.visitor import Pages, Visitor, eventually
from tests.site.installation import Installation


def picture() -> bytes:
    """A small picture, as a camera would send a large one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        sealed = kind + data
        return struct.pack(">I", len(data)) + sealed + struct.pack(">I", zlib.crc32(sealed))

    lines = b"".join(b"\x00" + b"\x0f\x6a\x5c" * 32 for _ in range(32))
    head = struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def test_purchases_and_problems(mei: Visitor) -> None:
    customer = mei.customer("往来包装", contact_name="沈经理", mobile="13912345701")
    purchases = f"/customers/{customer['id']}/purchases"
    bought = {"bought_on": "2025-03-01", "product": "瓦楞纸箱", "amount": 1_000_00}
    mei.api("POST", purchases, bought)
    page = mei.page

    mei.go(f"/customers/{customer['id']}")
    record = Pages(page).record
    mei.click(record.get_by_role("tab", name="购买"))
    assert page.url.endswith("tab=purchases")
    part = record.get_by_role("region", name="购买记录")
    with mei.budget(5):
        mei.click(part.get_by_role("button", name="记一笔购买"))
        mei.type("礼品盒")
        mei.fill(page.get_by_role("dialog").get_by_label("金额"), "1.2万")
        mei.fill(page.get_by_role("dialog").get_by_label("订单编号"), "PO-88")
        mei.press("Control+Enter")
        expect(part.get_by_role("listitem").filter(has_text="礼品盒")).to_contain_text("¥12,000.00")
    expect(part).to_contain_text("2 次")
    expect(part).to_contain_text("1.3万")
    expect(part).to_contain_text("天一次")
    expect(record.get_by_role("tab", name="购买")).to_contain_text("2")

    mei.click(part.get_by_role("button", name="瓦楞纸箱的更多操作"))
    mei.click(page.get_by_role("menuitem", name="删除"))
    expect(part.get_by_text("瓦楞纸箱", exact=True)).to_be_hidden()
    mei.click(page.get_by_role("button", name="撤销"))
    expect(part.get_by_text("瓦楞纸箱", exact=True)).to_be_visible()

    mei.click(record.get_by_role("tab", name="问题"))
    problems = record.get_by_role("region", name="潜在问题")
    mei.click(problems.get_by_role("button", name="记一个问题"))
    mei.type("采购经理要离职")
    mei.press("Control+Enter")
    card = problems.get_by_role("listitem").filter(has_text="采购经理要离职")
    expect(card).to_contain_text("待处理")
    with mei.budget(2):
        mei.click(card.get_by_role("button", name="改状态"))
        mei.click(page.get_by_role("menuitem", name="已解决"))
        expect(problems).to_contain_text("都解决了")
    found = f"/customers/{customer['id']}/problems"
    eventually(lambda: [one["state"] for one in mei.api("GET", found)["items"]], ["solved"])

    # What was bought is told where everything is told; Back leads to the tab before.
    mei.click(record.get_by_role("tab", name="动态").last)
    expect(Pages(page).story).to_contain_text("礼品盒")
    page.go_back()
    expect(problems).to_be_visible()


def test_files_come_in_are_looked_at_and_go(mei: Visitor) -> None:
    customer = mei.customer("附件设计", contact_name="许工")
    page = mei.page
    mei.go(f"/customers/{customer['id']}?tab=files")
    part = Pages(page).record.get_by_role("region", name="附件")
    expect(part).to_contain_text("还没有附件")
    files = [
        {"name": "现场照片.png", "mimeType": "image/png", "buffer": picture()},
        {"name": "算一算.exe", "mimeType": "application/octet-stream", "buffer": b"MZ" + b"0" * 99},
    ]
    mei.excuse("status of 422")
    part.get_by_label("选择附件").set_input_files(files)  # type: ignore[arg-type]
    row = part.get_by_role("listitem").filter(has_text="现场照片.png")
    expect(row).to_contain_text("王小梅")
    expect(part.get_by_role("alert")).to_contain_text("不能上传")

    mei.click(row.get_by_role("button", name="现场照片.png", exact=True))
    shown = page.get_by_role("dialog").get_by_role("img", name="现场照片.png")
    expect(shown).to_be_visible()
    eventually(lambda: shown.evaluate("one => one.naturalWidth"), 32)
    mei.press("Escape")
    with page.expect_download() as coming:
        mei.click(row.get_by_role("link", name="下载现场照片.png"))
    assert coming.value.suggested_filename == "现场照片.png"
    assert coming.value.path().read_bytes() == picture()

    mei.click(row.get_by_role("button", name="删除现场照片.png"))
    expect(row).to_be_hidden()
    mei.click(page.get_by_role("button", name="撤销"))
    expect(row).to_be_visible()
    expect(Pages(page).record.get_by_role("tab", name="附件")).to_contain_text("1")


def test_the_story_of_a_customer(mei: Visitor) -> None:
    customer = mei.customer("成长印刷", contact_name="马总", cooperation_since="2023-04-18")
    path = f"/customers/{customer['id']}"
    for day, product, amount in (
        ("2023-04-20", "宣传册", 300_000),
        ("2024-05-06", "年度画册", 2_600_000),
    ):
        body = {"bought_on": day, "product": product, "amount": amount}
        mei.api("POST", f"{path}/purchases", body)
    mei.go(f"{path}?tab=growth")
    part = Pages(mei.page).record.get_by_role("region", name="成长故事")
    first = part.get_by_role("region", name="2023 年")
    expect(first.locator(".is-key").filter(has_text="首次购买宣传册")).to_be_visible()
    expect(part.get_by_role("region", name="2024 年")).to_contain_text("最大一单")
    expect(part).to_contain_text("2.9万")
    mei.click(part.get_by_role("checkbox"))
    expect(part.locator("li:not(.is-key)")).to_have_count(0)
    paper = part.get_by_role("link", name="打印").get_attribute("href") or ""
    assert mei.call("GET", paper, status=200).startswith(b"%PDF")


def test_the_parts_on_the_phone(zhike: Installation, window: Open, mei: Visitor) -> None:
    customer = mei.customer("掌上茶行", contact_name="郭总", mobile="13912345702")
    contact = customer["contacts"][0]
    change = {"version": contact["version"], "do_not_contact": True}
    mei.api("PATCH", f"/contacts/{contact['id']}", change)
    phone = window(zhike, storage_state=mei.context.storage_state(), **PHONE)
    phone.go(f"/customers/{customer['id']}?tab=purchases")
    for name in ("购买", "问题", "附件", "成长故事"):
        phone.click(phone.page.get_by_role("tab", name=name))
        wide = phone.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["viewport"]["width"], name
    # Who wants no calls is not called by a slip of the thumb.
    phone.click(phone.page.get_by_role("button", name="郭总请勿联系"))
    asked = phone.page.get_by_role("dialog")
    expect(asked).to_contain_text("请勿联系")
    phone.click(asked.get_by_role("button", name="不打了"))
    trail = mei.api("GET", f"/customers/{customer['id']}/timeline?kind=reveal")
    assert trail["items"] == []
