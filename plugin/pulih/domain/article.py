"""What a resolved ticket teaches: the case, as plain values without contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pulih.domain import sop
from pulih.domain.agency import Agency, Device, FaultType
from pulih.domain.calendar import Calendar
from pulih.domain.deadline import stays
from pulih.domain.facts import Facts
from pulih.domain.ticket import State, Ticket, rows, text
from pulih.wording import N_

MASK = N_("[kontak disamarkan]")
_PHONE = (
    r"(?<![\w-])(?<!\d[.:/])"  # not within a serial number, an address, a time or a date
    r"(?!\d{1,3}(?:\.\d{1,3}){3}(?!\d))"  # nor an IPv4 address
    r"(?:\+?62|0)[ .-]?(?:\(?\d{2,4}\)?)(?:[ .-]?\d{3,5}){1,3}(?![\w-]|[.:]\d)"
)
_NUMBER = re.compile(r"\d(?:[\s().\-/]*\d){4,}")
_BETWEEN_DIGITS = r"[\s().\-‑–—/]*"
_BEFORE_NAME = re.compile(
    r"^(?:(?:bapak|pak|ibu|bu|saudara|saudari|sdri?|prof|drs?|dra|ir|hj?)\b\.?\s+)+", re.IGNORECASE
)
_AFTER_NAME = re.compile(r"[,;(/0-9+].*|\s[-–—]\s.*", re.DOTALL)
_MOST_RELATED = 5
_SHORTEST_NAME = 3
_SHORTEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of a table of checks or tests."""

    what: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A resolved case.

    Attributes:
        number: The ticket's number; with `year` it makes the page's address, which never changes.
        agency, device, fault_type: Identifiers; the names beside them are those of the day of closing.
        device: The registered device's identifier, or empty.
        reported, resolved: Dates in the office's zone.
        working_hours: Time the office took from letter to closing, waiting for the agency left out.
        related: Numbers of earlier cases worth reading, best first.
        version: The ticket's version that this was made from.
    """

    number: str
    year: int
    title: str
    agency: str
    agency_name: str
    site: str
    place: str
    device: str
    device_kind: str
    device_make: str
    fault_type: str
    fault_name: str
    location: str
    symptom: str
    cause: str
    cause_confirmed: bool
    remote: str
    on_site: str
    actions: str
    installed: str
    settings: str
    result: str
    solution_class: str
    prevention: str
    checks: tuple[Reading, ...]
    tests: tuple[Reading, ...]
    reported: date
    resolved: date
    closed_at: datetime
    working_hours: float
    recurrence_of: str
    related: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the registry knows about the things a ticket names, on the day of closing."""

    agency: Agency
    site: str
    device: Device | None
    fault_type: FaultType
    checks: tuple[Reading, ...] = ()


def article_of(
    ticket: Ticket, around: Surroundings, calendar: Calendar, earlier: Iterable[Article]
) -> Article:
    """Return what a closed ticket teaches. The same ticket and archive give the same article.

    Args:
        ticket: Closed through step 14.
        around: Names for the identifiers in it, and the figures of its diagnostic runs.
        calendar: The office's, for dates and working hours.
        earlier: The cases closed before.

    Raises:
        ValueError: The ticket is not closed.
    """
    closed = ticket.closed
    if closed is None or ticket.state is not State.CLOSED:
        raise ValueError(ticket.number)
    hide = _Mask(ticket)
    letter, found, damage = ticket.letter, ticket.facts_of("examination"), ticket.facts_of("damage")
    report, installed, trial = (
        ticket.facts_of("report"),
        ticket.facts_of("installation"),
        ticket.facts_of("trial"),
    )
    note = hide(text(damage, "device_note") or text(found, "device_note"))
    device = around.device
    opened = calendar.local(ticket.opened).date()
    held = sum((s.working for s in stays(ticket, calendar, closed) if s.counts), timedelta())
    draft = Article(
        number=ticket.number,
        year=opened.year,
        title=hide(text(letter, "subject")),
        agency=around.agency.id,
        agency_name=around.agency.name,
        site=around.site,
        place=hide(text(letter, "place")),
        device=device.id if device else "",
        device_kind=device.kind.value
        if device
        else text(ticket.facts_of("replacement-record"), "old_kind"),
        device_make=device.make if device else note,
        fault_type=around.fault_type.id,
        fault_name=around.fault_type.name,
        location=hide(text(found, "location")),
        symptom=hide(text(report, "symptom")),
        cause=hide(text(report, "cause")),
        cause_confirmed=text(report, "cause_certainty") == "confirmed",
        remote=hide(text(ticket.facts_of("remote-repair"), "done")),
        on_site=hide(text(damage, "repair")),
        actions=hide(text(report, "actions")),
        installed=hide(
            " ".join(filter(None, (text(installed, "new_make"), text(installed, "new_model"))))
        ),
        settings=hide(text(installed, "settings")),
        result=hide(text(report, "result")),
        solution_class=text(report, "solution_class"),
        prevention=hide(text(report, "prevention")),
        checks=(*around.checks, *_readings(found, "readings", hide)),
        tests=_readings(trial, "tests", hide),
        reported=opened,
        resolved=calendar.local(closed).date(),
        closed_at=closed,
        working_hours=round(held / timedelta(hours=1), 1),
        recurrence_of=text(letter, "recurrence_of"),
        related=(),
        version=ticket.version,
    )
    return with_related(draft, earlier)


