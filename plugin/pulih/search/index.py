"""Past cases by words and by context, with the reasons for each; and the open tickets that are like them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from threading import Lock

from pulih.domain.calendar import Calendar
from pulih.domain.recurrence import last_returns
from pulih.domain.search import Found, OpenMatch, Query
from pulih.domain.words.dictionary import Dictionary
from pulih.ports import Entries, Records
from pulih.search.asking import Asked
from pulih.search.listing import facets, listed, wider
from pulih.search.misses import meant, resembling
from pulih.search.ranking import score, weighed
from pulih.search.shelf import Shelf, brought_to
from pulih.search.telling import Hit, Teller
from pulih.search.waiting import Read, Waiting

_EVERY_WEEKDAY = Calendar(UTC)
_LITTLE = 5  # matches; where filters leave fewer, what each of them hides is told
_MOST_NEAR = 3


class WordIndex:
    """Searches the archive in memory, which is read from the store once, and then only what has come since.

    Args:
        dictionary: Gives the office's dictionary as it is now.
        calendar: The office's, for the working days in which a fault comes back.
    """

    def __init__(
        self,
        dictionary: Callable[[], Dictionary] = Dictionary,
        calendar: Calendar = _EVERY_WEEKDAY,
    ) -> None:
        self._dictionary = dictionary
        self._last_return = last_returns(calendar)
        self._lock = Lock()
        self._known = Dictionary()
        self._shelf = Shelf()
        self._waiting = Waiting()

    @property
    def behind(self) -> int:
        """How many of the cases that were read last had no entry that fits."""
        return self._shelf.behind

    def find(self, query: Query, records: Records, helped: Mapping[str, int]) -> Found:
        """Return the best matches; with no words and no context, the newest. Never raises on odd words.

        What matches neither a word nor the context is no match; only where words find fewer than five cases, the
        latest with the fault that those tell of follow. Facets count all matches, not only this page.
        """
        with self._lock:
            shelf = self._brought_to(records.entries)
            asked = shelf.reader(self._known).read(query.words)
            words = weighed(shelf.postings, asked)
            said = score(shelf.postings, words)
            listing = listed(shelf, query, said, helped)
            total = listing.total
            teller = Teller(shelf, query, words, helped, self._last_return)
            hits = teller.hits(listing.page(query.start, query.most))
            counts = facets(listing) if query.counted else {}
            hidden = wider(shelf, query, said, total) if query.only and total < _LITTLE else ()
            if not said:
                asked = resembling(shelf, query.words)
            near = [] if total else _nearest(teller, asked)
            behind = shelf.behind
        matches, almost = teller.told(records, hits), teller.told(records, near)
        return Found(
            matches,
            total,
            counts,
            behind,
            instead=meant(query.words, asked, (one.article for one in (*matches, *almost))),
            near=almost,
            wider=hidden,
        )

    def waiting(
        self, query: Query, versions: Mapping[str, int], read: Read
    ) -> tuple[OpenMatch, ...]:
        """Return the open tickets that a query fits, best first. Never raises on odd words.

        Args:
            versions: Of all open tickets: number -> version. Which of them are shown, `query.only` says.
            read: Reads one, or None where it cannot be read; asked only for what is new, or another version than
                before.
        """
        with self._lock:
            self._waiting.bring(versions, read)
            return self._waiting.find(query, self._dictionary())

    def _brought_to(self, entries: Entries) -> Shelf:
        """Return the shelf as it should be now; it must be used before another thread brings it further."""
        dictionary, shelf = self._dictionary(), brought_to(self._shelf, entries)
        if dictionary is not self._known or shelf is not self._shelf:
            self._known = dictionary
            for word in dictionary.words:
                shelf.vocabulary.add(word)
        self._shelf = shelf
        return shelf


def _nearest(teller: Teller, asked: Sequence[Asked]) -> list[Hit]:
    """Return what comes nearest where nothing fits: the cases for these words, whatever the filters are."""
    words = weighed(teller.shelf.postings, asked)
    query = replace(teller.query, only=())
    said = score(teller.shelf.postings, words)
    places = listed(teller.shelf, query, said, teller.helped).page(0, _MOST_NEAR) if said else []
    return replace(teller, query=query, words=words).hits(places)
