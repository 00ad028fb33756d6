"""The public pool: when a neglected customer falls back, and who took one (R33)."""

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.customers.models import Customer


class PoolRules(models.Model):
    """公海规则: one row.

    A customer falls after `days` without contact, counted from the last follow-up or from when
    its owner got it; the owner is told `notice_days` before. Nobody holds more than `capacity` or
    takes more than `claims_per_day`; who lost one cannot take it again for `rest_days`.
    """

    THE = 1
    is_on = models.BooleanField("启用自动回收", default=False)
    days = models.PositiveSmallIntegerField("多少天没跟进收回", default=90)
    new_days = models.PositiveSmallIntegerField("新客户多少天没跟进收回", default=30)
    notice_days = models.PositiveSmallIntegerField("提前多少天提醒", default=7)
    capacity = models.PositiveIntegerField("每人最多负责多少位", default=0)  # 0: no limit
    claims_per_day = models.PositiveSmallIntegerField("每人每天最多领取", default=10)
    rest_days = models.PositiveSmallIntegerField("被收回后多少天不能再领", default=15)
    keeps_key = models.BooleanField("重点客户不回收", default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_pool_rules")]


class PoolClock(models.Model):
    """When a customer would fall into the pool. None stands here for who cannot fall."""

    customer = models.OneToOneField(
        Customer, primary_key=True, on_delete=models.CASCADE, related_name="pool_clock"
    )
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    held_since = models.DateField()  # when the present owner got it
    falls_on = models.DateField(null=True)
    warn_on = models.DateField(null=True)  # None once the owner was told

    class Meta:
        indexes = [
            models.Index(
                fields=["falls_on"], condition=Q(falls_on__isnull=False), name="pool_falls"
            ),
            models.Index(fields=["warn_on"], condition=Q(warn_on__isnull=False), name="pool_warn"),
            models.Index(fields=["owner", "falls_on"], name="pool_of_owner"),
        ]


class PoolEntry(models.Model):
    """A customer's stay in the pool: how it came, and who took it out."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="pool_entries", db_index=False
    )
    came_on = models.DateField()
    came_at = models.DateTimeField()
    why = models.CharField(max_length=16)  # neglected, given_back, never_owned
    # In the words of who gave it back, or of the rule, for whoever thinks of taking it next.
    reason = models.CharField(max_length=500, blank=True, default="")
    former = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    claimed_at = models.DateTimeField(null=True)
    claimed_on = models.DateField(null=True)
    claimed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(claimed_at__isnull=True), name="pool_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["-came_at", "-id"],
                condition=Q(claimed_at__isnull=True),
                name="pool_newest",
            ),
            models.Index(
                fields=["claimed_by", "claimed_on"],
                condition=Q(claimed_at__isnull=False),
                name="pool_claims",
            ),
            models.Index(fields=["customer", "-id"], name="pool_of_customer"),
        ]
