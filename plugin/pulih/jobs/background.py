"""Jobs in the background: a huey queue in a file or in a database, worked off by threads of this or any other process.

huey forgets a task at the moment it hands it to a worker. When that process is killed, the task is gone; so nothing
here relies on a task. What is due is found by looking: when a worker starts, every minute (pages), and every ten
minutes (all that a stop may have left undone, diagnostic runs too). A task only makes it happen sooner.

Any worker does any task. What each machine has to do for itself, its own copy of the wiki, is no task: see `rounds`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from zlib import crc32

from huey import crontab
from huey.exceptions import RetryTask

from pulih.errors import Unavailable
from pulih.jobs.passes import Pass, Passes
from pulih.jobs.queue import Queue, open_queue
from pulih.jobs.rounds import Rounds
from pulih.jobs.worker import Worker, told_to_stop

log = logging.getLogger(__name__)

Deed = Callable[[], object]
Probe = Callable[[str], object]

WAITS = (15, 30, 60, 120, 240, 480, 900)
PATIENCE = 30
_BUSY = 1  # second, after which a task looks again whether its turn has come
_LANES = (
    64  # turns for diagnostic runs; who shares one with a look at the whole network waits for it
)
_THREADS = 4
_URGENT = 10
_CARRIED = 5  # seconds from one look at the site that is to be carried elsewhere to the next
_LOOK = 60  # seconds from one look to the next
_ASKED, _REST, _FAILURES = "publish-asked", "publish-rest", "publish-failures"
# Every worker has a clock that asks for the looks; with many workers, one look in so many seconds is enough.
_LOOKED, _LOOKED_FAR = ("looked", 50), ("looked-far", 500)


def _nothing() -> None:
    """Stand for what is not done here."""


def _nothing_of(_key: str) -> None:
    """Stand for what is not done here, of one thing."""


def open_jobs(path: Path, database: str = "") -> HueyJobs:
    """Open the queue in a database, or in a file where none is named; make it if need be. Raises Unavailable."""
    return HueyJobs(open_queue(path, database))


class HueyJobs:
    """Asks for jobs, and does them where a worker runs. Several processes may do either on one queue.

    Asking never fails: what could not be written down is found by the next look.

    Args:
        queue: From `open_queue`.
        waits: Seconds before publishing is tried again after each failure in a row; the last stays.
    """

    def __init__(self, queue: Queue, waits: Sequence[float] = WAITS) -> None:
        self._queue, self._huey, self._waits = queue, queue.huey, waits
        self._publish: Deed | None = None
        self._probe: Probe | None = None
        self._bundle: Probe = _nothing_of
        self._resume: Deed = _nothing
        self._here: Deed = _nothing
        self._carry: Deed = _nothing
        self._worker: Worker | None = None
        self._rounds: list[Rounds] = []
        self._passes = Passes(queue)
        self._ask_publish = self._huey.task(name="publish")(self._do_publish)
        self._ask_probe = self._huey.task(name="probe", priority=_URGENT)(self._do_probe)
        self._ask_bundle = self._huey.task(name="bundle")(self._do_bundle)
        self._ask_resume = self._huey.task(name="resume")(self._do_resume)
        every_minute = self._huey.periodic_task(crontab(minute="*"), name="look", expires=60)
        every_minute(self._look)
        at_times = self._huey.periodic_task(crontab(minute="*/10"), name="look-far", expires=60)
        at_times(self._look_far)

    def bind(
        self,
        publish: Deed,
        probe: Probe,
        resume: Deed = _nothing,
        here: Deed = _nothing,
        carry: Deed = _nothing,
        bundle: Probe | None = None,
    ) -> None:
        """Say what the jobs are; needed before a worker starts, not for asking.

        Args:
            publish: Publishes all that is due, and does nothing when nothing is. Never runs twice at once.
            probe: Does a diagnostic run, and does nothing when it is done. One run never runs twice at once.
            resume: Takes up what a stop left undone; it may publish. Never runs while `publish` does.
            here: Brings this machine's own copy of what is published up to date, and does nothing when it is.
            carry: Begins to carry that copy to where else it should be, and does not wait for it.
            bundle: Puts papers together, and does nothing when that is done. One bundle is never made twice at once.
        """
        self._publish, self._probe, self._resume = publish, probe, resume
        self._here, self._carry = here, carry
        self._bundle = bundle or _nothing_of

    def bind_passes(self, make: Pass, targets: Callable[[], Iterable[str]]) -> None:
        """Say how a pass over a Plone site is made, and which of them may have one now. Until then, none is."""
        self._passes.bind(make, targets)

    def publish(self, *, soon: bool = False) -> None:
        """Ask for everything that is due to be published. Those who ask before it begins share one build.

        What is news for the wiki is news for the Plone sites; each goes its own way, however the other fares.
        """

        def ask() -> None:
            if self._huey.put_if_empty(_ASKED, data=True) or soon:
                self._ask_publish(soon=soon)

        self._try("publish", ask)
        self.plone()

    def probe(self, run: str, *, delay: float = 0) -> None:
        """Ask for a diagnostic run, in so many seconds."""
        if delay > 0:
            self._try("probe", lambda: self._ask_probe.schedule((run,), delay=delay))
        else:
            self._try("probe", lambda: self._ask_probe(run))

    def bundle(self, key: str) -> None:
        """Ask for papers to be put together."""
        self._try("bundle", lambda: self._ask_bundle(key))

    def plone(self, target: str = "") -> None:
        """Ask for a pass over a Plone site, or over each of them."""
        self._try("plone", lambda: self._passes.ask(target))

    def start_worker(self, threads: int = _THREADS) -> None:
        """Work in threads of this process from now on; signals are left alone.

        Of four threads one is free for a ticket's diagnostic run: only one build, one bundle and one pass over a
        Plone site run at a time, and only one look at the whole network, which may take a minute.

        Raises:
            RuntimeError: Nothing is bound, or a worker runs already.
            Unavailable: The queue cannot be written.
        """
        if self._publish is None or self._worker is not None:
            raise RuntimeError("bind first, start once")
        try:
            self._huey.delete(_REST)  # whoever starts a worker may have mended what was wrong
            self._ask_resume()
        except self._queue.troubles as error:
            raise Unavailable(
                "Antrean pekerjaan tidak dapat ditulis. Periksa ruang disk dan izin folder data, lalu ulangi."
            ) from error
        self._worker = Worker(self._huey, threads)
        self.plone()
        self.start_rounds()

    def start_rounds(self) -> None:
        """Keep this machine's own copy up to date from now on, and leave the queue to others."""
        if not self._rounds:
            self._rounds = [
                Rounds(self._here, self._waits),
                Rounds(self._carry, self._waits, _CARRIED),
            ]

    def stop_worker(self, patience: float = PATIENCE) -> None:
        """Let what is under way come to its end, but wait no longer than `patience` seconds for each."""
        if self._worker is not None:
            self._worker.stop(patience)
            self._worker = None
        for rounds in self._rounds:
            rounds.stop(patience)
        self._rounds = []

    def run_worker(self, threads: int = _THREADS) -> None:
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
        """Let go of the queue, after the worker has stopped."""
        self.stop_worker()
        self._huey.storage.close()

    def _do_publish(self, *, soon: bool = False) -> None:
        with self._queue.turns.turn("publish") as mine:
            if not mine:  # that build may have begun before our page was due
                raise RetryTask(delay=_BUSY)
            if not soon and (rest := self._rest()):  # asked for while a build ran that failed
                raise RetryTask(delay=rest)
            self._build(self._publish)

    def _do_probe(self, run: str) -> None:
        with self._queue.turns.turn(f"probe-{crc32(run.encode()) % _LANES}") as mine:
            if not mine:
                raise RetryTask(delay=_BUSY)
            if self._probe is not None:
                self._probe(run)

    def _do_bundle(self, key: str) -> None:
        with self._queue.turns.turn(
            "bundle"
        ) as mine:  # one at a time: another thread is for people who wait
            if not mine:
                raise RetryTask(delay=_BUSY)
            self._bundle(key)

    def _do_resume(self) -> None:
        with self._queue.turns.turn("publish") as mine:
            if not mine:
                raise RetryTask(delay=_BUSY)
            self._build(self._resume, self._publish)

    def _look(self) -> None:
        with self._queue.turns.turn("publish") as mine:
            if mine and not self._rest() and self._long_ago(*_LOOKED):
                self._build(self._publish)

    def _look_far(self) -> None:
        # With an empty queue, what is unfinished is being done or lost; the one is harmless to ask for again.
        if not self._rest() and not self._huey.pending_count():
            with self._queue.turns.turn("publish") as mine:
                if not mine:
                    raise RetryTask(delay=_BUSY)
                if not self._rest() and self._long_ago(*_LOOKED_FAR):
                    self._build(self._resume, self._publish)

    def _long_ago(self, look: str, seconds: float) -> bool:
        """Tell whether the last look was so many seconds ago, and note this one. Needs the turn to publish."""
        now = time.time()
        if abs(now - (self._huey.get(look, peek=True) or 0)) < seconds:  # a clock may be set back
            return False
        self._huey.put(look, now)
        return True

    def _build(self, *deeds: Deed | None) -> None:
        try:
            self._huey.delete(_ASKED)
            for deed in filter(None, deeds):
                deed()
            self._huey.delete(_REST)
            self._huey.storage.delete_counter(_FAILURES)
        except (Exception, SystemExit) as error:  # MkDocs leaves by SystemExit
            wait = self._put_off()
            why = f"{error} {error.__cause__ or ''}".strip()
            unforeseen = not isinstance(error, (Unavailable, *self._queue.troubles))
            log.warning("not published, next try in %s s: %s", wait, why, exc_info=unforeseen)

    def _put_off(self) -> float:
        """Write down when publishing is tried again, and return in how many seconds."""
        try:
            failures: int = self._huey.storage.incr(_FAILURES)
            wait = self._waits[min(failures, len(self._waits)) - 1]
            self._huey.put(_REST, time.time() + wait)
            if self._huey.put_if_empty(_ASKED, data=True):
                self._ask_publish.schedule(delay=wait)
        except (
            self._queue.troubles
        ):  # what kept it from being published may keep this from being written
            return _LOOK
        return wait

    def _rest(self) -> float:
        """Return for how many seconds publishing is put off. Sure only within the turn to publish."""
        left: float = (self._huey.get(_REST, peek=True) or 0) - time.time()
        return left if 0 < left <= max(self._waits) else 0  # more: the clock was set back

    def _try(self, job: str, ask: Callable[[], object]) -> None:
        for left in reversed(range(self._queue.tries)):
            try:
                ask()
            except self._queue.troubles:
                if not left:
                    log.warning(
                        "%s could not be asked for; the next look finds it", job, exc_info=True
                    )
            else:
                return
