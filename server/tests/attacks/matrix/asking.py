"""Trying one operation of the table in the world, cell by cell, and telling what went wrong."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from pypdf import PdfReader

from tests.attacks.matrix.cases import Any_, Case, Mine, Operation, Word
from tests.attacks.matrix.expectations import (
    ACTORS,
    AXES,
    LIVING,
    READ,
    Actor,
    in_reach,
    reads_record,
    reads_task,
    way,
)
from tests.attacks.matrix.world import File, World
from tests.people import digest_of_tables
from zhike.base.commit import do_now

SAFE = ("GET", "HEAD", "OPTIONS")
ALIKE = {
    *("customer", "contact", "follow_up", "task", "gone", "gone_contact", "gone_follow_up"),
    *("purchase", "problem", "attachment", "gone_purchase", "gone_problem", "gone_attachment"),
    *("import", "import_done", "export", "hand_over", "token", "review", "merge", "double"),
}
TRY_ODD = ("sales", "administrator", "reading_token")
BRIEF = ("own", "shared_read", "shared_edit", "pool", "foreign", "absent")
SEALED = ("identity", "phone", "email")  # never in full but by a reveal


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written within is gone afterwards; for the product it is a commit."""
    block: Any = transaction.atomic()
    block._from_testcase = True
    with block:
        try:
            yield
        finally:
            transaction.set_rollback(True)


def touched() -> int:
    """Grows with every row of ours that this transaction inserts, changes or deletes.

    Events that a call has put off until the commit are written first.
    """
    do_now()
    if connection.vendor == "sqlite":
        return int(connection.connection.total_changes)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)"
            " FROM pg_stat_xact_user_tables WHERE relname LIKE 'zhike_%%'"
        )
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class Expected:
    """A refusal by status and code, or success."""

    refused: int | None
    code: str = ""
    early: bool = False  # refused before anything about the call was looked at


def expected(method: str, of: Operation, case: Case, name: str, relation: str) -> Expected:
    actor = ACTORS[name]
    if of.open:
        return Expected(of.open if of.open >= 400 else None)
    if name not in of.always:
        if actor.stopped:
            return Expected(*actor.stopped, early=True)
        if actor.writes and method not in SAFE:
            return Expected(*actor.writes, early=True)
    return Expected(case.verdict(actor, relation))


