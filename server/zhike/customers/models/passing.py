"""How customers pass between people: shared with them, handed over, waiting for review."""

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.customers.models.customer import Customer


class Collaborator(models.Model):
    """协作人: a colleague with whom a customer is shared, to read or to edit it (R58)."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="collaborators", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    may_edit = models.BooleanField("可以修改", default=False)
    added_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "person"], name="collaborator_once")
        ]
        indexes = [models.Index(fields=["person", "customer"], name="collaborator_of")]


class HandOver(models.Model):
    """交接: customers pass from one owner to another, or into the pool (`taker` empty), R32.

    `customer_ids` are those chosen, in the order they are worked off; empty means all that
    `giver` holds when each is reached. The work is done by a job.
    """

    class State(models.TextChoices):
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"

    giver = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    taker = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    note = models.CharField("交接说明", max_length=500, blank=True, default="")
    customer_ids = models.JSONField(default=list)
    all_of_giver = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    job_id = models.BigIntegerField(null=True)
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class Review(models.Model):
    """审核: a new customer, or a change of chosen fields, that waits for who may decide (R57).

    `changes` holds [old, new] per field as JSON; sealed fields never wait, so none is here. What
    the same person asks again before it was decided joins what already waits; of one field only
    the last wish waits, whoever had it.
    """

    class Kind(models.TextChoices):
        NEW = "new", "新客户"
        CHANGE = "change", "修改"

    class State(models.TextChoices):
        PENDING = "pending", "待审核"
        APPROVED = "approved", "已通过"
        REJECTED = "rejected", "未通过"

    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="reviews", db_index=False
    )
    changes = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField("审核意见", max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind", "asked_by"],
                condition=Q(state="pending"),
                name="review_one_pending",
            )
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="review_by_state"),
            models.Index(fields=["customer"], name="review_of_customer"),
        ]
