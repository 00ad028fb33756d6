"""Made-up numbers that pass our checks and belong to nobody.

Mobile numbers use the segments 142, 143 and 154, which were never assigned; local numbers of
landlines begin with 1, which no exchange uses; the district 99 of a credit code does not exist;
e-mail goes to the domains set aside for examples (RFC 2606, CNNIC).
"""

from __future__ import annotations

from random import Random

from zhike.base import pinyin
from zhike.fields.checks import CheckFailed, check_uscc

_SEGMENTS = ("142", "143", "154")
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SUFFIXES = ("", "2025", "88", "66", "_life", "99", "521", "_work")


class Numbers:
    """Gives each number once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def _once(self, made: str) -> bool:
        fresh = made not in self._given
        self._given.add(made)
        return fresh

    def mobile(self, rng: Random) -> str:
        """Eleven digits of a segment nobody has."""
        while True:
            number = f"{rng.choice(_SEGMENTS)}{rng.randrange(10**8):08}"
            if self._once(number):
                return number

    def landline(self, rng: Random, area: str) -> str:
        """Area code and a local number no exchange gives."""
        while True:
            number = f"{area}-1{rng.randrange(10**7):07}"
            if self._once(number):
                return number

    def uscc(self, rng: Random, city: str) -> str:
        """A 统一社会信用代码 with its checksum; `city` gives the first four digits of the place."""
        while True:
            body = f"91{city}99MA" + "".join(rng.choices(_USCC, k=7))
            code = next(made for letter in _USCC if (made := _valid(body + letter)))
            if self._once(code):
                return code


def _valid(code: str) -> str:
    try:
        return check_uscc(code)
    except CheckFailed:
        return ""


def latin(name: str) -> str:
    """A Chinese name in Latin letters."""
    return pinyin.readings(name)[0] or "kehu"


def email(rng: Random, name: str, company: str = "") -> str:
    """An address in a domain for examples: at the company's, or a private one."""
    local = latin(name)
    if company:
        return f"{local}@{latin(company)}.example.{rng.choice(['com', 'cn'])}"
    return f"{local}{rng.randrange(70, 99)}@example.com"


def wechat(rng: Random, name: str) -> str:
    """A name in 微信 that says that it is made up."""
    return f"yanshi_{latin(name)}{rng.choice(_SUFFIXES)}"
