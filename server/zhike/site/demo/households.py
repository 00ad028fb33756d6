"""Inventing families: people who have clean water or fresh air put into their homes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from zhike.site.demo.people import People
from zhike.site.demo.profile import OLD, Profile, budget_range, money, years_before
from zhike.site.demo.words import book, listed, say

_AIR = {key: f"{key}_air" for key in ("pain", "goal", "detail", "benefit")}


class Households:
    """Makes families; the customer is the person."""

    def __init__(self, people: People) -> None:
        self._people = people

    def invent(self, profile: Profile) -> None:
        """Fill a profile whose arc, seller, rng, line and dates are set."""
        rng, words, world = profile.rng, book("families")["facts"], book("world")
        goods = book("lines")[profile.line]
        city = rng.choice(profile.seller.cities)
        job = rng.choice(words["jobs"])
        one = self._people.make(rng, "keeper", "", set(), full=True)
        one.fields["role"] = "decides"
        profile.name, profile.people = one.name, [one]
        kin = [who for who in words["kin"] if who != ("老婆" if one.female else "老公")]
        air = profile.line == "homeair"
        chosen = {key: rng.choice(words[key]) for key in ("house", "limit")}
        for key in ("pain", "goal"):
            chosen[key] = rng.choice(words[_AIR[key] if air else key])
        profile.facts |= chosen | {
            "detail": words[_AIR["detail"] if air else "detail"],
            "benefit": words[_AIR["benefit"] if air else "benefit"],
            "k": one.called,
            "pronoun": "她" if one.female else "他",
            "kin": rng.choice(kin),
            "job": job,
            "mouths": rng.choice("三四五六"),
            "city": city,
            "estate": rng.choice(listed(world["estates"])),
            "product": goods["product"],
            "thing": goods["product"],
            "unit": goods["unit"],
            "consumable": goods["consumable"],
            "metric": goods["metrics"],
            "days": rng.choice(goods["days"]),
            "doc": goods["doc"],
            "rival": rng.choice(words["rivals"]),
            "fitter": rng.choice(world["fitters"]),
        }
        self._price(profile, goods)
        self._fields(profile, city, job)

    def _price(self, profile: Profile, goods: dict[str, Any]) -> None:
        rng = profile.rng
        profile.quote = rng.randrange(goods["price"][0], goods["price"][1], 100) * 100
        cut = rng.choice([300, 500, 800, 1000]) * 100
        profile.final = profile.quote - cut
        text, spoken = budget_range(profile.quote, rng)
        profile.facts |= {
            "q": money(profile.quote),
            "q2": money(profile.final),
            "budget": spoken,
            "budget_field": text,
        }

    def _fields(self, profile: Profile, city: str, job: str) -> None:
        rng, facts = profile.rng, profile.facts
        place = book("world")["city"][city]
        region = f"{place[0]}{place[1]}{rng.choice(place[2])}"
        profile.given = {
            "region": region,
            "background": say("{job}，住{estate}，{house}。", facts, rng),
            "first_need": say("[{pain}|{pain}，想{goal}]。", facts, rng),
        }
        profile.later = {
            "address": f"{region}{facts['estate']}{rng.randint(1, 28)}幢{rng.randint(2, 26)}0"
            f"{rng.randint(1, 4)}室",
            "special_needs": say("{limit}", facts, rng),
            "products": str(facts["product"]),
        }
        if profile.arc != OLD:
            return
        since = years_before(profile.started, rng.randint(0, 2), rng.randint(20, 330))
        profile.since = since
        profile.given |= profile.later | {
            "core_need": str(facts["goal"]),
            "budget": str(facts["budget_field"]),
            "need_status": "solved",
            "deal_stage": "after_sales",
            "cooperation_stage": "running",
            "cooperation_since": since,
            "contract_amount": profile.final,
            "deal_amount": profile.final,
            "first_contact_on": since - timedelta(days=rng.randint(10, 60)),
        }
