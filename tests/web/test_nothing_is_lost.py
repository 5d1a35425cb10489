"""Whatever goes wrong between typing and saving, what was typed is there again, or at least there to be copied."""

from __future__ import annotations

import html
import re

import pytest

from pulih.errors import Unavailable

LONG = "Sudah saya cek dari panel sampai ujung kabel, redaman 31 dB di ruas kedua."


def test_a_technician_who_was_taken_off_the_team_keeps_what_they_typed(
    client_of, office, cast, desk, form_of, facts_for
):
    number = desk("examination")
    office.tickets.take(cast.section, number, "reappointment", facts_for("reappointment"), seen=4)

    fields = {"seen": "4", "stage": "examination", **form_of("examination", location=LONG)}
    answer = client_of("rina").send(f"/tiket/{number}/langkah/examination", fields)

    assert answer.status_code == 403
    assert LONG in answer.text
    assert "Lokasi gangguan" in answer.text.split("<h2>Yang Anda ketik</h2>")[1]


def test_a_withdrawal_that_was_being_typed_is_there_again(client_of, desk):
    number = desk("examination")
    dewi = client_of("dewi")
    path = f"/tiket/{number}/tindakan/withdrawal"
    token = dewi.token(path)
    with dewi.client.session_transaction() as session:
        session["seen"] = 0
    sent = {
        "csrf_token": token,
        "form_page": path,
        "stage": "withdrawal",
        "reason": LONG,
        "seen": "4",
    }
    assert dewi.client.post(f"/tiket/{number}/langkah/withdrawal", data=sent).status_code == 303

    assert LONG in client_of("dewi").get(path).text


def test_a_step_that_has_gone_by_shows_what_was_typed_as_people_read_it(client_of, desk, form_of):
    number = desk("trial")
    fields = {"seen": "5", "stage": "examination", **form_of("examination", location=LONG)}
    page = client_of("bayu").send(f"/tiket/{number}/langkah/examination", fields).text
    typed = page.split("<h2>Yang Anda ketik</h2>")[1]

    assert LONG in typed
    assert "ping 10.12.7.1 · 100% hilang" in typed
    assert "Perangkat rusak" in typed
    assert "{'" not in typed


def test_when_nothing_can_be_saved_the_page_shows_what_was_typed(
    client_of, office, desk, form_of, monkeypatch
):
    number = desk("examination")
    rina = client_of("rina")
    fields = {
        "seen": "4",
        "stage": "examination",
        "form_page": "/x",
        **form_of("examination", location=LONG),
    }
    token = rina.token()

    def full(*_args, **_kwargs):
        raise Unavailable("Disk penuh. Kosongkan ruang lalu coba lagi.")

    monkeypatch.setattr(type(office.tools.store), "writing", full)
    answer = rina.client.post(
        f"/tiket/{number}/langkah/examination", data={"csrf_token": token, **fields}
    )

    assert answer.status_code == 503
    assert "Disk penuh" in answer.text
    assert LONG in answer.text


def test_when_the_store_cannot_be_reached_the_form_can_be_sent_again_from_that_page(
    client_of, office, cast, desk, form_of, monkeypatch
):
    number = desk("examination")
    rina = client_of("rina")
    fields = {"seen": "4", "stage": "examination", "form_page": "/x"}
    sent = {**fields, **form_of("examination", location=LONG), "csrf_token": rina.token()}

    def gone(*_args, **_kwargs):
        raise Unavailable("Basis data tidak menjawab. Coba lagi sebentar.")

    with monkeypatch.context() as broken:
        broken.setattr(type(office.tools.store), "reading", gone)
        broken.setattr(type(office.tools.store), "writing", gone)
        answer = rina.client.post(f"/tiket/{number}/langkah/examination", data=sent)
    form = answer.text.split('<form method="post" action="/tiket')[1].split("</form>")[0]
    carried: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', form):
        carried.setdefault(name, []).append(html.unescape(value))

    assert answer.status_code == 503
    assert "Basis data tidak menjawab" in answer.text
    assert rina.send(f"/tiket/{number}/langkah/examination", carried).status_code == 303
    entry = office.tickets.show(cast.admin, number).ticket.history[-1]
    assert LONG in entry.facts["location"]


def test_a_returned_letter_still_has_its_scan(client_of, office, cast, form_of, facts_for, upload):
    dewi = client_of("dewi")
    number = dewi.send(
        "/surat/baru", {**form_of("letter"), "scan": upload("surat.png")}
    ).location.rpartition("/")[2]
    for stage, changes in (("disposition", {}), ("verification", {"verified": "tidak"})):
        seen = office.tickets.show(cast.admin, number).ticket.version
        office.tickets.take(
            cast.actor(stage), number, stage, facts_for(stage, **changes), seen=seen
        )

    page = dewi.get(f"/tiket/{number}").text
    key = page.split('name="scan" value="')[1].split('"')[0]
    again = dewi.send(
        f"/tiket/{number}/langkah/letter",
        {"seen": "3", "stage": "letter", "scan": key, **form_of("letter")},
    )

    assert again.status_code == 303
    assert office.tickets.show(cast.admin, number).ticket.letter["scan"] == [key]


def test_too_many_files_at_once_are_refused_in_words(client_of, form_of, upload):
    files = [upload(f"{n}.png") for n in range(7)]
    answer = client_of("rina").send("/surat/baru", {**form_of("letter"), "scan": files})

    assert answer.status_code == 422
    assert "Paling banyak 6 berkas" in answer.text


def test_an_agency_gives_itself_no_agenda_number(client_of, office, cast, form_of):
    dewi = client_of("dewi")
    number = dewi.send(
        "/surat/baru", form_of("letter", agenda_number="999/2026")
    ).location.rpartition("/")[2]

    assert office.tickets.show(cast.admin, number).ticket.letter["agenda_number"] == "001/2026"
    assert 'name="agenda_number"' not in dewi.get("/surat/baru").text


def test_two_spellings_of_an_agenda_number_are_one(client_of, form_of):
    rina = client_of("rina")
    assert rina.send("/surat/baru", form_of("letter", agenda_number="2/2026")).status_code == 303
    answer = rina.send(
        "/surat/baru", form_of("letter", agenda_number="002/2026", letter_number="7/7")
    )

    assert answer.status_code == 409


def test_what_was_typed_is_never_taken_for_an_identifier(client_of, desk):
    number = desk("disposition", place="dukcapil")

    assert "<dt>Tempat</dt><dd>dukcapil" in client_of("dewi").get(f"/tiket/{number}").text


@pytest.mark.parametrize(
    "on",
    [
        "0002-01-01T00:00",
        "0001-01-01T00:00",
        "1999-12-31T10:00",
        "2026-01-02T10:00",
        "9999-12-31T23:59",
    ],
)
def test_a_paper_letter_cannot_come_in_before_it_was_written_nor_in_another_age(
    client_of, form_of, on
):
    answer = client_of("dewi").send("/surat/baru", form_of("letter", on=on))

    assert answer.status_code == 422
    assert 'id="f-on-salah"' in answer.text
