"""Who may do what, written down by hand a second time.

Nothing here is read from the product: were a right given to a role by mistake, or asked for in the
wrong place, the product would agree with itself and only this table would not. Source:
requirements R57, R58, R60 and the table of shipped roles of issue 3.

A case's rule is a list of steps in the order in which the product must ask; the first that fails
is the answer. So it also says whether a missing right or a missing record is told first, and that
a record out of sight answers as one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

GROUPS = (
    *("basic", "identity", "address", "contact", "phone", "email", "needs", "cooperation"),
    *("money", "notes"),
)
HIDDEN, MASKED, READ, EDIT = range(4)
NEAR = {"none": 0, "own": 1, "team": 2, "below": 3, "all": 4}


@dataclass(frozen=True)
class Grants:
    """What a role gives: `sees` in words like `below shared pool`, levels by group, actions."""

    customer: str
    follow_up: str
    task: str
    care: str
    feedback: str
    levels: dict[str, int]
    actions: frozenset[str] = field(default_factory=frozenset)

    def reach(self, kind: str) -> int:
        return NEAR[str(getattr(self, kind)).split()[0]]

    def also(self, kind: str, word: str) -> bool:
        return word in str(getattr(self, kind)).split()


def _levels(usual: int, **others: int) -> dict[str, int]:
    return {group: others.get(group, usual) for group in GROUPS}


_OWN, _BELOW = "own shared pool", "below shared pool"
_SALES = "create log share delete manage_tags reveal import export"
_EVERY_ACTION = f"{_SALES} hand_over review export_plain manage_people manage_roles configure audit"
ROLES: dict[str, Grants] = {
    "sales": Grants(_OWN, _OWN, "own", _OWN, _OWN, _levels(EDIT), frozenset(_SALES.split())),
    "sales_lead": Grants(
        *(_BELOW, _BELOW, "below", _BELOW, _BELOW),
        _levels(EDIT),
        frozenset(f"{_SALES} hand_over review".split()),
    ),
    "service": Grants(
        *("all", "own", "own", "all", "all"),
        _levels(READ, identity=HIDDEN, money=HIDDEN),
        frozenset({"log", "reveal"}),
    ),
    "service_lead": Grants(
        *("all", "all", "below", "all", "all"),
        _levels(READ, identity=MASKED),
        frozenset({"log", "reveal", "export"}),
    ),
    "marketing": Grants(
        *("all", "none", "own", "all", "all"),
        _levels(
            *(READ,),
            identity=HIDDEN,
            address=MASKED,
            contact=MASKED,
            phone=MASKED,
            email=MASKED,
            money=HIDDEN,
            notes=HIDDEN,
        ),
        frozenset({"log", "manage_tags", "export"}),
    ),
    "administrator": Grants(*["all"] * 5, _levels(EDIT), frozenset(_EVERY_ACTION.split())),
    "auditor": Grants(
        *["all"] * 5,
        _levels(
            *(READ,),
            identity=MASKED,
            address=MASKED,
            contact=MASKED,
            phone=MASKED,
            email=MASKED,
        ),
        frozenset({"audit"}),
    ),
}


def _reading(role: Grants) -> Grants:
    """What a token with the scope `read` alone leaves of a role."""
    levels = {group: min(level, READ) for group, level in role.levels.items()}
    return replace(role, levels=levels, actions=frozenset())


@dataclass(frozen=True)
class Actor:
    """Somebody who calls. `stopped` answers before any right is looked at."""

    grants: Grants
    by_token: bool = False
    viewing: bool = False
    stopped: tuple[int, str] | None = None
    writes: tuple[int, str] | None = None  # what every write answers


ACTORS: dict[str, Actor] = {
    **{name: Actor(grants) for name, grants in ROLES.items()},
    "nobody": Actor(ROLES["sales"], stopped=(401, "signed_out")),
    "half_way": Actor(ROLES["sales"], stopped=(401, "signed_out")),
    "closed": Actor(ROLES["sales"], stopped=(401, "signed_out")),
    "unenrolled": Actor(ROLES["sales"], stopped=(403, "second_factor_needed")),
    "viewing": Actor(ROLES["sales"], viewing=True, writes=(403, "viewing")),
    "reading_token": Actor(_reading(ROLES["sales"]), by_token=True, writes=(403, "token_scope")),
}

# How a customer stands to whoever asks. Every actor has an own one, one deleted and one deleted
# too long ago; the others are the same for all, who sit in one department.
LIVING = ("own", "team", "below", "foreign", "shared_read", "shared_edit", "pool")
ABSENT = ("absent", "odd")  # a number nobody has; numbers no table could have
AXES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("customer", "contact", "follow_up", "review", "merge"),
            *("purchase", "problem", "attachment", "playbook_run"),
        ),
        (*LIVING, "deleted", "deleted_foreign", *ABSENT),
    ),
    "double": (*LIVING[1:], "deleted", "deleted_foreign", *ABSENT),  # with one's own customer
    "task": (*LIVING, "given", "deleted", "deleted_foreign", *ABSENT),
    "gone": (*LIVING, "living", "expired", *ABSENT),
    "gone_contact": (*LIVING, "deleted", "living", *ABSENT),
    **dict.fromkeys(
        ("gone_follow_up", "gone_purchase", "gone_problem", "gone_attachment"),
        (*LIVING, "deleted", "living", *ABSENT),
    ),
    "name": (*LIVING, "deleted", "deleted_foreign", "absent"),
    "person": ("self", "team", "foreign", "guest", "left", "program", *ABSENT),
    "department": ("empty", "used", *ABSENT),
    "role": ("unused", "used", "administrator", *ABSENT),
    **dict.fromkeys(
        ("tag", "record_kind", "own_field", "own_word", "preset", "rule"), ("there", *ABSENT)
    ),
    **dict.fromkeys(("failed_job", "open_job"), ("there", *ABSENT)),
    **dict.fromkeys(("template", "phrase", "checklist", "step"), ("there", *ABSENT)),
    **dict.fromkeys(("channel", "delivery"), ("there", *ABSENT)),
    "cadence_rule": ("there", *ABSENT),
    "playbook": ("shared", "own", "foreign", *ABSENT),
    "notice": ("own", "foreign", *ABSENT),
    **dict.fromkeys(
        ("import", "import_done", "export", "hand_over", "token"), ("own", "foreign", *ABSENT)
    ),
}


def way(grants: Grants, relation: str) -> str | None:
    """By which way a customer is had; None for one who is not to be seen."""
    if relation == "own":
        return "own"
    needed = {"team": 2, "below": 3}.get(relation, 4)
    if relation in LIVING and grants.reach("customer") >= needed:
        return "scope"
    if relation in ("shared_read", "shared_edit") and grants.also("customer", "shared"):
        return relation
    return "pool" if relation == "pool" and grants.also("customer", "pool") else None


def in_reach(grants: Grants, relation: str) -> bool:
    """By the reach of the role alone: neither shared nor in the pool."""
    return way(grants, relation) in ("own", "scope")


def reads_record(grants: Grants, kind: str, relation: str) -> bool:
    """A follow-up, care entry or feedback, written by the owner of its customer."""
    if way(grants, relation) is None:
        return False
    as_customers = replace(grants, customer=getattr(grants, kind))
    return relation == "own" or way(as_customers, relation) is not None


def reads_task(grants: Grants, relation: str) -> bool:
    """A task of the owner of its customer; `given` is one's own about somebody else's customer."""
    if relation in ("own", "given"):
        return True
    needed = {"team": 2, "below": 3}.get(relation, 4)
    return relation in LIVING and grants.reach("task") >= needed


# Steps: each returns None to go on, or the status that refuses.
Step = Callable[[Actor, str], int | None]


def may(action: str, status: int = 403) -> Step:
    return lambda actor, _on: None if action in actor.grants.actions else status


def edits(*groups: str, status: int = 403) -> Step:
    def step(actor: Actor, _on: str) -> int | None:
        return None if all(actor.grants.levels[one] >= EDIT for one in groups) else status

    return step


def reads(group: str) -> Step:
    return lambda actor, _on: None if actor.grants.levels[group] >= READ else 403


def sees(status: int = 404) -> Step:
    return lambda actor, on: None if way(actor.grants, on) else status


def sees_record(actor: Actor, on: str) -> int | None:
    return None if reads_record(actor.grants, "follow_up", on) else 404


def sees_task(actor: Actor, on: str) -> int | None:
    return None if reads_task(actor.grants, on) else 404


def _by(*ways: str) -> Step:
    return lambda actor, on: None if way(actor.grants, on) in ways else 403


changes = _by("own", "scope", "shared_edit")
opens = _by("own", "scope", "shared_edit", "shared_read")
gives = _by("own", "scope")


def within_reach(status: int) -> Step:
    return lambda actor, on: None if in_reach(actor.grants, on) else status


def changeable(status: int) -> Step:
    def step(actor: Actor, on: str) -> int | None:
        return None if way(actor.grants, on) in ("own", "scope", "shared_edit") else status

    return step


def wrote_it(actor: Actor, on: str) -> int | None:
    """Corrected by whoever wrote it or has the customer, or by who may delete."""
    return None if on == "own" or "delete" in actor.grants.actions else 403


def only(*relations: str, status: int) -> Step:
    return lambda _actor, on: None if on in relations else status


def never(*relations: str, status: int) -> Step:
    return lambda _actor, on: status if on in relations else None


def unless(relation: str, step: Step) -> Step:
    return lambda actor, on: None if on == relation else step(actor, on)


def either(*steps: Step) -> Step:
    def step(actor: Actor, on: str) -> int | None:
        told = [one(actor, on) for one in steps]
        return None if None in told else told[0]

    return step


def in_person(actor: Actor, _on: str) -> int | None:
    return 403 if actor.by_token else None


def there(status: int = 404) -> Step:
    return never(*ABSENT, status=status)


colleague = only("self", "team", "foreign", "guest", status=422)  # who works here and is human


def whole_sight(actor: Actor, on: str) -> int | None:
    """Somebody else's import: for who sees every customer and takes whole numbers out."""
    everything = actor.grants.reach("customer") == 4 and "export_plain" in actor.grants.actions
    return None if on == "own" or (on == "foreign" and everything) else 404
