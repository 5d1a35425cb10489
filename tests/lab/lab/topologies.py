"""The networks: different depth, numbering and names, from the same blocks."""

from lab.blocks import hop, joined, office, server
from lab.shape import Link, Node, Office, Page, Topology


def _star() -> Topology:
    """noc, dns and app on cables of their own; opd1 at the core, opd2 and opd3 behind a relay."""
    offices = tuple(
        Office(f"opd{n}", f"sw{n}", f"ap{n}", (f"pc{n}a", f"pc{n}c"), f"pc{n}b", f"10.21.{n}.0/24")
        for n in (1, 2, 3)
    )
    nodes, links = joined(
        ([Node("core", "core", nat=True), Node("pop", "relay", parent="core")], []),
        server("noc", "server", "core", "l1", "10.20.0.0/28"),
        server("dns", "host", "core", "l2", "10.20.0.16/28"),
        server("app", "host", "core", "l3", "10.20.0.32/28"),
        ([Node("isp", "isp", parent="core")], [hop("core", "wi", "isp", "203.0.113.0/30")]),
        server("www", "internet", "isp", "net", "198.51.100.0/24"),
        office(offices[0], "core", "w1", "10.20.101.0/30"),
        ([], [hop("core", "wp", "pop", "10.20.100.0/30")]),
        office(offices[1], "pop", "w2", "10.20.102.0/30"),
        office(offices[2], "pop", "w3", "10.20.103.0/30"),
    )
    return Topology(
        name="bintang",
        core="core",
        server="noc",
        nodes=tuple(nodes),
        links=tuple(links),
        offices=offices,
        resolvers={
            "dns": ("203.0.113.2",),
            "isp": (),
            **{one.router: ("10.20.0.18",) for one in offices},
        },
        internal={"portal.kab.test": "10.20.0.34"},
        external={"www.contoh.test": "198.51.100.2"},
        pages=_pages("app", "10.20.0.34", "www", "198.51.100.2"),
        routes={"core": ("default via 203.0.113.2",)},
    )


def _chain() -> Topology:
    """A switch in the server room, two uplinks, and an office behind two relays in a row."""
    offices = (
        Office("dinkes", "dinkes-sw", "dinkes-ap", ("dinkes-1", "dinkes-2"), "dinkes-hp",
               "192.168.40.0/26"),
        Office("kec-hulu", "hulu-sw", "hulu-ap", ("hulu-1", "hulu-2"), "hulu-hp",
               "192.168.70.64/26"),
        Office("kec-muara", "muara-sw", "muara-ap", ("muara-1", "muara-2"), "muara-hp",
               "172.20.5.0/24", "muara-sw2"),
        Office("puskesmas", "pusk-sw", "pusk-ap", ("pusk-1", "pusk-2"), "pusk-hp",
               "172.20.9.0/24"),
    )  # fmt: skip
    nodes, links = joined(
        (
            [
                Node("gerbang", "core", nat=True),
                Node("rak", "switch", "172.31.255.2/27", "gerbang"),
                Node("pantau", "server", parent="rak"),
                Node("nama", "host", parent="rak"),
                Node("situs", "host", parent="rak"),
                Node("bukit", "relay", parent="gerbang"),
                Node("lembah", "relay", parent="bukit"),
                Node("serat", "isp", parent="gerbang"),
                Node("satelit", "isp", parent="gerbang"),
                Node("dunia", "internet", parent="serat"),
            ],
            [
                Link("gerbang", "g0", "rak", "g24", "172.31.255.1/27"),
                Link("rak", "g1", "pantau", "ens3", "", "172.31.255.10/27"),
                Link("rak", "g2", "nama", "ens3", "", "172.31.255.11/27"),
                Link("rak", "g3", "situs", "ens3", "", "172.31.255.12/27"),
                hop("gerbang", "g1", "serat", "100.64.8.0/30"),
                hop("gerbang", "g2", "satelit", "100.64.9.0/30", backup=True),
                Link("serat", "net", "dunia", "a0", "192.0.2.1/25", "192.0.2.10/25"),
                Link(
                    "satelit", "net", "dunia", "a1", "192.0.2.129/25", "192.0.2.138/25", backup=True
                ),
                hop("gerbang", "g4", "bukit", "10.255.0.0/30"),
                hop("bukit", "r2", "lembah", "10.255.0.4/30"),
            ],
        ),
        office(offices[0], "gerbang", "g3", "10.255.1.0/30"),
        office(offices[1], "bukit", "r1", "10.255.1.4/30"),
        office(offices[2], "lembah", "r1", "10.255.1.8/30"),
        office(offices[3], "lembah", "r3", "10.255.1.12/30"),
    )
    return Topology(
        name="rantai",
        core="gerbang",
        server="pantau",
        nodes=tuple(nodes),
        links=tuple(links),
        offices=offices,
        resolvers={
            "nama": ("100.64.8.2",),
            "serat": (),
            **{one.router: ("172.31.255.11",) for one in offices},
        },
        internal={"layanan.daerah.test": "172.31.255.12"},
        external={"berita.dunia.test": "192.0.2.10"},
        pages=_pages("situs", "172.31.255.12", "dunia", "192.0.2.10"),
        routes={
            "gerbang": (
                "default via 100.64.8.2 metric 10",
                "default via 100.64.9.2 metric 20",
            ),
            "serat": ("192.0.2.128/25 via 192.0.2.10", "100.64.9.0/30 via 192.0.2.10"),
            "satelit": ("192.0.2.0/25 via 192.0.2.138", "100.64.8.0/30 via 192.0.2.138"),
            "dunia": ("100.64.8.0/30 via 192.0.2.1", "100.64.9.0/30 via 192.0.2.129"),
        },
    )


