"""The search index over customers: one document of tokens each, written with the record.

SQLite holds it in a contentless FTS5 table, PostgreSQL in a tsvector with a GIN index; both are
asked for an AND of tokens, among them the owner's, and what comes back is checked again in
Python, because bigrams and truncated pinyin admit a few false friends.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from zhike.base import tokens
from zhike.customers.models import Customer

TABLE = "zhike_search"


def owner_token(owner_id: int | None) -> str:
    """Return the token that marks whose customer it is. `¤` never occurs in a name's tokens."""
    return f"¤{owner_id or 0}"


def shared_token(person_id: int) -> str:
    """Return the token that marks with whom a customer is shared."""
    return f"¤s{person_id}"


def document(
    name: str,
    code: str,
    owner_id: int | None,
    *,
    person: bool,
    contacts: Iterable[str] = (),
    shared_with: Iterable[int] = (),
) -> list[str]:
    """Return the tokens under which a customer is found."""
    found = tokens.name_tokens(name, person=person)
    found |= tokens.code_tokens(code)
    for contact in contacts:
        found |= tokens.name_tokens(contact, person=True)
    found.add(owner_token(owner_id))
    found |= {shared_token(pk) for pk in shared_with}
    return sorted(found)


def put(documents: Iterable[tuple[int, list[str]]]) -> None:
    """Write documents of (customer id, tokens), replacing those already there."""
    if connection.vendor == "sqlite":
        sql = f"INSERT OR REPLACE INTO {TABLE}(rowid, tokens) VALUES (%s, %s)"
        rows: list[tuple[int, Any]] = [(pk, " ".join(words)) for pk, words in documents]
    else:
        sql = (
            f"INSERT INTO {TABLE}(customer_id, tokens) VALUES (%s, array_to_tsvector(%s::text[])) "
            "ON CONFLICT (customer_id) DO UPDATE SET tokens = excluded.tokens"
        )
        rows = [(pk, words) for pk, words in documents]
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def drop(customer_ids: Iterable[int]) -> None:
    """Take customers out of the index."""
    key = "rowid" if connection.vendor == "sqlite" else "customer_id"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE {key} = %s", [(pk,) for pk in customer_ids])


def refresh(customer: Customer, *, new_with: Sequence[str] | None = None) -> None:
    """Write the document of one customer anew, from what the database holds.

    Of a new one nothing need be asked: it has the contacts `new_with` names, and no collaborators.
    """
    if customer.deleted_at is not None:
        drop([customer.pk])
        return
    names: Iterable[str] = new_with or ()
    shared_with: Iterable[int] = ()
    if new_with is None:
        names = customer.contacts.filter(deleted_at=None).values_list("name", flat=True)
        shared_with = customer.collaborators.values_list("person_id", flat=True)
    words = document(
        customer.name,
        customer.code,
        customer.owner_id,
        person=customer.kind == "person",
        contacts=names,
        shared_with=shared_with,
    )
    put([(customer.pk, words)])


def candidates(q: str, *, marks: Sequence[str] | None, limit: int) -> list[int]:
    """Return ids of customers whose document holds every token of `q`, newest first.

    `marks` restricts to documents with one of these tokens (`owner_token`, `shared_token`); None
    does not restrict.
    """
    terms = tokens.query_terms(q)
    if not terms or (marks is not None and not marks):
        return []
    if connection.vendor == "sqlite":
        expression = " AND ".join(f'"{word}"{"*" if prefix else ""}' for word, prefix in terms)
        if marks is not None:
            expression += " AND (" + " OR ".join(f'"{mark}"' for mark in marks) + ")"
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rowid DESC LIMIT %s"
    else:
        quoted = [(word.replace("\\", "\\\\").replace("'", "''"), p) for word, p in terms]
        expression = " & ".join(f"'{word}'{':*' if prefix else ''}" for word, prefix in quoted)
        if marks is not None:
            expression += " & (" + " | ".join(f"'{mark}'" for mark in marks) + ")"
        sql = (
            f"SELECT customer_id FROM {TABLE} WHERE tokens @@ %s::tsquery "
            "ORDER BY customer_id DESC LIMIT %s"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression, limit])
        return [row[0] for row in cursor.fetchall()]
