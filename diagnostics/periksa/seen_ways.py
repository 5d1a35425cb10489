"""Reads what packets to addresses met: echoes, large echoes, traces, TCP, DNS and the web."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from periksa.figures import canonical, count, number, several, word
from periksa.findings import Finding, State
from periksa.judge.reach import Reach
from periksa.sign import Seen, Sign

DNS_PORT = 53
ALIVE = ("open", "refused")
SILENT = {"timeout": "silent", "unreachable": "unreachable"}
SLOW_MS = 40.0  # beyond what the links are said to need
FAR_MS = 150.0  # beyond that, for what is out in the world
HTTP = {
    "ok": "fine",
    "refused": "refused",
    "timeout": "silent",
    "unreachable": "silent",
    "stall": "stall",
    "reset": "stall",
    "portal": "portal",
    "status": "error",
    "tls": "error",
    "malformed": "error",
    "certificate": "certificate",
}
DNS = {
    "TIMEOUT": "timeout",
    "UNREACHABLE": "timeout",
    "CLOSED": "closed",
    "NXDOMAIN": "nxdomain",
    "NODATA": "nxdomain",
    "SERVFAIL": "servfail",
    "REFUSED": "refused",
}
NOT_ASKED = ("BLOCKED", "BADNAME", "STOPPED")


def added(before: Sign, sign: Sign) -> Sign:
    """Two signs of the same thing: echoes are added up, of anything else the later counts."""
    if sign.seen is not Seen.ECHO:
        return sign
    sent, got = before.sent + sign.sent, before.got + sign.got
    return replace(sign, value=_echoed(sent, got), sent=sent, got=got)


def _echoed(sent: int, got: int) -> str:
    if not got:
        return "none"
    return "fine" if got >= sent else "lossy"


def ping_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    owner = reach.network.owner(finding.address)
    sent, received = count(finding, "sent"), count(finding, "received")
    if owner is None or sent is None or received is None:
        return
    node, port = owner
    if sent == 0:  # only the warm-up had time
        sent, received = 1, int(finding.answered)
    got = min(received, sent)
    where = (node.name, port.name)
    yield Sign(vantage, Seen.ECHO, *where, _echoed(sent, got), finding.address, sent, got)
    best = number(finding, "min_ms")  # a busy machine makes the others look slower than the way is
    ms = number(finding, "median_ms") if best is None else best
    trip = reach.trip(vantage, node.name)
    if got and ms is not None and trip is not None:
        usual = reach.delay_ms(trip) + SLOW_MS + (FAR_MS if node.kind.foreign else 0)
        value = "slow" if ms > usual else "fine"
        yield Sign(vantage, Seen.DELAY, *where, value, finding.address, ms=ms)


def big_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    owner = reach.network.owner(finding.address)
    sent, received = count(finding, "sent"), count(finding, "received")
    if owner is None or not sent or received is None:
        return
    told = bool(count(finding, "frag_needed"))
    value = "fine" if received else "told" if told else "lost"
    node, port = owner
    yield Sign(vantage, Seen.BIG, node.name, port.name, value, finding.address, sent, received)


def trace_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    owner = reach.network.owner(finding.address)
    if owner is None:
        return
    value = "loop" if several(finding, "loop") else "fine" if finding.state is State.UP else "short"
    yield Sign(vantage, Seen.TRACE, owner[0].name, owner[1].name, value, finding.address)


def tcp_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    port, result = count(finding, "port"), word(finding, "result")
    if port is not None:
        yield from _tried(reach, vantage, finding.address, port, result)


def knock_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    pairs = zip(several(finding, "ports"), several(finding, "results"), strict=False)
    for port, result in pairs:
        if isinstance(port, int) and isinstance(result, str):
            yield from _tried(reach, vantage, finding.address, port, result)


def _tried(reach: Reach, vantage: str, address: str, port: int, result: str) -> Iterator[Sign]:
    owner, offered = reach.network.owner(address), _offered(reach, address, port)
    value = SILENT.get(result, "")
    if result in ALIVE:
        value = result if offered else "answers"  # a refusal, too, comes from something alive
    elif value == "silent" and not offered:
        value = "hush"  # nobody said that anything listens there
    if owner and value:
        yield Sign(vantage, Seen.TCP, owner[0].name, str(port), value, address)


def _offered(reach: Reach, address: str, port: int) -> bool:
    services = {(service.address, service.port) for service in reach.network.services}
    resolver = port == DNS_PORT and reach.network.resolver_at(address) is not None
    return resolver or (address, port) in services


def dns_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    resolver = reach.network.resolver_at(finding.address)
    name, result = word(finding, "name").rstrip("."), word(finding, "result")
    if resolver is None or not name or not result:
        return
    if finding.figures.get("type", "A") != "A" or result in NOT_ASKED:
        return
    value = DNS.get(result, "odd")
    if result == "NOERROR":
        value = "fine" if _right(reach, name, several(finding, "answers")) else "wrong"
    if value != "timeout" and _strange_to(reach, resolver.node, name):
        value = "fine"  # it answered; what it says of the office's own names is no matter
    yield Sign(vantage, Seen.DNS, resolver.node, name, value, finding.address)


def _right(reach: Reach, name: str, answers: Sequence[object]) -> bool:
    for known in reach.network.names:
        if known.name.rstrip(".") == name and known.expect:
            return bool(set(known.expect) & {canonical(answer) for answer in answers})
    return True


def _strange_to(reach: Reach, node: str, name: str) -> bool:
    """The provider's resolver need not know a name of the office's own."""
    inner = {known.name.rstrip(".") for known in reach.network.names if not known.external}
    return name in inner and reach.kind(node).foreign


def http_signs(reach: Reach, vantage: str, finding: Finding) -> Iterator[Sign]:
    url = word(finding, "url") or finding.target
    service = next((one for one in reach.network.services if one.url and one.url == url), None)
    owner = reach.network.owner(finding.address)
    value = HTTP.get(word(finding, "result"), "")
    if not value or not (service or owner):
        return
    node = service.node if service else owner[0].name if owner else ""
    yield Sign(vantage, Seen.HTTP, node, url, value, finding.address)
