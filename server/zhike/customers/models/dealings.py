"""What a customer bought, what may go wrong with it, and the files that belong to it."""

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.customers.models.customer import ALIVE, Customer
from zhike.fields import choices


class Purchase(models.Model):
    """购买记录: what a customer bought on a day (R13). The amount is in fen."""

    version = models.PositiveIntegerField(default=1)
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="purchases", db_index=False
    )
    bought_on = models.DateField("购买日期")
    product = models.CharField("产品/服务", max_length=120)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=3, null=True)
    amount = models.BigIntegerField("金额", null=True)
    order_code = models.CharField("订单编号", max_length=60, blank=True)
    note = models.CharField("备注", max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField()
    import_id = models.BigIntegerField(null=True, db_index=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-bought_on", "-id"], name="purchase_of_customer"),
            models.Index(
                fields=["-deleted_at", "-id"],
                condition=Q(deleted_at__isnull=False),
                name="purchase_trash",
            ),
        ]


class Problem(models.Model):
    """潜在问题: what may go wrong with a customer, why, and what is done about it (R15)."""

    version = models.PositiveIntegerField(default=1)
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="problems", db_index=False
    )
    description = models.TextField("问题描述")
    cause = models.TextField("原因分析", blank=True)
    solution = models.TextField("解决方案", blank=True)
    state = models.CharField(
        "状态", max_length=16, choices=choices.PROBLEM_STATE.choices, default="open"
    )
    recorded_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField()
    solved_on = models.DateField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-id"], name="problem_of_customer"),
            models.Index(
                fields=["-deleted_at", "-id"],
                condition=Q(deleted_at__isnull=False),
                name="problem_trash",
            ),
        ]


class Attachment(models.Model):
    """附件: a file that belongs to a customer, or to one of its records (R22).

    The content lies in the file store under `digest`, a keyed hash of it; the same content is
    kept once. `of` and `record_id` name the record it hangs on, the customer itself or another.
    """

    class Of(models.TextChoices):
        CUSTOMER = "customer", "客户"
        CONTACT = "contact", "联系人"
        FOLLOW_UP = "follow_up", "跟进记录"
        PURCHASE = "purchase", "购买记录"
        PROBLEM = "problem", "潜在问题"

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="attachments", db_index=False
    )
    of = models.CharField(max_length=12, choices=Of, default=Of.CUSTOMER)
    record_id = models.BigIntegerField()
    field = models.CharField(max_length=20, blank=True)  # the key of a field of type attachment
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    uploaded_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-id"], name="attachment_of_customer"),
            models.Index(fields=["of", "record_id"], condition=ALIVE, name="attachment_of_record"),
            models.Index(fields=["field", "customer"], condition=ALIVE, name="attachment_of_field"),
            models.Index(fields=["digest"], name="attachment_digest"),
            models.Index(
                fields=["-deleted_at", "-id"],
                condition=Q(deleted_at__isnull=False),
                name="attachment_trash",
            ),
        ]
