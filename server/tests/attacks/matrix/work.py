"""The part of the table about what is done behind the scenes, and about calendars."""

from __future__ import annotations

from tests.attacks.matrix.cases import Any_, Case, Operation
from tests.attacks.matrix.expectations import in_person, may, there
from tests.attacks.matrix.operations import CHIEF, SHIPPED, op

A = Any_
_STEERS = may("configure")

WORK: dict[str, Operation] = {
    "GET /jobs": op(
        CHIEF,
        Case((_STEERS,)),
        Case((_STEERS,), query={"state": "failed"}),
        Case((_STEERS,), query={"kind": "audit.verify_whole"}),
    ),
    "GET /jobs/summary": op(CHIEF, Case((_STEERS,))),
    "POST /jobs/{job_id}/retry": op(
        CHIEF, Case((_STEERS, there()), {"job_id": A("failed_job")}, {})
    ),
    "POST /jobs/{job_id}/cancellation": op(
        CHIEF, Case((_STEERS, there()), {"job_id": A("open_job")}, {})
    ),
    "GET /calendar-feed": op(SHIPPED),
    "POST /calendar-feed": op(SHIPPED, Case((in_person,), body={})),
    "DELETE /calendar-feed": op(SHIPPED, Case((in_person,))),
    "GET /practice": op(SHIPPED),
    "PATCH /practice": op(CHIEF, Case((_STEERS,), body={"is_nightly": True})),
    "POST /practice/entering": op(SHIPPED, Case((in_person,), body={})),
    "POST /practice/resetting": op(CHIEF, Case((_STEERS,), body={})),
}
