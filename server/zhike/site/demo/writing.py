"""Writing one customer and its year into the rooms, by their actions, in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock
from zhike.care import actions as care
from zhike.care import care_log, tasks
from zhike.care.key_dates.refreshing import begin_anew
from zhike.care.pool.claiming import give_back
from zhike.care.queries import tasks_visible_to
from zhike.customers import actions as customers
from zhike.customers import contacts
from zhike.service.actions import record_feedback
from zhike.site.demo import caring, days
from zhike.site.demo.beats import Saying, beats
from zhike.site.demo.cast import MARK, Cast
from zhike.site.demo.changing import Standing, changes_by
from zhike.site.demo.profile import Profile, Someone
from zhike.site.demo.story import Step, build
from zhike.site.demo.voice import Voice, facts_on
from zhike.site.demo.words import book, say

_DUE_TIMES = (time(9, 30), time(10, 0), time(14, 0), time(15, 30))
_LET_GO = 0.4  # of those that led nowhere, so many come into the pool
_ROUTINE = 10  # working days until the next talk, where there is no hurry
_LATELY = 11  # working days
_BY_RULE = 0.6  # of those without hurry, so many of whom one talked to lately
_ALREADY = frozenset({"tag", "contract"})


@dataclass
class Counts:
    """How much was written."""

    customers: int = 0
    contacts: int = 0
    follow_ups: int = 0
    tasks: int = 0
    care_entries: int = 0
    feedback: int = 0
    let_go: int = 0


@dataclass
class Writer:
    """Writes customers for one cast; `now` is the present, after which nothing may lie."""

    cast: Cast
    now: datetime
    counts: Counts = field(default_factory=Counts)
    voice: Voice = field(default_factory=Voice)

    def write(self, profile: Profile) -> None:
        """Write a customer with everything that happened to it, in one transaction."""
        with transaction.atomic():
            _Telling(self, profile).write()
        self.counts.customers += 1


class _Telling:
    """One customer being written."""

    def __init__(self, writer: Writer, profile: Profile) -> None:
        self.writer, self.profile, self.rng = writer, profile, profile.rng
        self.steps = build(profile)
        self.acts: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.said: set[Saying | str] = set()
        self.contacts: dict[str, int] = {}

    def write(self) -> None:
        first = self.steps[0]
        entered = self._moment(first.on, 9, 10)
        self._create(entered, first)
        for step in self.steps:
            self._follow_up(step)
        for one in caring.care_of(self.profile, self.steps):
            self._at(self._moment(one.on, 9, 17), self._care(one))
        for one in caring.feedback_of(self.profile, self.steps):
            self._at(self._moment(one.on, 15, 18), self._feedback(one))
        self._let_go()
        for when, _, act in sorted(self.acts, key=lambda one: one[:2]):
            act(when)
        # The past was told in its time; of what is past nobody is told today.
        begin_anew([self.customer_id], clock.day_of(self.writer.now))

    def _at(self, when: datetime, act: Callable[[datetime], None]) -> None:
        if when <= self.writer.now:
            self.acts.append((when, len(self.acts), act))

    def _moment(self, day: date, earliest: int, latest: int) -> datetime:
        minute = self.rng.randrange(earliest * 60 + 5, latest * 60)
        return clock.at_time(day, time(minute // 60, minute % 60, self.rng.randrange(60)))

    def _person(self, step: Step) -> Person:
        return self.writer.cast.people[step.seller.username]

    def _on(self, day: date) -> Person:
        """Who looks after the customer on a day."""
        held = [step for step in self.steps if step.on <= day]
        return self._person(held[-1] if held else self.steps[0])

    def _create(self, when: datetime, first: Step) -> None:
        profile, tags = self.profile, self.writer.cast.tags
        wanted = {key: value for key, value in first.beat.sets if key not in _ALREADY}
        fields = profile.given if profile.since else profile.given | _plain(wanted)
        fields = {"first_contact_on": first.on} | fields
        customer = customers.create_customer(
            actor=self._person(first),
            now=when,
            name=profile.name,
            kind=profile.kind,
            tags=[tags[name] for name in [*profile.tags, MARK]],
            **fields,
        )
        self.customer_id, self.version = customer.pk, customer.version
        self.standing = Standing(profile, dict(fields), list(profile.tags))
        met = len(profile.people) if profile.since else 1
        for index, one in enumerate(profile.people):
            # People of a new customer are met one after the other.
            if index < met:
                self._at(when + timedelta(minutes=2 + index), self._contact(one))
            elif index - met + 1 < len(self.steps):
                seen = self.steps[index - met + 1]
                self._at(self._moment(seen.on, 8, 9), self._contact(one))

    def _contact(self, one: Someone) -> Callable[[datetime], None]:
        def act(when: datetime) -> None:
            actor = self._on(clock.day_of(when))
            made = contacts.add_contact(
                actor=actor, now=when, customer_id=self.customer_id, **one.fields
            )
            self.contacts[one.role] = made.pk
            self.writer.counts.contacts += 1

        return act

    def _follow_up(self, step: Step) -> None:
        at = self._moment(step.on, 9, 17)
        at += timedelta(minutes=15)
        recorded = at + timedelta(minutes=self.rng.randint(4, 130))
        if self.rng.random() < 0.1 and step.following:
            recorded = self._moment(days.later(step.on, 1), 8, 9)
        if recorded > self.writer.now:
            recorded = at + timedelta(minutes=3)
        if step.beat.name == "handover":
            self._at(at - timedelta(minutes=20), self._hand_over(step))
        fields = self.writer.voice.tell(self.profile, step, self.said)
        self._at(recorded, self._log(step, at, fields))
        self._at(recorded + timedelta(minutes=1), self._change(step))

    def _log(self, step: Step, at: datetime, fields: dict[str, Any]) -> Callable[[datetime], None]:
        facts = facts_on(self.profile, step)
        following, by_rule = None, self._left_to_the_rule(step)
        if step.following and not by_rule:
            following = {
                "on": step.following,
                "matter": say(step.matter, facts, self.rng),
                "materials": say(step.materials, facts, self.rng),
                "time": self.rng.choice(_DUE_TIMES) if self.rng.random() < 0.3 else None,
            }
        boss = self.writer.cast.boss.pk
        todos = [
            {"title": say(title, facts, self.rng), "due_on": days.later(step.on, 1 + count)}
            | ({"assignee_id": boss} if for_boss else {})
            for title, count, for_boss in step.beat.todos
            if self.rng.random() < (0.35 if for_boss else 0.5 if step.beat.gap[0] < 10 else 0.2)
        ]

        def act(when: datetime) -> None:
            actor, counts = self._person(step), self.writer.counts
            contact = self.contacts.get(step.beat.contact) or self.contacts.get("keeper")
            logged = care.log_follow_up(
                actor=actor,
                now=when,
                customer_id=self.customer_id,
                contacted_at=at,
                contact_id=contact,
                following=following,
                todos=todos,
                agreed=True,
                by_rule=by_rule,
                **fields,
            )
            counts.follow_ups += 1
            counts.tasks += len(todos) + (following is not None or by_rule)
            if todos:
                self._do(actor, logged.follow_up.pk)

        return act

    def _left_to_the_rule(self, step: Step) -> bool:
        """Whether nothing was agreed in the last talk, so that the rhythm of following up plans.

        Elsewhere the story knows what comes next.
        """
        today = clock.day_of(self.writer.now)
        if step is not self.steps[-1] or step.following is None:
            return False
        if step.following <= today or step.on < days.earlier(today, _LATELY):
            return False
        is_routine = beats()[step.coming].gap[0] >= _ROUTINE
        return is_routine and self.rng.random() < _BY_RULE

    def _do(self, actor: Person, follow_up_id: int) -> None:
        """Do what was promised, mostly in time; some of the last days is still open."""
        boss = self.writer.cast.boss
        made = tasks_visible_to(actor).filter(follow_up=follow_up_id, kind="todo")
        for task in made:
            done = self._moment(days.earlier(task.due_on, self.rng.choice((0, 0, 1))), 16, 19)
            done = max(done, task.created_at + timedelta(minutes=30))
            is_old = task.due_on < clock.day_of(self.writer.now) - timedelta(days=12)
            if done < self.writer.now and (is_old or self.rng.random() < 0.85):
                doer = boss if task.assignee_id == boss.pk else actor
                tasks.complete_task(actor=doer, now=done, task_id=task.pk)

    def _change(self, step: Step) -> Callable[[datetime], None]:
        def act(when: datetime) -> None:
            changed = changes_by(self.standing, step, self.writer.cast.tags)
            if changed and step is not self.steps[0]:
                customer = customers.change_customer(
                    actor=self._person(step),
                    now=when,
                    customer_id=self.customer_id,
                    version=self.version,
                    **changed,
                )
                self.version = customer.version

        return act

    def _hand_over(self, step: Step) -> Callable[[datetime], None]:
        def act(when: datetime) -> None:
            customer = customers.change_customer(
                actor=self.writer.cast.boss,
                now=when,
                customer_id=self.customer_id,
                version=self.version,
                owner_id=self._person(step).pk,
            )
            self.version = customer.version

        return act

    def _let_go(self) -> None:
        """Some that led nowhere are put back into the pool a while after the last talk."""
        reasons = book("house")["let_go"].get(self.profile.arc, [])
        if not reasons or self.rng.random() > _LET_GO:
            return
        reason = self.rng.choice(reasons)
        latest = max(clock.day_of(when) for when, _, _ in self.acts)
        last = days.later(latest, self.rng.randint(5, 15))

        def act(when: datetime) -> None:
            give_back(actor=self._on(last), now=when, customer_id=self.customer_id, reason=reason)
            self.writer.counts.let_go += 1

        self._at(self._moment(last, 16, 18), act)

    def _care(self, one: caring.Care) -> Callable[[datetime], None]:
        def act(when: datetime) -> None:
            actor = self._on(one.on)
            care_log.log_care(
                actor=actor,
                now=when,
                customer_id=self.customer_id,
                on=one.on,
                agreed=True,
                **one.fields,
            )
            self.writer.counts.care_entries += 1

        return act

    def _feedback(self, one: caring.Care) -> Callable[[datetime], None]:
        def act(when: datetime) -> None:
            actor = self._on(one.on)
            record_feedback(
                actor=actor, now=when, customer_id=self.customer_id, on=one.on, **one.fields
            )
            self.writer.counts.feedback += 1

        return act


def _plain(sets: dict[str, str]) -> dict[str, Any]:
    return {key: value for key, value in sets.items() if key in ("need_status", "deal_stage")}
