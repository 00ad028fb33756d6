"""What can be taken out: the sheets, the columns of each as fields are now, what a file is called.

The standard sheets come in again unchanged (`sheets.py` has their columns).
"""

from __future__ import annotations

from collections.abc import Sequence

from zhike.base import clock
from zhike.doors import columns, own_columns
from zhike.doors.models import Export
from zhike.doors.sheets import (
    LAYOUTS,
    Layout,
)

LIST = Layout(
    "list",
    "客户列表",
    (
        ("客户编号", "customer.code"),
        ("客户名称", "customer.name"),
        ("客户类别", "customer.kind"),
        ("客户类型", "customer.type_only"),
        ("重点客户", "customer.is_key"),
        ("客户分层", "customer.tier"),
        ("客户等级", "customer.grade"),
        ("所属行业", "customer.industry"),
        ("所在地区", "customer.region"),
        ("客户来源", "customer.source"),
        ("负责人", "customer.owner_name"),
        ("标签", "customer.tags"),
        ("联系人", "contact.name"),
        ("职位", "contact.title"),
        ("联系方式", "contact.phone"),
        ("邮箱", "contact.email"),
        ("企业地址", "customer.address"),
        ("合作产品/服务", "customer.products"),
        ("合作开始时间", "customer.cooperation_since"),
        ("合作到期时间", "customer.cooperation_until"),
        ("合作阶段", "customer.cooperation_stage"),
        ("合同金额(万元)", "customer.contract_amount_wan"),
        ("关联项目/订单编号", "customer.project_code"),
        ("需求状态", "customer.need_status"),
        ("初步需求", "customer.first_need"),
        ("最近跟进时间", "customer.last_follow_up_on"),
        ("下次跟进时间", "customer.next_follow_up_on"),
        ("记录人", "customer.recorder_name"),
        ("记录时间", "customer.recorded_on"),
        ("备注", "customer.remark"),
    ),
)
VIEWS = {layout.name: layout for layout in (*LAYOUTS.values(), LIST)}
CHUNK = 1000
_WIDE = {"content", "result", "remark", "comment", "address", "name", "suggestion", "background"}


def columns_of(view: str, *, every: bool = False) -> list[tuple[str, str]]:
    """The columns (header, name) a view goes out with as fields are now.

    The list goes out with its own columns and the customer's own fields; `every`: with whatever
    may be chosen. Files are named where somebody asks for them.
    """
    layout = VIEWS[view]
    if view != LIST.name:
        return list(layout.columns)
    base = [
        (columns.renamed(_FIELD.get(name, name), header), name)
        for header, name in layout.columns
        if not columns.is_archived(_FIELD.get(name, name))
    ]
    shipped, own = own_columns.offered(_FIELD.get(name, name) for _, name in layout.columns)
    if every:
        return [*base, *shipped, *own]
    files = own_columns.file_keys(name for _, name in own)
    return [*base, *(one for one in own if one[1].partition(".")[2] not in files)]


def chosen_columns(view: str, headers: Sequence[str]) -> list[tuple[str, str]]:
    """The columns somebody chose by their headers, in that order; all usual ones for none."""
    if not headers:
        return columns_of(view)
    known = {header: (header, name) for header, name in columns_of(view, every=True)}
    return [known[header] for header in dict.fromkeys(headers) if header in known]


# Columns of the list by the field they show.
_FIELD = {"customer.type_only": "customer.type"}


def file_name(made: Export) -> str:
    """What the file is called when it is saved."""
    label = VIEWS[made.view].label if made.view in VIEWS else "导出"
    return f"{label}-{clock.day_of(made.created_at):%Y%m%d}-{made.pk}.{made.format}"


def widths(columns: Sequence[tuple[str, str]]) -> list[int]:
    """Column widths in characters."""
    return [
        30 if name.partition(".")[2] in _WIDE else max(12, len(header) * 2 + 2)
        for header, name in columns
    ]
