"""How good the customer file is: completeness by people and departments, and contradictions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from zhike.access.models import Department, Person
from zhike.access.queries import departments_visible_to, people_visible_to
from zhike.access.rights import Scope
from zhike.base import paging
from zhike.base.errors import Forbidden
from zhike.customers import file_rules, judging
from zhike.customers.completeness import share
from zhike.customers.models import Contradiction, Customer, Purchase
from zhike.customers.queries import visible_to, within
from zhike.fields import rules
from zhike.fields.models import Rule

PIECE = 2000
MOST_TRIED = 200_000  # customers a rule is tried on before it is saved
EXAMPLES = 10
_POOL = "公海"


def totals(actor: Person) -> dict[str, Any]:
    """Return how complete the customers in `actor`'s reach are, by person and by department.

    One query on the index (owner, completeness). Shared customers and those of the pool are not
    theirs to answer for, unless they reach everything. A department includes those below it, and
    is told only to who reaches all of it.
    """
    goal = file_rules.present().completeness_goal
    rows = list(measured(actor, goal=goal))
    sums = {owner: (count, points, well) for owner, count, points, well in rows}
    people = {
        pk: (name, path)
        for pk, name, path in people_visible_to(actor)
        .filter(pk__in=[*sums])
        .values_list("pk", "name", "department__path")
    }
    listed = [
        {"id": pk, "name": people[pk][0] if pk in people else _POOL, **_told(*found)}
        for pk, found in sums.items()
    ]
    listed.sort(key=lambda one: (one["percent"], str(one["name"])))
    return {
        "goal": goal,
        "company": _told(*_added(list(sums.values()))),
        "departments": _by_department(
            actor,
            [(people[pk][1], held) for pk, held in sums.items() if pk in people and people[pk][1]],
        ),
        "people": listed,
    }


def measured(actor: Person, *, goal: int) -> QuerySet[Customer, tuple[int | None, int, int, int]]:
    """Return (owner, customers, points, how many reach the goal) of the customers in reach."""
    complete = Count("completeness", filter=Q(completeness__gte=goal))
    each = _in_reach(actor).order_by().values_list("owner_id")
    return each.annotate(n=Count("*"), sum=Sum("completeness"), complete=complete)


def _in_reach(actor: Person) -> QuerySet[Customer]:
    found = Customer.objects.filter(deleted_at__isnull=True)
    condition = within(actor, Scope(actor.scope("customer").reach))
    return found if condition is None else found.filter(condition)


Sums = tuple[int, int, int]  # customers, points of completeness, how many reach the goal


def _added(parts: Sequence[Sums]) -> Sums:
    return sum(one[0] for one in parts), sum(one[1] for one in parts), sum(one[2] for one in parts)


def _told(customers: int, points: int, complete: int) -> dict[str, Any]:
    return {"percent": share(points, customers), "customers": customers, "complete": complete}


def _by_department(actor: Person, of_people: list[tuple[str, Sums]]) -> list[dict[str, Any]]:
    """Add up what was measured of people, given with the path of each one's department."""
    below = actor.scope("customer").reach != "team"
    by_path: dict[str, list[Sums]] = {}
    for path, held in of_people:
        by_path.setdefault(path, []).append(held)
    found = []
    for department in _departments(actor):
        parts = [
            held
            for path, each in by_path.items()
            if (path.startswith(department.path) if below else path == department.path)
            for held in each
        ]
        if parts:
            found.append({"id": department.pk, "name": department.name, **_told(*_added(parts))})
    return found


def _departments(actor: Person) -> list[Department]:
    """Those of which the actor reaches everybody."""
    reach, found = actor.scope("customer").reach, departments_visible_to(actor)
    if reach == "all":
        return list(found)
    if actor.department_id is None or reach not in ("team", "below"):
        return []
    if reach == "team":
        return list(found.filter(pk=actor.department_id))
    return list(found.filter(path__startswith=actor.branch))


def contradictions(
    actor: Person, *, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return a page of the customers whose facts break a rule, the newest first.

    Only of customers `actor` sees and rules about what they may read.
    """
    told = {rule.pk: rule for rule in judging.rules_for() if judging.readable(actor, rule)}
    found = Contradiction.objects.filter(customer__in=visible_to(actor), rule_id__in=[*told])
    found = found.select_related("customer__owner").order_by("-id")
    if cursor:
        found = found.filter(pk__lt=paging.unpack(cursor, int)[0])
    rows = list(found[: limit + 1])
    following = paging.pack(rows[limit - 1].pk) if len(rows) > limit else None
    return [_contradiction(row, told[row.rule_id]) for row in rows[:limit]], following


def _contradiction(row: Contradiction, rule: Rule) -> dict[str, Any]:
    customer = row.customer
    return {
        "id": row.pk,
        "customer": {
            "id": customer.pk,
            "code": customer.code,
            "name": customer.name,
            "owner": customer.owner,
        },
        "rule": {"id": rule.pk, "name": rule.name, "field": rule.field, "level": rule.level},
        "told": row.told,
        "found_at": row.found_at,
    }


def preview(actor: Person, said: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """Return how many of the customers `actor` sees a rule would find, and the first of them.

    Raises Invalid for what is no rule.

    Read in pieces and never more than `MOST_TRIED` customers: `is_whole` tells whether that was
    everybody.
    """
    if not actor.may("configure"):
        raise Forbidden("你没有修改系统设置的权限，请联系管理员。")
    rule = rules.drafted(said)
    if not judging.readable(actor, rule):
        raise Forbidden("这条规则用到了你的角色看不到的字段，不能试算。", field="when")
    count = tried = 0
    examples: list[dict[str, Any]] = []
    for row, bought in _rows(actor, rule, today):
        tried += 1
        if not judging.breaks(rule, judging.facts(row, today, bought)):
            continue
        count += 1
        if len(examples) < EXAMPLES:
            examples.append({"id": row["id"], "name": row["name"], "told": rule.message})
    return {"count": count, "examples": examples, "is_whole": tried < MOST_TRIED}


def _rows(actor: Person, rule: Rule, today: date) -> Iterator[tuple[dict[str, Any], int | None]]:
    """The columns of the visible customers the rule applies to, with what they bought lately."""
    names = {"id", "name", "kind", *judging.columns_of([rule])}
    last = tried = 0
    while tried < MOST_TRIED:
        found = visible_to(actor).filter(pk__gt=last).order_by("pk").values(*sorted(names))
        rows = list(found[: min(PIECE, MOST_TRIED - tried)])
        if not rows:
            return
        tried, last = tried + len(rows), rows[-1]["id"]
        bought = _bought([row["id"] for row in rows if row["bought_count"]], today)
        for row in rows:
            if judging.applies(rule, row["kind"]):
                yield row, bought.get(row["id"], 0) if row["bought_count"] else None


def _bought(customer_ids: Sequence[int], today: date) -> dict[int, int]:
    if not customer_ids:
        return {}
    found = Purchase.objects.filter(customer_id__in=customer_ids, deleted_at=None)
    found = found.filter(bought_on__gt=today - judging.YEAR, bought_on__lte=today).order_by()
    each = found.values_list("customer_id").annotate(sum=Sum("amount"))
    return {pk: amount or 0 for pk, amount in each}
