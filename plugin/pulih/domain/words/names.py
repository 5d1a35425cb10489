"""Names of interfaces and ranges of addresses that are written in several ways. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_INTERFACE = re.compile(r"([a-z]+(?:-[a-z]+)?)(\d+(?:/\d+)*)")
# What one maker or another writes before the number of the same interface.
_SAME = (
    ("eth", "ether", "ethernet"),
    ("fa", "fe", "fastethernet"),
    ("gi", "gig", "ge", "gigabitethernet"),
    ("te", "xe", "tengigabitethernet", "tengige"),
    ("sfp", "sfp-sfpplus", "sfpplus"),
    ("wlan", "wifi", "wl"),
    ("po", "port-channel"),
)
_OTHERS = {
    name: tuple(other for other in names if other != name) for names in _SAME for name in names
}
_RANGE = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,2})(?:\.x{1,3})+")


def other_names(name: str) -> Iterator[str]:
    """Yield the other names of an interface: eth5 is ether5, gi0/1 is gigabitethernet0/1."""
    found = _INTERFACE.fullmatch(name)
    if found:
        for other in _OTHERS.get(found[1], ()):
            yield other + found[2]


def range_of(name: str) -> str:
    """Return what the addresses of a range begin with: 192.168.10. for 192.168.10.x; empty for all else."""
    found = _RANGE.fullmatch(name)
    return f"{found[1]}." if found else ""
