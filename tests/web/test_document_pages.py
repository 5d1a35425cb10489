"""A ticket's papers in the browser: shown, issued, given out, corrected, struck, taken back signed, and checked."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.settings import Official, PaperSettings
from pulih.domain.papers.stored import to_document
from pulih.domain.people import HEADS

pytestmark = pytest.mark.slow  # as a whole

WORK, RECEIPT = PaperKind.WORK, PaperKind.RECEIPT
SETTINGS = PaperSettings(
    lines=("PEMERINTAH KABUPATEN SUMBAWA", "DINAS KOMUNIKASI"),
    place="Sumbawa Besar",
    officials={role: Official(rank="Pembina (IV/a)") for role in HEADS},
)


class PlainPrinter:
    """Prints a paper as what it says; the real one has its own tests."""

    name = "plain 1"

    def __init__(self, real):
        self.real = real

    def page(self, paper):
        return f"<p>KONSEP {paper.kind}"

    def pdf(self, paper):
        return b"%PDF-1.7\n" + repr(paper).encode()

    def photo(self, _content):
        return None

    def picture(self, _way):
        return ""


@pytest.fixture
def office(office):
    """An office that has decided how its papers look."""
    printer = PlainPrinter(office.papers.printer)
    with office.tools.store.writing() as records:
        records.settings.put("papers", to_document(SETTINGS))
        records.people.save(replace(records.people.get("rina"), rank="Penata (III/c)"))
    return replace(
        office,
        papers=replace(office.papers, printer=printer),
        issuing=replace(office.issuing, printer=printer),
    )


@pytest.fixture
def closed(desk):
    return desk(by_fix=False)


@pytest.fixture
def rina(client_of):
    return client_of("rina")


@pytest.fixture
def issued(office, cast, closed):
    return office.issuing.issue(cast.lead, closed, WORK, base="http://localhost/")


def home(number, kind=WORK):
    return f"/tiket/{number}/dokumen/{kind}"


def act(number, paper, what):
    return f"/tiket/{number}/terbitan/{paper.id}/{what}"


# ---- On the ticket --------------------------------------------------------------------------------


def test_the_tickets_page_lists_its_papers(rina, closed):
    page = rina.get(f"/tiket/{closed}").text

    assert 'id="dokumen"' in page
    assert page.count("Belum terbit") == len(PaperKind)
    for kind in PaperKind:
        assert home(closed, kind) in page


def test_a_paper_that_was_issued_is_listed_with_its_number(rina, closed, issued):
    page = rina.get(f"/tiket/{closed}").text

    assert issued.number in page
    assert page.count("Belum terbit") == len(PaperKind) - 1


def test_an_agency_is_not_offered_what_goes_from_desk_to_desk(client_of, closed):
    page = client_of("dewi").get(f"/tiket/{closed}").text

    assert home(closed) in page
    assert home(closed, PaperKind.REPORT) not in page
    assert client_of("dewi").get(home(closed, PaperKind.REPORT)).status_code == 404


# ---- A draft --------------------------------------------------------------------------------------


def test_a_draft_is_shown_in_a_frame_that_can_do_nothing(rina, closed):
    page = rina.get(home(closed)).text
    assert f'src="{home(closed)}/pratinjau"' in page

    draft = rina.get(home(closed) + "/pratinjau")

    assert "KONSEP" in draft.text
    policy = draft.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy


def test_a_draft_can_be_had_as_a_pdf(rina, closed):
    answer = rina.get(home(closed) + "/konsep.pdf")

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


def test_what_is_missing_is_named_and_there_is_no_button(office, rina, closed):
    with office.tools.store.writing() as records:
        records.settings.put("papers", to_document(replace(SETTINGS, place="", lines=())))

    page = rina.get(home(closed)).text
    assert "Tempat penandatanganan" in page
    assert "Kop surat" in page
    assert "diisi administrator, di Orang dan di Setelan dokumen" in page  # where to go on
    assert "/terbitkan" not in page

    answer = rina.send(home(closed) + "/terbitkan")
    assert answer.status_code == 422
    assert "Tempat penandatanganan" in answer.text


@pytest.mark.parametrize("kind", ["lain", "..", "ba-pekerjaan%00"])
def test_an_unknown_paper_is_not_found(rina, closed, kind):
    assert rina.get(f"/tiket/{closed}/dokumen/{kind}").status_code == 404


# ---- Issuing --------------------------------------------------------------------------------------


def test_a_paper_is_issued_and_given_out_with_the_same_bytes(rina, closed):
    answer = rina.send(home(closed) + "/terbitkan")
    assert answer.status_code == 303

    page = rina.get(home(closed)).text
    assert "001/BA/DKISP/III/2026" in page
    [link] = set(re.findall(rf"/tiket/{closed}/terbitan/[a-z2-7]+\.pdf", page))
    first, again = rina.get(link), rina.get(link)
    assert first.data == again.data
    assert first.data.startswith(b"%PDF")
    assert "sandbox" not in first.headers["Content-Security-Policy"]
    assert "attachment" in rina.get(link + "?unduh=1").headers["Content-Disposition"]
    assert "/" not in first.headers["Content-Disposition"].split("filename=")[1].split(";")[0]


def test_issuing_twice_is_issuing_once(office, rina, closed):
    for _ in range(2):
        assert rina.send(home(closed) + "/terbitkan").status_code == 303

    with office.tools.store.reading() as records:
        assert len(records.papers.find(ticket=closed)) == 1


def test_who_may_not_issue_has_no_button_and_is_refused(client_of, closed):
    dewi = client_of("dewi")
    page = dewi.get(home(closed)).text

    assert "/terbitkan" not in page
    assert "Begitu kantor menerbitkannya" in page
    assert "Periksa konsepnya" not in page
    assert dewi.send(home(closed) + "/terbitkan").status_code == 403
    assert client_of("hasan").send(home(closed) + "/terbitkan").status_code == 404


def test_the_printed_address_is_the_one_that_the_office_names(office, cast, rina, closed):
    office.verifying.decide(cast.admin, public=True, address="https://meja.example", seen=0)

    rina.send(home(closed) + "/terbitkan")

    with office.tools.store.reading() as records:
        [paper] = records.papers.find(ticket=closed)
    _slip, content = office.papers.content(cast.lead, closed, paper.id)
    assert f"https://meja.example/dokumen/{paper.id}".encode() in content.read()
    content.close()


# ---- Correcting and cancelling ---------------------------------------------------------------------


def test_a_correction_takes_the_papers_place(rina, closed, issued):
    answer = rina.send(act(closed, issued, "ralat"), {"reason": "Nomor seri keliru."})
    assert answer.status_code == 303

    page = rina.get(home(closed)).text
    assert "002/BA/DKISP/III/2026" in page
    assert "Nomor seri keliru." in page
    assert issued.number in page
    assert "Diganti" in page


def test_without_a_reason_the_form_comes_back_open(client_of, closed, issued):
    for who, what in (("rina", "ralat"), ("salim", "batalkan")):
        answer = client_of(who).send(act(closed, issued, what), {"reason": " "})
        assert answer.status_code == 422
        assert re.search(r'<details id="(ralat|batal)" open>', answer.text)
        assert 'aria-invalid="true"' in answer.text


def test_a_reason_that_is_too_long_is_kept_in_the_form(client_of, closed, issued):
    typed = "panjang " * 70

    answer = client_of("salim").send(act(closed, issued, "batalkan"), {"reason": typed})

    assert answer.status_code == 422
    assert typed in answer.text


def test_a_cancelled_number_is_shown_struck(client_of, rina, closed, issued):
    answer = client_of("salim").send(act(closed, issued, "batalkan"), {"reason": "Salah tiket."})
    assert answer.status_code == 303

    page = rina.get(home(closed)).text
    assert f"<del>{issued.number}</del>" in page
    assert "Salah tiket." in page
    assert "/terbitkan" in page
    again = client_of("salim").send(act(closed, issued, "batalkan"), {"reason": "Lagi."})
    assert again.status_code == 409


def test_who_may_not_decide_is_offered_nothing(client_of, closed, issued):
    page = client_of("dewi").get(home(closed)).text
    assert "/ralat" not in page
    assert "/batalkan" not in page
    for what in ("ralat", "batalkan"):
        answer = client_of("dewi").send(act(closed, issued, what), {"reason": "x"})
        assert answer.status_code == 403
    assert client_of("hasan").send(act(closed, issued, "ralat"), {"reason": "x"}).status_code == 404


# ---- Signed copies ---------------------------------------------------------------------------------


def test_a_scan_is_taken_back_and_given_out_as_it_came(client_of, closed, issued, upload):
    dewi = client_of("dewi")
    answer = dewi.send(act(closed, issued, "salinan"), {"signed": upload("ttd.png")})
    assert answer.status_code == 303

    page = dewi.get(home(closed)).text
    assert "ttd.png" in page
    [link] = re.findall(rf"/tiket/{closed}/terbitan/[a-z2-7]+/salinan/[0-9a-f]+", page)[-1:]
    copy = dewi.get(link)
    assert copy.data.startswith(b"\x89PNG")
    assert "sandbox" in copy.headers["Content-Security-Policy"]
    assert client_of("hasan").get(link).status_code == 404


def test_a_copy_that_is_no_file_or_no_document_is_refused(rina, closed, issued, upload):
    nothing = rina.send(act(closed, issued, "salinan"))
    program = rina.send(act(closed, issued, "salinan"), {"signed": upload("a.exe", b"MZ")})

    for answer in (nothing, program):
        assert answer.status_code == 422
        assert 'aria-describedby="f-signed-salah"' in answer.text
    twice = [
        rina.send(act(closed, issued, "salinan"), {"signed": upload("ttd.png")}) for _ in range(2)
    ]
    assert [answer.status_code for answer in twice] == [303, 409]


def handed_in(client, closed, issued, upload):
    """Hand in a signed copy; return where it is given out."""
    client.send(act(closed, issued, "salinan"), {"signed": upload("ttd.png")})
    links = rf"/tiket/{closed}/terbitan/[a-z2-7]+/salinan/[0-9a-f]+"
    return re.findall(links, client.get(home(closed)).text)[-1]


def test_a_copy_that_was_handed_in_by_mistake_is_taken_back_and_stays_struck(
    client_of, closed, issued, upload
):
    dewi = client_of("dewi")
    link = handed_in(dewi, closed, issued, upload)
    assert f'action="{link}/tarik"' in dewi.get(home(closed)).text
    assert "sudah ada salinan" in dewi.get(f"/tiket/{closed}").text

    answer = dewi.send(f"{link}/tarik", {"reason": "<b>Salah</b> berkas."})

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("#salinan")
    page = dewi.get(home(closed)).text
    assert f'<del><a href="{link}">ttd.png</a></del>' in page
    assert "&lt;b&gt;Salah&lt;/b&gt; berkas." in page
    assert f"{link}/tarik" not in page
    assert dewi.get(link).data.startswith(b"\x89PNG")
    assert "sudah ada salinan" not in dewi.get(f"/tiket/{closed}").text


def test_without_a_reason_a_copy_stays_and_the_form_comes_back_open(
    client_of, closed, issued, upload
):
    dewi = client_of("dewi")
    link = handed_in(dewi, closed, issued, upload)

    answer = dewi.send(f"{link}/tarik", {"reason": " "})

    assert answer.status_code == 422
    place = f"tarik-{link.rpartition('/')[2]}"
    assert f'<details id="{place}" open>' in answer.text
    assert f'aria-describedby="f-{place}-salah"' in answer.text
    assert "<del>" not in dewi.get(home(closed)).text


def test_who_did_not_hand_a_copy_in_is_not_offered_to_take_it_back(
    client_of, rina, closed, issued, upload
):
    link = handed_in(client_of("dewi"), closed, issued, upload)

    assert "/tarik" not in rina.get(home(closed)).text
    assert rina.send(f"{link}/tarik", {"reason": "x"}).status_code == 403
    assert client_of("hasan").send(f"{link}/tarik", {"reason": "x"}).status_code == 404
    assert client_of("salim").send(f"{link}/tarik", {"reason": "x"}).status_code == 303


def test_a_second_click_on_a_correction_leads_to_the_same_paper(office, cast, rina, closed, issued):
    sent = {"reason": "Nomor seri keliru."}
    answers = [rina.send(act(closed, issued, "ralat"), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(office.papers.show(cast.lead, closed, WORK).shelved.before) == 1


# ---- The page of the QR code -----------------------------------------------------------------------


def test_whoever_holds_the_paper_learns_what_is_on_it_and_how_it_stands(client_of, issued):
    answer = client_of().get(f"/dokumen/{issued.id}")

    assert answer.status_code == 200
    for shown in (issued.number, issued.digest, "Dokumen ini berlaku", "Irawan Subekti"):
        assert shown in answer.text
    for hidden in (issued.ticket, "Loket KTP-el", "196805121994031005", "0812"):
        assert hidden not in answer.text
    assert "bukan tanda tangan elektronik tersertifikasi" in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_page_says_when_a_paper_was_corrected_or_cancelled(office, cast, client_of, issued):
    new = office.issuing.correct(cast.lead, issued.ticket, issued.id, "Keliru.", base="http://x/")
    old_page = client_of().get(f"/dokumen/{issued.id}").text
    assert "Dokumen ini sudah diganti" in old_page
    assert f"/dokumen/{new.id}" in old_page

    office.issuing.cancel(cast.section, issued.ticket, new.id, "Salah tiket.")
    page = client_of().get(f"/dokumen/{new.id}").text
    assert "Dokumen ini dibatalkan" in page
    assert f"<del>{new.number}</del>" in page


def test_a_copy_is_compared_and_not_kept(office, cast, client_of, issued, upload):
    nobody = client_of()
    _slip, content = office.papers.content(cast.lead, issued.ticket, issued.id)
    original = content.read()
    content.close()
    at = f"/dokumen/{issued.id}"

    same = nobody.send(at, {"copy": upload("surat.pdf", original), "csrf_token": nobody.token(at)})
    other = nobody.send(at, {"copy": upload("a.pdf", b"%PDF"), "csrf_token": nobody.token(at)})
    none = nobody.send(at, {"csrf_token": nobody.token(at)})

    assert (same.status_code, other.status_code, none.status_code) == (200, 200, 422)
    assert "sama persis" in same.text
    assert "lain dari dokumen yang diterbitkan" in other.text
    with office.tools.store.reading() as records:
        assert not [a for a in records.attachments.find(ticket=issued.ticket) if a.name == "a.pdf"]


def test_the_letters_day_is_the_one_that_stands_on_it(office, cast, client_of, closed):
    letter = office.issuing.issue(cast.lead, closed, PaperKind.LETTER, base="http://localhost/")

    with office.tools.store.reading() as records:
        written = records.tickets.get(closed).letter["letter_date"]
    assert letter.on.isoformat() == written
    assert letter.on != letter.at.date()


def test_another_language_leads_back_to_the_paper_after_a_copy_was_compared(
    client_of, issued, upload
):
    nobody, at = client_of(), f"/dokumen/{issued.id}"
    answer = nobody.send(at, {"copy": upload("a.pdf", b"%PDF"), "csrf_token": nobody.token(at)})

    assert f'name="back" value="{at}"' in answer.text


def test_an_address_of_nothing_is_not_found(client_of, issued):
    assert client_of().get("/dokumen/" + "a" * 26).status_code == 404
    assert client_of().get("/dokumen/x").status_code == 404


def test_an_office_that_wants_it_so_asks_to_sign_in_first(office, cast, client_of, rina, issued):
    office.verifying.decide(cast.admin, public=False, address="", seen=0)

    answer = client_of().get(f"/dokumen/{issued.id}")

    assert (answer.status_code, "/masuk" in answer.location) == (303, True)
    assert rina.get(f"/dokumen/{issued.id}").status_code == 200


# ---- The register ----------------------------------------------------------------------------------


def test_the_register_shows_each_number_struck_ones_too(office, cast, client_of, issued):
    office.issuing.cancel(cast.section, issued.ticket, issued.id, "Salah tiket.")
    office.issuing.issue(cast.lead, issued.ticket, WORK, base="http://x/")

    page = client_of("irawan").get("/nomor/").text

    assert f"<del>{issued.number}</del>" in page
    assert "002/BA/DKISP/III/2026" in page
    assert "Salah tiket." in page
    empty = client_of("irawan").get(f"/nomor/?jenis={RECEIPT}&tahun=2026").text
    assert "Belum ada nomor" in empty
    for odd in ("jenis=x&tahun=abc", "tahun=99999", "halaman=999"):
        assert client_of("irawan").get(f"/nomor/?{odd}").status_code == 200


def test_the_register_says_why_a_paper_took_the_place_of_another(office, cast, client_of, issued):
    office.issuing.correct(cast.lead, issued.ticket, issued.id, "Nama keliru.", base="http://x/")

    assert "Ralat karena: Nama keliru." in client_of("irawan").get("/nomor/").text


def test_the_register_is_the_offices(client_of, issued):
    assert client_of("dewi").get("/nomor/").status_code == 403
    assert "/nomor/" not in client_of("dewi").get("/tiket/").text


def test_the_administrator_decides_how_papers_are_checked(office, client_of):
    admin = client_of("admin")
    form = admin.get("/nomor/pemeriksaan").text
    assert "selected>Siapa pun yang memegang dokumennya" in form

    wrong = admin.send(
        "/nomor/pemeriksaan", {"public": "tidak", "address": "meja saya", "seen": "0"}
    )
    assert wrong.status_code == 422
    assert 'value="meja saya"' in wrong.text
    assert "selected>Hanya yang masuk" in wrong.text

    fields = {"public": "tidak", "address": "https://meja.example", "seen": "0"}
    assert admin.send("/nomor/pemeriksaan", fields).status_code == 303
    assert not office.verifying.checking.public
    overtaken = admin.send("/nomor/pemeriksaan", {**fields, "address": "https://x.example"})
    assert overtaken.status_code == 409
    assert 'value="https://x.example"' in overtaken.text
    for who in ("rina", "irawan"):
        assert client_of(who).get("/nomor/pemeriksaan").status_code == 403
        assert client_of(who).send("/nomor/pemeriksaan", fields).status_code == 403


# ---- With the real printer ---------------------------------------------------------------------------


@pytest.mark.slow
def test_every_paper_of_a_ticket_is_drawn_numbered_and_says_where_it_is_checked(
    office, cast, rina, closed, upload
):
    real = office.papers.printer.real
    said = "bukan tanda tangan elektronik tersertifikasi"
    papers, issuing = (replace(desk, printer=real) for desk in (office.papers, office.issuing))

    for kind in PaperKind:
        assert said not in text_of(papers.draft(cast.lead, closed, kind))
        paper = issuing.issue(cast.lead, closed, kind, base="http://localhost/")
        printed = rina.get(act(closed, paper, "")[:-1] + ".pdf").data
        text = text_of(printed)
        assert paper.number in text
        assert said in text
        at = f"/dokumen/{paper.id}"
        checked = rina.send(at, {"copy": upload("surat.pdf", printed)})
        assert "sama persis" in checked.text


def text_of(pdf):
    """The words of a PDF, however they are parted into lines."""
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )
