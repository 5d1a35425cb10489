"""A whole examination on the loopback interface: the server's look, the devices', and the verdict."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from devices import PASSWORD, USER, Device, listening

from periksa.examination import Order, answered, node_of, recorded
from periksa.examine import examine, planned
from periksa.findings import Finding, State
from periksa.judge.verdict import Status
from periksa.network import Interface, Kind, Link, Network, Node, Service, Vantage
from periksa.probes import Live

MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
NODES = (
    Node("noc", Kind.SERVER, (Interface("eth0", "127.0.0.1", 8),)),
    Node("inti", Kind.CORE, (Interface("lan", "127.0.0.2", 8),)),
    Node("desa", Kind.ROUTER, (Interface("wan", "127.0.0.3", 8),)),
)
LINKS = (
    Link("noc", "inti", "eth0", "lan", rate_kbit=10_000),
    Link("inti", "desa", "w1", "wan", rate_kbit=10_000),
)


class Blind(Live):
    """A machine that is too busy to ping."""

    async def ping(self, plan, gear, heard):
        raise TimeoutError


def network(*vantages, **more):
    return Network(NODES, LINKS, vantages=vantages, **more)


def go(order, progress=lambda share, sentence: None, **more):
    return examine(order, now=lambda: datetime.now(UTC), progress=progress, **more)


def login(port, node="inti"):
    return Vantage(node, "cisco_ios", "127.0.0.1", port, USER, "SANDI")


@pytest.fixture
def mute():
    """Accepts connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.slow
def test_a_look_from_server_and_device_ends_in_one_verdict(tmp_path, recorded_ports):
    told = []
    device = Device("SW-INTI#", {"show interfaces": recorded_ports})
    with listening(device):
        found = go(
            Order(
                network(login(device.port)),
                keys=tmp_path,
                environment={"SANDI": PASSWORD},
                seconds=20,
            ),
            progress=lambda share, sentence: told.append(share),
        )

    assert {one.address for one in found.findings if one.probe == "ping"} == {
        "127.0.0.2",
        "127.0.0.3",
    }
    (entry,) = [one for one in found.findings if one.probe == "login"]
    assert (entry.state, entry.target) == (State.UP, "inti")
    assert {one.vantage for one in found.findings} == {"", "inti"}
    assert told == sorted(told)
    assert told[-1] == 1
    assert recorded(found.record()) == found.findings
    assert PASSWORD not in str(found.record())


@pytest.mark.slow
def test_a_device_that_says_nothing_does_not_hold_the_verdict_up(tmp_path, mute):
    order = Order(network(login(mute)), keys=tmp_path, environment={"SANDI": PASSWORD}, seconds=3)
    found = go(order)
    (entry,) = [one for one in found.findings if one.probe == "login"]

    assert entry.figures["result"] in ("no-prompt", "late")
    assert {one.address for one in found.findings if one.probe == "ping"} == {
        "127.0.0.2",
        "127.0.0.3",
    }


@pytest.mark.slow
def test_who_cancels_gets_a_verdict_on_what_there_is(tmp_path, mute):
    order = Order(network(login(mute)), keys=tmp_path, environment={"SANDI": PASSWORD}, seconds=60)
    found = go(order, cancelled=lambda: True)

    (entry,) = [one for one in found.findings if one.probe == "login"]
    assert (entry.state, entry.figures["result"]) == (State.UNKNOWN, "late")


@pytest.mark.slow
def test_a_device_without_its_password_is_said_to_be_missing(tmp_path):
    found = go(Order(network(login(22)), keys=tmp_path, environment={}, seconds=2))

    assert found.missing == ("Kata sandi inti tidak ada di 'SANDI'.",)
    assert found.missing[0] in found.as_dict()["not_tested"]


def test_where_next_to_nothing_could_be_looked_at_nothing_is_called_healthy():
    port = Finding("link", "w1", "", State.UP, "", {"carrier": 1}, MOMENT, 0.0, vantage="inti")
    blind = go(Order(network(), told=(port,)), probes=Blind())

    assert blind.verdict.candidates == ()
    assert blind.verdict.status is Status.UNTESTED


def test_only_devices_on_the_way_of_a_complaint_are_visited(tmp_path):
    side = Node("kota", Kind.ROUTER, (Interface("wan", "127.0.0.4", 8),))
    wide = Network(
        (*NODES, side),
        (*LINKS, Link("inti", "kota")),
        vantages=(login(22), login(23, "desa"), login(24, "kota")),
    )
    found = go(
        Order(wide, about=("desa",), keys=tmp_path, environment={}, seconds=2),
        cancelled=lambda: True,
    )

    assert [one.split()[2] for one in found.missing] == ["inti", "desa"]


def test_a_verdict_is_due_in_time_and_a_whole_network_may_take_longer():
    crowd = tuple(
        Node(f"desa{number}", Kind.ROUTER, (Interface("wan", f"127.0.{number}.9"),))
        for number in range(1, 200)
    )
    links = tuple(Link("desa", one.name) for one in crowd)
    wide = Network((*NODES, *crowd), (LINKS[0], Link("inti", "desa"), *links))

    assert planned(Order(wide, seconds=5)).cap < 5
    assert planned(Order(network(), seconds=None)).cap < 5
    assert planned(Order(wide, seconds=None)).cap > 5
    assert planned(Order(wide, seconds=5)).visits.wait < 4.5


def test_nothing_is_sent_outside_the_ranges():
    service = Service("desa", url="http://192.0.2.7/", port=80)

    Order(network(), ranges=("127.0.0.0/8",))
    with pytest.raises(ValueError, match=r"127\.0\.0\.2, 127\.0\.0\.3"):
        Order(network(), ranges=("10.0.0.0/8",))
    with pytest.raises(ValueError, match=r"192\.0\.2\.7"):
        Order(network(services=(service,)), ranges=("127.0.0.0/8",))
    with pytest.raises(ValueError, match=r"10\.1\.1\.1"):
        Order(network(Vantage("inti", "linux", "10.1.1.1")), ranges=("127.0.0.0/8",))
    with pytest.raises(ValueError, match="bukan rentang"):
        Order(network(), ranges=("seratus",))


def test_a_name_may_not_lead_out_of_the_ranges_either():
    assert planned(Order(network())).public
    assert not planned(Order(network(), ranges=("127.0.0.0/8",))).public


def test_an_answer_is_a_finding_of_the_person_on_site():
    said = answered(network(), "power/desa", "tidak", MOMENT)

    assert (said.probe, said.target, said.vantage) == ("answer", "power/desa", "orang")
    assert said.figures == {"value": "tidak"}
    assert said.detail == "Apakah lampu daya desa menyala? Tidak."


@pytest.mark.parametrize(
    ("question", "value"), [("power/entah", "ya"), ("power/desa", "mungkin"), ("", "ya")]
)
def test_what_answers_no_question_is_refused(question, value):
    with pytest.raises(ValueError, match=r"pertanyaan|hanya ya, tidak"):
        answered(network(), question, value, MOMENT)


def test_a_node_is_known_by_its_name_in_any_case_and_by_its_addresses():
    assert {node_of(network(), one) for one in ("desa", "Desa", "127.0.0.3")} == {"desa"}
    with pytest.raises(ValueError, match="entah"):
        node_of(network(), "entah")


def test_a_complaint_about_nobody_is_refused():
    with pytest.raises(ValueError, match="entah"):
        Order(network(), about=("entah",))


@pytest.fixture
def recorded_ports():
    folder = Path(__file__).parent / "vantage" / "recorded"
    return (folder / "cisco_ios" / "ports.txt").read_text("utf-8")