def _islands() -> Topology:
    """The server behind a router of its own, an office behind three relays and a satellite.

    Built when the judge was done, to see what it makes of a network that nobody had in mind.
    """
    offices = (
        Office("upt-laut", "laut-hub", "laut-radio", ("laut-loket", "laut-arsip", "laut-tu"),
               "laut-tablet", "10.77.8.128/25"),
        Office("bappeda", "bappeda-hub", "bappeda-radio", ("bappeda-1", "bappeda-2"),
               "bappeda-tablet", "192.168.1.0/24"),
        Office("kec-tengah", "tengah-hub", "tengah-radio", ("tengah-1", "tengah-2"),
               "tengah-tablet", "10.77.4.0/26"),
        Office("kec-ujung", "ujung-hub", "ujung-radio", ("ujung-1", "ujung-2", "ujung-3"),
               "ujung-tablet", "172.29.16.0/23", "ujung-hub2"),
    )  # fmt: skip
    nodes, links = joined(
        (
            [
                Node("poros", "core", nat=True),
                Node("ruang", "relay", parent="poros"),
                Node("meja", "switch", "10.64.0.2/28", "ruang"),
                Node("mata", "server", parent="meja"),
                Node("kantor", "host", parent="meja"),
                Node("menara", "relay", parent="poros"),
                Node("puncak", "relay", parent="menara"),
                Node("tanjung", "relay", parent="puncak"),
                Node("langit", "isp", parent="poros"),
            ],
            [
                hop("poros", "ge1", "ruang", "10.64.255.0/31", kbit=100_000),
                Link("ruang", "ge2", "meja", "sfp1", "10.64.0.1/28"),
                Link("meja", "ge1", "mata", "eno1", "", "10.64.0.14/28"),
                Link("meja", "ge2", "kantor", "eno1", "", "10.64.0.13/28"),
                hop("poros", "ge8", "langit", "172.20.0.96/30"),
                hop("poros", "ge3", "menara", "10.64.255.2/31"),
                hop("menara", "r2", "puncak", "10.64.255.4/31", kbit=8_000),
                hop("puncak", "sat", "tanjung", "10.64.255.6/31", kbit=6_000, delay_ms=270),
            ],
        ),
        server("buku", "host", "poros", "ge2", "10.64.1.4/30"),
        server("samudra", "internet", "langit", "net", "203.0.113.192/27"),
        office(offices[0], "tanjung", "r1", "10.64.255.8/31"),
        office(offices[1], "poros", "ge4", "10.64.255.10/31"),
        office(offices[2], "puncak", "r1", "10.64.255.12/31"),
        office(offices[3], "tanjung", "r2", "10.64.255.14/31"),
    )
    return Topology(
        name="gugus",
        core="poros",
        server="mata",
        nodes=tuple(nodes),
        links=tuple(links),
        offices=offices,
        resolvers={
            "buku": ("172.20.0.98",),
            "langit": (),
            **{one.router: ("10.64.1.6",) for one in offices},
        },
        internal={"satu.gugus.test": "10.64.0.13"},
        external={"kabar.samudra.test": "203.0.113.194"},
        pages=_pages("kantor", "10.64.0.13", "samudra", "203.0.113.194"),
        routes={"poros": ("default via 172.20.0.98",)},
    )


def _pages(app: str, inside: str, www: str, outside: str) -> tuple[Page, ...]:
    """Four pages: small and large, plain and encrypted, inside and outside."""
    return (
        Page(app, f"https://{inside}/", inside, 200),
        Page(app, f"http://{inside}/besar", inside, 200, large=True),
        Page(www, f"http://{outside}/generate_204", outside, 204, external=True),
        Page(www, f"https://{outside}/besar", outside, 200, large=True, external=True),
    )


TOPOLOGIES = {one.name: one for one in (_star(), _chain(), _islands())}
