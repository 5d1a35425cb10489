"""Which explanations, one fault or two at once, agree best with all that was seen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from periksa.judge.faults import Fault
from periksa.judge.predict import ODD, Case, Weighed, explanations

MARGIN = 2.0  # nats; explanations closer to the best than that are not told apart
WORTH_TWO = 1.5  # how much better two faults must be than one
CLEARLY = 2.0  # how much better a second fault must explain some sign
FIRSTS = 12  # explanations tried as the first of two: of the best, and of the best that deny little
CLEAN = 3.0  # denies little (nats)
MOST = 40  # faults after the first, or the first two
UNEXPLAINED = 3.0  # a sign that surprises more is not to be passed over
LEFT_OVER = 4.5  # surprises that one fault leaves or makes, in all, before two are tried

Name = tuple[str, Fault]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One fault, or two at once.

    Attributes:
        parts: They.
        costs: How surprising the signs are that they touch, by number.
        total: How surprising everything is, their rarity included (nats).
    """

    parts: tuple[Weighed, ...]
    costs: Mapping[int, float]
    total: float

    @property
    def names(self) -> tuple[Name, ...]:
        """Place and type of each part."""
        return tuple((part.hypothesis.place, part.hypothesis.fault) for part in self.parts)


def consistent(case: Case) -> list[list[Explanation]]:
    """The explanations that agree with what was seen about as well as the best; best first.

    Empty when a network in order agrees better, or when nothing explains what was seen. The first
    list explains it as one fault or two at once; each list after it is a further fault, where a
    whole network was looked at and much is broken.
    """
    weighed = explanations(case)
    singles = sorted(
        (Explanation((one,), one.costs, one.total(case)) for one in weighed),
        key=lambda explanation: explanation.total,
    )
    if not singles or case.total <= singles[0].total:
        return []
    found = singles
    if _odd_left(case, singles[0].costs) + _denied(case, singles[0]) > LEFT_OVER:
        pairs = _pairs(case, singles)
        if pairs and pairs[0].total < singles[0].total - WORTH_TWO:
            found = pairs
    best = [one for one in found if one.total <= found[0].total + MARGIN]
    together, total = _further(case, singles, best[0])
    apart, sum_of_them = _one_by_one(case, singles)
    many = len(apart) > 2  # noqa: PLR2004 - two are tried together
    return apart if many and sum_of_them < total - WORTH_TWO else [best, *together]


def _one_by_one(
    case: Case, singles: Sequence[Explanation]
) -> tuple[list[list[Explanation]], float]:
    """Faults of which none denies much, one after another, and how surprising everything is then.

    Many small faults far apart, such as computers that are off, must not add up to one that shakes
    what they have in common: no two of them are likelier than that, but all of them may be.
    """
    clean = [one for one in singles if _denied(case, one) < CLEAN]
    if not clean:
        return [], case.total
    near = [one for one in clean if one.total <= clean[0].total + MARGIN]
    more, total = _further(case, clean, near[0], fewest=1)
    return [near, *more], total


def _odd_left(case: Case, costs: Mapping[int, float]) -> float:
    return sum(costs.get(number, case.calm[number]) for number in case.odd)


def _further(
    case: Case, singles: Sequence[Explanation], best: Explanation, fewest: int = 2
) -> tuple[list[list[Explanation]], float]:
    """One fault after another, as long as each explains enough of what the others leave odd.

    Args:
        fewest: So many faults must be known already: two are tried together.

    Returns:
        The explanations of each, and how surprising everything is with all of them.
    """
    known = best
    found: list[list[Explanation]] = []
    while len(found) < MOST and len(known.parts) >= fewest:
        if _odd_left(case, known.costs) <= LEFT_OVER:
            break
        added = sorted(
            ((_with(case, known, one), one) for one in singles), key=lambda pair: pair[0]
        )
        least = added[0][0]
        if least >= known.total - WORTH_TWO:
            break
        near = [one for total, one in added if total <= least + MARGIN]
        found.append(near)
        costs = _together(case, known, near[0])
        known = Explanation((*known.parts, *near[0].parts), costs, least)
    return found, known.total


