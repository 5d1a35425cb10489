"""How right a number of verdicts were."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

Said = set[tuple[str, str]]

PARTS: dict[str, Callable[[tuple[str, str]], str]] = {
    "place": lambda one: one[0],
    "type": lambda one: one[1],
    "both": " ".join,
}


@dataclass
class Score:
    """How right a number of verdicts were.

    Attributes:
        sizes: Of the sets, those of faults only.
        hits: Of those, in how many all the truth was in the set, by place, type and both.
        found: Candidates that were true, candidates that were not, truths that were missed; likewise.
        wrong: The runs whose place was missed.
    """

    sizes: list[int] = field(default_factory=list)
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    found: dict[str, list[int]] = field(default_factory=lambda: {part: [0, 0, 0] for part in PARTS})
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, true: Said, said: Said) -> None:
        self.sizes.append(len(said))
        for part, taken in PARTS.items():
            truth, claims = {taken(one) for one in true}, {taken(one) for one in said}
            self.hits[part] += truth <= claims
            counts = len(truth & claims), len(claims - truth), len(truth - claims)
            self.found[part] = [a + b for a, b in zip(self.found[part], counts, strict=True)]
        if not {place for place, _ in true} <= {place for place, _ in said}:
            self.wrong.append(name)

    @property
    def size(self) -> float:
        """Of the sets, on average."""
        return statistics.fmean(self.sizes) if self.sizes else 0.0

    def share(self, part: str) -> float:
        """Of the runs, how many had all the truth in the set."""
        return self.hits[part] / len(self.sizes) if self.sizes else 0.0

    def measures(self, part: str) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        true, false, missed = self.found[part]
        precision = true / (true + false) if true + false else 0.0
        recall = true / (true + missed) if true + missed else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


def joined(scores: Iterable[Score]) -> Score:
    """The score of several topologies together."""
    whole = Score()
    for part in scores:
        whole.sizes += part.sizes
        for key in PARTS:
            whole.hits[key] += part.hits[key]
            whole.found[key] = [
                a + b for a, b in zip(whole.found[key], part.found[key], strict=True)
            ]
    return whole


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
