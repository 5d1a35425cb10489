"""The archive in memory, brought up to what the store keeps of it, and never behind the cases that there are."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any

from pulih.domain.search import Entry, Standing
from pulih.domain.words.dictionary import Dictionary
from pulih.errors import Damaged
from pulih.ports import Entries
from pulih.search.asking import Reader
from pulih.search.postings import Postings
from pulih.search.vocabulary import Vocabulary

COMMON = ("agency", "device", "device_kind", "device_make", "fault_type")
_SAME = (
    "agency",
    "device",
)  # of two cases with one fault: the later may have come back from the other
_NONE = Standing(last=0, current=True, state="")  # of a store in which nothing was kept
_TOO_MANY_CHANGES = 64  # cases that are taken out one by one; more, and all is read anew


@dataclass(slots=True)
class Shelf:
    """Cases by row, and what their terms say.

    Attributes:
        cards: Row -> what is known of a case beside its words; None where a case was written anew since.
        rows: Number -> row.
        alike: Attribute and value -> the cases that have it.
        standing: Of the entries when they were read last.
        last, seal: Of the entry that was read last.
        behind: How many cases were weighed here, because the store had no entry of them.
    """

    postings: Postings = field(default_factory=Postings)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    cards: list[Entry | None] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    alike: dict[tuple[str, str], array[int]] = field(default_factory=dict)
    last: int = 0
    seal: str = ""
    standing: Standing = _NONE
    behind: int = 0

    def add(self, entries: Iterable[Entry]) -> None:
        """Add cases, over older ones of the same number."""
        for entry in entries:
            if entry.number in self.rows:
                self.take_out(entry.number)
            row = len(self.cards)
            for term in self.postings.add(row, entry.weights):
                self.vocabulary.add(term)
            self.cards.append(_card(entry))
            self.rows[entry.number] = row
            for key in _keys(entry):
                self.alike.setdefault(key, array("I")).append(row)
            self.last, self.seal = entry.seq, entry.seal
            self.behind += not entry.seq

    def reader(self, dictionary: Dictionary) -> Reader:
        """Return what reads queries on these cases."""
        return Reader(self.postings, self.vocabulary, dictionary)

    def same(self, name: str, card: Entry) -> Iterator[Entry]:
        """Yield the cases with the same fault and the same value of this attribute, the case itself among them."""
        return self._cards(_with_fault(name, card))

    def returned(self, card: Entry) -> Iterator[Entry]:
        """Yield the cases that say of themselves that they came back from one."""
        return self._cards(("recurrence_of", card.number))

    def _cards(self, key: tuple[str, str]) -> Iterator[Entry]:
        return (card for row in self.alike.get(key, ()) if (card := self.cards[row]))

    def take_out(self, number: str) -> None:
        """Take a case out, as if it had never been there. Raises KeyError."""
        row = self.rows.pop(number)
        card = self.cards[row]
        for key in _keys(card) if card else ():
            self.alike[key].remove(row)
        self.postings.drop(row)
        self.cards[row] = None


def _keys(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what a case is found by beside its words; what it does not have leads nowhere."""
    for name in COMMON:
        if value := getattr(entry, name).casefold():
            yield name, value
    if entry.recurrence_of:
        yield "recurrence_of", entry.recurrence_of
    for name in _SAME:
        if getattr(entry, name):
            yield _with_fault(name, entry)


def _with_fault(name: str, entry: Entry) -> tuple[str, str]:
    return f"{name} and fault", f"{getattr(entry, name)}\n{entry.fault_type}"


def _card(entry: Entry) -> Entry:
    """Return an entry without its words, for memory: the same agency is one string for all cases."""
    known: dict[str, Any] = {
        name: intern(getattr(entry, name))
        for name in (*COMMON, "site", "fault_name", "solution_class", "reported", "resolved")
    }
    return replace(entry, seal="", weights={}, **known)


def brought_to(shelf: Shelf, entries: Entries) -> Shelf:
    """Return a shelf with the cases as the store has them now: this one, where it can be brought there."""
    now = entries.standing()
    if now == shelf.standing:
        return shelf
    all_mended = shelf.behind and now.current
    same_cases = now.state == shelf.standing.state  # somebody mends their entries
    if all_mended or not (same_cases or (now.current and _brought_on(shelf, entries, now))):
        shelf = _read(entries, now)
    shelf.standing = now
    return shelf


def _brought_on(shelf: Shelf, entries: Entries, now: Standing) -> bool:
    """Add what has come since; tell whether that could be done.

    Not where there is too much of it, and not where what was read last is no longer what it was: the store may have
    been restored from a backup, and its entries since then have numbers that the shelf has seen.
    """
    if not 0 < shelf.last < now.last <= shelf.last + _TOO_MANY_CHANGES:
        return False
    try:
        first, *later = entries.after(shelf.last - 1)
    except (Damaged, ValueError):
        return False
    if (first.seq, first.seal) != (shelf.last, shelf.seal):
        return False
    shelf.add(later)
    return True


def _read(entries: Entries, now: Standing) -> Shelf:
    """Return a shelf of all cases; what the store has no entry of is weighed here."""
    if now.current:
        shelf = Shelf()
        try:
            shelf.add(entries.after(0))
        except Damaged:
            pass
        else:
            if len(shelf.rows) == entries.cases():
                return shelf
    shelf = Shelf()
    shelf.add(entries.sound())
    shelf.last, shelf.seal = (
        0,
        "",
    )  # numbers are missing in between: it is read anew when all is mended
    return shelf
