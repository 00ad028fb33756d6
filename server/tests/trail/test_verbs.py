"""Every verb that is recorded anywhere can be told: it has a label and a group."""

from __future__ import annotations

import ast
import re

from tests.walls.calls import house
from zhike.trail.verbs import GROUPS, VERBS, of_group

VERB = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDING = re.compile(r"(^|_|\.)(record|record_many|tell|event|finish)$")


def recorded() -> dict[str, str]:
    """Return the verbs in the source and where each stands.

    The first words of a call to `record` and to those that lead to it (`_record`, `_tell`,
    `_event`, `finish`), and `"verb": …` in rows for `record_many`.
    """
    found = {}
    for module, tree in house().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and RECORDING.search(ast.unparse(node.func)):
                given = [*node.args[:4], *(word.value for word in node.keywords)]
            elif isinstance(node, ast.Dict):
                given = [
                    value
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant) and key.value == "verb"
                ]
            else:
                continue
            for one in given:
                for constant in ast.walk(one):
                    value = constant.value if isinstance(constant, ast.Constant) else None
                    if isinstance(value, str) and VERB.fullmatch(value):
                        found[value] = f"{module}:{constant.lineno}"
    return found


def test_every_recorded_verb_has_a_label() -> None:
    found = recorded()
    assert len(found) > 45
    assert {verb: place for verb, place in found.items() if verb not in VERBS} == {}


def test_every_label_is_recorded_somewhere() -> None:
    assert set(VERBS) - set(recorded()) == set()


def test_labels_are_chinese_and_groups_exist() -> None:
    for verb in VERBS.values():
        assert re.search("[一-鿿]", verb.label)
        assert verb.group in GROUPS
    assert len({verb.label for verb in VERBS.values()}) == len(VERBS)
    for group in GROUPS:
        assert of_group(group), group
    assert of_group("nothing") == []
