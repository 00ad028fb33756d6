"""Phrases (R31): words for a stage of the deal or against an objection, and which suit whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.db import transaction
from django.db.models import F

from zhike.access.models import Person
from zhike.access.rights import Level
from zhike.base import text
from zhike.base.errors import Forbidden, Invalid
from zhike.care.models import Phrase
from zhike.care.sheets import keeping
from zhike.care.sheets.objections import meant
from zhike.customers import queries as customers
from zhike.customers.models import Contact, Customer
from zhike.fields import choices
from zhike.fields.groups import level_of, require_configure
from zhike.trail.actions import record

MOST, TITLE, BODY, OBJECTION = 1000, 60, 2000, 60
MOST_TAGS, TAG = 20, 30
_WORD = "条话术"


class Suits(NamedTuple):
    """What is known, to a reader, of whom one will speak with."""

    tags: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    stage: str = ""


def phrases_visible_to(actor: Person) -> list[Phrase]:
    """Return the phrases in their order; who works here may use them all."""
    if not actor.is_active:
        return []
    return list(Phrase.objects.filter(archived_at=None).order_by("position", "id"))


def suits(
    actor: Person,
    customer: Customer,
    every: Iterable[Phrase],
    contacts: Sequence[Contact] | None = None,
) -> Suits:
    """Return what `actor` may know of a visible customer that `every` phrase is chosen by."""
    tags: frozenset[str] = frozenset()
    if any(one.tags for one in every):
        tags = frozenset(customer.tags.values_list("name", flat=True))
    roles: frozenset[str] = frozenset()
    if level_of(actor, "contact", "role") >= Level.READ:
        known = customers.contacts_of(customer) if contacts is None else contacts
        roles = frozenset(one.role for one in known if one.role)
    reads_stage = level_of(actor, "customer", "deal_stage") >= Level.READ
    return Suits(tags, roles, customer.deal_stage if reads_stage else "")


def found(
    actor: Person, *, stage: str = "", objection: str = "", customer_id: int | None = None
) -> list[dict[str, Any]]:
    """Return the phrases of a stage and for an objection, those that suit a customer first."""
    whom = Suits()
    every = phrases_visible_to(actor)
    if customer_id is not None:
        customer = customers.one(actor, customer_id)
        whom = suits(seen_by(actor, customer), customer, every)
    if stage:
        every = [one for one in every if one.stage == stage]
    if objection:
        every = answering(every, objection)
    return [shown(one, whom) for one in ranked(every, whom)]


def seen_by(actor: Person, customer: Customer) -> Person:
    """Return the actor as they look at this customer: at one of the pool from afar."""
    in_pool = customer.owner_id is None and customers.access_to(actor, customer) == "pool"
    return customers.from_afar(actor) if in_pool else actor


def answering(every: Iterable[Phrase], objection: str) -> list[Phrase]:
    """Return the phrases that answer what a customer objected to."""
    every = [one for one in every if one.objection]
    named = [one for one in every if one.objection == objection]
    if named:
        return named
    about = set(meant(objection, tuple({one.objection for one in every})))
    return [one for one in every if one.objection in about]


def ranked(every: Iterable[Phrase], whom: Suits) -> list[Phrase]:
    """Return phrases in the order in which they suit: by tags and role, then by use.

    One that is for other tags or other roles only comes after those that are for everybody.
    """
    return sorted(every, key=lambda one: _rank(one, whom))


def _rank(one: Phrase, whom: Suits) -> tuple[int, ...]:
    tags, roles = _overlap(one.tags, whom.tags), _overlap(one.roles, whom.roles)
    staged = bool(whom.stage) and one.stage == whom.stage
    return (-(tags + roles), -int(staged), -one.used, one.position, one.pk)


def _overlap(wanted: Collection[str], known: frozenset[str]) -> int:
    """2 for each that is shared, -1 where it is for others only."""
    shared = len(known & set(wanted))
    return 2 * shared if shared else -1 if wanted and known else 0


def shown(one: Phrase, whom: Suits = Suits()) -> dict[str, Any]:  # noqa: B008 -- it is a constant
    """Return a phrase as the API tells it; `fits` are the tags and roles it was chosen by."""
    roles = [choices.CONTACT_ROLE.label(role) for role in one.roles if role in whom.roles]
    return {
        "id": one.pk,
        "version": one.version,
        "stage": one.stage,
        "objection": one.objection,
        "title": one.title,
        "body": one.body,
        "tags": one.tags,
        "roles": one.roles,
        "position": one.position,
        "used": one.used,
        "fits": [*(tag for tag in one.tags if tag in whom.tags), *roles],
    }


def add_phrase(*, actor: Person, now: datetime, **said: Any) -> Phrase:
    """Add a phrase."""
    require_configure(actor)
    clean = _clean({"title": "", "body": "", **said})
    if not clean.get("stage") and not clean.get("objection"):
        raise Invalid("stage", "请选择阶段，或填写它回应的异议。")
    with transaction.atomic():
        clean.setdefault("position", keeping.next_place(Phrase, "话术", MOST))
        phrase = Phrase(**clean)
        phrase.save()
        _record("phrase.added", actor, now, phrase)
    return phrase


def change_phrase(
    *, actor: Person, now: datetime, phrase_id: int, version: int, **said: Any
) -> Phrase:
    """Change a phrase as seen at `version`."""
    require_configure(actor)
    clean = _clean(said)
    with transaction.atomic():
        phrase: Phrase = keeping.one(Phrase, phrase_id, _WORD, version=version)
        told = keeping.apply(phrase, clean)
        if not phrase.stage and not phrase.objection:
            raise Invalid("stage", "请选择阶段，或填写它回应的异议。")
        if told:
            phrase.version += 1
            phrase.save(update_fields=[*told, "version"])
            _record("phrase.changed", actor, now, phrase, changes=told)
    return phrase


def remove_phrase(*, actor: Person, now: datetime, phrase_id: int) -> None:
    """Remove a phrase."""
    require_configure(actor)
    with transaction.atomic():
        phrase: Phrase = keeping.one(Phrase, phrase_id, _WORD)
        phrase.archived_at = now
        phrase.save(update_fields=["archived_at"])
        _record("phrase.removed", actor, now, phrase)


def restore_phrase(*, actor: Person, now: datetime, phrase_id: int) -> Phrase:
    """Bring a phrase back that was removed; one that is there stays as it is."""
    require_configure(actor)
    with transaction.atomic():
        phrase, was_away = keeping.back(Phrase, phrase_id, _WORD, name="话术", most=MOST)
        if was_away:
            _record("phrase.restored", actor, now, phrase)
    return cast(Phrase, phrase)


def order_phrases(*, actor: Person, now: datetime, ids: Sequence[int]) -> None:
    """Put phrases in the order of `ids`, in the places these hold among all."""
    require_configure(actor)
    with transaction.atomic():
        moved = keeping.put_in_order(Phrase, ids)
        if moved:
            names = "、".join(one.title for one in moved[: keeping.TOLD])
            record(
                "phrase.ordered",
                actor=actor,
                now=now,
                record=("phrase", moved[0].pk),
                data={"names": names},
            )


def use_phrase(
    *, actor: Person, now: datetime, phrase_id: int, customer_id: int | None = None
) -> Phrase:
    """Note that a phrase was used: what is used more comes first."""
    if not actor.may("log"):
        raise Forbidden("你没有记录往来的权限，请联系管理员。")
    about = customers.one(actor, customer_id).pk if customer_id is not None else None
    with transaction.atomic():
        phrase: Phrase = keeping.one(Phrase, phrase_id, _WORD)
        Phrase.objects.filter(pk=phrase.pk).update(used=F("used") + 1)
        phrase.refresh_from_db(fields=["used"])
        of = ("phrase", phrase.pk)
        data = {"title": phrase.title}
        record("phrase.used", actor=actor, now=now, customer_id=about, record=of, data=data)
    return phrase


def _clean(said: dict[str, Any]) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    if "title" in said:
        clean["title"] = keeping.line("title", "标题", said["title"], most=TITLE)
    if "body" in said:
        clean["body"] = keeping.body("body", "话术内容", said["body"], most=BODY)
    if "stage" in said:
        clean["stage"] = said["stage"] or ""
        if clean["stage"] and clean["stage"] not in choices.DEAL_STAGE.values:
            raise Invalid("stage", "成交阶段没有这个选项，请从列表中选择。")
    if "objection" in said:
        clean["objection"] = text.entered("objection", "异议", said["objection"], most=OBJECTION)
    if "tags" in said:
        clean["tags"] = _names(said["tags"])
    if "roles" in said:
        roles = list(dict.fromkeys(said["roles"] or ()))
        if not set(roles) <= set(choices.CONTACT_ROLE.values):
            raise Invalid("roles", "决策角色没有这个选项，请从列表中选择。")
        clean["roles"] = roles
    if said.get("position") is not None:
        clean["position"] = keeping.place(said["position"])
    return clean


def _names(said: Iterable[str] | None) -> list[str]:
    names = [text.entered("tags", "标签", one, most=TAG) for one in said or ()]
    found = list(dict.fromkeys(name for name in names if name))
    if len(found) > MOST_TAGS:
        raise Invalid("tags", f"标签最多 {MOST_TAGS} 个，请删掉一些。")
    return found


def _record(verb: str, actor: Person, now: datetime, one: Phrase, **more: Any) -> None:
    data = {"title": one.title, **more}
    record(verb, actor=actor, now=now, record=("phrase", one.pk), data=data)
