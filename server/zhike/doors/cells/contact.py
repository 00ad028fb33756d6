"""How cells about a contact are read: numbers and addresses as people really type them."""

from __future__ import annotations

import re
from typing import Any

from zhike.base.text import tidy
from zhike.customers.entry import SEALED_TEXT
from zhike.doors.cells.basics import Reader, plain, text
from zhike.doors.draft import Draft, Refuse
from zhike.fields import checks, masking
from zhike.fields.checks import CheckFailed

_MOBILE = re.compile(r"1[3-9]\d{9}")

_MASK = re.compile(r"[*＊●•]")

_DIGITS = re.compile(r"[\d\s()（）+-]+")

_REACH_SPLIT = re.compile(r"[/、,，;；|\s]+")

_LIKE_EMAIL = re.compile(r"@|^(?!ext|tel)[A-Za-z][\w.*-]{2,}", re.IGNORECASE)


def _put_number(draft: Draft, slot: str, number: str, column: int, *, verified: bool) -> None:
    """Put a number into its slot, or into the other one when it is taken."""
    contact = draft.contact
    if slot in contact:
        other = "landline" if slot == "mobile" else "mobile"
        if contact[slot] == number:
            return
        if other in contact:
            told = masking.mask_phone(number)  # what is told is stored as it is, the cell sealed
            draft.warn(column, f"号码过多，“{told}”没有导入，可在导入后添加到另一位联系人")
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
            told = masking.mask_phone(kept)
            draft.warn(column, f"号码“{told}”不完整或被遮挡，已按文字保留，请补全")
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
        draft.warn(column, f"邮箱“{masking.mask_email(words)}”不完整或被遮挡，已按文字保留，请补全")


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


def wechat(value: Any, draft: Draft, column: int) -> None:
    """微信."""
    words = tidy(plain(value))
    if len(words) > SEALED_TEXT:
        raise Refuse(f"最多 {SEALED_TEXT} 个字，这里有 {len(words)} 个，请精简后再导入")
    if words:
        draft.contact["wechat"] = words


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


_ON_CARD: dict[str, Reader] = {
    **dict.fromkeys(("姓名", "联系人"), text("contact.name")),
    **dict.fromkeys(("职位", "职务"), text("contact.title")),
    **dict.fromkeys(("电话", "手机", "联系电话"), phone("mobile")),
    "联系方式": reach,
    "邮箱": email,
    "微信": wechat,
}
