"""What the matrix needs of doubles and merges: one of each for everybody's customers."""

from __future__ import annotations

from collections.abc import Mapping

from tests.people import NOW
from zhike.customers.models import Customer, Double, Merge

_NOTHING = {
    **{name: {} for name in ("rows", "gone", "added", "raised", "twins")},
    **{name: [] for name in ("dethroned", "taken")},
}


def merge_of(customer: Customer) -> int:
    """A merge of nobody: whoever may undo one may undo it."""
    made = Merge.objects.create(
        survivor=customer,
        moved=_NOTHING,
        before={"columns": {}, "custom": {}},
        merged_at=NOW,
    )
    return made.pk


def pairs_with(own: int, others: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """The customer of whoever calls, and one of each relation, as a pair of doubles."""
    found = {}
    for relation, other in others.items():
        if other != own:
            pair = Double.objects.create(
                first_id=min(own, other),
                second_id=max(own, other),
                strength=90,
                reasons=["name"],
                found_at=NOW,
            )
            found["double", relation] = pair.pk
    return found
