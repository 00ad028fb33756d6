"""What a made-up customer is: its fields, its people, and the facts its story is told with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from zhike.site.demo.cast import Seller

OPEN, WON, OLD, LOST, COLD, CHURN = "open", "won", "old", "lost", "cold", "churn"
ROLES = {"keeper": "influences", "boss": "decides", "user": "uses", "buyer": "buys"}
_LEGAL = re.compile(r"(股份|连锁|管理|服务|工程|制造)?有限公司$|\(.*?\)|（.*?）")


@dataclass
class Someone:
    """A contact: `role` is a key of ROLES, `called` how the sales people speak of them."""

    role: str
    name: str
    called: str
    female: bool
    fields: dict[str, Any]


@dataclass
class Profile:
    """One customer before anything was written. Amounts are in fen.

    `facts` are the words its story is told with; `seller` looks after it now, `before` did until
    it was handed over. `given` are the fields known on the first day, `later` those the story
    brings to light. `pace` stretches the pauses between contacts.
    """

    name: str
    kind: str
    arc: str
    line: str
    industry: str
    seller: Seller
    rng: Random
    started: date
    until: date
    source: str = ""
    before: Seller | None = None
    objections: list[str] = field(default_factory=list)
    people: list[Someone] = field(default_factory=list)
    facts: dict[str, str | list[str]] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    later: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    quote: int = 0
    final: int = 0
    more: int = 0
    pace: float = 1.0
    since: date | None = None

    @property
    def short(self) -> str:
        """The name as people say it: 恒樾食品."""
        return short_name(self.name, str(self.facts.get("city", "")))


def short_name(name: str, city: str) -> str:
    """A company's name without place and legal form."""
    return _LEGAL.sub("", _LEGAL.sub("", name)).removeprefix(city) or name


def money(fen: int) -> str:
    """An amount as sales people write it: 11.8万, 9800元."""
    yuan = fen // 100
    if yuan < 20000:
        return f"{yuan}元"
    return f"{yuan / 10000:.2f}".rstrip("0").rstrip(".") + "万"


def budget_range(fen: int, rng: Random) -> tuple[str, str]:
    """A budget around an amount, as written in the field and as spoken: 10万-12万, 10万到12万."""
    yuan = fen / 100
    step = 10000 if yuan >= 60000 else 5000 if yuan >= 20000 else 1000
    low = max(1, int(yuan * rng.uniform(0.8, 0.92) // step)) * step
    high = low + step * max(1, round(yuan * 0.18 / step))
    words = [money(low * 100), money(high * 100)]
    if words[0].endswith("元") != words[1].endswith("元"):
        words = [f"{low / 10000:g}万", f"{high / 10000:g}万"]
    return "-".join(words), "到".join(words)


def years_before(day: date, years: int, days: int) -> date:
    """A day some years and days before another."""
    return day - timedelta(days=365 * years + days)
