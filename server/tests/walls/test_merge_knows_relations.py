"""R19: a merge takes everything along. A model that leads to a customer and that no room has
registered in `customers.relations` would be left behind; so it fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField, Model

from zhike.customers import choosing, relations
from zhike.customers.models import Attachment, Contact, Customer
from zhike.customers.relations import Way
from zhike.fields.builtin import SHIPPED

# A column that names a customer or a record of any kind without being a foreign key.
_PLAIN = re.compile(r"customer|absorbed|record_id$|survivor|contact_id$")
NO_RELATION: dict[str, str] = {
    "Event.customer_id": "the trail is never changed; who reads it asks `queries.file_ids`",
    "Event.record_id": "names what the event tells of, which keeps its number",
    "Customer.tags": "its rows are CustomerTag's",
    "Notice.customer_id": "tells what was, and names nobody any more once the customer sleeps",
    "Notice.record_id": "names what the notice tells of, which keeps its number",
    "Organisation.reviews_new_customers": "a setting",
    "Contact.preferences": "a text",
    "Attachment.record_id": "of follow-ups, purchases and problems, which keep their numbers",
}


def _models() -> list[type[Model]]:
    return list(apps.get_app_config("zhike").get_models(include_auto_created=True))


def _leads(field: Field) -> str:
    """Whom a column leads to: customer, contact, or "" for nobody."""
    if isinstance(field, ForeignKey | ManyToManyField):
        return {Customer: "customer", Contact: "contact"}.get(field.related_model, "")
    is_flag = field.get_internal_type() in ("BooleanField", "TextField", "CharField")
    return "customer" if _PLAIN.search(field.name) and not is_flag else ""


def leading() -> Iterator[tuple[str, str]]:
    """Every column that leads to a customer or a contact: its name, and to whom."""
    for model in _models():
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many):
            to = _leads(field)
            if to:
                yield f"{model.__name__}.{field.name}", to


def registered() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in relations.known():
        found.setdefault(f"{one.model.__name__}.{one.column}", set()).add(one.of)
    return found


def test_there_is_something_to_look_at() -> None:
    assert {"Contact.customer", "FollowUp.contact", "ImportRow.customer_id"} <= dict(
        leading()
    ).keys()
    assert len(dict(leading())) > 20


@pytest.mark.parametrize(("name", "to"), sorted(leading()))
def test_every_relation_is_known_to_merge(name: str, to: str) -> None:
    if name in NO_RELATION and name not in registered():
        return
    assert to in registered().get(name, set()), f"{name}: say in hooks.py what a merge does with it"


def test_nothing_is_registered_that_is_not_there() -> None:
    columns = {
        f"{model.__name__}.{field.name}"
        for model in _models()
        for field in model._meta.get_fields()
    }
    assert registered().keys() <= columns
    assert NO_RELATION.keys() <= columns


def test_what_moves_can_be_counted_and_told() -> None:
    for one in relations.known():
        if one.of == "contact" or one.only:
            continue
        if one.way in (Way.MOVE, Way.UNION, Way.REFUSE):
            assert one.kind, one.key
            assert one.label, one.key
        assert (one.way is Way.UNION) == bool(one.once), one.key
    assert len({one.key for one in relations.known()}) == len(relations.known())


def test_every_kind_of_record_a_file_hangs_on_is_thought_of() -> None:
    """Files of follow-ups, purchases and problems follow them; of others a merge must know."""
    assert set(Attachment.Of.values) == {
        *("customer", "contact"),
        *("follow_up", "purchase", "problem"),
    }


def test_every_column_of_a_customer_is_thought_of() -> None:
    """Chosen as a field, goes with one, or stays the survivor's."""
    fields = {one.key for one in SHIPPED if one.of == "customer" and not one.is_fixed}
    beside = {name for names in choosing.BESIDE.values() for name in names}
    columns = {field.name for field in Customer._meta.concrete_fields}
    assert columns <= fields | beside | choosing.OF_THE_SURVIVOR
    assert columns >= choosing.OF_THE_SURVIVOR
    assert not (fields - {"kind"}) & choosing.OF_THE_SURVIVOR
