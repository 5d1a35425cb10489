"""Visits to real servers: OpenSSH with a Linux shell, and with FRR's vtysh."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from periksa.findings import State
from periksa.vantage.look import look
from periksa.vantage.questions import About, Question
from periksa.vantage.rounds import Rounds

pytestmark = pytest.mark.slow  # the terminal library waits, and so do logins

LO = Question(About.LINK, "lo")


def test_a_linux_router_tells_of_itself(openssh, login, watch):
    questions = [
        LO,
        Question(About.PING, "127.0.0.1"),
        Question(About.BIG, "127.0.0.1"),
        Question(About.ROUTE, "203.0.113.0/24"),
        Question(About.ARP, "127.0.0.9"),
        Question(About.DHCP),
        Question(About.LINK, "tidakada"),
    ]
    with openssh.running():
        entry, link, ping, big, route, arp, dhcp, missing = look(
            login(openssh.port), questions, watch, window=0.2
        )

    assert (entry.state, entry.figures["weak"]) == (State.UP, [])
    assert (link.state, link.figures["carrier"]) == (State.UP, 1)
    assert link.figures["rx_pps"] > 0  # the visit itself runs over it
    assert link.figures["window_s"] >= 0.2
    assert (ping.figures["received"], big.figures["received"]) == (3, 3)
    assert (route.state, route.figures) == (State.DOWN, {"found": 0})
    assert arp.figures["macs"] == []
    assert dhcp.figures["listening"] in (0, 1)
    assert missing.state is State.UNKNOWN


def test_openssh_hears_a_wrong_password_once(openssh, login, watch):
    with openssh.running():
        entry, link = look(login(openssh.port, password="salah"), [LO], watch)
        time.sleep(0.2)
        log = openssh.log

    assert (entry.figures["result"], link.state) == ("wrong-password", State.UNKNOWN)
    assert log.count("Failed password") == 1


@pytest.mark.parametrize("other", ["ed25519-2", "rsa"])
def test_openssh_with_another_key_is_refused(openssh, login, watch, other):
    with openssh.running():
        look(login(openssh.port), [], watch)
    with openssh.running(other):
        entry, link = look(login(openssh.port), [LO], watch)

    assert (entry.figures["result"], link.state) == ("key-changed", State.UNKNOWN)
    assert "password" not in openssh.log.rpartition("Server listening")[2]


def test_twenty_devices_at_once_are_each_asked_their_own(openssh, login, watch):
    with openssh.running():
        visits = [
            (login(openssh.port, node=f"opd{number}"), [LO, Question(About.ROUTE, "default")])
            for number in range(20)
        ]
        rounds = Rounds(visits, watch, window=0.2)
        rounds.begin()
        while rounds.going:
            rounds.wait(1)
        found = rounds.findings()

    assert [one.target for one in found[::3]] == [f"opd{number}" for number in range(20)]
    assert [one.vantage for one in found[1::3]] == [f"opd{number}" for number in range(20)]
    assert {one.state for one in found[1::3]} == {State.UP}


@pytest.fixture
def zebra():
    """FRR's routing table in a namespace of its own, and its shell as a login shell."""
    daemon = Path("/usr/lib/frr/zebra")
    if not daemon.exists() or not shutil.which("vtysh"):
        pytest.skip("FRR is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shell = folder / "shell"
        shell.write_text(f"#!/bin/sh\nexec vtysh --vty_socket {folder} -u\n")
        shell.chmod(0o755)
        (folder / "zebra.conf").write_text("")
        for path in (folder, folder / "zebra.conf"):
            shutil.chown(path, "frr", "frr")
        script = f"ip link set lo up && ip route add 10.2.0.0/16 dev lo && exec {daemon}"
        options = f" -f {folder}/zebra.conf -i {folder}/pid -z {folder}/api"
        script += f"{options} --vty_socket {folder} -P 0"
        server = subprocess.Popen(["unshare", "--net", "sh", "-c", script], stderr=subprocess.PIPE)
        try:
            for _ in range(200):
                assert server.poll() is None, server.stderr.read()
                if (folder / "zebra.vty").exists():
                    break
                time.sleep(0.05)
            (folder / "zebra.vty").chmod(0o777)
            yield shell
        finally:
            server.terminate()
            server.communicate()


def test_frr_tells_of_ports_and_routes(openssh, zebra, login, watch):
    questions = [LO, Question(About.ROUTE, "10.2.3.0/24"), Question(About.ROUTE, "default")]
    with openssh.running(shell=zebra):
        entry, link, route, default = look(login(openssh.port, "frr"), questions, watch, window=0)

    assert entry.state is State.UP
    assert (link.figures["carrier"], link.figures["admin"]) == (1, 1)
    assert route.figures == {"found": 1, "via": "", "port": "lo"}
    assert default.figures == {"found": 0}
