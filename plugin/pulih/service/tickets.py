"""The ticket: registering a letter, taking a step, and seeing where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pulih.domain import sop
from pulih.domain.authority import Deed, may, require
from pulih.domain.deadline import Due, Holder, Stay, due, holder, stays
from pulih.domain.facts import Kind
from pulih.domain.people import Person, Role
from pulih.domain.records import Attachment, ProbeRun, TicketFilter
from pulih.domain.suggestion import Suggestion, newest_suggestion
from pulih.domain.ticket import Entry, State, Ticket, text
from pulih.errors import Conflict, Duplicate, NotFound
from pulih.ports import Records, Tools
from pulih.service.articles import write_article
from pulih.service.references import hold_references, referred
from pulih.service.replacing import replace_device

_AGENDA_TRIES = 1000
_AGENDA = re.compile(r"^([0-9]{1,9})/([0-9]{4})$")
_UNTYPED = frozenset(fact.name for fact in sop.FIRST.facts if not fact.typed)


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket with what a page about it needs.

    Attributes:
        names: What to write for the identifiers in it.
        stage: The due stage, where the reader may take it; None otherwise.
        asides: The deeds beside the order that the reader may do now.
        suggestion: What the last look at the network suggests for the due stage.
    """

    ticket: Ticket
    names: Mapping[str, str]
    holder: Holder | None
    due: Due | None
    stays: tuple[Stay, ...]
    stage: sop.Stage | None
    asides: tuple[sop.Stage, ...]
    attachments: tuple[Attachment, ...]
    runs: tuple[ProbeRun, ...]
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class TicketDesk:
    """Takes tickets through the procedure."""

    tools: Tools

    def register(
        self, by: Person, facts: Mapping[str, object], *, on: datetime | None = None
    ) -> Ticket:
        """Open a ticket with a letter (step 1). Its numbers come in the same transaction.

        Raises:
            NotAllowed, Invalid: As `Ticket.take`.
            Duplicate: The agency already sent a letter of this number, or the agenda number is taken.
        """
        now = self.tools.now()
        # Tried without a number first: a letter that is refused uses none up.
        zone = self.tools.calendar.zone
        draft = Ticket.open("", by, now, _office_facts(by, facts), on=on, zone=zone)
        return self.tools.store.write(lambda records: self.enter(records, by, draft))

    def enter(self, records: Records, by: Person, draft: Ticket) -> Ticket:
        """Keep a ticket that has no number yet, in the transaction of whoever calls. Raises Invalid, Duplicate."""
        hold_references(records, draft, by)
        year = self.tools.calendar.local(draft.opened).year
        number = f"{year}-{records.next_number(f'ticket-{year}'):04d}"
        ticket = replace(draft, number=number)
        if text(ticket.letter, "agenda_number"):
            records.tickets.add(ticket)
        else:
            ticket = _with_agenda(records, ticket, year)
        _claim_files(records, ticket)
        return ticket

    def take(
        self,
        by: Person,
        number: str,
        stage: str,
        facts: Mapping[str, object],
        *,
        seen: int,
        on: datetime | None = None,
    ) -> Ticket:
        """Take a step of a ticket.

        Args:
            seen: The version that the person was looking at.

        Raises:
            NotFound: There is no such ticket for this person.
            Conflict: The ticket has moved on since.
            Finished, OutOfOrder, NotAllowed, Invalid: As `Ticket.take`.
        """
        now = self.tools.now()

        def keep(records: Records) -> Ticket:
            before = visible(records, by, number)
            deed = sop.STAGES.get(stage)
            if deed and (refusal := before.refusal(deed, by)):
                raise refusal
            if before.version != seen:
                raise Conflict(
                    "Tiket {number} sudah berubah sejak Anda membukanya. "
                    "Lihat yang berubah, lalu simpan lagi bila masih perlu.",
                    now=before.version,
                    number=number,
                )
            told = _office_facts(by, facts) if deed is sop.FIRST else facts
            if deed is sop.FIRST and not str(told.get("agenda_number") or "").strip():
                told = {**told, "agenda_number": text(before.letter, "agenda_number")}
            ticket = before.take(stage, by, now, told, on=on, zone=self.tools.calendar.zone)
            hold_references(records, ticket, by)
            records.tickets.save(ticket, seen)
            _claim_files(records, ticket)
            if stage == "installation":
                replace_device(records, ticket)
            if ticket.state is State.CLOSED:
                write_article(records, ticket, self.tools.calendar)
            return ticket

        ticket = self.tools.store.write(keep)
        if ticket.state is State.CLOSED:
            self.tools.jobs.publish()
        return ticket

    def show(self, by: Person, number: str) -> TicketView:
        """Return a ticket with what belongs to it. Raises NotFound, also where it is another agency's."""
        now, calendar = self.tools.now(), self.tools.calendar
        with self.tools.store.reading() as records:
            ticket = visible(records, by, number)
            stage = ticket.due
            may_take = stage if stage and not ticket.refusal(stage, by) else None
            runs = sorted(records.runs.find(ticket=number), key=lambda run: run.at)
            return TicketView(
                ticket=ticket,
                names=names_of(records, ticket),
                holder=holder(ticket),
                due=due(ticket, calendar, now),
                stays=tuple(stays(ticket, calendar, now)),
                stage=may_take,
                asides=tuple(s for s in ticket.asides() if not ticket.refusal(s, by)),
                attachments=tuple(a for a in records.attachments.find(ticket=number) if a.used),
                runs=tuple(runs) if by.role.in_office else (),
                suggestion=newest_suggestion(
                    may_take.id if may_take else "",
                    runs,
                    {kind.id for kind in records.fault_types.all()} if runs else (),
                ),
            )

    def entries_since(self, by: Person, number: str, seen: int) -> tuple[Entry, ...]:
        """Return what was added after version `seen`."""
        with self.tools.store.reading() as records:
            return visible(records, by, number).history[max(seen, 0) :]


