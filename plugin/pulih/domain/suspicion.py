"""Which kinds of fault a diagnostic run leaves possible, in the office's own words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from pulih.domain.records import ProbeRun
from pulih.domain.verdict import Candidate, Status, Verdict, read_verdict

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
# What the office calls what the judge found. The judge's types are about packets, the office's about causes, so one may
# be several of the other.
_OF_FAULTS: Mapping[str, tuple[str, ...]] = {
    "cut": ("kabel-putus", "konektor-rusak", "catu-daya"),
    "one-way": ("konektor-rusak", "kabel-putus", "interferensi"),
    "loss": ("konektor-rusak", "interferensi", "bandwidth-penuh"),
    "latency": ("bandwidth-penuh", "interferensi", "isp"),
    "congestion": ("bandwidth-penuh", "malware"),
    "mtu": ("salah-konfigurasi",),
    "flapping": ("konektor-rusak", "catu-daya", "interferensi"),
    "dead": ("catu-daya", "perangkat-rusak"),
    "hung": ("perangkat-hang", "perangkat-rusak"),
    "no-default-route": ("salah-konfigurasi",),
    "route-missing": ("salah-konfigurasi",),
    "routing-loop": ("salah-konfigurasi",),
    "firewall": ("salah-konfigurasi",),
    "nat-exhausted": ("salah-konfigurasi", "malware"),
    "duplicate-address": ("konflik-ip",),
    "storm": ("loop",),
    "rogue-dhcp": ("dhcp",),
    "dhcp-down": ("dhcp",),
    "dhcp-exhausted": ("dhcp",),
    "dns-down": ("dns",),
    "dns-upstream": ("dns", "isp"),
    "dns-wrong": ("dns", "salah-konfigurasi"),
    "upstream": ("isp",),
    "portal": ("isp",),
    "service-down": ("server-aplikasi",),
    "service-hang": ("server-aplikasi", "perangkat-hang"),
    "service-error": ("server-aplikasi",),
    "certificate": ("server-aplikasi",),
}


def suspected(run: ProbeRun) -> tuple[str, ...]:
    """Return the identifiers of the fault types that a run leaves possible, the likelier first.

    A run says what its verdict says; where there is none, or it explains nothing, what the single findings say.
    """
    verdict = read_verdict(run.verdict)
    if verdict is None or verdict.status is Status.UNCLEAR:
        return possible(run.findings)
    return types_of(verdict)


def types_of(verdict: Verdict) -> tuple[str, ...]:
    """Return the identifiers of the fault types that a verdict names, each once.

    What is most likely of each candidate comes first, in the order of the candidates.
    """
    meant = [_meant(one) for one in verdict.candidates]
    ranks = zip_longest(*meant)
    return tuple(dict.fromkeys(kind for rank in ranks for kind in rank if kind))


def only_type(verdict: Verdict) -> str:
    """Return the one fault type that all candidates are sure to be; empty where there is a choice."""
    meant = {_meant(one) for one in verdict.candidates}
    return meant.pop()[0] if len(meant) == 1 and len(next(iter(meant))) == 1 else ""


def _meant(candidate: Candidate) -> tuple[str, ...]:
    return _OF_FAULTS.get(candidate.fault, ())


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
