"""A practice workspace for tests: laid once for a module, by the process that lays real ones."""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from tests.site import migrated
from zhike.base import practice
from zhike.base.models import Practice
from zhike.site.practice import making

SIZE = 26  # so that somebody gets some, and the made-up colleagues keep theirs
LAID_AT = datetime(2026, 11, 17, 20, 0, tzinfo=UTC)


@contextmanager
def laid() -> Iterator[int]:
    """Lay one, and take it away in the end; nobody can enter it before `standing`.

    Tests that run side by side take turns: the embedded databases of all lie in one folder.
    """
    with (Path(tempfile.gettempdir()) / "zhike-practice-tests.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield from _laid()


def _laid() -> Iterator[int]:
    number = max([0, *practice.existing()]) + 1
    practice.create(number)
    if connection.vendor == "sqlite":  # its tables stand already; the process lays the rest
        shutil.copyfile(migrated.file(), practice._file(connection.settings_dict["NAME"], number))
    try:
        making.lay(number, SIZE, lambda _done, _of: None)
        yield number
    finally:
        practice.close()
        practice.drop(number)


def standing(number: int) -> None:
    """Let the workspace stand, as the job does in the end."""
    Practice.objects.update_or_create(
        pk=Practice.THE,
        defaults={
            "generation": number,
            "made_at": LAID_AT,
            "made_by": making.version(),
            "size": SIZE,
        },
    )


def ask(api: Any, method: str, path: str, body: Any = None, **query: Any) -> Any:
    """Call the API in the practice workspace, as `Api.call` does in the real data."""
    extra: dict[str, Any] = {"headers": {"X-CSRFToken": api.csrf}}
    if body is not None:
        extra |= {"data": json.dumps(body), "content_type": "application/json"}
    if query:
        extra["query_params"] = query
    return api.client.generic(method, f"/practice/api/v1{path}", **extra)
