"""The plain readers: what a cell shows, texts, days, choices."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.db import models

from zhike.base.text import tidy
from zhike.care.models import CareEntry, FollowUp
from zhike.customers.entry import LONG_TEXT, SEALED, SEALED_TEXT
from zhike.customers.models import Contact, Customer, Purchase
from zhike.doors.draft import Draft, Refuse
from zhike.doors.formula import unguard
from zhike.doors.workbook import Cell
from zhike.fields import choices
from zhike.fields.checks import parse_date
from zhike.service.models import Feedback

Reader = Callable[[Any, Draft, int], None]

MODELS: dict[str, type[models.Model]] = {
    "customer": Customer,
    "contact": Contact,
    "follow_up": FollowUp,
    "care": CareEntry,
    "feedback": Feedback,
    "purchase": Purchase,
}

_COLUMN = {"follow_up.on": "contacted_on"}

# Anything `tidy` might change: invisible and control characters, spaces at an end or in a row.
_UNTIDY = re.compile(
    r"[\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f-\u206f\u3000\u3164\ufe00-\uffff]"
)

_ISO_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d")

_TICKED = re.compile(r"[☑■✓√☒✔▣]\s*([^□☐☑■✓√☒✔▣]*)")

_BOX = re.compile(r"[□☐☑■✓√☒✔▣]")

_TRUE = frozenset({"是", "有", "y", "yes", "true", "1", "√", "✓", "☑"})
_FALSE = frozenset({"否", "无", "n", "no", "false", "0", "×", "☐", "□"})

_KEY_TRUE = frozenset({"重点", "重点客户"})
_KEY_FALSE = frozenset({"非重点"})

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


def unguarded(value: Any) -> Any:
    """The cell without a guarding apostrophe, other types as they are."""
    return unguard(value) if isinstance(value, str) and value[:1] == "'" else value


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


def vague_day(name: str) -> Reader:
    """Text that may be a day: 2026年12月底 stays as it is, a date cell becomes YYYY-MM-DD."""
    as_text = text(name)

    def read(value: Any, draft: Draft, column: int) -> None:
        if isinstance(value, datetime.date):
            value = parse_date(value).isoformat()
        as_text(value, draft, column)

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
    """A word of a dictionary as it is now, or one of its synonyms."""
    part, _, attribute = name.partition(".")
    known: dict[str, str] = {entry.label: entry.value for entry in dictionary}

    def read(value: Any, draft: Draft, column: int) -> None:
        found = known.get(value) if type(value) is str else None
        if found is None:
            words = ticked(plain(value).strip())
            if not words:
                return
            found = known.get(words) or dictionary.match(words)
            if found is None:
                raise Refuse(unknown(words, dictionary))
            if len(known) < 500:
                known[words] = found
        getattr(draft, part)[attribute] = found

    return read


def unknown(words: str, dictionary: choices.Dictionary) -> str:
    offered = "、".join(entry.label for entry in dictionary)
    return f"没有“{words[:20]}”这个选项，请改为：{offered}"


def truth(value: Any) -> bool | None:
    """是 or 否, None for an empty cell."""
    words = plain(value).strip().lower()
    if words in _TRUE or words in _FALSE:
        return words in _TRUE
    if words:
        raise Refuse("请填“是”或“否”")
    return None


def is_key(value: Any, draft: Draft, column: int) -> None:
    """重点客户: 是 or 否, or the words themselves."""
    words = plain(value).strip()
    found = words in _KEY_TRUE if words in _KEY_TRUE | _KEY_FALSE else truth(value)
    if found is not None:
        draft.customer["is_key"] = found


def yes_no(name: str) -> Reader:
    """A field that is true or false."""
    part, _, attribute = name.partition(".")

    def read(value: Any, draft: Draft, column: int) -> None:
        found = truth(value)
        if found is not None:
            getattr(draft, part)[attribute] = found

    return read
