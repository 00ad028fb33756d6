"""Roles, the vocabulary they are made of, and looking at the product as one sees it, over HTTP."""

from typing import Annotated, Any

from ninja import Router, Schema, Status
from pydantic import Field

from zhike.access import queries, roles
from zhike.access.api import Me, ScopeOut
from zhike.access.models import Person
from zhike.access.rights import (
    ACTIONS,
    GROUPS,
    KINDS,
    LEVELS,
    REACHES,
    REVIEWABLE,
    TOKEN_SCOPES,
)
from zhike.access.sign_in import Request, present
from zhike.base import clock
from zhike.base.errors import Forbidden, Invalid

router = Router(tags=["access"])
Id = Annotated[int, Field(ge=1, lt=2**63)]
MOST = 100  # far more names than there are; a body with more is no honest one


class RoleOut(Schema):
    id: int
    key: str
    name: str
    note: str
    position: int
    version: int
    fixed: bool
    needs_second_factor: bool
    holders: int
    scopes: dict[str, ScopeOut]
    fields: dict[str, str]
    actions: list[str]


class RolesOut(Schema):
    items: list[RoleOut]


class ScopeIn(Schema):
    model_config = {"extra": "forbid"}

    reach: str
    shared: bool = False
    pool: bool = False


class RoleIn(Schema):
    model_config = {"extra": "forbid"}

    name: str
    note: str = ""
    copy_of: Id | None = None
    needs_second_factor: bool = False
    scopes: dict[str, ScopeIn] = Field(default_factory=dict, max_length=MOST)
    fields: dict[str, str] = Field(default_factory=dict, max_length=MOST)
    actions: list[str] | None = Field(None, max_length=MOST)


class RolePatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    name: str | None = None
    note: str | None = None
    needs_second_factor: bool | None = None
    scopes: dict[str, ScopeIn] | None = Field(None, max_length=MOST)
    fields: dict[str, str] | None = Field(None, max_length=MOST)
    actions: list[str] | None = Field(None, max_length=MOST)


class Word(Schema):
    name: str
    label: str


class KindOut(Word):
    note: str


class GroupOut(Word):
    note: str
    maskable: bool


class ActionOut(Word):
    note: str
    section: str


class VocabularyOut(Schema):
    kinds: list[KindOut]
    reaches: list[Word]
    groups: list[GroupOut]
    levels: list[Word]
    actions: list[ActionOut]
    token_scopes: list[Word]
    reviewable: list[Word]


class ViewAsIn(Schema):
    model_config = {"extra": "forbid"}

    role_id: Id | None = None
    person_id: Id | None = None


@router.get("/rights", response=VocabularyOut)
def vocabulary(request: Request) -> dict[str, Any]:
    """Return the words a role is made of."""

    def plain(words: dict[str, str]) -> list[dict[str, str]]:
        return [{"name": name, "label": label} for name, label in words.items()]

    return {
        "kinds": [{"name": name, **kind._asdict()} for name, kind in KINDS.items()],
        "reaches": plain(REACHES),
        "groups": [{"name": name, **group._asdict()} for name, group in GROUPS.items()],
        "levels": plain({name: label for name, (_, label) in LEVELS.items()}),
        "actions": [{"name": name, **action._asdict()} for name, action in ACTIONS.items()],
        "token_scopes": plain(TOKEN_SCOPES),
        "reviewable": plain(REVIEWABLE),
    }


@router.get("/roles", response=RolesOut)
def all_roles(request: Request) -> dict[str, Any]:
    """List the roles with what they grant."""
    found = queries.roles_visible_to(request.auth)
    return {"items": [queries.described_role(one) for one in found]}


@router.post("/roles", response={201: RoleOut})
def add_role(request: Request, body: RoleIn) -> Status:
    """Add a role, from nothing or as a copy."""
    given = body.dict(exclude_none=True, exclude_unset=True)
    made = roles.add_role(actor=request.auth, now=clock.now(), **given)
    return Status(201, queries.described_role(made))


@router.patch("/roles/{role_id}", response=RoleOut)
def change_role(request: Request, role_id: int, body: RolePatch) -> dict[str, Any]:
    """Change a role."""
    given = body.dict(exclude_none=True, exclude_unset=True)
    changed = roles.change_role(actor=request.auth, now=clock.now(), role_id=role_id, **given)
    return queries.described_role(roles.one_role(request.auth, changed.pk))


@router.delete("/roles/{role_id}", response={204: None})
def remove_role(request: Request, role_id: int) -> Status:
    """Remove a role nobody holds."""
    roles.remove_role(actor=request.auth, now=clock.now(), role_id=role_id)
    return Status(204, None)


@router.post("/view-as", response=Me)
def view_as(request: Request, body: ViewAsIn) -> dict[str, Any]:
    """Look at the product as a role or a colleague sees it; nothing can be changed meanwhile."""
    actor: Person = request.auth
    if (body.role_id is None) == (body.person_id is None):
        raise Invalid("role_id", "请选择一个角色或一位同事。")
    if actor.via != "session":
        raise Forbidden("令牌不能切换视角，请登录后再试。")
    role = roles.one_role(actor, body.role_id) if body.role_id is not None else None
    person = None
    if body.person_id is not None:
        found = queries.people_visible_to(actor).filter(is_active=True)
        person = found.filter(pk=body.person_id).first()
        if person is None:
            raise Invalid("person_id", "没有找到这位在职同事，请重新选择。")
    roles.view_as(actor=actor, now=clock.now(), role=role, person=person)
    request.session["view_as"] = {"role": role.pk} if role else {"person": body.person_id}
    return queries.described(signed_in_again(request))


@router.delete("/view-as", response=Me)
def view_as_oneself(request: Request) -> dict[str, Any]:
    """Go back to one's own view."""
    request.session.pop("view_as", None)
    return queries.described(signed_in_again(request))


def signed_in_again(request: Request) -> Person:
    """Return who the request comes from now that the view has changed."""
    return present(request) or request.auth
