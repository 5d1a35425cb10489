"""How good the search is: a folder of reports and graded queries, and the figures that are usual for them.

A folder has `reports.jsonl` (id, opd, device_kind, device_model, fault_type, title, symptom, cause, action, result,
resolved_at, resolution_kind) and `queries.jsonl` (qid, q, kind, optional context, rel: report -> 0 to 3). In its place
may be a file that `pairs` reads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any
from unittest.mock import patch

from pairs import rows_of

from pulih.domain.agency import FAULT_TYPES
from pulih.domain.article import Article
from pulih.domain.search import Query
from pulih.domain.words import reading
from pulih.domain.words.dictionary import Dictionary, parse
from pulih.ports import Store
from pulih.search import WordIndex, asking, listing
from pulih.search.asking import Reader as Asking
from pulih.search.typed import Typed
from pulih.store.memory import MemoryDocuments
from pulih.store.office import OfficeStore

OURS = Path(__file__).parents[1] / "relevance"
ENGLISH = OURS / "english.csv"
KAMUS = Path(__file__).parents[2] / "wiki" / "kamus.md"
_FAULT_NAMES = {fault.id: fault.name for fault in FAULT_TYPES}
MEASURES = ("ndcg5", "success3", "mrr10")
_SUCCESS = 2  # the least grade that helps


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, and how well each report answers it, from 0 to 3."""

    id: str
    words: str
    kind: str
    rel: Mapping[str, int]
    context: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_for_tuning(self) -> bool:
        """Tell whether it may be looked at while the search is tuned; the others only hold the promise."""
        return int(self.id.strip("q") or 0) // 2 % 2 == 0


Search = Callable[[Judged], Sequence[str]]


def reports(folder: Path) -> list[Article]:
    """Return the reports of a folder as cases."""
    rows = rows_of(folder)[0] if folder.is_file() else _rows(folder / "reports.jsonl")
    return [_article(row) for row in rows]


def queries(folder: Path) -> list[Judged]:
    """Return the queries of a folder."""
    rows: Iterable[Any] = (
        rows_of(folder)[1] if folder.is_file() else _rows(folder / "queries.jsonl")
    )
    return [
        Judged(str(r["qid"]), r["q"], r["kind"], r["rel"], r.get("context") or {}) for r in rows
    ]


def filled(archive: Sequence[Article], store: Store | None = None) -> Store:
    """Return a store with these cases: one in memory, or the one that is given."""
    store = store or OfficeStore(MemoryDocuments())
    with store.writing() as records:
        for article in archive:
            records.articles.put(article.number, article)
    return store


def ours(
    archive: Sequence[Article], dictionary: Dictionary | None = None, *, context: bool = True
) -> Search:
    """Return the product's own search over an archive."""
    stores: list[Store] = []
    indices: list[WordIndex] = []

    def search(judged: Judged) -> list[str]:
        if not stores:  # only now, so that who takes a part away takes it from these too
            known = parse(KAMUS.read_text()) if dictionary is None else dictionary
            stores.append(filled(archive))
            indices.append(WordIndex(lambda: known))
        around = judged.context if context else {}
        query = Query(
            words=judged.words,
            agency=around.get("opd", ""),
            device_kind=around.get("device_kind", ""),
            most=10,
            counted=False,
        )
        with stores[0].reading() as records:
            return [match.article.number for match in indices[0].find(query, records, {}).matches]

    return search


def without(archive: Sequence[Article]) -> dict[str, Search]:
    """Return our search without each of its parts."""
    return {
        "dictionary": ours(archive, Dictionary()),
        "guesses of slips": _with(Asking, "_guessed", lambda *_: [], ours(archive)),
        "words apart or whole": _with(asking, "meant", _as_typed, ours(archive)),
        "word forms": _with(reading, "stem", lambda word: word, ours(archive)),
        "kinds of fault": _with(listing, "gains", lambda *_: {}, ours(archive)),
        "context": ours(archive, context=False),
    }


def _as_typed(words: Sequence[str], _known: object) -> list[Typed]:
    return [Typed(word, word) for word in words]


def _with(where: object, name: str, other: Callable[..., object], search: Search) -> Search:
    """Return a search that reads words in another way, from its first case on."""

    def searched(judged: Judged) -> Sequence[str]:
        reading.of_token.cache_clear()
        with patch.object(where, name, other):
            found = search(judged)
        reading.of_token.cache_clear()
        return found

    return searched


def figures(judged: Iterable[Judged], search: Search) -> dict[str, float]:
    """Return `ndcg5`, `success3`, `mrr10`, the least nDCG@5 of a kind, and the first three of each kind."""
    rows = [(one.kind, _measured(one, search(one))) for one in judged]
    by_kind = {
        kind: _means(told for k, told in rows if k == kind)
        for kind in dict.fromkeys(kind for kind, _ in rows)
    }
    told = {
        **_means(told for _, told in rows),
        "min_kind_ndcg5": min((one["ndcg5"] for one in by_kind.values()), default=0.0),
        **{f"{name}_{kind}": one[name] for kind, one in by_kind.items() for name in MEASURES},
    }
    return {name: round(figure, 4) for name, figure in told.items()}


def _means(told: Iterable[tuple[float, ...]]) -> dict[str, float]:
    columns = list(zip(*told, strict=True)) or [(0.0,)] * len(MEASURES)
    return dict(zip(MEASURES, map(mean, columns), strict=True))


def _measured(judged: Judged, found: Sequence[str]) -> tuple[float, float, float]:
    grades = [judged.rel.get(number, 0) for number in found[:10]]
    ideal = _gain(sorted(judged.rel.values(), reverse=True)[:5])
    helps = [at for at, grade in enumerate(grades, 1) if grade >= _SUCCESS]
    first = helps[0] if helps else 0
    return (
        _gain(grades[:5]) / ideal if ideal else 1.0,
        float(0 < first <= 3),
        1 / first if first else 0.0,
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(1 + at) for at, grade in enumerate(grades, 1))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().split("\n") if line.strip()]


def _article(row: Mapping[str, str]) -> Article:
    def of(name: str) -> str:
        return str(row.get(name) or "")

    resolved = date.fromisoformat(of("resolved_at")[:10] or "2026-01-01")
    return Article(
        number=str(row["id"]), year=resolved.year, title=of("title"), agency=of("opd"),
        agency_name=of("opd").replace("-", " "), site="", place="", device="",
        device_kind=of("device_kind"), device_make=of("device_model"), fault_type=of("fault_type"),
        fault_name=_FAULT_NAMES.get(of("fault_type"), of("fault_type").replace("-", " ")),
        location="", symptom=of("symptom"), cause=of("cause"), cause_confirmed=True, remote="",
        on_site="", actions=of("action"), installed="", settings="", result=of("result"),
        solution_class=of("resolution_kind"), prevention="", checks=(), tests=(),
        reported=resolved, resolved=resolved,
        closed_at=datetime.combine(resolved, time(4), UTC), working_hours=1.0,
        recurrence_of="", related=(), version=1,
    )  # fmt: skip
