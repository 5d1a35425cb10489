"""A case with all that came to it since it was closed, as the wiki shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pulih.domain.agency import Device
from pulih.domain.article import Article
from pulih.domain.calendar import Calendar
from pulih.domain.edition import Case, Note, Picture
from pulih.domain.records import Helped
from pulih.domain.review import reviews
from pulih.domain.scrub import Choices, look, masked


@dataclass(frozen=True, slots=True)
class Since:
    """What came to a case since it was closed.

    Attributes:
        helped: What was said of this case on tickets.
        notes: Those of this case.
        device: Its device as it stands now, where it has one on record.
        pictures: Those that were ticked.
    """

    helped: Sequence[Helped] = ()
    notes: Sequence[Note] = ()
    device: Device | None = None
    pictures: tuple[Picture, ...] = ()


def living(article: Article, since: Since, today: date, calendar: Calendar) -> Case:
    """Return the case as it is on one day in the office. The same of it gives the same, in whatever order it comes."""
    return Case(
        article=article,
        helped=used_by(since.helped),
        notes=in_time(since.notes),
        review=reviews(article, since.device, since.helped, since.notes, today, calendar),
        pictures=since.pictures,
    )


def used_by(helped: Iterable[Helped]) -> tuple[str, ...]:
    """Return the numbers of the tickets that a case helped with, oldest first."""
    used = sorted((one.at, one.ticket) for one in helped if one.helped)
    return tuple(dict.fromkeys(ticket for _at, ticket in used))


def hushed(notes: Iterable[Note], choices: Choices) -> tuple[Note, ...]:
    """Return the notes of a case as they may be read, with what was decided of its texts since they were written.

    They are kept as they were written, so that whoever takes a decision back finds them as they were.
    """
    if not choices.more:
        return tuple(notes)
    return tuple(replace(note, text=_hushed(note.text, choices)) for note in notes)


@lru_cache(maxsize=2000)
def _hushed(text: str, choices: Choices) -> str:
    return masked(text, look(text, choices=choices))


def in_time(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the notes, oldest first."""
    return tuple(sorted(notes, key=lambda note: (note.at, note.id)))
