"""Trace: all hops of several paths at once, on one socket, without losing the silent ones.

Echoes leave with a rising time to live; where it runs out, the router says so (RFC 792, type 11).
A silent hop is asked a second time: routers ration such messages, and links lose them.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from periksa.addresses import parse
from periksa.findings import Finding, State, Target
from periksa.gear import Gear
from periksa.hops import Path
from periksa.icmp import HEADERS, PAYLOAD, Reply
from periksa.plan import Hops
from periksa.reading import trace_says
from periksa.sockets import Blocked
from periksa.watch import Watch

PROBE = "trace"


async def trace(targets: Sequence[Target], hops: Hops, gear: Gear) -> list[Finding]:
    """Trace the path to each of the first ``hops.targets`` targets; the others stay UNKNOWN.

    Hops are asked for a few at once, and more only while some speak: a path that ends in silence is
    not followed for long, one that goes round is left.

    Figures, lists with an entry a hop and None for a silent one: ``hops`` (who spoke), ``types``
    and ``codes`` (ICMP), ``hops_ms``; and ``end`` ("destination", "unreachable", "stranger" or
    "silence"), ``last_hop``, ``last_address``, ``loop`` (routers that spoke at several hops).
    UP when the target itself answered, DOWN when it did not; UNKNOWN when nothing could be sent,
    or when the watch was over too early to say.
    """
    started, begun = gear.watch.now(), monotonic()
    traced = {parse(target.address) for target in targets[: hops.targets]}
    paths = {address: Path(address) for address in traced}
    async with gear.watch.bounded(), asyncio.TaskGroup() as group:
        for path in paths.values():
            group.create_task(_Tracer(path, hops, gear).run())
    finding = Finding(PROBE, "", "", State.UNKNOWN, "", {}, started, monotonic() - begun)
    return [
        _told(
            replace(finding, target=target.name, address=target.address),
            paths.get(parse(target.address)),
            gear.watch,
        )
        for target in targets
    ]


@dataclass(slots=True)
class _Tracer:
    path: Path
    hops: Hops
    gear: Gear
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        asked = 0
        while True:
            first, asked = asked + 1, min(asked + self.hops.wave, self.hops.limit)
            for hop in range(first, asked + 1):
                await self.send(hop)
            await self.listen(self.hops.gap)
            if asked < self.hops.limit and self.path.goes_on(asked):
                continue
            for hop in self.path.silent(asked):
                await self.send(hop)
            await self.listen(self.hops.wait)
            if asked == self.hops.limit or not self.path.goes_on(asked):
                return

    async def send(self, hop: int) -> None:
        if self.path.beyond(hop):
            return
        size = PAYLOAD + HEADERS[self.path.address.version]
        await self.gear.pacer.turn(str(self.path.address), size)
        await asyncio.sleep(0)  # what came in meanwhile may have made this hop needless
        if self.gear.watch.over or self.path.beyond(hop):
            return
        try:
            sent = self.gear.line.send(self.path.address, self.hear, ttl=hop)
        except Blocked as refusal:
            self.path.blocked = str(refusal)
        else:
            self.path.sent(sent, hop)

    def hear(self, reply: Reply) -> None:
        self.path.hear(reply)
        self.news.set()

    async def listen(self, seconds: float) -> None:
        """That long, or until no hop is missing."""
        async with self.gear.watch.bounded(seconds):
            while not self.path.complete:
                self.news.clear()
                await self.news.wait()


def _told(finding: Finding, path: Path | None, watch: Watch) -> Finding:
    name = finding.target
    if path is None:
        detail = f"Jalur ke {name} tidak ditelusuri: sudah cukup banyak jalur ditelusuri sekaligus."
        return replace(finding, detail=detail)
    figures = path.figures()
    if path.blocked and not path.asked:
        detail = f"Jalur ke {name} tidak dapat ditelusuri: {path.blocked}."
        return replace(finding, figures=figures, detail=detail)
    if watch.over and path.end is None:
        detail = f"Penelusuran jalur ke {name} dihentikan sebelum selesai."
        return replace(finding, figures=figures, detail=detail)
    state, detail = trace_says(name, figures)
    return replace(finding, figures=figures, state=state, detail=detail, raw=_raw(path))


def _raw(path: Path) -> str:
    lines = []
    for hop in range(1, path.last + 1):
        reply = path.heard.get(hop)
        if reply is None:
            lines.append(f"{hop}: -")
        else:
            said = f"type {reply.type} code {reply.code} {reply.ms:.3f} ms"
            lines.append(f"{hop}: {reply.source} {said}")
    return "\n".join(lines)
