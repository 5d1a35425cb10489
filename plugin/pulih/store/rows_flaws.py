"""Whether what rows are found by in SQLite is still what the documents say that it was made of."""

# ruff: noqa: S608 - the names in the statements are the schema's; values are always bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from pulih.ports import Document
from pulih.store.refusals import astray
from pulih.store.rows_sql import FIELDS, is_indexed, scalar
from pulih.store.schema import TABLES, WORDS
from pulih.store.terms import KEY
from pulih.wording import Sentence, sentence

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
        yield from _orphans(connection, name)
        if table.searched:
            yield from _unsearchable(connection, name)


def _orphans(connection: sqlite3.Connection, name: str) -> Iterator[Sentence]:
    for part in (_TEXT, *TABLES[name].lists):
        lost = f"SELECT DISTINCT id FROM {name}_{part} WHERE id NOT IN (SELECT id FROM {name})"
        for (row,) in connection.execute(lost):
            yield astray(name, f"#{row}", part)


def is_searchable(connection: sqlite3.Connection, name: str) -> bool:
    """Tell whether the index of words has as many documents as the table: those that are not fresh.

    FTS5 keeps their number first in the record of its data with id 1, as a varint; it is nowhere else.
    """
    counts = f"SELECT block, (SELECT count(*) FROM {name}), (SELECT count(*) FROM {name}_fresh)"
    found = connection.execute(f"{counts} FROM {name}_search_data WHERE id = 1").fetchone()
    return found is not None and _first(found[0]) == found[1] - found[2]


def _unsearchable(connection: sqlite3.Connection, name: str) -> Iterator[Sentence]:
    """Yield what words will not find. A row is looked for by the first of its words that the index can have."""
    if not is_searchable(connection, name):
        yield sentence(
            "Indeks kata tabel {table} tidak lengkap, sehingga pencarian melewatkan dokumen. "
            "Hentikan dan jalankan lagi Pulih; indeksnya lalu dibuat ulang.",
            table=name,
        )
        return
    starts = f"SELECT DISTINCT substr({WORDS}, 1, 3) FROM {name} WHERE {WORDS} IS NOT NULL"
    indexed = f"SELECT rowid FROM {name}_search WHERE {name}_search MATCH ?"
    lost = (
        f"SELECT key FROM {name} WHERE substr({WORDS}, 1, 3) = ? AND id NOT IN ({indexed}) "
        f"AND id NOT IN (SELECT id FROM {name}_fresh)"
    )
    for (start,) in connection.execute(starts).fetchall():
        if is_indexed(start):
            phrase = '"' + start.replace('"', '""') + '"'
            for (key,) in connection.execute(lost, (start, phrase)):
                yield astray(name, key, f"{name}_search")


def _read(text: bytes | None) -> Document | None:
    try:
        found = json.loads(text or b"")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _first(block: bytes) -> int:
    """Return the first varint of a block: seven bits a byte, the highest first, until one without an eighth."""
    number = 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the eighth bit
            break
    return number


def _members(connection: sqlite3.Connection, part: str, row: int) -> set[object]:
    found = connection.execute(f"SELECT value FROM {part} WHERE id = ?", (row,))
    return {value for (value,) in found}


def _listed(members: object) -> set[object]:
    kept = members if isinstance(members, list) else []
    return {value for member in kept if (value := scalar(member)) is not None}
