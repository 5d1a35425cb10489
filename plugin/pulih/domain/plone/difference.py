"""Our page and theirs, line by line, for a person who decides which of them is to stand. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Lines of a version that are compared: one that people blew up must not hold up the desk.
MOST = 1_000
_AROUND = 2  # lines that are the same, shown before and after those that are not


class Side(StrEnum):
    """In which version a line stands."""

    BOTH = "both"
    OURS = "ours"
    THEIRS = "theirs"
    LEFT_OUT = "left-out"  # lines of both that are not shown; `Line.text` is empty


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison.

    Attributes:
        count: How many lines it stands for.
    """

    side: Side
    text: str = ""
    count: int = 1


def compared(ours: str, theirs: str) -> tuple[Line, ...]:
    """Return two plain texts as one list: what is only in ours, what is only in theirs, and a little around it.

    Spaces at the ends of lines, several in a row, and empty lines make no difference. Nothing for texts that are the
    same.
    """
    one, other = _lines(ours), _lines(theirs)
    if one == other:
        return ()
    groups = SequenceMatcher(None, one, other).get_grouped_opcodes(_AROUND)
    return tuple(_shown(groups, one, other))


def _shown(
    groups: Iterable[Sequence[tuple[str, int, int, int, int]]],
    one: Sequence[str],
    other: Sequence[str],
) -> Iterator[Line]:
    at = 0
    for group in groups:
        begin = group[0][1]
        if begin > at:
            yield Line(Side.LEFT_OUT, count=begin - at)
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                yield from (Line(Side.BOTH, text) for text in one[i1:i2])
            else:
                yield from (Line(Side.OURS, text) for text in one[i1:i2])
                yield from (Line(Side.THEIRS, text) for text in other[j1:j2])
        at = group[-1][2]
    if at < len(one):
        yield Line(Side.LEFT_OUT, count=len(one) - at)


def _lines(text: str) -> list[str]:
    told = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in told if line][:MOST]
