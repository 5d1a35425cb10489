"""Rows of JSON documents in SQLite: the SQL, and nothing of transactions or TinyDB's queries.

A table has its keys and indexed fields in one SQLite table and its documents in another, so that looking for
documents never reads documents; a list that can be asked for has a third.
"""

# ruff: noqa: S608 - the names in the statements are the schema's; values are always bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from tinydb.storages import Storage

from pulih.ports import Document
from pulih.store.refusals import taken
from pulih.store.schema import TABLES, WORDS, Table
from pulih.store.terms import KEY, Term, Terms

_MOST = 2**62


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the matches, in which order: as `Documents.find` has it, or `id`, that of being added."""

    order: str = ""
    descending: bool = False
    limit: int | None = None
    start: int = 0

    @property
    def by(self) -> str:
        """The order in SQL, where absent values are the smallest."""
        if self.order in ("", "id"):
            return self.order or "key"
        way = (
            f'"{self.order}" DESC' if self.descending else f'"{self.order}" IS NULL, "{self.order}"'
        )
        return f"{way}, key"


_AS_ADDED = Part("id")


class Rows(Storage):
    """The rows as one connection sees them within its transaction."""

    def __init__(self, connection: sqlite3.Connection, *, writable: bool) -> None:
        self._connection = connection
        self.writable = writable

    def ids(
        self,
        name: str,
        terms: Terms,
        part: Part = _AS_ADDED,
    ) -> list[int]:
        """Return the numbers of the rows that match, or of a part of them."""
        clause, values = _where(name, terms)
        most = _MOST if part.limit is None else min(part.limit, _MOST)
        sql = f"SELECT id FROM {name}{clause} ORDER BY {part.by} LIMIT ? OFFSET ?"
        found = self._run(sql, (*values, most, min(part.start, _MOST)))
        return [row[0] for row in found]

    def count(self, name: str, terms: Terms) -> int:
        """Return how many rows match."""
        clause, values = _where(name, terms)
        row = self._run(f"SELECT count(*) FROM {name}{clause}", values).fetchone()
        return int(row[0])

    def text(self, name: str, row: int) -> str | None:
        """Return a document as it is kept, or None."""
        found = self._run(f"SELECT text FROM {name}_text WHERE id = ?", (row,)).fetchone()
        return None if found is None else str(found[0])

    def load(self, name: str, row: int) -> Document | None:
        """Return a document, or None."""
        text = self.text(name, row)
        return None if text is None else dict(json.loads(text))

    def next_id(self, name: str) -> int:
        """Return the number that the next row gets."""
        row = self._run(f"SELECT coalesce(max(id), 0) + 1 FROM {name}", ()).fetchone()
        return int(row[0])

    def put(self, name: str, row: int, document: Document) -> None:
        """Keep a document in a new or an old row. Raises Duplicate."""
        self._hold()
        table = TABLES[name]
        text = json.dumps(document)
        fields = (KEY, *table.columns, *((WORDS,) if table.worded else ()))
        values = [row, *(_scalar(document.get(field)) for field in fields)]
        if values[1] is None:
            values[1] = f"#{row}"  # a document of TinyDB's own making has no key
        try:
            self._run(_UPSERT[name], values)
        except sqlite3.IntegrityError as error:
            raise taken(self._culprit(name, row, document)) from error
        self._run(f"INSERT OR REPLACE INTO {name}_text VALUES (?, ?)", (row, text))
        for field in table.lists:
            self._put_list(f"{name}_{field}", row, document.get(field))

    def drop(self, name: str, row: int) -> None:
        """Remove a row."""
        self._hold()
        for part in (name, f"{name}_text", *(f"{name}_{field}" for field in TABLES[name].lists)):
            self._run(f"DELETE FROM {part} WHERE id = ?", (row,))

    def integrity(self) -> list[str]:
        """Return what SQLite finds wrong with its file."""
        found = [str(row[0]) for row in self._run("PRAGMA integrity_check", ())]
        return [] if found == ["ok"] else found

    def read(self) -> dict[str, dict[str, Any]]:
        """Return everything in the shape of TinyDB's own files."""
        return {
            name: {str(row): self.load(name, row) for row in self.ids(name, Terms())}
            for name in TABLES
        }

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        """Refuse: rows are written one by one."""
        raise NotImplementedError

    def _culprit(self, name: str, row: int, document: Document) -> str:
        """Return the first field whose value another row has; empty for the key."""
        for field in (KEY, *TABLES[name].unique):
            value = _scalar(document.get(field))
            same = Terms((Term(field, "=", (value,)),))
            if value is not None and any(other != row for other in self.ids(name, same)):
                return "" if field == KEY else field
        return ""

    def _put_list(self, part: str, row: int, members: object) -> None:
        self._run(f"DELETE FROM {part} WHERE id = ?", (row,))
        kept = members if isinstance(members, list) else []
        for member in dict.fromkeys(map(_scalar, kept)):
            self._run(f"INSERT INTO {part} VALUES (?, ?)", (member, row))

    def _hold(self) -> None:
        if not self.writable:
            raise RuntimeError("a view for reading cannot write")
        if (
            not self._connection.in_transaction
        ):  # a full disk makes SQLite take everything back by itself
            raise sqlite3.OperationalError("the transaction is gone")

    def _run(self, sql: str, values: Iterable[Any]) -> sqlite3.Cursor:
        return self._connection.execute(sql, tuple(values))


