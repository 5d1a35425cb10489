"""DNS questions asked all at once, each over a UDP socket of its own, and what became of each.

RFC 1035. The sockets are connected, because only then does the kernel tell that nothing listens
on the port.
"""

import errno
import select
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

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
from periksa.plan import Questions
from periksa.watch import SLICE, Watch

FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}


@dataclass(slots=True)
class Query:
    """One question to one server.

    Attributes:
        address: The server's.
        port: The server's.
        name: What is asked.
        rdtype: "A" or "AAAA".
        result: The server's answer as the protocol names it (NOERROR, NXDOMAIN, SERVFAIL, …), or
            NODATA (the name exists, such an address does not), CLOSED (nothing listens),
            MALFORMED, TIMEOUT, UNREACHABLE (the network says so), BLOCKED (this machine says so),
            BADNAME, STOPPED (the watch was over first).
        answers: Addresses.
        ms: Milliseconds from the last sending to the answer, None without one.
        sent: How often it was sent.
        error: The operating system's error number, 0 when there was none.
        request: What is sent.
        at: When it was last sent (monotonic).
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
        self.at = monotonic()
        opened.send(self.request.to_wire())
        self.sent += 1

    def hear(self, wire: bytes) -> bool:
        """Take a datagram; False when it is no answer to this question."""
        elapsed = round((monotonic() - self.at) * 1000, 3)
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
            self.result = "NODATA"
        return True

    def refused(self, error: OSError, *, at_once: bool = False) -> None:
        """The kernel says no: for this machine, or for what came back from the network."""
        self.error = error.errno or errno.EIO
        if self.error == errno.ECONNREFUSED:
            self.result = "CLOSED"
        else:
            self.result = "BLOCKED" if at_once else "UNREACHABLE"


def ask_all(queries: Sequence[Query], questions: Questions, watch: Watch) -> None:
    """Ask them all together, at most ``questions.wait`` seconds; tell the outcome in each."""
    poll, pending = select.poll(), dict[int, tuple[socket.socket, Query]]()
    end = monotonic() + questions.wait
    for query in queries:
        if query.prepare():
            _start(query, poll, pending)
    while pending and monotonic() < end and not watch.over:
        for number, _ in poll.poll(min(SLICE, max(end - monotonic(), 0)) * 1000):
            if _settled(*pending[number]):
                _drop(number, poll, pending)
        for number, (opened, query) in tuple(pending.items()):
            late = query.sent == 1 and monotonic() - query.at > questions.again
            if late and not _sent(query, opened):
                _drop(number, poll, pending)
    in_time = monotonic() >= end
    for number, (_, query) in tuple(pending.items()):
        if in_time:
            query.result = "TIMEOUT"
        _drop(number, poll, pending)


def _start(
    query: Query, poll: select.poll, pending: dict[int, tuple[socket.socket, Query]]
) -> None:
    try:
        opened = socket.socket(FAMILY[parse(query.address).version], socket.SOCK_DGRAM)
    except OSError as error:
        query.refused(error, at_once=True)
        return
    opened.settimeout(0)
    try:
        opened.connect((query.address, query.port))
        query.send(opened)
    except OSError as error:
        query.refused(error, at_once=True)
        opened.close()
        return
    poll.register(opened, select.POLLIN)
    pending[opened.fileno()] = opened, query


def _sent(query: Query, opened: socket.socket) -> bool:
    try:
        query.send(opened)
    except OSError as error:
        query.refused(error)
        return False
    return True


def _settled(opened: socket.socket, query: Query) -> bool:
    try:
        return query.hear(opened.recv(65535))
    except BlockingIOError:
        return False
    except OSError as error:
        query.refused(error)
        return True


def _drop(number: int, poll: select.poll, pending: dict[int, tuple[socket.socket, Query]]) -> None:
    opened, _ = pending.pop(number)
    poll.unregister(opened)
    opened.close()
