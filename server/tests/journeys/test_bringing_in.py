"""Task 5 of the design: the old sheet comes in by dropping it, looking and confirming."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import sheet
from tests.journeys.visitor import Visitor

DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(
      new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
  }
}"""


def drop(visitor: Visitor, file: Path) -> None:
    """Drop a file onto the page, as from a folder."""
    visitor.steps += 1
    data = base64.b64encode(file.read_bytes()).decode()
    visitor.page.evaluate(DROP, [file.name, data])


def test_in_out_and_undone(boss: Visitor, tmp_path: Path) -> None:
    rows = sheet.rows("JA", 31_000_000)
    file = sheet.saved(rows, tmp_path / "客户信息管理表.xlsx")
    boss.go()
    page = boss.page
    with boss.budget(4):
        boss.click(page.get_by_role("navigation", name="主导航").get_by_role("link", name="进出"))
        expect(page.get_by_role("heading", name="进出")).to_be_visible()
        drop(boss, file)
        expect(page.get_by_text("认出来了：21 栏客户信息管理表，40 行")).to_be_visible()
        _check_the_look(boss)
        boss.click(page.get_by_role("button", name="确认导入 39 行"))
        expect(page.get_by_role("heading", name="导入好了")).to_be_visible()
    counts = page.locator(".done-numbers")
    expect(counts).to_contain_text("39位新客户")
    expect(counts).to_contain_text("1行没导入")
    page.get_by_role("link", name="看看导入的客户").click()
    expect(page.get_by_text("共 39 位")).to_be_visible()

    out = _taken_out(boss, tmp_path)
    found = {code: row for code, row in sheet.read(out).items() if code.startswith("JA")}
    assert found == sheet.expected(rows)

    _undo(boss, file.name)
    expect(page.get_by_role("heading", name="这次导入已经撤销")).to_be_visible()
    left = boss.api("GET", "/customers?q=JA0")["items"]
    assert [one for one in left if one["code"].startswith("JA")] == []


def _check_the_look(boss: Visitor) -> None:
    """Each problem stands under its cell, and hostile text is text."""
    page = boss.page
    look = page.get_by_role("region", name="表里的内容")
    for header, cells in sheet.DIRTY:
        if header:
            cell = look.get_by_role("cell").filter(has_text=str(cells[header]))
            expect(cell.locator("small")).not_to_be_empty()
    refused = look.get_by_role("row").filter(has_text="不导入")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("客户名称")
    look.get_by_text("全部 40").click()
    # Before the rows have come there is nothing to turn the wheel on.
    expect(look.get_by_role("cell", name="JA003", exact=True)).to_be_visible()
    look.get_by_role("table").hover()
    page.mouse.wheel(0, 900)
    expect(look.get_by_text("<script>alert('名称')</script>贸易有限公司")).to_be_visible()


def _taken_out(boss: Visitor, folder: Path) -> Path:
    page = boss.page
    boss.go("/doors")
    with boss.budget(2), page.expect_download() as found:
        boss.click(page.get_by_role("checkbox", name="带完整号码"))
        boss.click(page.get_by_role("button", name="导出"))
    assert found.value.suggested_filename.endswith(".xlsx")
    place = folder / "out.xlsx"
    found.value.save_as(place)
    return place


def _undo(boss: Visitor, name: str) -> None:
    page = boss.page
    past = page.get_by_role("listitem").filter(has_text=name)
    past.get_by_role("link", name=name).click()
    with boss.budget(1):  # right after the import; half an hour later it asks first
        boss.click(page.get_by_role("button", name="撤销这次导入"))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("客户.pdf", b"%PDF-1.7", "这种文件读不了"),
        ("客户.xlsx", b"", "这是个空文件"),
        ("客户.xlsx", b"PK\x03\x04 and then nothing of a workbook", "这份文件没导成"),
    ],
)
def test_what_is_no_workbook_is_told(
    boss: Visitor, tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    boss.excuse("status of 422")
    file = tmp_path / name
    file.write_bytes(data)
    boss.go("/doors")
    drop(boss, file)
    expect(boss.page.get_by_role("alert")).to_contain_text(told)


def test_left_and_found_again(boss: Visitor, tmp_path: Path) -> None:
    file = sheet.saved(sheet.rows("JB", 32_000_000)[:6], tmp_path / "走开一下.xlsx")
    boss.go("/doors")
    page = boss.page
    drop(boss, file)
    expect(page.get_by_role("button", name="确认导入 5 行")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="确认导入 5 行")).to_be_visible()
    boss.go("/doors")
    past = page.get_by_role("listitem").filter(has_text="走开一下.xlsx")
    expect(past).to_contain_text("等你确认")
    past.get_by_role("button", name="看一看").click()
    page.get_by_role("button", name="不导了").click()
    expect(past).to_contain_text("没有导入")
    assert boss.api("GET", "/search?q=JB001")["items"] == []
