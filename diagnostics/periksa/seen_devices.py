"""Reads what devices and people tell of themselves: ports, neighbours, routes, leases, answers."""

from collections.abc import Iterator

from periksa.figures import canonical, count, number, several
from periksa.findings import Finding
from periksa.judge.reach import Reach
from periksa.sign import Seen, Sign

LOGIN_TALKED = (
    "ok",
    "refused",
    "wrong-password",
    "key-changed",
    "no-prompt",
    "asks",
    "endless",
    "old-algorithms",
    "closed",
)
STORM_PPS = 500.0  # broadcasts a second; tens are usual, a loop makes thousands
LOOPED = 3  # own frames that came back
BUSY_SHARE = 0.8  # of what a link carries
BUSY_BPS = 3_000_000.0  # where that is unknown: far above what our own probes send
SENT_PPS = 0.5  # less than that, and silence means nothing


def link_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    link = reach.network.link_at(vantage, finding.target)
    if link is None:
        return

    carrier, admin = count(finding, "carrier"), count(finding, "admin")
    up = carrier != 0 and admin != 0
    if carrier is not None or admin is not None:
        yield _of_port(finding, vantage, Seen.CARRIER, "up" if up else "down")
    changes, downs = count(finding, "carrier_changes"), count(finding, "link_downs")
    if changes is not None or downs is not None:
        flapping = (changes or 0) > 1 or (downs or 0) > 0
        yield _of_port(finding, vantage, Seen.FLAP, "flapping" if flapping else "steady")
    rx, tx = number(finding, "rx_pps"), number(finding, "tx_pps")
    if up and rx is not None and tx is not None and (rx > 0 or tx >= SENT_PPS):
        yield _of_port(finding, vantage, Seen.RX, "heard" if rx > 0 else "silent")
    rates = [rate for key in ("rx_bps", "tx_bps") if (rate := number(finding, key)) is not None]
    if rates:
        full = link.rate_kbit * 1000 * BUSY_SHARE if link.rate_kbit else BUSY_BPS
        yield _of_port(finding, vantage, Seen.LOAD, "busy" if max(rates) >= full else "calm")
    errors = [count(finding, key) for key in ("rx_errors", "tx_errors")]
    half = finding.figures.get("duplex") == "half"
    if half or any(count is not None for count in errors):
        yield _of_port(finding, vantage, Seen.ERRORS, "rising" if half or any(errors) else "clean")


def _of_port(finding: Finding, vantage: str, seen: Seen, value: str) -> Sign:
    return Sign(vantage, seen, vantage, finding.target, value)


def arp_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    owner = reach.network.owner(finding.address)
    if owner is None or "macs" not in finding.figures:
        return
    macs = {str(mac).lower() for mac in several(finding, "macs")}
    own = bool(count(finding, "own"))
    value = "duplicate" if len(macs) + own > 1 else "one" if macs or own else "none"
    yield Sign(vantage, Seen.ARP, owner[0].name, owner[1].name, value, finding.address)


def route_signs(_: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    found = count(finding, "found")
    if found is not None:
        value = "there" if found else "missing"
        yield Sign(vantage, Seen.ROUTE, vantage, finding.target, value)


def dhcp_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    offers = {canonical(offer) for offer in several(finding, "offers")}
    if "offers" in finding.figures:
        nodes = [node for node in reach.network.nodes if node.kind.routes or node.dhcp]
        own = {address for node in nodes for address in node.addresses}
        value = "rogue" if offers - own else "offer" if offers else "none"
        serving = "listening" in finding.figures
        if value != "none" or not serving:  # a server is not offered its own leases
            yield Sign(vantage, Seen.DHCP, vantage, "", value)
    listening = count(finding, "listening")
    if listening is not None:
        yield Sign(vantage, Seen.DHCPD, vantage, "", "listening" if listening else "stopped")
    leases, pool = number(finding, "leases"), number(finding, "pool")
    if leases is not None and pool:
        value = "full" if leases >= pool else "free"
        yield Sign(vantage, Seen.POOL, vantage, "", value)


def broadcast_signs(_: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    pps, looped = number(finding, "pps"), count(finding, "looped")
    if pps is not None or looped is not None:
        storm = (pps or 0) >= STORM_PPS or (looped or 0) >= LOOPED
        value = "storm" if storm else "calm"
        yield Sign(vantage, Seen.BROADCAST, vantage, finding.target, value)


def login_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    owner, result = reach.network.owner(finding.address), finding.figures.get("result")
    if owner and result in LOGIN_TALKED:
        yield Sign(vantage, Seen.TCP, owner[0].name, "login", "answers", finding.address)


def answer_signs(_: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    value = finding.figures.get("value")
    if value in ("ya", "tidak", "tidak tahu"):
        yield Sign(vantage, Seen.ANSWER, "", finding.target, str(value))
