"""A line of echoes: requests out, and what comes back handed to whoever sent them.

Three things make a match safe, also in processes forked from one parent: an identifier drawn
afresh for each line, random bytes that an answer must bring back with the number of its request,
and, in an error, the address to which the quoted request was going.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self

from periksa.addresses import V4, Address
from periksa.packet import ECHO_HEADER, IPV4_HEADER, IPV6_HEADER, Kind, Message
from periksa.sockets import Arrival, Blocked, EchoSocket

TTL = 64
PAYLOAD = 56  # bytes, as every ping since the first
TOKEN = 8  # bytes
NUMBER = 4  # bytes
HEADERS = {V4: IPV4_HEADER + ECHO_HEADER, 6: IPV6_HEADER + ECHO_HEADER}


@dataclass(frozen=True, slots=True)
class Sent:
    """An echo request that has left.

    Attributes:
        address: Where to.
        sequence: Its number on this line, from 0 up; the packet has room for the last 16 bits.
        at: Seconds since 1970, to compare with the kernel's receive time.
        ticks: The same moment on ``time.monotonic``'s scale.
    """

    address: Address
    sequence: int
    at: float
    ticks: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back about one request.

    Attributes:
        sent: The request.
        source: Who speaks: the target, a router on the way, or a third party.
        kind: What it means.
        type: ICMP type.
        code: ICMP code.
        ms: Milliseconds from the request.
        stamped: Whether the kernel took the time of receiving.
        mtu: The largest packet that the next link takes, where a router says so; else 0.
    """

    sent: Sent
    source: Address
    kind: Kind
    type: int
    code: int
    ms: float
    stamped: bool
    mtu: int = 0


Hear = Callable[[Reply], None]


class Line:
    """One socket a family, opened when first used, on the running event loop; a context manager."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._identifier = secrets.randbelow(0x10000)
        self._token = secrets.token_bytes(TOKEN)
        self._next = 0
        self._sent: dict[int, tuple[Sent, Hear]] = {}
        self._sockets: dict[int, EchoSocket] = {}
        self._blocked: dict[int, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is sent or heard after this."""
        for opened in self._sockets.values():
            self._loop.remove_reader(opened)
            opened.close()
        self._sockets.clear()

    def kind(self, family: int) -> str:
        """How echoes of that family went out: "raw", "dgram" (unprivileged), or "none"."""
        opened = self._sockets.get(family)
        return "none" if opened is None else "raw" if opened.raw else "dgram"

    def send(self, address: Address, hear: Hear, *, ttl: int = TTL, payload: int = PAYLOAD) -> Sent:
        """Send one echo request, never in fragments.

        Args:
            address: Where to.
            hear: Called on the event loop with each reply, also late ones, until the line closes.
            ttl: Routers that may pass it on, and one.
            payload: Bytes after the ICMP header, 12 at least.

        Raises:
            Blocked: It cannot leave this machine.
        """
        opened = self._socket(address.version)
        number, self._next = self._next, self._next + 1
        sequence = number & 0xFFFF
        ticks = monotonic()
        body = self._mark(number) + self._token * (payload // TOKEN)
        at = opened.send(address, self._identifier, sequence, body[:payload], ttl)
        sent = Sent(address, number, at, ticks)
        self._sent[sequence] = sent, hear
        return sent

    def _mark(self, number: int) -> bytes:
        """What the payload of a request begins with."""
        return self._token + (number & 0xFFFFFFFF).to_bytes(NUMBER, "big")

    def _socket(self, family: int) -> EchoSocket:
        if family in self._blocked:
            raise Blocked(self._blocked[family])
        if family not in self._sockets:
            try:
                opened = EchoSocket(family)
            except Blocked as refusal:
                self._blocked[family] = str(refusal)
                raise
            self._sockets[family] = opened
            self._loop.add_reader(opened, self._hear, opened)
        return self._sockets[family]

    def _hear(self, opened: EchoSocket) -> None:
        for arrival in opened.arrivals():
            known = self._sent.get(arrival.message.sequence)
            if known is not None and self._about(known[0], opened, arrival.message):
                known[1](_reply(known[0], arrival))

    def _about(self, sent: Sent, opened: EchoSocket, message: Message) -> bool:
        """Whether a message is about that request, and not about another's."""
        if sent.address.version != opened.version:
            return False
        # An unprivileged socket has the kernel choose the identifier, and check it.
        if opened.raw and message.identifier != self._identifier:
            return False
        mark = self._mark(sent.sequence)
        if message.kind is Kind.ECHO:
            return message.payload.startswith(mark)
        # How much a router quotes of the payload is its own choice: none of it will do.
        return message.destination == sent.address and mark.startswith(message.payload[: len(mark)])


def _reply(sent: Sent, arrival: Arrival) -> Reply:
    elapsed = (monotonic() - sent.ticks) * 1000
    ms = (arrival.at - sent.at) * 1000 if arrival.stamped else elapsed
    if not 0 <= ms <= elapsed + 1:  # the time of day was set meanwhile
        ms = elapsed
    said = arrival.message
    return Reply(
        sent, arrival.source, said.kind, said.type, said.code, ms, arrival.stamped, said.mtu
    )
