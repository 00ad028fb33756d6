"""The trail: one row for every write. It feeds the audit and the time line; and notices."""

from django.conf import settings
from django.db import models

from zhike.base import clock


class Event(models.Model):
    """Something a person (or the system) did: what is told, by whom and when never changes.

    `on` is the day it happened in Shanghai, which may lie long before `at`, the moment it was
    recorded: an imported follow-up of 2023 belongs to 2023 on the time line. It alone may move,
    when the day of a follow-up is corrected (`actions.redate`). `customer_id` and
    `record_id` are plain numbers, not foreign keys, so that the trail outlives what it tells of.
    `data` holds old and new values by field; sensitive values only ever in their masked form.

    `seal` ties the row to everything before it (`chain`); the database refuses to change or
    delete a row (`guard`). `via` is the way it came: session, token, system or command.
    """

    at = models.DateTimeField()
    on = models.DateField()
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    customer_id = models.BigIntegerField(null=True)
    record_type = models.CharField(max_length=20, blank=True, default="")
    record_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True, default="")
    address = models.CharField(max_length=45, blank=True, default="")
    via = models.CharField(max_length=10, blank=True, default="")
    seal = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["customer_id", "-on", "-id"], name="event_story"),
            models.Index(fields=["-at", "-id"], name="event_at"),
            models.Index(fields=["actor", "-at", "-id"], name="event_actor"),
            models.Index(fields=["verb", "-at", "-id"], name="event_verb"),
            # Most rows come by imports, which have neither.
            models.Index(
                fields=["request_id"], name="event_request", condition=~models.Q(request_id="")
            ),
            models.Index(
                fields=["address", "-at"], name="event_address", condition=~models.Q(address="")
            ),
        ]


class Head(models.Model):
    """Where the chain of events ends: exactly one row, locked by whoever lengthens it."""

    THE = 1
    count = models.BigIntegerField()
    last_id = models.BigIntegerField()
    seal = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_head")]


class Examination(models.Model):
    """What the last verification of the chain found: exactly one row.

    The next one may begin where this one ended; `mac` shows that it was ours.
    """

    THE = 1
    checked_at = models.DateTimeField(default=clock.now)
    whole_at = models.DateTimeField(null=True)
    well = models.BooleanField()
    problem = models.TextField(blank=True, default="")
    count = models.BigIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    seal = models.BinaryField(max_length=32, default=bytes(32))
    mac = models.BinaryField(max_length=32, default=bytes(32))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_examination")]


class Channel(models.Model):
    """通知渠道: where notices go besides the screen: the mail server, a robot of a group chat.

    A robot belongs to a department with those below it, or to everybody. Address and secret are
    sealed: who has them can post into the group.
    """

    class Kind(models.TextChoices):
        MAIL = "mail", "邮件"
        WECOM = "wecom", "企业微信群机器人"
        DINGTALK = "dingtalk", "钉钉群机器人"
        FEISHU = "feishu", "飞书群机器人"

    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField("名称", max_length=40)
    # Of mail: {"host", "port", "security", "user", "sender"}; of robots nothing.
    settings = models.JSONField(default=dict)
    address = models.BinaryField(null=True)  # sealed: the robot's address
    secret = models.BinaryField(null=True)  # sealed: its signing secret, or the mail password
    department_path = models.CharField("部门", max_length=240, blank=True, default="")
    is_on = models.BooleanField("启用", default=True)
    worked_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    trouble = models.CharField("最近的错误", max_length=200, blank=True)


class Notice(models.Model):
    """通知: something a person is told. `key` makes sure it is told once.

    `body` holds names, never numbers or other sealed values: it leaves the house by other doors.
    `due_at` is the moment it was meant for; how late it came follows from `created_at`.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=24)  # of `zhike.trail.notices.KINDS`
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=1000, blank=True)
    customer_id = models.BigIntegerField(null=True)
    record_type = models.CharField(max_length=20, blank=True, default="")
    record_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(
                fields=["person", "-id"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(fields=["created_at"], name="notice_at"),
            # What was told of somebody who is deleted for good goes too.
            models.Index(
                fields=["customer_id"],
                condition=models.Q(customer_id__isnull=False),
                name="notice_of_customer",
            ),
        ]


class Delivery(models.Model):
    """投递: a notice, or several of a digest, on their way through one channel."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"
        DROPPED = "dropped", "不再发送"

    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=models.Q(state="waiting"),
                name="delivery_due",
            ),
            models.Index(fields=["channel", "-id"], name="delivery_of_channel"),
        ]


class NoticeWishes(models.Model):
    """How one person wants to be told: `{kind of notice: [kinds of channel]}`, and the digest."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    ways = models.JSONField(default=dict)
    wants_digest = models.BooleanField(default=True)
    # None: as the organisation says (R28).
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
