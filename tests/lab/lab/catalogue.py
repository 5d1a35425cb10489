"""The faults of a topology, each a few steps and its truth. Written once, for whoever has the role."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network

from lab import parts
from lab.parts import Cast
from lab.shape import Topology
from lab.steps import Bad, Daemon, Fault, Flap, Flood, Frozen, Ip, Mood, NoDhcp, Pool, Rules, Step
from lab.wires import Impairment

DEAD = Impairment(dead=True)
OFFER = 1.6  # times what a line carries is sent to it, when somebody fills it

Entry = tuple[
    str, str, str, tuple[Step, ...], bool
]  # name, place, type, steps, visible to the server


@dataclass(frozen=True, slots=True)
class _Both:
    """The same in both directions."""

    link: str

    def __call__(self, how: Impairment) -> Bad:
        return Bad(self.link, how, how)


def catalogue(topology: Topology) -> tuple[Fault, ...]:
    """All faults of a topology."""
    cast = parts.CASTS[topology.name]
    chapters = (
        (_backbone, cast.office),
        (_relay, cast.far),
        (_router, cast.office),
        (_core, cast.office),
        (_lan, cast.office),
        (_addresses, cast.office),
        (_dns, cast.office),
        (_provider, cast.office),
        (_sites, cast.office),
    )
    return tuple(
        Fault(name, place, kind, steps, office, _blind(cast, place, kind), visible)
        for entries, office in chapters
        for name, place, kind, steps, visible in entries(topology, cast)
    )


def _blind(cast: Cast, place: str, kind: str) -> tuple[str, ...]:
    """Who cannot look because it has no power; a device one logs in to shows that by itself."""
    return (cast.seat,) if (place, kind) == (f"node/{cast.seat}", "dead") else ()


def _backbone(topology: Topology, cast: Cast) -> Iterator[Entry]:
    """The link to the office's router."""
    link, place = cast.backbone, f"link/{cast.backbone}"
    both = _Both(link)
    yield "bb1_fibre_cut", place, "cut", parts.cut(link), True
    yield "bb1_mc_cut", place, "cut", (Bad(link, DEAD, DEAD),), True
    yield "bb1_oneway_down", place, "one-way", (Bad(link, there=DEAD),), True
    yield "bb1_oneway_up", place, "one-way", (Bad(link, back=DEAD),), True
    yield "bb1_loss20", place, "loss", (both(Impairment(loss=0.2)),), True
    yield "bb1_loss5", place, "loss", (both(Impairment(loss=0.05)),), True
    yield "bb1_corrupt", place, "loss", (both(Impairment(corrupt=0.2)),), True
    yield "bb1_latency", place, "latency", (both(Impairment(delay_s=0.15, jitter_s=0.02)),), True
    kbit = topology.link(link).kbit
    full = both(Impairment(kbit=kbit, queue_s=0.4))
    flood = Flood(cast.seat, cast.app_address, int(kbit * OFFER))
    yield "bb1_bufferbloat", place, "congestion", (full, flood), True
    yield "bb1_mtu_hole", place, "mtu", (both(Impairment(mtu=1400)),), True
    yield "bb1_flap", place, "flapping", (Flap(link),), True


def _relay(topology: Topology, cast: Cast) -> Iterator[Entry]:
    """The link to the relay, and the relay."""
    link, place = cast.relay_link, f"link/{cast.relay_link}"
    both = _Both(link)
    yield "wp_fibre_cut", place, "cut", parts.cut(link), True
    yield "wp_mc_cut", place, "cut", (Bad(link, DEAD, DEAD),), True
    yield "wp_loss20", place, "loss", (both(Impairment(loss=0.2)),), True
    yield "wp_latency", place, "latency", (both(Impairment(delay_s=0.12, jitter_s=0.02)),), True
    yield "wp_mtu_hole", place, "mtu", (both(Impairment(mtu=1400)),), True
    relay = f"node/{cast.relay}"
    yield "pop_dead", relay, "dead", parts.dead(topology, cast.relay), True
    lan = topology.office(cast.far).lan
    right = f"{lan} via {parts.next_hop(topology, cast.relay, cast.far)}"
    back = f"{lan} via {parts.gateway(topology, cast.relay)}"
    steps = (Ip(cast.relay, f"route replace {back}", f"route replace {right}"),)
    yield "loop_core_pop", relay, "routing-loop", steps, True


def _router(topology: Topology, cast: Cast) -> Iterator[Entry]:
    """The office's router."""
    router, place = cast.office, f"node/{cast.office}"
    up = parts.gateway(topology, router)
    default = f"default via {up}"
    yield "opd1_dead", place, "dead", parts.dead(topology, router), True
    yield "opd1_hung", place, "hung", parts.hung(router), True
    steps = (Ip(router, f"route del {default}", f"route replace {default}"),)
    yield "opd1_no_default", place, "no-default-route", steps, True
    into = 'iifname "wan" oifname "lan" drop;'
    yield "fw_asym_opd1", place, "firewall", (parts.forward(router, into),), True
    web = "tcp dport { 80, 443 } drop;"
    yield "fw_web_opd1", place, "firewall", (parts.forward(router, web),), False
    yield "fw_icmp_opd1", place, "icmp-filtered", (parts.no_icmp(router),), True
    yield "dhcp_down1", place, "dhcp-down", (NoDhcp(router),), False
    yield "dhcp_exhausted1", place, "dhcp-exhausted", (Pool(router),), False
    yield "dns_opd1_fwd", place, "dns-down", (Daemon(router, None),), True


