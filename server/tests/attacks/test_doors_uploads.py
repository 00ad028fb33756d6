"""Uploads nobody's browser would send, and what the answers carry."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.doors import fixtures
from tests.doors.conftest import brought_in, own_folder, upload
from tests.people import Api, assert_problem, boss, digest_of_tables, frozen, mei, organisation
from zhike.doors import spool

__all__ = ["boss", "frozen", "mei", "organisation", "own_folder"]
pytestmark = pytest.mark.django_db
SHEET = fixtures.csv_bytes(fixtures.standard(1))


def sent(api: Api, body: bytes, kind: str = "multipart/form-data; boundary=b") -> HttpResponse:
    api.client.raise_request_exception = False
    return api.client.generic(
        "POST", "/api/v1/imports", body, content_type=kind, headers={"X-CSRFToken": api.csrf}
    )


def part(name: str, file_name: str | None, content: bytes, kind: str = "text/csv") -> bytes:
    named = f'; filename="{file_name}"' if file_name is not None else ""
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{named}\r\n'
    return head.encode() + f"Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n"


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/客户.csv",
        "..\\..\\客户.csv",
        "客" * 300 + ".csv",
        "客\x07户\x1b[31m.csv",
        "\u202evsc.户客",
        '客"户;x=y.csv',
        "%2e%2e%2f客户.csv",
        ".csv",
    ],
)
def test_names_of_files_are_only_shown(boss: Api, name: str, tmp_path: Any) -> None:
    escaped = name.replace("\\", "\\\\").replace('"', "%22")
    response = sent(boss, part("file", escaped, SHEET) + b"--b--\r\n")
    assert response.status_code == 201, response.content.decode()
    shown = json.loads(response.content)["file_name"]
    assert 0 < len(shown) <= 200
    assert shown.isprintable()
    assert "/" not in shown
    found = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.upload")]
    assert len(found) == 1
    assert found[0].startswith("imports/")
    result = boss.call("GET", f"/imports/{json.loads(response.content)['id']}/result")
    assert result.status_code == 200
    disposition = result["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert disposition.isascii()
    assert not {"\r", "\n"} & set(disposition)
    assert result["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b--\r\n",
        b"\x00" * 1000,
        part("file", "x.csv", SHEET)[:-20],
        part("file", None, SHEET) + b"--b--\r\n",
        part("other", "x.csv", SHEET) + b"--b--\r\n",
        part("file", "", SHEET) + b"--b--\r\n",
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--\r\n",
        b"".join(part(f"f{number}", None, b"x") for number in range(1200)) + b"--b--\r\n",
        b"".join(part(f"f{number}", "x.csv", b"x") for number in range(120)) + b"--b--\r\n",
        part("file", None, b"x" * 3_000_000) + b"--b--\r\n",
    ],
    ids=range(12),
)
def test_broken_forms_are_answered_and_leave_nothing(boss: Api, body: bytes, tmp_path: Any) -> None:
    before = digest_of_tables()
    for kind in (
        "multipart/form-data; boundary=b",
        "multipart/form-data",
        "multipart/form-data; boundary=" + "b" * 500,
        "multipart/form-data; boundary=嗯; charset=nonsense",
    ):
        response = sent(boss, body, kind)
        if response.status_code == 201:  # cut short, yet a whole file
            continue
        assert 400 <= response.status_code < 500, (kind, response.status_code)
        assert_problem(response)
        assert digest_of_tables() == before


def test_of_several_files_one_is_taken_and_types_are_not_believed(boss: Api) -> None:
    two = part("file", "a.csv", b"\x00nothing") + part("file", "b.csv", SHEET, "image/svg+xml")
    assert sent(boss, two + b"--b--\r\n").status_code == 201
    assert len(boss.get("/imports")["items"]) == 1
    book = upload(boss, fixtures.xlsx(fixtures.standard(2)), "照片.png")
    assert (book["state"], book["counts"]["new"]) == ("ready", 2)


def test_nothing_and_too_much(boss: Api, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    from zhike.doors import actions
    from zhike.doors.workbook import Limits

    empty = upload(boss, b"", "空.csv")
    assert empty["state"] == "failed"
    assert "没有内容" in empty["message"]
    boss.client.raise_request_exception = False
    response = boss.client.generic(
        "POST",
        "/api/v1/imports",
        b"x",
        content_type="multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(51 << 20),
        headers={"X-CSRFToken": boss.csrf},
    )
    assert response.status_code == 413
    assert_problem(response)
    monkeypatch.setattr(actions, "Limits", lambda: Limits(size=1 << 20))
    before = digest_of_tables()
    told = upload(boss, b"x" * ((1 << 20) + 1), "大.csv", status=422)
    assert "1 MB" in told["title"]
    assert digest_of_tables() == before
    assert [path.name for path in tmp_path.rglob("*.upload")] == []


def test_a_disk_that_fails_leaves_no_half_a_file(
    boss: Api, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    boss.client.raise_request_exception = False

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool.os, "fsync", full)
    response = boss.client.post(
        "/api/v1/imports",
        {"file": SimpleUploadedFile("x.csv", SHEET)},
        headers={"X-CSRFToken": boss.csrf},
    )
    assert response.status_code == 500
    assert [path.name for path in (tmp_path / "imports").iterdir()] == []


def test_data_is_kept_by_no_cache(boss: Api) -> None:
    """A shared computer's browser must not show the last person's customers to the next."""
    done = brought_in(boss, fixtures.xlsx(fixtures.standard(2)))
    made = boss.post("/exports", {"view": "list"})
    for path in (
        "/customers",
        "/me",
        f"/imports/{done['id']}/rows?only=all",
        f"/imports/{done['id']}/result",
        f"/exports/{made['id']}",
    ):
        assert "no-store" in boss.call("GET", path).get("Cache-Control", ""), path
