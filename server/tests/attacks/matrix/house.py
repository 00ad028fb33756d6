"""The rest of the table: people, roles, departments, tokens, the rules of the house."""

from __future__ import annotations

from tests.attacks.matrix.cadence import CADENCE
from tests.attacks.matrix.cases import Any_, Case, Operation, Word
from tests.attacks.matrix.dealings import DEALINGS
from tests.attacks.matrix.expectations import (
    either,
    in_person,
    may,
    never,
    only,
    there,
    unless,
)
from tests.attacks.matrix.notices import NOTICES
from tests.attacks.matrix.oneness import ONENESS
from tests.attacks.matrix.operations import (
    CARE,
    CHIEF,
    CUSTOMERS,
    DOORS,
    PASSING,
    REVIEWS,
    SHIPPED,
    op,
)
from tests.attacks.matrix.pool import POOL
from tests.attacks.matrix.settings import SETTINGS
from tests.attacks.matrix.sheets import SHEETS
from tests.attacks.matrix.standing import STANDING
from tests.attacks.matrix.work import WORK

A = Any_
PEOPLE, ROLES = may("manage_people"), may("manage_roles")
_WORKS = never("left", *("absent", "odd"), status=422)
PASSWORD = "xihu-longjing-09"
NEWCOMER = {"name": "新同事", "username": "newcomer", "password": PASSWORD}

ACCESS: dict[str, Operation] = {
    "GET /setup": op(SHIPPED, open=200),
    "POST /setup": op(
        frozenset(),
        Case(body={"organisation": "x", **NEWCOMER}),
        open=409,
    ),
    "GET /sign-in": op(SHIPPED, open=200),
    "GET /me": op(SHIPPED, always=frozenset({"unenrolled"})),
    "GET /rights": op(SHIPPED),
    "GET /departments": op(SHIPPED),
    "POST /departments": op(
        CHIEF,
        Case((PEOPLE,), body={"name": "新部门"}),
        Case((there(422), PEOPLE), body={"name": "新部门", "parent_id": A("department")}),
    ),
    "PATCH /departments/{department_id}": op(
        CHIEF,
        Case((there(), PEOPLE), {"department_id": A("department")}, {"name": "改名"}),
        Case(
            (there(422), PEOPLE, only("used", status=422)),
            {"department_id": Word("empty_department")},
            {"name": "改名", "parent_id": A("department")},
        ),
    ),
    "DELETE /departments/{department_id}": op(
        CHIEF,
        Case((there(), PEOPLE, only("empty", status=409)), {"department_id": A("department")}),
    ),
    "GET /organisation": op(SHIPPED),
    "PATCH /organisation": op(
        CHIEF,
        Case((may("configure"),), body={"tells_who_cares": False}),
        Case((may("configure"),), body={"reveals_per_day": 1, "reveal_needs_reason": True}),
        Case(
            (may("configure"),),
            body={"reviews_new_customers": True, "reviewed_fields": ["grade"]},
        ),
    ),
    "GET /people": op(SHIPPED),
    "POST /people": op(
        CHIEF,
        Case((PEOPLE,), body={**NEWCOMER, "role": "administrator"}),
        Case((there(422), PEOPLE), body={**NEWCOMER, "department_id": A("department")}),
    ),
    "POST /people/service": op(CHIEF, Case((PEOPLE,), body={"name": "程序", "role": "sales"})),
    "PATCH /people/{person_id}": op(
        CHIEF,
        Case((there(), PEOPLE), {"person_id": A("person")}, {"name": "改名"}),
        Case(
            (there(), PEOPLE, never("self", status=422)),
            {"person_id": A("person")},
            {"role": "service_lead"},
        ),
        Case(
            (there(), PEOPLE, never("program", status=422)),
            {"person_id": A("person")},
            {"password": PASSWORD},
        ),
        Case((there(), PEOPLE), {"person_id": A("person")}, {"is_active": True}),
        Case(
            (there(422), PEOPLE),
            {"person_id": Word("stranger")},
            {"department_id": A("department")},
        ),
    ),
    "GET /people/{person_id}/belongings": op(
        CHIEF, Case((there(), PEOPLE), {"person_id": A("person")})
    ),
    "POST /people/{person_id}/departure": op(
        CHIEF,
        Case(
            (there(), PEOPLE, never("self", status=422), never("left", status=409)),
            {"person_id": A("person")},
            {"successor_id": None},
        ),
        Case(
            (there(422), PEOPLE, never("left", "program", status=422)),
            {"person_id": Word("stranger")},
            {"successor_id": A("person")},
        ),
    ),
    "GET /roles": op(SHIPPED),
    "POST /roles": op(
        CHIEF,
        Case((ROLES,), body={"name": "新角色", "actions": ["audit"]}),
        Case((ROLES, there()), body={"name": "新角色", "copy_of": A("role")}),
    ),
    "PATCH /roles/{role_id}": op(
        CHIEF,
        Case((ROLES, there()), {"role_id": A("role")}, {"version": 1, "note": "改过"}),
        Case(
            (ROLES, there(), never("administrator", status=403)),
            {"role_id": A("role")},
            {"version": 1, "actions": []},
        ),
    ),
    "DELETE /roles/{role_id}": op(
        CHIEF,
        Case(
            (
                *(ROLES, there(), never("administrator", status=403)),
                only("unused", status=409),
            ),
            {"role_id": A("role")},
        ),
    ),
    "POST /view-as": op(
        CHIEF,
        Case((there(), ROLES), body={"role_id": A("role")}),
        Case((_WORKS, ROLES), body={"person_id": A("person")}),
    ),
    "DELETE /view-as": op(SHIPPED, always=frozenset({"viewing"})),
    "GET /tokens": op(SHIPPED, Case((in_person,)), Case((in_person,), query={"of": "all"})),
    "POST /tokens": op(
        SHIPPED,
        Case((in_person,), body={"name": "脚本", "scopes": ["read", "manage"]}),
        Case(
            (
                *(in_person, there(422), unless("self", PEOPLE)),
                only("self", "program", status=422),
            ),
            body={"name": "脚本", "scopes": ["read"], "person_id": A("person")},
        ),
    ),
    "DELETE /tokens/{token_id}": op(
        SHIPPED,
        Case(
            (in_person, there(), either(only("own", status=404), may("manage_people", 404))),
            {"token_id": A("token")},
        ),
    ),
}

AUDITORS = frozenset({"administrator", "auditor"})
_AUDIT = (may("audit"),)
AUDIT: dict[str, Operation] = {
    "GET /audit": op(
        AUDITORS,
        Case(_AUDIT, gone=True),
        Case(_AUDIT, query={"person": A("person")}, gone=True),
        Case(_AUDIT, query={"customer": A("customer")}, gone=True),
        Case(_AUDIT, query={"q": A("name")}, gone=True),
    ),
    "GET /audit/groups": op(AUDITORS, Case(_AUDIT)),
    "GET /audit/state": op(AUDITORS, Case(_AUDIT)),
    "POST /audit/verification": op(AUDITORS, Case(_AUDIT, body={})),
}

TABLE: dict[str, Operation] = (
    ONENESS
    | SETTINGS
    | CUSTOMERS
    | STANDING
    | PASSING
    | REVIEWS
    | DEALINGS
    | CARE
    | DOORS
    | ACCESS
    | AUDIT
    | CADENCE
    | SHEETS
    | POOL
    | NOTICES
    | WORK
)
