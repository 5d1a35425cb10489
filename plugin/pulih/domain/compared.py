"""Two looks at the same way, before and after a repair, as people read them. Pure; SOP step 11.

Made of the plain values that a run keeps; read as far as they go, as a verdict is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pulih.domain.marking import echoes_told
from pulih.wording import N_, Sentence, sentence


class Outcome(StrEnum):
    """Of a repair, in one word."""

    WORKS = "works"
    BETTER = "better"
    NOT = "not"
    OPEN = "open"

    @property
    def label(self) -> str:
        """The words on screen, in Bahasa Indonesia."""
        return _OUTCOMES[self][0]

    @property
    def tone(self) -> str:
        """How it is coloured: `good`, `warn`, `bad`, `unknown`."""
        return _OUTCOMES[self][1]


_OUTCOMES = {
    Outcome.WORKS: (N_("berfungsi kembali"), "good"),
    Outcome.BETTER: (N_("membaik, tetapi belum pulih"), "warn"),
    Outcome.NOT: (N_("belum membaik"), "bad"),
    Outcome.OPEN: (N_("belum dapat dipastikan"), "unknown"),
}
_CHANGES = {
    "better": (N_("lebih baik"), "good"),
    "worse": (N_("lebih buruk"), "bad"),
    "same": (N_("tidak berubah"), "same"),
}
_COUNTERS = {
    "carrier_changes": N_("putus-sambung"),
    "link_downs": N_("link mati"),
    "rx_errors": N_("galat terima"),
    "tx_errors": N_("galat kirim"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A link, or a device's port, then and now.

    Attributes:
        place: `link/A--B`, or `node/NAME` for a port.
        port: The port's name; empty for a link.
        before, after: What was seen, a part a sentence.
        change: What became of it, in Bahasa Indonesia; `tone` is its colour (`good`, `bad`, `same`). Empty for a port.
    """

    place: str
    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]
    change: str = ""
    tone: str = ""
    port: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two looks side by side.

    Attributes:
        run: The identifier of the earlier one.
        mended, remaining, new, unseen: Sentences in Bahasa Indonesia.
        stretches: Links, the nearest first; `ports` are devices' ports of which something is to be said.
        why_again: Why to look again before this stands; empty where it stands.
    """

    outcome: Outcome
    run: str = ""
    mended: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    ports: tuple[Stretch, ...] = ()
    why_again: str = ""


def read_comparison(data: Mapping[str, Any]) -> Compared | None:
    """Return the comparison that a run keeps; None where it keeps none."""
    try:
        outcome = Outcome(str(data.get("outcome")))
    except ValueError:
        return None
    segments = tuple(map(_segment, data.get("segments", ())))
    return Compared(
        outcome,
        str(data.get("run", "")),
        _texts(data, "mended"),
        _texts(data, "remaining"),
        _texts(data, "new"),
        _texts(data, "unseen"),
        segments,
        tuple(port for told in data.get("ports", ()) if (port := _port(told))),
        str(data.get("why_again", "")),
    )


def _segment(told: Mapping[str, Any]) -> Stretch:
    label, tone = _CHANGES.get(str(told.get("change")), _CHANGES["same"])
    before, after = told.get("before", {}), told.get("after", {})
    return Stretch(str(told.get("place", "")), _figures(before), _figures(after), label, tone)


def _figures(pool: Mapping[str, Any]) -> tuple[Sentence, ...]:
    parts = [echoes_told(pool)]
    arrived, tried = (*pool.get("big", ()), 0, 0)[:2]
    if tried:
        parts.append(
            sentence("paket besar sampai ke {big} dari {tried} alamat", big=arrived, tried=tried)
        )
    return tuple(part for part in parts if part)


def _port(told: Mapping[str, Any]) -> Stretch | None:
    """Return a port then and now; None where both times there was nothing to say."""
    before, after = told.get("before", {}), told.get("after", {})
    if before == after and after.get("carrier", 1) and not any(map(after.get, _COUNTERS)):
        return None
    place = f"node/{told.get('node', '')}"
    return Stretch(place, _counted(before), _counted(after), port=str(told.get("port", "")))


def _counted(counters: Mapping[str, int]) -> tuple[Sentence, ...]:
    parts = []
    if "carrier" in counters:
        parts.append(
            sentence("menyala") if counters["carrier"] else sentence("mati, tanpa carrier")
        )
    parts += [
        sentence("{what}: {count}", what=Sentence(_COUNTERS[name]), count=counters[name])
        for name in _COUNTERS
        if counters.get(name)
    ]
    return tuple(parts)


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(map(str, data.get(name, ())))
