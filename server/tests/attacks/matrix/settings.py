"""The part of the table about fields, words and rules, regions and industries."""

from __future__ import annotations

from typing import Any

from tests.attacks.matrix.cases import Any_, Case, Operation, Word
from tests.attacks.matrix.expectations import may, there
from tests.attacks.matrix.operations import CHIEF, SHIPPED, op

A = Any_
SETS = may("configure")
_FIELD = {"of": "customer", "key": Word("own_field")}
_WORD = {"name": Word("own_field"), "value": Word("own_word")}
_NEW = {"of": "customer", "label": "新字段", "type": "text"}
_RULE = {
    "name": "地区要填",
    "field": "region",
    "must": [{"field": "region", "op": "filled"}],
    "message": "请填写地区",
}


def _of_field(body: Any = None) -> tuple[Case, ...]:
    """Somebody else's kind of record, then somebody else's field."""
    return (
        Case((SETS, there()), {**_FIELD, "of": A("record_kind")}, body),
        Case((SETS, there()), {**_FIELD, "key": A("own_field")}, body),
    )


def _of_word(body: Any = None) -> tuple[Case, ...]:
    return (
        Case((SETS, there()), {**_WORD, "name": A("own_field")}, body),
        Case((SETS, there()), {**_WORD, "value": A("own_word")}, body),
    )


SETTINGS: dict[str, Operation] = {
    "GET /fields": op(SHIPPED, Case(), Case((SETS,), query={"all": "true"})),
    "POST /fields": op(
        CHIEF,
        Case((SETS,), body=_NEW),
        Case((SETS,), body={**_NEW, "type": "choice", "choices": [{"label": "甲"}]}),
    ),
    "PUT /fields/order": op(
        CHIEF,
        Case((SETS,), body={"of": "customer", "items": [{"key": "name", "section": "首先"}]}),
    ),
    "PATCH /fields/{of}/{key}": op(CHIEF, *_of_field({"version": 1, "help": "说明"})),
    "POST /fields/{of}/{key}/archive": op(CHIEF, *_of_field({})),
    "POST /fields/{of}/{key}/restoration": op(CHIEF, *_of_field({})),
    "DELETE /fields/{of}/{key}": op(CHIEF, *_of_field()),
    "GET /field-presets": op(CHIEF, Case((SETS,))),
    "POST /field-presets/{name}": op(CHIEF, Case((SETS, there()), {"name": A("preset")}, {})),
    "GET /choices": op(SHIPPED),
    "GET /dictionaries": op(CHIEF, Case((SETS,))),
    "POST /dictionaries/{name}/entries": op(
        CHIEF, Case((SETS, there()), {"name": A("own_field")}, {"label": "新选项"})
    ),
    "PATCH /dictionaries/{name}/entries/{value}": op(CHIEF, *_of_word({"label": "改名"})),
    "PUT /dictionaries/{name}/order": op(
        CHIEF, Case((SETS, there()), {"name": A("own_field")}, {"values": []})
    ),
    "GET /dictionaries/{name}/entries/{value}/retirement": op(CHIEF, *_of_word()),
    "POST /dictionaries/{name}/entries/{value}/retirement": op(
        CHIEF, *_of_word({"replace_by": None})
    ),
    "DELETE /dictionaries/{name}/entries/{value}/retirement": op(CHIEF, *_of_word()),
    "GET /rules": op(CHIEF, Case((SETS,))),
    "GET /rules/facts": op(CHIEF, Case((SETS,))),
    "POST /rules": op(CHIEF, Case((SETS,), body=_RULE)),
    "PATCH /rules/{rule_id}": op(
        CHIEF,
        Case((SETS, there()), {"rule_id": A("rule")}, {"version": 1, "message": "改过的提示"}),
    ),
    "DELETE /rules/{rule_id}": op(CHIEF, Case((SETS, there()), {"rule_id": A("rule")})),
    "GET /regions": op(SHIPPED, Case(query={"q": "南山"})),
    "GET /regions/children": op(SHIPPED),
    "POST /regions/reading": op(SHIPPED, Case(body={"text": "深圳市南山区"})),
    "GET /industries": op(SHIPPED),
    "GET /industries/finer": op(CHIEF, Case((SETS,))),
    "POST /industries/finer": op(CHIEF, Case((SETS,), body={"lines": "C3511 矿山机械制造"})),
}
