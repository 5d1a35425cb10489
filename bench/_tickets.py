"""Tickets for the measurements: as many as wanted, each taken through the procedure, no two with the same keys.

The same place in the row always gives the same ticket, so that every process can make the ones it needs. What people
write is the demo office's, cut short: as in an office where most faults are small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from pulih.domain.agency import FAULT_TYPES
from pulih.domain.people import Person, Role
from pulih.domain.ticket import Ticket

TECHNICIANS = 50
YEARS = range(2022, 2027)
_SHORT = 130  # letters of a prose
_ONE_IN = 50  # is open
_SOLVED = [
    "letter",
    "disposition",
    "verification",
    "appointment",
    "examination",
    "remote-repair",
    "trial",
    "report",
    "acceptance-section",
    "acceptance-division",
    "acceptance-department",
    "work-record",
    "acknowledgement-agency",
    "acknowledgement-department",
]
_TRIED = [
    "letter",
    "disposition",
    "verification",
    "appointment",
    "examination",
    "remote-repair",
    "coordination",
    "damage",
    "trial",
]
_GIVEN_UP = (5, 6, 7)  # deeds before a withdrawal


@dataclass(frozen=True, slots=True)
class Tale:
    """What a letter of the demo office says."""

    subject: str
    disturbed: str
    place: str
    agency: str


def technicians() -> list[Person]:
    """Return the network team that the tickets are appointed to."""
    return [
        Person(f"teknisi-{n:02d}", f"Teknisi {n:02d}", Role.NETWORK_TEAM)
        for n in range(1, TECHNICIANS + 1)
    ]


def tickets(start: int, count: int) -> Iterator[Ticket]:
    """Yield tickets `start` to `start + count`: a quarter solved, one in fifty open, the others withdrawn."""
    for place in range(start, start + count):
        yield _ticket(place)


def open_tickets(start: int, count: int) -> Iterator[Ticket]:
    """Yield the tickets of these places as they are while the team has its hands on them."""
    for place in range(start, start + count):
        yield _told(place, _TRIED[: 4 + place % 6], solved=False)


def _ticket(place: int) -> Ticket:
    if place % _ONE_IN == 0:
        turn = place // _ONE_IN
        return _told(place, _SOLVED[: 1 + turn % (len(_SOLVED) - 1)], solved=True)
    if place % 4 == 0:
        return _told(place, _SOLVED, solved=True)
    given_up = _GIVEN_UP[place % len(_GIVEN_UP)]
    return _told(place, [*_TRIED[:given_up], "withdrawal"], solved=False)


def _told(place: int, deeds: list[str], *, solved: bool) -> Ticket:
    number, began = number_of(place), _began(place)
    ticket = Ticket(number)
    for hours, stage in enumerate(deeds):
        at = began + timedelta(hours=hours)
        told = facts(stage, at, place, solved=solved)
        ticket = ticket.take(stage, _by(ticket, stage, place), at, told)
    return ticket


def number_of(place: int) -> str:
    """Return the number of the ticket at a place."""
    return f"{YEARS[place % len(YEARS)]}-{place // len(YEARS) + 1:05d}"


def _began(place: int) -> datetime:
    year, day = YEARS[place % len(YEARS)], place // len(YEARS) % 300
    return datetime(year, 1, 3, 1, place % 60, tzinfo=UTC) + timedelta(days=day)


def _by(ticket: Ticket, stage: str, place: int) -> Person:
    people = _people()
    heads = {"disposition": "kadis", "verification": "kabid", "appointment": "kasi",
             "acceptance-section": "kasi", "acceptance-division": "kabid",
             "acceptance-department": "kadis", "acknowledgement-department": "kadis"}  # fmt: skip
    return people[heads.get(stage) or ticket.lead or f"teknisi-{place % TECHNICIANS + 1:02d}"]


def facts(stage: str, at: datetime, place: int, *, solved: bool) -> dict[str, Any]:
    """Return what a stage must be told, in few words."""
    tale = _tales()[place % len(_tales())]
    first = place * 7 % TECHNICIANS
    team = [f"teknisi-{first + 1:02d}", f"teknisi-{(first + 1) % TECHNICIANS + 1:02d}"]
    plain: dict[str, dict[str, Any]] = {
        "letter": {
            "letter_number": f"{place}/{tale.agency}/{at.year}", "letter_date": f"{at:%Y-%m-%d}",
            "agenda_number": f"{place:06d}/{at.year}", "agency": tale.agency, "place": tale.place,
            "subject": tale.subject, "disturbed": tale.disturbed, "since": at.isoformat(),
            "contact_name": "Galuh Permana", "contact_phone": "0812-0000-0377",
        },
        "disposition": {"nature": "segera", "instructions": ["tindak-lanjut"], "to": "kabid"},
        "verification": {
            "verified": "ya", "reason": "Lengkap.", "nature": "segera", "instructions": ["tindak-lanjut"], "to": "kasi",
        },
        "appointment": {"technicians": team, "lead": team[0], "task": "Periksa dan perbaiki."},
        "examination": {
            "readings": [{"what": "ping router", "value": "38 % hilang", "note": "rata-rata 2 ms"}],
            "fault_type": _fault_type(place), "location": tale.place, "device_note": "Router lantai",
        },
        "remote-repair": {
            "done": tale.subject, "outcome": "fixed" if solved else "not-fixed",
        },
        "coordination": {"spoken_to": "Galuh", "visit_at": at.isoformat(), "agreed_by": "Galuh"},
        "damage": {"damaged": "tidak", "repair": "Konektor dikencangkan, kabel ditata ulang."},
        "trial": {
            "tests": [{"what": "ping", "value": "0 % hilang", "note": "38 %"}],
            "works": "ya" if solved else "tidak",
        },
        "report": {
            "symptom": tale.subject, "cause": "Forwarder DNS kosong.", "cause_certainty": "confirmed",
            "actions": "Forwarder diisi lagi.", "result": "Terbuka normal.",
            "solution_class": "configuration", "prevention": "Daftar periksa ditambah.",
        },
        "work-record": {
            "work": "Forwarder diisi lagi.", "work_date": f"{at:%Y-%m-%d}", "result": "Normal.",
            "agency_official": "Galuh Permana",
        },
        "acknowledgement-agency": {"acknowledged": "ya", "signed_by": "Galuh Permana"},
        "acknowledgement-department": {"acknowledged": "ya"},
        "withdrawal": {"reason": tale.disturbed, "signed_by": "Galuh Permana"},
    }  # fmt: skip
    return plain.get(stage, {"accepted": "ya", "note": "Lengkap."})


def _fault_type(place: int) -> str:
    return FAULT_TYPES[place % len(FAULT_TYPES)].id


@cache
def _people() -> dict[str, Person]:
    from pulih.demo.data import load  # noqa: PLC0415 - slow, and whoever only reads does without

    return {person.id: person for person in (*load().people, *technicians())}


@cache
def _tales() -> tuple[Tale, ...]:
    from pulih.demo.data import load  # noqa: PLC0415 - as above

    letters = [case.entries[0].facts for case in load().cases]
    return tuple(
        Tale(str(f["subject"]), str(f["disturbed"])[:_SHORT], str(f["place"]), str(f["agency"]))
        for f in letters
    )
