"""Public holidays and joint leave (cuti bersama) of Indonesia: the only place that knows the package `holidays`.

The package carries joint leave as it was decreed, as its category "government", from 2002 up to the last joint decree
that it knows; `joint_leave_until` tells which that is. For later years it computes the religious feasts by their own
calendars and marks them "(perkiraan)"; joint leave cannot be computed. Until the package is renewed, the office
writes such days into its own list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

_JOINT_LEAVE = "government"
_EVERY_DAY_OFF = ("public", _JOINT_LEAVE)
_KNOWN_SINCE = 2020


def days_off(
    years: Iterable[int], extra: Mapping[date, str] | None = None, kept: Path | None = None
) -> dict[date, str]:
    """Return the days off of some years and their names in Bahasa Indonesia, by date.

    Args:
        extra: The office's own, of any year. They count before the nation's; an empty name makes a working day of it.
        kept: A file that may keep the nation's from one process to the next, as reading the package takes a tenth of
            a second. One of another version of the package, or that cannot be read, is made anew.
    """
    wanted = [*years]
    known = _read(kept, wanted) if kept else None
    if known is None:
        known = {day: name for year in wanted for day, name in _nation(year, _EVERY_DAY_OFF)}
        if kept:
            _keep(kept, wanted, known)
    days = dict(known)
    days.update(extra or {})
    return {day: name for day, name in sorted(days.items()) if name}


def _read(kept: Path, years: list[int]) -> dict[date, str] | None:
    try:
        told = json.loads(kept.read_bytes())
        if (told["holidays"], told["years"]) != (version("holidays"), years):
            return None
        return {date.fromisoformat(day): str(name) for day, name in told["days"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _keep(kept: Path, years: list[int], days: Mapping[date, str]) -> None:
    told = {day.isoformat(): name for day, name in days.items()}
    text = json.dumps({"holidays": version("holidays"), "years": years, "days": told})
    with suppress(OSError):  # who may only read computes them each time
        kept.write_text(text, encoding="utf-8")


def joint_leave_until() -> int:
    """Return the last year whose joint leave is known; a later one needs a newer package or the office's own list."""
    year = _KNOWN_SINCE
    while _nation(year + 1, (_JOINT_LEAVE,)):
        year += 1
    return year


@cache  # a year takes ten milliseconds
def _nation(year: int, categories: tuple[str, ...]) -> tuple[tuple[date, str], ...]:
    import holidays  # noqa: PLC0415 - see `days_off`

    found = holidays.country_holidays("ID", years=year, language="id", categories=categories)
    return tuple(found.items())
