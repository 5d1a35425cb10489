"""Visits to simulated devices that print what real ones printed."""

import dataclasses
import logging
import socket
from datetime import UTC, datetime
from threading import Thread

import paramiko
import pytest
from devices import PASSWORD, Device, listening, over_ssh, over_telnet

from periksa.findings import State
from periksa.vantage.look import look
from periksa.vantage.platforms import PLATFORMS
from periksa.vantage.questions import About, Question
from periksa.watch import Watch

pytestmark = pytest.mark.slow  # the terminal library waits, and so do logins

IOS_PROMPT, VRP_PROMPT, ROS_PROMPT = "SW-OPD1#", "<RTR-OPD1>", "[penjaga@RB-OPD1] > "
OLD = {
    "_preferred_kex": ("diffie-hellman-group14-sha1",),
    "_preferred_keys": ("ssh-rsa",),
    "_preferred_ciphers": ("aes128-cbc",),
    "_preferred_macs": ("hmac-sha1",),
}
TRAFFIC = Question(About.ROUTE, "default")


@pytest.fixture
def ios(recorded):
    return Device(
        IOS_PROMPT,
        {
            "show interfaces": recorded("cisco_ios", "ports"),
            "show ip arp": recorded("cisco_ios", "neighbours"),
            "show ip route": recorded("cisco_ios", "routes"),
            "ping 10.245.179.14 repeat 3 timeout 1": recorded("cisco_ios", "echo"),
        },
    )


@pytest.fixture
def vrp(recorded):
    return Device(
        VRP_PROMPT,
        {
            "display interface": recorded("huawei_vrp", "ports"),
            "display arp all": recorded("huawei_vrp", "neighbours"),
            "display ip routing-table": recorded("huawei_vrp", "routes"),
        },
        refusal="Error: Unrecognized command found at '^' position.",
    )


@pytest.fixture
def routeros(recorded):
    return Device(
        ROS_PROMPT,
        {
            "/interface print terse without-paging": recorded("mikrotik_routeros", "ports"),
            "/interface monitor-traffic ether2_UniFi2 once": recorded("mikrotik_routeros", "rates"),
            "/ip arp print without-paging": recorded("mikrotik_routeros", "neighbours"),
            "/ip route print terse without-paging": recorded("mikrotik_routeros", "routes"),
            "/ip dhcp-server lease print terse without-paging": recorded(
                "mikrotik_routeros", "leases"
            ),
            "/ping 8.8.8.8 count=3 interval=0.2": recorded("mikrotik_routeros", "echo"),
        },
        refusal="bad command name (line 1 column 1)",
    )


def hang_up(server):
    server.accept()[0].close()


def told_nothing_else(device, kind):
    """All that the device was told is on the list."""
    platform = PLATFORMS[kind]
    phrases = [way.phrase for ways in platform.ways.values() for way in ways]
    return all(
        line in platform.housekeeping or any(one._pattern().fullmatch(line) for one in phrases)
        for line in device.told
    )


def test_a_cisco_tells_of_ports_neighbours_routes_and_pings(ios, login, watch):
    questions = [
        Question(About.LINK, "Te1/1/1"),
        Question(About.LINK, "FastEthernet1"),
        Question(About.BROADCAST, "TenGigabitEthernet1/1/1"),
        Question(About.ARP, "172.16.233.229"),
        Question(About.ROUTE, "192.168.1.0/24"),
        Question(About.PING, "10.245.179.14"),
        Question(About.DHCP),
    ]
    with listening(ios):
        entry, up, down, storm, arp, route, ping, dhcp = look(
            login(ios.port, "cisco_ios"), questions, watch, window=0
        )

    assert (entry.state, entry.figures["result"], entry.vantage) == (State.UP, "ok", "")
    assert (up.state, up.figures["carrier"], up.figures["rx_bps"]) == (State.UP, 1, 0)
    assert (down.state, down.figures["carrier"], down.vantage) == (State.DOWN, 0, "opd1")
    assert storm.figures == {"pps": 0}
    assert arp.figures["macs"] == ["00:00:0c:59:f8:92"]
    assert (route.figures["found"], route.figures["port"]) == (1, "vasileft1")
    assert (ping.state, ping.figures["received"]) == (State.DOWN, 0)
    assert (dhcp.state, dhcp.figures) == (State.UNKNOWN, {})
    assert told_nothing_else(ios, "cisco_ios")


