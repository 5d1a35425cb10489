"""What the desk tells, once it has been read. All texts are plain, and none is to be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Agency:
    """An OPD: its identifier in the desk's registry, and its name."""

    id: str
    name: str


@dataclass(frozen=True)
class Site:
    """A registered place of an OPD."""

    id: str
    name: str


@dataclass(frozen=True)
class OpenTicket:
    """A fault that is being handled. `step` of 14; `since` the day of the letter."""

    number: str
    subject: str
    step: int
    step_name: str
    since: date | None
    url: str


@dataclass(frozen=True)
class Case:
    """A fault that was solved, as the wiki shows it."""

    number: str
    title: str
    resolved: date | None
    fault: str
    url: str


@dataclass(frozen=True)
class Hit:
    """A case that was found, with the words in it that fit."""

    case: Case
    agency: str
    passage: str


@dataclass(frozen=True)
class Overview:
    """What concerns one OPD: what is open, newest cases first, its places.

    `waiting` is how many tickets are open; the desk shows the newest of them.
    """

    agency: Agency
    waiting: int
    open: tuple[OpenTicket, ...]
    cases: tuple[Case, ...]
    sites: tuple[Site, ...]


@dataclass(frozen=True)
class Found:
    """What a search found, and how many cases more there are."""

    hits: tuple[Hit, ...]
    more: int


@dataclass(frozen=True)
class Receipt:
    """A letter that the desk has taken in.

    Args:
        number: The ticket's.
        agenda: Its number in the agenda book, maybe empty.
        registered: When it was written down.
        url: Where the ticket is seen at the desk, maybe empty.
        other: The same form was taken in before, with other words: what was changed is not in it.
    """

    number: str
    agenda: str
    registered: datetime | None
    url: str
    other: bool = False
