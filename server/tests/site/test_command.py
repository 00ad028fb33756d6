"""The `zhike` command as an administrator types it."""

from __future__ import annotations

import json
import os
import signal
import stat
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.site.installation import Installation, environment_for, running, wait_ready, zhike


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation with its administrator, not running."""
    made = environment_for(tmp_path_factory.mktemp("house") / "data")
    done = zhike(
        "setup", "--admin", "laoban", "--password-stdin", environment=made, stdin="chunyu-88-jn\n"
    )
    assert done.returncode == 0, done.stderr
    return made


def test_setup_works_once(environment: dict[str, str]) -> None:
    done = zhike(
        "setup", "--admin", "second", "--password-stdin", environment=environment, stdin="x" * 20
    )
    assert done.returncode == 1
    assert "已经初始化" in done.stderr


def test_setup_refuses_a_weak_password(tmp_path: Path) -> None:
    environment = environment_for(tmp_path)
    done = zhike("setup", "--admin", "a", "--password-stdin", environment=environment, stdin="1")
    assert done.returncode == 1
    assert "密码" in done.stderr
    assert "Traceback" not in done.stderr


def test_token_of_unknown_person(environment: dict[str, str]) -> None:
    done = zhike("token", "create", "--user", "nobody", environment=environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nobody" in done.stderr


def test_openapi_is_stable_json(environment: dict[str, str]) -> None:
    first, second = (zhike("openapi", environment=environment).stdout for _ in range(2))
    assert first == second
    assert "/api/v1/customers" in json.loads(first)["paths"]


def test_doctor(environment: dict[str, str]) -> None:
    well = zhike("doctor", environment=environment).stdout
    assert "✓ 数据库：完整性 ok" in well
    data = Path(environment["ZHIKE_DATA"])
    data.chmod(0o755)
    try:
        done = zhike("doctor", environment=environment)
        assert done.returncode == 1
        assert "chmod 700" in done.stdout
    finally:
        data.chmod(0o700)
    done = zhike("doctor", environment=environment | {"ZHIKE_DEBUG": "1"})
    assert done.returncode == 1
    assert "✗ 调试模式" in done.stdout


def test_newer_database_is_left_alone(tmp_path: Path) -> None:
    environment = environment_for(tmp_path)
    assert zhike("migrate", environment=environment).returncode == 0
    import pysqlite3

    database = pysqlite3.connect(str(tmp_path / "zhike.sqlite3"))
    database.execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)",
        ("zhike", "9999_future", "2030-01-01"),
    )
    database.commit()
    database.close()
    done = zhike("migrate", environment=environment)
    assert done.returncode == 1
    assert "更新版本" in done.stderr


def test_import_then_export(environment: dict[str, str], tmp_path: Path) -> None:
    sheet = tmp_path / "客户.csv"
    sheet.write_text(
        "客户编号,客户名称,客户类别,联系人,联系方式\n"
        "C001,=云帆科技有限公司,企业（B端）,李女士,13912345678\n"
        "C002,,企业（B端）,王先生,13912345679\n",
        encoding="gb18030",
    )
    words = ("import", str(sheet), "--as", "laoban", "--yes")
    done = zhike(*words, "--json", environment=environment)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["counts"]["new"] == 1
    assert [one["row"] for one in report["refused"]] == [3]
    again = zhike(*words, environment=environment)
    assert "更新 1" in again.stdout
    assert "第 3 行未导入" in again.stdout
    out = tmp_path / "导出.csv"
    done = zhike("export", "--view", "standard-21", str(out), environment=environment)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    text = out.read_text(encoding="utf-8-sig")
    assert "云帆科技有限公司" in text
    assert "13912345678" in text
    zhike("export", "--view", "standard-21", "--masked", str(out), environment=environment)
    assert "13912345678" not in out.read_text(encoding="utf-8-sig")


def test_export_names_the_views_there_are(environment: dict[str, str], tmp_path: Path) -> None:
    done = zhike("export", "--view", "nothing", str(tmp_path / "x.csv"), environment=environment)
    assert done.returncode == 1
    assert "standard-21" in done.stderr
    assert not list(tmp_path.iterdir())


def test_import_asks_before_it_writes(environment: dict[str, str], tmp_path: Path) -> None:
    sheet = tmp_path / "x.csv"
    sheet.write_text("客户名称\n甲\n", encoding="utf-8")
    done = zhike("import", str(sheet), "--as", "laoban", environment=environment, stdin="n\n")
    assert done.returncode == 1
    done = zhike("import", str(sheet), "--as", "nobody", "--yes", environment=environment)
    assert done.returncode == 1
    assert "nobody" in done.stderr


def test_token_opens_the_api(live_zhike: Installation) -> None:
    token = live_zhike.zhike("token", "create", "--user", live_zhike.username).stdout.strip()
    request = urllib.request.Request(
        f"{live_zhike.url}/api/v1/me", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert json.load(answer)["username"] == live_zhike.username
    wrong = urllib.request.Request(
        f"{live_zhike.url}/api/v1/me", headers={"Authorization": "Bearer zk_wrong"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(wrong, timeout=20)
    assert refused.value.code == 401


def test_taken_port(live_zhike: Installation) -> None:
    done = live_zhike.zhike("serve")
    assert done.returncode == 2
    assert "ZHIKE_PORT" in done.stderr


def test_dead_processes_are_started_again_and_all_stop_together() -> None:
    with running(set_up=False) as house:
        first = set(_children(house.process.pid))
        for child in first:
            os.kill(child, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while len(second := set(_children(house.process.pid)) - first) != 2:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        time.sleep(3)  # whoever still answered on behalf of the dead must be gone by then
        wait_ready(house.url, house.process)
        below = {grandchild for child in second for grandchild in _children(child)}
        house.process.send_signal(signal.SIGTERM)
        assert house.process.wait(20) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in second | below)


def _children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = status.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue  # it ended meanwhile
        if int(parent) == pid:
            found.append(int(status.parent.name))
    return found
