"""Papers: shown, issued once, corrected by another, struck and kept; and what comes back signed."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pytest

from pulih.domain.issued import Standing
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.settings import Official, PaperSettings
from pulih.domain.papers.stored import to_document
from pulih.domain.people import HEADS
from pulih.domain.signed import Examined
from pulih.errors import (
    Conflict,
    Contended,
    Damaged,
    Duplicate,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    OutOfOrder,
    Refused,
    TooLarge,
    Unavailable,
)
from pulih.service.planned import token_of
from pulih.service.signed import SignedDesk
from pulih.service.verifying import Match

BASE = "https://meja.example/"
WORK, REPLACEMENT, RECEIPT = PaperKind.WORK, PaperKind.REPLACEMENT, PaperKind.RECEIPT
SETTINGS = PaperSettings(
    lines=("PEMERINTAH KABUPATEN SUMBAWA", "DINAS KOMUNIKASI"),
    place="Sumbawa Besar",
    officials={role: Official(rank="Pembina (IV/a)") for role in HEADS},
)


@pytest.fixture
def office(office, cast):
    """An office that has decided how its papers look."""
    with office.tools.store.writing() as records:
        records.settings.put("papers", to_document(SETTINGS))
        records.people.save(replace(cast.lead, rank="Penata (III/c)"))
    return office


@pytest.fixture
def closed(office):
    return office.closed().number


def issue(office, number, kind=WORK, by=None):
    return office.issuing.issue(by or office.cast.lead, number, kind, base=BASE)


def bytes_of(office, paper, by=None):
    _slip, content = office.papers.content(by or office.cast.lead, paper.ticket, paper.id)
    with content:
        return content.read()


def lines(office, **equal):
    with office.tools.store.reading() as records:
        return sorted(records.numbers.find(**equal), key=lambda line: line.serial)


def last(office, kind=WORK, year=2026):
    with office.tools.store.reading() as records:
        return records.last_number(f"paper-{kind}-{year}")


def kinds(office, number, by):
    return [one.kind for one in office.papers.shelf(by, number)]


# ---- Showing ------------------------------------------------------------------------------------


def test_the_shelf_holds_what_the_ticket_has_come_to(office, cast):
    ticket = office.at("disposition")
    assert kinds(office, ticket.number, cast.lead) == [PaperKind.LETTER, RECEIPT]

    ticket = office.take(ticket, "disposition")
    assert kinds(office, ticket.number, cast.lead)[-1] is PaperKind.DISPOSITION


def test_all_seven_are_on_the_shelf_of_a_ticket_that_came_the_longest_way(office, cast, closed):
    assert kinds(office, closed, cast.lead) == list(PaperKind)


def test_an_agency_sees_its_papers_but_for_those_that_go_from_desk_to_desk(office, cast, closed):
    assert kinds(office, closed, cast.contact) == [
        PaperKind.LETTER, RECEIPT, PaperKind.ASSIGNMENT, REPLACEMENT, WORK,
    ]  # fmt: skip
    for kind in (PaperKind.DISPOSITION, PaperKind.REPORT):
        paper = issue(office, closed, kind)
        with pytest.raises(NotFound):
            office.papers.show(cast.contact, closed, kind)
        with pytest.raises(NotFound):
            office.papers.content(cast.contact, closed, paper.id)
    assert bytes_of(office, issue(office, closed), cast.contact)


def test_a_paper_that_the_ticket_has_not_come_to_can_neither_be_shown_nor_issued(office, cast):
    number = office.at("disposition").number

    with pytest.raises(OutOfOrder):
        office.papers.show(cast.lead, number, WORK)
    with pytest.raises(OutOfOrder):
        office.papers.draft(cast.lead, number, WORK)
    with pytest.raises(OutOfOrder):
        issue(office, number)


def test_a_draft_has_no_number_and_leads_nowhere(office, cast, closed):
    draft = office.papers.draft(cast.lead, closed, WORK).decode()

    assert "draft=True" in draft
    assert BASE not in draft
    assert "draft=True" in office.papers.page(cast.lead, closed, WORK)
    assert last(office) == 0


# ---- Issuing ------------------------------------------------------------------------------------


def test_a_paper_gets_the_next_number_of_its_kind_and_year(office, closed):
    first, second = issue(office, closed), issue(office, office.closed().number)

    assert (first.serial, second.serial) == (1, 2)
    assert first.number == "001/BA/DKISP/III/2026"
    assert issue(office, closed, REPLACEMENT).serial == 1
    office.tools.now.tick(days=365)
    assert issue(office, office.closed().number).number == "001/BA/DKISP/III/2027"


def test_issuing_again_gives_the_same_paper_with_the_same_bytes(office, cast, closed):
    paper = issue(office, closed)
    content = bytes_of(office, paper)
    office.tools.now.tick(days=3)

    assert issue(office, closed, by=cast.section) == paper
    assert bytes_of(office, paper) == content
    assert hashlib.sha256(content).hexdigest() == paper.digest
    assert (len(content), last(office), office.printer.printed) == (paper.size, 1, 1)


def test_what_is_printed_is_what_is_kept(office, closed):
    paper = issue(office, closed)
    printed = bytes_of(office, paper).decode()

    assert paper.number in printed
    assert f"{BASE}dokumen/{paper.id}" in printed
    assert "draft=False" in printed
    assert paper.engine == office.printer.name
    assert set(paper.parties) >= {"Rina Kartika", "Irawan Subekti"}


def test_bytes_that_are_not_those_that_were_issued_are_not_given_out(office, cast, closed):
    paper = issue(office, closed)
    office.tools.files.contents[paper.digest] += b" "

    with pytest.raises(Damaged, match="bukan lagi yang diterbitkan"):
        office.papers.content(cast.lead, closed, paper.id)


def test_the_letter_keeps_its_agencys_number_and_takes_none(office, closed):
    paper = issue(office, closed, PaperKind.LETTER)

    assert (paper.number, paper.serial, paper.series) == ("005/1/DUKCAPIL/2026", 0, "")
    assert issue(office, closed, PaperKind.LETTER) == paper


def test_a_paper_that_misses_a_fact_is_refused_and_takes_no_number(office, cast, closed):
    with office.tools.store.writing() as records:
        records.settings.put("papers", to_document(replace(SETTINGS, place="")))

    assert "Tempat penandatanganan" in str(office.papers.show(cast.lead, closed, WORK).missing[0])
    with pytest.raises(Invalid, match="Tempat penandatanganan"):
        issue(office, closed)
    assert (last(office), office.printer.printed) == (0, 0)


def test_when_another_is_quicker_the_paper_is_drawn_again_with_the_next_number(office, closed):
    other = office.closed().number

    def meanwhile():
        office.printer.meanwhile = lambda: None
        issue(office, other)

    office.printer.meanwhile = meanwhile

    paper = issue(office, closed)

    assert (paper.serial, last(office)) == (2, 2)
    assert paper.number in bytes_of(office, paper).decode()
    assert [line.ticket for line in lines(office)] == [other, closed]


def test_when_the_same_paper_is_issued_meanwhile_there_is_one(office, cast, closed):
    quicker = []

    def meanwhile():
        office.printer.meanwhile = lambda: None
        quicker.append(issue(office, closed, by=cast.section))

    office.printer.meanwhile = meanwhile

    assert [issue(office, closed)] == quicker
    assert last(office) == len(lines(office)) == 1


def test_when_the_ticket_moves_on_meanwhile_the_paper_says_what_is_so_then(office):
    ticket = office.at("disposition")

    def meanwhile():
        office.printer.meanwhile = lambda: None
        office.take(ticket, "disposition")

    office.printer.meanwhile = meanwhile

    paper = issue(office, ticket.number, RECEIPT)

    assert paper.version == ticket.version + 1
    assert (paper.serial, office.printer.printed) == (1, 2)


def test_where_others_never_let_it_have_a_number_it_is_given_up(office, closed):
    def taken():
        with office.tools.store.writing() as records:
            records.next_number("paper-ba-pekerjaan-2026")

    office.printer.meanwhile = taken

    with pytest.raises(Contended):
        issue(office, closed)
    assert lines(office) == []


@pytest.mark.parametrize("where", ["printer", "files"])
def test_a_paper_that_cannot_be_drawn_or_kept_leaves_nothing(office, closed, monkeypatch, where):
    def broken(*_args, **_more):
        raise Unavailable("Penuh.")

    with monkeypatch.context() as patch:
        if where == "printer":
            patch.setattr(office.printer, "pdf", broken)
        else:
            patch.setattr(office.tools.files, "keep", broken)
        with pytest.raises(Unavailable):
            issue(office, closed)
    assert (last(office), lines(office)) == (0, [])
    assert issue(office, closed).serial == 1


def test_a_pattern_that_numbers_nothing_is_named(office, closed):
    kept = SETTINGS.kinds[WORK]
    pattern = replace(SETTINGS, kinds={**SETTINGS.kinds, WORK: replace(kept, patterns={0: "BA"})})
    with office.tools.store.writing() as records:
        records.settings.put("papers", to_document(pattern))
    issue(office, closed)

    with pytest.raises(Duplicate, match="Pola nomornya"):
        issue(office, office.closed().number)
    assert (last(office), len(lines(office))) == (1, 1)


def test_who_may_not_issue_is_refused(office, cast, closed):
    for person in (cast.contact, cast.admin):
        with pytest.raises(NotAllowed):
            issue(office, closed, by=person)
    with pytest.raises(NotFound):
        issue(office, closed, by=cast.stranger)


def test_the_address_of_a_paper_is_known_to_nobody_without_the_key(office, closed):
    paper = issue(office, closed)

    assert token_of(office.issuing.key(), paper.place, 0, paper.number) == paper.id
    assert token_of("lain" * 10, paper.place, 0, paper.number) != paper.id
    assert len(paper.id) == 26


# ---- Correcting and cancelling -------------------------------------------------------------------


def test_a_correction_is_a_new_paper_that_names_the_old_one(office, cast, closed):
    old = issue(office, closed)
    before = bytes_of(office, old)
    office.tools.now.tick(hours=1)

    new = office.issuing.correct(cast.lead, closed, old.id, " Nomor seri\nkeliru. ", base=BASE)

    assert (new.serial, new.replaces, new.reason) == (2, old.id, "Nomor seri keliru.")
    printed = bytes_of(office, new).decode()
    assert f"Nomor {old.number} tanggal " in printed
    assert "Nomor seri keliru." in printed
    assert bytes_of(office, old) == before
    first, second = lines(office)
    assert (first.standing, first.replaced_by) == (Standing.REPLACED, new.id)
    assert second.standing is Standing.VALID
    assert issue(office, closed) == new
    shelved = office.papers.show(cast.lead, closed, WORK).shelved
    assert (shelved.current.issued, [slip.issued for slip in shelved.before]) == (new, [old])


def test_an_old_paper_is_corrected_once(office, cast, closed):
    old = issue(office, closed)
    office.issuing.correct(cast.lead, closed, old.id, "Keliru.", base=BASE)

    with pytest.raises(Refused):
        office.issuing.correct(cast.lead, closed, old.id, "Lagi.", base=BASE)
    with pytest.raises(Refused):
        office.issuing.cancel(cast.section, closed, old.id, "Lagi.")
    assert last(office) == 2


def test_of_two_who_correct_at_once_one_is_refused(office, cast, closed):
    old = issue(office, closed)

    def meanwhile():
        office.printer.meanwhile = lambda: None
        office.issuing.correct(cast.section, closed, old.id, "Lebih cepat.", base=BASE)

    office.printer.meanwhile = meanwhile

    with pytest.raises(Refused):
        office.issuing.correct(cast.lead, closed, old.id, "Keliru.", base=BASE)
    assert [line.standing for line in lines(office)] == [Standing.REPLACED, Standing.VALID]


def test_a_cancelled_number_is_kept_struck_and_not_given_again(office, cast, closed):
    old = issue(office, closed)
    office.tools.now.tick(hours=1)

    office.issuing.cancel(cast.section, closed, old.id, "Salah tiket.")

    new = issue(office, closed)
    assert (new.serial, new.replaces) == (2, "")
    assert new.id != old.id
    [struck, valid] = lines(office)
    assert (struck.standing, struck.struck.reason, struck.struck.name) == (
        Standing.CANCELLED, "Salah tiket.", "Salim Ahmad",
    )  # fmt: skip
    assert valid.standing is Standing.VALID
    assert bytes_of(office, old)
    with pytest.raises(Refused, match="sudah dibatalkan"):
        office.issuing.cancel(cast.section, closed, old.id, "Lagi.")


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b", "x" * 501])
def test_a_correction_and_a_cancellation_want_a_reason(office, cast, closed, reason):
    old = issue(office, closed)

    for ask in (
        lambda: office.issuing.correct(cast.lead, closed, old.id, reason, base=BASE),
        lambda: office.issuing.cancel(cast.section, closed, old.id, reason),
    ):
        with pytest.raises(Invalid) as refused:
            ask()
        assert [problem.field for problem in refused.value.problems] == ["reason"]
    assert [line.standing for line in lines(office)] == [Standing.VALID]


def test_a_device_that_is_replaced_a_second_time_has_a_paper_of_its_own(office, cast):
    ticket = office.at("trial")
    first = issue(office, ticket.number, REPLACEMENT)
    ticket = office.take(ticket, "trial", works="tidak")
    for stage in office.way[office.way.index("examination") : office.way.index("installation")]:
        ticket = office.take(ticket, stage)

    second = issue(office, ticket.number, REPLACEMENT)

    assert (first.occasion, second.occasion, second.serial) == (1, 2, 2)
    assert [line.standing for line in lines(office)] == [Standing.VALID] * 2
    shelved = office.papers.show(cast.lead, ticket.number, REPLACEMENT).shelved
    assert (shelved.current.issued, shelved.before[0].issued) == (second, first)
    with pytest.raises(Refused):
        office.issuing.correct(cast.lead, ticket.number, first.id, "Keliru.", base=BASE)


def test_a_team_that_changes_asks_for_a_correction_of_its_paper(office, cast):
    ticket = office.at("examination")
    issue(office, ticket.number, PaperKind.ASSIGNMENT)
    assert not office.papers.show(cast.lead, ticket.number, PaperKind.ASSIGNMENT).shelved.again

    office.take(ticket, "reappointment")

    assert office.papers.show(cast.lead, ticket.number, PaperKind.ASSIGNMENT).shelved.again


def test_the_register_lists_every_number_of_a_kind_and_year(office, cast, closed):
    old = issue(office, closed)
    office.issuing.cancel(cast.section, closed, old.id, "Salah.")
    new = issue(office, closed)

    slips = office.papers.register(cast.head, WORK, 2026)

    assert [(slip.issued, slip.standing) for slip in slips] == [
        (old, Standing.CANCELLED),
        (new, Standing.VALID),
    ]
    assert office.papers.years(cast.head)[2026][WORK] == 2
    assert office.papers.register(cast.head, WORK, 2025) == ()
    assert list(office.papers.years(cast.head)) == [2026]


# ---- What comes back signed -----------------------------------------------------------------------


def signed(office, paper, content, name="scan.pdf", by=None):
    return office.signing.take(
        by or office.cast.contact, paper.ticket, paper.id, name, io.BytesIO(content)
    )


def test_a_signed_copy_is_kept_as_it_came_beside_the_original(office, cast, closed):
    paper = issue(office, closed)
    original = bytes_of(office, paper)
    copy = original + b"\n% tanda tangan"

    line = signed(office, paper, copy)

    [one] = line.signed
    assert (one.contains, one.name, one.media_type) == (True, "Dewi Lestari", "application/pdf")
    kept, content = office.papers.signed(cast.lead, closed, paper.id, one.file)
    assert content.read() == copy
    assert kept.file_name == "scan.pdf"
    assert bytes_of(office, paper) == original


def test_a_scan_is_kept_and_not_looked_through(office, closed, tools):
    def never(_content):
        raise AssertionError

    desk = SignedDesk(tools, office.attachments, never)
    paper = issue(office, closed)

    line = desk.take(
        office.cast.lead, closed, paper.id, "foto.jpg", io.BytesIO(b"\xff\xd8\xff\xe0")
    )

    assert (line.signed[0].contains, line.signed[0].found) == (False, Examined())


def test_the_paper_itself_is_no_signed_copy_and_none_comes_twice(office, closed):
    paper = issue(office, closed)
    with pytest.raises(Invalid, match="belum ditandatangani"):
        signed(office, paper, bytes_of(office, paper))
    signed(office, paper, b"%PDF-1.7\nsatu")
    with pytest.raises(Duplicate):
        signed(office, paper, b"%PDF-1.7\nsatu", name="lain.pdf")
    assert len(lines(office)[0].signed) == 1


def test_there_is_an_end_to_signed_copies(office, closed):
    paper = issue(office, closed)
    for n in range(12):
        signed(office, paper, b"%%PDF-1.7\n%d" % n)

    with pytest.raises(Refused):
        signed(office, paper, b"%PDF-1.7\nlagi")


def test_a_copy_that_is_no_document_is_refused(office, closed):
    paper = issue(office, closed)

    with pytest.raises(Invalid):
        signed(office, paper, b"MZ program", name="dokumen.exe")
    assert lines(office)[0].signed == ()


def test_a_file_of_another_paper_is_not_given_out_as_a_signed_copy(office, cast, closed):
    paper = issue(office, closed)
    other = issue(office, closed, PaperKind.REPORT)

    for file in (paper.file, other.file, "0" * 32):
        with pytest.raises(NotFound):
            office.papers.signed(cast.lead, closed, paper.id, file)


def test_a_paper_is_not_found_under_another_ticket(office, cast, closed):
    paper, other = issue(office, closed), office.closed().number

    with pytest.raises(NotFound):
        office.papers.content(cast.lead, other, paper.id)
    with pytest.raises(NotFound):
        office.issuing.cancel(cast.section, other, paper.id, "x")


# ---- Checking -------------------------------------------------------------------------------------


def test_whoever_has_the_address_learns_how_a_paper_stands(office, cast, closed):
    old = issue(office, closed)
    found = office.verifying.look(None, old.id)
    assert (found.paper, found.standing, found.later) == (old, Standing.VALID, None)

    new = office.issuing.correct(cast.lead, closed, old.id, "Keliru.", base=BASE)
    assert office.verifying.look(None, old.id).later == new
    assert office.verifying.look(None, new.id).earlier == old
    office.issuing.cancel(cast.section, closed, new.id, "Salah.")
    found = office.verifying.look(None, new.id)
    assert (found.standing, found.struck_at) == (Standing.CANCELLED, office.tools.now())


@pytest.mark.parametrize("key", ["", "x", "a" * 26, "A" * 26, "../" * 9, "a" * 4000])
def test_an_address_of_no_paper_says_nothing(office, closed, key):
    issue(office, closed)

    with pytest.raises(NotFound):
        office.verifying.look(None, key)


def test_an_office_may_keep_the_page_to_those_who_sign_in(office, cast, closed):
    paper = issue(office, closed)
    office.verifying.decide(cast.admin, public=False, address="", seen=0)

    for key in (paper.id, "a" * 26):  # and nobody learns which there are
        with pytest.raises(NotSignedIn):
            office.verifying.look(None, key)
    assert office.verifying.look(cast.stranger, paper.id).paper == paper


def test_the_office_decides_what_address_is_printed(office, cast):
    told = office.verifying.decide(
        cast.admin, public=True, address=" https://Meja.example:8443/desk/ ", seen=0
    )

    assert told.address == office.verifying.checking.address == "https://meja.example:8443/desk"
    assert office.verifying.chosen(cast.admin) == told
    with pytest.raises(Conflict):
        office.verifying.decide(cast.admin, public=True, address="", seen=0)
    for person in (cast.head, cast.lead, cast.contact):
        with pytest.raises(NotAllowed):
            office.verifying.decide(person, public=True, address="", seen=1)
        with pytest.raises(NotAllowed):
            office.verifying.chosen(person)


@pytest.mark.parametrize(
    "address",
    [
        "meja",
        "ftp://meja",
        "https://a b",
        "https://x@y",
        "javascript:alert(1)",
        "https://a/?q",
        "https://" + "a" * 200,
    ],
)
def test_an_address_that_is_none_is_refused(office, cast, address):
    with pytest.raises(Invalid) as refused:
        office.verifying.decide(cast.admin, public=True, address=address, seen=0)
    assert [problem.field for problem in refused.value.problems] == ["address"]


def test_a_copy_is_compared_byte_for_byte(office, closed):
    paper = issue(office, closed)
    original = bytes_of(office, paper)
    copy = original + b"\n% tanda tangan"
    signed(office, paper, copy)

    def compared(content):
        return office.verifying.compare(None, paper.id, io.BytesIO(content))

    assert compared(original) is Match.SAME
    assert compared(copy) is Match.SIGNED
    assert compared(original + b"lain") is Match.CONTAINS
    assert compared(original[:-1]) is Match.OTHER
    assert compared(b"x" + original[1:]) is Match.OTHER


def test_a_copy_that_is_empty_or_too_large_is_refused(office, closed):
    paper = issue(office, closed)

    class Endless(io.RawIOBase):
        def read(self, size=-1):
            return b"x" * size

    for content, refusal in ((io.BytesIO(), Invalid), (Endless(), TooLarge)):
        with pytest.raises(refusal) as refused:
            office.verifying.compare(None, paper.id, content)
        assert [problem.field for problem in refused.value.problems] == ["copy"]
