"""Figures of a ping or a trace, read as one state and one sentence. Pure."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from periksa.findings import State
from periksa.tally import errors_in
from periksa.wording import number, reason

Figures = Mapping[str, Any]


def ping_says(name: str, figures: Figures, seconds: float) -> tuple[State, str]:
    """What figures of a ping say (``tally.figures``) after that many seconds of asking.

    The warm-up echo counts only where it alone was answered.
    """
    sent, received, first = figures["sent"], figures["received"], figures["first_ms"]
    if received == sent and (received or first is not None):
        typical = figures["median_ms"] if received else first
        detail = f"{name} menjawab semua {sent or 1} ping, biasanya dalam {number(typical)} ms"
        return State.UP, f"{detail}{_oddities(figures)}."
    if received or first is not None:
        lost = number(100 * figures["loss"])
        detail = f"{name} menjawab {received} dari {sent} ping (hilang {lost} %)"
        return State.DEGRADED, f"{detail}{_oddities(figures)}."
    detail = f"{name} tidak menjawab {sent + 1} ping selama {number(seconds)} detik"
    return State.DOWN, f"{detail}{_oddities(figures)}."


def trace_says(name: str, figures: Figures) -> tuple[State, str]:
    """What figures of a trace say (``trace``): UP when the target itself answered."""
    last, hop = figures["last_address"], figures["last_hop"]
    if figures["end"] == "destination":
        return State.UP, f"Jalur ke {name} utuh: {hop} lompatan."
    if figures["end"] == "stranger":
        return State.DOWN, f"Jalur ke {name} berakhir di {last}, yang menjawab sebagai gantinya."
    if figures["loop"]:
        return State.DOWN, f"Jalur ke {name} berputar di {' dan '.join(figures['loop'])}."
    if figures["end"] == "unreachable":
        said = _reason(last, figures["types"][-1], figures["codes"][-1])
        return State.DOWN, f"Jalur ke {name} ditolak di lompatan {hop}: {last} menyatakan {said}."
    if last is None:
        return State.DOWN, f"Jalur ke {name} tidak terlihat: tidak ada router yang menjawab."
    return State.DOWN, f"Jalur ke {name} terlihat sampai lompatan {hop} ({last}), lalu sunyi."


def _oddities(figures: Figures) -> str:
    said = []
    for (source, kind, code), _ in errors_in(figures).most_common(1):
        said.append(f"{source} menyatakan {_reason(source, kind, code)}")
    if figures["strangers"]:
        said.append(f"dibalas dari alamat lain: {', '.join(figures['strangers'])}")
    if figures["duplicates"]:
        said.append(f"{figures['duplicates']} jawaban ganda")
    return "".join(f"; {part}" for part in said)


def _reason(source: str, kind: int, code: int) -> str:
    return reason(ip_address(source).version, kind, code)
