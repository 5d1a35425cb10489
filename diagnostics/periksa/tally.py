"""What came back of one target's echoes: counting, and the figures of it. No sockets here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import fmean, median
from typing import Any

from periksa.addresses import Address
from periksa.findings import Figure
from periksa.icmp import Reply, Sent
from periksa.packet import Kind

Figures = dict[str, Figure]
Errors = Counter[tuple[str, int, int]]  # how often each source said each ICMP type and code


@dataclass(slots=True)
class Tally:
    """Counts as replies come in.

    Attributes:
        address: The target's.
        rtts: Milliseconds by sequence number, None while unanswered; the first is the warm-up.
        before: The same of a first pass that told nothing.
        left: When each left (monotonic).
        duplicates: Answers beyond the first to one echo.
        strangers: Other addresses that answered in the target's place.
        errors: ICMP errors.
        blocked: Why an echo could not leave this machine.
        stamped: Whether the kernel took all times of receiving.
    """

    address: Address
    rtts: dict[int, float | None] = field(default_factory=dict)
    before: dict[int, float | None] = field(default_factory=dict)
    left: dict[int, float] = field(default_factory=dict)
    duplicates: int = 0
    strangers: set[str] = field(default_factory=set)
    errors: Errors = field(default_factory=Counter)
    blocked: str = ""
    stamped: bool = True

    @property
    def silent(self) -> bool:
        """No echo was answered."""
        return all(rtt is None for rtt in (*self.before.values(), *self.rtts.values()))

    @property
    def waiting(self) -> bool:
        """Some echo is unanswered."""
        return None in self.rtts.values()

    @property
    def queued(self) -> bool:
        """The answers came in one lump: the echoes had been waiting for a router to find the way.

        So it is when the first ARP request is lost; neither their times nor their number tell
        anything of the link.
        """
        came = [number for number, rtt in self.rtts.items() if rtt is not None]
        leaving = [self.left[number] for number in came]
        coming = [self.left[number] + (self.rtts[number] or 0) / 1000 for number in came]
        return len(came) > 1 and _span(coming) < _span(leaving) / 2

    @property
    def late(self) -> int:
        """Echoes that do not count: all went well only when asked a second time."""
        return len(self.before) if self._answered_again else 0

    @property
    def _answered_again(self) -> bool:
        return any(rtt is not None for rtt in self.rtts.values())

    def begin_again(self) -> None:
        """What was sent so far told nothing; ask anew."""
        self.before, self.rtts = {**self.before, **self.rtts}, {}

    def sent(self, sent: Sent) -> None:
        """An echo has left."""
        self.rtts[sent.sequence] = None
        self.left[sent.sequence] = sent.ticks

    def heard(self, reply: Reply) -> None:
        """Something came back about one of this target's echoes."""
        number = reply.sent.sequence
        rtts = self.rtts if number in self.rtts else self.before
        if reply.kind is not Kind.ECHO:
            self.errors[str(reply.source), reply.type, reply.code] += 1
        elif reply.source != self.address:
            self.strangers.add(str(reply.source))
        elif rtts[number] is None:
            rtts[number] = round(reply.ms, 3)
            self.stamped = self.stamped and reply.stamped
        else:
            self.duplicates += 1

    def figures(self, *, cut_short: bool) -> Figures:
        """What was counted, in the shape that ``figures`` of this module tells.

        Args:
            cut_short: The last echoes had no time to be answered, so they do not count. Those
                before a second look had all the time they were to have.
        """
        before = () if self._answered_again else self.before.values()
        last = [*self.rtts.values()]
        while cut_short and last and last[-1] is None:
            last.pop()
        first, *rest = [*before, *last] or [None]
        clock = "kernel" if self.stamped else "process"
        return figures(first, rest, self.errors, self.duplicates, sorted(self.strangers), clock)


def figures(
    first: float | None,
    rtts: Sequence[float | None],
    errors: Errors,
    duplicates: int = 0,
    strangers: Sequence[str] = (),
    clock: str = "kernel",
) -> Figures:
    """Figures of a ping.

    Args:
        first: Milliseconds of the warm-up echo, which may have waited for ARP and therefore counts
            neither as lost nor among the times; None when it was not answered.
        rtts: Milliseconds of the echoes after it, None where unanswered.
        errors: What routers said.
        duplicates: Answers too many.
        strangers: Addresses that answered in the target's place.
        clock: Who took the times of receiving: "kernel" or "process".

    Returns:
        ``sent``, ``received``, ``loss`` (0 to 1; None when nothing was sent), ``first_ms``,
        ``min_ms``, ``median_ms``, ``avg_ms``, ``p90_ms`` (nearest rank), ``max_ms`` (None without
        answers), ``rtts_ms``, ``duplicates``, ``strangers``, ``clock``, and the equally long lists
        ``error_sources``, ``error_types``, ``error_codes``, ``error_counts``.
    """
    came = sorted(rtt for rtt in rtts if rtt is not None)
    said = sorted(errors.items())
    return {
        "sent": len(rtts),
        "received": len(came),
        "loss": round(1 - len(came) / len(rtts), 4) if rtts else None,
        "first_ms": first,
        "min_ms": came[0] if came else None,
        "median_ms": round(median(came), 3) if came else None,
        "avg_ms": round(fmean(came), 3) if came else None,
        "p90_ms": came[ceil(0.9 * len(came)) - 1] if came else None,
        "max_ms": came[-1] if came else None,
        "rtts_ms": list(rtts),
        "duplicates": duplicates,
        "strangers": list(strangers),
        "clock": clock,
        "error_sources": [source for (source, _, _), _ in said],
        "error_types": [kind for (_, kind, _), _ in said],
        "error_codes": [code for (_, _, code), _ in said],
        "error_counts": [count for _, count in said],
    }


def _span(moments: Sequence[float]) -> float:
    return max(moments) - min(moments)


def errors_in(figures: Mapping[str, Any]) -> Errors:
    """The errors that figures of a ping tell."""
    names = ("error_sources", "error_types", "error_codes", "error_counts")
    errors: Errors = Counter()
    for source, kind, code, count in zip(*(figures[name] for name in names), strict=True):
        errors[source, kind, code] += count
    return errors
