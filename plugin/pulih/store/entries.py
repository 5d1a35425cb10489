"""What the index keeps of the cases: terms by case, in the same transaction as the case itself.

An entry is derived: where it is missing, torn, or of another case than is kept, the case says what it should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pulih.domain.article import Article
from pulih.domain.search import Entry, Standing
from pulih.domain.weighing import VERSION, entry_of
from pulih.errors import Damaged, NotFound
from pulih.ports import Document, Documents
from pulih.store.archive import ArchiveKeep
from pulih.store.codec import ARTICLE
from pulih.store.faults import Garbled
from pulih.store.refusals import damaged
from pulih.store.seal import SEAL

_TABLE = "entries"
_STATE = (
    "#"  # a document among the entries: the last `seq`, and the mark of the cases that they are of
)
_MARK = "archive"
_BATCH = 500
_NAMES = tuple(field.name for field in fields(Entry) if field.name != "weights")


@dataclass(frozen=True, slots=True)
class DocumentEntries:
    """Implements `ports.Entries` over documents."""

    documents: Documents

    def standing(self) -> Standing:
        """Tell how the entries stand."""
        state, mark = self._state(), self._mark()
        current = (state["mark"], state["weighing"]) == (mark, VERSION)
        return Standing(int(state["last"]), current, mark)

    def cases(self) -> int:
        """Return how many cases there are."""
        return self.documents.count("articles")

    def count(self) -> int:
        """Return how many entries there are."""
        return self.documents.count(_TABLE) - (self.documents.get(_TABLE, _STATE) is not None)

    def after(self, seq: int) -> Iterator[Entry]:
        """Yield the entries that are newer, in order of `seq`. Raises Damaged at one that is torn."""
        last = int(self._state()["last"])
        for start in range(seq + 1, last + 1, _BATCH):
            wanted = [*range(start, min(start + _BATCH, last + 1))]
            try:
                found = self.documents.find(_TABLE, {"seq": wanted}, order="seq")
            except Garbled as error:
                raise damaged(_TABLE) from error
            yield from map(_decoded, found)

    def sound(self) -> Iterator[Entry]:
        """Yield an entry for each case, in order of number: the kept one where it fits, else one with `seq` 0."""
        weighed = self._state()["weighing"] == VERSION
        for number, document in self.documents.scan("articles"):
            kept = self._kept(number) if weighed else None
            fits = kept is not None and kept.seal == document.get(SEAL, "")
            yield kept if kept and fits else _entry(0, ARTICLE.decode(document), document)

    def stale(self) -> Iterator[Entry]:
        """Yield the entries that should be there and are not, weighed now."""
        return (entry for entry in self.sound() if not entry.seq)

    def mend(self, numbers: Sequence[str], *, last: bool) -> None:
        """Weigh these cases anew. After the last of those that were stale, the entries are current again."""
        state = self._state()
        if state["weighing"] != VERSION:  # `last` stays: a number never stands for two entries
            for key in [key for key, _document in self.documents.scan(_TABLE) if key != _STATE]:
                self.documents.remove(_TABLE, key)
            state["weighing"] = VERSION
        for number in numbers:
            document = self.documents.get("articles", number)
            if document is not None:
                self._put(ARTICLE.decode(document), document, state)
        if last:
            self._drop_orphans()
            state["mark"] = self._mark()
        self._keep(_STATE, state)

    def put(self, article: Article, *, current: bool) -> None:
        """Keep the entry of a case that was just kept.

        Args:
            current: Whether the entries were those of all cases before that.
        """
        state = self._state()
        document = self.documents.get("articles", article.number) or {}
        self._put(article, document, state)
        if current:
            state["mark"] = self._mark()
        self._keep(_STATE, state)

    def _put(self, article: Article, document: Document, state: Document) -> None:
        state["last"] += 1
        self._keep(article.number, _encoded(_entry(state["last"], article, document)))

    def _drop_orphans(self) -> None:
        """Forget the entries of cases that are no more."""
        if self.count() > self.cases():
            keys = [key for key, _document in self.documents.scan(_TABLE) if key != _STATE]
            for key in keys:
                if self.documents.get("articles", key) is None:
                    self.documents.remove(_TABLE, key)

    def _kept(self, number: str) -> Entry | None:
        """Return a case's entry, or None where it is missing or torn."""
        try:
            document = self.documents.get(_TABLE, number)
            return None if document is None else _decoded(document)
        except (Damaged, Garbled):
            return None

    def _state(self) -> Document:
        return self.documents.get(_TABLE, _STATE) or {"last": 0, "mark": "", "weighing": VERSION}

    def _mark(self) -> str:
        return str((self.documents.get("settings", _MARK) or {"mark": ""})["mark"])

    def _keep(self, key: str, document: Document) -> None:
        try:
            self.documents.update(_TABLE, key, document)
        except NotFound:
            self.documents.insert(_TABLE, key, document)


@dataclass(frozen=True, slots=True)
class ArticleKeep(ArchiveKeep[Article]):
    """Keeps cases, and with each its entry."""

    def put(self, key: str, item: Article) -> None:
        """Keep a case, over an older one."""
        entries = DocumentEntries(self.documents)
        current = entries.standing().current
        ArchiveKeep.put(self, key, item)
        entries.put(item, current=current)


def _entry(seq: int, article: Article, document: Document) -> Entry:
    return entry_of(article, seq=seq, seal=str(document.get(SEAL, "")))


def _encoded(entry: Entry) -> Document:
    """Return an entry as it is kept: its terms as one text and their weights as another, as that is read sooner."""
    known: Document = {name: getattr(entry, name) for name in _NAMES}
    known["terms"] = " ".join(entry.weights)
    known["weights"] = bytes(entry.weights.values()).hex()
    return known


def _decoded(document: Document) -> Entry:
    """Return the entry that was kept. Raises Damaged where it is torn."""
    try:
        known: dict[str, Any] = {name: document[name] for name in _NAMES}
        terms, says = document["terms"].split(), bytes.fromhex(document["weights"])
        return Entry(**known, weights=dict(zip(terms, says, strict=True)))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise damaged(str(document.get("number", ""))) from error
