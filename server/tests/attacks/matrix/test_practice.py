"""Every operation, called in the practice workspace: the real data is out of its reach.

Whatever it is called with, ids of real records too, nothing real changes, nothing real is told,
and nothing fails that the person could not understand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.attacks.matrix.asking import SAFE, Secrets, Trial, told_in, touched
from tests.attacks.matrix.asking import _written as written
from tests.attacks.matrix.cases import Case
from tests.attacks.matrix.expectations import AXES
from tests.attacks.matrix.house import TABLE
from tests.attacks.matrix.world import World
from tests.people import digest_of_tables
from tests.site import practising
from zhike.base import practice
from zhike.care.models import Checklist, FollowUp, Phrase, Playbook, Task
from zhike.customers.models import Attachment, Contact, Customer, Problem, Purchase, Tag
from zhike.fields import registry
from zhike.site.practice import copying, gate

pytestmark = pytest.mark.django_db
CALLERS = ("administrator", "sales_lead", "sales")
MODELS: dict[str, Any] = {
    "attachment": Attachment,
    "checklist": Checklist,
    "contact": Contact,
    "customer": Customer,
    "follow_up": FollowUp,
    "phrase": Phrase,
    "playbook": Playbook,
    "problem": Problem,
    "purchase": Purchase,
    "tag": Tag,
    "task": Task,
}
# Of what nobody has made there yet: they are called with real ids alone.
NOBODYS = {"GET /attachments/{attachment_id}/content", "GET /hand-overs/{hand_over_id}"}


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with django_db_blocker.unblock(), practising.laid() as number:
        yield number


@pytest.fixture(scope="module")
def ground(laid: int, world: World, django_db_blocker: Any) -> int:
    """The workspace stands in the world; what is done there stays there."""
    with django_db_blocker.unblock():
        world.lay_out_files()
        registry.refresh()
        practising.standing(laid)
        copying.copy(laid)
        world.digest = digest_of_tables()
    return laid


def _there(ground: int, kind: str) -> list[Any]:
    """Ids of the practice workspace for a place that takes some kind of id."""
    model = MODELS.get(kind)
    if model is None:
        return []
    kept = {
        place: None
        for place, field in (("deleted_at", "deleted_at"), ("customer__deleted_at", "customer"))
        if hasattr(model, field)
    }
    with practice.entered(ground):
        return list(model.objects.filter(**kept).order_by("pk").values_list("pk", flat=True)[:2])


def _values(ground: int, world: World, caller: str, case: Case) -> list[Any]:
    if case.varied is None:
        return [None]
    kind = case.varied[1]
    return [*_there(ground, kind), *world.put(caller, kind, AXES[kind][0])]


@pytest.mark.parametrize("name", sorted(TABLE))
def test_nothing_real_is_reached(ground: int, world: World, secrets: Secrets, name: str) -> None:
    of = TABLE[name]
    trial = Trial(world, secrets, name, of)
    is_open = gate.is_open(trial.method, trial.path.removeprefix("/"))
    answers: set[int] = set()
    for case in of.cases:
        for caller in CALLERS:
            for value in _values(ground, world, caller, case):
                path, body, query = trial._request(case, caller, value)
                before = touched()
                response = world.actors[caller].caller.call(
                    trial.method, f"/practice{path}", body, query, file=case.file
                )
                raw = b"".join(response) if response.streaming else response.content
                text = written(raw)
                where = f"{caller} {path} {value}: {response.status_code} {text[:300]}"
                assert response.status_code < 500, where
                assert not told_in(text, secrets.every), where
                assert practice.generation() == 0
                assert touched() == before, where
                answers.add(response.status_code)
    assert digest_of_tables() == world.digest
    if not is_open:
        assert answers == {403}
    elif trial.method in SAFE and name not in NOBODYS:
        assert answers & {200, 403}, answers  # 403: for those who look after the settings
