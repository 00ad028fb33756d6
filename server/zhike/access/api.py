"""The set-up, the signed-in person, departments and the organisation, over HTTP."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router, Schema, Status
from pydantic import Field

from zhike.access import actions, queries
from zhike.access.models import Department, Person
from zhike.access.rights import ReachName
from zhike.access.sign_in import Request, check_csrf, enter
from zhike.base import clock
from zhike.base.errors import Invalid, NotFound

router = Router(tags=["access"])
open_router = Router(tags=["access"])  # what nobody needs to be signed in for


Id = Annotated[int, Field(ge=1, lt=2**63)]


class SetupState(Schema):
    needed: bool


class SetupIn(Schema):
    model_config = {"extra": "forbid"}

    organisation: str
    name: str
    username: str
    password: str


class ScopeOut(Schema):
    reach: ReachName
    shared: bool
    pool: bool


class Viewing(Schema):
    role: str
    role_name: str
    person: str | None


class SecondFactor(Schema):
    required: bool
    enrolled: bool


class RevealRule(Schema):
    needs_reason: bool


class Me(Schema):
    id: int
    name: str
    username: str
    role: str
    role_name: str
    department: str | None
    email: str
    organisation: str
    rights: dict[str, bool]
    scopes: dict[str, ScopeOut]
    fields: dict[str, str]
    viewing: Viewing | None
    second_factor: SecondFactor
    reveal: RevealRule


@open_router.get("/setup", response=SetupState)
def setup_state(request: HttpRequest) -> dict[str, bool]:
    """Tell whether the installation still waits for its administrator."""
    return {"needed": queries.setup_needed()}


@open_router.post("/setup", response={201: Me})
def set_up(request: HttpRequest, body: SetupIn) -> Status:
    """Create the administrator and sign them in; closed for ever after."""
    check_csrf(request)
    person = actions.set_up(now=clock.now(), **body.dict())
    enter(request, person)
    get_token(request)
    return Status(201, queries.described(person))


@router.get("/me", response=Me)
def me(request: Request) -> dict[str, Any]:
    """Return the signed-in person with their rights."""
    return queries.described(request.auth)


class DepartmentRef(Schema):
    id: int
    name: str
    parent_id: int | None


class DepartmentOut(DepartmentRef):
    people: int


class DepartmentIn(Schema):
    model_config = {"extra": "forbid"}

    name: str
    parent_id: Id | None = None


class DepartmentsOut(Schema):
    items: list[DepartmentOut]


@router.get("/departments", response=DepartmentsOut)
def departments(request: Request) -> dict[str, Any]:
    """List the departments; `parent_id` makes the tree."""
    return {"items": list(queries.departments_visible_to(request.auth))}


@router.post("/departments", response={201: DepartmentOut})
def add_department(request: Request, body: DepartmentIn) -> Status:
    """Add a department."""
    return Status(201, _save_department(request, body, Department()))


@router.patch("/departments/{department_id}", response=DepartmentOut)
def change_department(request: Request, department_id: int, body: DepartmentIn) -> Department:
    """Rename or move a department."""
    return _save_department(request, body, _one_department(request.auth, department_id))


@router.delete("/departments/{department_id}", response={204: None})
def remove_department(request: Request, department_id: int) -> Status:
    """Remove an empty department."""
    found = _one_department(request.auth, department_id)
    actions.remove_department(actor=request.auth, now=clock.now(), department=found)
    return Status(204, None)


def _save_department(request: Request, body: DepartmentIn, department: Department) -> Department:
    actor: Person = request.auth
    parent = _department(actor, body.parent_id, field="parent_id")
    saved = actions.save_department(
        actor=actor, now=clock.now(), name=body.name, parent=parent, department=department
    )
    return _one_department(actor, saved.pk)


def _one_department(actor: Person, department_id: int) -> Department:
    found = queries.departments_visible_to(actor).filter(pk=department_id).first()
    if found is None:
        raise NotFound("没有找到这个部门。")
    return found


def _department(
    actor: Person, department_id: int | None, field: str = "department_id"
) -> Department | None:
    if department_id is None:
        return None
    found = queries.departments_visible_to(actor).filter(pk=department_id).first()
    if found is None:
        raise Invalid(field, "没有找到这个部门，请重新选择。")
    return found


class OrganisationOut(Schema):
    name: str
    tells_who_cares: bool
    reveals_per_day: int
    reveal_needs_reason: bool
    reviews_new_customers: bool
    reviewed_fields: list[str]


class OrganisationPatch(Schema):
    model_config = {"extra": "forbid"}

    name: str | None = None
    tells_who_cares: bool | None = None
    reveals_per_day: int | None = None
    reveal_needs_reason: bool | None = None
    reviews_new_customers: bool | None = None
    reviewed_fields: list[str] | None = Field(None, max_length=50)


@router.get("/organisation", response=OrganisationOut)
def organisation(request: Request) -> Any:
    """Return the organisation and its rules."""
    return queries.organisation()


@router.patch("/organisation", response=OrganisationOut)
def change_organisation(request: Request, body: OrganisationPatch) -> Any:
    """Change the rules of the organisation."""
    given = body.dict(exclude_unset=True, exclude_none=True)
    return actions.change_organisation(actor=request.auth, now=clock.now(), **given)
