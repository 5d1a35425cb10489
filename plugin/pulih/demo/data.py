"""Reads the demo office from the JSON beside it.

The JSON holds what somebody wrote or measured; `telling` adds what every ticket repeats.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from pulih.almanac import days_off
from pulih.demo.cases import DemoCase, DemoEntry, DemoExtra, DemoFile
from pulih.demo.telling import Desk, Raw, Telling
from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.domain.calendar import Calendar
from pulih.domain.people import Person, Role
from pulih.domain.wiring import LinkKind, PathRole

__all__ = ["DemoCase", "DemoData", "DemoEntry", "DemoExtra", "DemoFile", "load"]

ZONE = ZoneInfo("Asia/Makassar")
TOLD = ("cases-1.json", "cases-2.json", "cases-3.json", "cases-4.json")
OPEN = "cases-open.json"
NOW = date(2026, 11, 20)  # the day on which the open cases are told


@dataclass(frozen=True, slots=True)
class DemoData:
    """The demo office.

    Attributes:
        devices: As they are after all cases: what was replaced is not active and has no address any more.
        cases: In the order in which their letters came.
        wanted: What was looked for and not found, and what was written about it since.
    """

    agencies: tuple[Agency, ...]
    sites: tuple[Site, ...]
    devices: tuple[Device, ...]
    people: tuple[Person, ...]
    cases: tuple[DemoCase, ...]
    wanted: tuple[DemoExtra, ...]


def load(today: date = NOW) -> DemoData:
    """Return the demo office. Two calls for one day return equal values.

    Args:
        today: All deeds lie before this day. On a day after `NOW` the open cases come as many working days later,
            so that some of them are in time and some late whenever the office is shown.
    """
    agencies = _json("agencies.json")
    calendar = Calendar(ZONE, days_off(range(2023, max(today, NOW).year + 1)))
    desk = Desk(
        agencies={row["id"]: row for row in agencies},
        devices={row["id"]: row for row in _json("devices.json")},
        people={row["id"]: row for row in _json("people.json")},
        routine=_json("routine.json"),
        calendar=calendar,
    )
    told = [case for name in TOLD for case in _json(name)]
    told += [_later(case, calendar, today) for case in _json(OPEN)]
    told.sort(key=lambda case: str(case["start"]))
    cases = tuple(Telling(desk, case).case() for case in told)  # each may replace a device
    return DemoData(
        agencies=tuple(Agency(a["id"], a["name"], a["short"], a["address"]) for a in agencies),
        sites=tuple(Site(**row) for row in _json("sites.json")),
        devices=tuple(
            Device(
                **{
                    **row,
                    "kind": DeviceKind(row["kind"]),
                    "role": PathRole(row.get("role", "")),
                    "link": LinkKind(row.get("link", "")),
                }
            )
            for row in desk.devices.values()
        ),
        people=tuple(Person(**{**row, "role": Role(row["role"])}) for row in desk.people.values()),
        cases=cases,
        wanted=tuple(_wanted()),
    )


def _wanted() -> Iterator[DemoExtra]:
    for row in _json("wanted.json"):
        on = datetime.fromisoformat(row["on"]).replace(tzinfo=ZONE)
        yield DemoExtra("seek", row["by"], on, {"words": row["words"]})
        if "answer" in row:
            on = datetime.fromisoformat(row["settled"]).replace(tzinfo=ZONE)
            said = {"words": row["words"], "case": row["answer"]}
            yield DemoExtra("settle", row["by"], on, said)


def _json(name: str) -> Any:  # noqa: ANN401 - JSON has no better type
    return json.loads(files("pulih.demo").joinpath(name).read_text(encoding="utf-8"))


def _later(case: Raw, calendar: Calendar, today: date) -> Raw:
    """Return an open case as many working days later as have passed since `NOW`."""
    passed = sum(calendar.works(NOW + timedelta(days=n)) for n in range((today - NOW).days))
    start = datetime.fromisoformat(case["start"])
    shift = timedelta()
    while passed:
        shift += timedelta(days=1)
        passed -= calendar.works((start + shift).date())
    letter = case["entries"][0]["facts"]
    letter["since"] = (datetime.fromisoformat(letter["since"]) + shift).isoformat()
    return {**case, "start": (start + shift).isoformat()}
