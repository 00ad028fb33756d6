"""How the records of this room are told on a customer's time line, and what it listens to."""

from typing import Any

from zhike.access.models import Person
from zhike.access.queries import belongs
from zhike.care import actions, queries
from zhike.customers.emptying import empties
from zhike.customers.trash import holds
from zhike.trail.actions import subscribe
from zhike.trail.audit import words
from zhike.trail.models import Event
from zhike.trail.queries import tells

tells("follow_up")(queries.tell_follow_ups)
tells("care")(queries.tell_care_entries)
tells("task")(queries.tell_tasks)
holds("follow_up")(queries.deleted_follow_ups)
empties("follow_up")(actions.delete_follow_ups_for_good)


@subscribe("customer.changed")
@subscribe("customer.handed_over")
def plans_follow_the_owner(event: Event) -> None:
    """Let what was planned go to the new owner together with the customer (R32)."""
    owners = event.data.get("owners")
    if owners and event.customer_id is not None:
        actions.pass_on_tasks(customer_id=event.customer_id, giver=owners[0], taker=owners[1])


@subscribe("person.left")
def other_tasks_go_to_the_successor(event: Event) -> None:
    """Let a leaver's tasks that are about no customer go with the rest (R64)."""
    if event.record_id is not None and event.data["successor"] is not None:
        actions.pass_on_own_tasks(giver=event.record_id, taker=event.data["successor"])


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
