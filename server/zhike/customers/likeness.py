"""The keys under which customers of like names are looked for, laid with every name (R19).

A company has the keys of `base.company.blocks` and one of its core: where thousands bear one
brand, those of an equal core are still found first. A person has the whole name.
How strongly each kind of evidence says that two customers are one stands here, too.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from operator import add
from typing import Any

from django.db import connection

from zhike.base import text
from zhike.base.company import Likeness, blocks, core, likeness
from zhike.base.table import Table
from zhike.customers.models import Customer, NameKey

# The source of a like name's strength is its score (0.5 to 1), see `base.company`.
_ALONE: dict[str, int] = {
    "identity": 100,
    "name": 90,
    "wechat": 85,
    "phone": 80,
    "email": 80,
}
_NAMESAKES = 60  # persons of one name; a company that bears a person's
_LESS_FOR_LIKENESS = 15
_IDENTITIES_DIFFER = 40  # at most: they are two in the register, or one number is mistyped

TOLD: dict[str, str] = {
    "identity": "信用代码或证件号码相同",
    "name": "名称相同",
    "wechat": "微信相同",
    "phone": "电话相同",
    "email": "邮箱相同",
    "like_name": "名称相近",
}
REASONS = tuple(TOLD)  # in the order in which they are told
NEWEST, OLDEST = 60, 30  # so many of one key are looked at
MOST = 60  # and so many altogether are compared with care
_PIECE = 1_000


def strength(
    reasons: Collection[str], *, like: float = 0.0, companies: bool = True, differ: bool = False
) -> int:
    """Return 0–100: how strongly some reasons together say that two customers are one.

    Each leaves some doubt, and the doubts are multiplied; only an equal identity leaves none.
    `like` is the likeness of the names where `like_name` is a reason, `companies` whether both
    are, `differ` whether both have an identity and not the same.
    """
    if "identity" in reasons:
        return 100
    doubt = 1.0
    for reason in reasons:
        if reason == "like_name":
            sure = round(like * 100) - _LESS_FOR_LIKENESS
        elif reason == "name" and not companies:
            sure = _NAMESAKES
        else:
            sure = _ALONE[reason]
        doubt *= 1 - max(0, sure) / 100
    return min(99 if not differ else _IDENTITIES_DIFFER, round(100 * (1 - doubt)))


def why(reasons: Collection[str], like: str = "") -> str:
    """Return the reasons in words; `like` tells how the names are alike."""
    told = TOLD | ({"like_name": like} if like else {})
    return "；".join(told[one] for one in REASONS if one in reasons)


def keys_of(name: str, *, person: bool = False) -> set[str]:
    """Return the keys of a name."""
    if person:
        return {text.name_key(name)[:20]} - {""}
    heart = core(name)
    return {key[:20] for key in blocks(name)} | ({_of_core(heart)} if heart else set())


def _of_core(heart: str) -> str:
    return f"={heart}"[:20]  # no key of `blocks` begins so


def lay_keys(customer: Customer, *, new: bool = False) -> None:
    """Lay the keys of a customer's present name, in the transaction that wrote it."""
    keys = keys_of(customer.name, person=customer.kind == "person")
    _put({(customer.pk, key) for key in keys}, [customer.pk], new=new)


def lay_many(named: Iterable[tuple[int, str]], *, new: bool = False) -> None:
    """Lay the keys of many customers; `new` ones have none yet."""
    rows = list(named)
    for at in range(0, len(rows), _PIECE):
        _lay(dict(rows[at : at + _PIECE]), new=new)


def _lay(names: dict[int, str], *, new: bool) -> None:
    manager = Customer._default_manager
    persons = set(manager.filter(pk__in=names, kind="person").values_list("pk", flat=True))
    wanted = {
        (pk, key) for pk, name in names.items() for key in keys_of(name, person=pk in persons)
    }
    _put(wanted, names, new=new)


def _put(wanted: set[tuple[int, str]], customer_ids: Collection[int], *, new: bool) -> None:
    if not new:
        laid = NameKey.objects.filter(customer__in=customer_ids)
        kept = laid.values_list("pk", "customer", "key")
        held = {(customer, key): pk for pk, customer, key in kept}
        gone = [pk for place, pk in held.items() if place not in wanted]
        if gone:
            NameKey.objects.filter(pk__in=gone).delete()
        wanted -= held.keys()
    Table(NameKey).insert([{"customer": pk, "key": key} for pk, key in sorted(wanted)])


def like_names(
    name: str, *, except_id: int | None = None, least: float = 0.5
) -> list[tuple[int, Likeness]]:
    """Return living companies whose names are like one, the likest first, whoever's they are.

    Of a key that thousands bear only so many are compared, so that the answer never waits for
    them; an equal core is a key of its own. Whoever tells of them asks what the reader may see.
    """
    own = text.name_key(name)
    found = [
        row for row in _bearers(sorted(keys_of(name))) if row[2] != own and row[0] != except_id
    ]
    names = {pk: other for pk, other, _ in found}
    nearest = _nearest(own, {pk: key for pk, _, key in found})
    likes = ((pk, likeness(name, names[pk])) for pk in nearest)
    told = [(pk, like) for pk, like in likes if like.score >= least]
    return sorted(told, key=lambda pair: (-pair[1].score, pair[0]))


def _nearest(own: str, bearers: Mapping[int, str]) -> Collection[int]:
    """Return who is worth a careful look: all, or of a crowd the keys most like `own`.

    Equal keys are equal names (`text.name_key`), however they were typed. Taking a name apart
    takes many times as long as counting the pairs of characters its key shares.
    """
    if len(bearers) <= MOST:
        return bearers
    pairs = _pairs(own)

    def shared(pk: int) -> float:
        others = _pairs(bearers[pk])
        return len(pairs & others) / max(1, min(len(pairs), len(others)))

    return nlargest(MOST, bearers, key=shared)


def _pairs(name: str) -> set[str]:
    return set(map(add, name, name[1:]))


def _bearers(keys: Sequence[str]) -> list[tuple[int, str, str]]:
    """Return id, name and its key of companies who have one of the keys, some more than once: of
    each key the newest and the oldest.
    """
    if not keys:
        return []
    table, customers = NameKey._meta.db_table, Customer._meta.db_table
    parts: list[str] = []
    params: list[str] = []
    for key in keys:
        for order, most in (("DESC", NEWEST), ("ASC", OLDEST)):
            parts.append(
                f"SELECT * FROM (SELECT customer_id FROM {table} WHERE key = %s"
                f" ORDER BY customer_id {order} LIMIT {most}) AS part{len(parts)}"
            )
            params.append(key[:20])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.id, c.name, c.name_key FROM ({' UNION ALL '.join(parts)}) AS bearer"
            f" JOIN {customers} c ON c.id = bearer.customer_id"
            " WHERE c.deleted_at IS NULL AND c.kind = 'company'",
            params,
        )
        return list(cursor.fetchall())


def has_keys(customer_ids: Iterable[int]) -> set[int]:
    """Return which of these customers have keys: older ones may have come before there were any."""
    found: Any = NameKey.objects.filter(customer__in=list(customer_ids))
    return set(found.values_list("customer_id", flat=True))
