"""Inventing companies: name, trade, people, needs and the money of it."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from zhike.fields import industry
from zhike.site.demo.numbers import Numbers
from zhike.site.demo.people import People
from zhike.site.demo.profile import (
    CHURN,
    COLD,
    LOST,
    OLD,
    Profile,
    Someone,
    budget_range,
    money,
    years_before,
)
from zhike.site.demo.words import book, listed, say

_TERMS = ("长期合作", "1年起", "3年", "先试一年", "按项目")
_HEADCOUNT = {OLD: (2, 4), "won": (2, 4), "open": (1, 3), LOST: (1, 3), COLD: (1, 1), CHURN: (2, 3)}


class Companies:
    """Makes companies, no two of one name, and few of one stem."""

    def __init__(self, given: Numbers, people: People) -> None:
        self._numbers, self._people = given, people
        self._names: set[str] = set()
        self._stems: list[str] = []
        self._projects = 0

    def invent(self, profile: Profile) -> None:
        """Fill a profile whose arc, seller, rng and dates are set."""
        rng = profile.rng
        trade = book("industries")[profile.industry]
        city = rng.choice(profile.seller.cities)
        profile.name = self._name(rng, trade["names"], city)
        place = book("world")["city"][city]
        district = rng.choice(place[2])
        scene = trade[profile.line]
        goods = book("lines")[profile.line]
        self._facts(profile, trade, scene, goods, city, district)
        self._price(profile, goods)
        profile.people = self._contacts(profile, trade, place)
        self._call(profile, trade)
        self._fields(profile, trade, place, district, goods)

    def _name(self, rng: Random, patterns: list[str], city: str) -> str:
        while True:
            if not self._stems:
                self._stems = listed(book("world")["stems"])
                rng.shuffle(self._stems)
            stem = self._stems.pop()
            name = rng.choice(patterns).format(c=city, s=stem)
            if name not in self._names:
                self._names.add(name)
                return name

    def _facts(
        self,
        profile: Profile,
        trade: dict[str, Any],
        scene: dict[str, Any],
        goods: dict[str, Any],
        city: str,
        district: str,
    ) -> None:
        rng, world = profile.rng, book("world")
        size = rng.randint(*trade["size"])
        size -= size % (10 if size > 100 else 5)
        about, x = rng.choice(trade["about"]), rng.choice(trade["x"])
        year = str(rng.randint(2003, 2021))
        crowd = rng.choice(trade["crowd"]).format(n=size)
        profile.facts |= {
            **{key: rng.choice(scene[f"{key}s"]) for key in _OF_SCENE},
            "detail": rng.sample(scene["details"], len(scene["details"])),
            "benefit": scene["benefits"],
            "crowd": crowd,
            "about": about.format(x=x, year=year),
            "about_short": f"做{x}的" if "做{x}" in about else f"{x}",
            "city": city,
            "district": district,
            "product": goods["product"],
            "thing": goods["product"],
            "unit": goods["unit"],
            "consumable": goods["consumable"],
            "metric": goods["metrics"],
            "days": rng.choice(goods["days"]),
            "doc": goods["doc"],
            "rival": rng.choice(world["rivals"]),
            "fitter": rng.choice(world["fitters"]),
            "engineer": rng.choice(world["engineers"]),
            "dep": rng.choice(["三成", "30%", "四成", "50%"]),
        }

    def _price(self, profile: Profile, goods: dict[str, Any]) -> None:
        rng = profile.rng
        count, each = (
            rng.randint(*goods["count"]),
            rng.randrange(goods["price"][0], goods["price"][1], 100),
        )
        profile.quote = count * each * 100
        cut = max(500_00, int(profile.quote * rng.uniform(0.02, 0.07)) // 500_00 * 500_00)
        profile.final = profile.quote - cut
        more = rng.randint(1, 4 if count > 4 else 2)
        profile.more = more * each * 100
        text, spoken = budget_range(profile.quote, rng)
        profile.facts |= {
            "n": str(count),
            "deal": f"{count}{goods['unit']}{goods['product']}",
            "q": money(profile.quote),
            "q2": money(profile.final),
            "cut": money(cut),
            "more": str(more),
            "qm": money(profile.more),
            "budget": spoken,
            "budget_field": text,
            "term": rng.choice(_TERMS),
        }

    def _contacts(self, profile: Profile, trade: dict[str, Any], place: list[Any]) -> list[Someone]:
        rng = profile.rng
        count = rng.randint(*_HEADCOUNT[profile.arc])
        roles = ["keeper", *rng.sample(["boss", "user", "buyer"], count - 1)]
        company = profile.short[:2]
        line = self._numbers.landline(rng, place[3])
        found: list[Someone] = []
        for role in roles:
            title = rng.choice(trade["decider" if role == "boss" else role])
            taken = {one.name[0] for one in found}
            one = self._people.make(rng, role, title, taken, company=company)
            if rng.random() < 0.4:
                one.fields["landline"] = f"{line}转{rng.randint(801, 888)}"
            found.append(one)
        return found

    def _call(self, profile: Profile, trade: dict[str, Any]) -> None:
        """Set how the story speaks of each role; who was never met is called by the post."""
        posts = {
            "boss": trade["boss"],
            "user": f"他们{trade['user'][0]}",
            "buyer": "采购那边",
        }
        called = {one.role: one.called for one in profile.people}
        keeper = profile.people[0]
        profile.facts |= posts | called
        profile.facts |= {"k": keeper.called, "pronoun": "她" if keeper.female else "他"}

    def _fields(
        self,
        profile: Profile,
        trade: dict[str, Any],
        place: list[Any],
        district: str,
        goods: dict[str, Any],
    ) -> None:
        rng, facts = profile.rng, profile.facts
        street = rng.choice(listed(book("world")["streets"]))
        region = f"{place[0]}{place[1]}{district}"
        profile.given = {
            "industry": industry.label(profile.industry),
            "region": region,
            "background": say("{about}，{crowd}。", facts, rng),
            "first_need": say("[{pain}。|{trigger}，{pain}。|{pain}，想{goal}。]", facts, rng),
        }
        profile.later = {
            "address": f"{region}{street}{rng.randint(6, 699)}号",
            "identity": self._numbers.uscc(rng, place[4]),
            "special_needs": str(facts["limit"]),
            "products": f"{goods['product']}、年度维保" if rng.random() < 0.5 else goods["product"],
        }
        if "price" in profile.objections or rng.random() < 0.2:
            profile.later["competition"] = say(
                "[{rival}也在接触，报价低于我们，{consumable}规格低一档；我方优势是服务响应和同行案例"
                "|{rival}报过价，售后只含一年；我方胜在本地备件库|有{rival}在跟，关系一般]",
                facts,
                rng,
            )
        if profile.arc in (OLD, CHURN):
            self._long_since(profile)

    def _long_since(self, profile: Profile) -> None:
        rng = profile.rng
        since = years_before(profile.started, rng.randint(0, 3), rng.randint(20, 330))
        profile.since = since
        until = since.replace(day=min(since.day, 28), year=since.year + 1)
        while until < profile.until - timedelta(days=60 if profile.arc == CHURN else -20):
            until = until.replace(year=until.year + 1)
        self._projects += 1
        profile.given |= profile.later | {
            "core_need": str(profile.facts["goal"]),
            "budget": str(profile.facts["budget_field"]),
            "expected_term": str(profile.facts["term"]),
            "need_status": "solved",
            "deal_stage": "after_sales",
            "cooperation_stage": "running",
            "cooperation_since": since,
            "cooperation_until": until - timedelta(days=1),
            "contract_amount": profile.final,
            "deal_amount": profile.final,
            "project_code": f"P{since.year}{self._projects:03}",
            "first_contact_on": since - timedelta(days=rng.randint(20, 120)),
        }
        if rng.random() < 0.5:
            profile.given["remark"] = say(
                "[发票开专票，月底前寄{k}|合作历史：{about}，老客户，续约时可谈两年期"
                "|巡检单要盖章，{k}签收|门卫登记要身份证，师傅提前报名字]",
                profile.facts,
                rng,
            )


_OF_SCENE = ("site", "pain", "goal", "trigger", "limit")
