from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.domain.article import Reading


def said(match) -> list[str]:
    return [str(reason) for reason in match.reasons]


def test_a_word_in_the_title_weighs_more_than_elsewhere(archive):
    rest = archive.add(prevention="pelindung kabel serat optik")
    cause = archive.add(cause="serat optik tertekuk")
    symptom = archive.add(symptom="lampu serat optik merah")
    title = archive.add("Serat optik putus", closed_at=datetime(2020, 1, 1, tzinfo=UTC))

    assert archive.numbers("serat optik") == [title, cause, symptom, rest]


def test_a_rare_word_says_more_than_a_common_one(archive):
    for _ in range(6):
        archive.add("Internet lambat")
    rare = archive.add("Petir")

    assert archive.numbers("internet petir")[0] == rare


def test_more_of_the_words_is_better(archive):
    archive.add("Printer tidak terlihat di jaringan")
    both = archive.add("Printer hilang dari jaringan setelah listrik padam")
    archive.add("Listrik padam")

    assert archive.numbers("printer listrik")[0] == both


def test_a_query_without_any_fit_finds_nothing(archive):
    archive.add("Kabel putus")

    found = archive.find("zzz qqq")

    assert (found.matches, found.total) == ((), 0)


def test_nothing_asked_gives_the_newest_first(archive):
    first, second = archive.add("Satu"), archive.add("Dua")

    assert archive.numbers() == [second, first]
    assert archive.numbers("   ") == [second, first]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("10.20.4.1", "gateway 10.20.4.1 tidak menjawab"),
        ("10.20.4", "rute ke 10.20.4.0/24 hilang"),
        ("10.20.4.0", "rute ke 10.20.4.0/24 hilang"),
        ("ether1", "port ether1, mati"),
        ("ETHER1", "port ether1, mati"),
        ("-27dBm", "redaman (-27dBm) terlalu besar"),
        ("27dbm", "redaman -27dBm"),
        ("d4:ca:6d:11:22:33", "MAC D4:CA:6D:11:22:33 liar"),
        ("RB750Gr3", "Mikrotik RB750Gr3 hang"),
        ("rb-951", "RB-951 rusak"),
        ("access point", "access-point mati"),
        ("café", "Cafe\u0301 kabupaten"),
        ("kabel", "kabelnya digigit tikus"),
        ("kabelnya", "kabel digigit tikus"),
        ("konfig", "konfigurasi VLAN"),
        ("PoE", "adaptor poe terbakar"),
        ("网络", "网络 故障"),
        ("di atas", "tiang di atas kantor"),
    ],
)
def test_words_fit_as_a_technician_means_them(archive, query, text):
    wanted = archive.add(symptom=text, fault_name="")
    archive.add(symptom="hal lain", fault_name="")

    assert archive.numbers(query) == [wanted]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ether1", "ether10 mati"),
        ("ether10", "ether1 mati"),
        ("10.20.4.1", "10.20.4.11 mati"),
        ("4", "10.20.4.1"),
        ("kab", "kabel putus"),
        ("kabel yang di", "yang di"),
    ],
)
def test_what_only_looks_alike_is_something_else(archive, query, text):
    archive.add(symptom=text, agency_name="", fault_name="")

    assert archive.numbers(query) == []


def test_the_number_of_a_case_finds_it(archive):
    archive.add("Satu")
    second = archive.add("Dua")

    assert archive.numbers(second)[0] == second


@pytest.mark.parametrize("words", ["tp link", "tplink", "TP-Link", "switch tp link hang"])
def test_a_make_of_two_words_is_no_link(archive, words):
    number = archive.add("Switch hang", device_make="TP-Link TL-SG1024D", fault_name="")
    archive.add("Link radio putus, halaman tidak terbuka", fault_name="")

    assert archive.numbers(words)[0] == number


