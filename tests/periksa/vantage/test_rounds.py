"""Visits in the background: nobody waits for who is late, and who is off costs no more than that."""

import socket
from datetime import UTC, datetime
from time import monotonic

import pytest
from devices import Device, listening

from periksa.findings import State
from periksa.vantage.platforms import PLATFORMS
from periksa.vantage.questions import About, Question
from periksa.vantage.rounds import Rounds
from periksa.vantage.visit import KEPT, PATIENCE, Visit
from periksa.watch import Watch

PING, PORT = Question(About.PING, "10.245.179.14"), Question(About.LINK, "Te1/1/1")


class Talk:
    """A session that answers from a list, and keeps what was asked."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []

    def ask(self, command):
        self.asked.append(command.text)
        return self.answers[command.text]


@pytest.mark.slow
def test_what_one_device_said_is_kept_though_another_says_nothing(login, recorded):
    watch = Watch.lasting(6, lambda: datetime.now(UTC))
    device = Device("SW-OPD1#", {"show ip route": recorded("cisco_ios", "routes")})
    ask = [Question(About.ROUTE, "192.168.1.0/24")]
    with listening(device), socket.create_server(("127.0.0.1", 0)) as mute:
        quick = login(device.port, "cisco_ios", node="cepat")
        slow = login(mute.getsockname()[1], "cisco_ios", node="bisu")
        rounds = Rounds([(slow, ask), (quick, ask)], watch)
        rounds.begin()
        while rounds.going:
            rounds.wait(1)
        found = rounds.findings()
    results = {one.target: one.figures["result"] for one in found if one.probe == "login"}

    assert results["cepat"] == "ok"
    assert results["bisu"] in ("no-prompt", "late")
    assert [one.vantage for one in found if one.state is State.UP and one.vantage] == ["cepat"]


def test_who_is_not_back_in_time_is_unknown_and_called_late(login):
    rounds = Rounds([(login(9, "cisco_ios"), [PING])], Watch.lasting(0, lambda: datetime.now(UTC)))
    (finding,) = rounds.findings()

    assert (finding.state, finding.figures["result"]) == (State.UNKNOWN, "late")
    assert rounds.away == 1


def test_without_devices_nobody_is_waited_for():
    rounds = Rounds([], Watch.lasting(60, lambda: datetime.now(UTC)))
    rounds.begin()

    assert not rounds.going
    assert rounds.findings() == []


@pytest.mark.parametrize(("spare", "pings"), [(-0.1, 0), (60, 1)])
def test_a_ping_for_which_there_is_no_time_is_left_out_and_the_ports_are_read(
    recorded, spare, pings
):
    talk = Talk(
        {
            "show interfaces": recorded("cisco_ios", "ports"),
            "ping 10.245.179.14 repeat 3 timeout 1": recorded("cisco_ios", "echo"),
        }
    )
    visit = Visit("sw1", PLATFORMS["cisco_ios"], talk)
    ping, port = visit.answers([PING, PORT], 0, monotonic() + KEPT + PATIENCE + spare)

    assert sum(line.startswith("ping") for line in talk.asked) == pings
    assert (ping.said.state is State.UNKNOWN) == (pings == 0)
    assert port.said.state is State.UP
