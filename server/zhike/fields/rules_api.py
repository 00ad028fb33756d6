"""Rules between fields, over HTTP. Trying one out on customers: `customers`."""

from typing import Annotated, Any, Literal

from ninja import Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.fields import registry, rules
from zhike.fields.groups import require_configure
from zhike.fields.models import Rule

router = Router(tags=["fields"])

Word = Annotated[str, Field(max_length=200)]
Level = Literal["hint", "warning", "refusal"]
Wanted = str | int | float | bool | list[str | int] | None


class Condition(Schema):
    model_config = {"extra": "forbid"}

    field: str = Field(max_length=40)
    op: str = Field(max_length=20)
    value: Wanted = None


class ToldOut(Schema):
    """What the conditions compare with in words, one by one; "" where it is with nothing."""

    when: list[str]
    must: list[str]


class RuleOut(Schema):
    id: int
    key: str
    of: str
    name: str
    field: str
    when: list[Condition]
    must: list[Condition]
    told: ToldOut
    message: str
    level: Level
    is_on: bool
    position: int
    version: int


class RulesOut(Schema):
    items: list[RuleOut]


class RuleIn(Schema):
    model_config = {"extra": "forbid"}

    name: Word
    field: str = Field(max_length=40)
    when: list[Condition] = Field(default_factory=list, max_length=50)
    must: list[Condition] = Field(max_length=50)
    message: Annotated[str, Field(max_length=1000)]
    level: Level = "warning"
    is_on: bool = True


class RulePatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    name: Word | None = None
    field: str | None = Field(None, max_length=40)
    when: list[Condition] | None = Field(None, max_length=50)
    must: list[Condition] | None = Field(None, max_length=50)
    message: Annotated[str, Field(max_length=1000)] | None = None
    level: Level | None = None
    is_on: bool | None = None
    position: int | None = None


class FactOut(Schema):
    name: str
    label: str
    type: str
    dictionary: str


class OpOut(Schema):
    name: str
    label: str
    types: list[str]


class FactsOut(Schema):
    facts: list[FactOut]
    ops: list[OpOut]


@router.get("/rules", response=RulesOut)
def all_rules(request: Request) -> dict[str, Any]:
    """List the rules, those switched off too."""
    require_configure(request.auth)
    found = rules.all_rules()
    every = zip(found, rules.told(found), strict=True)
    return {"items": [_described(one, told) for one, told in every]}


@router.get("/rules/facts", response=FactsOut)
def all_facts(request: Request) -> dict[str, Any]:
    """Tell what a condition can ask for, and how it can be compared."""
    require_configure(request.auth)
    return {
        "facts": [one._asdict() for one in rules.facts(registry.current())],
        "ops": [
            {"name": name, "label": one.label, "types": sorted(one.types)}
            for name, one in rules.OPS.items()
        ],
    }


@router.post("/rules", response={201: RuleOut})
def add_rule(request: Request, body: RuleIn) -> Status:
    """Add a rule."""
    made = rules.add_rule(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, _described(made, *rules.told([made])))


@router.patch("/rules/{rule_id}", response=RuleOut)
def change_rule(request: Request, rule_id: int, body: RulePatch) -> dict[str, Any]:
    """Change a rule."""
    said = body.dict(exclude_unset=True, exclude_none=True)
    version = said.pop("version")
    changed = rules.change_rule(
        actor=request.auth, now=clock.now(), rule_id=rule_id, version=version, **said
    )
    return _described(changed, *rules.told([changed]))


@router.delete("/rules/{rule_id}", response={204: None})
def remove_rule(request: Request, rule_id: int) -> Status:
    """Remove a rule that was not shipped."""
    rules.remove_rule(actor=request.auth, now=clock.now(), rule_id=rule_id)
    return Status(204, None)


def _described(one: Rule, told: dict[str, list[str]]) -> dict[str, Any]:
    named = ("key", "of", "name", "field", "when", "must", "message", "level")
    said = {name: getattr(one, name) for name in (*named, "is_on", "position", "version")}
    return {"id": one.pk, **said, "told": told}
