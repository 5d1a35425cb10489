"""Step 11: the same look again, beside that of step 5, until it is sure that the repair lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pulih.domain.records import RunKind
from pulih.errors import NotFound, NotYourStep, Refused

SWITCH = "10.12.7.2"
LAMP = "lamp/rt-dukcapil/rt-dukcapil--sw-loket"


def looked(office, cast, ticket):
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)
    return office.probing.get(cast.lead, ticket.number, run.id)


def runs(office, cast, ticket, state=None):
    found = office.tickets.show(cast.lead, ticket.number).runs
    return [run for run in found if state in (None, run.state)]


def onward(office, ticket, stage):
    """The ticket, taken along the longest way until `stage` is due."""
    ticket = office.kept(ticket.number)
    for taken in office.way[office.way.index(ticket.due.id) : office.way.index(stage)]:
        ticket = office.take(ticket, taken)
    return ticket


@pytest.fixture
def ticket(office, cast):
    """A ticket at its trial, of which a run at step 5 found the switch silent."""
    ticket = office.at("examination")
    office.before = looked(office, cast, ticket)
    return onward(office, ticket, "trial")


@pytest.fixture
def mended(office):
    office.tools.probes.town.silent = set()


def test_a_run_at_the_trial_is_set_beside_the_one_of_step_5(office, cast, ticket, mended):
    run = looked(office, cast, ticket)

    assert (run.step, run.comparison["run"]) == (11, office.before.id)
    assert run.comparison["outcome"] == "works"
    assert any("sw-loket" in said for said in run.comparison["mended"])
    assert run.comparison["said"][0] == "Hasil: berfungsi kembali."


def test_the_form_of_the_trial_starts_with_that_run_and_step_5_with_what_was_found(
    office, cast, ticket, mended
):
    run = looked(office, cast, ticket)
    view = office.tickets.show(cast.lead, ticket.number)
    assert view.suggestion.facts == {"runs": [run.id]}
    assert office.tickets.show(cast.section, ticket.number).suggestion is None

    office.take(ticket, "trial", works="tidak")
    assert office.tickets.show(cast.lead, ticket.number).suggestion.run == run.id


def test_what_is_still_broken_is_said_to_be(office, cast, ticket):
    run = looked(office, cast, ticket)
    assert run.comparison["outcome"] == "not"
    assert any("sw-loket" in said for said in run.comparison["remaining"])


def test_the_run_of_step_5_is_beside_nothing(office, cast, ticket):
    assert (office.before.comparison, office.before.again_at) == ({}, None)


def test_without_a_run_at_step_5_there_is_nothing_to_compare_with(office, cast, mended):
    ticket = office.at("trial")
    assert looked(office, cast, ticket).comparison == {}


def test_a_run_over_single_addresses_is_compared_with_nothing(office, cast, ticket):
    run = office.probing.start(cast.lead, ticket.number, [SWITCH])
    office.probing.perform(run.id)
    assert office.probing.get(cast.lead, ticket.number, run.id).comparison == {}


def test_what_people_answered_before_the_repair_leaves_the_comparison_sure(office, cast, mended):
    ticket = office.at("examination")
    office.tools.probes.town.silent = {SWITCH}
    before = looked(office, cast, ticket)
    office.telling.answer(cast.lead, ticket.number, before.id, LAMP, "tidak")
    office.tools.probes.town.silent = set()
    run = looked(office, cast, onward(office, ticket, "trial"))
    assert run.comparison["outcome"] == "works"


def test_after_a_trial_that_failed_the_new_run_of_step_5_counts(office, cast, ticket):
    office.take(ticket, "trial", works="tidak")
    again = looked(office, cast, ticket)
    assert (again.step, again.comparison) == (5, {})
    ticket = onward(office, ticket, "trial")
    assert looked(office, cast, ticket).comparison["run"] == again.id


def test_an_answer_at_the_trial_is_compared_anew(office, cast, ticket):
    run = looked(office, cast, ticket)
    told = office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "tidak")
    assert told.comparison["run"] == office.before.id
    assert (told.since, told.again_at) == (run.since, run.again_at)


# ---- Again, before it stands ------------------------------------------------------------------


@pytest.fixture
def flapping(office, monkeypatch):
    """The judge of comparisons takes the fault for one that comes back by itself."""
    compare = office.tools.probes.compare

    def held(before, after, waited):
        found = compare(before, after, waited)
        again = next((moment for moment in (0.0, 60.0, 300.0) if moment > waited), None)
        return {**found, "again_s": again, "why_again": "dapat tampak baik untuk sementara"}

    monkeypatch.setattr(office.tools.probes, "compare", held)


def test_a_repair_that_may_not_last_is_looked_at_again_by_itself(
    office, cast, clock, ticket, mended, flapping
):
    first = looked(office, cast, ticket)
    assert first.again_at == first.at + timedelta(seconds=60)
    (planned,) = runs(office, cast, ticket, "planned")
    assert (planned.at, planned.by, planned.kind) == (first.again_at, "rina", RunKind.EXAMINATION)
    assert office.tools.jobs.delays[planned.id] == 60

    clock.tick(seconds=60)
    office.probing.perform(planned.id)
    second = office.probing.get(cast.lead, ticket.number, planned.id)
    assert (second.state, second.since) == ("done", first.at)
    assert second.again_at == first.at + timedelta(seconds=300)

    clock.tick(seconds=240)
    (planned,) = runs(office, cast, ticket, "planned")
    office.probing.perform(planned.id)
    last = office.probing.get(cast.lead, ticket.number, planned.id)
    assert (last.comparison["outcome"], last.again_at) == ("works", None)
    assert runs(office, cast, ticket, "planned") == []


def test_a_look_that_was_planned_does_not_begin_before_its_time(
    office, cast, ticket, mended, flapping
):
    looked(office, cast, ticket)
    (planned,) = runs(office, cast, ticket, "planned")
    office.probing.perform(planned.id)
    assert runs(office, cast, ticket, "planned") == [planned]


def test_a_look_that_was_planned_is_left_out_once_the_trial_is_decided(
    office, cast, clock, ticket, mended, flapping
):
    looked(office, cast, ticket)
    (planned,) = runs(office, cast, ticket, "planned")
    office.take(ticket, "trial")
    clock.tick(seconds=60)
    office.probing.perform(planned.id)
    with pytest.raises(NotFound):
        office.probing.get(cast.lead, ticket.number, planned.id)


def test_a_look_that_was_planned_waits_out_a_stop_of_the_server(
    office, cast, clock, ticket, mended, flapping
):
    looked(office, cast, ticket)
    (planned,) = runs(office, cast, ticket, "planned")
    office.tools.jobs.probes.clear()
    assert office.probing.resume() == 0
    clock.tick(minutes=10)
    assert office.probing.resume() == 1
    assert office.tools.jobs.probes == [planned.id]


def test_a_planned_look_that_a_stop_kept_tells_when_it_looked(
    office, cast, clock, ticket, mended, flapping
):
    first = looked(office, cast, ticket)
    (planned,) = runs(office, cast, ticket, "planned")
    clock.tick(hours=3)
    office.probing.perform(planned.id)
    late = office.probing.get(cast.lead, ticket.number, planned.id)
    assert late.at == first.at + timedelta(hours=3)
    assert late.again_at is None  # three hours are more than any hold


def test_who_looks_by_hand_needs_no_planned_look(office, cast, clock, ticket, mended, flapping):
    first = looked(office, cast, ticket)
    (planned,) = runs(office, cast, ticket, "planned")
    clock.tick(seconds=30)
    by_hand = looked(office, cast, ticket)

    assert by_hand.since == first.at  # nobody repaired anything in between
    (next_one,) = runs(office, cast, ticket, "planned")
    assert next_one.id != planned.id
    assert next_one.at == first.at + timedelta(seconds=60)
    office.probing.perform(planned.id)
    assert len(runs(office, cast, ticket, "done")) == 3


def test_after_a_look_that_was_not_clean_the_watch_begins_anew(
    office, cast, clock, ticket, flapping
):
    looked(office, cast, ticket)
    clock.tick(minutes=20)
    office.tools.probes.town.silent = set()
    run = looked(office, cast, ticket)
    assert (run.since, run.again_at) == (run.at, run.at + timedelta(seconds=60))


def test_what_is_not_mended_is_not_looked_at_again_by_itself(office, cast, ticket, flapping):
    run = looked(office, cast, ticket)
    assert run.again_at is not None
    assert runs(office, cast, ticket, "planned") == []


def test_a_planned_look_can_be_done_without(office, cast, ticket, mended, flapping):
    looked(office, cast, ticket)
    (planned,) = runs(office, cast, ticket, "planned")
    with pytest.raises(NotYourStep):
        office.probing.drop(cast.unappointed, ticket.number, planned.id)
    office.probing.drop(cast.technician, ticket.number, planned.id)
    assert runs(office, cast, ticket, "planned") == []
    with pytest.raises(NotFound):
        office.probing.drop(cast.lead, ticket.number, planned.id)


def test_a_run_that_was_made_is_not_done_without(office, cast, ticket):
    with pytest.raises(Refused):
        office.probing.drop(cast.lead, ticket.number, office.before.id)


def test_where_the_way_changed_meanwhile_the_way_of_today_is_compared(office, cast, ticket, mended):
    with office.tools.store.writing() as records:
        switch = records.devices.get("sw-loket")
        records.devices.save(replace(switch, address="10.12.7.3"))
    run = looked(office, cast, ticket)
    assert run.comparison["outcome"] == "works"
