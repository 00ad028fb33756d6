"""The part of the table about notices, and the channels by which they leave the house."""

from __future__ import annotations

from tests.attacks.matrix.cases import Any_, Case, Operation, Word
from tests.attacks.matrix.expectations import may, there
from tests.attacks.matrix.operations import CHIEF, SHIPPED, op

A = Any_
_SETS = may("configure")
_CHANNEL = {"channel_id": A("channel")}
_ROBOT = {"kind": "dingtalk", "name": "群", "address": "https://oapi.dingtalk.com/robot/send?a=b"}

NOTICES: dict[str, Operation] = {
    "GET /notices": op(SHIPPED, Case(), Case(query={"unread": "true"})),
    "GET /notices/summary": op(SHIPPED),
    "GET /notices/stream": op(SHIPPED),
    # Somebody else's is none: it stays as it is, and nobody learns whether it is there.
    "POST /notices/reading": op(
        SHIPPED, Case(body={"ids": [A("notice")]}), Case(body={"all": True})
    ),
    "GET /notices/wishes": op(SHIPPED),
    "PATCH /notices/wishes": op(SHIPPED, Case(body={"wants_digest": False})),
    "GET /channels": op(CHIEF, Case((_SETS,))),
    "POST /channels": op(
        CHIEF,
        Case((_SETS,), body=_ROBOT),
        Case((_SETS, there(422)), body={**_ROBOT, "department_id": A("department")}),
    ),
    "PATCH /channels/{channel_id}": op(
        CHIEF,
        Case((_SETS, there()), _CHANNEL, {"version": 1, "name": "改名"}),
        Case(
            (_SETS, there(422)),
            {"channel_id": Word("channel")},
            {"version": 1, "department_id": A("department")},
        ),
    ),
    "DELETE /channels/{channel_id}": op(CHIEF, Case((_SETS, there()), _CHANNEL)),
    "POST /channels/{channel_id}/trial": op(CHIEF, Case((_SETS, there()), _CHANNEL, {})),
    "GET /channels/{channel_id}/deliveries": op(CHIEF, Case((_SETS, there()), _CHANNEL)),
    "POST /deliveries/{delivery_id}/retry": op(
        CHIEF, Case((_SETS, there()), {"delivery_id": A("delivery")}, {})
    ),
}