def test_a_case_stands_before_those_that_mention_its_number(archive):
    number = archive.add("Router mati", cause="Adaptor lemah", fault_name="")
    other = archive.add(f"Router mati lagi seperti {number}", symptom=number, fault_name="")

    assert archive.numbers(number) == [number, other]
    assert archive.numbers(f"router mati lagi {number.lower()}")[0] == number


def test_readings_are_searched(archive):
    wanted = archive.add(checks=(Reading("ping 10.1.1.1", "packet loss 40%"),))
    archive.add()

    assert archive.numbers("packet loss") == [wanted]


def test_reasons_say_why_a_case_is_shown(archive):
    archive.add(
        "Kabel digigit tikus",
        agency="dukcapil",
        device="sw-1",
        device_make="TP-Link TL-SG108",
        device_kind="switch",
        fault_type="kabel-putus",
        fault_name="Kabel putus",
    )

    found = archive.find(
        "tikus menggigit kabel",
        agency="dukcapil",
        device="sw-1",
        device_kind="switch",
        device_make="TP-Link TL-SG108",
        fault_type="kabel-putus",
        helped={"TKT-2026-0001": 3},
    )

    assert said(found.matches[0]) == [
        "Perangkat yang sama: TP-Link TL-SG108",
        "Jenis gangguan sama: Kabel putus",
        "OPD yang sama",
        "Kata yang cocok: kabel, menggigit, tikus",
        "Dipakai 3 kali",
    ]


def test_the_closest_likeness_of_devices_is_the_one_that_is_told(archive):
    archive.add(device="sw-1", device_make="TP-Link TL-SG108", device_kind="switch")

    same_make = archive.find(device="sw-2", device_make="tp-link tl-sg108", device_kind="switch")
    same_kind = archive.find(device="sw-3", device_make="Cisco", device_kind="switch")

    assert said(same_make.matches[0]) == ["Merek dan tipe sama: TP-Link TL-SG108"]
    assert said(same_kind.matches[0]) == ["Jenis perangkat sama: Switch"]


def test_a_kind_that_was_typed_by_hand_is_told_as_it_was(archive):
    archive.add(device_kind="repeater")

    assert said(archive.find(device_kind="repeater").matches[0]) == [
        "Jenis perangkat sama: repeater"
    ]


def test_context_ranks_by_how_much_is_in_common(archive):
    archive.add(agency="bappeda", fault_type="dns", device_kind="router")
    kind = archive.add(agency="bappeda", fault_type="dns", device_kind="radio-link")
    agency = archive.add(agency="dinkes", fault_type="dns", device_kind="router")
    fault = archive.add(agency="bappeda", fault_type="loop", device_kind="router")
    device = archive.add(agency="bappeda", fault_type="dns", device_kind="radio-link", device="r1")

    numbers = archive.numbers(
        agency="dinkes", fault_type="loop", device_kind="radio-link", device="r1"
    )

    assert numbers == [device, fault, agency, kind]


def test_context_never_hides_what_the_words_find(archive):
    other = archive.add("Petir menyambar tiang", agency="bappeda", fault_type="catu-daya")
    archive.add("Internet lambat", agency="dinkes", fault_type="loop")

    assert other in archive.numbers("petir tiang", agency="dinkes", fault_type="loop")


def test_help_orders_what_is_equally_good(archive):
    older = archive.add("Kabel putus")
    newer = archive.add("Kabel putus")

    assert archive.numbers("kabel putus") == [newer, older]
    assert archive.numbers("kabel putus", helped={older: 1}) == [older, newer]


def test_help_never_buries_a_better_match(archive):
    better = archive.add("Kabel putus di tiang")
    popular = archive.add("Kabel", symptom="putus")

    assert archive.numbers("kabel putus tiang", helped={popular: 100_000}) == [better, popular]


def test_facets_are_counted_over_all_that_fits(archive):
    for year, agency in [(2025, "dinkes"), (2026, "dinkes"), (2026, "bappeda")]:
        archive.add("Kabel putus", year=year, agency=agency, solution_class="kabel")
    archive.add("Petir", year=2024)

    found = archive.find("kabel", most=1, fault_type="")

    assert (len(found.matches), found.total) == (1, 4)
    assert found.facets["agency"] == (("dinkes", 3), ("bappeda", 1))
    assert found.facets["solution_class"] == (("kabel", 3),)


