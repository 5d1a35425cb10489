"""A ticket in the browser, by the people who take it through."""

from __future__ import annotations

import pytest

SCRIPT = '<script>alert("x")</script><b>tebal</b>'


def take(browser, office, number, stage, fields):
    with office.tools.store.reading() as records:
        seen = records.tickets.get(number).version
    return browser.send(
        f"/tiket/{number}/langkah/{stage}", {"seen": str(seen), "stage": stage, **fields}
    )


def test_a_letter_becomes_a_ticket_that_waits_for_the_head_of_department(client_of, form_of):
    answer = client_of("dewi").send("/surat/baru", form_of("letter"))

    assert answer.status_code == 303
    assert answer.location.endswith("/tiket/2026-0001")
    assert "Jaringan loket perekaman putus" in client_of("irawan").get("/meja").text


def test_all_fourteen_steps_can_be_taken_in_the_browser(
    client_of, office, cast, form_of, upload, story, clock
):
    number = client_of("dewi").send("/surat/baru", form_of("letter")).location.rpartition("/")[2]
    browsers, asked = {}, office.tools.jobs.publishing
    for stage in story.way[1:]:
        clock.tick(minutes=20)
        who = cast.actor(stage).id
        browser = browsers.setdefault(who, client_of(who))
        fields = form_of(stage)
        if stage == "damage":
            fields["photos"] = upload()
        answer = take(browser, office, number, stage, fields)
        assert answer.status_code == 303, (stage, answer.text)

    assert office.tools.jobs.publishing == asked + 1
    assert office.cases.waiting() == (number,)
    assert "sedang ditulis ke wiki" in client_of("dewi").get(f"/tiket/{number}").text
    office.cases.publish_due()
    assert "Baca halamannya di wiki" in client_of("dewi").get(f"/tiket/{number}").text


def test_the_form_is_shown_only_to_who_may_take_the_step(client_of, cast, desk):
    number = desk("examination")

    for person in cast:
        page = client_of(person.id).get(f"/tiket/{number}")
        may = person.id in ("rina", "bayu")
        assert (f'/tiket/{number}/langkah/examination"' in page.text) == may, person.id


@pytest.mark.parametrize("path", ["", "/tindakan/withdrawal", "/periksa/x", "/berkas/x"])
def test_another_agencys_ticket_does_not_exist(client_of, desk, path):
    number = desk("disposition")

    assert client_of("hasan").get(f"/tiket/{number}{path}").status_code == 404


def test_another_agency_can_send_nothing_to_a_ticket(client_of, desk, form_of):
    number = desk("disposition")
    hasan = client_of("hasan")

    for stage in ("disposition", "withdrawal", "letter"):
        sent = hasan.send(f"/tiket/{number}/langkah/{stage}", {"seen": "1", **form_of(stage)})
        assert sent.status_code == 404
    assert hasan.send(f"/tiket/{number}/periksa").status_code in (403, 404)
    assert number not in hasan.get("/tiket/").text


def test_a_step_that_is_somebody_elses_is_refused(client_of, office, desk, form_of):
    number = desk("disposition")

    assert (
        take(
            client_of("nurhayati"), office, number, "disposition", form_of("disposition")
        ).status_code
        == 403
    )


def test_a_step_out_of_order_says_which_one_is_due_and_keeps_what_was_typed(
    client_of, office, desk, form_of
):
    number = desk("disposition")
    answer = take(
        client_of("irawan"),
        office,
        number,
        "acceptance-department",
        {"accepted": "ya", "note": "Catatan panjang saya."},
    )

    assert answer.status_code == 409
    assert "Disposisi Kepala Dinas" in answer.text
    assert "Catatan panjang saya." in answer.text


def test_a_missing_fact_is_named_beside_its_field_and_the_rest_stays(
    client_of, office, desk, form_of
):
    number = desk("disposition")
    fields = form_of("disposition", nature=None, note="Mohon hari ini juga.")
    answer = take(client_of("irawan"), office, number, "disposition", fields)

    assert answer.status_code == 422
    assert "Isian ini wajib." in answer.text
    assert "Mohon hari ini juga." in answer.text
    assert "Mohon hari ini juga." in client_of("irawan").get(f"/tiket/{number}").text, (
        "kept as a draft"
    )


