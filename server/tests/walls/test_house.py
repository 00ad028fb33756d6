"""The house as it stands: rooms, file names, migrations, lock files, and no foreign addresses."""

from __future__ import annotations

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.walls.reading import REPOSITORY, ZHIKE
from zhike.site.apps import ROOMS

FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc|v\d+)$")
LOCKS = ("requirements.txt", "requirements-dev.txt", "web/package-lock.json")


def test_rooms_are_those_of_the_plan() -> None:
    found = {path.parent.name for path in ZHIKE.glob("*/__init__.py")}
    assert found <= {*ROOMS, "site"}
    assert {"base", "trail", "access", "fields", "customers", "care", "doors", "site"} <= found


def test_every_package_has_an_init() -> None:
    folders = {path.parent for path in ZHIKE.rglob("*.py")}
    missing = [folder for folder in folders if not (folder / "__init__.py").exists()]
    assert not missing


def test_files_are_named_after_what_they_hold() -> None:
    paths = [*ZHIKE.rglob("*.py"), *(REPOSITORY / "server/tests").rglob("*.py")]
    wrong = [
        path
        for path in paths
        for part in (path.stem, *path.parts[len(ZHIKE.parts) :])
        if FORBIDDEN_NAMES.search(part.removesuffix(".py"))
    ]
    assert not wrong


@pytest.mark.django_db
def test_migrations_are_up_to_date() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)
    except SystemExit:
        pytest.fail(said.getvalue())


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_name_no_place(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    assert len(text) > 1000
    for wrong in ("--index-url", "--find-links", "--trusted-host", "file://", "/home/", " /"):
        assert wrong not in text, wrong
    assert '"resolved"' not in text
    assert not re.findall(r"^[^#\n]*https?://", text, re.MULTILINE) or name.endswith(".json")


def test_every_locked_package_has_a_hash() -> None:
    for name in LOCKS[:2]:
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        blocks = re.findall(r"^[a-z0-9][^\n]*==.*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert len(blocks) > 20
        assert all("--hash=sha256:" in block for block in blocks)


def test_help_needs_neither_django_nor_a_data_folder(tmp_path: Path) -> None:
    code = (
        "import sys; from zhike.site.command import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name.split('.')[0] in ('django', 'ninja') for name in sys.modules))"
    )
    data = tmp_path / "none"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"ZHIKE_DATA": str(data)}, check=False, timeout=60
    )
    assert done.returncode == 0
    assert not data.exists()


def test_imports_flow_downward() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [linter, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
