"""The sheets people use today, as data: their columns, and how a header is recognised.

Source: the published sheets S1 (客户信息管理表, 21 columns), S2 (基本信息收集表),
S3 (维护跟进表), S4 (满意度反馈表), S5 (核心数据表, only its headers) and S6 (工具卡).
Each column leads to a field named `part.attribute`; what a cell of that field may hold is told
in `cells.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from zhike.doors.workbook import Row

HEADER_ROWS = 10  # headers stand within the first ten rows


@dataclass(frozen=True)
class Field:
    """Where a column may lead. `others` are headers seen for it beside the label."""

    name: str
    label: str
    others: str = ""

    @property
    def headers(self) -> list[str]:
        return [self.label, *self.others.split()]


FIELDS: tuple[Field, ...] = (
    Field("customer.code", "客户编号", "编号 客户编码 客户代码 客户号 编码 客户id"),
    Field(
        "customer.name",
        "客户名称",
        "客户名称/姓名 客户姓名 公司名称 单位名称 企业名称 客户 名称 公司 客户全称 公司全称 "
        "单位 企业",
    ),
    Field("customer.kind", "客户类别", "b端/c端 企业/个人 客户性质 客户属性"),
    Field("customer.type", "客户类型", "类型 客户状态 客户分类"),
    Field("customer.is_key", "重点客户", "是否重点 是否重点客户 重点"),
    Field("customer.tier", "客户分层", "分层"),
    Field("customer.grade", "客户等级", "等级 客户级别 级别"),
    Field(
        "customer.identity",
        "统一社会信用代码/证件号码",
        "统一社会信用代码 社会信用代码 信用代码 税号 纳税人识别号 证件号码 身份证号 "
        "身份证号码 证件号",
    ),
    Field("customer.industry", "所属行业", "行业 行业类别 客户行业"),
    Field("customer.region", "所在地区", "地区 区域 省市 省市区 城市 省/市/区"),
    Field(
        "customer.address", "企业地址", "客户地址 地址 公司地址 联系地址 详细地址 单位地址 通讯地址"
    ),
    Field("customer.source", "客户来源", "来源 渠道 来源渠道 获客渠道"),
    Field("customer.background", "客户背景简述", "客户背景 背景 企业背景简述 公司简介 客户简介"),
    Field("customer.first_need", "初步需求", "需求 客户需求 需求描述"),
    Field("customer.core_need", "核心需求", "主要需求"),
    Field("customer.need_status", "需求状态", ""),
    Field("customer.budget", "预算范围", "预算"),
    Field("customer.expected_term", "预计合作周期", "合作周期"),
    Field("customer.products", "合作产品/服务", "合作产品 产品 产品/服务 购买产品 服务内容"),
    Field(
        "customer.cooperation_since", "合作开始时间", "合作时间 合作开始日期 开始合作时间 签约时间"
    ),
    Field(
        "customer.cooperation_until", "合作到期时间", "合作结束时间 合同到期 合同到期日 到期时间"
    ),
    Field("customer.cooperation_term", "合作期限", "合同期限"),
    Field("customer.cooperation_stage", "合作阶段", "合作状态"),
    Field(
        "customer.contract_amount_wan", "合同金额(万元)", "合同额(万元) 合作金额(万元) 金额(万元)"
    ),
    Field("customer.contract_amount", "合同金额(元)", "合同金额 合同额 合作金额 金额 金额(元)"),
    Field(
        "customer.project_code",
        "关联项目/订单编号",
        "项目编号 订单编号 关联项目 关联项目/合作历史",
    ),
    Field("customer.special_needs", "特殊需求", "特殊需求/风险提示"),
    Field("customer.risk", "风险提示", "风险"),
    Field("customer.competition", "竞争对手分析", "竞争对手 竞品动态"),
    Field("customer.deal_stage", "成交阶段", "商机阶段 销售阶段"),
    Field("customer.expected_close", "预计成交时间", "预计成交日期 预计签约时间"),
    Field("customer.deal_amount", "成交金额(元)", "成交金额 成交金额(已成交)"),
    Field("customer.deal_amount_wan", "成交金额(万元)", ""),
    Field("customer.first_contact_on", "首次接触时间", "首次联系时间 首次跟进时间"),
    Field("customer.recorder_name", "记录人", "录入人 登记人 创建人"),
    Field(
        "customer.recorded_on", "记录时间", "录入时间 登记时间 登记日期 记录日期 创建时间 创建日期"
    ),
    Field("customer.owner_name", "负责人", "客户负责人 归属人 所属销售 客户经理"),
    Field("customer.remark", "备注", "说明 其他说明 备注信息"),
    Field("contact.name", "联系人", "联系人姓名 联络人 联系人名称 对接人"),
    Field("contact.title", "职位", "职务 岗位 联系人职位 联系人职务"),
    Field(
        "contact.reach",
        "联系方式",
        "电话 联系电话 联系人电话 手机/电话 电话/手机 手机号/邮箱 电话号码 "
        "联系方式(手机号/邮箱) 客户电话",
    ),
    Field("contact.mobile", "手机", "手机号 手机号码 移动电话 联系人手机 手机电话"),
    Field("contact.landline", "固话", "座机 固定电话 办公电话 公司电话"),
    Field("contact.email", "邮箱", "电子邮箱 email e-mail 邮件 邮件地址 电子邮件 邮箱地址 mail"),
    Field("contact.wechat", "微信", "微信号"),
    Field(
        "follow_up.on", "最近跟进时间", "跟进时间 跟进日期 最近跟进日期 日期 最后跟进时间 维护时间"
    ),
    Field("follow_up.way", "跟进方式", "沟通方式 联系方法"),
    Field("follow_up.content", "跟进内容", "沟通内容 沟通内容摘要 沟通核心内容 跟进记录 跟进情况"),
    Field(
        "follow_up.customer_feedback",
        "客户反馈/需求变化",
        "客户反馈与需求 客户反馈与需求变化 需求变化",
    ),
    Field("follow_up.result", "跟进结果", "沟通结果"),
    Field("follow_up.author_name", "跟进人", "跟进人员 业务员 销售 销售人员"),
    Field("next.on", "下次跟进时间", "下次跟进日期 下次联系时间 下次跟进"),
    Field("next.plan", "下次跟进计划", "下一步计划 后续计划 下次计划"),
    Field("care.on", "维护日期", ""),
    Field("care.way", "维护方式", ""),
    Field("care.result", "维护结果", ""),
    Field("feedback.on", "反馈时间", "反馈日期 评价时间"),
    Field("feedback.score", "满意度评分(1-5分)", "满意度评分 满意度 评分 评分(1-5分)"),
    Field("feedback.dimension", "评价维度", "维度"),
    Field("feedback.comment", "客户反馈", "具体评价内容 评价内容 反馈内容 反馈"),
    Field("feedback.suggestion", "改进建议", "建议"),
    Field("feedback.handler_name", "处理人"),
    Field("feedback.status", "处理状态", "处理进度"),
)
BY_NAME = {field.name: field for field in FIELDS}


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
LAYOUTS = {
    layout.name: layout for layout in (STANDARD, COLLECTION, MAINTENANCE, SATISFACTION, TOOL_CARD)
}
CARD_SECTIONS = {
    "客户名称": "客户基本信息",
    "日期": "跟进记录",
    "核心需求": "需求与成交状态",
    "特殊需求/风险提示": "备注",
}  # the label which opens a section, and the section's title
UNKNOWN = "unknown"
UNKNOWN_LABEL = "未识别的表格"

_REQUIRED_MARK = re.compile(r"[*＊]+$|\((?:必填|选填|必填项)\)")
_BRACKETED = re.compile(r"\([^()]*\)$")


@cache
def normal(header: str) -> str:
    """The form headers are compared in: no spaces, full-width forms, 必填 marks or case."""
    text = unicodedata.normalize("NFKC", header)
    text = re.sub(r"[\s\u200b\ufeff]+", "", text).lower().strip(":：")
    return _REQUIRED_MARK.sub("", text)


_BY_HEADER: dict[str, str] = {}
for _field in FIELDS:
    for _header in _field.headers:
        _BY_HEADER.setdefault(normal(_header), _field.name)


def field_of(header: str) -> str | None:
    """The field a header means on a sheet of unknown kind, or None."""
    key = normal(header)
    found = _BY_HEADER.get(key)
    if found is None and "/" not in key:
        found = _BY_HEADER.get(_BRACKETED.sub("", key))
    return found


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
        taken: set[str] = set()
        mapping: list[str | None] = []
        for header in self.headers:
            field = (own.get(normal(header)) or field_of(header)) if header else None
            if field in taken:
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
    for layout in (STANDARD, COLLECTION, MAINTENANCE, SATISFACTION):
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
