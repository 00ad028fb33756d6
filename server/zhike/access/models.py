"""People, departments and how they identify themselves."""

import hashlib
import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models

from zhike.base import clock


class Organisation(models.Model):
    """The company that uses this installation: exactly one row, made by the first set-up.

    Its fixed primary key is what closes the set-up: of two at once, one insert fails.
    """

    THE = 1
    name = models.CharField("单位名称", max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_organisation")]


class Department(models.Model):
    """部门: a node of the tree of departments."""

    name = models.CharField("部门名称", max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], name="department_name", nulls_distinct=False
            )
        ]


class Role(models.TextChoices):
    """角色. Two for now; rights by role stand in `RIGHTS` and nowhere else."""

    ADMINISTRATOR = "administrator", "管理员"
    SALES = "sales", "销售"


RIGHTS: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(
        {"see_all", "manage_people", "import", "export", "export_plain", "reveal", "delete"}
    ),
    Role.SALES: frozenset({"import", "export", "reveal", "delete"}),
}


class People(BaseUserManager["Person"]):
    """Finds people by the name they sign in with."""


class Person(AbstractBaseUser):
    """同事: somebody who signs in. A leaver is closed (`is_active`), never deleted."""

    username = models.CharField(
        "登录名", max_length=40, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField("姓名", max_length=40)
    email = models.EmailField("邮箱", blank=True, default="")
    role = models.CharField("角色", max_length=20, choices=Role, default=Role.SALES)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, verbose_name="部门"
    )
    is_active = models.BooleanField("在职", default=True)
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="person_has_name")]

    def __str__(self) -> str:
        return self.name

    def may(self, right: str) -> bool:
        """Tell whether the person's role grants `right` (a key of `RIGHTS`)."""
        return self.is_active and right in RIGHTS.get(self.role, frozenset())

    def get_full_name(self) -> str:
        """Return the display name, which is what sign-in libraries ask for."""
        return self.name


class Token(models.Model):
    """API 令牌: stored as a digest only; the plain text is shown once when issued."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

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
