"""Secrets in the cells of one line of a table whose first cell asks for them: "password wifi", "Uji PSK lama"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pulih.domain.scrub import clauses, values
from pulih.domain.scrub.kinds import COVER, MASKED, covered
from pulih.domain.scrub.labels import LABEL
from pulih.domain.scrub.reading import Value, value_at
from pulih.domain.scrub.scan import Finding

Look = Callable[[str], Sequence[Finding]]

# After these comes one more value: "lama: …", "ditolak; pakai … masuk".
_ONE_MORE = re.compile(
    r"(?<!\w)(?:(?P<one>lama|baru|bawaan|default|cadangan)|(?P<when>sebelum|semula|dulu|tadi|awal|sekarang|skrg|kini))"
    r"(?:nya)?(?!\w)|(?<!\w)(?:jadi|jd|menjadi|ke|dari|dr|ganti|diganti|pakai|pake|memakai"
    r"|menggunakan|gunakan|isi|isinya|atau|dan|adalah|yaitu)(?!\w)|[;,/|(&+]|->|=>|→",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[ \t]*[:：=]?[ \t]*")
_SHORTEST = 3


def under(look: Look, heading: str, cells: Sequence[str]) -> list[tuple[Finding, ...]]:
    """Return what is found in the cells beside a heading, read as its values: the first of each, and those after it.

    Args:
        look: Finds what is to be hidden in a text.
        heading: What the cells are of.
        cells: The texts beside it.
    """
    lead = f"{heading.rstrip(' :=')}: "
    found = [_behind(look, lead, cell) for cell in cells]
    if not LABEL.search(heading):
        return found
    told = any(MASKED.search(cell) for cell in cells[:1]) or any(
        one.kind.secret for here in found[:1] for one in here
    )
    return [
        _joined(here, [*_others(look, lead, cell, here, told=told)])
        for cell, here in zip(cells, found, strict=True)
    ]


def _behind(look: Look, lead: str, cell: str) -> tuple[Finding, ...]:
    """Return what is found in a cell that stands after a lead."""
    shift = len(lead)
    return tuple(
        replace(one, start=max(0, one.start - shift), end=one.end - shift)
        for one in look(lead + cell)
        if one.end > shift
    )


def _others(
    look: Look, lead: str, cell: str, found: Sequence[Finding], *, told: bool
) -> Iterator[Finding]:
    """Yield the values that a cell tells further on."""
    view = covered(cell)
    for word in _ONE_MORE.finditer(view):
        sign = _SIGN.match(view, word.end())
        at = sign.end() if sign else word.end()
        value = value_at(view, at, len(view))
        if not value or _overlaps(value.start, value.end, found):
            continue
        named = bool(word["one"] or (word["when"] and sign and sign[0].strip()))
        if not _is_one(value, view, told=told and named):
            continue
        for one in look(lead + cell[value.start : value.end]):
            if one.kind.secret and one.start == len(lead):
                yield replace(one, start=value.start, end=value.end)


def _is_one(value: Value, view: str, *, told: bool) -> bool:
    """Tell whether a value is one more secret.

    It looks made up; or, after "lama" and the like beside a secret that is told already, it is all that follows.
    """
    if COVER in value.text or len(value.text) < _SHORTEST or not values.given(value.text):
        return False
    if values.strength(value.text) > 0 and clauses.made_up(value.text):
        return True
    after = view[value.past :]
    if value.text.isdecimal():
        return told and values.strength(value.text) > 0 and not values.counted(after)
    return (
        told
        and clauses.ends(after)
        and not values.ordinary(value.text)
        and not values.verb(value.text)
    )


def _joined(found: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    joined = list(found)
    for one in others:
        if not _overlaps(one.start, one.end, joined):
            joined.append(one)
    return tuple(sorted(joined, key=lambda one: one.start))


def _overlaps(start: int, end: int, found: Sequence[Finding]) -> bool:
    return any(start < one.end and one.start < end for one in found)
