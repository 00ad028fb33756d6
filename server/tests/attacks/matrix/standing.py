"""The part of the table about tiers, pauses, stories, quality and plans for many."""

from __future__ import annotations

from tests.attacks.matrix.cases import Any_, Case, Operation
from tests.attacks.matrix.expectations import Actor, changes, edits, may, sees
from tests.attacks.matrix.operations import CHIEF, HANDLERS, LOG, SEE, SELLERS, SHIPPED, SOON, C, op

A = Any_
WRITES = (edits("basic"), SEE, changes)
NEW = {"name": "新来的公司", "kind": "company"}
DRAFT = {"field": "region", "must": [{"field": "region", "op": "filled"}]}


def _goes_on(_actor: Actor, _on: str) -> int:
    """Nobody in this world is paused: who may resume is told that there is nothing to."""
    return 409


STANDING: dict[str, Operation] = {
    "PUT /customers/{customer_id}/tier": op(
        SELLERS, Case(WRITES, C, {"tier": "core", "reason": "重点培育"})
    ),
    "POST /customers/{customer_id}/pause": op(
        SELLERS, Case(WRITES, C, {"reason": "budget", "look_again_on": "2027-03-01"})
    ),
    "POST /customers/{customer_id}/archive": op(SELLERS, Case(WRITES, C, {"reason": "won"})),
    "POST /customers/{customer_id}/resumption": op(frozenset(), Case((*WRITES, _goes_on), C, {})),
    "GET /customers/{customer_id}/story": op(SHIPPED, Case((SEE,), C)),
    "GET /customers/{customer_id}/story.pdf": op(SHIPPED, Case((SEE,), C, noted=True)),
    "POST /customers/check": op(
        SELLERS,
        Case((may("create"), edits("basic")), body={**NEW, "owner_id": A("person")}),
        Case((may("create"), edits("basic")), body={**NEW, "tags": [A("tag")]}),
        Case((SEE, changes, edits("basic")), body={"id": A("customer"), "region": "某地"}),
        Case((SEE, changes, edits("money")), body={"id": A("customer"), "contract_amount": 1}),
    ),
    "POST /rules/preview": op(CHIEF, Case((may("configure"),), body=DRAFT)),
    "GET /quality/completeness": op(SHIPPED),
    "GET /quality/contradictions": op(SHIPPED),
    "GET /file-rules": op(SHIPPED),
    "PATCH /file-rules": op(
        CHIEF,
        Case((may("configure"),), body={"dormant_days": 30}),
        Case((may("configure"),), body={"tiers": {"money": {"full": 100_000}, "core": 70}}),
    ),
    "POST /plans": op(
        HANDLERS,
        Case((SEE, LOG, changes), body={"customer_ids": [A("customer")], "due_on": SOON}),
        Case((LOG, sees(422)), body={"filters": {"q": A("name")}, "due_on": SOON}),
    ),
}
