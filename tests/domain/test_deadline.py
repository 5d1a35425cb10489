"""Who holds a ticket, since when and due when; examples with dates of the year 2026."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain import sop
from pulih.domain.deadline import due, holder, stays
from pulih.domain.people import Role
from pulih.domain.ticket import Ticket

WITA = ZoneInfo("Asia/Makassar")
HOUR = timedelta(hours=1)


def at(text):
    """A moment on the office's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


@pytest.fixture(scope="session")
def past(cast, facts_for):
    """Return a ticket from lines of "moment stage", each with an outcome where it matters."""
    outcomes = {
        "fixed": {"outcome": "fixed"},
        "returned": {"verified": "tidak"},
        "failed": {"works": "tidak"},
    }

    def ticket(lines):
        made = Ticket("2026-0001")
        for line in filter(str.strip, lines.splitlines()):
            day, hour, stage, *outcome = line.split()
            changes = outcomes[outcome[0]] if outcome else {}
            facts = {**facts_for(stage), **changes}
            made = made.take(stage, cast.actor(stage), at(f"{day} {hour}"), facts, zone=WITA)
        return made

    return ticket


DISPOSED = """
    2026-03-06 15:00 letter
    2026-03-06 15:30 disposition
    2026-03-09 08:00 verification
    2026-03-09 09:00 appointment
"""
EXAMINED = (
    DISPOSED
    + """
    2026-03-09 11:00 examination
    2026-03-09 12:00 remote-repair
    2026-03-09 12:30 coordination
    2026-03-10 10:00 damage
    2026-03-10 10:30 replacement-notice
"""
)


# ---- Due --------------------------------------------------------------------------------------


def test_a_letter_of_friday_afternoon_is_to_be_disposed_by_monday_afternoon(past, office_calendar):
    ticket = past("2026-03-06 15:00 letter")
    limit = due(ticket, office_calendar, at("2026-03-06 15:30"))

    assert limit.span is sop.Span.DISPOSITION
    assert limit.at == at("2026-03-09 15:00")
    assert limit.left == 8 * HOUR
    assert not limit.late


def test_disposition_is_one_working_day_for_all_its_desks_together(past, office_calendar):
    lines = DISPOSED.strip().splitlines()
    for taken in range(1, len(lines)):
        limit = due(past("\n".join(lines[:taken])), office_calendar, at("2026-03-09 09:00"))
        assert limit.at == at("2026-03-09 15:00")


def test_a_letter_before_independence_day_is_due_on_the_tuesday(past, office_calendar):
    ticket = past("2026-08-14 15:00 letter")
    assert due(ticket, office_calendar, at("2026-08-14 15:00")).at == at("2026-08-18 15:00")


def test_handling_has_two_working_days_from_the_appointment(past, office_calendar):
    limit = due(past(DISPOSED), office_calendar, at("2026-03-09 10:00"))
    assert limit.span is sop.Span.HANDLING
    assert limit.at == at("2026-03-11 09:00")
    assert limit.left == 16 * HOUR


def test_reporting_has_one_working_day_from_the_trial(past, office_calendar):
    ticket = past(
        DISPOSED
        + """
        2026-03-09 11:00 examination
        2026-03-09 12:00 remote-repair fixed
        2026-03-09 14:00 trial
        """
    )
    limit = due(ticket, office_calendar, at("2026-03-10 08:00"))
    assert limit.span is sop.Span.REPORTING
    assert limit.at == at("2026-03-10 14:00")


@pytest.mark.parametrize(
    ("now", "late", "left"),
    [
        ("2026-03-09 14:59", False, timedelta(minutes=1)),
        ("2026-03-09 15:00", False, timedelta()),
        ("2026-03-09 15:01", True, -timedelta(minutes=1)),
        ("2026-03-10 08:00", True, -1.5 * HOUR),
    ],
)
def test_a_span_is_late_exactly_when_its_end_has_passed(past, office_calendar, now, late, left):
    limit = due(past("2026-03-06 15:00 letter"), office_calendar, at(now))
    assert (limit.at, limit.late, limit.left) == (at("2026-03-09 15:00"), late, left)


def test_what_was_due_when_the_doors_closed_is_late_in_the_evening(past, office_calendar):
    ticket = past("2026-03-02 07:30 letter")
    limit = due(ticket, office_calendar, at("2026-03-02 16:00"))
    assert (limit.at, limit.late) == (at("2026-03-02 16:00"), False)
    assert due(ticket, office_calendar, at("2026-03-02 19:00")).late


