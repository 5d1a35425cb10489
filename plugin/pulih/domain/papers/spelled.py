"""Numbers, days and months written out in Bahasa Indonesia, as official papers have them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_ONES = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SMALL = frozenset({"dan", "di", "ke", "dari", "atau", "untuk", "dengan"})
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
_TEENS, _SCORE = 12, 20
# What is counted in, its name, and how one of it is said; one million is counted, one thousand has a word.
_UNITS = (
    (1_000_000, "juta", ""),
    (1000, "ribu", "seribu"),
    (100, "ratus", "seratus"),
    (10, "puluh", ""),
)
MOST = 999_999_999


def number(value: int) -> str:
    """Return a number in words: 2026 is "dua ribu dua puluh enam".

    Raises:
        ValueError: It is negative, or more than `MOST`.
    """
    if not 0 <= value <= MOST:
        raise ValueError(value)
    return _number(value)


def _number(value: int) -> str:
    if value < _TEENS:
        return _ONES[value]
    if value < _SCORE:
        return f"{_ONES[value - 10]} belas"
    unit, name, single = next(step for step in _UNITS if value >= step[0])
    many, rest = divmod(value, unit)
    said = single if many == 1 and single else f"{_number(many)} {name}"
    return f"{said} {_number(rest)}" if rest else said


def weekday(on: date) -> str:
    """Return the day's name: "Senin"."""
    return _DAYS[on.weekday()]


def month(on: date) -> str:
    """Return the month's name: "November"."""
    return _MONTHS[on.month - 1]


def roman_month(on: date) -> str:
    """Return the month as numbers of papers have it: "XI"."""
    return _ROMAN[on.month - 1]


def day(on: date) -> str:
    """Return a date with the month's name: "23 November 2026"."""
    return f"{on.day} {month(on)} {on.year}"


def day_in_words(on: date) -> str:
    """Return a date as a Berita Acara begins: "Senin tanggal dua puluh tiga bulan November tahun dua ribu …"."""
    return f"{weekday(on)} tanggal {number(on.day)} bulan {month(on)} tahun {number(on.year)}"


def titled(name: str) -> str:
    """Return a name in capitals as it stands in a sentence: "Dinas Komunikasi dan Informatika"."""
    small = (
        word if n and word in _SMALL else word.capitalize()
        for n, word in enumerate(name.lower().split())
    )
    return " ".join(small)


def moment(at: datetime) -> str:
    """Return an aware moment as its own clock has it: "23 November 2026 pukul 10.30 WITA"."""
    offset = at.utcoffset() or timedelta()
    zone = _ZONES.get(round(offset / timedelta(hours=1)), at.tzname() or "")
    return f"{day(at)} pukul {at:%H.%M} {zone}".rstrip()
