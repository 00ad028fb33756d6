"""The made-up company: its departments, sales people and tags."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zhike.access import actions as access
from zhike.access.models import Department, Person
from zhike.access.queries import people_visible_to
from zhike.access.rights import SALES, SALES_LEAD
from zhike.customers.actions import save_tag
from zhike.customers.models import Tag
from zhike.site.demo.words import book, listed

MARK = "演示数据"  # the tag that tells made-up customers from real ones
_SYLLABLES = listed("qing lan ting yun song he lu ming xi bai zhu feng an ruo tang mo chen yue")


@dataclass(frozen=True)
class Seller:
    """Somebody who sells: `style` chooses the wording, `good` and `bad` are pet phrases.

    Who `leads` a department reaches the customers of all in it.
    """

    username: str
    name: str
    department: str
    home: str
    style: str
    cities: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    leads: bool = False


def sellers() -> list[Seller]:
    """All of them, first those who sell to companies."""
    found = []
    for raw in book("house")["person"]:
        one: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
        found.append(Seller(**one))
    return found


def families(seller: Seller) -> bool:
    """Whether the seller looks after families rather than companies."""
    return seller.department.startswith("家庭")


def new_password() -> str:
    """A password people can type: syllables and digits."""
    words = [secrets.choice(_SYLLABLES) + secrets.choice(_SYLLABLES) for _ in range(2)]
    return f"{words[0]}-{words[1]}-{secrets.randbelow(9000) + 1000}"


def open_house(now: datetime, password: str) -> Person:
    """Set the made-up company up in an empty installation; return its administrator."""
    house = book("house")
    username, name = house["administrator"]
    return access.set_up(
        organisation=house["organisation"],
        name=name,
        username=username,
        password=password,
        now=now,
    )


@dataclass
class Cast:
    """Who acts, by user name of the word list, and the tags by name."""

    boss: Person
    people: dict[str, Person]
    tags: dict[str, int]


def hire(boss: Person, now: datetime, password: str) -> Cast:
    """Add departments, people and tags; those left from an earlier demo are used again."""
    departments = {
        one["name"]: _department(boss, now, one["name"]) for one in book("house")["department"]
    }
    people = {
        seller.username: _person(boss, now, password, seller, departments[seller.department])
        for seller in sellers()
    }
    return Cast(boss, people, _tags(boss, now))


def _department(boss: Person, now: datetime, name: str) -> Department:
    found = Department.objects.filter(name=name, parent=None).first()
    return found or access.save_department(
        actor=boss, now=now, name=name, parent=None, department=Department()
    )


def _person(
    boss: Person, now: datetime, password: str, seller: Seller, department: Department
) -> Person:
    wanted = {
        "name": seller.name,
        "role": SALES_LEAD if seller.leads else SALES,
        "department": department,
        "email": f"{seller.username}@example.com",
    }
    username = seller.username
    found = {one.username: one for one in people_visible_to(boss)}
    while username in found:
        held = found[username]
        if (held.name, held.email) == (wanted["name"], wanted["email"]):
            return access.change_person(
                actor=boss, now=now, person=held, password=password, is_active=True
            )
        username += "2"  # somebody real signs in by this name
    return access.add_person(actor=boss, now=now, password=password, username=username, **wanted)


def _tags(boss: Person, now: datetime) -> dict[str, int]:
    held = dict(Tag.objects.values_list("name", "id"))
    wanted = [(one["name"], one["color"]) for one in book("house")["tag"]] + [(MARK, "default")]
    for name, color in wanted:
        if name not in held:
            held[name] = save_tag(actor=boss, now=now, name=name, color=color, tag=Tag()).pk
    return held


def arrived(now: datetime) -> datetime:
    """When the made-up people came: before the first of the made-up year."""
    return now - timedelta(days=372)
