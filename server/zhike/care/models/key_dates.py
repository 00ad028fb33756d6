"""Days that matter: when a contract ends, a birthday, a day of many years together (R28)."""

from django.db import models
from django.db.models import Q

from zhike.customers.models import Contact, Customer


class KeyDate(models.Model):
    """重要日期: the next time a day of a customer comes round.

    Derived from the file (`care.key_dates`): brought up to date when the file changes, and moved
    on to the next year once its day has passed. `remind_on` is the day to tell the owner.
    """

    KINDS = (
        ("contract_end", "合同到期"),
        ("birthday", "生日"),
        ("anniversary", "合作周年"),
        ("expected_close", "预计成交"),
        ("look_again", "再看日期"),
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="key_dates", db_index=False
    )
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=16, choices=KINDS)
    on = models.DateField()
    remind_on = models.DateField(null=True)  # None once the owner was told
    told = models.CharField(max_length=80, blank=True)  # 农历八月十五, 合作满 3 年

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind"],
                condition=Q(contact__isnull=False),
                name="key_date_of_contact_once",
            ),
            models.UniqueConstraint(
                fields=["customer", "kind"],
                condition=Q(contact__isnull=True),
                name="key_date_once",
            ),
        ]
        indexes = [
            models.Index(fields=["customer"], name="key_date_of_customer"),
            models.Index(
                fields=["remind_on", "id"],
                condition=Q(remind_on__isnull=False),
                name="key_date_remind",
            ),
            models.Index(fields=["on", "id"], name="key_date_on"),
            models.Index(
                fields=["contact"], condition=Q(contact__isnull=False), name="key_date_of_contact"
            ),
        ]
