"""Putting the card together: one screenful of what to know before a contact (R30).

Everything by the reader's rights, in eight statements at most, however much there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.care import queries
from zhike.care.key_dates import reading
from zhike.care.models import FollowUp, Phrase, Task
from zhike.care.sheets import phrases
from zhike.care.sheets.objections import meant
from zhike.customers import history
from zhike.customers import queries as customers
from zhike.customers.models import Contact, Customer
from zhike.fields import choices
from zhike.fields.groups import level_of

TALKS, PROMISES, PEOPLE, OBJECTIONS, ANSWERS = 3, 5, 4, 3, 2
PROBLEMS, WORDING, DATES = 3, 3, 4
READ_BACK = 20  # follow-ups that are looked through for objections
LINE = 120
BACKGROUND = (
    *("type", "is_key", "tier", "grade", "industry", "region", "scale", "main_business"),
    *("occupation", "products", "cooperation_stage", "cooperation_until", "contract_amount"),
    *("deal_stage", "expected_close", "renewal_intent", "competition", "risk"),
)
NEEDS = (
    *("core_need", "first_need", "need_status", "budget", "expected_term", "special_needs"),
    *("habits", "preferred_categories"),
)
_OPEN_ANSWERS = frozenset({"doubtful", "refused"})


def card(actor: Person, customer_id: int, *, today: date) -> dict[str, Any]:
    """Return the card of a customer `actor` may see."""
    customer = customers.one(actor, customer_id)
    reader = phrases.seen_by(actor, customer)
    contacts = customers.contacts_of(customer)
    talks = _talks(reader, customer)
    tasks = _tasks(reader, customer)
    every = phrases.phrases_visible_to(reader)
    suits = phrases.suits(reader, customer, every, contacts)
    objections = _objections(talks, every, suits)
    answered = {one["id"] for objection in objections for one in objection["answers"]}
    return {
        "customer": {"id": customer.pk, "name": customer.name, "code": customer.code},
        "background": {
            "text": _short(_read(reader, customer, "background"), 300),
            "facts": list(_facts(reader, customer, BACKGROUND)),
        },
        "last_talks": [_talk(reader, one) for one in talks[:TALKS]],
        "promises": [_promise(one, today) for one in tasks if one.kind == Task.TODO][:PROMISES],
        "needs": list(_facts(reader, customer, NEEDS)),
        "preferences": [_person(reader, one) for one in contacts[:PEOPLE]]
        if reader.level("contact")
        else [],
        "objections": objections,
        "problems": _problems(reader, customer),
        "wording": _wording(every, suits, _stage(reader, customer, talks), answered),
        "key_dates": reading.of_customer(reader, customer, today)[:DATES],
        "next": next((_planned(one) for one in tasks if one.kind == Task.FOLLOW_UP), None),
    }


def _read(reader: Person, customer: Customer, name: str) -> Any:
    """What a field holds, as far as the reader may read it."""
    if level_of(reader, "customer", name) < Level.READ:
        return ""
    return getattr(customer, name)


def _facts(reader: Person, customer: Customer, names: Iterable[str]) -> Iterable[dict[str, str]]:
    """What is filled of some fields, in words."""
    for name in names:
        value = _read(reader, customer, name)
        words = history.shown(Customer, name, value) if value not in (None, "", False) else ""
        if words:
            label = history.label(Customer, name)
            yield {"field": name, "label": label, "value": _short(str(words))}


def _talks(reader: Person, customer: Customer) -> list[FollowUp]:
    found = queries.follow_ups_visible_to(reader).filter(customer=customer)
    found = found.select_related("author", "contact").order_by("-contacted_on", "-id")
    return list(found[:READ_BACK])


def _talk(reader: Person, one: FollowUp) -> dict[str, Any]:
    contact = one.contact
    return {
        "id": one.pk,
        "on": one.contacted_on,
        "way": choices.WAY.label(one.way),
        "with": customers.contact_name(reader, contact.name, contact.title) if contact else "",
        "content": _short(one.content),
        "customer_feedback": _short(one.customer_feedback),
        "response": choices.RESPONSE.label(one.response),
        "result": _short(one.result),
        "author": one.author.name if one.author else one.author_name,
    }


def _tasks(reader: Person, customer: Customer) -> list[Task]:
    found = queries.tasks_visible_to(reader).filter(customer=customer, done_at=None)
    return list(found.select_related("assignee").order_by("due_on", "id")[:READ_BACK])


def _promise(one: Task, today: date) -> dict[str, Any]:
    return {
        "id": one.pk,
        "title": one.title,
        "due_on": one.due_on,
        "assignee": one.assignee.name if one.assignee else "",
        "is_overdue": one.due_on < today,
    }


def _planned(one: Task) -> dict[str, Any]:
    return {
        "id": one.pk,
        "on": one.due_on,
        "time": one.due_time,
        "matter": one.title,
        "materials": one.materials,
        "way": choices.WAY.label(one.way),
        "why": one.why,
        "assignee": one.assignee.name if one.assignee else "",
    }


def _person(reader: Person, one: Contact) -> dict[str, Any]:
    reads = reader.reads("contact")
    return {
        "id": one.pk,
        "name": customers.contact_name(reader, one.name, one.title),
        "title": one.title if reads else "",
        "role": choices.CONTACT_ROLE.label(one.role) if reads else "",
        "stance": choices.STANCE.label(one.stance) if reads else "",
        "preferences": _short(one.preferences) if reads else "",
        "convenient_time": one.convenient_time if reads else "",
        "convenient_way": choices.WAY.label(one.convenient_way) if reads else "",
        "do_not_contact": one.do_not_contact,
    }


def _objections(
    talks: Sequence[FollowUp], every: Sequence[Phrase], suits: phrases.Suits
) -> list[dict[str, Any]]:
    """What the customer objected to, the last first, each kind once, with words that answer it.

    One after which the customer agreed is told as settled, and by what.
    """
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    agreed: FollowUp | None = None
    for one in talks:
        if one.response == "accepted":
            agreed = one
        words = _objected(one)
        kinds = meant(words) if words else []
        key = kinds[0] if kinds else words
        if not words or key in seen:
            continue
        seen.add(key)
        answers = phrases.ranked(phrases.answering(every, words), suits)[:ANSWERS]
        settled = agreed if agreed is not None and agreed is not one else None
        found.append(
            {
                "text": _short(words),
                "kind": kinds[0] if kinds else "",
                "on": one.contacted_on,
                "settled_on": settled.contacted_on if settled else None,
                "settled_by": _short(settled.solution or settled.result) if settled else "",
                "answers": [phrases.shown(answer, suits) for answer in answers],
            }
        )
    found.sort(key=lambda objection: objection["settled_on"] is not None)
    return found[:OBJECTIONS]


def _objected(one: FollowUp) -> str:
    """The objection of a talk; of one that ended in doubt, what was said, if that is known."""
    if one.objection.strip() or one.response not in _OPEN_ANSWERS:
        return one.objection.strip()
    said = one.customer_feedback.strip() or one.content.strip()
    return said if meant(said) else ""


def _problems(reader: Person, customer: Customer) -> list[dict[str, Any]]:
    found = customers.problems_visible_to(reader).filter(customer=customer)
    rows = found.exclude(state="solved").order_by("-id")[:PROBLEMS]
    return [
        {
            "id": one.pk,
            "description": _short(one.description),
            "cause": _short(one.cause),
            "solution": _short(one.solution),
            "state": choices.PROBLEM_STATE.label(one.state),
        }
        for one in rows
    ]


def _stage(reader: Person, customer: Customer, talks: Sequence[FollowUp]) -> str:
    """Where the deal is; for who may not read it or where nobody noted it, the likeliest stage."""
    known = _read(reader, customer, "deal_stage")
    if known:
        return str(known)
    if customer.type == "existing":
        return "after_sales"
    return "needs" if talks else "contact"


def _wording(
    every: Iterable[Phrase], suits: phrases.Suits, stage: str, but: set[int]
) -> list[dict[str, Any]]:
    found = [one for one in every if one.stage == stage and not one.objection]
    found = [one for one in phrases.ranked(found, suits) if one.pk not in but]
    return [phrases.shown(one, suits) for one in found[:WORDING]]


def _short(words: str, most: int = LINE) -> str:
    line = " ".join((words or "").split())
    return line if len(line) <= most else line[: most - 1] + "…"
