"""A line of echoes: requests out, and what comes back matched to the request it is about.

Three things make a match safe, also in processes forked from one parent: an identifier drawn
afresh for each line, eight random bytes that an answer must bring back, and, in an error, the
address to which the quoted request was going.
"""

import secrets
import select
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self

from periksa.addresses import Address
from periksa.packet import Kind
from periksa.sockets import Arrival, Blocked, EchoSocket
from periksa.watch import SLICE, Watch

TTL = 64
PAYLOAD = 56  # bytes, as every ping since the first


@dataclass(frozen=True, slots=True)
class Sent:
    """An echo request that has left.

    Attributes:
        address: Where to.
        sequence: Its number on this line.
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
    """

    sent: Sent
    source: Address
    kind: Kind
    type: int
    code: int
    ms: float
    stamped: bool


class Line:
    """One socket a family, opened when first used; a context manager.

    Args:
        watch: Nothing is waited for past it.
    """

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._identifier = secrets.randbelow(0x10000)
        self._token = secrets.token_bytes(8)
        self._sent: dict[int, Sent] = {}
        self._sockets: dict[int, EchoSocket] = {}
        self._blocked: dict[int, str] = {}
        self._poll = select.poll()

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
            opened.close()

    def kind(self, family: int) -> str:
        """How echoes of that family went out: "raw", "dgram" (unprivileged), or "none"."""
        opened = self._sockets.get(family)
        return "none" if opened is None else "raw" if opened.raw else "dgram"

    def send(self, address: Address, ttl: int = TTL) -> Sent:
        """Send one echo request.

        Raises:
            Blocked: It cannot leave this machine.
        """
        opened = self._socket(address.version)
        sequence = len(self._sent) & 0xFFFF
        payload = self._token * (PAYLOAD // len(self._token))
        ticks = monotonic()
        at = opened.send(address, self._identifier, sequence, payload, ttl)
        sent = Sent(address, sequence, at, ticks)
        self._sent[sequence] = sent
        return sent

    def receive(self, until: float) -> Iterator[Reply]:
        """Yield replies as they come, until that moment (monotonic) or the end of the watch."""
        while True:
            for opened in tuple(self._sockets.values()):
                for arrival in opened.arrivals():
                    reply = self._match(opened, arrival)
                    if reply is not None:
                        yield reply
            left = until - monotonic()
            if left <= 0 or self._watch.over:
                return
            self._poll.poll(min(left, SLICE) * 1000)

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
            self._poll.register(opened, select.POLLIN)
        return self._sockets[family]

    def _match(self, opened: EchoSocket, arrival: Arrival) -> Reply | None:
        message = arrival.message
        sent = self._sent.get(message.sequence)
        if sent is None or sent.address.version != opened.version:
            return None
        # An unprivileged socket has the kernel choose the identifier, and check it.
        if opened.raw and message.identifier != self._identifier:
            return None
        if message.kind is Kind.ECHO:
            if not message.payload.startswith(self._token):
                return None
        elif message.destination != sent.address:
            return None
        elapsed = (monotonic() - sent.ticks) * 1000
        ms = (arrival.at - sent.at) * 1000 if arrival.stamped else elapsed
        if not 0 <= ms <= elapsed + 1:  # the time of day was set meanwhile
            ms = elapsed
        return Reply(
            sent, arrival.source, message.kind, message.type, message.code, ms, arrival.stamped
        )
