"""An OPD's own computer as an eye (SOP step 5): the script is given out, and the code that it shows is taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pulih.domain.authority import Deed, may, require
from pulih.domain.computer import Trials, seat_of, trials_of
from pulih.domain.people import Person
from pulih.domain.records import ProbeRun
from pulih.domain.ticket import Ticket
from pulih.errors import Invalid, NotFound, NotYourStep, Problem, Refused
from pulih.ports import Computers, Records, Tools
from pulih.service.paths import PathDesk
from pulih.service.tickets import visible
from pulih.wording import Sentence, sentence

SCRIPTS = ("periksa.ps1", "periksa.sh")
MOST_PHOTO = 12 * 1024 * 1024
_FIRST, _LAST = 5, 11


class Teller(Protocol):
    """Takes findings into a run of a ticket, as `service.telling.TellDesk` does."""

    def tell(
        self,
        by: Person,
        number: str,
        key: str,
        findings: Sequence[Mapping[str, Any]],
        *,
        node: Mapping[str, Any] | None = None,
        link: Mapping[str, Any] | None = None,
    ) -> ProbeRun:
        """Return the run, judged anew; with no run named, the newest of the ticket or a new one."""


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a code.

    Attributes:
        address: The computer's own; empty for one without.
        remark: What is odd about it; None where nothing is.
    """

    run: ProbeRun
    address: str
    remark: Sentence | None


@dataclass(frozen=True, slots=True)
class ComputerDesk:
    """Gives out scripts and takes in codes.

    Attributes:
        photographed: Reads the code out of a photograph; raises Invalid (field `photo`).
    """

    tools: Tools
    paths: PathDesk
    telling: Teller
    computers: Computers
    photographed: Callable[[bytes], str]

    def open_for(self, by: Person, ticket: Ticket) -> bool:
        """Tell whether a person may take part in the examination of a ticket with a computer now."""
        step = ticket.step
        due = step is not None and _FIRST <= step.number <= _LAST
        own = not by.role.in_office or by.id in ticket.team
        return due and own and may(by, Deed.TELL_CODE, ticket.agency)

    def trials(self, by: Person, number: str) -> tuple[Ticket, Trials]:
        """Return the ticket, and what a script for it would try. Raises as `script`."""
        with self.tools.store.reading() as records:
            ticket = self._ticket(records, by, number)
            return ticket, trials_of(self.paths.wanted(records))

    def script(self, by: Person, number: str, name: str) -> str:
        """Return a script that a computer of the ticket's agency may run.

        Raises:
            NotFound: There is no such ticket or script.
            NotAllowed: The person has no part in its examination.
            Refused: The ticket is not at steps 5 to 11.
        """
        _ticket, trials = self.trials(by, number)
        if name not in SCRIPTS:
            raise NotFound("Berkas ini tidak ditemukan.")
        return self.computers.script(name, trials)

    def receive(self, by: Person, number: str, code: str, photo: bytes = b"") -> Received:
        """Take in what a computer's user read out, or a photograph of it.

        Raises:
            Invalid: It is no code (field `code`), or none can be read (field `photo`).
            NotFound, NotAllowed, Refused: As `script`.
        """
        self.trials(by, number)  # before a picture of anybody is read
        said = code.strip()[:200]
        if not said and photo:
            said = self._read(photo)
        if not said:
            raise Invalid([Problem("code", sentence("Isi kodenya, atau pilih fotonya."))])
        address = self.computers.heard(said)
        with self.tools.store.reading() as records:
            ticket = self._ticket(records, by, number)
            trials = trials_of(self.paths.wanted(records))
            seat = seat_of(self.paths.described(records, ticket.agency), ticket.agency, address)
        findings = self.computers.told(said, seat, trials, self.tools.now())
        run = self.telling.tell(
            by, number, "", findings, node=seat.node or None, link=seat.link or None
        )
        return Received(run, address, seat.remark)

    def _read(self, photo: bytes) -> str:
        if len(photo) > MOST_PHOTO:
            cure = sentence("Fotonya terlalu besar; paling banyak 12 MB.")
            raise Invalid([Problem("photo", cure)])
        return self.photographed(photo)

    def _ticket(self, records: Records, by: Person, number: str) -> Ticket:
        ticket = visible(records, by, number)
        require(by, Deed.TELL_CODE, ticket.agency)
        step = ticket.step
        if step is None or not _FIRST <= step.number <= _LAST:
            raise Refused("Kode komputer OPD diterima pada langkah 5 sampai 11.")
        if by.role.in_office and by.id not in ticket.team:
            raise NotYourStep("Kode diisi oleh OPD, atau teknisi yang ditunjuk untuk tiket ini.")
        return ticket
