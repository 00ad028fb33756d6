"""What helps to work well: record templates, phrases, check lists (R31)."""

from django.db import models

from zhike.access.models import Person
from zhike.customers.models import Customer
from zhike.fields import choices


class Template(models.Model):
    """记录模板: what a record of one scene looks like, e.g. 首次拜访; `body` has gaps like ＿＿."""

    version = models.PositiveIntegerField(default=1)
    scene = models.CharField("场景", max_length=40, unique=True)
    way = models.CharField("跟进方式", max_length=16, blank=True, choices=choices.WAY.choices)
    body = models.TextField("内容")
    position = models.PositiveSmallIntegerField(default=100)
    archived_at = models.DateTimeField(null=True)


class Phrase(models.Model):
    """话术: words that worked, for a stage of the deal or against an objection.

    `tags` are names of customer tags, `roles` roles of contacts it suits; none suits all.
    """

    version = models.PositiveIntegerField(default=1)
    stage = models.CharField("阶段", max_length=16, blank=True, choices=choices.DEAL_STAGE.choices)
    objection = models.CharField("异议", max_length=60, blank=True)
    title = models.CharField("标题", max_length=60)
    body = models.TextField("话术")
    tags = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=100)
    used = models.PositiveIntegerField("用过几次", default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["stage", "position", "id"], name="phrase_of_stage")]


class Checklist(models.Model):
    """SOP 清单: what is to be done in a stage of the deal; `items` are `{"key", "text"}`."""

    version = models.PositiveIntegerField(default=1)
    stage = models.CharField("阶段", max_length=16, choices=choices.DEAL_STAGE.choices)
    title = models.CharField("清单名称", max_length=60)
    items = models.JSONField("步骤", default=list)
    position = models.PositiveSmallIntegerField(default=100)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["stage", "position", "id"], name="checklist_of_stage")]


class Tick(models.Model):
    """One step of a check list done for a customer."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="ticks", db_index=False
    )
    checklist = models.ForeignKey(
        Checklist, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    item = models.CharField(max_length=12)
    done_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "checklist", "item"], name="tick_once")
        ]
