"""The decision table that was measured in a lab: 52 faults, and what each vantage saw of them.

Transcribed word by word from what was recorded there; the words are those of ``scenes.Scene``.
"""

from dataclasses import dataclass

ALL1 = "opd1,sw1,ap1,pc1a,pc1b"
LAN1 = "sw1,ap1,pc1a,pc1b"
POP = "pop,opd2,sw2,ap2,pc2a,pc2b,opd3,sw3,ap3,pc3a,pc3b"
DARK_PC = (
    "dead app,dns,inet,core.w1; dns 10.0.0.53 all TIMEOUT,10.1.0.1 all TIMEOUT,"
    "198.51.100.1 all TIMEOUT;"
    "http 10.0.0.80 timeout,198.51.100.80 timeout"
)
LONELY_PC = f"{DARK_PC}; down opd1.lan; arp opd1.lan none; dhcp none"
CUT_OFF_PC = f"{LONELY_PC}; down sw1,ap1,pc1b; link eth0 dark; noroute default"
NO_WEB = "tcp 10.0.0.80:443 timeout,10.0.0.80:80 timeout,198.51.100.80:443 timeout,198.51.100.80:80 timeout;"
ALL_WEB_DEAD = f"{NO_WEB} http 10.0.0.80 timeout,198.51.100.80 timeout"
NO_WORLD = (
    "dead inet; tcp 198.51.100.80:443 timeout,198.51.100.80:80 timeout; http 198.51.100.80 timeout"
)


@dataclass(frozen=True)
class Row:
    """A fault, and what it changed.

    Attributes:
        place: Where it is.
        fault: Its type.
        noc: Seen from the server.
        core: Seen from the core router.
        opd: Seen from the OPD's router; None: it could not be reached.
        sw: Seen from its switch; None likewise.
        pc: Seen from the PC there; None: it is off.
    """

    place: str
    fault: str
    noc: str = ""
    core: str = ""
    opd: str | None = ""
    sw: str | None = ""
    pc: str | None = ""


def gone(place: str, fault: str, core: str, pc: str | None = DARK_PC) -> Row:
    """The whole OPD is dark from outside."""
    return Row(place, fault, f"dead {ALL1}", f"down opd1.wan; {core}", None, None, pc)


BB1 = "link/core--opd1"

