"""How a cell is read, by the field its column leads to.

A reader takes the cell, the draft and the column, and puts what it understood into the draft.
`Refuse` and `CheckFailed` leave the cell out; the compiled row notes why.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.db import models

from zhike.base.text import normalise, tidy
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.customers.entry import LONG_TEXT, SEALED, SEALED_TEXT
from zhike.customers.models import Contact, Customer
from zhike.doors.draft import Draft, Refuse
from zhike.doors.formula import unguard
from zhike.doors.workbook import Cell
from zhike.fields import checks, choices
from zhike.fields.checks import CheckFailed, parse_date, parse_date_range, parse_money_wan
from zhike.service.models import Feedback

Reader = Callable[[Any, Draft, int], None]
MODELS: dict[str, type[models.Model]] = {
    "customer": Customer,
    "contact": Contact,
    "follow_up": FollowUp,
    "care": CareEntry,
    "feedback": Feedback,
}
_COLUMN = {"follow_up.on": "contacted_on"}

# Anything `tidy` might change: invisible and control characters, spaces at an end or in a row.
_UNTIDY = re.compile(
    r"[\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f-\u206f\u3000\u3164\ufe00-\uffff]"
)
_ISO_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MASK = re.compile(r"[*＊●•]")
_DIGITS = re.compile(r"[\d\s()（）+-]+")
_TICKED = re.compile(r"[☑■✓√☒✔▣]\s*([^□☐☑■✓√☒✔▣]*)")
_BOX = re.compile(r"[□☐☑■✓√☒✔▣]")
_REACH_SPLIT = re.compile(r"[/、,，;；|\s]+")
_LIKE_EMAIL = re.compile(r"@|^(?!ext|tel)[A-Za-z][\w.*-]{2,}", re.IGNORECASE)
_TRUE = frozenset({"是", "重点", "重点客户", "y", "yes", "true", "1", "√", "✓"})
_FALSE = frozenset({"否", "n", "no", "false", "0", "×", "非重点"})
_LOSSY = 10**15  # a spreadsheet keeps fifteen digits


def plain(value: Cell) -> str:
    """The text a cell shows; 1001.0 is 1001. Raises Refuse for numbers that lost digits."""
    if isinstance(value, str):
        return unguard(value) if value[:1] == "'" else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        if abs(value) >= _LOSSY:
            raise Refuse(
                "数字超过 15 位，Excel 已丢失末尾几位。请把该列设为“文本”格式，重新填写后再导入"
            )
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat()


def shown(value: Cell) -> str:
    """The text of a cell for reading it only, whatever it holds."""
    try:
        return plain(value)
    except Refuse:
        return f"{value}"


def limit_of(name: str) -> int:
    """The most characters a text field may hold."""
    part, _, attribute = name.partition(".")
    if attribute in SEALED:
        return SEALED_TEXT
    column = MODELS[part]._meta.get_field(_COLUMN.get(name, attribute))
    return getattr(column, "max_length", None) or LONG_TEXT


def _is_long(name: str) -> bool:
    part, _, attribute = name.partition(".")
    return isinstance(MODELS[part]._meta.get_field(attribute), models.TextField)


def text(name: str) -> Reader:
    """Plain text, as typed but for stray spaces and invisible characters."""
    part, _, attribute = name.partition(".")
    limit, long = limit_of(name), _is_long(name)
    untidy = _UNTIDY.search

    def read(value: Any, draft: Draft, column: int) -> None:
        words = value if type(value) is str and value[:1] != "'" else plain(value)
        if untidy(words):
            words = tidy(words, multiline=long)
        if not words:
            return
        if len(words) > limit:
            raise Refuse(f"最多 {limit} 个字，这里有 {len(words)} 个，请精简后再导入")
        getattr(draft, part)[attribute] = words

    return read


def day(name: str) -> Reader:
    """A day, as text, date cell or serial number."""
    part, _, attribute = name.partition(".")

    def read(value: Any, draft: Draft, column: int) -> None:
        if type(value) is str and _ISO_DAY.fullmatch(value):
            try:
                getattr(draft, part)[attribute] = datetime.date.fromisoformat(value)
                return
            except ValueError:
                pass  # no such day: parse_date says so in words
        getattr(draft, part)[attribute] = parse_date(unguarded(value))

    return read


def unguarded(value: Any) -> Any:
    """The cell without a guarding apostrophe, other types as they are."""
    return unguard(value) if isinstance(value, str) and value[:1] == "'" else value


def vague_day(name: str) -> Reader:
    """Text that may be a day: 2026年12月底 stays as it is, a date cell becomes YYYY-MM-DD."""
    as_text = text(name)

    def read(value: Any, draft: Draft, column: int) -> None:
        if isinstance(value, datetime.date):
            value = parse_date(value).isoformat()
        as_text(value, draft, column)

    return read


def period(value: Any, draft: Draft, column: int) -> None:
    """合作期限: two days."""
    first, last = parse_date_range(plain(value))
    draft.customer["cooperation_since"], draft.customer["cooperation_until"] = first, last


def money(attribute: str, *, wan: bool) -> Reader:
    """An amount in fen; a bare number is in 万元 or in yuan, as the header says."""

    def read(value: Any, draft: Draft, column: int) -> None:
        value = unguarded(value)
        if not wan:
            words = normalise(plain(value))
            value = words + "元" if words[-1:].isdigit() else words
        draft.customer[attribute] = parse_money_wan(value)

    return read


def ticked(words: str) -> str:
    """What is chosen where boxes are ticked (□新客户 ☑老客户); other text as it is."""
    if not _BOX.search(words):
        return words
    chosen = [found.strip() for found in _TICKED.findall(words) if found.strip()]
    if len(chosen) > 1:
        raise Refuse(f"勾选了 {len(chosen)} 项，请只勾一项")
    return chosen[0] if chosen else ""


def choice(name: str, dictionary: choices.Dictionary) -> Reader:
    """A word of a dictionary or one of its synonyms."""
    part, _, attribute = name.partition(".")
    known: dict[str, str] = {entry.label: entry.value for entry in dictionary}

    def read(value: Any, draft: Draft, column: int) -> None:
        found = known.get(value) if type(value) is str else None
        if found is None:
            words = ticked(plain(value).strip())
            if not words:
                return
            found = dictionary.match(words)
            if found is None:
                raise Refuse(_unknown(words, dictionary))
            if len(known) < 500:
                known[words] = found
        getattr(draft, part)[attribute] = found

    return read


def _unknown(words: str, dictionary: choices.Dictionary) -> str:
    offered = "、".join(entry.label for entry in dictionary)
    return f"没有“{words[:20]}”这个选项，请改为：{offered}"


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


def yes_no(value: Any, draft: Draft, column: int) -> None:
    """重点客户: 是 or 否."""
    words = plain(value).strip().lower()
    if words in _TRUE or words in _FALSE:
        draft.customer["is_key"] = words in _TRUE
    elif words:
        raise Refuse("请填“是”或“否”")


def _put_number(draft: Draft, slot: str, number: str, column: int, *, verified: bool) -> None:
    """Put a number into its slot, or into the other one when it is taken."""
    contact = draft.contact
    if slot in contact:
        other = "landline" if slot == "mobile" else "mobile"
        if contact[slot] == number:
            return
        if other in contact:
            draft.warn(column, f"号码过多，“{number}”没有导入，可在导入后添加到另一位联系人")
            return
        slot = other
    contact[slot] = number
    if not verified:
        draft.unverified.add(slot)


def _phone(draft: Draft, words: str, column: int, preferred: str) -> None:
    """One number; a cut or masked one is kept as text, with a warning."""
    if _MOBILE.fullmatch(words):
        _put_number(draft, "mobile", words, column, verified=True)
        return
    try:
        phone = checks.check_phone(words)
    except CheckFailed as failed:
        if failed.reason in ("masked", "short") or _cut(words):
            kept = tidy(words)[:SEALED_TEXT]
            slot = "landline" if re.match(r"0\d{2,3}\D|[48]00", kept) else preferred
            _put_number(draft, slot, kept, column, verified=False)
            draft.warn(column, f"号码“{kept[:20]}”不完整或被遮挡，已按文字保留，请补全")
            return
        raise
    slot = "mobile" if phone.kind == "mobile" else "landline"
    if phone.kind == "foreign":
        slot = preferred
    _put_number(draft, slot, phone.display, column, verified=True)


def _cut(words: str) -> bool:
    if _MASK.search(words):
        return True
    return bool(_DIGITS.fullmatch(words)) and 3 <= sum(map(str.isdigit, words)) <= 10


def _email(draft: Draft, words: str, column: int) -> None:
    try:
        draft.contact["email"] = checks.check_email(words)
    except CheckFailed as failed:
        short = "@" not in words and re.fullmatch(r"[\w.+-]{1,64}\.*", words, re.ASCII)
        if not (failed.reason == "masked" or _MASK.search(words) or short):
            raise
        draft.contact["email"] = tidy(words)[:SEALED_TEXT]
        draft.unverified.add("email")
        draft.warn(column, f"邮箱“{words[:20]}”不完整或被遮挡，已按文字保留，请补全")


def phone(preferred: str) -> Reader:
    """A column of phone numbers, perhaps several in a cell; kinds find their own field."""

    def read(value: Any, draft: Draft, column: int) -> None:
        words = _number_text(value)
        if not words:
            return
        if _MOBILE.fullmatch(words):
            _put_number(draft, "mobile", words, column, verified=True)
            return
        for number in checks.split_phones(words):
            _phone(draft, number, column, preferred)

    return read


def _number_text(value: Any) -> str:
    """The text of a number; a rounded one (13800000000 from 1.38E+10) is refused."""
    if isinstance(value, float) and value >= 1e10 and value % 1e7 == 0:
        raise Refuse(
            "像是被 Excel 变成科学计数的号码，末尾数字已丢失，"
            "请把该列设为“文本”格式后重新填写完整号码"
        )
    return plain(value).strip()


def reach(value: Any, draft: Draft, column: int) -> None:
    """联系方式: phone, e-mail or both, separated by / 、 or spaces."""
    words = _number_text(value)
    if not words:
        return
    if _MOBILE.fullmatch(words):
        _put_number(draft, "mobile", words, column, verified=True)
        return
    if not re.search(r"[A-Za-z@]", words):
        for number in checks.split_phones(words):
            _phone(draft, number, column, "mobile")
        return
    pieces = _REACH_SPLIT.split(words)
    if not any(_LIKE_EMAIL.search(piece) for piece in pieces):
        _phone(draft, words, column, "mobile")
        return
    for piece in pieces:
        if _LIKE_EMAIL.search(piece):
            _email(draft, piece, column)
        elif piece:
            _phone(draft, piece, column, "mobile")


def email(value: Any, draft: Draft, column: int) -> None:
    """An e-mail address; a cut or masked one is kept as text, with a warning."""
    words = plain(value).strip()
    if words:
        _email(draft, words, column)


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


_PERSON_LABELS = re.compile(
    r"(姓名|联系人|职位|职务|电话|手机|联系电话|联系方式|邮箱|微信)\s*[:：]\s*"
)


def whole_contact(value: Any, draft: Draft, column: int) -> None:
    """联系人信息 of the tool card: 姓名:周总 职位:采购总监 电话:029-57308920."""
    words = tidy(plain(value))
    if not words:
        return
    parts = _PERSON_LABELS.split(words)
    if len(parts) == 1:
        _name_and_number(words, draft, column)
        return
    for label, content in zip(parts[1::2], parts[2::2], strict=True):
        content = content.strip(" ,，;；、/")
        if not content:
            continue
        try:
            _ON_CARD[label](content, draft, column)
        except (CheckFailed, Refuse) as failed:
            draft.refuse_cell(column, f"{label}：{failed}")


def _name_and_number(words: str, draft: Draft, column: int) -> None:
    rest = []
    for piece in re.split(r"[,，、/;；\s]+", words):
        if sum(map(str.isdigit, piece)) >= 7:
            _phone(draft, piece, column, "mobile")
        elif piece:
            rest.append(piece)
    for attribute, piece in zip(("name", "title"), rest, strict=False):
        text(f"contact.{attribute}")(piece, draft, column)


def address(value: Any, draft: Draft, column: int) -> None:
    """企业地址."""
    words = tidy(plain(value))
    if len(words) > SEALED_TEXT:
        raise Refuse(f"最多 {SEALED_TEXT} 个字，这里有 {len(words)} 个，请精简后再导入")
    if words:
        draft.customer["address"] = words


def wechat(value: Any, draft: Draft, column: int) -> None:
    """微信."""
    words = tidy(plain(value))
    if len(words) > SEALED_TEXT:
        raise Refuse(f"最多 {SEALED_TEXT} 个字，这里有 {len(words)} 个，请精简后再导入")
    if words:
        draft.contact["wechat"] = words


def owner_name(value: Any, draft: Draft, column: int) -> None:
    """负责人 of a customer list, by name."""
    words = tidy(plain(value))
    if words:
        draft.customer["owner_name"] = words[:40]


_ON_CARD: dict[str, Reader] = {
    **dict.fromkeys(("姓名", "联系人"), text("contact.name")),
    **dict.fromkeys(("职位", "职务"), text("contact.title")),
    **dict.fromkeys(("电话", "手机", "联系电话"), phone("mobile")),
    "联系方式": reach,
    "邮箱": email,
    "微信": wechat,
}

_DAYS = (
    *("customer.cooperation_since", "customer.cooperation_until", "customer.recorded_on"),
    *("customer.first_contact_on", "follow_up.on", "next.on", "care.on", "feedback.on"),
)
_TEXTS = (
    *("customer.code", "customer.name", "customer.industry", "customer.region"),
    *("customer.background", "customer.first_need", "customer.core_need", "customer.budget"),
    *("customer.expected_term", "customer.products", "customer.project_code"),
    *("customer.special_needs", "customer.risk", "customer.competition", "customer.remark"),
    *("customer.recorder_name", "contact.name", "contact.title", "follow_up.content"),
    *("follow_up.customer_feedback", "follow_up.result", "follow_up.author_name", "care.result"),
    *("feedback.dimension", "feedback.comment", "feedback.suggestion", "feedback.handler_name"),
)
_CHOICES = {
    "customer.kind": choices.KIND,
    "customer.tier": choices.TIER,
    "customer.grade": choices.GRADE,
    "customer.source": choices.SOURCE,
    "customer.need_status": choices.NEED_STATUS,
    "customer.cooperation_stage": choices.COOPERATION_STAGE,
    "customer.deal_stage": choices.DEAL_STAGE,
    "follow_up.way": choices.WAY,
    "care.way": choices.CARE_WAY,
    "feedback.status": choices.FEEDBACK_STATUS,
}
READERS: dict[str, Reader] = {
    **{name: day(name) for name in _DAYS},
    **{name: text(name) for name in _TEXTS},
    **{name: choice(name, dictionary) for name, dictionary in _CHOICES.items()},
    "customer.type": customer_type,
    "customer.is_key": yes_no,
    "customer.identity": identity,
    "customer.address": address,
    "customer.cooperation_term": period,
    "customer.contract_amount_wan": money("contract_amount", wan=True),
    "customer.contract_amount": money("contract_amount", wan=False),
    "customer.deal_amount_wan": money("deal_amount", wan=True),
    "customer.deal_amount": money("deal_amount", wan=False),
    "customer.expected_close": vague_day("customer.expected_close"),
    "customer.owner_name": owner_name,
    "contact.reach": reach,
    "contact.mobile": phone("mobile"),
    "contact.landline": phone("landline"),
    "contact.email": email,
    "contact.wechat": wechat,
    "contact.all": whole_contact,
    "next.plan": plan,
    "feedback.score": score,
}
