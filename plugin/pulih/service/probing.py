"""Looking at the network from a ticket (step 5): asking for a run, doing it, reading it."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.domain.records import ProbeRun
from pulih.domain.ticket import Ticket
from pulih.errors import Invalid, NotFound, NotYourStep, Problem, Refused
from pulih.ports import Records, Tools
from pulih.service.tickets import visible
from pulih.wording import N_, sentence

_FIRST, _LAST = 5, 11
_MOST_TARGETS = 12
_UNFINISHED = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class ProbeDesk:
    """Runs diagnostics against an agency's registered addresses, and only those or allowed ranges."""

    tools: Tools
    names: tuple[str, ...] = ()

    def targets(self, by: Person, number: str) -> tuple[Mapping[str, Any], ...]:
        """Return what may be looked at for a ticket: the agency's active devices that have an address."""
        with self.tools.store.reading() as records:
            return _registered(records, visible(records, by, number))

    def start(
        self, by: Person, number: str, addresses: Sequence[str] = (), extra: str = ""
    ) -> ProbeRun:
        """Ask for a run and return at once.

        Args:
            addresses: Which registered addresses to look at; all of them when empty.
            extra: One more address, which must lie in a range that the administrator allows.

        Raises:
            NotAllowed: The person is not a technician of this ticket.
            Refused: The ticket is not at steps 5 to 11, or a run is still going.
            Invalid: An address may not be probed, or there is none.
        """
        key, now = uuid.uuid4().hex, self.tools.now()

        def ask(records: Records) -> ProbeRun:
            ticket = visible(records, by, number)
            require(by, Deed.PROBE)
            self._hold_time(records, ticket, by)
            targets = self._chosen(_registered(records, ticket), addresses, extra.strip())
            run = ProbeRun(key, number, by.id, now, targets, names=self.names)
            records.runs.put(run.id, run)
            return run

        run = self.tools.store.write(ask)
        self.tools.jobs.probe(run.id)
        return run

    def get(self, by: Person, number: str, key: str) -> ProbeRun:
        """Return a run of a ticket. Raises NotFound, NotAllowed for people outside the office."""
        with self.tools.store.reading() as records:
            visible(records, by, number)
            require(by, Deed.FIND_CASES)
            run = records.runs.get(key)
        if run is None or run.ticket != number:
            raise NotFound("Pemeriksaan ini tidak ditemukan.")
        return run

    def perform(self, key: str) -> None:
        """Do a run that was asked for. Doing it again after it is done does nothing."""

        def begin(records: Records) -> ProbeRun | None:
            asked = records.runs.get(key)
            if asked is None or asked.state not in _UNFINISHED:
                return None
            records.runs.put(key, begun := replace(asked, state="running", progress=0.0))
            return begun

        run = self.tools.store.write(begin)
        if run is None:
            return
        try:
            seconds, findings = self.tools.probes.run(
                run.targets, run.names, lambda part, doing: self._tell(run, part, doing)
            )
        except Exception:
            self._keep(
                replace(
                    run,
                    state="failed",
                    doing=N_("Pemeriksaan terhenti karena galat di server. Coba sekali lagi."),
                )
            )
            raise
        self._keep(
            replace(
                run, state="done", progress=1.0, doing="", seconds=seconds, findings=tuple(findings)
            )
        )

    def resume(self) -> int:
        """Ask again for the runs that a stop of the server interrupted; return how many."""
        with self.tools.store.reading() as records:
            left = [run.id for state in _UNFINISHED for run in records.runs.find(state=state)]
        for key in left:
            self.tools.jobs.probe(key)
        return len(left)

    def _tell(self, run: ProbeRun, part: float, doing: str) -> None:
        self._keep(replace(run, state="running", progress=part, doing=doing))

    def _keep(self, run: ProbeRun) -> None:
        self.tools.store.write(lambda records: records.runs.put(run.id, run))

    def _hold_time(self, records: Records, ticket: Ticket, by: Person) -> None:
        step = ticket.step
        if step is None or not _FIRST <= step.number <= _LAST:
            raise Refused("Pemeriksaan jaringan dijalankan pada langkah 5 sampai 11.")
        if by.id not in ticket.team:
            raise NotYourStep("Pemeriksaan dijalankan oleh teknisi yang ditunjuk untuk tiket ini.")
        if any(run.state in _UNFINISHED for run in records.runs.find(ticket=ticket.number)):
            raise Refused("Pemeriksaan lain untuk tiket ini masih berjalan. Tunggu sampai selesai.")

    def _chosen(
        self, registered: Sequence[Mapping[str, Any]], addresses: Sequence[str], extra: str
    ) -> tuple[Mapping[str, Any], ...]:
        known = {str(target["address"]): target for target in registered}
        wanted = [*(addresses or ([] if extra else list(known))), *([extra] if extra else [])]
        problems = []
        for address in wanted:
            if not _is_address(address) or not self.tools.probes.allowed(address, list(known)):
                field = "addresses" if address in addresses else "extra"
                problems.append(
                    Problem(
                        field,
                        sentence(
                            "{address} tidak terdaftar untuk OPD ini dan tidak dalam rentang yang diizinkan.",
                            address=address[:80],
                        ),
                    )
                )
        if not wanted:
            problems.append(
                Problem(
                    "addresses",
                    sentence(
                        "Belum ada perangkat OPD ini yang beralamat. Minta administrator mengisinya."
                    ),
                )
            )
        if len(wanted) > _MOST_TARGETS:
            problems.append(
                Problem(
                    "addresses",
                    sentence("Paling banyak {most} alamat sekali periksa.", most=_MOST_TARGETS),
                )
            )
        if problems:
            raise Invalid(problems)
        return tuple(
            known.get(a, {"name": a, "address": a, "ports": []}) for a in dict.fromkeys(wanted)
        )


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
