"""Who the made-up customers are: how many of each kind, whose, since when."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from zhike.fields import choices
from zhike.site.demo import days
from zhike.site.demo.cast import Seller, families, sellers
from zhike.site.demo.companies import Companies
from zhike.site.demo.households import Households
from zhike.site.demo.numbers import Numbers
from zhike.site.demo.people import People
from zhike.site.demo.profile import CHURN, COLD, LOST, OLD, OPEN, WON, Profile
from zhike.site.demo.words import book

YEAR = 365
# Of a hundred companies, and of a hundred families.
_COMPANIES = {OLD: 31, WON: 22, OPEN: 27, LOST: 9, COLD: 7, CHURN: 4}
_FAMILIES = {OLD: 26, WON: 26, OPEN: 24, LOST: 14, COLD: 10}
# How many days ago the story began, from … to.
_BEGAN = {
    OLD: (YEAR, YEAR - 40),
    CHURN: (YEAR, YEAR - 40),
    WON: (350, 120),
    OPEN: (85, 4),
    LOST: (340, 45),
    COLD: (280, 20),
}
_TAG_OF = {
    "price": "价格敏感型",
    "effect": "技术关注型",
    "service": "服务优先型",
    "leaders": "流程较长",
    "lease": "价格敏感型",
    "work": "新址装修",
    "incumbent": "流程较长",
}


def population(size: int, today: date, seed: str) -> list[Profile]:
    """The customers in the order they came. The same for the same size, day and seed."""
    rng = Random(f"{seed}/{size}")
    given = Numbers()
    people = People(given)
    companies, households = Companies(given, people), Households(people)
    count = round(size * 0.8)
    drafts = _drafts(rng, count, "company", _COMPANIES, today, seed)
    drafts += _drafts(rng, size - count, "person", _FAMILIES, today, seed)
    friends: dict[str, list[str]] = {"company": ["老客户"], "person": ["老客户"]}
    # Those we have served longest come first: they recommend the others.
    for profile in sorted(drafts, key=lambda one: one.arc not in (OLD, WON)):
        profile.facts["friend"] = profile.rng.choice(friends[profile.kind][-40:])
        if profile.kind == "company":
            companies.invent(profile)
        else:
            households.invent(profile)
        if profile.arc in (OLD, WON):
            known = profile.short if profile.kind == "company" else str(profile.facts["k"])
            friends[profile.kind].append(known)
        _rank(profile)
        _tag(profile)
    return sorted(drafts, key=lambda one: one.started)


def _drafts(
    rng: Random, count: int, kind: str, shares: dict[str, int], today: date, seed: str
) -> list[Profile]:
    arcs = _spread(count, shares)
    rng.shuffle(arcs)
    trades = list(book("industries"))
    staff = [one for one in sellers() if families(one) == (kind == "person")]
    found = []
    for index, arc in enumerate(arcs):
        own = Random(f"{seed}/{kind}/{index}")
        trade = trades[index % len(trades)] if kind == "company" else ""
        scenes = [key for key, one in book("industries").get(trade, {}).items() if _scene(one)]
        profile = Profile(
            name="",
            kind=kind,
            arc=arc,
            line=own.choice(scenes or ["home", "home", "homeair"]),
            industry=trade,
            seller=staff[index % len(staff)],
            rng=own,
            started=_began(own, arc, today),
            until=_until(own, arc, today),
            source=own.choice(choices.SOURCE.values),
            objections=own.sample(sorted(book("deals")["objections"]), 2),
        )
        profile.before = _before(profile, staff, index)
        found.append(profile)
    return found


def _scene(value: object) -> bool:
    return isinstance(value, dict)


def _spread(count: int, shares: dict[str, int]) -> list[str]:
    total = sum(shares.values())
    arcs = [arc for arc, share in shares.items() for _ in range(round(count * share / total))]
    return (arcs + [OLD] * count)[:count]


def _began(rng: Random, arc: str, today: date) -> date:
    earliest, latest = _BEGAN[arc]
    return days.later(today - timedelta(days=rng.randint(latest, earliest)), 0)


def _until(rng: Random, arc: str, today: date) -> date:
    """The last day anything may have happened: before today, earlier where one was forgotten."""
    yesterday = days.earlier(today)
    if arc in (OPEN, OLD, WON) and rng.random() < 0.07:
        return days.earlier(yesterday, rng.randint(2, 7))
    return yesterday


def _before(profile: Profile, staff: list[Seller], index: int) -> Seller | None:
    if profile.arc in (OLD, WON) and profile.kind == "company" and index % 13 == 5:
        others = [
            one
            for one in staff
            if one.department == profile.seller.department and one is not profile.seller
        ]
        return profile.rng.choice(others)
    return None


def _rank(profile: Profile) -> None:
    """Set type, key flag, tier and grade by the money and the length of the cooperation (R06)."""
    rng, given = profile.rng, profile.given
    served = profile.arc in (OLD, CHURN)
    given["type"] = "existing" if served else "prospect"
    given["source"] = profile.source
    big = profile.final >= 150_000_00
    given["is_key"] = profile.arc in (OLD, WON) and big and rng.random() < 0.7
    profile.pace = 0.9 if given["is_key"] else rng.uniform(1.25, 1.9)
    if given["is_key"]:
        given["tier"] = "core"
    elif profile.arc in (WON, OPEN) or served:
        given["tier"] = rng.choice(["growth", "growth", "normal"])
    else:
        given["tier"] = "normal"
    old_enough = profile.since and (profile.until - profile.since).days > YEAR
    if served and old_enough and profile.final > 100_000_00:
        given["grade"] = "A"
    elif profile.final > 50_000_00 and profile.arc != COLD:
        given["grade"] = "B"
    else:
        given["grade"] = "C"


def _tag(profile: Profile) -> None:
    rng = profile.rng
    wanted = [_TAG_OF[profile.objections[0]]] if profile.arc in (OPEN, WON, LOST) else []
    if profile.arc == OPEN and rng.random() < 0.4:
        wanted.append("高意向客户")
    if profile.arc in (OLD, CHURN):
        wanted += rng.sample(["年度维保", "节日关怀", "服务优先型", "可转介绍"], 2)
    if profile.industry in ("F52", "H62", "R89"):
        wanted.append("多门店")
    if profile.kind == "person" and profile.line == "home" and rng.random() < 0.5:
        wanted.append("新址装修")
    profile.tags = sorted(set(wanted))