def test_while_the_agency_writes_its_record_nothing_is_due(past, office_calendar):
    limit = due(past(EXAMINED), office_calendar, at("2026-03-27 10:00"))
    assert limit.at is None
    assert not limit.late
    assert limit.left == 7 * HOUR  # 17 hours less what was used before the notice


def test_waiting_for_the_agency_does_not_count_against_the_office(past, office_calendar):
    ticket = past(EXAMINED + "2026-03-30 10:00 replacement-record")
    limit = due(ticket, office_calendar, at("2026-03-30 10:00"))
    assert limit.left == 7 * HOUR
    assert limit.at == at("2026-03-31 08:30")


def test_a_returned_letter_stops_the_clock_and_continues_it_when_it_comes_again(
    past, office_calendar
):
    returned = """
        2026-03-02 08:00 letter
        2026-03-02 09:00 disposition
        2026-03-02 10:00 verification returned
    """
    limit = due(past(returned), office_calendar, at("2026-03-16 10:00"))
    assert (limit.at, limit.late, limit.left) == (None, False, 6.5 * HOUR)

    ticket = past(returned + "2026-03-16 10:00 letter")
    assert due(ticket, office_calendar, at("2026-03-16 11:00")).at == at("2026-03-17 08:00")


def test_a_ticket_that_comes_back_to_step_5_has_what_is_left_of_its_two_days(past, office_calendar):
    ticket = past(
        DISPOSED
        + """
        2026-03-09 11:00 examination
        2026-03-09 12:00 remote-repair fixed
        2026-03-09 13:00 trial failed
        """
    )
    limit = due(ticket, office_calendar, at("2026-03-09 13:00"))
    assert limit.span is sop.Span.HANDLING
    assert limit.at == at("2026-03-11 09:00")
    assert limit.left == 13 * HOUR


def test_a_report_sent_back_has_what_is_left_of_its_one_day(past, office_calendar, story):
    ticket = past(
        DISPOSED
        + """
        2026-03-09 11:00 examination
        2026-03-09 12:00 remote-repair fixed
        2026-03-09 14:00 trial
        2026-03-09 15:00 report
        """
    )
    sent_back = ticket.take(
        "acceptance-section",
        story.cast.section,
        at("2026-03-10 08:00"),
        {"accepted": "tidak", "note": "Lengkapi."},
        zone=WITA,
    )
    limit = due(sent_back, office_calendar, at("2026-03-10 08:00"))
    assert limit.at == at("2026-03-10 14:00")


def test_a_span_that_ran_out_before_the_agency_was_asked_stays_late(past, office_calendar):
    ticket = past(EXAMINED.replace("2026-03-10", "2026-03-13"))
    limit = due(ticket, office_calendar, at("2026-03-24 10:00"))
    assert limit.late
    assert limit.at == at("2026-03-11 09:00")


@pytest.mark.parametrize("end", ["closed", "withdrawn"])
def test_at_its_end_a_ticket_is_not_due_and_on_no_desk(story, office_calendar, end):
    ticket = getattr(story, end)
    assert due(ticket, office_calendar, at("2026-04-01 08:00")) is None
    assert holder(ticket) is None


def test_a_ticket_without_a_letter_is_not_due(office_calendar):
    ticket = Ticket("2026-0001")
    assert due(ticket, office_calendar, at("2026-04-01 08:00")) is None
    assert holder(ticket) is None
    assert list(stays(ticket, office_calendar, at("2026-04-01 08:00"))) == []


# ---- Holder -----------------------------------------------------------------------------------


def test_a_ticket_is_on_the_desk_of_whoever_is_to_act(past):
    ticket = past("2026-03-06 15:00 letter")
    assert holder(ticket).roles == {Role.HEAD_OF_DEPARTMENT}
    assert holder(ticket).people == ()
    assert holder(ticket).since == at("2026-03-06 15:00")


def test_from_step_5_on_the_appointed_technicians_hold_it_by_name(past):
    assert holder(past(DISPOSED)).people == ("rina", "bayu")


def test_a_change_of_team_changes_the_holder_but_not_since_when(past, cast, facts_for):
    ticket = past(DISPOSED)
    facts = facts_for("reappointment")
    changed = ticket.take("reappointment", cast.section, at("2026-03-10 09:00"), facts, zone=WITA)
    assert holder(changed).people == ("bayu",)
    assert holder(changed).since == at("2026-03-09 09:00")


