"""What stands between us and a customer as a contact is logged: what it closes, what comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from zhike.access.models import Person
from zhike.care.cadence import dates, guard
from zhike.care.cadence.convenience import ANY, Convenience, read
from zhike.care.cadence.dates import Suggestion
from zhike.care.cadence.guard import Contacts, Guard
from zhike.care.cadence.rules import Standing, standing
from zhike.care.models import CadenceRule, Task
from zhike.customers.models import Contact, Customer
from zhike.customers.ways import loggable


@dataclass
class Course:
    """A customer, its contacts and plans, and the rules, on a day."""

    actor: Person
    customer: Customer
    today: date
    standing: Standing
    contacts: Contacts
    contact: Contact | None = None
    _heard: tuple[Convenience, str] | None = field(default=None, init=False)

    def require_room(
        self, day: date, *, agreed: bool, leaving: Collection[int] = (), to_log: bool = False
    ) -> dict[str, Any]:
        """Raise TooOften where once more in the month of a day is too often; see `guard`."""
        return guard.require_room(
            *(self.standing.care, self.customer.tier, self.contacts, day, leaving),
            agreed=agreed,
            to_log=to_log,
        )

    def weigh(self, day: date, leaving: Collection[int] = ()) -> Guard:
        """Return how the month of a day stands."""
        return guard.weigh(*(self.standing.care, self.customer.tier, self.contacts, day, leaving))

    def took_place(self, on: date) -> None:
        """Count the contact that is being logged."""
        self.contacts.had[on] = self.contacts.had.get(on, 0) + 1

    def takes_room(self, on: date) -> None:
        """Count a contact that is being planned."""
        self.contacts.plans.append(guard.Plan(0, on, None, None, is_visit=False))

    @property
    def plans_itself(self) -> bool:
        """Whether the next contact is planned by rule where nobody plans it."""
        return self.standing.care.plans_itself and self.customer.life == "active"

    def done_by(self, on: date, *, replaced: bool) -> set[int]:
        """Return the plans a contact on a day closes.

        Those of the actor and the owner which were due by then, and all of them where the next one
        was planned with it. A return visit or a step of a playbook is closed when it was due, and
        not before.
        """
        return {
            one.id
            for one in self._theirs()
            if one.on <= on or (replaced and not one.is_visit and not one.is_step)
        }

    def steps_in(self, ids: Collection[int]) -> list[int]:
        """Return which of some plans are steps of playbooks."""
        return [one.id for one in self.contacts.plans if one.is_step and one.id in ids]

    def due_among(self, ids: Collection[int]) -> list[int]:
        """Return which of some plans were due by now: of those somebody may have been reminded."""
        return [one.id for one in self.contacts.plans if one.on <= self.today and one.id in ids]

    def begins_anew(self, on: date, leaving: Collection[int]) -> guard.Plan | None:
        """Return the plan a rule made that moves, because a contact came before it was due.

        An older talk that is only noted now moves nothing.
        """
        last = self.customer.last_follow_up_on
        if last is not None and on < last:
            return None
        made = [one for one in self._theirs() if one.rule and not one.is_visit]
        return next((one for one in made if one.id not in leaving), None)

    def agreed_after(self, on: date) -> date | None:
        """Return the next day people agreed on which a contact on a day leaves as it stands."""
        arranged = [one for one in self._theirs() if not (one.rule or one.is_visit or one.is_step)]
        return min((one.on for one in arranged if one.on > on), default=None)

    def _theirs(self) -> list[guard.Plan]:
        """The plans of the actor and the customer's owner."""
        who = (self.actor.pk, self.customer.owner_id)
        return [one for one in self.contacts.plans if one.assignee in who]

    def suggest(
        self,
        *,
        after: date | None = None,
        leaving: Collection[int] = (),
        track: str = CadenceRule.Track.FOLLOW_UP,
    ) -> Suggestion:
        """Return the next contact by rule, `after` a contact that is being logged."""
        return dates.suggest(
            *(self.standing, self.customer),
            today=self.today,
            contacts=self.contacts,
            after=after,
            leaving=leaving,
            hear=self._convenience,
            track=track,
        )

    def by_rule(
        self, after: date | None, leaving: Collection[int], planned: object
    ) -> Iterator[tuple[str, Suggestion]]:
        """Return what the rules ask for after a contact: the kind of task, and when.

        The next follow-up unless one is planned; a return visit unless one stands, with room for
        both.
        """
        if not planned:
            found = self.suggest(after=after, leaving=leaving)
            if found.rule is not None and found.on is not None:
                yield Task.FOLLOW_UP, found
                self.takes_room(found.on)
        track = CadenceRule.Track.RETURN_VISIT
        visits = any(one.track == track for one in self.standing.rules)
        stands = any(one.is_visit and one.id not in leaving for one in self.contacts.plans)
        if visits and not stands:
            found = self.suggest(after=after, leaving=leaving, track=track)
            if found.rule is not None:
                yield Task.TODO, found

    def _convenience(self) -> tuple[Convenience, str]:
        """When and how the contact likes to be contacted, as far as the actor may know."""
        if self._heard is None:
            self._heard = self._hear()
        return self._heard

    def _hear(self) -> tuple[Convenience, str]:
        if not self.actor.reads("contact"):
            return ANY, ""
        if self.contact is not None:
            return read(self.contact.convenient_time), self.contact.convenient_way
        with connection.cursor() as cursor:
            cursor.execute(_FIRST, [self.customer.pk])
            noted = cursor.fetchone()
        return (read(noted[0]), noted[1]) if noted else (ANY, "")


def course_of(
    actor: Person,
    customer: Customer,
    *,
    today: date,
    since: date | None = None,
    contact: Contact | None = None,
) -> Course:
    """Return the course of a visible customer; the contacts count from the month of `since` on."""
    contacts = guard.contacts_of(customer.pk, min(since or today, today))
    return Course(actor, customer, today, standing(), contacts, contact)


def hold(actor: Person, customer_id: int) -> Customer:
    """Return a customer with whom the actor may record dealings, with what a course asks for.

    Others who write records of it wait until the transaction ends.
    """
    return loggable(actor, customer_id, only=(*standing().columns, *_ASKED), held=True)


# Beside what the rules ask for.
_ASKED = ("kind", "owner__is_active")
# The primary contact's, asked whenever a rule plans: in plain SQL.
_FIRST = f"""SELECT convenient_time, convenient_way FROM {Contact._meta.db_table}
 WHERE customer_id = %s AND is_primary AND deleted_at IS NULL"""
