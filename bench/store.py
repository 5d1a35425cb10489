"""What the store costs with 1,000, 10,000 and 50,000 tickets, beside others in the same run.

    python bench/store.py [--quick] [--json]

The peers: SQLite by hand with the same durability, keys and JSON; TinyDB as it comes; PostgreSQL under our own store
(and by hand). Each store works in a process of its own; who is compared takes turns, round by round, and a ratio is
one of medians. `--quick` has 10,000 tickets in the place of 50,000. Everything is kept where TMPDIR says, and the disk
there decides: how soon it acknowledges is measured too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "tools"))

from _field import Field, Peer  # noqa: E402 - after the path that it needs
from _lists import LISTS  # noqa: E402 - as above
from cluster import Cluster, cluster  # noqa: E402 - as above

from pulih.store.codec_ticket import TICKET  # noqa: E402 - as above

DEEDS = ("insert", "update", "get", "get_by")
WRITERS, THREADS = 5, 8
_SMALL, _MIDDLE, _LARGE = 1_000, 10_000, 50_000


@contextmanager
def server_if_any() -> Iterator[Cluster | None]:
    """Start a PostgreSQL of our own, or say that there is none to be had."""
    with ExitStack() as held:
        try:
            server = held.enter_context(cluster())
        except RuntimeError as error:
            print(f"PostgreSQL is left out: {error}")
            server = None
        yield server


def fdatasync_ms(folder: Path, times: int = 300) -> float:
    """Return how soon the disk acknowledges 3 KB at the end of a file."""
    taken = []
    with (folder / "probe").open("ab", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(b"x" * 3072)
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def measure_deeds(field: Field, sizes: tuple[int, ...], rounds: int) -> None:
    """Let all stores of all sizes take turns at the same deeds."""
    quick = [field.at(kind, size) for kind, size in field.places if kind != "stock"]
    for turn in range(rounds):
        for deed in DEEDS:
            for peer in quick:
                peer.take(deed, 25)
        for peer in quick:
            if turn % 2 == 0:  # which takes long, and varies little
                peer.take("scan", 1)
            for name in LISTS if peer.kind in ("embedded", "postgres") else ():
                peer.take("list", 5, name=name)
    for size in (size for size in sizes if ("stock", size) in field.places):
        stock = field.at("stock", size)
        for deed in DEEDS:
            stock.take(deed, 1 if size > _SMALL else 5)
        stock.take("list", 1, name="queue of a step")
        stock.take("scan", 1)


def measure_opening(field: Field, size: int, times: int) -> None:
    """Open each store at its first use; and ours and SQLite's again and again, each time in a fresh process."""
    for peer in field.peers.values():
        peer.taken["open"] = [peer.ask("open")]
    for _ in range(times):
        for kind in ("embedded", "sqlite"):
            fresh = field.open(kind, size)
            field.at(kind, size).taken["open"].append(fresh.ask("open"))
            fresh.end()


def memory_mb(field: Field, size: int) -> float:
    """Return the most memory of a process that opens the store, reads it all, asks for every list and writes."""
    peer = field.open("embedded", size)
    for name in LISTS:
        peer.ask("list", times=50, name=name)
    peer.ask("scan", times=1)
    peer.ask("rewrite", times=200)
    return float(peer.ask("memory"))


def longest_wait_ms(field: Field, size: int, seconds: float) -> float:
    """Return the longest that one of five writers waited, none of which ever pauses."""
    writers = [field.open("embedded", size) for _ in range(WRITERS)]
    return max(_saturated(writers, size, seconds))


def postgres_inserts_per_s(field: Field, size: int, seconds: float) -> float:
    """Return how many durable inserts a second one process does with eight threads."""
    return len(_saturated([field.open("postgres", size)], size, seconds, threads=THREADS)) / seconds


def _saturated(peers: list[Peer], size: int, seconds: float, *, threads: int = 1) -> list[float]:
    each = int(seconds * 2000 / len(peers))
    for turn, peer in enumerate(peers, start=1):
        peer.tell("prepare", start=size + 100_000 + turn * each, times=each)
    for peer in peers:
        peer.answer()
    for peer in peers:
        peer.tell("saturate", seconds=seconds, threads=threads)
    return [one for peer in peers for one in peer.answer()]


