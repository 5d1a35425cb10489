"""What the search costs with 10,000 and 100,000 cases, beside others in the same run.

    python bench/search.py [--quick] [--json]

Cases are kept in the embedded store. Four readers, each a process with an index of its own as `pulih serve` has one for
all its threads, ask for queries of 1 to 40 words with context, reasons and passages, while another process closes a
case every quarter of a second. First as people do, with a pause after each answer: some sixty questions a second, when
an office asks some a minute. Then without any (`_busy`): what the machine has to give to four who never read an answer.
The peers are asked the same, each alone: Trac's own ticket search, `LIKE`, SQLite FTS5 and PostgreSQL's `indonesian`.
`--quick` stays at 10,000, and its keys end in `_10k`. Trac is installed with `make search-tools`; where it is missing,
its key is null.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
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
_PAUSE = 0.05  # seconds after each answer, where readers are people
_CLOSING = 0.25  # seconds between two cases that are closed; an office closes some a day
_PATIENCE = 900


def milliseconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def reader(path: Path, queries: Sequence[Query], pause: float, told: Queue) -> None:
    """Ask all queries, from a process of its own; tell how long it took to begin, each query, and the memory."""
    store, index = open_tiny(path), WordIndex(Kamus(KAMUS, KAMUS))

    def ask(query: Query) -> None:
        with store.reading() as records:
            index.find(query, records, {})

    began = milliseconds(lambda: ask(Query(words="kabel")))
    told.put(None)
    took = []
    for query in queries:
        took.append(milliseconds(lambda query=query: ask(query)))
        time.sleep(pause)
    told.put((began, took, peak_mb()))


def peak_mb() -> float:
    """Return the most memory that this process had; `ru_maxrss` would also count what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / _KILO


def asking(
    path: Path, queries: list[Query], pause: float, add: Callable[[], None]
) -> tuple[list[tuple], list[float]]:
    """Let the readers ask all queries while cases are closed; return what each of them told, and the closing times."""
    context = multiprocessing.get_context("spawn")
    told: Queue = context.Queue()
    readers = [
        context.Process(target=reader, args=(path, queries[at:] + queries[:at], pause, told))
        for at in range(0, _READERS * 7, 7)
    ]
    for process in readers:
        process.start()
    for _ready in readers:
        told.get(timeout=_PATIENCE)
    added: list[float] = []
    while told.empty() and all(process.is_alive() for process in readers):
        added.append(milliseconds(add))
        time.sleep(_CLOSING)
    answers = [told.get(timeout=_PATIENCE) for _ in readers]
    for process in readers:
        process.join()
    return answers, added


def measure(count: int, folder: Path) -> dict[str, float | None]:
    size, path = f"{count // 1000}k", folder / "pulih.db"
    archive = cases(count)
    store = open_tiny(path)
    began = time.perf_counter()
    for start in range(0, count, _BATCH):
        filled(archive[start : start + _BATCH], store)
    figures: dict[str, float | None] = {f"build_s_{size}": time.perf_counter() - began}
    one = one_more(archive)
    fresh = (replace(one, number=f"{one.number}-{at}") for at in range(count))
    queries = asked(archive)
    for kind, pause in (("", _PAUSE), ("_busy", 0.0)):
        answers, added = asking(path, queries, pause, lambda: filled([next(fresh)], store))
        took = sorted(each for answer in answers for each in answer[1])
        figures |= {
            f"p50{kind}_ms_{size}": statistics.median(took),
            f"p95{kind}_ms_{size}": took[len(took) * 95 // 100],
            f"add_one{kind}_ms_{size}": statistics.median(added),
        }
        if not kind:
            figures[f"begin_ms_{size}"] = max(answer[0] for answer in answers)
            figures[f"rss_mb_{size}"] = max(answer[2] for answer in answers)
    store.close()
    p95 = figures[f"p95_ms_{size}"] or 0.0
    return figures | beside(archive, queries[:_PEER_QUERIES], p95, size, folder)


def beside(
    archive: Sequence[Article], queries: Sequence[Query], p95: float, size: str, folder: Path
) -> dict[str, float | None]:
    """Return what the peers take for the same, each alone, and how many times ours among the others Trac takes."""
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
    for name, peer in peers(archive, words_only=True):
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
