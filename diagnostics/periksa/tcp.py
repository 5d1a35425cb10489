"""TCP connections tried many at once, and what became of each.

RFC 9293. Nothing is sent over them; each is closed as soon as it stands.
"""

import errno
import select
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from periksa.addresses import parse
from periksa.watch import SLICE, Watch

FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}


@dataclass(slots=True)
class Attempt:
    """One connection.

    Attributes:
        address: Where to.
        port: Which port.
        result: "open", "refused", "timeout", "unreachable" (the network says so), "blocked" (this
            machine says so) or "stopped" (the watch was over first).
        ms: Milliseconds until it was open or refused, else None.
        error: The operating system's error number, 0 when there was none.
        begun: When (monotonic).
    """

    address: str
    port: int
    result: str = "stopped"
    ms: float | None = None
    error: int = 0
    begun: float = 0.0

    def ended(self, error: int, *, at_once: bool = False) -> None:
        """The kernel has decided."""
        self.error = error
        if error == 0:
            self.result = "open"
        elif error in (errno.ECONNREFUSED, errno.ECONNRESET):
            self.result = "refused"
        elif error == errno.ETIMEDOUT:
            self.result = "timeout"
        else:
            self.result = "blocked" if at_once else "unreachable"
        if self.result in ("open", "refused"):
            self.ms = round((monotonic() - self.begun) * 1000, 3)


def try_all(attempts: Sequence[Attempt], wait: float, watch: Watch) -> None:
    """Try them all together, at most ``wait`` seconds; tell the outcome in each."""
    poll, pending = select.poll(), dict[int, tuple[socket.socket, Attempt]]()
    end = monotonic() + wait
    for attempt in attempts:
        _start(attempt, poll, pending)
    while pending and monotonic() < end and not watch.over:
        for number, _ in poll.poll(min(SLICE, max(end - monotonic(), 0)) * 1000):
            opened, attempt = pending.pop(number)
            attempt.ended(opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
            poll.unregister(number)
            opened.close()
    in_time = monotonic() >= end
    for opened, attempt in pending.values():
        if in_time:
            attempt.result = "timeout"
        opened.close()


def _start(
    attempt: Attempt, poll: select.poll, pending: dict[int, tuple[socket.socket, Attempt]]
) -> None:
    attempt.begun = monotonic()
    try:
        opened = socket.socket(FAMILY[parse(attempt.address).version], socket.SOCK_STREAM)
    except OSError as error:
        attempt.ended(error.errno or errno.EIO, at_once=True)
        return
    opened.settimeout(0)
    outcome = opened.connect_ex((attempt.address, attempt.port))
    if outcome == errno.EINPROGRESS:
        poll.register(opened, select.POLLOUT)
        pending[opened.fileno()] = opened, attempt
    else:
        attempt.ended(outcome, at_once=True)
        opened.close()