def test_a_huawei_tells_of_ports_neighbours_and_routes(vrp, login, watch):
    questions = [
        Question(About.LINK, "GigabitEthernet0/0/2"),
        Question(About.ARP, "10.10.20.2"),
        Question(About.ROUTE, "default"),
    ]
    with listening(vrp):
        entry, link, arp, route = look(login(vrp.port, "huawei_vrp"), questions, watch, window=0)

    assert entry.state is State.UP
    assert (link.figures["speed_mbit"], link.figures["rx_errors"]) == (1000, 0)
    assert arp.state is State.UP
    assert route.figures["via"] == "10.9.1.1"
    assert told_nothing_else(vrp, "huawei_vrp")


def test_a_mikrotik_tells_the_rates_of_the_ports_that_are_asked_for(routeros, login, watch):
    questions = [
        Question(About.LINK, "ether2_UniFi2"),
        Question(About.ARP, "8.8.8.8"),
        Question(About.DHCP),
        Question(About.PING, "8.8.8.8"),
        Question(About.BIG, "8.8.8.8"),
    ]
    with listening(routeros):
        entry, link, arp, dhcp, ping, big = look(
            login(routeros.port, "mikrotik_routeros"), questions, watch, window=0
        )

    assert entry.state is State.UP
    assert (link.figures["rx_pps"], link.figures["link_downs"]) == (21, 0)
    assert (arp.state, arp.figures["macs"]) == (State.DOWN, [])
    assert dhcp.figures == {"leases": 1}
    assert ping.figures["median_ms"] == 64.5
    assert big.state is State.UNKNOWN
    assert "tidak mengenal" in big.detail
    assert told_nothing_else(routeros, "mikrotik_routeros")


def test_a_port_whose_name_could_be_a_command_is_never_said(routeros, login, watch):
    with listening(routeros):
        _, link, arp = look(
            login(routeros.port, "mikrotik_routeros"),
            [Question(About.LINK, "ether2\n/system reboot"), Question(About.ARP, "1.1.1.1;x")],
            watch,
            window=0,
        )

    assert (link.state, arp.state) == (State.UNKNOWN, State.DOWN)
    assert told_nothing_else(routeros, "mikrotik_routeros")


def test_a_huawei_that_offers_to_save_its_configuration_gets_no_yes(vrp, login, watch):
    vrp.greeting = (
        "Info: There are security risks in the configuration file. Continue?[Y/N]:\r\n<x>"
    )
    with listening(vrp):
        entry, route = look(login(vrp.port, "huawei_vrp"), [TRAFFIC], watch)

    assert "Y" not in vrp.told
    assert (entry.figures["result"], route.state) == ("asks", State.UNKNOWN)


def test_a_device_that_never_prompts_is_left_in_time(ios, login):
    ios.prompts = False
    with listening(ios):
        entry, route = look(
            login(ios.port, "cisco_ios"), [TRAFFIC], Watch.lasting(2, lambda: datetime.now(UTC))
        )

    assert (entry.figures["result"], entry.state) == ("no-prompt", State.DEGRADED)
    assert "tidak siap" in route.detail


def test_a_device_that_prints_without_end_is_left(ios, login, watch):
    ios.endless = "show ip route"
    with listening(ios):
        entry, route, arp = look(
            login(ios.port, "cisco_ios"),
            [TRAFFIC, Question(About.ARP, "172.16.233.229")],
            watch,
        )

    assert entry.figures["result"] == "ok"
    assert (route.state, arp.state) == (State.UNKNOWN, State.UNKNOWN)
    assert "tanpa henti" in route.detail


def test_a_wrong_password_is_tried_once(ios, login, watch):
    with listening(ios):
        entry, route = look(login(ios.port, "cisco_ios", password="salah"), [TRAFFIC], watch)

    assert ios.tried == ["salah"]
    assert (entry.figures["result"], route.state) == ("wrong-password", State.UNKNOWN)


def test_a_changed_key_is_refused_and_said_so_before_any_password(ios, login, watch):
    with listening(ios):
        look(login(ios.port, "cisco_ios"), [], watch)
    other = dataclasses.replace(ios, key=paramiko.ECDSAKey.generate(), told=[], tried=[])
    with listening(other):
        (entry,) = look(login(other.port, "cisco_ios"), [], watch)

    assert (entry.figures["result"], entry.state) == ("key-changed", State.DEGRADED)
    assert "berbeda" in entry.detail
    assert other.tried == []


def test_a_key_of_another_kind_is_a_changed_key_too(ios, login, watch):
    with listening(ios):
        look(login(ios.port, "cisco_ios"), [], watch)
    other = dataclasses.replace(ios, key=paramiko.RSAKey.generate(2048), told=[], tried=[])
    with listening(other):
        (entry,) = look(login(other.port, "cisco_ios"), [], watch)

    assert entry.figures["result"] == "key-changed"
    assert other.tried == []


