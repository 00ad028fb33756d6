"""The PostgreSQL backend reads times by the compiled loader, with the same result."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about PostgreSQL"),
    pytest.mark.django_db,
]
MOMENT = datetime(2026, 11, 18, 9, 30, 15, 123456, tzinfo=UTC)


def test_times_come_back_aware_and_equal() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [MOMENT])
        (found,) = cursor.fetchone()
    assert found == MOMENT
    assert found.utcoffset() is not None
    assert found.utcoffset().total_seconds() == 0


def test_loader_is_the_compiled_one_on_every_cursor() -> None:
    with connection.cursor() as cursor:
        adapters = cursor.cursor.adapters
        loader = adapters.get_loader(adapters.types["timestamptz"].oid, 0)
    assert loader.__module__.startswith("psycopg_binary")


def test_values_are_bound_by_the_server() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int + 1", [41])
        assert cursor.fetchone() == (42,)
        assert cursor.cursor._query.query == b"SELECT $1::int + 1"
