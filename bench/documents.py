"""What documents cost: the six of one ticket, a hundred Berita Acara in a row, and the same beside others.

    python bench/documents.py [--quick] [--json]

`six_papers_s` is the median time for all six documents of one ticket, from the facts of each to its PDF, as an office
prints them: by a process that draws and has drawn before, on one core. `peak_mb` is the most memory that such a process
had, with the hundred Berita Acara that it then prints; `per_document_growth` is how long one of the last quarter of
them kept the processor, beside one of the first. Those two are measured within the process that draws.

`vs_…` says how many times as long we took as another, for the same pages, by turns: below 1 we were faster.
pdfkit is our own second engine, with its page numbers, and starts a process for each page. Chromium is kept open, as
it would be in a service. Typst prints a template of its own (`_berita_acara.typ`) of the same Berita Acara, with the
same pictures and typeface, as the same PDF/A-2a, compiled anew with another number each time. Where one is not
installed, its key is null. Typst: `make search-tools`; wkhtmltopdf: the system's packages. `--quick` prints fewer.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing.queues import Queue
from pathlib import Path
from typing import TypeVar

from _printers import chromium, pdfkit, typst

from pulih.documents.choosing import Chosen
from pulih.documents.html import sample
from pulih.documents.press import Press
from pulih.documents.weasy import open_weasy
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.paper import Paper, Said
from pulih.publish.photograph import photograph

_SIX = tuple(kind for kind in PaperKind if kind is not PaperKind.RECEIPT)
_ROUNDS, _QUICK_ROUNDS = 9, 3
_MANY, _QUICK_MANY = 100, 24
_KILO = 1024
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told = sys.stderr if asked.json else sys.stdout
    figures = measured(quick=asked.quick, tell=lambda text: print(text, file=told, flush=True))
    if asked.json:
        print(json.dumps(figures))


def measured(*, quick: bool, tell: Callable[[str], None]) -> dict[str, float | None]:
    """Measure everything, each in a process of its own, one after another."""
    rounds = _QUICK_ROUNDS if quick else _ROUNDS
    ours = alone(own, rounds) | alone(within, rounds, _QUICK_MANY if quick else _MANY)
    tell(f"six documents of one ticket: {ours['six']:.2f} s, {ours['busy']:.2f} s of them at work")
    tell(f"most memory: {ours['peak']:.0f} MB   last quarter / first quarter: {ours['growth']:.2f}")
    figures: dict[str, float | None] = {
        "six_papers_s": round(ours["six"], 3),
        "peak_mb": round(ours["peak"], 1),
        "per_document_growth": round(ours["growth"], 3),
    }
    for name in PEERS:
        beside = alone(against, name, rounds)
        if isinstance(beside, str):
            tell(f"{name}: {beside}")
        else:
            tell(f"{name}: {beside['theirs']:.3f} s; we take {beside['ratio']:.2f} times as long")
        figures[f"vs_{name}"] = None if isinstance(beside, str) else round(beside["ratio"], 2)
    return figures


def own(rounds: int) -> dict[str, float]:
    """Print with our own default engine, as the desk does."""
    press = Press(Chosen("weasyprint"), photograph)
    six(press)
    return {"six": statistics.median(seconds(lambda: six(press)) for _ in range(rounds))}


def within(rounds: int, many: int) -> dict[str, float]:
    """Print in this process, as the process does that draws for the desk."""
    press = Press(open_weasy(), photograph)
    six(press)
    busy = [seconds(lambda: six(press), time.process_time) for _ in range(rounds)]
    each = [
        seconds(lambda n=n: press.pdf(numbered(n)), time.process_time) for n in range(1, many + 1)
    ]
    quarter = many // 4
    return {
        "busy": statistics.median(busy),
        "growth": statistics.median(each[-quarter:]) / statistics.median(each[:quarter]),
        "peak": peak_mb(),
    }


def six(press: Press) -> None:
    for paper in papers():
        press.pdf(paper)


def against(name: str, rounds: int) -> dict[str, float] | str:
    """Print by turns, so that whatever else the machine does is the same for both; or say why not."""
    printer, given = PEERS[name]
    press = Press(Chosen("weasyprint"), photograph)
    with printer(given()) as theirs:
        if isinstance(theirs, str):
            return theirs
        theirs(0)
        for paper in given():
            press.pdf(paper)
        pairs = [
            (
                seconds(lambda: [press.pdf(paper) for paper in given()]),
                seconds(lambda at=at: theirs(at)),
            )
            for at in range(1, rounds * len(_SIX) // len(given()) + 1)
        ]
    return {
        "ratio": statistics.median(ours / other for ours, other in pairs),
        "theirs": statistics.median(other for _, other in pairs),
    }


def papers() -> tuple[Paper, ...]:
    """Return the six documents of one ticket, with their pictures."""
    return tuple(sample(kind) for kind in _SIX)


def numbered(n: int) -> Paper:
    """Return a Berita Acara like all the others, under a number of its own."""
    return replace(sample(PaperKind.WORK), number=Said(f"{n:03}/BA/DKISP/III/2024"))


def alone(measure: Callable[..., T], *given: object) -> T:
    """Measure in a process of its own, on one core."""
    context = multiprocessing.get_context("spawn")
    told: Queue[T] = context.Queue()
    process = context.Process(target=_alone, args=(told, measure, given))
    process.start()
    found = told.get()
    process.join()
    if isinstance(found, Exception):
        raise found
    return found


def _alone(told: Queue[object], measure: Callable[..., object], given: Sequence[object]) -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # children too: the same core for all
    try:
        told.put(measure(*given))
    except Exception as error:  # noqa: BLE001 - raised where somebody reads it
        told.put(error)


def seconds(deed: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    deed()
    return clock() - began


def peak_mb() -> float:
    """Return the most memory that this process had; `ru_maxrss` would also count what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / _KILO


PEERS = {
    "pdfkit": (pdfkit, papers),
    "chromium": (chromium, papers),
    "typst": (typst, lambda: (numbered(1),)),
}

if __name__ == "__main__":
    main()
