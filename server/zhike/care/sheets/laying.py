"""Laying the shipped sheets: at the first migration, and again wherever one is missing."""

from __future__ import annotations

from typing import Any

from zhike.care.sheets.shipped_checklists import CHECKLISTS
from zhike.care.sheets.shipped_phrases import PHRASES
from zhike.care.sheets.shipped_templates import TEMPLATES

_STEP = 10


def lay_shipped(template: type[Any], phrase: type[Any], checklist: type[Any]) -> None:
    """Add what is not there by its name; what somebody changed or removed stays as it is.

    The models are handed in, because a migration has its own of that time.
    """
    _templates(template._default_manager)
    _phrases(phrase._default_manager)
    _checklists(checklist._default_manager)


def _templates(held: Any) -> None:
    known = set(held.values_list("scene", flat=True))
    held.bulk_create(
        [
            held.model(scene=scene, way=way, body="\n".join(lines), position=place * _STEP)
            for place, (scene, way, lines) in enumerate(TEMPLATES, 1)
            if scene not in known
        ]
    )


def _phrases(held: Any) -> None:
    known = set(held.values_list("title", "objection"))
    held.bulk_create(
        [
            held.model(
                stage=one.stage,
                objection=one.objection,
                title=one.title,
                body=one.body,
                roles=list(one.roles),
                position=place * _STEP,
            )
            for place, one in enumerate(PHRASES, 1)
            if (one.title, one.objection) not in known
        ]
    )


def _checklists(held: Any) -> None:
    known = set(held.values_list("title", flat=True))
    held.bulk_create(
        [
            held.model(
                stage=stage,
                title=title,
                items=[
                    {"key": f"{stage[:9]}-{number}", "text": words}
                    for number, words in enumerate(steps, 1)
                ],
                position=place * _STEP,
            )
            for place, (stage, title, steps) in enumerate(CHECKLISTS, 1)
            if title not in known
        ]
    )
