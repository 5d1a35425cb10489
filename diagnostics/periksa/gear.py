"""What probes of one run share: the clock, the pace, and the line for echoes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from periksa.icmp import Line
from periksa.pace import Links, Pacer
from periksa.watch import Watch


@dataclass(frozen=True, slots=True)
class Gear:
    """Belongs to one event loop.

    Attributes:
        watch: When to stop.
        pacer: When to send.
        line: Echoes.
    """

    watch: Watch
    pacer: Pacer
    line: Line

    @classmethod
    @contextmanager
    def lent(cls, links: Links, watch: Watch) -> Iterator[Self]:
        """Gear for the length of a block that runs on an event loop."""
        with Line() as line:
            yield cls(watch, Pacer(links), line)
