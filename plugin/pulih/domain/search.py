"""Asking for past cases, what is kept of each for it, and what an answer says of itself. No index here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pulih.domain.article import Article
from pulih.wording import Sentence


@dataclass(frozen=True, slots=True)
class Query:
    """What is known about the case at hand.

    Attributes:
        words: Free text: a few words, or a whole complaint.
        agency, site, device, device_kind, device_make, fault_type: Known context: raises likeness, never hides a case.
        findings: Fault types that the diagnosis holds for possible: as `fault_type`, but each says less.
        only: Facets that hide what does not fit: `Article` attribute -> value.
        leave_out: Numbers not to show.
        most: The most matches to return, from `start`.
        unfit: Numbers that were said not to fit; they come last.
        counted: Whether facets are wanted; they cost as much as all the rest.
        today: The day it is asked on, in the office; None where neither recency nor the last twelve months count.
    """

    words: str = ""
    agency: str = ""
    site: str = ""
    device: str = ""
    device_kind: str = ""
    device_make: str = ""
    fault_type: str = ""
    findings: tuple[str, ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    leave_out: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    start: int = 0
    most: int = 5
    counted: bool = True
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of a case.

    Attributes:
        seq: Rises with every case that is kept, and with every change of one.
        seal: That of the case it was made from.
        weights: What each term of the case says, from 1 to 255.
        reported, resolved: Dates, as ISO writes them.
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
    reported: str = ""
    resolved: str = ""
    recurrence_of: str = ""


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
class Piece:
    """A part of a passage; `marked` where it answers a word of the query."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a case that answer a query best, cut from one of its fields.

    Attributes:
        label: What the field is called.
    """

    label: Sentence
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A case that was found, and why it is shown.

    Attributes:
        cause, fix: One line each; empty where the case does not say.
        took: From the letter to the confirmed repair, by the clock of the office; None where it is not known.
        came_back: Numbers of the later cases in which it recurred.
    """

    article: Article
    score: float
    reasons: tuple[Sentence, ...]
    passage: Passage | None = None
    cause: str = ""
    fix: str = ""
    took: timedelta | None = None
    came_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket that is not at its end, as it is searched.

    Attributes:
        version: The ticket's.
        step: The row of the procedure that is due.
        told: What it says so far, as it was typed: nothing in it is masked.
    """

    version: int
    step: int
    told: Article


@dataclass(frozen=True, slots=True)
class OpenMatch:
    """An open ticket that a query fits, for "sedang ditangani"."""

    number: str
    agency_name: str
    subject: str
    step: int
    received: date
    score: float
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: this page of matches, how many there are, and counts a facet.

    Attributes:
        facets: `Article` attribute -> (value, count) pairs, largest first.
        behind: How many cases were read anew for it, because the index was missing or older than they are.
        instead: The query as it may have been meant, where other words were found in the place of some; else empty.
        near: Where nothing fits: cases that come nearest, which answer a part of the query or pass no filter.
        wider: Where filters leave nothing or little: (attribute, value, how many more without it).
        open: Open tickets that fit, best first.
    """

    matches: tuple[Match, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    behind: int = 0
    instead: str = ""
    near: tuple[Match, ...] = ()
    wider: tuple[tuple[str, str, int], ...] = ()
    open: tuple[OpenMatch, ...] = ()
