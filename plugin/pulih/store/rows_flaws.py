"""Whether what rows are found by in SQLite is still what the documents say that it was made of."""

# ruff: noqa: S608 - the names in the statements are the schema's; values are always bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from pulih.ports import Document
from pulih.store.refusals import astray
from pulih.store.rows_sql import FIELDS, scalar
from pulih.store.schema import TABLES
from pulih.store.terms import KEY
from pulih.wording import Sentence

_TEXT = "text"


def flaws(connection: sqlite3.Connection) -> Iterator[Sentence]:
    """Yield what is wrong, by table and key. It reads every document once, and holds one at a time."""
    for name, table in TABLES.items():
        fields = FIELDS[name]
        names = ", ".join(f'{name}."{field}"' for field in fields)
        # As bytes: what is no text any more is to be named, not to end the search.
        sql = f"SELECT {name}.id, CAST(text AS BLOB), {names} FROM {name} LEFT JOIN {name}_text USING (id)"
        for row, text, *values in connection.execute(sql):
            document = _read(text)
            if document is None:
                yield astray(name, str(values[0]), _TEXT)
                continue
            for field, value in zip(fields, values, strict=True):
                if scalar(document.get(KEY if field == "key" else field)) != value:
                    yield astray(name, str(values[0]), field)
            for field in table.lists:
                if _members(connection, f"{name}_{field}", row) != _listed(document.get(field)):
                    yield astray(name, str(values[0]), field)
        for part in (_TEXT, *table.lists):
            lost = f"SELECT DISTINCT id FROM {name}_{part} WHERE id NOT IN (SELECT id FROM {name})"
            for (row,) in connection.execute(lost):
                yield astray(name, f"#{row}", part)


def _read(text: bytes | None) -> Document | None:
    try:
        found = json.loads(text or b"")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _members(connection: sqlite3.Connection, part: str, row: int) -> set[object]:
    found = connection.execute(f"SELECT value FROM {part} WHERE id = ?", (row,))
    return {value for (value,) in found}


def _listed(members: object) -> set[object]:
    kept = members if isinstance(members, list) else []
    return {value for member in kept if (value := scalar(member)) is not None}
