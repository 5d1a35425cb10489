"""The tables in PostgreSQL, and the statements on them: SQL that its relatives speak too.

A row has the key, the document as jsonb, and a column for each field that can be asked for; a list that can be asked
for has a table of its own. Text is compared by code point, as Python does.
"""

# ruff: noqa: S608 - the names in the statements are the schema's; values are always bound

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pulih.ports import Equal
from pulih.store.postgres_values import scalar, worded
from pulih.store.schema import CLOSED, TABLES, VERSION, WORDS, Table

MARKS = "pulih"  # one row: the version of the schema
_TYPES = {str: 'text COLLATE "C"', int: "bigint", bool: "boolean"}
_MOST = 2**62

_STANDING = (
    f"SELECT version, (SELECT document FROM store WHERE key = '{CLOSED}') "
    f"FROM {MARKS} WHERE mark = 'schema'"
)
# One trip to the server opens a transaction, takes its snapshot, and tells whether it may go on.
LOOKING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1"
READING = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_STANDING}"
# Who writes shares a lock on the mark; who closes the store or brings it further waits for all who share it.
WRITING = f"BEGIN ISOLATION LEVEL SERIALIZABLE; {_STANDING} FOR SHARE"
PREPARING = (
    "BEGIN ISOLATION LEVEL SERIALIZABLE; "
    f"SELECT version FROM {MARKS} WHERE mark = 'schema' FOR UPDATE"
)
VERSION_NOW = f"SELECT version FROM {MARKS} WHERE mark = 'schema'"
TOUCH_MARK = f"UPDATE {MARKS} SET version = version WHERE mark = 'schema'"
SET_VERSION = f"UPDATE {MARKS} SET version = {VERSION} WHERE mark = 'schema'"
MAKE_MARKS = (
    f"CREATE TABLE IF NOT EXISTS {MARKS} (mark text PRIMARY KEY, version bigint NOT NULL)",
    f"INSERT INTO {MARKS} VALUES ('schema', 0) ON CONFLICT DO NOTHING",
)
# In one statement, so that of two who look at once none sees the tables without the mark.
STRANGERS = (
    "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() "
    f"AND table_name = ANY(%(names)s) AND NOT EXISTS (SELECT 1 FROM information_schema.tables "
    f"WHERE table_schema = current_schema() AND table_name = '{MARKS}')"
)
NEXT_NUMBER = (
    "INSERT INTO counters (key, document) VALUES (%(series)s, '{\"value\": 1}') "
    "ON CONFLICT (key) DO UPDATE SET document = jsonb_build_object("
    "'value', CAST(counters.document->>'value' AS bigint) + 1) RETURNING document->>'value'"
)


def table_names() -> list[str]:
    """Return what the tables are called."""
    lists = (f"{name}_{field}" for name, table in TABLES.items() for field in table.lists)
    return [*TABLES, *lists]


def columns(table: str) -> dict[str, str]:
    """Return what type each column of a table has, as the catalogue calls it."""
    made = TABLES.get(table)
    if made is None:  # of a list
        return {"value": "text", "key": "text"}
    kinds = {field: _TYPES[made.types.get(field, str)].split()[0] for field in _plain(made)}
    return {"key": "text", "document": "jsonb", "version": "bigint", **kinds}


def uniques() -> Iterator[tuple[str, str, str]]:
    """Yield what may stand only once: the table, its columns, and the statement that sees to it again."""
    for name, table in TABLES.items():
        yield name, "key", f"ALTER TABLE {name} ADD PRIMARY KEY (key)"
        for field in table.unique:
            yield name, field, f'ALTER TABLE {name} ADD UNIQUE ("{field}")'
        for field in table.lists:
            yield (
                f"{name}_{field}",
                "value,key",
                f"ALTER TABLE {name}_{field} ADD PRIMARY KEY (value, key)",
            )


def indexes() -> Iterator[tuple[str, str, str]]:
    """Yield the other indexes: the table, the name, and the statement that makes it where it is not there."""
    for name, table in TABLES.items():
        for field in table.indexed:
            parts = dict.fromkeys(part for part in (field, table.order, "key") if part)
            falls = {table.order: " DESC NULLS LAST"} if table.falling else {}
            inner = ", ".join(f'"{part}"{falls.get(part, "")}' for part in parts)
            yield name, *_index(name, f"{name}_by_{field}", inner)
        for field in table.lists:
            yield f"{name}_{field}", *_index(f"{name}_{field}", f"{name}_{field}_of", "key")


def _index(table: str, index: str, inner: str) -> tuple[str, str]:
    return index, f"CREATE INDEX IF NOT EXISTS {index} ON {table} ({inner})"


