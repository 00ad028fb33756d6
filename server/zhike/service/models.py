"""Feedback of customers. Cases with clocks and surveys will join it in this room."""

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.customers.models import Customer
from zhike.fields import choices


class Feedback(models.Model):
    """客户反馈: what a customer thinks, with a score of 1 to 5 where one was given."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="feedback", db_index=False
    )
    on = models.DateField("反馈时间", null=True)
    score = models.PositiveSmallIntegerField("满意度评分", null=True)
    dimension = models.CharField("评价维度", max_length=60, blank=True)
    comment = models.TextField("具体评价内容", blank=True)
    suggestion = models.TextField("改进建议", blank=True)
    handler = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    handler_name = models.CharField("负责人", max_length=40, blank=True)
    status = models.CharField(
        "处理状态", max_length=16, blank=True, choices=choices.FEEDBACK_STATUS.choices
    )
    recorded_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField()
    import_id = models.BigIntegerField(null=True, db_index=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(1, 5)), name="feedback_score"
            )
        ]
        indexes = [models.Index(fields=["customer", "-on", "-id"], name="feedback_of_customer")]
