"""Past cases by words and by context, with the reasons for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import log2
from operator import itemgetter
from threading import Lock

from pulih.domain.search import Entry, Found, Match, Query
from pulih.domain.words.dictionary import Dictionary
from pulih.ports import Entries, Records
from pulih.search.context import has_context, worth
from pulih.search.ranking import best_rows, score, weighed
from pulih.search.reasons import reasons
from pulih.search.shelf import COMMON, Shelf, brought_to

FACETS = ("agency", "device_kind", "fault_type", "year", "solution_class")
_ONLY = frozenset({*FACETS, "device", "device_make", "site"})
_HELPED_AT_MOST = (
    0.05  # of the score: orders cases that are about as good, never buries a better one
)
_HELPED_ENOUGH = 5  # doublings of the count
_LEAST = 0.12  # of the best score: below it, words have met by chance
_MOST_COMPARED = 100  # of the best by words: among these, context decides

_MOST_ALIKE = 2000  # of the latest cases with the same agency, or device, or fault
_MOST_LATEST = 20_000  # that are listed where nothing is asked


class WordIndex:
    """Searches the archive in memory, which is read from the store once, and then only what has come since.

    Args:
        dictionary: Gives the office's dictionary as it is now.
    """

    def __init__(self, dictionary: Callable[[], Dictionary] = Dictionary) -> None:
        self._dictionary = dictionary
        self._lock = Lock()
        self._known = Dictionary()
        self._shelf = Shelf()

    def find(self, query: Query, records: Records, helped: Mapping[str, int]) -> Found:
        """Return the best matches; with no words and no context, the newest. Never raises on odd words.

        What matches neither a word nor the context is no match. Facets count all matches, not only this page.
        """
        with self._lock:
            shelf = self._brought_to(records.entries)
            words = weighed(shelf.postings, shelf.reader(self._known).read(query.words))
            ranked = _ranked(shelf, query, score(shelf.postings, words), helped)
            start = max(query.start, 0)
            page = [
                (card, points, reasons(query, card, words, shelf.rows[card.number], helped))
                for points, _closed, _number, card in ranked.first(start + max(query.most, 0))[
                    start:
                ]
            ]
            facets = _facets(ranked.cards()) if query.counted else {}
        shown = ((records.articles.get(card.number), points, why) for card, points, why in page)
        matches = tuple(Match(case, points, why) for case, points, why in shown if case)
        return Found(matches, ranked.total, facets, shelf.behind)

    def _brought_to(self, entries: Entries) -> Shelf:
        """Return the shelf as it should be now; it must be used before another thread brings it further."""
        dictionary, shelf = self._dictionary(), brought_to(self._shelf, entries)
        if dictionary is not self._known or shelf is not self._shelf:
            self._known = dictionary
            for word in dictionary.words:
                shelf.vocabulary.add(word)
        self._shelf = shelf
        return shelf


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Cases by points, best first, and behind them those that were not looked at closer."""

    best: list[tuple[float, str, str, Entry]]
    others: list[Entry]

    @property
    def total(self) -> int:
        return len(self.best) + len(self.others)

    def first(self, most: int) -> list[tuple[float, str, str, Entry]]:
        """Return the first so many."""
        more = self.others[: max(0, most - len(self.best))]
        return [*self.best[:most], *((0.0, card.closed_at, card.number, card) for card in more)]

    def cards(self) -> Iterator[Entry]:
        """Return all of them."""
        return chain((card for *_, card in self.best), self.others)


def _ranked(
    shelf: Shelf, query: Query, said: dict[int, float], helped: Mapping[str, int]
) -> _Ranked:
    if not said:
        return _by_context(shelf, query, helped)
    cut = _LEAST * max(said.values())
    fitting = {row: says for row, says in said.items() if says >= cut}
    for number in query.leave_out:
        fitting.pop(shelf.rows.get(number, -1), None)
    if query.only:
        fitting = {r: s for r, s in fitting.items() if (c := shelf.cards[r]) and _fits(query, c)}
    rows = best_rows(fitting)[: max(_MOST_COMPARED, max(query.start, 0) + max(query.most, 0))]
    best = []
    for row in rows:
        card = shelf.cards[row]
        if card:
            points = fitting.pop(row) * (1 + worth(query, card)) * _help(helped, card)
            best.append((points, card.closed_at, card.number, card))
    best.sort(reverse=True, key=itemgetter(0, 1, 2))
    return _Ranked(best, [card for row in fitting if (card := shelf.cards[row])])


def _by_context(shelf: Shelf, query: Query, helped: Mapping[str, int]) -> _Ranked:
    everything = not query.words.strip() and not has_context(query)
    best = []
    asked = [(name, getattr(query, name).casefold()) for name in COMMON if getattr(query, name)]
    lists = [shelf.alike.get(one, ())[-_MOST_ALIKE:] for one in asked]
    latest = range(max(0, len(shelf.cards) - _MOST_LATEST), len(shelf.cards))
    for row in latest if everything else set(chain.from_iterable(lists)):
        card = shelf.cards[row]
        if card and _shown(query, card):
            points = worth(query, card) * _help(helped, card)
            if points or everything:
                best.append((points, card.closed_at, card.number, card))
    best.sort(reverse=True, key=itemgetter(0, 1, 2))
    return _Ranked(best, [])


def _shown(query: Query, card: Entry) -> bool:
    return card.number not in query.leave_out and _fits(query, card)


def _help(helped: Mapping[str, int], card: Entry) -> float:
    if not (helped and card.number in helped):
        return 1.0
    count = max(helped[card.number], 0)
    return 1 + _HELPED_AT_MOST * min(1.0, log2(1 + count) / _HELPED_ENOUGH)


def _fits(query: Query, card: Entry) -> bool:
    """Tell whether a case passes the filters: one of the values of each attribute. Unknown attributes do not filter."""
    wanted: dict[str, set[str]] = {}
    for name, value in query.only:
        if name in _ONLY:
            wanted.setdefault(name, set()).add(value)
    return all(str(getattr(card, name)) in values for name, values in wanted.items())


def _facets(found: Iterable[Entry]) -> dict[str, tuple[tuple[str, int], ...]]:
    cards = list(found)
    counts = {name: Counter(str(getattr(card, name)) for card in cards) for name in FACETS}
    return {
        name: tuple(sorted(((v, n) for v, n in count.items() if v), key=lambda c: (-c[1], c[0])))
        for name, count in counts.items()
    }
