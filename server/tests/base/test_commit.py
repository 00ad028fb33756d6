"""Work put off to the end of a transaction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from zhike.base.commit import before_commit, do_now

done: list[object] = []
after: list[str] = []


def work(items: list[str]) -> Callable[[], None]:
    done.append((items, _open()))
    return lambda: after.append("-".join(items))


def other(items: list[str]) -> None:
    done.append(("other", items))


def fails(items: list[str]) -> None:
    raise DatabaseError(items[0])


def breaks(items: list[str]) -> None:
    raise KeyError(items[0])


def _open() -> bool:
    return not connection.get_autocommit() or connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def empty() -> None:
    done.clear()
    after.clear()


@pytest.mark.django_db(transaction=True)
class TestReally:
    def test_items_are_handed_over_together_before_the_commit(self) -> None:
        with transaction.atomic():
            before_commit(work, "a")
            with transaction.atomic():
                before_commit(other, "o")
                before_commit(work, "b")
            assert done == []
        assert done == [(["a", "b"], True), ("other", ["o"])]
        assert after == ["a-b"]

    def test_what_is_rolled_back_is_forgotten(self) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            before_commit(work, "a")
            raise ZeroDivisionError
        with transaction.atomic():
            pass
        assert done == []

    def test_a_savepoint_takes_its_own_along(self) -> None:
        with transaction.atomic():
            before_commit(work, "a")
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                before_commit(work, "b")
                with transaction.atomic():
                    before_commit(work, "c")
                raise ZeroDivisionError
            before_commit(work, "d")
        assert done == [(["a", "d"], True)]

    @pytest.mark.parametrize(("bad", "error"), [(fails, DatabaseError), (breaks, KeyError)])
    def test_if_it_fails_nothing_is_committed(self, bad: object, error: type[Exception]) -> None:
        from tests.base.test_jobs import NOW
        from zhike.base.models import Daily

        with pytest.raises(error), transaction.atomic():
            Daily.objects.create(name="x", day=NOW.date())
            before_commit(work, "a")
            before_commit(bad, "b")
        assert not Daily.objects.exists()
        assert after == []
        with transaction.atomic():
            before_commit(work, "c")
        assert after == ["c"]

    def test_done_now_it_goes_with_its_savepoint(self) -> None:
        with transaction.atomic():
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                before_commit(work, "a")
                do_now()
                raise ZeroDivisionError
            before_commit(work, "b")
        assert [one[0] for one in done] == [["a"], ["b"]]
        assert after == ["b"]

    def test_only_a_transaction_can_put_work_off(self) -> None:
        with pytest.raises(RuntimeError):
            before_commit(work, "a")


@pytest.mark.django_db
def test_in_tests_the_outermost_block_counts_as_the_commit() -> None:
    with transaction.atomic():
        before_commit(work, "a")
        with transaction.atomic():
            before_commit(work, "b")
        assert done == []
    assert [one[0] for one in done] == [["a", "b"]]
    assert after == []
