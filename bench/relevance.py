"""How well the search finds what is meant, beside others in the same run.

    python bench/relevance.py [--set DIR] [--json]

The peers search the same texts: BM25 without analysis and with Snowball's Indonesian stems (SQLite FTS5), FTS5's
trigrams, `LIKE`, and PostgreSQL's `indonesian` where it is installed. Then what each part of ours adds, by taking it
away. `--set` takes a folder with `reports.jsonl` and `queries.jsonl` as in `tests/relevance`, or a file of pairs that
say the same (`tests/tools/pairs.py`); without it, the set of the house, of which the half for tuning and the half for
the promise are also told apart. `--english` takes the English questions of `tests/relevance/english.csv`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "tools"))

from _peers import peers  # noqa: E402 - after the path that it needs
from relevance import (  # noqa: E402 - as above
    ENGLISH,
    MEASURES,
    OURS,
    figures,
    ours,
    queries,
    reports,
    without,
)

_FIRST = (*MEASURES, "min_kind_ndcg5")
_OURS = "Pulih"
_WIDEST = 30


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--set", type=Path, default=OURS, help="a folder, or a file of pairs")
    parser.add_argument(
        "--english", action="store_const", dest="set", const=ENGLISH, help="English questions"
    )
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    args = parser.parse_args()
    told = dict(searches(args.set))
    table(_FIRST, told, [name.removesuffix("_ndcg5") for name in _FIRST])
    kinds = [name for name in told[_OURS] if name.startswith("ndcg5_")]
    print("\nnDCG@5 of each kind")
    table(kinds, told, [name.removeprefix("ndcg5_")[:9] for name in kinds])
    if args.json:
        print(json.dumps(told[_OURS]))


def searches(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each search with its figures."""
    archive, judged = reports(folder), queries(folder)
    yield _OURS, figures(judged, ours(archive))
    if folder == OURS:
        for name, tuning in (("  half for tuning", True), ("  half for the promise", False)):
            half = [one for one in judged if one.is_for_tuning is tuning]
            yield name, figures(half, ours(archive))
    for name, search in without(archive).items():
        yield f"  without {name}", figures(judged, search)
    for name, search in peers(archive):
        yield name, figures(judged, search)


def table(
    names: list[str] | tuple[str, ...], told: dict[str, dict[str, float]], heads: list[str]
) -> None:
    """Print these figures, a search a line."""
    print(" " * _WIDEST, *(f"{head:>9}" for head in heads))
    for search, figure in told.items():
        print(f"{search:<{_WIDEST}}", *(f"{figure[name]:9.3f}" for name in names))


if __name__ == "__main__":
    main()
