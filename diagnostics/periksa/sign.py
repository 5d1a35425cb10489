"""One thing seen of a network, in one word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PERSON = "orang"  # the vantage of answers to questions


class Seen(StrEnum):
    """What a sign is about."""

    ECHO = "echo"
    DELAY = "delay"
    BIG = "big"
    TRACE = "trace"
    TCP = "tcp"
    DNS = "dns"
    HTTP = "http"
    CARRIER = "carrier"
    RX = "rx"
    FLAP = "flap"
    LOAD = "load"
    ERRORS = "errors"
    ARP = "arp"
    ROUTE = "route"
    DHCP = "dhcp"
    DHCPD = "dhcpd"
    POOL = "pool"
    BROADCAST = "broadcast"
    TALKS = "talks"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing seen.

    Attributes:
        vantage: The node it was seen from.
        seen: What it is about.
        node: Which node it tells something of; empty for an answer.
        at: The node's port, a DNS name, a URL, a prefix, a TCP port or a question.
        value: In a word; each kind has its own.
        address: Where the probe went; empty where it went nowhere.
        sent: Packets sent, where they were counted.
        got: Those that were answered.
        ms: The usual time, None where there is none.
    """

    vantage: str
    seen: Seen
    node: str
    at: str
    value: str
    address: str = ""
    sent: int = 0
    got: int = 0
    ms: float | None = None

    @property
    def fine(self) -> bool:
        """It is what a network shows where nothing is wrong."""
        return self.value in FINE[self.seen]

    @property
    def key(self) -> tuple[str, Seen, str, str, str]:
        """What it is a sign of, whatever the value."""
        return self.vantage, self.seen, self.node, self.at, self.address

    def __str__(self) -> str:
        subject = " ".join(filter(None, (f"{self.node} {self.at}".strip(), self.address)))
        return f"{self.vantage}: {self.seen} {subject}: {self.value}"


FINE: Mapping[Seen, tuple[str, ...]] = {
    Seen.ECHO: ("fine",),
    Seen.DELAY: ("fine",),
    Seen.BIG: ("fine", "told"),
    Seen.TRACE: ("fine", "short"),
    Seen.TCP: ("open", "answers", "hush"),
    Seen.DNS: ("fine",),
    Seen.HTTP: ("fine",),
    Seen.CARRIER: ("up",),
    Seen.RX: ("heard",),
    Seen.FLAP: ("steady",),
    Seen.LOAD: ("calm",),
    Seen.ERRORS: ("clean",),
    Seen.ARP: ("one",),
    Seen.ROUTE: ("there",),
    Seen.DHCP: ("offer",),
    Seen.DHCPD: ("listening",),
    Seen.POOL: ("free",),
    Seen.BROADCAST: ("calm",),
    Seen.TALKS: ("yes",),
    Seen.ANSWER: (),
}
