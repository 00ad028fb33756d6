"""Links that let the browser fetch a page's code beside the entry's, not after it.

Vite names the files in manifest.json; which page an address shows is the client's router's business
(web/src/app/router.tsx), repeated here as far as it saves a round trip.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

SETUP, SIGN_IN = "SetupPage", "SignInPage"
PAGES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"/customers/?$"), "CustomersPage"),
    (re.compile(r"/customers/\d+$"), "CustomerPage"),
    (re.compile(r"/doors/?$"), "ImportsPage"),
    (re.compile(r"/doors/\d+$"), "ImportPage"),
    (re.compile(r"/settings"), "SettingsPage"),
)


def page_at(path: str) -> str | None:
    """Return the page that an address shows to somebody signed in, if its code is separate."""
    return next((page for pattern, page in PAGES if pattern.match(path)), None)


def links(client: Path) -> dict[str, str]:
    """Return the link elements of every separate page of a built client; none without manifest."""
    try:
        manifest = json.loads((client / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    known = set(_with_imports(manifest, "index.html"))
    pages = {page for _pattern, page in PAGES} | {SETUP, SIGN_IN}
    return {
        page: "".join(
            _elements(manifest[key])
            for key in _with_imports(manifest, f"src/app/pages/{page}.tsx")
            if key not in known
        )
        for page in pages
    }


def _with_imports(manifest: dict[str, Any], key: str) -> list[str]:
    """Return the chunk and all it imports statically, each once; nothing for an unknown one."""
    found: list[str] = []
    waiting = [key]
    while waiting:
        key = waiting.pop()
        if key in manifest and key not in found:
            found.append(key)
            waiting += manifest[key].get("imports", [])
    return found


def _elements(chunk: dict[str, Any]) -> str:
    script = f'<link rel="modulepreload" crossorigin href="/{chunk["file"]}">'
    css = '<link rel="preload" as="style" crossorigin href="/{}">'
    styles = (css.format(file) for file in chunk.get("css", ()))
    return script + "".join(styles)
