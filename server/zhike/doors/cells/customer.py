"""How cells about a customer and its records are read: type, identity, amounts, plans."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from zhike.base.text import normalise, tidy
from zhike.care.models import Task
from zhike.customers.entry import SEALED_TEXT
from zhike.doors.cells.basics import Reader, plain, ticked, unguarded
from zhike.doors.draft import Draft, Refuse
from zhike.fields import checks, choices
from zhike.fields.checks import CheckFailed, parse_date, parse_date_range, parse_money_wan


def period(value: Any, draft: Draft, column: int) -> None:
    """合作期限: two days."""
    first, last = parse_date_range(plain(value))
    draft.customer["cooperation_since"], draft.customer["cooperation_until"] = first, last


def money(name: str, *, wan: bool) -> Reader:
    """An amount in fen; a bare number is in 万元 or in yuan, as the header says."""
    part, _, attribute = name.partition(".")

    def read(value: Any, draft: Draft, column: int) -> None:
        value = unguarded(value)
        if not wan:
            words = normalise(plain(value))
            value = words + "元" if words[-1:].isdigit() else words
        getattr(draft, part)[attribute] = parse_money_wan(value)

    return read


def customer_type(value: Any, draft: Draft, column: int) -> None:
    """客户类型: a type, 重点客户 (which is the key flag), or B端/C端 (which is the kind)."""
    words = ticked(plain(value).strip())
    if not words:
        return
    found = choices.TYPE.match(words)
    if found:
        draft.customer["type"] = found
        return
    # A bare VIP or KA comes from another system, and nobody told what it means there.
    if choices.means_key_customer(words) and not words[0].isascii():
        draft.customer["is_key"] = True
        return
    kind = choices.KIND.match(words)
    if kind is None:
        labels = "、".join([*(entry.label for entry in choices.TYPE), "重点客户"])
        raise Refuse(f"没有“{words[:20]}”这种客户类型，先按潜在客户导入。可用：{labels}")
    draft.customer["kind"] = kind


def standard_type(value: Any, draft: Draft, column: int) -> None:
    """客户类型 of the 21-column sheet, where another type says: no key customer."""
    customer_type(value, draft, column)
    if "type" in draft.customer:
        draft.customer["is_key"] = False


def identity(value: Any, draft: Draft, column: int) -> None:
    """信用代码 of a company or 身份证号 of a person: which of them, the number itself tells."""
    words = re.sub(r"[\s-]", "", normalise(plain(value))).upper()
    if not words:
        return
    try:
        draft.customer["identity"] = checks.check_uscc(words)
    except CheckFailed as failed:
        if not (words[:17].isdigit() and len(words) == 18):
            raise failed
        draft.customer["identity"] = checks.check_id_card(words)
        draft.customer.setdefault("kind", "person")


_SCORE = re.compile(r"([1-5])(?:\.0)?\s*(?:分|/\s*5|星)?")


def score(value: Any, draft: Draft, column: int) -> None:
    """满意度评分: 1 to 5."""
    words = normalise(plain(value))
    if not words:
        return
    found = _SCORE.fullmatch(words)
    if found is None:
        raise Refuse("满意度评分请填 1 到 5 的整数")
    draft.feedback["score"] = int(found[1])


def quantity(value: Any, draft: Draft, column: int) -> None:
    """数量 of a purchase; what may be bought, `purchases.clean_purchase` knows."""
    words = normalise(plain(value))
    if not words:
        return
    if not _QUANTITY.fullmatch(words):
        raise Refuse("数量请填数字，如 12 或 0.5")
    draft.purchase["quantity"] = Decimal(words.replace(",", ""))


_QUANTITY = re.compile(r"\d{1,14}(?:\.\d{1,9})?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?", re.ASCII)

_PLAN = re.compile(
    r"\s*(\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}(?:\s*[日号])?|\d{8})(?!\d)([\s:：,，、]*)(.*)",
    re.S,
)

_MATTER = Task._meta.get_field("title").max_length or 200


def plan(value: Any, draft: Draft, column: int) -> None:
    """下次跟进计划: a day and a matter in one cell.

    Where the words go on without a break (2026-10-25前提供方案) the whole cell is the matter.
    """
    if isinstance(value, (datetime.date, float, int)):
        draft.next["on"] = parse_date(value)
        return
    words = tidy(plain(value))
    if not words:
        return
    found = _PLAN.fullmatch(words)
    if found is None:
        raise Refuse("没有写明日期，请写成“2024-06-05 电话跟进预算评估结果”的形式")
    on = parse_date(found[1])
    matter = found[3] if found[2] or not found[3] else words
    if len(matter) > _MATTER:
        raise Refuse(f"事项最多 {_MATTER} 个字，这里有 {len(matter)} 个，请精简后再导入")
    draft.next["on"] = on
    if matter:
        draft.next["matter"] = matter


def address(value: Any, draft: Draft, column: int) -> None:
    """企业地址."""
    words = tidy(plain(value))
    if len(words) > SEALED_TEXT:
        raise Refuse(f"最多 {SEALED_TEXT} 个字，这里有 {len(words)} 个，请精简后再导入")
    if words:
        draft.customer["address"] = words


def owner_name(value: Any, draft: Draft, column: int) -> None:
    """负责人 of a customer list, by name."""
    words = tidy(plain(value))
    if words:
        draft.customer["owner_name"] = words[:40]
