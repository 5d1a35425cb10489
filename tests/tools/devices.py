"""Devices to log in to: simulated ones that print recorded answers, over SSH and over telnet.

They keep every line they were told and every password that was tried.
"""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

import paramiko

USER, PASSWORD = "penjaga", "rahasia123"


@dataclass
class Device:
    """What a simulated device is like.

    Attributes:
        prompt: As it shows it.
        answers: What it prints, by command.
        refusal: What it prints to any other.
        greeting: What it prints before the first prompt.
        prompts: Whether it ever shows its prompt.
        endless: A command after which it prints for ever.
        algorithms: Lists of paramiko's transport to set, such as ``_preferred_kex``.
        key: Its host key.
        told: Every line it was told.
        tried: Every password that was tried.
        port: Where it listens.
    """

    prompt: str
    answers: Mapping[str, str] = field(default_factory=dict)
    refusal: str = "% Invalid input detected at '^' marker."
    greeting: str = ""
    prompts: bool = True
    endless: str = ""
    algorithms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: paramiko.PKey | None = None
    told: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    port: int = 0

    def talk(self, receive: Callable[[], str], send: Callable[[str], object]) -> None:
        """Echo what comes, and answer each line, until the visitor leaves."""
        prompt = f"\r\n{self.prompt}" if self.prompts else ""
        send(self.greeting + prompt)
        line = ""
        while letter := receive():
            if letter not in "\r\n":
                line += letter
                send(letter)
                continue
            command, line = line.strip(), ""
            if command:
                self.told.append(command)
            if command and command == self.endless:
                while True:
                    send("x" * 1000 + "\r\n")
            answer = self.answers.get(command, self.refusal) if command else ""
            if command.startswith(("terminal ", "screen-length ")):
                answer = ""
            send("\r\n" + answer.replace("\n", "\r\n") + prompt)


class _Doorman(paramiko.ServerInterface):
    def __init__(self, device: Device) -> None:
        self.device = device

    def check_auth_password(self, username: str, password: str) -> int:
        self.device.tried.append(password)
        right = username.partition("+")[0] == USER and password == PASSWORD
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username: str) -> str:
        return "password"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED

    def check_channel_shell_request(self, channel: paramiko.Channel) -> bool:
        return True

    def check_channel_pty_request(self, *_: object) -> bool:
        return True


def over_ssh(device: Device, visitor: socket.socket) -> None:
    left = (OSError, EOFError, paramiko.SSHException)  # the visitor went away, at whatever point
    with suppress(*left), paramiko.Transport(visitor) as transport:
        for name, value in device.algorithms.items():
            setattr(transport, name, value)
        transport.add_server_key(device.key)
        transport.start_server(server=_Doorman(device))
        channel = transport.accept(20)
        if channel:
            device.talk(
                lambda: channel.recv(1).decode(), lambda text: channel.sendall(text.encode())
            )


def over_telnet(device: Device, visitor: socket.socket) -> None:
    def receive() -> str:
        return visitor.recv(1).decode(errors="replace")

    def send(text: str) -> None:
        visitor.sendall(text.encode())

    def line() -> str:
        text = ""
        while not text:
            while (letter := receive()) not in ("\r", "\n"):
                if not letter:
                    raise ConnectionError
                text += letter
        return text

    with suppress(OSError), visitor:
        if not device.prompts:
            receive()
            return
        while True:
            send("\r\nUsername: ")
            name = line()
            send("\r\nPassword: ")
            password = line()
            device.tried.append(password)
            if (name, password) == (USER, PASSWORD):
                break
            send("\r\n% Login invalid\r\n")
        device.talk(receive, send)


@contextmanager
def listening(
    device: Device, manner: Callable[[Device, socket.socket], None] = over_ssh
) -> Iterator[Device]:
    """The device, on a port of this machine."""
    device.key = device.key or paramiko.ECDSAKey.generate()
    visitors: list[socket.socket] = []
    threads: list[Thread] = []
    with socket.create_server(("127.0.0.1", device.port)) as server:
        device.port = server.getsockname()[1]

        def serve() -> None:
            while True:
                visitor, _ = server.accept()
                visitors.append(visitor)
                if not serving:
                    return
                threads.append(Thread(target=manner, args=(device, visitor)))
                threads[-1].start()

        serving = [True]
        host = Thread(target=serve)
        host.start()
        try:
            yield device
        finally:
            serving.clear()
            socket.create_connection(("127.0.0.1", device.port)).close()
            host.join()
            for visitor in visitors:
                with suppress(OSError):
                    visitor.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()
            for visitor in visitors:
                visitor.close()
