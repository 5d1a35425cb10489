"""Documents in memory, with the same promises as those in a file, but for surviving the process."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from pulih.ports import Document, Documents, Equal
from pulih.store.refusals import closed, missing, outdated, taken
from pulih.store.schema import CLOSED, TABLES, Table, matches
from pulih.wording import Sentence


@dataclass(slots=True)
class _Rows:
    """One table. `shapes` are the documents as read for `find`; only `texts` is ever handed out, read again."""

    texts: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, Document] = field(default_factory=dict)
    taken: dict[tuple[str, object], str] = field(default_factory=dict)

    def copy(self) -> _Rows:
        return _Rows(dict(self.texts), dict(self.shapes), dict(self.taken))

    def put(self, table: Table, key: str, document: Document) -> None:
        text = json.dumps(document)
        claims = [(f, v) for f in table.unique if (v := document.get(f)) is not None]
        for claim in claims:
            if self.taken.get(claim, key) != key:
                raise taken(claim[0])
        self.drop(table, key)
        self.taken.update(dict.fromkeys(claims, key))
        self.texts[key], self.shapes[key] = text, json.loads(text)

    def drop(self, table: Table, key: str) -> None:
        self.texts.pop(key, None)
        old = self.shapes.pop(key, {})
        for name in table.unique:
            self.taken.pop((name, old.get(name)), None)


class MemoryDocuments:
    """A store of documents. A writer works on a copy of the tables it touches, which then replaces them."""

    def __init__(self) -> None:
        self._tables = {name: _Rows() for name in TABLES}
        self._turn = threading.Lock()
        self._writer: int | None = None

    @contextmanager
    def reading(self) -> Iterator[Documents]:
        """Open a view of what is committed now."""
        yield _View(self._tables, writable=False)

    @contextmanager
    def writing(self, *, anyway: bool = False) -> Iterator[Documents]:
        """Open a transaction; one at a time."""
        if self._writer == threading.get_ident():
            raise RuntimeError("a writing transaction within another")
        with self._turn:
            self._writer = threading.get_ident()
            try:
                view = _View(dict(self._tables), writable=True)
                if not anyway and (mark := view.get("store", CLOSED)):
                    raise closed(mark)
                yield view
                self._tables = view.tables
            finally:
                self._writer = None

    def flaws(self) -> list[Sentence]:
        """Return nothing: there is nothing beside the documents that could disagree with them."""
        return []

    def close(self) -> None:
        """Forget nothing: there is nothing held open."""


class _View:
    """Implements `Documents` on a set of tables; a table is copied before it is first changed."""

    def __init__(self, tables: dict[str, _Rows], *, writable: bool) -> None:
        self.tables = tables
        self._writable = writable
        self._own: set[str] = set()

    def insert(self, table: str, key: str, document: Document) -> None:
        rows = self._rows(table)
        if key in rows.texts:
            raise taken("")
        rows.put(TABLES[table], key, document)

    def get(self, table: str, key: str) -> Document | None:
        text = self.tables[table].texts.get(key)
        return None if text is None else _read(text)

    def update(self, table: str, key: str, document: Document, expected: int | None = None) -> None:
        rows = self._rows(table)
        if key not in rows.texts:
            raise missing(key)
        stands = rows.shapes[key].get("version")
        if expected is not None and stands != expected:
            raise outdated(stands)
        rows.put(TABLES[table], key, document)

    def remove(self, table: str, key: str) -> None:
        self._rows(table).drop(TABLES[table], key)

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
        shapes = self.tables[table].shapes
        keys = sorted(self._matching(table, equal, words, order))
        if order:
            present = [key for key in keys if shapes[key].get(order) is not None]
            absent = [key for key in keys if shapes[key].get(order) is None]
            present.sort(key=lambda key: shapes[key][order], reverse=descending)
            keys = [*present, *absent]
        keys = keys[start : None if limit is None else start + limit]
        return [_read(self.tables[table].texts[key]) for key in keys]

    def count(self, table: str, equal: Equal | None = None, *, words: Sequence[str] = ()) -> int:
        return len(self._matching(table, equal, words))

    def versions(self, table: str, equal: Equal | None = None) -> dict[str, int]:
        shapes = self.tables[table].shapes
        found = {key: shapes[key].get("version") for key in self._matching(table, equal, ())}
        return {key: version for key, version in found.items() if isinstance(version, int)}

    def scan(self, table: str) -> Iterator[tuple[str, Document]]:
        texts = self.tables[table].texts
        return ((key, _read(texts[key])) for key in sorted(texts))

    def next_number(self, series: str) -> int:
        last = self.get("counters", series)
        number = 1 + (last["value"] if last else 0)
        self._rows("counters").put(TABLES["counters"], series, {"value": number})
        return number

    def _matching(
        self, table: str, equal: Equal | None, words: Sequence[str], order: str = ""
    ) -> list[str]:
        TABLES[table].check(equal or {}, order, words)
        shapes = self.tables[table].shapes
        return [k for k, shape in shapes.items() if matches(shape, equal or {}, words)]

    def _rows(self, table: str) -> _Rows:
        if not self._writable:
            raise RuntimeError("a view for reading cannot write")
        if table not in self._own:
            self.tables[table] = self.tables[table].copy()
            self._own.add(table)
        return self.tables[table]


def _read(text: str) -> Document:
    return cast(Document, json.loads(text))
