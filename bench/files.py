"""The customer file at full size: entering with the search for duplicates, a list by a field of
one's own, the completeness of everybody; each against its bare SQL in the same run.
"""

from __future__ import annotations

import io
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.test import Client

from bench.data import PLACES, SURNAMES, TRADES, WORDS
from bench.lists import _queries, application, cpu, get, opened
from zhike.access.models import Person
from zhike.base import clock
from zhike.base.identity import reserve
from zhike.base.table import Table
from zhike.customers import likeness, search
from zhike.customers.models import Contact, Customer, derived_from_name
from zhike.fields import actions as fields
from zhike.fields import registry, sealed

COLOURS = ("红", "橙", "黄", "绿", "青", "蓝", "紫", "灰", "黑", "白")


def own_field(boss: Person) -> tuple[str, int, list[str]]:
    """Define a field of one's own with ten choices; return its key, id and values."""
    made = fields.define_field(
        actor=boss,
        now=clock.now(),
        of="customer",
        label="偏好颜色",
        type="choice",
        choices=[{"label": one} for one in COLOURS],
    )
    registry.refresh()
    found = registry.definition("customer", made.key)
    assert found is not None and found.pk is not None
    words = registry.current().dictionaries[found.dictionary]
    return found.key, found.pk, [entry.value for entry in words]


class Visitor:
    """Somebody signed in, whose requests go through the whole WSGI application."""

    def __init__(self, person: Person) -> None:
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(person)
        token = "t" * 32
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self._cookie = "; ".join(f"{k}={v}" for k, v in (cookies | {"csrftoken": token}).items())
        self._token = token

    def get(self, path: str, query: str) -> bytes:
        """Return the body of an answer."""
        return get(path, query, self._cookie)

    def post(self, path: str, body: dict[str, Any]) -> None:
        """Send a body; anything but 201 ends the bench."""
        content = json.dumps(body).encode()
        environ = {
            "REQUEST_METHOD": "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(content)),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": self._cookie,
            "HTTP_X_CSRFTOKEN": self._token,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(content),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        seen: list[str] = []
        answer = application(environ, lambda status, headers: seen.append(status))
        told = b"".join(answer)
        answer.close()
        assert seen[0].startswith("201"), (seen, told[:300])


def measure(boss: Person, key: str, field_id: int, values: list[str]) -> list[dict[str, Any]]:
    """Return the results of the three."""
    visitor = Visitor(boss)
    return [
        *_entering(visitor, boss),
        _by_own_field(visitor, key, field_id, values),
        _completeness(visitor),
    ]


def _result(name: str, ours: float, theirs: float, goal: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "database": connection.vendor,
        "rows": Customer.objects.count(),
        "ratio": round(ours / theirs, 2),
        "ours_ms": round(ours, 3),
        "bare_ms": round(theirs, 3),
        "goal": goal,
        "on": clock.today().isoformat(),
        **more,
    }


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _entering(visitor: Visitor, boss: Person) -> list[dict[str, Any]]:
    """Enter 200 customers: asked for duplicates first, as the form does; against bare inserts."""
    chance = random.Random(4)
    looked, ours, theirs = [], [], []
    for n in range(220):
        word = chance.choice(WORDS) + chance.choice(WORDS)
        name = f"{chance.choice(PLACES)}{word}{chance.choice(TRADES)}有限公司"
        body = {
            "name": name,
            "kind": "company",
            "contact_name": f"{chance.choice(SURNAMES)}经理",
            "mobile": f"139{n:08}",
        }
        query = "name=" + "".join(f"%{byte:02X}" for byte in name.encode())
        looking = _timed(lambda query=query: visitor.get("/api/v1/customers/similar", query))
        entering = _timed(lambda body=body: visitor.post("/api/v1/customers", body))
        bare = _timed(lambda body=body, n=n: _bare_insert(boss, body, n))
        if n >= 20:
            looked.append(looking)
            ours.append(looking + entering)
            theirs.append(bare)
    return [
        _result("录入客户（含查重）· p95", _p95(ours), _p95(theirs), "≤ 5"),
        _result("边输入边查重 · p95", _p95(looked), _p95(theirs), "≤ 150 ms"),
    ]


def _bare_insert(boss: Person, body: dict[str, Any], n: int) -> None:
    """The same rows with the same indexes, already decided; nothing is checked or told."""
    now: datetime = clock.now().astimezone(UTC)
    with transaction.atomic():
        pk, contact = reserve(Customer, 1)[0], reserve(Contact, 1)[0]
        row = {
            "id": pk,
            "code": f"BARE-{n}-{pk}",
            "name": body["name"],
            **derived_from_name(body["name"]),
            "kind": "company",
            "type": "prospect",
            "owner": boss.pk,
            "recorder": boss.pk,
            "recorded_on": clock.today(),
            "created_at": now,
            "updated_at": now,
        }
        Table(Customer, "id").insert([row])
        mobile = sealed.columns(
            Contact, contact, sealed.sealed_field(Contact, "mobile"), body["mobile"]
        )
        person = {"id": contact, "customer": pk, "name": body["contact_name"], "is_primary": True}
        Table(Contact, "id").insert([person | {"created_at": now} | mobile])
        likeness.lay_many([(pk, body["name"])], new=True)
        words = search.document(body["name"], row["code"], boss.pk, person=False)
        search.put([(pk, words)])


def _by_own_field(visitor: Visitor, key: str, field_id: int, values: list[str]) -> dict[str, Any]:
    wanted = values[3]

    def ours() -> None:
        visitor.get("/api/v1/customers", f"field={key}:eq:{wanted}&show={key}")

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_BARE_LIST, [field_id, wanted])
            rows = cursor.fetchall()
        json.dumps(opened(rows[:50], 22), ensure_ascii=False, default=str)

    for _ in range(10):
        ours()
        bare()
    mine, theirs = cpu(ours, bare, 9)
    return _result("客户列表 50 行 · 按自定义字段筛选", mine, theirs, "≤ 4", queries=_queries(ours))


_BARE_LIST = """
SELECT c.id, c.version, c.code, c.name, c.kind, c.type, c.is_key, c.tier, c.grade, c.industry,
  c.region, c.source, c.owner_id, p.name, c.cooperation_since, c.contract_amount, c.products,
  c.last_follow_up_on, c.next_follow_up_on, c.need_status, c.created_at, c.custom,
  t.id, t.name, t.title, t.mobile, t.landline, t.email
FROM zhike_customvalue v JOIN zhike_customer c ON c.id = v.customer_id
LEFT JOIN zhike_person p ON p.id = c.owner_id
LEFT JOIN zhike_contact t ON t.customer_id = c.id AND t.is_primary AND t.deleted_at IS NULL
WHERE v.field = %s AND v.word = %s AND c.deleted_at IS NULL
ORDER BY v.customer_id DESC LIMIT 51
"""


def _completeness(visitor: Visitor) -> dict[str, Any]:
    def ours() -> None:
        visitor.get("/api/v1/quality/completeness", "")

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT owner_id, COUNT(*), SUM(completeness) FROM zhike_customer"
                " WHERE deleted_at IS NULL GROUP BY owner_id"
            )
            cursor.fetchall()

    def median(work: Callable[[], None]) -> float:
        return statistics.median(_timed(work) for _ in range(7))

    return _result(
        "全公司资料完整度", median(ours), median(bare), "一条查询", queries=_queries(ours)
    )
