"""Whether a case should be looked at again ("perlu ditinjau")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pulih.domain.agency import Device
from pulih.domain.article import Article
from pulih.domain.calendar import Calendar
from pulih.domain.edition import Note, Review
from pulih.domain.records import Helped

YEARS_UNCHANGED = 3
YEARS_UNUSED = 2


def reviews(
    article: Article,
    device: Device | None,
    helped: Iterable[Helped],
    notes: Iterable[Note],
    today: date,
    calendar: Calendar,
) -> tuple[Review, ...]:
    """Return why a case should be looked at again, empty where it need not be.

    Args:
        article: The case.
        device: Its device as it stands now, where it has one on record.
        helped: What was said of the case on tickets.
        notes: What was added to it; a note that answers a reason puts an end to it, and begins the years anew.
        today: The date in the office.
        calendar: For the office's dates.
    """
    answers = [note for note in notes if note.answers]
    said = [calendar.local(note.at).date() for note in answers]
    used = [calendar.local(one.at).date() for one in helped if one.helped]

    def why() -> Iterator[Review]:
        unchanged = max((article.resolved, *said)) < _years_before(today, YEARS_UNCHANGED)
        if unchanged and max(used, default=date.min) < _years_before(today, YEARS_UNUSED):
            yield Review.OLD
        retired = device is not None and not device.active
        if retired and not any(Review.RETIRED in note.answers for note in answers):
            yield Review.RETIRED

    return tuple(why())


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
