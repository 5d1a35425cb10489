"""What `probes.py` runs in a network namespace: our probes, timed from within, as a resident desk has them.

Reads one JSON object from standard input (`do`, `targets`, `workers`) and prints one.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing import get_context

from periksa.findings import Finding, Target
from periksa.gear import Gear
from periksa.pace import Links
from periksa.ping import ping
from periksa.plan import Echoes, Hops
from periksa.trace import trace
from periksa.watch import Watch

BITS = 1_632_000  # a second: an echo and its answer each millisecond
LINKS = Links(unknown=BITS, share=1.0, total=BITS)
FIRST = Echoes(count=2, spacing=0.2, wait=1.0, few=3)  # and one to warm up: three
AGAIN = Echoes(count=5, spacing=0.2, wait=1.0, after=1.7, few=6, yielding=False)


def delay(finding: Finding) -> float | None:
    rtts = (finding.figures["first_ms"], *finding.figures["rtts_ms"])
    came = [rtt for rtt in rtts if rtt is not None]
    return statistics.median(came) if came else None


async def echoes(addresses: list[str], gear: Gear) -> dict[str, object]:
    began, busy, first = time.monotonic(), time.process_time(), 0.0

    def heard(_: list[Finding]) -> None:
        nonlocal first
        first = time.monotonic() - began

    found = await ping(wanted(addresses), (FIRST, AGAIN), gear, heard)
    return {
        "first_s": first,
        "whole_s": time.monotonic() - began,
        "alive": [finding.address for finding in found if finding.answered],
        "delays": [ms for ms in map(delay, found) if ms is not None],
        "cpu_s": time.process_time() - busy,
    }


async def hops(addresses: list[str], gear: Gear) -> dict[str, object]:
    began = time.monotonic()
    found = await trace(wanted(addresses), Hops(), gear)
    taken = time.monotonic() - began
    return {"whole_s": taken, "hops": [finding.figures["hops"] for finding in found]}


def wanted(addresses: list[str]) -> list[Target]:
    return [Target(address, address) for address in addresses]


def run(asked: dict[str, object]) -> dict[str, object]:
    probe = {"echoes": echoes, "hops": hops}[asked["do"]]

    async def on_loop() -> dict[str, object]:
        with Gear.lent(LINKS, Watch.lasting(60, lambda: datetime.now(UTC))) as gear:
            return await probe(asked["targets"], gear)

    return asyncio.run(on_loop())


def turned(asked: dict[str, object], workers: int) -> Iterator[dict[str, object]]:
    """Each begins elsewhere: when one asks a dead host, another asks a live one by the same number."""
    for worker in range(workers):
        yield {**asked, "targets": asked["targets"][worker:] + asked["targets"][:worker]}


def main() -> None:
    asked = json.load(sys.stdin)
    if workers := asked.get("workers"):
        with get_context("fork").Pool(workers) as pool:  # as a server does that forks its workers
            found = pool.map(run, list(turned(asked, workers)), chunksize=1)
    else:
        found = run(asked)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
