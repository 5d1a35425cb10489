"""Huawei VRP. No template reads its counters, its short routing table or its ping."""

import re

from periksa.vantage.rows import Echoes, Neighbour, Port, Route
from periksa.vantage.says import plain, tables

HEAD = re.compile(r"^(\S+) current state\s*:\s*(.*?)\s*$", re.MULTILINE)
SIDES = {
    "rx": r"^[ \t]*Input(?: packets)?:.*?(?=^[ \t]*Output|\Z)",
    "tx": r"^[ \t]*Output(?: packets)?:.*",
}
ROUTE = re.compile(
    r"^[ \t]*(\d+\.\d+\.\d+\.\d+/\d+)\s+\S+\s+\d+\s+\d+\s+[A-Z]*\s+(\S+)\s+(\S+)", re.MULTILINE
)
SUMMARY = re.compile(r"(\d{1,20}) packet\(s\) transmitted\s+(\d{1,20}) packet\(s\) received")
MEAN = re.compile(r"min/avg/max\s*=\s*\d+/(\d+)/")


def ports(text: str) -> list[Port]:
    """``display interface``."""
    heads = [head for head in HEAD.finditer(text) if not head[1].startswith("Line")]
    if not heads:
        raise tables.Unread("display interface")
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [_port(head, text[head.end() : end]) for head, end in zip(heads, ends, strict=True)]


def _port(head: re.Match[str], body: str) -> Port:
    state = head[2].lower()
    received, sent = (
        found[0] if (found := re.search(pattern, body, re.MULTILINE | re.DOTALL)) else ""
        for pattern in SIDES.values()
    )
    collisions = _count(r"(?m)^[ \t]*Collisions:\s+(\d{1,20})", sent)
    wrong = _count(r"Total Error:\s+(\d{1,20})", sent)
    duplex = re.search(r"Duplex:\s*(FULL|HALF)", body)
    return Port(
        head[1],
        carrier=state.startswith("up"),
        admin=not state.startswith("administratively"),
        rx_packets=_count(r"(\d{1,20}) packets", received),
        rx_bytes=_count(r"packets, (\d{1,20}) bytes", received),
        rx_errors=_count(r"Total Error:\s+(\d{1,20})", received),
        rx_broadcasts=_count(r"Broadcast:\s+(\d{1,20})", received),
        tx_packets=_count(r"(\d{1,20}) packets", sent),
        tx_bytes=_count(r"packets, (\d{1,20}) bytes", sent),
        tx_errors=None if wrong is None else wrong + (collisions or 0),
        speed_mbit=_count(r"Speed\s*:\s+(\d{1,20})", body),
        duplex=duplex[1].lower() if duplex else None,
    )


def _count(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text)
    return int(found[1]) if found else None


def neighbours(text: str) -> list[Neighbour]:
    """``display arp all``."""
    return plain.neighbours(
        [
            (one["IP_ADDRESS"], one["MAC_ADDRESS"], one["INTERFACE"])
            for one in tables.read("huawei_vrp_display_arp_all", text)
        ]
    )


def routes(text: str) -> list[Route]:
    """``display ip routing-table``."""
    if "Routing Table" not in text:
        raise tables.Unread("display ip routing-table")
    return plain.routes(ROUTE.findall(text))


def ping(text: str) -> list[Echoes]:
    """``ping``."""
    mean = MEAN.search(text)
    told = "need to be fragmented" in text or "Frag Needed" in text
    return [
        Echoes(int(sent), int(received), float(mean[1]) if mean else None, told)
        for sent, received in SUMMARY.findall(text)
    ]
