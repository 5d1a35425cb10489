"""Which case has which term, and how much it says there: the archive in memory, in the order in which cases came."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log

from pulih.domain.weighing import FULL, Weights


@dataclass(slots=True)
class Posting:
    """The cases with a term, as row numbers that rise, and beside each what the term says there."""

    rows: array[int] = field(default_factory=lambda: array("I"))
    weights: bytearray = field(default_factory=bytearray)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Return the rows and weights."""
        return zip(self.rows, self.weights, strict=True)

    def at(self, row: int) -> int:
        """Return what the term says of one case; 0 where the case does not have it."""
        at = bisect_left(self.rows, row)
        return self.weights[at] if at < len(self.rows) and self.rows[at] == row else 0

    def drop(self, row: int) -> bool:
        """Take a case out; tell whether it was in."""
        at = bisect_left(self.rows, row)
        if at == len(self.rows) or self.rows[at] != row:
            return False
        del self.rows[at], self.weights[at]
        return True


NONE = Posting()


class Postings:
    """All terms of an archive. One thread at a time may change it."""

    def __init__(self) -> None:
        self.by_term: dict[str, Posting] = {}
        self.cases = 0

    def add(self, row: int, weights: Weights) -> list[str]:
        """Add a case with a row higher than all before; return the terms that are new."""
        new = []
        for term, weight in weights.items():
            posting = self.by_term.get(term)
            if posting is None:
                posting = self.by_term[term] = Posting()
                new.append(term)
            posting.rows.append(row)
            posting.weights.append(weight)
        self.cases += 1
        return new

    def drop(self, row: int) -> None:
        """Take a case out."""
        for term in [term for term, posting in self.by_term.items() if posting.drop(row)]:
            if not self.by_term[term].rows:
                del self.by_term[term]
        self.cases -= 1

    def of(self, term: str) -> Posting:
        """Return the cases with a term."""
        return self.by_term.get(term, NONE)

    def count(self, term: str) -> int:
        """Return how many cases have a term."""
        return len(self.of(term).rows)

    def rarity(self, term: str) -> float:
        """Return how much the mere presence of a term says."""
        count = self.count(term)
        return log(1 + (self.cases - count + 0.5) / (count + 0.5)) / FULL
