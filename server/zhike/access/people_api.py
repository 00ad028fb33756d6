"""Colleagues: who they are, and how they join and leave, over HTTP."""

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema, Status
from pydantic import Field

from zhike.access import actions, factors, queries
from zhike.access.api import DepartmentRef, _department
from zhike.access.models import Person
from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.base.errors import Invalid, NotFound

router = Router(tags=["access"])
Id = Annotated[int, Field(ge=1, lt=2**63)]


class PersonOut(Schema):
    id: int
    name: str
    username: str
    email: str
    role: str
    role_name: str
    department: DepartmentRef | None
    is_active: bool
    is_service: bool
    left_on: date | None
    second_factor: bool | None = Field(None, description="只有管理同事的人看得到")

    @staticmethod
    def resolve_role(one: Person) -> str:
        return one.role.key

    @staticmethod
    def resolve_role_name(one: Person) -> str:
        return one.role.name


class PersonIn(Schema):
    model_config = {"extra": "forbid"}

    name: str
    username: str
    password: str
    role: str = "sales"
    email: str = ""
    department_id: Id | None = None


class ServiceAccountIn(Schema):
    model_config = {"extra": "forbid"}

    name: str
    role: str


class PersonPatch(Schema):
    model_config = {"extra": "forbid"}

    name: str | None = None
    role: str | None = None
    email: str | None = None
    department_id: Id | None = None
    is_active: bool | None = None
    password: str | None = None


class PeopleOut(Schema):
    items: list[PersonOut]


class DepartureIn(Schema):
    model_config = {"extra": "forbid"}

    successor_id: Id | None
    note: str = Field("", max_length=500)


@router.get("/people", response=PeopleOut)
def people(request: Request) -> dict[str, Any]:
    """List the colleagues, those in service first."""
    found = list(queries.people_visible_to(request.auth))
    if request.auth.may("manage_people"):
        secured = factors.holders()
        for one in found:
            one.__dict__["second_factor"] = one.pk in secured
    return {"items": found}


@router.post("/people", response={201: PersonOut})
def add_person(request: Request, body: PersonIn) -> Status:
    """Add a colleague."""
    actor: Person = request.auth
    fields = body.dict()
    fields["department"] = _department(actor, fields.pop("department_id"))
    return Status(201, actions.add_person(actor=actor, now=clock.now(), **fields))


@router.post("/people/service", response={201: PersonOut})
def add_service_account(request: Request, body: ServiceAccountIn) -> Status:
    """Add an account for a program."""
    made = actions.add_service_account(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, made)


@router.patch("/people/{person_id}", response=PersonOut)
def change_person(request: Request, person_id: int, body: PersonPatch) -> Person:
    """Change a colleague, or open a closed account again."""
    actor: Person = request.auth
    person = _one(actor, person_id)
    fields = body.dict(exclude_unset=True)
    if "department_id" in fields:
        fields["department"] = _department(actor, fields.pop("department_id"))
    return actions.change_person(actor=actor, now=clock.now(), person=person, **fields)


@router.get("/people/{person_id}/belongings", response=dict[str, int])
def belongings(request: Request, person_id: int) -> dict[str, int]:
    """Count what a colleague would leave behind."""
    return queries.belongings(request.auth, _one(request.auth, person_id))


@router.post("/people/{person_id}/departure", response=PersonOut)
def close_person(request: Request, person_id: int, body: DepartureIn) -> Person:
    """Close the account of a leaver and hand everything over."""
    actor: Person = request.auth
    person = _one(actor, person_id)
    successor = None
    if body.successor_id is not None:
        successor = queries.people_visible_to(actor).filter(pk=body.successor_id).first()
        if successor is None:
            raise Invalid("successor_id", "没有找到接手的同事，请重新选择。")
    return actions.close_person(
        actor=actor, now=clock.now(), person=person, successor=successor, note=body.note
    )


def _one(actor: Person, person_id: int) -> Person:
    person = queries.people_visible_to(actor).filter(pk=person_id).first()
    if person is None:
        raise NotFound("没有找到这位同事。")
    return person
