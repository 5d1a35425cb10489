"""The embedded store: `Documents` as TinyDB tables, in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tinydb import where
from tinydb.table import Document as TinyDocument

from pulih.ports import Document, Documents, Equal
from pulih.store.migrate import Spare, migrate
from pulih.store.refusals import closed, missing, outdated
from pulih.store.rowfile import RowFile
from pulih.store.rows import Part, Rows
from pulih.store.schema import CLOSED, TABLES
from pulih.store.table import RowTable
from pulih.store.terms import KEY, Term, Terms, query_of, terms_of
from pulih.wording import Sentence, sentence

_IS_CLOSED = Terms((Term(KEY, "=", (CLOSED,)),))


class TinyDocuments:
    """A store of documents in one file that several threads and processes may share."""

    def __init__(self, path: Path, *, spare: Spare | None = None) -> None:
        self._file = RowFile(path, lambda rows, found: _bring_up(_View(rows), found, spare))

    @contextmanager
    def reading(self) -> Iterator[Documents]:
        """Open a view of what is committed now."""
        with self._file.reading() as rows:
            yield _View(rows)

    @contextmanager
    def writing(self, *, anyway: bool = False) -> Iterator[Documents]:
        """Open a transaction; one at a time."""
        with self._file.writing() as rows:
            view = _View(rows)
            if not anyway and rows.ids("store", _IS_CLOSED):
                raise closed(view.get("store", CLOSED) or {})
            yield view

    def flaws(self) -> list[Sentence]:
        """Return what SQLite's own check finds, and where its columns are not what the documents say."""
        with self._file.reading() as rows:
            found = [sentence("Berkas penyimpanan: {flaw}", flaw=flaw) for flaw in rows.integrity()]
            return found or rows.astray()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class _View:
    """Implements `Documents` with TinyDB's tables and queries, in one transaction."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._tables: dict[str, RowTable] = {}

    def insert(self, table: str, key: str, document: Document) -> None:
        self._table(table).insert({**document, KEY: key})

    def get(self, table: str, key: str) -> Document | None:
        found = self._one(table, key)
        return None if found is None else _plain(found)

    def update(self, table: str, key: str, document: Document, expected: int | None = None) -> None:
        found = self._one(table, key)
        if found is None:
            raise missing(key)
        if expected is not None and found.get("version") != expected:
            raise outdated(found.get("version"))
        self._table(table).replace(found.doc_id, {**document, KEY: key})

    def remove(self, table: str, key: str) -> None:
        self._table(table).remove(where(KEY) == key)

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
        query = query_of(TABLES[table], equal or {}, tuple(words))
        part = Part(order, descending, limit, start)
        return [_plain(document) for document in self._table(table).part(query, part)]

    def count(self, table: str, equal: Equal | None = None, *, words: Sequence[str] = ()) -> int:
        TABLES[table].check(equal or {}, "", words)
        return self._table(table).count(query_of(TABLES[table], equal or {}, tuple(words)))

    def versions(self, table: str, equal: Equal | None = None) -> dict[str, int]:
        TABLES[table].check(equal or {}, "", ())
        return self._rows.versions(
            table, terms_of(TABLES[table], query_of(TABLES[table], equal or {}))
        )

    def scan(self, table: str) -> Iterator[tuple[str, Document]]:
        for _row, document in self._rows.load_all(table, self._rows.ids(table, Terms(), Part())):
            yield document.pop(KEY), document

    def next_number(self, series: str) -> int:
        last = self.get("counters", series)
        number = 1 + (last["value"] if last else 0)
        keep = self.update if last else self.insert
        keep("counters", series, {"value": number})
        return number

    def _one(self, table: str, key: str) -> TinyDocument | None:
        row = self._rows.at(self._table(table).name, key)
        document = self._rows.parsed(table, *row) if row else {}
        # The row's own column cannot hold every key letter by letter.
        return TinyDocument(document, row[0]) if row and document[KEY] == key else None

    def _table(self, name: str) -> RowTable:
        if name not in self._tables:
            self._tables[name] = RowTable(self._rows, name)
        return self._tables[name]


def _bring_up(documents: Documents, found: int, spare: Spare | None) -> None:
    if spare:
        spare(documents, found)
    migrate(documents, found)


def _plain(document: TinyDocument) -> Document:
    plain: Document = dict(document)
    plain.pop(KEY, None)
    return plain
