"""Figures of a finding that somebody else may have written, taken without trusting them."""

from collections.abc import Sequence
from ipaddress import ip_address
from math import isfinite

from periksa.findings import Figure, Finding

MOST = 10**15


def number(finding: Finding, key: str) -> float | None:
    """A figure, None where there is none."""
    value = finding.figures.get(key)
    if isinstance(value, int):  # truth values are whole numbers, too
        value = float(min(max(value, -MOST), MOST))
    return value if isinstance(value, float) and isfinite(value) else None


def count(finding: Finding, key: str) -> int | None:
    """A figure that cannot be negative, None where there is none."""
    value = number(finding, key)
    return None if value is None else max(int(value), 0)


def several(finding: Finding, key: str) -> Sequence[Figure]:
    """A list, empty where there is none."""
    value = finding.figures.get(key)
    return value if isinstance(value, (list, tuple)) else []


def word(finding: Finding, key: str) -> str:
    """A text, empty where there is none."""
    value = finding.figures.get(key)
    return value if isinstance(value, str) else ""


def canonical(address: object) -> str:
    """An address in canonical spelling, empty where it is none."""
    try:
        return str(ip_address(str(address)))
    except ValueError:
        return ""
