"""EdgeRouter's own words, and the switches: EdgeSwitch, TP-Link JetStream."""

import re

from periksa.vantage.rows import Echoes, Lease, Neighbour, Port, Route
from periksa.vantage.says import plain, tables

EDGESWITCH_PORT = re.compile(
    r"^(\d+/\d+)\s.*?\b(Enable|Disable)\s+\S+(?:\s+(\d+) (Full|Half))?\s+(Up|Down)\b", re.MULTILINE
)
TPLINK_PORT = re.compile(
    r"^[ \t]*((?:Te|Gi|Fa)\S+)\s+(LinkUp|LinkDown|Disable)\s+(\S+)\s+(Full|Half|N/A)", re.MULTILINE
)
TPLINK_ARP = re.compile(rf"^[ \t]*(\S+)\s+(\d+\.\d+\.\d+\.\d+)\s+({plain.COLONED})\s", re.MULTILINE)
TPLINK_PING = re.compile(r"Sent = (\d+)\s*, Received = (\d+)")
TPLINK_MEAN = re.compile(r"Average = (\d+)\s*ms")


def edgerouter_ports(text: str) -> list[Port]:
    """``show interfaces`` of an EdgeRouter: state and link, each u or D; A is switched off."""
    return [
        Port(one["INTERFACE"], carrier=one["LINK_STATUS"] == "u", admin=one["STATE"] != "A")
        for one in tables.read("ubiquiti_edgerouter_show_interfaces", text)
    ]


def edgerouter_neighbours(text: str) -> list[Neighbour]:
    """``show arp`` of an EdgeRouter."""
    return plain.neighbours(
        [
            (one["IP_ADDRESS"], one["MAC_ADDRESS"], one["INTERFACE"])
            for one in tables.read("ubiquiti_edgerouter_show_arp", text)
        ]
    )


def edgerouter_routes(text: str) -> list[Route]:
    """``show ip route`` of an EdgeRouter."""
    return plain.routes(
        [
            (f"{one['IP_ADDRESS']}/{one['PREFIX_LENGTH']}", one["NEXTHOP_IP"], one["INTERFACE"])
            for one in tables.read("ubiquiti_edgerouter_show_ip_route", text)
        ]
    )


def edgerouter_leases(text: str) -> list[Lease]:
    """``show dhcp leases`` of an EdgeRouter."""
    return [
        Lease(known, plain.mac(one["MAC_ADDRESS"]))
        for one in tables.read("ubiquiti_edgerouter_show_dhcp_leases", text)
        if (known := plain.address(one["IP_ADDRESS"]))
    ]


def edgeswitch_ports(text: str) -> list[Port]:
    """``show port all`` of an EdgeSwitch."""
    return [
        Port(
            name,
            carrier=link == "Up",
            admin=mode == "Enable",
            speed_mbit=plain.whole(speed),
            duplex=duplex.lower() or None,
        )
        for name, mode, speed, duplex, link in _found(EDGESWITCH_PORT, text, "show port all")
    ]


def edgeswitch_neighbours(text: str) -> list[Neighbour]:
    """``show arp`` of an EdgeSwitch."""
    return plain.neighbours(
        [
            (one["IP_ADDRESS"], one["MAC_ADDRESS"], one["INTERFACE"])
            for one in tables.read("ubiquiti_edgeswitch_show_arp", text)
        ]
    )


def tplink_ports(text: str) -> list[Port]:
    """``show interface status`` of a JetStream."""
    return [
        Port(
            name,
            carrier=state == "LinkUp",
            admin=state != "Disable",
            speed_mbit=plain.whole(speed.rstrip("M")) or (1000 if speed == "1G" else None),
            duplex=duplex.lower() if duplex != "N/A" else None,
        )
        for name, state, speed, duplex in _found(TPLINK_PORT, text, "show interface status")
    ]


def tplink_neighbours(text: str) -> list[Neighbour]:
    """``show arp`` of a JetStream."""
    return plain.neighbours([(a, m, port) for port, a, m in TPLINK_ARP.findall(text)])


def tplink_ping(text: str) -> list[Echoes]:
    """``ping`` of a JetStream."""
    mean = TPLINK_MEAN.search(text)
    return [
        Echoes(int(sent), int(got), float(mean[1]) if mean and got != "0" else None)
        for sent, got in TPLINK_PING.findall(text)
    ]


def _found(pattern: re.Pattern[str], text: str, what: str) -> list[tuple[str, ...]]:
    found = pattern.findall(text)
    if not found:
        raise tables.Unread(what)
    return found
