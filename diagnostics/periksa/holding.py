"""How long to watch after a repair before it counts as one. Pure. SOP step 11."""

from collections.abc import Collection
from dataclasses import dataclass

from periksa.judge.faults import Fault

AT_ONCE = 0.0

# What comes back by itself. Switches keep what a loop taught them for up to five minutes.
COMING_BACK = {
    Fault.FLAPPING: "sambungan yang putus-sambung dapat tampak baik untuk sementara",
    Fault.STORM: "switch menyimpan arah yang salah sampai lima menit setelah kabel melingkar dilepas",
    Fault.DUPLICATE_ADDRESS: "perangkat kembarannya dapat menyala lagi, dan tabel ARP perlu waktu",
}
# Old answers are kept for some seconds, and services take some to start.
SLOW_TO_HEAL = {
    Fault.DNS_DOWN,
    Fault.DNS_UPSTREAM,
    Fault.DNS_WRONG,
    Fault.DHCP_DOWN,
    Fault.DHCP_EXHAUSTED,
    Fault.NAT_EXHAUSTED,
    Fault.UPSTREAM,
    Fault.PORTAL,
    Fault.SERVICE_DOWN,
    Fault.SERVICE_HANG,
    Fault.SERVICE_ERROR,
}


@dataclass(frozen=True, slots=True)
class Hold:
    """When to look again.

    Attributes:
        moments: Seconds after the repair.
        lasting: Every look must be clean, up to the last; otherwise the first clean one is enough.
        why: The reason, the rest of a sentence.
    """

    moments: tuple[float, ...]
    lasting: bool
    why: str

    def next(self, waited: float) -> float | None:
        """The next moment after so many seconds; None when the last is over."""
        return next((moment for moment in self.moments if moment > waited), None)


def hold(faults: Collection[Fault]) -> Hold:
    """How long to watch, given what it may have been."""
    for fault, why in COMING_BACK.items():
        if fault in faults:
            return Hold((AT_ONCE, 60.0, 300.0), lasting=True, why=why)
    if SLOW_TO_HEAL.intersection(faults):
        why = "layanan perlu beberapa detik untuk mulai, dan jawaban lama sempat tersimpan"
        return Hold((AT_ONCE, 10.0, 30.0), lasting=False, why=why)
    why = "perangkat yang baru menyala perlu beberapa detik"
    return Hold((AT_ONCE, 10.0), lasting=False, why=why)
