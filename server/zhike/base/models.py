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


class Daily(models.Model):
    """The last day for which a piece of daily work was queued. See `zhike.base.jobs.daily`."""

    name = models.CharField(max_length=60, primary_key=True)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.name} {self.day}"
