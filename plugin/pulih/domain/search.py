"""Asking for past cases, and what an answer says of itself. No index here."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Match:
    """A case that was found, and why it is shown."""

    article: Article
    score: float
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: this page of matches, how many there are, and counts a facet.

    `facets` maps an `Article` attribute to (value, count) pairs, largest first.
    """

    matches: tuple[Match, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
