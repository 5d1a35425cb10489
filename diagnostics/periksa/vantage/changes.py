"""Two readings of the same ports, and what happened in between. Pure."""

from collections.abc import Iterable, Mapping
from math import isfinite

from periksa.findings import Figure
from periksa.vantage.rows import Port

BITS = 8
RATES = (
    (("rx_pps", "rx_packets", 1), ("tx_pps", "tx_packets", 1)),
    (
        ("rx_bps", "rx_bytes", BITS),
        ("tx_bps", "tx_bytes", BITS),
    ),
)
COUNTED = ("rx_errors", "tx_errors", "carrier_changes", "link_downs")


def port_named(name: str, ports: Iterable[Port]) -> Port | None:
    """The port that people call so: ``Gi0/1`` is GigabitEthernet0/1, ``eth0`` is eth0@if7."""
    known = {port.name: port for port in ports}
    if name in known:
        return known[name]
    alike = [port for port in known.values() if _alike(name.lower(), port.name.lower())]
    return alike[0] if len(alike) == 1 else None


def _alike(said: str, known: str) -> bool:
    if known.partition("@")[0] == said:
        return True
    said, known = said.replace(" ", ""), known.replace(" ", "")
    word, number = _split(said)
    known_word, known_number = _split(known)
    return bool(number) and number == known_number and bool(word) and known_word.startswith(word)


def _split(name: str) -> tuple[str, str]:
    at = next((place for place, letter in enumerate(name) if letter.isdigit()), len(name))
    return name[:at], name[at:]


def between(first: Port, second: Port, seconds: float) -> Mapping[str, Figure]:
    """What the ``link`` finding says of a port.

    Counters that ran backwards (a restart, an overflow) say nothing, so their figure is left out.
    """
    told: dict[str, Figure] = {
        "carrier": _flag(second.carrier),
        "admin": _flag(second.admin),
        "speed_mbit": second.speed_mbit,
        "duplex": second.duplex,
    }
    for rate, counter, factor in (*RATES[0], *RATES[1]):
        own = getattr(second, rate)
        step = _step(getattr(first, counter), getattr(second, counter))
        told[rate] = own if own is not None else _per(step, factor, seconds)
    for counter in COUNTED:
        told[counter] = _step(getattr(first, counter), getattr(second, counter))
    measured = {key: value for key, value in told.items() if value is not None}
    return {**measured, "window_s": round(seconds, 3)}


def broadcasts(first: Port, second: Port, seconds: float) -> float | None:
    """Broadcast frames a second that came in, None where the device does not count them."""
    return _per(_step(first.rx_broadcasts, second.rx_broadcasts), 1, seconds)


def _step(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None or after < before else after - before


def _per(step: int | None, factor: int, seconds: float) -> float | None:
    rate = None if step is None or seconds <= 0 else round(step * factor / seconds, 1)
    return rate if rate is not None and isfinite(rate) else None


def _flag(value: bool | None) -> int | None:  # noqa: FBT001 - a value, not a switch
    return None if value is None else int(value)
