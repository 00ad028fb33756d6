"""What pydantic found wrong, said in Chinese and naming the field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_WORDS: dict[str, str] = {
    "missing": "必填，请补上",
    "string_type": "应为文字",
    "string_too_short": "太短了，至少 {min_length} 个字",
    "string_too_long": "太长了，最多 {max_length} 个字",
    "string_pattern_mismatch": "格式不对",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_parsing_size": "数字太大了",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数字",
    "decimal_parsing": "应为数字",
    "decimal_type": "应为数字",
    "bool_type": "应为是或否",
    "bool_parsing": "应为是或否",
    "greater_than_equal": "不能小于 {ge}",
    "greater_than": "应大于 {gt}",
    "less_than_equal": "不能大于 {le}",
    "less_than": "应小于 {lt}",
    "list_type": "应为列表",
    "dict_type": "应为一组字段",
    "model_type": "应为一组字段",
    "model_attributes_type": "应为一组字段",
    "too_long": "太多了，最多 {max_length} 项",
    "too_short": "太少了，至少 {min_length} 项",
    "literal_error": "不在可选范围内",
    "enum": "不在可选范围内",
    "extra_forbidden": "没有这个字段",
    "json_invalid": "不是有效的 JSON",
}
_DATES = ("date", "datetime", "time")
_ENVELOPES = {"body", "query", "path", "form", "file", "header", "cookie"}


def sentences(errors: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Return one {"field", "message"} per error; the input itself is never repeated."""
    return [_sentence(error) for error in errors]


def _sentence(error: dict[str, Any]) -> dict[str, str]:
    place = [str(part) for part in error.get("loc", ())]
    # Ninja puts where the value came from in front, then the name of the function's argument.
    envelope = place.pop(0) if place and place[0] in _ENVELOPES else ""
    if envelope in ("body", "form", "file") and len(place) > 1:
        place.pop(0)
    field = ".".join(place)
    kind = str(error.get("type", ""))
    if kind.startswith(_DATES):
        words = "应为有效的日期或时间，如 2026-11-18"
    else:
        try:
            words = _WORDS.get(kind, "填写有误").format(**(error.get("ctx") or {}))
        except (KeyError, IndexError):
            words = "填写有误"
    return {"field": field, "message": f"{field or '提交的内容'}：{words}。"}
