"""dnsmasq: the resolvers, and each office's DHCP server. Real ones, started inside the namespaces."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from pathlib import Path

from lab.namespaces import inside
from lab.shape import Topology

PLAIN = (
    "--keep-in-foreground",
    "--conf-file=/dev/null",
    "--no-resolv",
    "--no-hosts",
    "--no-poll",
    "--user=root",
    "--pid-file",
    "--cache-size=0",  # what is asked now must be answered by what works now
    "--log-facility=/dev/null",
)
STRANGER = "02:00:00:00:99:99"  # who holds the only address of a pool that has run dry


@dataclass(slots=True)
class Daemons:
    """The dnsmasq processes of one lab.

    Attributes:
        topology: Who resolves what.
        prefix: Of the namespaces.
        folder: For lease files.
    """

    topology: Topology
    prefix: str
    folder: Path
    _running: dict[str, tuple[tuple[str, ...], subprocess.Popen[bytes]]] = field(
        default_factory=dict
    )

    def usual(self) -> dict[str, tuple[str, ...]]:
        """Node to the arguments it has when nothing is wrong."""
        return {name: self.resolver(name) for name in self.topology.resolvers}

    def resolver(self, name: str) -> tuple[str, ...]:
        """Arguments of a resolver; an office router serves DHCP as well."""
        kind = self.topology.node(name).kind
        upstream = [f"--server={address}" for address in self.topology.resolvers[name]]
        if kind == "router":
            lan = IPv4Network(self.topology.office(name).lan)
            return (*upstream, "--interface=lan", "--interface=wan", *self.dhcp(name, lan))
        records = self.topology.external if kind == "isp" else self.topology.internal
        return (*upstream, *(f"--host-record={one},{where}" for one, where in records.items()))

    def dhcp(self, name: str, lan: IPv4Network, *, last: bool = False) -> tuple[str, ...]:
        """Arguments of an office's DHCP server; with ``last``, its pool is one taken address."""
        first, final = lan[40], lan[40] if last else lan[50]
        leases = self.folder / f"{name}{'-full' if last else ''}.leases"
        leases.write_text(f"4102444800 {STRANGER} {first} tamu *\n" if last else "")
        router = next(
            address.partition("/")[0]
            for port, address, _ in self.topology.links_of(name)
            if port == "lan"
        )
        return (
            "--no-dhcp-interface=wan",
            "--no-ping",  # it would look for somebody on the address for three seconds
            "--dhcp-authoritative",
            f"--dhcp-range={first},{final},{lan.netmask},1h",
            f"--dhcp-option=3,{router}",
            f"--dhcp-option=6,{router}",
            f"--dhcp-leasefile={leases}",
        )

    def run(self, wanted: dict[str, tuple[str, ...]]) -> None:
        """Have exactly these run, with these arguments; leave alone those that do."""
        for name in [*self._running]:
            arguments, process = self._running[name]
            if wanted.get(name) != arguments or process.poll() is not None:
                self._end(name)
        for name, arguments in wanted.items():
            if name not in self._running:
                with inside(self.prefix + name):
                    process = subprocess.Popen(
                        ["dnsmasq", *PLAIN, *arguments],
                        stdin=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                    )
                self._running[name] = arguments, process

    def freeze(self, names: Sequence[str]) -> None:
        """These stop in their tracks, all others go on."""
        for name, (_, process) in self._running.items():
            process.send_signal(signal.SIGSTOP if name in names else signal.SIGCONT)

    def _end(self, name: str) -> None:
        _, process = self._running.pop(name)
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def dead(self) -> list[str]:
        """Those that ended by themselves."""
        return [name for name, (_, one) in self._running.items() if one.poll() is not None]
