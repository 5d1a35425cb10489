"""Numbers and days in words, and the numbers of papers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.papers import spelled
from pulih.domain.papers.number import LONGEST, check, numbered
from pulih.errors import Invalid

DIGITS = {
    word: n
    for n, word in enumerate(
        (
            "nol",
            "satu",
            "dua",
            "tiga",
            "empat",
            "lima",
            "enam",
            "tujuh",
            "delapan",
            "sembilan",
            "sepuluh",
            "sebelas",
        )
    )
}
ONE = {"seratus": "satu ratus", "seribu": "satu ribu"}
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
PATTERNS = st.builds(
    lambda *parts: "/".join(parts),
    st.sampled_from(["{urut}", "{urut3}", "B-{urut}", "{bulan}{urut}"]),
    st.sampled_from(["BA/DISKOMINFO", "555.2", "ST"]),
    st.sampled_from(["{bulan_romawi}/{tahun}", "{tahun}", "{bulan}.{tahun}"]),
)


def value_of(words):
    """Read a number in words as one would aloud, without knowing how it was written."""
    total = below_thousand = digit = 0
    for name in " ".join(ONE.get(word, word) for word in words.split()).split():
        if name in DIGITS:
            digit = DIGITS[name]
        elif name == "belas":
            digit += 10
        elif name in ("puluh", "ratus"):
            below_thousand += digit * {"puluh": 10, "ratus": 100}[name]
            digit = 0
        else:
            total += (below_thousand + digit) * {"ribu": 1000, "juta": 1_000_000}[name]
            below_thousand = digit = 0
    return total + below_thousand + digit


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (23, "dua puluh tiga"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1999, "seribu sembilan ratus sembilan puluh sembilan"),
        (2026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
    ],
)
def test_a_number_is_said_as_one_says_it(value, words):
    assert spelled.number(value) == words


@given(st.integers(0, spelled.MOST))
def test_a_number_in_words_is_read_back_as_that_number(value):
    assert value_of(spelled.number(value)) == value


@pytest.mark.parametrize("value", [-1, spelled.MOST + 1])
def test_a_number_that_no_paper_needs_is_refused(value):
    with pytest.raises(ValueError, match=str(value)):
        spelled.number(value)


def test_a_day_is_written_out_as_a_berita_acara_begins():
    said = spelled.day_in_words(date(2026, 11, 23))

    assert said == "Senin tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam"


@given(DAYS)
def test_a_day_is_written_with_its_own_weekday_and_month(on):
    weekday, _, month = spelled.day_in_words(on).partition(" tanggal ")

    assert weekday == ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")[on.weekday()]
    assert f"bulan {spelled.month(on)} tahun" in month
    assert spelled.day(on) == f"{on.day} {spelled.month(on)} {on.year}"


@pytest.mark.parametrize(("hours", "zone"), [(7, "WIB"), (8, "WITA"), (9, "WIT"), (0, "UTC")])
def test_a_moment_says_in_which_zone_of_the_country_it_is(hours, zone):
    at = datetime(2026, 3, 2, 9, 5, tzinfo=timezone(timedelta(hours=hours)) if hours else UTC)

    assert spelled.moment(at) == f"2 Maret 2026 pukul 09.05 {zone}"


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("DINAS KOMUNIKASI DAN INFORMATIKA", "Dinas Komunikasi dan Informatika"),
        ("DI ATAS AWAN", "Di Atas Awan"),
        ("", ""),
    ],
)
def test_a_name_in_capitals_stands_in_a_sentence_in_small_letters(capitals, name):
    assert spelled.titled(capitals) == name


def test_a_number_is_written_by_the_offices_pattern():
    pattern = "B-{urut3}/555/{bulan}/{bulan_romawi}/{tahun}"

    assert numbered(pattern, 7, date(2026, 11, 23)) == "B-007/555/11/XI/2026"
    assert numbered("{urut}/{tahun}", 1234, date(2026, 1, 2)) == "1234/2026"


@given(PATTERNS, DAYS, DAYS, st.integers(1, 99_999), st.integers(1, 99_999))
def test_two_papers_of_one_year_never_have_one_number(pattern, one, other, first, second):
    check("pattern", pattern)
    other = other.replace(year=one.year, day=1)

    assert (numbered(pattern, first, one) == numbered(pattern, second, other)) <= (first == second)


@given(PATTERNS, DAYS, DAYS, st.integers(1, 99_999))
def test_a_number_says_its_year(pattern, one, other, sequence):
    same = one.year == other.year

    assert same or numbered(pattern, sequence, one) != numbered(pattern, sequence, other)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{tahun}", "tepat satu kali"),
        ("{urut}/{urut3}/{tahun}", "tepat satu kali"),
        ("{urut}/BA", "tahunnya harus ada"),
        ("{urut}/{tahun}/{kota}", "{kota} tidak dikenal"),
        ("{}/{urut}/{tahun}", "{} tidak dikenal"),
        ("{urut/{tahun}", "kurung kurawal"),
        ("{urut}}/{tahun}", "kurung kurawal"),
        ("{0.__class__}{urut}{tahun}", "kurung kurawal"),
        ("{urut}\n/{tahun}", "tidak dapat dicetak"),
        ("{urut}/{tahun}" + "x" * LONGEST, "lebih panjang dari 80"),
    ],
)
def test_a_pattern_that_would_not_number_papers_is_refused_with_what_to_write(pattern, said):
    with pytest.raises(Invalid) as refused:
        check("ba.patterns", pattern)

    (problem,) = refused.value.problems
    assert problem.field == "ba.patterns"
    assert said in str(problem.sentence)
