"""Networks and findings for the judge, written as what each vantage saw beside a healthy network.

A scene starts as everything in order; words such as ``down pc1a`` then change what a vantage saw.
Nothing here knows what the judge thinks of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from periksa import netfile
from periksa.findings import Finding, State
from periksa.network import Network

MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
SENT = 20


def office(number: int, parent: str, parent_port: str) -> dict[str, list[dict[str, Any]]]:
    """An OPD: router, switch, access point, a PC on each."""
    router, switch, ap = f"opd{number}", f"sw{number}", f"ap{number}"
    lan, wan = f"10.{number}.0", f"10.9.{number}"
    return {
        "nodes": [
            {
                "name": router,
                "kind": "router",
                "dhcp": True,
                "interfaces": [
                    {"name": "wan", "address": f"{wan}.2/30"},
                    {"name": "lan", "address": f"{lan}.1/24"},
                ],
            },
            {"name": switch, "kind": "switch", "addresses": [f"{lan}.2/24"]},
            {"name": ap, "kind": "ap", "addresses": [f"{lan}.3/24"]},
            {"name": f"pc{number}a", "kind": "pc", "addresses": [f"{lan}.11/24"]},
            {"name": f"pc{number}b", "kind": "pc", "addresses": [f"{lan}.12/24"]},
        ],
        "links": [
            {"a": parent, "b": router, "a_port": parent_port, "b_port": "wan"},
            {"a": router, "b": switch, "a_port": "lan", "b_port": "upl"},
            {"a": switch, "b": f"pc{number}a", "a_port": "p1", "b_port": "eth0"},
            {"a": switch, "b": ap, "a_port": "p2", "b_port": "upl"},
            {"a": ap, "b": f"pc{number}b", "a_port": "wlan", "b_port": "wlan0"},
        ],
    }


def regency() -> dict[str, Any]:
    """The network of the facts file: one OPD at the core, two behind a relay."""
    data: dict[str, Any] = {
        "name": "Kabupaten",
        "nodes": [
            {"name": "noc", "kind": "server", "addresses": ["10.0.0.10/24"]},
            {"name": "dns", "kind": "host", "addresses": ["10.0.0.53/24"]},
            {"name": "app", "kind": "host", "addresses": ["10.0.0.80/24"]},
            {
                "name": "core",
                "kind": "core",
                "nat": True,
                "interfaces": [
                    {"name": "lan", "address": "10.0.0.1/24"},
                    {"name": "wi", "address": "192.0.2.2/30"},
                    {"name": "w1", "address": "10.9.1.1/30"},
                    {"name": "wp", "address": "10.9.9.1/30"},
                ],
            },
            {
                "name": "isp",
                "kind": "isp",
                "interfaces": [
                    {"name": "cust", "address": "192.0.2.1/30"},
                    {"name": "world", "address": "198.51.100.1/24"},
                ],
            },
            {"name": "inet", "kind": "internet", "addresses": ["198.51.100.80/24"]},
            {
                "name": "pop",
                "kind": "relay",
                "interfaces": [
                    {"name": "up", "address": "10.9.9.2/30"},
                    {"name": "w2", "address": "10.9.2.1/30"},
                    {"name": "w3", "address": "10.9.3.1/30"},
                ],
            },
        ],
        "links": [
            {"a": "core", "b": "noc", "a_port": "lan"},
            {"a": "core", "b": "dns", "a_port": "lan"},
            {"a": "core", "b": "app", "a_port": "lan"},
            {"a": "core", "b": "isp", "a_port": "wi", "b_port": "cust"},
            {"a": "isp", "b": "inet", "a_port": "world"},
            {"a": "core", "b": "pop", "a_port": "wp", "b_port": "up"},
        ],
        "resolvers": [
            {"node": "dns", "address": "10.0.0.53", "forwards_to": ["198.51.100.1"]},
            {"node": "isp", "address": "198.51.100.1"},
            {"node": "opd1", "address": "10.1.0.1", "forwards_to": ["10.0.0.53"]},
            {"node": "opd2", "address": "10.2.0.1", "forwards_to": ["10.0.0.53"]},
        ],
        "names": [
            {"name": "portal.kab.test", "expect": ["10.0.0.80"]},
            {"name": "www.dunia.test", "external": True, "expect": ["198.51.100.80"]},
        ],
        "services": [
            {"node": "app", "url": "http://10.0.0.80/big", "large": True},
            {"node": "app", "url": "https://10.0.0.80/"},
            {"node": "inet", "url": "http://198.51.100.80/generate_204", "expect_status": 204},
            {"node": "inet", "url": "https://198.51.100.80/big", "large": True},
        ],
        "vantages": [{"node": node} for node in ("core", "opd1", "sw1", "pc1a")],
    }
    for number, parent, port in ((1, "core", "w1"), (2, "pop", "w2"), (3, "pop", "w3")):
        for section, entries in office(number, parent, port).items():
            data[section] += entries
    return data


@dataclass
class Scene:
    """What each vantage saw.

    Attributes:
        network: Where.
        seen: Figures by vantage, probe, target and address.
    """

    network: Network
    seen: dict[tuple[str, str, str, str], dict[str, Any]] = field(default_factory=dict)

    def findings(self, vantages: Iterable[str]) -> list[Finding]:
        """What those vantages found; the server is ""."""
        wanted = set(vantages)
        return [
            finding(probe, vantage, target, address, figures)
            for (vantage, probe, target, address), figures in self.seen.items()
            if vantage in wanted
        ]

    def forget(self, vantage: str) -> None:
        """That vantage could not be reached."""
        self.seen = {key: value for key, value in self.seen.items() if key[0] != vantage}

    def echo(self, vantage: str, addresses: Iterable[str]) -> None:
        for address in addresses:
            figures = {"sent": SENT, "received": SENT, "median_ms": 1.0}
            self.seen[vantage, "ping", address, address] = figures

    def big(self, vantage: str, addresses: Iterable[str]) -> None:
        for address in addresses:
            self.seen[vantage, "big", address, address] = {"sent": 3, "received": 3}

    def port(self, vantage: str, address: str, port: int, result: str = "open") -> None:
        figures = {"port": port, "result": result}
        self.seen[vantage, "port", f"{address}:{port}", address] = figures

    def dns(self, vantage: str, resolvers: Iterable[str]) -> None:
        for resolver in resolvers:
            for name in self.network.names:
                figures = {"name": name.name, "type": "A", "result": "NOERROR"}
                figures["answers"] = list(name.expect)
                self.seen[vantage, "dns", f"{resolver} {name.name}", resolver] = figures

    def web(self, vantage: str) -> None:
        for service in self.network.services:
            figures = {"url": service.url, "result": "ok"}
            self.seen[vantage, "http", service.url, service.address] = figures
            self.port(vantage, service.address, service.port)

    def ports(self, vantage: str, names: Iterable[str]) -> None:
        for name in names:
            self.seen[vantage, "link", name, ""] = {
                "carrier": 1,
                "carrier_changes": 0,
                "rx_pps": 30.0,
                "tx_pps": 30.0,
                "rx_bps": 20_000.0,
                "tx_bps": 20_000.0,
                "rx_errors": 0,
            }

    def arp(self, vantage: str, addresses: Iterable[str], own: str = "") -> None:
        for address in addresses:
            figures = {"macs": [f"02:00:00:00:00:{len(self.seen) % 256:02x}"], "own": 0}
            if address == own:
                figures = {"macs": [], "own": 1}
            self.seen[vantage, "arp", address, address] = figures

    def change(self, vantage: str, words: str) -> None:
        """Change what a vantage saw; words are separated by semicolons."""
        for word in filter(None, map(str.strip, words.split(";"))):
            verb, _, rest = word.partition(" ")
            getattr(self, f"_{verb}")(vantage, rest.split(","))

    def _figures(self, vantage: str, probe: str, what: str) -> dict[str, Any]:
        """The figures of one finding, found by an address or by how its target begins."""
        for (where, kind, target, address), figures in self.seen.items():
            if (where, kind) == (vantage, probe) and what in (target, address):
                return figures
        raise LookupError(f"{vantage or 'noc'} has no {probe} of {what}")

    def _addresses(self, names: Iterable[str]) -> list[str]:
        found = []
        for name in names:
            node, _, port = name.partition(".")
            known = self.network.by_name[node]
            found += [
                one.address for one in known.interfaces if one.address and port in ("", one.name)
            ]
        return found

    def _down(self, vantage: str, names: list[str]) -> None:
        for address in self._addresses(names):
            for (where, probe, _, target), figures in self.seen.items():
                if (where, target) != (vantage, address):
                    continue
                if probe == "ping":
                    figures.update(received=0, median_ms=None)
                if probe == "big":
                    figures.update(received=0)

    def _dead(self, vantage: str, names: list[str]) -> None:
        """Down, and its ports as well."""
        self._down(vantage, names)
        for address in self._addresses(names):
            for (where, probe, _, target), figures in self.seen.items():
                if (where, probe, target) == (vantage, "port", address):
                    figures.update(result="timeout")

    def _lossy(
        self, vantage: str, names: list[str], lost: tuple[int, ...] = (6, 8, 5, 9, 7)
    ) -> None:
        for number, address in enumerate(self._addresses(names)):
            received = SENT - lost[number % len(lost)]
            self._figures(vantage, "ping", address).update(received=received)

    def _frayed(self, vantage: str, names: list[str]) -> None:
        """One in ten lost, which a single target may not show."""
        self._lossy(vantage, names, (2, 1, 3, 0, 2))

    def _slow(self, vantage: str, names: list[str]) -> None:
        for address in self._addresses(names):
            self._figures(vantage, "ping", address).update(median_ms=320.0)

    def _big(self, vantage: str, names: list[str]) -> None:
        for address in self._addresses(names):
            self._figures(vantage, "big", address).update(received=0)

    def _tcp(self, vantage: str, words: list[str]) -> None:
        for word in words:
            where, result = word.rsplit(" ", 1)
            self._figures(vantage, "port", where).update(result=result)

    def _loop(self, vantage: str, names: list[str]) -> None:
        for address in self._addresses(names):
            figures = {"loop": ["10.9.9.1", "10.9.9.2"], "hops": []}
            self.seen[vantage, "trace", address, address] = figures

    def _dns(self, vantage: str, words: list[str]) -> None:
        """RESOLVER WHICH RESULT, where WHICH is in, out or all."""
        for word in words:
            resolver, which, result = word.split()
            for name in self.network.names:
                if which in ("all", "out" if name.external else "in"):
                    figures = self._figures(vantage, "dns", f"{resolver} {name.name}")
                    answers = ["203.0.113.66"] if result == "NOERROR" else []
                    figures.update(result=result, answers=answers)

    def _http(self, vantage: str, words: list[str]) -> None:
        """WHERE RESULT, where WHERE is a piece of the URL."""
        for word in words:
            piece, result = word.split()
            hit = [f for k, f in self.seen.items() if k[:2] == (vantage, "http") and piece in k[2]]
            assert hit, word
            for figures in hit:
                figures.update(result=result)

    def _link(self, vantage: str, words: list[str]) -> None:
        looks: dict[str, dict[str, Any]] = {
            "dark": {"carrier": 0, "rx_pps": 0.0, "tx_pps": 0.0},
            "silent": {"rx_pps": 0.0, "rx_bps": 0.0},
            "busy": {"tx_bps": 7_600_000.0},
            "flapping": {"carrier_changes": 4},
        }
        for word in words:
            port, look = word.split()
            self._figures(vantage, "link", port).update(looks[look])

    def _arp(self, vantage: str, words: list[str]) -> None:
        for word in words:
            name, look = word.split()
            for address in self._addresses([name]):
                figures = self._figures(vantage, "arp", address)
                macs = [] if look == "none" else [*figures["macs"], "02:ff:ff:ff:ff:ff"]
                figures.update(macs=macs)

    def _noroute(self, vantage: str, words: list[str]) -> None:
        for word in words:
            self.seen[vantage, "route", word, ""] = {"found": 0}

    def _dhcp(self, vantage: str, words: list[str]) -> None:
        figures = self._figures(vantage, "dhcp", "")
        for word in words:
            if word == "stopped":
                figures.update(listening=0)
            else:
                figures.update(offers=["10.1.0.66"] if word == "rogue" else [])

    def _bcast(self, vantage: str, words: list[str]) -> None:
        for word in words:
            self.seen[vantage, "broadcast", word, ""] = {"pps": 7102.0, "looped": 154}


def finding(
    probe: str, vantage: str, target: str, address: str, figures: dict[str, Any]
) -> Finding:
    """A finding as a probe would make it."""
    alive = figures.get("received", 1) and not figures.get("loop")
    state = State.UP if alive else State.DOWN
    made = Finding(probe, target, address, state, "", figures, MOMENT, 1.0)
    return replace(made, vantage=vantage)


def healthy() -> Scene:
    """The network of the facts file with nothing wrong, seen from five vantages."""
    scene = Scene(netfile.network(regency()))
    everything = [a for node in scene.network.nodes if node.name != "noc" for a in node.addresses]
    scene.echo("", everything)
    scene.big("", ["10.1.0.1", "10.1.0.11", "10.2.0.1", "10.9.9.2", "10.0.0.80"])
    scene.port("", "10.1.0.1", 53)
    scene.port("", "10.2.0.1", 53)
    scene.port("", "10.1.0.11", 9, "refused")
    scene.dns("", ["10.0.0.53", "198.51.100.1"])
    scene.web("")

    scene.echo("core", ["10.9.1.2", "10.9.9.2", "192.0.2.1", "10.0.0.53", "10.0.0.80"])
    scene.ports("core", ["lan", "wi", "w1", "wp"])

    lan1 = ["10.1.0.2", "10.1.0.3", "10.1.0.11", "10.1.0.12"]
    scene.echo("opd1", ["10.9.1.1", "10.0.0.1", "10.0.0.53", "198.51.100.80", *lan1])
    scene.big("opd1", ["10.9.1.1"])
    scene.arp("opd1", [*lan1, "10.1.0.1"], own="10.1.0.1")
    scene.ports("opd1", ["wan", "lan"])
    scene.dns("opd1", ["10.0.0.53"])
    scene.port("opd1", "10.0.0.80", 443)
    scene.seen["opd1", "route", "default", ""] = {"found": 1}
    scene.seen["opd1", "dhcp", "", ""] = {"listening": 1, "offers": []}
    scene.seen["opd1", "broadcast", "lan", ""] = {"pps": 8.0, "looped": 0}

    scene.echo("sw1", ["10.1.0.1"])
    scene.ports("sw1", ["upl", "p1", "p2"])

    near = ["10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.12"]
    scene.echo("pc1a", [*near, "10.9.1.1", "10.0.0.53", "10.0.0.80", "198.51.100.80"])
    scene.big("pc1a", ["10.0.0.80", "198.51.100.80"])
    scene.arp("pc1a", ["10.1.0.1", "10.1.0.11"], own="10.1.0.11")
    scene.ports("pc1a", ["eth0"])
    scene.dns("pc1a", ["10.0.0.53", "10.1.0.1", "198.51.100.1"])
    scene.web("pc1a")
    scene.seen["pc1a", "route", "default", ""] = {"found": 1}
    scene.seen["pc1a", "dhcp", "", ""] = {"offers": ["10.1.0.1"]}
    scene.seen["pc1a", "broadcast", "eth0", ""] = {"pps": 8.0, "looped": 0}
    return scene
