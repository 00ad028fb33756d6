"""Reading feedback."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from zhike.access.models import Person
from zhike.customers.queries import records_visible_to
from zhike.fields import choices
from zhike.service.models import Feedback


def feedback_visible_to(actor: Person) -> QuerySet[Feedback]:
    """Return the feedback `actor` may read."""
    found = Feedback.objects.filter(deleted_at__isnull=True)
    return records_visible_to(actor, found, "feedback", "recorded_by")


def tell_feedback(ids: Iterable[int]) -> dict[int, dict[str, Any] | None]:
    """Return what the time line shows of feedback; the caller knows the customer is visible."""
    manager = Feedback._default_manager
    rows = manager.filter(pk__in=ids, deleted_at=None).select_related("handler")
    return {
        row.pk: {
            "title": choices.FEEDBACK_DIMENSION.label(row.dimension),
            "body": row.comment,
            "detail": {
                "score": row.score,
                "dimension": choices.FEEDBACK_DIMENSION.label(row.dimension),
                "suggestion": row.suggestion,
                "status": choices.FEEDBACK_STATUS.label(row.status),
                "handler": row.handler.name if row.handler else row.handler_name,
            },
        }
        for row in rows
    }
