"""Made-up data of a whole year, to look around with: `zhike demo`, and its removal.

Everything is written by the rooms' own actions, as if the people had worked with the product for
a year. Names, numbers and addresses are invented; every customer carries the tag 演示数据.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhike.access.models import Organisation, Person
from zhike.access.rights import ADMINISTRATOR
from zhike.base import clock
from zhike.base.errors import Conflict
from zhike.customers.models import CustomerTag
from zhike.site.demo import cast
from zhike.site.demo.population import population
from zhike.site.demo.removal import has_demo_data, remove
from zhike.site.demo.writing import Counts, Writer
from zhike.trail.notices import reading

SIZE = 300
SEED = "zhike"

__all__ = ["SIZE", "Filled", "fill", "has_demo_data", "refuse_twice", "remove"]


@dataclass(frozen=True)
class Filled:
    """What was made: sign-in names with names, their password, who the administrator is.

    `new_boss` tells whether the administrator was made, with the same password.
    """

    boss: Person
    new_boss: bool
    people: list[Person]
    password: str
    counts: Counts

    def told(self) -> str:
        """The lines the command prints: counts, who can sign in, and the password."""
        count = self.counts
        lines = [
            f"写入 {count.customers} 位客户、{count.contacts} 位联系人、{count.follow_ups} 条跟进、"
            f"{count.tasks} 项计划和待办、{count.care_entries} 条维护、{count.feedback} 条反馈；"
            f"{count.let_go} 位在公海等人领。",
            "可以用这些登录名登录："
            + "、".join(f"{one.username}（{one.name}，{one.role.name}）" for one in self.people),
        ]
        if self.new_boss:
            lines.append(f"管理员：{self.boss.username}（{self.boss.name}）")
        lines.append(f"密码都是：{self.password}（只显示这一次）")
        lines.append("看完可以用 zhike demo --remove 一次清除。")
        return "\n".join(lines)


def fill(
    *,
    now: datetime | None = None,
    size: int = SIZE,
    seed: str = SEED,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Filled:
    """Write `size` customers with a year of stories; `told` hears how far it is.

    Raises Conflict while there is demo data. What is written is the same for the same seed and
    day, but for the password.
    """
    now = now or clock.now()
    refuse_twice()
    password = cast.new_password()
    boss = _boss()
    new_boss = boss is None
    if boss is None:
        boss = cast.open_house(cast.arrived(now), password)
    hired = cast.hire(boss, cast.arrived(now), password)
    writer = Writer(hired, now)
    profiles = population(size, clock.day_of(now), seed)
    for done, profile in enumerate(profiles, start=1):
        writer.write(profile)
        told(done, len(profiles))
    _read_what_is_past(hired.people.values(), boss, now)
    return Filled(boss, new_boss, list(hired.people.values()), password, writer.counts)


_NEWS = timedelta(days=3)


def _read_what_is_past(people: Iterable[Person], boss: Person, now: datetime) -> None:
    """Have everybody read what they were told of the made-up past, but for the last days."""
    made_up = CustomerTag.objects.filter(tag__name=cast.MARK).values("customer_id")
    for one in (boss, *people):
        told = reading.visible_to(one).filter(customer_id__in=made_up)
        told = told.filter(created_at__lt=now - _NEWS)
        reading.read(actor=one, now=now, ids=told.values_list("pk", flat=True))


def refuse_twice() -> None:
    """Raise Conflict while there is demo data."""
    if has_demo_data():
        raise Conflict("演示数据已经在系统里了；要重新填，请先执行 zhike demo --remove。")


def _boss() -> Person | None:
    if not Organisation.objects.exists():
        return None
    found = Person.objects.filter(role__key=ADMINISTRATOR, is_active=True).order_by("id").first()
    if found is None:
        raise Conflict("没有在职的管理员，无法填入演示数据。")
    return found
