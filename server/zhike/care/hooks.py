"""How the records of this room are told on a customer's time line, and what it listens to."""

from zhike.care import actions, queries
from zhike.trail.actions import subscribe
from zhike.trail.models import Event
from zhike.trail.queries import tells

tells("follow_up")(queries.tell_follow_ups)
tells("care")(queries.tell_care_entries)
tells("task")(queries.tell_tasks)


@subscribe("customer.changed")
def plans_follow_the_owner(event: Event) -> None:
    """Let what was planned go to the new owner together with the customer (R32)."""
    owners = event.data.get("owners")
    if owners and event.customer_id is not None:
        actions.pass_on_tasks(customer_id=event.customer_id, giver=owners[0], taker=owners[1])
