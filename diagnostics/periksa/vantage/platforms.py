"""Which platform is asked what, and how its answer is read. Data only.

Every line that can ever reach a device is in this file, and each only looks. Left out although
they look harmless: Huawei's cable test (it stops the port), anything with a pipe or a file, what
clears counters (they are the evidence), what shows a configuration (it holds secrets), and what
runs until somebody stops it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from periksa.vantage.phrases import Phrase
from periksa.vantage.rows import Row
from periksa.vantage.says import ioslike, linux, plain, routeros, switches, vrp

Reader = Callable[[str], Sequence[Row]]


class Ask(StrEnum):
    """What can be asked of a device."""

    PORTS = "ports"  # all ports, with counters where one command shows both
    TRAFFIC = "traffic"  # the counters of all ports
    RATES = "rates"  # what passes one port, as the device works it out
    PHYSICAL = "physical"  # speed and duplex of one port
    NEIGHBOURS = "neighbours"
    ROUTES = "routes"
    LEASES = "leases"
    SERVING = "serving"  # whether a DHCP server listens
    ECHO = "echo"
    BIG = "big"  # an echo of 1500 bytes that may not be cut up


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask, and how to read what comes back."""

    phrase: Phrase
    read: Reader


@dataclass(frozen=True, slots=True)
class Platform:
    """A kind of device.

    Attributes:
        driver: netmiko's name for it.
        telnet: The same over telnet, empty where there is none.
        housekeeping: What netmiko's driver says of its own accord, and may.
        ways: How to ask; the first way that the device understands is taken.
    """

    driver: str
    telnet: str
    housekeeping: frozenset[str]
    ways: Mapping[Ask, tuple[Way, ...]]


def _way(text: str, read: Reader, seconds: float = 8.0) -> Way:
    return Way(Phrase(text, seconds), read)


_SYS = "/sys/class/net/*"
_LINUX: Mapping[Ask, tuple[Way, ...]] = {
    Ask.PORTS: (
        _way(
            f"grep -s . {_SYS}/carrier {_SYS}/carrier_changes {_SYS}/carrier_down_count"
            f" {_SYS}/flags {_SYS}/speed {_SYS}/duplex",
            linux.ports,
        ),
    ),
    Ask.TRAFFIC: (_way("cat /proc/net/dev", linux.counters),),
    Ask.NEIGHBOURS: (_way("ip neigh show", linux.neighbours),),
    Ask.ROUTES: (_way("ip -4 route show", linux.routes),),
    Ask.LEASES: (
        _way(
            "grep -s . /var/lib/misc/dnsmasq.leases /tmp/dhcp.leases /run/dnsmasq.leases",
            linux.leases,
        ),
    ),
    Ask.SERVING: (_way("cat /proc/net/udp", linux.serving),),
    Ask.ECHO: (
        _way("ping -n -c 3 -i 0.2 -W 1 {address}", plain.unix_ping),
        _way("ping -c 3 -W 1 {address}", plain.unix_ping),  # BusyBox
    ),
    Ask.BIG: (_way("ping -n -c 3 -i 0.2 -W 1 -M do -s 1472 {address}", plain.unix_ping),),
}

LINUX = Platform("linux", "", frozenset(), _LINUX)

ROUTEROS = Platform(
    "mikrotik_routeros",
    "",
    frozenset({"n", "\x03"}),  # no to the licence's text; a demand for a new password, cut short
    {
        Ask.PORTS: (_way("/interface print terse without-paging", routeros.ports),),
        Ask.RATES: (_way("/interface monitor-traffic {port} once", routeros.rates),),
        Ask.PHYSICAL: (_way("/interface ethernet monitor {port} once", routeros.physical),),
        Ask.NEIGHBOURS: (_way("/ip arp print without-paging", routeros.neighbours),),
        Ask.ROUTES: (_way("/ip route print terse without-paging", routeros.routes),),
        Ask.LEASES: (_way("/ip dhcp-server lease print terse without-paging", routeros.leases),),
        Ask.ECHO: (_way("/ping {address} count=3 interval=0.2", routeros.ping),),
        Ask.BIG: (
            _way("/ping {address} count=3 interval=0.2 size=1500 do-not-fragment", routeros.ping),
        ),
    },
)

IOS = Platform(
    "cisco_ios",
    "cisco_ios_telnet",
    frozenset({"terminal width 511", "terminal length 0"}),
    {
        Ask.PORTS: (_way("show interfaces", ioslike.ports, 15),),
        Ask.NEIGHBOURS: (_way("show ip arp", ioslike.ios_neighbours),),
        Ask.ROUTES: (_way("show ip route", ioslike.ios_routes),),
        Ask.LEASES: (_way("show ip dhcp binding", ioslike.ios_leases),),
        Ask.ECHO: (
            _way("ping {address} repeat 3 timeout 1", ioslike.ios_ping),
            _way("ping {address}", ioslike.ios_ping, 15),  # where the level allows no more
        ),
        Ask.BIG: (
            _way("ping {address} repeat 3 timeout 1 size 1500 df-bit", ioslike.ios_ping),
            _way("ping {address} size 1500 df-bit repeat 3 timeout 1", ioslike.ios_ping),
        ),
    },
)

