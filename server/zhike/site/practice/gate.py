"""What is open in the practice workspace: work with customers, and looking at the settings.

Whatever is not named here is closed: what leaves the house (exports, channels, calendars), what
changes the settings, which are those of the real data, and what belongs to a person's sign-in.
"""

from __future__ import annotations

from zhike.access.rights import Rights
from zhike.access.sign_in import SAFE

# By the first part of an address: everything, or looking only.
OPEN = frozenset(
    {"attachments", "contacts", "customers", "follow-ups", "hand-overs", "key-dates"}
    | {"late-follow-ups", "merges", "plans", "playbook-runs", "pool", "problems", "purchases"}
    | {"quality", "regions", "reviews", "search", "tags", "tasks", "team-today", "today", "trash"}
)
READABLE = frozenset(
    {"cadence", "care-rules", "checklists", "choices", "departments", "dictionaries", "fields"}
    | {"file-rules", "industries", "me", "notices", "organisation", "people", "phrases"}
    | {"playbooks", "pool-rules", "rules", "templates", "workdays"}
)
ALSO = frozenset(
    {
        ("POST", "notices/reading"),
        ("POST", "phrases/{phrase_id}/use"),
        ("POST", "playbooks/{playbook_id}/runs"),
    }
)
CLOSED = frozenset(
    {
        # A thread of its own asks the real database for all of them.
        ("GET", "notices/stream"),
        # Those who hold a word are told from the real records.
        ("GET", "dictionaries/{name}/entries/{value}/retirement"),
    }
)
ACTIONS = frozenset(
    {"create", "log", "share", "hand_over", "delete", "review", "manage_tags", "reveal"}
)


def is_open(method: str, route: str) -> bool:
    """Tell whether an operation is open; `route` is as in the API's description, no slash first."""
    if (method, route) in CLOSED:
        return False
    if (method, route) in ALSO:
        return True
    first = route.partition("/")[0]
    return first in OPEN or (first in READABLE and method in SAFE)


def narrowed(rights: Rights) -> Rights:
    """Return what is left of somebody's rights in the practice workspace."""
    return Rights(rights.scopes, rights.fields, rights.actions & ACTIONS)
