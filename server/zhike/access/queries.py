"""Reading people and departments, and finding who a request comes from."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from zhike.access.models import RIGHTS, Department, Organisation, Person, Token


def setup_needed() -> bool:
    """Tell whether nobody has set this installation up yet."""
    return not Organisation.objects.exists()


def people_visible_to(actor: Person) -> QuerySet[Person]:
    """Return the colleagues `actor` may know of: everybody, as in any company's phone list."""
    if not actor.is_active:
        return Person.objects.none()
    return Person.objects.select_related("department").order_by("-is_active", "name", "id")


def departments_visible_to(actor: Person) -> QuerySet[Department]:
    """Return the departments, all of them for everybody who works here."""
    if not actor.is_active:
        return Department.objects.none()
    return Department.objects.order_by("parent_id", "name", "id")


def token_bearer(plain: str, now: datetime) -> Token | None:
    """Return the valid token with this plain text, its person loaded, or None."""
    token = Token.objects.select_related("person").filter(digest=Token.digest_of(plain)).first()
    if token is None or not token.person.is_active:
        return None
    if token.expires_at is not None and token.expires_at <= now:
        return None
    return token


def described(person: Person) -> dict[str, Any]:
    """Return what the front end must know of the person who signed in."""
    organisation = Organisation.objects.filter(id=Organisation.THE).first()
    every_right = sorted(frozenset().union(*RIGHTS.values()))
    return {
        "id": person.id,
        "name": person.name,
        "username": person.username,
        "role": person.role,
        "department": person.department.name if person.department else None,
        "organisation": organisation.name if organisation else "",
        "rights": {right: person.may(right) for right in every_right},
    }
