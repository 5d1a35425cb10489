"""Cisco IOS and those that print alike: FRR, Ruijie.

``show interfaces`` is read here though there is a template: it leaves out bytes and broadcasts,
and refuses the lines of every relative.
"""

import re

from periksa.vantage.rows import Echoes, Lease, Neighbour, Port, Route
from periksa.vantage.says import plain, tables

HEAD = re.compile(
    r"^(?:Interface )?(\S+(?: \d\S*)?)[ \t]+is[ \t]+(\w[\w ]*?) *, ?line protocol is[ \t]+(\w+)",
    re.MULTILINE,
)
COUNTED = {
    "rx_packets": r"(\d{1,20}) packets input",
    "rx_bytes": r"packets input, (\d{1,20}) bytes",
    "rx_broadcasts": r"Received (\d{1,20}) broadcasts",
    "rx_errors": r"(\d{1,20}) input errors",
    "tx_packets": r"(\d{1,20}) packets output",
    "tx_bytes": r"packets output, (\d{1,20}) bytes",
    "link_downs": r"Link downs:\s+(\d{1,20})",  # FRR
}
SPEED = re.compile(r"\b(\d{1,20}) ?([MG])b(?:/s|ps)\b")
DUPLEX = re.compile(r"(?i)\b(full|half)[- ]duplex|duplex (?:mode )?is (full|half)")
SUCCESS = re.compile(r"Success rate is\s+\d+ percent \((\d+)/(\d+)\)(?:[^\n]*= ?[\d.]+/([\d.]+)/)?")
ARP = re.compile(
    rf"^Internet\s+(\S+)\s+\S+\s+({plain.MAC}|[Ii]ncomplete)\s+\S+(?:\s+(\S.*?))?\s*$", re.MULTILINE
)
ROUTE = re.compile(
    r"^[ \t]*\w[\w*> +%]{0,12}?[ \t]+(\d+\.\d+\.\d+\.\d+/\d+)(?:[ \t]+\[[\d/]+\])?"
    r"(?:[ \t]+via[ \t]+([\d.]+)|[ \t]+is directly connected)(?:,[ \t]*([A-Za-z][\w./-]*(?: \d[\w./]*)?))?",
    re.MULTILINE,
)


def ports(text: str) -> list[Port]:
    """``show interfaces``."""
    heads = list(HEAD.finditer(text))
    if not heads:
        raise tables.Unread("show interfaces")
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [_port(head, text[head.end() : end]) for head, end in zip(heads, ends, strict=True)]


def _port(head: re.Match[str], body: str) -> Port:
    counts = {
        key: int(found[1]) for key, text in COUNTED.items() if (found := re.search(text, body))
    }
    wrong = [re.search(rf"(\d{{1,20}}) {what}", body) for what in ("output errors", "collisions")]
    speed, duplex = SPEED.search(body), DUPLEX.search(body)
    state = head[2].lower()
    return Port(
        head[1],
        # The line, not the protocol: a port may have light and still wait for its keepalives.
        carrier=state == "up",
        admin="admin" not in state,
        tx_errors=sum(int(one[1]) for one in wrong if one) if any(wrong) else None,
        speed_mbit=int(speed[1]) * (1000 if speed[2] == "G" else 1) if speed else None,
        duplex=(duplex[1] or duplex[2]).lower() if duplex else None,
        **counts,
    )


def ios_neighbours(text: str) -> list[Neighbour]:
    """``show ip arp`` of IOS."""
    return plain.neighbours(
        [
            (one["IP_ADDRESS"], one["MAC_ADDRESS"], one["INTERFACE"])
            for one in tables.read("cisco_ios_show_ip_arp", text)
        ]
    )


def ios_routes(text: str) -> list[Route]:
    """``show ip route`` of IOS."""
    return plain.routes(
        [
            (f"{one['NETWORK']}/{one['PREFIX_LENGTH']}", one["NEXTHOP_IP"], one["NEXTHOP_IF"])
            for one in tables.read("cisco_ios_show_ip_route", text)
        ]
    )


def ios_leases(text: str) -> list[Lease]:
    """``show ip dhcp binding`` of IOS: a client identifier is the hardware address after "01"."""
    return [
        Lease(known, plain.mac(one["HARDWARE_ADDRESS"].replace(".", "")[-plain.HEX_DIGITS :]))
        for one in tables.read("cisco_ios_show_ip_dhcp_binding", text)
        if (known := plain.address(one["IP_ADDRESS"]))
    ]


def ios_ping(text: str) -> list[Echoes]:
    """``ping`` of IOS; "M" in the row of dots is a router that cannot pass a packet so large."""
    found = tables.read("cisco_ios_ping", text.replace("M", "U"))
    return [
        Echoes(
            int(one["SENT_QTY"]),
            int(one["SUCCESS_QTY"] or 0),
            float(one["RTT_AVG"]) if one["RTT_AVG"] else None,
            told=bool(re.search(r"^[.!UM]*M[.!UM]*$", text, re.MULTILINE)),
        )
        for one in found
    ]


def neighbours(text: str) -> list[Neighbour]:
    """``show arp`` of a relative."""
    return plain.neighbours([(a, m, port) for a, m, port in ARP.findall(text)])


def routes(text: str) -> list[Route]:
    """``show ip route`` of a relative."""
    return plain.routes(ROUTE.findall(text))


def ping(text: str) -> list[Echoes]:
    """``ping`` of a relative."""
    return [
        Echoes(int(sent), int(received), float(mean) if mean else None)
        for received, sent, mean in SUCCESS.findall(text)
    ]
