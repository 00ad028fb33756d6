"""What administrators say about fields: definitions, words of dictionaries, rules between fields.

What is shipped stands in `builtin` and `choices`; rows here change it or add to it. `registry`
puts both together, and nothing else reads these tables to decide what a record consists of.
"""

from django.db import models
from django.db.models import Q


class Catalogue(models.Model):
    """One row; `version` grows with every change below, so that processes know theirs is old."""

    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_catalogue")]


class Field(models.Model):
    """字段: one field of a kind of record (R16).

    A row with `builtin` changes a shipped field, whose type and key stay; one without is the
    customer's own, and its key is `x` with its id. `section` is the heading it stands under;
    `group` the group of field rights that rules who sees it (`access.rights.GROUPS`).
    """

    class Need(models.TextChoices):
        REQUIRED = "required", "必填"
        RECOMMENDED = "recommended", "推荐"
        OPTIONAL = "optional", "选填"

    class Type(models.TextChoices):
        TEXT = "text", "单行文字"
        LONG_TEXT = "long_text", "多行文字"
        NUMBER = "number", "数字"
        MONEY = "money", "金额"
        DATE = "date", "日期"
        DATE_RANGE = "date_range", "日期区间"
        CHOICE = "choice", "单选"
        CHOICES = "choices", "多选"
        YES_NO = "yes_no", "是/否"
        PERSON = "person", "同事"
        PHONE = "phone", "电话"
        EMAIL = "email", "邮箱"
        URL = "url", "网址"
        ATTACHMENT = "attachment", "附件"

    of = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    builtin = models.BooleanField(default=False)
    label = models.CharField("名称", max_length=30)
    section = models.CharField("分组", max_length=20, blank=True)
    position = models.IntegerField("顺序", default=0)
    help = models.CharField("填写说明", max_length=200, blank=True)
    need = models.CharField("要求", max_length=12, choices=Need, default=Need.OPTIONAL)
    type = models.CharField("类型", max_length=12, choices=Type)
    dictionary = models.CharField("选项表", max_length=40, blank=True)
    default = models.JSONField("默认值", null=True)
    rule = models.JSONField("校验规则", default=dict)  # {"min", "max", "longest", "pattern"}
    group = models.CharField("权限组", max_length=20, default="basic")
    kinds = models.JSONField("适用", default=list)  # company, person; empty: both
    preset = models.CharField("行业模板", max_length=20, blank=True)
    weight = models.PositiveSmallIntegerField("完整度权重", default=0)
    archived_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "key"], name="field_once")]


class Word(models.Model):
    """选项: one value of a dictionary, shipped (then this row changes it) or added.

    A retired value is offered no more; records that hold it keep it unless it was replaced.
    """

    dictionary = models.CharField(max_length=40)
    value = models.CharField(max_length=16)
    label = models.CharField("名称", max_length=40)
    color = models.CharField("颜色", max_length=20, blank=True)
    synonyms = models.JSONField("也叫", default=list)
    position = models.IntegerField("顺序", default=0)
    retired_at = models.DateTimeField(null=True)
    replaced_by = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dictionary", "value"], name="word_once")]


class Rule(models.Model):
    """字段间规则: where every condition of `when` holds, all of `must` have to hold too (R06).

    A condition is {"field", "op", "value"}; `op` one of filled, empty, eq, ne, in, lt, le, gt, ge,
    before_field, after_field, at which `value` names the other field. `field` is where it is told.
    """

    class Level(models.TextChoices):
        HINT = "hint", "提示"
        WARNING = "warning", "警告"
        REFUSAL = "refusal", "不允许保存"

    key = models.CharField(max_length=40, unique=True)
    of = models.CharField(max_length=12, default="customer")
    name = models.CharField("规则名称", max_length=60)
    field = models.CharField("提示在", max_length=40)
    when = models.JSONField(default=list)
    must = models.JSONField(default=list)
    message = models.CharField("提示语", max_length=200)
    level = models.CharField("级别", max_length=10, choices=Level, default=Level.WARNING)
    is_on = models.BooleanField("启用", default=True)
    position = models.IntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
