"""Text: tidying what people type, and forms of it that compare equal."""

from __future__ import annotations

import re
import unicodedata

from zhike.base.errors import Invalid

# Zero-width and direction marks, byte order mark, soft hyphen, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85]")
_SPACES = re.compile(r"[^\S\n]+")
_ANY_SPACES = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[\W_]+")
_BLANK_LINES = re.compile(r" ?\n ?")


def tidy(text: str, *, multiline: bool = False) -> str:
    """What a person typed without invisible marks and stray spaces; punctuation stays theirs."""
    if text.isalnum():
        return text
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    if not multiline:
        return _ANY_SPACES.sub(" ", text).strip()
    return _BLANK_LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def entered(field: str, label: str, said: str | None, *, most: int, multiline: bool = False) -> str:
    """What was entered into a field of at most so many characters, tidied; else Invalid."""
    words = tidy(said or "", multiline=multiline)
    if len(words) > most:
        raise Invalid(field, f"{label}最多 {most} 个字，现在有 {len(words)} 个，请精简。")
    return words


def normalise(text: str) -> str:
    """One form for comparing and parsing: NFKC (full width → half), tidy, one line."""
    if text.isascii():
        return tidy(text)
    return tidy(unicodedata.normalize("NFKC", text))


def letters_only(text: str) -> str:
    """Letters and digits of any script, lower case, half width: what search compares."""
    if text.isalnum():
        plain = text if text.isascii() else normalise(text)
        return plain.casefold() if plain.isalnum() else _SEPARATORS.sub("", plain.casefold())
    return _SEPARATORS.sub("", normalise(text).casefold())


_BRACKETS = str.maketrans("【】〔〕[]{}〈〉《》", "()()()()()()")
_NOT_IN_KEY = re.compile(r"[\s\"'“”‘’·•,，。.]+")


def name_key(name: str) -> str:
    """Equal for two spellings of one name: width, case, kind of brackets, spaces, dots."""
    return _NOT_IN_KEY.sub("", normalise(name).translate(_BRACKETS)).casefold()


_LEGAL_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|股份公司|无限公司|"
    r"\((?:特殊)?普通合伙\)|\(有限合伙\)|\(普通合伙\)|\(个体工商户\)|个人独资企业|合伙企业|"
    r"总公司|公司|(?:co\.?,?\s*)?ltd\.?|inc\.?|llc\.?|gmbh|corp(?:oration)?\.?|limited|company)$",
    re.IGNORECASE,
)


def legal_form_start(name: str) -> int:
    """Where the legal form begins in a name: 5 for 华为技术深圳有限公司 without 深圳 is not cut."""
    end = len(name)
    while (found := _LEGAL_FORM.search(name, 0, end)) is not None and found.start() > 1:
        end = found.start()
    return end
