"""What the search costs with 10,000 and 100,000 cases, beside others in the same run.

    python bench/search.py [--quick] [--json]

Cases are kept in the embedded store; four processes ask for queries of 1 to 40 words with context and reasons, while
another closes cases. The peers are asked the same, each alone: Trac's own ticket search, `LIKE`, SQLite FTS5 and
PostgreSQL's `indonesian`. `--quick` stays at 10,000, and its keys end in `_10k`. Trac is installed with
`make search-tools`; where it is missing, its key is null.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing.queues import Queue
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "tools"))

from _cases import cases, one_more  # noqa: E402 - after the path that it needs
from _peers import peers  # noqa: E402 - as above
from _queries import asked  # noqa: E402 - as above
from _trac import trac  # noqa: E402 - as above
from relevance import KAMUS, Judged, filled  # noqa: E402 - as above

from pulih.domain.article import Article  # noqa: E402 - as above
from pulih.domain.search import Query  # noqa: E402 - as above
from pulih.search import Kamus, WordIndex  # noqa: E402 - as above
from pulih.store import open_tiny  # noqa: E402 - as above

_READERS, _BATCH = 4, 1000
_PEER_QUERIES = 25
_KILO = 1024
_PAUSE = 0.25  # seconds between two cases that are closed; an office closes some a day


def milliseconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def reader(path: Path, queries: Sequence[Query], told: Queue) -> None:
    """Ask all queries, from a process of its own; tell how long it took to begin, each query, and the memory."""
    store, index = open_tiny(path), WordIndex(Kamus(KAMUS, KAMUS))

    def ask(query: Query) -> None:
        with store.reading() as records:
            index.find(query, records, {})

    began = milliseconds(lambda: ask(Query(words="kabel")))
    told.put(None)
    took = [milliseconds(lambda query=query: ask(query)) for query in queries]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILO
    told.put((began, took, peak))


def measure(count: int, folder: Path) -> dict[str, float | None]:
    size = f"{count // 1000}k"
    archive = cases(count)
    store = open_tiny(folder / "pulih.db")
    began = time.perf_counter()
    for start in range(0, count, _BATCH):
        filled(archive[start : start + _BATCH], store)
    built = time.perf_counter() - began
    queries = asked(archive)
    context = multiprocessing.get_context("spawn")
    told: Queue = context.Queue()
    readers = [
        context.Process(
            target=reader, args=(folder / "pulih.db", queries[at:] + queries[:at], told)
        )
        for at in range(0, _READERS * 7, 7)
    ]
    for process in readers:
        process.start()
    for _ready in readers:
        told.get()
    added: list[float] = []
    while any(process.is_alive() for process in readers) and told.empty():
        one = one_more(archive, at=len(added) + 1)
        one = replace(one, number=f"{one.number}-{len(added)}")
        added.append(milliseconds(lambda one=one: filled([one], store)))
        time.sleep(_PAUSE)
    answers = [told.get() for _ in readers]
    for process in readers:
        process.join()
    store.close()
    took = sorted(each for answer in answers for each in answer[1])
    p95 = took[len(took) * 95 // 100]
    figures: dict[str, float | None] = {
        f"build_s_{size}": built,
        f"begin_ms_{size}": max(answer[0] for answer in answers),
        f"p50_ms_{size}": statistics.median(took),
        f"p95_ms_{size}": p95,
        f"add_one_ms_{size}": statistics.median(added),
        f"rss_mb_{size}": max(answer[2] for answer in answers),
    }
    return figures | beside(archive, queries[:_PEER_QUERIES], p95, size, folder)


def beside(
    archive: Sequence[Article], queries: Sequence[Query], p95: float, size: str, folder: Path
) -> dict[str, float | None]:
    """Return what the peers take for the same, each alone, and how many times that is ours among five."""
    figures: dict[str, float | None] = {}
    try:
        search = trac(archive, folder / "trac")
    except ImportError:
        print("Trac: not installed (make search-tools)")
        figures[f"trac_vs_p95_{size}"] = None
    else:
        took = sorted(milliseconds(lambda q=q: search(q.words)) for q in queries)
        figures[f"trac_p95_ms_{size}"] = took[len(took) * 95 // 100]
        figures[f"trac_vs_p95_{size}"] = took[len(took) * 95 // 100] / p95
    for name, peer in peers(archive):
        judged = [Judged("q0", query.words, "", {}) for query in queries]
        took = sorted(milliseconds(lambda one=one, peer=peer: peer(one)) for one in judged)
        print(f"{name:<28} p95 {took[len(took) * 95 // 100]:>10.1f} ms")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="10,000 cases only")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    args = parser.parse_args()
    figures: dict[str, float | None] = {}
    for count in (10_000,) if args.quick else (10_000, 100_000):
        folder = Path(tempfile.mkdtemp())
        try:
            figures |= measure(count, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    for name, figure in figures.items():
        print(f"{name:<28}", "-" if figure is None else f"{figure:>10.2f}")
    if args.json:
        print(json.dumps({name: figure and round(figure, 3) for name, figure in figures.items()}))


if __name__ == "__main__":
    main()
