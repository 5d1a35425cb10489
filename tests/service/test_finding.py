"""Finding past cases and open tickets, and what was said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pulih.domain.records import Helped
from pulih.domain.search import Query
from pulih.errors import Damaged, NotAllowed, NotFound
from pulih.search import WordIndex
from pulih.service.finding import FindingDesk
from pulih.store.entries import DocumentEntries
from pulih.store.tickets import DocumentTickets


@pytest.fixture
def desk(office) -> FindingDesk:
    """The desk over an index as an office has it."""
    calendar = office.tools.calendar
    return FindingDesk(replace(office.tools, index=WordIndex(calendar=calendar)))


def numbers(matches) -> list[str]:
    return [match.number for match in matches]


# ---- Finding ----------------------------------------------------------------------------------


def test_the_office_searches_past_cases(office, cast):
    number = office.closed(subject="Access point hang").number
    found = office.finding.search(cast.head, Query("hang"))
    assert [match.article.number for match in found.matches] == [number]
    assert office.finding.search(cast.head, Query("banjir")).matches == ()


def test_the_cases_are_read_before_anyone_searches(office, cast, desk, monkeypatch):
    number = office.closed(subject="Access point hang").number
    desk.warm()
    with monkeypatch.context() as patch:
        patch.setattr(DocumentEntries, "sound", None)
        patch.setattr(DocumentEntries, "after", None)
        assert [m.article.number for m in desk.search(cast.head, Query("hang")).matches] == [number]


def test_step_5_asks_with_everything_that_is_known_of_the_ticket(office, cast):
    ticket = office.take(office.at("examination"), "examination", device="sw-loket")
    office.finding.similar(cast.lead, ticket, most=3)
    (query,) = office.tools.index.asked
    assert query == Query(
        words="Jaringan loket perekaman putus Loket KTP-el tidak dapat terhubung ke pusat.",
        agency="dukcapil",
        device="sw-loket",
        device_kind="switch",
        device_make="MikroTik CRS326",
        fault_type="perangkat-rusak",
        leave_out=(ticket.number,),
        most=3,
        counted=False,
        today=date(2026, 3, 2),
    )


def test_step_5_asks_with_the_site_and_with_what_a_diagnostic_run_leaves_possible(office, cast):
    ticket = office.at("examination", site="dukcapil-pusat")
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)

    office.finding.similar(cast.lead, ticket)

    (query,) = office.tools.index.asked
    assert query.site == "Kantor Dukcapil"
    assert query.findings == ("kabel-putus", "catu-daya", "perangkat-hang", "salah-konfigurasi")


def test_a_run_over_single_addresses_asks_with_what_its_findings_leave_possible(office, cast):
    ticket = office.at("examination")
    run = office.probing.start(cast.lead, ticket.number, ["10.12.7.2"])
    office.probing.perform(run.id)

    office.finding.similar(cast.lead, ticket)

    assert office.tools.index.asked[0].findings == (
        "kabel-putus",
        "catu-daya",
        "perangkat-rusak",
    )


def test_step_5_asks_with_what_is_chosen_and_not_kept_yet(office, cast):
    ticket = office.at("examination")
    office.finding.similar(cast.lead, ticket, fault_type="dns", device="ap-loket")
    office.finding.similar(cast.lead, ticket, fault_type="x" * 9999, device="tidak ada")
    chosen, odd = office.tools.index.asked

    assert (chosen.fault_type, chosen.device, chosen.device_kind) == (
        "dns",
        "ap-loket",
        "access-point",
    )
    assert (odd.device, odd.device_kind) == ("", "")


def test_before_the_examination_the_letter_alone_is_asked_with(office, cast):
    ticket = office.at("examination")
    office.finding.similar(cast.lead, ticket, words="lampu merah")
    (query,) = office.tools.index.asked
    assert (query.words, query.agency, query.device, query.fault_type) == (
        "lampu merah",
        "dukcapil",
        "",
        "",
    )


def test_a_closed_case_is_found_for_the_next_ticket_but_not_for_itself(office, cast):
    old = office.closed()
    new = office.at("examination")
    assert [m.article.number for m in office.finding.similar(cast.lead, new).matches] == [
        old.number
    ]
    assert office.finding.similar(cast.lead, office.kept(old.number)).matches == ()


def test_what_helped_before_is_found_first(office, cast):
    first, second = office.closed().number, office.closed().number
    ticket = office.at("examination")
    order = [m.article.number for m in office.finding.similar(cast.lead, ticket).matches]
    assert order == [first, second]

    office.finding.mark(cast.lead, ticket.number, second, helped=True)
    order = [m.article.number for m in office.finding.similar(cast.lead, ticket).matches]
    assert order == [second, first]


def test_what_did_not_fit_a_ticket_comes_last_on_that_ticket_only(office, cast, desk):
    older, newer = office.closed().number, office.closed().number
    ticket, other = office.at("examination"), office.at("examination")
    before = [m.article.number for m in desk.similar(cast.lead, ticket).matches]
    desk.mark(cast.lead, ticket.number, before[0], helped=False)

    found = desk.similar(cast.lead, ticket)

    assert set(before) == {older, newer}
    assert [m.article.number for m in found.matches] == before[::-1]
    assert "Ditandai tidak cocok untuk tiket ini" in map(str, found.matches[-1].reasons)
    assert [m.article.number for m in desk.similar(cast.lead, other).matches] == before
    desk.unmark(cast.lead, ticket.number, before[0])
    assert [m.article.number for m in desk.similar(cast.lead, ticket).matches] == before


def test_an_answer_tells_all_of_a_case_that_a_technician_wants_to_know(office, cast, desk):
    case = office.closed()
    again = office.closed(recurrence_of=case.number)

    found = desk.search(cast.lead, Query("perekaman"))

    (match,) = [match for match in found.matches if match.article.number == case.number]
    assert match.cause == match.article.cause
    assert match.fix == match.article.actions
    assert match.took.total_seconds() == pytest.approx(match.article.working_hours * 3600)
    assert match.came_back == (again.number,)
    assert [piece.text for piece in match.passage.pieces if piece.marked]


# ---- Open tickets -----------------------------------------------------------------------------


def test_what_is_being_worked_on_is_told_apart(office, cast, desk):
    case = office.closed(subject="Printer hilang").number
    ticket = office.at("disposition", subject="Printer hilang lagi").number

    found = desk.search(cast.head, Query("printer"))

    assert [match.article.number for match in found.matches] == [case]
    (match,) = found.open
    assert (match.number, match.subject, match.step) == (ticket, "Printer hilang lagi", 2)
    assert match.agency_name == "Dinas Kependudukan dan Pencatatan Sipil"
    assert desk.search(cast.head, Query("printer", start=15)).open == ()


def test_a_ticket_is_not_like_itself_but_like_another_that_is_open(office, cast, desk):
    ticket, other = office.at("examination"), office.at("examination")

    assert numbers(desk.similar(cast.lead, ticket).open) == [other.number]


def test_an_open_ticket_is_found_by_what_was_found_since(office, cast, desk):
    ticket = office.at("examination")
    assert desk.search(cast.lead, Query("xylofon")).open == ()

    office.take(ticket, "examination", location="di belakang xylofon")

    assert numbers(desk.search(cast.lead, Query("xylofon")).open) == [ticket.number]


def test_a_ticket_that_was_closed_or_withdrawn_is_not_open_any_more(office, cast, desk):
    ticket = office.at(office.way[-1], subject="Printer hilang")
    assert numbers(desk.search(cast.lead, Query("printer hilang")).open) == [ticket.number]

    office.take(ticket, office.way[-1])

    assert desk.search(cast.lead, Query("printer hilang")).open == ()


def test_a_letter_that_came_back_to_its_agency_is_still_open(office, cast, desk):
    ticket = office.returned()

    assert numbers(desk.search(cast.lead, Query("perekaman putus")).open) == [ticket.number]


def test_a_similar_open_ticket_is_shown_while_a_letter_is_entered(office, cast, desk):
    ticket = office.register(subject="Printer loket hilang")

    found = desk.similar_open(cast.contact, "dukcapil", "printer di loket hilang")
    assert numbers(found) == [ticket.number]
    assert numbers(desk.similar_open(cast.contact, "", "printer")) == [ticket.number]
    assert numbers(desk.similar_open(cast.lead, "dukcapil", "printer")) == [ticket.number]
    assert desk.similar_open(cast.contact, "dukcapil", "") == ()


def test_a_ticket_that_cannot_be_read_hides_no_other(office, cast, desk, monkeypatch):
    torn, whole = office.register(subject="Printer mati"), office.register(subject="Printer hilang")
    get = DocumentTickets.get

    def torn_at(keep, number):
        if number == torn.number:
            raise Damaged("Catatan ini rusak.")
        return get(keep, number)

    monkeypatch.setattr(DocumentTickets, "get", torn_at)

    assert numbers(desk.search(cast.lead, Query("printer")).open) == [whole.number]


def test_people_of_an_agency_are_shown_their_own_tickets_only(office, cast, desk):
    office.register(subject="Printer loket hilang")

    assert desk.similar_open(cast.stranger, "dikbud", "printer loket hilang") == ()
    assert desk.similar_open(cast.stranger, "", "printer loket hilang") == ()
    with pytest.raises(NotAllowed):
        desk.similar_open(cast.stranger, "dukcapil", "printer loket hilang")


@pytest.mark.parametrize("who", ["head", "division", "section", "admin"])
def test_who_brings_no_letters_is_shown_no_similar_ones(office, cast, desk, who):
    with pytest.raises(NotAllowed):
        desk.similar_open(getattr(cast, who), "dukcapil", "printer")


@pytest.mark.parametrize(
    "words",
    [
        "x" * 10_000,
        "??? !!!",
        "yang di",
        "<b>putus</b>" * 900,
        "'; DROP TABLE tickets; --",
        "😀",
        "\ud800\x00",
    ],
)
def test_bad_words_are_no_error_and_find_not_everything(office, cast, desk, words):
    office.closed()
    ticket = office.at("examination", subject="Kabel digigit tikus", disturbed="Loket mati.")
    for _ in range(6):
        office.register(subject="Printer hilang", disturbed="Tidak mencetak.")

    found = desk.search(cast.lead, Query(words, only=(("agency", words),)))

    assert (found.total, len(found.near) <= 1, found.open) == (0, True, ())
    assert len(desk.similar(cast.lead, ticket, words=words).matches) <= 1
    assert desk.similar_open(cast.contact, "dukcapil", words) == ()


# ---- Marks ------------------------------------------------------------------------------------


def test_a_technician_says_that_a_case_helped_or_not_and_may_change_their_mind(office, cast):
    case, ticket = office.closed().number, office.at("examination").number
    assert office.finding.marks(cast.lead, ticket) == {}
    office.finding.mark(cast.lead, ticket, case, helped=True)
    office.finding.mark(cast.lead, ticket, case, helped=True)
    assert office.finding.marks(cast.lead, ticket) == {case: True}
    office.finding.mark(cast.technician, ticket, case, helped=False)
    assert office.finding.marks(cast.lead, ticket) == {case: False}
    office.finding.unmark(cast.lead, ticket, case)
    office.finding.unmark(cast.lead, ticket, case)
    assert office.finding.marks(cast.lead, ticket) == {}


def test_marks_belong_to_the_ticket_on_which_they_were_made(office, cast):
    case = office.closed().number
    one, other = office.at("examination").number, office.at("examination").number
    office.finding.mark(cast.lead, one, case, helped=True)
    assert office.finding.marks(cast.lead, other) == {}


def test_only_a_case_that_exists_is_marked(office, cast):
    ticket = office.at("examination").number
    with pytest.raises(NotFound):
        office.finding.mark(cast.lead, ticket, "2020-0001", helped=True)
    with pytest.raises(NotFound):
        office.finding.mark(cast.lead, "2026-9999", ticket, helped=True)


@pytest.mark.parametrize("who", ["contact", "head", "division", "section", "admin"])
def test_only_the_team_marks_cases(office, cast, who):
    case, ticket = office.closed().number, office.at("examination").number
    with pytest.raises(NotAllowed):
        office.finding.mark(getattr(cast, who), ticket, case, helped=True)
    with pytest.raises(NotAllowed):
        office.finding.unmark(getattr(cast, who), ticket, case)


def test_a_mark_keeps_what_was_typed_to_find_the_case_without_what_is_secret(office, cast):
    case, ticket = office.closed().number, office.at("examination").number
    office.finding.mark(
        cast.lead, ticket, case, helped=True, query="password: rahasia123\n kabel " + "x" * 9999
    )

    with office.tools.store.reading() as records:
        (said,) = records.helped.find(ticket=ticket)
    assert "rahasia123" not in said.query
    assert "kabel" in said.query
    assert len(said.query) == 200


def test_a_mark_from_before_queries_were_kept_is_read(office, cast):
    case, ticket = office.closed().number, office.at("examination").number
    said = Helped(case, ticket, cast.lead.id, office.tools.now())
    older = {
        "case": case,
        "ticket": ticket,
        "by": "rina",
        "at": said.at.isoformat(),
        "helped": True,
    }
    with office.tools.store.documents.writing() as documents:
        documents.insert("helped", f"{ticket}:{case}", older)

    with office.tools.store.reading() as records:
        assert records.helped.get(f"{ticket}:{case}") == said
