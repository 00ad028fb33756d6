"""What a file may be, what it is called, and what a browser can do with it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.customers.attaching import PDF, PNG, attach, content, lying
from tests.people import Api

pytestmark = pytest.mark.usefixtures("folder")


def zipped(*names: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("报价.docx", zipped("[Content_Types].xml", "word/document.xml"), "wordprocessingml"),
        ("加密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "spreadsheetml"),
        ("老.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "application/vnd.ms-excel"),
        ("发票.ofd", zipped("OFD.xml"), "application/ofd"),
        ("包.zip", zipped(), "application/zip"),
        ("照片.JPG", b"\xff\xd8\xff\xe0" + b"\0" * 20, "image/jpeg"),
        ("说明.txt", "客户说：价格<10万".encode("gb18030"), "text/plain; charset=utf-8"),
        ("说明.txt", ("汉" * 30_000).encode(), "text/plain; charset=utf-8"),
        ("表.csv", "\ufeff姓名,电话\n".encode(), "text/csv; charset=utf-8"),
        ("统一码.txt", "统一码".encode("utf-16"), "text/plain; charset=utf-8"),
        ("录音.m4a", b"\0\0\0\x20ftypM4A " + b"\0" * 20, "audio/mp4"),
        ("录音.mp3", b"ID3\x04" + b"\0" * 20, "audio/mpeg"),
        ("a.b.pdf", PDF, "application/pdf"),
    ],
)
def test_what_an_office_exchanges_is_taken(
    mei: Api, file: dict[str, Any], name: str, data: bytes, media_type: str
) -> None:
    made = attach(mei, file, name, data)
    assert media_type in made["media_type"]
    assert content(mei, made)[0] == data


HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", HTML),
        ("page.htm", HTML),
        ("page.xhtml", HTML),
        ("logo.svg", SVG),
        ("data.xml", b"<?xml version='1.0'?><x/>"),
        ("run.js", b"alert(1)"),
        ("setup.exe", b"MZ\x90\x00"),
        ("run.sh", b"#!/bin/sh\n"),
        ("macro.docm", zipped("word/vbaProject.bin")),
        ("app.jar", zipped("META-INF/MANIFEST.MF")),
        ("page.txt", HTML),
        ("page.csv", b"\n  <html><body>"),
        ("page.txt", b"\xef\xbb\xbf" + HTML),
        ("page.txt", HTML.decode().encode("utf-16")),
        ("logo.png", SVG),
        ("logo.jpg", HTML),
        ("page.pdf", HTML),
        ("late.pdf", HTML + PDF),
        ("code.txt", b"<?php phpinfo();"),
        ("script.txt", b"#!/bin/sh\nrm"),
        ("program.docx", b"MZ\x90\x00" + b"\0" * 100),
        ("program.txt", b"MZ\x90\x00\x03\0\0\0"),
        ("picture.txt", PNG),
        ("contract.txt", PDF),
        ("empty.pdf", b""),
        ("empty.txt", b""),
        ("noending", PDF),
        ("pdf", PDF),
        (".pdf", PDF),
        ("", PDF),
    ],
)
def test_what_a_browser_or_a_machine_would_run_is_refused(
    mei: Api,
    file: dict[str, Any],
    folder: Path,
    digest: Callable[[], str],
    name: str,
    data: bytes,
) -> None:
    before = digest()
    told = attach(mei, file, name, data, status=422)
    assert told["field"] == "file"
    assert digest() == before
    assert lying(folder) == []


def test_a_file_that_is_two_things_is_only_what_it_is_called(
    mei: Api, file: dict[str, Any]
) -> None:
    """A GIF that is a page as well, and a PDF that is an archive: served as what they claim."""
    gif = b"GIF89a/*" + HTML + b"*/=1;"
    body, response = content(mei, attach(mei, file, "图.gif", gif), inline="true")
    assert body == gif
    assert response["Content-Type"] == "image/gif"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    both = attach(mei, file, "合同.pdf", PDF + zipped("x.html"))
    assert both["media_type"] == "application/pdf"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/合同.pdf", "合同.pdf"),
        ("..\\\\..\\\\windows\\\\合同.pdf", "合同.pdf"),
        ("C:\\\\合同.pdf", "合同.pdf"),
        ("合同\u202efdp.exe.pdf", "合同fdp.exe.pdf"),
        ("合\u200b同\u2066.pdf", "合同.pdf"),
        ("  合同 .pdf. ", "合同.pdf"),
        ("合同<1>:2|3?*.pdf", "合同_1_2_3_.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("..pdf.pdf", "pdf.pdf"),
    ],
)
def test_names_are_cleaned(mei: Api, file: dict[str, Any], given: str, kept: str) -> None:
    assert attach(mei, file, given)["name"] == kept


def test_long_names_keep_their_ending(mei: Api, file: dict[str, Any]) -> None:
    name = attach(mei, file, "长" * 230 + ".pdf")["name"]
    assert len(name) == 200
    assert name.endswith("长.pdf")
