"""Searching past cases on the desk: for whom, with what kept, and what odd words do to it."""

from __future__ import annotations

import html

import pytest

pytestmark = pytest.mark.slow  # as a whole

OFFICE = ("irawan", "nurhayati", "salim", "rina", "joko", "admin")
SCRIPT = '"><script>alert(1)</script>'
HOSTILE = {
    "ten thousand characters": "internet lemot " * 700,
    "one long word": "x" * 10_000,
    "one letter": "a",
    "only symbols": "?!#$%^&*()[]{}|\\/<>~`",
    "operators": 'loket AND NOT (putus OR "jaringan") NEAR/2 ^subject: -x *',
    "half a quote": '"loket',
    "SQL": "'; DROP TABLE tickets; --",
    "HTML": SCRIPT,
    "emoji": "📶🚫 wifi 🙏",
    "other scripts": "网络很慢 сеть الشبكة",
    "only stop words": "yang di dan ke dari untuk",
    "nothing that is written": "\u200b\u202e\x00",
    "half a character": "\ud800",
    "English": "the internet connection is very slow in the office",
}
only_the_office = pytest.mark.parametrize("who", OFFICE)


@pytest.fixture
def rina(client_of):
    return client_of("rina")


@pytest.fixture
def wanted(office, cast):
    return lambda: [one.words for one in office.wanted.page(cast.admin).items]


def search(browser, words: str = "", **more: str):
    return browser.get("/kasus/", query_string={"q": words, **more})


# ---- For whom ---------------------------------------------------------------------------------


@only_the_office
def test_everybody_of_the_office_searches_from_the_header_of_every_page(client_of, desk, who):
    number = desk()
    browser = client_of(who)
    for page in ("/meja", "/tiket/", f"/kasus/{number}", "/akun"):
        assert 'id="kotak-atas"' in browser.get(page).text, page
    assert number in search(browser, "loket perekaman putus").text


@pytest.mark.parametrize("part", ["", "1"])
def test_people_of_an_agency_search_nothing_and_have_no_box(client_of, desk, part):
    desk()
    dewi = client_of("dewi")
    answer = search(dewi, "loket", bagian=part)
    assert answer.status_code == 403
    assert "perekaman" not in answer.text
    assert 'id="kotak-atas"' not in dewi.get("/meja").text


def test_nobody_searches_without_signing_in(client_of, desk):
    desk()
    answer = search(client_of(), "loket")
    assert (answer.status_code, answer.location[:6]) == (303, "/masuk")


def test_the_search_page_has_one_box_its_own(rina):
    page = rina.get("/kasus/?q=loket").text
    assert page.count('name="q"') == 1
    assert 'value="loket"' in page


# ---- Odd words --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("part", ["", "1"])
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_typed_is_no_error_and_is_shown_as_text(rina, desk, words, part):
    desk()
    answer = search(rina, words.encode("utf-8", "surrogatepass"), bagian=part)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("words", ["?!#", "qwrtzpsdf", "\u200b"])
def test_words_that_say_nothing_do_not_show_every_case(rina, desk, words):
    number = desk()
    assert f"/kasus/{number}" not in search(rina, words).text


@pytest.mark.slow
@pytest.mark.parametrize(
    "odd",
    ["opd=%00", "tahun=abad", "opd=" + "x" * 500, "halaman=-1", "halaman=x", "halaman=" + "9" * 40,
     "golongan='--", "perangkat=switch&perangkat=router", "lain=1"],
)  # fmt: skip
def test_an_odd_address_is_no_error(rina, desk, odd):
    desk()
    assert rina.get(f"/kasus/?q=loket&{odd}").status_code == 200


# ---- What is shown ----------------------------------------------------------------------------


def test_a_case_says_why_it_is_shown_where_and_what_helped(rina, desk):
    number = desk()
    page = html.unescape(search(rina, "switch hangus").text)
    assert f'href="/kasus/{number}"' in page
    for said in ("Penyebab:", "Tindakan:", "Pulih dalam", "<mark>", "1 kasus", "(sinonim)"):
        assert said in page, said


