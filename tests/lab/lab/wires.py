"""A cable that can be bad: the kernel forwards while it is whole, this program while it is not.

A link's two veth ends meet in the namespace ``wires``. There an nftables rule at ingress hands
each frame to the other end. To impair a link the rule goes and two packet sockets take its place.
"""

import heapq
import random
import select
import socket
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic

from lab.namespaces import inside, run

ETH_P_ALL = 3
SOL_PACKET, PACKET_IGNORE_OUTGOING = 263, 23
ETHERNET = 14  # bytes of its header
LONGEST = 9000


@dataclass(frozen=True, slots=True)
class Impairment:
    """What one direction of a cable does to frames, in this order.

    Attributes:
        dead: Every frame vanishes; the ends keep their light.
        mtu: IP packets longer than this vanish, nobody is told.
        loss: Share of frames that vanish.
        corrupt: Share of frames with one bit turned over, behind the Ethernet header.
        duplicate: Share of frames that arrive twice.
        kbit: Rate in kbit/s, 0 for no limit.
        queue_s: Seconds of waiting at that rate before frames are thrown away.
        delay_s: Seconds that each frame takes.
        jitter_s: Up to this much more, drawn for each frame.
    """

    dead: bool = False
    mtu: int = 0
    loss: float = 0.0
    corrupt: float = 0.0
    duplicate: float = 0.0
    kbit: float = 0.0
    queue_s: float = 0.1
    delay_s: float = 0.0
    jitter_s: float = 0.0

    def joined(self, other: "Impairment") -> "Impairment":
        """Both on one cable: for each thing that may be wrong, what differs from fine.

        Delays add up.
        """
        either = {
            name: getattr(self if getattr(self, name) != getattr(FINE, name) else other, name)
            for name in Impairment.__slots__
        }
        return Impairment(**{**either, "delay_s": self.delay_s + other.delay_s})


FINE = Impairment()


@dataclass(slots=True)
class Way:
    """One direction while this program carries it."""

    out: socket.socket
    how: Impairment
    chance: random.Random
    free_at: float = 0.0
    last_due: float = 0.0

    def carry(self, frame: bytes, now: float) -> list[tuple[float, bytes]]:
        """When to hand over which frames; nothing for a frame that is lost. Order is kept."""
        how, chance = self.how, self.chance
        if how.dead or (how.mtu and len(frame) - ETHERNET > how.mtu):
            return []
        if how.loss and chance.random() < how.loss:
            return []
        if how.corrupt and chance.random() < how.corrupt:
            frame = self._flipped(frame)
        due = now
        if how.kbit:
            start = max(now, self.free_at)
            if start - now > how.queue_s:
                return []
            due = self.free_at = start + len(frame) * 8 / (how.kbit * 1000)
        due += how.delay_s + how.jitter_s * chance.random()
        due = self.last_due = max(due, self.last_due)
        copies = 2 if how.duplicate and chance.random() < how.duplicate else 1
        return [(due, frame)] * copies

    def _flipped(self, frame: bytes) -> bytes:
        bit = self.chance.randrange(ETHERNET * 8, len(frame) * 8)
        changed = bytearray(frame)
        changed[bit // 8] ^= 1 << bit % 8
        return bytes(changed)


@dataclass(slots=True)
class Wires:
    """All cables of one lab, in their namespace. A thread carries what the kernel does not.

    Attributes:
        namespace: Where the ends meet.
        ends: Link to the names of its two ends there; the first is at the link's ``a``.
    """

    namespace: str
    ends: MutableMapping[str, tuple[str, str]]
    _ways: dict[int, tuple[socket.socket, Way]] = field(default_factory=dict)
    _bad: dict[str, tuple[Impairment, Impairment]] = field(default_factory=dict)
    _held: list[tuple[float, int, socket.socket, bytes]] = field(default_factory=list)
    _count: int = 0
    _lock: Lock = field(default_factory=Lock)
    _stop: bool = False
    _epoll: select.epoll = field(default_factory=select.epoll)
    _thread: Thread | None = None

    def start(self) -> None:
        """Join all ends and begin to listen for impairments."""
        self._nft(self._rules())
        self._thread = Thread(target=self._carry, name="wires", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop = True
        if self._thread:
            self._thread.join()
        self._release()

    def impair(self, bad: Mapping[str, tuple[Impairment, Impairment]]) -> None:
        """These links behave so from now on, (a to b, b to a), and all others are whole."""
        with self._lock:
            self._release()
            self._bad = dict(bad)
            for number, (link, both) in enumerate(self._bad.items()):
                self._take(self.ends[link], both, number)
        self._nft(self._rules())

    def _rules(self) -> str:
        lines = ["table netdev wires", "delete table netdev wires", "table netdev wires {"]
        for link, (one, other) in self.ends.items():
            if link not in self._bad:
                lines += [_forward(one, other), _forward(other, one)]
        return "\n".join([*lines, "}"])

    def _nft(self, script: str) -> None:
        with inside(self.namespace):
            run("nft", "-f", "-", script=script)

    def _take(self, ends: tuple[str, str], both: tuple[Impairment, Impairment], seed: int) -> None:
        with inside(self.namespace):
            one, other = (_packet_socket(end) for end in ends)
        ways = ((one, other, both[0]), (other, one, both[1]))
        for number, (source, out, how) in enumerate(ways):
            way = Way(out, how, random.Random(seed * 2 + number))
            self._ways[source.fileno()] = source, way
            self._epoll.register(source, select.EPOLLIN)

    def _release(self) -> None:
        for source, _ in self._ways.values():
            self._epoll.unregister(source)
            source.close()
        self._ways.clear()
        self._held.clear()

    def _carry(self) -> None:
        while not self._stop:
            due = self._held[0][0] - monotonic() if self._held else 0.05
            events = self._epoll.poll(min(max(due, 0), 0.05))
            with self._lock:
                for number, _ in events:
                    if number in self._ways:
                        self._read(*self._ways[number])
                self._hand_over(monotonic())

    def _read(self, source: socket.socket, way: Way) -> None:
        for _ in range(64):
            try:
                frame = source.recv(LONGEST)
            except OSError:  # nothing more, or the end is down
                return
            now = monotonic()
            for due, copy in way.carry(frame, now):
                if due <= now and not self._held:
                    _send(way.out, copy)
                else:
                    self._count += 1
                    heapq.heappush(self._held, (due, self._count, way.out, copy))

    def _hand_over(self, now: float) -> None:
        while self._held and self._held[0][0] <= now:
            _, _, out, frame = heapq.heappop(self._held)
            _send(out, frame)


def _forward(one: str, other: str) -> str:
    hook = f'type filter hook ingress device "{one}" priority 0'
    return f'chain {one} {{ {hook}; fwd to "{other}"; }}'


def _packet_socket(end: str) -> socket.socket:
    opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    opened.setblocking(False)
    opened.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 21)
    opened.bind((end, ETH_P_ALL))
    return opened


def _send(out: socket.socket, frame: bytes) -> None:
    with suppress(OSError):  # the end is down: so is the cable
        out.send(frame)
