"""Forms of short texts an administrator can ask for by name."""

from __future__ import annotations

import re

# What `rule["pattern"]` may name: an administrator's own expressions could hold up everybody.
PATTERNS: dict[str, tuple[str, re.Pattern[str]]] = {
    "digits": ("只填数字", re.compile(r"[0-9]+")),
    "letters": ("只填英文字母", re.compile(r"[A-Za-z]+")),
    "letters_digits": ("只填英文字母和数字", re.compile(r"[A-Za-z0-9]+")),
    "code": ("只填英文字母、数字和 - _ / .", re.compile(r"[A-Za-z0-9_./-]+")),
    "chinese": ("只填汉字", re.compile(r"[㐀-鿿豈-﫿·]+")),
    "postcode": ("要填六位邮政编码", re.compile(r"[0-9]{6}")),
    "plate": (
        "要填车牌号，如 粤B12345",
        re.compile(r"[一-鿿][A-Z][A-Z0-9]{4,5}[A-Z0-9挂学警港澳]"),
    ),
}
