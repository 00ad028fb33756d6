"""People, departments and how they identify themselves."""

import hashlib
import json
import secrets
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models

from zhike.access.rights import ADMINISTRATOR, EVERYTHING, Level, Rights, Scope, rights_of
from zhike.base import clock


class Organisation(models.Model):
    """The company that uses this installation, with its rules: exactly one row.

    Its fixed primary key is what closes the set-up: of two at once, one insert fails.
    """

    THE = 1
    name = models.CharField("单位名称", max_length=100)
    created_at = models.DateTimeField()
    # R58: whether colleagues who may not see a customer learn that it is cared for, and by whom.
    tells_who_cares = models.BooleanField("提示客户已有人负责", default=True)
    # R60: so many numbers may a person reveal a day; 0 stands for none.
    reveals_per_day = models.PositiveIntegerField("每人每天可查看完整号码的次数", default=200)
    reveal_needs_reason = models.BooleanField("查看完整号码要写原因", default=False)
    # R57: what waits for who may review; `reviewed_fields` are names of `fields.groups`.
    reviews_new_customers = models.BooleanField("新客户要审核", default=False)
    reviewed_fields = models.JSONField("修改要审核的字段", default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_organisation")]

    @property
    def reviews(self) -> bool:
        """Whether anything has to wait for review."""
        return self.reviews_new_customers or bool(self.reviewed_fields)


class Department(models.Model):
    """部门: a node of the tree of departments.

    `path` names the way from the root by ids, e.g. `/3/7/` for 7 below 3: "this department and
    those below" is one prefix.
    """

    DEEPEST = 10
    name = models.CharField("部门名称", max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    path = models.CharField(max_length=240, default="/", db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], name="department_name", nulls_distinct=False
            )
        ]


class Role(models.Model):
    """角色: what its holders may see and do (`zhike.access.rights`).

    `key` is the stable word scripts and imports use. The administrator's rights are everything
    there is and stand in the code, so that nobody can lock everybody out.
    """

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField("角色名称", max_length=30, unique=True)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=100)
    version = models.PositiveIntegerField(default=1)
    needs_second_factor = models.BooleanField("必须两步验证", default=False)
    granted = models.JSONField("权限", default=dict)

    def __str__(self) -> str:
        return self.name

    @property
    def fixed(self) -> bool:
        """Whether the rights cannot be edited."""
        return self.key == ADMINISTRATOR

    @property
    def rights(self) -> Rights:
        """What the role grants."""
        if self.fixed:
            return EVERYTHING
        return _read(json.dumps(self.granted))


@lru_cache(256)
def _read(granted: str) -> Rights:
    return rights_of(json.loads(granted))


class People(BaseUserManager["Person"]):
    """Finds people by the name they sign in with."""


class Person(AbstractBaseUser):
    """同事: somebody who signs in. A leaver is closed (`is_active`), never deleted."""

    username = models.CharField(
        "登录名", max_length=40, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField("姓名", max_length=40)
    email = models.EmailField("邮箱", blank=True, default="")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, verbose_name="角色")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, verbose_name="部门"
    )
    is_active = models.BooleanField("在职", default=True)
    left_on = models.DateField("离职日期", null=True)
    # A program's account: it has tokens and a role, and can never sign in.
    is_service = models.BooleanField("服务账号", default=False)
    created_at = models.DateTimeField(default=clock.now)

    # How this request reached us, set by `sign_in.signed_in` on the object at hand.
    via = "system"  # session, token, command or system
    token_id: int | None = None
    viewing: dict[str, Any] | None = None  # {"role", "role_name", "person"} while viewing as
    real: "Person | None" = None  # who views as somebody else

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="person_has_name")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def rights(self) -> Rights:
        """What the person may see and do now; of a closed account, nothing."""
        return self.role.rights if self.is_active else Rights()

    def may(self, action: str) -> bool:
        """Tell whether the person may do `action` (a key of `rights.ACTIONS`)."""
        return action in self.rights.actions

    def scope(self, kind: str) -> Scope:
        """Return which records of a kind (of `rights.KINDS`) the person reaches."""
        return self.rights.scope(kind)

    def level(self, group: str) -> Level:
        """Return what the person may do with a group of fields (of `rights.GROUPS`)."""
        return self.rights.level(group)

    def reads(self, group: str) -> bool:
        """Tell whether the person may read the fields of a group."""
        return self.level(group) >= Level.READ

    def edits(self, group: str) -> bool:
        """Tell whether the person may change the fields of a group."""
        return self.level(group) >= Level.EDIT

    @property
    def branch(self) -> str:
        """The path of the person's department; "" without one."""
        return self.department.path if self.department else ""

    def get_full_name(self) -> str:
        """Return the display name, which is what sign-in libraries ask for."""
        return self.name


class Token(models.Model):
    """API 令牌: stored as a digest only; the plain text is shown once when issued.

    `scopes` (of `rights.TOKEN_SCOPES`) narrow what its bearer's role grants.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)
    scopes = models.JSONField(default=list)
    issued_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    @staticmethod
    def digest_of(plain: str) -> str:
        """Return the stored form. Tokens carry 256 random bits, so a plain hash suffices."""
        return hashlib.sha256(plain.encode()).hexdigest()

    @classmethod
    def issue(cls, person: Person, name: str, now: datetime, **fields: Any) -> str:
        """Make a token and return its plain text, the only time it is known."""
        plain = "zk_" + secrets.token_urlsafe(32)
        cls.objects.create(
            person=person, name=name, digest=cls.digest_of(plain), created_at=now, **fields
        )
        return plain


class Tries(models.Model):
    """How often something that can be guessed was tried (`zhike.access.limits`, its only writer).

    `key` is a digest of what is limited and for whom, `ends_at` the end of its window in
    milliseconds since 1970.
    """

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    ends_at = models.BigIntegerField(db_index=True)
