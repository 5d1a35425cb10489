"""Which cases an answer lists, and in which order: by words, and among those that say about as much, by context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from math import log2
from operator import itemgetter

from pulih.domain.search import Entry, Query
from pulih.domain.words import tokens
from pulih.search.context import SHARES, has_context, worth
from pulih.search.ranking import best_rows
from pulih.search.shelf import COMMON, Shelf
from pulih.search.voting import gains

FACETS = ("agency", "device_kind", "fault_type", "year", "solution_class")
_ONLY = frozenset({*FACETS, "device", "device_make", "site"})
# Of the score: they order cases that are about as good, and never bury a better one.
HELPED_AT_MOST, RECENT_AT_MOST = 0.05, 0.03
_HELPED_ENOUGH = 5  # doublings of the count
_HALF_AS_RECENT = 730  # days
_LEAST = 0.12  # of the best score: below it, words have met by chance
_COMMON_ALONE = 0.2  # of the best score: what all in common says, however little the words do
_MOST_COMPARED = 100  # of the best by words: among these, context decides
_FEW = 5  # found by words; fewer are followed by others with the fault that they tell of
_OTHER = "lainnya"  # the fault of cases that have none in common
_IN_SIGHT = 3
_USUAL = 0.2  # of all cases: a fault that more of them have leads nowhere
_LESS = 0.5  # of the last that words found: what one of those others has
_MOST_ALIKE = 2000  # of the latest cases with the same agency, or device, or fault
_MOST_LATEST = 20_000  # that are listed where nothing is asked
_MOST_UNFIT = 10  # of those that were said not to fit, shown after the others

Place = tuple[float, str, str, Entry]


@dataclass(frozen=True, slots=True)
class Listing:
    """Cases by points, best first; behind them those that were not looked at closer, and last those that do not fit.

    Attributes:
        others: Rows of the shelf.
    """

    best: list[Place]
    others: list[int]
    unfit: list[Place]
    shelf: Shelf

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.best) + len(self.others) + len(self.unfit)

    def page(self, start: int, most: int) -> list[Place]:
        """Return a part of them; what was said not to fit comes after the first part, however small that is."""
        start, end = max(start, 0), max(start, 0) + max(most, 0)
        rest = self.others[max(0, start - len(self.best)) : max(0, end - len(self.best))]
        behind = self.unfit[:_MOST_UNFIT] if start == 0 and most > 0 else []
        return [
            *self.best[start:end],
            *((0.0, card.closed_at, card.number, card) for card in self._cards(rest)),
            *behind,
        ]

    def cards(self) -> Iterator[Entry]:
        """Return all of them."""
        rest = self._cards(self.others)
        return chain((card for *_, card in self.best), rest, (card for *_, card in self.unfit))

    def _cards(self, rows: Iterable[int]) -> Iterator[Entry]:
        return (card for row in rows if (card := self.shelf.cards[row]))


def listed(
    shelf: Shelf, query: Query, said: Mapping[int, float], helped: Mapping[str, int]
) -> Listing:
    """Return the cases for a query.

    Args:
        said: Row -> what the words of the query say of it.
    """
    best, others = (
        _by_words(shelf, query, said, helped) if said else _by_context(shelf, query, helped)
    )
    if not query.unfit:
        return Listing(best, others, [], shelf)
    unfit = [place for place in best if place[2] in query.unfit]
    fit = [place for place in best if place[2] not in query.unfit]
    return Listing(fit, others, unfit, shelf)


def wider(
    shelf: Shelf, query: Query, said: Mapping[int, float], total: int
) -> tuple[tuple[str, str, int], ...]:
    """Return what each filter hides: attribute, value, and how many more there are without it."""
    found = {}
    for name, value in query.only:
        if name in found or name not in _ONLY:
            continue
        only = tuple(one for one in query.only if one[0] != name)
        more = listed(shelf, replace(query, only=only), said, {}).total - total
        found[name] = (name, value, more)
    return tuple(sorted((one for one in found.values() if one[2] > 0), key=lambda one: -one[2]))


def facets(listing: Listing) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return for each facet its values with how many cases have them, the largest first."""
    cards = list(listing.cards())
    counts = {name: Counter(str(getattr(card, name)) for card in cards) for name in FACETS}
    return {
        name: tuple(sorted(((v, n) for v, n in count.items() if v), key=lambda c: (-c[1], c[0])))
        for name, count in counts.items()
    }


def _by_words(
    shelf: Shelf, query: Query, said: Mapping[int, float], helped: Mapping[str, int]
) -> tuple[list[Place], list[int]]:
    out = shelf.rows.keys() & {*query.leave_out, *query.unfit}
    left = {**said, **{shelf.rows[number]: 0.0 for number in out}} if out else said
    top = max(left.values())
    cut = _LEAST * top
    rows = {row: says for row, says in said.items() if says >= cut}
    everywhere = replace(query, only=())
    if (
        query.only and len(_passing(shelf, everywhere, rows)) < _FEW
    ):  # others follow, filtered or not
        best, _others = _by_words(shelf, everywhere, said, helped)
        return [place for place in best if passes(query, place[3])], []
    fitting = _passing(shelf, query, rows)
    best = []
    for row in best_rows(fitting, _compared(query)):
        if card := shelf.cards[row]:
            common = worth(query, card)
            says = fitting.pop(row) * (1 + common) + _COMMON_ALONE * top * common
            points = says * _little(query, card, helped)
            best.append((points, card.closed_at, card.number, card))
    best.sort(reverse=True, key=itemgetter(0, 1, 2))
    gained = gains([(points, card.fault_type) for points, *_, card in best], query.fault_type)
    first = best[0][2] if best else ""
    best = [(p + gained.get(c.fault_type, 0.0), at, n, c) for p, at, n, c in best]
    best.sort(reverse=True, key=itemgetter(0, 1, 2))
    _keep_in_sight(best, first)
    _put_first(best, {*tokens(query.words)})
    if gained and len(best) < _FEW and not query.only:
        best += _with_its_fault(shelf, max(gained, key=gained.__getitem__), best, out)
    return best, list(fitting)


