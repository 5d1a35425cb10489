"""The state of all agencies, from one look at the whole network."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.domain.records import ProbeRun, RunKind
from pulih.errors import NotFound, Refused
from pulih.ports import Records, Tools

MOST = 30  # sweeps that are kept: how the network was some time ago is of no use to anybody


@dataclass(frozen=True, slots=True)
class SweepDesk:
    """Has the whole network looked at in the background; `ProbeDesk.perform` does it."""

    tools: Tools

    def start(self, by: Person) -> ProbeRun:
        """Ask for a sweep and return at once. The oldest make room.

        Raises:
            NotAllowed: Not somebody of the office.
            Refused: One is still going.
        """
        require(by, Deed.SWEEP)
        key, now = uuid.uuid4().hex, self.tools.now()

        def ask(records: Records) -> ProbeRun:
            before = _sweeps(records)
            if any(run.going for run in before):
                raise Refused("Pemeriksaan seluruh jaringan masih berjalan. Tunggu sampai selesai.")
            for old in before[MOST - 1 :]:
                records.runs.remove(old.id)
            run = ProbeRun(key, "", by.id, now, kind=RunKind.SWEEP)
            records.runs.put(key, run)
            return run

        run = self.tools.store.write(ask)
        self.tools.jobs.probe(key)
        return run

    def latest(self, by: Person, most: int = 10) -> tuple[ProbeRun, ...]:
        """Return the newest sweeps, one that is under way first. Raises NotAllowed."""
        require(by, Deed.SWEEP)
        with self.tools.store.reading() as records:
            return tuple(_sweeps(records)[:most])

    def get(self, by: Person, key: str) -> ProbeRun:
        """Return a sweep. Raises NotFound, NotAllowed."""
        require(by, Deed.SWEEP)
        with self.tools.store.reading() as records:
            run = records.runs.get(key)
        if run is None or run.kind is not RunKind.SWEEP:
            raise NotFound("Pemeriksaan ini tidak ditemukan.")
        return run


def _sweeps(records: Records) -> list[ProbeRun]:
    """Return all sweeps, the newest first."""
    runs = [run for run in records.runs.find(ticket="") if run.kind is RunKind.SWEEP]
    return sorted(runs, key=lambda run: run.at, reverse=True)
