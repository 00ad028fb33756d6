"""Greetings, gifts, invitations and feedback over the year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zhike.site.demo import days
from zhike.site.demo.profile import CHURN, COLD, LOST, OLD, WON, Profile
from zhike.site.demo.story import Step
from zhike.site.demo.words import book, parts, say

_FESTIVE = {OLD: 0.62, WON: 0.55, CHURN: 0.45, "open": 0.28, LOST: 0.15, COLD: 0.12}
_COSTS = ("寄", "送", "礼", "盒", "蛋糕")


@dataclass
class Care:
    """One act of care, or feedback where `score` is given."""

    on: date
    fields: dict[str, Any] = field(default_factory=dict)


def care_of(profile: Profile, steps: list[Step]) -> list[Care]:
    """What was done for a customer beside the follow-ups, in order."""
    first, last = steps[0].on, profile.until
    found = _festivals(profile, first, last)
    served = profile.arc in (OLD, CHURN, WON)
    rng = profile.rng
    if served and rng.random() < 0.35:
        found.append(_one(profile, "birthday", _some_day(profile, first, last)))
    for way, chance in (("product_update", 0.4), ("discount", 0.28), ("gift", 0.25)):
        if served and rng.random() < chance:
            found.append(_one(profile, way, days.later(_some_day(profile, first, last), 0)))
    for ago in (62, 205):  # our two meetings of customers
        meeting = days.later(profile.until - timedelta(days=ago), 0)
        if meeting > first and rng.random() < (0.22 if served else 0.1):
            found.append(_one(profile, "salon", meeting))
    for step in steps:
        if step.beat.care and rng.random() < 0.6:
            found.append(_one(profile, step.beat.care, days.later(step.on, 1)))
    return sorted((one for one in found if one.on <= last), key=lambda one: one.on)


def _festivals(profile: Profile, first: date, last: date) -> list[Care]:
    rng, words = profile.rng, book("care")["festivals"]
    found: list[Care] = []
    for name, on in days.festivals(first, last):
        chance = _FESTIVE[profile.arc]
        if name == "妇女节" and profile.facts["pronoun"] != "她":
            continue
        if name == "教师节" and profile.industry != "P83":
            continue
        if name == "医师节" and profile.industry != "Q84":
            continue
        if name in ("元旦", "元宵", "国庆"):
            chance *= 0.4
        if rng.random() < chance:
            own = words[name] | {key: words[key] for key in ("feedback", "feedback_gift")}
            found.append(Care(on, _told(profile, "festival", own)))
    return found


def _some_day(profile: Profile, first: date, last: date) -> date:
    span = max(1, (last - first).days)
    return first + timedelta(days=profile.rng.randrange(span))


def _one(profile: Profile, way: str, on: date) -> Care:
    return Care(on, _told(profile, way, book("care")[way]))


def _told(profile: Profile, way: str, words: dict[str, Any]) -> dict[str, Any]:
    rng = profile.rng
    facts = profile.facts | {"gift": words.get("gift", ["伴手礼"])}
    template, *answers = parts(rng.choice(words["result"]))
    result = say(template, facts, rng)
    costly = way != "salon" and any(word in result for word in _COSTS)
    heard = words.get("feedback_gift", words["feedback"]) if costly else words["feedback"]
    if answers:
        heard = answers[0].split(";")
    fields: dict[str, Any] = {
        "way": way,
        "result": result,
        "feedback": say(rng.choice(heard), facts, rng),
    }
    if costly:
        fields["cost"] = rng.randrange(58, 420, 2) * 100
    return fields


def feedback_of(profile: Profile, steps: list[Step]) -> list[Care]:
    """What the customer thinks, after things they could judge."""
    rng, entries = profile.rng, book("feedback")["entry"]
    judged = [step for step in steps if step.beat.name in _JUDGED]
    found: list[Care] = []
    for step in judged:
        complaint = step.beat.name == "complaint_in"
        if not complaint and rng.random() > _JUDGED[step.beat.name]:
            continue
        wanted, least, most = _ABOUT[step.beat.name]
        fitting = [
            one for one in entries if one["dimension"] in wanted and least <= one["score"] <= most
        ]
        entry = rng.choice(fitting)
        on = step.on if complaint else days.later(step.on, rng.randint(0, 3))
        if on > profile.until:
            continue
        found.append(Care(on, _judged(profile, entry, on)))
    return found


def _judged(profile: Profile, entry: dict[str, Any], on: date) -> dict[str, Any]:
    rng = profile.rng
    age = (profile.until - on).days
    at, wishes = rng.randrange(len(entry["comment"])), entry["suggestion"]
    status = "done" if entry["score"] >= 4 or age > 20 else "processing" if age > 4 else "pending"
    return {
        "score": entry["score"],
        "dimension": entry["dimension"],
        "comment": say(entry["comment"][at], profile.facts, rng),
        "suggestion": say(wishes[at % len(wishes)], profile.facts, rng),
        "status": status,
    }


# The beats a customer may judge afterwards, and how often one does.
_JUDGED = {
    "accept": 0.7,
    "visit_quarter": 0.22,
    "fault_fixed": 0.35,
    "complaint_in": 1.0,
    "complaint_ok": 0.5,
    "renew_sign": 0.4,
    "p_month": 0.6,
    "p_filter": 0.15,
}
# What they judge then, and the scores it may get.
_ABOUT = {
    "accept": (("交付", "专业能力", "产品"), 2, 5),
    "visit_quarter": (("产品", "服务", "价格"), 3, 5),
    "fault_fixed": (("响应速度", "服务"), 3, 5),
    "complaint_in": (("响应速度",), 2, 2),
    "complaint_ok": (("服务",), 4, 5),
    "renew_sign": (("服务", "价格"), 3, 5),
    "p_month": (("产品", "服务"), 4, 5),
    "p_filter": (("价格", "服务"), 3, 5),
}
