"""TCP connections tried on the event loop, and what became of each.

RFC 9293. No name is looked up; the kernel's own answer is kept.
"""

import asyncio
import errno
import socket
from dataclasses import dataclass
from time import monotonic

from periksa.addresses import parse
from periksa.gear import Gear

FAMILY = {4: socket.AF_INET, 6: socket.AF_INET6}
HANDSHAKE = 60  # bytes of a packet that opens, accepts or refuses


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
    """

    address: str
    port: int
    result: str = "stopped"
    ms: float | None = None
    error: int = 0

    def ended(self, error: int, begun: float, *, at_once: bool = False) -> None:
        """The kernel has decided on what began then (monotonic)."""
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
            self.ms = round((monotonic() - begun) * 1000, 3)


async def open_to(attempt: Attempt, wait: float, gear: Gear) -> socket.socket | None:
    """Try it, at most ``wait`` seconds; the connection is the caller's to close.

    Returns:
        The connection, not blocking; None when there is none, and the attempt says why.
    """
    async with gear.watch.bounded():
        await gear.pacer.turn(attempt.address, HANDSHAKE)
    if gear.watch.over:
        return None
    begun = monotonic()
    try:
        opened = socket.socket(FAMILY[parse(attempt.address).version], socket.SOCK_STREAM)
    except OSError as error:
        attempt.ended(error.errno or errno.EIO, begun, at_once=True)
        return None
    try:
        await _connect(opened, attempt, wait, gear, begun)
    finally:
        if attempt.result != "open":
            opened.close()
    return opened if attempt.result == "open" else None


async def _connect(
    opened: socket.socket, attempt: Attempt, wait: float, gear: Gear, begun: float
) -> None:
    opened.settimeout(0)
    outcome = opened.connect_ex((attempt.address, attempt.port))
    if outcome != errno.EINPROGRESS:
        attempt.ended(outcome, begun, at_once=True)
        return
    if await _writable(opened, wait, gear):
        attempt.ended(opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), begun)
    elif not gear.watch.over:
        attempt.result = "timeout"


async def _writable(opened: socket.socket, wait: float, gear: Gear) -> bool:
    """Whether the kernel has decided on a connection within ``wait`` seconds."""
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_writer(opened, ready.set)
    try:
        async with gear.watch.bounded(wait):
            await ready.wait()
    finally:
        loop.remove_writer(opened)
    return ready.is_set()


async def try_to(attempt: Attempt, wait: float, gear: Gear) -> None:
    """Try it, and close it as soon as it stands; nothing is sent over it."""
    opened = await open_to(attempt, wait, gear)
    if opened is not None:
        opened.close()
