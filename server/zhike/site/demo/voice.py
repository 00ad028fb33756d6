"""Writing a step down in the voice of the one who took it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from zhike.site.demo import days
from zhike.site.demo.beats import Saying
from zhike.site.demo.profile import Profile
from zhike.site.demo.story import Step
from zhike.site.demo.words import Facts, book, say

# How much somebody of a style writes beside the content: feedback, solution.
_WORDY = {"t": (0.5, 0.5), "w": (0.8, 0.85), "e": (0.75, 0.95), "p": (0.65, 0.6)}
_NO_OPENER = (*tuple("今展天周又入去顺路例"), "上午", "下午", "中午", "一早")
_TOLD = re.compile("店里|早上|上午|下午|中午")  # when and where is said already
_OPENS = tuple("跟给和没问回提被打催")  # how a sentence begins that can take “上午” in front
_TAILED = (  # the beats after which somebody adds a pet phrase
    *("first", "need", "survey", "report", "proposal", "objection", "answer", "trial"),
    *("nurture", "negotiate", "p_first", "p_need", "p_measure", "p_quote", "p_think"),
)


class Voice:
    """Chooses the wording; what was used least comes first, so that nobody repeats himself."""

    def __init__(self) -> None:
        self._used: Counter[tuple[str, str, Saying]] = Counter()

    def tell(self, profile: Profile, step: Step, before: set[Saying | str]) -> dict[str, Any]:
        """The fields of the follow-up; `before` are the wordings this customer has had."""
        rng, beat = profile.rng, step.beat
        saying = self._saying(profile, step, before)
        before.add(saying)
        facts = facts_on(profile, step)
        response = rng.choice(beat.responses)
        much_feedback, much_solution = _WORDY[step.seller.style]
        content = self._opened(rng, step, saying, say(saying.content, facts, rng))
        feedback = saying.feedback
        if not feedback and beat.feedback and rng.random() < much_feedback:
            feedback = rng.choice(beat.feedback)
        solution = ""
        if beat.solution and rng.random() < much_solution:
            solution = say(rng.choice(beat.solution), facts, rng)
        objection = say(rng.choice(beat.objection or ("",)), facts, rng)
        result = say(saying.result or rng.choice(_results(step)), facts, rng)
        return {
            "way": saying.way,
            "content": content + self._tail(rng, step, response, facts, before),
            "customer_feedback": "" if feedback == "-" else say(feedback, facts, rng),
            "solution": solution,
            "response": response,
            "objection": objection,
            "result": result,
        }

    def _saying(self, profile: Profile, step: Step, before: set[Saying | str]) -> Saying:
        style, name = step.seller.style, step.seller.username
        fitting = [one for one in step.beat.say if one.fits(profile.line)]
        own = [one for one in fitting if one.suits(style, profile.line)] or fitting
        if all(one in before for one in own):
            own = [one for one in fitting if one not in before] or own
        least = min(self._used[(name, step.beat.name, one)] for one in own)
        best = [one for one in own if self._used[(name, step.beat.name, one)] == least]
        chosen = profile.rng.choice(best)
        self._used[(name, step.beat.name, chosen)] += 1
        return chosen

    def _opened(self, rng: Random, step: Step, saying: Saying, content: str) -> str:
        openers = book("house")["openers"].get(saying.way, [])
        first = content.split("，")[0]
        plain = "：" not in first and "“" not in first and "！" not in first
        if step.beat.name.startswith(("first", "p_first", "noanswer")) or _TOLD.search(content):
            return content
        if step.seller.style == "e" or not plain or content.startswith(_NO_OPENER):
            return content
        if saying.way != "visit" and not content.startswith(_OPENS):
            return content
        return rng.choice(openers) + content if openers and rng.random() < 0.22 else content

    def _tail(
        self, rng: Random, step: Step, response: str, facts: Facts, before: set[Saying | str]
    ) -> str:
        phrases = {"accepted": step.seller.good, "doubtful": step.seller.bad}.get(response)
        if not phrases or not step.beat.name.startswith(_TAILED) or rng.random() > 0.16:
            return ""
        phrase = rng.choice(phrases)
        if phrase in before:
            return ""
        before.add(phrase)
        return say(phrase, facts, rng)


def _results(step: Step) -> Sequence[str]:
    """What came of it; it must not promise something else than what is planned next."""
    own = step.beat.name.split("_")[0] == step.coming.split("_")[0]
    for beginning, results in book("deals")["results_before"].items():
        if step.coming.startswith(beginning) and not own and step.beat.name != "noanswer":
            return list(results)
    return step.beat.result


def facts_on(profile: Profile, step: Step) -> Facts:
    """The facts of the customer as they are on the day of a step."""
    facts: dict[str, Any] = profile.facts | step.facts
    if step.following:
        facts["next"] = days.spoken(step.following, step.on)
    facts["next_month"] = _month_after(step.on)
    if profile.before:
        facts["before"] = profile.before.name
    return facts


def _month_after(day: date) -> str:
    return f"{day.month % 12 + 1}月底"
