"""Reading customers: whom a person sees, one file, and what hangs on it."""

import copy
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import FilteredRelation, Q, QuerySet

from zhike.access.models import Person
from zhike.access.queries import reached_by
from zhike.access.rights import Level, Scope
from zhike.base import clock
from zhike.base.errors import NotFound
from zhike.base.prepared import Prepared
from zhike.customers.models import (
    Attachment,
    Collaborator,
    Contact,
    Customer,
    Merge,
    Problem,
    Purchase,
    Tag,
)
from zhike.fields import masking


def primary_contact(path: str = "") -> FilteredRelation:
    """Return the join to a customer's primary contact; made anew for every query, because
    Django changes the object it is given. `path` leads to the customer, e.g. `customer__`.
    """
    contacts = f"{path}contacts"
    of_first = {f"{contacts}__is_primary": True, f"{contacts}__deleted_at__isnull": True}
    return FilteredRelation(contacts, condition=Q(**of_first))


TRASH_DAYS = 30  # R65: so long can what was deleted be restored
MERGE_DAYS = 180  # R19: so long can a merge be undone; then the absorbed are gone for good
_LONGEST_CHAIN = 50  # of customers each of which took in the one before


def within(actor: Person, scope: Scope, path: str = "") -> Q | None:
    """Return the condition of the customers a scope reaches; None where it reaches all.

    `path` leads to the customer, e.g. `customer__`.
    """
    if not actor.is_active:
        return Q(pk__in=[])
    if scope.reach == "all":
        return None
    of = path.removesuffix("__")
    reached = Q(**{f"{path}owner__in": reached_by(actor, scope.reach)})
    if scope.shared:
        reached |= Q(**{f"{of or 'pk'}__in": shared_with(actor)})
    if scope.pool:
        reached |= Q(**{f"{path}owner__isnull": True})
    return reached


class Part(NamedTuple):
    """One part of what a scope reaches, as a condition on zhike_customer that an index serves."""

    condition: str
    params: Sequence[int]


# So many owners are asked for one by one; more are looked for among everybody's. With a filter
# fewer: each owner's part would be searched to its end for the few that meet it.
APART, APART_FILTERED = 60, 5


def scope_parts(actor: Person, *, filtered: bool = False) -> list[Part] | None:
    """Return the same as `within` says for customers, in parts for the list; None reaches all."""
    scope = actor.scope("customer")
    if not actor.is_active:
        return []
    if scope.reach == "all":
        return None
    owner = '"zhike_customer"."owner_id"'
    reached = reached_by(actor, scope.reach)
    parts = [Part(f"{owner} = %s", [pk]) for pk in reached]
    if len(reached) > (
        APART_FILTERED if filtered else APART
    ):  # the plus keeps the database off the owners' indexes
        parts = [Part(f"+{owner} IN ({', '.join(['%s'] * len(reached))})", reached)]
    if scope.shared:
        shared = "SELECT customer_id FROM zhike_collaborator WHERE person_id = %s"
        parts.append(Part(f'"zhike_customer"."id" IN ({shared})', [actor.pk]))
    if scope.pool:
        parts.append(Part(f"{owner} IS NULL", []))
    return parts


def shared_with(actor: Person, *, to_edit: bool = False) -> QuerySet[Any]:
    """Return the ids of the customers shared with `actor`."""
    shared = Collaborator._default_manager.filter(person=actor)
    if to_edit:
        shared = shared.filter(may_edit=True)
    return shared.values("customer_id")


def _narrowed(found: QuerySet[Any], condition: Q | None) -> QuerySet[Any]:
    return found if condition is None else found.filter(condition)


def visible_to(actor: Person) -> QuerySet[Customer]:
    """Return the living customers `actor` may read."""
    found = Customer.objects.filter(deleted_at__isnull=True)
    return _narrowed(found, within(actor, actor.scope("customer")))


