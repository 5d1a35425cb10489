"""Faults that came back ("kambuh"): the same fault, at the same agency or device, soon after it was repaired. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from pulih.domain.article import Article
from pulih.domain.calendar import Calendar

WORKING_DAYS = 30
_DAY = timedelta(1)
_WEEK, _MONDAY_TO_FRIDAY = 7, 5


def recurring(
    articles: Iterable[Article], calendar: Calendar, days: int = WORKING_DAYS
) -> dict[str, tuple[str, ...]]:
    """Return the cases that came back: number -> the numbers of those that they came back from, newest first.

    A case came back from another when both name the same fault type and the same agency or the same registered device,
    the other was closed before it, and it was reported no more than so many working days after the other was resolved,
    the day of resolving left out. What its letter says that it came back from counts at any distance, if it is
    among the articles. The order of the articles makes no difference.
    """
    newest = sorted(articles, key=lambda a: (a.resolved, a.closed_at, a.number), reverse=True)
    known = {article.number: article for article in newest}
    last = last_returns(calendar, days)
    found: dict[str, dict[str, None]] = {}
    for article in newest:
        said = known.get(article.recurrence_of)
        if said is not None and said is not article:
            found[article.number] = {said.number: None}
    for same in _alike(newest):
        for place, article in enumerate(same):
            for other in same[place + 1 :]:
                if article.reported > last(other.resolved):
                    break  # the rest were resolved even earlier
                if other.resolved <= article.reported:
                    found.setdefault(article.number, {})[other.number] = None
    order = {number: place for place, number in enumerate(known)}
    return {
        number: tuple(sorted(found[number], key=order.__getitem__))
        for number in known
        if number in found
    }


def last_returns(calendar: Calendar, days: int = WORKING_DAYS) -> Callable[[date], date]:
    """Return a function: the day a case was resolved -> the last day on which its fault, reported, counts as back."""
    worked = _counter(calendar)

    @cache
    def last(resolved: date) -> date:
        until, day = worked(resolved) + days, resolved + timedelta(days)
        while worked(day + _DAY) <= until:
            day += _DAY
        return day

    return last


def _alike(newest: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield cases, newest first, that may have come back from one another."""
    alike: dict[tuple[str, str, str], list[Article]] = {}
    for article in newest:
        alike.setdefault(("agency", article.agency, article.fault_type), []).append(article)
        if article.device:
            alike.setdefault(("device", article.device, article.fault_type), []).append(article)
    return (same for same in alike.values() if len(same) > 1)


def _counter(calendar: Calendar) -> Callable[[date], int]:
    """Return a function that numbers the working days: the difference of two dates' numbers is what lies between.

    `Calendar.working_days` looks at every day off; here ten thousand cases are compared at once.
    """
    free = sorted(day for day in calendar.free if day.weekday() < _MONDAY_TO_FRIDAY)
    numbers: dict[date, int] = {}

    def worked(day: date) -> int:
        number = numbers.get(day)
        if number is None:
            weeks, rest = divmod(day.toordinal() - 1, _WEEK)  # the first of all days was a Monday
            weekdays = weeks * _MONDAY_TO_FRIDAY + min(rest + 1, _MONDAY_TO_FRIDAY)
            numbers[day] = number = weekdays - bisect_left(free, day + timedelta(days=1))
        return number

    return worked


def returns(earlier: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the other way round what `recurring` found: number -> the numbers of those that came back from it."""
    found: dict[str, list[str]] = {}
    for number in sorted(earlier):
        for other in earlier[number]:
            found.setdefault(other, []).append(number)
    return {number: tuple(later) for number, later in found.items()}
