"""The archive in memory, brought up to what the store keeps of it, and never behind the cases that there are."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any

from pulih.domain.search import Entry
from pulih.domain.words.dictionary import Dictionary
from pulih.ports import Entries
from pulih.search.asking import Reader
from pulih.search.postings import Postings
from pulih.search.vocabulary import Vocabulary

COMMON = ("agency", "device", "device_kind", "device_make", "fault_type")
_TOO_MANY_CHANGES = 64  # cases that are taken out one by one; more, and all is read anew


@dataclass(slots=True)
class Shelf:
    """Cases by row, and what their terms say.

    Attributes:
        cards: Row -> what is known of a case beside its words; None where a case was written anew since.
        rows: Number -> row.
        alike: Attribute and value -> the cases that have it.
        state: Of the entries that were read last.
        behind: How many cases were weighed here, because the store had no entry of them.
    """

    postings: Postings = field(default_factory=Postings)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    cards: list[Entry | None] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    alike: dict[tuple[str, str], array[int]] = field(default_factory=dict)
    last: int = 0
    state: str = ""
    behind: int = 0

    def add(self, entries: Iterable[Entry]) -> None:
        """Add cases, over older ones of the same number."""
        for entry in entries:
            if entry.number in self.rows:
                self._drop(entry.number)
            row = len(self.cards)
            for term in self.postings.add(row, entry.weights):
                self.vocabulary.add(term)
            self.cards.append(_card(entry))
            self.rows[entry.number] = row
            for name in COMMON:
                key = name, getattr(entry, name).casefold()
                self.alike.setdefault(key, array("I")).append(row)
            self.last = max(self.last, entry.seq)

    def reader(self, dictionary: Dictionary) -> Reader:
        """Return what reads queries on these cases."""
        return Reader(self.postings, self.vocabulary, dictionary)

    def _drop(self, number: str) -> None:
        row = self.rows.pop(number)
        card = self.cards[row]
        for name in COMMON:
            self.alike[name, getattr(card, name).casefold()].remove(row)
        self.postings.drop(row)
        self.cards[row] = None


def _card(entry: Entry) -> Entry:
    """Return an entry without its words, for memory: the same agency is one string for all cases."""
    known: dict[str, Any] = {
        name: intern(getattr(entry, name))
        for name in (*COMMON, "site", "fault_name", "solution_class")
    }
    return replace(entry, seal="", weights={}, **known)


def brought_to(shelf: Shelf, entries: Entries) -> Shelf:
    """Return a shelf with the cases as the store has them now: this one, where it can be brought there."""
    now = entries.standing()
    if now.state == shelf.state:
        return shelf
    many = now.last - shelf.last > _TOO_MANY_CHANGES and shelf.rows
    if many or shelf.behind or now.last < shelf.last:
        shelf = Shelf()
    shelf.add(entries.after(shelf.last))
    if not now.current:
        stale = list(entries.stale())
        shelf.add(stale)
        shelf.behind = len(stale)
    shelf.state = now.state
    return shelf
