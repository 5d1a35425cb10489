"""The ticket: the ways through the procedure, and every way of being refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from pulih.domain import sop
from pulih.domain.people import Role
from pulih.domain.telling import told
from pulih.domain.ticket import State, Ticket, rows, strings, text
from pulih.errors import Finished, Invalid, NotAllowed, NotYourStep, OutOfOrder, Unavailable

WITA = ZoneInfo("Asia/Makassar")
DUE = [stage for step in sop.STEPS for stage in step.stages]
EVERY_STAGE = pytest.mark.parametrize("stage", list(sop.STAGES))


def steps(ticket):
    """The steps taken, in order."""
    return [sop.STAGES[entry.stage].step for entry in ticket.history]


def due(ticket):
    return ticket.due.id if ticket.due else None


def before(story, stage):
    """A ticket of which `stage` may be taken, also where that is a deed beside the order."""
    aside = sop.STAGES[stage].during is not None
    return story.at("trial" if aside else stage)


# ---- The ways through -------------------------------------------------------------------------


def test_the_longest_way_takes_all_fourteen_steps_and_closes(story):
    ticket = story.closed

    assert steps(ticket) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10, 11, 12, 13, 13, 13, 14, 14, 14]
    assert ticket.state is State.CLOSED
    assert ticket.due is None
    assert ticket.step is None
    assert ticket.closed == ticket.history[-1].on


def test_a_fault_fixed_remotely_goes_straight_to_the_trial(story):
    ticket = story.take(story.at("remote-repair"), "remote-repair", outcome="fixed")
    assert due(ticket) == "trial"


def test_a_fault_not_fixed_remotely_needs_an_agreement_with_the_agency(story):
    ticket = story.take(story.at("remote-repair"), "remote-repair", outcome="not-fixed")
    assert due(ticket) == "coordination"


def test_where_nothing_is_damaged_the_trial_follows(story):
    ticket = story.take(
        story.at("damage"),
        "damage",
        damaged="tidak",
        must_replace=None,
        damage=None,
        photos=None,
        repair="Menyambung ulang kabel.",
    )
    assert due(ticket) == "trial"
    assert set(ticket.facts_of("damage")) == {"damaged", "repair"}


def test_what_is_repaired_on_site_goes_to_the_trial(story):
    ticket = story.take(story.at("damage"), "damage", must_replace="tidak")
    assert due(ticket) == "trial"


def test_what_must_be_replaced_needs_a_notice_a_record_and_an_installation(story):
    ticket = story.at("damage")
    waited_for = []
    for stage in ("damage", "replacement-notice", "replacement-record", "installation"):
        ticket = story.take(ticket, stage)
        waited_for.append(due(ticket))
    assert waited_for == ["replacement-notice", "replacement-record", "installation", "trial"]


def test_an_answer_that_no_longer_counts_is_dropped_and_cannot_choose_the_way(story):
    ticket = story.take(story.at("damage"), "damage", damaged="tidak", must_replace="ya")
    assert due(ticket) == "trial"
    assert "must_replace" not in ticket.facts_of("damage")


def test_a_trial_that_fails_goes_back_to_the_examination(story):
    ticket = story.take(story.at("trial"), "trial", works="tidak")
    assert due(ticket) == "examination"

    again = story.follow(ticket, "examination")
    again = story.take(again, "remote-repair", outcome="fixed")
    assert due(again) == "trial"
    assert due(story.follow(again, "trial")) == "report"


@pytest.mark.parametrize(
    "hand", ["acceptance-section", "acceptance-division", "acceptance-department"]
)
def test_each_of_the_three_hands_may_send_the_report_back_to_the_team(story, hand):
    ticket = story.take(story.at(hand), hand, accepted="tidak", note="Penyebab belum jelas.")
    assert due(ticket) == "report"
    assert due(story.follow(ticket, "report")) == "acceptance-section"


def test_an_incomplete_letter_goes_back_to_the_agency_with_the_reason_and_may_come_again(story):
    returned = story.take(
        story.at("verification"), "verification", verified="tidak", reason="Belum ada tanda tangan."
    )
    assert returned.state is State.RETURNED
    assert due(returned) == "letter"
    assert text(returned.facts_of("verification"), "reason") == "Belum ada tanda tangan."

    again = story.take(returned, "letter", letter_number="005/115/DUKCAPIL/2026")
    assert again.state is State.OPEN
    assert due(again) == "disposition"
    assert text(again.letter, "letter_number") == "005/115/DUKCAPIL/2026"
    assert again.number == returned.number


def test_a_returned_letter_names_nobody_to_hand_it_on_to(story):
    returned = story.returned
    assert set(returned.facts_of("verification")) == {"verified", "reason"}


def test_the_agency_of_a_ticket_does_not_change_when_a_letter_comes_again(story, cast):
    with pytest.raises(Invalid) as error:
        story.take(story.returned, "letter", by=cast.lead, agency="dikbud")
    assert [problem.field for problem in error.value.problems] == ["agency"]


@pytest.mark.parametrize("stage", [s.id for s in DUE if 2 <= s.step <= 11])
def test_the_agency_may_withdraw_its_request_before_step_12(story, stage):
    ticket = story.take(story.at(stage), "withdrawal")
    assert ticket.state is State.WITHDRAWN
    assert ticket.due is None
    assert text(ticket.facts_of("withdrawal"), "reason") == "Jaringan pulih sendiri."


def test_a_returned_letter_may_be_withdrawn(story):
    assert story.take(story.returned, "withdrawal").state is State.WITHDRAWN


@pytest.mark.parametrize("stage", [s.id for s in DUE if s.step >= 12])
def test_from_step_12_on_nothing_is_withdrawn(story, stage):
    with pytest.raises(OutOfOrder):
        story.take(story.at(stage), "withdrawal")


def test_a_letter_that_never_came_cannot_be_withdrawn(story):
    with pytest.raises(OutOfOrder):
        story.take(Ticket("2026-0001"), "withdrawal")


@pytest.mark.parametrize("stage", [s.id for s in DUE if s.step >= 5])
def test_the_section_head_may_change_the_team_and_the_same_stage_stays_due(story, cast, stage):
    ticket = story.take(story.at(stage), "reappointment")
    assert due(ticket) == stage
    assert ticket.team == ("bayu",)
    assert ticket.lead == "bayu"


@pytest.mark.parametrize("stage", [s.id for s in DUE if s.step < 5])
def test_before_step_5_there_is_no_team_to_change(story, stage):
    with pytest.raises(OutOfOrder):
        story.take(story.at(stage), "reappointment")


def test_after_a_reappointment_the_former_lead_is_refused_and_the_new_one_goes_on(story, cast):
    ticket = story.take(story.at("trial"), "reappointment")
    with pytest.raises(NotYourStep):
        story.take(ticket, "trial", by=cast.lead)
    assert due(story.take(ticket, "trial", by=cast.technician)) == "report"


def test_a_deed_beside_the_order_is_offered_only_while_it_is_allowed(story):
    for stage in DUE:
        offered = [aside.id for aside in story.at(stage.id).asides()]
        withdrawal = ["withdrawal"] if 2 <= stage.step <= 11 else []
        reappointment = ["reappointment"] if stage.step >= 5 else []
        assert offered == withdrawal + reappointment


# ---- What must be there -----------------------------------------------------------------------

REQUIRED = [
    (stage.id, fact.name) for stage in sop.STAGES.values() for fact in stage.facts if fact.required
]


@pytest.mark.parametrize(("stage", "fact"), REQUIRED)
@pytest.mark.parametrize("nothing", [None, "", "   "], ids=["absent", "empty", "blank"])
def test_a_stage_is_refused_without_each_of_its_required_facts(story, stage, fact, nothing):
    ticket = before(story, stage)
    with pytest.raises(Invalid) as error:
        story.take(ticket, stage, **{fact: nothing})
    assert fact in {problem.field for problem in error.value.problems}


def test_the_required_facts_are_all_those_the_minimal_papers_bring(facts_for):
    for stage in sop.STAGES.values():
        required = {fact.name for fact in stage.facts if fact.required}
        brought = set(facts_for(stage.id))
        assert required <= brought
        assert brought - required <= {name for group in stage.one_of for name in group}


def test_checking_without_run_and_reading_is_refused(story):
    with pytest.raises(Invalid) as error:
        story.take(story.at("examination"), "examination", readings=None)
    assert [problem.field for problem in error.value.problems] == ["runs"]


@pytest.mark.parametrize("stage", ["examination", "damage"])
def test_a_device_is_named_from_the_record_or_in_words(story, stage):
    with pytest.raises(Invalid) as error:
        story.take(story.at(stage), stage, device_note=None)
    assert [problem.field for problem in error.value.problems] == ["device"]
    assert story.take(story.at(stage), stage, device_note=None, device="sw-loket")


def test_checking_with_a_run_alone_is_enough(story):
    ticket = story.take(story.at("examination"), "examination", readings=None, runs=["run-1"])
    assert strings(ticket.facts_of("examination"), "runs") == ["run-1"]


def test_every_problem_of_a_form_is_told_at_once(story):
    with pytest.raises(Invalid) as error:
        story.take(story.at("report"), "report", cause=None, result="", solution_class="lain")
    assert [p.field for p in error.value.problems] == ["cause", "result", "solution_class"]


def test_the_lead_is_one_of_the_technicians(story):
    with pytest.raises(Invalid) as error:
        story.take(story.at("appointment"), "appointment", lead="joko")
    assert [problem.field for problem in error.value.problems] == ["lead"]


def test_a_refused_deed_leaves_the_ticket_as_it_was(story):
    ticket = story.at("report")
    history = ticket.history
    with pytest.raises(Invalid):
        story.take(ticket, "report", cause=None)
    assert ticket.history is history


# ---- Order ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "wanted"),
    [(now.id, wanted.id) for now in DUE for wanted in DUE if now is not wanted],
)
def test_no_stage_is_taken_out_of_order(story, cast, now, wanted):
    ticket = story.at(now)
    nobody_yet = sop.STAGES[wanted].appointed and not ticket.team
    with pytest.raises(NotYourStep if nobody_yet else OutOfOrder):
        story.take(ticket, wanted)


def test_an_unknown_stage_is_out_of_order(story, cast):
    with pytest.raises(OutOfOrder):
        story.at("trial").take("teleport", cast.lead, datetime.now(UTC), {})


def test_the_refusal_says_what_is_waited_for(story, cast, facts_for):
    with pytest.raises(OutOfOrder, match="langkah 11, Uji coba"):
        story.take(story.at("trial"), "report")


@EVERY_STAGE
@pytest.mark.parametrize("end", ["closed", "withdrawn"])
def test_nothing_is_added_to_a_ticket_at_its_end(story, stage, end):
    ticket = getattr(story, end)
    refusal = NotYourStep if sop.STAGES[stage].appointed and not ticket.team else Finished
    with pytest.raises(refusal):
        story.take(ticket, stage)


# ---- Who --------------------------------------------------------------------------------------


@EVERY_STAGE
def test_an_inactive_person_takes_no_stage(story, cast, stage):
    retired = replace(cast.actor(stage), active=False)
    with pytest.raises(NotAllowed):
        story.take(before(story, stage), stage, by=retired)


@EVERY_STAGE
def test_somebody_of_another_agency_takes_no_stage(story, cast, stage):
    ticket = story.returned if stage == "letter" else before(story, stage)
    with pytest.raises(NotAllowed):
        story.take(ticket, stage, by=cast.stranger)


def test_nobody_reports_for_another_agency(story, cast):
    with pytest.raises(NotAllowed):
        story.take(Ticket("2026-0001"), "letter", by=cast.stranger)


@pytest.mark.parametrize("stage", [s.id for s in sop.STAGES.values() if s.appointed])
def test_a_technician_who_was_not_appointed_is_refused(story, cast, stage):
    with pytest.raises(NotYourStep, match="ditunjuk"):
        story.take(story.at(stage), stage, by=cast.unappointed)


@pytest.mark.parametrize("stage", [s.id for s in sop.STAGES.values() if s.appointed])
def test_each_appointed_technician_may_do_the_work_not_only_the_lead(story, cast, stage):
    ticket = story.at(stage)
    assert story.take(ticket, stage, by=cast.technician).version == ticket.version + 1


def test_the_refusal_names_whose_step_it_is(story, cast):
    with pytest.raises(NotYourStep, match="Kepala Dinas"):
        story.take(story.at("disposition"), "disposition", by=cast.section)


# ---- Paper ------------------------------------------------------------------------------------

ON_PAPER = ["replacement-record", "acknowledgement-agency", "withdrawal"]


@pytest.mark.parametrize("stage", ON_PAPER)
def test_a_paper_typed_in_for_the_agency_names_who_signed_it(story, cast, stage):
    ticket = before(story, stage)
    with pytest.raises(Invalid) as error:
        story.take(ticket, stage, by=cast.lead)
    assert [problem.field for problem in error.value.problems] == ["signed_by"]

    typed = story.take(ticket, stage, by=cast.lead, signed_by="Ahmad Fauzi, Sekretaris")
    assert text(typed.facts_of(stage), "signed_by") == "Ahmad Fauzi, Sekretaris"
    assert typed.history[-1].role is Role.NETWORK_TEAM


@pytest.mark.parametrize("stage", ON_PAPER)
def test_the_agency_itself_need_not_say_who_signs(story, cast, stage):
    ticket = story.take(before(story, stage), stage, by=cast.contact)
    assert "signed_by" not in ticket.facts_of(stage)


@pytest.mark.parametrize("stage", ON_PAPER)
def test_any_technician_may_type_in_a_paper(story, cast, stage):
    ticket = before(story, stage)
    typed = story.take(ticket, stage, by=cast.unappointed, signed_by="Ahmad Fauzi")
    assert typed.version == ticket.version + 1


def test_a_deed_first_written_on_paper_keeps_its_own_date(story, cast, facts_for):
    ticket = story.at("trial")
    last = ticket.history[-1].on
    now, then = last + timedelta(days=3), last + timedelta(minutes=5)

    ticket = ticket.take("trial", cast.lead, now, facts_for("trial"), on=then, zone=WITA)

    assert (ticket.history[-1].at, ticket.history[-1].on) == (now, then)


def test_a_ticket_ends_when_the_last_paper_was_signed_not_when_it_was_typed_in(
    story, cast, facts_for
):
    ticket = story.at("acknowledgement-department")
    last = ticket.history[-1].on
    facts = facts_for("acknowledgement-department")
    signed, now = last + timedelta(hours=1), last + timedelta(days=2)
    ticket = ticket.take("acknowledgement-department", cast.head, now, facts, on=signed)
    assert ticket.closed == signed


def test_a_deed_that_has_not_happened_yet_is_refused(story, cast, facts_for):
    ticket = story.at("trial")
    now = ticket.history[-1].on + timedelta(hours=1)
    with pytest.raises(Invalid) as error:
        ticket.take("trial", cast.lead, now, facts_for("trial"), on=now + timedelta(minutes=1))
    assert [problem.field for problem in error.value.problems] == ["on"]


def test_a_deed_does_not_happen_before_the_one_before_it(story, cast, facts_for):
    ticket = story.at("trial")
    last = ticket.history[-1].on
    with pytest.raises(Invalid) as error:
        ticket.take(
            "trial",
            cast.lead,
            last + timedelta(hours=1),
            facts_for("trial"),
            on=last - timedelta(minutes=1),
        )
    assert [problem.field for problem in error.value.problems] == ["on"]


def test_times_are_kept_in_utc(story):
    for entry in story.closed.history:
        assert entry.at.tzinfo is UTC
        assert entry.on.tzinfo is UTC


def test_today_is_the_offices_today(cast, facts_for):
    # 06:30 in Sumbawa on the 2nd is still the 1st in Greenwich.
    early = datetime(2026, 3, 2, 6, 30, tzinfo=WITA)
    facts = facts_for("letter", letter_date="2026-03-02")
    assert Ticket.open("2026-0001", cast.contact, early, facts, zone=WITA).version == 1
    with pytest.raises(Invalid):
        Ticket.open("2026-0001", cast.contact, early, facts, zone=UTC)


# ---- What is derived from the history ---------------------------------------------------------


def test_the_version_counts_the_entries(story):
    assert [story.at(stage).version for stage in story.way] == list(range(len(story.way)))


def test_a_clock_that_was_set_back_a_little_does_not_turn_the_history_round(story, cast, facts_for):
    ticket = story.at("trial")
    last = ticket.history[-1]

    after = ticket.take("trial", cast.lead, last.at - timedelta(minutes=4), facts_for("trial"))

    assert after.history[-1].at == last.at
    assert after.history[-1].on >= last.on


def test_a_clock_that_is_far_behind_stops_the_step_and_says_so(story, cast, facts_for):
    ticket = story.at("trial")

    with pytest.raises(Unavailable, match="Perbaiki jam server"):
        ticket.take("trial", cast.lead, datetime(2020, 1, 1, tzinfo=UTC), facts_for("trial"))


def test_a_ticket_that_grows_keeps_its_past(story):
    tickets = [story.at(stage) for stage in story.way]
    for earlier, later in pairwise(tickets):
        assert later.history[: earlier.version] == earlier.history


def test_an_entry_remembers_who_it_was_at_that_moment(story, cast):
    entry = story.at("verification").history[-1]
    assert (entry.by, entry.name, entry.role) == ("irawan", "Irawan Subekti", "kepala-dinas")


def test_a_new_ticket_waits_for_its_letter():
    ticket = Ticket("2026-0001")
    assert (due(ticket), ticket.state, ticket.version) == ("letter", State.OPEN, 0)
    assert (ticket.agency, ticket.team, ticket.lead, ticket.letter) == ("", (), "", {})


def test_the_facts_of_a_stage_are_those_brought_last(story):
    ticket = story.take(story.at("trial"), "trial", works="tidak")
    ticket = story.take(ticket, "examination", location="Tiang depan kantor")
    assert text(ticket.facts_of("examination"), "location") == "Tiang depan kantor"
    assert ticket.facts_of("withdrawal") == {}


def test_every_entry_of_a_ticket_reads_as_a_sentence(story):
    names = {"nurhayati": "Nurhayati", "rina": "Rina Kartika", "perangkat-rusak": "Perangkat rusak"}
    said = [str(told(entry, names)) for entry in story.closed.history]

    assert said[0] == "Dewi Lestari mencatat surat nomor 005/114/DUKCAPIL/2026 dari OPD."
    assert said[1] == "Irawan Subekti mendisposisikan surat kepada Nurhayati."
    assert said[3] == "Salim Ahmad menunjuk Rina Kartika, bayu; ketua tim Rina Kartika."
    assert said[4] == "Rina Kartika menetapkan gangguan Perangkat rusak di Lemari panel lantai 2."
    assert said[-1] == "Irawan Subekti mengetahui Berita Acara Pekerjaan; tiket selesai."
    assert not [line for line in said if "{" in line]
    assert all(line.endswith(".") for line in said)


def test_a_moment_in_a_sentence_is_left_to_whoever_shows_it(story):
    entry = story.at("damage").history[-1]
    said = told(entry, {}).say(show=lambda moment: f"{moment.astimezone(WITA):%d/%m %H:%M}")
    assert said == "Rina Kartika menyepakati kunjungan pada 04/03 09:00."


def test_a_sentence_takes_what_people_type_as_it_is(story):
    ticket = story.take(story.at("trial"), "withdrawal", reason="Sudah {who} baik {0}")
    assert str(told(ticket.history[-1], {})).endswith("permohonan: Sudah {who} baik {0}")


def test_facts_are_read_by_their_shape():
    facts = {"a": "teks", "b": ["x", "y"], "c": [{"what": "ping"}], "d": True}
    assert (text(facts, "a"), text(facts, "b"), text(facts, "z")) == ("teks", "", "")
    assert (strings(facts, "b"), strings(facts, "c"), strings(facts, "a")) == (["x", "y"], [], [])
    assert (rows(facts, "c"), rows(facts, "b"), rows(facts, "d")) == ([{"what": "ping"}], [], [])


def test_every_state_has_a_name_on_screen():
    assert [state.label for state in State] == [
        "Berjalan",
        "Dikembalikan ke OPD",
        "Selesai",
        "Dicabut",
    ]
