"""Jobs side by side on one event loop, and what is owed for those that fail or never come back."""

import asyncio
import traceback
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from periksa.findings import Finding, State
from periksa.watch import Watch

Owed = tuple[str, str]  # the name and address of a target about which something must be said
Work = Callable[[], Coroutine[Any, Any, list[Finding]]]

GLANCE = 0.1  # seconds between two looks at a watch that may have been stopped


@dataclass(frozen=True, slots=True)
class Job:
    """A probe at work.

    Attributes:
        probe: Its name.
        owed: Whom each finding that is expected of it is about.
        work: What to do.
    """

    probe: str
    owed: tuple[Owed, ...]
    work: Work


class Crew:
    """Starts jobs and keeps their findings.

    Attributes:
        found: The findings of the jobs that are done, by probe.
        missing: The jobs that are not.
    """

    def __init__(self, watch: Watch) -> None:
        self.found: dict[str, list[Finding]] = {}
        self.missing: dict[str, Job] = {}
        self._watch = watch
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, probe: str, owed: Sequence[Owed], work: Work) -> None:
        """Start a job, unless nothing would be owed. To be called on the event loop."""
        if owed:
            self.missing[probe] = job = Job(probe, tuple(owed), work)
            self._tasks.add(asyncio.create_task(self._do(job), name=f"periksa-{probe}"))

    async def finish(self, grace: float) -> None:
        """Wait for all jobs, also those that jobs start; let go of them some time after the watch.

        Args:
            grace: Seconds that jobs get to hand over what they have.
        """
        while self._tasks:
            left = self._watch.deadline + grace - monotonic()
            done, _ = await asyncio.wait(
                self._tasks, timeout=min(max(left, 0), GLANCE), return_when=asyncio.FIRST_COMPLETED
            )
            self._tasks -= done
            if left <= 0:
                break
        for task in self._tasks:
            task.cancel()

    async def _do(self, job: Job) -> None:
        begun = monotonic()
        try:
            findings = await job.work()
        except Exception:  # noqa: BLE001 - a probe with a fault must not take the others along
            why, raw = "gagal karena kesalahan program", traceback.format_exc()
            moment, seconds = self._watch.now(), monotonic() - begun
            findings = unknown(job.probe, job.owed, why, moment, seconds, raw)
        self.found[job.probe] = findings
        del self.missing[job.probe]


def unknown(
    probe: str,
    owed: Sequence[Owed],
    why: str,
    moment: datetime,
    seconds: float = 0.0,
    raw: str = "",
) -> list[Finding]:
    """What is to be said for a job that found nothing."""
    return [
        Finding(
            probe,
            name,
            address,
            State.UNKNOWN,
            f"Pemeriksaan {probe} ke {name} {why}.",
            {},
            moment,
            seconds,
            raw,
        )
        for name, address in owed
    ]
