"""TCP ports: open, refused, silent or unreachable, many at once.

RFC 9293. A refusal is good news about the host: something there is alive and says no.
"""

import errno
import os
import select
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

from periksa.findings import Finding, State, Target
from periksa.watch import Watch
from periksa.wording import number

PROBE = "port"
KNOCK = "knock"
SLICE = 0.1  # seconds between two looks at the watch

UNREACHABLE = {
    errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.ENOPROTOOPT,
    errno.EACCES, errno.EPERM,
}  # fmt: skip
STATES = {
    "open": State.UP,
    "refused": State.DEGRADED,
    "timeout": State.DOWN,
    "unreachable": State.DOWN,
    "blocked": State.UNKNOWN,
    "stopped": State.UNKNOWN,
}
SENTENCES = {
    "open": "Port {port} di {name} terbuka ({ms} ms).",
    "refused": "Port {port} di {name} menolak: perangkatnya hidup, layanannya tidak.",
    "timeout": "Port {port} di {name} tidak menjawab.",
    "unreachable": "Port {port} di {name} tidak terjangkau ({said}).",
    "blocked": "Port {port} di {name} tidak dapat dicoba dari server ini ({said}).",
    "stopped": "Pemeriksaan port {port} di {name} dihentikan sebelum selesai.",
}


@dataclass(slots=True)
class Attempt:
    """One connection being tried.

    Attributes:
        address: Where to.
        port: Which port.
        begun: When (monotonic).
        result: "open", "refused", "timeout", "unreachable" (the network says so), "blocked" (this
            machine says so) or "stopped" (the watch was over); empty while it is being tried.
        ms: Milliseconds until there was an answer; None without one.
        error: The operating system's error number, 0 when there was none.
    """

    address: str
    port: int
    begun: float = 0.0
    result: str = ""
    ms: float | None = None
    error: int = 0

    def ended(self, error: int, *, at_once: bool) -> None:
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


def connect(targets: Sequence[Target], wait: float, watch: Watch) -> list[Finding]:
    """Try each port of each target; return a finding for each, in their order.

    Figures: ``port``, ``result`` and ``error`` (see Attempt), ``ms``.
    UP when open, DEGRADED when refused, DOWN when silent or unreachable.
    """
    started = watch.now()
    tried = [(target, Attempt(target.address, port)) for target in targets for port in target.ports]
    _try((attempt for _, attempt in tried), wait, watch)
    findings = []
    for target, attempt in tried:
        said = os.strerror(attempt.error) if attempt.error else ""
        detail = SENTENCES[attempt.result].format(
            port=attempt.port, name=target.name, ms=number(attempt.ms or 0), said=said
        )
"""
"""
