"""E-mail addresses."""

from __future__ import annotations

import re

from zhike.base.text import normalise
from zhike.fields.checks.failure import fail

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})"
)

# Endings that do not exist and are typed all the time.
_NO_SUCH = {
    ".con": ".com",
    ".cmo": ".com",
    ".ocm": ".com",
    ".comm": ".com",
    ".coom": ".com",
    ".c0m": ".com",
    ".cpm": ".com",
    ".vom": ".com",
    ".com.con": ".com",
    ".nett": ".net",
    ".ent": ".net",
}
_NO_TOP_LEVEL = re.compile(
    "(?:" + "|".join(re.escape(end) for end in sorted(_NO_SUCH, key=len, reverse=True)) + ")$",
    re.IGNORECASE,
)


def check_email(text: str) -> str:
    """The address with its domain in lower case."""
    plain = re.sub(r"^(?:mailto:|邮箱:|邮件:|email:|e-mail:)\s*", "", normalise(text), flags=re.I)
    plain = plain.replace("。", ".").strip(" <>;,")
    if not plain:
        fail("请填写邮箱", "empty")
    if len(plain) > 254:
        fail("邮箱太长，请核对")
    if "*" in plain:
        fail("邮箱被遮挡或不完整，请填写完整邮箱", "masked")
    if "@@" in plain:
        fail("邮箱里多了一个 @，请写成 name@example.com 的形式")
    if plain.count("@") > 1:
        fail("这里只能填一个邮箱")
    if "@" not in plain:
        fail("邮箱缺少 @，请写成 name@example.com 的形式")
    found = _EMAIL.fullmatch(plain)
    if not found:
        name, _, domain = plain.partition("@")
        if "." not in domain:
            fail("邮箱 @ 后面的域名不完整，请写成 name@example.com 的形式")
        if re.search(r"[^\x21-\x7e]", plain):
            fail("邮箱中有空格或中文字符，请核对")
        fail("邮箱格式不对，请写成 name@example.com 的形式")
    name, _, domain = plain.rpartition("@")
    if len(name) > 64:
        fail("邮箱 @ 前面的部分太长，请核对")
    wrong = _NO_TOP_LEVEL.search(domain)
    if wrong:
        fail(f"邮箱以 {wrong[0]} 结尾，没有这样的域名，是不是 {_NO_SUCH[wrong[0].lower()]}？")
    return f"{name}@{domain.lower()}"
