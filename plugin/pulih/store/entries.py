"""What the index keeps of the cases: terms by case, in the same transaction as the case itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from pulih.domain.article import Article
from pulih.domain.search import Entry, Standing
from pulih.domain.weighing import VERSION, weigh
from pulih.errors import NotFound
from pulih.ports import Document, Documents
from pulih.store.archive import ArchiveKeep
from pulih.store.codec import ARTICLE
from pulih.store.seal import SEAL

_TABLE = "entries"
_STATE = (
    "#"  # a document among the entries: the last `seq`, and the mark of the cases that they are of
)
_MARK = "archive"
_BATCH = 500
_NAMES = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True, slots=True)
class DocumentEntries:
    """Implements `ports.Entries` over documents."""

    documents: Documents

    def standing(self) -> Standing:
        """Tell how the entries stand."""
        state = self._state()
        current = (state["mark"], state["weighing"]) == (self._mark(), VERSION)
        return Standing(int(state["last"]), current, f"{state['last']}/{self._mark()}")

    def after(self, seq: int) -> Iterator[Entry]:
        """Yield the entries that are newer, in order of `seq`."""
        last = int(self._state()["last"])
        for start in range(seq + 1, last + 1, _BATCH):
            wanted = [*range(start, min(start + _BATCH, last + 1))]
            found = self.documents.find(_TABLE, {"seq": wanted}, order="seq")
            yield from map(_decoded, found)

    def stale(self) -> Iterator[Entry]:
        """Yield the entries that should be there and are not, weighed now."""
        state = self._state()
        known = (
            {key: document.get("seal") for key, document in self.documents.scan(_TABLE)}
            if state["weighing"] == VERSION
            else {}
        )
        for number, document in self.documents.scan("articles"):
            if document.get(SEAL, "") != known.get(number):
                yield _entry(0, ARTICLE.decode(document), document)

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
        entry = _entry(state["last"], article, document)
        self._keep(article.number, asdict(entry))

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
    return Entry(
        seq=seq,
        seal=str(document.get(SEAL, "")),
        number=article.number,
        agency=article.agency,
        site=article.site,
        device=article.device,
        device_kind=article.device_kind,
        device_make=article.device_make,
        fault_type=article.fault_type,
        fault_name=article.fault_name,
        year=article.year,
        solution_class=article.solution_class,
        closed_at=article.closed_at.isoformat(),
        weights=weigh(article),
    )


def _decoded(document: Document) -> Entry:
    known: dict[str, Any] = {name: document[name] for name in _NAMES}
    return Entry(**known)
