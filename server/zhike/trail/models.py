"""The trail: one row for every write. It feeds the audit, the time line and the notices."""

from django.conf import settings
from django.db import models

from zhike.base import clock


class Event(models.Model):
    """Something a person (or the system) did: what is told, by whom and when never changes.

    `on` is the day it happened in Shanghai, which may lie long before `at`, the moment it was
    recorded: an imported follow-up of 2023 belongs to 2023 on the time line. It alone may move,
    when the day of a follow-up is corrected (`actions.redate`). `customer_id` and
    `record_id` are plain numbers, not foreign keys, so that the trail outlives what it tells of.
    `data` holds old and new values by field; sensitive values only ever in their masked form.

    `seal` ties the row to everything before it (`chain`); the database refuses to change or
    delete a row (`guard`). `via` is the way it came: session, token, system or command.
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
    address = models.CharField(max_length=45, blank=True, default="")
    via = models.CharField(max_length=10, blank=True, default="")
    seal = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["customer_id", "-on", "-id"], name="event_story"),
            models.Index(fields=["-at", "-id"], name="event_at"),
            models.Index(fields=["actor", "-at", "-id"], name="event_actor"),
            models.Index(fields=["verb", "-at", "-id"], name="event_verb"),
            # Most rows come by imports, which have neither.
            models.Index(
                fields=["request_id"], name="event_request", condition=~models.Q(request_id="")
            ),
            models.Index(
                fields=["address", "-at"], name="event_address", condition=~models.Q(address="")
            ),
        ]


class Head(models.Model):
    """Where the chain of events ends: exactly one row, locked by whoever lengthens it."""

    THE = 1
    count = models.BigIntegerField()
    last_id = models.BigIntegerField()
    seal = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_head")]


class Examination(models.Model):
    """What the last verification of the chain found: exactly one row.

    The next one may begin where this one ended; `mac` shows that it was ours.
    """

    THE = 1
    checked_at = models.DateTimeField(default=clock.now)
    whole_at = models.DateTimeField(null=True)
    well = models.BooleanField()
    problem = models.TextField(blank=True, default="")
    count = models.BigIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    seal = models.BinaryField(max_length=32, default=bytes(32))
    mac = models.BinaryField(max_length=32, default=bytes(32))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_examination")]
