"""Signed copies that were handed in by mistake; deeds done twice; and bytes that are others than were kept."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from pulih.domain import issued
from pulih.domain.issued import Standing
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.settings import Official, PaperSettings
from pulih.domain.papers.stored import to_document
from pulih.domain.people import HEADS
from pulih.errors import Damaged, Duplicate, Invalid, NotAllowed, NotFound, Refused
from pulih.service.verifying import Match

BASE = "https://meja.example/"
WORK, RECEIPT = PaperKind.WORK, PaperKind.RECEIPT
SETTINGS = PaperSettings(
    lines=("PEMERINTAH KABUPATEN SUMBAWA", "DINAS KOMUNIKASI"),
    place="Sumbawa Besar",
    officials={role: Official(rank="Pembina (IV/a)") for role in HEADS},
)
COPY = b"%PDF-1.7\npindaian"


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


@pytest.fixture
def paper(office, closed):
    return issue(office, closed)


def issue(office, number, kind=WORK):
    return office.issuing.issue(office.cast.lead, number, kind, base=BASE)


def take(office, paper, content=COPY, by=None):
    """Hand in a signed copy; return it."""
    line = office.signing.take(
        by or office.cast.contact, paper.ticket, paper.id, "scan.pdf", io.BytesIO(content)
    )
    return line.signed[-1]


def withdraw(office, paper, copy, by=None, reason="Salah berkas."):
    return office.signing.withdraw(
        by or office.cast.contact, paper.ticket, paper.id, copy.file, reason
    )


def bytes_of(office, paper):
    return office.papers.content(office.cast.lead, paper.ticket, paper.id)[1].read()


# ---- A copy that is taken back --------------------------------------------------------------------


def test_a_copy_that_is_taken_back_is_kept_struck_with_its_reason(office, cast, paper):
    copy = take(office, paper)
    office.tools.now.tick(hours=1)

    line = withdraw(office, paper, copy, reason=" Berkas\nlain. ")

    [struck] = line.signed
    assert line.copies == ()
    assert (struck.withdrawn.reason, struck.withdrawn.name) == ("Berkas lain.", "Dewi Lestari")
    assert struck.withdrawn.at == office.tools.now()
    kept, content = office.papers.signed(cast.lead, paper.ticket, paper.id, copy.file)
    assert content.read() == COPY
    assert kept == struck


def test_the_same_file_may_be_handed_in_again_after_it_was_taken_back(office, paper):
    first = take(office, paper)
    with pytest.raises(Duplicate):
        take(office, paper)
    withdraw(office, paper, first)

    again = take(office, paper)

    assert (again.digest, again.withdrawn) == (first.digest, None)
    assert again.file != first.file


def test_whoever_handed_it_in_may_take_it_back_and_who_may_cancel_numbers(office, cast, paper):
    copy = take(office, paper)
    for other in (cast.lead, cast.head):
        with pytest.raises(NotAllowed):
            withdraw(office, paper, copy, by=other)
        assert office.papers.show(other, paper.ticket, WORK).may_withdraw == frozenset()
    with pytest.raises(NotFound):
        withdraw(office, paper, copy, by=cast.stranger)
    assert office.papers.show(cast.contact, paper.ticket, WORK).may_withdraw == {copy.file}

    withdraw(office, paper, copy, by=cast.section)

    assert office.papers.show(cast.contact, paper.ticket, WORK).may_withdraw == frozenset()


@pytest.mark.parametrize("reason", ["", " \n", "x" * 501])
def test_taking_a_copy_back_wants_a_reason(office, paper, reason):
    copy = take(office, paper)

    with pytest.raises(Invalid) as refused:
        withdraw(office, paper, copy, reason=reason)

    assert [problem.field for problem in refused.value.problems] == ["reason"]


def test_a_copy_is_taken_back_once_and_a_second_click_is_no_second_time(office, cast, paper):
    copy = take(office, paper)
    line = withdraw(office, paper, copy)

    assert withdraw(office, paper, copy) == line
    with pytest.raises(Refused):
        withdraw(office, paper, copy, reason="Sebab lain.")
    with pytest.raises(NotFound):
        withdraw(office, paper, replace(copy, file="lain"))


def test_a_copy_that_was_taken_back_is_not_called_a_signed_one(office, paper):
    copy = take(office, paper)
    assert office.verifying.compare(None, paper.id, io.BytesIO(COPY)) is Match.SIGNED

    withdraw(office, paper, copy)

    assert office.verifying.compare(None, paper.id, io.BytesIO(COPY)) is Match.WITHDRAWN


def test_there_is_an_end_to_copies_that_are_taken_back_too(office, paper, monkeypatch):
    monkeypatch.setattr(issued, "_MOST_KEPT", 3)
    for n in range(3):
        withdraw(office, paper, take(office, paper, b"%%PDF-1.7\n%d" % n))

    with pytest.raises(Refused):
        take(office, paper)


# ---- A copy of another paper ----------------------------------------------------------------------


def test_a_signed_copy_of_another_paper_of_the_ticket_is_named_and_refused(office, closed, paper):
    other = issue(office, closed, RECEIPT)

    for content in (bytes_of(office, other), bytes_of(office, other) + b"\n% tanda tangan"):
        with pytest.raises(Invalid, match="dokumen lain") as refused:
            take(office, paper, content)
        assert other.number in str(refused.value.problems[0].sentence)
    assert take(office, other, content).contains


def test_a_signed_copy_of_what_was_corrected_since_is_not_one_of_the_correction(
    office, cast, closed, paper
):
    signed = bytes_of(office, paper) + b"\n% tanda tangan"
    new = office.issuing.correct(cast.lead, closed, paper.id, "Keliru.", base=BASE)

    with pytest.raises(Invalid, match="dokumen lain"):
        take(office, new, signed)
    assert take(office, paper, signed).contains


# ---- The same deed twice --------------------------------------------------------------------------


def test_correcting_twice_with_one_click_too_many_gives_one_correction(office, cast, closed, paper):
    def correct(by=cast.lead):
        return office.issuing.correct(by, closed, paper.id, "Keliru.", base=BASE)

    def meanwhile():
        office.printer.meanwhile = lambda: None
        first.append(correct())

    first: list[object] = []
    office.printer.meanwhile = meanwhile

    assert [correct()] == first
    assert [correct()] == first
    with pytest.raises(Refused):
        correct(cast.section)
    with office.tools.store.reading() as records:
        assert records.last_number("paper-ba-pekerjaan-2026") == 2


def test_cancelling_twice_with_one_click_too_many_cancels_once(office, cast, closed, paper):
    line = office.issuing.cancel(cast.section, closed, paper.id, "Salah tiket.")
    office.tools.now.tick(seconds=1)

    assert office.issuing.cancel(cast.section, closed, paper.id, "Salah tiket.") == line
    assert line.standing is Standing.CANCELLED


# ---- Bytes that are others ------------------------------------------------------------------------


def test_a_paper_whose_bytes_are_gone_is_said_to_be_damaged(office, cast, closed, paper):
    del office.tools.files.contents[paper.digest]

    with pytest.raises(Damaged, match="bukan lagi yang diterbitkan"):
        office.papers.content(cast.lead, closed, paper.id)


def test_a_signed_copy_whose_bytes_are_others_is_not_given_out(office, cast, closed, paper):
    copy = take(office, paper)
    office.tools.files.contents[copy.digest] += b" "

    with pytest.raises(Damaged, match=r"scan\.pdf bukan lagi"):
        office.papers.signed(cast.lead, closed, paper.id, copy.file)


# ---- The address of a paper, and the office's ----------------------------------------------------


def test_a_path_in_the_desks_address_keeps_its_capitals(office, cast):
    kept = office.verifying.decide(
        cast.admin, public=True, address="HTTPS://Meja.Example/Pulih/", seen=0
    )

    assert kept.address == "https://meja.example/Pulih"


def test_an_address_that_was_typed_in_capitals_is_found_and_no_other(office, paper):
    assert office.verifying.look(None, paper.id.upper()).paper == paper
    for other in ("", paper.id[:-1], paper.id + "a", paper.id[:-1] + "1", "../" + paper.id, "\0"):
        with pytest.raises(NotFound):
            office.verifying.look(None, other)
