"""What a row says, and what is wrong with it."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any

import pytest

from tests.doors import fixtures
from zhike.doors.draft import Draft
from zhike.doors.rows import Reading, card_row
from zhike.doors.sheets import COLLECTION, MAINTENANCE, SATISFACTION, STANDARD, TOOL_CARD

pytestmark = pytest.mark.django_db


def read(field: str, value: Any, sheet: str = "") -> Draft:
    """The draft of a row with a name and one more cell."""
    return Reading(["customer.name", field], sheet).draft(2, ["晨星贸易有限公司", value])


def levels(draft: Draft) -> list[str]:
    return [problem.level for problem in draft.problems]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("13812345678", {"mobile": "13812345678"}),
        (13812345678.0, {"mobile": "13812345678"}),
        ("138 5592 4223", {"mobile": "13855924223"}),
        ("+86-13858673737", {"mobile": "13858673737"}),
        ("029-57308920", {"landline": "029-57308920"}),
        ("010-85556666转803", {"landline": "010-85556666转803"}),
        ("13812345678/010-85556666", {"mobile": "13812345678", "landline": "010-85556666"}),
        ("13812345678、li@example.com", {"mobile": "13812345678", "email": "li@example.com"}),
        ("li@Example.com 13812345678", {"mobile": "13812345678", "email": "li@example.com"}),
        ("li@example.com", {"email": "li@example.com"}),
    ],
)
def test_ways_to_reach_somebody(cell: Any, kept: dict[str, str]) -> None:
    draft = read("contact.reach", cell)
    assert draft.contact == kept
    assert not draft.problems
    assert not draft.unverified


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("5678", {"mobile": "5678"}),
        ("1399012", {"mobile": "1399012"}),
        (5678.0, {"mobile": "5678"}),
        ("138****5678", {"mobile": "138****5678"}),
        ("010-****5678", {"landline": "010-****5678"}),
        ("888/zhang*example", {"mobile": "888", "email": "zhang*example"}),
        ("zhang*", {"email": "zhang*"}),
    ],
)
def test_cut_and_masked_ones_are_kept_as_text_with_a_warning(
    cell: Any, kept: dict[str, str]
) -> None:
    draft = read("contact.reach", cell)
    assert draft.contact == kept
    assert draft.unverified == set(kept)
    assert set(levels(draft)) == {"warning"}


@pytest.mark.parametrize("cell", ["1.38E+10", "1.38e10", 13800000000.0, "12812345678", "待补"])
def test_lost_and_wrong_numbers_are_refused(cell: Any) -> None:
    draft = read("contact.mobile", cell)
    assert not draft.contact
    assert levels(draft) == ["cell_refused"]
    assert not draft.refused


@pytest.mark.parametrize("field", ["contact.mobile", "customer.identity", "customer.remark"])
def test_numbers_of_eighteen_digits_are_refused(field: str) -> None:
    assert levels(read(field, 5.001e17)) == ["cell_refused"]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("老客户", {"type": "existing", "is_key": False}),
        ("重点客户", {"is_key": True}),
        ("□新客户 ☑老客户", {"type": "existing", "is_key": False}),
        ("□新客户 □老客户", {}),
        ("B端", {"kind": "company"}),
    ],
)
def test_types_of_customers(cell: str, kept: dict[str, Any]) -> None:
    draft = read("customer.type", cell, "standard-21")
    del draft.customer["name"]
    assert draft.customer == kept
    assert not draft.problems


@pytest.mark.parametrize("cell", ["VIP", "☑新客户 ☑老客户", "不知道"])
def test_unknown_types_are_refused_with_the_choices(cell: str) -> None:
    draft = read("customer.type", cell)
    assert "type" not in draft.customer
    assert levels(draft) == ["cell_refused"]


@pytest.mark.parametrize(
    ("field", "cell", "fen"),
    [
        ("customer.contract_amount_wan", 120.75, 120_750_000),
        ("customer.contract_amount_wan", "50万", 50_000_000),
        ("customer.contract_amount_wan", "1,200.5", 1_200_500_000),
        ("customer.contract_amount_wan", 0.000001, 1),
        ("customer.contract_amount", 128000, 12_800_000),
        ("customer.contract_amount", "128,000.01", 12_800_001),
        ("customer.contract_amount", "50万", 50_000_000),
    ],
)
def test_amounts_are_exact(field: str, cell: Any, fen: int) -> None:
    draft = read(field, cell)
    assert draft.customer["contract_amount"] == fen
    assert not draft.problems


@pytest.mark.parametrize(
    "cell",
    ["2024-05-30", "2024.5.30", "2024年5月30日", "2024/5/30", "45442", 45442.0, date(2024, 5, 30)],
)
def test_dates(cell: Any) -> None:
    draft = read("customer.cooperation_since", cell)
    assert draft.customer["cooperation_since"] == date(2024, 5, 30)


@pytest.mark.parametrize("cell", ["2025-02-30", "5月30日", "上周", 12.0])
def test_impossible_dates_are_refused(cell: Any) -> None:
    assert levels(read("customer.cooperation_since", cell)) == ["cell_refused"]


def test_serials_are_dates_in_date_columns_only() -> None:
    assert read("customer.remark", 45442.0).customer["remark"] == "45442"
    assert read("customer.remark", datetime(2024, 5, 30, 9)).customer["remark"] == (
        "2024-05-30 09:00"
    )


@pytest.mark.parametrize(
    ("cell", "plan"),
    [
        (
            "2024-06-05 电话跟进预算评估结果",
            {"on": date(2024, 6, 5), "matter": "电话跟进预算评估结果"},
        ),
        ("2024-06-05", {"on": date(2024, 6, 5)}),
        ("2024年6月5日:发报价", {"on": date(2024, 6, 5), "matter": "发报价"}),
        (
            "2026-10-25前提供方案",
            {"on": date(2026, 10, 25), "matter": "2026-10-25前提供方案"},
        ),
        (45448.0, {"on": date(2024, 6, 5)}),
    ],
)
def test_plans(cell: Any, plan: dict[str, Any]) -> None:
    assert read("next.plan", cell).next == plan


def test_a_plan_without_a_day_is_refused() -> None:
    assert levels(read("next.plan", "下周再联系")) == ["cell_refused"]


def test_texts_are_tidied_and_measured() -> None:
    assert (
        read("customer.remark", " 第一行\r\n第二行 \u200b").customer["remark"] == "第一行\n第二行"
    )
    assert read("customer.remark", "=1+1").customer["remark"] == "=1+1"
    assert read("customer.remark", "'=1+1").customer["remark"] == "=1+1"
    refused = read("customer.products", "长" * 201)
    assert "products" not in refused.customer
    assert "200" in refused.problems[0].message


@pytest.mark.parametrize("cell", [6, 0, "4.5", "很好"])
def test_scores_are_one_to_five(cell: Any) -> None:
    assert levels(read("feedback.score", cell)) == ["cell_refused"]


def test_codes_twice_refuse_the_second_row_and_names_warn() -> None:
    reading = Reading(["customer.code", "customer.name"])
    rows = [(2, ["C1", "晨星"]), (3, ["C1", "青禾"]), (4, ["C2", "晨 星"]), (5, ["C3", ""])]
    first, second, third, fourth = reading.drafts([(n, list(cells)) for n, cells in rows])
    assert not first.problems
    assert second.refused
    assert "第 2 行" in second.problems[0].message
    assert levels(third) == ["warning"]
    assert fourth.refused


def test_masked_names_are_nobodys_twin() -> None:
    reading = Reading(["customer.name"])
    assert not any(d.problems for d in reading.drafts([(2, ["*公司"]), (3, ["*公司"])]))


def test_each_sheet_reads_its_own_rows() -> None:
    collection = Reading([field for _, field in COLLECTION.columns], COLLECTION.name).draft(
        2,
        [
            "CRM-202405001",
            "C端",
            "张三",
            "教育",
            "张三",
            "13812345678",
            "线下展会",
            "想买",
            "6个月",
            "赵专员",
            "2024-05-20",
        ],
    )
    assert not collection.problems
    assert collection.customer["kind"] == "person"
    assert collection.customer["source"] == "exhibition"
    assert collection.customer["recorded_on"] == date(2024, 5, 20)
    kept = Reading([field for _, field in MAINTENANCE.columns], MAINTENANCE.name).draft(
        2, ["C001", "2024-05-15", "上门拜访", "聊了聊", "满意", "李经理", "2024-06-05 电话"]
    )
    assert kept.follow_up["way"] == "visit"
    assert kept.next == {"on": date(2024, 6, 5), "matter": "电话"}
    said = Reading([field for _, field in SATISFACTION.columns], SATISFACTION.name).draft(
        2, ["C001", "2024-05-10", 4.0, "服务响应速度", "及时", "多培训", "孙主管", "处理中"]
    )
    assert said.feedback["score"] == 4
    assert said.feedback["dimension"] == "服务响应速度"
    assert said.feedback["status"] == "processing"


def test_tool_card() -> None:
    rows = [(number, list(row)) for number, row in enumerate(fixtures.card(), 1)]
    number, cells = card_row(3, rows)
    draft = Reading([field for _, field in TOOL_CARD.columns], TOOL_CARD.name).draft(number, cells)
    assert number == 3
    assert not draft.problems
    assert draft.contact == {"name": "周总", "title": "采购总监", "landline": "029-57308920"}
    assert draft.customer["type"] == "prospect"
    assert draft.customer["deal_stage"] == "needs"
    assert draft.customer["expected_close"] == "2026年12月底"
    assert draft.customer["deal_amount"] == 65_000_000
    assert draft.follow_up["way"] == "phone"


def test_the_dirty_sheet() -> None:
    reading = Reading([field for _, field in STANDARD.columns], STANDARD.name)
    rows = list(enumerate(fixtures.dirty(), 1))[1:]
    drafts = {draft.row: draft for draft in reading.drafts(r for r in rows if any(r[1]))}
    found = {
        number: [(p.level, fixtures.STANDARD[p.column]) for p in draft.problems]
        for number, draft in drafts.items()
        if draft.problems
    }
    assert found == fixtures.DIRTY_LEVELS
    assert 13 not in drafts


def test_a_row_takes_microseconds() -> None:
    reading = Reading([field for _, field in STANDARD.columns], STANDARD.name)
    rows = [(number, fixtures.standard_row(number)) for number in range(1, 2001)]
    began = time.process_time()
    count = sum(1 for _ in reading.drafts(rows))
    each = (time.process_time() - began) / count
    assert each < 300e-6, f"{each * 1e6:.0f} µs a row (60 on a quiet machine)"
