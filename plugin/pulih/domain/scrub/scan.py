"""From a text to what is hidden in it, and to the text that may be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pulih.domain.scrub import (
    blocks,
    columns,
    commands,
    devices,
    keys,
    pairs,
    persons,
    places,
    prose,
    settings,
    snmp,
    systems,
)
from pulih.domain.scrub.folded import unfolded
from pulih.domain.scrub.kinds import COVER, NOBODY, Audience, House, Kind, Span, covered
from pulih.domain.scrub.rule import Rules

Seeker = Callable[[str], Iterable[Span]]

_MOST_ROUNDS = 4  # what one round hides can let another rule see what stands after it
_RULES = Rules((*keys.RULES, *commands.RULES, *devices.RULES, *snmp.RULES, *systems.RULES))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a technician says of a place in a text.

    Attributes:
        start, end: The place. To keep what was found it must hold all of it; to hide, it is hidden as it is.
        masked: Whether it is hidden.
        reason: Why it may be read; must be there when less is hidden than was found.
    """

    start: int
    end: int
    masked: bool
    reason: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a place that is none, and for keeping something without a reason."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"{self.start}:{self.end} is no place in a text")
        if not self.masked and not self.reason.strip():
            raise ValueError("what was found stays readable only with a reason")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: `text[start:end]`, at a line and column (both from 1), and whether it is hidden."""

    kind: Kind
    start: int
    end: int
    line: int
    column: int
    masked: bool = True


def findings(
    text: str,
    audience: Audience = Audience.INTRANET,
    decisions: Sequence[Decision] = (),
    house: House = NOBODY,
) -> tuple[Finding, ...]:
    """Return what is not for everybody in a text, in its order; no two overlap.

    Args:
        text: Anything: prose, the output of devices, both.
        audience: Who will read it.
        decisions: What a technician said of it. What is kept is still a finding, with `masked` false.
        house: What only the office knows.
    """
    return _told(text, _found(text, _seekers(audience, house)), decisions)


def beyond(
    text: str, decisions: Sequence[Decision] = (), house: House = NOBODY
) -> tuple[Finding, ...]:
    """Return what only the public may not read of a text where all else is masked already. Quicker than `findings`."""
    return _told(text, _found(text, _beyond(house)), decisions)


def _told(text: str, found: Sequence[Span], decisions: Sequence[Decision]) -> tuple[Finding, ...]:
    kept = [d for d in decisions if not d.masked]
    readable = {s for s in found if any(d.start <= s.start and s.end <= d.end for d in kept)}
    chosen = [Span(d.start, min(d.end, len(text)), Kind.CHOSEN) for d in decisions if d.masked]
    hidden = _merged(
        [*(s for s in found if s not in readable), *(s for s in chosen if s.start < s.end)]
    )
    breaks = [n for n, letter in enumerate(text) if letter == "\n"]
    told = [(s, True) for s in hidden] + [(s, False) for s in readable if not _overlaps(s, hidden)]
    return tuple(_finding(span, breaks, masked=masked) for span, masked in sorted(told))


def scrubbed(
    text: str,
    audience: Audience = Audience.INTRANET,
    decisions: Sequence[Decision] = (),
    house: House = NOBODY,
) -> str:
    """Return the text with a mask for everything that `findings` hides. Scrubbing twice is scrubbing once."""
    return masked(text, findings(text, audience, decisions, house))


def masked(text: str, found: Iterable[Finding]) -> str:
    """Return the text with a mask in the place of each finding that is to be hidden."""
    parts, at = [], 0
    for finding in found:
        if finding.masked:
            parts += [text[at : finding.start], finding.kind.mask]
            at = finding.end
    return "".join([*parts, text[at:]])


def _found(text: str, seekers: Sequence[Seeker]) -> list[Span]:
    view = covered(text)
    found: list[Span] = []
    for _ in range(_MOST_ROUNDS):
        new = [span for span in _seek(view, seekers) if _is_open(view, span)]
        if not new:
            break
        found = _merged([*found, *new])
        view = _with_covers(view, found)
    return [s for s in found if text[s.start : s.end].strip()]


def _seek(view: str, seekers: Iterable[Seeker]) -> Iterator[Span]:
    flat, back = unfolded(view)
    for seek in seekers:
        for span in seek(flat):
            yield from back(span)


def _seekers(audience: Audience, house: House) -> Sequence[Seeker]:
    everybodys = (blocks.seek, settings.seek, _RULES.seek, prose.seek, pairs.seek, columns.seek)
    publics = _beyond(house) if audience is Audience.PUBLIC else ()
    return (*everybodys, partial(persons.seek, house=house), *publics)


def _beyond(house: House) -> Sequence[Seeker]:
    return (partial(persons.named, house=house), partial(places.seek, house=house))


def _is_open(view: str, span: Span) -> bool:
    """Tell whether anything of a place can be read yet."""
    return any(letter != COVER and letter.isalnum() for letter in view[span.start : span.end]) or (
        COVER not in view[span.start : span.end]
    )


def _with_covers(view: str, spans: Iterable[Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [view[at : span.start], COVER * (span.end - span.start)]
        at = span.end
    return "".join([*parts, view[at:]])


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return the places without overlaps; what is found at one place twice is one, named by the wider."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = _union(merged[-1], span)
        else:
            merged.append(span)
    return merged


def _union(one: Span, other: Span) -> Span:
    first, second = one.end - one.start, other.end - other.start
    order = list(Kind)
    wider = one if first > second else other
    kind = min(one.kind, other.kind, key=order.index) if first == second else wider.kind
    return Span(one.start, max(one.end, other.end), kind)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _finding(span: Span, breaks: Sequence[int], *, masked: bool) -> Finding:
    line = bisect_right(breaks, span.start - 1)
    begin = breaks[line - 1] + 1 if line else 0
    return Finding(span.kind, span.start, span.end, line + 1, span.start - begin + 1, masked)
