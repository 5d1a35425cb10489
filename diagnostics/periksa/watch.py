"""How long a probe may go on, and the time of day, handed in from outside."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from time import monotonic


def never() -> bool:
    """Nobody asks to stop."""
    return False


class Watch:
    """One run's clock, shared by its probes on one event loop.

    Attributes:
        now: Aware time of day, for the record only.
        deadline: When everything must have stopped, on ``time.monotonic``'s scale, which is also
            the event loop's.
    """

    def __init__(self, now: Callable[[], datetime], deadline: float) -> None:
        self.now = now
        self.deadline = deadline
        self._open: set[asyncio.Timeout] = set()

    @classmethod
    def lasting(cls, seconds: float, now: Callable[[], datetime]) -> "Watch":
        """A watch that starts now."""
        return cls(now, monotonic() + seconds)

    @property
    def over(self) -> bool:
        """A probe that sees this says of what is missing that it is unknown."""
        return monotonic() >= self.deadline

    def stop(self) -> None:
        """It is over now. To be called on the event loop."""
        self.deadline = min(self.deadline, monotonic())
        for timeout in self._open:
            if not timeout.expired():  # one that is just ending cannot be told another time
                timeout.reschedule(self.deadline)

    @asynccontextmanager
    async def bounded(self, seconds: float | None = None) -> AsyncIterator[None]:
        """Leave the block, wherever it waits, when it is over; nothing is raised.

        Args:
            seconds: Leave it after that many at the latest.
        """
        end = self.deadline if seconds is None else min(self.deadline, monotonic() + seconds)
        timeout = asyncio.timeout_at(end)
        try:
            async with timeout:
                self._open.add(timeout)
                try:
                    yield
                finally:
                    self._open.discard(timeout)
        except TimeoutError:
            if not timeout.expired():
                raise
