"""What devices print, once it has been read: the same few shapes from all of them."""

from dataclasses import dataclass, fields, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Port:
    """A port at one moment. None: the device did not say.

    Attributes:
        name: As the device calls it.
        carrier: Something is at the other end.
        admin: It is switched on.
        rx_packets: Counted since some time in the past, as are all up to ``link_downs``.
        rx_pps: A rate that the device worked out itself, as are all up to ``tx_bps``.
        speed_mbit: As negotiated.
        duplex: "full" or "half".
    """

    name: str
    carrier: bool | None = None
    admin: bool | None = None
    rx_packets: int | None = None
    tx_packets: int | None = None
    rx_bytes: int | None = None
    tx_bytes: int | None = None
    rx_errors: int | None = None
    tx_errors: int | None = None
    rx_broadcasts: int | None = None
    carrier_changes: int | None = None
    link_downs: int | None = None
    rx_pps: float | None = None
    tx_pps: float | None = None
    rx_bps: float | None = None
    tx_bps: float | None = None
    speed_mbit: int | None = None
    duplex: str | None = None

    def with_more(self, other: Self) -> Self:
        """What both say; ``other`` where only it knows."""
        missing = {
            one.name: getattr(other, one.name)
            for one in fields(self)
            if getattr(self, one.name) is None
        }
        return replace(self, **missing)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entry of a neighbour table; ``mac`` is empty where nobody answered."""

    address: str
    mac: str
    port: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """An active route: its prefix ("0.0.0.0/0" for the default), the next hop, the port."""

    prefix: str
    via: str = ""
    port: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """An address that is handed out."""

    address: str
    mac: str


@dataclass(frozen=True, slots=True)
class Echoes:
    """A ping from the device.

    Attributes:
        sent: Echoes.
        received: Those answered.
        median_ms: The median, or the mean where the device tells no more; None without answers.
        told: A router said that the packet is too big.
    """

    sent: int
    received: int
    median_ms: float | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Serving:
    """Whether a DHCP server listens here."""

    listening: bool


Row = Port | Neighbour | Route | Lease | Echoes | Serving
