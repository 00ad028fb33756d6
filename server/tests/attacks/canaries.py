"""Planted values that must never be seen where they do not belong, and how to look for them.

A `Nest` makes customers full of values that occur nowhere else. `needles` says which texts may not
be shown to a reader with a level: the hidden part of every value in each form it could take.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

from pypdf import PdfReader

from zhike.access.rights import Level
from zhike.fields import masking

SEALED = {
    "mobile": "phone",
    "landline": "phone",
    "email": "email",
    "wechat": "email",
    "identity": "identity",
    "address": "address",
    "own phone": "phone",
    "own email": "email",
}
OWN = {  # the customer's own fields there are of each kind of record: type -> group of rights
    "customer": {
        "phone": "phone",
        "email": "email",
        "text": "notes",
        "long_text": "needs",
        "money": "money",
        "date": "cooperation",
    },
    "contact": {"phone": "phone", "email": "email", "text": "contact", "date": "contact"},
    "follow_up": {"phone": "phone", "email": "email", "text": "notes", "money": "money"},
}
_TEXTS = {
    "needs": ("first_need", "core_need", "budget", "expected_term"),
    "cooperation": ("products", "project_code", "expected_close"),
    "notes": ("special_needs", "risk", "competition", "remark", "personnel_changes"),
    "contact": (
        *("title", "preferences", "convenient_time"),
        *("salutation", "consent_source", "do_not_contact_reason"),
    ),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Canary(NamedTuple):
    """A planted value: the group of rights it belongs to, and what kind of value it is."""

    group: str
    kind: str
    value: str
    of: str = "person"


class Nest:
    """Makes customers and contacts of values nobody else has, and remembers them all."""

    def __init__(self) -> None:
        self.planted: list[Canary] = []
        self.own: dict[str, dict[str, str]] = {}
        self._number = 0
        self._texts = 0

    def define(self, add: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """Have own fields of every protected type; `add` defines one and returns it."""
        for of, types in OWN.items():
            self.own[of] = {}
            for type_, group in types.items():
                said = {"of": of, "type": type_, "group": group, "label": f"自备{of}{type_}"}
                self.own[of][type_] = add(said)["key"]

    def customer(self, kind: str = "person") -> dict[str, Any]:
        """Fields of a customer; each call gives others."""
        self._number += 1
        texts = {
            name: self._text(group, name)
            for group in ("needs", "cooperation", "notes")
            for name in _TEXTS[group]
        }
        days = {}
        for place, name in enumerate(("cooperation_since", "cooperation_until")):
            day = date(1931 + place * 40, 3, 17) + timedelta(days=self._number * 37)
            days[name] = self._keep("cooperation", "day", day.isoformat())
        amounts = {
            "contract_amount": self._amount(7_390_461_200),
            "deal_amount": self._amount(5_180_273_900),
        }
        return {
            **texts,
            **days,
            **amounts,
            "identity": self._keep("identity", "identity", self._identity(kind)),
            "address": self._address(kind),
            **({"birthday": self._birthday()} if kind == "person" else {}),
            **self.custom("customer"),
        }

    def contact(self) -> dict[str, Any]:
        """Fields of a contact; each call gives others."""
        self._number += 1
        n = self._number
        return {
            "name": self._keep("contact", "name", f"赵{chr(0x9D00 + n)}{chr(0x9E00 + n)}"),
            **{name: self._text("contact", name) for name in _TEXTS["contact"]},
            "mobile": self._sealed(
                "mobile", f"139{(7213 + 97 * n) % 10_000:04}{(1461 + 89 * n) % 10_000:04}"
            ),
            "landline": self._sealed("landline", f"0755-2{6813407 + 10133 * n:07}"),
            "email": self._sealed("email", f"kanari{n}vogel@nest{n}zug.example"),
            "wechat": self._sealed("wechat", f"wx_geheim{n}vogel"),
            "birthday": self._birthday(),
            **self.custom("contact"),
        }

    def custom(self, of: str) -> dict[str, Any]:
        """Values of the own fields of a kind of record, as its form takes them."""
        if of not in self.own:
            return {}
        self._number += 1
        return {
            "custom": {key: self._own(type_, OWN[of][type_]) for type_, key in self.own[of].items()}
        }

    def purchase(self) -> dict[str, Any]:
        """Fields of a purchase; each call gives others."""
        self._number += 1
        return {
            "bought_on": "2026-11-02",
            "product": self._text("cooperation", "product"),
            "order_code": self._text("cooperation", "order"),
            "note": self._text("cooperation", "note"),
            "amount": self._amount(3_260_418_700),
        }

    def problem(self) -> dict[str, Any]:
        """Fields of a problem; each call gives others."""
        return {name: self._text("notes", name) for name in ("description", "cause", "solution")}

    def file_of(self, group: str) -> str:
        """The name of a file on a record that is read with a group of rights."""
        return self._text(group, "file") + ".pdf"

    def first_contact(self) -> dict[str, Any]:
        """The same as the form for a new customer names it."""
        made = self.contact()
        named = {"contact_name": made["name"], "contact_title": made["title"]}
        return named | {name: made[name] for name in ("mobile", "landline", "email", "wechat")}

    def of(self, kind: str) -> list[str]:
        """The planted values of a kind."""
        return [one.value for one in self.planted if one.kind == kind]

    def _keep(self, group: str, kind: str, value: str, of: str = "person") -> str:
        self.planted.append(Canary(group, kind, value, of))
        return value

    def _sealed(self, kind: str, value: str) -> str:
        return self._keep(SEALED[kind], kind, value)

    def _text(self, group: str, name: str) -> str:
        self._texts += 1
        rare = chr(0x9B00 + self._texts) + chr(0x9A00 + self._texts)
        self._keep(group, "text", rare)
        return f"{name}{rare}"

    def _own(self, type_: str, group: str) -> Any:
        n = self._number
        if type_ == "phone":
            number = f"187{(3319 + 97 * n) % 10_000:04}{(2753 + 89 * n) % 10_000:04}"
            return self._sealed("own phone", number)
        if type_ == "email":
            return self._sealed("own email", f"eigen{n}specht@horst{n}wald.example")
        if type_ == "money":
            return self._amount(8_620_357_400)
        if type_ == "date":
            day = date(1951, 3, 17) + timedelta(days=n * 37)
            return self._keep(group, "day", day.isoformat())
        return self._text(group, "own")

    def _birthday(self) -> str:
        day = date(1911, 3, 17) + timedelta(days=self._number * 37)
        return self._keep("contact", "birthday", day.isoformat())

    def _amount(self, base: int) -> int:
        fen = base + self._number * 10_000_100
        self._keep("money", "amount", str(fen))
        return fen

    def _identity(self, kind: str) -> str:
        if kind == "company":
            body = f"91440300MA5{self._number:05}X"
            letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
            total = sum(letters.index(one) * pow(3, n, 31) for n, one in enumerate(body))
            return body + letters[(31 - total % 31) % 31]
        body = f"44010119{60 + self._number % 40}0307{121 + self._number}"
        total = sum(int(one) * weight for one, weight in zip(body, _WEIGHTS, strict=True))
        return body + "10X98765432"[total % 11]

    def _address(self, kind: str) -> str:
        n = self._number
        road = f"{chr(0x9C00 + n)}{chr(0x9F00 + n)}"
        region = "广东省深圳市南山区" if kind == "company" else "广东省广州市天河区"
        return self._keep("address", "address", f"{region}{road}道{n}号902室", of=kind)


def needles(planted: Iterable[Canary], levels: dict[str, Level], *, plain: bool) -> set[str]:
    """What a reader with these levels may not be shown, in lower case.

    `plain` is for files in which sealed values stand whole for those who may read them.
    """
    found: set[str] = set()
    for one in planted:
        level = levels[one.group]
        if one.kind in SEALED:
            public = one.kind == "address" and one.of == "company"
            if level >= Level.READ and (plain or public):
                continue
            found |= _parts(one) | _encoded(one.value)
            if level == Level.HIDDEN:
                found.add(masking.mask(one.kind.removeprefix("own "), one.value))
        elif level < Level.READ:
            found |= _shown(one)
            if one.kind == "name" and level == Level.HIDDEN:
                found.add("赵")
    return {one.lower() for one in found}


def whole(planted: Iterable[Canary]) -> set[bytes]:
    """The sealed values as bytes on a disk could hold them."""
    found: set[bytes] = set()
    for one in planted:
        if one.kind in SEALED:
            forms = _encoded(one.value) | (
                _parts(one) if one.kind in ("email", "wechat", "own email") else set()
            )
            found |= {form.encode() for form in forms}
            if one.kind == "address":
                found |= {one.value.encode(code) for code in ("utf-16-le", "gb18030")}
    return found


def _parts(one: Canary) -> set[str]:
    """The pieces of a sealed value of which the mask shows nothing."""
    if one.kind in ("mobile", "landline", "own phone"):
        digits = re.sub(r"\D", "", one.value)
        return {digits[n : n + 6] for n in range(len(digits) - 5)} | {digits[::-1]}
    if one.kind == "identity":
        return {one.value[n : n + 7] for n in range(2, len(one.value) - 7)}
    if one.kind in ("email", "own email"):
        return {one.value.partition("@")[0][1:]}
    if one.kind == "wechat":
        return {one.value[1:-1]}
    return {one.value[9:11], one.value[9:]}


def _shown(one: Canary) -> set[str]:
    if one.kind == "name":
        return _encoded(one.value) | _encoded(one.value[1:])
    if one.kind == "amount":
        fen = int(one.value)
        yuan, wan = f"{fen / 100:,.2f}", f"{fen / 1_000_000:.4f}"
        return {str(fen), str(fen // 100), yuan, yuan[:-3], wan, wan.rstrip("0")}
    if one.kind == "birthday":
        day = date.fromisoformat(one.value)
        return {one.value, f"{day.year}年{day.month}月{day.day}日"}
    if one.kind == "day":
        return {one.value, one.value.replace("-", "/"), one.value.replace("-", "")}
    return _encoded(one.value)


def _encoded(text: str) -> set[str]:
    data = text.encode()
    forms = {text, quote(text), data.hex(), json.dumps(text)[1:-1]}
    for shift in range(3):
        word = base64.b64encode(b"\0" * shift + data).decode().rstrip("=")
        forms.add(word[-(-shift * 8 // 6) : -1])
    if len(text) > 5:
        forms |= {text[::-1], re.sub(r"[-\s]", "", text)}
    return {form for form in forms if len(form) > 1}


_NOISE = re.compile(r"\b(?:[0-9a-f]{32}){1,2}\b|(?<=:\d\d)\.\d+")


def readable(data: bytes) -> str:
    """The text of an answer or a file, workbooks unpacked; request numbers and fractions of
    seconds are left out, which hold any digits.
    """
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "\n".join(readable(book.read(name)) for name in book.namelist())
    if data[:5] == b"%PDF-" and b"%%EOF" in data:  # what stands on the pages, which are packed
        pages = PdfReader(io.BytesIO(data)).pages
        return "\n".join(page.extract_text() for page in pages).lower()
    return _NOISE.sub("", data.decode("utf-8", "replace")).lower()


def leaks(texts: dict[str, str], forbidden: set[str]) -> Iterator[str]:
    """Where something forbidden was shown: `place: what`."""
    together = "\n".join(texts.values())
    for one in sorted(forbidden):
        if one in together:
            yield from (f"{place}: {one}" for place, text in texts.items() if one in text)
