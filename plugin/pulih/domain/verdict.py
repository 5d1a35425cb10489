"""What a look at the network concluded, as people read it: types, places, evidence. Pure; SOP steps 5, 6 and 11.

Made of the plain values that `ports.Probes` gives and a run keeps. What a later or an earlier version wrote is read as
far as it goes: a verdict of one's own archive must never be a page that fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pulih.wording import N_


class Status(StrEnum):
    """A verdict in one word."""

    HEALTHY = "healthy"
    REMARK = "remark"
    FAULT = "fault"
    UNCLEAR = "unclear"
    UNTESTED = "untested"

    @property
    def label(self) -> str:
        """The words on screen, in Bahasa Indonesia."""
        return _STATUSES[self][0]

    @property
    def tone(self) -> str:
        """How it is coloured: `good`, `warn`, `bad`, `unknown`."""
        return _STATUSES[self][1]


_STATUSES = {
    Status.HEALTHY: (N_("tidak ditemukan gangguan"), "good"),
    Status.REMARK: (N_("tidak ada gangguan, tetapi ada catatan"), "warn"),
    Status.FAULT: (N_("ada gangguan"), "bad"),
    Status.UNCLEAR: (N_("ada yang tidak wajar, tetapi tidak ada penjelasan yang cocok"), "warn"),
    Status.UNTESTED: (N_("belum dapat diperiksa"), "unknown"),
}

FAULTS: Mapping[str, str] = {
    "cut": N_("putus"),
    "one-way": N_("putus satu arah"),
    "loss": N_("paket hilang atau rusak"),
    "latency": N_("lambat tanpa beban"),
    "congestion": N_("penuh"),
    "mtu": N_("paket besar tertelan"),
    "flapping": N_("putus-sambung"),
    "dead": N_("mati"),
    "hung": N_("macet: menyala, tetapi tidak meneruskan"),
    "no-default-route": N_("tanpa rute bawaan (gateway)"),
    "route-missing": N_("rute hilang"),
    "routing-loop": N_("rute berputar"),
    "firewall": N_("disaring firewall"),
    "icmp-filtered": N_("hanya ping yang disaring; bukan gangguan"),
    "nat-exhausted": N_("NAT penuh"),
    "duplicate-address": N_("alamat IP ganda"),
    "storm": N_("badai siaran (kabel melingkar)"),
    "rogue-dhcp": N_("DHCP liar"),
    "dhcp-down": N_("DHCP mati"),
    "dhcp-exhausted": N_("alamat DHCP habis"),
    "dns-down": N_("layanan DNS tidak menjawab"),
    "dns-upstream": N_("DNS tidak mendapat jawaban dari hulu"),
    "dns-wrong": N_("DNS menjawab salah"),
    "upstream": N_("gangguan di hulu penyedia internet"),
    "portal": N_("dialihkan ke halaman masuk"),
    "service-down": N_("layanan tidak berjalan"),
    "service-hang": N_("layanan tidak membalas"),
    "service-error": N_("layanan galat"),
    "certificate": N_("sertifikat tidak sah"),
}
"""The closed list of types, and what people call them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place and a type of fault that agree with what was seen.

    Attributes:
        place: `node/NAME` or `link/A--B`.
        fault: A key of `FAULTS`.
        agreeing: How many of the explanations that agree have it in them; `of` is how many there are.
        supporting, opposing: Sentences in Bahasa Indonesia, for and against.
    """

    place: str
    fault: str
    agreeing: int = 1
    of: int = 1
    supporting: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What people call the type, in Bahasa Indonesia."""
        return FAULTS.get(self.fault, self.fault)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person on site is to be asked, in Bahasa Indonesia: it is read out over the phone."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong, as far as what was seen can tell.

    Attributes:
        candidates: Best first.
        not_tested: Sentences: what nobody looked at.
        unknown: Names of nodes of which nothing can be said, because they are behind what failed.
        rules_out: Sentences: what would have been seen if it were there.
        faults: How many faults at once the best explanation has.
    """

    status: Status
    candidates: tuple[Candidate, ...] = ()
    not_tested: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    rules_out: tuple[str, ...] = ()
    question: Question | None = None
    faults: int = 0

    @property
    def places(self) -> tuple[str, ...]:
        """The places of the candidates, each once: best first, and those that explain the same side by side."""
        groups: list[tuple[set[str], list[Candidate]]] = []
        for one in self.candidates:
            seen = set(one.supporting)
            group = next((group for group in groups if seen & group[0]), None)
            if group is None:
                group = (set(), [])
                groups.append(group)
            group[0].update(seen)
            group[1].append(one)
        return tuple(dict.fromkeys(one.place for _seen, group in groups for one in group))

    @property
    def sure(self) -> bool:
        """Whether the place is known, whatever the type: no more places than faults."""
        return 0 < len(self.places) <= max(1, self.faults)

    def at(self, place: str) -> tuple[Candidate, ...]:
        """Return the candidates of a place."""
        return tuple(candidate for candidate in self.candidates if candidate.place == place)


def read_verdict(data: Mapping[str, Any]) -> Verdict | None:
    """Return the verdict that a run keeps; None where it keeps none."""
    try:
        status = Status(str(data.get("status")))
    except ValueError:
        return None
    found = [one for one in _list(data, "candidates") if isinstance(one, Mapping)]
    return Verdict(
        status,
        tuple(_candidate(one, len(found)) for one in found if one.get("place")),
        _texts(data, "not_tested"),
        _texts(data, "unknown"),
        _texts(data, "rules_out"),
        _question(data.get("next_question")),
        _whole(data.get("faults")),
    )


def _candidate(told: Mapping[str, Any], all_of_them: int) -> Candidate:
    of = _whole(told.get("of")) or all_of_them
    confidence = told.get("confidence")
    share = confidence if isinstance(confidence, int | float) and 0 <= confidence <= 1 else 0.0
    return Candidate(
        str(told["place"]),
        str(told.get("type", "")),
        min(max(1, round(share * of)), of),
        of,
        _texts(told, "for"),
        _texts(told, "against"),
    )


def _question(told: object) -> Question | None:
    if not isinstance(told, Mapping) or not told.get("id"):
        return None
    return Question(str(told["id"]), str(told.get("text", "")))


def _list(data: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = data.get(name)
    return value if isinstance(value, list | tuple) else ()


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in _list(data, name))


def _whole(value: object) -> int:
    return max(0, value) if isinstance(value, int) else 0
