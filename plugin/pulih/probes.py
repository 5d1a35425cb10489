"""Looking at the network through periksa. Implements `ports.Probes`; the only door between the two halves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from periksa.addresses import allowed
from periksa.findings import Target

if TYPE_CHECKING:
    from periksa.network import Network
    from periksa.probes import Probes as Place


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class PeriksaProbes:
    """Probes from this machine, ten seconds at the most.

    Attributes:
        ranges: What may be probed besides registered addresses, in CIDR notation.
        dns_servers: IP addresses of the servers that are asked for names.
        place: Where to look from; this machine when None, else a recording.
    """

    ranges: Sequence[str] = ()
    dns_servers: Sequence[str] = ()
    now: Callable[[], datetime] = _utc_now
    place: Place | None = None

    def run(
        self,
        targets: Sequence[Mapping[str, Any]],
        names: Sequence[str],
        progress: Callable[[float, str], None],
    ) -> tuple[float, list[Mapping[str, Any]]]:
        """Look at the targets, and ask the DNS servers for the names.

        Args:
            targets: `name`, `address` and `ports` of each. Whether they may be probed is not asked again.
            progress: Told, several times a second, how far it is (0 to 1) and a sentence.

        Returns:
            Seconds, and findings as `periksa.findings.Finding.as_dict` gives them.

        Raises:
            ValueError: An address is not that of one host.
        """
        from periksa import engine  # noqa: PLC0415 - most who open an office probe nothing
        from periksa.plan import plan_for  # noqa: PLC0415 - as above

        servers = [Target(f"DNS {address}", address) for address in self.dns_servers]
        plan = plan_for([_target(target) for target in targets], servers, names)
        run = engine.run(plan, now=self.now, progress=progress, probes=self.place)
        return run.seconds, [finding.as_dict() for finding in run.findings]

    def allowed(self, address: str, registered: Sequence[str]) -> bool:
        """Tell whether an address may be probed: registered, or in a range the administrator allows."""
        return allowed(address, registered, self.ranges)


def network_of(data: Mapping[str, Any]) -> Network:
    """Return the network that the desk describes (`domain.description`), in the shape of `periksa --path`.

    Raises:
        ValueError: It describes none.
    """
    from periksa.netfile import network  # noqa: PLC0415 - as above

    return network(data)


def _target(target: Mapping[str, Any]) -> Target:
    return Target(str(target["name"]), str(target["address"]), tuple(target.get("ports", ())))
