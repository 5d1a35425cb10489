"""Every explanation worth weighing, and what each of them makes of the signs it touches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from periksa.judge.ask import answered
from periksa.judge.effects import (
    ASKING_IN_VAIN,
    LEAST_LOSS,
    Costs,
    Effect,
    cost,
    pooled_loss,
    surprise,
)
from periksa.judge.hypothesis import Hypothesis
from periksa.judge.of_lans import of_address, of_lan
from periksa.judge.of_links import of_link
from periksa.judge.of_nodes import of_node
from periksa.judge.of_routes import of_routes
from periksa.judge.of_services import of_portal, of_provider, of_resolver, of_services
from periksa.judge.reach import Reach
from periksa.judge.trip import Trip
from periksa.judge.watched import Watched
from periksa.sign import Seen

ODD = 0.5  # a sign that surprises less is no reason to look for a fault


@dataclass(frozen=True, slots=True)
class Case:
    """All that was seen, ready to be weighed.

    Attributes:
        reach: The network.
        seen: The signs with their ground.
        calm: How surprising each sign is in a network where nothing is wrong.
    """

    reach: Reach
    seen: Sequence[Watched]
    calm: Sequence[float]

    @property
    def total(self) -> float:
        """How surprising it all is where nothing is wrong."""
        return sum(self.calm)

    @property
    def odd(self) -> list[int]:
        """The signs that ask for an explanation."""
        return [number for number, nats in enumerate(self.calm) if nats > ODD]


@dataclass(frozen=True, slots=True)
class Weighed:
    """An explanation and its surprises, by number of the sign, of those it touches."""

    hypothesis: Hypothesis
    costs: Mapping[int, float]

    def total(self, case: Case) -> float:
        """How surprising it all is if this is what is wrong, its own rarity included."""
        changed = sum(nats - case.calm[number] for number, nats in self.costs.items())
        own = self.hypothesis.fault.rarity + self.hypothesis.rare
        return case.total + changed + own


def case_of(reach: Reach, seen: Sequence[Watched]) -> Case:
    """The case that those signs make."""
    return Case(reach, seen, [_calm(reach, one) for one in seen])


def _calm(reach: Reach, seen: Watched) -> float:
    if seen.sign.seen is Seen.ANSWER:
        return answered(reach, seen.sign, None)
    return surprise(seen.sign, Effect.FINE)


def explanations(case: Case) -> list[Weighed]:
    """What could explain at least one of the odd signs, weighed against all signs."""
    filed = defaultdict(set)
    for number, seen in enumerate(case.seen):
        for place in seen.places:
            filed[place].add(number)
    odd = set(case.odd)
    answers = {n for n, seen in enumerate(case.seen) if seen.sign.seen is Seen.ANSWER}
    weighed = []
    for hypothesis in _worth_a_look(case):
        touched = set().union(*(filed[place] for place in hypothesis.where))
        costs = _costs(case, hypothesis, touched - answers)
        for number in answers:
            costs[number] = answered(case.reach, case.seen[number].sign, hypothesis)
        if any(costs[number] < case.calm[number] for number in costs.keys() & odd):
            weighed.append(Weighed(hypothesis, costs))
    return weighed


def _worth_a_look(case: Case) -> Iterator[Hypothesis]:
    """Faults at places that an odd sign rests on."""
    reach = case.reach
    odd = [case.seen[number] for number in case.odd]
    trips = list(dict.fromkeys(trip for seen in odd for trip in seen.trips))
    places = set().union(*(seen.places for seen in odd)) if odd else set()
    nodes = [node.name for node in reach.network.nodes if f"node/{node.name}" in places]
    segments = {seen.segment for seen in odd} - {None}
    for link in reach.network.links:
        if f"link/{link.name}" in places:
            yield from of_link(reach, link)
            segments.add(reach.segment(link))
    for node in nodes:
        yield from of_node(reach, node)
        yield from of_routes(reach, node, trips)
        yield from of_address(reach, node)
        yield from of_resolver(reach, node)
        yield from of_services(reach, node)
        yield from of_provider(reach, node, trips)
        yield from of_portal(reach, node)
        segments |= reach.segments_at(node) if not reach.kind(node).routes else set()
    for segment in sorted(segment for segment in segments if segment is not None):
        yield from of_lan(reach, segment)


def _costs(case: Case, hypothesis: Hypothesis, touched: Iterable[int]) -> dict[int, float]:
    shown: dict[int, Costs] = {}
    effects: dict[int, Effect] = {}
    for number in sorted(touched):
        seen = case.seen[number]
        said = hypothesis.shows(seen)
        if said is not None:
            shown[number] = said
        elif effect := _worst(hypothesis, seen.trips):
            effects[number] = effect
    costs = {number: cost(said, case.seen[number].sign.value) for number, said in shown.items()}
    loss = _losses(case, effects)
    for number, effect in effects.items():
        seen = case.seen[number]
        costs[number] = _suffered(hypothesis, seen, effect, loss.get(seen.sign.vantage, LEAST_LOSS))
    return costs


def _losses(case: Case, effects: Mapping[int, Effect]) -> dict[str, float]:
    """What a lossy place loses, as each vantage sees it: they do not look at the same moment."""
    echoes = defaultdict(list)
    for number, effect in effects.items():
        sign = case.seen[number].sign
        if Effect.LOSSY <= effect <= Effect.SHAKY and sign.seen is Seen.ECHO:
            echoes[sign.vantage].append(sign)
    return {vantage: pooled_loss(signs) for vantage, signs in echoes.items()}


def _worst(hypothesis: Hypothesis, trips: Iterable[Trip]) -> Effect:
    worst = Effect.FINE
    for trip in trips:
        worst = worst.joined(hypothesis.effect(trip))
    return worst


def _suffered(hypothesis: Hypothesis, seen: Watched, effect: Effect, loss: float) -> float:
    """A DNS server that is reached, but cannot reach others, has its own way of saying so."""
    asked = seen.trips[0]
    further = len(seen.trips) > 1 and hypothesis.effect(asked) is not Effect.LOST
    if effect is Effect.LOST and further:
        return cost(ASKING_IN_VAIN, seen.sign.value)
    return surprise(seen.sign, effect, loss)
