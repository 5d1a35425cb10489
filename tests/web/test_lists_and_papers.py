"""My desk, the lists, and the forms on paper."""

from __future__ import annotations

import pytest

from pulih.domain import sop

pytestmark = pytest.mark.slow  # as a whole


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("dewi", "Tidak ada yang menunggu Anda."),
        ("rina", "Tiket muncul begitu Kepala Seksi menunjuk Anda."),
        ("irawan", "Antrean kantor"),
        ("admin", "Administrator tidak memegang langkah."),
    ],
)
def test_an_empty_desk_says_what_to_do_next(client_of, person, words):
    assert words in client_of(person).get("/meja").text


def test_what_is_late_says_so_in_words(client_of, desk, clock):
    desk("disposition")
    clock.tick(days=4)

    page = client_of("irawan").get("/meja").text
    assert "Terlambat" in page
    assert "1 terlambat" in page


def test_heads_see_the_queue_by_step_and_technicians_do_not(client_of, desk):
    desk("examination")

    assert "Antrean kantor" in client_of("salim").get("/meja?langkah=5").text
    assert "Antrean kantor" not in client_of("rina").get("/meja").text


def test_tickets_are_found_by_words_agency_state_and_step(client_of, desk):
    number = desk("examination")
    rina = client_of("rina")

    for query in ("q=perekaman", "opd=dukcapil", "status=open", "langkah=5", f"q={number}"):
        assert number in rina.get(f"/tiket/?{query}").text, query
    for query in ("q=tidakada", "opd=dikbud", "status=closed", "langkah=6"):
        page = rina.get(f"/tiket/?{query}").text
        assert f">{number}<" not in page, query
        assert "Tidak ada tiket yang cocok." in page


def test_the_list_is_paged(client_of, desk):
    for n in range(27):
        desk("disposition", letter_number=f"{n}/A")

    rina = client_of("rina")
    assert "Halaman 1 dari 2" in rina.get("/tiket/").text
    assert "2026-0001" in rina.get("/tiket/?halaman=2").text
    assert rina.get("/tiket/?halaman=999").status_code == 200
    assert rina.get("/tiket/?halaman=x&langkah=y&status=z").status_code == 200


def test_letters_are_listed_as_in_the_agenda_book(client_of, desk):
    number = desk("disposition")
    rina = client_of("rina")

    for query in ("", "?q=perekaman", "?opd=dukcapil", "?tahun=2026"):
        page = rina.get(f"/surat/{query}").text
        assert "001/2026" in page
        assert "005/114/DUKCAPIL/2026" in page
        assert number in page
    assert "Tidak ada surat yang cocok." in rina.get("/surat/?tahun=2019").text
    assert number not in client_of("hasan").get("/surat/").text


def test_cases_are_searched_with_facets(client_of, desk):
    number = desk()
    rina = client_of("rina")

    assert number in rina.get("/kasus/?q=terbakar").text
    assert number in rina.get("/kasus/?opd=dukcapil").text
    assert "Tidak ada kasus yang cocok." in rina.get("/kasus/?q=zzzzqqq").text
    assert client_of("dewi").get("/kasus/").status_code == 403


@pytest.mark.parametrize(
    "words", ["x" * 10_000, "'; DROP TABLE tickets; --", "🔥", "* OR NEAR(", "   "]
)
def test_no_search_breaks(client_of, words):
    for path in ("/kasus/", "/tiket/"):
        assert client_of("rina").get(path, query_string={"q": words}).status_code == 200


@pytest.mark.parametrize("stage", sop.STAGES)
def test_every_form_prints_empty_with_every_field(client_of, stage):
    page = client_of("rina").get(f"/formulir/{stage}")

    assert page.status_code == 200
    for fact in sop.STAGES[stage].facts:
        assert (fact.label.replace("&", "&amp;") in page.text) is fact.typed


def test_a_form_that_does_not_exist_is_a_sentence(client_of):
    assert client_of("rina").get("/formulir/hantu").status_code == 404
