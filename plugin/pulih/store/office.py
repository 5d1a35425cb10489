"""The `Store` of the services, over any store of documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from pulih.ports import Documents, Records
from pulih.store.records import records_over


class DocumentStore(Protocol):
    """Documents with transactions; `Store` says what `reading`, `writing` and `close` owe."""

    def reading(self) -> AbstractContextManager[Documents]:
        """Open a view."""

    def writing(self) -> AbstractContextManager[Documents]:
        """Open a transaction."""

    def close(self) -> None:
        """Let go of everything held open."""


@dataclass(frozen=True, slots=True)
class OfficeStore:
    """Implements `ports.Store`: typed records over documents."""

    documents: DocumentStore

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """Open a view."""
        with self.documents.reading() as documents:
            yield records_over(documents)

    @contextmanager
    def writing(self) -> Iterator[Records]:
        """Open a transaction."""
        with self.documents.writing() as documents:
            yield records_over(documents)

    def close(self) -> None:
        """Let go of files and connections."""
        self.documents.close()
