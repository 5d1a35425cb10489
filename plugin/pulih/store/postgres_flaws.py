"""Whether the columns and lists in PostgreSQL still say what the documents say that they were made of."""

# ruff: noqa: S608 - the names in the statements are the schema's; values are always bound

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pulih.store.postgres_link import Link
from pulih.store.postgres_values import fields, found
from pulih.store.refusals import astray
from pulih.store.schema import TABLES, WORDS, Table
from pulih.wording import Sentence

_BATCH = 200


def flaws(link: Link) -> Iterator[Sentence]:
    """Yield what is wrong, by table and key."""
    for name, table in TABLES.items():
        plain = ("version", *table.columns, *((WORDS,) if table.worded else ()))
        for row in _rows(link, name, table, plain):
            key, document = found(row["key"], row["document"])
            wanted = fields(table, key, document)
            for field, value in wanted.items():
                if row[field] != value:
                    yield astray(name, key, field)
        for field in table.lists:
            part = f"{name}_{field}"
            known = f"SELECT 1 FROM {name} WHERE {name}.key = {part}.key"
            lost = f"SELECT DISTINCT key FROM {part} WHERE NOT EXISTS ({known})"
            for (key,) in link.run(lost).fetchall():
                yield astray(name, key, field)


def _rows(link: Link, name: str, table: Table, plain: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield every row by the names of its columns, lists among them; a batch at a time."""
    lists = [
        f"ARRAY(SELECT value FROM {name}_{field} p WHERE p.key = {name}.key ORDER BY value)"
        for field in table.lists
    ]
    names = ("key", "document", *plain, *table.lists)
    columns = ", ".join(("key", "document", *(f'"{field}"' for field in plain), *lists))
    last = ""
    while True:
        sql = f"SELECT {columns} FROM {name} WHERE key > %(last)s ORDER BY key LIMIT {_BATCH}"
        rows = link.run(sql, {"last": last}).fetchall()
        yield from (dict(zip(names, row, strict=True)) for row in rows)
        if len(rows) < _BATCH:
            return
        last = rows[-1][0]
