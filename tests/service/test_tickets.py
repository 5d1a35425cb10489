"""Registering letters and taking steps, through the service and into the store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pulih.domain.records import TicketFilter
from pulih.domain.ticket import State, text
from pulih.errors import (
    Conflict,
    Duplicate,
    Finished,
    Invalid,
    NotAllowed,
    NotFound,
    NotYourStep,
    OutOfOrder,
)
from pulih.service import tickets as tickets_module

WITA = ZoneInfo("Asia/Makassar")


def agenda(ticket):
    return text(ticket.letter, "agenda_number")


def fields(error):
    return [problem.field for problem in error.value.problems]


# ---- Numbers ----------------------------------------------------------------------------------


def test_a_letter_gets_a_ticket_number_and_an_agenda_number(office):
    first, second = office.register(), office.register()
    assert [(t.number, agenda(t)) for t in (first, second)] == [
        ("2026-0001", "001/2026"),
        ("2026-0002", "002/2026"),
    ]
    assert office.kept("2026-0001") == first


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": ""},
        {"letter_number": "005/1/DUKCAPIL/2026"},  # sent before
        {"site": "dikbud-pusat"},
        {"agency": "dikbud"},
        {"agenda_number": "001/2026"},  # taken
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_letter_that_is_refused_uses_no_number_up(office, wrong):
    office.register()
    with pytest.raises((Invalid, Duplicate, NotAllowed)):
        office.register(office.cast.lead if "agenda_number" in wrong else None, **wrong)
    ticket = office.register()
    assert (ticket.number, agenda(ticket)) == ("2026-0002", "002/2026")


def test_numbers_begin_again_every_year_by_the_offices_clock(office, clock):
    clock.set(datetime(2026, 12, 31, 23, 59, tzinfo=WITA))
    assert office.register().number == "2026-0001"
    clock.tick(minutes=1)
    ticket = office.register()
    assert (ticket.number, agenda(ticket)) == ("2027-0001", "001/2027")


def test_a_letter_on_paper_is_numbered_in_the_year_in_which_it_came(office, cast, clock):
    clock.set(datetime(2027, 1, 4, 8, 0, tzinfo=WITA))
    came = datetime(2026, 12, 29, 9, 0, tzinfo=WITA)
    ticket = office.tickets.register(cast.lead, office.letter(), on=came)
    assert (ticket.number, agenda(ticket), ticket.opened) == ("2026-0001", "001/2026", came)


def test_a_typed_agenda_number_is_kept_and_the_next_one_passes_over_it(office):
    office.register()
    assert agenda(office.register(office.cast.lead, agenda_number="002/2026")) == "002/2026"
    ticket = office.register()
    assert (ticket.number, agenda(ticket)) == ("2026-0003", "003/2026")


def test_many_typed_agenda_numbers_are_passed_over(office):
    for number in range(1, 8):
        office.register(office.cast.lead, agenda_number=f"{number:03d}/2026")
    assert agenda(office.register()) == "008/2026"


def test_where_no_agenda_number_is_free_one_is_asked_for(office, monkeypatch):
    for number in range(1, 4):
        office.register(office.cast.lead, agenda_number=f"{number:03d}/2026")
    monkeypatch.setattr(tickets_module, "_AGENDA_TRIES", 3)
    with pytest.raises(Duplicate, match="Isi nomor agenda sendiri") as error:
        office.register()
    assert error.value.field == "agenda_number"


def test_a_typed_agenda_number_that_is_taken_is_told_at_its_field(office, cast):
    office.register()
    with pytest.raises(Duplicate) as error:
        office.register(office.cast.lead, agenda_number="001/2026")
    assert error.value.field == "agenda_number"
    assert office.work.tickets(cast.head, TicketFilter()).total == 1


def test_the_same_letter_of_the_same_agency_is_taken_once(office):
    office.register(letter_number="005/114/DUKCAPIL/2026")
    with pytest.raises(Duplicate, match="2026-0001") as error:
        office.register(letter_number="005/114/DUKCAPIL/2026")
    assert error.value.field == "letter_number"


def test_two_agencies_may_number_their_letters_alike(office, cast):
    office.register(letter_number="005/1")
    ticket = office.register(cast.stranger, letter_number="005/1", agency="dikbud")
    assert ticket.number == "2026-0002"


def test_a_letter_that_comes_again_keeps_number_and_agenda(office):
    ticket = office.take(office.returned(), "letter")
    assert (ticket.number, agenda(ticket)) == ("2026-0001", "001/2026")


@pytest.mark.parametrize("blank", ["", "   ", None])
def test_an_agenda_number_left_blank_on_the_second_letter_stays(office, blank):
    assert agenda(office.take(office.returned(), "letter", agenda_number=blank)) == "001/2026"


def test_an_agenda_number_can_be_corrected_with_the_second_letter_but_not_to_a_taken_one(office):
    ticket = office.returned()
    office.register(office.cast.lead, agenda_number="050/2026")
    with pytest.raises(Duplicate) as error:
        office.take(ticket, "letter", office.cast.lead, agenda_number="050/2026")
    assert error.value.field == "agenda_number"
    assert (
        agenda(office.take(ticket, "letter", office.cast.lead, agenda_number="051/2026"))
        == "051/2026"
    )


def test_the_number_of_the_first_letter_is_free_for_its_own_second_one(office):
    ticket = office.returned()
    again = office.take(ticket, "letter", letter_number=text(ticket.letter, "letter_number"))
    assert again.due.id == "disposition"


@pytest.mark.parametrize("role", ["head", "division", "section", "admin"])
def test_only_agencies_and_the_team_bring_letters(office, cast, role):
    with pytest.raises(NotAllowed):
        office.register(getattr(cast, role))


def test_the_team_registers_a_letter_for_any_agency(office, cast):
    assert office.register(cast.unappointed, agency="dikbud").agency == "dikbud"


def test_asking_before_the_form_is_shown_gives_the_same_answer(cast):
    for person in (cast.contact, cast.stranger, cast.lead, cast.unappointed):
        tickets_module.register_allowed(person)
    for person in (cast.head, cast.admin, replace(cast.contact, active=False)):
        with pytest.raises(NotAllowed):
            tickets_module.register_allowed(person)


def test_letters_that_come_at_the_same_time_get_different_numbers_without_a_gap(office, cast):
    letters = [office.letter() for _ in range(12)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda facts: office.tickets.register(cast.contact, facts), letters))
    assert sorted(t.number for t in made) == [f"2026-{n:04d}" for n in range(1, 13)]
    assert sorted(agenda(t) for t in made) == [f"{n:03d}/2026" for n in range(1, 13)]


# ---- What a step refers to --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "wrong"),
    [
        ("disposition", {"to": "nobody"}),
        ("disposition", {"to": "salim"}),  # is no head of division
        ("verification", {"to": "irawan"}),
        ("appointment", {"technicians": ["rina", "nobody"]}),
        ("appointment", {"technicians": ["salim"], "lead": "salim"}),
        ("examination", {"fault_type": "hantu"}),
        ("examination", {"device": "nothing"}),
        ("examination", {"device": "rt-dikbud"}),  # of another agency
        ("examination", {"runs": ["nothing"]}),
        ("damage", {"photos": ["nothing"]}),
        ("damage", {"device": "rt-dikbud"}),
        ("trial", {"runs": ["nothing"]}),
        ("reappointment", {"technicians": ["dewi"], "lead": "dewi"}),
    ],
    ids=str,
)
def test_what_a_step_refers_to_must_exist_and_belong_here(office, stage, wrong):
    ticket = office.at("trial" if stage == "reappointment" else stage)
    with pytest.raises(Invalid) as error:
        office.take(ticket, stage, **wrong)
    assert fields(error) == list(wrong)
    assert office.kept(ticket.number) == ticket


@pytest.mark.parametrize(
    "wrong",
    [
        {"site": "nowhere"},
        {"site": "dikbud-pusat"},
        {"recurrence_of": "2020-0001"},
        {"scan": ["nothing"]},
    ],
    ids=str,
)
def test_what_a_letter_refers_to_must_exist_and_belong_to_its_agency(office, wrong):
    with pytest.raises(Invalid) as error:
        office.register(**wrong)
    assert fields(error) == list(wrong)


@pytest.mark.parametrize("agency", ["nowhere", "bappeda-lama"])
def test_a_letter_comes_from_an_agency_that_is_known_and_in_use(office, cast, agency):
    with pytest.raises(Invalid) as error:
        office.register(cast.lead, agency=agency)
    assert fields(error) == ["agency"]


def test_every_wrong_reference_is_told_at_once(office):
    with pytest.raises(Invalid) as error:
        office.take(office.at("examination"), "examination", device="rt-dikbud", fault_type="hantu")
    assert fields(error) == ["fault_type", "device"]


def test_a_technician_who_has_left_is_not_appointed(office, cast):
    office.accounts.save(cast.admin, replace(cast.technician, active=False))
    with pytest.raises(Invalid) as error:
        office.take(office.at("appointment"), "appointment")
    assert fields(error) == ["technicians"]


def test_a_fault_type_out_of_use_is_not_chosen(office, cast):
    with office.tools.store.reading() as records:
        dns = records.fault_types.get("dns")
    office.registry.save(cast.admin, replace(dns, active=False))
    with pytest.raises(Invalid) as error:
        office.take(office.at("examination"), "examination", fault_type="dns")
    assert fields(error) == ["fault_type"]


def test_a_fault_comes_back_only_after_its_ticket_was_closed(office):
    ticket = office.register()
    with pytest.raises(Invalid, match="belum selesai") as error:
        office.register(recurrence_of=ticket.number)
    assert fields(error) == ["recurrence_of"]


def test_a_fault_that_comes_back_is_a_new_ticket_with_the_old_one_beside_it(office):
    old = office.closed()
    new = office.register(recurrence_of=old.number)
    assert new.number != old.number
    assert text(new.letter, "recurrence_of") == old.number


def test_another_agencys_ticket_cannot_be_told_from_one_that_does_not_exist(office, cast):
    closed = office.closed()
    said = []
    for number in (closed.number, "2020-0001"):
        with pytest.raises(Invalid) as error:
            office.register(cast.stranger, agency="dikbud", recurrence_of=number)
        said.append(error.value.problems)
    assert said[0] == said[1]


def test_somebody_elses_file_is_not_taken_along_with_a_letter(office, cast):
    theirs = office.photo(by=cast.stranger)
    with pytest.raises(Invalid) as error:
        office.register(scan=[theirs.id])
    assert fields(error) == ["scan"]


def test_a_file_of_another_ticket_is_not_taken(office):
    other = office.at("damage")
    photo = office.photo(other.number)
    ticket = office.at("damage")
    with pytest.raises(Invalid) as error:
        office.take(ticket, "damage", photos=[photo.id])
    assert fields(error) == ["photos"]


def test_a_file_that_a_step_refers_to_belongs_to_the_ticket_from_then_on(office, cast):
    scan = office.photo(by=cast.contact, name="surat.jpg")
    ticket = office.register(scan=[scan.id])
    (kept,) = office.tickets.show(cast.head, ticket.number).attachments
    assert (kept.id, kept.ticket, kept.used) == (scan.id, ticket.number, True)


def test_a_photograph_is_shown_once_a_step_refers_to_it(office, cast):
    ticket = office.at("damage")
    photo = office.photo(ticket.number)
    unused = office.photo(ticket.number)
    office.take(ticket, "damage", photos=[photo.id])
    shown = office.tickets.show(cast.contact, ticket.number).attachments
    assert [kept.id for kept in shown] == [photo.id]
    assert unused.id not in [kept.id for kept in shown]


def test_a_colleague_may_hand_in_the_photograph(office, cast):
    ticket = office.at("damage")
    photo = office.photo(ticket.number, cast.technician)
    assert (
        office.take(ticket, "damage", cast.lead, photos=[photo.id]).due.id == "replacement-notice"
    )


def test_a_run_that_is_not_finished_is_not_a_result_yet(office, cast):
    ticket = office.at("examination")
    run = office.probing.start(cast.lead, ticket.number)
    with pytest.raises(Invalid, match="belum selesai") as error:
        office.take(ticket, "examination", runs=[run.id])
    assert fields(error) == ["runs"]

    office.probing.perform(run.id)
    assert office.take(ticket, "examination", runs=[run.id]).due.id == "remote-repair"


def test_a_run_of_another_ticket_is_not_taken(office, cast):
    run = office.probing.start(cast.lead, office.at("examination").number)
    office.probing.perform(run.id)
    with pytest.raises(Invalid) as error:
        office.take(office.at("examination"), "examination", runs=[run.id])
    assert fields(error) == ["runs"]


# ---- Two people at once -----------------------------------------------------------------------


def test_whoever_looked_at_an_older_version_is_told_and_nothing_is_saved(office, cast, facts_for):
    seen = office.at("trial")
    stands = office.take(seen, "trial")
    with pytest.raises(Conflict) as error:
        office.tickets.take(
            cast.technician, seen.number, "trial", facts_for("trial"), seen=seen.version
        )
    assert error.value.now == stands.version
    assert office.kept(seen.number) == stands


def test_what_was_added_since_can_be_shown(office, cast):
    seen = office.at("trial")
    office.take(office.take(seen, "trial"), "report")
    added = office.tickets.entries_since(cast.lead, seen.number, seen.version)
    assert [entry.stage for entry in added] == ["trial", "report"]
    assert len(office.tickets.entries_since(cast.lead, seen.number, -3)) == seen.version + 2


def test_of_several_people_who_save_at_once_one_is_first_and_the_others_are_told(
    office, cast, facts_for
):
    ticket = office.at("trial")

    def save(_number):
        try:
            office.tickets.take(
                cast.lead, ticket.number, "trial", facts_for("trial"), seen=ticket.version
            )
        except Conflict:
            return "told"
        return "first"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(save, range(6)))
    assert outcomes == ["first", *["told"] * 5]
    assert office.kept(ticket.number).version == ticket.version + 1


def test_who_may_not_take_the_step_is_told_that_and_not_that_it_has_changed(
    office, cast, facts_for
):
    ticket = office.at("trial")
    with pytest.raises(NotYourStep):
        office.tickets.take(cast.unappointed, ticket.number, "trial", facts_for("trial"), seen=0)


# ---- Steps ------------------------------------------------------------------------------------


def test_a_step_is_in_the_store_with_the_time_at_which_it_was_taken(office, clock):
    ticket = office.take(office.register(), "disposition")
    assert office.kept(ticket.number) == ticket
    assert ticket.history[-1].at == clock()


def test_a_step_first_written_on_paper_keeps_its_date(office, cast, clock, facts_for):
    ticket = office.register()
    then = clock.tick(hours=1)
    clock.tick(days=2)
    ticket = office.tickets.take(
        cast.head, ticket.number, "disposition", facts_for("disposition"), seen=1, on=then
    )
    assert (ticket.history[-1].on, ticket.history[-1].at) == (then, then + timedelta(days=2))


def test_a_step_out_of_order_or_unknown_is_refused_and_nothing_is_saved(office, cast, facts_for):
    ticket = office.at("trial")
    for stage in ("report", "examination", "teleport"):
        with pytest.raises(OutOfOrder):
            office.tickets.take(cast.lead, ticket.number, stage, {}, seen=ticket.version)
    assert office.kept(ticket.number) == ticket


def test_a_ticket_that_does_not_exist_is_not_found(office, cast):
    with pytest.raises(NotFound):
        office.tickets.take(cast.lead, "2026-9999", "trial", {}, seen=1)
    with pytest.raises(NotFound):
        office.tickets.show(cast.lead, "2026-9999")


def test_closing_writes_the_case_in_the_same_transaction_and_asks_for_publishing(office, cast):
    known_when_asked = []
    office.tools.jobs.when_asked = lambda: known_when_asked.append(office.cases.waiting())

    ticket = office.closed()

    assert ticket.state is State.CLOSED
    assert known_when_asked == [(ticket.number,)]
    assert office.tools.jobs.published == 1
    assert office.cases.get(cast.lead, ticket.number).version == ticket.version


def test_when_the_case_cannot_be_written_the_ticket_is_not_closed(office, monkeypatch):
    def broken(*_):
        raise RuntimeError("no paper left")

    ticket = office.at("acknowledgement-department")
    monkeypatch.setattr(tickets_module, "write_article", broken)
    with pytest.raises(RuntimeError):
        office.take(ticket, "acknowledgement-department")
    assert office.kept(ticket.number) == ticket
    assert office.tools.jobs.published == 0


def test_a_withdrawn_ticket_leaves_no_case_and_asks_for_nothing(office):
    ticket = office.take(office.at("trial"), "withdrawal")
    assert ticket.state is State.WITHDRAWN
    assert office.cases.waiting() == ()
    assert office.tools.jobs.published == 0
    with pytest.raises(Finished):
        office.take(ticket, "withdrawal")


def test_the_figures_of_a_run_go_into_the_case(office, cast):
    ticket = office.at("examination")
    run = office.probing.start(cast.lead, ticket.number, ["10.12.7.1", "10.12.7.2"])
    office.probing.perform(run.id)
    ticket = office.take(ticket, "examination", runs=[run.id], readings=None, device="sw-loket")
    ticket = office.take(ticket, "remote-repair", outcome="fixed")
    for stage in office.way[office.way.index("trial") :]:
        ticket = office.take(ticket, stage)

    case = office.cases.get(cast.lead, ticket.number)

    assert ("ping 10.12.7.2", "0 dari 5 kembali") in {(c.what, c.value) for c in case.checks}
    assert (case.device, case.device_make) == ("sw-loket", "MikroTik CRS326")


def test_a_case_that_came_back_points_to_the_first_one(office, cast):
    old = office.closed(site="dukcapil-pusat")
    new = office.closed(recurrence_of=old.number)
    assert office.cases.get(cast.lead, old.number).site == "Kantor Dukcapil"
    assert office.cases.get(cast.lead, new.number).related == (old.number,)


# ---- Showing a ticket -------------------------------------------------------------------------


def test_a_ticket_is_shown_with_names_instead_of_identifiers(office, cast):
    ticket = office.at("remote-repair", site="dukcapil-pusat")
    names = office.tickets.show(cast.head, ticket.number).names
    assert names["dukcapil"] == "Dinas Kependudukan dan Pencatatan Sipil"
    assert names["dukcapil-pusat"] == "Kantor Dukcapil"
    assert names["perangkat-rusak"] == "Perangkat rusak"
    assert names["bayu"] == "Bayu Pratama"
    assert names["irawan"] == "Irawan Subekti"


def test_somebody_who_has_left_keeps_their_name_in_the_history(office, cast):
    ticket = office.at("examination")
    office.accounts.save(cast.admin, replace(cast.technician, active=False))
    office.accounts.save(cast.admin, replace(cast.section, name="Salim A.", active=False))
    view = office.tickets.show(cast.head, ticket.number)
    assert view.names["bayu"] == "Bayu Pratama"
    assert view.names["salim"] == "Salim Ahmad"


def test_the_due_stage_is_offered_to_whom_it_is_for(office, cast):
    ticket = office.at("trial")
    offered = {
        p.id for p in cast if p is not cast.stranger and office.tickets.show(p, ticket.number).stage
    }
    assert offered == {"rina", "bayu"}


def test_deeds_beside_the_order_are_offered_to_whom_they_are_for(office, cast):
    number = office.at("trial").number
    offered = {
        p.id: [stage.id for stage in office.tickets.show(p, number).asides]
        for p in cast
        if p is not cast.stranger
    }
    withdrawal = {p: ["withdrawal"] for p in ("dewi", "rina", "bayu", "joko")}
    assert offered == {
        **{p: [] for p in ("irawan", "nurhayati", "admin")},
        **withdrawal,
        "salim": ["reappointment"],
    }


def test_a_ticket_is_shown_with_its_clock(office, cast, clock):
    ticket = office.at("verification")
    clock.tick(hours=1)
    view = office.tickets.show(cast.head, ticket.number)
    assert view.due.at == office.tools.calendar.add(ticket.opened, office.tools.calendar.day)
    assert view.holder.roles == {cast.division.role}
    assert [stay.stage.id for stay in view.stays] == ["disposition", "verification"]


def test_runs_are_shown_to_the_office_only_in_the_order_in_which_they_were_asked(
    office, cast, clock
):
    ticket = office.at("examination")
    asked = []
    for _ in range(3):
        run = office.probing.start(cast.lead, ticket.number)
        office.probing.perform(run.id)
        asked.append(run.id)
        clock.tick(minutes=1)
    assert [run.id for run in office.tickets.show(cast.head, ticket.number).runs] == asked
    assert office.tickets.show(cast.contact, ticket.number).runs == ()


def test_a_file_that_no_step_refers_to_is_not_shown(office, cast):
    ticket = office.at("damage")
    office.photo(ticket.number)
    assert office.tickets.show(cast.lead, ticket.number).attachments == ()
