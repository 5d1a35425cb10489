"""Public holidays and joint leave (cuti bersama) of Indonesia: the only place that knows the package `holidays`.

The package carries joint leave as it was decreed, as its category "government", from 2002 up to the last joint decree
that it knows; `joint_leave_until` tells which that is. For later years it computes the religious feasts by their own
calendars and marks them "(perkiraan)"; joint leave cannot be computed. Until the package is renewed, the office
writes such days into its own list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import holidays

_JOINT_LEAVE = "government"
_EVERY_DAY_OFF = ("public", _JOINT_LEAVE)
_KNOWN_SINCE = 2020


def days_off(years: Iterable[int], extra: Mapping[date, str] | None = None) -> dict[date, str]:
    """Return the days off of some years and their names in Bahasa Indonesia, by date.

    Args:
        extra: The office's own, of any year. They count before the nation's; an empty name makes a working day of it.
    """
    days = {day: name for year in years for day, name in _nation(year, _EVERY_DAY_OFF)}
    days.update(extra or {})
    return {day: name for day, name in sorted(days.items()) if name}


def joint_leave_until() -> int:
    """Return the last year whose joint leave is known; a later one needs a newer package or the office's own list."""
    year = _KNOWN_SINCE
    while _nation(year + 1, (_JOINT_LEAVE,)):
        year += 1
    return year


@cache  # a year takes ten milliseconds
def _nation(year: int, categories: tuple[str, ...]) -> tuple[tuple[date, str], ...]:
    found = holidays.country_holidays("ID", years=year, language="id", categories=categories)
    return tuple(found.items())
