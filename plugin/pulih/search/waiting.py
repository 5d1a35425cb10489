"""Open tickets that are like a query, for "sedang ditangani": the same reading and weighing as for the cases.

There are some hundred at most, so they are kept in memory, each as it was in the version that was read last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log
from operator import itemgetter

from pulih.domain.search import Entry, OpenMatch, OpenTicket, Query
from pulih.domain.weighing import FULL, entry_of
from pulih.domain.words import terms
from pulih.domain.words.courtesy import COURTESY
from pulih.domain.words.dictionary import Dictionary
from pulih.search.asking import Asked, How
from pulih.search.context import worth
from pulih.search.listing import passes
from pulih.search.passages import spoken
from pulih.search.ranking import Weighed, best_rows, score, weighed
from pulih.search.reasons import Answer, answers, marks_of, reasons
from pulih.search.shelf import Shelf

# Of what the query says; a ticket is like it that has so much of it in places that weigh, or has nearly all of it.
_LEAST, _NEARLY_ALL = 0.35, 0.75
_MOST_SAYING = 12  # words of a query that a ticket is held against: those that say most
_LONGEST_TEXT = 10_000
_MOST_COMPARED = 40
_NEARLY = 0.5  # what a word says that only points to what a ticket has
_MOST_SHOWN = 5
_SPARE = 256  # rows of tickets that are no more, before the shelf is made anew

Read = Callable[[str], OpenTicket | None]


class Waiting:
    """The open tickets in memory. One thread at a time may use it."""

    def __init__(self) -> None:
        self._shelf = Shelf()
        self._tickets: dict[str, OpenTicket] = {}
        self._entries: dict[str, Entry] = {}
        self._dictionary = Dictionary()

    def bring(self, versions: Mapping[str, int], read: Read) -> None:
        """Bring the tickets to these versions: only what is new or another is read.

        Raises:
            Whatever `read` does; what was brought until then stays right.
        """
        known = self._tickets
        gone = [n for n, one in known.items() if versions.get(n) != one.version]
        for number in gone:
            self._shelf.take_out(number)
            del known[number], self._entries[number]
        if len(self._shelf.cards) > 2 * len(versions) + _SPARE:
            self._shelf, self._dictionary = Shelf(), Dictionary()
            self._shelf.add(self._entries.values())
        for number in versions:
            if number not in known and (ticket := read(number)):
                entry = entry_of(ticket.told)
                self._shelf.add([entry])
                known[number], self._entries[number] = ticket, entry

    def find(self, query: Query, dictionary: Dictionary) -> tuple[OpenMatch, ...]:
        """Return the tickets that a query fits, best first: those that answer enough of it, and those of its device."""
        shelf = self._shelf
        if dictionary is not self._dictionary:
            self._dictionary = dictionary
            for word in dictionary.words:
                shelf.vocabulary.add(word)
        words = weighed(shelf.postings, shelf.reader(dictionary).read(query.words))
        whole = _whole(shelf, query.words, words)
        said = score(shelf.postings, words)
        device = shelf.alike.get(("device", query.device.casefold()), ()) if query.device else ()
        found = []
        for row in dict.fromkeys((*device, *best_rows(said)[:_MOST_COMPARED])):
            card = shelf.cards[row]
            if card and card.number not in query.leave_out and passes(query, card):
                answered = answers(words, row)
                weight, share = said.get(row, 0.0), sum(_says(shelf, one) for one in answered)
                if row in device or weight >= _LEAST * whole or share >= _NEARLY_ALL * whole:
                    points = (weight + share) * (1 + worth(query, card))
                    found.append((points, card.closed_at, card.number, card, answered))
        found.sort(reverse=True, key=itemgetter(0, 1, 2))
        return tuple(
            self._match(query, card, points, answered)
            for points, _closed, _number, card, answered in found[:_MOST_SHOWN]
        )

    def _match(
        self, query: Query, card: Entry, points: float, answered: Sequence[Answer]
    ) -> OpenMatch:
        ticket = self._tickets[card.number]
        return OpenMatch(
            number=ticket.told.number,
            agency_name=ticket.told.agency_name,
            subject=ticket.told.title,
            step=ticket.step,
            received=ticket.told.reported,
            score=points,
            reasons=reasons(query, card, answered, spoken(ticket.told, marks_of(answered)).written),
        )


def _whole(shelf: Shelf, text: str, words: Sequence[Weighed]) -> float:
    """Return what a query says in all, by the words that say most; what no ticket has says most of all.

    Phrases say nothing that their words do not.
    """
    single = [word.asked for word in words if " " not in word.asked.word]
    strange = len({term for term in terms(text[:_LONGEST_TEXT]) if term not in COURTESY}) - len(
        single
    )
    said = [_rarity(shelf, asked) for asked in single]
    said += [log(2 * len(shelf.rows) + 2)] * max(0, strange)
    return sum(sorted(said, reverse=True)[:_MOST_SAYING])


def _says(shelf: Shelf, answer: Answer) -> float:
    return _rarity(shelf, answer.asked) * (_NEARLY if answer.way.how is How.NEAR else 1)


def _rarity(shelf: Shelf, asked: Asked) -> float:
    return FULL * max(shelf.postings.rarity(term) for term in asked.ways[0].terms)
