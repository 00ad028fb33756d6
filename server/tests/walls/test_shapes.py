"""Two shapes of one name would become one in the API's description, and one of them a lie."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from ninja import Schema

from zhike.site.api import description


def shapes(of: type = Schema) -> Iterator[type[Schema]]:
    for one in of.__subclasses__():
        yield one
        yield from shapes(one)


def test_no_two_shapes_share_a_name() -> None:
    assert description()
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in shapes():
        if one.__module__.startswith("zhike."):
            found[one.__name__][one.__module__] = str(one.model_json_schema()["properties"])
    assert len(found) > 100
    differing = {name: list(by) for name, by in found.items() if len(set(by.values())) > 1}
    assert differing == {}


def test_no_two_operations_of_a_tag_share_a_name() -> None:
    """The web client's functions are called after them."""
    found = Counter(
        (*operation["tags"], operation["summary"])
        for path in json.loads(description())["paths"].values()
        for operation in path.values()
    )
    assert len(found) > 100
    assert [name for name, count in found.items() if count > 1] == []
