"""Jobs in threads of their own, and what is owed for those that fail or never come back."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from periksa.findings import Finding, State, Target
from periksa.watch import Watch

Work = Callable[[], list[Finding]]


@dataclass(frozen=True, slots=True)
class Job:
    """A probe at work.

    Attributes:
        probe: Its name.
        owed: The target of each finding that is expected of it.
        work: What to do.
    """

    probe: str
    owed: tuple[Target, ...]
    work: Work


class Crew:
    """Starts jobs and hands over their findings, whoever is first.

    Threads are daemons: one that hangs in the system keeps neither the run nor the process.
    """

    def __init__(self, watch: Watch) -> None:
        self.running: list[Job] = []
        self._watch = watch
        self._done: SimpleQueue[tuple[Job | None, list[Finding]]] = SimpleQueue()

    def start(self, probe: str, owed: Sequence[Target], work: Work) -> None:
        """Start a job, unless nothing would be owed."""
        if owed:
            job = Job(probe, tuple(owed), work)
            self.running.append(job)
            Thread(target=self._do, args=(job,), name=f"periksa-{probe}", daemon=True).start()

    def tell(self, findings: list[Finding]) -> None:
        """For a job that is not done, but has something to say already."""
        self._done.put((None, findings))

    def wait(self, seconds: float) -> tuple[Job | None, list[Finding]] | None:
        """What comes next: a job that is done, or what one told before (then the job is None).

        None when nothing comes within that time.
        """
        try:
            job, findings = self._done.get(timeout=max(seconds, 0))
        except Empty:
            return None
        if job is not None:
            self.running.remove(job)
        return job, findings

    def missing(self, job: Job) -> list[Finding]:
        """What is to be said for a job that has not come back."""
        return self._unknown(job, 0.0, "tidak selesai pada waktunya")

    def _do(self, job: Job) -> None:
        begun = monotonic()
        try:
            findings = job.work()
        except Exception:  # noqa: BLE001 - a probe with a fault must not take the others along
            raw = traceback.format_exc()
            findings = self._unknown(
                job, monotonic() - begun, "gagal karena kesalahan program", raw
            )
        self._done.put((job, findings))

    def _unknown(self, job: Job, seconds: float, why: str, raw: str = "") -> list[Finding]:
        moment = self._watch.now()
        return [
            Finding(
                job.probe,
                target.name,
                target.address,
                State.UNKNOWN,
                f"Pemeriksaan {job.probe} ke {target.name} {why}.",
                {},
                moment,
                seconds,
                raw,
            )
            for target in job.owed
        ]
