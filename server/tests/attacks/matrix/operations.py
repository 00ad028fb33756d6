"""The table: every operation of the API, how it is called, and what it asks of the caller."""

from __future__ import annotations

from typing import Any

from tests.attacks.matrix.cases import Any_, Case, Mine, Operation, Word
from tests.attacks.matrix.expectations import (
    ROLES,
    changeable,
    changes,
    colleague,
    edits,
    either,
    gives,
    may,
    never,
    only,
    opens,
    reads,
    sees,
    sees_record,
    sees_task,
    there,
    unless,
    whole_sight,
    within_reach,
    wrote_it,
)

SHIPPED = frozenset(ROLES)
SELLERS = frozenset({"sales", "sales_lead", "administrator"})
HANDLERS = SHIPPED - {"auditor"}  # who records dealings
CHIEF = frozenset({"administrator"})
LEADS = frozenset({"sales_lead", "administrator"})
TAKERS = SHIPPED - {"service", "auditor"}  # who exports

A = Any_
C = {"customer_id": A("customer")}
OWN = {"customer_id": Mine("customer")}
SEE = sees()
SOON = "2026-11-20"
# One field of each group, as a change of a customer.
ONE_OF: dict[str, dict[str, Any]] = {
    "basic": {"region": "某地"},
    "identity": {"identity": ""},
    "address": {"address": "另一条路"},
    "needs": {"budget": "五万"},
    "cooperation": {"project_code": "P-1"},
    "money": {"contract_amount": 1},
    "notes": {"remark": "另一句话"},
}
CONTACT_OF: dict[str, dict[str, Any]] = {
    "contact": {"title": "经理"},
    "phone": {"mobile": ""},
    "email": {"wechat": "abc-123456"},
}
_PEOPLE_ON = (only("self", "team", "foreign", "guest", status=422),)


def op(who: frozenset[str], *cases: Case, **more: Any) -> Operation:
    return Operation(who, cases or (Case(),), **more)


_LIST_QUERIES = (
    Case(),
    Case(query={"owner": A("person")}),
    Case(query={"tag": A("tag")}),
    Case(query={"import_id": A("import")}),
    Case(query={"q": A("name")}),
    Case((reads("needs"),), query={"need_status": "clear"}),
    Case((reads("cooperation"),), query={"cooperation_stage": "signed"}),
)

