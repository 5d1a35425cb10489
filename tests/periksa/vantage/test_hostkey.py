"""The key that a server shows of itself: listened to without logging in, remembered, told in short."""

import shutil
import subprocess

import paramiko
import pytest
from devices import Device, listening

from periksa.findings import State
from periksa.vantage.failing import Failed
from periksa.vantage.hostkey import fingerprint, offered, put, remembered
from periksa.vantage.look import look


@pytest.mark.slow
def test_openssh_shows_its_key_and_nobody_logs_in(openssh, tmp_path):
    with openssh.running():
        key = offered("127.0.0.1", openssh.port, 5)
        log = openssh.log

    told = subprocess.run(
        ["ssh-keygen", "-lf", openssh.folder / "key-ed25519.pub"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert fingerprint(key) in told.split()
    assert "Failed" not in log
    assert "Accepted" not in log


@pytest.mark.slow
def test_a_key_that_was_put_is_the_only_one_that_is_let_in(openssh, login, watch):
    visit = login(openssh.port)
    with openssh.running("rsa"):
        other = offered("127.0.0.1", openssh.port, 5)
    put(visit.key_file, "127.0.0.1", openssh.port, other)
    with openssh.running():
        (before,) = look(visit, [], watch)
        put(visit.key_file, "127.0.0.1", openssh.port, offered("127.0.0.1", openssh.port, 5))
        (after,) = look(visit, [], watch)

    assert before.figures["result"] == "key-changed"
    assert after.state is State.UP


@pytest.mark.slow
def test_a_first_visit_leaves_the_key_to_be_remembered(openssh, login, watch):
    visit = login(openssh.port)
    put(visit.key_file, "127.0.0.1", openssh.port, "")
    with openssh.running():
        (entry,) = look(visit, [], watch)
        assert remembered(visit.key_file) == offered("127.0.0.1", openssh.port, 5)

    assert entry.state is State.UP


def test_an_old_device_shows_its_key_too():
    old = {"_preferred_kex": ("diffie-hellman-group14-sha1",), "_preferred_keys": ("ssh-rsa",)}
    key = paramiko.RSAKey.generate(2048)
    device = Device("SW#", algorithms=old, key=key)
    with listening(device):
        assert offered("127.0.0.1", device.port, 5) == f"ssh-rsa {key.get_base64()}"

    assert (device.tried, device.told) == ([], [])


def test_nobody_there_is_told_as_such(unused_port):
    with pytest.raises(Failed) as failed:
        offered("127.0.0.1", unused_port, 2)
    assert failed.value.result == "refused"


@pytest.fixture
def unused_port():
    from socket import create_server  # noqa: PLC0415 - pytest-socket lets it through in here

    with create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.parametrize("key", ["ssh-rsa", "x\n127.0.0.1 ssh-rsa AAAA", "ssh-rsa AA\nBB", "a b c"])
def test_what_is_no_key_is_not_written(tmp_path, key):
    with pytest.raises(ValueError, match="tidak terbaca"):
        put(tmp_path / "rt.key", "127.0.0.1", 22, key)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "\n", "127.0.0.1", "127.0.0.1 ssh-rsa", "\u00e9 ssh-rsa A"])
def test_what_is_no_key_is_not_remembered(tmp_path, text):
    (tmp_path / "rt.key").write_text(text, "utf-8")
    assert remembered(tmp_path / "rt.key") == ""
    assert remembered(tmp_path / "none.key") == ""


@pytest.mark.parametrize(("port", "host"), [(22, "2001:db8::1"), (2222, "[2001:db8::1]:2222")])
def test_a_key_is_written_as_ssh_reads_it(tmp_path, port, host):
    if not shutil.which("ssh-keygen"):
        pytest.skip("ssh-keygen is not installed")
    key = paramiko.ECDSAKey.generate()
    put(tmp_path / "rt.key", "2001:db8::1", port, f"{key.get_name()} {key.get_base64()}")
    found = subprocess.run(
        ["ssh-keygen", "-F", host, "-l", "-f", tmp_path / "rt.key"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert fingerprint(remembered(tmp_path / "rt.key")) in found.split()


@pytest.mark.parametrize("key", ["", "ssh-rsa", "ssh-rsa !!!!"])
def test_what_is_no_key_has_no_fingerprint(key):
    assert fingerprint(key) == ""
