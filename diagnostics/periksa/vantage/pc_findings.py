"""A computer's code as findings, seen from that computer. Pure.

A computer tells no hardware addresses over the phone: where somebody answered for an address, the
finding's list of them holds the word SOMEBODY.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from periksa.findings import Figure, Finding, State
from periksa.vantage.pc import Check, Seen

SOMEBODY = "dijawab"
PINGS = 10
FEW = 3
ALIVE, ARP_ONLY, SILENT, NO_ROUTE, UNPLUGGED = 1, 2, 3, 4, 5  # ``Seen.gateway``
NO_LEASE = 2  # ``Seen.dhcp``
DUPLICATE = 2  # ``Seen.twice``
DNS = ("", "NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED", "TIMEOUT", "CLOSED", "OTHER")
WEB = ("", "ok", "portal", "timeout", "refused", "unresolved", "status", "other")
REACHED = {1: FEW, 2: 1, 3: 0}  # ``Seen.reach``: answers of FEW, at least
BIG_WHOLE, BIG_TOLD = 1, 3  # ``Seen.big``

Row = tuple[str, str, str, State, str, dict[str, Figure]]


def findings(
    code: str, node: str, check: Check, started: datetime, port: str = ""
) -> list[Finding]:
    """What the user of a computer read out.

    Args:
        code: The digits.
        node: The computer's name in the network.
        check: What its script was made with.
        started: When it was read out.
        port: What the network calls the computer's port.

    Raises:
        ValueError: It is no such code; the message is a sentence for who typed it.
    """
    seen = Seen.from_code(code)
    rows = [*_near(seen, port), *_names(seen, check), *_far(seen, check)]
    return [
        Finding(probe, target, address, state, detail, figures, started, 0.0, code, node)
        for probe, target, address, state, detail, figures in rows
    ]


def _near(seen: Seen, port: str) -> Iterator[Row]:
    """Its own port, address and gateway."""
    gateway = seen.gateway_address
    if seen.gateway:
        plugged = seen.gateway != UNPLUGGED
        state = State.UP if plugged else State.DOWN
        said = "tersambung" if plugged else "tidak tersambung"
        figures: dict[str, Figure] = {"carrier": int(plugged)}
        yield "link", port, "", state, f"Komputer ini {said}.", figures
    if seen.gateway in (ALIVE, ARP_ONLY, SILENT, NO_ROUTE):
        found = seen.gateway != NO_ROUTE
        state = State.UP if found else State.DOWN
        said = f"lewat {gateway or '?'}" if found else "tidak ada"
        yield "route", "default", "", state, f"Rute bawaan {said}.", {"found": int(found)}
    if gateway and seen.gateway in (ALIVE, ARP_ONLY, SILENT):
        state = _share(seen.received, PINGS)
        said = f"{gateway} menjawab {seen.received} dari {PINGS} ping."
        yield "ping", gateway, gateway, state, said, {"sent": PINGS, "received": seen.received}
        known = seen.gateway != SILENT
        said = "menyahut" if known else "tidak menyahut"
        macs: list[str] = [SOMEBODY] if known else []
        state = State.UP if known else State.DOWN
        yield "arp", gateway, gateway, state, f"{gateway} {said} ARP.", {"macs": macs}
    if seen.address and seen.twice:
        twice = seen.twice == DUPLICATE
        figures = {"macs": [SOMEBODY] if twice else [], "own": 1}
        said = f"{seen.address} {'juga dipakai perangkat lain' if twice else 'tidak ganda'}."
        yield (
            "arp",
            seen.address,
            seen.address,
            State.DEGRADED if twice else State.UP,
            said,
            figures,
        )
    if seen.dhcp == NO_LEASE and seen.gateway != UNPLUGGED:
        yield "dhcp", "", "", State.DOWN, "Komputer ini tidak mendapat alamat.", {"offers": []}


def _names(seen: Seen, check: Check) -> Iterator[Row]:
    resolver = seen.resolver_address(check.resolvers)
    for name, number in ((check.internal, seen.inside), (check.external, seen.outside)):
        if resolver and name and number:
            result = DNS[number]
            state = State.UP if result == "NOERROR" else State.DOWN
            figures: dict[str, Figure] = {"name": name, "type": "A", "result": result}
            yield "dns", resolver, resolver, state, f"{resolver} tentang {name}: {result}.", figures


def _far(seen: Seen, check: Check) -> Iterator[Row]:
    server = check.server
    if server and seen.reach:
        got = REACHED[seen.reach]
        said = f"{server} menjawab {got} dari {FEW} ping."
        yield "ping", server, server, _share(got, FEW), said, {"sent": FEW, "received": got}
    if server and seen.big:
        whole, told = seen.big == BIG_WHOLE, seen.big == BIG_TOLD
        said = f"Ping 1500 bita ke {server} {'dijawab' if whole else 'tidak dijawab'}."
        figures: dict[str, Figure] = {
            "sent": FEW,
            "received": FEW if whole else 0,
            "frag_needed": int(told),
            "size": 1500,
        }
        yield "big", server, server, State.UP if whole else State.DOWN, said, figures
    if check.portal and seen.web:
        result = WEB[seen.web]
        state = State.UP if result == "ok" else State.DOWN
        said = f"{check.portal}: {result}."
        yield "http", check.portal, "", state, said, {"url": check.portal, "result": result}


def _share(got: int, sent: int) -> State:
    return State.UP if got >= sent else State.DEGRADED if got else State.DOWN


def described(seen: Seen, resolvers: Sequence[str]) -> str:
    """In one line, for the desk to read back: address, gateway, resolver."""
    parts = (seen.address, seen.gateway_address, seen.resolver_address(resolvers))
    return " · ".join(part or "?" for part in parts)
