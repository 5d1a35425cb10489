"""A visit to a device over SSH or telnet, in which one can only ask.

The only module that knows netmiko, which is imported with the first visit (2 s).
netmiko has no way of reading only, so its driver is put behind a ``Gate`` and its ways of changing
things are taken out. Both are needed: the one stops whatever line is not on the list, the other
keeps a driver from trying to become more than its user is.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from periksa.vantage.failing import Failed, failures
from periksa.vantage.gate import Barred, Gate
from periksa.vantage.login import Login
from periksa.vantage.phrases import Command

CONNECT = 4.0  # seconds for TCP, and again for the server's greeting
ROUNDS = 6
ANSWERING = ("enable", "check_enable_mode", "cleanup")  # drivers call these by themselves
CHANGING = (
    "send_config_set",
    "send_config_from_file",
    "config_mode",
    "save_config",
    "commit",
    "send_multiline",
    "send_multiline_timing",
    "run_ttp",
)
WEAK = {
    "kex": (
        "diffie-hellman-group-exchange-sha1",
        "diffie-hellman-group14-sha1",
        "diffie-hellman-group1-sha1",
    ),
    "keys": ("ssh-rsa",),
    "pubkeys": ("ssh-rsa",),
    "ciphers": ("aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"),
    "macs": ("hmac-md5", "hmac-sha1-96", "hmac-md5-96"),
}


class Session:
    """Asks, and nothing else.

    Attributes:
        agreed: The algorithms in use, by what they are for; empty over telnet.
        weak: What is no longer safe of it: "telnet", an algorithm, or "kex" (the agreement on a
            key, whose algorithm the library does not tell).
    """

    def __init__(self, connection: Any, gate: Gate, weak: Sequence[str]) -> None:  # noqa: ANN401 - netmiko's
        self.agreed = _agreed(connection)
        self.weak = tuple(weak)
        prompt = re.escape(connection.find_prompt().strip())

        def ask(command: Command) -> str:
            gate.admit(command.text)
            return str(
                connection.send_command(
                    command.text, expect_string=rf"{prompt}[ \t]*$", read_timeout=command.seconds
                )
            )

        self._ask = ask

    def ask(self, command: Command) -> str:
        """What the device prints. Raises Failed when it does not come to an end."""
        with failures():
            return self._ask(command)


@contextmanager
def opened(login: Login, deadline: float) -> Iterator[Session]:
    """A session for the length of a block; the password is tried once.

    Args:
        login: Whom to visit.
        deadline: When all must be over, on ``time.monotonic``'s scale.

    Raises:
        Failed: There is none.
    """
    connection, gate, weak = _greeted(login, deadline)
    try:
        with failures():
            session = Session(connection, gate, weak)
        yield session
    finally:
        connection.disconnect()  # says nothing more, as its ``cleanup`` is taken out


def _greeted(login: Login, deadline: float) -> tuple[Any, Gate, Sequence[str]]:
    """A connection, its gate, and what is weak about it.

    A device marked as old is first met as any other: it may have been replaced. The second try
    costs no password, as algorithms are agreed on before.
    """
    try:
        connection, gate = _connected(login, deadline, legacy=False)
    except Failed as failed:
        if not login.legacy or failed.result != "old-algorithms":
            raise
    else:
        return connection, gate, ("telnet",) if login.telnet else ()
    connection, gate = _connected(login, deadline, legacy=True)
    agreed = _agreed(connection)
    return (
        connection,
        gate,
        sorted(one for key, one in agreed.items() if one in WEAK[key]) or ["kex"],
    )


def _connected(login: Login, deadline: float, *, legacy: bool) -> tuple[Any, Gate]:
    gates: list[Gate] = []
    try:
        with failures():
            driver = _driver(login, deadline, gates)
            return driver(**_arguments(login, deadline, legacy=legacy)), gates[-1]
    except Failed as failed:
        if login.telnet and failed.result == "wrong-password" and not (gates and gates[-1].told):
            raise Failed("no-prompt") from failed  # it never asked for the password
        raise


def _driver(login: Login, deadline: float, gates: list[Gate]) -> Callable[..., Any]:
    """The driver's class for the device, behind a gate and without its ways of changing things."""
    from netmiko.ssh_dispatcher import CLASS_MAPPER  # noqa: PLC0415 - takes 2 s

    platform = login.platform
    base: Any = CLASS_MAPPER[platform.telnet if login.telnet else platform.driver]
    credentials = (login.user, login.password) if login.telnet else ()

    def get(driver: Any) -> Any:  # noqa: ANN401 - as above
        return driver._gate  # noqa: SLF001 - the class is made here

    def put(driver: Any, channel: Any) -> None:  # noqa: ANN401 - as above
        if channel is None:
            driver._gate = None  # noqa: SLF001 - the class is made here
            return
        receive = _telnet(channel) if login.telnet else channel.read_buffer
        gate = Gate(channel.write_channel, receive, platform.housekeeping, credentials, deadline)
        driver._gate = gate  # noqa: SLF001 - the class is made here
        gates.append(gate)

    def barred(*_: object, **__: object) -> None:
        raise Barred("configuration")

    members: dict[str, object] = {
        **dict.fromkeys(CHANGING, barred),
        **dict.fromkeys(ANSWERING, lambda *_, **__: ""),
        "channel": property(get, put),
        "_gate": None,
    }
    if login.telnet:  # 20 rounds of half a second after a refused password is too patient
        members["telnet_login"] = lambda driver: base.telnet_login(driver, max_loops=ROUNDS)
    return type(f"Reading{base.__name__}", (base,), members)


def _telnet(channel: Any) -> Callable[[], str]:  # noqa: ANN401 - netmiko's
    """What has come over telnet, a piece at a time; netmiko's own reading takes all there is."""

    def receive() -> str:
        return str(channel.remote_conn.read_eager().decode(channel.encoding, "ignore"))

    return receive


def _arguments(login: Login, deadline: float, *, legacy: bool) -> dict[str, object]:
    for name in ("paramiko", "netmiko"):
        if not logging.getLogger(name).handlers:  # else every refusal would appear on stderr
            logging.getLogger(name).addHandler(logging.NullHandler())
    left = max(0.1, deadline - monotonic())
    platform = login.platform
    shared: dict[str, object] = {
        "device_type": platform.telnet if login.telnet else platform.driver,
        "host": login.address,
        "port": login.port,
        "username": login.user,
        "password": login.password,
        "conn_timeout": min(CONNECT, left),
    }
    if login.telnet:
        return shared
    login.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    login.key_file.touch(mode=0o600)
    return {
        **shared,
        "banner_timeout": min(CONNECT, left),
        "auth_timeout": min(2 * CONNECT, left),
        "alt_host_keys": True,
        "alt_key_file": str(login.key_file),
        # A key of another type than the remembered one would else count as a first meeting.
        "ssh_strict": login.key_file.stat().st_size > 0,
        "disabled_algorithms": None if legacy else {k: list(v) for k, v in WEAK.items()},
    }


def _agreed(connection: Any) -> dict[str, str]:  # noqa: ANN401 - as above
    client = getattr(connection, "remote_conn_pre", None)
    transport = client.get_transport() if client else None
    if transport is None:
        return {}
    return {
        "keys": transport.host_key_type,
        "ciphers": transport.remote_cipher,
        "macs": transport.remote_mac or "",
    }