CUSTOMERS: dict[str, Operation] = {
    "GET /customers": op(
        SHIPPED,
        *_LIST_QUERIES,
        Case((reads("money"),), query={"sort": "-contract_amount"}),
        Case((reads("money"),), query={"sort": "contract_amount"}),
    ),
    "GET /customers/summary": op(SHIPPED, *_LIST_QUERIES),
    "GET /customers/similar": op(
        SELLERS,
        Case((either(may("create"), edits("basic")),), query={"name": A("name")}),
        Case(
            (either(may("create"), edits("basic")), never("odd", status=422)),
            query={"name": "雀名", "except_id": A("customer")},
        ),
    ),
    "POST /customers": op(
        SELLERS,
        Case((may("create"), edits("basic")), body={"name": "新来的公司"}),
        *(
            Case((may("create"), edits("basic", group)), body={"name": "新来的公司", **fields})
            for group, fields in ONE_OF.items()
            if group != "identity"
        ),
        Case(
            (may("create"), edits("basic", "identity")),
            body={"name": "新来的公司", "identity": Word("free_identity")},
        ),
        Case(
            (may("create"), edits("basic", "contact", "phone", "email")),
            body={
                "name": "新来的公司",
                "contact_name": "新人",
                "mobile": "13900139000",
                "email": "new@example.com",
                "wechat": "new-123456",
                "contact_title": "经理",
                "landline": "0571-87654321",
            },
        ),
        Case(
            (may("create"), edits("basic"), unless("self", may("hand_over")), *_PEOPLE_ON),
            body={"name": "新来的公司", "owner_id": A("person")},
        ),
        Case(
            (may("create"), edits("basic"), there(422)),
            body={"name": "新来的公司", "tags": [A("tag")]},
        ),
    ),
    "GET /customers/{customer_id}": op(SHIPPED, Case((SEE,), C)),
    "PATCH /customers/{customer_id}": op(
        SELLERS,
        *(
            Case(
                (edits(group), SEE, changes),
                C,
                {"version": 1, **fields},
                brief=group != "basic",
            )
            for group, fields in ONE_OF.items()
        ),
        Case(
            (edits("basic"), SEE, changes, may("hand_over"), gives),
            C,
            {"version": 1, "owner_id": Word("stranger")},
        ),
        Case(
            (edits("basic"), SEE, changes, unless("pool", may("hand_over")), gives),
            C,
            {"version": 1, "owner_id": None},
        ),
        Case(
            (edits("basic"), unless("self", may("hand_over")), *_PEOPLE_ON),
            OWN,
            {"version": 1, "owner_id": A("person")},
        ),
        Case((edits("basic"), there(422)), OWN, {"version": 1, "tags": [A("tag")]}),
    ),
    "DELETE /customers/{customer_id}": op(SELLERS, Case((may("delete"), SEE, gives), C)),
    "POST /customers/{customer_id}/restoration": op(
        SELLERS,
        Case((may("delete", 404), within_reach(404)), {"customer_id": A("gone")}, {}, gone=True),
    ),
    "GET /customers/{customer_id}/timeline": op(
        SHIPPED,
        Case((SEE,), C),
        *(Case((SEE,), C, query={"kind": kind}, brief=True) for kind in ("task", "change")),
    ),
    "POST /customers/{customer_id}/reveals": op(
        SHIPPED - {"marketing", "auditor"},
        *(
            Case((may("reveal"), SEE, opens, reads(group)), C, {"field": group}, told=group)
            for group in ("identity", "address")
        ),
    ),
    "POST /customers/{customer_id}/contacts": op(
        SELLERS,
        Case((edits("contact"), SEE, changes), C, {"name": "新人"}),
        Case(
            (edits("contact", "phone", "email"), SEE, changes),
            C,
            {"name": "新人", "landline": "0571-87654321", "email": "new@example.com"},
        ),
        Case(
            (edits("contact"), only("own", status=422)),
            OWN,
            {"name": "新人", "reports_to_id": A("contact")},
        ),
    ),
    "PATCH /contacts/{contact_id}": op(
        SELLERS,
        *(
            Case(
                (edits(group), SEE, changes),
                {"contact_id": A("contact")},
                {"version": 1, **fields},
                brief=group != "contact",
            )
            for group, fields in CONTACT_OF.items()
        ),
        Case(  # one's own contact is the only one there is, and nobody reports to oneself
            (edits("contact"), only(status=422)),
            {"contact_id": Mine("contact")},
            {"version": 1, "reports_to_id": A("contact")},
        ),
    ),
    "DELETE /contacts/{contact_id}": op(
        SELLERS, Case((edits("contact"), SEE, changes), {"contact_id": A("contact")})
    ),
    "POST /contacts/{contact_id}/restoration": op(
        SELLERS,
        Case(
            (edits("contact", status=404), changeable(404)),
            {"contact_id": A("gone_contact")},
            {},
        ),
    ),
    "POST /contacts/{contact_id}/reveals": op(
        SHIPPED - {"marketing", "auditor"},
        *(
            Case(
                (may("reveal"), SEE, opens, reads(group)),
                {"contact_id": A("contact")},
                {"field": name},
                told=group,
                brief=name != "mobile",
            )
            for name, group in (
                *(("mobile", "phone"), ("landline", "phone")),
                *(("email", "email"), ("wechat", "email")),
            )
        ),
    ),
    "GET /tags": op(SHIPPED),
    "POST /tags": op(SELLERS | {"marketing"}, Case((may("manage_tags"),), body={"name": "新标签"})),
    "PATCH /tags/{tag_id}": op(
        SELLERS | {"marketing"},
        Case((there(), may("manage_tags")), {"tag_id": A("tag")}, {"name": "改了"}),
    ),
    "GET /search": op(SHIPPED, Case(query={"q": A("name")}), Case(query={"q": Word("digits")})),
}

