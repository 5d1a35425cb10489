from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from dataclasses import replace

import pytest

from pulih.domain.bundle import BundleKind, Stage
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.papers.stored import to_document
from pulih.errors import Invalid, NotAllowed, NotFound, Refused, Unavailable

BASE = "https://meja.example/"


@pytest.fixture
def issued(office, cast):
    """A ticket of which two papers were issued: one for everybody in it, one for the office alone."""
    ticket = office.at("damage")
    with office.tools.store.writing() as records:
        settings = PaperSettings(lines=("DINAS",), place="Sumbawa Besar")
        records.settings.put("papers", to_document(settings))
        for person in cast:
            if person.nip:
                records.people.save(replace(person, rank="Penata (III/c)"))
    for kind in (PaperKind.RECEIPT, PaperKind.DISPOSITION):
        office.issuing.issue(cast.lead, ticket.number, kind, base=BASE)
    return ticket.number


def made(office, bundle):
    """What became of a bundle, once the background has done it."""
    office.bundles.perform(bundle.id)
    with office.tools.store.reading() as records:
        return records.bundles.get(bundle.id)


def content(office, by, bundle):
    return office.bundles.content(by, bundle.id)[1].read()


def month_of(office, number):
    with office.tools.store.reading() as records:
        return records.papers.find(ticket=number)[0].month


def test_a_tickets_papers_come_as_one_pdf_in_the_order_of_the_procedure(office, cast, issued):
    bundle = office.bundles.ticket(cast.lead, issued)
    assert office.tools.jobs.bundles == [bundle.id]

    done = made(office, bundle)

    assert (done.state, done.done, done.parts) == (Stage.DONE, 2, 2)
    assert done.name == f"dokumen-{issued}.pdf"
    text = content(office, cast.lead, done).decode()
    assert -1 < text.index("TANDA TERIMA") < text.index("LEMBAR DISPOSISI")


def test_somebody_of_the_agency_gets_what_they_may_see_and_nothing_of_the_offices_own(
    office, cast, issued
):
    done = made(office, office.bundles.ticket(cast.contact, issued))

    assert done.parts == 1
    assert "LEMBAR DISPOSISI" not in content(office, cast.contact, done).decode()


def test_a_cancelled_paper_is_not_among_a_tickets_papers(office, cast, issued):
    paper = next(s for s in office.papers.shelf(cast.lead, issued) if s.current).current.issued
    office.issuing.cancel(cast.section, issued, paper.id, "Salah tulis")

    assert made(office, office.bundles.ticket(cast.lead, issued)).parts == 1


def test_before_a_paper_is_issued_there_is_nothing_to_put_together(office, cast):
    with pytest.raises(Refused, match="Terbitkan dahulu"):
        office.bundles.ticket(cast.lead, office.at("damage").number)


