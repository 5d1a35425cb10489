"""Past cases by words and by context, with the reasons for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import log2
from threading import Lock

from pulih.domain.article import Article
from pulih.domain.search import Found, Match, Query
from pulih.domain.words.dictionary import Dictionary
from pulih.search.context import has_context, worth
from pulih.search.ranking import score
from pulih.search.reasons import reasons
from pulih.search.shelf import Shelf

FACETS = ("agency", "device_kind", "fault_type", "year", "solution_class")
_ONLY = frozenset({*FACETS, "device", "device_make", "site"})
_HELPED_AT_MOST = (
    0.05  # of the score: orders cases that are about as good, never buries a better one
)
_HELPED_ENOUGH = 5  # doublings of the count
_LEAST = 0.12  # of the best score: below it, words have met by chance
_CONTEXT_ALONE = 0.02  # of the best score, for each thing in common


class WordIndex:
    """Searches the archive in memory.

    Args:
        dictionary: Gives the office's dictionary as it is now.
    """

    def __init__(self, dictionary: Callable[[], Dictionary] = Dictionary) -> None:
        self._dictionary = dictionary
        self._lock = Lock()
        self._known: Dictionary | None = None
        self._shelf = Shelf()

    def find(self, query: Query, articles: Sequence[Article], helped: Mapping[str, int]) -> Found:
        """Return the best matches; with no words and no context, the newest. Never raises on odd words.

        What matches neither a word nor the context is no match. Facets count all matches, not only this page.
        """
        with self._lock:
            shelf = self._brought_to(articles)
            asked = shelf.reader(self._known or Dictionary()).read(query.words)
            said = score(shelf.postings, asked)
            matches = self._matches(shelf, query, said, helped)
            matches.sort(reverse=True)
            start = max(query.start, 0)
            page = tuple(
                Match(case, worth_, reasons(query, case, asked, shelf, helped))
                for worth_, _closed, _number, case in matches[start : start + max(query.most, 0)]
            )
            return Found(page, len(matches), _facets([case for *_, case in matches]))

    def _brought_to(self, articles: Sequence[Article]) -> Shelf:
        dictionary = self._dictionary()
        self._shelf = self._shelf.bring_to(articles)
        if dictionary is not self._known or not self._shelf.rows:
            self._known = dictionary
        for word in dictionary.words:
            self._shelf.vocabulary.add(word)
        return self._shelf

    def _matches(
        self, shelf: Shelf, query: Query, said: Mapping[int, float], helped: Mapping[str, int]
    ) -> list[tuple[float, object, str, Article]]:
        best = max(said.values(), default=0.0)
        everything = not query.words.strip() and not has_context(query)
        found: list[tuple[float, object, str, Article]] = []
        rows = said or range(len(shelf.articles))
        for row in rows:
            case = shelf.articles[row]
            if case is None or case.number in query.leave_out or not _fits(query, case):
                continue
            common = worth(query, case)
            by_words = said.get(row, 0.0)
            if by_words < _LEAST * best or not (everything or by_words or common):
                continue
            points = by_words * (1 + common) if by_words else common
            points *= 1 + _help(helped.get(case.number, 0))
            found.append((points, case.closed_at, case.number, case))
        return found


def _help(count: int) -> float:
    return _HELPED_AT_MOST * min(1.0, log2(1 + max(count, 0)) / _HELPED_ENOUGH)


def _fits(query: Query, article: Article) -> bool:
    """Tell whether a case passes the filters: one of the values of each attribute. Unknown attributes do not filter."""
    wanted: dict[str, set[str]] = {}
    for name, value in query.only:
        if name in _ONLY:
            wanted.setdefault(name, set()).add(value)
    return all(str(getattr(article, name)) in values for name, values in wanted.items())


def _facets(articles: Sequence[Article]) -> dict[str, tuple[tuple[str, int], ...]]:
    counts = {name: Counter(str(getattr(a, name)) for a in articles) for name in FACETS}
    return {
        name: tuple(sorted(((v, n) for v, n in count.items() if v), key=lambda c: (-c[1], c[0])))
        for name, count in counts.items()
    }
