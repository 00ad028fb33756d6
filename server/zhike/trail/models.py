"""The trail: one row for every write. It feeds the audit, the time line and the notices."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """Something a person (or the system) did: what is told, by whom and when never changes.

    `on` is the day it happened in Shanghai, which may lie long before `at`, the moment it was
    recorded: an imported follow-up of 2023 belongs to 2023 on the time line. It alone may move,
    when the day of a follow-up is corrected (`actions.redate`). `customer_id` and
    `record_id` are plain numbers, not foreign keys, so that the trail outlives what it tells of.
    `data` holds old and new values by field; sensitive values only ever in their masked form.
    """

    at = models.DateTimeField()
    on = models.DateField()
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    customer_id = models.BigIntegerField(null=True)
    record_type = models.CharField(max_length=20, blank=True, default="")
    record_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["customer_id", "-on", "-id"], name="event_story"),
            models.Index(fields=["-at"], name="event_at"),
        ]
