"""Readers of all kinds, who ask for everything there is and remember what they were shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.http import HttpResponse

from tests.attacks.canaries import Canary, leaks, needles, readable
from tests.attacks.planting import Story
from tests.people import Api, hire
from zhike.access.models import Person, Role
from zhike.access.rights import ACTIONS, GROUPS, KINDS, SHIPPED, Level, Rights, Scope
from zhike.customers.criteria import SORTS
from zhike.site.api import description

EVERYWHERE = Scope("all", shared=True, pool=True)
HIDDEN, MASKED, READ, EDIT = Level
KINDS_OF_TRASH = ("customer", "contact", "follow_up", "purchase", "problem", "attachment")
LESS = frozenset(ACTIONS) - {"export_plain"}


class Reader:
    """Somebody with a role of their own, and everything they were shown."""

    def __init__(self, name: str, rights: Rights | None = None, key: str = "") -> None:
        self.name = name
        if rights is not None:
            key = f"of-{name}"
            Role.objects.create(key=key, name=name, granted=rights.stored())
        self.api = Api(hire(name, f"reader-{name}", key))
        self.seen: dict[str, str] = {}
        self.answered: set[str] = set()

    @property
    def person(self) -> Person:
        return Person.objects.select_related("role").get(pk=self.api.id)

    def levels(self) -> dict[str, Level]:
        return {group: self.person.level(group) for group in GROUPS}

    def keep(self, place: str, answer: HttpResponse) -> HttpResponse:
        """Remember an answer with its headers."""
        assert answer.status_code < 500, (self.name, place, answer.content)
        streaming = answer.streaming
        body = b"".join(answer.streaming_content) if streaming else answer.content  # type: ignore[attr-defined]
        heads = "\n".join(f"{name}: {value}" for name, value in answer.items())
        self.seen[f"{len(self.seen)} {place}"] = f"{readable(heads.encode())}\n{readable(body)}"
        return answer

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.keep(f"GET {path} {query}", self.api.call("GET", path, **query))

    def leaked(self, planted: list[Canary], *, plain: bool = False) -> list[str]:
        found = leaks(self.seen, needles(planted, self.levels(), plain=plain))
        return [f"{self.name}: {one}" for one in found]


def rights(actions: frozenset[str] = LESS, **levels: Level) -> Rights:
    """Rights that reach everywhere; groups not named are hidden unless `rest` says otherwise."""
    rest = levels.pop("rest", HIDDEN)
    fields = {group: levels.get(group, rest) for group in GROUPS} | {"basic": EDIT}
    fields = {
        group: READ if level == MASKED and not GROUPS[group].maskable else level
        for group, level in fields.items()
    }
    return Rights(dict.fromkeys(KINDS, EVERYWHERE), fields, actions)


def readers() -> Iterator[Reader]:
    for shipped in SHIPPED:
        yield Reader(f"出厂{shipped.name}", key=shipped.key)
    for level in (HIDDEN, MASKED, READ):
        yield Reader(f"全部{level.name}", rights(rest=level))
    for level in (HIDDEN, MASKED):
        yield Reader(f"完整{level.name}", rights(frozenset(ACTIONS), rest=level))
    groups = [group for group in GROUPS if group != "basic"]
    for half in (0, 1):
        for level in (HIDDEN, MASKED):
            less = dict.fromkeys(groups[half::2], level)
            yield Reader(f"一半{level.name}{half}", rights(**{"rest": EDIT, **less}))


@cache
def operations(method: str) -> list[tuple[str, dict[str, Any]]]:
    """The paths of the API under a method, as its description tells them."""
    paths = json.loads(description())["paths"]
    return [
        (path.removeprefix("/api/v1"), methods[method])
        for path, methods in paths.items()
        if method in methods
    ]


def queries_of(path: str, story: Story) -> list[dict[str, Any]]:
    """Sensible parameters for one operation; an unknown one is asked without any."""
    nest = story.nest
    searched = [{"q": word} for word in ("客", nest.of("mobile")[0], nest.of("mobile")[0][-4:])]
    sorts = [{"sort": f"{sign}{name}"} for name in SORTS for sign in ("", "-")]
    by_import = [{"import_id": pk} for pk in story.ids["import_id"][:1]]
    stages = [{"need_status": "clear"}, {"cooperation_stage": "running"}]
    shown = ",".join(key for of in nest.own.values() for key in of.values())
    own = [
        *({"show": one} for one in (shown, *nest.own["customer"].values())),
        *({"sort": key} for key in nest.own["customer"].values()),
        *({"field": f"{key}:filled:"} for key in nest.own["customer"].values()),
    ]
    asked: dict[str, list[dict[str, Any]]] = {
        "/customers": [{"limit": "200"}, *searched, *sorts, *by_import, *stages, *own],
        "/customers/summary": [{}, *searched, *by_import, *stages],
        "/customers/similar": [
            *({"phone": one} for one in nest.of("mobile")[:2]),
            {"email": nest.of("email")[0]},
            {"identity": nest.of("identity")[0]},
            {"name": "阳春客"},
            {"wechat": nest.of("wechat")[0]},
        ],
        "/customers/{customer_id}/timeline": [{"limit": "100"}],
        "/imports/{import_id}/rows": [{"only": "all"}, {"only": "problems"}],
        "/search": searched,
        "/tasks": [{"scope": one} for one in ("today", "overdue", "coming", "open", "done")],
        "/trash": [{}, *({"kind": one} for one in KINDS_OF_TRASH)],
        "/reviews": [{}, {"mine": "true"}, {"state": "pending"}, {"state": "rejected"}],
        "/tokens": [{"of": "me"}, {"of": "all"}],
        "/audit": [{"limit": "200"}, *searched],
    }
    return asked.get(path, [{}])


def filled(path: str, ids: dict[str, list[Any]]) -> list[str]:
    """The addresses of a path, for every record it can be about."""
    if "{" not in path:
        return [path]
    name = path.partition("{")[2].partition("}")[0]
    found = [path.replace(f"{{{name}}}", str(one)) for one in ids.get(name, [1])]
    return [address for one in found for address in filled(one, ids)]


def read_all(reader: Reader, story: Story) -> None:
    """Everything the API gives out, every page of it that can be asked for."""
    gives_cells = reads_imports(reader.person)
    for path, _ in operations("get"):
        if path.startswith("/imports/{") and gives_cells:
            continue  # their cells are shown as they were typed, by design
        for query in queries_of(path, story):
            for address in filled(path, story.ids):
                if reader.get(address, **query).status_code == 200:
                    reader.answered.add(path)
    first, second = story.ids["pair"]
    for pair in ((first, second), (second, first)):
        body = {"survivor_id": pair[0], "absorbed_ids": [pair[1]]}
        reader.keep("POST /merges/plan", reader.api.call("POST", "/merges/plan", body))
    reader.keep("GET /", reader.api.client.get("/"))
    reader.keep("GET /nowhere", reader.api.client.get(f"/nowhere/{story.nest.of('name')[0]}x"))


def reads_imports(person: Person) -> bool:
    everything = person.scope("customer").reach == "all" and person.may("export_plain")
    return everything and all(person.reads(group) for group in GROUPS)
