"""Which probes, for which targets, how many and how fast: data, and an estimate of its cost.

SOP step 5. The figures behind the defaults: a router's search for a neighbour that is off takes
three seconds (three ARP requests a second apart), so nobody is called silent sooner; Linux routers
answer one asker with a burst of six ICMP errors and then one a second, so at most six traces run.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

from periksa.findings import Target
from periksa.network import Name
from periksa.pace import FRAME, Links
from periksa.pages import Page, Visits

START = 0.3  # seconds for the event loop and sockets
ECHO = 84  # bytes of an echo's IP packet
SILENCE = 5  # hops in a row that say nothing, after which a trace asks no further


@dataclass(frozen=True, slots=True)
class Echoes:
    """How to ping.

    Attributes:
        count: Echoes a target, after one to warm up.
        spacing: Seconds between two echoes to one target, at least.
        wait: Seconds to wait for answers after the last.
        after: Seconds that must have passed since the very first echo.
        few: Echoes without any answer after which a target is left alone …
        patience: … once so many seconds have passed: others need the link.
        yielding: Whether to leave a target alone once a router has said that it is unreachable and
            nothing else came: routers ration their errors, and a trace needs some too.
    """

    count: int = 10
    spacing: float = 0.04
    wait: float = 1.0
    after: float = 0.0
    few: int = 5
    patience: float = 0.3
    yielding: bool = True

    def unanswered(self, between: float) -> int:
        """Echoes to a target that is silent, when so many seconds pass between two."""
        patient = ceil(self.patience / max(between, self.spacing))
        return min(self.count + 1, max(self.few, patient))


@dataclass(frozen=True, slots=True)
class Hops:
    """How to trace.

    Attributes:
        limit: The farthest hop to ask for.
        wave: Hops asked for together.
        gap: Seconds before the silent hops are asked once more.
        wait: Seconds to wait for answers after the last.
        targets: Traces at once, at most.
    """

    limit: int = 20
    wave: int = 8
    gap: float = 0.3
    wait: float = 1.0
    targets: int = 6


@dataclass(frozen=True, slots=True)
class Big:
    """How to send packets that fill a frame.

    Attributes:
        targets: At how many of those that answer small ones. 0: at none.
        order: Their addresses, those that tell most first; of others the first, the last, and then
            the ones between.
        size: Bytes of the IP packet.
        count: How many; as many again, and the ladder, when none came back.
        ladder: Smaller ones, to see where it ends (PPPoE, tunnels, IPv6's least).
        wait: Seconds to wait for answers after the last.
    """

    targets: int = 0
    order: tuple[str, ...] = ()
    size: int = 1500
    count: int = 3
    ladder: tuple[int, ...] = (1492, 1400, 1280, 1000)
    wait: float = 0.8


@dataclass(frozen=True, slots=True)
class Connects:
    """How to try TCP ports.

    Attributes:
        wait: Seconds for an answer; the kernel asks at 0, 1 and 3 seconds.
        knock: Ports tried on a target that is silent to ping and has none on record: an answer,
            even a refusal, shows that it lives behind an ICMP filter.
        knock_wait: Seconds for an answer to those.
    """

    wait: float = 3.5
    knock: tuple[int, ...] = (80, 443, 22)
    knock_wait: float = 2.2


@dataclass(frozen=True, slots=True)
class Questions:
    """How to ask DNS servers.

    Attributes:
        types: Record types asked for each name.
        again: Seconds after which an unanswered question is sent once more.
        wait: Seconds for an answer.
    """

    types: tuple[str, ...] = ("A", "AAAA")
    again: float = 1.0
    wait: float = 3.0


@dataclass(frozen=True, slots=True)
class Plan:
    """One look at the network.

    Attributes:
        targets: To ping; their ports to try.
        servers: DNS servers to ask; port 53 unless the target names another.
        names: What to ask them.
        pages: What to fetch over HTTP(S).
        vantage: Where the probes run, for the record.
        links: What lies between, and what the probes may use of it.
        ranges: In CIDR notation, private addresses to which a page's name may point.
        public: A page's name may point to any public address as well.
        first: The ping of all targets.
        again: The second ping, of those that did not answer the first.
        big: Packets that fill a frame, to some of those that answer.
        hops: Traces of the silent, and of one that answers to compare with.
        connects: TCP.
        questions: DNS.
        visits: HTTP(S).
        cap: Seconds after which there is a result, whatever happens.
    """

    targets: tuple[Target, ...]
    servers: tuple[Target, ...] = ()
    names: tuple[Name, ...] = ()
    pages: tuple[Page, ...] = ()
    vantage: str = "server"
    links: Links = field(default_factory=Links)
    ranges: tuple[str, ...] = ()
    public: bool = True
    first: Echoes = Echoes()
    again: Echoes = Echoes(count=5, spacing=0.2, wait=1.0, after=1.7, few=6, yielding=False)
    big: Big = Big()
    hops: Hops = Hops()
    connects: Connects = Connects()
    questions: Questions = Questions()
    visits: Visits = field(default_factory=Visits)
    cap: float = 9.0

    @property
    def seconds(self) -> float:
        """The estimate: no target answers."""
        a_round = self._passing(len(self.targets))
        echoes = self.first.unanswered(a_round)
        first = max(echoes * a_round, echoes * self.first.spacing) + self.first.wait
        begin = max(first, self.again.after)
        echoes = self.again.unanswered(a_round)
        traced = self._passing(self.hops.targets) * (self.hops.wave + SILENCE)
        busy = max(echoes * a_round + traced, echoes * self.again.spacing)
        after = max(begin + busy + self.again.wait, first + self.connects.knock_wait)
        ports = self.connects.wait if any(target.ports for target in self.targets) else 0.0
        names = self.questions.wait if self.servers and self.names else 0.0
        pages = self.visits.wait if self.pages else 0.0
        return min(self.cap, START + max(after if self.targets else 0.0, ports, names, pages))

    def _passing(self, few: int) -> float:
        """Seconds that an echo to each target takes, or to a few of them, where it takes longest."""
        behind = Counter(link for target in self.targets for link in self.links.way(target.address))
        bits = 2 * (ECHO + FRAME) * 8
        return max(
            (min(few, each) * bits / self.links.allowance(link) for link, each in behind.items()),
            default=0.0,
        )


def plan_for(
    targets: Iterable[Target],
    dns_servers: Iterable[Target] = (),
    names: Iterable[str | Name] = (),
    vantage: str = "server",
) -> Plan:
    """The plan for an agency's devices. An address or name given twice is looked at once."""
    asked = [name if isinstance(name, Name) else Name(name) for name in names]
    once = {name.name: name for name in reversed(asked)}
    ordered = tuple(dict.fromkeys(once[name.name] for name in asked))
    return Plan(_once(targets), _once(dns_servers), ordered, vantage=vantage)


def _once(targets: Iterable[Target]) -> tuple[Target, ...]:
    kept: dict[str, Target] = {}
    for target in targets:
        first = kept.get(target.address, target)
        ports = tuple(dict.fromkeys((*first.ports, *target.ports)))
        kept[target.address] = Target(first.name, first.address, ports)
    return tuple(kept.values())
