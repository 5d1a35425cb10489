"""How long a probe may go on, and the time of day, handed in from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep

SLICE = 0.1  # seconds between two looks at whether to stop


def never() -> bool:
    """Nobody asks to stop."""
    return False


@dataclass(frozen=True, slots=True)
class Watch:
    """One run's clock, shared by its probes and their threads.

    Attributes:
        now: Aware time of day, for the record only.
        deadline: When everything must have stopped, on ``time.monotonic``'s scale.
        stopped: Whether somebody asked to stop early. Must be safe to call from any thread.
    """

    now: Callable[[], datetime]
    deadline: float
    stopped: Callable[[], bool] = never

    @classmethod
    def lasting(cls, seconds: float, now: Callable[[], datetime]) -> "Watch":
        """A watch that starts now."""
        return cls(now, monotonic() + seconds)

    @property
    def over(self) -> bool:
        """A probe that sees this stops sending, and says of the rest that it is unknown."""
        return monotonic() >= self.deadline or self.stopped()

    def pause(self, seconds: float) -> None:
        """Wait that long, or until it is over."""
        end = self.until(seconds)
        while not self.over and (left := end - monotonic()) > 0:
            sleep(min(left, SLICE))

    def until(self, seconds: float) -> float:
        """That many seconds from now, but not past the deadline (monotonic)."""
        return min(monotonic() + seconds, self.deadline)
