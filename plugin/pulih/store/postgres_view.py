"""`Documents` in PostgreSQL, within one transaction."""

# ruff: noqa: S608 - the names in the statements are the schema's; values are always bound

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import Any

from pulih.errors import Duplicate
from pulih.ports import Document, Equal
from pulih.store.postgres_link import Link
from pulih.store.postgres_sql import CHANGES, NEXT_NUMBER, TOUCH_MARK, part, where
from pulih.store.postgres_values import column, fields, found, kept, scalar
from pulih.store.refusals import damaged, missing, outdated, taken
from pulih.store.schema import TABLES

_BATCH = 200  # documents that a scan holds at a time


class View:
    """Implements `Documents`. A refusal leaves the transaction usable: nothing is tried that PostgreSQL would abort."""

    def __init__(self, link: Link, *, writable: bool) -> None:
        self._link = link
        self._writable = writable

    def insert(self, table: str, key: str, document: Document) -> None:
        values = self._values(table, key, document)
        if not self._link.run(CHANGES[table].insert, values).fetchone():
            there = f"SELECT 1 FROM {table} WHERE key = %(key)s"
            raise (
                taken("")
                if self._link.run(there, values).fetchone()
                else self._taken(table, values)
            )

    def get(self, table: str, key: str) -> Document | None:
        row = self._link.run(
            f"SELECT document FROM {_known(table)} WHERE key = %(key)s", _keyed(key)
        ).fetchone()
        return found(key, row[0])[1] if row else None

    def update(self, table: str, key: str, document: Document, expected: int | None = None) -> None:
        values = self._values(table, key, document)
        if expected is None:
            done = self._link.run(CHANGES[table].update, values)
        else:
            seen = {**values, "expected": scalar(int, expected)}
            done = self._link.run(CHANGES[table].update_seen, seen)
        if not done.fetchone():
            raise self._refusal(table, key, values, expected)

    def remove(self, table: str, key: str) -> None:
        self._hold(table)
        self._link.run(CHANGES[table].remove, _keyed(key))

    def find(
        self,
        table: str,
        equal: Equal | None = None,
        *,
        words: Sequence[str] = (),
        order: str = "",
        descending: bool = False,
        limit: int | None = None,
        start: int = 0,
    ) -> list[Document]:
        TABLES[table].check(equal or {}, order, words)
        condition, values = where(table, equal or {}, words)
        which = part(order, limit, start, descending=descending)
        rows = self._link.run(f"SELECT document FROM {table} WHERE {condition}{which}", values)
        return [found("", value)[1] for (value,) in rows]

    def count(self, table: str, equal: Equal | None = None, *, words: Sequence[str] = ()) -> int:
        TABLES[table].check(equal or {}, "", words)
        condition, values = where(table, equal or {}, words)
        row = self._link.run(f"SELECT count(*) FROM {table} WHERE {condition}", values).fetchone()
        return int(row[0]) if row else 0

    def versions(self, table: str, equal: Equal | None = None) -> dict[str, int]:
        TABLES[table].check(equal or {}, "", ())
        condition, values = where(table, equal or {}, ())
        sql = f"SELECT key, version FROM {table} WHERE {condition} AND version IS NOT NULL"
        return {str(key): int(version) for key, version in self._link.run(sql, values)}

    def scan(self, table: str) -> Iterator[tuple[str, Document]]:
        """Yield every key and its document. After a row that is damaged, whoever asks on gets the next."""
        return starmap(found, self._rows(_known(table)))

    def next_number(self, series: str) -> int:
        self._hold("counters")
        values = {"series": _keyed(series)["key"]}
        row = self._link.run(NEXT_NUMBER, values).fetchone()
        if row is None or row[0] is None:
            raise damaged(series)
        return int(row[0])

    def _rows(self, table: str) -> Iterator[tuple[str, object]]:
        sql = f"SELECT key, document FROM {table} WHERE key > %(last)s ORDER BY key LIMIT {_BATCH}"
        rows = self._link.run(sql.replace("key > %(last)s", "true")).fetchall()
        while rows:
            yield from ((key, value) for key, value in rows)
            rows = self._link.run(sql, {"last": rows[-1][0]}).fetchall()

    def _values(self, table: str, key: str, document: Document) -> dict[str, Any]:
        self._hold(table)
        return {**fields(TABLES[table], key, document), "document": kept(key, document)}

    def _refusal(
        self, table: str, key: str, values: dict[str, Any], expected: int | None
    ) -> Exception:
        row = self._link.run(f"SELECT version FROM {table} WHERE key = %(key)s", values).fetchone()
        if row is None:
            return missing(key)
        if expected is not None and row[0] != expected:
            return outdated(row[0])
        return self._taken(table, values)

    def _taken(self, table: str, values: dict[str, Any]) -> Duplicate:
        """Return the refusal, by the first field whose value another document has; empty for the key."""
        for field in TABLES[table].unique:
            clash = f'SELECT 1 FROM {table} WHERE "{field}" = %({field})s AND key <> %(key)s'
            if self._link.run(clash, values).fetchone():
                return taken(field)
        return taken("")

    def _hold(self, table: str) -> None:
        if not self._writable:
            raise RuntimeError("a view for reading cannot write")
        if (
            table == "store"
        ):  # so that a transaction that found the store open has ended before it is closed
            self._link.run(TOUCH_MARK)


def _keyed(key: str) -> dict[str, Any]:
    return {"key": column(key)}


def _known(table: str) -> str:
    """Return the name of a table. Raises KeyError for another."""
    if table not in TABLES:
        raise KeyError(table)
    return table
