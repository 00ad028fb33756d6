"""What is done with people, departments and tokens."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from zhike.access import sessions, tokens
from zhike.access.models import Department, Organisation, Person, Role
from zhike.access.queries import roles_visible_to
from zhike.access.rights import ADMINISTRATOR, REVIEWABLE, SALES, SHIPPED
from zhike.base import clock, text
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
        role=Role(key=ADMINISTRATOR),
        created_at=now,
    )
    _set_password(first, password)
    label = _required("organisation", "单位名称", organisation, 100)
    try:
        with transaction.atomic():
            Organisation.objects.create(id=Organisation.THE, name=label, created_at=now)
            first.role = ship_roles()
            first.save(force_insert=True)
            record(
                "organisation.set_up", actor=first, now=now, record=("person", first.id), data={}
            )
    except IntegrityError as error:
        if Organisation.objects.exists():
            raise closed from error
        raise
    return first


def ship_roles() -> Role:
    """Make the shipped roles that are not there; returns the administrator's."""
    for position, shipped in enumerate(SHIPPED, 1):
        Role.objects.get_or_create(
            key=shipped.key,
            defaults={
                "name": shipped.name,
                "note": shipped.note,
                "position": position,
                "granted": shipped.rights.stored(),
            },
        )
    return Role.objects.get(key=ADMINISTRATOR)


def add_person(*, actor: Person, now: datetime, password: str, **fields: Any) -> Person:
    """Add a colleague who can sign in from now on."""
    _require(actor, "manage_people")
    person = Person(created_at=now)
    fields.setdefault("role", SALES)
    _apply(actor, person, fields)
    person.username = _clean_username(fields.get("username", ""))
    if Person.objects.filter(username__iexact=person.username).exists():
        raise Invalid("username", "这个登录名已经有人用了，请换一个。")
    _set_password(person, password)
    return _added(actor, now, person)


def add_service_account(*, actor: Person, now: datetime, name: str, role: str) -> Person:
    """Add an account for a program: it works by tokens and can never sign in."""
    _require(actor, "manage_people")
    person = Person(created_at=now, is_service=True)
    _apply(actor, person, {"name": name, "role": role})
    person.username = f"service-{secrets.token_hex(6)}"
    person.set_unusable_password()
    return _added(actor, now, person)


def _added(actor: Person, now: datetime, person: Person) -> Person:
    with transaction.atomic():
        person.save(force_insert=True)
        record(
            "person.added",
            actor=actor,
            now=now,
            record=("person", person.id),
            data={"name": person.name, "role": person.role.name, "service": person.is_service},
        )
    return person


def change_person(*, actor: Person, now: datetime, person: Person, **fields: Any) -> Person:
    """Change a colleague's name, role, department or e-mail, or open a closed account again."""
    _require(actor, "manage_people")
    _not_above(actor, person)
    password = fields.pop("password", None)
    before = {name: _told(person, name) for name in fields}
    _apply(actor, person, fields)
    if actor.pk == person.pk and "role" in fields and before["role"] != person.role.name:
        raise Invalid("role", "不能改自己的角色，请由另一位管理员操作。")
    if password:
        if person.is_service:
            raise Invalid("password", "服务账号不能登录，请用令牌。")
        _set_password(person, password)
    with transaction.atomic():
        _keep_an_administrator(person)
        person.save()
        told = changes(before, {name: _told(person, name) for name in before})
        if password:
            told["password"] = ["", ""]
            sessions.end_all(person)
        if told:
            record(
                "person.changed",
                actor=actor,
                now=now,
                record=("person", person.id),
                data={"name": person.name, "changes": told},
            )
    return person


def close_person(
    *, actor: Person, now: datetime, person: Person, successor: Person | None, note: str = ""
) -> Person:
    """Close the account of a leaver; rooms above hand everything over in the same step (R64).

    Without a successor the customers go to the pool. Sessions and tokens end at once.
    """
    _require(actor, "manage_people")
    _not_above(actor, person)
    if actor.pk == person.pk:
        raise Invalid("person", "不能停用自己的账号，请由另一位管理员操作。")
    if not person.is_active:
        raise Conflict("这位同事的账号已经停用。", code="closed")
    if successor is not None and (successor.pk == person.pk or not successor.is_active):
        raise Invalid("successor_id", "请选择另一位在职同事来接手。")
    if successor is not None and successor.is_service:
        raise Invalid("successor_id", "服务账号不能接手客户，请选择一位同事。")
    note = text.tidy(note or "", multiline=True)[:500]
    with transaction.atomic():
        person.is_active, person.left_on = False, clock.day_of(now)
        _keep_an_administrator(person)
        person.save(update_fields=["is_active", "left_on"])
        sessions.end_all(person)
        tokens.revoke_all(person, actor=actor, now=now)
        record(
            "person.left",
            actor=actor,
            now=now,
            record=("person", person.id),
            data={
                "name": person.name,
                "successor": successor.pk if successor else None,
                "successor_name": successor.name if successor else "",
                "note": note,
            },
        )
    return person


def _not_above(actor: Person, person: Person) -> None:
    """A password set is an account taken: nobody takes one that may do more than their own."""
    if not actor.may("manage_roles") and not person.role.rights.within(actor.rights):
        raise Forbidden("这位同事的权限比你大，请由管理员操作。")


def _keep_an_administrator(person: Person) -> None:
    """Refuse what would leave nobody who can manage people and roles."""
    others = Person.objects.select_for_update(of=("self",)).filter(
        role__key=ADMINISTRATOR, is_active=True, is_service=False
    )
    stays = person.is_active and person.role.key == ADMINISTRATOR and not person.is_service
    if not stays and not any(pk != person.pk for pk in others.values_list("pk", flat=True)):
        raise Conflict("这是最后一位管理员，请先指定另一位管理员。", code="last_administrator")


