import threading

import pytest
from django.db import connections, transaction

from zhike.base import clock
from zhike.base.identity import reserve
from zhike.base.models import Job


def a_job(number: int | None = None) -> Job:
    now = clock.now()
    return Job(id=number, kind="test", run_at=now, created_at=now)


@pytest.mark.django_db
def test_reserved_ids_and_given_ids_never_meet():
    ids = reserve(Job, 3)
    assert len(set(ids)) == 3
    next_one = a_job()
    next_one.save()
    assert next_one.pk not in ids
    Job.objects.bulk_create([a_job(number) for number in ids])
    more = reserve(Job, 2)
    assert not set(more) & {*ids, next_one.pk}
    assert reserve(Job, 0) == []


@pytest.mark.django_db
def test_a_deleted_id_is_not_used_again():
    [number] = reserve(Job, 1)
    a_job(number).save(force_insert=True)
    Job.objects.filter(pk=number).delete()
    assert reserve(Job, 1) != [number]


@pytest.mark.django_db(transaction=True)
def test_ids_are_reserved_inside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        reserve(Job, 1)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_different_ids():
    taken: list[int] = []

    def take() -> None:
        for _ in range(10):
            with transaction.atomic():
                ids = reserve(Job, 3)
                Job.objects.bulk_create([a_job(number) for number in ids])
            taken.extend(ids)
        connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == Job.objects.count() == 120
