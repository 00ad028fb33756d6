"""The settings and the people of the house, copied into the practice workspace.

Never a customer, never anything of one: `HOUSE` names every model that is copied, and a test has
each model stand either there or among those that are not. What is copied keeps its number, what is
made up is numbered far above (`practice.MADE_UP`), so neither gets into the other's way. It all
goes and comes anew in one transaction; what referred to something that is gone lets go of it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, models, transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from zhike.access.models import Department, Organisation, Person, Role
from zhike.access.rights import ADMINISTRATOR, SALES
from zhike.base import practice
from zhike.care.models import (
    CadenceRule,
    CareRules,
    Checklist,
    Phrase,
    Playbook,
    PoolRules,
    Template,
)
from zhike.customers.models import FileRules
from zhike.fields import registry
from zhike.fields.models import Catalogue, Field, Rule, Word

# The catalogue of fields first: whoever changes something meanwhile makes its version older.
HOUSE: tuple[type[models.Model], ...] = (
    *(Catalogue, Role, Department, Person, Organisation),
    *(Field, Word, Rule, FileRules),
    *(CareRules, CadenceRule, PoolRules),
    *(Template, Phrase, Checklist, Playbook),
)
_MARK = "（练习）"


def is_current(person_id: int) -> bool:
    """Tell whether the workspace at hand knows the settings as they are, and the person.

    Who is known there as gone, as after a backup was put back, comes along anew.
    """
    table = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT version FROM {table(Catalogue._meta.db_table)} WHERE id = 1),"
            f" (SELECT COUNT(*) FROM {table(Person._meta.db_table)}"
            " WHERE id = %s AND is_active)",
            [person_id],
        )
        version, known = cursor.fetchone()
    return bool(known) and (version or 0) == registry.current().version


def copy(number: int) -> None:
    """Have a practice workspace know the settings and the people as they are at this moment."""
    rows = {model: [_shown(row) for row in _every(model)] for model in HOUSE}
    with practice.entered(number), transaction.atomic():
        _lock()
        people = [one.pk for one in rows[Person]]
        others = _every(Person).exclude(pk__in=people)
        held = dict(others.values_list("pk", "role__key"))
        for model in HOUSE:
            going = _every(model)
            if model is Person:
                going = going.filter(pk__in=people)
            elif model is Department:
                going = going.filter(pk__lt=practice.MADE_UP)
            going._raw_delete(connection.alias)
        _out_of_the_way(rows, others)
        for model, found in rows.items():
            model._base_manager.bulk_create(found, batch_size=200)
        _roles_again(held)
        for model in connection.introspection.installed_models(
            connection.introspection.table_names()
        ):
            _let_go(model)


def _every(model: type[models.Model]) -> QuerySet[Any]:
    return model._base_manager.order_by("pk")


def _shown(row: models.Model) -> models.Model:
    """A person comes without what they sign in with and without their address."""
    if isinstance(row, Person):
        row.password, row.email, row.last_login = make_password(None), "", None
    return row


def _lock() -> None:
    """One at a time; with SQLite, whoever writes is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Catalogue._meta.db_table} IN EXCLUSIVE MODE")


def _out_of_the_way(rows: dict[type[models.Model], list[Any]], others: QuerySet[Any]) -> None:
    """Rename what was made up where something real has come by the same name since.

    Who was here and is no more, as after a backup was put back, stays with what they wrote.
    """
    gone = others.filter(pk__lt=practice.MADE_UP)
    name = Concat(Value("gone-"), Cast("pk", models.CharField()))
    gone.update(username=name, is_active=False, department=None)
    taken = {one.username for one in rows[Person]}
    others.filter(username__in=taken).update(username=Concat(F("username"), Value("-lx")))
    top = {one.name for one in rows[Department] if one.parent_id is None}
    departments = _every(Department).filter(name__in=top)
    departments.update(name=Concat(F("name"), Value(_MARK)))


def _roles_again(held: dict[int, str]) -> None:
    """Give those who are not of the house the role of the same key, or else the plainest."""
    roles = dict(Role.objects.values_list("key", "pk"))
    spare = roles.get(SALES) or roles[ADMINISTRATOR]
    for key in set(held.values()):
        people = [pk for pk, of in held.items() if of == key]
        _every(Person).filter(pk__in=people).update(role=roles.get(key, spare))


def _let_go(model: type[models.Model]) -> None:
    """Mend or delete the rows that refer to something of the house that is gone."""
    for field in model._meta.concrete_fields:
        target = field.related_model
        if target not in HOUSE or target in (Person, Role):  # those are seen to
            continue
        there = target._base_manager.values("pk")
        lost = _every(model).filter(**{f"{field.name}__isnull": False})
        lost = lost.exclude(**{f"{field.name}__in": there})
        if not lost.exists():
            continue
        if field.null:
            lost.update(**{field.name: None})
        else:
            lost.delete()
