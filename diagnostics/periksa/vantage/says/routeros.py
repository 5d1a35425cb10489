"""MikroTik RouterOS 6 and 7.

No template reads ``monitor-traffic``; that of ping knows no times such as "1ms204us", which
RouterOS 7 prints. What is logged to a terminal in the middle of an answer is taken out first.
"""

import re
from statistics import median

from periksa.vantage.rows import Echoes, Lease, Neighbour, Port, Route
from periksa.vantage.says import plain, tables

LOGGED = re.compile(r"^(?:\d\d:\d\d:\d\d echo:|\S+/\S+ [\d:]+ \S+,\S+ ).*$", re.MULTILINE)
PAIR = re.compile(r"^[ \t]*([a-z-]+):[ \t]*(.*?)\s*$", re.MULTILINE)
UNITS = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9}
SUMMARY = re.compile(r"sent=(\d{1,9}) received=(\d{1,9})")
TIME = re.compile(r"(?<=\s)(?:(\d+)s)?(?:(\d+)ms)?(?:(\d+)us)?(?=\s|$)")


def ports(text: str) -> list[Port]:
    """``interface print terse``."""
    return [
        Port(
            one["NAME"],
            carrier=None if one["STATUS"] == "X" else one["STATUS"] == "R",
            admin=one["STATUS"] != "X",
            link_downs=plain.whole(one["LINK_DOWNS"]),
        )
        for one in _read("interface_print_terse_without-paging", text)
    ]


def rates(text: str) -> list[Port]:
    """``interface monitor-traffic``, once: what passed in the last second."""
    told = dict(PAIR.findall(text))
    if "rx-packets-per-second" not in told:
        raise tables.Unread("interface monitor-traffic")
    return [
        Port(
            told.get("name", ""),
            rx_pps=_rate(told.get("rx-packets-per-second", "")),
            tx_pps=_rate(told.get("tx-packets-per-second", "")),
            rx_bps=_rate(told.get("rx-bits-per-second", "")),
            tx_bps=_rate(told.get("tx-bits-per-second", "")),
        )
    ]


def _rate(text: str) -> float | None:
    found = re.fullmatch(r"([\d ]+(?:\.\d+)?)([kMG]?)(?:bps)?", text)
    return float(found[1].replace(" ", "")) * UNITS[found[2]] if found else None


def physical(text: str) -> list[Port]:
    """``interface ethernet monitor``, once."""
    found = []
    for one in _read("interface_ethernet_monitor_name_once", text):
        rate = re.match(r"([\d.]+)(M|G)", one["RATE"])
        full = {"yes": "full", "no": "half"}.get(one["FULL_DUPLEX"])
        speed = int(float(rate[1]) * (1000 if rate[2] == "G" else 1)) if rate else None
        up = one["STATUS"] == "link-ok"
        found.append(Port(one["NAME"], carrier=up, speed_mbit=speed, duplex=full if up else None))
    return found


def neighbours(text: str) -> list[Neighbour]:
    """``ip arp print``."""
    return plain.neighbours(
        [
            (one["IP_ADDRESS"], one["MAC_ADDRESS"], one["INTERFACE"])
            for one in _read("ip_arp_print_without-paging", text)
        ]
    )


def routes(text: str) -> list[Route]:
    """``ip route print terse``; those that are active."""
    return plain.routes(
        [
            (one["DST_ADDRESS"], one["GATEWAY"].partition("%")[0], one["GATEWAY"])
            for one in _read("ip_route_print_terse", text)
            if "A" in one["FLAGS"]
        ]
    )


def leases(text: str) -> list[Lease]:
    """``ip dhcp-server lease print terse``; those that are bound."""
    return [
        Lease(known, plain.mac(one["MAC_ADDRESS"]))
        for one in _read("ip_dhcp-server_lease_print_terse_without-paging", text)
        if one["STATUS"] == "bound" and (known := plain.address(one["ADDRESS"]))
    ]


def ping(text: str) -> list[Echoes]:
    """``ping``, with a count. The last summary counts: a long ping prints one a page."""
    summaries = SUMMARY.findall(text)
    if not summaries:
        raise tables.Unread("ping")
    times = [
        int(s or 0) * 1e3 + int(ms or 0) + int(us or 0) / 1e3
        for line in text.splitlines()
        if re.match(r"\s*\d+\s", line)
        for s, ms, us in TIME.findall(line)
        if s or ms or us
    ]
    sent, received = map(int, summaries[-1])
    told = "fragmentation needed" in text
    return [Echoes(sent, received, median(times) if times and received else None, told)]


def _read(template: str, text: str) -> list[tables.Record]:
    return tables.read(f"mikrotik_routeros_{template}", LOGGED.sub("", text))
