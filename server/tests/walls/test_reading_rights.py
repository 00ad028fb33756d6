"""No actor, no rows: what a person reads of customers starts at `visible_to`.

`api.py` never reaches for a model's manager or a cursor. In the files that read for people, a
manager of a model with customer data stands only in `visible_to`, `*_visible_to`, or one of the
functions in `ALLOWED`, each with its reason. Writing files (actions, bulk, jobs …) work on records
that a reading function has handed them.
"""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from tests.walls.reading import ZHIKE, Touch, sources, touches
from zhike.customers.models import Customer

READING = (
    *("queries.py", "listing.py", "finding.py", "pages.py", "criteria.py", "views.py"),
    *("queue.py", "trash.py", "similar.py", "conditions.py", "showing.py", "history.py"),
    *("subjects.py", "record_rows.py"),
)
STARTS = ("visible_to", "changeable_by")  # whoever is named so begins with the actor's reach
ROOMS = ("customers", "care", "service", "doors")
ALLOWED: dict[str, str] = {
    "care/queries.py:tell_follow_ups": "the time line asks for events of a visible customer",
    "care/queries.py:tell_care_entries": "the time line asks for events of a visible customer",
    "care/queries.py:tell_tasks": "the time line asks for events of a visible customer",
    "service/queries.py:tell_feedback": "the time line asks for events of a visible customer",
    "customers/listing.py:tags_of": "takes the ids of a page that visible_to narrowed",
    "customers/listing.py:_in_order": "takes the ids of a page that visible_to narrowed",
    "customers/similar.py:any_customer": "warns of duplicates; hides what may not be seen",
    "customers/similar.py:_facts": "warns of duplicates; hides what may not be seen",
    "customers/queries.py:moved_to": "follows to the survivor, which visible_to narrows",
    "customers/queries.py:file_ids": "takes a customer that visible_to narrowed",
    "customers/finding.py:in_care": "tells who cares for a customer out of sight, and no more",
    "customers/listing.py:_living": "narrowed by the parts of the actor's reach in _keys",
    "customers/listing.py:_fetched": "runs what _keys narrowed to the parts of the reach",
    "customers/conditions.py:_own": "a condition put to customers that the list has narrowed",
    "customers/conditions.py:_with_text": "a condition put to customers the list has narrowed",
    "customers/conditions.py:_with_file": "a condition put to customers the list has narrowed",
    "customers/conditions.py:has_value": "a condition put to customers the list has narrowed",
    "customers/showing.py:more": "takes the ids of a page that visible_to narrowed",
    "customers/queue.py:_first_contacts": "takes the customers of a page that visible_to narrowed",
    "customers/queries.py:shared_with": "the ids of what is shared with the actor",
    "customers/queries.py:access_to": "asks by which way the actor has a customer they see",
    "customers/queries.py:reaches": "asks whether a seen customer is in a narrower reach",
    "customers/queries.py:count_of_owner": "counts a leaver's; belongings() asks for the right",
    "customers/queries.py:count_shared_with": "counts a leaver's; belongings() asks the right",
    "care/history.py:_names_of": "takes a follow-up that visible_to narrowed",
    "care/queries.py:_promised_in": "takes the follow-ups of a story that visible_to narrowed",
    "care/queries.py:count_open_tasks": "counts a leaver's; belongings() asks for the right",
}


def _with_customer_data() -> frozenset[str]:
    """Return the names of Customer and of every model that leads to it by foreign keys."""
    found = {Customer}
    while True:
        more = {
            model
            for model in apps.get_app_config("zhike").get_models()
            for field in model._meta.get_fields()
            if isinstance(field, ForeignKey) and field.related_model in found
        }
        if more <= found:
            return frozenset(model.__name__ for model in found)
        found |= more


def _reading_touches() -> list[Touch]:
    files = [
        path
        for path in sources()
        if path.relative_to(ZHIKE).parts[0] in ROOMS and path.name in READING
    ]
    assert files
    return [touch for path in files for touch in touches(path)]


def test_models_are_recognised() -> None:
    assert {"Customer", "Contact", "FollowUp", "Task", "Feedback"} <= _with_customer_data()
    assert "Person" not in _with_customer_data()


def test_api_never_reaches_past_the_queries() -> None:
    files = sources("*/api.py")
    assert len(files) >= 4
    found = [f"{touch.place} line {touch.line}" for path in files for touch in touches(path)]
    assert not found, "use a query or an action instead"


def test_customer_data_is_read_through_visible_to_only() -> None:
    guarded = _with_customer_data()
    wrong = [
        f"{touch.place} line {touch.line} reads {touch.model}"
        for touch in _reading_touches()
        if touch.model is not None
        and (touch.model in guarded or not touch.model.isidentifier())
        and not touch.function.endswith(STARTS)
        and touch.place not in ALLOWED
    ]
    assert not wrong


def test_bare_sql_knows_who_asks() -> None:
    wrong = [
        f"{touch.place} line {touch.line}"
        for touch in _reading_touches()
        if touch.model is None and not touch.takes_actor and touch.place not in ALLOWED
    ]
    assert not wrong


def test_every_visible_to_takes_the_actor_and_uses_it() -> None:
    checked = 0
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef) or not node.name.endswith(STARTS):
                continue
            checked += 1
            words = [word.arg for word in node.args.args]
            used = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
            assert "actor" in words, f"{path}: {node.name}"
            assert "actor" in used, f"{path}: {node.name}"
    assert checked >= 5


@pytest.mark.parametrize("place", ALLOWED)
def test_exception_is_still_needed(place: str) -> None:
    assert place in {touch.place for touch in _reading_touches()}, "remove it from ALLOWED"