def table_names() -> frozenset[str]:
    """Return what the tables of a file are called."""
    lists = (f"{name}_{field}" for name, table in TABLES.items() for field in table.lists)
    return frozenset((*TABLES, *(f"{name}_text" for name in TABLES), *lists))


def statements() -> Iterator[str]:
    """Yield the statements that make the tables that a file does not have yet."""
    for name, table in TABLES.items():
        unique = "".join(f', "{field}" UNIQUE' for field in table.unique)
        plain = "".join(f', "{field}"' for field in table.indexed)
        words = f", {WORDS} TEXT" if table.worded else ""
        fields = f"id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE{unique}{plain}{words}"
        yield f"CREATE TABLE IF NOT EXISTS {name} ({fields})"
        yield f"CREATE TABLE IF NOT EXISTS {name}_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"
        for field in table.indexed:
            parts = dict.fromkeys(part for part in (field, table.order, "key") if part)
            quoted = ", ".join(f'"{part}"' for part in parts)
            yield f"CREATE INDEX IF NOT EXISTS {name}_by_{field} ON {name} ({quoted})"
        for field in table.lists:
            part = f"{name}_{field}"
            yield f"CREATE TABLE IF NOT EXISTS {part} (value, id INTEGER, PRIMARY KEY (value, id)) WITHOUT ROWID"
            yield f"CREATE INDEX IF NOT EXISTS {part}_of ON {part} (id)"


def _upsert(name: str, table: Table) -> str:
    fields = (
        "key",
        *(f'"{field}"' for field in table.columns),
        *((WORDS,) if table.worded else ()),
    )
    marks = ", ".join("?" * (len(fields) + 1))
    changes = ", ".join(f"{field} = excluded.{field}" for field in fields)
    return (
        f"INSERT INTO {name} (id, {', '.join(fields)}) VALUES ({marks}) "
        f"ON CONFLICT (id) DO UPDATE SET {changes}"
    )


_UPSERT = {name: _upsert(name, table) for name, table in TABLES.items()}


def _where(name: str, terms: Terms) -> tuple[str, list[Any]]:
    """Return the condition and its values. One field leads: SQLite cannot guess which index is worth its while."""
    ranks = {field: rank for rank, field in enumerate((KEY, *TABLES[name].columns))}
    asked = sorted((term for term in terms.terms if term.does == "="), key=lambda t: ranks[t.field])
    rest = [term for term in terms.terms if term.does != "="]
    clauses = [_equality(term, lead=term is asked[0]) for term in asked]
    clauses += [_clause(name, term) for term in rest]
    values = [_scalar(v) for term in (*asked, *rest) for v in term.values if v is not None]
    return (f" WHERE {' AND '.join(clauses)}" if clauses else ""), values


def _equality(term: Term, *, lead: bool) -> str:
    name = "key" if term.field == KEY else f'"{term.field}"'
    column = name if lead else f"+{name}"  # SQLite's way of saying: not by this index
    absent = f" OR {column} IS NULL" if None in term.values else ""
    return f"({column} IN ({_marks(term)}){absent})"


def _clause(name: str, term: Term) -> str:
    if term.does == "in":
        return f"instr({term.field}, ?)"
    part = f"{name}_{term.field}"
    found = f"SELECT 1 FROM {part} WHERE value IN ({_marks(term)}) AND {part}.id = {name}.id"
    return f"EXISTS ({found})"


def _marks(term: Term) -> str:
    return ", ".join("?" for value in term.values if value is not None)


def _scalar(value: object) -> str | int | float | None:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half a character cannot be bound
    if isinstance(value, int) and abs(value) >= _MOST:
        return None
    return value if isinstance(value, int | float) else None
