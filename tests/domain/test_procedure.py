"""Whatever people try, in whatever order: the procedure holds.

The rules stand here a second time, as steps and not as stages, so that a slip in the data of `domain.sop` shows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pulih.domain import sop
from pulih.domain.deadline import due, holder, stays
from pulih.domain.ticket import State, Ticket
from pulih.errors import Invalid, PulihError

WITA = ZoneInfo("Asia/Makassar")
START = datetime(2026, 3, 2, 8, 0, tzinfo=WITA)
ASIDE = ("withdrawal", "reappointment")

# Which steps may come right before a step ("The ways through").
COMES_AFTER = {
    1: {None, 3},
    2: {1},
    3: {2},
    4: {3},
    5: {4, 11},
    6: {5},
    7: {6},
    8: {7},
    9: {8, 9},
    10: {9},
    11: {6, 8, 10},
    12: {11, 13},
    13: {12, 13},
    14: {13, 14},
}

# What is always written down: "incomplete recording and documentation will make supervision fail".
RECORDED = {
    "letter": "letter_number letter_date agency place subject disturbed since contact_name contact_phone",
    "disposition": "nature instructions to",
    "verification": "verified",
    "appointment": "technicians lead task",
    "examination": "fault_type location",
    "remote-repair": "done outcome",
    "coordination": "spoken_to visit_at agreed_by",
    "damage": "damaged repair",
    "replacement-notice": "informed informed_at message",
    "replacement-record": "old_kind old_make old_serial old_inventory reason new_wanted",
    "installation": "new_kind new_make new_model new_serial new_inventory settings",
    "trial": "tests works",
    "report": "symptom cause cause_certainty actions result solution_class prevention",
    "acceptance-section": "accepted",
    "acceptance-division": "accepted",
    "acceptance-department": "accepted",
    "work-record": "work work_date result agency_official",
    "acknowledgement-agency": "acknowledged",
    "acknowledgement-department": "acknowledged",
    "withdrawal": "reason",
    "reappointment": "technicians lead task",
}
ALSO_WHEN = {
    ("verification", "verified", True): "nature instructions to",
    ("verification", "verified", False): "reason",
    ("damage", "damaged", True): "must_replace damage photos",
}

# The stages without which no ticket is closed.
ALWAYS = set(RECORDED) - {
    *ASIDE,
    "coordination",
    "damage",
    "replacement-notice",
    "replacement-record",
    "installation",
}

YES_OR_NO = dict.fromkeys(
    ("verified", "damaged", "must_replace", "works", "accepted"), ("ya", "tidak")
)
ANSWERS = {**YES_OR_NO, "outcome": ("fixed", "not-fixed")}
RUBBISH = st.none() | st.sampled_from(
    ["", "  ", "lain", "1999-01-01", "2026-99-99", True, False, 7, [], [[]], {}, ["rina"], [{}]]
)


def missing(entry):
    """What an entry should say and does not."""
    wanted = RECORDED[entry.stage].split()
    for (stage, name, value), names in ALSO_WHEN.items():
        if entry.stage == stage and entry.facts.get(name) == value:
            wanted += names.split()
    gaps = [name for name in wanted if entry.facts.get(name) in (None, "", [])]
    if entry.stage == "examination" and not (
        entry.facts.get("runs") or entry.facts.get("readings")
    ):
        gaps.append("runs or readings")
    return gaps


def in_order(history):
    """The entries that are steps of the procedure, without the deeds beside it."""
    return [entry for entry in history if entry.stage not in ASIDE]


def step_of(entry):
    return sop.STAGES[entry.stage].step


class Procedure(RuleBasedStateMachine):
    """A machine that tries to break the procedure. The test gives it the office."""

    everyone = ()
    facts_for = None
    calendar = None

    def __init__(self):
        super().__init__()
        self.ticket = Ticket("2026-0001")
        self.now = START

    def attempt(self, stage, by, facts):
        """Try a deed; whether it succeeds or is refused, what was written stays."""
        before = self.ticket
        self.now += timedelta(minutes=45)
        try:
            self.ticket = before.take(stage, by, self.now, facts, zone=WITA)
        except PulihError:
            return
        assert before.state in (State.OPEN, State.RETURNED)
        assert self.ticket.history[:-1] == before.history

    def actor(self, stage):
        return next(person for person in self.everyone if not self.ticket.refusal(stage, person))

    @rule(data=st.data(), who=st.integers(0, 8), stage=st.sampled_from(list(sop.STAGES)))
    def anybody_tries_anything(self, data, who, stage):
        facts = self.facts_for(stage)
        names = [fact.name for fact in sop.STAGES[stage].facts]
        for name in data.draw(st.lists(st.sampled_from(names), max_size=3)):
            facts[name] = data.draw(RUBBISH)
        self.attempt(stage, self.everyone[who], facts)

    @rule(data=st.data(), times=st.integers(1, 6))
    def the_right_person_goes_on(self, data, times):
        for _ in range(times):
            if stage := self.ticket.due:
                facts = self.facts_for(stage.id)
                for name in sorted(facts.keys() & ANSWERS.keys()):
                    facts[name] = data.draw(st.sampled_from(ANSWERS[name]))
                self.attempt(stage.id, self.actor(stage), facts)

    @precondition(lambda self: self.ticket.due)
    @rule(data=st.data())
    def the_right_person_leaves_something_out(self, data):
        stage, before = self.ticket.due, self.ticket
        names = [fact.name for fact in stage.facts if fact.required and not fact.when]
        facts = {**self.facts_for(stage.id), data.draw(st.sampled_from(names)): None}
        with pytest.raises(Invalid):
            before.take(stage.id, self.actor(stage), self.now + timedelta(hours=1), facts)

    @invariant()
    def no_step_is_skipped(self):
        taken = in_order(self.ticket.history)
        for before, after in pairwise([None, *map(step_of, taken)]):
            assert before in COMES_AFTER[after]
        for before, after in pairwise(taken):
            must = before.stage == "damage" and before.facts.get("must_replace") is True
            assert (after.stage == "replacement-notice") is must

    @invariant()
    def everything_is_recorded(self):
        assert [missing(entry) for entry in self.ticket.history if missing(entry)] == []

    @invariant()
    def what_is_closed_went_all_the_way(self):
        ticket = self.ticket
        if ticket.state is State.CLOSED:
            assert {entry.stage for entry in ticket.history} >= ALWAYS
            assert ticket.facts_of("verification")["verified"] is True
            assert ticket.facts_of("trial")["works"] is True
            assert ticket.facts_of("acceptance-department")["accepted"] is True

    @invariant()
    def what_is_withdrawn_was_withdrawn_before_step_12(self):
        ticket = self.ticket
        if ticket.state is State.WITHDRAWN:
            assert ticket.history[-1].stage == "withdrawal"
            assert 1 <= sop.STAGES[in_order(ticket.history)[-1].to].step <= 11

    @invariant()
    def what_is_derived_agrees(self):
        ticket = self.ticket
        assert ticket.version == len(ticket.history)
        assert (ticket.due is None) is (ticket.state in (State.CLOSED, State.WITHDRAWN))
        assert (ticket.due is None) is (ticket.closed is not None)
        assert (
            len({entry.facts["agency"] for entry in ticket.history if entry.stage == "letter"}) <= 1
        )

    @invariant()
    def the_clocks_agree_with_the_history(self):
        ticket = self.ticket
        if not ticket.history:
            return
        kept = list(stays(ticket, self.calendar, self.now))
        assert kept[0].since == ticket.opened
        assert [stay.until for stay in kept[:-1]] == [stay.since for stay in kept[1:]]
        assert (holder(ticket) is None) is (ticket.due is None)
        assert (due(ticket, self.calendar, self.now) is None) is (ticket.due is None)


def test_no_sequence_of_deeds_breaks_the_procedure(cast, facts_for, office_calendar):
    office = {
        "everyone": tuple(cast),
        "facts_for": staticmethod(facts_for),
        "calendar": office_calendar,
    }
    machine = type("ProcedureOfThisOffice", (Procedure,), office)
    run_state_machine_as_test(machine, settings=settings(stateful_step_count=25))
