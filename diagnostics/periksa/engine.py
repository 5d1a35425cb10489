"""Carries out a plan: everything at once, what is silent a second time, and a result in time.

SOP step 5. Meant for a background thread or process; blocks until there is a result. The probes
share one event loop in a thread of their own, so that whoever watches the progress cannot slow
them down, and a loop that hangs cannot hold the result up.
"""

import asyncio
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from threading import Event, Thread
from time import monotonic

from periksa import big, dns, http, ping, port, trace
from periksa.crew import Crew, Owed, unknown
from periksa.findings import Finding, Run, State, Target
from periksa.gear import Gear
from periksa.plan import Big, Plan
from periksa.probes import Live, Probes
from periksa.watch import Watch, never

ORDER = (ping.PROBE, big.PROBE, trace.PROBE, port.PROBE, port.KNOCK, dns.PROBE, http.PROBE)

TICK = 0.2  # seconds between two calls of ``progress``
GRACE = 0.5  # seconds that probes get to hand over what they have, before the cap
ALMOST = 0.95  # as far as progress goes on an estimate

ANSWERING = (State.UP, State.DEGRADED)

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
    look.begin()
    try:
        while look.going:
            progress(*look.progress())
            if cancelled():
                look.stop()
            look.wait(TICK)
    finally:
        look.stop()
    result = look.result()
    progress(1.0, f"Selesai: {_count(result.findings)}.")
    return result


class _Look:
    """One run in progress: half of it in the caller's thread, half on the loop."""

    def __init__(self, plan: Plan, probes: Probes, now: Callable[[], datetime]) -> None:
        self.plan, self.probes = plan, probes
        self.started, self.begun = now(), monotonic()
        self.end = self.begun + plan.cap
        self.grace = min(GRACE, plan.cap / 2)
        self.watch = Watch(now, self.end - self.grace)
        self.crew = Crew(self.watch)
        self.owed = _owed(plan)
        self.early: list[Finding] = []
        self.loop: asyncio.AbstractEventLoop | None = None
        self.done, self.stopped = Event(), False
        self.fault = ""

    # In the caller's thread.

    def begin(self) -> None:
        Thread(target=self._work, name="periksa", daemon=True).start()

    @property
    def going(self) -> bool:
        return not self.done.is_set() and monotonic() < self.end

    def wait(self, seconds: float) -> None:
        self.done.wait(max(min(seconds, self.end - monotonic()), 0))

    def stop(self) -> None:
        if not self.stopped:
            self.stopped = True
            self.end = min(self.end, monotonic() + GRACE)
            loop = self.loop
            if loop is not None and not self.done.is_set():
                with suppress(RuntimeError):  # it has just ended by itself
                    loop.call_soon_threadsafe(self.watch.stop)

    def progress(self) -> tuple[float, str]:
        share = min((monotonic() - self.begun) / self.plan.seconds, ALMOST)
        if not self.early:
            return share, f"Memeriksa {len(self.plan.targets)} alamat …"
        return share, f"{_count(self.early)}; memeriksa lebih lanjut …"

    def result(self) -> Run:
        found = dict(self.crew.found)
        missing = {job.probe: job.owed for job in tuple(self.crew.missing.values())}
        why = "gagal karena kesalahan program" if self.fault else "tidak selesai pada waktunya"
        for probe, owed in {**self.owed, **missing}.items():
            if probe not in found:
                found[probe] = unknown(probe, owed, why, self.watch.now(), raw=self.fault)
        findings = tuple(finding for probe in ORDER for finding in found.get(probe, ()))
        return Run(self.plan.vantage, self.started, monotonic() - self.begun, findings)

    # On the loop.

    def _work(self) -> None:
        try:
            asyncio.run(self._look())
        except Exception:  # noqa: BLE001 - the caller is owed a result, whatever fails here
            self.fault = traceback.format_exc()
        finally:
            self.done.set()

    async def _look(self) -> None:
        self.loop = asyncio.get_running_loop()
        if self.stopped:
            self.watch.stop()
        with Gear.lent(self.plan.links, self.watch) as gear:
            self._start(gear)
            await self.crew.finish(self.grace)

    def _start(self, gear: Gear) -> None:
        plan, probes, owed, start = self.plan, self.probes, self.owed, self.crew.start

        def heard(findings: list[Finding]) -> None:
            self.early = findings
            self._go_on(gear)

        start(ping.PROBE, owed[ping.PROBE], lambda: probes.ping(plan, gear, heard))
        start(port.PROBE, owed[port.PROBE], lambda: probes.port(plan, gear))
        start(dns.PROBE, owed[dns.PROBE], lambda: probes.dns(plan, gear))
        start(http.PROBE, owed[http.PROBE], lambda: probes.http(plan, gear))

    def _go_on(self, gear: Gear) -> None:
        """After the first pass of pings: see how far the way to the silent goes.

        Not after the second: by then the last router has given up finding its neighbour, and spent
        its ration of ICMP errors on saying so.
        """
        plan, probes, start = self.plan, self.probes, self.crew.start
        state = {finding.address: finding.state for finding in self.early}
        dead = [target for target in plan.targets if state[target.address] is State.DOWN]
        alive = [target for target in plan.targets if state[target.address] is State.UP]
        answering = [target for target in plan.targets if state[target.address] in ANSWERING]
        full = filled(answering, plan.big)
        traced = [*alive[:1], *dead]
        knocked = [
            target
            for target in plan.targets
            if not target.ports and state[target.address] in (State.DOWN, State.UNKNOWN)
        ]
        start(trace.PROBE, _named(traced), lambda: probes.trace(traced, plan, gear))
        start(port.KNOCK, _named(knocked), lambda: probes.knock(knocked, plan, gear))
        start(big.PROBE, _named(full), lambda: probes.big(full, plan, gear))


def filled(answering: Sequence[Target], how: Big) -> list[Target]:
    """Those that get packets that fill a frame."""
    at = {target.address: target for target in answering}
    first = [at.pop(address) for address in how.order if address in at][: how.targets]
    return [*first, *spread([*at.values()], how.targets - len(first))]


def spread(targets: Sequence[Target], count: int) -> list[Target]:
    """So many of them, in their order: the first, the last, and others evenly between."""
    if count >= len(targets) or count <= 1:
        return list(targets[: max(count, 0)])
    step = (len(targets) - 1) / (count - 1)
    return [targets[round(number * step)] for number in range(count)]


def _owed(plan: Plan) -> dict[str, Sequence[Owed]]:
    """What a plan asks for, before anything is known."""
    questions = len(plan.names) * len(plan.questions.types)
    return {
        ping.PROBE: _named(plan.targets),
        port.PROBE: [
            (target.name, target.address) for target in plan.targets for _ in target.ports
        ],
        dns.PROBE: [one for one in _named(plan.servers) for _ in range(questions)],
        http.PROBE: [(page.url, page.address) for page in plan.pages],
    }


def _named(targets: Sequence[Target]) -> Sequence[Owed]:
    return [(target.name, target.address) for target in targets]


def _count(findings: Sequence[Finding]) -> str:
    pings = [finding for finding in findings if finding.probe == ping.PROBE]
    return f"{sum(finding.answered for finding in pings)} dari {len(pings)} alamat menjawab"
