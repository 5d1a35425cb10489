"""Visits to several devices in the background, for as long as there is time and no longer.

A terminal library that waits cannot be interrupted, so each visit has a thread that nobody waits
for once the time is over; it can only ask, and ends by itself soon after. What a device has not
said by then is unknown.
"""

import traceback
from collections.abc import Iterable, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic

from periksa.findings import Finding, State
from periksa.vantage.login import Login
from periksa.vantage.look import LOGIN, WINDOW, look
from periksa.vantage.masks import masked
from periksa.vantage.questions import Question
from periksa.watch import Watch

AT_ONCE = 20  # devices
GRACE = 0.3  # seconds after the watch that a device's last words are waited for
LATE = "tidak selesai didatangi pada waktunya"
BROKEN = "tidak dapat didatangi karena kesalahan program"


class Rounds:
    """Visits, many at once.

    Args:
        visits: Whom, and what to ask.
        watch: When it is over.
        window: Seconds between two readings of a device's counters, at least.
    """

    def __init__(
        self,
        visits: Iterable[tuple[Login, Sequence[Question]]],
        watch: Watch,
        window: float = WINDOW,
    ) -> None:
        self._visits = tuple(visits)
        self._watch = watch
        self._end = watch.deadline + GRACE
        self._window = window
        self._found: dict[int, list[Finding]] = {}
        self._waiting: SimpleQueue[int] = SimpleQueue()
        self._done = Event()
        self._started, self._begun = watch.now(), monotonic()

    def begin(self) -> None:
        """Set out."""
        for number in range(len(self._visits)):
            self._waiting.put(number)
        for _ in range(min(AT_ONCE, len(self._visits))):
            Thread(target=self._work, name="periksa-vantage", daemon=True).start()
        if not self._visits:
            self._done.set()

    @property
    def going(self) -> bool:
        """Some device has more to say, and there is time."""
        return not self._done.is_set() and monotonic() < self._end

    @property
    def away(self) -> int:
        """How many devices have not said everything."""
        return len(self._visits) - len(self._found)

    def wait(self, seconds: float) -> None:
        """Wait for the last of them, but no longer than that."""
        self._done.wait(max(0.0, min(seconds, self._end - monotonic())))

    def findings(self) -> list[Finding]:
        """What the devices said, in the order of the visits; of a late one, that it is late."""
        found = dict(self._found)
        return [
            finding
            for number, (login, _) in enumerate(self._visits)
            for finding in found.get(number) or [self._nothing(login, "late", LATE)]
        ]

    def _work(self) -> None:
        while not self._watch.over:
            try:
                number = self._waiting.get_nowait()
            except Empty:
                return
            login, questions = self._visits[number]
            try:
                found = look(login, questions, self._watch, self._window)
            except Exception:  # noqa: BLE001 - one device's trouble must not cost the others' words
                found = [self._nothing(login, "error", BROKEN, traceback.format_exc())]
            self._found[number] = found
            if not self.away:
                self._done.set()

    def _nothing(self, login: Login, result: str, why: str, raw: str = "") -> Finding:
        return Finding(
            LOGIN,
            login.node,
            login.address,
            State.UNKNOWN,
            f"{login.node} {why}.",
            {"result": result, "port": login.port},
            self._started,
            monotonic() - self._begun,
            masked(raw, (login.password,)),
        )
