"""Writers of one process take turns: fairly, without dead-lock, whatever happens to one of them."""

from __future__ import annotations

import gc
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.utils import OperationalError

from zhike.base import sqlite
from zhike.base.sqlite.base import DatabaseWrapper
from zhike.base.sqlite.queue import WriterQueue, queue_of


@pytest.fixture
def database(tmp_path: Path) -> dict[str, Any]:
    """Settings of a database file of its own."""
    return connections.settings["default"] | {
        "ENGINE": "zhike.base.sqlite",
        "NAME": str(tmp_path / "queue.sqlite3"),
        "OPTIONS": sqlite.options(timeout=5),
    }


@pytest.fixture
def wrapper(database: dict[str, Any], django_db_blocker: Any) -> Any:
    """A connection to it, with a table."""
    with django_db_blocker.unblock():
        made = DatabaseWrapper(database, "queue")
        with made.cursor() as cursor:
            cursor.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, word TEXT UNIQUE)")
        yield made
        made.close()


def begin(wrapper: Any) -> None:
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def free(wrapper: Any) -> bool:
    turn = queue_of(wrapper.settings_dict["NAME"]).wait(0.01)
    if turn is not None:
        turn.release()
    return turn is not None


def test_turn_ends_with_commit_rollback_and_close(wrapper: Any) -> None:
    for end in (wrapper.commit, wrapper.rollback):
        begin(wrapper)
        assert not free(wrapper)
        end()
        wrapper.set_autocommit(True)
        assert free(wrapper)
    begin(wrapper)
    wrapper.close()
    assert free(wrapper)


def test_turn_ends_when_its_connection_is_thrown_away(
    wrapper: Any, database: dict[str, Any]
) -> None:
    def write_and_die() -> None:
        begin(DatabaseWrapper(database, "other"))

    thread = threading.Thread(target=write_and_die)
    thread.start()
    thread.join()
    gc.collect()  # Django's connections hold themselves in a ring
    assert free(wrapper)


def test_waiting_ends_after_the_timeout(wrapper: Any, database: dict[str, Any]) -> None:
    options = sqlite.options(timeout=0)
    impatient = DatabaseWrapper(database | {"OPTIONS": options}, "other")
    begin(wrapper)
    with pytest.raises(OperationalError):
        begin(impatient)
    impatient.close()
    wrapper.commit()
    wrapper.set_autocommit(True)
    assert free(wrapper)


def test_a_lock_held_by_another_process_gives_the_turn_back(
    wrapper: Any, database: dict[str, Any]
) -> None:
    import pysqlite3

    outside = pysqlite3.connect(database["NAME"], isolation_level=None)
    outside.execute("BEGIN IMMEDIATE")
    quick = DatabaseWrapper(database | {"OPTIONS": sqlite.options(timeout=0)}, "other")
    with pytest.raises(OperationalError):
        begin(quick)
    assert free(wrapper)
    outside.execute("ROLLBACK")
    outside.close()
    quick.close()


def test_first_come_first_served() -> None:
    queue, order = WriterQueue(), list[int]()
    held = queue.wait(1)
    assert held is not None

    def take(number: int) -> None:
        turn = queue.wait(5)
        assert turn is not None
        order.append(number)
        turn.release()

    threads = []
    for number in range(20):
        threads.append(threading.Thread(target=take, args=(number,)))
        threads[-1].start()
        while len(queue._waiting) <= number:
            time.sleep(0.001)
    held.release()
    for thread in threads:
        thread.join()
    assert order == list(range(20))


def test_giving_up_leaves_the_queue_in_order() -> None:
    queue = WriterQueue()
    held = queue.wait(1)
    assert held is not None
    assert queue.wait(0.01) is None
    held.release()
    held.release()
    again = queue.wait(0.01)
    assert again is not None


@pytest.mark.django_db(transaction=True)
def test_many_threads_write_and_fail_without_locking_each_other_out() -> None:
    from zhike.customers.models import Tag

    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for round_ in range(10):
                with transaction.atomic():
                    count = Tag.objects.count()  # reads first, as a deferred one would fail on
                    Tag.objects.create(name=f"{number}-{round_}-{count}")
                try:
                    with transaction.atomic():
                        Tag.objects.create(name=f"double-{number}")
                        Tag.objects.create(name=f"double-{number}")
                except IntegrityError:
                    pass
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Tag.objects.count() == 120
