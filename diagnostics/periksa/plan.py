"""Which probes, for which targets, how many and how fast: data, and an estimate of its time.

SOP step 5. The figures behind the defaults: a router's search for a neighbour that is off takes
three seconds (three ARP requests a second apart), so nobody is called silent sooner; Linux routers
answer one asker with a burst of six ICMP errors and then one a second, so at most six traces run.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from periksa.findings import Target

START = 0.3  # seconds for threads and sockets


@dataclass(frozen=True, slots=True)
class Echoes:
    """How to ping.

    Attributes:
        count: Echoes a target, after one to warm up.
        spacing: Seconds between two echoes to one target, at least.
        rate: Echoes a second over all targets, at most.
        wait: Seconds to wait for answers after the last.
        after: Seconds that must have passed since the very first echo.
        yielding: Whether to leave a target alone once a router has said that it is unreachable and
            nothing else came: routers ration their errors, and a trace needs some too.
    """

    count: int = 10
    spacing: float = 0.04
    rate: int = 160
    wait: float = 1.0
    after: float = 0.0
    yielding: bool = True

    def seconds(self, targets: int) -> float:
        """How long that many silent targets take."""
        return (self.count + 1) * max(self.spacing, targets / self.rate) + self.wait


@dataclass(frozen=True, slots=True)
class Hops:
    """How to trace.

    Attributes:
        limit: The farthest hop to ask for.
        rate: Echoes a second over all targets, at most.
        gap: Seconds before the silent hops are asked once more.
        wait: Seconds to wait for answers after the last.
        targets: Traces at once, at most.
    """

    limit: int = 20
    rate: int = 120
    gap: float = 0.3
    wait: float = 1.0
    targets: int = 6

    def seconds(self, targets: int) -> float:
        """How long that many silent targets take, the second asking included."""
        return min(targets, self.targets) * self.limit / self.rate + self.gap + self.wait


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
        vantage: Where the probes run, for the record.
        first: The ping of all targets.
        again: The second ping, of those that did not answer the first.
        hops: Traces of the silent, and of one that answers to compare with.
        connects: TCP.
        questions: DNS.
        cap: Seconds after which there is a result, whatever happens.
    """

    targets: tuple[Target, ...]
    servers: tuple[Target, ...] = ()
    names: tuple[str, ...] = ()
    vantage: str = "server"
    first: Echoes = Echoes()
    again: Echoes = Echoes(count=5, spacing=0.2, rate=60, wait=1.2, after=1.7, yielding=False)
    hops: Hops = Hops()
    connects: Connects = Connects()
    questions: Questions = Questions()
    cap: float = 9.0

    @property
    def seconds(self) -> float:
        """The estimate: no target answers."""
        count = len(self.targets)
        first = self.first.seconds(count)
        again = max(self.again.after - first, 0) + self.again.seconds(count)
        after = max(again, self.hops.seconds(count), self.connects.knock_wait)
        ports = self.connects.wait if any(target.ports for target in self.targets) else 0.0
        names = self.questions.wait if self.servers and self.names else 0.0
        return min(self.cap, START + max(first + after, ports, names))


def plan_for(
    targets: Iterable[Target],
    dns_servers: Iterable[Target] = (),
    names: Iterable[str] = (),
    vantage: str = "server",
) -> Plan:
    """The plan for an agency's devices. An address named twice is looked at once."""
    return Plan(_once(targets), _once(dns_servers), tuple(dict.fromkeys(names)), vantage)


def _once(targets: Iterable[Target]) -> tuple[Target, ...]:
    kept: dict[str, Target] = {}
    for target in targets:
        first = kept.get(target.address, target)
        ports = tuple(dict.fromkeys((*first.ports, *target.ports)))
        kept[target.address] = Target(first.name, first.address, ports)
    return tuple(kept.values())
