"""Agencies (OPD), their sites and devices, and the types of fault."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pulih.domain.wiring import LinkKind, PathRole, Said
from pulih.wording import N_


@dataclass(frozen=True, slots=True)
class Agency:
    """An OPD: an office of the regency that may report a fault."""

    id: str
    name: str
    short: str = ""
    address: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """A place of an agency that the network reaches."""

    id: str
    agency: str
    name: str
    address: str = ""
    active: bool = True


class DeviceKind(StrEnum):
    """The kinds of equipment that the SOP names at step 10, and those found beside them."""

    ROUTER = "router"
    SWITCH = "switch"
    ACCESS_POINT = "access-point"
    POE = "poe"
    CABLE = "kabel-lan"
    HUB = "hub"
    FIBRE_CONVERTER = "media-converter"
    RADIO = "radio-link"
    MODEM = "modem-ont"
    SERVER = "server"
    UPS = "ups"
    COMPUTER = "komputer"
    OTHER = "lainnya"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _KINDS[self]


_KINDS = {
    DeviceKind.ROUTER: N_("Router"),
    DeviceKind.SWITCH: N_("Switch"),
    DeviceKind.ACCESS_POINT: N_("Access Point"),
    DeviceKind.POE: N_("PoE"),
    DeviceKind.CABLE: N_("Kabel LAN"),
    DeviceKind.HUB: N_("Hub"),
    DeviceKind.FIBRE_CONVERTER: N_("Media converter"),
    DeviceKind.RADIO: N_("Radio link"),
    DeviceKind.MODEM: N_("Modem / ONT"),
    DeviceKind.SERVER: N_("Server"),
    DeviceKind.UPS: N_("UPS"),
    DeviceKind.COMPUTER: N_("Komputer"),
    DeviceKind.OTHER: N_("Lainnya"),
}

# Radios, converters and injectors are parts of a link, unless somebody gives them a role.
_PLACES = {
    DeviceKind.ROUTER: PathRole.ROUTER,
    DeviceKind.SWITCH: PathRole.SWITCH,
    DeviceKind.HUB: PathRole.SWITCH,
    DeviceKind.ACCESS_POINT: PathRole.AP,
    DeviceKind.SERVER: PathRole.HOST,
    DeviceKind.COMPUTER: PathRole.PC,
}


@dataclass(frozen=True, slots=True)
class Device:
    """One piece of equipment at an agency, and where it stands on the way of packets (`domain.path`).

    Attributes:
        address: An IPv4 or IPv6 address that may be probed, or empty.
        site: The site's identifier, or empty when the place is not known.
        role: What it does with packets; `place` reads it.
        parent: The device that it hangs off: the next one towards the internet. Empty where nobody wrote it down.
        port, parent_port: What the link is plugged into, here and there; empty where unknown.
        interfaces: Ports and addresses as `wiring.written` has them; those of `address` may be among them.
        rate: Of the link to the parent, as `wiring.rate_written` has it; empty where unknown.
        nat: It translates the addresses of those behind it.
        dhcp: It hands out addresses on its LAN.
        backup: The link to the parent is used only where there is no other way, as of a second provider.
        spare: The device that it hangs off where the way over the parent is out; empty for none.
    """

    id: str
    agency: str
    kind: DeviceKind
    name: str
    site: str = ""
    brand: str = ""
    model: str = ""
    serial: str = ""
    inventory: str = ""
    address: str = ""
    active: bool = True
    role: PathRole = PathRole.BY_KIND
    parent: str = ""
    port: str = ""
    parent_port: str = ""
    interfaces: str = ""
    link: LinkKind = LinkKind.UNKNOWN
    rate: str = ""
    nat: Said = Said.NOT
    dhcp: Said = Said.NOT
    backup: Said = Said.NOT
    spare: str = ""

    @property
    def place(self) -> PathRole:
        """What it does with packets: as somebody said, or as its kind does."""
        return self.role or _PLACES.get(self.kind, PathRole.NONE)

    @property
    def make(self) -> str:
        """Brand and model as one reads them on the label, or the kind when neither is known."""
        return " ".join(part for part in (self.brand, self.model) if part) or self.kind.label


@dataclass(frozen=True, slots=True)
class FaultType:
    """What can be wrong with a network; the office may add its own."""

    id: str
    name: str
    description: str = ""
    active: bool = True


FAULT_TYPES = (
    FaultType(
        "kabel-putus",
        "Kabel putus",
        "Kabel tembaga atau serat optik putus, tertekuk, atau tergigit.",
    ),
    FaultType(
        "konektor-rusak",
        "Konektor atau terminasi rusak",
        "RJ-45, patch cord, atau sambungan optik buruk.",
    ),
    FaultType(
        "perangkat-rusak", "Perangkat rusak", "Perangkat mati atau tidak dapat dipakai lagi."
    ),
    FaultType(
        "perangkat-hang",
        "Perangkat hang",
        "Perangkat menyala tetapi tidak bekerja sampai dihidupkan ulang.",
    ),
    FaultType("catu-daya", "Catu daya", "Listrik, adaptor, PoE, atau UPS."),
    FaultType(
        "salah-konfigurasi",
        "Salah konfigurasi",
        "VLAN, rute, NAT, firewall, atau setelan lain keliru.",
    ),
    FaultType("konflik-ip", "Konflik alamat IP", "Dua perangkat memakai satu alamat."),
    FaultType("dhcp", "DHCP", "Alamat habis, server mati, atau ada server liar."),
    FaultType("dns", "DNS", "Nama tidak terjawab atau terjawab salah."),
    FaultType("loop", "Loop jaringan", "Kabel melingkar atau badai siaran."),
    FaultType("interferensi", "Interferensi nirkabel", "Kanal penuh, sinyal lemah, atau halangan."),
    FaultType("bandwidth-penuh", "Bandwidth penuh", "Jalur penuh karena pemakaian."),
    FaultType("isp", "Gangguan penyedia (ISP)", "Gangguan di luar jaringan kabupaten."),
    FaultType(
        "server-aplikasi", "Server atau aplikasi", "Jaringan baik, layanan yang dituju tidak."
    ),
    FaultType(
        "malware", "Malware atau serangan", "Lalu lintas tidak wajar dari komputer terinfeksi."
    ),
    FaultType("lainnya", "Lainnya", "Belum ada jenis yang cocok."),
)