FRR = Platform(
    "cisco_ios",
    "cisco_ios_telnet",
    frozenset({"terminal width 511", "terminal length 0"}),
    {
        Ask.PORTS: (_way("show interface", ioslike.ports),),
        Ask.ROUTES: (_way("show ip route", ioslike.routes),),
    },
)

VRP = Platform(
    "huawei_vrp",
    "huawei_telnet",
    frozenset({"screen-length 0 temporary", "N"}),  # no to a demand for a new password
    {
        Ask.PORTS: (_way("display interface", vrp.ports, 15),),
        Ask.NEIGHBOURS: (_way("display arp all", vrp.neighbours),),
        Ask.ROUTES: (_way("display ip routing-table", vrp.routes),),
        Ask.ECHO: (_way("ping -c 3 -m 200 -t 1000 {address}", vrp.ping),),
        Ask.BIG: (_way("ping -f -s 1472 -c 3 -m 200 -t 1000 {address}", vrp.ping),),
    },
)

EDGEROUTER = Platform(
    "ubiquiti_edgerouter",
    "",
    frozenset({"terminal width 512", "terminal length 0"}),
    {
        **_LINUX,
        Ask.PORTS: (*_LINUX[Ask.PORTS], _way("show interfaces", switches.edgerouter_ports)),
        Ask.NEIGHBOURS: (
            _way("show arp", switches.edgerouter_neighbours),
            *_LINUX[Ask.NEIGHBOURS],
        ),
        Ask.ROUTES: (_way("show ip route", switches.edgerouter_routes), *_LINUX[Ask.ROUTES]),
        Ask.LEASES: (_way("show dhcp leases", switches.edgerouter_leases),),
        Ask.ECHO: (_way("/bin/ping -n -c 3 -i 0.2 -W 1 {address}", plain.unix_ping),),
        Ask.BIG: (_way("/bin/ping -n -c 3 -i 0.2 -W 1 -M do -s 1472 {address}", plain.unix_ping),),
    },
)

EDGESWITCH = Platform(
    "ubiquiti_edgeswitch",
    "",
    frozenset({"terminal length 0"}),
    {
        Ask.PORTS: (_way("show port all", switches.edgeswitch_ports),),
        Ask.NEIGHBOURS: (_way("show arp", switches.edgeswitch_neighbours),),
    },
)

RUIJIE = Platform(
    "ruijie_os",
    "ruijie_os_telnet",
    frozenset({"terminal width 256", "terminal length 0", "n"}),  # no to a new password
    {
        Ask.PORTS: (_way("show interfaces", ioslike.ports, 15),),
        Ask.NEIGHBOURS: (_way("show arp", ioslike.neighbours),),
        Ask.ROUTES: (_way("show ip route", ioslike.routes),),
        Ask.ECHO: (_way("ping {address}", ioslike.ping, 15),),
    },
)

TPLINK = Platform(
    "tplink_jetstream",
    "tplink_jetstream_telnet",
    frozenset({"terminal length 0"}),
    {
        Ask.PORTS: (_way("show interface status", switches.tplink_ports),),
        Ask.NEIGHBOURS: (_way("show arp", switches.tplink_neighbours),),
        Ask.ECHO: (_way("ping {address}", switches.tplink_ping, 15),),
    },
)

PLATFORMS: Mapping[str, Platform] = {
    "linux": LINUX,
    "frr": FRR,
    "mikrotik_routeros": ROUTEROS,
    "cisco_ios": IOS,
    "huawei": VRP,
    "huawei_vrp": VRP,
    "ubiquiti_edgerouter": EDGEROUTER,
    "ubiquiti_edgeswitch": EDGESWITCH,
    "ruijie_os": RUIJIE,
    "tplink_jetstream": TPLINK,
}

REFUSAL = re.compile(
    r"(?im)^\W*(?:bad command name|expected end of command|syntax error|no such item|"
    r"input does not match|not enough permissions|invalid input|unknown command|incomplete command|"
    r"ambiguous command|unrecognized command|command rejected|error: ?(?:unrecognized|incomplete|"
    r"ambiguous|wrong parameter|too many parameters|bad command|invalid)|invalid command)"
    r"|(?:command not found|: not found|permission denied|operation not permitted"
    r"|invalid option|unrecognized option|bad number|usage:)"
)
REFUSAL_AT_MOST = 2000  # characters: a longer answer is one, whatever words occur in it


def refused(text: str) -> bool:
    """The device did not understand, or does not let this user."""
    return len(text) <= REFUSAL_AT_MOST and REFUSAL.search(text) is not None
