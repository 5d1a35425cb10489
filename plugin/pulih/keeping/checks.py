"""Going through a whole store, one document after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pulih.errors import Damaged, NotFound, Unavailable
from pulih.keeping.export import size_of
from pulih.keeping.flaw import BROKEN, Flaw
from pulih.keeping.meaning import Around, meaning
from pulih.keeping.numbers import Numbers
from pulih.keeping.progress import Tell
from pulih.keeping.shape import read
from pulih.ports import Document, Documents, Files
from pulih.store.schema import TABLES
from pulih.wording import Sentence, sentence

Content = tuple[str, int]  # digest and size


@dataclass(slots=True)
class Checks:
    """Goes through the documents, then through the contents that they name.

    Attributes:
        contents: Whether contents will be gone through.
    """

    tell: Tell
    contents: bool
    _done: int = 0
    _of: int = 0
    _named: dict[Content, str] = field(default_factory=dict)  # -> an attachment

    def documents(self, documents: Documents) -> Iterator[Flaw]:
        """Yield what is wrong with the documents of a view."""
        self._of = sum(documents.count(table) for table in TABLES)
        if self.contents:
            self._of += documents.count("attachments")
        around, numbers = Around(documents), Numbers()
        for table in TABLES:
            rows = documents.scan(table)
            while True:
                try:
                    key, document = next(rows)
                except StopIteration:
                    break
                except Damaged:  # the store named it among its flaws
                    self._count()
                    continue
                yield from self._document(around, numbers, table, key, document)
                self._count()
        yield from numbers.flaws()

    def files(self, files: Files) -> Iterator[Flaw]:
        """Yield what is wrong with the contents that were named; each is read once."""
        for (digest, size), key in self._named.items():
            if said := _content(files, digest, size):
                yield Flaw("attachments", key, said)
            self._count()
        self.tell(self._of, self._of)  # what two attachments share was counted twice

    def _document(
        self, around: Around, numbers: Numbers, table: str, key: str, document: Document
    ) -> Iterator[Flaw]:
        record, wrong = read(table, key, document)
        if table == "tickets":
            wrong += _guarded(numbers.ticket(key, record))
        if record is not None:
            wrong += _guarded(meaning(around, table, key, record))
            if table == "counters":
                numbers.counter(key, record["value"])
            elif table == "numbers":
                numbers.paper(record)
            elif table == "attachments" and self.contents:
                self._named.setdefault((record.digest, record.size), key)
        yield from (Flaw(table, key, said) for said in wrong)

    def _count(self) -> None:
        self._done += 1
        self.tell(self._done, self._of)


def _guarded(said: Iterator[Sentence]) -> Iterator[Sentence]:
    """Yield sentences, and another where what was referred to is so broken that it cannot be looked at."""
    try:
        yield from said
    except BROKEN as error:
        yield sentence("Isinya tidak dapat dibaca ({error}).", error=repr(error))


def _content(files: Files, digest: str, size: int) -> Sentence | None:
    """Return what is wrong with a content. Raises Unavailable where none can be had."""
    try:
        files.open(digest).close()
    except NotFound:
        return sentence("Isi berkasnya tidak ada.")
    try:
        kept = size_of(files, digest)
    except (OSError, Unavailable) as error:
        return sentence("Isi berkasnya tidak dapat dibaca ({error}).", error=str(error))
    return None if kept == size else sentence("Isi berkasnya bukan yang dulu diserahkan.")
