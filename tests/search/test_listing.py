"""The order of an answer, and what is offered where it is empty."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.domain.words.dictionary import parse
from pulih.search import WordIndex
from pulih.search.listing import HELPED_AT_MOST, RECENT_AT_MOST

TODAY = date(2026, 6, 1)
SLOW = parse("- lambat = lelet, pelan")
WORDS = ("kabel", "putus", "tiang", "petir", "router", "hang")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(WORDS), max_size=6),
            st.integers(0, 4000),
            st.integers(0, 10**6),
        ),
        min_size=2,
        max_size=8,
    ),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
)
def test_neither_newness_nor_help_buries_a_case_that_says_more(archive, made, asked):
    fresh = type(archive)()
    helped = {}
    for words, age, times in made:
        number = fresh.add(symptom=" ".join(words), resolved=TODAY - timedelta(age), fault_name="")
        helped[number] = times
    words = " ".join(asked)
    plain = {m.article.number: m.score for m in fresh.find(words, most=20).matches}

    order = fresh.numbers(words, most=20, helped=helped, today=TODAY)

    most = 1 + HELPED_AT_MOST + RECENT_AT_MOST
    buried = [
        (better, worse)
        for at, worse in enumerate(order)
        for better in order[at + 1 :]
        if plain[better] > plain[worse] * most * 1.0001
    ]
    assert buried == []
    assert set(order) == set(plain)


def test_of_cases_that_say_as_much_the_newer_one_stands_first(archive):
    new = archive.add("Kabel putus", resolved=TODAY)
    old = archive.add("Kabel putus", resolved=date(2020, 1, 1))

    assert archive.numbers("kabel") == [old, new]  # without a day, by when they were closed
    assert archive.numbers("kabel", today=TODAY) == [new, old]


def test_a_query_with_slips_is_offered_as_it_may_have_been_meant(archive):
    archive.add("Interferensi kanal", cause="tiang roboh", symptom="sambungannya lepas")

    assert archive.find("interferansi di kanal").instead == "interferensi di kanal"
    assert archive.find("tiangroboh").instead == "tiang roboh"
    assert archive.find("Sambungn lepas").instead == "sambungannya lepas"


def test_of_two_slips_both_are_mended_and_none_becomes_another_word(archive):
    archive.add("Internet lemot", cause="Gangguan jaringan")

    assert archive.find("internt lmbat").instead == "internet lambat"
    assert archive.find("jaringn lmbat").instead == "jaringan lambat"
    assert archive.find("internt").instead == ""  # found as it is


def test_what_is_offered_is_the_word_that_was_meant_and_no_synonym_of_it(archive):
    archive.index = WordIndex(lambda: SLOW)
    archive.add("Internet pelan sekali")

    found = archive.find("internet lelte")

    assert found.instead == "internet lelet"
    assert "lelte → lelet → pelan (salah ketik)" in [str(one) for one in found.matches[0].reasons]


@pytest.mark.parametrize(
    "words", ["interferensi kanal", "", "???", "hotspot", "interfer" * 900, "sinyal " * 400]
)
def test_a_query_that_is_as_it_should_be_is_not_changed(archive, words):
    archive.add("Interferensi kanal", cause="access point penuh sinyal")

    assert archive.find(words).instead == ""


def test_where_no_word_is_known_what_looks_most_like_it_comes_nearest(archive):
    wanted = archive.add("Interferensi kanal", fault_name="")
    archive.add("Petir", fault_name="")

    found = archive.find("interfrsnsii")

    assert (found.matches, found.total) == ((), 0)
    assert [match.article.number for match in found.near] == [wanted]
    assert found.instead == "interferensi"


def test_words_that_say_nothing_lead_nowhere_near(archive):
    archive.add("Ruang pelayanan pagi", fault_name="")

    found = archive.find("yang di selamat pagi")

    assert (found.matches, found.near, found.instead) == ((), (), "")


def test_a_word_that_nobody_knows_is_guessed_also_where_context_leads_to_cases(archive):
    number = archive.add("Interferensi kanal", agency="dinkes", fault_name="")

    found = archive.find("interfrsnsii", agency="dinkes")

    assert [match.article.number for match in found.matches] == [number]
    assert found.instead == "interferensi"


def test_where_filters_hide_all_what_they_hide_comes_nearest(archive):
    hidden = [archive.add("Kabel putus", agency="dinkes", year=year) for year in (2024, 2025, 2026)]
    archive.add("Petir", agency="bappeda", year=2026, fault_name="")
    only = (("agency", "bappeda"), ("year", "2026"))

    found = archive.find("kabel", only=only)

    assert (found.matches, found.total) == ((), 0)
    assert [match.article.number for match in found.near] == hidden[::-1]
    assert found.wider == (("agency", "bappeda", 1),)


def test_where_filters_leave_little_each_says_what_it_hides(archive):
    for agency, year in (("dinkes", 2026), ("dinkes", 2025), ("dinkes", 2024), ("bappeda", 2026)):
        archive.add("Kabel putus", agency=agency, year=year)
    only = (("agency", "dinkes"), ("year", "2026"), ("nama", "x"))

    found = archive.find("kabel", only=only)

    assert found.total == 1
    assert found.near == ()
    assert found.wider == (("year", "2026", 2), ("agency", "dinkes", 1))
    assert archive.find("kabel", only=only[:1], most=1).wider == (("agency", "dinkes", 1),)
    for _ in range(9):
        archive.add("Kabel putus", agency="dinkes", year=2026)
    assert archive.find("kabel", only=only).wider == ()


@pytest.mark.parametrize(
    "words",
    [
        "??? !!!",
        "a",
        "yang di ke dari",
        '"kabel*" AND NEAR(zz)',
        "'; DROP TABLE entries; --",
        "😀🔥",
        "網路 شبكة",
        "zq" * 5000,
        "zqxwv " * 1600,
        "the quick brown fox",
        "\x00\ud800\u202e",
        "%s {0} {name}",
    ],
)
def test_bad_queries_find_neither_an_error_nor_the_whole_archive(archive, words):
    for n in range(30):
        archive.add(f"Router hang {n}", fault_name="Perangkat hang")

    found = archive.find(words, only=(("agency", "<b>"),))

    assert found.matches == ()
    assert len(found.near) <= 3
    assert archive.find(words).total <= 1


def test_a_few_that_words_find_are_followed_by_others_with_their_fault(archive):
    told = archive.add(title="ERR-7731 di layar", fault_type="isp", fault_name="Gangguan penyedia")
    alike = archive.add(title="Hal lain", fault_type="isp", fault_name="Gangguan penyedia")
    for _ in range(10):
        archive.add(title="Kabel putus", fault_type="kabel", fault_name="Kabel")

    found = archive.find("ERR-7731")

    assert [match.article.number for match in found.matches] == [told, alike]
    assert "Jenis gangguan seperti kasus yang cocok: Gangguan penyedia" in [
        str(one) for one in found.matches[1].reasons
    ]
    assert found.matches[1].score < found.matches[0].score


@pytest.mark.parametrize("fault", ["kabel", "lainnya"])
def test_a_fault_that_says_little_leads_to_no_others(archive, fault):
    told = archive.add(title="ERR-7731 di layar", fault_type=fault)
    for n in range(12):
        archive.add(title="Kabel putus", fault_type="kabel" if n else fault)

    assert archive.numbers("ERR-7731") == [told]


def test_the_best_by_words_stays_among_the_first_three_whatever_fault_the_others_have(archive):
    others = {
        "title": "Router mati hangus bersama adaptor, saklar, printer",
        "fault_type": "listrik",
        "fault_name": "",
    }
    best = archive.add(title="Router mati hangus", fault_type="petir", fault_name="")
    for _ in range(18):
        archive.add(**others)

    found = archive.find("router mati hangus").matches

    assert found[2].article.number == best
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_fault_that_is_set_brings_its_cases_up_and_the_best_by_words_stays_in_sight(archive):
    best = archive.add(
        title="SIAK loket terlempar", fault_type="dns", fault_name="", agency="dukcapil"
    )
    for _ in range(9):
        archive.add(title="SIAK terlempar", fault_type="dns", fault_name="")
    cut = archive.add(symptom="Loket rekam padam", fault_type="kabel-putus", fault_name="")
    other = archive.add(symptom="Loket antrean padam", fault_type="loop", fault_name="")
    asked = {"words": "loket SIAK sering terlempar", "agency": "dukcapil"}

    assert archive.numbers(**asked)[0] == best
    assert cut not in archive.numbers(**asked)
    assert {best, cut} <= {*archive.numbers(**asked, fault_type="kabel-putus")[:3]}
    assert {best, other} <= {*archive.numbers(**asked, fault_type="loop")[:3]}


@pytest.mark.parametrize("words", ["ERR-7731", "padam", "padam ERR-7731", ""])
def test_each_count_is_what_its_filter_leaves(archive, words):
    for n in range(3):
        archive.add(title="ERR-7731 di layar", fault_type="isp", agency=f"opd-{n}", fault_name="")
    for n in range(5):
        archive.add(title="Hal lain", fault_type="isp", agency=f"opd-{n}", fault_name="")
    for n in range(40):
        archive.add(title="Listrik padam", agency=f"opd-{n % 3}", year=2020 + n % 4, fault_name="")

    found = archive.find(words)

    assert all(
        sum(n for _value, n in counts) == found.total for counts in found.facets.values() if counts
    )
    for name, counts in found.facets.items():
        for value, count in counts:
            assert archive.find(words, only=((name, value),)).total == count
