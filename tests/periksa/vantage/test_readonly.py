"""No way of looking at a device leads to a way of changing it."""

import ast
import inspect
from pathlib import Path
from time import monotonic

import netmiko
import pytest
from devices import PASSWORD, Device, listening
from netmiko.ssh_dispatcher import CLASS_MAPPER

import periksa
from periksa.vantage import hostkey, session
from periksa.vantage.gate import Barred
from periksa.vantage.platforms import PLATFORMS
from periksa.vantage.session import CHANGING, Session, opened

SOURCES = sorted(Path(periksa.__file__).parent.rglob("*.py"))
DRIVERS = sorted({name for one in PLATFORMS.values() for name in (one.driver, one.telnet) if name})


def test_a_session_shows_nothing_but_asking():
    shown = {name for name, _ in inspect.getmembers(Session) if not name.startswith("_")}

    assert shown == {"ask"}


def test_only_one_module_holds_a_terminal_and_one_listens_for_keys():
    using = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in {name.partition(".")[0] for name in names}:
                if name in ("netmiko", "paramiko", "telnetlib"):
                    using.setdefault(path.name, set()).add(name)

    assert using == {"session.py": {"netmiko"}, "hostkey.py": {"paramiko"}}


def test_who_listens_for_a_key_never_logs_in():
    tree = ast.parse(Path(hostkey.__file__).read_text("utf-8"))
    called = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "transport"
    }

    assert called == {"banner_timeout", "start_client", "get_remote_server_key", "close"}


def test_nothing_is_called_on_a_driver_but_what_reads():
    tree = ast.parse(Path(session.__file__).read_text("utf-8"))
    called = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("connection", "driver", "client", "base")
    }

    assert called == {
        "find_prompt",
        "send_command",
        "disconnect",
        "get_transport",
        "_gate",
        "telnet_login",
        "__name__",
    }


@pytest.mark.parametrize("name", DRIVERS)
def test_every_way_of_changing_that_a_driver_has_is_taken_out(name):
    public = {one for one, _ in inspect.getmembers(CLASS_MAPPER[name], inspect.isfunction)}
    changing = {one for one in public if one.startswith(("send_config", "save", "commit", "run_"))}

    assert changing <= set(CHANGING)


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGING)
def test_a_way_of_changing_raises_and_sends_nothing(login, name):
    device = Device("SW-OPD1#")
    with listening(device):
        each = login(device.port, "cisco_ios")
        driver = session._driver(each, monotonic() + 20, [])
        connection = driver(**session._arguments(each, monotonic() + 20, legacy=False))
        told = len(device.told)
        try:
            with pytest.raises(Barred):
                getattr(connection, name)("hostname x")
        finally:
            connection.disconnect()

    assert len(device.told) == told


@pytest.mark.slow
def test_what_the_library_would_send_by_itself_stops_at_the_gate(login):
    device = Device("SW-OPD1#")
    with listening(device), opened(login(device.port, "cisco_ios"), monotonic() + 20) as visit:
        connection = visit._ask.__closure__
        driver = next(
            cell.cell_contents
            for cell in connection
            if isinstance(cell.cell_contents, netmiko.BaseConnection)
        )
        for line in ("configure terminal\n", "enable\n", "reload\n", f"{PASSWORD}\n"):
            with pytest.raises(Barred):
                driver.write_channel(line)

    assert set(device.told) == {"terminal width 511", "terminal length 0"}
