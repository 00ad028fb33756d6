"""Deciding what waits: new customers and changes of chosen fields (R57).

Which fields wait stands in the organisation's rules; who may `review` never waits. Sealed fields
cannot be chosen: a review keeps old and new side by side, and numbers are nobody's to keep twice.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import text
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from zhike.customers import actions, history, queue
from zhike.customers.models import Customer, Review
from zhike.customers.queries import GIVEABLE
from zhike.customers.ways import locked
from zhike.fields.groups import require_edit
from zhike.trail.actions import record

MOST_NOTE = 500


def decide(
    *,
    actor: Person,
    now: datetime,
    review_id: int,
    approved: bool,
    note: str = "",
    seen: str | None = None,
) -> Review:
    """Approve or reject what waits; `seen` is the stamp of what the reviewer was shown.

    An approved change is made in the reviewer's name, a rejected new customer goes to the trash.
    A word that was replaced meanwhile is approved as the one that replaced it.
    Raises NotFound, Forbidden (naming a field the reviewer may not change), Conflict `decided`,
    Stale when something else waits by now, Invalid when the change is no longer possible.
    """
    if not actor.may("review"):
        raise Forbidden("你没有审核的权限，请联系主管或管理员。")
    note = _note(note, needed=not approved)
    with transaction.atomic():
        review = _held(actor, review_id, seen)
        review.state = Review.State.APPROVED if approved else Review.State.REJECTED
        review.decided_by, review.decided_at, review.note = actor, now, note
        if approved:
            _reword(actor, now, review)
        review.save()
        record(
            "review.decided",
            actor=actor,
            now=now,
            customer_id=review.customer_id,
            record=("review", review.pk),
            data={
                "kind": review.kind,
                "state": review.state,
                "result": "通过" if approved else "不通过",
                "asked_by": review.asked_by.name,
                "note": note,
                "changes": review.changes,
            },
        )
        if approved and review.changes:
            actions.change_customer(
                actor=actor,
                now=now,
                customer_id=review.customer_id,
                version=review.customer.version,
                **{name: new for name, (_, new) in review.changes.items()},
            )
        if not approved and review.kind == Review.Kind.NEW:
            actions.put_away(actor=actor, now=now, customer=review.customer)
    return queue.reviews_visible_to(actor).get(pk=review.pk)


def _held(actor: Person, review_id: int, seen: str | None) -> Review:
    """Return a waiting review with its customer locked, which keeps others from deciding it."""
    found = queue.reviews_visible_to(actor).filter(pk=review_id)
    first = found.first()
    if first is None:
        raise NotFound("没有找到这条审核，可能已撤回，或不在你的范围内。")
    _refuse_if_decided(first)
    customer = locked(actor, first.customer_id, GIVEABLE)
    review = found.first()  # as it is now that nobody else can touch it
    if review is None:
        raise NotFound("这条审核刚刚被撤回了。")
    _refuse_if_decided(review)
    review.customer = customer
    require_edit(actor, "customer", review.changes)
    if seen is not None and seen != queue.stamp(review):
        raise Stale(f"{review.asked_by.name}刚刚又改过，请看过新的内容再决定。")
    return review


def _reword(actor: Person, now: datetime, review: Review) -> None:
    """Have a review ask for the words that replaced those it asked for, and tell of it.

    Raises Invalid, naming the field, for a word that was retired without another in its place.
    """
    found: dict[str, list[Any]] = {}
    gone: list[tuple[str, str]] = []
    for name, (old, wished) in review.changes.items():
        meant = queue.offered_for(review.customer, name, wished)
        if meant is None:
            label, word = history.label(Customer, name), history.shown(Customer, name, wished)
            who = review.asked_by.name
            told = f"{label}里的“{word}”已经停用。请不通过这一条，让{who}换一项再提交。"
            gone.append((name, told))
        elif meant != wished:
            found[name] = [wished, meant]
            review.changes[name] = [old, meant]
    if gone:
        raise Invalid(gone)
    if found:
        record(
            "review.reworded",
            actor=actor,
            now=now,
            customer_id=review.customer_id,
            record=("review", review.pk),
            data={"note": "提交时选的已停用", "changes": found},
        )


def _refuse_if_decided(review: Review) -> None:
    if review.state != Review.State.PENDING:
        by = review.decided_by.name if review.decided_by else "同事"
        raise Conflict(f"{by}已经处理过这一条了（{review.get_state_display()}）。", code="decided")


def _note(note: str, *, needed: bool) -> str:
    note = text.tidy(note or "", multiline=True)
    if len(note) > MOST_NOTE:
        raise Invalid("note", f"审核意见最多 {MOST_NOTE} 个字，请精简。")
    if needed and not note:
        raise Invalid("note", "请写一下为什么不通过，提交的人会看到。")
    return note
