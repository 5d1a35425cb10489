"""The closed list of fault types, and what people call them."""

from enum import StrEnum


class Fault(StrEnum):
    """What may be wrong with a place."""

    CUT = "cut"
    ONE_WAY = "one-way"
    LOSS = "loss"
    LATENCY = "latency"
    CONGESTION = "congestion"
    MTU = "mtu"
    FLAPPING = "flapping"
    DEAD = "dead"
    HUNG = "hung"
    NO_DEFAULT_ROUTE = "no-default-route"
    ROUTE_MISSING = "route-missing"
    ROUTING_LOOP = "routing-loop"
    FIREWALL = "firewall"
    ICMP_FILTERED = "icmp-filtered"
    NAT_EXHAUSTED = "nat-exhausted"
    DUPLICATE_ADDRESS = "duplicate-address"
    STORM = "storm"
    ROGUE_DHCP = "rogue-dhcp"
    DHCP_DOWN = "dhcp-down"
    DHCP_EXHAUSTED = "dhcp-exhausted"
    DNS_DOWN = "dns-down"
    DNS_UPSTREAM = "dns-upstream"
    DNS_WRONG = "dns-wrong"
    UPSTREAM = "upstream"
    PORTAL = "portal"
    SERVICE_DOWN = "service-down"
    SERVICE_HANG = "service-hang"
    SERVICE_ERROR = "service-error"
    CERTIFICATE = "certificate"

    @property
    def label(self) -> str:
        """The words for people."""
        return _LABELS[self]

    @property
    def rarity(self) -> float:
        """How much better than a healthy network it must explain what was seen (nats)."""
        return _RARITY.get(self, 3.0)

    @property
    def harmless(self) -> bool:
        """Nobody is disturbed by it; it only misleads."""
        return self is Fault.ICMP_FILTERED


_LABELS = {
    Fault.CUT: "putus",
    Fault.ONE_WAY: "putus satu arah",
    Fault.LOSS: "paket hilang atau rusak",
    Fault.LATENCY: "lambat tanpa beban",
    Fault.CONGESTION: "penuh",
    Fault.MTU: "paket besar tertelan",
    Fault.FLAPPING: "putus-sambung",
    Fault.DEAD: "mati",
    Fault.HUNG: "macet: menyala, tetapi tidak meneruskan",
    Fault.NO_DEFAULT_ROUTE: "tanpa rute bawaan (gateway)",
    Fault.ROUTE_MISSING: "rute hilang",
    Fault.ROUTING_LOOP: "rute berputar",
    Fault.FIREWALL: "disaring firewall",
    Fault.ICMP_FILTERED: "hanya ping yang disaring; bukan gangguan",
    Fault.NAT_EXHAUSTED: "NAT penuh",
    Fault.DUPLICATE_ADDRESS: "alamat IP ganda",
    Fault.STORM: "badai siaran (kabel melingkar)",
    Fault.ROGUE_DHCP: "DHCP liar",
    Fault.DHCP_DOWN: "DHCP mati",
    Fault.DHCP_EXHAUSTED: "alamat DHCP habis",
    Fault.DNS_DOWN: "layanan DNS tidak menjawab",
    Fault.DNS_UPSTREAM: "DNS tidak mendapat jawaban dari hulu",
    Fault.DNS_WRONG: "DNS menjawab salah",
    Fault.UPSTREAM: "gangguan di hulu penyedia internet",
    Fault.PORTAL: "dialihkan ke halaman masuk",
    Fault.SERVICE_DOWN: "layanan tidak berjalan",
    Fault.SERVICE_HANG: "layanan tidak membalas",
    Fault.SERVICE_ERROR: "layanan galat",
    Fault.CERTIFICATE: "sertifikat tidak sah",
}

# A cut cable and a box without power are daily bread; the rest must earn its place in the set.
_RARITY = {
    Fault.ONE_WAY: 3.8,
    Fault.HUNG: 3.5,
    Fault.FLAPPING: 5.2,
    Fault.CONGESTION: 3.3,
    Fault.NO_DEFAULT_ROUTE: 3.8,
    Fault.ROUTE_MISSING: 3.8,
    Fault.ROUTING_LOOP: 3.8,
    Fault.FIREWALL: 3.8,
    Fault.ICMP_FILTERED: 3.8,
    Fault.NAT_EXHAUSTED: 3.8,
    Fault.DUPLICATE_ADDRESS: 3.5,
    Fault.STORM: 3.5,
}
