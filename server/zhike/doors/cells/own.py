"""How cells of fields are read that stand on no published sheet: by the type of their definition.

A cell is brought into the form a value has everywhere (`fields.values`) and checked there.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from zhike.access.models import Person
from zhike.base.text import normalise, tidy
from zhike.doors.cells.basics import (
    Reader,
    choice,
    day,
    plain,
    text,
    truth,
    unguarded,
    unknown,
    yes_no,
)
from zhike.doors.draft import Draft, Refuse
from zhike.fields import checks, choices, values
from zhike.fields.builtin import Definition
from zhike.fields.checks import CheckFailed, parse_money_wan

_MASK = re.compile(r"[*＊●•]")
_SEPARATORS = re.compile(r"([、,，;；/\n|]+)")
_RANGE = re.compile(r"\s*(?:至|到|~|～|—+|–|--)\s*|\s+-\s+")
_FROM = re.compile(r"(.+?)\s*(?:起|开始|以后|至今|至|到|~|～|—+)")
_UNTIL = re.compile(r"(?:至|到|截至|截止到?|~|～|—+)\s*(.+)")
_WITH_SIGN_IN = re.compile(r"(.+?)\s*[(（]([^()（）]+)[)）]")


def shipped(definition: Definition) -> Reader:
    """The reader of a further shipped field, which has a column of its own in the database."""
    name = definition.name
    if definition.type == "choice":
        return choice(name, choices.get(definition.dictionary))
    if definition.type == "date":
        return day(name)
    if definition.type == "yes_no":
        return yes_no(name)
    if definition.type == "birthday":
        return _birthday(definition)
    return text(name)


def own(definition: Definition, *, wan: bool = False) -> Reader:
    """The reader of a field of the customer's own; `wan`: bare amounts are in 万元."""
    understood = _understanding(definition, wan=wan)
    part, key = definition.of, definition.key
    label = len(definition.label)

    def read(value: Any, draft: Draft, column: int) -> None:
        raw = understood(value, draft, column)
        if raw is None:
            return
        people = (raw,) if definition.type == "person" else ()
        try:
            found = values.clean(definition, raw, people=people)
        except CheckFailed as failed:
            told = failed.message  # beside the header of the column its name need not be repeated
            if told.startswith(definition.label):
                told = told[label:].lstrip("：").rstrip("。")
            raise CheckFailed(told, reason=failed.reason) from None
        if found is not None:
            getattr(draft, part)[key] = found

    return read


Understood = Callable[[Any, Draft, int], Any]  # the cell in the form of the wire, None for nothing


def _understanding(definition: Definition, *, wan: bool) -> Understood:
    if definition.type == "money":
        return lambda value, _draft, _column: _fen(value, wan=wan)
    if definition.type == "choice":
        return _one_of(choices.get(definition.dictionary))
    if definition.type == "choices":
        return _several_of(choices.get(definition.dictionary))
    if definition.type == "person":
        return _person()
    return _SIMPLE.get(definition.type, _words)


def _words(value: Any, _draft: Draft, _column: int) -> str:
    return plain(value)


def _number(value: Any, _draft: Draft, _column: int) -> Any:
    if isinstance(value, (bool, datetime.date)):
        raise Refuse("请填数字")
    return value if isinstance(value, (int, float)) else plain(value)


def _fen(value: Any, *, wan: bool) -> int | None:
    if isinstance(value, datetime.date):
        raise Refuse("请填金额")
    value = unguarded(value)
    if not wan:
        words = normalise(plain(value))
        value = words + "元" if words[-1:].isdigit() else words
    return parse_money_wan(value)


def _date(value: Any, _draft: Draft, _column: int) -> Any:
    if isinstance(value, str):
        return unguarded(value)
    return checks.parse_date(value).isoformat()


