"""Record templates (R31): what the record of a scene looks like, with gaps to fill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.db import IntegrityError, transaction

from zhike.access.models import Person
from zhike.base.errors import Invalid
from zhike.care.models import Template
from zhike.care.sheets import keeping
from zhike.fields import choices
from zhike.fields.groups import require_configure
from zhike.trail.actions import record

MOST, SCENE, BODY = 100, 40, 2000
_WORD = "个模板"


def templates_visible_to(actor: Person) -> list[Template]:
    """Return the templates in their order; who works here may use them all."""
    if not actor.is_active:
        return []
    return list(Template.objects.filter(archived_at=None).order_by("position", "id"))


def add_template(*, actor: Person, now: datetime, **said: Any) -> Template:
    """Add a template for a scene; one that was removed comes back with the new text."""
    require_configure(actor)
    clean = _clean({"scene": "", "body": "", **said})
    with transaction.atomic():
        held = Template.objects.select_for_update().filter(scene=clean["scene"]).first()
        if held is not None and held.archived_at is None:
            raise _taken(clean["scene"])
        clean.setdefault("position", keeping.next_place(Template, "模板", MOST))
        template = held or Template()
        if held is not None:
            held.version, held.archived_at = held.version + 1, None
        keeping.apply(template, clean)
        _save(template)
        _record("template.added", actor, now, template)
    return template


def change_template(
    *, actor: Person, now: datetime, template_id: int, version: int, **said: Any
) -> Template:
    """Change a template as seen at `version`."""
    require_configure(actor)
    clean = _clean(said)
    with transaction.atomic():
        template: Template = keeping.one(Template, template_id, _WORD, version=version)
        told = keeping.apply(template, clean)
        if told:
            template.version += 1
            _save(template)
            _record("template.changed", actor, now, template, changes=told)
    return template


def remove_template(*, actor: Person, now: datetime, template_id: int) -> None:
    """Remove a template; records written with it stay as they are."""
    require_configure(actor)
    with transaction.atomic():
        template: Template = keeping.one(Template, template_id, _WORD)
        template.archived_at = now
        template.save(update_fields=["archived_at"])
        _record("template.removed", actor, now, template)


def restore_template(*, actor: Person, now: datetime, template_id: int) -> Template:
    """Bring a template back that was removed; one that is there stays as it is."""
    require_configure(actor)
    with transaction.atomic():
        template, was_away = keeping.back(Template, template_id, _WORD, name="模板", most=MOST)
        if was_away:
            _record("template.restored", actor, now, template)
    return cast(Template, template)


def order_templates(*, actor: Person, now: datetime, ids: Sequence[int]) -> None:
    """Put templates in the order of `ids`, in the places these hold among all."""
    require_configure(actor)
    with transaction.atomic():
        moved = keeping.put_in_order(Template, ids)
        if moved:
            names = "、".join(one.scene for one in moved[: keeping.TOLD])
            record(
                "template.ordered",
                actor=actor,
                now=now,
                record=("template", moved[0].pk),
                data={"names": names},
            )


def _clean(said: dict[str, Any]) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    if "scene" in said:
        clean["scene"] = keeping.line("scene", "场景", said["scene"], most=SCENE)
    if "body" in said:
        clean["body"] = keeping.body("body", "模板内容", said["body"], most=BODY)
    if "way" in said:
        way = said["way"] or ""
        if way and way not in choices.WAY.values:
            raise Invalid("way", "跟进方式没有这个选项，请从列表中选择。")
        clean["way"] = way
    if said.get("position") is not None:
        clean["position"] = keeping.place(said["position"])
    return clean


def _save(template: Template) -> None:
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError:
        raise _taken(template.scene) from None


def _taken(scene: str) -> Invalid:
    return Invalid("scene", f"“{scene}”已经有模板了，请改那一个，或换一个场景名。")


def _record(verb: str, actor: Person, now: datetime, one: Template, **more: Any) -> None:
    data = {"scene": one.scene, **more}
    record(verb, actor=actor, now=now, record=("template", one.pk), data=data)
