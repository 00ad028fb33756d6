"""The sheets people use today, as data: their columns, and how a sheet is recognised.

Source: the published sheets S1 (客户信息管理表, 21 columns), S2 (基本信息收集表),
S3 (维护跟进表), S4 (满意度反馈表), S5 (核心数据表, only its headers) and S6 (工具卡).
Each column leads to a field named `part.attribute` (`columns`); what a cell of that field may hold
is told in `cells`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhike.doors.columns import field_of, normal, present
from zhike.doors.workbook import Row

HEADER_ROWS = 10  # headers stand within the first ten rows


@dataclass(frozen=True)
class Layout:
    """One kind of sheet. `columns` are (header, field) in the order they are written out.

    `known_by` are headers without which a sheet is not of this kind; `records` is set where each
    row adds a record to a customer who is already here, found by code.
    """

    name: str
    label: str
    columns: tuple[tuple[str, str], ...]
    known_by: frozenset[str] = frozenset()
    records: bool = False

    @property
    def fields(self) -> dict[str, str]:
        return {normal(header): field for header, field in self.columns}


STANDARD = Layout(
    "standard-21",
    "客户信息管理表",
    (
        ("客户编号", "customer.code"),
        ("客户名称", "customer.name"),
        ("所属行业", "customer.industry"),
        ("客户类型", "customer.type"),
        ("联系人", "contact.name"),
        ("职位", "contact.title"),
        ("联系方式", "contact.reach"),
        ("邮箱", "contact.email"),
        ("企业地址", "customer.address"),
        ("合作产品/服务", "customer.products"),
        ("合作开始时间", "customer.cooperation_since"),
        ("合同金额(万元)", "customer.contract_amount_wan"),
        ("最近跟进时间", "follow_up.on"),
        ("跟进方式", "follow_up.way"),
        ("跟进内容", "follow_up.content"),
        ("跟进结果", "follow_up.result"),
        ("下次跟进时间", "next.on"),
        ("维护方式", "care.way"),
        ("维护结果", "care.result"),
        ("客户反馈", "feedback.comment"),
        ("备注", "customer.remark"),
    ),
    frozenset({"客户名称"}),
)
COLLECTION = Layout(
    "collection",
    "客户基本信息收集表",
    (
        ("客户编号", "customer.code"),
        ("客户类型", "customer.kind"),
        ("客户名称/姓名*", "customer.name"),
        ("所属行业*", "customer.industry"),
        ("联系人*", "contact.name"),
        ("联系方式*", "contact.reach"),
        ("客户来源*", "customer.source"),
        ("初步需求*", "customer.first_need"),
        ("预计合作周期", "customer.expected_term"),
        ("记录人*", "customer.recorder_name"),
        ("记录时间*", "customer.recorded_on"),
    ),
    frozenset({"初步需求"}),
)
MAINTENANCE = Layout(
    "maintenance",
    "客户关系维护跟进表",
    (
        ("客户编号", "customer.code"),
        ("维护时间", "follow_up.on"),
        ("维护方式", "follow_up.way"),
        ("沟通内容摘要", "follow_up.content"),
        ("客户反馈/需求变化", "follow_up.customer_feedback"),
        ("负责人", "follow_up.author_name"),
        ("下次跟进计划", "next.plan"),
    ),
    frozenset({"维护时间"}),
    records=True,
)
SATISFACTION = Layout(
    "satisfaction",
    "客户满意度反馈表",
    (
        ("客户编号", "customer.code"),
        ("反馈时间", "feedback.on"),
        ("满意度评分(1-5分)", "feedback.score"),
        ("评价维度", "feedback.dimension"),
        ("具体评价内容", "feedback.comment"),
        ("改进建议", "feedback.suggestion"),
        ("负责人", "feedback.handler_name"),
        ("处理状态", "feedback.status"),
    ),
    frozenset({"反馈时间"}),
    records=True,
)
TOOL_CARD = Layout(
    "tool-card",
    "客户信息管理表（工具卡）",
    (
        ("客户名称", "customer.name"),
        ("所属行业", "customer.industry"),
        ("客户类型", "customer.type"),
        ("所在地区", "customer.region"),
        ("联系人信息", "contact.all"),
        ("客户背景简述", "customer.background"),
        ("日期", "follow_up.on"),
        ("跟进方式", "follow_up.way"),
        ("沟通核心内容", "follow_up.content"),
        ("客户反馈与需求", "follow_up.customer_feedback"),
        ("下一步计划", "next.plan"),
        ("跟进人", "follow_up.author_name"),
        ("核心需求", "customer.core_need"),
        ("预算范围", "customer.budget"),
        ("成交阶段", "customer.deal_stage"),
        ("预计成交时间", "customer.expected_close"),
        ("成交金额(已成交)", "customer.deal_amount"),
        ("竞争对手分析", "customer.competition"),
        ("特殊需求/风险提示", "customer.special_needs"),
        ("关联项目/合作历史", "customer.project_code"),
        ("其他说明", "customer.remark"),
    ),
)
PURCHASES = Layout(
    "purchases",
    "客户购买记录表",
    (
        ("客户编号", "customer.code"),
        ("购买日期", "purchase.bought_on"),
        ("产品/服务", "purchase.product"),
        ("数量", "purchase.quantity"),
        ("金额(元)", "purchase.amount"),
        ("订单编号", "purchase.order_code"),
        ("备注", "purchase.note"),
    ),
    frozenset({"购买日期"}),
    records=True,
)
LAYOUTS = {
    layout.name: layout
    for layout in (STANDARD, COLLECTION, MAINTENANCE, SATISFACTION, PURCHASES, TOOL_CARD)
}
CARD_SECTIONS = {
    "客户名称": "客户基本信息",
    "日期": "跟进记录",
    "核心需求": "需求与成交状态",
    "特殊需求/风险提示": "备注",
}  # the label which opens a section, and the section's title
UNKNOWN = "unknown"


def label_of(sheet: str) -> str:
    """What a kind of sheet is called."""
    return LAYOUTS[sheet].label if sheet in LAYOUTS else "未识别的表格"


@dataclass(frozen=True)
class Head:
    """The header of a sheet: the number of the first row of data, the texts, and the layout."""

    first_row: int
    headers: list[str]
    layout: Layout | None
    known: int  # how many headers lead to a field

    @property
    def mapping(self) -> list[str | None]:
        """The field of each column, each field at most once."""
        own = self.layout.fields if self.layout else {}
        known = present().by_name  # without what an administrator has archived
        # A header of its own for a field tells that the layout's header means another one here.
        elsewhere = {field_of(one) for one in self.headers if one and normal(one) not in own}
        taken: set[str] = set()
        mapping: list[str | None] = []
        for header in self.headers:
            field = own.get(normal(header)) if header else None
            if header and (field is None or field in elsewhere):
                field = field_of(header)
            if field in taken or field not in known:
                field = None
            if field:
                taken.add(field)
            mapping.append(field)
        return mapping


def find_head(top: Sequence[Row], merged: Sequence[Sequence[int]] = ()) -> Head | None:
    """Find the header among the first rows: under a title, or two rows deep with merged cells.

    Returns None where no row has two known headers.
    """
    best: Head | None = None
    rows = {number: [str(cell).strip() for cell in cells] for number, cells in top}
    for number in sorted(rows)[:HEADER_ROWS]:
        for depth in (1, 2):
            if depth == 2 and not (number + 1 in rows and _spans(merged, number)):
                continue
            texts = rows[number]
            if depth == 2:
                texts = _two_deep(_filled(texts, merged, number), rows[number + 1])
            layout, known = _recognise(texts)
            if known >= 2 and (best is None or known > best.known):
                best = Head(number + depth, texts, layout, known)
    return best


def _spans(merged: Sequence[Sequence[int]], number: int) -> bool:
    """Whether the row holds merged cells that speak of a second header row."""
    at = [m for m in merged if m[0] == number - 1]
    return any(m[2] > m[0] for m in at) or sum(m[3] > m[1] for m in at) > 1


def _filled(texts: list[str], merged: Sequence[Sequence[int]], number: int) -> list[str]:
    filled = list(texts)
    for top, left, _, right in merged:
        if top == number - 1 and left < len(texts):
            filled.extend([""] * (right + 1 - len(filled)))
            for column in range(left, right + 1):
                filled[column] = texts[left]
    return filled


def _two_deep(upper: list[str], lower: list[str]) -> list[str]:
    """The lower text where there is one; with the upper one before it where only that is known."""
    width = max(len(upper), len(lower))
    upper = upper + [""] * (width - len(upper))
    lower = lower + [""] * (width - len(lower))
    texts = []
    for above, below in zip(upper, lower, strict=True):
        both = above + below
        if not below or (above and field_of(both) and above != below):
            texts.append(both if below else above)
        else:
            texts.append(below)
    return texts


def _recognise(texts: list[str]) -> tuple[Layout | None, int]:
    headers = {normal(text) for text in texts if text}
    known = len({field_of(text) for text in texts if text} - {None})
    best: tuple[float, Layout] | None = None
    for layout in (STANDARD, COLLECTION, MAINTENANCE, SATISFACTION, PURCHASES):
        fields = layout.fields
        found = len(headers & fields.keys())
        share = found / len(fields)
        if share >= 0.6 and layout.known_by <= headers and (best is None or share > best[0]):
            best = (share, layout)
            known = max(known, found)
    return (best[1] if best else None), known


def is_card(top: Sequence[Row]) -> bool:
    """Whether a sheet is a tool card: labels in the first column, values in the second."""
    labels = {normal(str(cells[0])) for _, cells in top if cells}
    own = TOOL_CARD.fields.keys()
    return "客户名称" in labels and len(labels & own) >= 6
