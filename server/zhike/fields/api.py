"""The fields of every kind of record, and what every dictionary offers, over HTTP."""

from typing import Annotated, Any, Literal

from ninja import Router, Schema, Status
from pydantic import Field

from zhike.access.models import Person
from zhike.access.rights import GROUPS, LEVEL_NAMES, Level
from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.fields import actions, choices, industry, presets, registry
from zhike.fields.builtin import KINDS, Definition
from zhike.fields.groups import require_configure

router = Router(tags=["fields"])

MOST = 400  # fields in one body, shipped and own ones together
Line = Annotated[str, Field(max_length=1000)]
Of = Literal["customer", "contact", "follow_up"]
Value = str | int | float | bool | list[str] | None
LevelName = Literal["hidden", "masked", "read", "edit"]


class ChoiceOut(Schema):
    value: str
    label: str
    color: str = ""
    retired: bool = False


class ValueRule(Schema):
    model_config = {"extra": "forbid"}

    min: str | int | float | None = None
    max: str | int | float | None = None
    longest: int | None = None
    pattern: str | None = Field(None, max_length=40)


class DefinitionOut(Schema):
    of: Of
    key: str
    label: str
    section: str
    type: str
    dictionary: str
    need: Literal["required", "recommended", "optional"]
    help: str
    default: Any = None
    rule: ValueRule
    group: str
    group_label: str
    kinds: list[str]
    preset: str
    weight: int
    position: int
    is_fixed: bool
    is_locked: bool
    builtin: bool
    archived: bool
    sortable: bool
    filterable: bool
    version: int
    may: LevelName


class NameLabel(Schema):
    name: str
    label: str


class FieldsOut(Schema):
    items: list[DefinitionOut]
    kinds: list[NameLabel]
    groups: list[NameLabel]


class DefinitionsOut(Schema):
    items: list[DefinitionOut]


class NewChoice(Schema):
    model_config = {"extra": "forbid"}

    label: Line
    color: str = Field("", max_length=20)


class FieldIn(Schema):
    model_config = {"extra": "forbid"}

    of: Of
    label: Line
    type: str = Field(max_length=20)
    section: Line | None = None
    help: Line | None = None
    need: str | None = Field(None, max_length=20)
    choices: list[NewChoice] = Field(default_factory=list, max_length=MOST)
    default: Value = None
    rule: ValueRule | None = None
    group: str | None = Field(None, max_length=20)
    kinds: list[str] | None = Field(None, max_length=10)
    weight: int | None = None


class FieldPatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    label: Line | None = None
    section: Line | None = None
    help: Line | None = None
    need: str | None = Field(None, max_length=20)
    default: Value = None
    rule: ValueRule | None = None
    group: str | None = Field(None, max_length=20)
    kinds: list[str] | None = Field(None, max_length=10)
    weight: int | None = None


class Place(Schema):
    model_config = {"extra": "forbid"}

    key: str = Field(max_length=40)
    section: Line


class FieldOrderIn(Schema):
    model_config = {"extra": "forbid"}

    of: Of
    items: list[Place] = Field(max_length=MOST)


class PresetField(Schema):
    of: Of
    label: str
    type: str
    choices: list[str]


class PresetOut(NameLabel):
    note: str
    fields: list[PresetField]
    applied: bool


class PresetsOut(Schema):
    items: list[PresetOut]


@router.get("/choices", response=dict[str, list[ChoiceOut]], exclude_defaults=True)
def all_choices(request: Request) -> dict[str, Any]:
    """Return every dictionary with its values, labels and colours; retired ones come last."""
    snapshot = registry.current()
    told = {name: one.as_json() for name, one in choices.ALL.items()}
    for one in snapshot.definitions.values():
        if one.is_own_choice and request.auth.level(one.group) != Level.HIDDEN:
            told[one.dictionary] = choices.get(one.dictionary).as_json()
    told["industry"] = industry.as_json()
    return told


@router.get("/fields", response=FieldsOut)
def all_fields(request: Request, of: Of | None = None, all: bool = False) -> dict[str, Any]:
    """List the fields the reader may see, in order; `all`: every one, for the settings."""
    if all:
        require_configure(request.auth)
    snapshot = registry.current()
    found = [
        described(one, request.auth)
        for kind in (KINDS if of is None else (of,))
        for one in snapshot.of(kind, archived=all)
        if all or request.auth.level(one.group) != Level.HIDDEN
    ]
    return {
        "items": found,
        "kinds": [{"name": name, "label": label} for name, label in KINDS.items()],
        "groups": [{"name": name, "label": group.label} for name, group in GROUPS.items()],
    }


