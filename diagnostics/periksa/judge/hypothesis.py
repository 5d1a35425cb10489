"""One explanation: a fault at a place, as what it would do to packets and what it would show."""

from collections.abc import Callable
from dataclasses import dataclass

from periksa.judge.effects import Costs, Effect
from periksa.judge.faults import Fault
from periksa.judge.trip import Trip
from periksa.judge.watched import Watched

Effects = Callable[[Trip], Effect]
Shows = Callable[[Watched], Costs | None]


def harmless(_: Trip) -> Effect:
    """Packets pass as ever."""
    return Effect.FINE


def nothing(_: Watched) -> None:
    """It shows in what happens to packets, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A way in which a place may be broken; several of them may bear one name.

    Attributes:
        place: ``node/NAME`` or ``link/A--B``.
        fault: Its type.
        effect: What becomes of an exchange of packets.
        shows: The costs of a sign's values where packets do not decide it; None: as usual.
        touches: Where the signs are filed that it may change.
        rare: Surprise of this way of being broken, beside that of the type.
    """

    place: str
    fault: Fault
    effect: Effects = harmless
    shows: Shows = nothing
    touches: frozenset[str] = frozenset()
    rare: float = 0.0

    @property
    def where(self) -> frozenset[str]:
        """Where to look for signs of it."""
        return self.touches or frozenset({self.place})