def own(by: Person, wanted: TicketFilter) -> TicketFilter:
    """Return the filter narrowed to what a person may see."""
    return replace(wanted, agency=by.agency or "-") if by.role is Role.OPD else wanted


def visible(records: Records, by: Person, number: str) -> Ticket:
    """Return a ticket that a person may see. To everybody else it does not exist. Raises NotFound."""
    try:
        ticket = records.tickets.get(number)
    except NotFound:
        ticket = None
    if ticket is None or not may(by, Deed.SEE_TICKET, ticket.agency):
        # One sentence for both, so that nobody learns which numbers are taken.
        raise NotFound("Tiket {number} tidak ditemukan. Periksa nomornya.", number=number)
    return ticket


def names_of(records: Records, ticket: Ticket) -> dict[str, str]:
    """Return the names of the people, agency, sites, devices and fault types that a ticket refers to."""
    names: dict[str, str] = {entry.by: entry.name for entry in ticket.history}
    for entry in ticket.history:
        specs = sop.STAGES[entry.stage].facts
        for kind, lookup in _LOOKUPS.items():
            for key in referred(entry.facts, specs, kind):
                names.setdefault(key, lookup(records, key))
    return names


_LOOKUPS: dict[Kind, Callable[[Records, str], str]] = {
    Kind.PERSON: lambda records, key: records.people.get(key).name,
    Kind.PEOPLE: lambda records, key: records.people.get(key).name,
    Kind.AGENCY: lambda records, key: records.agencies.get(key).name,
    Kind.SITE: lambda records, key: records.sites.get(key).name,
    Kind.DEVICE: lambda records, key: records.devices.get(key).name,
    Kind.FAULT_TYPE: lambda records, key: records.fault_types.get(key).name,
}


def _office_facts(by: Person, facts: Mapping[str, object]) -> Mapping[str, object]:
    """Return a letter's facts without those that are not the typist's to give; agenda 2/2026 reads 002/2026."""
    facts = {name: value for name, value in facts.items() if name not in _UNTYPED}
    typed = facts.get("agenda_number")
    if by.role is Role.OPD:
        return {name: value for name, value in facts.items() if name != "agenda_number"}
    if isinstance(typed, str) and (parts := _AGENDA.match(typed.strip())):
        return {**facts, "agenda_number": f"{int(parts[1]):03d}/{parts[2]}"}
    return facts


def _with_agenda(records: Records, ticket: Ticket, year: int) -> Ticket:
    """Keep a ticket under the next agenda number; numbers that were typed in by hand are passed over."""
    for _ in range(_AGENDA_TRIES):
        agenda = f"{records.next_number(f'agenda-{year}'):03d}/{year}"
        first = ticket.history[0]
        numbered = replace(
            ticket, history=(replace(first, facts={**first.facts, "agenda_number": agenda}),)
        )
        try:
            records.tickets.add(numbered)
        except Duplicate as taken:
            if taken.field != "agenda_number":
                raise
        else:
            return numbered
    raise Duplicate(
        "Nomor agenda berikutnya tidak ditemukan. Isi nomor agenda sendiri.", field="agenda_number"
    )


def _claim_files(records: Records, ticket: Ticket) -> None:
    entry = ticket.history[-1]
    for key in referred(entry.facts, sop.STAGES[entry.stage].facts, Kind.FILES):
        kept = records.attachments.get(key)
        if kept and not kept.used:  # what a step has already is not sealed anew
            records.attachments.put(key, replace(kept, ticket=ticket.number, used=True))


def register_allowed(by: Person) -> None:
    """Raise NotAllowed where a person may not bring a letter."""
    require(by, Deed.REGISTER_LETTER, by.agency or None)
