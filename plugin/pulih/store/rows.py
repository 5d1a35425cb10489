"""Rows of JSON documents in SQLite: the SQL, and nothing of transactions or TinyDB's queries.

A table has its keys and indexed fields in one SQLite table and its documents in another, so that looking for
documents never reads documents; a list that can be asked for has a third.
"""

# ruff: noqa: S608 - the names in the statements are the schema's; values are always bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from tinydb.storages import Storage

from pulih.ports import Document
from pulih.store.faults import Garbled
from pulih.store.refusals import taken
from pulih.store.rows_flaws import flaws
from pulih.store.rows_sql import (
    FIELDS,
    INSERT,
    MOST,
    SELECT,
    is_all_indexed,
    scalar,
    where,
    words_of,
)
from pulih.store.schema import TABLES
from pulih.store.terms import KEY, Term, Terms
from pulih.wording import Sentence

_MANY = 1000  # hits of words; a part of more is found sooner in the order of the list
_TOGETHER = 256  # rows come into the index of words at a time
_READ_TOGETHER = 32


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
        words = words_of(name, terms)
        few = words and not self._many(name, words)
        clause, values = where(name, terms, indexed=words if few else "")
        most = MOST if part.limit is None else min(part.limit, MOST)
        sql = f"SELECT id FROM {name}{clause} ORDER BY {part.by} LIMIT ? OFFSET ?"
        found = self._run(sql, (*values, most, min(part.start, MOST)))
        return [row[0] for row in found]

    def count(self, name: str, terms: Terms) -> int:
        """Return how many rows match."""
        words = words_of(name, terms)
        clause, values = where(name, terms, indexed=words)
        if not (words and is_all_indexed(terms)):
            return self._count(f"{name}{clause}", values)
        searched = self._count(f"{name}_search WHERE {name}_search MATCH ?", [words])
        fresh, values = where(name, terms)
        return searched + self._count(f"{name}_fresh CROSS JOIN {name} USING (id){fresh}", values)

    def versions(self, name: str, terms: Terms) -> dict[str, int]:
        """Return key -> version of the rows that match; those whose document has none are left out."""
        clause, values = where(name, terms)
        told = f"json_extract(text, '$.{KEY}'), json_extract(text, '$.version')"
        rows = self._run(
            f"SELECT {told} FROM {name} JOIN {name}_text USING (id){clause or ' WHERE true'} "
            "AND json_valid(text)",
            values,
        )
        return {str(key): version for key, version in rows if isinstance(version, int)}

    def text(self, name: str, row: int) -> str | None:
        """Return a document as it is kept, or None."""
        found = self._run(f"SELECT text FROM {name}_text WHERE id = ?", (row,)).fetchone()
        return None if found is None else str(found[0])

    def at(self, name: str, key: str) -> tuple[int, str] | None:
        """Return the number of the row with a key, and its document as it is kept; or None."""
        sql = f"SELECT id, text FROM {name} JOIN {name}_text USING (id) WHERE key = ?"
        found = self._run(sql, (scalar(key),)).fetchone()
        return None if found is None else (int(found[0]), str(found[1]))

    def load(self, name: str, row: int) -> Document | None:
        """Return a document, or None."""
        text = self.text(name, row)
        return None if text is None else self.parsed(name, row, text)

    def load_all(self, name: str, rows: Sequence[int]) -> Iterator[tuple[int, Document]]:
        """Yield the documents that there are, with their rows and in this order; some are read at a time."""
        for start in range(0, len(rows), _READ_TOGETHER):
            part = rows[start : start + _READ_TOGETHER]
            asked = ",".join("?" * len(part))
            sql = f"SELECT id, text FROM {name}_text WHERE id IN ({asked})"
            found: dict[int, str] = dict(self._run(sql, part).fetchall())
            for row in part:
                if row in found:
                    yield row, self.parsed(name, row, found[row])

    def parsed(self, name: str, row: int, text: str) -> Document:
        """Return the document that a row's text stands for."""
        try:
            document = json.loads(text)
        except ValueError as error:
            raise Garbled(name, row) from error
        if not isinstance(document, dict):
            raise Garbled(name, row)
        return document

    def next_id(self, name: str) -> int:
        """Return the number that the next row gets."""
        row = self._run(f"SELECT coalesce(max(id), 0) + 1 FROM {name}", ()).fetchone()
        return int(row[0])

    def put(self, name: str, row: int, document: Document) -> None:
        """Keep a document in a new or an old row. Raises Duplicate."""
        self._hold()
        fields = FIELDS[name]
        values = [scalar(document.get(KEY if field == "key" else field)) for field in fields]
        if values[0] is None:
            values[0] = f"#{row}"  # a document of TinyDB's own making has no key
        before = self._run(SELECT[name], (row,)).fetchone()
        try:
            if before is None:
                self._run(INSERT[name], (row, *values))
            else:
                self._change(name, row, before, values)
        except sqlite3.IntegrityError as error:
            raise taken(self._culprit(name, row, document)) from error
        self._run(f"INSERT OR REPLACE INTO {name}_text VALUES (?, ?)", (row, json.dumps(document)))
        for field in TABLES[name].lists:
            self._put_list(f"{name}_{field}", row, document.get(field), new=before is None)
        if TABLES[name].searched:
            self._put_words(name, row, before and (before[-1] or ""), values[-1] or "")

    def drop(self, name: str, row: int) -> None:
        """Remove a row."""
        self._hold()
        if TABLES[name].searched and (before := self._run(SELECT[name], (row,)).fetchone()):
            self._put_words(name, row, before[-1] or "", None)
        for part in (name, f"{name}_text", *(f"{name}_{field}" for field in TABLES[name].lists)):
            self._run(f"DELETE FROM {part} WHERE id = ?", (row,))

    def integrity(self) -> list[str]:
        """Return what SQLite finds wrong with its file."""
        try:
            found = [str(row[0]) for row in self._run("PRAGMA integrity_check", ())]
        except sqlite3.DatabaseError as error:  # so damaged that the check itself gives up
            if "malformed" not in str(error):
                raise
            return [str(error)]
        return [] if found == ["ok"] else found

    def astray(self) -> list[Sentence]:
        """Return where a row is not found by what its document says."""
        return list(flaws(self._connection))

    def read(self) -> dict[str, dict[str, Any]]:
        """Return everything in the shape of TinyDB's own files."""
        return {
            name: {str(row): self.load(name, row) for row in self.ids(name, Terms())}
            for name in TABLES
        }

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        """Refuse: rows are written one by one."""
        raise NotImplementedError

    def _many(self, name: str, words: str) -> bool:
        sql = f"SELECT 1 FROM {name}_search WHERE {name}_search MATCH ? LIMIT 1 OFFSET ?"
        return self._run(sql, (words, _MANY)).fetchone() is not None

    def _count(self, which: str, values: list[Any]) -> int:
        return int(self._run(f"SELECT count(*) FROM {which}", values).fetchone()[0])

    def _culprit(self, name: str, row: int, document: Document) -> str:
        """Return the first field whose value another row has; empty for the key."""
        for field in (KEY, *TABLES[name].unique):
            value = scalar(document.get(field))
            same = Terms((Term(field, "=", (value,)),))
            if value is not None and any(other != row for other in self.ids(name, same)):
                return "" if field == KEY else field
        return ""

    def _change(self, name: str, row: int, before: Sequence[object], values: list[Any]) -> None:
        """Write the fields that have changed: those that have not would be written to their indexes again."""
        pairs = zip(FIELDS[name], values, before, strict=True)
        changed = {field: value for field, value, old in pairs if value != old}
        if changed:
            marks = ", ".join(f'"{field}" = ?' for field in changed)
            self._run(f"UPDATE {name} SET {marks} WHERE id = ?", (*changed.values(), row))

    def _put_list(self, part: str, row: int, members: object, *, new: bool) -> None:
        kept = set(map(scalar, members)) - {None} if isinstance(members, list) else set()
        there = set() if new else self._members(part, row)
        for member in there - kept:
            self._run(f"DELETE FROM {part} WHERE id = ? AND value = ?", (row, member))
        for member in kept - there:
            self._run(f"INSERT INTO {part} VALUES (?, ?)", (row, member))

    def _members(self, part: str, row: int) -> set[Any]:
        return {found[0] for found in self._run(f"SELECT value FROM {part} WHERE id = ?", (row,))}

    def _put_words(self, name: str, row: int, before: object, words: object) -> None:
        """Bring the index of words to a row's new ones; None is no row. It keeps no texts, so it is told the old."""
        if before == words:
            return
        index, fresh = f"{name}_search", f"{name}_fresh"
        was_fresh = self._run(f"DELETE FROM {fresh} WHERE id = ?", (row,)).rowcount
        if before is not None and not was_fresh:
            forget = f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', ?, ?)"
            self._run(forget, (row, before))
        if words is not None:
            self._run(f"INSERT INTO {fresh} VALUES (?)", (row,))
        if row % _TOGETHER == 0:
            known = f"SELECT id, words FROM {fresh} JOIN {name} USING (id)"
            self._run(f"INSERT INTO {index} (rowid, words) {known}", ())
            self._run(f"DELETE FROM {fresh}", ())

    def _hold(self) -> None:
        if not self.writable:
            raise RuntimeError("a view for reading cannot write")
        if (
            not self._connection.in_transaction
        ):  # a full disk makes SQLite take everything back by itself
            raise sqlite3.OperationalError("the transaction is gone")

    def _run(self, sql: str, values: Iterable[Any]) -> sqlite3.Cursor:
        return self._connection.execute(sql, tuple(values))
