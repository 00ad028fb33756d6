"""Importing a file in one go, as the command line does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doors import fixtures
from tests.people import hire
from zhike.access.models import Organisation
from zhike.access.rights import ADMINISTRATOR
from zhike.base import clock
from zhike.customers.models import Customer
from zhike.doors import errands


@pytest.mark.django_db(transaction=True)
def test_import_file_reports_counts_and_reasons(tmp_path: Path) -> None:
    Organisation.objects.create(id=Organisation.THE, name="晨星贸易", created_at=clock.now())
    boss = hire("周管理", "zhou", ADMINISTRATOR)
    path = tmp_path / "老系统.csv"
    path.write_bytes(fixtures.csv_bytes(fixtures.dirty(), "gb18030"))
    report = errands.import_file(boss, path, "update", clock.now())
    assert report["state"] == "done"
    assert report["counts"]["new"] == 13
    assert [one["row"] for one in report["refused"]] == [7, 8]
    assert report["refused"][0]["problems"][0]["message"]
    assert [one["row"] for one in report["cells_refused"]] == [5, 10, 11, 14, 16, 17]
    assert Customer.objects.count() == 13
    again = errands.import_file(boss, path, "skip", clock.now())
    assert (again["state"], again["counts"]["skip"]) == ("cancelled", 13)
    broken = tmp_path / "x.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    assert errands.import_file(boss, broken, "update", clock.now())["state"] == "failed"
