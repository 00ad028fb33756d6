"""The people of these tests, and a way to bring a file in and have the work done."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.people import Api, answer, boss, digest, frozen, lin, mei, organisation
from zhike.base import clock, jobs

__all__ = ["boss", "digest", "frozen", "lin", "mei", "organisation"]

Upload = Callable[..., dict[str, Any]]


def upload(api: Api, data: bytes, name: str = "客户.xlsx", status: int = 201) -> dict[str, Any]:
    """Upload a file over HTTP, let the jobs run, and return the import as it is then."""
    response = api.client.post(
        "/api/v1/imports",
        {"file": SimpleUploadedFile(name, data)},
        headers={"X-CSRFToken": api.csrf},
    )
    body = answer(response, status)
    if status != 201:
        return dict(body)
    return worked(api, body["id"])


def worked(api: Api, import_id: int) -> dict[str, Any]:
    """Let due jobs run and return the import."""
    jobs.run_due(clock.now())
    return dict(api.get(f"/imports/{import_id}"))


def confirmed(api: Api, import_id: int) -> dict[str, Any]:
    """Confirm an import, let it be written, and return it."""
    api.post(f"/imports/{import_id}/confirmation", status=200)
    return worked(api, import_id)


def brought_in(
    api: Api, data: bytes, name: str = "客户.xlsx", on_match: str = "update"
) -> dict[str, Any]:
    """Upload, choose and confirm."""
    of = upload(api, data, name)
    assert of["state"] == "ready", of
    if on_match != of["on_match"]:
        api.patch(f"/imports/{of['id']}", {"on_match": on_match})
        of = worked(api, of["id"])
    return confirmed(api, of["id"])


def taken_out(api: Api, view: str, **how: Any) -> bytes:
    """Export over HTTP and return the file."""
    made = api.post("/exports", {"view": view, **how})
    jobs.run_due(clock.now())
    made = api.get(f"/exports/{made['id']}")
    assert made["state"] == "done", made
    response = api.call("GET", f"/exports/{made['id']}/file")
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def problems(api: Api, import_id: int) -> dict[int, list[tuple[str, str]]]:
    """The problems of an import as {row: [(level, column), …]}."""
    found: dict[int, list[tuple[str, str]]] = {}
    cursor = None
    while True:
        query = {"cursor": cursor} if cursor else {}
        page = api.get(f"/imports/{import_id}/rows", only="problems", **query)
        for row in page["items"]:
            found[row["row"]] = [(one["level"], one["column"]) for one in row["problems"]]
        cursor = page["next"]
        if cursor is None:
            return found


def table(data: bytes, sheet: int = 0) -> list[list[Any]]:
    """The cells of a sheet of a workbook, as another program reads them."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        ["" if cell is None else cell for cell in row]
        for row in book.worksheets[sheet].iter_rows(values_only=True)
    ]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Files are named by ids, and ids begin at one in every test."""
    settings.ZHIKE_DATA = tmp_path


def cells_out(api: Api) -> list[list[Any]]:
    """The 21 columns of all customers in the order of their codes, in plain text."""
    header, *rows = table(taken_out(api, "standard-21", plain=True))
    return [header, *sorted(rows, key=lambda row: str(row[0]))]
