"""The sets of rhythms that come with the product (R26).

A row is laid once by its key; administrators change it afterwards, so nothing here overwrites.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from zhike.care.models import CadenceRule


class Shelf(NamedTuple):
    """A set of rules of which one is chosen."""

    key: str
    name: str
    note: str


SHELVES: tuple[Shelf, ...] = (
    Shelf("key_accounts", "按重点客户", "重点客户每周，老客户每两周，潜在客户每月。"),
    Shelf("tiers", "按客户分层", "核心每月一次深度沟通，潜力每季度一次需求调研，普通两个月一次。"),
    Shelf("types", "按客户类型", "新客户一周内首次跟进，潜在每两周，老客户每月；另按等级回访。"),
    Shelf("own", "自己的规则", "从空白开始，自己写适合的规则。"),
)
OWN = "own"
SHELF_KEYS: tuple[str, ...] = tuple(one.key for one in SHELVES)


def _is(field: str, value: Any) -> list[dict[str, Any]]:
    return [{"field": field, "op": "in" if isinstance(value, list) else "eq", "value": value}]


def _rule(
    key: str,
    name: str,
    when: list[dict[str, Any]],
    every: tuple[int, str],
    *ways: str,
    matter: str,
    **more: Any,
) -> dict[str, Any]:
    return {
        "key": key,
        "name": name,
        "when": when,
        "every": every[0],
        "unit": every[1],
        "ways": list(ways),
        "matter": matter,
        **more,
    }


_KEY = {"shelf": "key_accounts"}
_TIERS = {"shelf": "tiers"}
_TYPES = {"shelf": "types"}
_VISITS: dict[str, Any] = {**_TYPES, "track": CadenceRule.Track.RETURN_VISIT}
_SERVED = _is("type", ["new", "existing"])  # who is visited again: those one works with
SHIPPED: tuple[dict[str, Any], ...] = (
    _rule(
        "key-accounts-key",
        "重点客户每周一次",
        _is("is_key", True),
        (1, "week"),
        "phone",
        "visit",
        matter="了解近况与需求",
        **_KEY,
    ),
    _rule(
        "key-accounts-existing",
        "老客户每两周一次",
        _is("type", "existing"),
        (2, "week"),
        "email",
        "phone",
        matter="了解使用情况",
        **_KEY,
    ),
    _rule(
        "key-accounts-prospect",
        "潜在客户每月一次",
        _is("type", "prospect"),
        (1, "month"),
        "email",
        "wecom",
        matter="产品推送、行业资讯",
        **_KEY,
    ),
    _rule(
        "tiers-core",
        "核心客户每月深度沟通",
        _is("tier", "core"),
        (1, "month"),
        "visit",
        "meeting",
        matter="深度沟通",
        **_TIERS,
    ),
    _rule(
        "tiers-growth",
        "潜力客户每季度需求调研",
        _is("tier", "growth"),
        (3, "month"),
        "visit",
        "phone",
        matter="需求调研",
        **_TIERS,
    ),
    _rule(
        "tiers-normal",
        "普通客户两个月一次",
        _is("tier", "normal"),
        (2, "month"),
        "wecom",
        "email",
        matter="例行问候",
        **_TIERS,
    ),
    _rule(
        "types-new",
        "新客户每两周一次",
        _is("type", "new"),
        (2, "week"),
        "phone",
        "visit",
        matter="了解使用情况与新需求",
        first_within=7,
        **_TYPES,
    ),
    _rule(
        "types-prospect",
        "潜在客户每两周一次",
        _is("type", "prospect"),
        (2, "week"),
        "phone",
        "wecom",
        matter="推进需求",
        **_TYPES,
    ),
    _rule(
        "types-existing",
        "老客户每月一次",
        _is("type", "existing"),
        (1, "month"),
        "phone",
        "email",
        matter="了解使用情况",
        **_TYPES,
    ),
    _rule(
        "types-visit-a",
        "高价值客户每季度回访",
        [*_is("grade", "A"), *_SERVED],
        (3, "month"),
        "visit",
        "phone",
        matter="季度回访",
        **_VISITS,
    ),
    _rule(
        "types-visit",
        "客户每半年回访",
        _SERVED,
        (6, "month"),
        "phone",
        "visit",
        matter="半年回访",
        **_VISITS,
    ),
)


def lay_shipped(model: type[CadenceRule] = CadenceRule) -> None:
    """Lay the shipped rules that are not there yet; those that are stay as they are.

    A migration hands over its own view of the model.
    """
    rows = [model(position=10 * place, **row) for place, row in enumerate(SHIPPED, 1)]
    model._default_manager.bulk_create(rows, ignore_conflicts=True)
