"""Tables of the ground floor."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Work to be done after the answer was given. `zhike.base.jobs` is its only writer."""

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"

    OPEN: ClassVar[tuple[str, ...]] = (State.QUEUED, State.RUNNING)

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    args = models.JSONField(default=dict)  # ids and options, never personal data
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    # Grows with every claim: who holds an older number has lost the job and cannot commit.
    fence = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    dedupe_key = models.CharField(max_length=120, null=True, blank=True)
    progress = models.JSONField(default=dict)  # {"done", "total", "message", "checkpoint"}
    error = models.TextField(blank=True, default="")  # Chinese, without personal data
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["run_at", "id"], name="job_open", condition=Q(finished_at__isnull=True)
            ),
            models.Index(
                fields=["-finished_at", "-id"],
                name="job_finished",
                condition=Q(finished_at__isnull=False),
            ),
            models.Index(fields=["state", "-id"], name="job_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                name="job_dedupe_open",
                condition=Q(finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="job_finished_when_closed",
                condition=Q(state__in=["queued", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Slot(models.Model):
    """The last moment for which a piece of recurring work was queued, e.g. the sweep of a minute.

    See `zhike.base.jobs`; what is done once a day stands in `Daily`.
    """

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()


class Worker(models.Model):
    """A process that works off jobs, as it last showed itself."""

    name = models.CharField(max_length=80, primary_key=True)  # host, process and a random part
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    job_id = models.BigIntegerField(null=True)


class Daily(models.Model):
    """The last day for which a piece of daily work was queued. See `zhike.base.jobs.daily`."""

    name = models.CharField(max_length=60, primary_key=True)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.name} {self.day}"


class Practice(models.Model):
    """The practice workspace of the organisation: exactly one row. See `zhike.base.practice`."""

    THE = 1
    # Which one stands now; 0 before the first was laid. It grows with every new one.
    generation = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=80, default="", blank=True)  # the last migration
    size = models.PositiveIntegerField(default=0)  # so many customers were made up
    is_nightly = models.BooleanField("每晚重置练习区", default=False)
    job_id = models.BigIntegerField(null=True)  # who lays it, or laid it last

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_practice")]
