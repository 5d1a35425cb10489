"""Which kinds of fault the findings of a diagnostic run leave possible. Pure; no verdict, only where to look first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_ANSWERED = ("up", "degraded")
# Fault types that an office begins with, the likelier first.
_SILENT = ("kabel-putus", "catu-daya", "perangkat-rusak")
_OF_FINDINGS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("ping", "degraded"): ("konektor-rusak", "interferensi", "bandwidth-penuh"),
    ("trace", "down"): ("isp", "salah-konfigurasi"),
    ("trace", "degraded"): ("isp", "salah-konfigurasi"),
    ("port", "down"): ("server-aplikasi", "perangkat-hang", "salah-konfigurasi"),
    ("knock", "down"): ("server-aplikasi", "perangkat-hang", "salah-konfigurasi"),
    ("dns", "down"): ("dns",),
    ("dns", "degraded"): ("dns",),
}


def possible(findings: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the identifiers of fault types that findings leave possible, each once; nothing where all is well.

    What does not answer at all says nothing of its ports. What is no finding says nothing.
    """
    there = {_address(finding) for finding in findings if finding.get("state") in _ANSWERED}
    return tuple(dict.fromkeys(fault for finding in findings for fault in _faults(finding, there)))


def _faults(finding: Mapping[str, Any], there: set[str]) -> Iterator[str]:
    what, state = str(finding.get("probe")), str(finding.get("state"))
    silent = _address(finding) not in there
    if what == "ping" and state == "down" and silent:
        yield from _SILENT
    elif what == "dns" or not silent:
        yield from _OF_FINDINGS.get((what, state), ())


def _address(finding: Mapping[str, Any]) -> str:
    return str(finding.get("address"))
