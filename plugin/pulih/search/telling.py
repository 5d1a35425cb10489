"""What an answer says of each case: why it is shown, its passage, cause and fix, how long it took, if it came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pulih.domain.article import Article
from pulih.domain.search import Entry, Match, Query
from pulih.ports import Records
from pulih.search.listing import Place
from pulih.search.passages import line, spoken
from pulih.search.ranking import Weighed
from pulih.search.reasons import Answer, answers, marks_of, reasons
from pulih.search.shelf import Shelf

_YEAR = timedelta(365)


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found, before it was read.

    Attributes:
        answers: How it answers the words of the query.
        times: How often its agency had its fault in the twelve months until now, where it is the agency that asks.
    """

    card: Entry
    score: float
    answers: Sequence[Answer]
    times: int
    came_back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of the cases that a query found.

    Attributes:
        words: Of the query, ready to be weighed.
        helped: Case -> how often it helped.
        last_return: The day a case was resolved -> the last day on which its fault counts as back.
    """

    shelf: Shelf
    query: Query
    words: Sequence[Weighed]
    helped: Mapping[str, int]
    last_return: Callable[[date], date]

    def hits(self, places: Sequence[Place]) -> list[Hit]:
        """Return what there is to tell of some cases, in their order, as far as the shelf knows it."""
        return [self._hit(points, card) for points, _closed, _number, card in places]

    def told(self, records: Records, hits: Sequence[Hit]) -> tuple[Match, ...]:
        """Return the cases with all that is to be told of them."""
        read = ((hit, records.articles.get(hit.card.number)) for hit in hits)
        return tuple(self._told(hit, article) for hit, article in read if article)

    def _hit(self, points: float, card: Entry) -> Hit:
        times = self._times(card) if self.query.agency == card.agency else 0
        found = answers(self.words, self.shelf.rows[card.number])
        return Hit(card, points, found, times, self._came_back(card))

    def _told(self, hit: Hit, article: Article) -> Match:
        said = spoken(article, marks_of(hit.answers))
        helped = self.helped.get(article.number, 0)
        return Match(
            article=article,
            score=hit.score,
            reasons=reasons(self.query, hit.card, hit.answers, said.written, hit.times, helped),
            passage=said.passage,
            cause=line(article.cause),
            fix=line(article.actions, article.on_site, article.remote),
            took=timedelta(hours=article.working_hours) if article.working_hours > 0 else None,
            came_back=hit.came_back,
        )

    def _times(self, card: Entry) -> int:
        """Return how often the agency had this fault in the twelve months until now."""
        if not self.query.today:
            return 0
        first = (self.query.today - _YEAR).isoformat()
        return sum(one.resolved >= first for one in self.shelf.same("agency", card))

    def _came_back(self, card: Entry) -> tuple[str, ...]:
        """Return the numbers of the cases that came back from one, as `domain.recurrence` has it."""
        last = self.last_return(date.fromisoformat(card.resolved)).isoformat()
        found = {one.number for one in self.shelf.returned(card)}
        for one in (*self.shelf.same("agency", card), *self.shelf.same("device", card)):
            if card.resolved <= one.reported <= last and _order(one) > _order(card):
                found.add(one.number)
        return tuple(sorted(found - {card.number, *self.query.leave_out}))


def _order(card: Entry) -> tuple[str, str, str]:
    return card.resolved, card.closed_at, card.number
