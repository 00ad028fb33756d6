"""Customers and their tags."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from zhike.access.models import Person
from zhike.base import pinyin, text
from zhike.base.errors import Conflict
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
    type = models.CharField("客户类型", max_length=16, choices=choices.TYPE.choices)
    is_key = models.BooleanField("重点客户", default=False)
    tier = models.CharField("客户分层", max_length=16, blank=True, choices=choices.TIER.choices)
    tier_by_hand = models.BooleanField("分层由人指定", default=False)
    tier_reason = models.CharField("指定分层的理由", max_length=200, blank=True)
    tier_points = models.PositiveSmallIntegerField("分层得分", null=True)
    tier_why = models.JSONField(default=list)  # [{"name", "points", "most", "told"}], see `tiers`
    grade = models.CharField("客户等级", max_length=16, blank=True, choices=choices.GRADE.choices)
    source = models.CharField("客户来源", max_length=16, blank=True, choices=choices.SOURCE.choices)
    identity = SealedField("信用代码/证件号码", kind="identity", null=True)
    identity_index = models.BinaryField(max_length=16, null=True)
    industry = models.CharField("所属行业", max_length=60, blank=True)
    industry_code = models.CharField(max_length=6, blank=True)
    region = models.CharField("所在地区", max_length=60, blank=True)
    region_code = models.CharField(max_length=6, blank=True)
    address = SealedField("企业地址", kind="address", null=True)
    background = models.TextField("客户背景简述", blank=True)

    # Of companies (R04).
    scale = models.CharField("企业规模", max_length=16, blank=True, choices=choices.SCALE.choices)
    founded_on = models.DateField("成立时间", null=True)
    main_business = models.CharField("主营业务", max_length=200, blank=True)
    # Of persons (R04). How `birthday` is written: zhike.fields.checks.birthday.
    gender = models.CharField("性别", max_length=16, blank=True, choices=choices.GENDER.choices)
    birthday = models.CharField("生日", max_length=16, blank=True)
    occupation = models.CharField("职业", max_length=60, blank=True)
    habits = models.TextField("消费习惯", blank=True)
    preferred_categories = models.CharField("偏好品类", max_length=200, blank=True)

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
    renewal_intent = models.CharField(
        "续约意向", max_length=16, blank=True, choices=choices.RENEWAL_INTENT.choices
    )
    payment_cycle = models.CharField(
        "付款周期", max_length=16, blank=True, choices=choices.PAYMENT_CYCLE.choices
    )
    project_code = models.CharField("关联项目/订单编号", max_length=120, blank=True)
    deal_stage = models.CharField(
        "成交阶段", max_length=16, blank=True, choices=choices.DEAL_STAGE.choices
    )
    expected_close = models.CharField("预计成交时间", max_length=40, blank=True)
    deal_amount = models.BigIntegerField("成交金额", null=True)

    special_needs = models.TextField("特殊需求", blank=True)
    risk = models.TextField("风险提示", blank=True)
    competition = models.TextField("竞争对手分析", blank=True)
    personnel_changes = models.TextField("人事变动", blank=True)
    remark = models.TextField("备注", blank=True)

    # The customer's own fields: {key of the definition: value as `fields.values` writes it}.
    custom = models.JSONField(default=dict)
    # Derived, so that lists and totals need not ask again: kept by `completeness`, `purchases`.
    completeness = models.PositiveSmallIntegerField("资料完整度", default=0)
    bought_count = models.PositiveIntegerField("购买次数", default=0)
    bought_amount = models.BigIntegerField("累计购买金额", default=0)
    last_bought_on = models.DateField("最近购买时间", null=True)

    # R21: who is archived or paused stands in no list of work until it is looked at again.
    life = models.CharField("状态", max_length=10, choices=choices.LIFE.choices, default="active")
    life_reason = models.CharField(max_length=16, blank=True)
    life_note = models.CharField("状态说明", max_length=500, blank=True)
    life_since = models.DateField(null=True)
    look_again_on = models.DateField("再看日期", null=True)
    # Set while another customer has taken this one in; such a row is deleted, and no trash either.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="absorbed", db_index=False
    )

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
            models.CheckConstraint(condition=~Q(type=""), name="customer_has_type"),
            models.CheckConstraint(condition=Q(life__in=choices.LIFE.values), name="customer_life"),
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
            # Read alone for the completeness of everybody: nothing else need be looked at.
            models.Index(
                fields=["owner", "completeness"], condition=ALIVE, name="customer_completeness"
            ),
            # The few in a quiet state, in any order; `life` leads, or they would not be taken.
            models.Index(
                fields=["life", "id"],
                condition=ALIVE & Q(life="archived"),
                name="customer_archived",
            ),
            models.Index(
                fields=["life", "id"], condition=ALIVE & Q(life="paused"), name="customer_paused"
            ),
            models.Index(
                fields=["look_again_on", "id"],
                condition=ALIVE & Q(look_again_on__isnull=False),
                name="customer_look_again",
            ),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="customer_merged_into",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save_once(self, **how: Any) -> None:
        """Save in a step of its own; raise Conflict where somebody else has the identity."""
        try:
            with transaction.atomic():
                self.save(**how)
        except IntegrityError as error:
            twins = Customer.objects.filter(identity_index=self.identity_index, deleted_at=None)
            if self.identity_index is None or not twins.exclude(pk=self.pk).exists():
                raise
            raise Conflict(
                "这个信用代码或证件号码已经登记在另一位客户名下，请先查找，不要重复录入。",
                code="duplicate_identity",
                field="identity",
            ) from error

    def rename(self, name: str) -> None:
        """Set the name and everything derived from it."""
        self.name = name
        for field, value in derived_from_name(name).items():
            setattr(self, field, value)


def derived_from_name(name: str) -> dict[str, Any]:
    """Return the columns that follow from a customer's name: equality key and sort key."""
    return {"name_key": text.name_key(name)[:120], "pinyin": pinyin.readings(name)[0][:60]}


class NameKey(models.Model):
    """A key under which a company of a like name is looked for (`base.company.blocks`), R19."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["key", "customer"], name="name_key_customer")]


class CustomValue(models.Model):
    """A value of a field of the customer's own once more, so that lists filter and sort by it.

    `field` is the id of the definition. Of texts `word` holds the comparing form, of choices the
    value, of sealed ones the blind index in hexadecimal; `number` holds a number in millionths,
    an amount in fen, a day as ordinal, a person's id, 1 or 0; `until` the end of a range of days.
    A field of several values has several rows.
    """

    field = models.BigIntegerField()
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="custom_values", db_index=False
    )
    word = models.CharField(max_length=64, default="")
    number = models.BigIntegerField(null=True)
    until = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["field", "word", "customer"], name="custom_value_word"),
            models.Index(fields=["field", "number", "customer"], name="custom_value_number"),
            models.Index(fields=["customer", "field"], name="custom_value_customer"),
        ]


class CustomerTag(models.Model):
    """One tag on one customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "tag"], name="customer_tag_once")
        ]
