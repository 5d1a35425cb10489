"""What an answer says of each case besides its words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.domain.calendar import Calendar
from pulih.domain.recurrence import recurring, returns
from pulih.search import WordIndex

TODAY = date(2026, 6, 1)


def said(archive, words="", **fields) -> list[str]:
    (match, *_rest) = archive.find(words, **fields).matches
    return [str(reason) for reason in match.reasons]


def test_cause_fix_and_time_are_told_in_a_line_each(archive):
    archive.add(
        "Kabel putus",
        cause="Digigit tikus\ndi plafon.",
        actions="",
        on_site="Kabel disambung.",
        working_hours=6.5,
    )

    (match,) = archive.find("kabel").matches

    assert (match.cause, match.fix) == ("Digigit tikus di plafon.", "Kabel disambung.")
    assert match.took == timedelta(hours=6.5)


def test_what_a_case_does_not_say_is_not_made_up(archive):
    archive.add("Kabel putus", working_hours=0.0)

    (match,) = archive.find("kabel").matches

    assert (match.cause, match.fix, match.took, match.came_back) == ("", "", None, ())


def test_a_fault_that_an_agency_has_often_says_how_often(archive):
    for day in (date(2025, 3, 1), date(2025, 9, 1), date(2026, 1, 1), date(2026, 5, 1)):
        archive.add("Kabel putus", agency="dinkes", resolved=day, reported=day)
    archive.add("Petir", agency="dinkes", fault_type="petir", resolved=TODAY)

    assert "OPD yang sama, 3 kali dalam 12 bulan: Kabel putus" in said(
        archive, "kabel", agency="dinkes", today=TODAY
    )
    assert "OPD yang sama" in said(archive, "petir", agency="dinkes", today=TODAY)
    assert "OPD yang sama" in said(archive, "kabel", agency="dinkes")


def test_a_site_counts_where_it_is_the_same_agencys(archive):
    elsewhere = archive.add("Kabel putus", agency="bappeda", site="Gedung B")
    here = archive.add("Kabel putus", agency="dinkes", site="gedung b")
    agency = archive.add("Kabel putus", agency="dinkes", site="Gedung A")

    known = {"agency": "dinkes", "site": "Gedung B"}

    assert archive.numbers("kabel", **known) == [here, agency, elsewhere]
    assert "Lokasi yang sama: gedung b" in said(archive, "kabel", **known)


def test_what_the_diagnosis_holds_for_possible_counts_less_than_what_is_set(archive):
    archive.add("Internet mati", fault_type="isp", fault_name="ISP")
    possible = archive.add("Internet mati", fault_type="dns", fault_name="DNS")
    certain = archive.add("Internet mati", fault_type="loop", fault_name="Loop")
    known = {"fault_type": "loop", "findings": ("dns", "loop")}

    assert archive.numbers("internet", **known)[:2] == [certain, possible]
    assert "Mungkin menurut pemeriksaan: DNS" in said(archive, "internet", findings=("dns",))
    assert archive.numbers(findings=("dns",)) == [possible]


@pytest.mark.parametrize(
    ("query", "symptom", "reason"),
    [
        ("kabl", "kabel putus", "kabl → kabel (ejaan)"),
        ("lemot", "sangat lambat", "lemot → lambat (sinonim)"),
        ("lemot", "internet lelet", "lemot → lelet (sinonim)"),
        ("lemot", "internet lemot", "Kata yang cocok: lemot"),
        ("printre", "dua printernya", "printre → printernya (salah ketik)"),
        ("kabelputus", "putus, kabel", "kabelputus → kabel putus (ditulis lain)"),
        ("lemot", "lambat sejak pagi, lemot sekali", "Kata yang cocok: lemot"),
        ("jaringn", "jaringan", "jaringn → jaringan (ejaan)"),
        ("lmbat", "internet lemot", "lmbat → lambat → lemot (salah ketik)"),
    ],
)
def test_a_word_that_is_found_otherwise_is_told_as_the_case_writes_it(
    archive, query, symptom, reason
):
    archive.add(symptom=symptom, fault_name="", device_kind="", agency_name="")

    assert said(archive, query) == [reason]


def test_what_was_said_not_to_fit_comes_last_and_says_so(archive):
    best = archive.add("Kabel putus digigit tikus")
    others = [archive.add("Kabel") for _ in range(6)][::-1]

    assert archive.numbers("kabel tikus", unfit=(best,), most=3) == [*others[:3], best]
    assert archive.numbers("kabel tikus", unfit=(best,), start=3, most=3) == others[3:]
    assert said(archive, "tikus", unfit=(best,))[0] == "Ditandai tidak cocok untuk tiket ini"
    assert archive.find("kabel tikus", unfit=(best,)).total == 7


days = st.integers(0, 200).map(lambda days: date(2026, 1, 1) + timedelta(days))
cases = st.tuples(
    st.sampled_from(["dinkes", "bappeda"]),
    st.sampled_from(["", "sw-1", "sw-2"]),
    st.sampled_from(["dns", "loop"]),
    days,
    st.integers(0, 20),
    st.sampled_from(["", "TKT-2026-0001", "TKT-2026-0002", "2020-9999"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cases, max_size=12), st.sets(days, max_size=30))
def test_cases_came_back_as_the_wiki_has_it(archive, made, free):
    calendar = Calendar(ZoneInfo("Asia/Makassar"), dict.fromkeys(free, "Libur"))
    fresh = type(archive)()
    fresh.index = WordIndex(calendar=calendar)
    for agency, device, fault, reported, took, before in made:
        resolved = reported + timedelta(took)
        fresh.add(
            agency=agency,
            device=device,
            fault_type=fault,
            reported=reported,
            resolved=resolved,
            closed_at=datetime(resolved.year, resolved.month, resolved.day, 6, tzinfo=UTC),
            recurrence_of=before,
        )

    matches = fresh.find(most=20).matches

    came = returns(recurring([match.article for match in matches], calendar))
    assert {m.article.number: m.came_back for m in matches if m.came_back} == came
