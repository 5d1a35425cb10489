"""What is known of one path: which hop spoke, and where the path ends. No sockets here."""

from dataclasses import dataclass, field

from periksa.addresses import Address
from periksa.icmp import Reply, Sent
from periksa.packet import Kind
from periksa.plan import SILENCE
from periksa.tally import Figures

BEYOND = 3  # silent hops after the last that spoke, asked again


@dataclass(slots=True)
class Path:
    """One path, as replies come in.

    Attributes:
        address: Of the target.
        asked: Hop by sequence number.
        heard: The first reply by hop.
        end: The nearest hop at which the target answered, or somebody said it is unreachable.
        blocked: Why an echo could not leave this machine.
    """

    address: Address
    asked: dict[int, int] = field(default_factory=dict)
    heard: dict[int, Reply] = field(default_factory=dict)
    end: int | None = None
    blocked: str = ""

    @property
    def last(self) -> int:
        """The farthest hop known, 0 when there is none."""
        return self.end or max(self.heard, default=0)

    @property
    def complete(self) -> bool:
        """The end is known and every hop before it."""
        return self.end is not None and not self.silent(self.end)

    def beyond(self, hop: int) -> bool:
        """Nothing more is to be learnt at that hop."""
        return self.end is not None and hop > self.end

    def sent(self, sent: Sent, hop: int) -> None:
        """An echo has left for that hop."""
        self.asked[sent.sequence] = hop

    def hear(self, reply: Reply) -> None:
        """Place a reply at its hop."""
        hop = self.asked[reply.sent.sequence]
        self.heard.setdefault(hop, reply)
        if reply.kind is not Kind.EXPIRED and (self.end is None or hop < self.end):
            self.heard[hop] = reply
            self.end = hop

    @property
    def loop(self) -> list[str]:
        """Routers at which the time to live ran out at several hops."""
        spoke = [str(one.source) for one in self.heard.values() if one.kind is Kind.EXPIRED]
        return sorted({source for source in spoke if spoke.count(source) > 1})

    def goes_on(self, asked: int) -> bool:
        """Hops after the farthest that was asked for are worth asking: the path is not silent yet."""
        return self.end is None and not self.loop and self.last > asked - SILENCE

    def silent(self, limit: int) -> list[int]:
        """Hops worth asking again."""
        until = self.end or min(self.last + BEYOND, limit)
        return [hop for hop in range(1, until + 1) if hop not in self.heard]

    def figures(self) -> Figures:
        """The shape is told by ``trace.trace``."""
        hops = [self.heard.get(hop) for hop in range(1, self.last + 1)]
        return {
            "hops": [str(hop.source) if hop else None for hop in hops],
            "types": [hop.type if hop else None for hop in hops],
            "codes": [hop.code if hop else None for hop in hops],
            "hops_ms": [round(hop.ms, 3) if hop else None for hop in hops],
            "end": self._ending(),
            "last_hop": self.last,
            "last_address": str(self.heard[self.last].source) if self.last else None,
            "loop": self.loop,
        }

    def _ending(self) -> str:
        if self.end is None:
            return "silence"
        reply = self.heard[self.end]
        if reply.kind is not Kind.ECHO:
            return "unreachable"
        return "destination" if reply.source == self.address else "stranger"
