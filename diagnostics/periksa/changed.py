"""Figures of two runs side by side: stretches of the way, and ports. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from periksa.figures import count
from periksa.findings import Finding, State
from periksa.judge.reach import Reach
from periksa.network import Network
from periksa.segments import Pool, segments
from periksa.wording import number

SLOWER_MS = 5.0  # less than that is the machine's own unrest
SLOWER_SHARE = 1.5
COUNTERS = ("carrier_changes", "link_downs", "rx_errors", "tx_errors")
NONE = Pool()


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """A link, then and now.

    Attributes:
        place: ``link/A--B``.
        before: Echoes over it then.
        after: Echoes over it now.
        big_before: Of the large packets over it, how many addresses' arrived, of how many.
        big_after: The same now.
    """

    place: str
    before: Pool
    after: Pool
    big_before: tuple[int, int] = (0, 0)
    big_after: tuple[int, int] = (0, 0)

    @property
    def better(self) -> bool:
        """Something about it is better by more than chance, and nothing is worse."""
        return _gains(self.before, self.after, self.big_before, self.big_after) and not self.worse

    @property
    def worse(self) -> bool:
        """Something about it is worse by more than chance."""
        return _gains(self.after, self.before, self.big_after, self.big_before)

    @property
    def sentence(self) -> str:
        """For people."""
        then, now = _said(self.before, self.big_before), _said(self.after, self.big_after)
        mark = "lebih buruk" if self.worse else "lebih baik" if self.better else "tidak berubah"
        name = self.place.partition("/")[2]
        return f"Ruas {name} {mark}: dulu {then}; sekarang {now}."

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: place, before, after (figures and ``big``: arrived, tried), change."""
        change = "worse" if self.worse else "better" if self.better else "same"
        return {
            "place": self.place,
            "before": {**self.before.as_dict(), "big": list(self.big_before)},
            "after": {**self.after.as_dict(), "big": list(self.big_after)},
            "change": change,
        }


@dataclass(frozen=True, slots=True)
class PortChange:
    """A device's port, then and now.

    Attributes:
        node: The device.
        port: The port.
        before: What was counted while the first run lasted, and ``carrier``; only what was told.
        after: The same of the second run.
    """

    node: str
    port: str
    before: Mapping[str, int]
    after: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: the attributes."""
        return {
            "node": self.node,
            "port": self.port,
            "before": dict(self.before),
            "after": dict(self.after),
        }


def stretches(
    network: Network, before: Sequence[Finding], after: Sequence[Finding]
) -> Iterator[SegmentChange]:
    """Every link over which both runs reached for something."""
    then, now = segments(network, before), segments(network, after)
    big_then, big_now = _big(network, before), _big(network, after)
    for place in now:
        if place in then:
            yield SegmentChange(
                place,
                then[place],
                now[place],
                big_then.get(place, (0, 0)),
                big_now.get(place, (0, 0)),
            )


def ports(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[PortChange]:
    """Every port that both runs were told of, with the increase of its counters in each."""
    then, now = _counters(before), _counters(after)
    for key, told in now.items():
        if key in then:
            yield PortChange(*key, then[key], told)


def _counters(findings: Iterable[Finding]) -> dict[tuple[str, str], dict[str, int]]:
    found = {}
    for one in findings:
        if one.probe == "link" and one.state is not State.UNKNOWN:
            values = ((key, count(one, key)) for key in ("carrier", *COUNTERS))
            found[one.vantage, one.target] = {
                key: value for key, value in values if value is not None
            }
    return found


def _big(network: Network, findings: Iterable[Finding]) -> dict[str, tuple[int, int]]:
    """Of the server's large packets over each link: addresses reached, addresses tried."""
    reach, found = Reach(network), dict[str, tuple[int, int]]()
    for one in findings:
        owner = network.owner(one.address)
        if one.probe != "big" or one.vantage or one.state is State.UNKNOWN or owner is None:
            continue
        whole = int(bool(count(one, "received")))
        trip = reach.trip_to(network.server, owner[0].name, one.address)
        for link in trip.links if trip else ():
            arrived, tried = found.get(f"link/{link.name}", (0, 0))
            found[f"link/{link.name}"] = arrived + whole, tried + 1
    return found


def _gains(
    worse: Pool, better: Pool, big_worse: tuple[int, int], big_better: tuple[int, int]
) -> bool:
    """Whether the second is better than the first in anything, by more than chance."""
    if better.answering and not worse.answering:
        return True
    if better.sent and worse.sent and better.loss[1] < worse.loss[0]:
        return True
    if big_better[1] and big_worse[1] and big_better[0] and not big_worse[0]:
        return True
    slow, fast = worse.typical_ms, better.typical_ms
    if slow is None or fast is None:
        return False
    return slow > fast + SLOWER_MS and slow > fast * SLOWER_SHARE


def _said(pool: Pool, big: tuple[int, int]) -> str:
    low, high = (number(100 * share) for share in pool.loss)
    parts = [f"{pool.answering} dari {pool.addresses} alamat menjawab"]
    if pool.answering:
        parts.append(f"hilang {pool.lost} dari {pool.sent} ping (antara {low} dan {high} %)")
    if pool.typical_ms is not None:
        parts.append(f"biasanya {number(pool.typical_ms)} ms")
    if big[1]:
        parts.append(f"paket besar sampai ke {big[0]} dari {big[1]} alamat")
    return ", ".join(parts)
