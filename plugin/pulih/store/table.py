"""TinyDB's documents and queries, on rows instead of one big file.

`RowTable` is a TinyDB table: every public method works, and none of them reads or writes more rows than it is about.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, cast

from tinydb.queries import QueryLike
from tinydb.table import Document as TinyDocument
from tinydb.table import Table as TinyTable

from pulih.ports import Document
from pulih.store.rows import Part, Rows
from pulih.store.schema import TABLES
from pulih.store.terms import Terms, terms_of

_ALL = Terms()
Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


class RowTable(TinyTable):
    """A TinyDB table whose documents are rows. It keeps no cache: another process may have written since."""

    def __init__(self, rows: Rows, name: str) -> None:
        super().__init__(rows, name, cache_size=0)
        self._rows = rows
        self._table = TABLES[name]

    def replace(self, doc_id: int, document: Document) -> None:
        """Put a document in the place of another."""
        self._update_table(lambda table: table.__setitem__(doc_id, document))

    def ids(self, cond: QueryLike) -> list[int]:
        """Return the numbers of the documents that match."""
        return [doc.doc_id for doc in self._matching(cond)]

    def part(self, cond: QueryLike, part: Part) -> Iterator[TinyDocument]:
        """Yield a part of what matches. Indexes must be able to answer the whole query."""
        rows = self._rows.ids(self.name, terms_of(self._table, cond), part)
        for row, document in self._rows.load_all(self.name, rows):
            yield TinyDocument(document, row)

    def search(self, cond: QueryLike) -> list[TinyDocument]:
        return list(self._matching(cond))

    def get(  # type: ignore[override] # TinyDB declares one a combination; this is all of them
        self,
        cond: QueryLike | None = None,
        doc_id: int | None = None,
        doc_ids: list[int] | None = None,
    ) -> TinyDocument | list[TinyDocument] | None:
        if doc_ids is not None:
            return super().get(doc_ids=doc_ids)
        if doc_id is not None:
            return super().get(doc_id=doc_id)
        if cond is not None:
            return next(self._matching(cond), None)
        return super().get()

    def count(self, cond: QueryLike) -> int:
        terms = terms_of(self._table, cond)
        return self._rows.count(self.name, terms) if terms.whole else len(self.ids(cond))

    def update(
        self,
        fields: Fields,
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        if cond is not None and doc_ids is None:
            doc_ids = self.ids(cond)
        return super().update(fields, None, doc_ids)

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        if cond is not None and doc_ids is None:
            doc_ids = self.ids(cond)
        return super().remove(None, doc_ids)

    def _matching(self, cond: QueryLike) -> Iterator[TinyDocument]:
        for row in self._rows.ids(self.name, terms_of(self._table, cond)):
            document = self._rows.load(self.name, row)
            if document is not None and cond(document):
                yield TinyDocument(document, row)

    def _get_next_id(self) -> int:
        return self._rows.next_id(self.name)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        table = _Kept(self._rows, self.name)
        return cast("dict[str, Mapping[str, Any]]", table)  # any mapping does

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        draft = _Draft(self._rows, self.name)
        updater(draft)
        draft.flush()


class _Kept(Mapping[str, Document]):
    """A table as TinyDB reads it: number, as a string -> document, each read when it is asked for."""

    def __init__(self, rows: Rows, name: str) -> None:
        self._rows = rows
        self._name = name

    def __getitem__(self, key: str) -> Document:
        document = self._rows.load(self._name, int(key))
        if document is None:
            raise KeyError(key)
        return document

    def __iter__(self) -> Iterator[str]:
        return (str(row) for row in self._rows.ids(self._name, _ALL))

    def __len__(self) -> int:
        return self._rows.count(self._name, _ALL)


class _Draft(MutableMapping[int, Document]):
    """A table as TinyDB changes it: number -> document. What was handed out may be changed until `flush`."""

    def __init__(self, rows: Rows, name: str) -> None:
        self._rows = rows
        self._name = name
        self._out: dict[int, tuple[Document, str]] = {}

    def __getitem__(self, row: int) -> Document:
        if row not in self._out:
            text = self._rows.text(self._name, row)
            if text is None:
                raise KeyError(row)
            self._out[row] = (self._rows.parsed(self._name, row, text), text)
        return self._out[row][0]

    def __setitem__(self, row: int, document: Document) -> None:
        self._rows.put(self._name, row, document)
        self._out.pop(row, None)

    def __delitem__(self, row: int) -> None:
        self._rows.drop(self._name, row)
        self._out.pop(row, None)

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and self._rows.text(self._name, row) is not None

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows.ids(self._name, _ALL))

    def __len__(self) -> int:
        return self._rows.count(self._name, _ALL)

    def flush(self) -> None:
        """Keep the documents that were handed out and changed."""
        for row, (document, text) in self._out.items():
            if json.dumps(document) != text:
                self._rows.put(self._name, row, document)
