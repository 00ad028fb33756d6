"""Addresses of web pages."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from zhike.fields.checks.failure import fail

LONGEST = 500
_BARE = re.compile(r"[\w-]+\.[\w.-]+(?:[/?#:]|$)")
_HOST = re.compile(r"[^\s/?#@\\]+")  # no sign-in in front of the host: it deceives the eye


def check_url(text: str) -> str:
    """The address with its scheme, http or https only; www.example.com gets https."""
    if "://" not in text and _BARE.match(text):
        text = "https://" + text
    if len(text) > LONGEST:
        fail(f"最多 {LONGEST} 个字，请精简")
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc)
        known = good and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        known = None
    if not known or re.search(r"\s", text):
        fail("要填完整的网址，以 http:// 或 https:// 开头")
    return text
