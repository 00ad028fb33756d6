"""The people at a customer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.customers.models.customer import ALIVE, Customer
from zhike.fields import choices
from zhike.fields.sealed import SealedField


class Contact(models.Model):
    """联系人: a person at a customer.

    An import may leave text that is no complete number (`5678`, `zhang*`): it is kept as it was
    typed and shown as unverified until somebody corrects it.
    """

    SEALED: ClassVar[tuple[str, ...]] = ("mobile", "landline", "email", "wechat")

    version = models.PositiveIntegerField(default=1)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField("联系人", max_length=60)
    salutation = models.CharField("称谓", max_length=30, blank=True)  # empty: made from the name
    gender = models.CharField("性别", max_length=16, blank=True, choices=choices.GENDER.choices)
    title = models.CharField("职位", max_length=60, blank=True)
    mobile = SealedField("手机", kind="mobile", null=True)
    mobile_index = models.BinaryField(max_length=16, null=True, db_index=True)
    mobile_tail = models.BinaryField(max_length=16, null=True)
    landline = SealedField("固话", kind="landline", null=True)
    landline_index = models.BinaryField(max_length=16, null=True, db_index=True)
    landline_tail = models.BinaryField(max_length=16, null=True)
    email = SealedField("邮箱", kind="email", null=True)
    email_index = models.BinaryField(max_length=16, null=True, db_index=True)
    wechat = SealedField("微信", kind="wechat", null=True)
    wechat_index = models.BinaryField(max_length=16, null=True, db_index=True)
    role = models.CharField(
        "决策角色", max_length=16, blank=True, choices=choices.CONTACT_ROLE.choices
    )
    preferences = models.TextField("偏好与习惯", blank=True)
    convenient_time = models.CharField("方便联系的时间", max_length=60, blank=True)
    convenient_way = models.CharField(
        "方便的联系方式", max_length=16, blank=True, choices=choices.WAY.choices
    )
    birthday = models.CharField("生日", max_length=16, blank=True)
    stance = models.CharField("态度", max_length=16, blank=True, choices=choices.STANCE.choices)
    reports_to = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="reports", db_index=False
    )
    # R10: whether this person agreed to be contacted, since when and by what.
    consent = models.CharField(
        "联系意愿", max_length=10, choices=choices.CONSENT.choices, default="unknown"
    )
    consent_on = models.DateField("表示意愿的日期", null=True)
    consent_source = models.CharField("意愿的来源", max_length=100, blank=True)
    do_not_contact = models.BooleanField("请勿联系", default=False)
    do_not_contact_reason = models.CharField("请勿联系的原因", max_length=200, blank=True)
    # Contacts of one number are one human being, known at several customers.
    individual = models.BigIntegerField(null=True)
    custom = models.JSONField(default=dict)
    is_primary = models.BooleanField("首要联系人", default=False)
    import_id = models.BigIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(is_primary=True) & ALIVE,
                name="contact_one_primary",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-deleted_at", "-id"],
                condition=Q(deleted_at__isnull=False),
                name="contact_trash",
            ),
            models.Index(
                fields=["individual"],
                condition=Q(individual__isnull=False),
                name="contact_individual",
            ),
            models.Index(
                fields=["reports_to"],
                condition=Q(reports_to__isnull=False),
                name="contact_reports_to",
            ),
            models.Index(fields=["mobile_tail", "customer"], name="contact_mobile_tail"),
            models.Index(fields=["landline_tail", "customer"], name="contact_landline_tail"),
        ]