def _with(case: Case, known: Explanation, one: Explanation) -> float:
    """How surprising everything is with one fault more than is known."""
    changed = sum(
        _joint(case, number, known.costs[number], nats) - known.costs[number]
        if number in known.costs
        else nats - case.calm[number]
        for number, nats in one.costs.items()
    )
    return known.total + changed + _own(one)


def _pairs(case: Case, singles: Sequence[Explanation]) -> list[Explanation]:
    groups = _alike(singles)
    helpful = _helpful(case, groups)
    made = []
    clean = [at for at, group in enumerate(groups) if _denied(case, group[0]) < CLEAN]
    tried = {*range(min(FIRSTS, len(groups))), *clean[:FIRSTS]}
    for at in sorted(tried):
        firsts = groups[at]
        for other in _seconds(case, firsts[0], helpful):
            first, second = firsts[0], groups[other][0]
            if (other <= at and other in tried) or not _two(case, first, second):
                continue
            costs = _together(case, first, second)
            total = case.total + sum(nats - case.calm[number] for number, nats in costs.items())
            made.append((total + _own(first) + _own(second), firsts, groups[other], costs))
    made.sort(key=lambda pair: pair[0])
    return [
        Explanation((one.parts[0], other.parts[0]), costs, total)
        for total, firsts, seconds, costs in made
        if total <= made[0][0] + MARGIN
        for one in firsts
        for other in seconds
    ]


def _alike(singles: Sequence[Explanation]) -> list[list[Explanation]]:
    """Explanations that make the same of every sign are tried once; the rarest are left out."""
    groups: dict[tuple[tuple[int, float], ...], list[Explanation]] = {}
    for one in singles:
        groups.setdefault(tuple(sorted(one.costs.items())), []).append(one)
    return [
        [one for one in group if one.total <= group[0].total + MARGIN] for group in groups.values()
    ]


def _denied(case: Case, one: Explanation) -> float:
    """How much of what is in order an explanation denies."""
    return sum(
        nats - case.calm[number] for number, nats in one.costs.items() if case.calm[number] <= ODD
    )


def _helpful(case: Case, groups: Sequence[list[Explanation]]) -> Mapping[int, list[int]]:
    """For each odd sign, the groups that explain it."""
    helpful = defaultdict(list)
    for at, group in enumerate(groups):
        for number, nats in group[0].costs.items():
            if case.calm[number] - nats > ODD:
                helpful[number].append(at)
    return helpful


def _seconds(case: Case, first: Explanation, helpful: Mapping[int, list[int]]) -> list[int]:
    """The groups that explain something that the first leaves odd."""
    left = [number for number in helpful if _left(case, first, number) > CLEARLY]
    return sorted({at for number in left for at in helpful[number]})


def _two(case: Case, first: Explanation, second: Explanation) -> bool:
    """They are at two places, and each explains something that the other leaves odd."""
    return first.names[0][0] != second.names[0][0] and all(
        any(
            case.calm[number] - nats > ODD and _left(case, known, number) - nats > CLEARLY
            for number, nats in further.costs.items()
        )
        for known, further in ((first, second), (second, first))
    )


def _left(case: Case, known: Explanation, number: int) -> float:
    return known.costs.get(number, case.calm[number])


def _own(explanation: Explanation) -> float:
    hypothesis = explanation.parts[0].hypothesis
    return hypothesis.fault.rarity + hypothesis.rare


def _together(case: Case, first: Explanation, second: Explanation) -> dict[int, float]:
    costs = {**first.costs, **second.costs}
    for number in first.costs.keys() & second.costs.keys():
        costs[number] = _joint(case, number, first.costs[number], second.costs[number])
    return costs


def _joint(case: Case, number: int, one: float, other: float) -> float:
    """Two faults at once: what either forbids is forbidden, what either explains is explained."""
    return max(one, other) if case.calm[number] <= ODD else min(one, other)


def ways_of(found: Iterable[Explanation]) -> set[frozenset[Name]]:
    """The ways to explain what was seen, whatever becomes of the packets in each."""
    return {frozenset(explanation.names) for explanation in found}


def share(found: Iterable[Explanation]) -> dict[Name, float]:
    """Of the ways to explain what was seen, the share that each place and type is part of."""
    ways = ways_of(found)
    names = dict.fromkeys(name for way in ways for name in way)
    return {name: sum(name in way for way in ways) / len(ways) for name in names}
