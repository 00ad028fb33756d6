"""The empty sheet people fill in: a column for every field there is now, its choices beside it."""

from __future__ import annotations

from pathlib import Path

from zhike.access.models import Person
from zhike.base.errors import Forbidden
from zhike.doors import columns, views
from zhike.doors.writing import Value, Xlsx
from zhike.fields import choices, registry
from zhike.fields.builtin import Definition

FILE_NAME = "客户导入模板.xlsx"
_FIRST = ("customer.code", "customer.name")
_YES_NO = ("是", "否")
_FORMS = {
    "number": "数字，如 12.5",
    "money": "数字，如 12000",
    "date": "日期，如 2026-05-30",
    "date_range": "起止日期，如 2026-01-01至2026-12-31",
    "person": "同事的姓名",
    "birthday": "如 1990-05-20 或 农历四月廿六",
    "choices": "可填几项，用顿号隔开",
    "region": "如 广东省深圳市南山区",
}


def write(path: Path, actor: Person) -> None:
    """Write the template of the fields `actor` may fill in: headers, required ones marked *.

    The second sheet lists what may be chosen, the third says how the rest is written.
    """
    if not actor.may("import"):
        raise Forbidden("你没有导入的权限，请联系管理员。")
    fields = [(_header(one), one) for one in _fields(actor)]
    headers = [(label + ("*" if one.need == "required" else "")) for label, one in fields]
    with Xlsx(path) as book:
        path.chmod(0o600)
        names = [(label, one.name) for label, one in fields]
        book.sheet("客户", views.widths(names))
        book.row(headers)
        offered = [(label, _words(one)) for label, one in fields if _words(one)]
        book.sheet("选项", [max(14, len(label) * 2 + 2) for label, _ in offered])
        book.row([label for label, _ in offered])
        for place in range(max((len(words) for _, words in offered), default=0)):
            book.row([words[place] if place < len(words) else "" for _, words in offered])
        book.sheet("填写说明", [28, 12, 60])
        book.row(["这一列", "要求", "怎么填"])
        for label, one in fields:
            book.row(_told(label, one))


def _fields(actor: Person) -> list[Definition]:
    """What can be imported and the actor may fill in, in the order of the forms."""
    known = columns.present().by_name
    found = [
        one
        for of in ("customer", "contact")
        for one in registry.current().of(of)
        if one.name in known and actor.edits(one.group) and one.type != "attachment"
    ]
    typed = [one for one in found if not one.is_fixed or one.name == "customer.code"]
    first = [one for name in _FIRST for one in typed if one.name == name]
    return [*first, *(one for one in typed if one not in first)]


def _header(one: Definition) -> str:
    return columns.outgoing(one).label


def _words(one: Definition) -> list[str]:
    if one.type in ("choice", "choices"):
        return [entry.label for entry in choices.get(one.dictionary)]
    return list(_YES_NO) if one.type == "yes_no" else []


def _told(label: str, one: Definition) -> list[Value]:
    need = {"required": "必填", "recommended": "推荐"}.get(one.need, "选填")
    told = [one.help, _FORMS.get(one.type, "")]
    if one.kinds:
        told.append("只用于" + "、".join(choices.KIND.label(kind) for kind in one.kinds))
    return [label, need, "；".join(part for part in told if part)]
