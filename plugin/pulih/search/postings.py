"""Which case has which term, and how much it says there: the archive in memory, in the order in which cases came."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from math import log

from pulih.domain.weighing import FULL, Weights

_BITS = FULL.bit_length()


@dataclass(slots=True)
class Posting:
    """The cases with a term, as row numbers that rise, each with what the term says there.

    Attributes:
        says: A row and its weight in one number, which is half as much to write and to hold as two lists.
    """

    says: array[int] = field(default_factory=lambda: array("I"))

    def __len__(self) -> int:
        return len(self.says)

    def place(self, row: int) -> int:
        """Return where the first case stands that is not before this row."""
        return bisect_left(self.says, row << _BITS)

    def gains(self, share: float, begin: int = 0) -> dict[int, float]:
        """Return row -> so many shares as the term says there, from this place on."""
        table = [share * weight for weight in range(FULL + 1)]
        return {one >> _BITS: table[one & FULL] for one in self.says[begin:]}

    def at(self, row: int) -> int:
        """Return what the term says of one case; 0 where the case does not have it."""
        says = self.says
        at = bisect_left(says, row << _BITS)
        return says[at] & FULL if at < len(says) and says[at] >> _BITS == row else 0

    def drop(self, row: int) -> bool:
        """Take a case out; tell whether it was in."""
        at = bisect_left(self.says, row << _BITS)
        if at == len(self.says) or self.says[at] >> _BITS != row:
            return False
        del self.says[at]
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
        known, high = self.by_term.get, row << _BITS
        for term, weight in weights.items():
            posting = known(term)
            if posting is None:
                posting = self.by_term[term] = Posting()
                new.append(term)
            posting.says.append(high | weight)
        self.cases += 1
        return new

    def drop(self, row: int) -> None:
        """Take a case out."""
        for term in [term for term, posting in self.by_term.items() if posting.drop(row)]:
            if not self.by_term[term].says:
                del self.by_term[term]
        self.cases -= 1

    def of(self, term: str) -> Posting:
        """Return the cases with a term."""
        return self.by_term.get(term, NONE)

    def count(self, term: str) -> int:
        """Return how many cases have a term."""
        return len(self.of(term))

    def rarity(self, term: str) -> float:
        """Return how much the mere presence of a term says."""
        count = self.count(term)
        return log(1 + (self.cases - count + 0.5) / (count + 0.5)) / FULL
