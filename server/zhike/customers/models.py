"""The customer file: customers, their contacts and tags."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from zhike.access.models import Person
from zhike.base import pinyin, text
from zhike.fields import choices
from zhike.fields.sealed import SealedField

ALIVE = Q(deleted_at__isnull=True)


class Tag(models.Model):
    """标签: a coloured word put on customers."""

    name = models.CharField("标签名", max_length=30, unique=True)
    color = models.CharField("颜色", max_length=20, default="grey")


class CodeSequence(models.Model):
    """The last number given for one prefix of customer codes, e.g. CRM-202611."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Customer(models.Model):
    """客户: a company or a person we sell to or serve.

    `version` grows with every change and tells two editors apart. `*_index` columns are keyed
    blind indexes of sealed values. `last_follow_up_on` and `next_follow_up_on` repeat what the
    care room knows, so that lists can sort by them; only care's actions set them.
    """

    version = models.PositiveIntegerField(default=1)
    code = models.CharField("客户编号", max_length=40, unique=True)
    name = models.CharField("客户名称", max_length=120)
    name_key = models.CharField(max_length=120)
    pinyin = models.CharField(max_length=60, default="")
    kind = models.CharField("客户类别", max_length=10, choices=choices.KIND.choices)
    type = models.CharField("客户类型", max_length=10, choices=choices.TYPE.choices)
    is_key = models.BooleanField("重点客户", default=False)
    tier = models.CharField("客户分层", max_length=10, blank=True, choices=choices.TIER.choices)
    grade = models.CharField("客户等级", max_length=1, blank=True, choices=choices.GRADE.choices)
    source = models.CharField("客户来源", max_length=16, blank=True, choices=choices.SOURCE.choices)
    identity = SealedField("信用代码/证件号码", kind="identity", null=True)
    identity_index = models.BinaryField(max_length=16, null=True)
    industry = models.CharField("所属行业", max_length=60, blank=True)
    industry_code = models.CharField(max_length=6, blank=True)
    region = models.CharField("所在地区", max_length=60, blank=True)
    address = SealedField("企业地址", kind="address", null=True)
    background = models.TextField("客户背景简述", blank=True)

    first_need = models.TextField("初步需求", blank=True)
    core_need = models.TextField("核心需求", blank=True)
    need_status = models.CharField(
        "需求状态", max_length=16, blank=True, choices=choices.NEED_STATUS.choices
    )
    budget = models.CharField("预算范围", max_length=60, blank=True)
    expected_term = models.CharField("预计合作周期", max_length=60, blank=True)

    products = models.CharField("合作产品/服务", max_length=200, blank=True)
    cooperation_since = models.DateField("合作开始时间", null=True)
    cooperation_until = models.DateField("合作到期时间", null=True)
    cooperation_stage = models.CharField(
        "合作阶段", max_length=16, blank=True, choices=choices.COOPERATION_STAGE.choices
    )
    contract_amount = models.BigIntegerField("合同金额", null=True)
    project_code = models.CharField("关联项目/订单编号", max_length=120, blank=True)
    deal_stage = models.CharField(
        "成交阶段", max_length=16, blank=True, choices=choices.DEAL_STAGE.choices
    )
    expected_close = models.CharField("预计成交时间", max_length=40, blank=True)
    deal_amount = models.BigIntegerField("成交金额", null=True)

    special_needs = models.TextField("特殊需求", blank=True)
    risk = models.TextField("风险提示", blank=True)
    competition = models.TextField("竞争对手分析", blank=True)
    remark = models.TextField("备注", blank=True)

    owner = models.ForeignKey(
        Person,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="负责人",
        db_index=False,  # the indexes below begin with it
    )
    recorder = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorder_name = models.CharField("记录人", max_length=40, blank=True)
    recorded_on = models.DateField("记录时间")
    first_contact_on = models.DateField("首次接触时间", null=True)
    last_follow_up_on = models.DateField("最近跟进时间", null=True)
    next_follow_up_on = models.DateField("下次跟进时间", null=True)
    tags: "models.ManyToManyField[Tag, CustomerTag]" = models.ManyToManyField(
        Tag, through="CustomerTag", related_name="customers"
    )

    import_id = models.BigIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="customer_has_name"),
            models.CheckConstraint(condition=Q(kind__in=choices.KIND.values), name="customer_kind"),
            models.CheckConstraint(condition=Q(type__in=choices.TYPE.values), name="customer_type"),
            models.UniqueConstraint(
                fields=["identity_index"], condition=ALIVE, name="customer_identity_once"
            ),
        ]
        indexes = [
            models.Index(fields=["name_key"], name="customer_name_key"),
            models.Index(fields=["owner", "id"], condition=ALIVE, name="customer_owner"),
            models.Index(
                fields=["owner", "id"], condition=ALIVE & Q(is_key=True), name="customer_owner_key"
            ),
            models.Index(fields=["id"], condition=ALIVE & Q(is_key=True), name="customer_key"),
            models.Index(
                fields=["owner", "next_follow_up_on", "id"],
                condition=ALIVE,
                name="customer_owner_next",
            ),
            models.Index(
                fields=["owner", "last_follow_up_on", "id"],
                condition=ALIVE,
                name="customer_owner_last",
            ),
            models.Index(fields=["next_follow_up_on", "id"], condition=ALIVE, name="customer_next"),
            models.Index(fields=["last_follow_up_on", "id"], condition=ALIVE, name="customer_last"),
            models.Index(fields=["contract_amount", "id"], condition=ALIVE, name="customer_amount"),
            models.Index(fields=["pinyin", "id"], condition=ALIVE, name="customer_pinyin"),
            models.Index(
                fields=["-deleted_at", "-id"],
                condition=Q(deleted_at__isnull=False),
                name="customer_trash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def rename(self, name: str) -> None:
        """Set the name and everything derived from it."""
        self.name = name
        for field, value in derived_from_name(name).items():
            setattr(self, field, value)


def derived_from_name(name: str) -> dict[str, Any]:
    """Return the columns that follow from a customer's name: equality key and sort key."""
    return {"name_key": text.name_key(name)[:120], "pinyin": pinyin.readings(name)[0][:60]}


class CustomerTag(models.Model):
    """One tag on one customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "tag"], name="customer_tag_once")
        ]


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


class Contact(models.Model):
    """联系人: a person at a customer.

    An import may leave text that is no complete number (`5678`, `zhang*`): it is kept as it was
    typed and shown as unverified until somebody corrects it.
    """

    SEALED: ClassVar[tuple[str, ...]] = ("mobile", "landline", "email", "wechat")

    version = models.PositiveIntegerField(default=1)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField("联系人", max_length=60)
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
        "决策角色", max_length=12, blank=True, choices=choices.CONTACT_ROLE.choices
    )
    preferences = models.TextField("偏好与习惯", blank=True)
    convenient_time = models.CharField("方便联系的时间", max_length=60, blank=True)
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
            models.Index(fields=["mobile_tail", "customer"], name="contact_mobile_tail"),
            models.Index(fields=["landline_tail", "customer"], name="contact_landline_tail"),
        ]
