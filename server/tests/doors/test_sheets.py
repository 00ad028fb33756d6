"""A sheet is known by its headers, wherever they stand."""

from __future__ import annotations

import pytest

from tests.doors import fixtures
from zhike.doors.columns import field_of, normal
from zhike.doors.sheets import LAYOUTS, Head, find_head, is_card
from zhike.doors.workbook import Row

pytestmark = pytest.mark.django_db


def head_of(*rows: list[str], merged: list[list[int]] | None = None) -> Head | None:
    top: list[Row] = [(number, list(row)) for number, row in enumerate(rows, 1) if any(row)]
    return find_head(top, merged or [])


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (fixtures.STANDARD, "standard-21"),
        (fixtures.COLLECTION, "collection"),
        (fixtures.MAINTENANCE, "maintenance"),
        (fixtures.SATISFACTION, "satisfaction"),
    ],
)
def test_known_sheets(headers: list[str], name: str) -> None:
    for rows in ([headers], [["一个标题"], [], headers]):
        head = head_of(*rows)
        assert head is not None
        assert head.layout is LAYOUTS[name]
        assert head.first_row == len(rows) + 1
        assert head.mapping == [field for _, field in LAYOUTS[name].columns]


def test_order_marks_and_width_of_headers_do_not_matter() -> None:
    headers = [f" {header}＊ " for header in reversed(fixtures.STANDARD)]
    head = head_of(headers)
    assert head is not None
    assert head.layout is LAYOUTS["standard-21"]
    assert head.mapping[-1] == "customer.code"


def test_own_headers_are_mapped_by_synonym_and_unknown_ones_left_out() -> None:
    head = head_of(["公司名称", "电话", "手机号码", "E-mail", "行业", "我们的暗号"])
    assert head is not None
    assert head.layout is None
    assert head.mapping == [
        "customer.name",
        "contact.reach",
        "contact.mobile",
        "contact.email",
        "customer.industry",
        None,
    ]


def test_one_field_is_given_once() -> None:
    head = head_of(["客户名称", "公司名称", "手机"])
    assert head is not None
    assert head.mapping == ["customer.name", None, "contact.mobile"]


def test_headers_two_rows_deep() -> None:
    head = head_of(
        ["客户信息管理表"],
        ["客户编号", "客户名称", "联系人", "", "备注"],
        ["", "", "姓名", "电话", ""],
        ["C001", "晨星", "王经理", "13800000001", "x"],
        merged=[[0, 0, 0, 4], [1, 0, 2, 0], [1, 1, 2, 1], [1, 2, 1, 3], [1, 4, 2, 4]],
    )
    assert head is not None
    assert head.first_row == 4
    assert head.mapping == [
        "customer.code",
        "customer.name",
        "contact.name",
        "contact.reach",
        "customer.remark",
    ]


def test_no_header_no_guess() -> None:
    assert head_of(["晨星", "13800000001"], ["青禾", "13800000002"]) is None


def test_cards_are_told_from_tables() -> None:
    rows: list[Row] = [(number, list(row)) for number, row in enumerate(fixtures.card(), 1)]
    assert is_card(rows)
    assert not is_card([(1, list(fixtures.STANDARD))])


def test_every_column_of_the_sheets_leads_somewhere() -> None:
    from zhike.doors.cells import readers

    for layout in LAYOUTS.values():
        for header, field in layout.columns:
            assert field in readers(), header
            assert normal(header)
    assert field_of("合同金额（万元）") == "customer.contract_amount_wan"
