"""The words of dictionaries, regions and industries, over HTTP."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.fields import classes, dictionaries, industry, region, registry, retiring
from zhike.fields.choices import Choice, Dictionary
from zhike.fields.groups import require_configure
from zhike.fields.registry import Snapshot

router = Router(tags=["fields"])

MOST_LINES = 400_000  # characters; the whole classification has 1,900 lines
Line = Annotated[str, Field(max_length=1000)]
Typed = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]


class EntryOut(Schema):
    value: str
    label: str
    color: str
    synonyms: list[str]
    retired: bool
    replaced_by: str


class DictionaryOut(Schema):
    name: str
    label: str
    builtin: bool
    fixed: bool
    used_by: list[str]
    entries: list[EntryOut]


class DictionariesOut(Schema):
    items: list[DictionaryOut]
    colors: list[str]


class EntryIn(Schema):
    model_config = {"extra": "forbid"}

    label: Line
    color: str = Field("", max_length=20)
    synonyms: list[Line] = Field(default_factory=list, max_length=200)


class EntryPatch(Schema):
    model_config = {"extra": "forbid"}

    label: Line | None = None
    color: str | None = Field(None, max_length=20)
    synonyms: list[Line] | None = Field(None, max_length=200)


class WordOrderIn(Schema):
    model_config = {"extra": "forbid"}

    values: list[str] = Field(max_length=1000)


class RetirementIn(Schema):
    model_config = {"extra": "forbid"}

    replace_by: str | None = Field(None, max_length=16)


class RetirementOut(Schema):
    job_id: int | None
    records: int


class HoldersOut(Schema):
    records: int = Field(description="用着这个选项的记录数，含回收站里的")


class RegionOut(Schema):
    code: str
    name: str
    label: str


class RegionsOut(Schema):
    items: list[RegionOut]


class ReadingIn(Schema):
    model_config = {"extra": "forbid"}

    text: str = Field(max_length=1000)


class CodeLabel(Schema):
    code: str
    label: str


class ReadingOut(CodeLabel):
    street: str
    sure: bool
    candidates: list[CodeLabel]


class IndustriesOut(Schema):
    items: list[CodeLabel]


class FinerIn(Schema):
    model_config = {"extra": "forbid"}

    lines: str = Field(max_length=MOST_LINES)
    edition: Line = ""


class FinerOut(Schema):
    classes: int
    edition: str


@router.get("/dictionaries", response=DictionariesOut)
def all_dictionaries(request: Request) -> dict[str, Any]:
    """List every dictionary with all its words, retired ones too."""
    require_configure(request.auth)
    snapshot = registry.current()
    found = [_described(one, snapshot) for one in dictionaries.every(snapshot)]
    return {"items": found, "colors": [color for color in dictionaries.COLORS if color]}


@router.post("/dictionaries/{name}/entries", response={201: EntryOut})
def add_word(request: Request, name: str, body: EntryIn) -> Status:
    """Add a word."""
    made = dictionaries.add_word(
        actor=request.auth, now=clock.now(), dictionary=name, **body.dict()
    )
    return Status(201, _entry(made))


@router.patch("/dictionaries/{name}/entries/{value}", response=EntryOut)
def change_word(request: Request, name: str, value: str, body: EntryPatch) -> dict[str, Any]:
    """Rename a word, colour it, or say what else it is called."""
    said = body.dict(exclude_unset=True, exclude_none=True)
    changed = dictionaries.change_word(
        actor=request.auth, now=clock.now(), dictionary=name, value=value, **said
    )
    return _entry(changed)


@router.put("/dictionaries/{name}/order", response=DictionaryOut)
def order_words(request: Request, name: str, body: WordOrderIn) -> dict[str, Any]:
    """Put the words of a dictionary in order."""
    ordered = dictionaries.order_words(
        actor=request.auth, now=clock.now(), dictionary=name, values=body.values
    )
    return _described(ordered, registry.current())


@router.get("/dictionaries/{name}/entries/{value}/retirement", response=HoldersOut)
def count_holders(request: Request, name: str, value: str) -> dict[str, int]:
    """Count the records that hold a word, before it is retired."""
    return {"records": retiring.records_with(request.auth, dictionary=name, value=value)}


@router.post("/dictionaries/{name}/entries/{value}/retirement", response=RetirementOut)
def retire_word(request: Request, name: str, value: str, body: RetirementIn) -> Any:
    """Offer a word no more; records that hold it are given another one, if one is named."""
    done = retiring.retire_word(
        actor=request.auth,
        now=clock.now(),
        dictionary=name,
        value=value,
        replace_by=body.replace_by,
    )
    return done._asdict()


@router.delete("/dictionaries/{name}/entries/{value}/retirement", response={204: None})
def restore_word(request: Request, name: str, value: str) -> Status:
    """Offer a retired word again."""
    retiring.restore_word(actor=request.auth, now=clock.now(), dictionary=name, value=value)
    return Status(204, None)


@router.get("/regions", response=RegionsOut)
def find_regions(request: HttpRequest, q: Typed = "", within: Typed = "") -> dict[str, Any]:
    """Find divisions by what was typed: 南山, nanshan, ns; `within` one of them."""
    return {"items": [_region(one) for one in region.search(q, within=within)]}


@router.get("/regions/children", response=RegionsOut)
def regions_below(request: HttpRequest, code: Typed = "") -> dict[str, Any]:
    """List the divisions directly below one; the provinces below none."""
    return {"items": [_region(one) for one in region.children(code)]}


@router.post("/regions/reading", response=ReadingOut)
def read_address(request: HttpRequest, body: ReadingIn) -> dict[str, Any]:
    """Take a pasted address apart; keeps nothing. Not sure: somebody has to choose."""
    found = region.parse_address(body.text)
    return {
        "code": found.code,
        "label": region.label(found.code) if found.code else "",
        "street": found.street,
        "sure": found.sure,
        "candidates": [{"code": code, "label": region.label(code)} for code in found.candidates],
    }


@router.get("/industries", response=IndustriesOut)
def find_industries(request: HttpRequest, q: Typed = "") -> dict[str, Any]:
    """Find industries by what was typed: 机械, jixie, jx, C3; all sections for nothing typed."""
    codes = industry.search(q) if q else [one.code for one in industry.sections()]
    return {"items": [{"code": code, "label": industry.label(code)} for code in codes]}


@router.get("/industries/finer", response=FinerOut)
def finer_industries(request: Request) -> dict[str, Any]:
    """Tell how many finer classes there are, and what they were taken from."""
    require_configure(request.auth)
    return {"classes": len(industry.finer()), "edition": classes.edition()}


@router.post("/industries/finer", response=FinerOut)
def refine_industries(request: Request, body: FinerIn) -> dict[str, Any]:
    """Take over finer classes, a line each: C3511 矿山机械制造; they replace those of before."""
    count = classes.refine_industries(
        actor=request.auth, now=clock.now(), edition=body.edition, lines=body.lines
    )
    return {"classes": count, "edition": classes.edition()}


def _described(one: Dictionary, snapshot: Snapshot) -> dict[str, Any]:
    users = [field for field in snapshot.definitions.values() if field.dictionary == one.name]
    return {
        "name": one.name,
        "label": one.label_of_field,
        "builtin": not any(field.is_own_choice for field in users),
        "fixed": one.name in dictionaries.FIXED,
        "used_by": list(dict.fromkeys(field.label for field in users)),
        "entries": [_entry(entry) for entry in one.entries],
    }


def _entry(one: Choice) -> dict[str, Any]:
    return {
        "value": one.value,
        "label": one.label,
        "color": one.colour,
        "synonyms": list(one.synonyms),
        "retired": one.retired,
        "replaced_by": one.replaced_by,
    }


def _region(one: region.Division) -> dict[str, str]:
    return {"code": one.code, "name": one.name, "label": region.label(one.code)}
