"""The part of the table that is about doubles and merges: who may look, decide, merge and undo.

Everybody's customer here has a change that waits for review, so none can be merged: who might is
told so (409), and the plan says it. That merging succeeds is shown in tests/customers.
"""

from __future__ import annotations

from tests.attacks.matrix.cases import Case, Mine, Operation
from tests.attacks.matrix.expectations import LIVING, changes, edits, gives, may, never
from tests.attacks.matrix.operations import CHIEF, LEADS, SEE, SELLERS, SHIPPED, A, C, op

_BY = (may("delete"), never("own", status=422), SEE, gives)  # with oneself nobody is merged
_WAITS = never(*LIVING, status=409)
_TAKES_IN = {"survivor_id": Mine("customer"), "absorbed_ids": [A("customer")]}
_GOES_INTO = {"survivor_id": A("customer"), "absorbed_ids": [Mine("customer")]}
_DECIDES = (may("delete"), SEE, changes, edits("basic"))
_PAIR = {"double_id": A("double")}

ONENESS: dict[str, Operation] = {
    "GET /quality/doubles": op(
        SELLERS, Case((may("delete"),)), Case((may("delete"),), query={"state": "dismissed"})
    ),
    "POST /quality/doubles/search": op(CHIEF, Case((may("configure"),))),
    "POST /quality/doubles/{double_id}/dismissal": op(SELLERS, Case(_DECIDES, _PAIR)),
    "DELETE /quality/doubles/{double_id}/dismissal": op(SELLERS, Case(_DECIDES, _PAIR)),
    "POST /merges/plan": op(
        LEADS,
        Case(_BY, body=_TAKES_IN),
        Case(_BY, body=_GOES_INTO),
    ),
    "POST /merges": op(
        frozenset(),
        Case((*_BY, _WAITS), body=_TAKES_IN | {"chosen": {}}),
        Case((*_BY, _WAITS), body=_GOES_INTO),
    ),
    "GET /customers/{customer_id}/merges": op(SHIPPED, Case((SEE,), C)),
    "POST /merges/{merge_id}/undo": op(
        SELLERS, Case((may("delete"), SEE, gives), {"merge_id": A("merge")})
    ),
}
