"""Doing the runs that were asked for, in the background: looking, judging, comparing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pulih.domain.records import UNFINISHED, ProbeRun, RunKind
from pulih.domain.ticket import Ticket
from pulih.domain.verdict import Status
from pulih.errors import Unavailable
from pulih.ports import Examined, Progress, Records, Tools
from pulih.service.comparing import EXAMINED, compared, set_beside
from pulih.service.paths import PathDesk
from pulih.service.scene import Scene, way_scene, whole_scene
from pulih.service.visiting import remember
from pulih.wording import N_

PLANNED = "planned"
LAST = 11  # the last step at which the network is looked at
_TOLD_EVERY = timedelta(seconds=0.4)
_AGAIN = ("works", "better", "open")  # outcomes after which it is looked again without being asked
_BROKEN = N_("Pemeriksaan terhenti karena galat di server. Coba sekali lagi.")


@dataclass(frozen=True, slots=True)
class Performer:
    """Does runs. Doing one again after it is done does nothing."""

    tools: Tools
    paths: PathDesk

    def perform(self, key: str) -> None:
        """Do a run that was asked for."""
        now = self.tools.now()
        begun = self.tools.store.write(lambda records: self._begin(records, key, now))
        if begun is None:
            return
        run, scene = begun
        try:
            done, found = self._looked(run, scene)
        except ValueError as error:  # the inventory describes no network; the message says why
            self._keep(replace(run, state="failed", doing=str(error)))
        except Exception:
            self._keep(replace(run, state="failed", doing=_BROKEN))
            raise
        else:
            self._finish(done, scene, found)

    def resume(self) -> int:
        """Ask again for the runs that a stop of the server interrupted; return how many."""
        now = self.tools.now()
        with self.tools.store.reading() as records:
            left = [run.id for state in UNFINISHED for run in records.runs.find(state=state)]
            left += [run.id for run in records.runs.find(state=PLANNED) if run.at <= now]
        for key in left:
            self.tools.jobs.probe(key)
        return len(left)

    def _begin(
        self, records: Records, key: str, now: datetime
    ) -> tuple[ProbeRun, Scene | None] | None:
        """Mark a run as running, and return it with what it looks at; None where there is nothing to do.

        What it looks at is kept only when it is done: progress is written often, and must be small.
        """
        run = records.runs.get(key)
        if run is None or run.state not in (PLANNED, *UNFINISHED):
            return None
        ticket = records.tickets.get(run.ticket) if run.ticket else None
        if run.state == PLANNED:
            if now < run.at:
                return None
            if not _after_repair(ticket):
                records.runs.remove(key)  # nobody waits for it any more, and it has seen nothing
                return None
            run = replace(run, at=now, step=_step(ticket))  # a stop of the server may have kept it
        run = replace(run, state="running", progress=0.0)
        records.runs.put(key, run)
        if run.kind is RunKind.SWEEP:
            return run, whole_scene(self.paths, records)
        if run.kind is RunKind.EXAMINATION and ticket:
            return run, way_scene(self.paths, records, ticket.agency)
        return run, None

    def _looked(self, run: ProbeRun, scene: Scene | None) -> tuple[ProbeRun, Examined | None]:
        """Look, and return the run as it is to be kept, and what the look brought besides."""
        done, tell = replace(run, state="done", progress=1.0, doing=""), self._telling(run)
        if scene is None:
            seconds, findings = self.tools.probes.run(run.targets, run.names, tell)
            return replace(done, seconds=seconds, findings=tuple(findings)), None
        found = self.tools.probes.examine(scene.look, scene.access, tell)
        done = replace(done, **scene.kept, seconds=found.seconds, verdict=found.verdict)
        if run.kind is RunKind.SWEEP:  # many hundred offices: what is kept is their state
            return replace(done, offices=_offices(found, scene)), found
        done = replace(done, findings=found.findings, segments=found.segments)
        done = replace(done, verdict=_honest(done))
        with self.tools.store.reading() as records:
            beside = set_beside(records, done)
        return compared(self.tools.probes, done, beside), found

    def _finish(self, run: ProbeRun, scene: Scene | None, found: Examined | None) -> None:
        """Keep a run that is done, and plan the next look where the repair may not last."""
        now, key = self.tools.now(), uuid.uuid4().hex

        def keep(records: Records) -> ProbeRun | None:
            records.runs.put(run.id, run)
            if scene is not None and found is not None:
                remember(records, scene.access, found.learned, found.findings, now)
            if run.again_at is None or run.comparison.get("outcome") not in _AGAIN:
                return None
            if not _after_repair(records.tickets.get(run.ticket)):
                return None
            planned = ProbeRun(
                key,
                run.ticket,
                run.by,
                run.again_at,
                state=PLANNED,
                kind=RunKind.EXAMINATION,
                step=run.step,
                since=run.since,
            )
            records.runs.put(key, planned)
            return planned

        if planned := self.tools.store.write(keep):
            self.tools.jobs.probe(key, delay=max(1.0, (planned.at - now).total_seconds()))

    def _telling(self, run: ProbeRun) -> Progress:
        told: list[datetime] = []

        def tell(part: float, doing: str) -> None:
            now = self.tools.now()
            if not told or now - told[-1] >= _TOLD_EVERY:
                told.append(now)
                with suppress(Unavailable):  # how far it is must not cost what it sees
                    self._keep(replace(run, progress=part, doing=doing))

        return tell

    def _keep(self, run: ProbeRun) -> None:
        self.tools.store.write(lambda records: records.runs.put(run.id, run))


def untested(verdict: Mapping[str, Any]) -> dict[str, Any]:
    """Return a verdict that says that not enough was looked at."""
    return {**verdict, "status": Status.UNTESTED.value, "label": Status.UNTESTED.label}


def _honest(run: ProbeRun) -> dict[str, Any]:
    """Return the verdict; where nothing of the agency could be tried, that nothing is wrong says nothing.

    It notes as `enough` whether enough was looked at: what people say afterwards does not change that.
    """
    verdict = dict(run.verdict)
    if run.remarks and verdict.get("status") == Status.HEALTHY:
        verdict = untested(verdict)
    return {**verdict, "enough": verdict.get("status") != Status.UNTESTED}


def _offices(found: Examined, scene: Scene) -> tuple[dict[str, Any], ...]:
    return tuple({**one, "agency": scene.agencies.get(one["node"], "")} for one in found.offices)


def _after_repair(ticket: Ticket | None) -> bool:
    return EXAMINED < _step(ticket) <= LAST


def _step(ticket: Ticket | None) -> int:
    return ticket.step.number if ticket and ticket.step else 0