def definitions() -> Iterator[str]:
    """Yield the statements that make whatever is not there yet: tables, columns, indexes."""
    for name, table in TABLES.items():
        yield (
            f"CREATE TABLE IF NOT EXISTS {name} "
            f"(key {_TYPES[str]} PRIMARY KEY, document jsonb NOT NULL, version bigint)"
        )
        for field in _plain(table):
            unique = " UNIQUE" if field in table.unique else ""
            kind = _TYPES[table.types.get(field, str)]
            yield f'ALTER TABLE {name} ADD COLUMN IF NOT EXISTS "{field}" {kind}{unique}'
        for field in table.lists:
            text = f"{_TYPES[str]} NOT NULL"
            inner = f"value {text}, key {text}, PRIMARY KEY (value, key)"
            yield f"CREATE TABLE IF NOT EXISTS {name}_{field} ({inner})"
    yield from (statement for _table, _index, statement in indexes())


def _plain(table: Table) -> tuple[str, ...]:
    """Return the columns of a table beside key, document and version."""
    return (*table.columns, *((WORDS,) if table.worded else ()))


@dataclass(frozen=True, slots=True)
class Changes:
    """The statements that change one table. Each gives the key back where it was done, and else nothing."""

    insert: str
    update: str
    update_seen: str
    remove: str


def _changes(name: str, table: Table) -> Changes:
    plain = _plain(table)
    columns = ", ".join(("key", "document", "version", *(f'"{field}"' for field in plain)))
    given = ("%(key)s", "CAST(%(document)s AS jsonb)", "%(version)s", *(f"%({f})s" for f in plain))
    insert = (
        f"INSERT INTO {name} ({columns}) VALUES ({', '.join(given)}) "
        "ON CONFLICT DO NOTHING RETURNING key"
    )
    sets = ", ".join(f'"{field}" = %({field})s' for field in plain)
    free = "".join(
        f' AND NOT EXISTS (SELECT 1 FROM {name} o WHERE o."{f}" = %({f})s AND o.key <> %(key)s)'
        for f in table.unique
    )
    update = (
        f"UPDATE {name} SET document = CAST(%(document)s AS jsonb), version = %(version)s"
        f"{', ' + sets if sets else ''} WHERE key = %(key)s{free}"
    )
    lists = [(f"{name}_{field}", f"%({field})s") for field in table.lists]
    add = [
        f"INSERT INTO {part} (value, key) SELECT unnest(CAST({value} AS text[])), key FROM kept "
        "ON CONFLICT DO NOTHING"
        for part, value in lists
    ]
    take = [
        f"DELETE FROM {part} WHERE key IN (SELECT key FROM kept) AND value <> ALL(CAST({value} AS text[]))"
        for part, value in lists
    ]
    drop = [f"DELETE FROM {part} WHERE key = %(key)s" for part, _value in lists]
    return Changes(
        _with(insert, add),
        _with(f"{update} RETURNING key", take + add),
        _with(f"{update} AND version = %(expected)s RETURNING key", take + add),
        _with(f"DELETE FROM {name} WHERE key = %(key)s RETURNING key", drop),
    )


def _with(statement: str, others: Sequence[str]) -> str:
    """Return a statement that does others in the same trip to the server."""
    if not others:
        return statement
    parts = ", ".join(f"also_{n} AS ({other})" for n, other in enumerate(others))
    return f"WITH kept AS ({statement}), {parts} SELECT key FROM kept"


CHANGES = {name: _changes(name, table) for name, table in TABLES.items()}


def where(name: str, equal: Equal, words: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Return the condition for what `Documents.find` is asked, and its values."""
    table, clauses, values = TABLES[name], ["true"], dict[str, Any]()
    for field, wanted in equal.items():
        asked = wanted if isinstance(wanted, list | tuple) else (wanted,)
        kind = table.types.get(field, str)
        known = [value for one in asked if (value := scalar(kind, one)) is not None]
        column = "value" if field in table.lists else f'"{field}"'
        if len(known) == 1:  # an index that is asked for one value also gives the order
            clause, values[field] = f"{column} = %({field})s", known[0]
        else:
            array = f"{'text' if kind is str else _TYPES[kind]}[]"
            clause, values[field] = f"{column} = ANY(CAST(%({field})s AS {array}))", known
        if field in table.lists:
            part = f"{name}_{field}"
            clause = f"EXISTS (SELECT 1 FROM {part} WHERE {clause} AND {part}.key = {name}.key)"
        elif None in asked:
            clause = f"({clause} OR {column} IS NULL)"
        clauses.append(clause)
    for n, word in enumerate(word for word in words if word):
        clauses.append(f"position(%(word_{n})s in {WORDS}) > 0")
        values[f"word_{n}"] = worded(word)
    return " AND ".join(clauses), values


def part(order: str, limit: int | None, start: int, *, descending: bool) -> str:
    """Return the order, and which of the matches in it."""
    way = "DESC NULLS LAST" if descending else "ASC NULLS LAST"
    by = f'"{order}" {way}, key' if order else "key"
    most = "" if limit is None else f" LIMIT {min(int(limit), _MOST)}"
    return f" ORDER BY {by}{most}" + (f" OFFSET {min(int(start), _MOST)}" if start else "")
