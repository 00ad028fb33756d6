"""What happens to a customer, and when: the steps of its story, without the words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from zhike.site.demo import days
from zhike.site.demo.beats import Beat, Chain, beats, chains
from zhike.site.demo.cast import Seller
from zhike.site.demo.profile import CHURN, COLD, OLD, Profile
from zhike.site.demo.words import book, sometimes

_LOST = ("price", "price", "budget", "person", "stop")
_TROUBLE = ("fault", "complaint")


@dataclass
class Step:
    """One follow-up: the day, who wrote it, and what was planned by it.

    `following` is the working day planned for the next one, None where nothing is planned;
    `coming` is the beat planned, `matter` and `materials` are templates.
    """

    beat: Beat
    on: date
    seller: Seller
    facts: dict[str, str] = field(default_factory=dict)
    following: date | None = None
    coming: str = ""
    matter: str = ""
    materials: str = ""


class Path:
    """Gives the beats of a customer one after the other."""

    def __init__(self, profile: Profile) -> None:
        self._profile, self._rng = profile, profile.rng
        self._company = profile.kind == "company"
        self._ahead = self._beginning()
        self._past: set[str] = set()
        self._latest = ""
        self.handover_on: date | None = None
        self.leaves_on: date | None = None
        span = (profile.until - profile.started).days
        if profile.before:
            self.handover_on = profile.started + timedelta(days=int(span * 0.5))
        if profile.arc == CHURN:
            self.leaves_on = profile.started + timedelta(days=int(span * 0.6))

    def _beginning(self) -> list[str]:
        profile = self._profile
        arcs = book("deals" if self._company else "families")["arcs"]
        if self._company and profile.arc in (OLD, CHURN):
            return []
        names: list[str] = []
        for name in sometimes(self._rng, arcs[profile.arc]):
            names += self._spelled(name)
        return names

    def _spelled(self, name: str) -> list[str]:
        profile = self._profile
        if name == "first":
            return [f"first_{profile.source}"]
        if name == "lost":
            return [f"lost_{self._rng.choice(_LOST)}"]
        if name in ("objection", "second"):
            kind = profile.objections[name == "second"]
            return list(book("deals")["objections"][kind].split())
        return [name]

    def next(self, day: date) -> str | None:
        """The beat after the one of `day`; None when the story is over."""
        if self.handover_on and day >= self.handover_on:
            self.handover_on = None
            return "handover"
        if self.leaves_on and day >= self.leaves_on:
            self.leaves_on = None
            self._ahead = book("deals")["arcs"]["churn"].split()
        if not self._ahead:
            self._ahead = self._more(day)
        return self._ahead.pop(0) if self._ahead else None

    def _more(self, day: date) -> list[str]:
        if not self._company:
            return ["p_chat2" if self._profile.arc == COLD else "p_chat"]
        if self._profile.arc == COLD:
            return ["nurture"]
        month = (day + timedelta(days=24)).month
        open_ones = [chain for chain in chains() if self._may(chain, month)]
        chain = self._rng.choices(open_ones, [one.weight for one in open_ones])[0]
        self._latest = chain.name
        self._past.add(_group(chain))
        return sometimes(self._rng, chain.steps)

    def _may(self, chain: Chain, month: int) -> bool:
        if chain.name == self._latest or (chain.once and _group(chain) in self._past):
            return False
        if chain.lines and self._profile.line not in chain.lines:
            return False
        if chain.old and self._profile.since is None:
            return False
        return not chain.months or month in chain.months


def build(profile: Profile) -> list[Step]:
    """The steps from the first day to the last before today, in order."""
    rng, path = profile.rng, Path(profile)
    seller = profile.before or profile.seller
    day, name = profile.started, path.next(profile.started)
    steps: list[Step] = []
    trouble = _trouble(profile)
    while name:
        if name == "handover":
            seller = profile.seller
        if name.startswith(_TROUBLE) and name.endswith(("report", "in")):
            trouble = _trouble(profile, trouble)
        step = Step(beats()[name], day, seller, facts=trouble)
        steps.append(step)
        name = None if step.beat.final else path.next(day)
        if name is None:
            break
        coming = beats()[name]
        step.following = days.later(day, _pause(profile, coming))
        step.coming = name
        step.matter, step.materials = rng.choice(coming.plan)
        day = _kept(profile, step.following, day)
        if day > profile.until:
            break
    return steps


def _group(chain: Chain) -> str:
    """Chains that exclude each other share the beginning of their names: addon, addon_no."""
    return chain.name.split("_")[0]


def _pause(profile: Profile, coming: Beat) -> int:
    """Working days until the next beat; some customers are seen more often than others."""
    days_between = profile.rng.randint(*coming.gap)
    return round(days_between * profile.pace) if coming.gap[0] >= 10 else days_between


def _trouble(profile: Profile, last: dict[str, str] | None = None) -> dict[str, str]:
    """What breaks next, and how it is mended; never the same twice running."""
    goods = book("lines")[profile.line]
    pairs = list(zip(goods["faults"], goods["fixes"], strict=True))
    fault, fix = profile.rng.choice([one for one in pairs if not last or one[1] != last["fix"]])
    return {"fault": fault, "fix": fix}


def _kept(profile: Profile, planned: date, day: date) -> date:
    """When it really happened: mostly on the day, sometimes later, sometimes the customer calls."""
    chance = profile.rng.random()
    if chance < 0.72:
        return planned
    if chance < 0.92:
        return days.later(planned, profile.rng.randint(1, 3))
    sooner = days.earlier(planned)
    return sooner if sooner > day else planned
