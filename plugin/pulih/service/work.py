"""My desk: what waits for me, what I am in, and the whole office's queue for its heads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pulih.domain import sop
from pulih.domain.authority import Deed, may
from pulih.domain.deadline import Due, Holder, due, holder
from pulih.domain.people import Person, Role
from pulih.domain.records import Page, TicketFilter
from pulih.domain.ticket import State, Ticket, text
from pulih.ports import Records, Tools
from pulih.service.tickets import own

OPEN = (State.OPEN.value, State.RETURNED.value)
_MOST = 2000
_MOST_FOLLOWED = 100  # the newest; the list of tickets has them all
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of tickets."""

    ticket: Ticket
    agency: str
    subject: str
    holder: Holder | None
    due: Due | None

    @property
    def order(self) -> tuple[datetime, datetime]:
        """What is due first stands first; what waits for an agency stands last."""
        return (self.due.at if self.due and self.due.at else _NEVER, self.ticket.opened)


@dataclass(frozen=True, slots=True)
class MyDesk:
    """What a person sees first."""

    waiting: tuple[Row, ...]
    involved: tuple[Row, ...]
    late: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole office's open tickets."""

    counts: tuple[tuple[sop.Step, int], ...]
    rows: Page[Row]


@dataclass(frozen=True, slots=True)
class WorkDesk:
    """Lists tickets as people look for them."""

    tools: Tools

    def mine(self, by: Person) -> MyDesk:
        """Return what waits for a person, what is due first on top, and the open tickets they are in."""
        with self.tools.store.reading() as records:
            waiting = [
                t
                for t in _candidates(records, by)
                if t.due and not t.refusal(t.due, by) and _asked(t.due, by)
            ]
            there = {t.number for t in waiting}
            involved = [t for t in _involved(records, by) if t.number not in there]
            rows = sorted(self._rows(records, waiting), key=lambda row: row.order)
            return MyDesk(
                waiting=tuple(rows),
                involved=tuple(sorted(self._rows(records, involved), key=lambda row: row.order)),
                late=sum(1 for row in rows if row.due and row.due.late),
            )

    def queue(
        self, by: Person, *, step: int | None = None, page: int = 1, size: int = 25
    ) -> Queue | None:
        """Return the office's queue by step for its heads, None for everybody else."""
        if not may(by, Deed.SEE_QUEUE):
            return None
        with self.tools.store.reading() as records:
            counts = records.tickets.counts(TicketFilter(states=OPEN))
            found = records.tickets.list(TicketFilter(states=OPEN, step=step), page=page, size=size)
            rows = tuple(self._rows(records, found.items))
        steps = tuple((s, counts.get(s.number, 0)) for s in sop.STEPS)
        return Queue(steps, Page(rows, found.total, found.number, found.size))

    def tickets(
        self, by: Person, wanted: TicketFilter, *, page: int = 1, size: int = 25
    ) -> Page[Row]:
        """Return a page of the tickets that a person may see, the newest letter first."""
        with self.tools.store.reading() as records:
            found = records.tickets.list(own(by, wanted), page=page, size=size)
            return Page(
                tuple(self._rows(records, found.items)), found.total, found.number, found.size
            )

    def _rows(self, records: Records, tickets: list[Ticket] | tuple[Ticket, ...]) -> list[Row]:
        now, calendar = self.tools.now(), self.tools.calendar
        agencies = {key: records.agencies.get(key).name for key in {t.agency for t in tickets}}
        return [
            Row(
                ticket=ticket,
                agency=agencies[ticket.agency],
                subject=text(ticket.letter, "subject"),
                holder=holder(ticket),
                due=due(ticket, calendar, now),
            )
            for ticket in tickets
        ]


def _asked(stage: sop.Stage, by: Person) -> bool:
    """Whoever may only type in what the agency sends or signs is not the one waited for."""
    return by.role in stage.roles and not (stage.waiting and by.role.in_office)


def _candidates(records: Records, by: Person) -> tuple[Ticket, ...]:
    """Return the tickets that may wait for a person, without reading those of other teams."""
    asked = [s for s in sop.STAGES.values() if s.during is None and _asked(s, by)]
    anyone = tuple(stage.id for stage in asked if not stage.appointed)
    team = tuple(stage.id for stage in asked if stage.appointed)
    filters = (
        TicketFilter(states=OPEN, stages=anyone),
        TicketFilter(states=OPEN, stages=team, member=by.id),
    )
    found = [_listed(records, own(by, wanted)) for wanted in filters if wanted.stages]
    return tuple(ticket for tickets in found for ticket in tickets)


def _involved(records: Records, by: Person) -> tuple[Ticket, ...]:
    if by.role is Role.OPD:
        return _listed(records, own(by, TicketFilter(states=OPEN)))
    return _listed(records, TicketFilter(states=OPEN, person=by.id), _MOST_FOLLOWED)


def _listed(records: Records, wanted: TicketFilter, most: int = _MOST) -> tuple[Ticket, ...]:
    return records.tickets.list(wanted, size=most).items
