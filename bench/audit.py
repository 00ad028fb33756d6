"""`python -m bench.audit`: 200,000 events; what each filter of the audit log costs, and why.

Prints milliseconds of CPU for a page of 50, and the plan of the database's slowest part; then how
long the verification of the whole chain takes. Not part of `make bench`: nothing is compared.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from datetime import timedelta
from typing import Any

VERBS = {
    "customer.created": 250,
    "customer.changed": 300,
    "follow_up.logged": 300,
    "value.revealed": 60,
    "care.logged": 50,
    "task.done": 30,
    "session.signed_in": 8,
    "export.made": 1,
    "person.changed": 1,
}


def main(size: int) -> None:
    """Make the events in a data folder of its own and look at each filter."""
    with tempfile.TemporaryDirectory(prefix="zhike-bench-") as folder:
        os.environ["ZHIKE_DATA"] = folder
        os.environ["ZHIKE_LOG_LEVEL"] = "error"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.site.settings")
        from zhike.site import environment

        environment.prepare(environment.read())
        import django

        django.setup()
        from zhike.site import storage

        storage.migrate()
        boss, people = _people()
        start = time.process_time()
        _events(people, size)
        spent = time.process_time() - start
        print(f"{size} 条事件，写入用了 {spent:.1f} 秒 CPU，每条 {spent / size * 1e6:.1f} 微秒")
        _filters(boss, people)
        _verification()


def _people() -> tuple[Any, list[int]]:
    from zhike.access.actions import set_up
    from zhike.access.models import Person
    from zhike.base import clock

    words = {"organisation": "量速", "name": "量速", "username": "bench"}
    boss = set_up(password="bench-" + os.urandom(9).hex(), now=clock.now(), **words)
    people = [
        Person(username=f"p{n}", name=f"同事{n}", role=boss.role, created_at=clock.now())
        for n in range(50)
    ]
    Person.objects.bulk_create(people)
    return boss, list(Person.objects.values_list("pk", flat=True))


def _events(people: list[int], size: int) -> None:
    from django.db import connection, transaction

    from zhike.base import clock, origin
    from zhike.trail.bulk import record_many

    chance = random.Random(7)
    begin = clock.now() - timedelta(days=365)
    for first in range(0, size, 1000):
        entered = origin.enter(
            "session", address=f"10.0.{first // 1000 % 50}.1", request_id=f"{first:032x}"
        )
        rows = []
        for n in range(first, min(first + 1000, size)):
            at = begin + timedelta(days=365) * (n / size)
            verb = chance.choices(list(VERBS), VERBS.values())[0]
            row = {"at": at, "on": clock.day_of(at), "verb": verb, "actor": chance.choice(people)}
            if not verb.startswith(("session", "export", "person")):
                row |= {"customer_id": chance.randrange(1, 20_001), "record_type": "customer"}
            row |= {"data": {"name": f"公司{n}", "changes": {"grade": ["A", "B"]}}}
            rows.append(row)
        with transaction.atomic():
            record_many(rows)
        origin.leave(entered)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _filters(boss: Any, people: list[int]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from zhike.access import audit
    from zhike.base import clock
    from zhike.trail.audit import Wish

    day = clock.today() - timedelta(days=300)
    wishes = {
        "全部": Wish(),
        "一位同事": Wish(person=people[7]),
        "常见的一类": Wish(group="customer"),
        "少见的一类": Wish(group="people"),
        "一位同事的一类": Wish(person=people[7], group="reveal"),
        "一位同事少见的一类": Wish(person=people[7], group="exchange"),
        "一位客户": Wish(customer=77),
        "很久以前的一天": Wish(since=day, until=day),
        "很久以前的一天里少见的一类": Wish(since=day, until=day, group="people"),
        "请求编号": Wish(q=f"{5000:032x}"),
        "地址": Wish(q="10.0.9.1"),
        "没有的地址": Wish(q="10.9.9.9"),
    }
    for name, wish in wishes.items():
        found, _ = audit.page(boss, wish, cursor=None, limit=50)
        spent = []
        for _round in range(15):
            start = time.process_time()
            audit.page(boss, wish, cursor=None, limit=50)
            spent.append((time.process_time() - start) * 1000)
        with CaptureQueriesContext(connection) as seen:
            audit.page(boss, wish, cursor=None, limit=50)
        asked = [one for one in seen.captured_queries if "zhike_event" in one["sql"]]
        slowest = max(asked, key=lambda one: float(one["time"]))
        print(f"{statistics.median(spent):7.1f} ms  {len(found):3} 条  {len(seen):2} 次  {name}")
        for line in _plan(slowest["sql"]):
            print(f"            {line}")


def _plan(sql: str) -> list[str]:
    from django.db import connection

    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.cursor.connection.cursor()
        found = cursor.cursor.connection.execute(f"EXPLAIN QUERY PLAN {_quoted(sql)}").fetchall()
    return [row[3] for row in found]


def _quoted(sql: str) -> str:
    """Times stand bare in what Django remembers of a statement."""
    import re

    return re.sub(r"(?<!')\b(\d{4}-\d\d-\d\d(?: [\d:.]+)?)(?!')", r"'\1'", sql)


def _verification() -> None:
    from zhike.trail import verification

    start = time.process_time()
    result = verification.verify()
    spent = time.process_time() - start
    print(f"核对 {result.events} 条用了 {spent:.1f} 秒 CPU：{result.problem or '无误'}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="审计日志的各种查法")
    asked.add_argument("--size", type=int, default=200_000, help="事件数")
    main(asked.parse_args().size)
