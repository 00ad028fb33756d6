"""Who has worked with an older version loses nothing by the newer one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.site.installation import environment_for, zhike
from tests.site.older import ADDRESS, MOBILE

SERVER = Path(__file__).parents[2]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation with a database of its own, of the kind under test."""
    url = os.environ.get("ZHIKE_TEST_URL")
    if url is None:
        yield environment_for(tmp_path / "data")
        return
    name = f"upgrade_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            own = urlsplit(url)._replace(path=f"/{name}").geturl()
            yield environment_for(tmp_path / "data", ZHIKE_DATABASE_URL=own)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def older(
    word: str, environment: dict[str, str], program: str = "tests.site.older"
) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", program, word],
        cwd=SERVER,
        env=environment | {"DJANGO_SETTINGS_MODULE": "zhike.site.settings"},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_the_data_of_version_0002_comes_along(house: dict[str, str]) -> None:
    before = older("fill", house)["rows"]
    assert len(before["zhike_customer"]) == 3
    assert len(before["zhike_event"]) == 7
    done = zhike("migrate", environment=house)
    assert done.returncode == 0, done.stderr
    after = older("tell", house)
    assert_kept(before, after["rows"])
    assert_at_work(after["seen"])
    again = zhike("migrate", environment=house)
    assert (again.returncode, again.stdout) == (0, "")
    assert "✗" not in zhike("doctor", environment=house).stdout


def assert_kept(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Every cell of every row of then, where its column still is."""
    gone = {(table, column) for table, rows in before.items() for row in rows.values() for column in
            row if column not in next(iter(after[table].values()))}  # fmt: skip
    assert gone == {("zhike_person", "role")}
    for table, rows in before.items():
        added = set(after[table]) - set(rows)
        assert not set(rows) - set(after[table]), table
        # Key dates are worked out by a job that the upgrade asks for.
        assert [after[table][key]["kind"] for key in added] == (
            ["care.key_dates_of_all"] if table == "zhike_job" else []
        )
        for key, row in rows.items():
            kept = {name: text for name, text in row.items() if (table, name) not in gone}
            assert kept == {name: after[table][key][name] for name in kept}, (table, key)


def assert_at_work(seen: dict[str, Any]) -> None:
    assert seen["chain"] == [True, 7, ""]
    assert seen["still"] is True
    assert seen["roles"] == {"zhou": "administrator", "mei": "sales", "gone": "sales"}
    assert seen["paths"] == {"总部": 1, "华东": 2, "杭州": 3}
    assert seen["signed_in"] == 200
    assert seen["me"]["role"] == "sales"
    assert seen["mine"] == ["西湖茶行", "无主茶行"]
    page = seen["page"]
    assert (page["remark"], page["contract_amount"]) == ("备注1", 7_390_461_201)
    assert (page["address"], page["identity"]) == (ADDRESS, "9135**********0Y46")
    assert page["contacts"][0]["mobile"] == {"masked": "138****8000", "valid": True}
    assert page["access"] == "own"
    assert [tag["name"] for tag in page["tags"]] == ["老客户"]
    assert seen["found"] == {
        "xihu": ["西湖茶行"],
        MOBILE: ["西湖茶行"],
        MOBILE[-4:]: ["西湖茶行"],
        "wuzhu": ["无主茶行"],
    }
    assert seen["revealed"] == {"value": MOBILE}
    told = {"customer.created", "customer.changed", "follow_up.logged", "value.revealed"}
    assert set(seen["story"]) == told
    assert seen["tasks"] == ["寄样品"]
    assert seen["new"] == ["新茶行", "own", True]
    assert seen["all"] == 3
    assert seen["audit"] >= 9
    assert seen["file"] == {
        "keyed": True,
        "rules": ["grade_a"],
        "custom": True,
        "old": [{}, "active", 0, False, None],
    }


def test_who_led_sales_in_version_0005_reviews_now(house: dict[str, str]) -> None:
    program = "tests.site.older_roles"
    older("fill", house, program)
    done = zhike("migrate", environment=house)
    assert done.returncode == 0, done.stderr
    told = older("tell", house, program)
    assert {name for name, one in told.items() if "review" in one["rights"]} == {"sales_lead"}
    assert set(told["own-lead"]["rights"]) | {"review"} == set(told["sales_lead"]["rights"])
    for one in told.values():
        assert one["rules"] == [False, []]
        assert one["waiting"] == {"pending": 0, "mine": 0, "used": False}
