"""What of a ticket goes out: shown before it is closed, hidden more or less, pictures ticked; mended afterwards."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import count

import pytest

from pulih.domain.scrub import Audience

pytestmark = pytest.mark.slow  # as a whole

PHONE = "0813-9999-8888"
CAUSE = f"Switch terbakar. Sandi wifi: Rahasia#1. Hubungi {PHONE}. Proyek Mawar jangan disebut."


@pytest.fixture
def told(desk, office, cast, clock, facts_for):
    """Return the number of a ticket whose report is written, and has all sorts of things in it."""
    letters = count(200)

    def bring(to: str = "work-record", *, by_fix: bool = True, **report) -> str:
        number = desk("report", by_fix=by_fix, letter_number=f"005/{next(letters)}/2026")
        ticket = office.tickets.show(cast.lead, number).ticket
        while ticket.due and ticket.due.id != to:
            stage = ticket.due.id
            changes = {"cause": CAUSE, **report} if stage == "report" else {}
            clock.tick(minutes=10)
            ticket = office.tickets.take(
                cast.actor(stage),
                number,
                stage,
                facts_for(stage, **changes),
                seen=ticket.version,
            )
        return number

    return bring


@pytest.fixture
def closed(told, office):
    number = told("")
    office.cases.publish_due()
    return number


@pytest.fixture
def kept(office):
    def outgoing(number):
        with office.tools.store.reading() as records:
            return records.outgoing.get(number)

    return outgoing


@pytest.fixture
def article(office, cast):
    return lambda number: office.cases.get(cast.lead, number)


def path(number, deed=""):
    return f"/tiket/{number}/terbit{deed}"


def text_of(page: str) -> str:
    """What a page says, without its tags and forms."""
    main = page[page.index("<main") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


# ---- Seeing it ------------------------------------------------------------------------------------


def test_the_technician_sees_what_will_be_masked_before_closing(client_of, told):
    number = told()

    answer = client_of("rina").get(path(number))

    assert answer.status_code == 200
    said = text_of(answer.text)
    assert "Yang akan terbit" in said
    assert "[kata sandi disamarkan]" in said
    assert "[kontak disamarkan]" in said
    assert PHONE in answer.text  # on demand, for who decides
    assert 'class="original">Rahasia#1' in answer.text


@pytest.mark.parametrize("who", ["irawan", "nurhayati", "salim", "admin"])
def test_others_of_the_office_read_the_page_and_not_what_is_hidden_in_it(client_of, told, who):
    number = told()
    answer = client_of(who).get(path(number))

    assert answer.status_code == 200
    assert PHONE not in answer.text
    assert "Rahasia#1" not in answer.text
    assert "/terbit/" not in answer.text  # no form


def test_the_ticket_leads_there_from_step_12_on(client_of, desk, told):
    early = desk("examination")
    browser = client_of("rina")
    assert path(early) not in browser.get(f"/tiket/{early}").text
    number = told("report")
    assert path(number) in browser.get(f"/tiket/{number}").text
    assert browser.get(path(number)).status_code == 200


def test_before_step_12_and_after_a_withdrawal_there_is_no_such_page(client_of, desk, office, cast):
    early, gone = desk("trial"), desk("examination", letter_number="005/9/2026")
    ticket = office.tickets.show(cast.contact, gone).ticket
    office.tickets.take(
        cast.contact, gone, "withdrawal", {"reason": "Pulih sendiri."}, seen=ticket.version
    )
    browser = client_of("rina")

    assert browser.get(path(early)).status_code == 409
    assert "sejak langkah 12" in browser.get(path(early)).text
    assert browser.get(path(gone)).status_code == 409
    assert (
        browser.send(path(early, "/samarkan"), {"passage": "loket", "seen": "0"}).status_code == 409
    )


DEEDS = (
    ("/samarkan", {"passage": "Proyek Mawar"}),
    ("/samarkan/batal", {"text": "Proyek Mawar"}),
    ("/baca", {"text": PHONE, "reason": "Nomor layanan."}),
    ("/baca/batal", {"text": PHONE}),
    ("/gambar", {"pictures": "1"}),
)


@pytest.mark.slow
@pytest.mark.parametrize(("deed", "fields"), DEEDS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("dewi", 403), ("hasan", 404), ("irawan", 403), ("salim", 403), ("admin", 403)],
)
def test_nobody_else_decides_before_closing(client_of, told, kept, deed, fields, who, status):
    number = told()
    answer = client_of(who).send(path(number, deed), {**fields, "seen": "0"})
    assert answer.status_code == status
    assert kept(number) is None


def test_the_agency_does_not_see_the_page(client_of, told):
    number = told()
    assert client_of("dewi").get(path(number)).status_code == 403
    assert client_of("hasan").get(path(number)).status_code == 404
    assert client_of("hasan").get(path("2026-9999")).status_code == 404


# ---- Hiding more ----------------------------------------------------------------------------------


def test_a_passage_is_hidden_wherever_it_stands(client_of, told, kept, article, office, cast):
    number = told(actions="Mengganti switch untuk proyek  mawar. PROYEK MAWAR selesai.")
    browser = client_of("rina")

    answer = browser.send(path(number, "/samarkan"), {"passage": " Proyek Mawar ", "seen": "0"})

    assert answer.status_code == 303
    assert kept(number).more == ("Proyek Mawar",)
    page = text_of(browser.get(path(number)).text)
    assert "Mengganti switch untuk [disamarkan]" in page or "[disamarkan]" in page
    close(office, cast, number)
    shown = article(number)
    assert "mawar" not in repr(shown).casefold()
    assert shown.actions == "Mengganti switch untuk [disamarkan]. [disamarkan] selesai."


def close(office, cast, number):
    """Take a ticket to its end."""
    facts = {
        "work-record": {
            "work": "x",
            "work_date": "2026-03-02",
            "result": "x",
            "agency_official": "Ahmad Fauzi",
        },
        "acknowledgement-agency": {"acknowledged": "ya"},
        "acknowledgement-department": {"acknowledged": "ya"},
    }
    ticket = office.tickets.show(cast.lead, number).ticket
    while ticket.due:
        stage = ticket.due.id
        ticket = office.tickets.take(
            cast.actor(stage), number, stage, facts[stage], seen=ticket.version
        )


def test_what_is_hidden_besides_can_be_shown_again(client_of, told, kept):
    number = told()
    browser = client_of("rina")
    browser.send(path(number, "/samarkan"), {"passage": "Mawar", "seen": "0"})

    answer = browser.send(path(number, "/samarkan/batal"), {"text": "mawar", "seen": "1"})

    assert answer.status_code == 303
    assert (kept(number).more, kept(number).version) == ((), 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("passage", "told_so"),
    [
        ("", "Tulis kata atau kalimat"),
        (" \u200b ", "Tulis kata atau kalimat"),
        ("x" * 10_000, "Terlalu panjang"),
        ("!?", "Terlalu pendek"),
        ("tidak tertulis di mana pun", "Tidak ada di halaman ini"),
        ("erbaka", "Tidak ada di halaman ini"),  # within a word
        ("<script>alert(1)</script>", "Tidak ada di halaman ini"),
        ("Rahasia#1", "sudah disamarkan"),
    ],
)
def test_what_cannot_be_hidden_is_said_beside_the_field_and_kept_there(
    client_of, told, kept, passage, told_so
):
    number = told()
    answer = client_of("rina").send(path(number, "/samarkan"), {"passage": passage, "seen": "0"})

    assert answer.status_code == 422
    assert told_so in answer.text
    assert "<script>alert" not in answer.text
    assert kept(number) is None
    assert (
        html.escape(passage.strip("\u200b ")[:50], quote=True).replace("&#x27;", "&#39;")
        in answer.text
    )


def test_the_same_passage_twice_is_said_to_be_hidden(client_of, told, kept):
    number = told()
    browser = client_of("rina")
    browser.send(path(number, "/samarkan"), {"passage": "Proyek Mawar", "seen": "0"})
    answer = browser.send(path(number, "/samarkan"), {"passage": "PROYEK mawar", "seen": "1"})
    assert answer.status_code == 422
    assert "sudah disamarkan" in answer.text
    assert kept(number).version == 1


# ---- Hiding less ----------------------------------------------------------------------------------


def test_a_finding_is_let_out_with_a_reason_that_is_kept_with_name_and_time(
    client_of, told, kept, article, office, cast, clock
):
    number = told()
    browser = client_of("rina")

    answer = browser.send(
        path(number, "/baca"), {"text": PHONE, "reason": " Nomor layanan ISP. ", "seen": "0"}
    )

    assert answer.status_code == 303
    (lifted,) = kept(number).less
    assert (lifted.text, lifted.reason) == (PHONE, "Nomor layanan ISP.")
    assert (lifted.by, lifted.name, lifted.at) == ("rina", "Rina Kartika", clock())
    page = text_of(browser.get(path(number)).text)
    assert "Nomor layanan ISP. Rina Kartika" in page
    assert PHONE in text_of(client_of("salim").get(path(number)).text)
    close(office, cast, number)
    assert f"Hubungi {PHONE}." in article(number).cause
    assert "Rahasia" not in article(number).cause


@pytest.mark.parametrize(
    ("text", "reason", "told_so"),
    [
        (PHONE, "", "Tulis alasannya"),
        (PHONE, " … ", "Tulis alasannya"),
        (PHONE, "x" * 10_000, "Terlalu panjang"),
        ("Rahasia#1", "Sudah diganti.", "tidak pernah terbit"),
        ("tidak ditemukan", "Biar.", "tidak sedang disamarkan"),
        ("", "Biar.", "tidak sedang disamarkan"),
    ],
)
def test_what_cannot_be_let_out_is_said(client_of, told, kept, text, reason, told_so):
    number = told()
    answer = client_of("rina").send(
        path(number, "/baca"), {"text": text, "reason": reason, "seen": "0"}
    )
    assert answer.status_code == 422
    assert told_so in answer.text
    assert kept(number) is None


def test_what_was_let_out_twice_is_said_and_can_be_hidden_again(client_of, told, kept):
    number = told()
    browser = client_of("rina")
    fields = {"text": PHONE, "reason": "Nomor layanan."}
    browser.send(path(number, "/baca"), {**fields, "seen": "0"})

    again = browser.send(path(number, "/baca"), {**fields, "seen": "1"})
    assert again.status_code == 422
    assert len(kept(number).less) == 1

    assert (
        browser.send(path(number, "/baca/batal"), {"text": PHONE, "seen": "1"}).status_code == 303
    )
    assert kept(number).less == ()
    assert [one.reason for one in kept(number).past] == ["Nomor layanan."]
    page = client_of("salim").get(path(number)).text
    assert "Nomor layanan." in page
    assert PHONE not in page


def test_who_decides_on_an_older_page_is_told_and_keeps_what_was_typed(client_of, told, kept):
    number = told()
    client_of("bayu").send(path(number, "/samarkan"), {"passage": "Mawar", "seen": "0"})
    browser = client_of("rina")

    answer = browser.send(path(number, "/samarkan"), {"passage": "terbakar", "seen": "0"})

    assert answer.status_code == 409
    assert "sudah berubah" in answer.text
    assert ">terbakar</textarea>" in answer.text
    assert 'name="seen" value="1"' in answer.text
    assert kept(number).more == ("Mawar",)
    assert browser.send(path(number, "/samarkan"), {"passage": "terbakar"}).status_code == 409


def test_what_was_typed_when_the_session_ended_is_there_again(client_of, told, office, app):
    number = told()
    office.drafts.keep("rina", path(number), {"passage": ["Proyek Maw"], "seen": ["0"]})
    assert ">Proyek Maw</textarea>" in client_of("rina").get(path(number)).text


# ---- Pictures -------------------------------------------------------------------------------------


@pytest.fixture
def photo(office, cast):
    def key(number):
        view = office.outgoing.show(cast.lead, number)
        (image,) = view.images
        return image

    return key


def test_no_picture_is_ticked_until_somebody_does(client_of, told, photo, kept, office):
    number = told(by_fix=False)
    image = photo(number)
    browser = client_of("rina")
    page = browser.get(path(number)).text
    assert f'value="{image.id}">' in page
    assert f'value="{image.id}" checked' not in page

    fields = {
        "pictures": "1",
        "ticked": image.id,
        f"caption-{image.id}": "Switch <b>hangus</b>, Bu Dewi 0812-3456-7890",
    }
    assert browser.send(path(number, "/gambar"), {**fields, "seen": "0"}).status_code == 303

    (picture,) = kept(number).pictures
    assert picture.digest == image.digest
    assert picture.caption == "Switch <b>hangus</b>, [kontak disamarkan] [kontak disamarkan]"
    page = browser.get(path(number)).text
    assert f'value="{image.id}" checked' in page
    assert "<b>hangus" not in page

    assert browser.send(path(number, "/gambar"), {"pictures": "1", "seen": "1"}).status_code == 303
    assert kept(number).pictures == ()


def test_a_picture_needs_a_caption(client_of, told, photo, kept):
    number = told(by_fix=False)
    image = photo(number)
    answer = client_of("rina").send(
        path(number, "/gambar"),
        {"pictures": "1", "ticked": image.id, f"caption-{image.id}": " ", "seen": "0"},
    )
    assert answer.status_code == 422
    assert "Tulis apa yang tampak" in answer.text
    assert f'value="{image.id}" checked' in answer.text
    assert kept(number) is None


def test_a_picture_of_another_ticket_and_a_file_that_is_none_are_refused(
    client_of, told, photo, kept, office, cast
):
    other, number = told(by_fix=False, cause="Lain."), told(by_fix=False)
    foreign = photo(other)
    with office.tools.store.writing() as records:
        letter = records.attachments.get(photo(number).id)
        pdf = replace(letter, id="f" * 32, media_type="application/pdf")
        records.attachments.put(pdf.id, pdf)
    browser = client_of("rina")
    assert pdf.id not in browser.get(path(number)).text
    for key in (foreign.id, pdf.id, "x"):
        answer = browser.send(
            path(number, "/gambar"),
            {"pictures": "1", "ticked": key, f"caption-{key}": "Foto", "seen": "0"},
        )
        assert answer.status_code == 422
        assert "bukan gambar tiket ini" in answer.text
    assert kept(number) is None


# ---- After closing --------------------------------------------------------------------------------


def test_after_closing_the_section_head_mends_the_page_and_it_is_published_again(
    client_of, closed, article, office
):
    browser = client_of("salim")
    assert office.cases.waiting() == ()

    answer = browser.send(path(closed, "/samarkan"), {"passage": "Proyek Mawar", "seen": "0"})

    assert answer.status_code == 303
    assert "[disamarkan] jangan disebut" in article(closed).cause
    assert office.cases.waiting() == (closed,)
    office.cases.publish_due()
    assert office.cases.waiting() == ()


@pytest.mark.parametrize(
    ("who", "status"),
    [("rina", 403), ("irawan", 403), ("dewi", 403), ("hasan", 404), ("admin", 303), ("salim", 303)],
)
def test_who_mends_a_closed_page(client_of, closed, who, status):
    answer = client_of(who).send(
        path(closed, "/samarkan"), {"passage": "Proyek Mawar", "seen": "0"}
    )
    assert answer.status_code == status


def test_a_word_that_is_in_a_note_alone_is_shown_and_can_be_hidden(client_of, closed, office, cast):
    office.knowledge.add_note(cast.lead, closed, "Kabel Melati diganti.")
    browser = client_of("salim")
    assert "Catatan Kabel Melati diganti." in text_of(browser.get(path(closed)).text)

    answer = browser.send(path(closed, "/samarkan"), {"passage": "melati", "seen": "0"})

    assert answer.status_code == 303
    assert 'class="original">Melati' in browser.get(path(closed)).text
    assert "Melati" not in client_of("rina").get(f"/kasus/{closed}").text


def test_mending_lets_less_out_and_more(client_of, closed, article):
    browser = client_of("admin")
    fields = {"text": PHONE, "reason": "Nomor layanan."}
    browser.send(path(closed, "/baca"), {**fields, "seen": "0"})
    assert PHONE in article(closed).cause
    browser.send(path(closed, "/baca/batal"), {"text": PHONE, "seen": "1"})
    assert PHONE not in article(closed).cause


# ---- The public -----------------------------------------------------------------------------------


def test_for_the_public_addresses_names_of_the_office_and_hosts_are_shown_as_masked(
    client_of, told, office
):
    number = told(cause="Switch 10.12.7.9 terbakar, kata Pak Bayu.")
    browser = client_of("rina")
    assert "kata Pak Bayu" in text_of(browser.get(path(number)).text)
    object.__setattr__(office.outgoing.tools, "audience", Audience.PUBLIC)

    page = text_of(client_of("salim").get(path(number)).text)

    assert "terbuka untuk umum" in page
    assert "Switch [alamat IP disamarkan] terbakar, kata [kontak disamarkan] ." in page
