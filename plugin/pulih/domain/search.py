"""Asking for past cases, what is kept of each for it, and what an answer says of itself. No index here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulih.domain.article import Article
from pulih.wording import Sentence


@dataclass(frozen=True, slots=True)
class Query:
    """What is known about the case at hand.

    Attributes:
        words: Free text: a few words, or a whole complaint.
        agency, device, device_kind, device_make, fault_type: Known context: raises likeness, never hides a case.
        only: Facets that hide what does not fit: `Article` attribute -> value.
        leave_out: Numbers not to show.
        most: The most matches to return, from `start`.
        counted: Whether facets are wanted; they cost as much as all the rest.
    """

    words: str = ""
    agency: str = ""
    device: str = ""
    device_kind: str = ""
    device_make: str = ""
    fault_type: str = ""
    only: tuple[tuple[str, str], ...] = ()
    leave_out: tuple[str, ...] = ()
    start: int = 0
    most: int = 5
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of a case.

    Attributes:
        seq: Rises with every case that is kept, and with every change of one.
        seal: That of the case it was made from.
        weights: What each term of the case says, from 1 to 255.
    """

    seq: int
    seal: str
    number: str
    agency: str
    site: str
    device: str
    device_kind: str
    device_make: str
    fault_type: str
    fault_name: str
    year: int
    solution_class: str
    closed_at: str
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the kept entries stand.

    Attributes:
        last: The highest `seq`; 0 where there is none.
        current: Whether they are those of all cases as they are now, weighed as this Pulih weighs.
        state: Another one for other cases.
    """

    last: int
    current: bool
    state: str


@dataclass(frozen=True, slots=True)
class Match:
    """A case that was found, and why it is shown."""

    article: Article
    score: float
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: this page of matches, how many there are, and counts a facet.

    `behind` says how many cases were read anew for it, because the index was missing or older than they are.
    `facets` maps an `Article` attribute to (value, count) pairs, largest first.
    """

    matches: tuple[Match, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    behind: int = 0
