"""A case's page on the desk: read by the office, added to by technicians, taken off the wiki by who may."""

from __future__ import annotations

import re

import pytest

from pulih.domain.edition import Review
from pulih.errors import StoreAway

pytestmark = pytest.mark.slow  # as a whole

OFFICE = ("irawan", "nurhayati", "salim", "rina", "joko", "admin")
SCRIPT = '"><script>alert(1)</script>'


@pytest.fixture
def number(desk):
    return desk()


@pytest.fixture
def page(number):
    return f"/kasus/{number}"


@pytest.fixture
def rina(client_of):
    return client_of("rina")


@pytest.fixture
def salim(client_of):
    return client_of("salim")


@pytest.fixture
def view(office, cast, number):
    return lambda: office.knowledge.show(cast.admin, number)


def links(text):
    return set(re.findall(r'(?:href|action)="(/kasus/[^"#]+)', text))


# ---- Reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", OFFICE)
def test_the_office_reads_a_case_and_finds_its_way_on(client_of, office, number, page, who):
    office.cases.publish_due()
    answer = client_of(who).get(page)
    assert answer.status_code == 200
    for words in ("Jaringan loket perekaman putus", "Belum ada catatan.", f"/wiki/kasus/2026/{number}/",
                  f"/tiket/{number}", "Loket KTP-el"):  # fmt: skip
        assert words in answer.text


def test_nobody_meets_a_button_that_they_may_not_press(client_of, page, number):
    writes = {"rina": True, "joko": True, "salim": False, "admin": False, "irawan": False}
    retracts = {"rina": False, "joko": False, "salim": True, "admin": True, "irawan": False}
    for who, may_write in writes.items():
        text = client_of(who).get(page).text
        assert ("Simpan catatan" in text) is may_write
        assert (f"{page}/tarik" in links(text)) is retracts[who]


def test_lists_and_tickets_lead_to_the_page(rina, number, page):
    assert page in links(rina.get("/kasus/").text)
    assert page in links(rina.get(f"/tiket/{number}").text)


