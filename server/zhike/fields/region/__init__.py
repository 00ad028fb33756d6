"""所在地区: the official divisions 省/市/区, finding them, and pasted addresses (R08)."""

from zhike.fields.region.address import Address, find, parse_address
from zhike.fields.region.divisions import (
    EDITION,
    SOURCE,
    Division,
    children,
    get,
    inside,
    label,
    path,
)
from zhike.fields.region.search import search

__all__ = [
    "EDITION",
    "SOURCE",
    "Address",
    "Division",
    "children",
    "find",
    "get",
    "inside",
    "label",
    "parse_address",
    "path",
    "search",
]