def _core(topology: Topology, cast: Cast) -> Iterator[Entry]:
    """The core's routing table and its address translation."""
    core, place = topology.core, f"node/{topology.core}"
    route = f"{topology.office(cast.office).lan} via {parts.next_hop(topology, core, cast.office)}"
    steps = (Ip(core, f"route del {route}", f"route replace {route}"),)
    yield "core_no_route1", place, "route-missing", steps, True
    new = f"oifname {{ {', '.join(cast.uplink_ports)} }} ct state new drop;"
    yield "nat_exhausted", place, "nat-exhausted", (parts.forward(core, new),), True


def _lan(topology: Topology, cast: Cast) -> Iterator[Entry]:
    """Cables and boxes inside the office."""
    trunk, desk = f"{cast.office}--{cast.switch}", f"{cast.switch}--{cast.seat}"
    air, mast = f"{cast.ap}--{cast.wireless}", f"{cast.switch}--{cast.ap}"
    yield "lan1_uplink_down", f"link/{trunk}", "cut", parts.cut(trunk), True
    yield "lan1_uplink_loss", f"link/{trunk}", "loss", (_Both(trunk)(Impairment(loss=0.15)),), True
    yield "sw1_dead", f"node/{cast.switch}", "dead", parts.dead(topology, cast.switch), True
    yield "ap1_dead", f"node/{cast.ap}", "dead", parts.dead(topology, cast.ap), True
    yield "ap1_cable_cut", f"link/{mast}", "cut", parts.cut(mast), True
    yield "ap1_wifi_loss", f"link/{air}", "loss", (_Both(air)(Impairment(loss=0.25)),), True
    yield "pc1a_unplugged", f"link/{desk}", "cut", parts.cut(desk), True
    yield "pc1a_cable_loss", f"link/{desk}", "loss", (_Both(desk)(Impairment(loss=0.15)),), True
    pc = f"node/{cast.seat}"
    yield "pc1a_off", pc, "dead", parts.dead(topology, cast.seat), True
    default = f"default via {parts.gateway(topology, cast.seat)}"
    steps = (Ip(cast.seat, f"route del {default}", f"route replace {default}"),)
    yield "pc1a_no_gw", pc, "no-default-route", steps, True
    deaf = "chain i { type filter hook input priority 0; iif lo accept; ct state new drop; }"
    yield "pc1a_firewall", pc, "firewall", (Rules(cast.seat, "inet", deaf),), True
    yield "storm1", f"node/{cast.switch}", "storm", parts.storm(topology, cast), True


def _addresses(topology: Topology, cast: Cast) -> Iterator[Entry]:
    """Two devices of one address, and a DHCP server that nobody asked for."""
    mine = topology.address(cast.seat)
    theirs = parts.gateway(topology, cast.seat)
    for name, owner, address in (
        ("dup_ip_pc1a", cast.seat, mine),
        ("dup_ip_gw1", cast.office, theirs),
    ):
        steps = parts.impostor(cast.rogue, address)
        yield name, f"node/{owner}", "duplicate-address", steps, False
    lan = IPv4Network(topology.office(cast.office).lan)
    rogue = Daemon(cast.rogue, parts.rogue_dhcp(lan, topology.address(cast.rogue)))
    yield "rogue_dhcp1", f"node/{cast.switch}", "rogue-dhcp", (rogue,), False


def _dns(topology: Topology, cast: Cast) -> Iterator[Entry]:
    """The resolver in the core."""
    name, place = cast.dns, f"node/{cast.dns}"
    (outside,) = topology.external
    usual = parts.resolver_arguments(topology, name)
    yield "dns_proc_down", place, "dns-down", (Daemon(name, None),), True
    yield "dns_silent", place, "dns-down", (Frozen(name),), True
    yield "dns_host_down", place, "dead", parts.dead(topology, name), True
    mute = "chain i { type filter hook input priority 0; udp sport 53 drop; }"
    yield "dns_servfail", place, "dns-upstream", (Rules(name, "inet", mute),), True
    absent = Daemon(name, (*usual, f"--address=/{outside}/"))
    yield "dns_nxdomain", place, "dns-wrong", (absent,), True
    wrong = Daemon(name, (*usual, f"--address=/{outside}/10.66.66.66"))
    yield "dns_wrong", place, "dns-wrong", (wrong,), True


def _provider(topology: Topology, cast: Cast) -> Iterator[Entry]:
    """The provider, and the link to it."""
    link, place, isp = cast.uplink, f"link/{cast.uplink}", f"node/{cast.isp}"
    both = _Both(link)
    yield "isp_link_cut", place, "cut", (Bad(link, DEAD, DEAD),), True
    yield "isp_loss20", place, "loss", (both(Impairment(loss=0.2)),), True
    yield "isp_latency", place, "latency", (both(Impairment(delay_s=0.2, jitter_s=0.03)),), True
    beyond = tuple(Bad(one, DEAD, DEAD) for one in cast.beyond)
    yield "isp_upstream", isp, "upstream", beyond, True
    yield "isp_portal", isp, "portal", (parts.portal(cast.isp),), True


def _sites(_: Topology, cast: Cast) -> Iterator[Entry]:
    """The regency's own web server."""
    place = f"node/{cast.app}"
    for name, kind, mood in (
        ("app_500", "service-error", "error"),
        ("app_refused", "service-down", "refuse"),
        ("app_hang", "service-hang", "hang"),
        ("tls_expired", "certificate", "expired"),
    ):
        yield name, place, kind, (Mood(cast.app, mood),), True
