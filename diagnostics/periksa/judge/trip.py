"""One exchange of packets: who asks, who answers, and all that lies between."""

from dataclasses import dataclass

from periksa.network import Link


@dataclass(frozen=True, slots=True)
class Trip:
    """One exchange: a packet that asks and one that answers.

    Attributes:
        nodes: From who asks to who answers, both included.
        links: Between them.
        address: What is asked for.
        proto: "icmp", "arp", "dhcp", "tcp" or "udp".
        port: Of TCP or UDP.
        big: Full packets.
    """

    nodes: tuple[str, ...]
    links: tuple[Link, ...]
    address: str = ""
    proto: str = "icmp"
    port: int = 0
    big: bool = False

    @property
    def start(self) -> str:
        """Who asks."""
        return self.nodes[0]

    @property
    def end(self) -> str:
        """Who answers."""
        return self.nodes[-1]

    def through(self, node: str) -> bool:
        """The node forwards it."""
        return node in self.nodes[1:-1]


def places_of(trip: Trip) -> set[str]:
    """The nodes and links that a trip needs, as places."""
    return {f"node/{name}" for name in trip.nodes} | {f"link/{link.name}" for link in trip.links}
