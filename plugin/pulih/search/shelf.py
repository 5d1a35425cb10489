"""The archive in memory, brought up to the cases that there are, and never behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pulih.domain.article import Article
from pulih.domain.words.dictionary import Dictionary
from pulih.search.asking import Reader
from pulih.search.postings import Postings
from pulih.search.vocabulary import Vocabulary
from pulih.search.weighing import weigh

_TOO_MANY_CHANGES = 64  # cases to take out, one by one, before all is made anew

Key = tuple[str, int]  # number and version of a case


@dataclass(slots=True)
class Shelf:
    """Cases by row, and what their terms say.

    Attributes:
        articles: Row -> case; None where a case is no longer, or was written anew.
        rows: Number -> row.
    """

    postings: Postings = field(default_factory=Postings)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    articles: list[Article | None] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def bring_to(self, articles: Sequence[Article]) -> Shelf:
        """Return the shelf with exactly these cases: this one, changed, or another where that is quicker."""
        now = {article.number: article for article in articles}
        gone = [
            number
            for number, row in self.rows.items()
            if number not in now or _key(now[number]) != _key(self.articles[row])
        ]
        shelf = self if len(gone) <= _TOO_MANY_CHANGES else Shelf()
        for number in gone if shelf is self else ():
            shelf.drop(number)
        shelf.add(article for article in articles if article.number not in shelf.rows)
        return shelf

    def add(self, articles: Iterable[Article]) -> None:
        """Add cases that are not there."""
        for article in articles:
            row = len(self.articles)
            for term in self.postings.add(row, weigh(article)):
                self.vocabulary.add(term)
            self.articles.append(article)
            self.rows[article.number] = row

    def drop(self, number: str) -> None:
        """Take a case out."""
        row = self.rows.pop(number)
        self.postings.drop(row)
        self.articles[row] = None

    def reader(self, dictionary: Dictionary) -> Reader:
        """Return what reads queries on these cases."""
        return Reader(self.postings, self.vocabulary, dictionary)


def _key(article: Article | None) -> Key:
    return (article.number, article.version) if article else ("", 0)
