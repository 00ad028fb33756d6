"""The web client's table of field groups is the server's: a field hidden there is hidden here."""

from __future__ import annotations

import re
from pathlib import Path

from zhike.fields.builtin import GROUP_OF

TABLE = Path(__file__).parents[3] / "web/src/api/fieldGroups.ts"
# What the client calls otherwise: parts of a contact in a list row and in the form of a new one,
# and the filter by one tag.
ALIASES = {
    "tag": "customer.tags",
    "contact": "contact.name",
    "contact_name": "contact.name",
    "contact_title": "contact.title",
    "phone": "contact.mobile",
    "mobile": "contact.mobile",
    "landline": "contact.landline",
    "email": "contact.email",
    "wechat": "contact.wechat",
}
# Plain facts of every customer that need no right of their own.
FOR_EVERYBODY = {
    *("id", "version", "code", "pinyin", "created_at", "import_id", "industry_code"),
    *("recorder_name", "last_follow_up_on", "next_follow_up_on"),
}


def written() -> dict[str, str]:
    body = TABLE.read_text(encoding="utf-8").split("GROUP_OF")[1].split("};")[0]
    return dict(re.findall(r"^  (\w+): \"(\w+)\",$", body, re.MULTILINE))


def test_every_field_of_the_client_is_in_the_servers_group() -> None:
    found = written()
    assert len(found) > 30
    told = {name: GROUP_OF.get(ALIASES.get(name, f"customer.{name}")) for name in found}
    assert found == told


def test_every_field_of_a_customer_is_known_to_the_client() -> None:
    names = {name.removeprefix("customer.") for name in GROUP_OF if name.startswith("customer.")}
    assert names - set(written()) == FOR_EVERYBODY