def save_department(
    *, actor: Person, now: datetime, name: str, parent: Department | None, department: Department
) -> Department:
    """Add a department, or rename or move an existing one with those below it."""
    _require(actor, "manage_people")
    with transaction.atomic():
        # One at a time: two moves at once could make a ring.
        list(Department.objects.select_for_update().order_by("pk").values_list("pk"))
        if parent is not None:
            parent.refresh_from_db()
        before = department.path if department.pk else ""
        if parent is not None and before and parent.path.startswith(before):
            raise Invalid("parent_id", "上级部门不能是它自己或它的下级。")
        old = {"name": department.name, "parent": _name_of(department.parent)}
        department.name = _required("name", "部门名称", name, 60)
        department.parent = parent
        twin = Department.objects.filter(name=department.name, parent=parent)
        if twin.exclude(pk=department.pk).exists():
            raise Invalid("name", "同一级已经有这个部门了。")
        department.save()
        department.path = f"{parent.path if parent else '/'}{department.pk}/"
        if department.path.count("/") > Department.DEEPEST + 1:
            raise Invalid("parent_id", f"部门最多 {Department.DEEPEST} 级。")
        if department.path != before:
            _move(department, before)
        new = {"name": department.name, "parent": _name_of(parent)}
        record(
            "department.saved",
            actor=actor,
            now=now,
            record=("department", department.id),
            data={"name": department.name, "changes": changes(old if before else {}, new)},
        )
    return department


def _move(department: Department, before: str) -> None:
    """Write the new path of a department and of all below it."""
    department.save(update_fields=["path"])
    if not before:
        return
    for one in Department.objects.filter(path__startswith=before).exclude(pk=department.pk):
        one.path = department.path + one.path.removeprefix(before)
        if one.path.count("/") > Department.DEEPEST + 1:
            raise Invalid("parent_id", f"移动以后有部门超过 {Department.DEEPEST} 级，请换个位置。")
        one.save(update_fields=["path"])


def remove_department(*, actor: Person, now: datetime, department: Department) -> None:
    """Remove an empty department."""
    _require(actor, "manage_people")
    with transaction.atomic():
        if Person.objects.filter(department=department).exists():
            raise Conflict("部门里还有同事（包括已离职的），请先把他们移走。", code="in_use")
        if Department.objects.filter(parent=department).exists():
            raise Conflict("还有下级部门，请先移走或删除它们。", code="in_use")
        record(
            "department.removed",
            actor=actor,
            now=now,
            record=("department", department.pk),
            data={"name": department.name},
        )
        department.delete()


def change_organisation(*, actor: Person, now: datetime, **fields: Any) -> Organisation:
    """Change the rules of the organisation."""
    _require(actor, "configure")
    with transaction.atomic():
        one = Organisation.objects.select_for_update().get(id=Organisation.THE)
        before = {name: getattr(one, name) for name in fields}
        if "name" in fields:
            fields["name"] = _required("name", "单位名称", fields["name"], 100)
        if not 0 <= fields.get("reveals_per_day", 0) <= 100_000:
            raise Invalid("reveals_per_day", "每天的次数请填 0 到 100000。")
        if "reviewed_fields" in fields:
            fields["reviewed_fields"] = _reviewed(fields["reviewed_fields"])
        for name, value in fields.items():
            setattr(one, name, value)
        one.save()
        told = changes(before, fields)
        if told:
            record("organisation.changed", actor=actor, now=now, data={"changes": told})
    return one


def _reviewed(names: list[str]) -> list[str]:
    wrong = [name for name in names if name not in REVIEWABLE]
    if wrong:
        raise Invalid("reviewed_fields", f"“{wrong[0][:30]}”不能设为要审核的字段。")
    return [name for name in REVIEWABLE if name in names]


REFUSED = {
    "manage_people": "你没有管理同事和部门的权限。",
    "manage_roles": "你没有管理角色的权限。",
    "configure": "你没有修改系统设置的权限。",
}


def _require(actor: Person, action: str) -> None:
    if not actor.may(action):
        raise Forbidden(REFUSED[action])


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


def _apply(actor: Person, person: Person, fields: dict[str, Any]) -> None:
    if "name" in fields:
        person.name = _required("name", "姓名", fields["name"], 40)
    if "role" in fields:
        person.role = _role(actor, person, fields["role"])
    if "email" in fields:
        person.email = _clean_email(fields["email"])
    if "department" in fields:
        person.department = fields["department"]
    if "is_active" in fields:
        if fields["is_active"] is not True:
            raise Invalid("is_active", "停用账号请办理离职交接。")
        person.is_active, person.left_on = True, None


def _role(actor: Person, person: Person, key: Any) -> Role:
    # Compared here: what no database can hold, like NUL, is no role either.
    role = next((one for one in roles_visible_to(actor) if one.key == key), None)
    if role is None:
        raise Invalid("role", "没有这个角色，请从列表中选择。")
    # Who manages people but not roles must not raise anybody, themselves included, above it.
    if not actor.may("manage_roles") and not role.rights.within(actor.rights):
        raise Forbidden("你不能授予自己没有的权限，请由管理员操作。", field="role")
    return role


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
    """Return a value as the trail keeps it: departments and roles by their names."""
    value = getattr(person, name)
    return value.name if isinstance(value, Department | Role) else value


def _name_of(department: Department | None) -> str:
    return department.name if department else ""