def changeable_by(actor: Person) -> QuerySet[Customer]:
    """Return the living customers `actor` may write to: no pool, and shared ones only to edit."""
    found = Customer.objects.filter(deleted_at__isnull=True)
    return _narrowed(found, _changeable(actor))


def _changeable(actor: Person, path: str = "") -> Q | None:
    scope = actor.scope("customer")
    condition = within(actor, Scope(scope.reach), path)
    if condition is not None and scope.shared:
        of = path.removesuffix("__") or "pk"
        condition |= Q(**{f"{of}__in": shared_with(actor, to_edit=True)})
    return condition


def changeable_among(actor: Person, seen: Sequence[tuple[int, int | None]]) -> set[int]:
    """Return which of some visible customers, given as (id, owner's id), the actor may write to.

    The database is asked only where there are shared ones among them.
    """
    scope = actor.scope("customer")
    if scope.reach == "all":
        return {pk for pk, _ in seen}
    reached = set(reached_by(actor, scope.reach))
    found = {pk for pk, owner in seen if owner in reached}
    others = [pk for pk, owner in seen if owner not in reached and owner is not None]
    if others and scope.shared:
        shared = shared_with(actor, to_edit=True).filter(customer_id__in=others)
        found |= set(shared.values_list("customer_id", flat=True))
    return found


def trash_visible_to(actor: Person) -> QuerySet[Customer]:
    """Return the deleted customers `actor` may bring back: those in reach, not too long gone."""
    found = Customer.objects.filter(deleted_at__gte=clock.now() - timedelta(days=TRASH_DAYS))
    found = found.filter(merged_into=None)  # those come back by undoing the merge
    if not actor.may("delete"):
        return found.none()
    return _narrowed(found, within(actor, Scope(actor.scope("customer").reach)))


def contacts_visible_to(actor: Person) -> QuerySet[Contact]:
    """Return the contacts of the customers `actor` may read."""
    found = Contact.objects.filter(deleted_at__isnull=True, customer__deleted_at__isnull=True)
    return _narrowed(found, within(actor, actor.scope("customer"), "customer__"))


def removed_contacts_visible_to(actor: Person) -> QuerySet[Contact]:
    """Return the removed contacts `actor` may bring back."""
    oldest = clock.now() - timedelta(days=TRASH_DAYS)
    found = Contact.objects.filter(deleted_at__gte=oldest, customer__deleted_at__isnull=True)
    if not actor.edits("contact"):
        return found.none()
    return _narrowed(found, _changeable(actor, "customer__"))


def records_visible_to(
    actor: Person, found: QuerySet[Any], kind: str, author: str
) -> QuerySet[Any]:
    """Narrow records that hang on a customer (`follow_up`, `care`, `feedback`) to `actor`'s.

    The customer must be visible, and in the reach the role has for that kind of record; what
    somebody wrote (`author` names the column) they always see.
    """
    found = found.filter(customer__deleted_at__isnull=True)
    whose, which = actor.scope("customer"), actor.scope(kind)
    found = _narrowed(found, within(actor, whose, "customer__"))
    if which == whose:
        return found
    condition = within(actor, which, "customer__")
    return found if condition is None else found.filter(condition | Q(**{author: actor}))


def dealings_visible_to(actor: Person, found: QuerySet[Any], group: str) -> QuerySet[Any]:
    """Narrow purchases or problems to those `actor` may read: by customer and group of fields."""
    found = found.filter(customer__deleted_at__isnull=True)
    if not actor.reads(group):
        return found.none()
    return _narrowed(found, within(actor, actor.scope("customer"), "customer__"))


def purchases_visible_to(actor: Person) -> QuerySet[Purchase]:
    """Return the purchases `actor` may read; the amounts only who may read money."""
    return dealings_visible_to(actor, Purchase.objects.filter(deleted_at=None), "cooperation")


def problems_visible_to(actor: Person) -> QuerySet[Problem]:
    """Return the problems `actor` may read."""
    return dealings_visible_to(actor, Problem.objects.filter(deleted_at=None), "notes")