def test_a_devices_key_is_remembered_for_its_owner_only(ios, login, watch):
    with listening(ios):
        look(login(ios.port, "cisco_ios"), [], watch)
    file = login(ios.port, "cisco_ios").key_file

    assert file.stat().st_mode & 0o777 == 0o600
    assert "ecdsa-sha2-nistp256" in file.read_text()


def test_old_algorithms_are_refused_unless_the_device_is_marked(ios, login, watch):
    ios.algorithms, ios.key = OLD, paramiko.RSAKey.generate(2048)
    with listening(ios):
        (refused,) = look(login(ios.port, "cisco_ios"), [], watch)
        (allowed,) = look(login(ios.port, "cisco_ios", legacy=True), [], watch)

    assert (refused.figures["result"], allowed.figures["result"]) == ("old-algorithms", "ok")
    assert ios.tried == [PASSWORD]
    assert (allowed.state, allowed.figures["weak"]) == (State.DEGRADED, ["aes128-cbc", "ssh-rsa"])


def test_a_device_that_is_marked_but_was_replaced_is_not_called_weak(ios, login, watch):
    with listening(ios):
        (entry,) = look(login(ios.port, "cisco_ios", legacy=True), [], watch)

    assert (entry.state, entry.figures["weak"]) == (State.UP, [])


def test_telnet_only_where_a_device_is_marked(ios, login, watch):
    with listening(ios, over_telnet):
        (entry,) = look(login(ios.port, "cisco_ios"), [], watch)

    assert entry.figures["result"] == "no-prompt"
    assert ios.tried == []


def test_a_marked_device_is_visited_over_telnet_and_flagged(ios, login, watch):
    with listening(ios, over_telnet):
        entry, route = look(
            login(ios.port, "cisco_ios", telnet=True),
            [Question(About.ROUTE, "192.168.1.0/24")],
            watch,
        )

    assert (entry.state, entry.figures["weak"]) == (State.DEGRADED, ["telnet"])
    assert route.figures["found"] == 1
    assert told_nothing_else(ios, "cisco_ios")


def test_a_wrong_password_is_tried_once_over_telnet_too(ios, login, watch):
    with listening(ios, over_telnet):
        (entry,) = look(login(ios.port, "cisco_ios", telnet=True, password="salah"), [], watch)

    assert ios.tried == ["salah"]
    assert entry.figures["result"] == "wrong-password"


def test_a_mikrotik_is_not_visited_over_telnet(login):
    with pytest.raises(ValueError, match="telnet"):
        login(23, "mikrotik_routeros", telnet=True)


def test_nobody_there_is_refused(login, watch, closed_port):
    (entry,) = look(login(closed_port), [], watch)

    assert (entry.figures["result"], entry.state) == ("refused", State.DEGRADED)


def test_a_server_that_only_listens_has_no_prompt(login):
    with socket.create_server(("127.0.0.1", 0)) as server:
        (entry,) = look(
            login(server.getsockname()[1]), [], Watch.lasting(1, lambda: datetime.now(UTC))
        )

    assert entry.figures["result"] == "no-prompt"


def test_a_server_that_hangs_up_is_no_timeout(login, watch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        guest = Thread(target=hang_up, args=(server,))
        guest.start()
        (entry,) = look(login(server.getsockname()[1]), [], watch)
        guest.join()

    assert entry.figures["result"] in ("closed", "no-prompt")


@pytest.mark.parametrize("telnet", [False, True])
def test_no_password_is_logged_however_much_is_logged(ios, login, watch, caplog, telnet):
    with caplog.at_level(logging.DEBUG), listening(ios, over_telnet if telnet else over_ssh):
        look(login(ios.port, "cisco_ios", telnet=telnet), [], watch)

    assert ios.tried == [PASSWORD]
    assert PASSWORD not in caplog.text


def test_a_password_that_a_device_prints_is_not_in_the_findings(ios, login, watch):
    printed = f"S 10.2.0.0/16 [1/0] via 10.9.1.1\nsnmp-server community {PASSWORD} RO"
    ios.prompt = "RUIJIE#"
    ios.answers = {"show ip route": printed}
    with listening(ios):
        _, route = look(login(ios.port, "ruijie_os"), [Question(About.ROUTE, "10.2.0.0/16")], watch)

    assert route.figures["found"] == 1
    assert "snmp-server community" in route.raw
    assert PASSWORD not in route.raw