@pytest.mark.parametrize("path", ["/kasus/2020-0001", "/kasus/x", "/kasus/" + "9" * 300])
def test_a_case_that_is_not_there_is_not_found(rina, salim, path):
    assert rina.get(path).status_code == 404
    assert rina.send(path, {"text": "Catatan"}).status_code == 404
    assert salim.get(f"{path}/tarik").status_code == 404
    assert salim.send(f"{path}/tarik", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("who", ["dewi", "hasan"])
def test_agencies_are_refused_whatever_they_send(client_of, page, view, who):
    browser = client_of(who)
    for path in (page, f"{page}/tarik", "/kasus/ditarik", "/kasus/tinjau"):
        assert browser.get(path).status_code == 403, path
    for path in (page, f"{page}/tarik", f"{page}/berlaku", f"{page}/kembalikan"):
        answer = browser.send(path, {"text": "Catatan", "reason": "Alasan"})
        assert answer.status_code == 403, path
    assert (view().notes, view().retracted) == ((), None)


def test_who_is_not_signed_in_is_asked_to(client_of, page):
    assert client_of().get(page).status_code == 303
    assert client_of().send(page, {"text": "Catatan"}).status_code == 401


# ---- Notes --------------------------------------------------------------------------------------


def test_a_note_is_written_shown_and_escaped(rina, page, view):
    answer = rina.send(page, {"text": f"Kini memakai UPS. {SCRIPT}"})
    assert answer.status_code == 303
    assert answer.location == f"{page}#catatan"
    text = rina.get(page).text
    assert "Kini memakai UPS." in text
    assert "<script>alert" not in text
    assert [note.name for note in view().notes] == ["Rina Kartika"]


def test_a_note_that_is_too_long_is_refused_and_not_lost(rina, page, view):
    long = "kabel " * 3334
    answer = rina.send(page, {"text": long})
    assert answer.status_code == 422
    assert "paling banyak 2000" in answer.text
    assert long.strip() in answer.text
    assert view().notes == ()


def test_an_empty_note_is_refused(rina, page, view):
    answer = rina.send(page, {"text": "  \n "})
    assert answer.status_code == 422
    assert "Isian ini wajib." in answer.text
    assert rina.send(page).status_code == 422
    assert view().notes == ()


def test_a_note_sent_twice_is_one(rina, page, view):
    for _ in range(2):
        assert rina.send(page, {"text": "Kini memakai UPS."}).status_code == 303
    assert len(view().notes) == 1


def test_who_types_a_secret_is_told_that_it_is_hidden(rina, page):
    rina.send(page, {"text": "password: Rahasia123"})
    text = rina.get(page).text
    assert "1 bagian catatan Anda disamarkan" in text
    assert "Rahasia123" not in text


def test_a_note_without_the_token_of_its_page_is_not_kept(rina, page, view):
    answer = rina.send(page, {"text": "Catatan", "csrf_token": "lain"})
    assert answer.status_code == 401
    assert view().notes == ()


def test_a_note_that_was_being_typed_is_there_again_and_can_be_dropped(rina, page):
    rina.send("/konsep", {"form_page": page, "text": "Setengah catatan"})
    assert "Setengah catatan" in rina.get(page).text
    assert rina.send(page, {"drop": "1"}).status_code == 303
    assert "Setengah catatan" not in rina.get(page).text


def test_removing_a_note_is_asked_for_and_can_be_undone_by_its_writer(rina, page, view):
    rina.send(page, {"text": "Kini memakai UPS."})
    [path] = [link for link in links(rina.get(page).text) if link.endswith("/hapus")]
    asked = rina.get(path)
    assert asked.status_code == 200
    assert "Kini memakai UPS." in asked.text
    assert len(view().notes) == 1

    assert rina.send(path).status_code == 303
    assert view().notes == ()
    again = rina.get(page).text
    assert "Teksnya masih ada di formulir" in again
    assert "Kini memakai UPS.</textarea>" in again
    assert rina.send(path).status_code == 404
    assert rina.get(path).status_code == 404


def test_others_cannot_remove_it_but_the_administrator_can(client_of, rina, page, view):
    rina.send(page, {"text": "Kini memakai UPS."})
    path = f"{page}/catatan/{view().notes[0].id}/hapus"
    for who in ("joko", "salim"):
        browser = client_of(who)
        assert path not in links(browser.get(page).text)
        assert browser.get(path).status_code == 403
        assert browser.send(path).status_code == 403
    admin = client_of("admin")
    assert path in links(admin.get(page).text)
    assert admin.send(path).status_code == 303
    assert view().notes == ()


# ---- Looking at it again ----------------------------------------------------------------------


def test_an_old_case_says_why_and_a_technician_says_that_it_holds(
    rina, client_of, page, view, clock
):
    assert rina.send(f"{page}/berlaku").status_code == 409
    clock.tick(days=4 * 366)
    rina = client_of("rina")  # the session of four years ago has ended
    assert view().review == (Review.OLD,)
    assert "perlu ditinjau" in rina.get(page).text
    assert page in links(rina.get("/kasus/tinjau").text)

    assert rina.send(f"{page}/berlaku").status_code == 303

    text = rina.get(page).text
    assert "perlu ditinjau" not in text
    assert "Tidak ada kasus yang perlu ditinjau." in rina.get("/kasus/tinjau").text
    assert "Masih berlaku." in text
    assert client_of("salim").send(f"{page}/berlaku").status_code == 403


# ---- Off the wiki, and back ---------------------------------------------------------------------


def test_a_case_is_taken_off_after_a_question_and_put_back(salim, rina, page, number, view):
    assert "Tarik “Jaringan loket perekaman putus” dari wiki?" in salim.get(f"{page}/tarik").text
    assert view().retracted is None

    answer = salim.send(f"{page}/tarik", {"reason": f"Memuat denah. {SCRIPT}"})
    assert (answer.status_code, answer.location) == (303, page)
    text = rina.get(page).text
    assert "ditarik dari wiki" in text
    assert "Memuat denah." in text
    assert "<script>alert" not in text
    assert "Baca halamannya di wiki" not in text
    assert page not in links(rina.get("/kasus/").text)
    assert page in links(rina.get("/kasus/ditarik").text)
    assert "Kasusnya ditarik dari wiki." in rina.get(f"/tiket/{number}").text

    assert salim.send(f"{page}/kembalikan").status_code == 303
    assert view().retracted is None
    assert page in links(rina.get("/kasus/").text)
    assert "Tidak ada kasus yang ditarik." in rina.get("/kasus/ditarik").text


def test_without_a_reason_it_stays(salim, page, view):
    answer = salim.send(f"{page}/tarik", {"reason": ""})
    assert answer.status_code == 422
    assert "Isian ini wajib." in answer.text
    answer = salim.send(f"{page}/tarik", {"reason": "panjang " * 100})
    assert answer.status_code == 422
    assert "panjang panjang" in answer.text
    assert view().retracted is None


def test_taken_off_twice_is_once_and_by_another_is_refused(salim, client_of, page):
    for _ in range(2):
        assert salim.send(f"{page}/tarik", {"reason": "Keliru."}).status_code == 303
    answer = client_of("admin").send(f"{page}/tarik", {"reason": "Keliru sekali."})
    assert answer.status_code == 409
    assert "sudah ditarik oleh Salim Ahmad" in answer.text
    assert "Keliru sekali.</textarea>" in answer.text
    for _ in range(2):
        assert salim.send(f"{page}/kembalikan").status_code == 303


def test_technicians_take_nothing_off(rina, page, view):
    assert rina.get(f"{page}/tarik").status_code == 403
    assert rina.send(f"{page}/tarik", {"reason": "Keliru."}).status_code == 403
    assert rina.send(f"{page}/kembalikan").status_code == 403
    assert view().retracted is None


def test_a_note_that_cannot_be_kept_now_is_shown_to_be_copied(rina, page, office, monkeypatch):
    def away(_deed):
        raise StoreAway("Penyimpanan tidak terjangkau.")

    token = rina.token()
    monkeypatch.setattr(type(office.tools.store), "write", lambda _store, deed: away(deed))
    answer = rina.send(page, {"text": "Kini memakai UPS.", "form_page": page, "csrf_token": token})
    assert answer.status_code == 503
    assert "Kini memakai UPS." in answer.text
