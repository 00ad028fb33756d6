"""What is done with feedback."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.access.models import Person
from zhike.base import clock, text
from zhike.base.errors import Invalid
from zhike.customers.ways import loggable
from zhike.fields import choices, values
from zhike.service.models import Feedback
from zhike.trail.actions import record

TEXTS = (
    ("comment", "反馈内容", values.LONG),
    ("suggestion", "改进建议", values.LONG),
    ("dimension", "评价维度", 60),
)


def dimension_of(said: str) -> str:
    """What is kept for a dimension: the value of a choice called so, other words as they are."""
    meant = (one.value for one in choices.FEEDBACK_DIMENSION if one.label == said)
    return next(meant, said)


def record_feedback(*, actor: Person, now: datetime, customer_id: int, **fields: Any) -> Feedback:
    """Record what a customer thinks: a score of 1 to 5, a comment, or both."""
    customer = loggable(actor, customer_id)
    on = fields.get("on") or clock.day_of(now)
    if on > clock.day_of(now):
        raise Invalid("on", "反馈时间不能在将来，请核对日期。")
    if on.year < 1990:
        raise Invalid("on", "反馈时间的年份不对，请核对。")
    score = fields.get("score")
    if score is not None and score not in range(1, 6):
        raise Invalid("score", "满意度评分请填 1 到 5 分。")
    status = fields.get("status") or "pending"
    if status not in choices.FEEDBACK_STATUS.values:
        raise Invalid("status", "处理状态没有这个选项，请从列表中选择。")
    words = {
        name: text.entered(name, label, fields.get(name), most=most, multiline=True)
        for name, label, most in TEXTS
    }
    words["dimension"] = dimension_of(words["dimension"])
    if score is None and not words["comment"]:
        raise Invalid("comment", "请填写评分或反馈内容。")
    with transaction.atomic():
        feedback = Feedback.objects.create(
            customer=customer,
            on=on,
            score=score,
            status=status,
            handler=actor,
            handler_name=actor.name,
            recorded_by=actor,
            recorded_at=now,
            **words,
        )
        record(
            "feedback.recorded",
            actor=actor,
            now=now,
            on=on,
            customer_id=customer.pk,
            record=("feedback", feedback.pk),
        )
    return feedback
