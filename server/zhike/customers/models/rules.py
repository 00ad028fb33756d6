"""The rules of the customer file that are settings, and what breaks them."""

from typing import Any

from django.db import models

from zhike.customers.models.customer import Customer
from zhike.fields.models import Rule


def shipped_tiers() -> dict[str, Any]:
    """Return how tiers are computed unless somebody says otherwise (R05).

    Each part gives up to `most` points; amounts are in yuan, lengths in months. `core` and
    `growth` are the points from which a customer is 核心 or 潜力.
    """
    return {
        "money": {"most": 40, "full": 500_000},
        "length": {"most": 20, "full": 36},
        "frequency": {"most": 20, "full": 6},
        "potential": {"most": 20},
        "core": 60,
        "growth": 30,
    }


class FileRules(models.Model):
    """档案规则: one row; the settings of tiers, completeness and sleeping customers."""

    tiers = models.JSONField("分层规则", default=shipped_tiers)
    completeness_goal = models.PositiveSmallIntegerField("完整度目标", default=95)
    dormant_days = models.PositiveSmallIntegerField("多少天没有往来算沉睡", default=90)
    attachment_mb = models.PositiveSmallIntegerField("单个附件的大小上限", default=20)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_file_rules")]


class Contradiction(models.Model):
    """自相矛盾: a customer whose facts break a rule between fields, found every night (R06)."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="contradictions", db_index=False
    )
    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="+", db_index=False)
    told = models.CharField(max_length=300)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "rule"], name="contradiction_once")
        ]
        indexes = [models.Index(fields=["rule", "-id"], name="contradiction_by_rule")]
