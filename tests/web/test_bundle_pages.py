from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.settings import Official, PaperSettings
from pulih.domain.papers.stored import to_document
from pulih.domain.people import HEADS

pytestmark = pytest.mark.slow  # papers are printed


@pytest.fixture
def issued(office, cast, desk):
    """A ticket of which a paper was issued."""
    settings = PaperSettings(
        lines=("DINAS KOMUNIKASI",),
        place="Sumbawa Besar",
        officials={role: Official(rank="Pembina (IV/a)") for role in HEADS},
    )

    def decide(records):
        records.settings.put("papers", to_document(settings))
        for person in cast:
            records.people.save(replace(records.people.get(person.id), rank="Penata (III/c)"))

    office.tools.store.write(decide)
    number = desk("damage")
    office.issuing.issue(cast.section, number, PaperKind.ASSIGNMENT, base="https://meja.example/")
    return number


def work(office):
    """Do what the background would."""
    for key in office.tools.jobs.bundles:
        office.bundles.perform(key)


def test_a_tickets_papers_are_asked_for_watched_and_fetched(client_of, office, issued):
    rina = client_of("rina")
    assert "Semua yang berlaku sebagai satu PDF" in rina.get(f"/tiket/{issued}").text

    answer = rina.send(f"/kumpulan/tiket/{issued}")
    place = answer.headers["Location"]
    waiting = rina.get(place)
    assert "Menunggu giliran" in waiting.text
    assert '<noscript><meta http-equiv="refresh"' in waiting.text
    work(office)

    assert f"Unduh dokumen-{issued}.pdf" in rina.get(place).text
    assert "data-done" in rina.get(f"{place}?bagian=1").text
    fetched = rina.get(f"{place}/unduh")
    assert fetched.mimetype == "application/pdf"
    assert fetched.data.startswith(b"%PDF")
    assert f"dokumen-{issued}.pdf" in fetched.headers["Content-Disposition"]


def test_it_is_ready_when_one_comes_back(client_of, office, issued):
    client_of("rina").send(f"/kumpulan/tiket/{issued}")
    work(office)

    later = client_of("rina").get("/kumpulan/")

    assert f"Dokumen tiket {issued}" in later.text
    assert "Unduh" in later.text


def test_a_month_comes_as_a_zip(client_of, office, issued):
    rina = client_of("rina")
    with office.tools.store.reading() as records:
        month = records.papers.find(ticket=issued)[0].month

    place = rina.send("/kumpulan/bulan", {"month": month}).headers["Location"]
    work(office)

    with zipfile.ZipFile(io.BytesIO(rina.get(f"{place}/unduh").data)) as archive:
        assert "daftar.csv" in archive.namelist()


@pytest.mark.parametrize("typed", ["", "November", "2020-01", "<script>"])
def test_what_is_no_month_stays_in_its_field(client_of, typed):
    answer = client_of("rina").send("/kumpulan/bulan", {"month": typed})

    assert answer.status_code == 422
    assert 'id="f-month-salah"' in answer.text
    assert "<script>alert" not in answer.text


def test_agencies_are_offered_no_month(client_of):
    dewi = client_of("dewi")

    assert 'name="month"' not in dewi.get("/kumpulan/").text
    assert dewi.send("/kumpulan/bulan", {"month": "2026-03"}).status_code == 403


def test_a_ticket_without_papers_says_what_to_do(client_of, desk):
    number = desk("damage")
    rina = client_of("rina")

    answer = rina.send(f"/kumpulan/tiket/{number}")

    assert answer.headers["Location"].endswith(f"/tiket/{number}#dokumen")
    assert "Terbitkan dahulu" in rina.get(f"/tiket/{number}").text


def test_another_agencys_ticket_does_not_exist(client_of, issued):
    assert client_of("hasan").send(f"/kumpulan/tiket/{issued}").status_code == 404


def test_what_somebody_else_asked_for_does_not_exist(client_of, office, issued):
    place = client_of("rina").send(f"/kumpulan/tiket/{issued}").headers["Location"]
    work(office)

    for path in (place, f"{place}/unduh"):
        assert client_of("dewi").get(path).status_code == 404


def test_all_papers_come_empty(client_of, office):
    dewi = client_of("dewi")
    assert "/kumpulan/formulir" in dewi.get("/formulir/").text

    place = dewi.send("/kumpulan/formulir").headers["Location"]
    work(office)

    assert dewi.get(f"{place}/unduh").data.startswith(b"%PDF")


def test_without_anything_asked_for_the_page_says_where_to_begin(client_of):
    assert "Belum ada yang diminta" in client_of("dewi").get("/kumpulan/").text


def test_nobody_who_is_not_signed_in_gets_anything(client_of):
    answer = client_of().get("/kumpulan/")

    assert answer.status_code in {302, 303, 401}