def _keep_in_sight(best: list[Place], number: str) -> None:
    """Leave a case among the first, whatever the others gained: they may have been wrong about the fault."""
    at = next((n for n, place in enumerate(best) if place[2] == number), 0)
    if at >= _IN_SIGHT:
        *_, closed_at, _number, card = best.pop(at)
        best.insert(_IN_SIGHT - 1, (best[_IN_SIGHT - 1][0], closed_at, number, card))


def _put_first(best: list[Place], words: Collection[str]) -> None:
    """Put the cases first whose numbers were typed, before those that mention them."""
    for at, (*_, number, _card) in enumerate(best):
        if at and number.casefold() in words:
            _points, closed_at, _number, card = best.pop(at)
            best.insert(0, (best[0][0], closed_at, number, card))


def _with_its_fault(
    shelf: Shelf, fault: str, best: Sequence[Place], out: Collection[str]
) -> list[Place]:
    """Return the latest cases of a fault, after the few that words found: what helped there may help here."""
    known = {*out, *(number for *_, number, _card in best)}
    having = shelf.alike["fault_type", fault.casefold()]
    says_little = fault == _OTHER or len(having) > _USUAL * len(shelf.rows)
    rows = () if says_little else reversed(having)
    cards = (shelf.cards[row] for row in rows)
    more = (card for card in cards if card and card.number not in known)
    return [
        (best[-1][0] * _LESS, card.closed_at, card.number, card)
        for card in islice(more, _FEW - len(best))
    ]


def _by_context(
    shelf: Shelf, query: Query, helped: Mapping[str, int]
) -> tuple[list[Place], list[int]]:
    if not query.words.strip() and not has_context(query):
        return _latest(shelf, query), []
    fitting: dict[int, float] = {}
    asked = [(name, getattr(query, name)) for name in COMMON if getattr(query, name)]
    for name, value in [*asked, *(("findings", one) for one in query.findings)]:
        key = ("fault_type" if name == "findings" else name), value.casefold()
        alike = dict.fromkeys(shelf.alike.get(key, ())[-_MOST_ALIKE:], SHARES[name])
        for row in alike.keys() & fitting.keys():
            alike[row] += fitting[row]
        fitting |= alike
    fitting = _passing(shelf, query, dict(sorted(fitting.items())))
    best = []
    for row in best_rows(fitting, _compared(query)):
        if card := shelf.cards[row]:
            points = worth(query, card) * _little(query, card, helped)
            del fitting[row]
            if points:
                best.append((points, card.closed_at, card.number, card))
    best.sort(reverse=True, key=itemgetter(0, 1, 2))
    return best, list(fitting)


def _latest(shelf: Shelf, query: Query) -> list[Place]:
    latest = range(max(0, len(shelf.cards) - _MOST_LATEST), len(shelf.cards))
    fitting = _passing(shelf, query, dict.fromkeys(latest, 0.0))
    cards = (card for row in fitting if (card := shelf.cards[row]))
    best = [(0.0, card.closed_at, card.number, card) for card in cards]
    return sorted(best, reverse=True, key=itemgetter(0, 1, 2))


def _compared(query: Query) -> int:
    return max(_MOST_COMPARED, max(query.start, 0) + max(query.most, 0)) + len(query.unfit)


def _passing(shelf: Shelf, query: Query, rows: dict[int, float]) -> dict[int, float]:
    """Return the rows that are not left out and pass the filters."""
    for number in query.leave_out:
        rows.pop(shelf.rows.get(number, -1), None)
    if not query.only:
        return rows
    return {row: x for row, x in rows.items() if (c := shelf.cards[row]) and passes(query, c)}


def _little(query: Query, card: Entry, helped: Mapping[str, int]) -> float:
    """Return what counts a little: that a case is recent, and that it helped before."""
    more = 1.0
    if query.today and card.resolved:
        age = max(0, (query.today - date.fromisoformat(card.resolved)).days)
        more += RECENT_AT_MOST * 0.5 ** (age / _HALF_AS_RECENT)
    if count := max(helped.get(card.number, 0), 0):
        more += HELPED_AT_MOST * min(1.0, log2(1 + count) / _HELPED_ENOUGH)
    return more


def passes(query: Query, card: Entry) -> bool:
    """Tell whether a case passes the filters: one of the values of each attribute. Unknown attributes do not filter."""
    wanted: dict[str, set[str]] = {}
    for name, value in query.only:
        if name in _ONLY:
            wanted.setdefault(name, set()).add(value)
    return all(str(getattr(card, name)) in values for name, values in wanted.items())
