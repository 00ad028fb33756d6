"""Whether the process lives, and whether it can work."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

_migrated = False


def livez(_request: HttpRequest) -> HttpResponse:
    """Answer at all."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 once the database answers and has every migration, 503 until then."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        ready = migrated()
    except DatabaseError:
        ready = False
    text = "ok" if ready else "not ready"
    return HttpResponse(text, status=200 if ready else 503, content_type="text/plain")


def migrated() -> bool:
    """Tell whether every migration was applied; asked of the database until it is so."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated
