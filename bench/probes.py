"""Our echoes and traces beside fping's and mtr's, to 250 and 1,000 targets of which an eighth is dead.

    python bench/probes.py [--quick] [--json]

Six routers in a row, in network namespaces (root). Ours and fping's echoes are the same: three a target, 200 ms apart,
one each millisecond over all, and a second to wait for an answer. Whoever is compared takes turns. Ours are timed
within a process that has its modules loaded, as the desk has. `wall_vs_fping` is the first look of ours; before it
calls anybody silent it takes a second look, so fping is also sent to look twice (`twice_vs_fping`). After fork, four
processes look at the same targets at once.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from _chain import DEAD, LIVE, Chain, chain, dead, targets

LOOKER = Path(__file__).parent / "_looker.py"
SIZES, ROUNDS = (250, 1000), 3
WORKERS = 4
ONCE = ("-C", 3, "-p", 200, "-i", 1, "-t", 1000)
AGAIN = ("-C", 6, "-p", 200, "-i", 1, "-t", 1000)
END, NOBODY = f"{LIVE}.0.1", f"{DEAD}.0.1"


def ours(where: Chain, **asked: object) -> Any:  # noqa: ANN401 - whatever was asked
    done = subprocess.run(
        where.inside(sys.executable, LOOKER),
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def fping(where: Chain, how: tuple[object, ...], addresses: list[str]) -> dict[str, Any]:
    """Return `wall_s`, `alive`, and the `delays` of those (median of each, in milliseconds)."""
    began = time.monotonic()
    done = subprocess.run(
        where.inside("fping", "-q", *how, "-f", "-"),
        input="\n".join(addresses),
        capture_output=True,
        text=True,
        check=False,  # it says with 1 that somebody is dead
    )
    wall = time.monotonic() - began
    times: dict[str, list[float]] = {}
    for line in done.stderr.splitlines():
        address, colon, said = line.partition(" : ")
        if colon:
            times[address.strip()] = [float(word) for word in said.split() if word != "-"]
    if set(times) != set(addresses):
        raise SystemExit(f"fping: {done.stderr[:500]}")
    alive = {address: came for address, came in times.items() if came}
    return {
        "wall_s": wall,
        "alive": [*alive],
        "delays": list(map(statistics.median, alive.values())),
    }


def mtr(where: Chain, address: str) -> tuple[float, list[str]]:
    """Return seconds, and the hops of one trace as quick as mtr takes it."""
    began = time.monotonic()
    command = where.inside("mtr", "-n", "-r", "-c", 1, "-G", 1, "-C", address)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall = time.monotonic() - began
    rows = [line.split(",") for line in done.stdout.splitlines()[1:]]
    return wall, [row[5] for row in rows]


def echoes(where: Chain, size: int, rounds: int) -> dict[str, float]:
    addresses = targets(size)
    taken: dict[str, list[float]] = {}
    mine: dict[str, Any] = {}
    found = {"false_alive": 0, "missed": 0}

    def judge(alive: list[str]) -> None:
        found["false_alive"] += sum(map(dead, alive))
        found["missed"] += (
            len(addresses)
            - len(list(filter(dead, addresses)))
            - len([address for address in alive if not dead(address)])
        )

    for _ in range(rounds):
        theirs = fping(where, ONCE, addresses)
        silent = sorted(set(addresses) - set(theirs["alive"]))
        again = fping(where, AGAIN, silent)["wall_s"]
        mine = ours(where, do="echoes", targets=addresses)
        judge(mine["alive"])
        for name, value in (
            ("fping_s", theirs["wall_s"]),
            ("fping_twice_s", theirs["wall_s"] + again),
            ("first_s", mine["first_s"]),
            ("whole_s", mine["whole_s"]),
            ("fping_ms", statistics.median(theirs["delays"])),
            ("ours_ms", statistics.median(mine["delays"])),
            ("cpu_s", mine["cpu_s"]),
        ):
            taken.setdefault(name, []).append(value)
    forked = ours(where, do="echoes", targets=addresses, workers=WORKERS)
    for one in forked:
        judge(one["alive"])
    middle = {name: statistics.median(values) for name, values in taken.items()}
    errors = [abs(a - b) for a, b in zip(taken["ours_ms"], taken["fping_ms"], strict=True)]
    forked_ms = statistics.median([ms for one in forked for ms in one["delays"]])
    return {
        **middle,
        "wall_vs_fping": middle["first_s"] / middle["fping_s"],
        "twice_vs_fping": middle["whole_s"] / middle["fping_twice_s"],
        "delay_error_ms": max(*errors, abs(forked_ms - middle["fping_ms"])),
        **found,
    }


def traces(where: Chain) -> dict[str, float]:
    seconds, hops = mtr(where, END)
    whole = ours(where, do="hops", targets=[END])
    silent = ours(where, do="hops", targets=[NOBODY])
    several = ours(where, do="hops", targets=[END, *(f"{LIVE}.0.{last}" for last in range(2, 7))])
    return {
        "trace_s": whole["whole_s"],
        "mtr_s": seconds,
        "trace_vs_mtr": whole["whole_s"] / seconds,
        "trace_dead_s": silent["whole_s"],
        "trace_six_s": several["whole_s"],
        "same_hops": float(hops == whole["hops"][0]),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="one round of 250 targets")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    asked = parser.parse_args()
    for peer in ("fping", "mtr"):
        if not shutil.which(peer):
            raise SystemExit(f"{peer} is not installed: .ci/system-packages test")
    found: dict[str, float] = {"delay_error_ms": 0.0, "false_alive": 0, "missed": 0}
    with chain() as where:
        for size in SIZES[:1] if asked.quick else SIZES:
            figures = echoes(where, size, 1 if asked.quick else ROUNDS)
            print(f"{size:,} targets")
            for name, value in figures.items():
                print(f"  {name:<20}{value:>10.3f}", flush=True)
            found[f"wall_vs_fping_{size}"] = round(figures["wall_vs_fping"], 3)
            found[f"twice_vs_fping_{size}"] = round(figures["twice_vs_fping"], 3)
            found["delay_error_ms"] = max(
                found["delay_error_ms"], round(figures["delay_error_ms"], 3)
            )
            found["false_alive"] += figures["false_alive"]
            found["missed"] += figures["missed"]
        print("one trace over six routers")
        for name, value in traces(where).items():
            print(f"  {name:<20}{value:>10.3f}", flush=True)
    if asked.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
