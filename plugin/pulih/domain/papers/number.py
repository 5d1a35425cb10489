"""The numbers of papers: how an office writes the next of a series."""

from __future__ import annotations

import re
from datetime import date

from pulih.domain.papers.spelled import roman_month
from pulih.errors import Invalid, Problem
from pulih.wording import Sentence, sentence

LONGEST = 80
_PLACE = re.compile(r"\{([a-z0-9_]*)\}")
_SEQUENCES = ("urut", "urut3")
_NAMES = (*_SEQUENCES, "bulan", "bulan_romawi", "tahun")
_MOST, _LONGEST_MONTH = 999_999, date(2000, 8, 1)  # VIII


def numbered(pattern: str, sequence: int, on: date) -> str:
    """Return the number of a paper.

    Args:
        pattern: A text with `{urut}` (7) or `{urut3}` (007), `{bulan}` (11) or `{bulan_romawi}` (XI), and `{tahun}`.
        sequence: The number within the year, from 1. Two of one pattern and year never give the same text.
        on: The paper's day.
    """
    values = {
        "urut": str(sequence),
        "urut3": f"{sequence:03}",
        "bulan": f"{on.month:02}",
        "bulan_romawi": roman_month(on),
        "tahun": f"{on.year:04}",
    }
    return _PLACE.sub(lambda place: values[place[1]], pattern)


def check(field: str, pattern: str) -> None:
    """Refuse a pattern that would not number papers one by one.

    Raises:
        Invalid: The sentence says what to write instead; the problem is the field's.
    """
    if problem := _problem(pattern):
        raise Invalid([Problem(field, problem)])


def alike(one: str, other: str) -> bool:
    """Tell whether two patterns give two papers of two kinds the same number: each kind counts for itself."""
    return _bare(one) == _bare(other)


def _bare(pattern: str) -> str:
    """Return a pattern as it is read: 7 and 007 are one number, and so are capitals and small letters."""
    return "".join(pattern.replace(_place("urut3"), _place("urut")).casefold().split())


def _problem(pattern: str) -> Sentence | None:
    names = _PLACE.findall(pattern)
    unknown = next((name for name in names if name not in _NAMES), None)
    if unknown is not None:
        known = ", ".join(map(_place, _NAMES))
        return sentence(
            "{place} tidak dikenal. Yang ada: {names}.", place=_place(unknown), names=known
        )
    if re.search(r"[{}]", _PLACE.sub("", pattern)):
        return sentence(
            "Ada kurung kurawal yang tidak berpasangan. Contoh: {example}.", example=_EXAMPLE
        )
    return _uncounted(names) or _unprintable(pattern)


def _uncounted(names: list[str]) -> Sentence | None:
    if sum(name in _SEQUENCES for name in names) != 1:
        return sentence(
            "Tulis nomor urut tepat satu kali, {urut} atau {urut3}. Contoh: {example}.",
            urut=_place("urut"),
            urut3=_place("urut3"),
            example=_EXAMPLE,
        )
    if "tahun" not in names:
        return sentence(
            "Nomor urut mulai dari 1 setiap tahun, jadi tahunnya harus ada: {year}.",
            year=_place("tahun"),
        )
    return None


def _unprintable(pattern: str) -> Sentence | None:
    if not pattern.isprintable():
        return sentence("Ada tanda yang tidak dapat dicetak. Ketik ulang polanya.")
    if len(numbered(pattern, _MOST, _LONGEST_MONTH)) > LONGEST:
        return sentence(
            "Nomornya menjadi lebih panjang dari {most} tanda. Perpendek polanya.", most=LONGEST
        )
    return None


def _place(name: str) -> str:
    return "{" + name + "}"


_EXAMPLE = "{urut3}/BA/DISKOMINFO/{bulan_romawi}/{tahun}"