def _date_range(value: Any, _draft: Draft, _column: int) -> Any:
    if not isinstance(value, str):
        one = checks.parse_date(value).isoformat()
        return [one, one]
    words = normalise(plain(value))
    if not words:
        return None
    for form, at in ((_FROM, 0), (_UNTIL, 1)):
        found = form.fullmatch(words)
        if found and not _RANGE.search(found[1]):
            return [found[1], None] if at == 0 else [None, found[1]]
    parts = _RANGE.split(words)
    return parts if len(parts) == 2 else words


def _yes_no(value: Any, _draft: Draft, _column: int) -> bool | None:
    return truth(value)


def _sealed(value: Any, draft: Draft, column: int) -> str | None:
    """A number or an address: a masked one, as an export without whole numbers has it, is none."""
    if isinstance(value, float) and value >= 1e10 and value % 1e7 == 0:
        raise Refuse(
            "像是被 Excel 变成科学计数的号码，末尾数字已丢失，请把该列设为“文本”格式后重新填写"
        )
    words = plain(value).strip()
    if _MASK.search(words):
        draft.warn(column, "号码被遮挡，没有导入；已有的号码保持不变")
        return None
    return words or None


def _attachment(_value: Any, _draft: Draft, _column: int) -> None:
    raise Refuse("附件不能从表格导入，请导入后在客户页面上传")


_SIMPLE: dict[str, Understood] = {
    "number": _number,
    "date": _date,
    "date_range": _date_range,
    "yes_no": _yes_no,
    "phone": _sealed,
    "email": _sealed,
    "attachment": _attachment,
}


def _birthday(definition: Definition) -> Reader:
    part, key = definition.of, definition.key

    def read(value: Any, draft: Draft, column: int) -> None:
        value = unguarded(value)
        if isinstance(value, (int, float)):
            value = checks.parse_date(value)
        getattr(draft, part)[key] = checks.check_birthday(value)

    return read


def _one_of(dictionary: choices.Dictionary) -> Understood:
    exact = {entry.label: entry.value for entry in dictionary}

    def understood(value: Any, _draft: Draft, _column: int) -> str | None:
        words = plain(value).strip()
        if not words:
            return None
        found = exact.get(words) or exact.get(tidy(words)) or dictionary.match(words)
        if found is None:
            raise Refuse(unknown(words, dictionary))
        return found

    return understood


def _several_of(dictionary: choices.Dictionary) -> Understood:
    one = _one_of(dictionary)

    def understood(value: Any, draft: Draft, column: int) -> list[str] | None:
        pieces = _SEPARATORS.split(plain(value).strip())
        found: list[str] = []
        at = 0
        while at < len(pieces):
            if not pieces[at].strip():
                at += 2
                continue
            # The longest run that is one word of the list: a word may hold a separator itself.
            for end in range(len(pieces), at, -2):
                try:
                    picked = one("".join(pieces[at:end]), draft, column)
                except Refuse:
                    if end - at == 1:
                        raise
                    continue
                if picked:
                    found.append(picked)
                at = end + 1
                break
        return found or None

    return understood


def _person() -> Understood:
    """A colleague by name; with the sign-in name in brackets where two have the same."""
    known: dict[str, list[tuple[int, str, bool]]] = {}

    def understood(value: Any, _draft: Draft, _column: int) -> int | None:
        words = tidy(plain(value))
        if not words:
            return None
        if not known:
            people = Person.objects.filter(is_service=False)
            for pk, name, username, works in people.values_list(
                "pk", "name", "username", "is_active"
            ):
                known.setdefault(name, []).append((pk, username, works))
        found = known.get(words, [])
        named = _WITH_SIGN_IN.fullmatch(words)
        if not found and named:
            found = [one for one in known.get(named[1], []) if one[1] == named[2]]
        working = [one for one in found if one[2]]
        if len(working) == 1:
            return working[0][0]
        if working:
            first = f"{words}({working[0][1]})"
            raise Refuse(
                f"有 {len(working)} 位同事叫“{words[:20]}”，请在后面写上登录名，如“{first}”"
            )
        if found:
            raise Refuse(f"“{words[:20]}”已离职，请改为在职的同事")
        raise Refuse(f"没有“{words[:20]}”这位同事，请核对姓名")

    return understood
