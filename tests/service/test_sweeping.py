"""The state of every agency from one look, asked for by anybody of the office."""

from __future__ import annotations

import pytest

from pulih.domain.agency import Agency, Device, DeviceKind
from pulih.errors import NotAllowed, NotFound, Refused
from pulih.service.sweeping import MOST


def swept(office, by):
    run = office.sweeping.start(by)
    office.probing.perform(run.id)
    return office.sweeping.get(by, run.id)


def test_a_sweep_tells_the_state_of_each_agency(office, cast):
    run = swept(office, cast.section)
    states = {one["agency"]: one["state"] for one in run.offices}
    assert states == {"dukcapil": "fault", "dikbud": "healthy"}
    (cause, *_rest) = next(one for one in run.offices if one["agency"] == "dukcapil")["causes"]
    assert cause == {"place": "link/rt-dukcapil--sw-loket", "type": "cut"}
    assert run.labels["sw-loket"] == "Switch loket"


def test_only_the_states_are_kept_not_every_finding(office, cast):
    run = swept(office, cast.section)
    assert (run.findings, run.network, run.way) == ((), {}, {})


@pytest.mark.slow
def test_five_hundred_agencies_are_swept_at_once(office, cast):
    with office.tools.store.writing() as records:
        for number in range(500):
            records.agencies.add(Agency(f"opd-{number}", f"OPD {number}"))
            for port, kind in enumerate((DeviceKind.ROUTER, DeviceKind.SWITCH), 1):
                address = f"10.{64 + number // 250}.{number % 250}.{port}"
                device = Device(f"d{number}-{port}", f"opd-{number}", kind, "x", address=address)
                records.devices.add(device)
    office.tools.probes.town.silent = {"10.64.7.1", "10.64.7.2"}
    run = swept(office, cast.admin)

    states = {one["agency"]: one["state"] for one in run.offices}
    assert len(states) == 502
    assert {agency for agency, state in states.items() if state != "healthy"} == {"opd-7"}


def test_while_one_is_going_no_other_begins(office, cast):
    run = office.sweeping.start(cast.lead)
    assert office.sweeping.latest(cast.head)[0].state == "waiting"
    with pytest.raises(Refused, match="masih berjalan"):
        office.sweeping.start(cast.admin)
    office.probing.perform(run.id)
    assert office.sweeping.start(cast.admin).state == "waiting"


def test_a_sweep_that_a_stop_of_the_server_interrupted_is_asked_for_again(office, cast):
    run = office.sweeping.start(cast.lead)
    office.tools.jobs.probes.clear()
    assert office.probing.resume() == 1
    assert office.tools.jobs.probes == [run.id]


def test_the_newest_is_told_first_and_the_oldest_make_room(office, cast, clock):
    first = swept(office, cast.lead)
    for _ in range(MOST):
        clock.tick(hours=1)
        last = swept(office, cast.lead)
    kept = office.sweeping.latest(cast.lead, most=100)
    assert (len(kept), kept[0]) == (MOST, last)
    with pytest.raises(NotFound):
        office.sweeping.get(cast.lead, first.id)


def test_agencies_are_not_told_the_state_of_others(office, cast):
    with pytest.raises(NotAllowed):
        office.sweeping.start(cast.contact)
    with pytest.raises(NotAllowed):
        office.sweeping.latest(cast.contact)


def test_a_run_of_a_ticket_is_no_sweep_and_a_sweep_is_of_no_ticket(office, cast):
    ticket = office.at("examination")
    run, sweep = office.probing.start(cast.lead, ticket.number), swept(office, cast.lead)
    with pytest.raises(NotFound):
        office.sweeping.get(cast.lead, run.id)
    with pytest.raises(NotFound):
        office.probing.get(cast.lead, ticket.number, sweep.id)
