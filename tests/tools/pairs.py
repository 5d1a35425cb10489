"""Pairs of texts of which it is known whether they say the same, as a set to search in: a judge who knows no office.

A file of such pairs is a table with a line of names: tabs or commas, `question1 question2 is_duplicate` (Quora),
`sentence1 sentence2 label` (PAWS), or `text category` (BANKING77), where all of a category say the same.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

_PAIRS = (("question1", "question2", "is_duplicate"), ("sentence1", "sentence2", "label"))
_KEPT = 2  # of a category
_LARGEST = 1 << 20  # letters of a field


def rows_of(path: Path) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """Return reports and queries as a folder has them; raise `ValueError` for a table of another form.

    Of a pair, the first is asked and the second is kept; of a category, the first two are kept and the others asked.
    """
    csv.field_size_limit(_LARGEST)
    with path.open(newline="") as file:
        head = file.readline()
        file.seek(0)
        table = list(csv.DictReader(file, delimiter="\t" if "\t" in head else ","))
    names = set(table[0]) if table else set()
    pairs = next((form for form in _PAIRS if names.issuperset(form)), None)
    if pairs:
        said = list(_of_pairs(table, *pairs))
    elif {"text", "category"} <= names:
        said = list(_of_categories(table))
    else:
        message = f"{path} has none of the forms that are read"
        raise ValueError(message)
    numbers = {
        kept: f"t{n}" for n, kept in enumerate(dict.fromkeys(kept for _, kept, _ in said), 1)
    }
    asked: dict[str, dict[str, int]] = {}
    for text, kept, same in said:
        if same and text:
            asked.setdefault(text, {})[numbers[kept]] = 3
    reports = [{"id": number, "title": text} for text, number in numbers.items()]
    queries = [
        {"qid": f"p{n}", "q": text, "kind": "english", "rel": rel}
        for n, (text, rel) in enumerate(asked.items(), 1)
    ]
    return reports, queries


def _of_pairs(
    table: list[dict[str, str]], first: str, second: str, same: str
) -> Iterator[tuple[str, str, bool]]:
    for row in table:
        yield row[first].strip(), row[second].strip(), row[same].strip() == "1"


def _of_categories(table: list[dict[str, str]]) -> Iterator[tuple[str, str, bool]]:
    by_category: dict[str, list[str]] = {}
    for row in table:
        by_category.setdefault(row["category"], []).append(row["text"].strip())
    for texts in by_category.values():
        for kept in texts[:_KEPT]:
            yield "", kept, False
            for text in texts[_KEPT:]:
                yield text, kept, True
