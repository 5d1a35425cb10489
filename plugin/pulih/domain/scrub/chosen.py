"""What people say of a text beside what was found in it: hide this too, and that may be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pulih.domain.scrub.kinds import NOBODY, Audience, House, covered
from pulih.domain.scrub.scan import Decision, Finding, beyond, findings


@dataclass(frozen=True, slots=True)
class Choices:
    """Texts about which somebody decided. They count wherever they stand, in whatever capitals and spaces.

    Attributes:
        more: Hidden although nothing is found in them. What is in both is hidden.
        less: Readable although they are found, each with the reason. A secret (`Kind.secret`) is hidden all the same.
    """

    more: tuple[str, ...] = ()
    less: tuple[tuple[str, str], ...] = ()

    def on(self, text: str, found: Sequence[Finding]) -> tuple[Decision, ...]:
        """Return the decisions on a text, given what was found in it."""
        reasons = {same(lifted): reason for lifted, reason in self.less}
        kept = (
            Decision(f.start, f.end, masked=False, reason=reason)
            for f in found
            if not f.kind.secret and (reason := reasons.get(same(text[f.start : f.end])))
        )
        chosen = (
            Decision(start, end, masked=True)
            for passage in self.more
            for start, end in places(text, passage)
        )
        return (*kept, *chosen)


NONE = Choices()


def look(
    text: str,
    audience: Audience = Audience.INTRANET,
    choices: Choices = NONE,
    house: House = NOBODY,
) -> tuple[Finding, ...]:
    """Return what `findings` does, with what was decided."""
    found = findings(text, audience, house=house)
    decisions = choices.on(text, found)
    return findings(text, audience, decisions, house) if decisions else found


def look_beyond(text: str, choices: Choices = NONE, house: House = NOBODY) -> tuple[Finding, ...]:
    """Return what `beyond` does, with what was decided."""
    found = beyond(text, house=house)
    decisions = choices.on(text, found)
    return beyond(text, decisions, house) if decisions else found


def same(text: str) -> str:
    """Return what two writings of one text have in common."""
    return " ".join(text.casefold().split())


def places(text: str, passage: str) -> Iterator[tuple[int, int]]:
    """Yield where a passage stands in a text, as whole words, and not within a mask."""
    if passage.strip():
        yield from (found.span() for found in _pattern(passage).finditer(covered(text)))


@lru_cache(maxsize=1000)
def _pattern(passage: str) -> re.Pattern[str]:
    words = passage.split()
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    told = r"\s+".join(map(re.escape, words))
    return re.compile(f"{before}{told}{after}", re.IGNORECASE)
