"""What a new owner should know of a customer: the summary, and telling that it is there (R32)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.care import queries
from zhike.care.key_dates import reading as key_dates
from zhike.care.models import PlaybookRun
from zhike.care.playbooks import queries as playbooks
from zhike.care.reminders.wording import NAMED, some_of
from zhike.customers import history
from zhike.customers import queries as customers
from zhike.customers.models import Customer, HandOver
from zhike.fields import choices
from zhike.fields.groups import level_of
from zhike.trail.models import Event
from zhike.trail.notices.telling import tell

TALKS, TASKS, PROBLEMS = 5, 20, 10
_LOOKED_AT = 50  # customers among whom those are sought that a notice names
_STAGE = (
    *("type", "tier", "grade", "need_status", "core_need", "deal_stage", "expected_close"),
    *("deal_amount", "cooperation_stage", "cooperation_until", "contract_amount"),
)
# By these a customer changes hands.
_PASSING = ("customer.handed_over", "customer.changed", "customer.claimed")
_RISKS = ("risk", "special_needs", "competition", "personnel_changes")


def summary(actor: Person, customer_id: int, today: date) -> dict[str, Any]:
    """Return what there is to know of a customer, as far as the reader may read it.

    Of a customer of the pool protected data is masked.
    """
    customer = customers.one(actor, customer_id)
    afar = customers.access_to(actor, customer) == "pool"
    reader = customers.from_afar(actor) if afar else actor
    tasks = _tasks(actor, customer)
    return {
        "customer": {"id": customer.pk, "name": customer.name, "code": customer.code},
        "owner": _ref(customer.owner),
        "handed_over": _handed_over(actor, customer),
        "stage": _fields(reader, customer, _STAGE),
        "open_tasks": tasks,
        "promises": queries.promised(tasks),
        "last_talks": _talks(actor, customer),
        "contacts": _contacts(reader, customer),
        "risks": _fields(reader, customer, _RISKS),
        "problems": _problems(actor, customer),
        "key_dates": key_dates.of_customer(reader, customer, today),
        "playbook_runs": _runs(actor, customer),
    }


def _ref(person: Person | None) -> dict[str, Any] | None:
    return {"id": person.pk, "name": person.name} if person else None


def _handed_over(actor: Person, customer: Customer) -> dict[str, Any] | None:
    """Return when and from whom the reader got the customer; None who has not got it."""
    if customer.owner_id != actor.pk:
        return None
    told = Event.objects.filter(
        customer_id=customer.pk, verb__in=_PASSING, data__has_key="owners"
    ).order_by("-id")
    last = told.values_list("at", "data").first()
    if last is None:
        return None
    at, data = last
    giver, taker = data["changes"]["owner"]
    return {"at": at, "from": giver or "公海", "to": taker, "note": data.get("note", "")}


def _fields(reader: Person, customer: Customer, names: tuple[str, ...]) -> list[dict[str, Any]]:
    found = []
    for name in names:
        if level_of(reader, "customer", name) == Level.HIDDEN:
            continue
        value = getattr(customer, name)
        plain = value.isoformat() if isinstance(value, date) else value
        shown = history.shown_to(reader, Customer, name, plain)
        if shown != "":
            label = history.label(Customer, name)
            found.append({"field": name, "label": label, "value": str(shown)})
    return found


def _tasks(actor: Person, customer: Customer) -> list[dict[str, Any]]:
    found = queries.tasks_visible_to(actor).filter(customer=customer, done_at=None)
    return queries.described_tasks(actor, found.order_by("due_on", "id")[:TASKS])


def _talks(actor: Person, customer: Customer) -> list[dict[str, Any]]:
    found = queries.follow_ups_visible_to(actor).filter(customer=customer)
    rows = found.select_related("author").order_by("-contacted_on", "-id")[:TALKS]
    return [
        {
            "id": one.pk,
            "on": one.contacted_on,
            "way": choices.WAY.label(one.way) if one.way else "",
            "author": one.author.name if one.author else one.author_name,
            "content": one.content,
            "result": one.result,
            "objection": one.objection,
        }
        for one in rows
    ]


def _contacts(reader: Person, customer: Customer) -> list[dict[str, Any]]:
    if not reader.level("contact"):
        return []
    reads = reader.reads("contact")
    return [
        {
            "id": one.pk,
            "name": customers.contact_name(reader, one.name, one.title),
            "title": one.title if reads else "",
            "role": choices.CONTACT_ROLE.label(one.role) if reads and one.role else "",
            "preferences": one.preferences if reads else "",
            "convenient_time": one.convenient_time if reads else "",
            "is_primary": one.is_primary,
        }
        for one in customers.contacts_of(customer)
    ]


def _problems(actor: Person, customer: Customer) -> list[dict[str, Any]]:
    found = customers.problems_visible_to(actor).filter(customer=customer)
    rows = found.exclude(state="solved").order_by("-id")[:PROBLEMS]
    return [{"id": one.pk, "text": one.description, "solution": one.solution} for one in rows]


def _runs(actor: Person, customer: Customer) -> list[dict[str, Any]]:
    found = playbooks.runs_visible_to(actor).filter(
        customer=customer, state=PlaybookRun.State.RUNNING
    )
    return playbooks.shown_runs(actor, list(found.select_related("playbook", "person")))


def tell_of_one(
    *, giver: Person | None, customer_id: int, taker: int, version: int, now: datetime
) -> None:
    """Tell the new owner of a customer that was given to them alone."""
    by = giver.name if giver else "系统"
    name = Customer.objects.filter(pk=customer_id).values_list("name", flat=True).first() or ""
    tell(
        taker,
        "handed_over",
        f"handed_over:{customer_id}:{version}",
        f"{by}把{name}转交给你",
        body="打开看交接摘要：到哪一步了、答应过什么、接下来做什么。",
        customer_id=customer_id,
        record=("customer", customer_id),
        now=now,
    )


def tell_of_many(*, hand_over_id: int, now: datetime) -> None:
    """Tell who took over many customers, in one notice that names the first, when all have come."""
    done = HandOver.objects.select_related("created_by").filter(pk=hand_over_id).first()
    if done is None or done.taker_id is None or done.taker_id == done.created_by_id:
        return
    only = done.customer_ids[0] if len(done.customer_ids) == 1 else None
    names = _names(done)
    if only:
        whom, said = (names or ["1 位客户"])[0], []
    else:
        whom, said = f" {done.total} 位客户", [some_of(names, done.total)] if names else []
    said.append(done.note or "每位客户的档案里都有交接摘要：到哪一步了、答应过什么、接下来做什么。")
    tell(
        done.taker_id,
        "handed_over",
        f"hand_over:{done.pk}",
        f"{done.created_by.name}把{whom}转交给你",
        body="\n".join(said),
        customer_id=only,
        record=("hand_over", done.pk),
        now=now,
    )


def _names(done: HandOver) -> list[str]:
    """Return what the first of the customers are called who came to the taker."""
    came = Customer.objects.filter(owner=done.taker_id, deleted_at=None).order_by("pk")
    if done.all_of_giver:
        since = done.created_at
        told = Event.objects.filter(verb="customer.handed_over", at__gte=since)
        told = told.filter(data__hand_over=done.pk).order_by("at", "id")
        came = came.filter(pk__in=list(told.values_list("customer_id", flat=True)[:_LOOKED_AT]))
    else:
        came = came.filter(pk__in=done.customer_ids[:_LOOKED_AT])
    return list(came.values_list("name", flat=True)[:NAMED])
