"""What may be asked of a device, and how its answer becomes a finding. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_network

from periksa.findings import Figure, State
from periksa.vantage.changes import between, broadcasts, port_named
from periksa.vantage.rows import Echoes, Lease, Neighbour, Port, Route, Serving
from periksa.wording import number

DEFAULT = "default"
ANY = "0.0.0.0/0"


class About(StrEnum):
    """What a question is about; its value is the probe's name in the finding."""

    LINK = "link"  # a port: carrier, counters over the visit
    BROADCAST = "broadcast"  # a port: broadcasts a second
    PING = "ping"  # an address, from the device
    BIG = "big"  # an address, with 1500 bytes that may not be cut up
    ARP = "arp"  # an address: who answers for it, after it was pinged
    ROUTE = "route"  # a prefix, or "default"
    DHCP = "dhcp"  # the device's own DHCP server


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to find out; ``subject`` is the port, address or prefix."""

    about: About
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: what a finding says, without when and where."""

    state: State
    detail: str
    figures: dict[str, Figure]


def link(node: str, name: str, first: Sequence[Port], second: Sequence[Port], s: float) -> Said:
    """Of a port, from two readings ``s`` seconds apart."""
    before, after = port_named(name, first), port_named(name, second)
    if before is None or after is None:
        return Said(State.UNKNOWN, f"{node} tidak punya port {name}.", {})
    figures = dict(between(before, after, s))
    if not figures.get("admin", 1):
        return Said(State.DOWN, f"Port {name} di {node} dimatikan.", figures)
    if not figures.get("carrier", 1):
        return Said(State.DOWN, f"Port {name} di {node} tidak tersambung.", figures)
    troubles = [
        words
        for key, words in (
            ("carrier_changes", "putus-sambung"),
            ("link_downs", "sempat putus"),
            ("rx_errors", "menerima bingkai rusak"),
            ("tx_errors", "gagal mengirim bingkai"),
        )
        if figures.get(key)
    ]
    if figures.get("duplex") == "half":
        troubles.append("half duplex")
    if troubles:
        detail = f"Port {name} di {node} tersambung, tetapi {', '.join(troubles)}."
        return Said(State.DEGRADED, detail, figures)
    return Said(State.UP, f"Port {name} di {node} tersambung.", figures)


def storm(node: str, name: str, first: Sequence[Port], second: Sequence[Port], s: float) -> Said:
    """Broadcasts on a port, from two readings ``s`` seconds apart."""
    before, after = port_named(name, first), port_named(name, second)
    pps = broadcasts(before, after, s) if before and after else None
    if pps is None:
        return Said(State.UNKNOWN, f"{node} tidak menghitung siaran di port {name}.", {})
    detail = f"Port {name} di {node} menerima {number(pps)} siaran per detik."
    return Said(State.UP, detail, {"pps": pps})


def echo(node: str, address: str, heard: Echoes, *, big: bool = False) -> Said:
    """A ping from the device."""
    figures: dict[str, Figure] = {"sent": heard.sent, "received": heard.received}
    if big:
        figures |= {"size": 1500, "frag_needed": int(heard.told)}
    else:
        figures |= {"median_ms": heard.median_ms}
    what = "ping 1500 bita" if big else "ping"
    detail = f"{address} menjawab {heard.received} dari {heard.sent} {what} dari {node}."
    if not heard.received:
        return Said(State.DOWN, f"{address} tidak menjawab {what} dari {node}.", figures)
    state = State.UP if heard.received == heard.sent else State.DEGRADED
    return Said(state, detail, figures)


def arp(node: str, address: str, table: Sequence[Neighbour]) -> Said:
    """Who answers for an address, by the device's table."""
    macs = sorted({one.mac for one in table if one.address == address and one.mac})
    figures: dict[str, Figure] = {"macs": macs}
    if not macs:
        return Said(State.DOWN, f"Tidak ada yang menyahut ARP {address} di {node}.", figures)
    if len(macs) > 1:
        return Said(State.DEGRADED, f"{address} dipakai {len(macs)} perangkat di {node}.", figures)
    return Said(State.UP, f"{address} menyahut ARP di {node} sebagai {macs[0]}.", figures)


def route(node: str, subject: str, table: Sequence[Route]) -> Said:
    """Whether there is a route, other than the default one, to a prefix; or a default one."""
    wanted = ip_network(ANY if subject == DEFAULT else subject, strict=False)
    to = "bawaan" if subject == DEFAULT else f"ke {subject}"
    fitting = [
        (network.prefixlen, one)
        for one in table
        if (network := ip_network(one.prefix)).version == wanted.version
        and wanted.subnet_of(network)  # type: ignore[arg-type]  # the versions are equal
        and (network.prefixlen or not wanted.prefixlen)
    ]
    if not fitting:
        return Said(State.DOWN, f"{node} tidak punya rute {to}.", {"found": 0})
    _, best = max(fitting, key=lambda one: one[0])
    way = best.via or best.port
    figures: dict[str, Figure] = {"found": 1, "via": best.via, "port": best.port}
    return Said(State.UP, f"{node} punya rute {to} lewat {way}.", figures)


def dhcp(node: str, serving: Sequence[Serving], leases: Sequence[Lease] | None) -> Said:
    """Of the device's own DHCP server, as far as the device tells."""
    figures: dict[str, Figure] = {}
    if serving:
        figures["listening"] = int(serving[0].listening)
    if leases is not None:
        figures["leases"] = len({one.address for one in leases})
    if not figures:
        return Said(State.UNKNOWN, f"{node} tidak memberi tahu tentang DHCP.", {})
    if figures.get("listening") == 0:
        return Said(State.DOWN, f"Layanan DHCP di {node} tidak berjalan.", figures)
    return Said(State.UP, f"{node} meminjamkan {figures.get('leases', '?')} alamat.", figures)
