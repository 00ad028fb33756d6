"""Record templates, phrases and check lists, over HTTP (R31)."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhike.access.sign_in import Request
from zhike.base import clock
from zhike.care.models import Checklist, Template
from zhike.care.sheets import checklists, phrases, templates

router = Router(tags=["sheets"])
Id = Annotated[int, Field(ge=1, lt=2**63)]
Line = Annotated[str, Field(max_length=1000)]
Text = Annotated[str, Field(max_length=20_000)]


class TemplateOut(Schema):
    id: int
    version: int
    scene: str
    way: str
    body: str
    position: int


class TemplatesOut(Schema):
    items: list[TemplateOut]


class TemplateIn(Schema):
    model_config = {"extra": "forbid"}

    scene: Line
    body: Text
    way: str = ""
    position: int | None = None


class TemplatePatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    scene: Line | None = None
    body: Text | None = None
    way: str | None = None
    position: int | None = None


class PhraseOut(Schema):
    id: int
    version: int
    stage: str
    objection: str
    title: str
    body: str
    tags: list[str]
    roles: list[str]
    position: int
    used: int
    fits: list[str] = Field(description="因为客户的哪些标签、联系人的哪些角色排在前面")


class PhrasesOut(Schema):
    items: list[PhraseOut]


class PhraseIn(Schema):
    model_config = {"extra": "forbid"}

    title: Line
    body: Text
    stage: str = ""
    objection: Line = ""
    tags: list[Line] = Field([], max_length=100)
    roles: list[str] = Field([], max_length=20)
    position: int | None = None


class PhrasePatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    title: Line | None = None
    body: Text | None = None
    stage: str | None = None
    objection: Line | None = None
    tags: list[Line] | None = Field(None, max_length=100)
    roles: list[str] | None = Field(None, max_length=20)
    position: int | None = None


class PhraseUse(Schema):
    model_config = {"extra": "forbid"}

    customer_id: Id | None = None


class PhraseUsed(Schema):
    used: int


class ChecklistStep(Schema):
    key: str
    text: str


class ChecklistOut(Schema):
    id: int
    version: int
    stage: str
    title: str
    items: list[ChecklistStep]
    position: int


class ChecklistsOut(Schema):
    items: list[ChecklistOut]


class ChecklistStepIn(Schema):
    model_config = {"extra": "forbid"}

    key: str = Field("", max_length=40, description="原有步骤的标识，新步骤不填")
    text: Line


class ChecklistIn(Schema):
    model_config = {"extra": "forbid"}

    stage: str
    title: Line
    items: list[ChecklistStepIn] = Field(max_length=200)
    position: int | None = None


class ChecklistPatch(Schema):
    model_config = {"extra": "forbid"}

    version: int
    stage: str | None = None
    title: Line | None = None
    items: list[ChecklistStepIn] | None = Field(None, max_length=200)
    position: int | None = None


class Doer(Schema):
    id: int
    name: str


class TickedStep(ChecklistStep):
    done: bool
    done_by: Doer | None
    done_at: datetime | None


class TickedList(Schema):
    id: int
    title: str
    items: list[TickedStep]
    done: int
    total: int


class StageLists(Schema):
    stage: str
    label: str
    is_current: bool = Field(description="客户正处在这个阶段；看不到成交阶段的都是否")
    lists: list[TickedList]


class CustomerChecklists(Schema):
    items: list[StageLists]


class SheetsOrder(Schema):
    model_config = {"extra": "forbid"}

    ids: list[Id] = Field(max_length=1000, description="按新的先后，可以只有其中一部分")


@router.get("/templates", response=TemplatesOut)
def list_templates(request: Request) -> Any:
    """List the record templates in their order."""
    return {"items": [_template(one) for one in templates.templates_visible_to(request.auth)]}


@router.post("/templates", response={201: TemplateOut})
def add_template(request: Request, body: TemplateIn) -> Status:
    """Add a record template."""
    made = templates.add_template(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, _template(made))


@router.put("/templates/order", response={204: None})
def order_templates(request: Request, body: SheetsOrder) -> Status:
    """Put record templates in order."""
    templates.order_templates(actor=request.auth, now=clock.now(), ids=body.ids)
    return Status(204, None)


@router.patch("/templates/{template_id}", response=TemplateOut)
def change_template(request: Request, template_id: int, body: TemplatePatch) -> Any:
    """Change a record template."""
    said = body.dict(exclude_unset=True)
    changed = templates.change_template(
        actor=request.auth, now=clock.now(), template_id=template_id, **said
    )
    return _template(changed)


@router.delete("/templates/{template_id}", response={204: None})
def remove_template(request: Request, template_id: int) -> Status:
    """Remove a record template."""
    templates.remove_template(actor=request.auth, now=clock.now(), template_id=template_id)
    return Status(204, None)


@router.post("/templates/{template_id}/restoration", response=TemplateOut)
def restore_template(request: Request, template_id: int) -> Any:
    """Bring a removed record template back."""
    kept = templates.restore_template(actor=request.auth, now=clock.now(), template_id=template_id)
    return _template(kept)


@router.get("/phrases", response=PhrasesOut)
def list_phrases(
    request: Request,
    stage: str = Query("", max_length=16),
    objection: str = Query("", max_length=200),
    customer: int | None = Query(None, ge=1, lt=2**63),
) -> Any:
    """List phrases; with a customer, those for its tags and its contacts' roles come first."""
    items = phrases.found(request.auth, stage=stage, objection=objection, customer_id=customer)
    return {"items": items}


