"""Reading people and departments, and finding who a request comes from."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from zhike.access import factors
from zhike.access.models import Department, Organisation, Person, Role, Token
from zhike.access.rights import ACTIONS, ReachName
from zhike.base.errors import Forbidden


def setup_needed() -> bool:
    """Tell whether nobody has set this installation up yet."""
    return not Organisation.objects.exists()


def people_visible_to(actor: Person) -> QuerySet[Person]:
    """Return the colleagues `actor` may know of: everybody, as in any company's phone list."""
    if not actor.is_active:
        return Person.objects.none()
    found = Person.objects.select_related("department", "role")
    return found.order_by("-is_active", "name", "id")


def departments_visible_to(actor: Person) -> QuerySet[Department]:
    """Return the departments, all of them for everybody who works here."""
    if not actor.is_active:
        return Department.objects.none()
    working = Count("person", filter=Q(person__is_active=True))
    return Department.objects.annotate(people=working).order_by("parent_id", "name", "id")


def roles_visible_to(actor: Person) -> QuerySet[Role]:
    """Return the roles; what they are called everybody may know, as in the list of people."""
    if not actor.is_active:
        return Role.objects.none()
    holders = Count("person", filter=Q(person__is_active=True))
    return Role.objects.annotate(holders=holders).order_by("position", "id")


def reached_by(actor: Person, reach: ReachName) -> list[int]:
    """Return the ids of those whose records `actor` reaches, themselves first.

    People who left are among them: what they cared for stays in reach until it is handed over.
    `all` is not a question of people; asking for it is an error of the caller. Asked once for
    each request and reach.
    """
    if reach == "all":
        raise ValueError("everything is in reach, whoever it belongs to")
    if reach == "none" or not actor.is_active:
        return []
    known: dict[str, list[int]] = actor.__dict__.setdefault("_reached", {})
    if reach not in known:
        known[reach] = [actor.pk, *_colleagues(actor, reach)]
    return known[reach]


def _colleagues(actor: Person, reach: ReachName) -> Iterable[int]:
    if reach == "own" or actor.department_id is None:
        return ()
    found = Person.objects.exclude(pk=actor.pk).order_by("pk")
    if reach == "team":
        found = found.filter(department_id=actor.department_id)
    else:
        found = found.filter(department__path__startswith=actor.branch)
    return found.values_list("pk", flat=True)


def covers(actor: Person, reach: ReachName, owner: Person | None) -> bool:
    """Tell whether `actor` reaches what belongs to somebody, or to nobody, as `reached_by` does.

    Asks nothing when the departments are loaded: for telling many people about few records.
    """
    if reach == "all" or owner is None or reach == "none" or not actor.is_active:
        return reach == "all"
    if owner.pk == actor.pk:
        return True
    if reach == "own" or actor.department_id is None:
        return False
    if reach == "team":
        return owner.department_id == actor.department_id
    return owner.branch.startswith(actor.branch)


def token_bearer(plain: str, now: datetime) -> Token | None:
    """Return the valid token with this plain text, its person loaded, or None."""
    found = Token.objects.select_related("person__role", "person__department")
    token = found.filter(digest=Token.digest_of(plain)).first()
    if token is None or not token.person.is_active:
        return None
    if token.expires_at is not None and token.expires_at <= now:
        return None
    return token


def organisation() -> Organisation:
    """Return the one organisation; before the set-up, an empty one with the usual rules."""
    return Organisation.objects.filter(id=Organisation.THE).first() or Organisation(name="")


def described(person: Person) -> dict[str, Any]:
    """Return what the front end must know of the person who signed in."""
    rules = organisation()
    granted = person.rights
    return {
        "id": person.id,
        "name": person.name,
        "username": person.username,
        "role": person.role.key,
        "role_name": person.role.name,
        "department": person.department.name if person.department else None,
        "email": person.email,
        "organisation": rules.name,
        "rights": {action: person.may(action) for action in ACTIONS},
        "scopes": granted.stored()["scopes"],
        "fields": granted.stored()["fields"],
        "viewing": person.viewing,
        "second_factor": factors.state(person.real or person),
        "reveal": {"needs_reason": rules.reveal_needs_reason},
    }


def described_role(role: Role) -> dict[str, Any]:
    """Return a role as the role screen shows it."""
    return {
        "id": role.pk,
        "key": role.key,
        "name": role.name,
        "note": role.note,
        "position": role.position,
        "version": role.version,
        "fixed": role.fixed,
        "needs_second_factor": role.needs_second_factor,
        "holders": getattr(role, "holders", 0),
        **role.rights.stored(),
    }


Counter = Callable[[int], int]
_counters: dict[str, Counter] = {}


def belongs(name: str) -> Callable[[Counter], Counter]:
    """Register how much of a kind belongs to a person, for who closes their account."""

    def register(function: Counter) -> Counter:
        _counters[name] = function
        return function

    return register


def belongings(actor: Person, person: Person) -> dict[str, int]:
    """Return how much of each kind a colleague would leave behind."""
    if not actor.may("manage_people"):
        raise Forbidden("你没有管理同事的权限。")
    return {name: count(person.pk) for name, count in _counters.items()}
