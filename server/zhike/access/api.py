"""People, departments, set-up and the signed-in person, over HTTP."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router, Schema, Status

from zhike.access import actions, queries
from zhike.access.models import Department, Person
from zhike.access.sign_in import Request, check_csrf
from zhike.base import clock
from zhike.base.errors import Invalid, NotFound

router = Router(tags=["access"])
open_router = Router(tags=["access"])  # what nobody needs to be signed in for


class SetupState(Schema):
    needed: bool


class SetupIn(Schema):
    model_config = {"extra": "forbid"}

    organisation: str
    name: str
    username: str
    password: str


class Me(Schema):
    id: int
    name: str
    username: str
    role: str
    department: str | None
    organisation: str
    rights: dict[str, bool]


@open_router.get("/setup", response=SetupState)
def setup_state(request: HttpRequest) -> dict[str, bool]:
    """Tell whether the installation still waits for its administrator."""
    return {"needed": queries.setup_needed()}


@open_router.post("/setup", response={201: Me})
def set_up(request: HttpRequest, body: SetupIn) -> Status:
    """Create the administrator and sign them in; closed for ever after."""
    check_csrf(request)
    person = actions.set_up(now=clock.now(), **body.dict())
    login(request, person)
    get_token(request)
    return Status(201, queries.described(person))


@router.get("/me", response=Me)
def me(request: Request) -> dict[str, Any]:
    """Return the signed-in person with their rights."""
    return queries.described(request.auth)


class DepartmentOut(Schema):
    id: int
    name: str
    parent_id: int | None


class DepartmentIn(Schema):
    model_config = {"extra": "forbid"}

    name: str
    parent_id: int | None = None


class PersonOut(Schema):
    id: int
    name: str
    username: str
    email: str
    role: str
    department: DepartmentOut | None
    is_active: bool


class PersonIn(Schema):
    model_config = {"extra": "forbid"}

    name: str
    username: str
    password: str
    role: str = "sales"
    email: str = ""
    department_id: int | None = None


class PersonPatch(Schema):
    model_config = {"extra": "forbid"}

    name: str | None = None
    role: str | None = None
    email: str | None = None
    department_id: int | None = None
    is_active: bool | None = None
    password: str | None = None


class PeopleOut(Schema):
    items: list[PersonOut]


class DepartmentsOut(Schema):
    items: list[DepartmentOut]


@router.get("/people", response=PeopleOut)
def people(request: Request) -> dict[str, Any]:
    """List the colleagues, those in service first."""
    return {"items": list(queries.people_visible_to(request.auth))}


@router.post("/people", response={201: PersonOut})
def add_person(request: Request, body: PersonIn) -> Status:
    """Add a colleague."""
    actor: Person = request.auth
    fields = body.dict()
    fields["department"] = _department(actor, fields.pop("department_id"))
    return Status(201, actions.add_person(actor=actor, now=clock.now(), **fields))


@router.patch("/people/{person_id}", response=PersonOut)
def change_person(request: Request, person_id: int, body: PersonPatch) -> Person:
    """Change a colleague or close the account."""
    actor: Person = request.auth
    person = queries.people_visible_to(actor).filter(pk=person_id).first()
    if person is None:
        raise NotFound("没有找到这位同事。")
    fields = body.dict(exclude_unset=True)
    if "department_id" in fields:
        fields["department"] = _department(actor, fields.pop("department_id"))
    return actions.change_person(actor=actor, now=clock.now(), person=person, **fields)


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
    actor: Person = request.auth
    found = queries.departments_visible_to(actor).filter(pk=department_id).first()
    if found is None:
        raise NotFound("没有找到这个部门。")
    return _save_department(request, body, found)


def _save_department(request: Request, body: DepartmentIn, department: Department) -> Department:
    actor: Person = request.auth
    parent = _department(actor, body.parent_id, field="parent_id")
    return actions.save_department(
        actor=actor, now=clock.now(), name=body.name, parent=parent, department=department
    )


def _department(
    actor: Person, department_id: int | None, field: str = "department_id"
) -> Department | None:
    if department_id is None:
        return None
    found = queries.departments_visible_to(actor).filter(pk=department_id).first()
    if found is None:
        raise Invalid(field, "没有找到这个部门，请重新选择。")
    return found
