"""What was done for a customer: follow-ups and care entries."""

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.customers.models import ALIVE, Contact, Customer
from zhike.fields import choices


class FollowUp(models.Model):
    """跟进记录: one contact with a customer.

    `contacted_on` is the day in Shanghai; both it and `contacted_at` are empty for an imported
    note nobody dated. `author_name` keeps the name an imported sheet gave, which may be nobody
    who signs in here.
    """

    version = models.PositiveIntegerField(default=1)
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="follow_ups", db_index=False
    )
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    contacted_at = models.DateTimeField("跟进时间", null=True)
    contacted_on = models.DateField(null=True)
    way = models.CharField("跟进方式", max_length=16, blank=True, choices=choices.WAY.choices)
    content = models.TextField("跟进内容", blank=True)
    customer_feedback = models.TextField("客户反馈与需求变化", blank=True)
    solution = models.TextField("我方方案", blank=True)
    response = models.CharField(
        "客户响应", max_length=16, blank=True, choices=choices.RESPONSE.choices
    )
    objection = models.TextField("异议", blank=True)
    result = models.TextField("跟进结果", blank=True)
    custom = models.JSONField(default=dict)
    author = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    author_name = models.CharField("跟进人", max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    # R25: written down later than a day after the talk; never of imported ones, whose hour nobody
    # knows. Kept, because the rule may change and the record must not.
    is_late = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True, db_index=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            # Of deleted ones too: who deletes a customer for good must find them all.
            models.Index(fields=["customer", "-contacted_on", "-id"], name="follow_up_by_customer"),
            models.Index(
                fields=["contact"], condition=Q(contact__isnull=False), name="follow_up_of_contact"
            ),
            models.Index(
                fields=["-deleted_at", "-id"],
                condition=Q(deleted_at__isnull=False),
                name="follow_up_trash",
            ),
            models.Index(
                fields=["author", "-contacted_on"], condition=ALIVE, name="follow_up_of_author"
            ),
        ]


class CareEntry(models.Model):
    """维护记录: one act of relationship care, e.g. a festival greeting, and what came of it."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="care_entries", db_index=False
    )
    on = models.DateField("维护时间", null=True)
    way = models.CharField("维护方式", max_length=16, blank=True, choices=choices.CARE_WAY.choices)
    result = models.TextField("维护结果", blank=True)
    feedback = models.TextField("客户反馈", blank=True)
    cost = models.BigIntegerField("费用", null=True)
    author = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    author_name = models.CharField("维护人", max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    import_id = models.BigIntegerField(null=True, db_index=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["customer", "-on", "-id"], name="care_of_customer")]
