"""Visits to devices as the desk makes them: the vault, remembered keys, a login that is tried, a look that visits."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from socket import create_server

import paramiko
import pytest
from devices import PASSWORD, USER, Device, listening, over_telnet
from openssh import OpenSsh, why_no_openssh

from pulih.domain import agency
from pulih.domain.login import DeviceLogin, Platform, access_of
from pulih.domain.look import Look
from pulih.errors import Unavailable
from pulih.probes import PeriksaProbes
from pulih.visits import DeviceVisits

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HOST = "127.0.0.1"
NODES = ("rt",)


@pytest.fixture
def visits(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    return DeviceVisits(tmp_path / "device-key", data, data / "device-keys")


@pytest.fixture
def login(visits):
    """Make an account on a device of this machine."""

    def make(port, platform=Platform.IOS, **more):
        values = {"user": USER, "by": "admin", "at": NOON, **more}
        return DeviceLogin("rt", platform, sealed=visits.seal(PASSWORD), port=port, **values)

    return make


@pytest.fixture
def openssh(tmp_path):
    why = why_no_openssh()
    if why:
        pytest.skip(why)
    return OpenSsh.at_a_free_port(tmp_path)


def router(**more):
    return agency.Device(
        "rt", "dukcapil", agency.DeviceKind.ROUTER, "Router", **{"address": HOST, **more}
    )


def test_the_key_lies_beside_the_data_and_opens_what_it_sealed(visits, login):
    access = access_of([login(22)], [router()])
    ready = visits.ready(access, NODES)

    assert ready.environment == {"rt": PASSWORD}
    assert PASSWORD not in repr((access, ready, visits, login(22)))
    assert visits.key.stat().st_mode & 0o777 == 0o600
    assert not any(PASSWORD in file.read_text() for file in visits.data.rglob("*.key"))


@pytest.mark.parametrize("spoil", ["lost", "other", "torn", "open"])
def test_what_cannot_be_unsealed_is_said_and_nothing_is_visited(visits, login, tmp_path, spoil):
    kept = login(22)
    match spoil:
        case "lost":
            visits.key.unlink()
        case "other":
            visits.key.unlink()
            visits.seal("x")
        case "torn":
            visits.key.write_text("kunci")
        case _:
            visits.key.chmod(0o644)
    ready = visits.ready(access_of([kept], [router()]), NODES)

    assert (ready.vantages, ready.environment) == ((), {})
    assert len(ready.missing) == 1
    assert visits.attempt(kept, HOST).ending == "sealed"
    assert visits.key.exists() is (spoil != "lost")  # a new one would hide that the old is lost


@pytest.mark.parametrize("where", ["data/device-key", "nowhere/device-key"])
def test_a_key_that_cannot_be_is_refused_with_a_sentence(visits, tmp_path, where):
    with pytest.raises(Unavailable, match="device_key"):
        replace(visits, key=tmp_path / where).seal(PASSWORD)


def test_only_the_nodes_of_the_network_are_visited(visits, login):
    access = access_of([login(22)], [router()])

    assert visits.ready(access, ("sw",)).vantages == ()
    assert visits.ready(access, ("sw",)).missing == ()


def test_an_account_that_refused_its_password_is_not_tried_by_every_look(visits, login):
    refused = replace(login(22), tried="wrong-password", tried_at=NOON)
    ready = visits.ready(access_of([refused], [router()]), NODES)

    assert (ready.vantages, ready.environment) == ((), {})
    assert "mengunci akun" in "".join(ready.missing)


@pytest.mark.slow
def test_a_right_login_gets_in_and_the_key_is_learned(visits, login):
    device = Device("SW-OPD1#", {"show interfaces": "", "show version": ""})
    with listening(device):
        first = visits.attempt(login(device.port), HOST)
        again = visits.attempt(login(device.port, key=first.key), HOST)
        shown = visits.offered(HOST, device.port)

    assert (first.ending, first.key) == ("ok", shown)
    assert (again.ending, again.key) == ("ok", "")
    assert visits.fingerprint(shown).startswith("SHA256:")
    assert set(device.told) <= {"terminal width 511", "terminal length 0"}


@pytest.mark.slow
def test_a_wrong_password_is_tried_once_and_written_nowhere(visits, login, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    device = Device("SW-OPD1#")
    wrong = replace(login(device.port), sealed=visits.seal("bukan-sandinya"))
    with listening(device):
        ended = visits.attempt(replace(wrong, port=device.port), HOST)

    assert (ended.ending, device.tried) == ("wrong-password", ["bukan-sandinya"])
    assert "bukan-sandinya" not in caplog.text + repr(ended)
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(b"bukan-sandinya" in content for content in files)


@pytest.mark.slow
def test_a_changed_key_is_refused_before_the_password_is_sent(visits, login):
    device = Device("SW-OPD1#")
    other = paramiko.ECDSAKey.generate()
    known = f"{other.get_name()} {other.get_base64()}"
    with listening(device):
        ended = visits.attempt(login(device.port, key=known), HOST)

    assert (ended.ending, ended.key, device.tried) == ("key-changed", "", [])


@pytest.mark.slow
def test_over_telnet_it_says_so(visits, login):
    device = Device("SW-OPD1#")
    with listening(device, over_telnet):
        ended = visits.attempt(login(device.port, telnet=True), HOST)

    assert (ended.ending, ended.weak, ended.key) == ("ok", ("telnet",), "")


@pytest.mark.slow
def test_nobody_there_is_an_ending(visits, login):
    with create_server((HOST, 0)) as server:
        port = server.getsockname()[1]

    assert visits.offered(HOST, port) == ""
    assert visits.attempt(login(port), HOST).ending == "refused"


@pytest.mark.parametrize(
    "odd", [{"user": "a\nb"}, {"key": "ssh-rsa x\n"}, {"telnet": True, "platform": Platform.LINUX}]
)
def test_a_login_that_cannot_be_is_an_error_and_nothing_is_sent(visits, login, odd):
    kept = replace(login(22), **odd)

    assert visits.attempt(kept, HOST).ending == "error"


@pytest.mark.slow
def test_an_examination_looks_from_a_real_router_and_learns_its_key(visits, login, openssh):
    """The router is OpenSSH on Linux; all that an OPD has is on this machine."""
    network = {
        "nodes": [
            {"name": "Pulih", "kind": "server", "parent": "rt"},
            {"name": "rt", "kind": "router", "interfaces": [{"name": "lo", "address": HOST}]},
            {"name": "sw", "kind": "switch", "parent": "rt"},
        ],
        "links": [{"a": "rt", "b": "sw", "a_port": "lo"}],
    }
    access = access_of([login(openssh.port, Platform.LINUX)], [router()])
    probes = PeriksaProbes(visits=visits)
    with openssh.running():
        found = probes.examine(Look(network, ("rt",)), access, lambda _part, _doing: None)
        shown = visits.offered(HOST, openssh.port)

    (entry,) = [one for one in found.findings if one["probe"] == "login"]
    assert entry["figures"]["result"] == "ok"
    assert found.learned == {"rt": shown}
    assert any(one["vantage"] == "rt" and one["probe"] == "link" for one in found.findings)
    assert PASSWORD not in repr(found)
