"""The fields a column of a sheet may lead to: those known by the published sheets, every other
shipped field, and the customer's own; and the words by which a header means one of them.

What administrators changed is read from the registry whenever it has changed: nothing here is
taken over at start.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from zhike.doors.headers import PUBLISHED, SYNONYMS
from zhike.fields import builtin, registry
from zhike.fields.builtin import Definition


@dataclass(frozen=True)
class Field:
    """Where a column may lead. `others` are headers seen for it beside the label.

    `own` are whole headers that may hold spaces: labels an administrator gave.
    """

    name: str
    label: str
    others: str = ""
    own: tuple[str, ...] = ()

    @property
    def headers(self) -> list[str]:
        return [self.label, *self.own, *self.others.split()]


def _published(name: str, words: str) -> Field:
    label, _, others = words.partition(" ")
    return Field(name, label, others)


SHIPPED = tuple(_published(name, words) for name, words in PUBLISHED.items())
_NOT_TYPED = frozenset({"contact.is_primary"})  # whom a sheet names is the primary contact
_ALWAYS = frozenset({"customer.code", "customer.name", "contact.name"})  # never archived
_LIST_ONLY = ("标签",)  # headers of the list that lead to no field
_KIND = {"customer": "客户", "contact": "联系人"}
_UNIT = re.compile(r"\((万?元)\)$")
_REQUIRED_MARK = re.compile(r"[*＊]+$|\((?:必填|选填|必填项)\)")
_BRACKETED = re.compile(r"\([^()]*\)$")


@cache
def _normal(header: str) -> str:
    text = unicodedata.normalize("NFKC", header)
    text = re.sub(r"[\s\u200b\ufeff]+", "", text).lower().strip(":：")
    return _REQUIRED_MARK.sub("", text)


def normal(header: str) -> str:
    """The form headers are compared in: no spaces, full-width forms, 必填 marks or case."""
    return _normal(header) if len(header) <= 200 else header


@dataclass(frozen=True)
class Columns:
    """All fields a column may lead to at one version of the registry.

    `fields` can be imported; `by_name` knows also those the system fills in, which only go out.
    `own` maps the names that stand on no published sheet to their definitions.
    """

    fields: tuple[Field, ...]
    own: dict[str, Definition]
    by_header: dict[str, str]
    by_name: dict[str, Field]

    def field_of(self, header: str) -> str | None:
        """The field a header means on a sheet of unknown kind, or None."""
        key = normal(header)
        found = self.by_header.get(key)
        if found is None and "/" not in key:
            found = self.by_header.get(_BRACKETED.sub("", key))
        return found


_held: tuple[registry.Snapshot, Columns] | None = None


def present() -> Columns:
    """The fields as they are now."""
    global _held
    snapshot = registry.current()
    held = _held
    if held is None or held[0] is not snapshot:
        held = _held = (snapshot, _columns(snapshot))
    return held[1]


def _columns(snapshot: registry.Snapshot) -> Columns:
    sheets = [
        _renamed(one, definition) if definition else one
        for one in SHIPPED
        if (definition := _definition_of(snapshot, one.name)) is None or _is_used(definition)
    ]
    known = {one.name for one in SHIPPED} | _NOT_TYPED
    taken = {normal(label) for label in (*_LIST_ONLY, *(one.label for one in sheets))}
    own: dict[str, Definition] = {}
    typed: list[Field] = []
    of_both = (*snapshot.of("customer"), *snapshot.of("contact"))
    rest = [one for one in of_both if one.name not in known]
    for definition in rest:
        if not definition.is_fixed:
            made = _made(definition, taken)
            typed += made
            own |= dict.fromkeys((one.name for one in made), definition)
    headers = _headers(sheets, typed)
    # What the system fills in must not come back as something else.
    taken |= headers.keys()
    told = []
    for definition in rest:
        if definition.is_fixed:
            told.append(_made(definition, taken)[0])
            own[definition.name] = definition
    fields = (*sheets, *typed)
    names = {one.name: one for one in (*fields, *told)}
    return Columns(fields, own, headers, names)


def _headers(sheets: list[Field], typed: list[Field]) -> dict[str, str]:
    """Which field a header means: what an administrator called one comes before all synonyms."""
    headers: dict[str, str] = {}
    shipped = set(SHIPPED)
    for one in (*typed, *(one for one in sheets if one not in shipped)):
        headers.setdefault(normal(one.label), one.name)
    for one in (*sheets, *typed):
        for header in one.headers:
            headers.setdefault(normal(header), one.name)
    return headers


def _definition_of(snapshot: registry.Snapshot, name: str) -> Definition | None:
    return snapshot.definitions.get(name.removesuffix("_wan"))


def _is_used(definition: Definition) -> bool:
    return not definition.archived or definition.name in _ALWAYS


_SHIPPED_LABELS = {one.name: one.label for one in builtin.SHIPPED}


def _renamed(one: Field, definition: Definition) -> Field:
    """A field of the published sheets under the name an administrator gave it, known by both."""
    label = definition.label
    if label == _SHIPPED_LABELS[definition.name]:
        return one
    unit = _UNIT.search(one.label)
    if unit and not _UNIT.search(normal(label)):
        label += unit[0]
    return Field(one.name, label, one.others, (one.label,))


def _made(definition: Definition, taken: set[str]) -> list[Field]:
    """The columns of a field that stands on no published sheet: of an amount one per unit."""
    label = definition.label
    others = SYNONYMS.get(definition.name, "")
    if definition.type != "money":
        return [Field(definition.name, _free(label, definition, taken), others)]
    written = _UNIT.search(unicodedata.normalize("NFKC", label))
    bare = label[: -len(written[0])] if written else label
    in_yuan = f"{bare}(元)" if written or definition.builtin else label
    first = Field(definition.name, _free(in_yuan, definition, taken), "", (bare, f"{bare}(元)"))
    wan = Field(f"{definition.name}_wan", _free(f"{bare}(万元)", definition, taken))
    return [first, wan]


def _free(label: str, definition: Definition, taken: set[str]) -> str:
    """A header no other field has: contacts and customers both have a birthday."""
    before = "系统记录的" if definition.is_fixed else _KIND[definition.of]
    wanted = (label, f"{before}{label}", f"{label}({definition.key})")
    found = next((one for one in wanted if normal(one) not in taken), f"{label}#{definition.key}")
    taken.add(normal(found))
    return found


def field_of(header: str) -> str | None:
    """The field a header means on a sheet of unknown kind, or None."""
    return present().field_of(header)


def renamed(name: str, header: str) -> str:
    """The header of a column that goes out, as an administrator has called its field."""
    definition = _definition_of(registry.current(), name)
    if definition is None or definition.label == _SHIPPED_LABELS.get(definition.name):
        return header
    found = present().by_name.get(name)
    return found.label if found and found.name not in present().own else definition.label


def is_archived(name: str) -> bool:
    """Whether a column leads to a field an administrator has archived."""
    definition = _definition_of(registry.current(), name)
    return definition is not None and not _is_used(definition)


def outgoing(definition: Definition) -> Field:
    """The column under which a field goes out: an amount in the unit its label tells."""
    known = present().by_name
    wan = known.get(f"{definition.name}_wan")
    if wan is not None and normal(definition.label) == normal(wan.label):
        return wan
    return known[definition.name]