PERSON_ON_MINE = {**OWN, "person_id": A("person")}
PASSING: dict[str, Operation] = {
    "GET /customers/{customer_id}/collaborators": op(SHIPPED, Case((SEE,), C)),
    "PUT /customers/{customer_id}/collaborators/{person_id}": op(
        SELLERS,
        Case(
            (SEE, gives, may("share")),
            {**C, "person_id": Word("stranger")},
            {"may_edit": True},
        ),
        Case(
            (
                may("share"),
                never("left", "program", "absent", "odd", status=404),
                never("self", status=422),
            ),
            PERSON_ON_MINE,
            {"may_edit": True},
        ),
    ),
    "DELETE /customers/{customer_id}/collaborators/{person_id}": op(
        SELLERS,
        Case((SEE, gives, may("share")), {**C, "person_id": Word("guest")}),
        Case((may("share"), only("guest", status=404)), PERSON_ON_MINE),
    ),
    "GET /hand-overs": op(SHIPPED, Case(), Case(query={"giver": A("person")})),
    "POST /hand-overs": op(
        LEADS,
        Case(
            (SEE, may("hand_over"), within_reach(403)),
            body={"customer_ids": [A("customer")], "taker_id": Word("stranger")},
        ),
        Case(
            (SEE, may("hand_over"), within_reach(403)),
            body={"customer_ids": [Mine("customer"), A("customer")], "taker_id": None},
        ),
        Case(
            # Those of the pool are there already.
            (may("hand_over"), within_reach(422), never("pool", status=422)),
            body={"filters": {"q": A("name")}, "taker_id": None},
        ),
        Case(
            (may("hand_over"), *_PEOPLE_ON, never("self", status=422)),
            body={"customer_ids": [Mine("customer")], "taker_id": A("person")},
        ),
    ),
    "GET /hand-overs/{hand_over_id}": op(
        SHIPPED,
        Case(
            (there(), unless("own", may("manage_people", 404))),
            {"hand_over_id": A("hand_over")},
        ),
    ),
    "GET /trash": op(
        SELLERS,
        Case((may("delete"),)),
        *(
            Case((may("delete"),), query={"kind": kind})
            for kind in (
                *("customer", "contact", "follow_up"),
                *("purchase", "problem", "attachment"),
            )
        ),
    ),
}

_REVIEW = {"review_id": A("review")}
_DECIDES = (may("review"), SEE, gives, edits("cooperation"))
REVIEWS: dict[str, Operation] = {
    "GET /reviews": op(
        SHIPPED,
        Case(),
        Case(query={"mine": "true"}),
        *(Case(query={"state": state}) for state in ("pending", "decided", "rejected")),
    ),
    "GET /reviews/waiting": op(SHIPPED),
    "POST /reviews/{review_id}/approval": op(LEADS, Case(_DECIDES, _REVIEW, {})),
    "POST /reviews/{review_id}/rejection": op(LEADS, Case(_DECIDES, _REVIEW, {"note": "再看看"})),
}

LOG = may("log")
TALK: dict[str, Any] = {"way": "phone", "content": "谈过了"}
THING: dict[str, Any] = {"title": "做一件事", "due_on": SOON}
CARE: dict[str, Operation] = {
    "POST /customers/{customer_id}/follow-ups": op(
        HANDLERS,
        Case((LOG, SEE, changes), C, {**TALK, "next": {"on": SOON}}),
        Case((LOG, only("own", status=422)), OWN, {**TALK, "contact_id": A("contact")}),
        Case((LOG, colleague), OWN, {**TALK, "todos": [{**THING, "assignee_id": A("person")}]}),
    ),
    "POST /follow-ups/understanding": op(
        SHIPPED,
        Case(body={"text": "今天电话张总，下周三再联系"}),
        Case((SEE,), body={"text": "今天电话张总", "customer_id": A("customer")}),
    ),
    "PATCH /follow-ups/{follow_up_id}": op(
        HANDLERS,
        Case(
            (sees_record, LOG, changes, wrote_it),
            {"follow_up_id": A("follow_up")},
            {"version": 1, "content": "改过"},
        ),
        Case(
            (LOG, only("own", status=422)),
            {"follow_up_id": Mine("follow_up")},
            {"version": 1, "contact_id": A("contact")},
        ),
    ),
    "DELETE /follow-ups/{follow_up_id}": op(
        HANDLERS,
        Case((sees_record, LOG, changes, wrote_it), {"follow_up_id": A("follow_up")}),
    ),
    "POST /follow-ups/{follow_up_id}/undoing": op(
        HANDLERS,
        Case(
            (sees_record, LOG, changes, only("own", status=403)),
            {"follow_up_id": A("follow_up")},
        ),
    ),
    "POST /follow-ups/{follow_up_id}/restoration": op(
        HANDLERS,
        Case(
            (may("log", 404), sees_record, changes, wrote_it),
            {"follow_up_id": A("gone_follow_up")},
            {},
        ),
    ),
    "POST /customers/{customer_id}/care-entries": op(
        HANDLERS, Case((LOG, SEE, changes), C, {"way": "gift", "cost": 1})
    ),
    "POST /customers/{customer_id}/feedback": op(
        HANDLERS, Case((LOG, SEE, changes), C, {"score": 5})
    ),
    "GET /tasks": op(
        SHIPPED,
        *(Case(query={"scope": scope}) for scope in ("today", "overdue", "coming", "done", "team")),
        Case(query={"customer": A("customer")}),
        Case(query={"assignee": A("person")}),
    ),
    "POST /tasks": op(
        HANDLERS,
        Case((LOG,), body=THING),
        Case((LOG, SEE, changes), body={**THING, "customer_id": A("customer")}),
        Case(
            (LOG, SEE, changes),
            body={**THING, "kind": "follow_up", "customer_id": A("customer")},
        ),
        Case((LOG, colleague), body={**THING, "assignee_id": A("person")}),
    ),
    "PATCH /tasks/{task_id}": op(
        HANDLERS,
        Case((LOG, sees_task), {"task_id": A("task")}, {"version": 1, "title": "改过"}),
        Case(
            (LOG, sees_task),
            {"task_id": A("task")},
            {"version": 1, "assignee_id": Word("stranger")},
        ),
        Case(
            (LOG, colleague),
            {"task_id": Mine("task")},
            {"version": 1, "assignee_id": A("person")},
        ),
    ),
    "DELETE /tasks/{task_id}": op(HANDLERS, Case((LOG, sees_task), {"task_id": A("task")})),
    "POST /tasks/{task_id}/restoration": op(  # of the world nobody has just deleted one
        frozenset(), Case((LOG, only(status=404)), {"task_id": A("task")}, {})
    ),
    "POST /tasks/{task_id}/snooze": op(
        HANDLERS, Case((LOG, sees_task), {"task_id": A("task")}, {"until": "tomorrow"})
    ),
    "POST /tasks/{task_id}/skip": op(  # those of the world do not recur
        frozenset(), Case((LOG, sees_task, only(status=409)), {"task_id": A("task")}, {})
    ),
    "POST /tasks/{task_id}/completion": op(
        HANDLERS, Case((LOG, sees_task), {"task_id": A("task")}, {})
    ),
    "DELETE /tasks/{task_id}/completion": op(
        HANDLERS, Case((LOG, sees_task), {"task_id": A("task")})
    ),
    "GET /today": op(SHIPPED),
}

