"""Whether what a step refers to exists, and belongs to this ticket."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pulih.domain.authority import Deed, may
from pulih.domain.facts import REFERENCES, Fact, Facts, Kind, Value
from pulih.domain.people import Person
from pulih.domain.sop import STAGES
from pulih.domain.ticket import State, Ticket, text
from pulih.errors import Invalid, NotFound, Problem
from pulih.ports import Records
from pulih.wording import Sentence, sentence

_GONE = sentence("Pilihan ini tidak ada atau tidak dipakai lagi. Pilih yang lain.")
_ELSEWHERE = sentence("Pilihan ini bukan milik OPD yang melapor.")


class _Unfit(Exception):
    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


def hold_references(records: Records, ticket: Ticket, by: Person) -> None:
    """Check the references of a ticket's last entry.

    Args:
        records: Where the things referred to are kept.
        ticket: The ticket with the entry that is about to be saved.
        by: Who takes the step; may use files that they just uploaded.

    Raises:
        Invalid: With a problem for each reference that does not hold.
    """
    entry = ticket.history[-1]
    problems = []
    for spec in STAGES[entry.stage].facts:
        if spec.kind not in REFERENCES or spec.name not in entry.facts:
            continue
        check = _Check(records, ticket, by, spec)
        try:
            for key in _keys(entry.facts[spec.name]):
                check(key)
        except _Unfit as error:
            problems.append(Problem(spec.name, error.reason))
        except NotFound:
            problems.append(Problem(spec.name, _GONE))
    if problems:
        raise Invalid(problems)


def referred(facts: Facts, specs: tuple[Fact, ...], kind: Kind) -> Iterator[str]:
    """Yield the identifiers of one kind that the facts refer to."""
    for spec in specs:
        if spec.kind is kind and spec.name in facts:
            yield from _keys(facts[spec.name])


def _keys(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


class _Check:
    """Checks one identifier of one field."""

    def __init__(self, records: Records, ticket: Ticket, by: Person, spec: Fact) -> None:
        self.records, self.ticket, self.by, self.spec = records, ticket, by, spec

    def __call__(self, key: str) -> None:
        checks: dict[Kind, Callable[[str], None]] = {
            Kind.PERSON: self.person,
            Kind.PEOPLE: self.person,
            Kind.AGENCY: self.agency,
            Kind.SITE: self.site,
            Kind.DEVICE: self.device,
            Kind.FAULT_TYPE: self.fault_type,
            Kind.TICKET: self.earlier,
            Kind.FILES: self.file,
            Kind.RUNS: self.run,
        }
        checks[self.spec.kind](key)

    def person(self, key: str) -> None:
        person = self.records.people.get(key)
        if not person.active or person.role is not self.spec.role:
            raise _Unfit(_GONE)

    def agency(self, key: str) -> None:
        # A letter that comes again stays its agency's, whatever became of the agency meanwhile.
        first = len(self.ticket.history) == 1
        if first and not self.records.agencies.get(key).active:
            raise _Unfit(_GONE)

    def site(self, key: str) -> None:
        self.own(self.records.sites.get(key).agency)

    def device(self, key: str) -> None:
        self.own(self.records.devices.get(key).agency)

    def fault_type(self, key: str) -> None:
        if not self.records.fault_types.get(key).active:
            raise _Unfit(_GONE)

    def earlier(self, key: str) -> None:
        earlier = self.records.tickets.get(key)
        if not may(self.by, Deed.SEE_TICKET, earlier.agency):
            raise _Unfit(_GONE)
        self.own(earlier.agency)
        if earlier.state is not State.CLOSED:
            raise _Unfit(
                sentence("Tiket {number} belum selesai, jadi belum dapat kambuh.", number=key)
            )

    def file(self, key: str) -> None:
        kept = self.records.attachments.get(key)
        # Before a letter is registered, all files for it have no number; each is its owner's.
        if kept is None or not (
            kept.ticket == self.ticket.number if kept.ticket else kept.by == self.by.id
        ):
            raise _Unfit(sentence("Berkas ini tidak ada lagi. Pilih berkasnya sekali lagi."))

    def run(self, key: str) -> None:
        run = self.records.runs.get(key)
        if run is None or run.ticket != self.ticket.number:
            raise _Unfit(_GONE)
        if run.state != "done":
            raise _Unfit(
                sentence("Pemeriksaan ini belum selesai. Tunggu sebentar lalu simpan lagi.")
            )

    def own(self, agency: str) -> None:
        if agency != (self.ticket.agency or text(self.ticket.letter, "agency")):
            raise _Unfit(_ELSEWHERE)