def with_related(article: Article, earlier: Iterable[Article]) -> Article:
    """Return the article with the earlier cases that are worth reading beside it."""
    scored = [(likeness(article, other), other.closed_at, other.number) for other in earlier]
    scored = sorted(
        (s for s in scored if s[0] > 0 and s[2] != article.number and s[1] < article.closed_at),
        reverse=True,
    )
    first = (article.recurrence_of,) if article.recurrence_of else ()
    best = tuple(number for _score, _when, number in scored if number not in first)
    return replace(article, related=(*first, *best)[:_MOST_RELATED])


def likeness(one: Article, other: Article) -> int:
    """Return how much two cases have in common; zero when only the agency or only the fault is the same."""
    same = {
        4: bool(one.device) and one.device == other.device,
        3: one.fault_type == other.fault_type,
        2: bool(one.device_make) and one.device_make == other.device_make,
        1: one.agency == other.agency,
    }
    score = sum(weight for weight, equal in same.items() if equal)
    return score if score > max(same) - 1 else 0


class _Mask:
    """Takes the names and telephone numbers of a ticket's contacts out of its prose."""

    def __init__(self, ticket: Ticket) -> None:
        private = {
            value
            for entry in ticket.history
            for fact in sop.STAGES[entry.stage].facts
            if fact.private and isinstance(value := entry.facts.get(fact.name), str)
        }
        names = {name for value in private for name in _names(value)}
        numbers = {number for value in private for number in _NUMBER.findall(value)}
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        patterns = [*map(_as_name, longest_first), *map(_as_number, sorted(numbers)), _PHONE]
        self._hidden = re.compile("|".join(patterns), re.IGNORECASE)

    def __call__(self, prose: str) -> str:
        return self._hidden.sub(MASK, prose)


def _names(contact: str) -> Iterable[str]:
    """Yield a contact as it was typed, and without titles, position and number around the name."""
    bare = _AFTER_NAME.sub("", contact)
    for name in (contact, bare, _BEFORE_NAME.sub("", bare)):
        if len(name.strip()) >= _SHORTEST_NAME:
            yield name.strip()


def _as_name(name: str) -> str:
    words = r"\s+".join(map(re.escape, name.split()))
    return rf"(?<!\w){words}(?!\w)"


def _as_number(number: str) -> str:
    """Return a pattern for a telephone number however it is grouped, with or without 0 or +62 before it."""
    digits = re.sub(r"\D", "", number)
    inland = re.sub(r"^(?:(?:00)?62)?0?", "", digits)
    if len(inland) < _SHORTEST_NUMBER:
        return rf"(?<!\d){_BETWEEN_DIGITS.join(digits)}(?!\d)"
    prefix = rf"(?:(?:\+|00)?62{_BETWEEN_DIGITS})?(?:0{_BETWEEN_DIGITS})?"
    return rf"(?<!\d){prefix}{_BETWEEN_DIGITS.join(inland)}(?!\d)"


def _readings(facts: Facts, name: str, hide: _Mask) -> tuple[Reading, ...]:
    table: list[Mapping[str, str]] = list(rows(facts, name))
    return tuple(Reading(hide(r["what"]), hide(r["value"]), hide(r.get("note", ""))) for r in table)