def attachments_visible_to(actor: Person) -> QuerySet[Attachment]:
    """Return the attachments of the customers `actor` may read.

    Whether one hangs on a record they may read is asked of `attachments`.
    """
    found = Attachment.objects.filter(deleted_at=None, customer__deleted_at__isnull=True)
    return _narrowed(found, within(actor, actor.scope("customer"), "customer__"))


def removed_visible_to(actor: Person, of: type[Any], group: str = "") -> QuerySet[Any]:
    """Return purchases, problems or attachments in the trash that `actor` may bring back."""
    oldest = clock.now() - timedelta(days=TRASH_DAYS)
    found: QuerySet[Any] = of.objects.filter(
        deleted_at__gte=oldest, customer__deleted_at__isnull=True
    )
    if group and not actor.edits(group):
        return found.none()
    return _narrowed(found, _changeable(actor, "customer__"))


def count_of_owner(person_id: int) -> int:
    """Count the living customers of a person; for who closes the account."""
    return Customer._default_manager.filter(owner_id=person_id, deleted_at=None).count()


def count_shared_with(person_id: int) -> int:
    """Count the customers shared with a person; for who closes the account."""
    return Collaborator._default_manager.filter(person_id=person_id).count()


def reaches(actor: Person, customer: Customer, kind: str) -> bool:
    """Tell whether the role's reach for a kind of record holds a customer the actor sees."""
    if actor.scope(kind) == actor.scope("customer"):
        return True
    condition = within(actor, actor.scope(kind))
    return condition is None or Customer.objects.filter(condition, pk=customer.pk).exists()


def access_to(actor: Person, customer: Customer) -> str:
    """Return by which way `actor` has a customer they may see.

    `own`, `scope` (by the reach of the role), `shared_edit`, `shared_read` or `pool`.
    """
    scope = actor.scope("customer")
    if customer.owner_id == actor.pk and scope.reach != "none":
        return "own"
    if scope.reach == "all" or customer.owner_id in reached_by(actor, scope.reach):
        return "scope"
    if scope.shared:
        shared = Collaborator.objects.filter(person=actor, customer=customer)
        may_edit = shared.values_list("may_edit", flat=True).first()
        if may_edit is not None:
            return "shared_edit" if may_edit else "shared_read"
    return "pool"


# By which of these ways a customer may be read in full, changed, or given away and deleted.
READABLE = frozenset({"own", "scope", "shared_edit", "shared_read"})
CHANGEABLE = frozenset({"own", "scope", "shared_edit"})
GIVEABLE = frozenset({"own", "scope"})


def from_afar(actor: Person) -> Person:
    """Return the actor as one who looks at a customer of the pool: protected data is masked.

    Whoever wants more claims the customer first (R33).
    """
    capped = copy.copy(actor)
    capped.__dict__["rights"] = actor.rights.capped(Level.MASKED)
    return capped


def collaborators_visible_to(actor: Person, customer: Customer) -> QuerySet[Collaborator]:
    """Return with whom a customer the actor may see is shared."""
    found = Collaborator.objects.filter(customer__in=visible_to(actor), customer=customer)
    return found.select_related("person__department", "added_by").order_by("person__name", "id")


def tags_visible_to(actor: Person) -> QuerySet[Tag]:
    """Return the tags, which everybody shares."""
    return Tag.objects.order_by("name") if actor.is_active else Tag.objects.none()


def one(
    actor: Person, customer_id: int, *, only: tuple[str, ...] = (), held: bool = False
) -> Customer:
    """Return one customer or raise NotFound, the same for absent, deleted and foreign ones.

    With `only` these columns are read, others when they are asked for. Who `held` it, in a
    transaction, has others wait who write records of it.
    """
    found = _visible_one(actor, customer_id, only, held=held)
    if not found:
        raise _absent(actor, customer_id)
    return found[0]


