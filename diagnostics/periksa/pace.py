"""Who may send when: each link carries at most a share of what it can, whichever probe asks.

A radio link of 200 kbit/s is full with 125 pings a second, and then the probes measure themselves.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic

FRAME = 18  # bytes that Ethernet puts around an IP packet: header and checksum
SLACK = 0.01  # seconds that may be caught up after a late awakening: a burst is no longer than this
SOMEWHERE = ""  # the link of an address that nobody placed
ALL = "*"  # not a link, but all that leaves this machine


@dataclass(frozen=True, slots=True)
class Links:
    """What lies between here and the targets.

    Attributes:
        ways: The links that packets to an address cross, by their names. An address that is
            missing is taken to lie behind the one link ``SOMEWHERE``.
        rates: What a link can carry, in bit/s.
        unknown: What a link is taken to carry whose rate nobody told, in bit/s.
        share: How much of it the probes may use (0 to 1), both directions together: the two share
            the air of a radio link.
        total: What all probes together may send and be sent, in bit/s.
    """

    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rates: Mapping[str, int] = field(default_factory=dict)
    unknown: int = 200_000
    share: float = 0.5
    total: int = 4_000_000

    def way(self, address: str) -> tuple[str, ...]:
        """The links to an address, the slowest first, and ``ALL`` at the end."""
        crossed = dict.fromkeys(self.ways.get(address, (SOMEWHERE,)))
        return (*sorted(crossed, key=self.allowance), ALL)

    def allowance(self, link: str) -> float:
        """What probes may use of a link, in bit/s."""
        if link == ALL:
            return self.total
        return max(self.rates.get(link, self.unknown) * self.share, 1.0)


class Pacer:
    """Hands out the moments at which packets may leave.

    Attributes:
        carried: Bytes by link, there and back, as they were asked for.
    """

    def __init__(self, links: Links) -> None:
        self.carried: Counter[str] = Counter()
        self._links = links
        self._free: defaultdict[str, float] = defaultdict(float)
        self._ways: dict[str, tuple[str, ...]] = {}

    async def turn(self, address: str, there: int, back: int | None = None) -> None:
        """Wait until a packet may leave.

        Link after link is waited for, the slowest first: who waits for one holds up nobody on
        another.

        Args:
            address: Where to.
            there: Bytes of the IP packet.
            back: Bytes that will come back; as many when not given.
        """
        size = there + (there if back is None else back) + 2 * FRAME
        if address not in self._ways:
            self._ways[address] = self._links.way(address)
        for link in self._ways[address]:
            wait = self._reserve(link, size) - monotonic()
            if wait > 0:
                await asyncio.sleep(wait)

    def _reserve(self, link: str, size: int) -> float:
        """The moment (monotonic) from which the link is ours; it is free again some time after."""
        begin = max(self._free[link], monotonic() - SLACK)
        self._free[link] = begin + size * 8 / self._links.allowance(link)
        self.carried[link] += size
        return begin