def table(field: Field, sizes: tuple[int, ...]) -> Iterator[str]:
    """Yield the lines of what was measured."""
    kinds = ("embedded", "sqlite", "stock", "postgres", "psycopg")
    for size in sizes:
        peers = [field.peers[kind, size] for kind in kinds if (kind, size) in field.peers]
        yield f"\n{size:,} tickets, ms: p50 / p95"
        yield " " * 26 + "".join(f"{peer.kind:>20}" for peer in peers)
        for name in (*DEEDS, "scan", "open", *LISTS):
            cells = [_cell(peer.taken.get(name)) for peer in peers]
            yield f"{name:<26}" + "".join(f"{cell:>20}" for cell in cells)


def _cell(taken: list[float] | None) -> str:
    if not taken:
        return "-"
    late = sorted(taken)[max(0, -(-len(taken) * 95 // 100) - 1)]
    return f"{statistics.median(taken):.2f} / {late:.2f}"


def figures(field: Field, sizes: tuple[int, ...]) -> dict[str, float | None]:
    """Return the ratios and what is held against a bar; None where there is no PostgreSQL."""
    small, large = sizes[0], sizes[-1]
    ours, raw = field.at("embedded", large), field.at("sqlite", large)
    first, stock = field.at("embedded", small), field.at("stock", _MIDDLE)
    growth = {deed: ours.median(deed) / first.median(deed) for deed in DEEDS}
    theirs = [
        field.at("embedded", size).median(deed) / field.at("postgres", size).median(deed)
        for size in sizes
        if ("postgres", size) in field.places
        for deed in ("insert", "update")
    ]
    return {
        "insert_vs_sqlite_50k": ours.median("insert") / raw.median("insert"),
        "update_vs_sqlite_50k": ours.median("update") / raw.median("update"),
        "stock_vs_insert_10k": stock.median("insert")
        / field.at("embedded", _MIDDLE).median("insert"),
        "desk_list_ms_50k": max(ours.median(name) for name in LISTS),
        "open_ms_50k": ours.median("open"),
        "growth_by_key": max(growth.values()),
        **{f"growth_{deed}": ratio for deed, ratio in growth.items()},
        "embedded_vs_postgres_single_writer": max(theirs, default=None),
    }


def describe() -> str:
    """Return what the tickets are like."""
    from _tickets import tickets  # noqa: PLC0415 - reads the demo office, which only this process needs

    made = list(tickets(0, 400))
    sizes = sorted(len(json.dumps(TICKET.encode(ticket))) / 1000 for ticket in made)
    deeds = sorted(len(ticket.history) for ticket in made if ticket.due is None)
    return (
        f"a ticket: {statistics.mean(sizes):.1f} KB of JSON ({sizes[20]:.1f}-{sizes[-20]:.1f}), "
        f"{deeds[0]}-{deeds[-1]} entries; one in fifty is open"
    )


def measure(root: Path, *, quick: bool) -> dict[str, float | None]:
    sizes = (_SMALL, _MIDDLE) if quick else (_SMALL, _MIDDLE, _LARGE)
    large = sizes[-1]
    found: dict[str, float | None] = {"fdatasync_ms": fdatasync_ms(root)}
    with server_if_any() as server, ExitStack() as held:
        field = Field(root, server, held)
        for size in sizes:
            kinds = ["embedded", "sqlite", *(["postgres", "psycopg"] if server else [])]
            field.fill(size, kinds + (["stock"] if size <= _MIDDLE else []))
        measure_deeds(field, sizes, 3 if quick else 12)
        measure_opening(field, large, 4 if quick else 15)
        found |= figures(field, sizes)
        found["rss_mb_50k"] = memory_mb(field, large)
        seconds = 2.0 if quick else 10.0
        found["longest_wait_ms_5_writers"] = longest_wait_ms(field, large, seconds)
        found["postgres_inserts_per_s"] = (
            postgres_inserts_per_s(field, large, seconds) if server else None
        )
        print(describe(), *table(field, sizes), "", sep="\n")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="10,000 tickets instead of 50,000")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    args = parser.parse_args()
    root = Path(tempfile.mkdtemp())
    try:
        found = measure(root, quick=args.quick)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    rounded = {name: figure and round(figure, 3) for name, figure in found.items()}
    for name, figure in rounded.items():
        print(f"{name:<36} {'-' if figure is None else f'{figure:.3f}':>10}")
    if args.json:
        print(json.dumps(rounded))


if __name__ == "__main__":
    main()
