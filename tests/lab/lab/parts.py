"""Who plays which part in each topology, and the steps that several faults are made of."""

from dataclasses import dataclass
from ipaddress import IPv4Network

from lab import routes
from lab.shape import Topology
from lab.steps import Announce, Chatter, Dark, Ip, Loop, Rules, Step

STORM_KBIT = 900
DROP = "priority 0; policy drop;"


@dataclass(frozen=True, slots=True)
class Cast:
    """The names behind the roles.

    Attributes:
        office: The router of the office that most faults are in; the next six are its devices.
        far: The router of an office behind the relay.
        uplink_ports: Of the core, towards providers.
        beyond: The links behind the providers.
    """

    office: str
    backbone: str
    switch: str
    ap: str
    seat: str
    rogue: str
    wireless: str
    far: str
    relay: str
    relay_link: str
    isp: str
    uplink: str
    uplink_ports: tuple[str, ...]
    beyond: tuple[str, ...]
    dns: str
    app: str
    app_address: str


CASTS = {
    "bintang": Cast(
        office="opd1",
        backbone="core--opd1",
        switch="sw1",
        ap="ap1",
        seat="pc1a",
        rogue="pc1c",
        wireless="pc1b",
        far="opd2",
        relay="pop",
        relay_link="core--pop",
        isp="isp",
        uplink="core--isp",
        uplink_ports=("wi",),
        beyond=("isp--www",),
        dns="dns",
        app="app",
        app_address="10.20.0.34",
    ),
    "rantai": Cast(
        office="kec-muara",
        backbone="lembah--kec-muara",
        switch="muara-sw",
        ap="muara-ap",
        seat="muara-1",
        rogue="muara-2",
        wireless="muara-hp",
        far="kec-hulu",
        relay="bukit",
        relay_link="gerbang--bukit",
        isp="serat",
        uplink="gerbang--serat",
        uplink_ports=("g1", "g2"),
        beyond=("serat--dunia", "satelit--dunia"),
        dns="nama",
        app="situs",
        app_address="172.31.255.12",
    ),
    "gugus": Cast(
        office="upt-laut",
        backbone="tanjung--upt-laut",
        switch="laut-hub",
        ap="laut-radio",
        seat="laut-loket",
        rogue="laut-arsip",
        wireless="laut-tablet",
        far="kec-tengah",
        relay="puncak",
        relay_link="menara--puncak",
        isp="langit",
        uplink="poros--langit",
        uplink_ports=("ge8",),
        beyond=("langit--samudra",),
        dns="buku",
        app="kantor",
        app_address="10.64.0.13",
    ),
}


def gateway(topology: Topology, name: str) -> str:
    """A node's default gateway."""
    return routes.gateway(topology, name)


def next_hop(topology: Topology, router: str, office: str) -> str:
    """Where a router sends what is for an office's LAN."""
    lan = topology.office(office).lan
    found = (line for line in routes.routes(topology, router) if line.startswith(f"{lan} via "))
    return next(found).split()[2]


def resolver_arguments(topology: Topology, name: str) -> tuple[str, ...]:
    """dnsmasq's arguments for a resolver in the core, when nothing is wrong."""
    upstream = (f"--server={address}" for address in topology.resolvers[name])
    records = (f"--host-record={one},{where}" for one, where in topology.internal.items())
    return *upstream, *records


def cut(link: str) -> tuple[Step, ...]:
    """The cable is through: no light at either end."""
    return (Dark(link),)


def dead(topology: Topology, name: str) -> tuple[Step, ...]:
    """No power: its ports are dark, and those of its neighbours unless something else lights them."""
    steps: list[Step] = []
    for _, _, link in topology.links_of(name):
        side = "a" if topology.link(link).a == name else "b"
        steps.append(Dark(link, side if topology.link(link).lit else "ab"))
    return tuple(steps)


def hung(name: str) -> tuple[Step, ...]:
    """Lit, but it answers nothing and passes nothing on; its ports still say hello."""
    chains = (f"chain {hook} {{ type filter hook {hook} {DROP} }}" for hook in ("input", "forward"))
    return (
        Rules(name, "inet", "\n".join(chains)),
        Rules(name, "arp", f"chain i {{ type filter hook input {DROP} }}"),
        Chatter(name, "wan"),
        Chatter(name, "lan"),
    )


def forward(name: str, rule: str) -> Rules:
    """A rule for what a router passes on."""
    return Rules(name, "inet", f"chain f {{ type filter hook forward priority 0; {rule} }}")


def no_icmp(name: str) -> Rules:
    """No echo to, from or through a router."""
    rule = "icmp type { echo-request, echo-reply } drop;"
    hooks = ("input", "output", "forward")
    chains = (f"chain {hook} {{ type filter hook {hook} priority 0; {rule} }}" for hook in hooks)
    return Rules(name, "inet", "\n".join(chains))


def portal(name: str) -> Rules:
    """A provider that answers the web itself."""
    rule = 'iifname "wan" tcp dport 80 redirect to :8080; iifname "wan" tcp dport 443 redirect to :8443;'
    return Rules(name, "inet", f"chain p {{ type nat hook prerouting priority -100; {rule} }}")


def storm(topology: Topology, cast: Cast) -> tuple[Step, ...]:
    """A patch cable with both its ends in one switch."""
    seed = Announce(cast.wireless, "eth0", topology.address(cast.wireless))
    return Loop(cast.switch, STORM_KBIT), seed


def impostor(name: str, address: str) -> tuple[Step, ...]:
    """Somebody gives a device an address that another has."""
    return (
        Ip(name, f"address add {address}/32 dev eth0", f"address del {address}/32 dev eth0"),
        Announce(name, "eth0", address),
    )


def rogue_dhcp(lan: IPv4Network, server: str) -> tuple[str, ...]:
    """dnsmasq's arguments for a DHCP server that somebody plugged in."""
    return (
        "--port=0",
        "--interface=eth0",
        "--no-ping",
        f"--dhcp-range={lan[30]},{lan[35]},{lan.netmask},1h",
        f"--dhcp-option=3,{server}",
        "--dhcp-leasefile=/dev/null",
    )
