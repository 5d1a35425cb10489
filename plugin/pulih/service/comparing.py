"""A run after a repair beside the run of step 5: does it work again? SOP step 11."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from pulih.domain.records import ProbeRun, RunKind
from pulih.ports import Probes, Records

EXAMINED = 5  # the step at which a fault is looked for; later runs look whether it is gone
_HELD = ("works", "open")  # outcomes after which nobody repairs anything before the next look


def judged_runs(records: Records, ticket: str) -> list[ProbeRun]:
    """Return the runs of a ticket that have a verdict, the oldest first."""
    runs = [run for run in records.runs.find(ticket=ticket, state="done") if run.judged]
    return sorted(runs, key=lambda run: run.at)


def set_beside(records: Records, run: ProbeRun) -> tuple[ProbeRun, datetime] | None:
    """Return the run of step 5 that a run is to be compared with, and when the watch began that it is part of.

    None where the run itself belongs to step 5, or none was made there.
    """
    if run.step <= EXAMINED:
        return None
    others = [one for one in judged_runs(records, run.ticket) if one.id != run.id]
    earlier = [one for one in others if one.at <= run.at]
    base = _last([one for one in earlier if one.step == EXAMINED])
    if base is None:
        return None
    if run.since is not None:  # a look that was planned, or one that is judged again
        return base, run.since
    last = earlier[-1]
    held = last.comparison.get("run") == base.id and last.comparison.get("outcome") in _HELD
    return base, last.since if held and last.since else run.at


def _last(runs: list[ProbeRun]) -> ProbeRun | None:
    """Return the newest that looked for itself; where none did, the newest of those that were only told."""
    looked = [run for run in runs if run.kind is RunKind.EXAMINATION]
    return next(reversed(looked or runs), None)


def compared(probes: Probes, run: ProbeRun, beside: tuple[ProbeRun, datetime] | None) -> ProbeRun:
    """Return a finished run with its comparison."""
    if beside is None:
        return run
    base, since = beside
    waited = max(0.0, (run.at - since).total_seconds())
    found = probes.compare(base, run, waited)
    again = found.get("again_s")
    at = None if again is None else since + timedelta(seconds=float(again))
    return replace(run, comparison={**found, "run": base.id}, since=since, again_at=at)
