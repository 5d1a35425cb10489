"""What the server's echoes say of each stretch of the way, all addresses behind it taken together.

Pure. One address tells little of a few percent of loss, many behind the same link tell it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median
from typing import Any

from periksa.figures import count, number
from periksa.findings import Finding, State
from periksa.judge.reach import Reach
from periksa.network import Network

Z = 1.96  # 95 %
PINGS = ("ping", "echo")


@dataclass(frozen=True, slots=True)
class Pool:
    """Echoes to some addresses, taken together.

    Attributes:
        addresses: How many were tried.
        answering: Of those, how many answered at all. The others do not count below, as being off
            is no loss on the way, unless none answered.
        sent: Echoes.
        lost: Of those, unanswered.
        typical_ms: The median over the addresses of what is usual there, None without answers.
        spread_ms: Likewise, of how far the slowest tenth is from the fastest.
    """

    addresses: int = 0
    answering: int = 0
    sent: int = 0
    lost: int = 0
    typical_ms: float | None = None
    spread_ms: float | None = None

    @property
    def loss(self) -> tuple[float, float]:
        """Between what shares the loss is, 95 times of 100."""
        return wilson(self.lost, self.sent)

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: the attributes, and ``loss_low`` and ``loss_high`` (0 to 1)."""
        low, high = self.loss
        return {
            "addresses": self.addresses,
            "answering": self.answering,
            "sent": self.sent,
            "lost": self.lost,
            "loss_low": round(low, 4),
            "loss_high": round(high, 4),
            "typical_ms": self.typical_ms,
            "spread_ms": self.spread_ms,
        }


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The interval of a share, 0 to 1, after Wilson; everything is possible where nothing is."""
    if whole <= 0:
        return 0.0, 1.0
    share, weight = part / whole, Z * Z / whole
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / whole + weight / (4 * whole)) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)


def pooled(pings: Iterable[Finding]) -> Pool:
    """Findings of ping as one."""
    told = [_counted(one) for one in pings if one.state is not State.UNKNOWN]
    alive = [one for one in told if one[1]]
    counted = alive or told
    return Pool(
        addresses=len(told),
        answering=len(alive),
        sent=sum(sent for sent, _, _ in counted),
        lost=sum(sent - got for sent, got, _ in counted),
        typical_ms=_middle([number(one, "median_ms") for _, _, one in alive]),
        spread_ms=_middle([_spread(one) for _, _, one in alive]),
    )


def segments(network: Network, findings: Iterable[Finding]) -> Mapping[str, Pool]:
    """For each link over which the server reached for something, what came back over it.

    Returns:
        The pool by the link's place (``link/A--B``), the nearest links first.
    """
    behind: dict[str, list[Finding]] = {}
    depth: dict[str, int] = {}
    for place, far, one in _crossings(Reach(network), findings):
        behind.setdefault(place, []).append(one)
        depth[place] = far
    return {place: pooled(behind[place]) for place in sorted(behind, key=depth.__getitem__)}


def pings_of(findings: Iterable[Finding]) -> Sequence[Finding]:
    """The server's own."""
    return [one for one in findings if one.probe in PINGS and not one.vantage]


def _crossings(reach: Reach, findings: Iterable[Finding]) -> Iterable[tuple[str, int, Finding]]:
    for one in pings_of(findings):
        owner = reach.network.owner(one.address)
        if owner is None:
            continue
        trip = reach.trip_to(reach.network.server, owner[0].name, one.address)
        for far, link in enumerate(trip.links if trip else ()):
            yield f"link/{link.name}", far, one


def _counted(finding: Finding) -> tuple[int, int, Finding]:
    """Sent and received; the warm-up counts where it is all there was."""
    sent = count(finding, "sent") or 0
    got = min(count(finding, "received") or 0, sent)
    return (sent, got, finding) if sent else (1, int(finding.answered), finding)


def _spread(finding: Finding) -> float | None:
    slow, fast = number(finding, "p90_ms"), number(finding, "min_ms")
    return None if slow is None or fast is None else slow - fast


def _middle(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 3) if known else None
