"""Where the tests run: a data folder of their own, on SQLite or a throw-away PostgreSQL.

`ZHIKE_TEST_DATABASE=postgres` starts a cluster for this run and removes it afterwards. This file
sets the environment before Django reads its settings, hence code at import.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site import installation, postgres

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
FOLDER = Path(tempfile.mkdtemp(prefix="zhike-tests-"))
CLUSTER: postgres.Cluster | None = None

for name in [name for name in os.environ if name.startswith("ZHIKE_") and "TEST" not in name]:
    del os.environ[name]
if os.environ.get("ZHIKE_TEST_DATABASE", "sqlite") == "postgres":
    if not IS_WORKER:
        CLUSTER = postgres.Cluster.start()
        os.environ["ZHIKE_TEST_URL"] = CLUSTER.url
    os.environ["ZHIKE_DATABASE_URL"] = os.environ["ZHIKE_TEST_URL"]
if not IS_WORKER:
    os.environ["ZHIKE_TEST_SHARED"] = tempfile.mkdtemp(prefix="zhike-tests-shared-")
os.environ["ZHIKE_DATA"] = str(FOLDER)
os.environ["ZHIKE_LOG_LEVEL"] = "warning"
os.environ["ZHIKE_STREAM_SECONDS"] = "0"  # a stream says what there is, and ends
os.environ["DJANGO_SETTINGS_MODULE"] = "zhike.site.settings"

from zhike.site import environment  # noqa: E402

environment.prepare(environment.read())

import django  # noqa: E402

django.setup()

from tests.base import commits, static_files  # noqa: E402
from tests.site import migrated  # noqa: E402
from zhike.fields import registry  # noqa: E402

commits.install()
static_files.install()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a file stay in one process: what it builds for all of them is built once.

    But those that commit, and leave the tables empty, are a group of their own: pytest-django has
    put them behind all others.
    """
    for item in items:
        path = item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(f"{path} commits" if _commits(item) else path))


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    wanted = {"transactional_db", "live_server", "django_db_reset_sequences"}
    fixtures = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or not wanted.isdisjoint(fixtures)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    if CLUSTER is not None:
        CLUSTER.stop()
    shutil.rmtree(FOLDER, ignore_errors=True)
    if not IS_WORKER:
        shutil.rmtree(os.environ["ZHIKE_TEST_SHARED"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Django finds a test database that is migrated already, and keeps it."""
    migrated.place_test_database()
    return True


@pytest.fixture(scope="session")
def live_zhike() -> Iterator[installation.Installation]:
    """A whole installation in processes of its own, with an administrator, on a free port."""
    with installation.running() as running:
        yield running


@pytest.fixture(autouse=True)
def _fields_as_shipped() -> Iterator[None]:
    """What one test defined is rolled back; nobody may remember it."""
    registry.forget()
    yield
    registry.forget()
