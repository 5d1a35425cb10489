"""Linux: a computer, an OpenWrt or airOS radio, an EdgeRouter's shell."""

import re
from collections import defaultdict

from periksa.vantage.rows import Lease, Neighbour, Port, Route, Serving
from periksa.vantage.says import plain, tables

IFF_UP = 1
DHCP = 67
COLUMNS = 16  # of /proc/net/dev: eight received, eight sent
SYS = re.compile(r"^/sys/class/net/([^/\n]+)/(\w+):(.*)$", re.MULTILINE)
NEIGHBOUR = re.compile(r"^(\S+) dev (\S+)(?:.* lladdr (\S+))?.*$", re.MULTILINE)


def ports(text: str) -> list[Port]:
    """``grep -s .`` over /sys/class/net: one ``path:value`` a line."""
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for name, key, value in SYS.findall(text):
        seen[name][key] = value.strip()
    return [_port(name, told) for name, told in seen.items()]


def _port(name: str, told: dict[str, str]) -> Port:
    flags = told.get("flags", "")
    admin = bool(int(flags, 16) & IFF_UP) if re.fullmatch(r"0x[0-9a-f]{1,8}", flags) else None
    carrier = told.get("carrier")  # cannot be read where the port is switched off
    duplex = told.get("duplex")
    return Port(
        name,
        carrier=None if carrier is None else carrier == "1",
        admin=admin,
        carrier_changes=plain.whole(told.get("carrier_changes", "")),
        link_downs=plain.whole(told.get("carrier_down_count", "")),
        speed_mbit=plain.whole(told.get("speed", "")),
        duplex=duplex if duplex in ("full", "half") else None,
    )


def counters(text: str) -> list[Port]:
    """/proc/net/dev."""
    found = []
    for line in text.splitlines():
        name, colon, numbers = line.partition(":")
        told = numbers.split()
        if colon and len(told) == COLUMNS and all(one.isdecimal() for one in told):
            counts = [int(one) for one in told]
            found.append(
                Port(
                    name.strip(),
                    rx_bytes=counts[0],
                    rx_packets=counts[1],
                    rx_errors=counts[2],
                    tx_bytes=counts[8],
                    tx_packets=counts[9],
                    tx_errors=counts[10] + counts[13],  # with collisions
                )
            )
    if not found:
        raise tables.Unread("/proc/net/dev")
    return found


def neighbours(text: str) -> list[Neighbour]:
    """``ip neigh show``; FAILED and INCOMPLETE entries have no hardware address that counts."""
    return plain.neighbours(
        [
            (
                match[1],
                "" if match[0].endswith(("FAILED", "INCOMPLETE")) else match[3] or "",
                match[2],
            )
            for line in text.splitlines()
            if (match := NEIGHBOUR.match(line.strip()))
        ]
    )


def routes(text: str) -> list[Route]:
    """``ip route show``. What is unreachable or a black hole is no route."""
    forwarding = [
        line
        for line in text.splitlines()
        if not re.match(r"\s*(?:unreachable|prohibit|blackhole|throw|nexthop)\b", line)
        and "linkdown" not in line.split()
    ]
    plainly = (re.sub(r" (?:onlink|rto_min \S+|pref \S+)\b", "", line) for line in forwarding)
    return plain.routes(
        [
            (one["NETWORK"], one["NEXTHOP_IP"], one["NEXTHOP_IF"])
            for one in tables.read("linux_ip_route_show", "\n".join(plainly))
        ]
    )


def leases(text: str) -> list[Lease]:
    """The file of dnsmasq: ``expiry mac address name id`` a line, after ``path:`` where grep says so."""
    found = []
    for line in text.splitlines():
        told = re.sub(r"^/\S+?:(?=\d)", "", line.strip()).split()
        if len(told) >= 4 and told[0].isdecimal():  # noqa: PLR2004 - the first four of five columns
            known = plain.address(told[2])
            if known:
                found.append(Lease(known, plain.mac(told[1])))
    return found


def serving(text: str) -> list[Serving]:
    """/proc/net/udp: local address and port in hexadecimal in the second column."""
    if "local_address" not in text:
        raise tables.Unread("/proc/net/udp")
    heard = re.findall(r"(?m)^ *\d+: [0-9A-F]{8}:([0-9A-F]{4}) ", text)
    return [Serving(f"{DHCP:04X}" in heard)]
