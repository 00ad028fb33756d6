"""How the records of this room are told on a customer's time line, and what it listens to."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from zhike.access.models import Person
from zhike.access.queries import belongs
from zhike.care import actions, planning, queries, tasks
from zhike.care.dates import refresh_dates
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.customers import attachments, relations
from zhike.customers.emptying import empties
from zhike.customers.models import Customer
from zhike.customers.relations import Relation, Way
from zhike.customers.replacing import WithFiles
from zhike.customers.trash import holds
from zhike.fields import holding as field_values
from zhike.trail.actions import subscribe
from zhike.trail.audit import words
from zhike.trail.models import Event
from zhike.trail.queries import tells

tells("follow_up")(queries.tell_follow_ups)
tells("care")(queries.tell_care_entries)
tells("task")(queries.tell_tasks)
holds("follow_up")(queries.deleted_follow_ups)
empties("follow_up")(actions.delete_follow_ups_for_good)
field_values.holds(
    WithFiles(
        "follow_up",
        FollowUp,
        {"way": ("way",), "response": ("response",)},
        verb="follow_up.changed",
    )
)
field_values.holds(field_values.Columns("care", CareEntry, {"care_way": ("way",)}))
relations.knows(
    Relation(FollowUp, "customer", Way.MOVE, "follow_up", "跟进记录"),
    Relation(FollowUp, "contact", Way.MOVE, of="contact"),
    Relation(Task, "customer", Way.MOVE, "task", "待办"),
    Relation(CareEntry, "customer", Way.MOVE, "care", "维护记录"),
)


@attachments.belongs("follow_up")
def files_of_follow_ups(
    actor: Person, customer: Customer, ids: Collection[int], to_change: bool
) -> set[int]:
    """Return the follow-ups of a customer whose files a person may read, or change (R22)."""
    return queries.follow_ups_with_files(actor, customer.pk, ids, to_change=to_change)


@relations.afterwards
def dates_follow_the_records(customer_ids: Iterable[int], now: datetime) -> None:
    """Bring the last and next follow-up days in line after records changed hands (R19)."""
    refresh_dates(customer_ids)


@subscribe("customer.changed")
@subscribe("customer.handed_over")
def plans_follow_the_owner(event: Event) -> None:
    """Let what was planned go to the new owner together with the customer (R32)."""
    owners = event.data.get("owners")
    if owners and event.customer_id is not None:
        tasks.pass_on_tasks(customer_id=event.customer_id, giver=owners[0], taker=owners[1])


@subscribe("customer.paused")
def look_again_instead(event: Event) -> None:
    """Plan to look at a paused customer again, instead of what was planned (R21)."""
    if event.customer_id is not None and event.actor is not None:
        planning.look_again(
            actor=event.actor,
            now=event.at,
            customer_id=event.customer_id,
            owner_id=event.data["owner"],
            on=date.fromisoformat(event.data["look_again_on"]),
        )


@subscribe("customer.archived")
def nothing_more_is_planned(event: Event) -> None:
    """Plan nothing more with an archived customer (R21)."""
    if event.customer_id is not None and event.actor is not None:
        planning.drop_plans(actor=event.actor, now=event.at, customer_id=event.customer_id)


@subscribe("customer.resumed")
def looked_again(event: Event) -> None:
    """Who takes a customer up again has looked at it: that plan is done (R21)."""
    if event.customer_id is not None and event.actor is not None:
        planning.looked_again(actor=event.actor, now=event.at, customer_id=event.customer_id)


@subscribe("person.left")
def other_tasks_go_to_the_successor(event: Event) -> None:
    """Let a leaver's tasks that are about no customer go with the rest (R64)."""
    if event.record_id is not None and event.data["successor"] is not None:
        tasks.pass_on_own_tasks(giver=event.record_id, taker=event.data["successor"])


@belongs("tasks")
def open_tasks(person_id: int) -> int:
    """Count what a leaver has still to do."""
    return queries.count_open_tasks(person_id)


@words("follow_up")
def follow_up_in_words(actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell a field of a follow-up to who may read them all."""
    return queries.in_words(actor, "follow_up", field, value)


@words("task")
def task_in_words(actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell a field of a task."""
    return queries.in_words(actor, "task", field, value)
