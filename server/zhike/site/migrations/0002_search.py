"""The search index: FTS5 on SQLite, tsvector with GIN on PostgreSQL (see customers/search.py)."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE zhike_search USING fts5(
    tokens, content='', contentless_delete=1, detail=none, prefix='1 2', tokenize='ascii'
)
"""
POSTGRES = (
    "CREATE TABLE zhike_search (customer_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    # Written in bulk by imports and read in between: a pending list would slow the readers.
    "CREATE INDEX zhike_search_tokens ON zhike_search USING gin (tokens) WITH (fastupdate = off)",
)


def make(_apps, editor) -> None:
    statements = (SQLITE,) if editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        editor.execute(statement)


def unmake(_apps, editor) -> None:
    editor.execute("DROP TABLE zhike_search")


class Migration(migrations.Migration):
    dependencies = [("zhike", "0001_first")]
    operations = [migrations.RunPython(make, unmake)]
