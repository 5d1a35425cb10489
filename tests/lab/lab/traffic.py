"""Those who are busy on purpose: a sender that fills a line, an impostor that announces itself."""

import socket
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from ipaddress import IPv4Address
from struct import pack
from threading import Event, Thread

from lab.namespaces import inside

ETH_P_ARP, LLDP = 0x0806, 0x88CC
NEAREST = bytes.fromhex("0180c200000e")  # no bridge passes it on
FULL = 1200  # bytes of a datagram that fills a line
BEAT = 0.02  # seconds between two handfuls of them
AGAIN = 0.5  # seconds between two announcements, greetings or words


Deed = tuple[float, Callable[[], None], socket.socket]  # how often, what, and over which line


class Busy:
    """Threads that repeat something until told to stop."""

    def __init__(self) -> None:
        self._halt = Event()
        self._threads: list[Thread] = []

    def every(
        self, seconds: float, deed: Callable[[], None], line: socket.socket | None = None
    ) -> None:
        """Do it now, and again after that many seconds, until stopped; then close its line."""

        def live() -> None:
            with line or nullcontext():
                while not self._halt.is_set():
                    deed()
                    self._halt.wait(seconds)

        thread = Thread(target=live, daemon=True)
        thread.start()
        self._threads.append(thread)

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than until stopped."""
        self._halt.wait(seconds)

    def stop(self) -> None:
        """Returns when all have ended."""
        self._halt.set()
        for thread in self._threads:
            thread.join()


def flood(namespace: str, address: str, kbit: int) -> Deed:
    """How often to do what, to send that much."""
    with inside(namespace):
        sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setblocking(False)
    owed = 0.0

    def send() -> None:
        nonlocal owed
        owed += kbit * 1000 * BEAT / 8
        while owed >= FULL:
            owed -= FULL
            try:
                sender.sendto(bytes(FULL), (address, 9))
            except OSError:  # the line is down, or nobody listens: the sender does not care
                return

    return BEAT, send, sender


def murmur(namespace: str, addresses: Sequence[str]) -> Deed:
    """How often to do what, to say a word to each: what people's own traffic does all day."""
    with inside(namespace):
        sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setblocking(False)

    def send() -> None:
        for address in addresses:
            with suppress(OSError):  # no way there
                sender.sendto(b".", (address, 9))

    return AGAIN, send, sender


def announcement(namespace: str, port: str, address: str) -> Deed:
    """How often to do what, to tell all neighbours whose address this is (RFC 5227)."""
    own = IPv4Address(address).packed
    head = pack("!HHBBH", 1, 0x0800, 6, 4, 1)
    return _hello(
        namespace,
        port,
        lambda mac: b"\xff" * 6 + mac + pack("!H", ETH_P_ARP) + head + mac + own + bytes(6) + own,
    )


def chatter(namespace: str, port: str) -> Deed:
    """How often to do what, to say hello to whoever is plugged in (IEEE 802.1AB)."""
    told = bytes((0x02, 7, 4)), bytes((0x04, 2, 7)) + b"p", bytes((0x06, 2, 0, 120, 0, 0))
    return _hello(
        namespace,
        port,
        lambda mac: NEAREST + mac + pack("!H", LLDP) + told[0] + mac + b"".join(told[1:]),
    )


def _hello(namespace: str, port: str, frame: Callable[[bytes], bytes]) -> Deed:
    with inside(namespace):
        sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        sender.bind((port, ETH_P_ARP))
    said = frame(sender.getsockname()[4])

    def send() -> None:
        with suppress(OSError):  # the port is down
            sender.send(said)

    return AGAIN, send, sender
