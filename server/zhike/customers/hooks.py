"""What the customers' room listens to, and how the audit tells of its records."""

from collections.abc import Iterable
from typing import Any

from zhike.access.models import Person
from zhike.access.queries import belongs
from zhike.access.rights import Level
from zhike.base import jobs
from zhike.customers import (
    asking,
    attachments,
    file_rules,
    handing_over,
    history,
    problems,
    purchases,
    queries,
    replacing,
    standing,
)
from zhike.customers.models import Collaborator, Contact, Customer, Review
from zhike.fields.groups import level_of
from zhike.fields.holding import holds
from zhike.trail.actions import subscribe
from zhike.trail.audit import customer_finder, customer_names, words
from zhike.trail.models import Event
from zhike.trail.notices.telling import tell
from zhike.trail.queries import tells

tells("purchase")(purchases.tell)
tells("problem")(problems.tell)
words("purchase")(purchases.in_words)
words("problem")(problems.in_words)
words("attachment")(attachments.in_words)
words("file_rules")(file_rules.in_words)

for _holder in (replacing.CUSTOMERS, replacing.CONTACTS, replacing.PROBLEMS):
    holds(_holder)


@subscribe("person.left")
def customers_of_a_leaver_move_on(event: Event) -> None:
    """Hand over what a leaver holds, in the transaction that closes the account (R64)."""
    giver = Person.objects.get(pk=event.record_id or 0)
    handing_over.leave_behind(
        actor=event.actor or giver,
        now=event.at,
        giver=giver,
        taker=event.data["successor"],
        note=event.data["note"],
    )


@subscribe("field.defined")
@subscribe("field.changed")
@subscribe("field.archived")
@subscribe("field.restored")
@subscribe("field.removed")
@subscribe("rule.added")
@subscribe("rule.changed")
@subscribe("rule.removed")
@subscribe("file_rules.changed")
def everybody_is_judged_anew(event: Event) -> None:
    """Have completeness, tiers and contradictions follow what counts by now (R05, R06, R18)."""
    jobs.enqueue(standing.JOB, {}, now=event.at, dedupe_key=standing.JOB)


@subscribe("review.decided")
def who_asked_is_told(event: Event) -> None:
    """Tell whoever waited for a review what came of it (R57); the others need not look any more."""
    asking.no_more(event.record_id or 0, event.at)
    found = Review.objects.select_related("customer").filter(pk=event.record_id or 0).first()
    if found is None or event.actor is None or found.asked_by_id == event.actor.pk:
        return
    tell(
        found.asked_by_id,
        "review",
        f"review:{found.pk}",
        f"审核{event.data['result']}：{found.customer.name}",
        event.data["note"],
        customer_id=found.customer_id,
        record=("review", found.pk),
        now=event.at,
    )


@subscribe("customer.changed")
@subscribe("customer.handed_over")
@subscribe("customer.claimed")
def an_owner_needs_no_share(event: Event) -> None:
    """Take the share of who becomes the owner: what came by it would outlast the owning (R58)."""
    owners = event.data.get("owners")
    if owners and owners[1] is not None:
        Collaborator.objects.filter(customer=event.customer_id, person=owners[1]).delete()


@belongs("customers")
def customers_owned(person_id: int) -> int:
    """Count the customers a person is in charge of."""
    return queries.count_of_owner(person_id)


@belongs("collaborations")
def collaborations(person_id: int) -> int:
    """Count the customers shared with a person."""
    return queries.count_shared_with(person_id)


@customer_names
def names(actor: Person, ids: Iterable[int]) -> dict[int, str]:
    """Return what customers in the actor's scope are called, deleted ones too."""
    found = Customer._default_manager.filter(pk__in=list(ids))
    condition = queries.within(actor, actor.scope("customer"))
    if condition is not None:
        return dict(found.filter(condition).values_list("pk", "name"))
    gone = dict.fromkeys(ids, "（已清除的客户）") if actor.is_active else {}
    return gone | dict(found.values_list("pk", "name"))


@customer_finder
def by_code(actor: Person, code: str) -> list[int]:
    """Return the customer with a code, deleted or not, if it is in the actor's scope."""
    found = Customer._default_manager.filter(code=code)
    condition = queries.within(actor, actor.scope("customer"))
    return list(
        (found if condition is None else found.filter(condition)).values_list("pk", flat=True)
    )


@words("customer", "review")
def customer_in_words(actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell a field of a customer, unless the actor may not see it."""
    return _in_words(actor, Customer, field, value)


@words("contact")
def contact_in_words(actor: Person, field: str, value: Any) -> tuple[str, Any] | None:
    """Tell a field of a contact, masked where the actor's role masks it."""
    return _in_words(actor, Contact, field, value)


def _in_words(
    actor: Person, of: type[Customer] | type[Contact], field: str, value: Any
) -> tuple[str, Any] | None:
    if field == "access":
        return "协作权限", value
    if level_of(actor, "contact" if of is Contact else "customer", field) == Level.HIDDEN:
        return None
    return history.label(of, field), history.shown_to(actor, of, field, value)
