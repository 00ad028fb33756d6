"""Inventing people: names, how they are called, how they are reached."""

from __future__ import annotations

from random import Random

from zhike.site.demo import numbers
from zhike.site.demo.numbers import Numbers
from zhike.site.demo.profile import ROLES, Someone
from zhike.site.demo.words import book, listed


class People:
    """Makes people with numbers of their own."""

    def __init__(self, given: Numbers) -> None:
        self._numbers = given
        self._names: set[str] = set()

    def make(
        self,
        rng: Random,
        role: str,
        title: str,
        taken: set[str],
        *,
        company: str = "",
        full: bool = False,
    ) -> Someone:
        """A person whose surname does not begin with a character of `taken`."""
        female = rng.random() < (0.55 if role in ("keeper", "buyer") else 0.3)
        name, surname = self._name(rng, female, taken)
        called = _called(rng, surname, title, female)
        shown = name
        if not full and rng.random() < 0.35:  # people often know no more than 李女士
            shown = surname + ("女士" if female else "先生") if rng.random() < 0.6 else called
        fields = {"name": shown, "title": title, "role": ROLES[role]}
        fields["mobile"] = self._numbers.mobile(rng)
        if rng.random() < 0.55:
            fields["email"] = numbers.email(rng, name, company)
        if rng.random() < 0.65:
            fields["wechat"] = numbers.wechat(rng, name)
        if rng.random() < 0.4:
            fields["preferences"] = rng.choice(book("world")["preferences"])
        if rng.random() < 0.45:
            fields["convenient_time"] = rng.choice(book("world")["convenient"])
        return Someone(role, shown, called, female, fields)

    def _name(self, rng: Random, female: bool, taken: set[str]) -> tuple[str, str]:
        world = book("world")
        surnames, firsts = listed(world["surnames"]), listed(world["women" if female else "men"])
        while True:
            # Common surnames stand first and come more often.
            surname = surnames[min(int(rng.expovariate(1 / 28)), len(surnames) - 1)]
            name = surname + rng.choice(firsts)
            if surname[0] not in taken and name not in self._names:
                self._names.add(name)
                return name, surname


def _called(rng: Random, surname: str, title: str, female: bool) -> str:
    for ending, form in book("world")["calls"]:
        if title.endswith(ending):
            return f"{surname}{form}"
    if female:
        return surname + rng.choice(["女士", "姐"])
    return surname + rng.choice(["先生", "哥"])
