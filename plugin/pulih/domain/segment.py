"""The way from a computer to what it wants to reach, in seven parts, and in which of them a case had its place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pulih.domain.agency import DeviceKind
from pulih.wording import N_


class Segment(StrEnum):
    """The parts, in the order in which a packet meets them."""

    WORKSTATION = "komputer"
    ACCESS = "switch-ap"
    ROUTER = "router-opd"
    BACKBONE = "backbone"
    CORE = "inti"
    PROVIDER = "dns-isp"
    SERVICE = "layanan"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _LABELS[self]


_LABELS = {
    Segment.WORKSTATION: N_("Komputer pengguna"),
    Segment.ACCESS: N_("Switch / access point"),
    Segment.ROUTER: N_("Router OPD"),
    Segment.BACKBONE: N_("Jalur backbone"),
    Segment.CORE: N_("Inti jaringan"),
    Segment.PROVIDER: N_("DNS / penyedia (ISP)"),
    Segment.SERVICE: N_("Internet / layanan"),
}
# Faults that have one place by their nature, whatever device the technicians named.
_OF_FAULTS: Mapping[str, Segment] = {
    "dns": Segment.PROVIDER,
    "isp": Segment.PROVIDER,
    "konflik-ip": Segment.ACCESS,
    "loop": Segment.ACCESS,
    "malware": Segment.WORKSTATION,
    "server-aplikasi": Segment.SERVICE,
}
_OF_KINDS: Mapping[str, Segment] = {
    DeviceKind.ROUTER: Segment.ROUTER,
    DeviceKind.SWITCH: Segment.ACCESS,
    DeviceKind.ACCESS_POINT: Segment.ACCESS,
    DeviceKind.POE: Segment.ACCESS,
    DeviceKind.CABLE: Segment.ACCESS,
    DeviceKind.HUB: Segment.ACCESS,
    DeviceKind.FIBRE_CONVERTER: Segment.BACKBONE,
    DeviceKind.RADIO: Segment.BACKBONE,
    DeviceKind.MODEM: Segment.BACKBONE,
    DeviceKind.SERVER: Segment.SERVICE,
    DeviceKind.COMPUTER: Segment.WORKSTATION,
}


def likely(device_kind: str, fault_type: str) -> Segment | None:
    """Guess where a fault was from what it was; None where neither says anything of the place.

    Args:
        device_kind, fault_type: Identifiers; unknown and empty ones say nothing.
    """
    return _OF_FAULTS.get(fault_type) or _OF_KINDS.get(device_kind)