class Secrets:
    """The canaries an actor must never be told."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._of: dict[tuple[str, bool], dict[str, str]] = {}
        self.every = {
            word: f"{file.relation}.{group}"
            for seen in world.actors.values()
            for file in seen.files
            for group, words in file.words.items()
            for word in words
        }
        for file in (*world.shared.values(), *world.gone.values(), world.far):
            for group, words in file.words.items():
                self.every |= dict.fromkeys(words, f"{file.relation}.{group}")
        self.every |= {
            word: f"{name}'s {relation} file"
            for name, seen in world.actors.items()
            for relation, words in seen.words.items()
            for word in words
        }

    def of(self, name: str, *, gone: bool = False) -> dict[str, str]:
        """By word, what it belongs to; with `gone` deleted customers count as living ones."""
        if (name, gone) not in self._of:
            known = set(self._known(name, gone))
            unknown = {word: of for word, of in self.every.items() if word not in known}
            self._of[name, gone] = unknown
        return self._of[name, gone]

    def _known(self, name: str, gone: bool) -> Iterator[str]:
        actor, world = ACTORS[name], self.world
        for other, seen in world.actors.items():
            for file in seen.files:
                relation = file.relation if other in (name, "nobody") else _anothers(file)
                yield from self._of_file(actor, relation, file, gone)
            for relation, words in seen.words.items():
                mine = other == name and relation == "own"
                if mine or "manage_people" in actor.grants.actions:
                    yield from words
        yield world.far.words["basic"][0]  # of a task everybody was given
        yield world.far.words["basic"][-1]
        for file in (*world.shared.values(), *world.gone.values(), world.far):
            yield from self._of_file(actor, file.relation, file, gone)

    def _of_file(self, actor: Actor, relation: str, file: File, gone: bool) -> Iterator[str]:
        was = _gone_as(relation)
        if was is not None and not gone:
            in_trash = file.relation != "expired" and "delete" in actor.grants.actions
            if in_trash and in_reach(actor.grants, was):
                yield file.words["basic"][0]
            return
        relation = was or relation
        if way(actor.grants, relation) is None:
            return
        yield from file.words["gone_follow_up"]
        if way(actor.grants, relation) != "pool":
            yield from file.words["files"]
        if actor.grants.levels["contact"] >= READ:
            yield from file.words["gone_contact"]
        for group, level in actor.grants.levels.items():
            if level >= READ and group not in SEALED:
                yield from file.words[group]
        for kind in ("follow_up", "care", "feedback"):
            if reads_record(actor.grants, kind, relation):
                yield from file.words[kind]
        if reads_task(actor.grants, relation):
            yield from file.words["task"]


def _anothers(file: File) -> str:
    """How a file of another caller stands to somebody of the same department."""
    return "team" if file.relation == "own" else "gone team"


def _gone_as(relation: str) -> str | None:
    """How a deleted customer stood to somebody, None for a living one."""
    if relation in ("deleted", "expired"):
        return "own"
    if relation in LIVING:
        return None
    return relation.removeprefix("gone ")


def _written(raw: bytes) -> str:
    """What an answer says; of a printed file what stands on its pages, lines put together."""
    if raw.startswith(b"%PDF-") and b"%%EOF" in raw:
        pages = PdfReader(io.BytesIO(raw)).pages
        return "".join("".join(page.extract_text() for page in pages).split())
    return raw.decode("utf-8", "replace")


def told_in(text: str, words: dict[str, str]) -> list[str]:
    return [f"{word} ({of})" for word, of in words.items() if word in text]


class Trial:
    """One operation, tried by everybody on everything."""

    def __init__(self, world: World, secrets: Secrets, name: str, of: Operation) -> None:
        self.world, self.secrets, self.name, self.of = world, secrets, name, of
        self.method, self.path = name.split(" ")
        self.wrong: list[str] = []
        self.succeeded: set[str] = set()
        self.calls = 0

    def run(self) -> None:
        self.world.lay_out_files()
        for number, case in enumerate(self.of.cases):
            for actor in ACTORS:
                self._actor(number, case, actor)

    def _actor(self, number: int, case: Case, actor: str) -> None:
        varied = case.varied
        absent: dict[int, dict[str, str]] = {}
        for relation in self._relations(number, case, actor):
            for value in self.world.put(actor, varied[1], relation) if varied else [None]:
                where = f"{relation}={value} in {varied[0]}" if varied else "-"
                wish = expected(self.method, self.of, case, actor, relation)
                status, text, problems = self._cell(case, actor, relation, value, wish)
                self.wrong += [
                    f"{self.name} [{number}] {actor} × {where}: {one}" for one in problems
                ]
                if relation != "odd" and status in (404, 422) and not wish.early:
                    absent.setdefault(status, {})[relation] = text
        if varied and varied[1] in ALIKE:
            for status, texts in absent.items():
                if "absent" in texts and len(set(texts.values())) > 1:
                    self.wrong.append(
                        f"{self.name} [{number}] {actor}: {status} tells what is there: {texts}"
                    )

    def _relations(self, number: int, case: Case, actor: str) -> tuple[str, ...]:
        """The cells of a case; of those who are stopped at the door, all only of the first."""
        if case.varied is None:
            return ("",)
        every = AXES[case.varied[1]]
        if number and expected(self.method, self.of, case, actor, every[0]).early:
            return every[:1]
        if case.brief:
            return tuple(one for one in every if one in BRIEF)
        return every if actor in TRY_ODD else tuple(one for one in every if one != "odd")

    def _cell(
        self, case: Case, actor: str, relation: str, value: Any, wish: Expected
    ) -> tuple[int, str, list[str]]:
        self.calls += 1
        path, body, query = self._request(case, actor, value)
        caller = self.world.actors[actor].caller
        with taken_back():
            before = touched()
            response = caller.call(self.method, path, body, query, file=case.file)
            matters = wish.refused is not None or self.method in SAFE
            changed = matters and touched() != before and digest_of_tables() != self.world.digest
        raw = b"".join(response) if response.streaming else response.content
        text = _written(raw)
        status = response.status_code
        if wish.refused is None:
            problems = self._allowed(case, actor, relation, status, text)
            if changed and self.method in SAFE and not case.noted:
                problems.append("reading has changed something")
        else:
            problems = self._refused(wish, relation, status, text)
            if changed:
                problems.append(f"refused ({status}), yet something was written")
        return status, text, problems

    def _request(self, case: Case, actor: str, value: Any) -> tuple[str, Any, Any]:
        def fill(one: Any) -> Any:
            if isinstance(one, dict):
                return {name: fill(inner) for name, inner in one.items()}
            if isinstance(one, list):
                return [fill(inner) for inner in one]
            if isinstance(one, Any_):
                return value
            if isinstance(one, Mine):
                return self.world.actors[actor].ids[one.kind, "own"]
            return self.world.word(one.name) if isinstance(one, Word) else one

        path = f"/api/v1{self.path.format(**fill(case.path))}"
        return path, fill(case.body), fill(case.query)

    def _allowed(self, case: Case, actor: str, relation: str, status: int, text: str) -> list[str]:
        if relation == "odd" and status in (404, 422):
            return []
        if not 200 <= status < 300:
            return [f"must succeed, got {status} {text[:300]}"]
        self.succeeded.add(actor)
        words = self.secrets.of(actor, gone=case.gone)
        if case.told:
            told = next(self.world.files(actor, relation)).words[case.told]
            words = {word: of for word, of in words.items() if word not in told}
        found = told_in(text, words)
        return [f"tells {', '.join(found[:8])}"] if found else []

    def _refused(self, wish: Expected, relation: str, status: int, text: str) -> list[str]:
        right = {wish.refused}
        if relation == "odd" and not wish.early:
            right |= {404, 422}
        if status not in right:
            return [f"must be refused with {wish.refused}, got {status} {text[:300]}"]
        problems = []
        found = told_in(text, self.secrets.every)
        if found:
            problems.append(f"refused, yet tells {', '.join(found[:8])}")
        if wish.code and json.loads(text).get("code") != wish.code:
            problems.append(f"must be refused as {wish.code}, got {text[:200]}")
        return problems