def test_filters_keep_the_words_and_can_be_removed(rina, desk):
    desk()
    page = html.unescape(search(rina, "loket").text)
    assert "/kasus/?q=loket&opd=dukcapil" in page
    page = html.unescape(search(rina, "loket", opd="dukcapil", tahun="2026").text)
    assert "Dinas Kependudukan dan Pencatatan Sipil" in page
    assert 'href="/kasus/?q=loket&tahun=2026"' in page
    assert 'href="/kasus/?q=loket&opd=dukcapil"' in page
    assert '<input type="hidden" name="opd" value="dukcapil">' in page


def test_a_page_beyond_the_last_is_the_last(rina, desk):
    for n in range(11):
        desk(letter_number=f"{n}/A")
    first, second, far = (search(rina, "loket", halaman=page).text for page in ("1", "2", "99"))
    assert "Halaman 1 dari 2" in first
    assert first.count('<article class="card match">') == 10
    assert "Halaman 2 dari 2" in second
    assert "Halaman 2 dari 2" in far
    assert "halaman=2" in first


def test_a_filter_that_leaves_nothing_says_what_there_would_be_without_it(rina, desk):
    desk()
    page = html.unescape(search(rina, "loket perekaman", opd="dikbud").text)
    assert "Tidak ada kasus yang cocok." in page
    assert "Dengan saringan yang lebih longgar" in page
    assert 'href="/kasus/?q=loket+perekaman"' in page


def test_an_open_ticket_stands_apart(rina, desk):
    number = desk("examination", subject="Telepon meja bisu")
    page = search(rina, "telepon bisu").text
    assert "Sedang ditangani" in page
    assert f'href="/tiket/{number}"' in page
    assert f'href="/kasus/{number}"' not in page


def test_the_inner_part_alone_is_given_to_the_script(rina, desk):
    desk()
    part = search(rina, "loket", bagian="1").text
    assert "<html" not in part
    assert "data-count" in part


def test_half_a_word_that_finds_nothing_is_not_noted_and_a_search_that_was_sent_is(rina, wanted):
    search(rina, "telepon bi", bagian="1")
    assert wanted() == []
    search(rina, "telepon bisu")
    assert wanted() == ["telepon bisu"]


# ---- Temuan serupa ----------------------------------------------------------------------------


def test_similar_cases_follow_the_form_without_saving_anything(office, cast, rina, desk):
    number = desk()
    ticket = desk("examination", letter_number="9/A", subject="Jaringan putus")
    path = f"/tiket/{ticket}/temuan"
    before = rina.send(path).text
    after = rina.send(path, {"fault_type": "perangkat-rusak"}).text
    assert number in before
    assert number in after
    assert "Jenis gangguan sama" not in before
    assert "Jenis gangguan sama" in after
    assert "<html" not in after
    assert not office.tickets.show(cast.lead, ticket).ticket.facts_of("examination")


def test_what_was_typed_and_kept_counts_when_the_page_is_opened_again(office, cast, rina, desk):
    desk()
    ticket = desk("examination", letter_number="9/A", subject="Jaringan putus")
    page = f"/tiket/{ticket}"
    assert "Jenis gangguan sama" not in rina.get(page).text
    typed = {"stage": ["examination"], "fault_type": ["perangkat-rusak"]}
    office.drafts.keep(cast.lead.id, page, typed)
    assert "Jenis gangguan sama" in rina.get(page).text


@pytest.mark.slow
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_form_with_odd_findings_is_no_error(rina, desk, words, wanted):
    ticket = desk("examination", letter_number="9/A")
    odd = words.encode("utf-8", "replace").decode()
    form = {"fault_type": odd, "device": odd, "readings.what": [odd, odd], "readings.lain": odd}
    answer = rina.send(f"/tiket/{ticket}/temuan", {**form, "kata": odd, "device_note": [odd, "x"]})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert wanted() == []


