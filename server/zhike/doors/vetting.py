"""What is asked of rows beyond their cells: fields that fit the kind, required ones, rules between
fields, and customers of a like name who are here already (R06, R16, R19).

All of it for a piece of rows at a time, with a number of queries that does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.db.models import Count, Sum

from zhike.access.models import Person
from zhike.base import clock
from zhike.base.company import likeness as likeness_of
from zhike.base.text import name_key
from zhike.customers import custom, judging
from zhike.customers.likeness import keys_of
from zhike.customers.models import Customer, NameKey, Purchase
from zhike.customers.queries import visible_to
from zhike.customers.similar import LIKELY
from zhike.doors.draft import Draft
from zhike.doors.rows import Reading
from zhike.fields import builtin, choices, registry
from zhike.fields.builtin import Definition
from zhike.fields.models import Rule

PARTS = ("customer", "contact")
KINDS = ("company", "person")
_SHARED_BY = 20  # a key that more customers have tells nobody from anybody
_OF_THE_CONTACT = ("gender", "birthday")  # where a company's row has them
_SHIPPED_REQUIRED = frozenset(one.name for one in builtin.SHIPPED if one.need == "required")
_EMPTY: dict[str, Any] = {
    column.attname: column.get_default() if column.has_default() else None
    for column in Customer._meta.concrete_fields
}
_LIKE_A_STRANGERS = "与同事负责的一位客户名称相近，可能是同一家，请先核实"


class Decided(Protocol):
    """What was decided about a row (`matching.Decision`)."""

    draft: Draft
    action: str
    customer_id: int | None


class Vetting:
    """Looks through the rows of one import, a piece at a time."""

    def __init__(self, actor: Person, import_id: int, reading: Reading) -> None:
        self.actor = actor
        self.import_id = import_id
        self.reading = reading
        self.today = clock.today()
        mapped = [
            (part, one)
            for part in PARTS
            for one in registry.current().of(part)
            if reading.column_of(one.name) >= 0
        ]
        self._limited = [(part, one) for part, one in mapped if one.kinds]
        given = {one.key for part, one in mapped if part == "customer"}
        self._rules = [one for one in judging.rules_for() if judging.touches(one, given)]
        self._asked = {one.message: _asked(one) for one in self._rules}
        self._derived = any("paid_last_year" in judging.names_in(one) for one in self._rules)
        every = [(part, kind) for part in PARTS for kind in KINDS]
        self._required = {
            place: [
                one for one in custom.required(*place, actor) if one.name not in _SHIPPED_REQUIRED
            ]
            for place in every
        }
        self._defaults = {
            place: custom.defaults(*place, own=True) | custom.defaults(*place, own=False)
            for place in every
        }

    def vet(self, decisions: Sequence[Decided]) -> None:
        """Note what is wrong; `draft.refused` is set where a row must not come in."""
        new = [one for one in decisions if one.action == "new" and one.customer_id is None]
        updates = [one for one in decisions if one.action == "update"]
        held = self._held(updates)
        for one in new:
            self._fit(one.draft, _kind(one.draft, {}))
            self._complete(one.draft)
        for one in updates:
            self._fit(one.draft, _kind(one.draft, held.get(one.customer_id or 0, {})))
        if self._rules:
            bought = self._bought(updates) if self._derived else {}
            for one in new:
                self._judge(one.draft, _EMPTY, None)
            for one in updates:
                pk = one.customer_id or 0
                self._judge(one.draft, held.get(pk, {}), bought.get(pk))
        self._compare([one.draft for one in new if not one.draft.refused])

    def _held(self, updates: Sequence[Decided]) -> dict[int, dict[str, Any]]:
        """What the customers have whom rows change, as far as it matters here."""
        if not updates or not (self._limited or self._rules):
            return {}
        names = {"kind"} | (judging.columns_of(self._rules) if self._rules else set())
        found = Customer._default_manager.filter(pk__in={one.customer_id for one in updates})
        return {row.pop("id"): row for row in found.values("id", *sorted(names))}

    def _bought(self, updates: Sequence[Decided]) -> dict[int, int]:
        ids = {one.customer_id for one in updates if one.customer_id}
        since = self.today - judging.YEAR
        found = Purchase._default_manager.filter(customer_id__in=ids, deleted_at=None)
        found = found.filter(bought_on__gt=since, bought_on__lte=self.today).order_by()
        rows = found.values("customer_id").annotate(sum=Sum("amount"))
        return {row["customer_id"]: row["sum"] or 0 for row in rows}

    def _fit(self, draft: Draft, kind: str) -> None:
        """Leave out what customers of this kind do not have."""
        for part, one in self._limited:
            values = getattr(draft, part)
            if one.key not in values or one.suits(kind):
                continue
            value = values.pop(one.key)
            if one.builtin and part == "customer" and one.key in _OF_THE_CONTACT:
                draft.contact.setdefault(one.key, value)
                continue
            whose = "、".join(choices.KIND.label(name) for name in one.kinds)
            draft.refuse_cell(self.reading.column_of(one.name), f"只用于{whose}客户，没有导入")

    def _complete(self, draft: Draft) -> None:
        """Give a new row what an administrator wants put in, and refuse it for what is missing."""
        kind = _kind(draft, {})
        for part in PARTS:
            values = getattr(draft, part)
            if part == "contact" and not values:
                continue
            for key, value in self._defaults[part, kind].items():
                values.setdefault(key, value)
            for one in self._required[part, kind]:
                if not _has(values, one):
                    column = self.reading.column_of(one.name)
                    where = "请填写后再导入" if column >= 0 else "表格里没有这一列，请补上"
                    draft.refuse(column, f"“{one.label}”是必填的，{where}")

    def _judge(self, draft: Draft, held: dict[str, Any], bought: int | None) -> None:
        """Say what the row breaks, together with what is held."""
        given = draft.customer
        ours = {told for told, names in self._asked.items() if not names.isdisjoint(given)}
        if not ours:
            return
        kind = _kind(draft, held)
        found = judging.facts({**held, **given}, self.today, bought)
        for told in judging.judged_for(self.actor, found, kind, given):
            column = self.reading.column_of(f"customer.{told.field}")
            if told.level == judging.REFUSAL:
                draft.refuse(column, told.message)
            elif told.message in ours:  # what was contradictory before is no matter of the sheet
                draft.warn(column, told.message)

    def _compare(self, drafts: Sequence[Draft]) -> None:
        """Warn of customers who are here and have a like name; of strangers' only that they are."""
        keys = {
            draft.row: keys_of(draft.customer["name"])
            for draft in drafts
            if _kind(draft, {}) == "company" and "*" not in draft.customer["name"]
        }
        bearers = self._bearers({key for found in keys.values() for key in found})
        names = self._names({pk for found in bearers.values() for pk in found})
        if not names:
            return
        near: dict[int, int] = {}
        for draft in drafts:
            ids = {pk for key in keys.get(draft.row, ()) for pk in bearers.get(key, ())}
            best = _likest(draft.customer["name"], ids, names)
            if best is not None:
                near[draft.row] = best
        if not near:
            return
        seen = set(visible_to(self.actor).filter(pk__in=near.values()).values_list("pk", flat=True))
        for draft in drafts:
            pk = near.get(draft.row)
            if pk is not None:
                told = _LIKE_A_STRANGERS
                if pk in seen:
                    name, _, code = names[pk]
                    told = f"与已有客户“{name}”（编号 {code}）名称相近，请确认不是同一家"
                draft.warn(self.reading.column_of("customer.name"), told)

    def _bearers(self, keys: Iterable[str]) -> dict[str, list[int]]:
        """Who has each key, of keys that only a few have."""
        wanted = list(keys)
        if not wanted:
            return {}
        laid = NameKey.objects.filter(key__in=wanted).order_by()
        rare = laid.values("key").annotate(n=Count("pk")).filter(n__lte=_SHARED_BY)
        few = list(rare.values_list("key", flat=True))
        found: dict[str, list[int]] = {}
        if few:
            rows = NameKey.objects.filter(key__in=few).order_by("customer_id")
            for key, pk in rows.values_list("key", "customer_id"):
                found.setdefault(key, []).append(pk)
        return found

    def _names(self, ids: set[int]) -> dict[int, tuple[str, str, str]]:
        """(name, its key, code) of living companies that did not come with this import."""
        if not ids:
            return {}
        found = Customer._default_manager.filter(pk__in=ids, deleted_at=None, kind="company")
        rows = found.values_list("pk", "name", "name_key", "code", "import_id")
        return {
            pk: (name, key, code)
            for pk, name, key, code, import_id in rows
            if import_id != self.import_id
        }


def _asked(rule: Rule) -> set[str]:
    """The columns a rule depends on."""
    names = judging.names_in(rule)
    return names.union(*(judging.DERIVED.get(name, ()) for name in names))


def _likest(name: str, ids: Iterable[int], names: dict[int, tuple[str, str, str]]) -> int | None:
    """Who of these is likeliest the same; an equal name is told elsewhere."""
    own = name_key(name)
    best, found = LIKELY, None
    for pk in sorted(set(ids) & names.keys()):
        other, key, _ = names[pk]
        if key != own:
            score = likeness_of(name, other).score
            if score > best or (score == best and found is None):
                best, found = score, pk
    return found


def _kind(draft: Draft, held: dict[str, Any]) -> str:
    kind: str = draft.customer.get("kind") or held.get("kind") or "company"
    return kind


def _has(values: dict[str, Any], one: Definition) -> bool:
    return values.get(one.key) not in (None, "", [])
