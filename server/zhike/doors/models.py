"""Imports and exports: what came in and went out, by whom, and how far it is."""

from __future__ import annotations

from django.db import models

from zhike.access.models import Person


class Import(models.Model):
    """导入: one file on its way in.

    The rows read from it lie sealed in the data folder (`spool.py`) until the import is over;
    `ImportRow` keeps only what the result and the undo need.
    """

    class State(models.TextChoices):
        READING = "reading", "读取中"
        READY = "ready", "待确认"
        RUNNING = "running", "导入中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"
        UNDOING = "undoing", "撤销中"
        UNDONE = "undone", "已撤销"
        CANCELLED = "cancelled", "已取消"

    class OnMatch(models.TextChoices):
        UPDATE = "update", "更新已有客户"
        SKIP = "skip", "跳过"
        NEW = "new", "另建新客户"

    file_name = models.CharField("文件名", max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    message = models.TextField(blank=True, default="")
    sheet = models.CharField(max_length=20, default="unknown")
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=list)  # the field of each column, null for none
    on_match = models.CharField(max_length=8, choices=OnMatch, default=OnMatch.UPDATE)
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)
    job_id = models.BigIntegerField(null=True)
    # The state an undo under way will end in, and what it had to leave.
    ends_as = models.CharField(max_length=10, blank=True, default="")
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="import_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(on_match__in=["update", "skip", "new"]), name="import_on_match"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class ImportRow(models.Model):
    """A row of an import that has a problem, or changed a customer who was already here.

    `cells` are the cells of a row with problems, `before` what an undo needs; both are sealed
    JSON, because they hold personal data.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    action = models.CharField(max_length=8)
    problems = models.JSONField(default=list)  # [[column, level, message], …]
    customer_id = models.BigIntegerField(null=True)
    cells = models.BinaryField(null=True)
    before = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "row"], name="import_row_once"),
        ]


class Export(models.Model):
    """导出: one file on its way out, with the masks it was made with."""

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "生成中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"

    view = models.CharField(max_length=20)
    format = models.CharField(max_length=4)
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    plain = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    message = models.TextField(blank=True, default="")
    rows = models.PositiveIntegerField(default=0)
    job_id = models.BigIntegerField(null=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="export_of_person")]


class CalendarFeed(models.Model):
    """日历订阅: a person's tasks for the calendar of their phone, at an address nobody can guess.

    Only a digest of the address is kept: who loses it makes a new one, and the old one is dead.
    """

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    last_read_on = models.DateField(null=True)
