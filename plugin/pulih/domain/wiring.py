"""What a device does on the way of packets, its ports and the link that it hangs on: words of the inventory, read.

Everything is kept as it was typed, in one spelling, so that forms, sheets and records hold the same text.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum

from pulih.wording import N_

MOST_PORTS = 40
MOST_KBIT = 1_000_000_000
_NUMBERS = re.compile(r"[0-9.]*\.[0-9.]*(/.*)?|.*::.*")  # meant as an address, whatever it is
_RATE = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,3})?)\s*(k|m|g)?(?:bit|b)?(?:/s|ps)?")
_TIMES = {"k": 1, "m": 1_000, "g": 1_000_000}
_UNITS = {1: "kbit/s", 1_000: "Mbit/s", 1_000_000: "Gbit/s"}


class PathRole(StrEnum):
    """What a device does with packets."""

    BY_KIND = ""
    HERE = "pulih"
    CORE = "inti"
    RELAY = "relay"
    ROUTER = "router"
    SWITCH = "switch"
    AP = "ap"
    PC = "komputer"
    HOST = "server"
    ISP = "isp"
    INTERNET = "internet"
    NONE = "tidak"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _ROLES[self]

    @property
    def carries(self) -> bool:
        """Others may hang off it."""
        ends = (PathRole.PC, PathRole.HOST, PathRole.HERE, PathRole.INTERNET, PathRole.NONE)
        return self not in ends

    @property
    def shared(self) -> bool:
        """Devices of other agencies may hang off it."""
        return self in (PathRole.CORE, PathRole.RELAY, PathRole.ISP)


_ROLES = {
    PathRole.BY_KIND: N_("Menurut jenisnya"),
    PathRole.HERE: N_("Server tempat Pulih berjalan"),
    PathRole.CORE: N_("Router inti kabupaten"),
    PathRole.RELAY: N_("Relay: menara atau titik yang dilalui OPD lain"),
    PathRole.ROUTER: N_("Router OPD"),
    PathRole.SWITCH: N_("Switch atau jembatan (bridge)"),
    PathRole.AP: N_("Access point"),
    PathRole.PC: N_("Komputer pengguna"),
    PathRole.HOST: N_("Server"),
    PathRole.ISP: N_("Gerbang penyedia internet (ISP)"),
    PathRole.INTERNET: N_("Internet"),
    PathRole.NONE: N_("Tidak di jalur"),
}


class LinkKind(StrEnum):
    """What joins a device to the one that it hangs off."""

    UNKNOWN = ""
    CABLE = "kabel"
    FIBRE = "fiber"
    RADIO = "radio"
    SATELLITE = "satelit"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _LINKS[self]

    @property
    def delay_ms(self) -> float:
        """What a packet needs for it when all is well."""
        return 270.0 if self is LinkKind.SATELLITE else 0.0


_LINKS = {
    LinkKind.UNKNOWN: N_("Belum diketahui"),
    LinkKind.CABLE: N_("Kabel LAN"),
    LinkKind.FIBRE: N_("Serat optik"),
    LinkKind.RADIO: N_("Radio"),
    LinkKind.SATELLITE: N_("Satelit"),
}


class Said(StrEnum):
    """Whether somebody wrote something down that is otherwise taken from where a device stands."""

    NOT = ""
    YES = "ya"

    @property
    def label(self) -> str:
        """The word on screen, in Bahasa Indonesia."""
        return N_("Ya") if self else N_("Belum dicatat")


@dataclass(frozen=True, slots=True)
class Port:
    """A port of a device, and the address it has there.

    Attributes:
        name: As the device calls it, or empty.
        address: In canonical spelling, or empty.
        prefix: Bits of its network; None where unknown.
    """

    name: str = ""
    address: str = ""
    prefix: int | None = None

    def __str__(self) -> str:
        """Return it as it is typed: `wan 10.9.1.2/30`."""
        slash = "" if self.prefix is None else f"/{self.prefix}"
        return " ".join(filter(None, (self.name, self.address + slash)))


def ports_of(text: str) -> tuple[Port, ...]:
    """Return the ports that a text lists: names without spaces, each with its address behind it, or addresses alone.

    Raises:
        ValueError: With the part that is no address, or appears twice, or is one too many.
    """
    ports: list[Port] = []
    name = ""
    for word in re.split(r"[\s,;]+", text.strip()):
        if not word:
            continue
        port = _addressed(name, word)
        if port is None and name:
            ports.append(Port(name))
        elif port:
            ports.append(port)
        name = "" if port else word
    ports += [Port(name)] if name else []
    seen: set[str] = set()
    for port in ports:
        if port.address in seen or len(ports) > MOST_PORTS:
            raise ValueError(str(port))
        seen |= {port.address} - {""}
    return tuple(ports)


def written(ports: tuple[Port, ...]) -> str:
    """Return the ports as one types them."""
    return ", ".join(map(str, ports))


def host(text: str) -> str:
    """Return the address of a single host in canonical spelling; empty where the text is none that can be probed."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    odd = address.is_multicast or address.is_unspecified or text == "255.255.255.255"
    return "" if odd or mapped or "%" in text else str(address)


def kbit_of(text: str) -> int | None:
    """Return the rate that a text names, in kbit/s: `20 Mbit/s`, `512k`; without a unit in Mbit/s. None for empty.

    Raises:
        ValueError: It names none, or none that a link has.
    """
    if not text.strip():
        return None
    found = _RATE.fullmatch(text.strip().casefold())
    rate = round(float(found[1].replace(",", ".")) * _TIMES[found[2] or "m"]) if found else 0
    if not 1 <= rate <= MOST_KBIT:
        raise ValueError(text)
    return rate


def rate_written(kbit: int | None) -> str:
    """Return a rate as one types it: `20 Mbit/s`; empty for None."""
    if kbit is None:
        return ""
    times = max(times for times in _UNITS if times <= kbit)
    return f"{kbit / times:.3f}".rstrip("0").rstrip(".").replace(".", ",") + f" {_UNITS[times]}"


def _addressed(name: str, word: str) -> Port | None:
    """Return the port whose address a word is; None where it is a name. Raises ValueError where it is neither."""
    bare, slash, _prefix = word.partition("/")
    try:
        network = ipaddress.ip_interface(word).network if host(bare) else None
    except ValueError:
        network = None
    if network is None:
        if _NUMBERS.fullmatch(word):
            raise ValueError(word)
        return None
    return Port(name, host(bare), network.prefixlen if slash else None)
