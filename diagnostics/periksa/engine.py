"""Carries out a plan: everything at once, what is silent a second time, and a result in time.

SOP step 5. Meant for a background thread or process; blocks until there is a result.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from time import monotonic

from periksa import dns, ping, port, trace
from periksa.crew import Crew
from periksa.findings import Finding, Run, State
from periksa.plan import Plan
from periksa.probes import Live, Probes
from periksa.watch import Watch, never

ORDER = (ping.PROBE, trace.PROBE, port.PROBE, port.KNOCK, dns.PROBE)

TICK = 0.2  # seconds between two calls of ``progress``
GRACE = 0.5  # seconds that probes get to hand over what they have, before the cap
ALMOST = 0.95  # as far as progress goes on an estimate

Progress = Callable[[float, str], None]


def run(
    plan: Plan,
    *,
    now: Callable[[], datetime],
    progress: Progress,
    cancelled: Callable[[], bool] = never,
    probes: Probes | None = None,
) -> Run:
    """Carry out the plan.

    Args:
        plan: What to look at.
        now: The time of day, aware. Called from several threads.
        progress: Told how far it is (0 to 1, never falling) and one sentence, in this thread,
            several times a second; the last call is (1.0, ...).
        cancelled: Asked in this thread, several times a second. Once it says yes, the run ends
            within half a second, with what there is.
        probes: Where to look from; this machine when not given.

    Returns:
        A finding for everything planned, after ``plan.cap`` seconds at the latest. What could not
        be finished is UNKNOWN. Nothing that the network or a probe does raises.
    """
    look = _Look(plan, probes or Live(), now)
    try:
        look.begin()
        while look.going:
            progress(*look.progress())
            if cancelled():
                look.stop()
            look.take(TICK)
    finally:
        look.stop()
    result = look.result()
    progress(1.0, f"Selesai: {_count(result.findings)}.")
    return result


class _Look:
    """One run in progress."""

    def __init__(self, plan: Plan, probes: Probes, now: Callable[[], datetime]) -> None:
        self.plan, self.probes = plan, probes
        self.started, self.begun = now(), monotonic()
        self.end = self.begun + plan.cap
        self.halt = Event()
        self.watch = Watch(now, self.end - min(GRACE, plan.cap / 2), self.halt.is_set)
        self.crew = Crew(self.watch)
        self.early: list[Finding] = []
        self.found: dict[str, list[Finding]] = {}

    @property
    def going(self) -> bool:
        return bool(self.crew.running) and monotonic() < self.end

    def begin(self) -> None:
        plan, probes, watch, crew = self.plan, self.probes, self.watch, self.crew
        questions = len(plan.names) * len(plan.questions.types)
        ports = [target for target in plan.targets for _ in target.ports]
        asked = [server for server in plan.servers for _ in range(questions)]
        crew.start(ping.PROBE, plan.targets, lambda: probes.ping(plan, watch, crew.tell))
        crew.start(port.PROBE, ports, lambda: probes.port(plan, watch))
        crew.start(dns.PROBE, asked, lambda: probes.dns(plan, watch))

    def take(self, seconds: float) -> None:
        """Wait that long for what the probes have to say."""
        said = self.crew.wait(min(seconds, self.end - monotonic()))
        if said is None:
            return
        job, findings = said
        if job is None:
            self.early = findings
            self.go_on()
        else:
            self.found[job.probe] = findings

    def go_on(self) -> None:
        """After the first pass of pings: see how far the way to the silent goes.

        Not after the second: by then the last router has given up finding its neighbour, and spent
        its ration of ICMP errors on saying so.
        """
        plan, probes, watch = self.plan, self.probes, self.watch
        state = {finding.address: finding.state for finding in self.early}
        dead = [target for target in plan.targets if state[target.address] is State.DOWN]
        alive = [target for target in plan.targets if state[target.address] is State.UP]
        traced = [*alive[:1], *dead]
        knocked = [
            target
            for target in plan.targets
            if not target.ports and state[target.address] in (State.DOWN, State.UNKNOWN)
        ]
        self.crew.start(trace.PROBE, traced, lambda: probes.trace(traced, plan, watch))
        self.crew.start(port.KNOCK, knocked, lambda: probes.knock(knocked, plan, watch))

    def stop(self) -> None:
        if not self.halt.is_set():
            self.halt.set()
            self.end = min(self.end, monotonic() + GRACE)

    def progress(self) -> tuple[float, str]:
        share = min((monotonic() - self.begun) / self.plan.seconds, ALMOST)
        if not self.early:
            return share, f"Memeriksa {len(self.plan.targets)} alamat …"
        return share, f"{_count(self.early)}; memeriksa lebih lanjut …"

    def result(self) -> Run:
        for job in self.crew.running:
            self.found[job.probe] = self.crew.missing(job)
        findings = tuple(finding for probe in ORDER for finding in self.found.get(probe, ()))
        return Run(self.plan.vantage, self.started, monotonic() - self.begun, findings)


def _count(findings: Sequence[Finding]) -> str:
    pings = [finding for finding in findings if finding.probe == ping.PROBE]
    return f"{sum(finding.answered for finding in pings)} dari {len(pings)} alamat menjawab"
