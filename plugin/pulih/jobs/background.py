"""Jobs in the background: a huey queue in one SQLite file, worked off by threads of this or another process.

huey forgets a task at the moment it hands it to a worker. When that process is killed, the task is gone; so nothing
here relies on a task. What is due is found by looking: when a worker starts, every minute (pages), and every ten
minutes (all that a stop may have left undone, diagnostic runs too). A task only makes it happen sooner.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from huey import SqliteHuey, crontab
from huey.exceptions import RetryTask

from pulih.errors import Unavailable
from pulih.jobs.direct import Probe, Publish, Resume, nothing
from pulih.jobs.turn import turn
from pulih.jobs.worker import Worker, told_to_stop

log = logging.getLogger(__name__)

WAITS = (15, 30, 60, 120, 240, 480, 900)
PATIENCE = 30
_BUSY = 1  # second, after which a task looks again whether its turn has come
_LANES = 16  # lock files for diagnostic runs
_URGENT = 10
_ASKED, _REST, _FAILURES = "publish-asked", "publish-rest", "publish-failures"


def open_jobs(path: Path) -> HueyJobs:
    """Open the queue in a file, or make it. Raises Unavailable."""
    return HueyJobs(path)


class HueyJobs:
    """Asks for jobs, and does them where a worker runs. Several processes may do either on one file.

    Asking never fails: what could not be written down is found by the next look.

    Args:
        path: The queue's file; the locks lie in a folder beside it.
        waits: Seconds before publishing is tried again after each failure in a row; the last stays.

    Raises:
        Unavailable: The file cannot be opened.
    """

    def __init__(self, path: Path, waits: Sequence[float] = WAITS) -> None:
        self._locks, self._waits = path.with_name("locks"), waits
        self._publish: Publish | None = None
        self._probe: Probe | None = None
        self._resume: Resume = nothing
        self._worker: Worker | None = None
        try:
            self._locks.mkdir(parents=True, exist_ok=True)
            self._huey = SqliteHuey("pulih", filename=str(path), results=False)
        except (OSError, sqlite3.Error) as error:
            raise Unavailable("{path} tidak dapat dibuka.", path=path) from error
        self._ask_publish = self._huey.task(name="publish")(self._do_publish)
        self._ask_probe = self._huey.task(name="probe", priority=_URGENT)(self._do_probe)
        self._ask_resume = self._huey.task(name="resume")(self._do_resume)
        every_minute = self._huey.periodic_task(crontab(minute="*"), name="look", expires=60)
        every_minute(self._look)
        at_times = self._huey.periodic_task(crontab(minute="*/10"), name="look-far", expires=60)
        at_times(self._look_far)

    def bind(self, publish: Publish, probe: Probe, resume: Resume = nothing) -> None:
        """Say what the jobs are; needed before a worker starts, not for asking.

        Args:
            publish: Publishes all that is due, and does nothing when nothing is. Never runs twice at once.
            probe: Does a diagnostic run, and does nothing when it is done. One run never runs twice at once.
            resume: Takes up what a stop left undone; it may publish. Never runs while `publish` does.
        """
        self._publish, self._probe, self._resume = publish, probe, resume

    def publish(self) -> None:
        """Ask for everything that is due to be published. Those who ask before it begins share one build."""
        with _noted("publish"):
            if self._huey.put_if_empty(_ASKED, data=True):
                self._ask_publish()

    def probe(self, run: str) -> None:
        """Ask for a diagnostic run."""
        with _noted("probe"):
            self._ask_probe(run)

    def start_worker(self, threads: int = 2) -> None:
        """Work in threads of this process from now on; signals are left alone.

        Of two threads one is always free for diagnostic runs, since only one build runs at a time.

        Raises:
            RuntimeError: Nothing is bound, or a worker runs already.
            Unavailable: The queue cannot be written.
        """
        if self._publish is None or self._worker is not None:
            raise RuntimeError("bind first, start once")
        try:
            self._huey.delete(_REST)  # whoever starts a worker may have mended what was wrong
            self._ask_resume()
        except sqlite3.Error as error:
            raise Unavailable("Antrean pekerjaan tidak dapat ditulis.") from error
        self._worker = Worker(self._huey, threads)

    def stop_worker(self, patience: float = PATIENCE) -> None:
        """Let the jobs under way come to their end, but wait no longer than `patience` seconds."""
        if self._worker is not None:
            self._worker.stop(patience)
            self._worker = None

    def run_worker(self, threads: int = 2) -> None:
        """Work until SIGTERM or SIGINT, in the main thread; a second one does not wait for the jobs under way.

        Raises:
            RuntimeError, Unavailable: As `start_worker`.
            ValueError: This is not the main thread.
        """
        with told_to_stop() as told:
            self.start_worker(threads)
            try:
                while not told.wait(1):  # with a limit, or Windows would not hear Ctrl-C
                    pass
            finally:
                self.stop_worker()

    def close(self) -> None:
        """Let go of the file, after the worker has stopped."""
        self.stop_worker()
        self._huey.storage.close()

    def _do_publish(self) -> None:
        with turn(self._locks / "publish") as mine:
            if not mine:  # that build may have begun before our page was due
                raise RetryTask(delay=_BUSY)
            self._build(self._publish)

    def _do_probe(self, run: str) -> None:
        with turn(self._locks / f"probe-{crc32(run.encode()) % _LANES}") as mine:
            if not mine:
                raise RetryTask(delay=_BUSY)
            if self._probe is not None:
                self._probe(run)

    def _do_resume(self) -> None:
        with turn(self._locks / "publish") as mine:
            if not mine:
                raise RetryTask(delay=_BUSY)
            self._build(self._resume, self._publish)

    def _look(self) -> None:
        if not self._resting():
            with turn(self._locks / "publish") as mine:
                if mine:
                    self._build(self._publish)

    def _look_far(self) -> None:
        # With an empty queue, what is unfinished is being done or lost; the one is harmless to ask for again.
        if not self._resting() and not self._huey.pending_count():
            self._do_resume()

    def _build(self, *deeds: Callable[[], object] | None) -> None:
        self._huey.delete(_ASKED)
        try:
            for deed in filter(None, deeds):
                deed()
        except (Exception, SystemExit) as error:  # MkDocs leaves by SystemExit
            failures = self._huey.storage.incr(_FAILURES)
            wait = self._waits[min(failures, len(self._waits)) - 1]
            self._huey.put(_REST, time.time() + wait)
            if self._huey.put_if_empty(_ASKED, data=True):
                self._ask_publish.schedule(delay=wait)
            why = f"{error} {error.__cause__ or ''}".strip()
            unforeseen = not isinstance(error, Unavailable)
            log.warning("not published, next try in %s s: %s", wait, why, exc_info=unforeseen)
        else:
            self._huey.delete(_REST)
            self._huey.storage.delete_counter(_FAILURES)

    def _resting(self) -> bool:
        return time.time() < (self._huey.get(_REST, peek=True) or 0)


@contextmanager
def _noted(job: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error:
        log.warning("%s could not be asked for; the next look finds it", job, exc_info=True)
