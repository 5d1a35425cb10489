"""One lab from up to down: namespaces, cables, addresses, routes, servers, and its disorder."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Interface
from pathlib import Path

from lab.catalogue import catalogue
from lab.certificates import Certificates
from lab.daemons import Daemons
from lab.disorder import Disorder
from lab.namespaces import batch, inside, named, remove, run, sysctl, whole_frames
from lab.routes import routes
from lab.shape import BRIDGES, OUTSIDE, ROUTERS, Node, Topology
from lab.steps import Fault
from lab.web import Web
from lab.wires import Wires

HOME = Path("/run/pulih-lab")
PID = "pid"  # whose process holds a lab
WIRES = ".wires"  # no node's name: theirs are host names
EVERYWHERE = (
    "ipv6.conf.all.disable_ipv6=1",
    "ipv6.conf.default.disable_ipv6=1",
    # ICMP errors without a ration: what a router knows, a probe may hear
    "ipv4.icmp_ratemask=0",
    "ipv4.icmp_msgs_per_sec=10000",
)
FORWARD = ("ipv4.ip_forward=1", "ipv4.conf.all.rp_filter=0", "ipv4.conf.all.send_redirects=0")
SERVED = ("core", "relay", "router", "switch")  # where somebody may log in


class Laboratory:
    """A topology in namespaces. Needs root; see ``namespaces.why_not``.

    Args:
        topology: What to build.
        tag: Letters and digits; labs of different tags do not meet.
    """

    def __init__(self, topology: Topology, tag: str) -> None:
        if not tag.isalnum():
            raise ValueError(f"{tag!r} is not made of letters and digits.")
        self.topology, self.tag = topology, tag
        self.prefix = prefix_of(tag)
        self.folder = HOME / tag
        self.faults = {fault.name: fault for fault in catalogue(topology)}
        wires = Wires(
            self.prefix + WIRES,
            {link.name: (f"w{n}a", f"w{n}b") for n, link in enumerate(topology.links)},
        )
        daemons = Daemons(topology, self.prefix, self.folder)
        kinds = {kind: [one.name for one in topology.nodes if one.kind == kind] for kind in ROUTERS}
        web = Web(
            self.prefix,
            Certificates(self.folder),
            sites=sorted({page.node for page in topology.pages}),
            portals=kinds["isp"],
            devices=[node.name for node in topology.nodes if node.kind in SERVED],
        )
        self.disorder = Disorder(topology, self.prefix, wires, daemons, web)

    def up(self) -> None:
        """Build everything; what was left of this lab, or of those whose process is gone, goes first."""
        tear_down(self.tag)
        sweep()
        self.folder.mkdir(parents=True)
        (self.folder / PID).write_text(str(os.getpid()))
        names = [self.prefix + node.name for node in self.topology.nodes] + [self.prefix + WIRES]
        batch([*(f"netns add {name}" for name in names), *self._cables()])
        for node in self.topology.nodes:
            self._equip(node)
        where = self.prefix + WIRES
        sysctl(where, EVERYWHERE[:2])
        batch(
            (f"link set {end} up" for both in self.disorder.wires.ends.values() for end in both),
            where,
        )
        sites = {page.address for page in self.topology.pages}
        self.disorder.web.certificates.make(sorted(sites))
        self.disorder.wires.start()
        self.disorder.web.start()
        self.disorder.become(())

    def down(self) -> None:
        """Leave nothing behind."""
        self.disorder.end()
        tear_down(self.tag)

    def become(self, *names: str) -> None:
        """These faults from now on, and no others. Raises KeyError for one that does not exist."""
        self.disorder.become([self.faults[name] for name in names])

    def popen(self, node: str, command: list[str], **options: object) -> subprocess.Popen[str]:
        """Start a command on a node."""
        with inside(self.prefix + node):
            return subprocess.Popen(command, text=True, **options)  # type: ignore[call-overload,no-any-return] # options are Popen's own

    def _cables(self) -> Iterator[str]:
        wires = self.prefix + WIRES
        for link in self.topology.links:
            for (node, port, _), end in zip(
                link.ends, self.disorder.wires.ends[link.name], strict=True
            ):
                here = self.prefix + node
                yield f"link add {port} netns {here} type veth peer name {end} netns {wires}"

    def _equip(self, node: Node) -> None:
        where, ports = self.prefix + node.name, [*self.topology.links_of(node.name)]
        sysctl(where, EVERYWHERE + (FORWARD if node.kind in (*ROUTERS, *OUTSIDE) else ()))
        whole_frames(where, [port for port, _, _ in ports])
        lines = ["link set lo up"]
        bridge = node.kind in BRIDGES
        if bridge:
            lines += ["link add br0 type bridge", f"link set br0 address {_mac(node.address)} up"]
            lines += [f"address add {node.address} dev br0"]
        for port, address, _ in ports:
            lines += [f"link set {port} {'master br0 ' if bridge else ''}up"]
            lines += [f"address add {address} dev {port}"] if address else []
        lines += [f"route add {route}" for route in routes(self.topology, node.name)]
        batch(lines, where)
        if node.nat:
            sysctl(where, ["ipv4.conf.all.ignore_routes_with_linkdown=1"])
            self._hide(where, node)

    def _hide(self, where: str, node: Node) -> None:
        outside = ", ".join(
            link.a_port
            for link in self.topology.links
            if link.a == node.name and self.topology.node(link.b).kind == "isp"
        )
        rule = f"oifname {{ {outside} }} masquerade;"
        hook = "type nat hook postrouting priority 100;"
        with inside(where):
            run("nft", "-f", "-", script=f"table inet nat {{\nchain p {{ {hook} {rule} }}\n}}")


def prefix_of(tag: str) -> str:
    """How the names of a lab's namespaces begin."""
    return f"plab.{tag}."


def tear_down(tag: str) -> None:
    """Remove a lab, also one whose process has died."""
    remove(prefix_of(tag))
    shutil.rmtree(HOME / tag, ignore_errors=True)


def sweep() -> None:
    """Remove the labs whose process is gone."""
    for note in HOME.glob(f"*/{PID}"):
        if not Path("/proc", note.read_text()).exists():
            tear_down(note.parent.name)


def leftovers(tag: str) -> list[str]:
    """What is left of a lab."""
    return named(prefix_of(tag))


@contextmanager
def running(topology: Topology, tag: str) -> Iterator[Laboratory]:
    """A lab for as long as this lasts, in this process."""
    lab = Laboratory(topology, tag)
    try:
        lab.up()
        yield lab
    finally:
        lab.down()


def faults_of(topology: Topology) -> dict[str, Fault]:
    """Name to fault."""
    return {fault.name: fault for fault in catalogue(topology)}


def _mac(address: str) -> str:
    """A bridge's own, so that it does not change with its ports."""
    octets = IPv4Interface(address).ip.packed
    return ":".join(f"{byte:02x}" for byte in (2, 0, *octets))
