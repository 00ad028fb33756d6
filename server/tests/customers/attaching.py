"""Attaching files in tests: how they are sent, listed and fetched, and what a night does."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.people import NOW, Api, answer
from zhike.base import jobs

PDF = b"%PDF-1.7\n" + b"contract " * 100
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ZHIKE_DATA = tmp_path
    return tmp_path / "files"


@pytest.fixture
def file(mei: Api) -> dict[str, Any]:
    return mei.customer(contact_name="李女士", mobile="13812345678")


def upload(
    api: Api, customer: Any, name: str = "合同.pdf", data: bytes = PDF, **form: Any
) -> HttpResponse:
    customer_id = customer["id"] if isinstance(customer, dict) else customer
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("x", data), **form})
    body = body.replace(b'filename="x"', f'filename="{name}"'.encode())
    return api.client.generic(
        "POST",
        f"/api/v1/customers/{customer_id}/attachments",
        body,
        content_type=MULTIPART_CONTENT,
        headers={"X-CSRFToken": api.csrf},
    )


def attach(api: Api, customer: Any, *given: Any, status: int = 201, **form: Any) -> Any:
    return answer(upload(api, customer, *given, **form), status)


def content(api: Api, made: dict[str, Any], **query: Any) -> tuple[bytes, Any]:
    response: Any = api.call("GET", f"/attachments/{made['id']}/content", **query)
    assert isinstance(response, StreamingHttpResponse), response.content
    return b"".join(response.streaming_content), response  # type: ignore[arg-type]


def listed(api: Api, customer: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    return api.get(f"/customers/{customer['id']}/attachments", **query)["items"]


def sell(api: Api, customer: dict[str, Any]) -> int:
    body = {"bought_on": "2026-11-01", "product": "云服务"}
    return api.post(f"/customers/{customer['id']}/purchases", body)["id"]


def note(api: Api, customer: dict[str, Any]) -> int:
    return api.post(f"/customers/{customer['id']}/problems", {"description": "问题"})["id"]


def talk_with(api: Api, customer: dict[str, Any]) -> int:
    body = {"way": "phone", "content": "聊了"}
    return api.post(f"/customers/{customer['id']}/follow-ups", body)["id"]


def lying(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def night(days: int) -> None:
    """What is done at night, so many days from now, as if nothing had been done before."""
    at = NOW + timedelta(days=days)
    for kind in ("trash.empty", "files.sweep"):
        jobs.enqueue(kind, {}, now=at)
        jobs.run_due(at)


def age(folder: Path) -> None:
    """Let what lies there be as old as the tests' clock says."""
    for path in lying(folder):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
