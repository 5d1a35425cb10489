"""DNS questions asked all at once, each over a UDP socket of its own, and what became of each.

RFC 1035. The sockets are connected, because only then does the kernel tell that nothing listens
on the port; and they are ours, because the kernel's time of receiving can be had only from them.
"""

import asyncio
import errno
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic, time

# All at once and up front: dnspython loads parts when first used, which would count as slowness.
import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rdtypes.ANY.CNAME
import dns.rdtypes.ANY.SOA
import dns.rdtypes.IN.A
import dns.rdtypes.IN.AAAA

from periksa.addresses import parse
from periksa.gear import Gear
from periksa.kernel import Ancillary, received_at, stamp
from periksa.plan import Questions

FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}
AT_ONCE = 200  # questions under way: each is a file of this process
THERE, BACK = 80, 220  # bytes of a question and an answer with a few addresses, about
ROOM = 65535  # bytes of the longest datagram


@dataclass(slots=True)
class Query:
    """One question to one server.

    Attributes:
        address: The server's.
        port: The server's.
        name: What is asked.
        rdtype: "A" or "AAAA".
        result: The server's answer as the protocol names it (NOERROR, NXDOMAIN, SERVFAIL, …), or
            NODATA (the name exists, such an address does not), TRUNCATED (the answer did not fit a
            datagram), CLOSED (nothing listens), MALFORMED, TIMEOUT, UNREACHABLE (the network says
            so), BLOCKED (this machine says so), BADNAME, STOPPED (the watch was over first).
        answers: Addresses.
        ms: Milliseconds from the last sending to the answer, None without one.
        sent: How often it was sent.
        error: The operating system's error number, 0 when there was none.
        request: What is sent.
        at: When it was last sent (monotonic).
        clock: The same in seconds since 1970, to compare with the kernel's receive time.
    """

    address: str
    port: int
    name: str
    rdtype: str
    result: str = "STOPPED"
    answers: list[str] = field(default_factory=list)
    ms: float | None = None
    sent: int = 0
    error: int = 0
    request: dns.message.Message = field(default_factory=dns.message.Message)
    at: float = 0.0
    clock: float = 0.0

    def prepare(self) -> bool:
        """Write the request; False when the name cannot be one."""
        try:
            self.request = dns.message.make_query(self.name, self.rdtype)
        except (dns.exception.DNSException, ValueError):
            self.result = "BADNAME"
            return False
        return True

    def send(self, opened: socket.socket) -> None:
        """Send it, for the first time or again. Raises OSError."""
        wire = self.request.to_wire()
        self.at, self.clock = monotonic(), time()
        opened.send(wire)
        self.sent += 1

    def hear(self, wire: bytes, ancillary: Ancillary) -> bool:
        """Take a datagram; False when it is no answer to this question."""
        elapsed = self._elapsed(received_at(ancillary))
        try:
            reply = dns.message.from_wire(wire)
        except (dns.exception.DNSException, ValueError):
            self.result, self.ms = "MALFORMED", elapsed
            return True
        if not self.request.is_response(reply):
            return False
        self.ms = elapsed
        wanted = dns.rdatatype.from_text(self.rdtype)
        self.answers = [
            record.to_text() for rrset in reply.answer if rrset.rdtype == wanted for record in rrset
        ]
        self.result = dns.rcode.to_text(reply.rcode())
        if self.result == "NOERROR" and not self.answers:
            self.result = "TRUNCATED" if reply.flags & dns.flags.TC else "NODATA"
        return True

    def _elapsed(self, at: float | None) -> float:
        """Milliseconds since it was sent, by the kernel's clock where that can be."""
        elapsed = monotonic() - self.at
        told = elapsed if at is None else at - self.clock
        # Out of these bounds when the time of day was set meanwhile, or a first answer came late.
        return round((told if 0 <= told <= elapsed + 0.001 else elapsed) * 1000, 3)

    def refused(self, error: OSError, *, at_once: bool = False) -> None:
        """The kernel says no: for this machine, or for what came back from the network."""
        self.error = error.errno or errno.EIO
        if self.error == errno.ECONNREFUSED:
            self.result = "CLOSED"
        else:
            self.result = "BLOCKED" if at_once else "UNREACHABLE"


async def ask_all(queries: Sequence[Query], questions: Questions, gear: Gear) -> None:
    """Ask them all together, each ``questions.wait`` seconds at most; tell the outcome in each."""
    room = asyncio.Semaphore(AT_ONCE)

    async def ask_one(query: Query) -> None:
        async with room:
            await _ask(query, questions, gear)

    async with gear.watch.bounded(), asyncio.TaskGroup() as group:
        for query in queries:
            if query.prepare():
                group.create_task(ask_one(query))


async def _ask(query: Query, questions: Questions, gear: Gear) -> None:
    try:
        opened = socket.socket(FAMILY[parse(query.address).version], socket.SOCK_DGRAM)
    except OSError as error:
        query.refused(error, at_once=True)
        return
    with opened:
        opened.settimeout(0)
        stamp(opened)
        try:
            opened.connect((query.address, query.port))
        except OSError as error:
            query.refused(error, at_once=True)
            return
        await _exchange(query, opened, questions, gear)


async def _exchange(query: Query, opened: socket.socket, questions: Questions, gear: Gear) -> None:
    """Send it once, and once more when nothing came; wait for what is said of it."""
    loop, said = asyncio.get_running_loop(), asyncio.Event()

    def hear() -> None:
        if _settled(opened, query):
            said.set()

    loop.add_reader(opened, hear)
    try:
        for seconds in (questions.again, questions.wait - questions.again):
            await gear.pacer.turn(query.address, THERE, BACK)
            if said.is_set() or gear.watch.over:
                return
            try:
                query.send(opened)
            except OSError as error:
                query.refused(error, at_once=query.sent == 0)
                return
            async with gear.watch.bounded(seconds):
                await said.wait()
        if not said.is_set() and not gear.watch.over:
            query.result = "TIMEOUT"
    finally:
        loop.remove_reader(opened)


def _settled(opened: socket.socket, query: Query) -> bool:
    try:
        wire, ancillary, _, _ = opened.recvmsg(ROOM, 256)
    except BlockingIOError:
        return False
    except OSError as error:
        query.refused(error)
        return True
    return query.hear(wire, ancillary)
