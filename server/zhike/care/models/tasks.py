"""What is to be done on a day."""

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.care.models.cadence import CadenceRule
from zhike.care.models.playbooks import PlaybookRun
from zhike.care.models.record import FollowUp
from zhike.customers.models import Customer
from zhike.fields import choices

REPEATS = [
    ("day", "每天"),
    ("workday", "每个工作日"),
    ("week", "每周"),
    ("month", "每月"),
    ("quarter", "每季度"),
    ("year", "每年"),
]


class Task(models.Model):
    """待办: something to do on a day. Kind `follow_up` is the planned next follow-up."""

    FOLLOW_UP = "follow_up"
    TODO = "todo"

    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=[(FOLLOW_UP, "跟进"), (TODO, "待办")])
    customer = models.ForeignKey(
        Customer, null=True, on_delete=models.CASCADE, related_name="tasks", db_index=False
    )
    follow_up = models.ForeignKey(
        FollowUp, null=True, on_delete=models.SET_NULL, related_name="tasks", db_index=False
    )
    title = models.CharField("事项", max_length=200, blank=True)
    materials = models.CharField("需准备的资料", max_length=200, blank=True)
    due_on = models.DateField("日期")
    due_time = models.TimeField("时间", null=True)
    assignee = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    # Why this day, in words, where a rule or a playbook chose it (R26).
    why = models.CharField(max_length=200, blank=True)
    way = models.CharField("建议方式", max_length=16, blank=True, choices=choices.WAY.choices)
    rule = models.ForeignKey(
        CadenceRule, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    run = models.ForeignKey(
        PlaybookRun, null=True, on_delete=models.SET_NULL, related_name="tasks", db_index=False
    )
    step = models.PositiveSmallIntegerField(null=True)  # of the playbook
    # The next moment to remind of it; None when nobody need be reminded (again).
    remind_at = models.DateTimeField("提醒时间", null=True)
    remind_before = models.PositiveIntegerField("提前多少分钟提醒", null=True)
    # A recurring task: when it is done, the next of its series is made, counted from `anchor`.
    repeat = models.CharField("重复", max_length=8, blank=True, choices=REPEATS)
    repeat_every = models.PositiveSmallIntegerField(default=1)
    repeat_until = models.DateField("重复到", null=True)
    series = models.BigIntegerField(null=True)  # id of the first
    anchor = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    import_id = models.BigIntegerField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "due_on"],
                condition=Q(series__isnull=False),
                name="task_once_in_series",
            )
        ]
        indexes = [
            models.Index(
                fields=["assignee", "due_on", "id"],
                condition=Q(done_at__isnull=True),
                name="task_due",
            ),
            models.Index(fields=["customer", "done_at", "due_on"], name="task_of_customer"),
            models.Index(fields=["assignee", "-done_at"], name="task_done"),
            # What everybody has to do, for who may see it all.
            models.Index(
                fields=["due_on", "id"], condition=Q(done_at__isnull=True), name="task_open"
            ),
            # The sweep of the minute reads this alone, and only what is due (R28).
            models.Index(
                fields=["remind_at", "id"],
                condition=Q(done_at__isnull=True, remind_at__isnull=False),
                name="task_remind",
            ),
            models.Index(
                fields=["rule"],
                condition=Q(done_at__isnull=True, rule__isnull=False),
                name="task_of_rule",
            ),
            models.Index(fields=["run"], condition=Q(run__isnull=False), name="task_of_run"),
            models.Index(
                fields=["follow_up"], condition=Q(follow_up__isnull=False), name="task_of_follow_up"
            ),
        ]
