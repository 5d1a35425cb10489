"""Who holds a ticket, since when, due when, and how long each desk held it. All derived from the history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pulih.domain import sop
from pulih.domain.calendar import Calendar
from pulih.domain.people import Role
from pulih.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Stay:
    """The time during which one stage was due.

    Attributes:
        until: When it was taken; None while it is still due.
        working: The working time in between.
    """

    stage: sop.Stage
    since: datetime
    until: datetime | None
    working: timedelta

    @property
    def counts(self) -> bool:
        """Whether the time counts against the office."""
        return not self.stage.waiting


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose desk a ticket is on: a seat, and the people when they are appointed by name."""

    roles: frozenset[Role]
    people: tuple[str, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """When the present span of the procedure runs out.

    Attributes:
        at: UTC; None while the ticket waits for the agency, unless the span ran out before.
        late: Whether that moment has passed.
        left: Working time left, never more than none when late; negative once work time has passed since.
    """

    span: sop.Span
    at: datetime | None
    late: bool
    left: timedelta


def stays(ticket: Ticket, calendar: Calendar, now: datetime) -> Iterator[Stay]:
    """Yield the stays of a ticket in order, the present one last."""
    entries = [entry for entry in ticket.history if sop.STAGES[entry.stage].during is None]
    for before, after in pairwise(entries):
        yield Stay(
            sop.STAGES[before.to], before.on, after.on, calendar.between(before.on, after.on)
        )
    last = entries[-1] if entries else None
    if last and last.to in sop.STAGES:
        until = ticket.closed  # a withdrawal ends the stay that it interrupts
        yield Stay(sop.STAGES[last.to], last.on, until, calendar.between(last.on, until or now))


def holder(ticket: Ticket) -> Holder | None:
    """Return who holds the ticket, or None at its end."""
    stage = ticket.due
    if stage is None or not ticket.history:
        return None
    entries = [entry for entry in ticket.history if sop.STAGES[entry.stage].during is None]
    # A stage that waits for the agency is on nobody else's desk, whoever else may type it in.
    roles = frozenset({Role.OPD}) if stage.waiting else stage.roles
    return Holder(roles, ticket.team if stage.appointed else (), entries[-1].on)


def due(ticket: Ticket, calendar: Calendar, now: datetime) -> Due | None:
    """Return when the present span runs out, or None at the ticket's end.

    A span counts the working time of all its stays, so a ticket that comes back to step 5 has what is left, not a
    fresh start. Waiting for the agency stops the clock.
    """
    stage = ticket.due
    if stage is None or not ticket.history:
        return None
    span = sop.step_of(stage).span
    budget = sop.SPAN_DAYS[span] * calendar.day
    spent, at = timedelta(), None
    for stay in stays(ticket, calendar, now):
        if sop.step_of(stay.stage).span is not span or not stay.counts:
            continue
        if at is None and (stay.until is None or spent + stay.working > budget):
            at = calendar.add(stay.since, max(budget - spent, timedelta()))
        spent += stay.working
    left = budget - spent
    return Due(span, at, at is not None and now > at, left)
