"""What data scopes and field rights cost the customer list: the same request with and without.

"Without" takes out of the running product whatever rights add: role and department beside the
person, the reach, the check of the sort column, the levels of the row's fields. What remains
for the narrowest role is the plain filter by owner that any list of one's own would need.
"""

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from django.db import connection

from bench.lists import CASES, _queries, _signed_in, get
from zhike.access import sessions
from zhike.access.models import Department, Person, Role
from zhike.access.rights import Rights, Scope
from zhike.customers import listing, pages
from zhike.customers.models import Customer
from zhike.customers.queries import Part

GOAL = "≤ 1.2"
_COLUMNS = [str(field.column) for field in Person._meta.concrete_fields]
_NAMES = [field.attname for field in Person._meta.concrete_fields]
_PERSON = f"SELECT {', '.join(_COLUMNS)} FROM {Person._meta.db_table} WHERE id = %s"


class ShowsAll(pages.Shows):
    """Every group of fields, asked of nobody."""

    def __init__(self, actor: Person) -> None:
        self.actor = actor
        self.hidden: list[str] = []
        self.contact = self.names = self.pool_names = self.email = True


@contextlib.contextmanager
def without_rights(role: Role, *, own: bool) -> Iterator[None]:
    """Run the list as if there were no rights; `own` keeps the filter by owner."""

    def parts(actor: Person, **_how: Any) -> list[Part] | None:
        return [Part('"zhike_customer"."owner_id" = %s', [actor.pk])] if own else None

    def get_user(_self: Any, user_id: Any) -> Person:
        with connection.cursor() as cursor:
            cursor.execute(_PERSON, [user_id])
            person = Person.from_db(connection.alias, _NAMES, cursor.fetchone())
        person.role = role
        return person

    with (
        patch.object(listing, "scope_parts", parts),
        patch.object(listing, "require_read", lambda *args, **more: None),
        patch.object(pages, "Shows", ShowsAll),
        patch.object(sessions.SignIn, "get_user", get_user),
    ):
        yield


def measure(rounds: int = 25) -> list[dict[str, Any]]:
    """Return a result for the widest, a middling and the narrowest role, by three sort orders."""
    service = Role.objects.get(key="service_lead")
    narrow = Role.objects.create(
        key="narrow",
        name="最窄",
        granted=Rights(
            scopes={"customer": Scope("own")},
            fields=Role.objects.get(key="marketing").rights.fields,
        ).stored(),
    )
    sales, lead = Role.objects.get(key="sales"), Role.objects.get(key="sales_lead")
    person = Person.objects.get(username="s1")
    results = []
    for label, role, own, goal in (
        ("最宽：看全部", service, False, GOAL),
        ("最窄：只看自己的", narrow, True, GOAL),
        ("销售：自己的、共享的、公海", sales, True, ""),
        ("销售主管：部门及下级", lead, True, ""),
    ):
        Person.objects.filter(pk=person.pk).update(role=role)
        cookie = _signed_in(Person.objects.get(pk=person.pk))
        for name, query in CASES.items():
            if "contract_amount" in query:
                continue

            def ask(query: str = query, cookie: str = cookie) -> None:
                get("/api/v1/customers", query, cookie)

            with_, without = _paired(ask, role, own=own, rounds=rounds)
            results.append(
                {
                    "name": f"权限对客户列表的开销 · {label} · {name}",
                    "database": connection.vendor,
                    "rows": Customer.objects.count(),
                    "people": Person.objects.count(),
                    "departments": Department.objects.count(),
                    "ratio": round(with_ / without, 3),
                    "ours_ms": round(with_, 3),
                    "bare_ms": round(without, 3),
                    "goal": goal,
                    "queries": _queries(ask),
                }
            )
    Person.objects.filter(pk=person.pk).update(role=sales)
    return results


def _paired(ask: Callable[[], None], role: Role, *, own: bool, rounds: int) -> tuple[float, float]:
    """Median CPU milliseconds of a request with and without rights, measured in turn."""
    for _ in range(20):
        ask()
    with_, without = [], []
    for _ in range(rounds):
        with_.append(_ten(ask))
        with without_rights(role, own=own):
            ask()
            without.append(_ten(ask))
        ask()
    return statistics.median(with_), statistics.median(without)


def _ten(ask: Callable[[], None]) -> float:
    start = time.process_time()
    for _ in range(10):
        ask()
    return (time.process_time() - start) * 100