def test_only_hides_what_does_not_fit(archive):
    archive.add("Kabel putus", year=2025)
    wanted = archive.add("Kabel putus", year=2026, agency="dukcapil")
    also = archive.add("Kabel putus", year=2026, agency="bappeda")
    archive.add("Kabel putus", year=2026, agency="dinkes")

    only = (("year", "2026"), ("agency", "dukcapil"), ("agency", "bappeda"))

    assert set(archive.numbers("kabel", only=only)) == {wanted, also}
    assert set(archive.numbers(only=only)) == {wanted, also}
    assert archive.find("kabel", only=only).facets["year"] == (("2026", 2),)


def test_a_filter_that_does_not_exist_filters_nothing(archive):
    number = archive.add("Kabel putus")

    assert archive.numbers("kabel", only=(("__class__", "x"), ("nama", "y"))) == [number]


def test_what_is_left_out_is_neither_shown_nor_counted(archive):
    number = archive.add("Kabel putus")

    found = archive.find("kabel", leave_out=(number,))

    assert (found.matches, found.total, found.facets["agency"]) == ((), 0, ())


def test_pages_follow_one_another(archive):
    numbers = [archive.add("Kabel putus") for _ in range(7)][::-1]

    pages = [archive.numbers("kabel", start=start, most=3) for start in (0, 3, 6, 9)]

    assert pages == [numbers[:3], numbers[3:6], numbers[6:], []]
    assert archive.numbers("kabel", start=-5, most=-1) == []


def test_a_case_that_was_written_anew_is_read_anew(archive):
    archive.add("Kabel putus")
    archive.find("kabel")
    archive.keep(
        replace(archive.blank, number="TKT-2026-0001", title="Petir", fault_name="", version=15)
    )

    assert archive.numbers("petir")
    assert not archive.numbers("kabel")


def test_an_empty_archive_answers(archive):
    assert archive.find("kabel").total == 0
    assert archive.find().facets["year"] == ()


ODD = [
    "x" * 10_000,
    "kabel " * 2_000,
    " ".join(f"kata{n}" for n in range(5_000)),
    "' OR 1=1; DROP TABLE tiket; --",
    "😀🔥 💥",
    "((((((*+?[",
    "\x00\ud800\u202e",
    "\ufdfa" * 10_000,
    "a\u0301" * 5_000,
    "....----::::////",
    "%s {0} {name}",
]


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
def test_odd_words_never_raise(archive, words):
    archive.add("Kabel putus {0} %s", symptom=words)
    archive.add(words)

    for match in archive.find(words, agency="dinkes").matches:
        assert said(match)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.text(max_size=200))
def test_no_words_are_too_odd(archive, text, words):
    fresh = type(archive)()
    fresh.add(text, symptom=words)

    assert fresh.find(words).total <= 1


def test_words_of_symbols_only_find_nothing(archive):
    archive.add("Kabel putus")

    assert archive.numbers("??? !!!") == []


SYLLABLES = [f"{a}{b}{c}" for a in "klnrst" for b in "aiueo" for c in "hkmngrst"]


def timed(deed) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


@pytest.mark.slow
def test_two_thousand_cases_are_searched_while_nobody_notices(archive):
    luck = random.Random(7)
    vocabulary = [f"{a}{b}{c}" for a in "bdgkmprst" for b in "aiueo" for c in SYLLABLES]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]

    def text(count: int) -> str:
        return " ".join(luck.choices(vocabulary, weights, k=count))

    for _ in range(2_000):
        archive.add(
            text(10), symptom=text(80), cause=text(60), actions=text(100), prevention=text(50)
        )
    complaint = text(80)
    archive.find(complaint)

    best = min(timed(lambda: archive.find(complaint, agency="dinkes")) for _ in range(5))

    assert best < 0.05
