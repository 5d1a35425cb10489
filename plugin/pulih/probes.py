"""Looking at the network through periksa. Implements `ports.Probes`.

It and `visits` are the only doors between the two halves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from periksa.addresses import allowed
from periksa.findings import Finding, Target
from pulih.domain.login import Access
from pulih.domain.look import Look
from pulih.domain.records import ProbeRun
from pulih.ports import Document, Examined, Progress, Ready, Visits

if TYPE_CHECKING:
    from periksa.examination import Examination
    from periksa.network import Network
    from periksa.probes import Probes as Place

_NO_VISITS = Ready((), {}, Path())
_SAID = "answer"  # the probe of what a person answered
_AROUND = 0.4  # seconds of the five from the click that asking for a run and keeping it may take


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class PeriksaProbes:
    """Probes from this machine: addresses in ten seconds at the most, the way of an agency in five.

    Attributes:
        ranges: What may be probed besides registered addresses, in CIDR notation.
        dns_servers: IP addresses of the servers that are asked for names.
        place: Where to look from; this machine when None, else a recording.
        visits: Looks from devices as well; None: only from here.
    """

    ranges: Sequence[str] = ()
    dns_servers: Sequence[str] = ()
    now: Callable[[], datetime] = _utc_now
    place: Place | None = None
    visits: Visits | None = None

    def run(
        self, targets: Sequence[Mapping[str, Any]], names: Sequence[str], progress: Progress
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

    def examine(self, look: Look, access: Access, progress: Progress) -> Examined:
        """Look at a network from here and from its devices, and judge it.

        Nothing is sent but to the addresses of the network, and to public ones that the name of a page leads to.

        Raises:
            ValueError: It is no network; the message is a sentence.
        """
        from periksa.examination import SOON, Order  # noqa: PLC0415 - as above
        from periksa.examine import examine  # noqa: PLC0415 - as above
        from periksa.segments import segments  # noqa: PLC0415 - as above
        from periksa.sweep import offices  # noqa: PLC0415 - as above

        names = [str(node["name"]) for node in look.network["nodes"]]
        ready = self.visits.ready(access, names) if self.visits else _NO_VISITS
        network = network_of({**look.network, "vantages": [*ready.vantages]})
        order = Order(
            network,
            look.about,
            keys=ready.keys if ready.vantages else None,
            environment=ready.environment,
            seconds=None if look.whole else SOON - _AROUND,
        )
        found = examine(order, now=self.now, progress=progress, probes=self.place)
        found = replace(found, missing=(*ready.missing, *found.missing))
        states = offices(network, found.findings, found.verdict) if look.whole else ()
        return Examined(
            seconds=found.seconds,
            findings=tuple(one.as_dict() for one in found.findings),
            verdict=_verdict(found),
            segments={
                place: pool.as_dict() for place, pool in segments(network, found.findings).items()
            },
            offices=tuple(office.as_dict() for office in states),
            learned=self.visits.learned(access) if self.visits else {},
        )

    def judge(self, run: ProbeRun) -> Document:
        """Return the verdict on what a run saw and was told. Raises ValueError where it keeps no network."""
        from periksa.examination import Examination  # noqa: PLC0415 - as above
        from periksa.judge.court import judge  # noqa: PLC0415 - as above

        findings = _findings(run.seen)
        missing = tuple(map(str, run.verdict.get("missing", ())))
        verdict = judge(network_of(run.network), findings)
        return _verdict(Examination(run.about, run.at, run.seconds, findings, missing, verdict))

    def answer(self, run: ProbeRun, question: str, value: str, at: datetime) -> Document:
        """Return what a person said, as a finding. Raises ValueError for no question, or no answer."""
        from periksa.examination import answered  # noqa: PLC0415 - as above

        return answered(network_of(run.network), question, value, at).as_dict()

    def compare(self, before: ProbeRun, after: ProbeRun, waited: float) -> Document:
        """Compare a run with one of step 5, on the network as it is now.

        What people answered is left out: it is seldom asked again, and would leave every comparison open. What a
        computer's code said has to be seen again.

        Raises:
            ValueError: One of them keeps no network.
        """
        from periksa.compare import compare  # noqa: PLC0415 - as above

        network = network_of(after.network)
        then, now = (
            [one for one in _findings(run.seen) if one.probe != _SAID] for run in (before, after)
        )
        found = compare(network, then, now, waited)
        return {**found.as_dict(), "said": list(found.said)}


def rehearsed(now: Callable[[], datetime], told: Mapping[str, Any]) -> PeriksaProbes:
    """Return probes of a network that answers as it is told; nothing is sent.

    Args:
        told: What does not answer as usual, by the attributes of `periksa.rehearsal.Rehearsal`.
    """
    from periksa.rehearsal import Rehearsal  # noqa: PLC0415 - as above

    place = Rehearsal(
        silent=set(told.get("silent", ())),
        lossy=dict(told.get("lossy", {})),
        ms=dict(told.get("ms", {})),
    )
    return PeriksaProbes(now=now, place=place)


def network_of(data: Mapping[str, Any]) -> Network:
    """Return the network that the desk describes (`domain.description`), in the shape of `periksa --path`.

    Raises:
        ValueError: It describes none.
    """
    from periksa.netfile import network  # noqa: PLC0415 - as above

    return network(data)


def _verdict(found: Examination) -> Document:
    return {**found.as_dict(), "missing": list(found.missing)}


def _findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(map(Finding.from_dict, rows))


def _target(target: Mapping[str, Any]) -> Target:
    return Target(str(target["name"]), str(target["address"]), tuple(target.get("ports", ())))
