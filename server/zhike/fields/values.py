"""Values of fields: taken in, shown, indexed and compared. The one place that knows every type.

A value has one form, on the wire and in the database: text, long_text, url, choice, phone and
email are text; a number is its decimal text ("12.5"), an amount whole fen, a day "2026-11-18",
a range of days [from, to] with either missing, choices a list, yes_no a truth value, a person the
id. No value is None. What is encrypted, and where values are kept, is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple, TypeVar

from zhike.base import text as texts
from zhike.fields import checks, choices, sealed
from zhike.fields.builtin import Definition
from zhike.fields.checks import birthday
from zhike.fields.checks.failure import CheckFailed
from zhike.fields.checks.money import MOST_FEN
from zhike.fields.checks.numbers import NUMBER, check_number
from zhike.fields.checks.numbers import decimal_text as decimal_text
from zhike.fields.checks.patterns import PATTERNS as PATTERNS
from zhike.fields.checks.web import check_url

SHORT, LONG, SEALED = 200, 20_000, 200  # characters
WORD = 64  # characters of a text that lists compare
MILLION = 1_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2200

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


Sized = TypeVar("Sized", Decimal, int, date)


class Row(NamedTuple):
    """What lists compare of a value, as `customers.models.CustomValue` keeps it."""

    word: str = ""
    number: int | None = None
    until: int | None = None


def clean(
    field: Definition,
    raw: Any,
    *,
    held: Any = None,
    people: Collection[int] = (),
    longest: int | None = None,
) -> Any:
    """Return the value somebody entered in its one form, None where nothing is left of it.

    `held` is what the record has: a word that is offered no more and a colleague who left may
    stay. `people` are the ids of those who work here. `longest` is the room there is for a text.
    Raises CheckFailed with a sentence that names the field.
    """
    if raw is None or raw == "" or raw == []:
        return None
    if held is not None and raw == held and type(raw) is type(held):
        return held
    if isinstance(raw, str) and "\0" in raw and field.type not in ("text", "long_text"):
        raise _fail(field, "里有无法保存的字符，请重新输入。")
    if field.type == "person":
        return _person(field, raw, people)
    if field.type == "choice":
        return _choice(field, raw, held)
    if field.type == "choices":
        return _choices(field, raw, held)
    # Shipped numbers are checked together with the rest of their record (`customers.entry`).
    check = None if field.builtin and field.is_sealed else _CHECKS.get(field.type)
    return check(field, raw) if check else _text(field, raw, longest)


def _fail(field: Definition, told: str) -> CheckFailed:
    return CheckFailed(f"{field.label}{told}")


def _words(field: Definition, raw: Any, *, multiline: bool = False) -> str:
    if not isinstance(raw, str):
        raise _fail(field, "要填文字。")
    if any("\ud800" <= letter <= "\udfff" for letter in raw):
        raise _fail(field, "里有无法保存的字符，请重新输入。")
    return texts.tidy(raw, multiline=multiline)


def _text(field: Definition, raw: Any, longest: int | None) -> str | None:
    words = _words(field, raw, multiline=field.builtin or field.type == "long_text")
    room = longest or (LONG if field.type == "long_text" else SHORT)
    limit = min(room, _whole(field.rule.get("longest"), room))
    if len(words) > limit:
        raise _fail(field, f"最多 {limit} 个字，现在有 {len(words)} 个，请精简。")
    known = PATTERNS.get(str(field.rule.get("pattern") or ""))
    if known and words and not known[1].fullmatch(words):
        raise _fail(field, f"{known[0]}，请核对。")
    return words or None


def _whole(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def _number(field: Definition, raw: Any) -> str | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise _fail(field, "要填数字。")
    if isinstance(raw, str) and not texts.normalise(raw):
        return None
    try:
        number = check_number(raw)
    except CheckFailed as failed:
        raise _fail(field, f"{failed.message}。") from None
    _between(field, number, _decimal, str)
    return decimal_text(number)


def _money(field: Definition, raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= MOST_FEN:
        raise _fail(field, "要填不小于 0 的数，且不超过九十万亿元。")
    _between(field, raw, _fen, money_text)
    return raw


def _date(field: Definition, raw: Any) -> str:
    if isinstance(raw, date):
        raw = f"{raw.year:04}-{raw.month:02}-{raw.day:02}"
    if not isinstance(raw, str):
        raise _fail(field, "要填日期，如 2024-05-30。")
    day = _day(field, raw)
    _between(field, day, _limit_day, str)
    return day.isoformat()


def _day(field: Definition, raw: str) -> date:
    plain = texts.normalise(raw[:60])
    try:
        exact = date.fromisoformat(plain) if _DAY.fullmatch(plain) else None
    except ValueError:
        exact = None
    try:
        day = exact or checks.parse_date(plain, allow_serial=False)
    except CheckFailed as failed:
        raise _fail(field, f"：{failed.message}。") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _fail(field, "的年份不对，请核对。")
    return day


def _date_range(field: Definition, raw: Any) -> list[str | None] | None:
    if isinstance(raw, str):
        try:
            raw = list(checks.parse_date_range(raw[:60]))
        except CheckFailed as failed:
            raise _fail(field, f"：{failed.message}。") from None
    if not isinstance(raw, list | tuple) or len(raw) != 2:
        raise _fail(field, "要填开始和结束两个日期，可以只填一个。")
    first, last = (None if one in (None, "") else _date(field, one) for one in raw)
    if first and last and last < first:
        raise _fail(field, "的结束日期早于开始日期，请核对。")
    return [first, last] if first or last else None


def _between(
    field: Definition,
    value: Sized,
    read: Callable[[Any], Sized | None],
    show: Callable[[Sized], str],
) -> None:
    """Check the least and the most an administrator allows; what is no limit limits nothing."""
    least, most = read(field.rule.get("min")), read(field.rule.get("max"))
    word = "早于" if field.type.startswith("date") else "小于"
    if least is not None and value < least:
        raise _fail(field, f"不能{word} {show(least)}。")
    if most is not None and value > most:
        raise _fail(field, f"不能{'晚于' if word == '早于' else '大于'} {show(most)}。")


def _decimal(limit: Any) -> Decimal | None:
    plain = str(limit) if isinstance(limit, int | float | str) else ""
    return Decimal(plain) if NUMBER.fullmatch(plain) else None


def _fen(limit: Any) -> int | None:
    found = _decimal(limit)
    return None if found is None else int(found)


def _limit_day(limit: Any) -> date | None:
    try:
        return date.fromisoformat(limit) if isinstance(limit, str) else None
    except ValueError:
        return None


def _choice(field: Definition, raw: Any, held: Any) -> str | None:
    if not isinstance(raw, str) or "\0" in raw:
        raise _fail(field, "要从列表中选一项。")
    value = texts.tidy(raw[:200])
    if value and value != held and value not in choices.get(field.dictionary).values:
        raise _fail(field, f"没有“{value[:20]}”这个选项，请从列表中选择。")
    return value or None


def _choices(field: Definition, raw: Any, held: Any) -> list[str] | None:
    if not isinstance(raw, list | tuple) or len(raw) > 200:
        raise _fail(field, "要从列表中选择，可以选几项。")
    had = held if isinstance(held, list) else []
    picked = [_choice(field, one, one if one in had else None) for one in raw]
    order = [entry.value for entry in choices.get(field.dictionary).entries]
    places = {value: place for place, value in enumerate(order)}
    wanted = {one for one in picked if one}
    return sorted(wanted, key=lambda one: (places.get(one, len(places)), one)) or None


def _yes_no(field: Definition, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise _fail(field, "只能是“是”或“否”。")
    return raw


def _person(field: Definition, raw: Any, people: Collection[int]) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw not in people:
        raise _fail(field, "要选一位在职的同事，请重新选择。")
    return raw


def _phone(field: Definition, raw: Any) -> str | None:
    words = _short(field, raw)
    return _told(field, lambda: checks.check_phone(words).display) if words else None


def _email(field: Definition, raw: Any) -> str | None:
    words = _short(field, raw)
    return _told(field, partial(checks.check_email, words)) if words else None


def _birthday(field: Definition, raw: Any) -> str | None:
    words = raw.isoformat() if isinstance(raw, date) else _short(field, raw)
    return _told(field, partial(checks.check_birthday, words)) if words else None


def _short(field: Definition, raw: Any) -> str:
    words = _words(field, raw)
    if len(words) > SEALED:
        raise _fail(field, f"最多 {SEALED} 个字，现在有 {len(words)} 个，请精简。")
    return words


def _told(field: Definition, check: Callable[[], str]) -> str:
    try:
        return check()
    except CheckFailed as failed:
        raise CheckFailed(f"{field.label}：{failed.message}。", reason=failed.reason) from None


def _url(field: Definition, raw: Any) -> str | None:
    words = _words(field, raw)
    if not words:
        return None
    try:
        return check_url(words)
    except CheckFailed as failed:
        raise _fail(field, f"{failed.message}。") from None


def _attachment(field: Definition, _raw: Any) -> None:
    raise _fail(field, "是附件，请在附件处上传。")


_CHECKS: dict[str, Callable[[Definition, Any], Any]] = {
    "number": _number,
    "money": _money,
    "date": _date,
    "date_range": _date_range,
    "yes_no": _yes_no,
    "phone": _phone,
    "email": _email,
    "birthday": _birthday,
    "url": _url,
    "attachment": _attachment,
}


def money_text(fen: int) -> str:
    """Return an amount as people read it: 12,500.50 元."""
    return f"{Decimal(fen) / 100:,.2f} 元"


def text(field: Definition, value: Any, people: Mapping[int, str] | None = None) -> str:
    """Return a value as people read it; "" for none. `people` are names by id."""
    if value is None or value == "" or value == []:
        return ""
    if field.type == "choice":
        return choices.get(field.dictionary).label(str(value))
    if field.type == "choices" and isinstance(value, list):
        return "、".join(choices.get(field.dictionary).label(str(one)) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.type == "money" and isinstance(value, int):
        return money_text(value)
    if field.type == "date_range" and isinstance(value, list) and len(value) == 2:
        first, last = value
        return f"{first} 至 {last}" if first and last else f"{first} 起" if first else f"至 {last}"
    if field.type == "person" and isinstance(value, int):
        return (people or {}).get(value, f"同事 {value}")
    if field.type == "birthday":
        try:
            return birthday.show(str(value))
        except ValueError:
            return str(value)
    return str(value)


def word(value: str) -> str:
    """Return the comparing form of a text: width and case do not matter, a long one is cut."""
    return texts.normalise(value).casefold()[:WORD]


def rows(field: Definition, value: Any) -> list[Row]:
    """Return what lists compare of a value; nothing of none. Of a sealed one, its blind index."""
    if value is None:
        return []
    kind = field.type
    if kind in ("phone", "email"):
        return [Row(word=blind(field, value))]
    if kind == "choices":
        return [Row(word=one) for one in value]
    if kind == "date_range":
        first, last = (None if one is None else ordinal(one) for one in value)
        return [Row(number=first, until=last)]
    if kind == "choice":
        return [Row(word=value)]
    number = number_of(field, value)
    return [Row(word=word(str(value)))] if number is None else [Row(number=number)]


def number_of(field: Definition, value: Any) -> int | None:
    """Return the whole number a value is compared by; None for texts."""
    if field.type == "number":
        return int(Decimal(value) * MILLION)
    if field.type == "date":
        return ordinal(value)
    if field.type in ("money", "person", "yes_no"):
        return int(value)
    return None


def ordinal(day: str) -> int:
    """Return the number of a day."""
    return date.fromisoformat(day).toordinal()


def blind(field: Definition, value: str) -> str:
    """Return the keyed hash by which a sealed value is found again."""
    kind = "mobile" if field.type == "phone" else field.type
    return (sealed.indexes(kind, value)["full"] or b"").hex()


_COMPARED = ("eq", "ne", "ge", "le", "in", "empty", "filled")
OPS: dict[str, tuple[str, ...]] = {
    "text": ("eq", "ne", "has", "in", "empty", "filled"),
    "long_text": ("eq", "ne", "has", "empty", "filled"),
    "url": ("eq", "ne", "has", "empty", "filled"),
    "number": _COMPARED,
    "money": _COMPARED,
    "date": _COMPARED,
    "date_range": ("eq", "has", "ge", "le", "empty", "filled"),
    "choice": ("eq", "ne", "in", "empty", "filled"),
    "choices": ("eq", "ne", "has", "in", "empty", "filled"),
    "yes_no": ("eq", "ne", "empty", "filled"),
    "person": ("eq", "ne", "in", "empty", "filled"),
    "phone": ("eq", "empty", "filled"),
    "email": ("eq", "empty", "filled"),
    "industry": ("eq", "ne", "has", "in", "empty", "filled"),
    "region": ("eq", "ne", "has", "in", "empty", "filled"),
    "birthday": ("eq", "ne", "empty", "filled"),
    "attachment": ("empty", "filled"),
}


def typed(field: Definition, word: str) -> Any:
    """Return the value meant by a word of a filter: what `clean` takes for this type.

    Ranges of days are written from~to. What cannot be read comes back as it was, for `clean` to
    refuse in its own words.
    """
    if field.type in ("money", "person"):
        return int(word) if re.fullmatch(r"-?\d{1,18}", word, re.ASCII) else word
    if field.type == "yes_no":
        return {"true": True, "false": False, "1": True, "0": False}.get(word.lower(), word)
    if field.type == "choices":
        return [word]
    if field.type == "date_range" and word.count("~") == 1:
        return [one or None for one in word.split("~")]
    return word
