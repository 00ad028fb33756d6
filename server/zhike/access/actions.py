"""What is done with people, departments and tokens."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from zhike.access.models import Department, Organisation, Person, Role, Token
from zhike.base import text
from zhike.base.errors import Conflict, Forbidden, Invalid
from zhike.trail.actions import changes, record


def set_up(*, organisation: str, name: str, username: str, password: str, now: datetime) -> Person:
    """Create the organisation and its first administrator; works exactly once.

    Raises Conflict (`setup_closed`) ever after, also for the slower of two at once: the
    organisation's fixed primary key lets only one insert through.
    """
    closed = Conflict("系统已经初始化过了，请直接登录。", code="setup_closed")
    if Organisation.objects.exists():
        raise closed
    first = Person(
        username=_clean_username(username),
        name=_required("name", "姓名", name, 40),
        role=Role.ADMINISTRATOR,
        created_at=now,
    )
    _set_password(first, password)
    label = _required("organisation", "单位名称", organisation, 100)
    try:
        with transaction.atomic():
            Organisation.objects.create(id=Organisation.THE, name=label, created_at=now)
            first.save(force_insert=True)
            record(
                "organisation.set_up", actor=first, now=now, record=("person", first.id), data={}
            )
    except IntegrityError as error:
        if Organisation.objects.exists():
            raise closed from error
        raise
    return first


def add_person(*, actor: Person, now: datetime, password: str, **fields: Any) -> Person:
    """Add a colleague who can sign in from now on."""
    _require_manager(actor)
    person = Person(created_at=now)
    _apply(person, fields)
    person.username = _clean_username(fields.get("username", ""))
    if Person.objects.filter(username__iexact=person.username).exists():
        raise Invalid("username", "这个登录名已经有人用了，请换一个。")
    _set_password(person, password)
    with transaction.atomic():
        person.save(force_insert=True)
        record(
            "person.added",
            actor=actor,
            now=now,
            record=("person", person.id),
            data={"name": person.name, "role": person.role},
        )
    return person


def change_person(*, actor: Person, now: datetime, person: Person, **fields: Any) -> Person:
    """Change a colleague's name, role, department or e-mail, close or reopen the account."""
    _require_manager(actor)
    password = fields.pop("password", None)
    before = {name: _told(person, name) for name in fields}
    _apply(person, fields)
    if actor.pk == person.pk and (person.role != Role.ADMINISTRATOR or not person.is_active):
        raise Invalid("role", "不能取消自己的管理员身份或停用自己，请由另一位管理员操作。")
    if password:
        _set_password(person, password)
    with transaction.atomic():
        person.save()
        told = changes(before, {name: _told(person, name) for name in before})
        if password:
            told["password"] = ["", ""]
        record(
            "person.changed",
            actor=actor,
            now=now,
            record=("person", person.id),
            data={"changes": told},
        )
    return person


def save_department(
    *, actor: Person, now: datetime, name: str, parent: Department | None, department: Department
) -> Department:
    """Add a department, or rename or move an existing one."""
    _require_manager(actor)
    above = parent
    while above is not None:
        if above.pk is not None and above.pk == department.pk:
            raise Invalid("parent_id", "上级部门不能是它自己或它的下级。")
        above = above.parent
    department.name = _required("name", "部门名称", name, 60)
    department.parent = parent
    twin = Department.objects.filter(name=department.name, parent=parent).exclude(pk=department.pk)
    if twin.exists():
        raise Invalid("name", "同一级已经有这个部门了。")
    with transaction.atomic():
        department.save()
        record(
            "department.saved",
            actor=actor,
            now=now,
            record=("department", department.id),
            data={"name": department.name},
        )
    return department


def issue_token(*, actor: Person, now: datetime, name: str, days: int | None = None) -> str:
    """Issue a personal API token and return its plain text, shown this once."""
    expires_at = now + timedelta(days=days) if days else None
    with transaction.atomic():
        plain = Token.issue(actor, name, now, expires_at=expires_at)
        record("token.issued", actor=actor, now=now, data={"name": name})
    return plain


def use_token(*, token: Token, now: datetime) -> None:
    """Note the day a token was last used; writes at most once a day."""
    if token.last_used_on != now.date():
        Token.objects.filter(pk=token.pk).update(last_used_on=now.date())


def _require_manager(actor: Person) -> None:
    if not actor.may("manage_people"):
        raise Forbidden("只有管理员可以管理同事和部门。")


def _required(field: str, label: str, value: str, limit: int) -> str:
    value = text.tidy(value or "")
    if not value:
        raise Invalid(field, f"请填写{label}。")
    if len(value) > limit:
        raise Invalid(field, f"{label}最多 {limit} 个字，现在有 {len(value)} 个。")
    return value


def _clean_username(username: str) -> str:
    username = _required("username", "登录名", username, 40)
    try:
        Person._meta.get_field("username").run_validators(username)
    except ValidationError as error:
        raise Invalid("username", "登录名只能用文字、字母、数字和 @ . + - _。") from error
    return username


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password or "", person)
    except ValidationError as error:
        raise Invalid("password", "".join(error.messages)) from error
    person.set_password(password)


def _apply(person: Person, fields: dict[str, Any]) -> None:
    if "name" in fields:
        person.name = _required("name", "姓名", fields["name"], 40)
    if "role" in fields:
        if fields["role"] not in Role.values:
            raise Invalid("role", "请选择角色：管理员或销售。")
        person.role = fields["role"]
    if "email" in fields:
        person.email = _clean_email(fields["email"])
    if "department" in fields:
        person.department = fields["department"]
    if "is_active" in fields:
        if not isinstance(fields["is_active"], bool):
            raise Invalid("is_active", "请选择在职或停用。")
        person.is_active = fields["is_active"]


def _clean_email(email: str | None) -> str:
    email = text.tidy(email or "")
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise Invalid("email", "邮箱格式不对，请写成 name@example.com 的形式。") from error
    if len(email) > 254:
        raise Invalid("email", "邮箱太长，请核对。")
    return email


def _told(person: Person, name: str) -> Any:
    """Return a value as the trail keeps it: a department by its name."""
    value = getattr(person, name)
    return value.name if isinstance(value, Department) else value
