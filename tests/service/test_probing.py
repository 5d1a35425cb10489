"""Looking at the network from a ticket: what may be looked at, by whom, when; and what a run leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.agency import Agency, Device, DeviceKind
from pulih.domain.frozen import way_back
from pulih.domain.login import DeviceLogin, Platform
from pulih.domain.outside import Outside
from pulih.domain.records import RunKind
from pulih.errors import Invalid, NotAllowed, NotFound, NotYourStep, Refused, Unavailable
from pulih.service.performing import Performer


@pytest.fixture
def ticket(office):
    return office.at("examination")


@pytest.fixture
def run_of(office, cast, ticket):
    """Return a run as the office sees it now."""
    return lambda run: office.probing.get(cast.lead, ticket.number, run.id)


def addresses(run):
    return [target["address"] for target in run.targets]


def fields(error):
    return [problem.field for problem in error.value.problems]


# ---- What may be looked at --------------------------------------------------------------------


def test_the_registered_addresses_of_the_agency_may_be_looked_at(office, cast, ticket):
    targets = office.probing.targets(cast.lead, ticket.number)
    assert {t["name"]: t["address"] for t in targets} == {
        "Router Dukcapil": "10.12.7.1",
        "Switch loket": "10.12.7.2",
    }


def test_without_a_choice_the_whole_way_of_the_agency_is_examined(office, cast, ticket, run_of):
    run = office.probing.start(cast.lead, ticket.number)
    assert (run.kind, run.targets, run.step) == (RunKind.EXAMINATION, (), 5)

    office.probing.perform(run.id)
    (look,) = office.tools.probes.looks
    assert look.about == ("rt-dukcapil", "sw-loket", "ap-loket", "PC dukcapil")
    done = run_of(run)
    assert {f["address"] for f in done.findings} >= {"10.12.7.1", "10.12.7.2", "10.0.0.53"}
    assert done.verdict["status"] == "fault"


def test_a_look_goes_on_where_its_progress_cannot_be_written(
    office, cast, ticket, run_of, monkeypatch
):
    run, keep = office.probing.start(cast.lead, ticket.number), Performer._keep

    def refuse(performer, kept):
        if kept.state == "running":
            raise Unavailable("Penyimpanan sedang sibuk.")
        keep(performer, kept)

    monkeypatch.setattr(Performer, "_keep", refuse)
    office.probing.perform(run.id)
    assert run_of(run).state == "done"


def test_a_choice_is_kept_to_each_address_once(office, cast, ticket):
    run = office.probing.start(cast.lead, ticket.number, ["10.12.7.2", "10.12.7.2"])
    assert addresses(run) == ["10.12.7.2"]


def test_one_more_address_may_lie_in_an_allowed_range(office, cast, ticket):
    run = office.probing.start(cast.lead, ticket.number, extra=" 10.99.0.5 ")
    assert addresses(run) == ["10.99.0.5"]


def test_one_more_address_comes_beside_those_that_were_chosen(office, cast, ticket):
    run = office.probing.start(cast.lead, ticket.number, ["10.12.7.1"], "10.99.0.5")
    assert addresses(run) == ["10.12.7.1", "10.99.0.5"]


@pytest.mark.parametrize(
    ("chosen", "extra", "field"),
    [
        (["10.12.9.1"], "", "addresses"),  # registered for another agency
        (["8.8.8.8"], "", "addresses"),
        ([], "8.8.8.8", "extra"),
        ([], "10.99.0.0/24", "extra"),
        ([], "10.99.0.5; reboot", "extra"),
        ([], "contoh.go.id", "extra"),
        ([], "fe80::1%eth0", "extra"),
        (["10.12.7.1", ""], "", "addresses"),
    ],
)
def test_other_addresses_and_everything_that_is_no_address_are_refused(
    office, cast, ticket, chosen, extra, field
):
    with pytest.raises(Invalid) as error:
        office.probing.start(cast.lead, ticket.number, chosen, extra)
    assert fields(error) == [field]
    assert office.tools.jobs.probes == []


def test_an_agency_without_an_address_says_who_can_help_and_is_never_called_healthy(
    office, cast, ticket, run_of
):
    with office.tools.store.writing() as records:
        for key in ("sw-loket", "rt-dukcapil"):
            device = records.devices.get(key)
            records.devices.save(Device(device.id, device.agency, device.kind, device.name))
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)

    done = run_of(run)
    assert "administrator" in done.remarks[0]
    assert (done.verdict["status"], done.verdict["label"]) == ("untested", "belum dapat diperiksa")
    assert "10.0.0.53" in {finding["address"] for finding in done.findings}  # the rest was tried


def test_where_there_is_nothing_with_an_address_nothing_is_sent(office, cast, ticket, run_of):
    with office.tools.store.writing() as records:
        for device in records.devices.all():
            records.devices.save(Device(device.id, device.agency, device.kind, device.name))
    office.paths.keep_outside(cast.admin, Outside())
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)
    assert run_of(run).findings == ()
    assert run_of(run).verdict["status"] == "untested"


def test_a_device_out_of_use_is_not_looked_at(office, cast, ticket):
    old = Device("old", "dukcapil", DeviceKind.HUB, "Hub", address="10.12.7.9", active=False)
    office.registry.add(cast.admin, old)
    targets = office.probing.targets(cast.lead, ticket.number)
    assert "10.12.7.9" not in [target["address"] for target in targets]
    with pytest.raises(Invalid):
        office.probing.start(cast.lead, ticket.number, ["10.12.7.9"])


def test_a_dozen_addresses_at_once_are_enough(office, cast, ticket):
    for number in range(11, 24):
        device = Device(
            "", "dukcapil", DeviceKind.COMPUTER, f"PC {number}", address=f"10.12.7.{number}"
        )
        office.registry.add(cast.admin, device)
    some = [f"10.12.7.{number}" for number in range(11, 24)]
    with pytest.raises(Invalid, match="12"):
        office.probing.start(cast.lead, ticket.number, some)
    assert len(office.probing.start(cast.lead, ticket.number, some[:12]).targets) == 12


# ---- Who and when -----------------------------------------------------------------------------


def test_a_technician_who_was_not_appointed_starts_nothing(office, cast, ticket):
    with pytest.raises(NotYourStep):
        office.probing.start(cast.unappointed, ticket.number)


@pytest.mark.parametrize("who", ["contact", "head", "division", "section", "admin"])
def test_only_the_team_starts_a_run(office, cast, ticket, who):
    with pytest.raises(NotAllowed):
        office.probing.start(getattr(cast, who), ticket.number)


@pytest.mark.parametrize("stage", ["disposition", "appointment", "report", "work-record"])
def test_the_network_is_looked_at_during_steps_5_to_11(office, cast, stage):
    with pytest.raises(Refused, match="5 sampai 11"):
        office.probing.start(cast.lead, office.at(stage).number)


@pytest.mark.parametrize("stage", ["examination", "damage", "replacement-record", "trial"])
def test_the_network_may_be_looked_at_at_any_of_those_steps(office, cast, stage):
    assert office.probing.start(cast.lead, office.at(stage).number).state == "waiting"


def test_a_closed_ticket_is_not_probed(office, cast):
    with pytest.raises(Refused):
        office.probing.start(cast.lead, office.closed().number)


def test_one_run_of_a_ticket_at_a_time(office, cast, ticket):
    first = office.probing.start(cast.lead, ticket.number)
    with pytest.raises(Refused, match="masih berjalan"):
        office.probing.start(cast.technician, ticket.number)
    office.probing.perform(first.id)
    assert office.probing.start(cast.technician, ticket.number).state == "waiting"


def test_a_run_of_one_ticket_does_not_hold_up_another(office, cast, ticket):
    office.probing.start(cast.lead, ticket.number)
    assert office.probing.start(cast.lead, office.at("examination").number).state == "waiting"


# ---- A run ------------------------------------------------------------------------------------


def test_asking_returns_at_once_and_leaves_the_work_to_the_jobs(office, cast, clock, ticket):
    run = office.probing.start(cast.lead, ticket.number)
    assert (run.state, run.by, run.at, run.ticket) == ("waiting", "rina", clock(), ticket.number)
    assert office.tools.jobs.probes == [run.id]
    assert office.tools.probes.probed == []


def test_while_it_runs_one_can_see_how_far_it_is(office, cast, ticket, run_of):
    run = office.probing.start(cast.lead, ticket.number)
    seen = []
    office.tools.probes.meanwhile = lambda: seen.append(run_of(run))
    office.probing.perform(run.id)
    (halfway,) = seen
    assert (halfway.state, halfway.progress, halfway.doing) == ("running", 0.5, "ping")


def test_a_device_that_does_not_answer_is_a_finding_and_no_failure(office, cast, ticket, run_of):
    run = office.probing.start(cast.lead, ticket.number, ["10.12.7.2"])
    office.probing.perform(run.id)
    done = run_of(run)
    assert (done.state, done.progress, done.seconds, done.doing) == ("done", 1.0, 1.5, "")
    assert [finding["state"] for finding in done.findings] == ["down"]


def test_a_run_that_is_done_is_not_done_again(office, cast, ticket):
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)
    office.probing.perform(run.id)
    office.probing.perform("nothing")
    assert len(office.tools.probes.looks) == 1


def test_a_run_that_breaks_is_kept_with_a_sentence_and_the_next_may_start(
    office, cast, ticket, run_of
):
    run = office.probing.start(cast.lead, ticket.number)
    office.tools.probes.broken = RuntimeError("no socket")
    with pytest.raises(RuntimeError):
        office.probing.perform(run.id)
    failed = run_of(run)
    assert failed.state == "failed"
    assert "Coba sekali lagi" in failed.doing
    office.probing.perform(run.id)
    assert len(office.tools.probes.looks) == 1
    assert office.probing.start(cast.lead, ticket.number).state == "waiting"


def test_what_a_stop_of_the_server_interrupted_is_asked_for_again(office, cast, ticket, run_of):
    waiting = office.probing.start(cast.lead, ticket.number)
    running = office.probing.start(cast.lead, office.at("examination").number)
    done = office.probing.start(cast.lead, office.at("examination").number)
    office.probing.perform(done.id)

    class ServerStopped(BaseException):
        pass

    office.tools.probes.broken = ServerStopped()
    with pytest.raises(ServerStopped):
        office.probing.perform(running.id)
    office.tools.probes.broken = None
    office.tools.jobs.probes.clear()

    assert office.probing.resume() == 2
    assert sorted(office.tools.jobs.probes) == sorted([waiting.id, running.id])
    for run in (waiting, running):
        office.probing.perform(run.id)
    assert run_of(waiting).state == "done"
    assert office.probing.resume() == 0


def test_an_inventory_that_describes_no_network_is_told_as_it_is(office, cast, ticket, run_of):
    office.tools.probes.broken = ValueError("Alamat '10.0.0.300' bukan alamat IP.")
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)
    assert (run_of(run).state, run_of(run).doing) == (
        "failed",
        "Alamat '10.0.0.300' bukan alamat IP.",
    )


def test_progress_is_kept_a_few_times_a_second_at_most(office, cast, clock, ticket, run_of):
    run = office.probing.start(cast.lead, ticket.number)
    kept = []

    def look(_look, _access, progress):
        for hundredth in range(100):
            progress(hundredth / 100, "ping")
            kept.append(run_of(run).progress)
            clock.tick(seconds=0.01)
        raise ValueError("cukup")

    office.tools.probes.examine = look
    office.probing.perform(run.id)
    assert sorted(set(kept)) == [0.0, 0.4, 0.8]


# ---- What is frozen with a run ----------------------------------------------------------------


def test_the_way_that_was_looked_at_is_frozen_with_the_run(office, cast, ticket, run_of):
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)
    switch = office.registry.get(cast.admin, Device, "sw-loket")
    office.registry.save(cast.admin, replace(switch, name="Switch baru", address="10.12.7.99"))

    done = run_of(run)
    assert done.labels["sw-loket"] == "Switch loket"
    assert "Switch loket" in [stop.spot.name for stop in way_back(done.way).stops]
    assert "10.12.7.2" in str(done.network)


def test_of_the_network_only_the_way_is_kept_and_what_everybody_needs(office, cast, ticket, run_of):
    for number in range(50):
        agency = f"opd-{number}"
        office.registry.add(cast.admin, Agency(agency, f"Dinas {number}"))
        router = Device("", agency, DeviceKind.ROUTER, "Router", address=f"10.30.{number}.1")
        office.registry.add(cast.admin, router)
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)

    nodes = {node["name"] for node in run_of(run).network["nodes"]}
    assert nodes == {
        *("rt-dukcapil", "sw-loket", "ap-loket", "PC dukcapil"),
        *("Inti", "Pulih", "ISP", "Internet", "Host 10.0.0.53"),
    }


def test_what_came_back_over_each_link_is_kept(office, cast, ticket, run_of):
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)
    there = run_of(run).segments["link/Inti--rt-dukcapil"]
    assert (there["addresses"], there["answering"]) == (2, 1)


def test_an_account_on_a_device_is_not_kept_with_the_run(office, cast, ticket, run_of):
    login = DeviceLogin(
        "rt-dukcapil", Platform.LINUX, "periksa", "sealed", "admin", office.tools.now()
    )
    with office.tools.store.writing() as records:
        records.logins.put("rt-dukcapil", login)
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)
    assert run_of(run).network["vantages"] == [{"node": "rt-dukcapil", "device": "linux"}]


def test_a_run_is_found_only_at_its_own_ticket(office, cast, ticket):
    run = office.probing.start(cast.lead, ticket.number)
    with pytest.raises(NotFound):
        office.probing.get(cast.lead, office.at("examination").number, run.id)
    with pytest.raises(NotFound):
        office.probing.get(cast.lead, ticket.number, "nothing")


def test_the_agency_does_not_see_the_figures(office, cast, ticket):
    run = office.probing.start(cast.lead, ticket.number)
    with pytest.raises(NotAllowed):
        office.probing.get(cast.contact, ticket.number, run.id)
