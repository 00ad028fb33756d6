"""Documents on paper: a Typst template and plain data become a PDF with its fonts embedded.

The data goes in as JSON and never as markup, so nothing a user typed is read as an instruction.
Fonts come with the web client (Noto Sans SC, OFL); characters it lacks are taken from the fonts of
the machine, if it has them.
"""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

_one_at_a_time = threading.Lock()  # a long document takes a core and some ten megabytes


def pdf(template: Path, data: Any) -> bytes:
    """Return the document `template` makes of `data`, which it finds as `sys.inputs.data`."""
    source = _read(template)
    inputs = {"data": json.dumps(data, ensure_ascii=False, default=str)}
    with _one_at_a_time:
        made: bytes = typst.compile(source, font_paths=_fonts(), sys_inputs=inputs, format="pdf")
    return made


@cache
def _read(template: Path) -> bytes:
    return template.read_bytes()


def _fonts() -> list[Any]:
    return [str(place) for place in settings.PAPER_FONTS if Path(place).is_dir()]
