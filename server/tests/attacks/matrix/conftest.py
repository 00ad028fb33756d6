"""The world is built once for a module, in a transaction that is never committed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from tests.attacks.matrix.asking import Secrets
from tests.attacks.matrix.world import World
from tests.people import NOW, digest_of_tables


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("matrix")
    block: Any = transaction.atomic()
    block._from_testcase = True
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        override_settings(ZHIKE_DATA=folder),
        block,
    ):
        try:
            built = World()
            built.digest = digest_of_tables()
            yield built
            assert digest_of_tables() == built.digest, "a call was not taken back"
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def secrets(world: World) -> Secrets:
    return Secrets(world)
