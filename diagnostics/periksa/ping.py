"""Ping: many targets at once on one socket, paced, and a second look at the silent.

RFC 792 (echo), RFC 4443 (ICMPv6). No answer from a host is a finding, never an exception.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any

from periksa.addresses import Address, parse
from periksa.findings import Finding, State, Target
from periksa.gear import Gear
from periksa.icmp import HEADERS, PAYLOAD, Reply
from periksa.plan import Echoes
from periksa.reading import ping_says
from periksa.sockets import Blocked
from periksa.tally import Figures, Tally, errors_in

PROBE = "ping"


async def ping(
    targets: Sequence[Target],
    passes: tuple[Echoes, Echoes],
    gear: Gear,
    heard: Callable[[list[Finding]], None] = lambda _: None,
) -> list[Finding]:
    """Ping all targets, then once more those that did not answer; return one finding each.

    A router that must first find its neighbour, or a lossy link that swallowed the first second,
    must make a live host look neither dead nor slow. Where the second pass was answered, only it
    counts.

    Figures: see ``tally.figures``; and ``socket``, "raw", "dgram" or "none", and ``late``, how many
    echoes of a first pass were left out because of that.
    UP when each echo was answered, DEGRADED when some were, DOWN when none was; UNKNOWN when none
    could be sent, or when the watch was over before an answer could have come.

    Args:
        targets: Each address once.
        passes: How to ping all of them, and then the silent.
        gear: Of the run.
        heard: Told the findings of the first pass as soon as there are some.
    """
    pinger = _Pinger(gear, targets)
    await pinger.exchange(targets, passes[0])
    early = pinger.findings(targets)
    heard(early)
    doubtful = pinger.doubtful(targets, early)
    if doubtful:
        async with gear.watch.bounded():
            await asyncio.sleep(pinger.begun + passes[1].after - monotonic())
        if not gear.watch.over:
            pinger.begin_again(doubtful)
        await pinger.exchange(doubtful, passes[1])
    again = dict(zip(doubtful, pinger.findings(doubtful), strict=True))
    return [again.get(target, finding) for target, finding in zip(targets, early, strict=True)]


class _Pinger:
    def __init__(self, gear: Gear, targets: Sequence[Target]) -> None:
        self._gear = gear
        self._tallies = {address: Tally(address) for address in map(_address, targets)}
        self._news = {address: asyncio.Event() for address in self._tallies}
        self._started, self.begun = gear.watch.now(), monotonic()

    def doubtful(self, targets: Sequence[Target], early: Sequence[Finding]) -> list[Target]:
        """Those of whom nothing may be said before a second look."""
        return [
            target
            for target, finding in zip(targets, early, strict=True)
            if finding.state is State.DOWN or self._tallies[_address(target)].queued
        ]

    def begin_again(self, targets: Sequence[Target]) -> None:
        for target in targets:
            self._tallies[_address(target)].begin_again()

    async def exchange(self, targets: Sequence[Target], echoes: Echoes) -> None:
        """Until each target has answered or its time is up."""
        async with self._gear.watch.bounded(), asyncio.TaskGroup() as group:
            for target in targets:
                group.create_task(self._ping(self._tallies[_address(target)], echoes))

    async def _ping(self, tally: Tally, echoes: Echoes) -> None:
        size = PAYLOAD + HEADERS[tally.address.version]
        patient = monotonic() + echoes.patience
        for number in range(echoes.count + 1):
            await self._gear.pacer.turn(str(tally.address), size)
            waste = number >= echoes.few and tally.silent and monotonic() > patient
            if waste or self._gear.watch.over or not _wanted(tally, echoes):
                break
            self._send(tally)
            if number < echoes.count:
                await asyncio.sleep(echoes.spacing)
        news = self._news[tally.address]
        async with self._gear.watch.bounded(echoes.wait):
            while tally.waiting and _wanted(tally, echoes):
                news.clear()
                await news.wait()

    def _send(self, tally: Tally) -> None:
        try:
            tally.sent(self._gear.line.send(tally.address, self._hear))
        except Blocked as refusal:
            tally.blocked = str(refusal)

    def _hear(self, reply: Reply) -> None:
        self._tallies[reply.sent.address].heard(reply)
        self._news[reply.sent.address].set()

    def findings(self, targets: Sequence[Target]) -> list[Finding]:
        return list(map(self._told, targets))

    def _told(self, target: Target) -> Finding:
        tally, name = self._tallies[_address(target)], target.name
        cut_short = self._gear.watch.over and tally.waiting
        figures: Figures = {
            **tally.figures(cut_short=cut_short),
            "late": tally.late,
            "socket": self._gear.line.kind(tally.address.version),
        }
        seconds = monotonic() - self.begun
        if not tally.rtts and tally.blocked:
            state, detail = State.UNKNOWN, f"{name} tidak dapat di-ping: {tally.blocked}."
        elif tally.silent and not tally.before and (cut_short or not tally.rtts):
            state, detail = State.UNKNOWN, f"Ping ke {name} dihentikan sebelum selesai."
        else:
            state, detail = ping_says(name, figures, seconds)
        return Finding(
            PROBE,
            name,
            target.address,
            state,
            detail,
            figures,
            self._started,
            seconds,
            raw=_raw(figures),
        )


def _wanted(tally: Tally, echoes: Echoes) -> bool:
    return not (echoes.yielding and tally.silent and tally.errors)


def _raw(figures: Mapping[str, Any]) -> str:
    times = (figures["first_ms"], *figures["rtts_ms"])
    echoes = [f"echo {i}: {'-' if ms is None else f'{ms} ms'}" for i, ms in enumerate(times)]
    errors = [
        f"{source}: type {kind} code {code}, {count}x"
        for (source, kind, code), count in sorted(errors_in(figures).items())
    ]
    late = [f"late: {figures['late']}"] if figures["late"] else []
    return "\n".join((f"socket: {figures['socket']}", *late, *echoes, *errors))


def _address(target: Target) -> Address:
    return parse(target.address)
