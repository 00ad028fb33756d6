"""The part of the table about purchases, problems, files, and people known at two customers."""

from __future__ import annotations

from tests.attacks.matrix.cases import Any_, Case, Mine, Operation
from tests.attacks.matrix.expectations import (
    changeable,
    changes,
    edits,
    either,
    may,
    never,
    only,
    opens,
)
from tests.attacks.matrix.operations import HANDLERS, LOG, OWN, SEE, SELLERS, SHIPPED, C, op

A = Any_
BOUGHT = {"bought_on": "2026-11-01", "product": "云服务"}
SELLS = (edits("cooperation"), SEE, changes)
SELLS_FOR = (edits("cooperation", "money"), SEE, changes)
NOTES = (edits("notes"), SEE, changes)
LINKS = (edits("contact"), SEE, changes)
# Who records dealings or edits anything of the customer hangs files on it.
HANGS = either(LOG, edits("basic"))
HANGS_BACK = either(may("log", 404), edits("basic", status=404))

DEALINGS: dict[str, Operation] = {
    "GET /customers/{customer_id}/purchases": op(SHIPPED, Case((SEE,), C)),
    "POST /customers/{customer_id}/purchases": op(
        SELLERS, Case(SELLS, C, BOUGHT), Case(SELLS_FOR, C, {**BOUGHT, "amount": 1}, brief=True)
    ),
    "PATCH /purchases/{purchase_id}": op(
        SELLERS,
        Case(SELLS, {"purchase_id": A("purchase")}, {"version": 1, "note": "改过"}),
        Case(SELLS_FOR, {"purchase_id": A("purchase")}, {"version": 1, "amount": 1}, brief=True),
    ),
    "DELETE /purchases/{purchase_id}": op(SELLERS, Case(SELLS, {"purchase_id": A("purchase")})),
    "POST /purchases/{purchase_id}/restoration": op(
        SELLERS,
        Case(
            (edits("cooperation", status=404), changeable(404)),
            {"purchase_id": A("gone_purchase")},
            {},
        ),
    ),
    "GET /customers/{customer_id}/problems": op(SHIPPED, Case((SEE,), C)),
    "POST /customers/{customer_id}/problems": op(
        SELLERS, Case(NOTES, C, {"description": "可能压价"})
    ),
    "PATCH /problems/{problem_id}": op(
        SELLERS, Case(NOTES, {"problem_id": A("problem")}, {"version": 1, "state": "solved"})
    ),
    "DELETE /problems/{problem_id}": op(SELLERS, Case(NOTES, {"problem_id": A("problem")})),
    "POST /problems/{problem_id}/restoration": op(
        SELLERS,
        Case((edits("notes", status=404), changeable(404)), {"problem_id": A("gone_problem")}, {}),
    ),
    "GET /customers/{customer_id}/attachments": op(
        SHIPPED,
        Case((SEE,), C),
        Case((never("odd", status=422),), OWN, query={"record_id": A("purchase")}),
    ),
    "POST /customers/{customer_id}/attachments": op(
        HANDLERS,
        Case((SEE, changes, HANGS), C, file=True),
        Case(
            (only("own", status=404), edits("cooperation")),
            OWN,
            {"of": "purchase", "record_id": A("purchase")},
            file=True,
        ),
    ),
    "GET /attachments/{attachment_id}/content": op(
        SHIPPED, Case((SEE, opens), {"attachment_id": A("attachment")}, noted=True)
    ),
    "DELETE /attachments/{attachment_id}": op(
        HANDLERS, Case((SEE, opens, changes, HANGS), {"attachment_id": A("attachment")})
    ),
    "POST /attachments/{attachment_id}/restoration": op(
        HANDLERS,
        Case((changeable(404), HANGS_BACK), {"attachment_id": A("gone_attachment")}, {}),
    ),
    "GET /contacts/{contact_id}/individual": op(
        SHIPPED, Case((SEE,), {"contact_id": A("contact")})
    ),
    "PUT /contacts/{contact_id}/individual": op(
        SELLERS,
        Case(LINKS, {"contact_id": A("contact")}, {"contact_id": None}),
        Case(
            (edits("contact"), SEE, opens, never("own", status=422)),
            {"contact_id": Mine("contact")},
            {"contact_id": A("contact")},
        ),
    ),
}
