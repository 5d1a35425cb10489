"""What is to be seen on the picture of a way: the failing place, what lies behind it, and each link's figures. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulih.domain.verdict import Status, Verdict
from pulih.domain.way import Stop, Way
from pulih.wording import N_, Sentence, sentence

STRAY = 0.01  # a loss that may be less than that is a stray packet or two
_ONE, _TEN = 1, 10
_HERE, _PERHAPS = N_("Di sini: {what}"), N_("Mungkin di sini: {what}")
_PINGS = ("ping", "echo")
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be seen at a place: a tone (`bad`, `warn`, `good`, `unknown`) and what is said there."""

    tone: str
    text: str = ""


Marks = Mapping[str, Mark]
Say = Callable[[Sentence], str]


def in_indonesian(told: Sentence) -> str:
    """Return a sentence as the record has it, numbers with a comma."""
    return told.say(show=lambda value: str(value).replace(".", ","))


def marks_of(
    way: Way,
    verdict: Verdict | None,
    segments: Mapping[str, Figures],
    findings: Iterable[Figures],
    say: Say = in_indonesian,
) -> Marks:
    """Return the marks of a way by place.

    Args:
        segments: By the place of a link, its echoes taken together (`periksa.segments.Pool.as_dict`).
        findings: As a run keeps them; of these, the server's echoes say of each stop whether it answers.
        say: Writes a sentence for the reader.
    """
    echoes = _echoes(findings)
    found: dict[str, Mark] = {}
    for stop in way.stops:
        node = _node(stop, verdict, echoes)
        if node:
            found[f"node/{stop.spot.key}"] = _said(node, say)
        if stop.spot.up:
            place, link = _link(stop, verdict, segments)
            if link:
                found[place] = _said(link, say)
    return found


def rounded(value: float) -> float | int:
    """Return a number as people read it: at most three digits of use, 0.02 and 1.3 and 341."""
    if value < _ONE:
        return round(value, 2)
    return round(value, 1) if value < _TEN else round(value)


def echoes_told(figures: Figures) -> Sentence | None:
    """Return what echoes over a link came to, in one sentence; None where nothing was sent."""
    tried, alive = _count(figures, "addresses"), _count(figures, "answering")
    if not tried:
        return None
    if not alive:
        return sentence("{alive} dari {tried} alamat menjawab", alive=alive, tried=tried)
    sent, lost, usual = _count(figures, "sent"), _count(figures, "lost"), figures.get("typical_ms")
    told = {"alive": alive, "tried": tried, "lost": lost, "sent": sent}
    if not isinstance(usual, int | float):
        return sentence(
            "{alive} dari {tried} alamat menjawab, {lost} dari {sent} ping hilang", **told
        )
    return sentence(
        "{alive} dari {tried} alamat menjawab, {lost} dari {sent} ping hilang, {ms} ms",
        **told,
        ms=rounded(usual),
    )


_Parts = tuple[str, Sequence[Sentence]]


def _said(parts: _Parts, say: Say) -> Mark:
    tone, told = parts
    return Mark(tone, " · ".join(map(say, told)))


def _node(stop: Stop, verdict: Verdict | None, echoes: Mapping[str, Figures]) -> _Parts | None:
    key = stop.spot.key
    accused = _accused(verdict, f"node/{key}")
    if accused:
        return accused
    if verdict and key in verdict.unknown:
        return "unknown", [sentence("tidak diketahui: di belakang gangguan")]
    told = [echoes[address] for address in stop.spot.addresses if address in echoes]
    if not told:
        return None
    alive = [one for one in told if one.get("state") in ("up", "degraded")]
    if not alive:
        return "unknown", [sentence("tidak menjawab")]
    usual = [
        ms
        for one in alive
        if isinstance(ms := one.get("figures", {}).get("median_ms"), int | float)
    ]
    words = sentence("menjawab, {ms} ms", ms=rounded(min(usual))) if usual else sentence("menjawab")
    return "good", [words]


def _link(
    stop: Stop, verdict: Verdict | None, segments: Mapping[str, Figures]
) -> tuple[str, _Parts | None]:
    a, b = stop.spot.up, stop.spot.key
    place, other = f"link/{a}--{b}", f"link/{b}--{a}"
    figures = segments.get(place) or segments.get(other) or {}
    told = echoes_told(figures)
    accused = _accused(verdict, place) or _accused(verdict, other)
    if accused:
        tone, said = accused
        return place, (tone, [*said, *([told] if told else [])])
    if not told:
        return place, None
    if not _count(figures, "answering"):
        return place, ("unknown", [told])
    loss = figures.get("loss_low")
    # What one address loses is seen on each link before it: where there is a verdict, that tells the place.
    open_to_doubt = verdict is None or verdict.status is Status.UNCLEAR
    lossy = open_to_doubt and isinstance(loss, int | float) and loss > STRAY
    return place, ("warn" if lossy else "good", [told])


def _accused(verdict: Verdict | None, place: str) -> _Parts | None:
    if verdict is None or not (found := verdict.at(place)):
        return None
    certain = verdict.sure and verdict.status is Status.FAULT
    labels = [Sentence(label) for label in dict.fromkeys(one.label for one in found)]
    text = _HERE if certain else _PERHAPS
    return "bad" if certain else "warn", [Sentence(text, {"what": labels})]


def _echoes(findings: Iterable[Figures]) -> Mapping[str, Figures]:
    """Return the server's own echoes by address; of several, the last that was answered."""
    found: dict[str, Figures] = {}
    for one in _pings(findings):
        address = str(one.get("address"))
        if address not in found or one.get("state") in ("up", "degraded"):
            found[address] = one
    return found


def _pings(findings: Iterable[Figures]) -> Iterator[Figures]:
    for one in findings:
        if one.get("probe") in _PINGS and not one.get("vantage") and one.get("state") != "unknown":
            yield one


def _count(figures: Figures, name: str) -> int:
    value = figures.get(name)
    return int(value) if isinstance(value, int | float) else 0