TABLE = {
    "bb1_fibre_cut": gone(BB1, "cut", "link w1 dark"),
    "bb1_mc_cut": gone(BB1, "cut", "link w1 silent"),
    "bb1_oneway_down": gone(BB1, "one-way", ""),
    "bb1_oneway_up": gone(BB1, "one-way", "link w1 silent"),
    "bb1_loss20": Row(
        BB1,
        "loss",
        f"lossy {ALL1}",
        "lossy opd1.wan",
        "big core.w1; lossy core.w1,dns,inet",
        "",
        "lossy core.w1,dns,app,inet",
    ),
    "bb1_loss5": Row(
        BB1,
        "loss",
        f"frayed {ALL1}",
        "frayed opd1.wan",
        "frayed core.w1,dns,inet",
        "",
        "frayed core.w1,dns,app,inet",
    ),
    "bb1_latency": Row(
        BB1,
        "latency",
        f"slow {ALL1}",
        "slow opd1.wan",
        "slow core.w1,core.lan,dns,inet",
        "",
        "slow core.w1,dns,app,inet",
    ),
    "bb1_bufferbloat": Row(
        BB1,
        "congestion",
        f"lossy {ALL1}; slow {ALL1}",
        "link lan busy,w1 busy; lossy opd1.wan; slow opd1.wan",
        "link lan busy,wan busy; lossy core.w1,core.lan,dns,inet; slow core.w1,core.lan,dns,inet",
        "link p1 busy,upl busy",
        "link eth0 busy; lossy core.w1,dns,app,inet; slow core.w1,dns,app,inet",
    ),
    "bb1_mtu_hole": Row(
        BB1,
        "mtu",
        "big opd1.lan,pc1a",
        "",
        "big core.w1",
        "",
        "big app,inet; http 10.0.0.80/big stall,198.51.100.80/big stall",
    ),
    "bb1_corrupt": Row(
        BB1,
        "loss",
        f"lossy {ALL1}",
        "lossy opd1.wan",
        "lossy core.w1,dns,inet",
        "",
        "lossy core.w1,dns,app,inet",
    ),
    "wp_mc_cut": Row("link/core--pop", "cut", f"dead {POP}", "down pop.up; link wp silent"),
    "wp_loss20": Row("link/core--pop", "loss", f"lossy {POP}", "lossy pop.up"),
    "pop_dead": Row("node/pop", "dead", f"dead {POP}", "down pop.up; link wp silent"),
    "opd1_dead": gone("node/opd1", "dead", "link w1 silent", LONELY_PC),
    "opd1_hung": gone("node/opd1", "hung", "", LONELY_PC),
    "opd1_no_default": Row(
        "node/opd1",
        "no-default-route",
        f"dead {ALL1}",
        "",
        "down core.lan,dns,inet; dns 10.0.0.53 out UNREACHABLE; noroute default;"
        "tcp 10.0.0.80:443 unreachable",
        "",
        "dead app,dns,inet; dns 10.0.0.53 all TIMEOUT,10.1.0.1 all REFUSED,"
        "198.51.100.1 all TIMEOUT; http 10.0.0.80 timeout,198.51.100.80 timeout",
    ),
    "core_no_route1": Row(
        "node/core",
        "route-missing",
        f"dead {LAN1}; dead opd1.lan",
        "noroute 10.1.0.0/24",
        "",
        "",
        "dead app,dns,inet,core.w1; dns 10.0.0.53 all TIMEOUT,198.51.100.1 all TIMEOUT;"
        "http 10.0.0.80 timeout,198.51.100.80 timeout",
    ),
    "loop_core_pop": Row("node/pop", "routing-loop", "dead sw2,ap2,pc2a,pc2b,opd2.lan; loop pc2a"),
    "fw_asym_opd1": Row(
        "node/opd1",
        "firewall",
        f"dead {LAN1}",
        "",
        "",
        "",
        "dead app,dns,inet,core.w1; dns 10.0.0.53 all TIMEOUT,198.51.100.1 all TIMEOUT;"
        "http 10.0.0.80 timeout,198.51.100.80 timeout",
    ),
    "fw_web_opd1": Row("node/opd1", "firewall", pc=ALL_WEB_DEAD),
    "fw_icmp_opd1": Row(
        "node/opd1",
        "icmp-filtered",
        f"down {ALL1}",
        "down opd1.wan",
        f"down {LAN1}; down core,dns,inet",
        "down opd1.lan",
        "down app,dns,inet,opd1.lan,core.w1",
    ),
    "nat_exhausted": Row(
        "node/core",
        "nat-exhausted",
        f"{NO_WORLD}; dns 10.0.0.53 out TIMEOUT,198.51.100.1 all TIMEOUT",
        "",
        "down inet; dns 10.0.0.53 out TIMEOUT",
        "",
        f"{NO_WORLD}; dns 10.0.0.53 out TIMEOUT,10.1.0.1 out TIMEOUT,198.51.100.1 all TIMEOUT",
    ),
    "lan1_uplink_down": Row(
        "link/opd1--sw1",
        "cut",
        f"dead {LAN1}",
        "",
        f"down {LAN1}; arp ap1 none,pc1a none,pc1b none,sw1 none; link lan dark",
        "down opd1.lan; link upl dark",
        LONELY_PC,
    ),
    "sw1_dead": Row(
        "node/sw1",
        "dead",
        f"dead {LAN1}",
        "",
        f"down {LAN1}; arp ap1 none,pc1a none,pc1b none,sw1 none; link lan dark",
        None,
        CUT_OFF_PC,
    ),
    "ap1_dead": Row(
        "node/ap1",
        "dead",
        "down ap1,pc1b",
        "",
        "down ap1,pc1b; arp ap1 none,pc1b none",
        "link p2 dark",
        "down ap1,pc1b",
    ),
    "ap1_wifi_loss": Row(
        "link/ap1--pc1b", "loss", "lossy pc1b", "", "arp pc1b none; lossy pc1b", "", "lossy pc1b"
    ),
    "pc1a_unplugged": Row(
        "link/sw1--pc1a",
        "cut",
        "dead pc1a",
        "",
        "down pc1a; arp pc1a none",
        "link p1 dark",
        CUT_OFF_PC,
    ),
    "pc1a_off": Row(
        "node/pc1a", "dead", "dead pc1a", "", "down pc1a; arp pc1a none", "link p1 dark", None
    ),
    "pc1a_no_gw": Row(
        "node/pc1a",
        "no-default-route",
        "dead pc1a",
        pc="dead app,dns,inet,core.w1; noroute default; dns 10.0.0.53 all UNREACHABLE,"
        "198.51.100.1 all UNREACHABLE;"
        "http 10.0.0.80 unreachable,198.51.100.80 unreachable",
    ),
    "pc1a_firewall": Row("node/pc1a", "firewall", "dead pc1a", "", "down pc1a"),
    "dup_ip_pc1a": Row(
        "node/pc1a",
        "duplicate-address",
        opd="arp pc1a duplicate",
        pc="down ap1,pc1b,sw1; arp pc1a duplicate; lossy opd1.lan,core.w1,dns,app,inet",
    ),
    "dup_ip_gw1": Row(
        "node/opd1",
        "duplicate-address",
        f"lossy {LAN1}",
        "",
        f"arp opd1.lan duplicate; lossy {LAN1}",
        "",
        "arp opd1.lan duplicate; lossy core.w1,dns,app,inet",
    ),
    "rogue_dhcp1": Row("node/sw1", "rogue-dhcp", opd="dhcp rogue", pc="dhcp rogue"),
    "dhcp_down1": Row("node/opd1", "dhcp-down", opd="dhcp stopped", pc="dhcp none"),
    "dhcp_exhausted1": Row("node/opd1", "dhcp-exhausted", pc="dhcp none"),
    "storm1": Row(
        "node/sw1",
        "storm",
        f"lossy {LAN1}",
        "",
        f"bcast lan; link lan busy; lossy {LAN1}",
        "link p1 busy,p2 busy,upl busy; lossy opd1.lan",
        "bcast eth0; link eth0 busy; lossy opd1.lan,sw1,ap1,core.w1,dns,app,inet",
    ),
    "dns_proc_down": Row(
        "node/dns",
        "dns-down",
        "dns 10.0.0.53 all CLOSED",
        "",
        "dns 10.0.0.53 all CLOSED",
        "",
        "dns 10.0.0.53 all CLOSED,10.1.0.1 all REFUSED",
    ),
    "dns_host_down": Row(
        "node/dns",
        "dead",
        "down dns; dns 10.0.0.53 all TIMEOUT",
        "down dns",
        "down dns; dns 10.0.0.53 all TIMEOUT",
        "",
        "down dns; dns 10.0.0.53 all TIMEOUT,10.1.0.1 all TIMEOUT",
    ),
    "dns_silent": Row(
        "node/dns",
        "dns-down",
        "dns 10.0.0.53 all TIMEOUT",
        "",
        "dns 10.0.0.53 all TIMEOUT",
        "",
        "dns 10.0.0.53 all TIMEOUT,10.1.0.1 all TIMEOUT",
    ),
    "dns_servfail": Row(
        "node/dns",
        "dns-upstream",
        "dns 10.0.0.53 out TIMEOUT",
        "",
        "dns 10.0.0.53 out TIMEOUT",
        "",
        "dns 10.0.0.53 out TIMEOUT,10.1.0.1 out TIMEOUT",
    ),
    "dns_nxdomain": Row(
        "node/dns",
        "dns-wrong",
        "dns 10.0.0.53 out NXDOMAIN",
        "",
        "dns 10.0.0.53 out NXDOMAIN",
        "",
        "dns 10.0.0.53 out NXDOMAIN,10.1.0.1 out NXDOMAIN",
    ),
    "dns_wrong": Row(
        "node/dns",
        "dns-wrong",
        "dns 10.0.0.53 out NOERROR",
        "",
        "dns 10.0.0.53 out NOERROR",
        "",
        "dns 10.0.0.53 out NOERROR,10.1.0.1 out NOERROR",
    ),
    "dns_opd1_fwd": Row(
        "node/opd1",
        "dns-down",
        "tcp 10.1.0.1:53 refused",
        "",
        "dhcp stopped",
        "",
        "dhcp none; dns 10.1.0.1 all CLOSED",
    ),
    "isp_link_cut": Row(
        "link/core--isp",
        "cut",
        f"{NO_WORLD}; down isp; dns 10.0.0.53 out TIMEOUT,198.51.100.1 all TIMEOUT",
        "down isp.cust; link wi silent",
        "down inet; dns 10.0.0.53 out TIMEOUT",
        "",
        f"{NO_WORLD}; dns 10.0.0.53 out TIMEOUT,10.1.0.1 out TIMEOUT,198.51.100.1 all TIMEOUT",
    ),
    "isp_upstream": Row("node/isp", "upstream", NO_WORLD, "", "down inet", "", NO_WORLD),
    "isp_loss20": Row(
        "link/core--isp", "loss", "lossy isp,inet", "lossy isp.cust", "lossy inet", "", "lossy inet"
    ),
    "isp_portal": Row(
        "node/isp", "portal", "http 198.51.100.80 portal", pc="http 198.51.100.80 portal"
    ),
    "app_500": Row(
        "node/app", "service-error", "http 10.0.0.80 status", pc="http 10.0.0.80 status"
    ),
    "app_refused": Row(
        "node/app",
        "service-down",
        "http 10.0.0.80 refused; tcp 10.0.0.80:80 refused,10.0.0.80:443 refused",
        "",
        "tcp 10.0.0.80:443 refused",
        "",
        "http 10.0.0.80 refused; tcp 10.0.0.80:80 refused,10.0.0.80:443 refused",
    ),
    "app_hang": Row("node/app", "service-hang", "http 10.0.0.80 stall", pc="http 10.0.0.80 stall"),
    "tls_expired": Row(
        "node/app",
        "certificate",
        "http https://10.0.0.80/ certificate",
        pc="http https://10.0.0.80/ certificate",
    ),
    "bb1_flap": Row(
        BB1,
        "flapping",
        f"slow {ALL1}",
        "link w1 flapping; lossy opd1.wan; slow opd1.wan",
        "link wan flapping; slow core.w1,core.lan,dns,inet",
        "",
        "slow core.w1,dns,app,inet",
    ),
}
