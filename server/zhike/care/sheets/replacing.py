"""Sheets hold words of dictionaries, too: where one gives way to another, they follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from zhike.access.models import Person
from zhike.care.models import Checklist, Phrase, Template
from zhike.fields.holding import Columns, Replacement

_LIST = "roles"


class Sheets(Columns):
    """A holder of sheets: they are about no customer, and a phrase suits a list of roles."""

    def value_in(self, dictionary: str, value: str) -> Q:
        """Return the condition of holding a value."""
        if self.columns.get(dictionary) == (_LIST,):
            return Q(**{f"{_LIST}__icontains": f'"{value}"'})
        return super().value_in(dictionary, value)

    def _change(self, row: Any, what: Replacement) -> dict[str, list[Any]]:
        if self.columns.get(what.dictionary) != (_LIST,):
            return super()._change(row, what)
        held = list(row.roles)
        new = [what.new if one == what.old else one for one in held]
        row.roles = [one for one in dict.fromkeys(new) if one]
        return {_LIST: [held, row.roles]}

    def _event(
        self, row: Any, changes: dict[str, list[Any]], actor: Person, now: datetime
    ) -> dict[str, Any]:
        row.customer_id = None
        return super()._event(row, changes, actor, now)


TEMPLATES = Sheets("template", Template, {"way": ("way",)})
PHRASES = Sheets("phrase", Phrase, {"deal_stage": ("stage",), "contact_role": (_LIST,)})
CHECKLISTS = Sheets("checklist", Checklist, {"deal_stage": ("stage",)})