FILTERS = (
    {"owner": A("person")},
    {"tag": A("tag")},
    {"import_id": A("import")},
    {"q": A("name")},
)
_IMPORT = {"import_id": A("import")}
_MINE = (may("import", 404), whole_sight)
DOORS: dict[str, Operation] = {
    "POST /imports": op(SELLERS, Case((may("import"),), file=True)),
    "GET /imports": op(SHIPPED),
    "GET /imports/template": op(SELLERS, Case((may("import"),))),
    "GET /imports/{import_id}": op(SELLERS, Case(_MINE, _IMPORT)),
    "PATCH /imports/{import_id}": op(
        SELLERS,
        Case(_MINE, _IMPORT, {"on_match": "skip"}),
        Case(_MINE, _IMPORT, {"mapping": {"0": "customer.name"}}),
        Case(
            (may("import", 404), unless("self", may("hand_over")), *_PEOPLE_ON),
            {"import_id": Mine("import")},
            {"owner_id": A("person")},
        ),
        Case((*_MINE, may("hand_over")), _IMPORT, {"owner_id": None}),
    ),
    "GET /imports/{import_id}/rows": op(
        SELLERS, Case(_MINE, _IMPORT), Case(_MINE, _IMPORT, query={"only": "all"})
    ),
    "POST /imports/{import_id}/confirmation": op(
        SELLERS, Case((may("import"), whole_sight), _IMPORT, {})
    ),
    "POST /imports/{import_id}/cancellation": op(SELLERS, Case(_MINE, _IMPORT, {})),
    "POST /imports/{import_id}/undo": op(
        SELLERS,
        Case((may("import"), whole_sight), {"import_id": A("import_done")}, {}),
    ),
    "GET /imports/{import_id}/result": op(SELLERS, Case(_MINE, _IMPORT)),
    "GET /exports/views": op(SHIPPED),
    "POST /exports": op(
        TAKERS,
        *(
            Case((may("export"),), body={"view": view})
            for view in ("list", "standard-21", "maintenance", "satisfaction", "tool-card")
        ),
        *(Case((may("export"),), body={"view": "list", "filters": one}) for one in FILTERS),
        Case((may("export"), may("export_plain")), body={"view": "list", "plain": True}),
    ),
    "GET /exports/{export_id}": op(
        TAKERS,
        Case((may("export", 404), only("own", status=404)), {"export_id": A("export")}),
    ),
    "GET /exports/{export_id}/file": op(
        TAKERS,
        Case(
            (may("export", 404), only("own", status=404)),
            {"export_id": A("export")},
            noted=True,
        ),
    ),
}