@router.post("/fields", response={201: DefinitionOut})
def define_field(request: Request, body: FieldIn) -> Status:
    """Add a field of the customer's own."""
    given = body.dict(exclude_none=True)
    made = actions.define_field(actor=request.auth, now=clock.now(), **given)
    return Status(201, described(made, request.auth))


@router.put("/fields/order", response=DefinitionsOut)
def order_fields(request: Request, body: FieldOrderIn) -> dict[str, Any]:
    """Put the fields of a kind of record in order, each under its heading."""
    items = [one.dict() for one in body.items]
    ordered = actions.order_fields(actor=request.auth, now=clock.now(), of=body.of, items=items)
    return {"items": [described(one, request.auth) for one in ordered]}


@router.patch("/fields/{of}/{key}", response=DefinitionOut)
def change_field(request: Request, of: str, key: str, body: FieldPatch) -> dict[str, Any]:
    """Change a field, a shipped one too; null takes a default, a rule or the kinds away."""
    given = body.dict(exclude_unset=True)
    version = given.pop("version")
    empty: dict[str, Any] = {"default": None, "rule": {}, "kinds": []}
    said = {
        name: empty[name] if value is None else value
        for name, value in given.items()
        if value is not None or name in empty
    }
    changed = actions.change_field(
        actor=request.auth, now=clock.now(), of=of, key=key, version=version, **said
    )
    return described(changed, request.auth)


@router.post("/fields/{of}/{key}/archive", response=DefinitionOut)
def archive_field(request: Request, of: str, key: str) -> dict[str, Any]:
    """Show a field nowhere any more; its values stay."""
    found = actions.archive_field(actor=request.auth, now=clock.now(), of=of, key=key)
    return described(found, request.auth)


@router.post("/fields/{of}/{key}/restoration", response=DefinitionOut)
def restore_field(request: Request, of: str, key: str) -> dict[str, Any]:
    """Show an archived field again."""
    found = actions.restore_field(actor=request.auth, now=clock.now(), of=of, key=key)
    return described(found, request.auth)


@router.delete("/fields/{of}/{key}", response={204: None})
def remove_field(request: Request, of: str, key: str) -> Status:
    """Remove a field of the customer's own that holds nothing."""
    actions.remove_field(actor=request.auth, now=clock.now(), of=of, key=key)
    return Status(204, None)


@router.get("/field-presets", response=PresetsOut)
def all_presets(request: Request) -> dict[str, Any]:
    """List the presets of trades."""
    require_configure(request.auth)
    snapshot = registry.current()
    return {"items": [_preset(one, snapshot) for one in presets.presets()]}


@router.post("/field-presets/{name}", response=DefinitionsOut)
def apply_preset(request: Request, name: str) -> dict[str, Any]:
    """Add the fields of a preset that are not there yet."""
    made = presets.apply_preset(actor=request.auth, now=clock.now(), name=name)
    return {"items": [described(one, request.auth) for one in made]}


def described(one: Definition, actor: Person) -> dict[str, Any]:
    """Return a field as the API shows it to a reader."""
    return {
        "of": one.of,
        "key": one.key,
        "label": one.label,
        "section": one.section,
        "type": one.type,
        "dictionary": one.dictionary,
        "need": one.need,
        "help": one.help,
        "default": one.default,
        "rule": one.rule,
        "group": one.group,
        "group_label": GROUPS[one.group].label if one.group in GROUPS else "",
        "kinds": list(one.kinds),
        "preset": one.preset.partition(".")[0],
        "weight": one.weight,
        "position": one.position,
        "is_fixed": one.is_fixed,
        "is_locked": one.is_locked,
        "builtin": one.builtin,
        "archived": one.archived,
        "sortable": one.sortable,
        "filterable": one.filterable,
        "version": one.version,
        "may": LEVEL_NAMES[actor.level(one.group)],
    }


def _preset(preset: presets.Preset, snapshot: registry.Snapshot) -> dict[str, Any]:
    return {
        "name": preset.name,
        "label": preset.label,
        "note": preset.note,
        "applied": not presets.missing(preset, snapshot),
        "fields": [
            {
                "of": one.of,
                "label": one.label,
                "type": one.type,
                "choices": [choice["label"] for choice in one.choices],
            }
            for one in preset.fields
        ],
    }