@router.post("/phrases", response={201: PhraseOut})
def add_phrase(request: Request, body: PhraseIn) -> Status:
    """Add a phrase."""
    made = phrases.add_phrase(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, phrases.shown(made))


@router.put("/phrases/order", response={204: None})
def order_phrases(request: Request, body: SheetsOrder) -> Status:
    """Put phrases in order."""
    phrases.order_phrases(actor=request.auth, now=clock.now(), ids=body.ids)
    return Status(204, None)


@router.patch("/phrases/{phrase_id}", response=PhraseOut)
def change_phrase(request: Request, phrase_id: int, body: PhrasePatch) -> Any:
    """Change a phrase."""
    said = body.dict(exclude_unset=True)
    changed = phrases.change_phrase(
        actor=request.auth, now=clock.now(), phrase_id=phrase_id, **said
    )
    return phrases.shown(changed)


@router.delete("/phrases/{phrase_id}", response={204: None})
def remove_phrase(request: Request, phrase_id: int) -> Status:
    """Remove a phrase."""
    phrases.remove_phrase(actor=request.auth, now=clock.now(), phrase_id=phrase_id)
    return Status(204, None)


@router.post("/phrases/{phrase_id}/restoration", response=PhraseOut)
def restore_phrase(request: Request, phrase_id: int) -> Any:
    """Bring a removed phrase back."""
    kept = phrases.restore_phrase(actor=request.auth, now=clock.now(), phrase_id=phrase_id)
    return phrases.shown(kept)


@router.post("/phrases/{phrase_id}/use", response=PhraseUsed)
def use_phrase(request: Request, phrase_id: int, body: PhraseUse) -> Any:
    """Note that a phrase was used."""
    used = phrases.use_phrase(
        actor=request.auth, now=clock.now(), phrase_id=phrase_id, customer_id=body.customer_id
    )
    return {"used": used.used}


@router.get("/checklists", response=ChecklistsOut)
def list_checklists(request: Request) -> Any:
    """List the check lists in their order."""
    return {"items": [_checklist(one) for one in checklists.checklists_visible_to(request.auth)]}


@router.post("/checklists", response={201: ChecklistOut})
def add_checklist(request: Request, body: ChecklistIn) -> Status:
    """Add a check list."""
    made = checklists.add_checklist(actor=request.auth, now=clock.now(), **body.dict())
    return Status(201, _checklist(made))


@router.put("/checklists/order", response={204: None})
def order_checklists(request: Request, body: SheetsOrder) -> Status:
    """Put check lists in order."""
    checklists.order_checklists(actor=request.auth, now=clock.now(), ids=body.ids)
    return Status(204, None)


@router.patch("/checklists/{checklist_id}", response=ChecklistOut)
def change_checklist(request: Request, checklist_id: int, body: ChecklistPatch) -> Any:
    """Change a check list."""
    said = body.dict(exclude_unset=True)
    changed = checklists.change_checklist(
        actor=request.auth, now=clock.now(), checklist_id=checklist_id, **said
    )
    return _checklist(changed)


@router.delete("/checklists/{checklist_id}", response={204: None})
def remove_checklist(request: Request, checklist_id: int) -> Status:
    """Remove a check list."""
    checklists.remove_checklist(actor=request.auth, now=clock.now(), checklist_id=checklist_id)
    return Status(204, None)


@router.post("/checklists/{checklist_id}/restoration", response=ChecklistOut)
def restore_checklist(request: Request, checklist_id: int) -> Any:
    """Bring a removed check list back."""
    kept = checklists.restore_checklist(
        actor=request.auth, now=clock.now(), checklist_id=checklist_id
    )
    return _checklist(kept)


@router.get("/customers/{customer_id}/checklists", response=CustomerChecklists)
def checklists_of_customer(request: Request, customer_id: int) -> Any:
    """List what is to be done with a customer, stage by stage, and what of it is done."""
    return {"items": checklists.of_customer(request.auth, customer_id)}


_ITEM = "/customers/{customer_id}/checklists/{checklist_id}/items/{key}"


@router.put(_ITEM, response={204: None})
def tick(request: Request, customer_id: int, checklist_id: int, key: str) -> Status:
    """Note that a step is done."""
    checklists.tick(
        actor=request.auth,
        now=clock.now(),
        customer_id=customer_id,
        checklist_id=checklist_id,
        item=key,
    )
    return Status(204, None)


@router.delete(_ITEM, response={204: None})
def untick(request: Request, customer_id: int, checklist_id: int, key: str) -> Status:
    """Take back that a step is done."""
    checklists.untick(
        actor=request.auth,
        now=clock.now(),
        customer_id=customer_id,
        checklist_id=checklist_id,
        item=key,
    )
    return Status(204, None)


def _template(one: Template) -> dict[str, Any]:
    named = ("version", "scene", "way", "body", "position")
    return {"id": one.pk} | {name: getattr(one, name) for name in named}


def _checklist(one: Checklist) -> dict[str, Any]:
    named = ("version", "stage", "title", "items", "position")
    return {"id": one.pk} | {name: getattr(one, name) for name in named}
