"""The customer list through the whole HTTP stack, against its bare SQL with decryption."""

import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client

from zhike.access.models import Person
from zhike.base import clock, keyring
from zhike.customers.models import Contact, Customer

# Called by this very thread, whose statements and time are counted.
application = get_wsgi_application()
CASES = {
    "newest": "",
    "next_follow_up": "sort=next_follow_up_on",
    "filtered": "type=existing&is_key=true&sort=-last_follow_up_on",
}
BARE = {
    "newest": ("", "c.id DESC"),
    "next_follow_up": ("AND c.next_follow_up_on IS NOT NULL", "c.next_follow_up_on, c.id"),
    "filtered": (
        "AND c.type = 'existing' AND c.is_key AND c.last_follow_up_on IS NOT NULL",
        "c.last_follow_up_on DESC, c.id DESC",
    ),
}
SQL = """
SELECT c.id, c.version, c.code, c.name, c.kind, c.type, c.is_key, c.tier, c.grade, c.industry,
  c.region, c.source, c.owner_id, p.name, c.cooperation_since, c.contract_amount, c.products,
  c.last_follow_up_on, c.next_follow_up_on, c.need_status, c.created_at,
  t.id, t.name, t.title, t.mobile, t.landline, t.email
FROM zhike_customer c LEFT JOIN zhike_person p ON p.id = c.owner_id
LEFT JOIN zhike_contact t ON t.customer_id = c.id AND t.is_primary AND t.deleted_at IS NULL
WHERE c.deleted_at IS NULL {owner} {where} ORDER BY {order} LIMIT 51
"""


def bare(where: str, order: str, owner_id: int | None) -> None:
    """The list as nobody could do with less: one statement, decryption, JSON."""
    owner = f"AND c.owner_id = {owner_id}" if owner_id else ""
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(owner=owner, where=where, order=order))
        rows = cursor.fetchall()
    json.dumps(opened(rows[:50], 21), ensure_ascii=False, default=str)


def opened(rows: list[tuple[Any, ...]], contact: int) -> list[list[Any]]:
    """Rows with their contact's numbers decrypted; `contact` is the column of the contact's id."""
    sealed = ((contact + 3, "mobile"), (contact + 5, "email"))
    return [
        [
            *row[: contact + 3],
            *(
                keyring.unseal(row[at], table=Contact._meta.db_table, field=field, row=row[contact])
                for at, field in sealed
                if row[at]
            ),
        ]
        for row in rows
    ]


def cpu(ours: Callable[[], Any], theirs: Callable[[], Any], times: int) -> tuple[float, float]:
    """Median CPU milliseconds of this process for one call of each, in groups of ten.

    The groups take turns: a machine that is slow for a while is slow for both.
    """
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for work, groups in zip((ours, theirs), spent, strict=True):
            start = time.process_time()
            for _ in range(10):
                work()
            groups.append((time.process_time() - start) * 100)
    return statistics.median(spent[0]), statistics.median(spent[1])


def _signed_in(person: Person) -> str:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def get(path: str, query: str, cookie: str) -> bytes:
    """Send one request through the whole WSGI application, as the server does."""
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    seen: list[str] = []
    answer = application(environ, lambda status, headers: seen.append(status))
    body = b"".join(answer)
    answer.close()
    assert seen[0].startswith("200"), (seen, body[:300])
    return body


def measure(boss: Person, rounds: int = 15) -> list[dict[str, Any]]:
    """Return a result per list and reader; queries are counted, too."""
    seller = Person.objects.get(username="s1")
    results = []
    for who, person in (("管理员", boss), ("销售", seller)):
        cookie = _signed_in(person)
        owner_id = None if person.scope("customer").reach == "all" else person.pk
        for name, query in CASES.items():

            def through_http(query: str = query, cookie: str = cookie) -> None:
                get("/api/v1/customers", query, cookie)

            def by_hand(name: str = name, owner_id: int | None = owner_id) -> None:
                bare(*BARE[name], owner_id)

            for _ in range(20):
                through_http()
                by_hand()
            ours, theirs = cpu(through_http, by_hand, rounds)
            results.append(
                {
                    "name": f"客户列表 50 行 · {name} · {who}",
                    "database": connection.vendor,
                    "rows": Customer.objects.count(),
                    "ratio": round(ours / theirs, 2),
                    "ours_ms": round(ours, 3),
                    "bare_ms": round(theirs, 3),
                    "goal": "≤ 4",
                    "queries": _queries(through_http),
                    "on": clock.today().isoformat(),
                }
            )
    return results


def _queries(work: Callable[[], Any]) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)
