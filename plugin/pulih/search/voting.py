"""What kind of fault a query seems to ask for: the best cases by words vote, and cases of that kind gain a little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_POWER = 3.0  # the better a case fits, the more its voice counts
_GAIN = 0.9  # of the best score: what a case gains whose fault has all voices
_VOICES = 20


def gains(ranked: Sequence[tuple[float, str]], known: str = "") -> Mapping[str, float]:
    """Return fault type -> what its cases gain, from (score, fault type) pairs, the best first.

    Args:
        known: The fault type that somebody has set: then it has all voices.
    """
    if not ranked or ranked[0][0] <= 0:
        return {}
    best = ranked[0][0]
    if known:
        return {known: _GAIN * best}
    voices: dict[str, float] = {}
    for points, fault in ranked[:_VOICES]:
        if fault:
            voices[fault] = voices.get(fault, 0.0) + (points / best) ** _POWER
    everyone = sum(voices.values())
    return {fault: _GAIN * best * said / everyone for fault, said in voices.items()}