@pytest.mark.parametrize(("who", "status"), [("dewi", 403), ("hasan", 403), ("", 401)])
def test_who_may_not_find_cases_is_told_of_none(client_of, desk, who, status):
    desk()
    ticket = desk("examination", letter_number="9/A")
    answer = client_of(who).send(f"/tiket/{ticket}/temuan", {"fault_type": "perangkat-rusak"})
    assert answer.status_code == status
    assert "Penyebab" not in answer.text


def test_a_ticket_that_is_not_so_far_has_none(rina, desk):
    assert rina.send(f"/tiket/{desk('disposition')}/temuan").text == ""
    assert rina.send("/tiket/2020-0001/temuan").status_code == 404


def test_dipakai_and_tidak_cocok_are_kept_with_the_words_and_taken_back(office, rina, desk):
    case, ticket = desk(), desk("examination", letter_number="9/A")
    path = f"/tiket/{ticket}/temuan/{case}"
    answer = rina.send(path, {"said": "yes", "kata": "switch hangus"})
    assert answer.location == f"/tiket/{ticket}?kata=switch+hangus#temuan"
    with office.tools.store.reading() as records:
        (said,) = records.helped.find(ticket=ticket)
    assert (said.helped, said.query) == (True, "switch hangus")
    assert "Batalkan" in rina.get(f"/tiket/{ticket}?kata=switch+hangus").text
    rina.send(path, {"said": "undo"})
    with office.tools.store.reading() as records:
        assert records.helped.find(ticket=ticket) == []


def test_a_mark_that_says_nothing_is_none(office, rina, desk):
    case, ticket = desk(), desk("examination", letter_number="9/A")
    for said in ({}, {"said": ""}, {"said": "ya"}):
        assert rina.send(f"/tiket/{ticket}/temuan/{case}", said).status_code == 400
    with office.tools.store.reading() as records:
        assert records.helped.find(ticket=ticket) == []


# ---- While a letter is entered ----------------------------------------------------------------


def test_a_similar_open_ticket_is_shown_while_the_letter_is_entered(rina, desk):
    ticket = desk("examination")
    letter = {"agency": "dukcapil", "subject": "Loket perekaman putus lagi", "disturbed": ""}
    part = rina.send("/surat/serupa", letter).text
    assert "Sedang ditangani" in part
    assert f'href="/tiket/{ticket}"' in part
    assert "<html" not in part
    assert rina.send("/surat/serupa", {"agency": "", "subject": ""}).text.strip() == ""


def test_people_of_an_agency_are_shown_their_own_tickets_only(client_of, desk):
    ticket = desk("examination")
    letter = {"agency": "dukcapil", "subject": "Loket perekaman putus lagi"}
    assert ticket in client_of("dewi").send("/surat/serupa", letter).text
    answer = client_of("hasan").send("/surat/serupa", letter)
    assert ticket not in answer.text
    assert "perekaman" not in answer.text


@pytest.mark.parametrize(("who", "status"), [("irawan", 403), ("admin", 403), ("", 401)])
def test_who_registers_no_letters_asks_in_vain(client_of, desk, who, status):
    desk("examination")
    letter = {"agency": "dukcapil", "subject": "Loket perekaman putus lagi"}
    assert client_of(who).send("/surat/serupa", letter).status_code == status


@pytest.mark.slow
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_an_odd_letter_is_no_error(rina, desk, words):
    desk("examination")
    odd = words.encode("utf-8", "replace").decode()
    answer = rina.send("/surat/serupa", {"agency": odd, "subject": odd, "disturbed": odd})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_letter_that_comes_back_with_mistakes_shows_it_without_a_script(rina, desk):
    ticket = desk("examination")
    answer = rina.send("/surat/baru", {"agency": "dukcapil", "subject": "Loket perekaman putus"})
    assert answer.status_code == 422
    assert f'href="/tiket/{ticket}"' in answer.text
