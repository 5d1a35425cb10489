"""From findings to a verdict. SOP steps 5 and 11."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from periksa.findings import Finding
from periksa.judge.ask import next_question
from periksa.judge.effects import Effect
from periksa.judge.hypothesis import Hypothesis
from periksa.judge.predict import ODD, Case, case_of
from periksa.judge.reach import Reach
from periksa.judge.verdict import Candidate, Status, Verdict
from periksa.judge.watched import watched
from periksa.judge.weigh import UNEXPLAINED, Explanation, Name, consistent, share, ways_of
from periksa.judge.words import sentence
from periksa.network import Network
from periksa.sign import Seen, Sign
from periksa.signs import signs
from periksa.wording import number

TELLING = 0.5  # a sign speaks for a candidate that makes it that much less surprising (nats)
AGAINST = 2.0  # … and against one under which it surprises more than that
MOST_SENTENCES = 12
MOST_TOLD_APART = 12  # candidates that one question is chosen for
AT_95_PERCENT = 3.0  # none of n lost: with 95 % certainty, less than 3 in n are


def judge(network: Network, findings: Iterable[Finding]) -> Verdict:
    """What is wrong with that network, given what was found from any number of vantages."""
    reach = Reach(network)
    seen = signs(reach, findings)
    return verdict(case_of(reach, watched(reach, seen)), seen)


def verdict(case: Case, seen: Sequence[Sign]) -> Verdict:
    """The verdict on a case; ``seen`` are its signs, those included that rest on nothing known."""
    reach, network = case.reach, case.reach.network
    untested = tuple(_not_tested(network, seen))
    if not any(sign.seen is not Seen.TALKS for sign in seen):
        return Verdict(Status.UNTESTED, not_tested=untested)
    found = consistent(case)
    if not found:
        calm = max(case.calm, default=0.0) <= UNEXPLAINED
        status = Status.HEALTHY if calm else Status.UNCLEAR
        return Verdict(status, not_tested=untested, rules_out=tuple(_ruled_out(case)))
    candidates: list[Candidate] = []
    bearing: dict[Name, list[Hypothesis]] = {}
    for alike in found:
        shares = share(alike)
        for name in sorted(
            shares, key=lambda name: (_best(alike, name).total, -shares[name], name)
        ):
            if name not in bearing:
                one = _candidate(case, _best(alike, name), name, shares[name])
                candidates.append(replace(one, of=len(ways_of(alike))))
                bearing[name] = _bearing(alike, name)
    asked = dict(list(bearing.items())[:MOST_TOLD_APART])
    harmless = all(candidate.fault.harmless for candidate in candidates)
    return Verdict(
        status=Status.REMARK if harmless else Status.FAULT,
        candidates=tuple(candidates),
        not_tested=untested,
        unknown=_hidden(case, found),
        rules_out=tuple(_ruled_out(case)),
        question=next_question(reach, asked, seen),
        faults=len(found[0][0].parts) + len(found) - 1,
    )


def _best(found: Sequence[Explanation], name: Name) -> Explanation:
    return next(explanation for explanation in found if name in explanation.names)


def _bearing(found: Sequence[Explanation], name: Name) -> list[Hypothesis]:
    """The ways of being broken that bear that name."""
    parts = [part.hypothesis for explanation in found for part in explanation.parts]
    return [part for part in parts if (part.place, part.fault) == name]


def _candidate(case: Case, explanation: Explanation, name: Name, share_of: float) -> Candidate:
    part = explanation.parts[explanation.names.index(name)]
    gains = sorted(
        (nats - case.calm[number], number)
        for number, nats in part.costs.items()
        if case.calm[number] - nats > TELLING
    )
    losses = sorted(
        (-nats, number)
        for number, nats in part.costs.items()
        if nats >= AGAINST and nats - case.calm[number] > TELLING
    )
    place, fault = name
    return Candidate(
        place,
        fault,
        share_of,
        tuple(sentence(case.seen[number].sign) for _, number in gains[:MOST_SENTENCES]),
        tuple(sentence(case.seen[number].sign) for _, number in losses[:MOST_SENTENCES]),
    )


def _hidden(case: Case, found: Sequence[Sequence[Explanation]]) -> tuple[str, ...]:
    """Nodes that gave no sign of life, and to which no packet gets, whichever candidate it is."""
    alive = {
        one.sign.node
        for one in case.seen
        if one.sign.got or one.sign.value in ("open", "refused", "answers", "yes")
    }
    hidden: set[str] = set()
    for alike in found:
        hidden |= set.intersection(*(_cut_off(case.reach, one) for one in alike))
    return tuple(name for name in case.reach.network.by_name if name in hidden - alive)


def _cut_off(reach: Reach, explanation: Explanation) -> set[str]:
    """Who lies behind what is broken, where it lets nothing pass; not who is broken.

    A place that only loses, or where a service or DHCP fails, hides nobody.
    """
    parts = [part.hypothesis for part in explanation.parts]
    broken = {part.place for part in parts}
    return {
        name
        for part in parts
        for name in reach.behind(part.place)
        if f"node/{name}" not in broken and _unreachable(reach, name, part)
    }


def _unreachable(reach: Reach, node: str, part: Hypothesis) -> bool:
    """None of its addresses can be reached; without one, the node itself."""
    server = reach.network.server
    addresses = reach.network.by_name[node].addresses or ("",)
    for address in addresses:
        trip = reach.trip_to(server, node, address) if address else reach.trip(server, node)
        if trip is None or part.effect(replace(trip, address=address)) < Effect.SHAKY:
            return False
    return True


def _ruled_out(case: Case) -> Iterator[str]:
    """What would have been seen from the server, had it been there."""
    server = case.reach.network.server
    echoes = [
        one.sign
        for one in case.seen
        if one.sign.seen is Seen.ECHO and one.sign.vantage == server and one.sign.got
    ]
    clean = [sign for sign in echoes if sign.fine]
    sent = sum(sign.sent for sign in clean)
    if sent:
        share_of = number(100 * min(AT_95_PERCENT / sent, 1.0))
        yield (
            f"{sent} ping ke {len(clean)} alamat terjawab semua: "
            f"kehilangan paket di atas {share_of} % sudah akan terlihat."
        )
    calm = [one for one, nats in zip(case.seen, case.calm, strict=True) if nats <= ODD]
    for seen, words in (
        (Seen.BIG, "Paket besar sampai ke {} alamat: tidak ada yang menelannya di sana."),
        (Seen.DNS, "{} jawaban DNS benar."),
        (Seen.HTTP, "{} layanan web terbuka."),
        (Seen.CARRIER, "{} port menyala."),
    ):
        count = sum(one.sign.seen is seen for one in calm)
        if count:
            yield words.format(count)


def _not_tested(network: Network, seen: Sequence[Sign]) -> Iterator[str]:
    """What the network has on record and no sign tells of."""
    from_where = {sign.vantage for sign in seen}
    for vantage in network.vantages:
        if vantage.node not in from_where:
            yield f"Tidak ada hasil dari {vantage.node}."
    tested = {sign.address for sign in seen if sign.address}
    for node in network.nodes:
        if node.addresses and not tested & set(node.addresses) and node.name != network.server:
            yield f"{node.name} tidak diperiksa."
        if not node.addresses and node.kind.routes:
            yield f"{node.name} tidak punya alamat yang dapat diperiksa."
    for resolver in network.resolvers:
        asked = any(s.seen is Seen.DNS and s.address == resolver.address for s in seen)
        if network.names and not asked:
            yield f"DNS {resolver.node} ({resolver.address}) tidak ditanya."
    for service in network.services:
        if service.url and not any(s.seen is Seen.HTTP and s.at == service.url for s in seen):
            yield f"{service.url} tidak dicoba."
