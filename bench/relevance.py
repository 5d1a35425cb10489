"""How well the search finds what is meant, beside others in the same run.

    python bench/relevance.py [--set DIR] [--json]

The peers search the same texts: BM25 without analysis and with Snowball's Indonesian stems (SQLite FTS5), FTS5's
trigrams, and PostgreSQL's `indonesian` where it is installed. Then what each part of ours adds, by taking it away.
`--set` takes a folder with `reports.jsonl` and `queries.jsonl` as in `tests/relevance`; without it, the set of the
house, of which the half for tuning and the half for the promise are also told apart.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "tools"))

from _peers import peers  # noqa: E402 - after the path that it needs
from relevance import OURS, figures, ours, queries, reports, without  # noqa: E402 - as above

_SHOWN = ("ndcg5", "success3", "mrr10", "min_kind_ndcg5")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--set", type=Path, default=OURS, help="a folder of reports and queries")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    args = parser.parse_args()
    archive, judged = reports(args.set), queries(args.set)
    told = figures(judged, ours(archive))
    show("Pulih", told)
    if args.set == OURS:
        for name, tuning in (("  half for tuning", True), ("  half for the promise", False)):
            half = [one for one in judged if one.is_for_tuning is tuning]
            show(name, figures(half, ours(archive)))
    for name, search in without(archive).items():
        show(f"  without {name}", figures(judged, search))
    for name, search in peers(archive):
        show(name, figures(judged, search))
    for name, figure in told.items():
        print(f"{name:<28} {figure:.3f}")
    if args.json:
        print(json.dumps(told))


def show(name: str, told: Mapping[str, float]) -> None:
    print(f"{name:<28}", *(f"{key} {told[key]:.3f}" for key in _SHOWN))


if __name__ == "__main__":
    main()
