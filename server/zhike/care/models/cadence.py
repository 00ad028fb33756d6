"""How often customers are followed up, and how often at most: rules as data (R26, R27)."""

from datetime import time
from typing import Any

from django.db import models
from django.db.models import Q


def shipped_guard() -> dict[str, int]:
    """Return how many contacts a month are enough for a customer of each tier (R27); 0: no limit.

    The empty key is for customers without a tier.
    """
    return {"core": 0, "growth": 4, "normal": 2, "": 2}


class CadenceRule(models.Model):
    """跟进频率规则: for customers that meet `when`, a contact every so often.

    Rules stand in sets (`shelf`); those of the chosen set count, the first that fits by
    `position`. A return visit (回访) is a rhythm of its own beside the follow-ups.
    """

    class Unit(models.TextChoices):
        DAY = "day", "天"
        WEEK = "week", "周"
        MONTH = "month", "个月"

    class Track(models.TextChoices):
        FOLLOW_UP = "follow_up", "跟进"
        RETURN_VISIT = "return_visit", "回访"

    version = models.PositiveIntegerField(default=1)
    shelf = models.CharField(max_length=20)
    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField("规则名称", max_length=60)
    position = models.PositiveSmallIntegerField(default=100)
    track = models.CharField(max_length=12, choices=Track, default=Track.FOLLOW_UP)
    # Conditions as `fields.conditions` reads them.
    when = models.JSONField("适用客户", default=list)
    every = models.PositiveSmallIntegerField("间隔")
    unit = models.CharField(max_length=5, choices=Unit)
    # The first contact with a customer nobody followed up yet comes after so many days; None: as
    # often as `every` says.
    first_within = models.PositiveSmallIntegerField("首次跟进天数", null=True)
    ways = models.JSONField("建议方式", default=list)
    matter = models.CharField("事项", max_length=60, blank=True)
    is_on = models.BooleanField("启用", default=True)
    # A rule that was removed only stands behind the plans it made, so that the others may take
    # them over when plans are made anew.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=730), name="cadence_every")
        ]
        indexes = [models.Index(fields=["shelf", "position", "id"], name="cadence_in_order")]


class CareRules(models.Model):
    """跟进规则: one row; which set of rhythms counts, how often is too often, when people rest."""

    THE = 1
    shelf = models.CharField("采用的跟进频率", max_length=20, default="types")
    plans_itself = models.BooleanField("没约下次时按规则安排", default=True)
    guard = models.JSONField("每月联系上限", default=shipped_guard)
    late_hours = models.PositiveSmallIntegerField("多少小时后补记算迟", default=24)
    unplanned_days = models.PositiveSmallIntegerField("多少天没有计划要提醒", default=30)
    quiet_from = models.TimeField("免打扰开始", default=time(21, 0))
    quiet_to = models.TimeField("免打扰结束", default=time(8, 0))
    digest_at = models.TimeField("每日摘要时间", default=time(8, 30))
    remind_at = models.TimeField("全天待办的提醒时间", default=time(9, 0))
    long_record = models.PositiveSmallIntegerField("记录超过多少字提示精简", default=300)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_care_rules")]

    def limit_for(self, tier: str) -> int | None:
        """Return how many contacts a month are enough for a tier; None means no limit."""
        found: Any = self.guard.get(tier, self.guard.get("", 0))
        return int(found) or None
