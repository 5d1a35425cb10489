"""Looking at the network from a ticket (steps 5 to 11): asking for a run, and reading it."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.domain.records import ProbeRun, RunKind
from pulih.domain.ticket import Ticket
from pulih.errors import Invalid, NotFound, NotYourStep, Problem, Refused
from pulih.ports import Records, Tools
from pulih.service.comparing import EXAMINED
from pulih.service.paths import PathDesk
from pulih.service.performing import LAST, PLANNED, Performer
from pulih.service.tickets import visible
from pulih.wording import sentence

_MOST_TARGETS = 12


@dataclass(frozen=True, slots=True)
class ProbeDesk:
    """Has the way of an agency examined, or single addresses: registered ones, or those in allowed ranges."""

    tools: Tools
    paths: PathDesk
    names: tuple[str, ...] = ()

    def targets(self, by: Person, number: str) -> tuple[Mapping[str, Any], ...]:
        """Return what may be looked at for a ticket: the agency's active devices that have an address."""
        with self.tools.store.reading() as records:
            return _registered(records, visible(records, by, number))

    def start(
        self, by: Person, number: str, addresses: Sequence[str] = (), extra: str = ""
    ) -> ProbeRun:
        """Ask for a run and return at once. Without a choice of addresses the whole way is examined.

        It takes the place of a look that was planned for later.

        Args:
            addresses: Registered addresses to look at, each for itself.
            extra: One more address, which must lie in a range that the administrator allows.

        Raises:
            NotAllowed: The person is not a technician of this ticket.
            Refused: The ticket is not at steps 5 to 11, or a run is still going.
            Invalid: An address may not be probed.
        """
        key, now = uuid.uuid4().hex, self.tools.now()
        extra = extra.strip()

        def ask(records: Records) -> ProbeRun:
            ticket = visible(records, by, number)
            require(by, Deed.PROBE)
            step = hold_step(ticket)
            hold_team(ticket, by)
            runs = records.runs.find(ticket=number)
            if any(run.going for run in runs):
                raise Refused(
                    "Pemeriksaan lain untuk tiket ini masih berjalan. Tunggu sampai selesai."
                )
            run = ProbeRun(key, number, by.id, now, kind=RunKind.EXAMINATION, step=step)
            if addresses or extra:
                targets = self._chosen(_registered(records, ticket), addresses, extra)
                run = replace(run, targets=targets, names=self.names, kind=RunKind.ADDRESSES)
            else:
                for planned in (one for one in runs if one.state == PLANNED):
                    records.runs.remove(planned.id)
            records.runs.put(key, run)
            return run

        run = self.tools.store.write(ask)
        self.tools.jobs.probe(key)
        return run

    def drop(self, by: Person, number: str, key: str) -> None:
        """Do without a look that was planned for later.

        Raises:
            NotFound, NotAllowed: As `get`, or the person is not a technician of this ticket.
            Refused: It has begun already.
        """

        def deed(records: Records) -> None:
            ticket = visible(records, by, number)
            require(by, Deed.PROBE)
            hold_team(ticket, by)
            if run_of(records, number, key).state != PLANNED:
                raise Refused("Pemeriksaan ini sudah dimulai; hasilnya muncul sebentar lagi.")
            records.runs.remove(key)

        self.tools.store.write(deed)

    def get(self, by: Person, number: str, key: str) -> ProbeRun:
        """Return a run of a ticket. Raises NotFound, NotAllowed for people outside the office."""
        with self.tools.store.reading() as records:
            visible(records, by, number)
            require(by, Deed.FIND_CASES)
            return run_of(records, number, key)

    def perform(self, key: str) -> None:
        """Do a run that was asked for, of whatever kind. Doing it again after it is done does nothing."""
        Performer(self.tools, self.paths).perform(key)

    def resume(self) -> int:
        """Ask again for the runs that a stop of the server interrupted; return how many."""
        return Performer(self.tools, self.paths).resume()

    def _chosen(
        self, registered: Sequence[Mapping[str, Any]], addresses: Sequence[str], extra: str
    ) -> tuple[Mapping[str, Any], ...]:
        known = {str(target["address"]): target for target in registered}
        wanted = [("addresses", one) for one in addresses] + ([("extra", extra)] if extra else [])
        problems = [
            Problem(
                field,
                sentence(
                    "{address} tidak terdaftar untuk OPD ini dan tidak dalam rentang yang diizinkan.",
                    address=address[:80],
                ),
            )
            for field, address in wanted
            if not _is_address(address) or not self.tools.probes.allowed(address, list(known))
        ]
        if len(wanted) > _MOST_TARGETS:
            said = sentence("Paling banyak {most} alamat sekali periksa.", most=_MOST_TARGETS)
            problems.append(Problem("addresses", said))
        if problems:
            raise Invalid(problems)
        return tuple(
            known.get(one, {"name": one, "address": one, "ports": []})
            for one in dict.fromkeys(address for _field, address in wanted)
        )


def run_of(records: Records, number: str, key: str) -> ProbeRun:
    """Return a run of a ticket, in a transaction that is open. Raises NotFound."""
    run = records.runs.get(key)
    if run is None or run.ticket != number:
        raise NotFound("Pemeriksaan ini tidak ditemukan.")
    return run


def hold_step(ticket: Ticket) -> int:
    """Return the step that a ticket is at. Raises Refused where the network is not looked at there."""
    step = ticket.step
    if step is None or not EXAMINED <= step.number <= LAST:
        raise Refused("Pemeriksaan jaringan dijalankan pada langkah 5 sampai 11.")
    return step.number


def hold_team(ticket: Ticket, by: Person) -> None:
    """Do nothing where a person is a technician of a ticket. Raises NotYourStep."""
    if by.id not in ticket.team:
        raise NotYourStep("Pemeriksaan dijalankan oleh teknisi yang ditunjuk untuk tiket ini.")


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text  # what follows it may be anything


def _registered(records: Records, ticket: Ticket) -> tuple[Mapping[str, Any], ...]:
    devices = [d for d in records.devices.all(ticket.agency) if d.address]
    return tuple(
        {"name": d.name, "address": d.address, "ports": [], "device": d.id} for d in devices
    )