# ---- Stays ------------------------------------------------------------------------------------


def test_each_desk_is_charged_with_the_working_hours_it_held_the_ticket(past, office_calendar):
    kept = stays(past(DISPOSED), office_calendar, at("2026-03-09 10:30"))
    assert [(stay.stage.id, stay.working / HOUR) for stay in kept] == [
        ("disposition", 0.5),
        ("verification", 1.0),  # Friday 15:30 to Monday 08:00
        ("appointment", 1.0),
        ("examination", 1.5),  # still there
    ]


def test_the_time_of_the_agency_is_shown_but_does_not_count(past, office_calendar):
    ticket = past(EXAMINED + "2026-03-11 10:30 replacement-record")
    waited = [s for s in stays(ticket, office_calendar, at("2026-03-12 08:00")) if not s.counts]
    assert [(stay.stage.id, stay.working / HOUR) for stay in waited] == [
        ("replacement-record", 8.5)
    ]


def test_a_withdrawal_ends_the_stay_that_it_interrupts(past, office_calendar):
    ticket = past("2026-03-02 08:00 letter\n2026-03-02 10:00 withdrawal")
    (stay,) = stays(ticket, office_calendar, at("2026-04-01 08:00"))
    assert (stay.stage.id, stay.until, stay.working) == (
        "disposition",
        at("2026-03-02 10:00"),
        2 * HOUR,
    )


def test_a_paper_typed_in_later_counts_by_the_date_on_the_paper(
    past, cast, office_calendar, facts_for
):
    ticket = past("2026-03-02 08:00 letter").take(
        "disposition",
        cast.head,
        at("2026-03-05 08:00"),
        facts_for("disposition"),
        on=at("2026-03-02 09:00"),
        zone=WITA,
    )
    first, second = stays(ticket, office_calendar, at("2026-03-05 08:00"))
    assert (first.working, second.since) == (HOUR, at("2026-03-02 09:00"))


GAPS = st.lists(st.timedeltas(timedelta(), timedelta(days=5)), min_size=20, max_size=20)


@pytest.fixture(scope="session")
def slowly(story, cast, facts_for):
    """Return a ticket that took these gaps between its stages, and the moment after the last gap."""

    def ticket(gaps, stages):
        made, now = Ticket("2026-0001"), at("2026-03-02 08:00")
        for stage, gap in zip(stages, gaps, strict=False):
            made = made.take(stage, cast.actor(stage), now, facts_for(stage), zone=WITA)
            now += gap
        return made, now

    return ticket


@given(gaps=GAPS, taken=st.integers(1, 19))
def test_the_stays_add_up_to_the_whole_time(story, slowly, office_calendar, gaps, taken):
    ticket, now = slowly(gaps, story.way[:taken])
    kept = list(stays(ticket, office_calendar, now))
    total = sum((stay.working for stay in kept), timedelta())
    assert total == office_calendar.between(ticket.opened, ticket.closed or now)
    assert all(a.until == b.since for a, b in pairwise(kept))


@given(gaps=GAPS, taken=st.integers(1, 18))
def test_late_is_what_is_past_its_due_date_and_nothing_else(
    story, slowly, office_calendar, gaps, taken
):
    ticket, now = slowly(gaps, story.way[:taken])
    limit = due(ticket, office_calendar, now)
    if limit.at is None:
        assert ticket.due.waiting
    assert limit.late is (limit.at is not None and now > limit.at)
    if limit.left < timedelta():
        assert limit.late
    if limit.late:
        assert limit.left <= timedelta()
    else:
        assert limit.left >= timedelta()


@given(gaps=GAPS, taken=st.integers(1, 18), later=st.timedeltas(timedelta(), timedelta(days=9)))
def test_waiting_does_not_move_the_due_date_and_never_gives_time_back(
    story, slowly, office_calendar, gaps, taken, later
):
    ticket, now = slowly(gaps, story.way[:taken])
    one, two = (due(ticket, office_calendar, moment) for moment in (now, now + later))
    assert one.at == two.at
    assert two.left <= one.left
    if ticket.due.waiting:
        assert two.left == one.left


def test_due_dates_are_in_utc(past, office_calendar):
    limit = due(past("2026-03-06 15:00 letter"), office_calendar, at("2026-03-06 15:30"))
    assert limit.at.tzinfo is UTC
