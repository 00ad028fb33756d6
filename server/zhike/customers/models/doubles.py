"""Customers that may be the same, and those that were merged."""

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.customers.models.customer import Customer


class Double(models.Model):
    """疑似重复: two customers that may be one (R19). `first` has the smaller id.

    `strength` is 100 where the identity is equal and less for every hint; `reasons` are codes:
    identity, phone, email, wechat, name, like_name.
    """

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        DISMISSED = "dismissed", "不是重复"

    first = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="doubles", db_index=False
    )
    second = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="doubles_of_older", db_index=False
    )
    strength = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="double_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="double_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-strength", "-id"], name="double_by_strength"),
            models.Index(fields=["second"], name="double_second"),
        ]


class Merge(models.Model):
    """合并: one customer took in others, with all that hangs on them; it can be undone (R19).

    `moved` lists, per kind of record, the ids that changed hands and from whom; `before` holds
    what the survivor had in the fields that changed, sealed ones still sealed; `after` a digest of
    what they became, by which an undo sees whether somebody has changed them since.
    """

    survivor = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="merges", db_index=False
    )
    absorbed_ids = models.JSONField(default=list)
    chosen = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    merged_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["survivor", "-id"], name="merge_of_survivor")]
