"""Routers in a row, in network namespaces, for `probes.py`: behind the last, thousands of addresses, some dead."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

LENGTH = 6  # nodes after the one that looks
LIVE, DEAD = "10.62", "10.63"  # both a /16 behind the last
EVERY = 8  # one target of so many is dead


def targets(count: int) -> list[str]:
    """Return so many addresses, every eighth of them dead."""
    return [
        f"{LIVE if number % EVERY else DEAD}.{number // 250}.{number % 250 + 1}"
        for number in range(count)
    ]


def dead(address: str) -> bool:
    return address.startswith(DEAD)


class Chain:
    """Namespaces 0 to LENGTH; 0 is where one looks from."""

    def __init__(self) -> None:
        self.prefix = f"bp{os.getpid()}-"

    def inside(self, *command: object) -> list[str]:
        """Return what runs a command where one looks from."""
        return ["ip", "netns", "exec", f"{self.prefix}0", *map(str, command)]

    def build(self) -> None:
        for number in range(LENGTH):
            self._wire(number)
        for number in range(1, LENGTH + 1):
            self._set(number, "ip_forward", 1)
            self._set(number, "icmp_ratemask", 0)  # routers here ration nothing
        for number in range(LENGTH + 1):
            if number < LENGTH:
                for network in (LIVE, DEAD):
                    self.ip(number, f"route add {network}.0.0/16 via 10.61.{number}.2")
            if number > 0:
                self.ip(number, f"route add default via 10.61.{number - 1}.1")
        self.ip(LENGTH, f"route add local {LIVE}.0.0/16 dev lo")
        self.ip(LENGTH, f"route add blackhole {DEAD}.0.0/16")

    def _wire(self, number: int) -> None:
        one, other = f"{self.prefix}{number}", f"{self.prefix}{number + 1}"
        _ip(f"link add right netns {one} type veth peer name left netns {other}")
        for at, end, host in ((number, "right", 1), (number + 1, "left", 2)):
            self.ip(at, f"address add 10.61.{number}.{host}/24 dev {end}")
            self.ip(at, f"link set {end} up")

    def _set(self, number: int, key: str, value: int) -> None:
        name = f"{self.prefix}{number}"
        line = f"echo {value} > /proc/sys/net/ipv4/{key}"
        subprocess.run(["ip", "netns", "exec", name, "sh", "-c", line], check=True)

    def ip(self, number: int, command: str) -> None:
        _ip(f"-n {self.prefix}{number} {command}")


@contextmanager
def chain() -> Iterator[Chain]:
    """Build the chain, and take it away afterwards.

    Raises:
        SystemExit: This user may not make network namespaces.
    """
    if os.geteuid() != 0 or not Path("/proc/self/ns/net").exists():
        raise SystemExit("network namespaces need root")
    made = Chain()
    with ExitStack() as held:
        for number in range(LENGTH + 1):
            name = f"{made.prefix}{number}"
            _ip(f"netns add {name}")
            held.callback(_ip, f"netns del {name}")
            made.ip(number, "link set lo up")
        made.build()
        yield made


def _ip(command: str) -> None:
    subprocess.run(["ip", *command.split()], check=True, capture_output=True)
