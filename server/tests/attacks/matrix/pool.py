"""The part of the table about the pool, playbooks, the start page of a team and hand-overs."""

from __future__ import annotations

from typing import Any

from tests.attacks.matrix.cases import Any_, Case, Mine, Operation, Word
from tests.attacks.matrix.expectations import (
    Actor,
    changes,
    edits,
    either,
    gives,
    may,
    never,
    reads_record,
    sees,
    there,
    unless,
)
from tests.attacks.matrix.operations import (
    CHIEF,
    HANDLERS,
    LEADS,
    LOG,
    SEE,
    SELLERS,
    SHIPPED,
    C,
    op,
)

A = Any_
_PLAN: dict[str, Any] = {"name": "计划", "steps": [{"title": "看看", "way": "phone"}]}
_SHARES = either(may("hand_over"), may("configure"))
_PLAYBOOK, _RUN = {"playbook_id": A("playbook")}, {"run_id": A("playbook_run")}
_THEIRS = never("foreign", status=404)  # somebody else's own plan
_WRITES = (LOG, there(), _THEIRS, unless("own", _SHARES))


def sees_run(actor: Actor, on: str) -> int | None:
    """A run with a customer, read with the reach the role has for tasks."""
    return None if reads_record(actor.grants, "task", on) else 404


def leads(actor: Actor, _on: str) -> int | None:
    """Whose reach of tasks goes beyond their own."""
    return None if actor.grants.reach("task") >= 2 else 403


POOL: dict[str, Operation] = {
    "GET /pool-rules": op(SHIPPED),
    "PATCH /pool-rules": op(
        CHIEF, Case((may("configure"),), body={"days": 30, "keeps_key": False})
    ),
    "GET /pool": op(SHIPPED, Case(), Case(query={"q": A("name")})),
    "GET /pool/falling": op(SHIPPED, Case(), Case(query={"mine": "true"})),
    # Whom one may not claim is named in the answer, which is no refusal of the whole.
    "POST /pool/claims": op(
        SELLERS, Case((edits("basic"),), body={"customer_ids": [A("customer")]})
    ),
    "POST /customers/{customer_id}/pool": op(
        SELLERS,
        Case(
            (
                *(edits("basic"), SEE, gives, never("pool", status=409)),
                unless("own", may("hand_over")),
            ),
            C,
            {"reason": "没空"},
        ),
    ),
    "GET /playbooks": op(SHIPPED),
    "POST /playbooks": op(
        HANDLERS, Case((LOG,), body=_PLAN), Case((LOG, _SHARES), body={**_PLAN, "is_shared": True})
    ),
    "PATCH /playbooks/{playbook_id}": op(
        HANDLERS, Case(_WRITES, _PLAYBOOK, {"version": 1, "name": "改过"})
    ),
    "DELETE /playbooks/{playbook_id}": op(HANDLERS, Case(_WRITES, _PLAYBOOK)),
    "POST /playbooks/{playbook_id}/runs": op(
        HANDLERS,
        Case(
            (SEE, LOG, changes),
            {"playbook_id": Word("playbook")},
            {"customer_ids": [A("customer")], "agreed": True},
        ),
        Case(
            (LOG, sees(422)),
            {"playbook_id": Word("playbook")},
            {"filters": {"q": A("name")}},
        ),
        Case((LOG, there(), _THEIRS), _PLAYBOOK, {"customer_ids": [Mine("customer")]}),
    ),
    "GET /customers/{customer_id}/playbook-runs": op(SHIPPED, Case((SEE,), C)),
    "POST /playbook-runs/{run_id}/stop": op(
        HANDLERS, Case((LOG, sees_run, changes), _RUN, {"why": "先不谈"})
    ),
    "GET /team-today": op(LEADS | {"service_lead", "auditor"}, Case((leads,))),
    "GET /late-follow-ups": op(SHIPPED, Case(), Case(query={"person": A("person")})),
    "GET /customers/{customer_id}/handing-over-summary": op(SHIPPED, Case((SEE,), C)),
}
