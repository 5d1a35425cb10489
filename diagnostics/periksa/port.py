"""TCP ports, read as findings: those on record, and a knock on a host that is silent to ping.

A refusal is good news about the host: something there is alive and says no.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from periksa.findings import Figure, Finding, State, Target
from periksa.gear import Gear
from periksa.tcp import Attempt, try_to
from periksa.wording import number

PROBE = "port"
KNOCK = "knock"

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
ALIVE = {"open": "terbuka", "refused": "menolak"}
AT_ONCE = 200  # connections in the making: each is a file of this process


async def connect(targets: Sequence[Target], wait: float, gear: Gear) -> list[Finding]:
    """Try each port of each target; return a finding for each, in their order.

    Figures: ``port``, ``result``, ``ms`` and ``error`` (see ``tcp.Attempt``).
    UP when open, DEGRADED when refused, DOWN when silent or unreachable within ``wait`` seconds.
    """
    started, begun = gear.watch.now(), monotonic()
    tried = [(target, Attempt(target.address, port)) for target in targets for port in target.ports]
    await _try_all([attempt for _, attempt in tried], wait, gear)
    blank = Finding(PROBE, "", "", State.UNKNOWN, "", {}, started, monotonic() - begun)
    return [_told(blank, target, attempt) for target, attempt in tried]


async def knock(
    targets: Sequence[Target], ports: Sequence[int], wait: float, gear: Gear
) -> list[Finding]:
    """Try the same few ports on each target; return one finding for each target.

    Figures: the equally long lists ``ports``, ``results``, ``ports_ms``.
    UP when any port was open or refused: either shows a live host. DOWN when none answered.
    """
    started, begun = gear.watch.now(), monotonic()
    tried = [[Attempt(target.address, port) for port in ports] for target in targets]
    await _try_all([attempt for attempts in tried for attempt in attempts], wait, gear)
    blank = Finding(KNOCK, "", "", State.UNKNOWN, "", {}, started, monotonic() - begun)
    return [_heard(blank, *pair) for pair in zip(targets, tried, strict=True)]


async def _try_all(attempts: Sequence[Attempt], wait: float, gear: Gear) -> None:
    """Try them all together, each ``wait`` seconds at most."""
    room = asyncio.Semaphore(AT_ONCE)

    async def attempt_one(attempt: Attempt) -> None:
        async with room:
            await try_to(attempt, wait, gear)

    async with gear.watch.bounded(), asyncio.TaskGroup() as group:
        for attempt in attempts:
            group.create_task(attempt_one(attempt))


def _told(blank: Finding, target: Target, attempt: Attempt) -> Finding:
    said = os.strerror(attempt.error) if attempt.error else ""
    sentence = SENTENCES[attempt.result]
    return replace(
        blank,
        target=target.name,
        address=target.address,
        state=STATES[attempt.result],
        detail=sentence.format(
            port=attempt.port, name=target.name, ms=number(attempt.ms or 0), said=said
        ),
        figures={
            "port": attempt.port,
            "result": attempt.result,
            "ms": attempt.ms,
            "error": attempt.error,
        },
        raw=_raw(attempt),
    )


def _heard(blank: Finding, target: Target, attempts: Sequence[Attempt]) -> Finding:
    name, results = target.name, [attempt.result for attempt in attempts]
    alive = [f"port {one.port} {ALIVE[one.result]}" for one in attempts if one.result in ALIVE]
    if alive:
        state, detail = State.UP, f"{name} hidup: {', '.join(alive)}."
    elif set(results) <= {"blocked", "stopped"}:
        state, detail = State.UNKNOWN, f"Port di {name} tidak dapat dicoba dari server ini."
    else:
        ports = ", ".join(str(attempt.port) for attempt in attempts)
        state, detail = State.DOWN, f"{name} tidak menjawab di port {ports}."
    figures: dict[str, Figure] = {
        "ports": [attempt.port for attempt in attempts],
        "results": results,
        "ports_ms": [attempt.ms for attempt in attempts],
    }
    return replace(
        blank,
        target=name,
        address=target.address,
        state=state,
        detail=detail,
        figures=figures,
        raw="\n".join(map(_raw, attempts)),
    )


def _raw(attempt: Attempt) -> str:
    time = "-" if attempt.ms is None else f"{attempt.ms} ms"
    said = f" ({os.strerror(attempt.error)})" if attempt.error else ""
    return f"tcp {attempt.address} {attempt.port}: {attempt.result} {time}{said}"
