"""Whatever administrators do in any order: every process sees the same, and nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.people import NOW, Api, hire
from zhike.access.models import Organisation
from zhike.access.rights import ADMINISTRATOR
from zhike.base import jobs
from zhike.customers.models import Contact, Customer, CustomValue
from zhike.fields import choices, registry
from zhike.fields.models import Field

LABELS = st.sampled_from(["甲", "乙", "丙", "客户名称", "产值", "", "渠道"])
TYPES = st.sampled_from([*Field.Type.values])
NUMBERS = st.integers(0, 50)
WORDS = ("source", "grade", "way", "own")


class Settings(RuleBasedStateMachine):
    """An administrator at work. Refusals are as welcome as successes; both must leave it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block._from_testcase = True  # type: ignore[attr-defined]
        self.block.__enter__()
        registry.forget()
        Organisation.objects.create(id=Organisation.THE, name="晨星贸易", created_at=NOW)
        self.boss = Api(hire("周管理", "zhou", ADMINISTRATOR))
        self.held: dict[tuple[type, int], dict[str, Any]] = {}

    def teardown(self) -> None:
        """Take everything back."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        registry.forget()

    def send(self, method: str, path: str, body: Any = None) -> int:
        status = self.boss.call(method, path, body).status_code
        assert status < 500, (method, path, body)
        return int(status)

    def fields(self, of: str = "customer") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.boss.get("/fields", of=of, all=True)["items"]
        return found

    def one_of(self, number: int, of: str = "customer") -> dict[str, Any]:
        found = sorted(self.fields(of), key=lambda one: one["builtin"])
        return found[number % len(found)]

    @initialize()
    def begin(self) -> None:
        self.define("渠道", "choice", "customer")
        self.define("用途", "choices", "customer")
        for number in range(4):
            self.fill_in(number, number + 1)

    @rule(label=LABELS, type_=TYPES, of=st.sampled_from(["customer", "contact"]))
    def define(self, label: str, type_: str, of: str) -> None:
        body: dict[str, Any] = {"of": of, "label": label, "type": type_}
        if type_ in ("choice", "choices"):
            body["choices"] = [{"label": "一"}, {"label": "二"}]
        self.send("POST", "/fields", body)

    @rule(number=NUMBERS, label=LABELS, need=st.sampled_from(["required", "optional", "?"]))
    def change(self, number: int, label: str, need: str) -> None:
        one = self.one_of(number)
        body = {"version": one["version"], "label": label, "need": need}
        self.send("PATCH", f"/fields/{one['of']}/{one['key']}", body)

    @rule(number=NUMBERS, back=st.booleans())
    def archive(self, number: int, back: bool) -> None:
        one = self.one_of(number)
        self.send(
            "POST", f"/fields/customer/{one['key']}/{'restoration' if back else 'archive'}", {}
        )

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        one = self.one_of(number)
        held = any(one["key"] in values for values in self.held.values())
        status = self.send("DELETE", f"/fields/customer/{one['key']}")
        assert status == (403 if one["builtin"] else 409 if held else 204)

    @rule(seed=st.randoms(use_true_random=False))
    def order(self, seed: Any) -> None:
        keys = [one["key"] for one in self.fields()]
        seed.shuffle(keys)
        items = [{"key": key, "section": "组"} for key in keys[:5]]
        self.send("PUT", "/fields/order", {"of": "customer", "items": items})

    @rule(name=st.sampled_from(["make", "trade", "software"]))
    def preset(self, name: str) -> None:
        self.send("POST", f"/field-presets/{name}", {})

    def dictionary(self, name: str) -> tuple[str, list[str]]:
        if name == "own":
            own = [one["dictionary"] for one in self.fields() if not one["builtin"]]
            name = next((one for one in own if one), "source")
        every = {one["name"]: one for one in self.boss.get("/dictionaries")["items"]}
        return name, [one["value"] for one in every[name]["entries"]]

    @rule(of=st.sampled_from(WORDS), label=LABELS)
    def add_word(self, of: str, label: str) -> None:
        name, _ = self.dictionary(of)
        self.send(
            "POST", f"/dictionaries/{name}/entries", {"label": label, "synonyms": [label + "子"]}
        )

    @rule(of=st.sampled_from(WORDS), number=NUMBERS, label=LABELS)
    def rename_word(self, of: str, number: int, label: str) -> None:
        name, known = self.dictionary(of)
        value = known[number % len(known)]
        self.send(
            "PATCH", f"/dictionaries/{name}/entries/{value}", {"label": label, "color": "red"}
        )

    @rule(of=st.sampled_from(WORDS), seed=st.randoms(use_true_random=False))
    def order_words(self, of: str, seed: Any) -> None:
        name, known = self.dictionary(of)
        seed.shuffle(known)
        self.send("PUT", f"/dictionaries/{name}/order", {"values": known})

    @rule(of=st.sampled_from(WORDS), number=NUMBERS, by=st.none() | NUMBERS)
    def retire_word(self, of: str, number: int, by: int | None) -> None:
        name, known = self.dictionary(of)
        self.retire(name, known, known[number % len(known)], by)

    @precondition(
        lambda self: any(self.dictionary_of(key) for one in self.held.values() for key in one)
    )
    @rule(number=NUMBERS, by=NUMBERS)
    def replace_what_is_held(self, number: int, by: int) -> None:
        held = [
            (self.dictionary_of(key), each)
            for values in self.held.values()
            for key, value in values.items()
            for each in _every(value)
            if self.dictionary_of(key)
        ]
        name, old = held[number % len(held)]
        every = {one["name"]: one for one in self.boss.get("/dictionaries")["items"]}
        offered = [one["value"] for one in every[name]["entries"] if not one["retired"]]
        self.retire(name, [one for one in offered if one != old] or [old], old, by)

    def retire(self, name: str, known: list[str], old: str, by: int | None) -> None:
        new = known[by % len(known)] if by is not None else None
        path = f"/dictionaries/{name}/entries/{old}/retirement"
        status = self.send("POST", path, {"replace_by": new})
        jobs.run_due(NOW.replace(hour=23))
        if status != 200 or new is None:
            return
        assert self.holding(name, old) == 0
        for values in self.held.values():
            for key, value in values.items():
                if self.dictionary_of(key) == name:
                    kept = [new if one == old else one for one in _every(value)]
                    kept = list(dict.fromkeys(kept))
                    values[key] = kept if isinstance(value, list) else kept[0]

    @rule(of=st.sampled_from(WORDS), number=NUMBERS)
    def restore_word(self, of: str, number: int) -> None:
        name, known = self.dictionary(of)
        self.send("DELETE", f"/dictionaries/{name}/entries/{known[number % len(known)]}/retirement")

    @rule(number=NUMBERS, which=NUMBERS)
    def fill_in(self, number: int, which: int) -> None:
        """A record holds something in an own field: put there as the customers' room keeps it."""
        own = [one for one in self.fields() if not one["builtin"]]
        if not own:
            return
        one = own[number % len(own)]
        value: Any = "内容"
        if one["dictionary"]:
            words = [each.value for each in choices.get(one["dictionary"])]
            if not words:
                return
            value = words[which % len(words)]
            value = value if one["type"] == "choice" else words[: which % len(words) + 1]
        elif one["type"] == "attachment":
            return
        customer = Customer.objects.create(
            name="某公司", code=f"T{Customer.objects.count()}", kind="company", type="new",
            source="visit", grade="A", custom={one["key"]: value},
            recorded_on=NOW.date(), created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        for word in _every(value):
            CustomValue.objects.create(field=int(one["key"][1:]), customer=customer, word=word)
        self.held[Customer, customer.pk] = {one["key"]: value}

    def dictionary_of(self, key: str) -> str:
        one = registry.definition("customer", key)
        return one.dictionary if one else ""

    def holding(self, name: str, value: str) -> int:
        """Counted by hand: columns, own fields, and what lists compare."""
        found = 0
        for customer in Customer.objects.all():
            found += sum(
                value in _every(held)
                for key, held in customer.custom.items()
                if self.dictionary_of(key) == name
            )
            found += name in ("source", "grade") and getattr(customer, name) == value
        if name == "way":
            found += Contact.objects.filter(convenient_way=value).count()
        number = int(name[1:]) if name[1:].isdigit() else 0
        return found + CustomValue.objects.filter(field=number, word=value).count()

    @invariant()
    def a_second_process_sees_the_same(self) -> None:
        seen = self.seen()
        registry.forget()
        registry.current()
        assert self.seen() == seen

    def seen(self) -> str:
        told = [
            self.boss.get("/fields", all=True),
            self.boss.get("/choices"),
            self.boss.get("/dictionaries"),
            sorted(registry.current().groups.items()),
        ]
        return json.dumps(told, sort_keys=True)

    @invariant()
    def nothing_entered_is_lost(self) -> None:
        for (model, pk), values in self.held.items():
            assert model.objects.get(pk=pk).custom == values  # type: ignore[attr-defined]

    @invariant()
    def labels_and_words_mean_one_thing(self) -> None:
        labels = [one["label"] for one in self.boss.get("/fields", of="customer")["items"]]
        assert len(labels) == len(set(labels))
        for one in self.boss.get("/dictionaries")["items"]:
            known = choices.get(one["name"])
            for entry in one["entries"]:
                if not entry["retired"]:
                    assert known.match(entry["label"]) == entry["value"], one["name"]


def _every(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.django_db
def test_any_order_of_changes() -> None:
    few = settings(
        max_examples=6,
        stateful_step_count=14,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],  # a step takes too long to try shorter runs
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Settings, settings=few)
