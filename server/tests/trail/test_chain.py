"""The chain of seals: what is sealed, what the database refuses, what the verification sees."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.people import NOW, TODAY
from tests.trail.chains import cut_after, execute, head, story, tell, tell_many
from zhike.base import keyring
from zhike.trail import actions, anchor, chain, guard, verification
from zhike.trail.models import Event, Examination, Head

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Path:
    """A data folder of its own, so that heads noted by other tests are not in the way."""
    settings.ZHIKE_DATA = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def test_what_is_sealed_never_changes_its_form() -> None:
    """Seals of years ago must verify under any later version: these bytes are for ever."""
    row = chain.Row(
        datetime(2026, 11, 18, 2, 0, 0, 120, tzinfo=UTC),
        date(2026, 11, 17),
        *("customer.changed", 7, None, "customer", 9, "r" * 4, "10.0.0.1", "session"),
        chain.canonical_json({"b": ["é", None, 1.0, 1e5, 0.1, True], "a": '\u2028/"\\\n\x01'}),
    )
    assert row.data == '{"a":"\u2028/\\"\\\\\\n\\u0001","b":["é",null,1,100000,0.1,true]}'.encode()
    seen: list[bytes] = []
    made = chain._encode((5, *row[:10]))
    assert made == (
        b'[5,"2026-11-18T02:00:00.000120Z","2026-11-17","customer.changed",7,null,"customer",9,'
        b'"rrrr","10.0.0.1","session"]'
    )
    assert chain.seal(chain.START, 5, row) == keyring.mac("audit", bytes(32) + made + row.data)
    assert not seen


def test_a_chain_is_well() -> None:
    story(40)
    result = verification.verify()
    assert (result.well, result.problem) == (True, "")
    assert result.events == Event.objects.count() == 42
    assert list(Event.objects.order_by("id").values_list("id", flat=True)) == list(range(1, 43))
    assert head()[:2] == (42, 42)


def test_an_empty_trail_is_well() -> None:
    assert verification.verify().well


def test_what_is_rolled_back_is_not_in_the_chain() -> None:
    tell(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.record("customer.created", actor=None, now=NOW)
        raise ZeroDivisionError
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            actions.record("customer.deleted", actor=None, now=NOW)
            raise ZeroDivisionError
        actions.record("customer.restored", actor=None, now=NOW)
    verbs = Event.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["customer.changed", "customer.restored"]
    assert verification.verify().well


def test_events_know_where_they_came_from() -> None:
    tell(3)
    with transaction.atomic():
        actions.record("demo.removed", actor=None, now=NOW)
    first, second = Event.objects.order_by("id")
    assert (first.via, first.address, first.request_id) == ("session", "10.0.0.3", f"{3:032}")
    assert (second.via, second.address, second.request_id) == ("system", "", "")


class TestGuard:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE zhike_event SET verb = 'customer.changed' WHERE id = 2",
            'UPDATE zhike_event SET data = \'{}\', "on" = "on"',
            "UPDATE zhike_event SET seal = seal",
            "UPDATE zhike_event SET id = id + 1000",
            "DELETE FROM zhike_event WHERE id = 1",
            "DELETE FROM zhike_event",
        ],
    )
    def test_the_database_refuses(self, sql: str) -> None:
        story(6)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            execute(sql)
        assert verification.verify().well

    def test_the_orm_is_refused_as_well(self) -> None:
        tell(1)
        with pytest.raises(DatabaseError), transaction.atomic():
            Event.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            Event.objects.update(customer_id=None)
        assert Event.objects.count() == 1

    def test_truncating_is_refused(self) -> None:
        """SQLite knows no TRUNCATE: there it is a DELETE of all rows."""
        words = "append-only" if connection.vendor == "postgresql" else "syntax"
        tell(1)
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            execute("TRUNCATE zhike_event")
        assert Event.objects.count() == 1

    def test_whether_it_stands_is_seen(self) -> None:
        assert guard.stands()
        guard.lift()
        assert not guard.stands()
        guard.put()
        guard.put()
        assert guard.stands()


class TestRedating:
    def redate(self, days: int) -> None:
        with transaction.atomic():
            actions.redate(
                "follow_up.logged",
                ("customer", 3),
                on=TODAY - timedelta(days),
                actor=None,
                now=NOW,
            )

    def test_the_day_moves_and_that_is_told(self) -> None:
        tell(2)
        self.redate(3)
        self.redate(9)
        event = Event.objects.get(verb="follow_up.logged")
        assert event.on == TODAY - timedelta(9)
        told = [one.data for one in Event.objects.filter(verb="event.redated").order_by("id")]
        days = [(TODAY - timedelta(n)).isoformat() for n in (0, 3, 9)]
        assert told == [
            {"event": event.pk, "from": days[0], "to": days[1]},
            {"event": event.pk, "from": days[1], "to": days[2]},
        ]
        assert verification.verify().well

    def test_to_the_same_day_is_nothing(self) -> None:
        tell(2)
        self.redate(0)
        assert Event.objects.count() == 1

    def test_in_the_transaction_that_told_it(self) -> None:
        with transaction.atomic():
            tell(2)
            self.redate(5)
        assert Event.objects.get(verb="follow_up.logged").on == TODAY - timedelta(5)
        assert verification.verify().well

    @pytest.mark.parametrize("moved_before", [False, True])
    def test_moving_it_by_hand_is_found(self, moved_before: bool) -> None:
        tell(2)
        if moved_before:
            self.redate(3)
        assert execute("UPDATE zhike_event SET \"on\" = '2020-01-01' WHERE id = 1") == 1
        assert "第 1 号" in verification.verify().problem


class TestAnchor:
    def test_the_head_is_noted_after_each_commit(self, folder: Path) -> None:
        tell(1)
        tell_many(range(3))
        (note,) = anchor.noted()
        assert (note.count, note.last_id, note.seal_bytes) == head()
        assert (folder / anchor.NAME).stat().st_mode & 0o777 == 0o600

    def test_a_line_for_each_day(self, frozen: object) -> None:
        for day in range(3):
            frozen.move_to(NOW + timedelta(days=day))  # type: ignore[attr-defined]
            tell(day)
        assert [one.count for one in anchor.noted()] == [3, 2, 1]
        assert verification.verify().well
        frozen.move_to(NOW + timedelta(days=anchor.DAYS))  # type: ignore[attr-defined]
        tell(9)
        assert [one.count for one in anchor.noted()] == [4, 3, 2]
        assert verification.verify().well

    def test_a_newer_head_is_never_replaced_by_an_older_one(self) -> None:
        tell(1)
        one = chain.read_end()
        tell(2)
        two = chain.read_end()
        assert one and two
        assert anchor.keep(anchor.End(0, 0, bytes(32)), one, NOW)
        assert anchor.noted()[0].count == 2

    def test_a_cut_tail_is_found_also_when_work_goes_on(self) -> None:
        """The head agrees with the rows: only the one noted outside does not."""
        for number in range(10):
            tell(number)
        with guard.lifted():
            cut_after(6)
        assert "留底" in verification.verify().problem
        for number in range(20, 28):  # beyond the place where the old chain ended
            tell(number)
            assert "留底" in verification.verify().problem
        assert anchor.noted()[0].count == 10, "the evidence is kept"

    def test_an_older_copy_jumping_over_the_noted_head_is_found(self) -> None:
        for number in range(10):
            tell(number)
        with guard.lifted():
            cut_after(6)
        tell_many(range(9))
        assert anchor.noted()[0].count == 10
        assert not verification.verify().well

    def test_an_emptied_trail_is_found(self) -> None:
        story(6)
        with guard.lifted():
            execute("DELETE FROM zhike_event")
            execute("DELETE FROM zhike_head")
        assert not verification.verify().well
        tell(1)
        assert not verification.verify().well

    def test_without_a_file_the_chain_alone_is_verified(self, folder: Path) -> None:
        tell(1)
        (folder / anchor.NAME).unlink()
        assert verification.verify().well
        tell(2)
        assert anchor.noted()[0].count == 2

    def test_a_damaged_file_is_written_anew(self, folder: Path) -> None:
        tell(1)
        (folder / anchor.NAME).write_bytes(b"{nonsense" * 9000)
        tell(2)
        assert [one.count for one in anchor.noted()] == [2]

    def test_a_full_disk_stops_nobody(self, folder: Path) -> None:
        (folder / anchor.NAME).mkdir()
        tell(1)
        assert Event.objects.count() == 1


class TestExamination:
    def test_it_is_kept_and_the_next_goes_on_from_there(self) -> None:
        story(20)
        first = verification.examine(now=NOW)
        assert (first.whole, first.well) == (True, True)
        tell(50)
        second = verification.examine(now=NOW + timedelta(days=1))
        assert (second.whole, second.well, second.events) == (False, True, first.events + 1)
        kept = Examination.objects.get()
        assert (kept.count, kept.last_id, bytes(kept.seal)) == head()
        assert kept.whole_at == NOW

    def test_once_a_week_it_is_whole(self) -> None:
        story(6)
        for day, whole in ((0, True), (1, False), (6, False), (7, True), (8, False)):
            assert verification.examine(now=NOW + timedelta(days=day)).whole is whole

    def test_a_forged_checkpoint_is_not_relied_upon(self) -> None:
        for number in range(10):
            tell(number)
        verification.examine(now=NOW)
        with guard.lifted():
            execute("UPDATE zhike_event SET verb = 'x' WHERE id = 8")
        tell(11)
        count, last_id, seal = head()
        Examination.objects.update(count=count, last_id=last_id, seal=seal)
        result = verification.examine(now=NOW + timedelta(days=1))
        assert (result.whole, result.well) == (True, False)
        kept = Examination.objects.get()
        assert not kept.well
        assert "第 8 号" in kept.problem

    def test_what_is_not_well_is_looked_at_again_as_a_whole(self) -> None:
        tell(1)
        tell(2)
        with guard.lifted():
            execute("UPDATE zhike_event SET verb = 'x' WHERE id = 1")
        assert not verification.examine(now=NOW).well
        again = verification.examine(now=NOW + timedelta(hours=1))
        assert (again.whole, again.well) == (True, False)


def test_stray_rows_do_not_stop_the_house() -> None:
    """Somebody puts a row behind the head by hand: work goes on, and it is found."""
    tell(1)
    execute(
        'INSERT INTO zhike_event (id, at, "on", verb, data, request_id, address, via, seal,'
        " record_type) SELECT 2, at, \"on\", verb, data, '', '', '', seal, '' FROM zhike_event"
    )
    assert "第 2 号" in verification.verify().problem
    tell(2)
    tell(3)
    assert Event.objects.count() == 4
    assert "第 2 号" in verification.verify().problem


def _at_once(count: int, work: Callable[[int], None]) -> list[BaseException]:
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


def test_eight_at_once_make_one_chain() -> None:
    def work(number: int) -> None:
        for step in range(15):
            if step % 5 == 4:
                tell_many(range(4))
            else:
                tell(number * 100 + step)

    assert _at_once(8, work) == []
    result = verification.verify()
    assert (result.well, result.problem, result.events) == (True, "", 8 * (12 + 12))
    assert [one.count for one in anchor.noted()] == [192]


def test_verifying_while_days_are_moved_finds_nothing() -> None:
    for number in range(30):
        tell(number)
    results: list[verification.Result] = []

    def work(number: int) -> None:
        for step in range(20):
            if number:
                results.append(verification.verify())
            else:
                with transaction.atomic():
                    day = TODAY - timedelta(step)
                    of = ("customer", step % 7 + 1)
                    actions.redate("follow_up.logged", of, on=day, actor=None, now=NOW)

    assert _at_once(3, work) == []
    assert [one.problem for one in results if not one.well] == []


def test_recording_first_and_locking_later_is_no_deadlock() -> None:
    """Two who lock the same row, one before and one after recording, both get through."""
    Event_rows = Head  # a row both want, which no event is about
    tell(0)
    Examination.objects.create(pk=1, well=True)
    meet = threading.Barrier(2)

    def work(number: int) -> None:
        with transaction.atomic():
            if number == 0:
                actions.record("customer.changed", actor=None, now=NOW)
            if connection.vendor == "postgresql":
                meet.wait(10)
            Examination.objects.filter(pk=1).update(problem=str(number))
            if number == 1:
                actions.record("customer.changed", actor=None, now=NOW)

    assert _at_once(2, work) == []
    assert Event_rows.objects.get().count == 3


def test_events_of_before_are_sealed_by_the_migration() -> None:
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes("zhike")
    executor.migrate([("zhike", "0003_rights")])
    try:
        old = executor.loader.project_state([("zhike", "0003_rights")]).apps
        for number in (1, 2, 5, 9):  # numbers may have gaps
            old.get_model("zhike", "Event").objects.create(
                id=number,
                at=NOW + timedelta(microseconds=number * 7),
                on=TODAY,
                verb="customer.created",
                data={"name": "华为 1.50", "score": 1.5, "whole": 2.0},
                request_id="x" * 32,
            )
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
    assert guard.stands()
    assert verification.verify().events == 4
    tell(1)
    result = verification.verify()
    assert (result.problem, result.events) == ("", 5)
    assert list(Event.objects.order_by("id").values_list("id", flat=True)) == [1, 2, 5, 9, 10]
    assert json.loads(json.dumps(Event.objects.get(pk=9).data))["score"] == 1.5
