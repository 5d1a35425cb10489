"""The `Store` of the services, over any store of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from pulih.ports import Documents, Records
from pulih.store.again import again
from pulih.store.archive import Archive
from pulih.store.records import records_over
from pulih.wording import Sentence

T = TypeVar("T")


class DocumentStore(Protocol):
    """Documents with transactions; `Store` says what `reading`, `writing` and `close` owe."""

    def reading(self) -> AbstractContextManager[Documents]:
        """Open a view."""

    def writing(self, *, anyway: bool = False) -> AbstractContextManager[Documents]:
        """Open a transaction. It may raise Contended, from the block or at its end; nothing is then kept.

        Raises:
            Unavailable: The store is closed, because it is moved elsewhere or filled; `anyway` goes past that.
        """

    def flaws(self) -> list[Sentence]:
        """Return what is wrong with how the documents are kept: files, indexes; not with what they say."""

    def close(self) -> None:
        """Let go of everything held open."""


@dataclass(frozen=True, slots=True)
class OfficeStore:
    """Implements `ports.Store`: typed records over documents."""

    documents: DocumentStore
    archive: Archive = field(default_factory=Archive)

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """Open a view."""
        with self.documents.reading() as documents:
            yield records_over(documents, self.archive)

    def write(self, deed: Callable[[Records], T]) -> T:
        """Do a deed in one transaction, as often as the database asks for it."""

        def once() -> T:
            with self.writing() as records:
                return deed(records)

        return again(once)

    @contextmanager
    def writing(self) -> Iterator[Records]:
        """Open a transaction that is tried once."""
        with self.documents.writing() as documents:
            yield records_over(documents, self.archive)

    def close(self) -> None:
        """Let go of files and connections."""
        self.documents.close()
