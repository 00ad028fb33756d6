"""What is done with roles."""

import secrets
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhike.access.models import Person, Role
from zhike.access.queries import roles_visible_to
from zhike.access.rights import Rights, checked
from zhike.base import text
from zhike.base.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from zhike.trail.actions import changes, record

PARTS = ("scopes", "fields", "actions")


def one_role(actor: Person, role_id: int) -> Role:
    """Return one role or raise NotFound."""
    role = roles_visible_to(actor).filter(pk=role_id).first()
    if role is None:
        raise NotFound("没有找到这个角色。")
    return role


def add_role(*, actor: Person, now: datetime, copy_of: int | None = None, **fields: Any) -> Role:
    """Add a role; with `copy_of` it begins with the rights of that one."""
    _require_manager(actor)
    start = one_role(actor, copy_of).rights if copy_of is not None else Rights()
    role = Role(key=f"role-{secrets.token_hex(5)}", granted=start.stored())
    _apply(role, fields)
    if not role.name:
        raise Invalid("name", "请填写角色名称。")
    with transaction.atomic():
        _save(role)
        record(
            "role.added",
            actor=actor,
            now=now,
            record=("role", role.pk),
            data={"name": role.name, "granted": role.granted},
        )
    return role


def change_role(*, actor: Person, now: datetime, role_id: int, version: int, **fields: Any) -> Role:
    """Change a role as seen at `version`; its holders have the new rights at their next click."""
    _require_manager(actor)
    with transaction.atomic():
        one_role(actor, role_id)
        role = Role.objects.select_for_update().get(pk=role_id)
        if role.version != version:
            raise Stale("这个角色刚被别人改过，请核对后再保存。")
        if role.fixed and any(part in fields for part in PARTS):
            raise Forbidden("管理员拥有全部权限，不能修改。要限制谁，请给他另一个角色。")
        before = _told(role)
        _apply(role, fields)
        told = changes(before, _told(role))
        if not told:
            return role
        role.version += 1
        _save(role)
        record(
            "role.changed",
            actor=actor,
            now=now,
            record=("role", role.pk),
            data={"name": role.name, "changes": told},
        )
    return role


def remove_role(*, actor: Person, now: datetime, role_id: int) -> None:
    """Remove a role nobody holds or held."""
    _require_manager(actor)
    with transaction.atomic():
        role = one_role(actor, role_id)
        if role.fixed:
            raise Forbidden("管理员角色不能删除。")
        if Person.objects.filter(role=role).exists():
            told = "还有同事（包括已离职的）用着这个角色，请先给他们换一个。"
            raise Conflict(told, code="in_use")
        record(
            "role.removed",
            actor=actor,
            now=now,
            record=("role", role.pk),
            data={"name": role.name, "granted": role.granted},
        )
        role.delete()


def view_as(*, actor: Person, now: datetime, role: Role | None, person: Person | None) -> None:
    """Note that an administrator looks at the product as a role or a colleague sees it."""
    _require_manager(actor)
    seen = person.name if person else role.name if role else ""
    with transaction.atomic():
        record("role.viewed", actor=actor, now=now, data={"as": seen})


def _require_manager(actor: Person) -> None:
    if not actor.may("manage_roles"):
        raise Forbidden("你没有管理角色的权限。")


def _apply(role: Role, fields: dict[str, Any]) -> None:
    for name, label, limit in (("name", "角色名称", 30), ("note", "说明", 200)):
        if name in fields:
            value = text.tidy(fields[name] or "")
            if len(value) > limit:
                raise Invalid(name, f"{label}最多 {limit} 个字，现在有 {len(value)} 个。")
            setattr(role, name, value)
    if role.pk and not role.name:
        raise Invalid("name", "角色名称不能为空。")
    if "needs_second_factor" in fields:
        role.needs_second_factor = bool(fields["needs_second_factor"])
    if any(part in fields for part in PARTS):
        held = role.rights.stored()
        given = {part: fields[part] for part in PARTS if part in fields}
        merged = {
            "scopes": {**held["scopes"], **given.get("scopes", {})},
            "fields": {**held["fields"], **given.get("fields", {})},
            "actions": given.get("actions", held["actions"]),
        }
        role.granted = checked(merged).stored()


def _told(role: Role) -> dict[str, Any]:
    held = role.rights.stored()
    return {
        "name": role.name,
        "note": role.note,
        "needs_second_factor": role.needs_second_factor,
        **{f"scopes.{kind}": scope for kind, scope in held["scopes"].items()},
        **{f"fields.{group}": level for group, level in held["fields"].items()},
        "actions": held["actions"],
    }


def _save(role: Role) -> None:
    try:
        with transaction.atomic():
            role.save()
    except IntegrityError as error:
        if not Role.objects.filter(name=role.name).exclude(pk=role.pk).exists():
            raise
        raise Invalid("name", "已经有同名的角色了，请换个名称。") from error
