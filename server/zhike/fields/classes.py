"""The finer classes of industry (中类, 小类) an installation brings along (R07)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhike.access.models import Person
from zhike.base import text
from zhike.base.errors import Invalid
from zhike.fields import industry, registry
from zhike.fields.groups import require_configure
from zhike.fields.models import Word
from zhike.trail.actions import record

LONGEST = 40  # characters of a name
MOST_ERRORS = 10


def refine_industries(*, actor: Person, now: datetime, edition: str, lines: str) -> int:
    """Take over finer classes of industry, one on each line: C3511 矿山机械制造.

    They replace those of before; nothing at all takes them away. Returns how many there are.
    """
    require_configure(actor)
    found = _classes(lines)
    edition = text.tidy(edition) or industry.EDITION
    if len(edition) > LONGEST:
        raise Invalid("edition", f"版本说明最多 {LONGEST} 个字，请精简。")
    with transaction.atomic():
        registry.lock()
        before = Word.objects.filter(dictionary=industry.DICTIONARY)
        count = before.count()
        before.delete()
        Word.objects.filter(dictionary=industry.EDITION_OF_FINER).delete()
        Word.objects.bulk_create(
            Word(dictionary=industry.DICTIONARY, value=code, label=name, position=number)
            for number, (code, name) in enumerate(sorted(found.items()), 1)
        )
        if found:
            of_finer = {"dictionary": industry.EDITION_OF_FINER, "value": "finer"}
            Word.objects.create(**of_finer, label=edition)
        told = {"edition": edition, "classes": len(found), "before": count}
        record("industry.refined", actor=actor, now=now, data=told)
        registry.touch()
    return len(found)


def _classes(lines: str) -> dict[str, str]:
    known = {code for code in industry.codes() if len(code) == 3}
    found: dict[str, str] = {}
    errors: list[tuple[str, str]] = []
    for number, line in enumerate(lines.splitlines(), 1):
        plain = text.normalise(line)
        if not plain:
            continue
        code, _, name = plain.replace(",", " ").partition(" ")
        code, name = code.upper(), name.strip()
        if not industry.FINER.fullmatch(code) or code[:3] not in known:
            told = f"第 {number} 行“{plain[:20]}”不是细分行业，应写成“C3511 矿山机械制造”。"
            errors.append(("lines", told))
        elif not name or len(name) > LONGEST:
            errors.append(("lines", f"第 {number} 行的行业名称要有 1 到 {LONGEST} 个字。"))
        elif found.setdefault(code, name) != name:
            errors.append(("lines", f"第 {number} 行的代码 {code} 前面已有“{found[code]}”。"))
        if len(errors) >= MOST_ERRORS:
            break
    if errors:
        raise Invalid(errors)
    return found


def edition() -> str:
    """Return what the finer classes of this installation were taken from; "" without any."""
    found = Word.objects.filter(dictionary=industry.EDITION_OF_FINER)
    return found.values_list("label", flat=True).first() or ""
