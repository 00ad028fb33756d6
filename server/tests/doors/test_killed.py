"""The server dies in the middle of an import or its undo: the next one goes on where it was."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.doors import fixtures
from tests.people import hire
from zhike.access.models import Organisation
from zhike.access.rights import ADMINISTRATOR
from zhike.base import clock
from zhike.base.models import Job
from zhike.care.models import CareEntry, FollowUp, Task
from zhike.customers.models import Contact, Customer
from zhike.doors import actions, spool
from zhike.doors.models import Import, ImportRow
from zhike.service.models import Feedback
from zhike.trail.models import Event

ROWS = 3000
HELD = (Customer, Contact, FollowUp, Task, CareEntry, Feedback)


def start() -> subprocess.Popen[str]:
    program = Path(__file__).with_name("killed_import.py")
    place = connection.settings_dict["NAME"], settings.ZHIKE_DATA, settings.ZHIKE_KEYS_FILE
    worker = subprocess.Popen(
        [sys.executable, str(program), *map(str, place)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    return worker


def killed_until(of: Import, state: str, kills: int, chance: random.Random) -> int:
    """Kill one worker after the other, then let the last one finish; how many kills hit."""
    hit = 0
    until = time.monotonic() + 120
    while time.monotonic() < until:
        worker = start()
        try:
            for _ in range(400):
                time.sleep(0.05)
                of.refresh_from_db()
                if of.state == state:
                    return hit
                running = Job.objects.filter(pk=of.job_id, state="running").first()
                written = running is not None and running.progress.get("done", 0) > 0
                if hit < kills and written and chance.random() < 0.4:
                    hit += 1
                    break
        finally:
            worker.kill()
            worker.wait()
    raise AssertionError(f"still {of.state} after {hit} kills")


@pytest.mark.django_db(transaction=True)
def test_killed_imports_and_undos_lose_and_double_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "PIECE", 50)
    chance = random.Random(20261118)
    Organisation.objects.create(id=Organisation.THE, name="晨星贸易", created_at=clock.now())
    boss = hire("周管理", "zhou", ADMINISTRATOR)
    sheet = [fixtures.standard_row(number) for number in range(1, ROWS + 1)]
    sheet[1500][1] = ""
    sheet[1600][0] = sheet[3][0]  # the twin lies in a piece that another worker wrote
    data = fixtures.csv_bytes([fixtures.STANDARD, *sheet])
    of = actions.bring_in(actor=boss, now=clock.now(), name="x.csv", file=io.BytesIO(data))
    killed_until(of, "ready", 0, chance)
    assert of.counts["refused"] == 2
    actions.confirm(actor=boss, now=clock.now(), import_id=of.pk)
    assert killed_until(of, "done", 4, chance) >= 2, "no kill hit the writing"
    good = ROWS - 2
    assert of.counts["new"] == good
    assert [model.objects.count() for model in HELD] == [good] * 6
    assert Customer.objects.values("code").distinct().count() == good
    assert Event.objects.filter(verb="customer.created").count() == good
    assert ImportRow.objects.filter(of=of, action="refuse").count() == 2
    assert Event.objects.filter(verb="import.done").count() == 1
    actions.undo(actor=boss, now=clock.now(), import_id=of.pk)
    killed_until(of, "undone", 2, chance)
    assert [model.objects.count() for model in HELD] == [0] * 6
    assert Event.objects.filter(verb="import.undone").count() == 1
