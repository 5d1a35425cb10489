"""Finding past cases in step 5 and on the search page, and saying whether they helped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pulih.domain.agency import Device
from pulih.domain.article import named_device
from pulih.domain.authority import Deed, require
from pulih.domain.knowledge import asked_for
from pulih.domain.people import Person, Role
from pulih.domain.records import Helped
from pulih.domain.search import Found, OpenMatch, Query
from pulih.domain.suspicion import suspected
from pulih.domain.ticket import Ticket, text
from pulih.errors import NotFound
from pulih.ports import Records, Tools
from pulih.service.tickets import visible
from pulih.service.underway import underway

FIRST_STEP_WITH_CASES = 5
_MOST_SUSPECTED = 4  # fault types: where everything may be, nothing is worth looking for


@dataclass(frozen=True, slots=True)
class FindingDesk:
    """Finds past cases, and keeps what people said of them."""

    tools: Tools

    def search(self, by: Person, query: Query) -> Found:
        """Return the cases that fit; with the first of them, the open tickets that do.

        Raises:
            NotAllowed: For people outside the office.
        """
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            return self._with_open(records, by, query)

    def warm(self) -> None:
        """Have the cases in memory before the first who searches waits for that. Raises Unavailable."""
        with self.tools.store.reading() as records:
            self.tools.index.find(Query(most=0, counted=False), records, {})

    def similar(
        self,
        by: Person,
        ticket: Ticket,
        *,
        words: str = "",
        fault_type: str = "",
        device: str = "",
        most: int = 5,
    ) -> Found:
        """Return "Temuan serupa": the cases like this ticket, by OPD, site, device, fault type, findings and words.

        What was said not to fit the ticket comes last.

        Args:
            words: Looked for in place of the letter's.
            fault_type, device: Identifiers, where they are chosen and not kept yet.

        Raises:
            NotAllowed: For people outside the office.
        """
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            query = query_for(records, ticket, words=words, fault_type=fault_type, device=device)
            unfit = (one.case for one in records.helped.find(ticket=ticket.number, helped=False))
            query = replace(query, unfit=tuple(unfit), most=most)
            return self._with_open(records, by, query)

    def similar_open(
        self, by: Person, agency: str, words: str, *, device: str = ""
    ) -> tuple[OpenMatch, ...]:
        """Return the open tickets that are like a letter while it is entered; for people of an OPD, their own.

        Args:
            agency: Whose letter it is.
            words: What is typed of it so far.
            device: The identifier of its device, where it is known.

        Raises:
            NotAllowed: The person may not bring a letter of this agency.
        """
        own = by.agency if by.role is Role.OPD else ""
        require(by, Deed.REGISTER_LETTER, agency or own or None)
        with self.tools.store.reading() as records:
            query = Query(words=words, agency=agency or own, device=device)
            return underway(self.tools, records, by, query)

    def find(self, records: Records, query: Query) -> Found:
        """Return the cases that fit, for who has asked already whether they may be found. No open tickets."""
        helped = Counter(h.case for h in records.helped.find() if h.helped)
        retracted = (one.case for one in records.retracted.find())
        today = self.tools.calendar.local(self.tools.now()).date()
        shown = replace(query, leave_out=(*query.leave_out, *retracted), today=today)
        found = self.tools.index.find(shown, records, helped)
        if found.behind:
            # It was found all the same; the next search shall not have to read the cases.
            self.tools.jobs.publish(soon=True)
        return found

    def mark(self, by: Person, number: str, case: str, *, helped: bool, query: str = "") -> None:
        """Record that a past case helped with a ticket ("dipakai") or did not. Saying it twice is the same as once.

        Args:
            query: What was typed to find it, as far as anything was.

        Raises:
            NotAllowed: The person is not of the network team.
            NotFound: There is no such ticket or case.
        """
        said = Helped(case, number, by.id, self.tools.now(), helped, asked_for(query))

        def keep(records: Records) -> None:
            visible(records, by, number)
            require(by, Deed.MARK_HELPFUL)
            if records.articles.get(case) is None:
                raise NotFound("Kasus {number} tidak ditemukan.", number=case)
            records.helped.put(f"{number}:{case}", said)

        self.tools.store.write(keep)
        self.tools.jobs.publish()

    def unmark(self, by: Person, number: str, case: str) -> None:
        """Take a mark back. Raises as `mark`."""

        def forget(records: Records) -> None:
            visible(records, by, number)
            require(by, Deed.MARK_HELPFUL)
            records.helped.remove(f"{number}:{case}")

        self.tools.store.write(forget)
        self.tools.jobs.publish()

    def marks(self, by: Person, number: str) -> Mapping[str, bool]:
        """Return what was said of cases on a ticket: case number -> whether it helped."""
        with self.tools.store.reading() as records:
            visible(records, by, number)
            return {h.case: h.helped for h in records.helped.find(ticket=number)}

    def _with_open(self, records: Records, by: Person, query: Query) -> Found:
        found = self.find(records, query)
        if query.start > 0:
            return found
        return replace(found, open=underway(self.tools, records, by, query))


def query_for(
    records: Records,
    ticket: Ticket,
    *,
    words: str = "",
    fault_type: str = "",
    device: str = "",
) -> Query:
    """Return what is known of a ticket, as a question for past cases.

    Args:
        words, fault_type, device: As `FindingDesk.similar` has it.
    """
    letter, key = ticket.letter, device or named_device(ticket).key
    known = _device(records, key)
    site = text(letter, "site")
    runs = sorted(records.runs.find(ticket=ticket.number, state="done"), key=lambda run: run.at)
    return Query(
        words=words or " ".join((text(letter, "subject"), text(letter, "disturbed"))),
        agency=ticket.agency,
        site=records.sites.get(site).name if site else "",
        device=known.id if known else "",
        device_kind=known.kind.value if known else "",
        device_make=known.make if known else "",
        fault_type=fault_type or text(ticket.facts_of("examination"), "fault_type"),
        findings=suspected(runs[-1])[:_MOST_SUSPECTED] if runs else (),
        leave_out=(ticket.number,),
        counted=False,
    )


def _device(records: Records, key: str) -> Device | None:
    """Return a device; None where none is named, or what was typed names none."""
    try:
        return records.devices.get(key) if key else None
    except NotFound:
        return None
