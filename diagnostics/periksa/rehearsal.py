"""Probes that answer as they are told, and send nothing: for tests, demonstrations and training."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from periksa import big, dns, http, ping, port, trace
from periksa.findings import Finding, State, Target
from periksa.gear import Gear
from periksa.plan import Plan
from periksa.probes import Heard
from periksa.reading import ping_says
from periksa.tally import Errors, Figures, figures

SENT = 10
_USUAL_MS = 1.0
_SWING = (0.92, 1.0, 1.07, 0.97, 1.12)  # no two echoes take as long
_FINE = 200
_DNS = 53
_ELSEWHERE = "127.0.0.1"  # of a page whose address nobody wrote down
_ANSWER = "10.0.0.80"  # of a name whose right address nobody wrote down


@dataclass
class Rehearsal:
    """A network in which everything answers but what is told not to. May be changed between two looks.

    Attributes:
        silent: Addresses that answer nothing.
        lossy: How many of `SENT` pings addresses answer.
        mute: Addresses of resolvers whose service is down.
        ms: How long answers of addresses take; 1 ms where nothing is said.
    """

    silent: set[str] = field(default_factory=set)
    lossy: dict[str, int] = field(default_factory=dict)
    mute: set[str] = field(default_factory=set)
    ms: dict[str, float] = field(default_factory=dict)

    async def ping(self, plan: Plan, gear: Gear, heard: Heard) -> list[Finding]:
        """As told; the second pass sees what the first one saw."""
        found = [self._ping(target, gear) for target in plan.targets]
        heard(found)
        return found

    async def big(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        """Large packets come through wherever small ones do."""
        sent = plan.big.count
        return [
            self._told(
                big.PROBE, one, gear, {"sent": sent, "received": 0 if self._out(one) else sent}
            )
            for one in targets
        ]

    async def trace(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:  # noqa: ARG002 - the Probes signature
        """No router on the way says anything."""
        return [
            self._told(trace.PROBE, one, gear, {"hops": [None], "end": "silence"})
            for one in targets
        ]

    async def port(self, plan: Plan, gear: Gear) -> list[Finding]:
        """Every port is open but that of a mute resolver."""
        return [
            self._told(port.PROBE, one, gear, {"port": number, "result": self._result(one, number)})
            for one in plan.targets
            for number in one.ports
        ]

    async def knock(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        """Who does not answer pings does not answer here."""
        ports = plan.connects.knock
        told: Figures = {"ports": ports, "results": ["timeout"] * len(ports)}
        return [self._told(port.KNOCK, one, gear, told) for one in targets]

    async def dns(self, plan: Plan, gear: Gear) -> list[Finding]:
        """The right addresses."""
        return [
            self._told(
                dns.PROBE,
                server,
                gear,
                {
                    "name": name.name,
                    "type": "A",
                    "result": "TIMEOUT" if self._quiet(server) else "NOERROR",
                    "answers": [] if self._quiet(server) else list(name.expect or (_ANSWER,)),
                    "wrong": 0,
                },
                down=self._quiet(server),
            )
            for server in plan.servers
            for name in plan.names
        ]

    async def http(self, plan: Plan, gear: Gear) -> list[Finding]:
        """Every page is as it should be."""
        return [
            self._told(
                http.PROBE,
                Target(page.url, page.address or _ELSEWHERE),
                gear,
                {"url": page.url, "result": "ok", "status": page.status or _FINE},
            )
            for page in plan.pages
        ]

    def _ping(self, target: Target, gear: Gear) -> Finding:
        got = 0 if self._out(target) else self.lossy.get(target.address, SENT)
        usual = self.ms.get(target.address, _USUAL_MS)
        times = [round(usual * _SWING[n % len(_SWING)], 3) for n in range(SENT)]
        came = [ms if n * got % SENT < got else None for n, ms in enumerate(times)]
        told = figures(usual if got else None, came, Errors())
        state, detail = ping_says(target.name, told, 1.0)
        return replace(self._told(ping.PROBE, target, gear, told), state=state, detail=detail)

    def _told(
        self, probe: str, target: Target, gear: Gear, told: Figures, *, down: bool | None = None
    ) -> Finding:
        state = State.DOWN if (self._out(target) if down is None else down) else State.UP
        said = f"{target.name} {state.label}."
        return Finding(probe, target.name, target.address, state, said, told, gear.watch.now(), 0.0)

    def _out(self, target: Target) -> bool:
        return target.address in self.silent

    def _quiet(self, server: Target) -> bool:
        return server.address in self.silent | self.mute

    def _result(self, target: Target, number: int) -> str:
        if self._out(target):
            return "timeout"
        return "refused" if number == _DNS and target.address in self.mute else "open"