def _visible_one(
    actor: Person, customer_id: int, only: tuple[str, ...], *, held: bool
) -> list[Customer]:
    """The customer of an id, if `actor` sees it: by a statement prepared for the kind of reach."""
    if not 0 < customer_id < 2**63:
        return []
    scope = actor.scope("customer")
    everything = scope.reach == "all"
    reached = () if everything or not actor.is_active else tuple(reached_by(actor, scope.reach))
    given = (*reached, *((actor.pk,) if scope.shared and not everything else ()), customer_id)
    kind = (connection.vendor, actor.is_active, scope, len(reached), only, held)
    prepared = _PREPARED.get(kind)
    if prepared is None:
        found = visible_to(actor).filter(pk=customer_id)
        if only:
            related = {name.partition("__")[0] for name in only if "__" in name}
            found = found.select_related(*related).only(*only)
        else:
            found = found.select_related("owner", "recorder")
        if held:
            found = found.select_for_update(of=("self",))
        try:
            prepared = Prepared(found)
        except EmptyResultSet:
            return []
        if tuple(prepared.given) != given or len(_PREPARED) >= _MOST_PREPARED:
            return list(found)  # not as we thought: the plain way is right whatever the order
        _PREPARED[kind] = prepared
    return prepared.fetch(given)


_MOST_PREPARED = 500  # each kind of reach and number of people in it
_PREPARED: dict[Any, Prepared[Customer]] = {}


def _absent(actor: Person, customer_id: int) -> NotFound:
    """One that was merged leads to the survivor, for who may see that one."""
    into = moved_to(actor, pk=customer_id)
    if into is None:
        return NotFound("没有找到这位客户，可能已被删除或不归你负责。")
    return NotFound(
        f"这位客户已并入“{into.name}”。",
        code="merged",
        extra={"moved_to": {"id": into.pk, "code": into.code, "name": into.name}},
    )


def moved_to(actor: Person, **of: Any) -> Customer | None:
    """Return whom a customer, given by `pk` or `code`, was merged into, if `actor` may see that."""
    found = Customer._default_manager.filter(**of, merged_into__isnull=False)
    into = found.values_list("merged_into", flat=True).first()
    for _ in range(_LONGEST_CHAIN):
        following = Customer._default_manager.filter(pk=into or 0, merged_into__isnull=False)
        further = following.values_list("merged_into", flat=True).first()
        if further is None:
            break
        into = further
    return visible_to(actor).filter(pk=into).first() if into else None


def file_ids(customer: Customer) -> list[int]:
    """Return the customer with all it has taken in, to whom its older events belong.

    The caller may see the customer. Those that are gone for good are among them.
    """
    merges = Merge._default_manager.filter(survivor=customer, undone_at=None)
    taken = merges.values_list("moved__taken", flat=True)
    return [customer.pk, *(pk for ids in taken for pk in ids)]


def merges_visible_to(actor: Person) -> QuerySet[Merge]:
    """Return the merges of the customers `actor` may read."""
    found = Merge.objects.filter(survivor__deleted_at=None)
    found = _narrowed(found, within(actor, actor.scope("customer"), "survivor__"))
    return found.select_related("survivor__owner", "merged_by", "undone_by").order_by("-id")


def merges_of(actor: Person, customer: Customer) -> QuerySet[Merge]:
    """Return what a customer the actor may see has taken in, the last first."""
    return merges_visible_to(actor).filter(survivor=customer)


def contacts_of(customer: Customer) -> list[Contact]:
    """Return the living contacts of a customer the caller may see, the primary one first."""
    return list(customer.contacts.filter(deleted_at=None).order_by("-is_primary", "id"))


def masked_name(actor: Person, name: str, title: str = "") -> str:
    """Return a contact's name as a salutation, or not at all, though `actor` may read others."""
    return masking.mask_name(name, title) if name and actor.level("contact") else ""


def contact_name(actor: Person, name: str, title: str = "") -> str:
    """Return a contact's name as `actor` may read it: in full, as a salutation, or not at all."""
    level = actor.level("contact")
    if level >= Level.READ or not name:
        return name
    return masking.mask_name(name, title) if level == Level.MASKED else ""
