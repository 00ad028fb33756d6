"""Plans that are used again and again: steps started for one customer or many (R29)."""

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.customers.models import Customer


class Playbook(models.Model):
    """跟进计划: a goal and the steps to it.

    A step is `{"after": days, "way", "title", "content", "mail"}`, counted from the start.
    Shared ones are everybody's to start; those of a person only theirs.
    """

    version = models.PositiveIntegerField(default=1)
    name = models.CharField("计划名称", max_length=60)
    goal = models.CharField("目标", max_length=200, blank=True)
    steps = models.JSONField("步骤", default=list)
    owner = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    is_shared = models.BooleanField("大家可用", default=True)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="playbook_name")]


class PlaybookRun(models.Model):
    """A playbook under way with a customer; its steps are tasks, made when it began."""

    class State(models.TextChoices):
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        STOPPED = "stopped", "已停止"

    playbook = models.ForeignKey(
        Playbook, on_delete=models.PROTECT, related_name="runs", db_index=False
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="playbook_runs", db_index=False
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    started_on = models.DateField()
    steps = models.JSONField(default=list)  # as they were when it began
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    why = models.CharField("停止原因", max_length=200, blank=True)
    started_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["playbook", "customer"],
                condition=Q(state="running"),
                name="playbook_runs_once",
            )
        ]
        indexes = [models.Index(fields=["customer", "-id"], name="playbook_run_of_customer")]
