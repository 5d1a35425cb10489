"""What a probe says: plain frozen values that survive JSON.

A finding states what was sent and what came back. It is no verdict: a host that does not answer
may be off, unplugged, or behind a filter. SOP step 5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self, TypeVar

from periksa.addresses import parse

Scalar = float | int | str | None
Figure = Scalar | Sequence[Scalar]
Kind = TypeVar("Kind")

PORTS = range(1, 65536)


class State(StrEnum):
    """What came back, in one word."""

    UP = "up"
    DEGRADED = "degraded"
    DOWN = "down"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The words for people."""
        return _LABELS[self]


_LABELS = {
    State.UP: "menjawab",
    State.DEGRADED: "menjawab sebagian",
    State.DOWN: "tidak menjawab",
    State.UNKNOWN: "tidak dapat diperiksa",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A device to look at.

    Attributes:
        name: What people call it.
        address: Its IP address, kept in canonical spelling.
        ports: TCP ports that should be open; of a DNS server, the first is its UDP port.

    Raises:
        ValueError: The address is not that of one host, or a port is not 1 to 65535.
    """

    name: str
    address: str
    ports: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", str(parse(self.address)))
        for port in self.ports:
            if port not in PORTS:
                raise ValueError(f"Port {port} di luar 1-65535.")

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: name, address, ports."""
        return {"name": self.name, "address": self.address, "ports": list(self.ports)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of as_dict. Raises ValueError when the shape is another."""
        ports = _take(data, "ports", list)
        return cls(_take(data, "name", str), _take(data, "address", str), tuple(ports))


@dataclass(frozen=True, slots=True)
class Finding:
    """One probe's answer about one target.

    Attributes:
        probe: "ping", "big", "trace", "port", "knock", "dns" or "http" …
        target: The target's name.
        address: Where the probe was sent.
        state: What came back.
        detail: One sentence for people.
        figures: What was measured, finite numbers only; each probe's module lists its own. Times
            end in ``_ms`` (milliseconds) or ``_s`` (seconds); a list has one entry a packet or hop.
        started: Aware; kept in UTC.
        seconds: How long the probe took.
        raw: What was seen, line by line, for the record.
        vantage: The network's node from which it was seen; empty for the server.

    Raises:
        ValueError: ``started`` has no time zone.
    """

    probe: str
    target: str
    address: str
    state: State
    detail: str
    figures: Mapping[str, Figure]
    started: datetime
    seconds: float
    raw: str = ""
    vantage: str = ""

    def __post_init__(self) -> None:
        plain = {key: _plain(value) for key, value in self.figures.items()}
        object.__setattr__(self, "figures", plain)
        object.__setattr__(self, "started", _utc(self.started))

    @property
    def answered(self) -> bool:
        """Something at the address answered, be it with a refusal."""
        return self.state in (State.UP, State.DEGRADED)

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: the attributes; ``started`` in ISO 8601."""
        return {
            "probe": self.probe,
            "target": self.target,
            "address": self.address,
            "state": self.state.value,
            "detail": self.detail,
            "figures": dict(self.figures),
            "started": self.started.isoformat(),
            "seconds": self.seconds,
            "raw": self.raw,
            "vantage": self.vantage,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of as_dict. Raises ValueError when the shape is another."""
        return cls(
            probe=_take(data, "probe", str),
            target=_take(data, "target", str),
            address=_take(data, "address", str),
            state=State(_take(data, "state", str)),
            detail=_take(data, "detail", str),
            figures=_take(data, "figures", dict),
            started=datetime.fromisoformat(_take(data, "started", str)),
            seconds=float(_take(data, "seconds", (int, float))),
            raw=_take(data, "raw", str),
            vantage=_take({"vantage": "", **data}, "vantage", str),  # runs kept before had none
        )


@dataclass(frozen=True, slots=True)
class Run:
    """All findings of one look, from one place.

    Attributes:
        vantage: From where: "server", or the name of an agent.
        started: Aware; kept in UTC.
        seconds: How long the whole look took.
        findings: Ping, big, trace, port, knock, dns, http; within each, in the order of the targets.
    """

    vantage: str
    started: datetime
    seconds: float
    findings: tuple[Finding, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "started", _utc(self.started))

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: the attributes; ``started`` in ISO 8601."""
        return {
            "vantage": self.vantage,
            "started": self.started.isoformat(),
            "seconds": self.seconds,
            "findings": [finding.as_dict() for finding in self.findings],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of as_dict. Raises ValueError when the shape is another."""
        return cls(
            vantage=_take(data, "vantage", str),
            started=datetime.fromisoformat(_take(data, "started", str)),
            seconds=float(_take(data, "seconds", (int, float))),
            findings=tuple(map(Finding.from_dict, _take(data, "findings", list))),
        )


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} tidak punya zona waktu.")
    return moment.astimezone(UTC)


def _plain(value: Figure) -> Figure:
    return list(value) if isinstance(value, (list, tuple)) else value


def _take(data: object, key: str, kind: type[Kind] | tuple[type[Kind], ...]) -> Kind:
    value = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(value, kind):
        raise ValueError(f"{key} hilang atau salah bentuk.")  # noqa: TRY004 - bad data, not a bad call
    return value