def test_html_and_script_in_every_free_text_are_shown_as_text(client_of, office, desk, form_of):
    number = desk(
        "disposition", subject=SCRIPT, disturbed=SCRIPT, place=SCRIPT, contact_name=SCRIPT
    )
    answer = take(
        client_of("irawan"), office, number, "disposition", form_of("disposition", note=SCRIPT)
    )
    assert answer.status_code == 303

    for path in (f"/tiket/{number}", "/tiket/", "/meja"):
        page = client_of("nurhayati").get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_second_to_save_is_told_what_changed_and_keeps_what_they_typed(
    client_of, desk, form_of
):
    number = desk("examination")
    rina, bayu = client_of("rina"), client_of("bayu")
    seen = {"seen": "4", "stage": "examination"}
    assert (
        rina.send(
            f"/tiket/{number}/langkah/examination", {**seen, **form_of("examination")}
        ).status_code
        == 303
    )

    answer = bayu.send(
        f"/tiket/{number}/langkah/examination",
        {**seen, **form_of("examination", location="Tiang nomor 7")},
    )

    assert answer.status_code == 409
    assert "Rina Kartika menetapkan gangguan" in answer.text
    assert "Tiang nomor 7" in answer.text


def test_a_form_sent_twice_is_recorded_once(client_of, office, desk, form_of):
    number = desk("disposition")
    head, fields = (
        client_of("irawan"),
        {"seen": "1", "stage": "disposition", **form_of("disposition")},
    )

    assert head.send(f"/tiket/{number}/langkah/disposition", fields).status_code == 303
    assert head.send(f"/tiket/{number}/langkah/disposition", fields).status_code in (403, 409)
    with office.tools.store.reading() as records:
        assert records.tickets.get(number).version == 2


def test_what_the_agency_signed_on_paper_can_be_typed_in_with_its_own_date(
    client_of, office, desk, form_of, clock
):
    number = desk("replacement-record", by_fix=False)
    paper = form_of("replacement-record")
    signed = office.tools.calendar.local(clock()).strftime("%Y-%m-%dT%H:%M")
    clock.tick(hours=3)
    rina = client_of("rina")

    assert take(rina, office, number, "replacement-record", paper).status_code == 422
    paper.update(signed_by="Dewi Lestari, Kasubbag", on=signed)
    assert take(rina, office, number, "replacement-record", paper).status_code == 303
    assert "diketik" in rina.get(f"/tiket/{number}").text


def test_a_date_of_its_own_that_cannot_be_is_refused_with_a_sentence(
    client_of, office, desk, form_of
):
    number = desk("disposition")
    answer = take(
        client_of("irawan"),
        office,
        number,
        "disposition",
        form_of("disposition", on="2026-02-31T09:00"),
    )

    assert answer.status_code == 422
    assert "Bukan tanggal dan jam yang ada" in answer.text


def test_a_ticket_can_be_withdrawn_by_its_agency(client_of, office, desk):
    number = desk("examination")
    dewi = client_of("dewi")

    assert "Cabut permohonan" in dewi.get(f"/tiket/{number}/tindakan/withdrawal").text
    assert (
        take(dewi, office, number, "withdrawal", {"reason": "Sudah pulih sendiri."}).status_code
        == 303
    )
    assert "Dicabut" in dewi.get(f"/tiket/{number}").text
    assert office.cases.waiting() == ()


def test_from_step_5_on_past_cases_are_shown_and_can_be_marked(client_of, desk):
    past = desk()
    number = desk("examination", letter_number="006/X", subject="Loket putus lagi")
    rina = client_of("rina")

    page = rina.get(f"/tiket/{number}").text
    assert "Temuan serupa" in page
    assert past in page
    assert rina.send(f"/tiket/{number}/temuan/{past}", {"said": "yes"}).status_code == 303
    assert "Batalkan" in rina.get(f"/tiket/{number}").text
    assert "Temuan serupa" not in client_of("dewi").get(f"/tiket/{number}").text


def test_a_run_is_asked_for_watched_and_read(client_of, office, desk):
    number = desk("examination")
    rina = client_of("rina")

    assert rina.send(f"/tiket/{number}/periksa", {"addresses": ["127.0.0.1"]}).status_code == 303
    key = office.tools.jobs.runs[0]
    assert "<progress" in rina.get(f"/tiket/{number}/periksa/{key}?bagian=1").text
    office.probing.perform(key)
    page = rina.get(f"/tiket/{number}/periksa/{key}").text
    assert "127.0.0.1" in page
    assert "Selesai dalam" in page
    assert "menjawab semua" in page
    rina.send("/bahasa", {"language": "en"})
    english = rina.get(f"/tiket/{number}/periksa/{key}").text
    assert "of 10 pings answered" in english
    assert "menjawab" not in english


def test_only_registered_or_allowed_addresses_are_probed(client_of, office, desk):
    number = desk("examination")
    rina = client_of("rina")
    rina.send(f"/tiket/{number}/periksa", {"extra": "192.0.2.7"})

    assert not office.tools.jobs.runs
    assert "tidak terdaftar" in rina.get(f"/tiket/{number}").text


@pytest.mark.parametrize("path", ["/tiket/2026-9999", "/tiket/..%2f..", "/tiket/" + "9" * 3000])
def test_a_ticket_that_does_not_exist_is_a_sentence(client_of, path):
    answer = client_of("rina").get(path)

    assert answer.status_code == 404
    assert "Ke meja saya" in answer.text
