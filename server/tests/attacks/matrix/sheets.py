"""The part of the table about templates, phrases, check lists, key dates, and the card."""

from __future__ import annotations

from tests.attacks.matrix.cases import Any_, Case, Mine, Operation, Word
from tests.attacks.matrix.expectations import Actor, changes, may, sees_record, there
from tests.attacks.matrix.operations import CHIEF, HANDLERS, LOG, OWN, SEE, SHIPPED, C, op

A = Any_
_SETS = may("configure")
_TEMPLATE, _PHRASE = {"template_id": A("template")}, {"phrase_id": A("phrase")}
_LIST = {"checklist_id": A("checklist")}
_STEP = {"checklist_id": Word("checklist"), "key": Word("step")}
_CHANGED = {"version": 1, "position": 7}


def leads(actor: Actor, _on: str) -> int | None:
    """Who reaches further than their own customers."""
    return None if actor.grants.reach("customer") >= 2 else 403


def _items() -> tuple[Case, ...]:
    return (
        Case((LOG, SEE, changes), {**C, **_STEP}),
        Case((LOG, there()), {**OWN, **_STEP, "checklist_id": A("checklist")}),
        Case((LOG, there()), {**OWN, **_STEP, "key": A("step")}),
    )


SHEETS: dict[str, Operation] = {
    "GET /templates": op(SHIPPED),
    "POST /templates": op(CHIEF, Case((_SETS,), body={"scene": "展会", "body": "来自＿＿"})),
    "PATCH /templates/{template_id}": op(CHIEF, Case((_SETS, there()), _TEMPLATE, _CHANGED)),
    "DELETE /templates/{template_id}": op(CHIEF, Case((_SETS, there()), _TEMPLATE)),
    "POST /templates/{template_id}/restoration": op(CHIEF, Case((_SETS, there()), _TEMPLATE)),
    "PUT /templates/order": op(CHIEF, Case((_SETS, there(422)), body={"ids": [A("template")]})),
    "GET /phrases": op(
        SHIPPED,
        Case(query={"stage": "needs", "objection": "价格高"}),
        Case((SEE,), query={"customer": A("customer")}),
    ),
    "POST /phrases": op(
        CHIEF, Case((_SETS,), body={"title": "话", "body": "说", "stage": "needs"})
    ),
    "PATCH /phrases/{phrase_id}": op(CHIEF, Case((_SETS, there()), _PHRASE, _CHANGED)),
    "DELETE /phrases/{phrase_id}": op(CHIEF, Case((_SETS, there()), _PHRASE)),
    "POST /phrases/{phrase_id}/restoration": op(CHIEF, Case((_SETS, there()), _PHRASE)),
    "PUT /phrases/order": op(CHIEF, Case((_SETS, there(422)), body={"ids": [A("phrase")]})),
    "POST /phrases/{phrase_id}/use": op(
        HANDLERS,
        Case((LOG, there()), _PHRASE, {}),
        Case((LOG, SEE), {"phrase_id": Word("phrase")}, {"customer_id": A("customer")}),
        Case((LOG, there()), _PHRASE, {"customer_id": Mine("customer")}),
    ),
    "GET /checklists": op(SHIPPED),
    "POST /checklists": op(
        CHIEF,
        Case((_SETS,), body={"stage": "needs", "title": "单", "items": [{"text": "问"}]}),
    ),
    "PATCH /checklists/{checklist_id}": op(CHIEF, Case((_SETS, there()), _LIST, _CHANGED)),
    "DELETE /checklists/{checklist_id}": op(CHIEF, Case((_SETS, there()), _LIST)),
    "POST /checklists/{checklist_id}/restoration": op(CHIEF, Case((_SETS, there()), _LIST)),
    "PUT /checklists/order": op(CHIEF, Case((_SETS, there(422)), body={"ids": [A("checklist")]})),
    "GET /customers/{customer_id}/checklists": op(SHIPPED, Case((SEE,), C)),
    "PUT /customers/{customer_id}/checklists/{checklist_id}/items/{key}": op(HANDLERS, *_items()),
    "DELETE /customers/{customer_id}/checklists/{checklist_id}/items/{key}": op(
        HANDLERS, *_items()
    ),
    "GET /customers/{customer_id}/key-dates": op(SHIPPED, Case((SEE,), C)),
    "GET /key-dates": op(SHIPPED, Case(), Case((leads,), query={"scope": "team"})),
    "GET /follow-ups/{follow_up_id}/history": op(
        SHIPPED, Case((sees_record,), {"follow_up_id": A("follow_up")})
    ),
    "GET /customers/{customer_id}/preparation": op(SHIPPED, Case((SEE,), C)),
    "GET /customers/{customer_id}/preparation.pdf": op(SHIPPED, Case((SEE,), C, noted=True)),
}