def test_a_month_comes_as_a_zip_whose_sums_fit_and_whose_register_names_every_paper(
    office, cast, issued
):
    month = month_of(office, issued)
    done = made(office, office.bundles.month(cast.head, month))

    assert done.name == f"dokumen-{month}.zip"
    with zipfile.ZipFile(io.BytesIO(content(office, cast.head, done))) as archive:
        assert archive.testzip() is None
        sums = dict(
            line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines()
        )
        for name, digest in sums.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        table = archive.read("daftar.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert [row["berkas"] for row in rows] == list(sums)
    assert {row["keadaan"] for row in rows} == {"Berlaku"}


def test_a_cancelled_paper_stays_in_its_months_zip_and_is_called_so(office, cast, issued):
    paper = next(s for s in office.papers.shelf(cast.lead, issued) if s.current).current.issued
    office.issuing.cancel(cast.section, issued, paper.id, "=HYPERLINK(1)")
    done = made(office, office.bundles.month(cast.head, paper.month))

    with zipfile.ZipFile(io.BytesIO(content(office, cast.head, done))) as archive:
        table = archive.read("daftar.csv").decode("utf-8-sig")
    row = next(r for r in csv.DictReader(io.StringIO(table), delimiter=";") if r["alasan"])
    assert (row["keadaan"], row["alasan"]) == ("Dibatalkan", "'=HYPERLINK(1)")


def test_a_months_register_says_why_a_paper_was_corrected(office, cast, issued):
    with office.tools.store.reading() as records:
        old = records.papers.find(ticket=issued)[0]
    new = office.issuing.correct(cast.lead, issued, old.id, "Nama keliru.", base=BASE)
    done = made(office, office.bundles.month(cast.head, old.month))

    with zipfile.ZipFile(io.BytesIO(content(office, cast.head, done))) as archive:
        table = archive.read("daftar.csv").decode("utf-8-sig")
    rows = {row["nomor"]: row for row in csv.DictReader(io.StringIO(table), delimiter=";")}
    assert rows[new.number]["alasan"] == "Nama keliru."
    assert rows[old.number]["diganti_oleh"] == new.number


def test_letters_that_agencies_numbered_alike_are_each_in_their_months_zip(office, cast, issued):
    letters = [issue_letter(office, issued)]
    letters.append(office.issuing.correct(cast.lead, issued, letters[0].id, "Keliru.", base=BASE))
    letters.append(issue_letter(office, office.at("damage").number))

    done = made(office, office.bundles.month(cast.head, letters[0].month))

    with zipfile.ZipFile(io.BytesIO(content(office, cast.head, done))) as archive:
        names = archive.namelist()
        table = archive.read("daftar.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
        found = {hashlib.sha256(archive.read(row["berkas"])).hexdigest() for row in rows}
    assert len(set(map(str.lower, names))) == len(names)
    assert {letter.digest for letter in letters} <= found
    assert {row["sha256"] for row in rows} == found


def issue_letter(office, number):
    return office.issuing.issue(office.cast.lead, number, PaperKind.LETTER, base=BASE)


def test_a_copy_that_was_taken_back_is_in_its_months_zip_and_called_so(office, cast, issued):
    paper = issue_letter(office, issued)
    line = office.signing.take(
        cast.contact, issued, paper.id, "a.pdf", io.BytesIO(b"%PDF-1.7\nsatu")
    )
    office.signing.withdraw(cast.contact, issued, paper.id, line.signed[0].file, "Salah.")
    office.signing.take(cast.contact, issued, paper.id, "b.pdf", io.BytesIO(b"%PDF-1.7\ndua"))

    done = made(office, office.bundles.month(cast.head, paper.month))

    with zipfile.ZipFile(io.BytesIO(content(office, cast.head, done))) as archive:
        ends = [name.partition("DUKCAPIL-2026")[2] for name in archive.namelist()]
    assert {".pdf", "-ditarik-1.pdf", "-bertanda-tangan-2.pdf"} <= set(ends)


@pytest.mark.parametrize("how", ["other bytes", "no bytes"])
@pytest.mark.parametrize("what", ["ticket", "month"])
def test_a_paper_whose_file_is_damaged_is_named_and_nothing_is_put_together(
    office, cast, issued, what, how
):
    paper = next(s for s in office.papers.shelf(cast.lead, issued) if s.current).current.issued
    if how == "no bytes":
        del office.tools.files.contents[paper.digest]
    else:
        office.tools.files.contents[paper.digest] = b"%PDF-1.7 lain"

    done = made(
        office,
        office.bundles.ticket(cast.lead, issued)
        if what == "ticket"
        else office.bundles.month(cast.head, paper.month),
    )

    assert done.state is Stage.FAILED
    assert paper.number in done.why
    assert "Pulihkan dari cadangan" in done.why


def test_no_name_in_a_zip_leads_out_of_its_folder(office, cast, issued):
    done = made(office, office.bundles.month(cast.head, month_of(office, issued)))

    with zipfile.ZipFile(io.BytesIO(content(office, cast.head, done))) as archive:
        for name in archive.namelist():
            assert name.count("/") <= 1
            assert ".." not in name
            assert name.isascii()


def test_the_same_month_gives_the_same_bytes(office, cast, issued):
    month = month_of(office, issued)
    digests = set()
    for _ in range(2):
        digests.add(made(office, office.bundles.month(cast.head, month)).digest)
        office.tools.now.tick(hours=3)

    assert len(digests) == 1


@pytest.mark.parametrize(
    "typed", ["", "2026-13", "2026-1", "../..", "2026-11\n", "9999-01", "x" * 99]
)
def test_what_is_no_month_is_refused_with_what_to_write(office, cast, typed):
    with pytest.raises(Invalid) as refused:
        office.bundles.month(cast.head, typed)

    assert [problem.field for problem in refused.value.problems] == ["month"]


def test_a_month_without_papers_is_said_to_have_none(office, cast):
    with pytest.raises(Invalid) as refused:
        office.bundles.month(cast.head, "2020-01")

    assert "Tidak ada surat" in str(refused.value.problems[0].sentence)


def test_a_month_is_not_for_agencies(office, cast):
    with pytest.raises(NotAllowed):
        office.bundles.month(cast.contact, "2026-11")


def test_all_papers_come_empty_too(office, cast):
    done = made(office, office.bundles.forms(cast.contact))

    assert (done.kind, done.parts) == (BundleKind.FORMS, len(PaperKind))
    assert office.printer.printed == len(PaperKind)


def test_how_far_it_is_can_be_read_meanwhile(office, cast):
    seen = []
    bundle = office.bundles.forms(cast.contact)
    office.printer.meanwhile = lambda: seen.append(office.bundles.get(cast.contact, bundle.id))

    office.bundles.perform(bundle.id)

    assert [(one.state, one.done) for one in seen] == [
        (Stage.RUNNING, at) for at in range(len(PaperKind))
    ]


def test_asking_again_while_it_is_made_is_the_same_bundle(office, cast):
    first, second = office.bundles.forms(cast.contact), office.bundles.forms(cast.contact)

    assert first.id == second.id


def test_doing_it_again_does_nothing(office, cast):
    bundle = office.bundles.forms(cast.contact)
    done = made(office, bundle)
    printed = office.printer.printed

    assert made(office, bundle) == done
    assert office.printer.printed == printed


def test_what_a_stop_interrupted_is_asked_for_again_and_starts_anew(office, cast):
    bundle = office.bundles.forms(cast.contact)

    def stop():
        raise KeyboardInterrupt

    office.printer.meanwhile = stop
    with pytest.raises(KeyboardInterrupt):
        office.bundles.perform(bundle.id)
    office.printer.meanwhile = lambda: None
    office.tools.jobs.bundles.clear()

    assert office.bundles.resume() == 1
    assert office.tools.jobs.bundles == [bundle.id]
    assert made(office, bundle).state is Stage.DONE


def test_a_printer_that_refuses_is_told_to_whoever_asked(office, cast):
    def refuse():
        raise Unavailable("Mesin ini belum dapat mencetak dokumen.")

    office.printer.meanwhile = refuse
    done = made(office, office.bundles.forms(cast.contact))

    assert (done.state, done.why) == (Stage.FAILED, "Mesin ini belum dapat mencetak dokumen.")


def test_an_unforeseen_error_is_told_as_well_and_goes_on_to_the_log(office, cast):
    def break_down():
        raise ZeroDivisionError

    office.printer.meanwhile = break_down
    bundle = office.bundles.forms(cast.contact)
    with pytest.raises(ZeroDivisionError):
        office.bundles.perform(bundle.id)

    assert "Minta sekali lagi" in office.bundles.get(cast.contact, bundle.id).why


def test_nobody_else_is_shown_it(office, cast):
    done = made(office, office.bundles.forms(cast.contact))

    for other in (cast.stranger, cast.head, cast.admin):
        with pytest.raises(NotFound):
            office.bundles.content(other, done.id)
        assert office.bundles.own(other) == ()


def test_who_has_left_meanwhile_is_made_nothing(office, cast):
    bundle = office.bundles.forms(cast.contact)
    with office.tools.store.writing() as records:
        records.people.save(replace(cast.contact, active=False))

    assert made(office, bundle).state is Stage.FAILED
    assert office.printer.printed == 0


def test_what_is_not_ready_cannot_be_fetched(office, cast):
    bundle = office.bundles.forms(cast.contact)

    with pytest.raises(NotFound, match="belum siap"):
        office.bundles.content(cast.contact, bundle.id)


def test_old_ones_are_forgotten_when_one_asks_again(office, cast):
    old = made(office, office.bundles.forms(cast.contact))
    office.tools.now.tick(days=8)

    new = office.bundles.forms(cast.contact)

    assert [one.id for one in office.bundles.own(cast.contact)] == [new.id]
    assert old.id != new.id
