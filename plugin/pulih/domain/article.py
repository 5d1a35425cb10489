"""What a resolved ticket teaches: the case, as plain values without contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from pulih.domain.agency import Agency, Device, FaultType
from pulih.domain.calendar import Calendar
from pulih.domain.deadline import stays
from pulih.domain.facts import Facts
from pulih.domain.mask import Mask
from pulih.domain.passed import Passed
from pulih.domain.scrub import NONE, Choices
from pulih.domain.ticket import State, Ticket, rows, text

_MOST_RELATED = 5
# What people typed of a case; the rest are identifiers and choices.
TEXTS = (
    "title", "agency_name", "site", "place", "device_make", "fault_name", "location", "symptom", "cause", "remote",
    "on_site", "actions", "installed", "settings", "result", "prevention", "observed",
)  # fmt: skip
_NAMING = frozenset({"examination", "damage"})


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
        symptom: What was disturbed, in the reporter's words; `observed` is what the technician says of it, or empty.
        working_hours: Time the office took from letter to closing, waiting for the agency left out.
        related: Numbers of earlier cases worth reading, best first.
        version: The ticket's version that this was made from.
        segment: The part of the way to the service that failed, as a `Segment`'s value, or empty.
        way: What the packets passed, as the last look of step 5 saw it; empty where nobody looked.
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
    observed: str = ""
    segment: str = ""
    way: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the registry knows about the things a ticket names, on the day of closing, and what its runs found."""

    agency: Agency
    site: str
    device: Device | None
    fault_type: FaultType
    checks: tuple[Reading, ...] = ()
    tests: tuple[Reading, ...] = ()
    way: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """The device of a ticket, as the technicians named it.

    Attributes:
        key: Its identifier in the registry, or empty.
        note: What it was called where it was not on record.
        kind: The kind that the agency's request to replace it gives, or empty.
    """

    key: str = ""
    note: str = ""
    kind: str = ""


def named_device(ticket: Ticket) -> Named:
    """Return the device as it was named last, all by one stage: a trial that fails leads to another look."""
    kind = ""
    for entry in reversed(ticket.history):
        kind = kind or text(entry.facts, "old_kind")
        key, note = text(entry.facts, "device"), text(entry.facts, "device_note")
        if entry.stage in _NAMING and (key or note):
            return Named(key, note, kind)
    return Named()


def article_of(
    ticket: Ticket,
    around: Surroundings,
    calendar: Calendar,
    earlier: Iterable[Article],
    choices: Choices = NONE,
) -> Article:
    """Return what a closed ticket teaches. The same ticket, decisions and archive give the same article.

    Args:
        ticket: Closed through step 14.
        around: Names for the identifiers in it, and the figures of its diagnostic runs.
        calendar: The office's, for dates and working hours.
        earlier: The cases closed before.
        choices: What was decided of its texts.

    Raises:
        ValueError: The ticket is not closed.
    """
    closed = ticket.closed
    if closed is None or ticket.state is not State.CLOSED:
        raise ValueError(ticket.number)
    told = told_by(ticket, around, calendar, closed)
    return with_related(hidden(told, Mask(ticket, around.agency, choices)), earlier)


def told_by(ticket: Ticket, around: Surroundings, calendar: Calendar, at: datetime) -> Article:
    """Return what a ticket says so far, as it was typed: nothing in it is masked, so it goes nowhere by itself.

    Args:
        at: When it was closed; for one that still runs, now.
    """
    letter, found, damage = ticket.letter, ticket.facts_of("examination"), ticket.facts_of("damage")
    report, installed, trial = (
        ticket.facts_of("report"),
        ticket.facts_of("installation"),
        ticket.facts_of("trial"),
    )
    device, named = around.device, named_device(ticket)
    opened = calendar.local(ticket.opened).date()
    held = sum((s.working for s in stays(ticket, calendar, at) if s.counts), timedelta())
    return Article(
        number=ticket.number,
        year=opened.year,
        title=text(letter, "subject"),
        agency=around.agency.id,
        agency_name=around.agency.name,
        site=around.site,
        place=text(letter, "place"),
        device=device.id if device else "",
        device_kind=device.kind.value if device else named.kind,
        device_make=device.make if device else named.note,
        fault_type=around.fault_type.id,
        fault_name=around.fault_type.name,
        location=text(found, "location"),
        symptom=text(letter, "disturbed"),
        cause=text(report, "cause"),
        cause_confirmed=text(report, "cause_certainty") == "confirmed",
        remote=text(ticket.facts_of("remote-repair"), "done"),
        on_site=text(damage, "repair"),
        actions=text(report, "actions"),
        installed=" ".join(
            filter(None, (text(installed, "new_make"), text(installed, "new_model")))
        ),
        settings=text(installed, "settings"),
        result=text(report, "result"),
        solution_class=text(report, "solution_class"),
        prevention=text(report, "prevention"),
        checks=(*around.checks, *_readings(found, "readings")),
        tests=(*around.tests, *_readings(trial, "tests")),
        reported=opened,
        resolved=calendar.local(at).date(),
        closed_at=at,
        working_hours=round(held / timedelta(hours=1), 1),
        recurrence_of=text(letter, "recurrence_of"),
        related=(),
        version=ticket.version,
        observed=text(report, "symptom"),
        segment=text(found, "segment"),
        way=around.way,
    )


class Hide(Protocol):
    """Takes out of the texts of an article what is not for its readers."""

    def __call__(self, text: str, /) -> str:
        """Return a text with masks."""

    def row(self, what: str, *cells: str) -> tuple[str, ...]:
        """Return a line of a table with masks; its first cell says what the others are."""


def rows_of(article: Article) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield the lines of an article's tables: of which field each is, and its cells."""
    for name, readings in (("checks", article.checks), ("tests", article.tests)):
        yield from ((name, (one.what, one.value, one.note)) for one in readings)
    yield from (("way", (stop.name, stop.said, stop.link_said)) for stop in article.way)


def hidden(article: Article, hide: Hide) -> Article:
    """Return the article with all that people typed of it masked."""

    def masked(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        return tuple(Reading(*hide.row(r.what, r.value, r.note)) for r in readings)

    texts: dict[str, Any] = {name: hide(getattr(article, name)) for name in TEXTS}
    way = tuple(_hidden_stop(stop, hide) for stop in article.way)
    return replace(
        article, checks=masked(article.checks), tests=masked(article.tests), way=way, **texts
    )


def _hidden_stop(stop: Passed, hide: Hide) -> Passed:
    name, said, link_said = hide.row(stop.name, stop.said, stop.link_said)
    return replace(stop, name=name, said=said, link_said=link_said)


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


def _readings(facts: Facts, name: str) -> tuple[Reading, ...]:
    table: list[Mapping[str, str]] = list(rows(facts, name))
    return tuple(Reading(r["what"], r["value"], r.get("note", "")) for r in table)
