"""The part of the table about how often customers are contacted."""

from __future__ import annotations

from tests.attacks.matrix.cases import Any_, Case, Operation
from tests.attacks.matrix.expectations import may, never, there
from tests.attacks.matrix.operations import CHIEF, SEE, SHIPPED, C, op

A = Any_
_SETS = may("configure")
_RULE = {"name": "每周一次", "every": 1, "unit": "week"}

CADENCE: dict[str, Operation] = {
    "GET /care-rules": op(SHIPPED),
    "GET /workdays": op(SHIPPED, Case(query={"year": 2026})),
    "PATCH /care-rules": op(CHIEF, Case((_SETS,), body={"late_hours": 30})),
    "GET /cadence": op(CHIEF, Case((_SETS,))),
    "POST /cadence/rules": op(CHIEF, Case((_SETS,), body=_RULE)),
    "PATCH /cadence/rules/{rule_id}": op(
        CHIEF,
        Case((_SETS, there()), {"rule_id": A("cadence_rule")}, {"version": 1, "matter": "问候"}),
    ),
    "DELETE /cadence/rules/{rule_id}": op(
        CHIEF, Case((_SETS, there()), {"rule_id": A("cadence_rule")})
    ),
    "PUT /cadence/order": op(
        CHIEF,
        Case((_SETS, there(422)), body={"shelf": "own", "ids": [A("cadence_rule")]}),
    ),
    "POST /cadence/preview": op(
        CHIEF,
        Case((_SETS,), body={"shelf": "tiers"}),
        Case(
            (_SETS, never("odd", status=422)),
            body={"rules": [{**_RULE, "id": A("cadence_rule")}]},
        ),
    ),
    "PUT /cadence/shelf": op(CHIEF, Case((_SETS,), body={"shelf": "types", "replan": True})),
    "GET /customers/{customer_id}/next-contact": op(SHIPPED, Case((SEE,), C)),
    "GET /customers/{customer_id}/guard": op(SHIPPED, Case((SEE,), C)),
}
