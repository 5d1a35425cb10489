"""What to ask a person on site: the question whose answer would tell the explanations apart.

Each question can be answered by looking, with yes where all is well. An answer comes back as a
finding of the probe ``answer`` with the question's id, and is weighed like any other sign.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from periksa.judge.faults import Fault
from periksa.judge.hypothesis import Hypothesis
from periksa.judge.of_links import may_hide_darkness
from periksa.judge.reach import Reach
from periksa.network import Kind, Link
from periksa.sign import PERSON, Seen, Sign

YES, NO, UNSURE = "ya", "tidak", "tidak tahu"
AGAINST = 5.0  # what people on site say is seldom wrong, but it happens
NEUTRAL = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask.

    Attributes:
        id: ``power/NODE``, ``lamp/NODE/LINK``, ``gateway/NODE``, ``works/PC``,
            ``settings/PC`` or ``provider/ISP``.
        text: In the words of somebody who speaks to the office on the phone.
    """

    id: str
    text: str


def questions(reach: Reach, places: Iterable[str]) -> Iterator[Question]:
    """All that can be asked about some places."""
    network = reach.network
    asked = set(places)
    nodes = [name for name in network.by_name if f"node/{name}" in asked]
    for link in network.links:
        if f"link/{link.name}" in asked:
            yield from (_lamp(link, end) for end in (link.a, link.b))
            nodes += [link.a, link.b]
    for node in dict.fromkeys(nodes):
        kind = reach.kind(node)
        if kind is Kind.ISP:
            text = f"Apakah penyedia ({node}) menyatakan tidak ada gangguan di pihaknya?"
            yield Question(f"provider/{node}", text)
        if kind.foreign or kind is Kind.SERVER:
            continue
        yield Question(f"power/{node}", f"Apakah lampu daya {node} menyala?")
        if kind.routes and kind is not Kind.CORE:
            text = f"Dari komputer di belakang {node}: apakah gateway {node} menjawab ping?"
            yield Question(f"gateway/{node}", text)
        if kind is Kind.PC:
            text = f"Dari komputer {node} sendiri: apakah internet atau aplikasi kantor terbuka?"
            yield Question(f"works/{node}", text)
            text = f"Apakah komputer {node} punya alamat gateway pada pengaturan jaringannya?"
            yield Question(f"settings/{node}", text)


def expected(reach: Reach, question: str, hypothesis: Hypothesis) -> str:
    """What a person would answer if that is what is wrong: yes, no, or empty where either may be."""
    what, _, subject = question.partition("/")
    answer = ANSWERS.get(what)
    return answer(reach, subject, hypothesis) if answer else ""


def answered(reach: Reach, sign: Sign, hypothesis: Hypothesis | None) -> float:
    """How surprising an answer is under an explanation; None: where nothing is wrong."""
    if sign.value == UNSURE:
        return 0.0  # it says nothing, but need not be asked again
    if hypothesis is None:
        return AGAINST if sign.value == NO else 0.0
    said = expected(reach, sign.at, hypothesis)
    if not said:
        return NEUTRAL
    return 0.0 if said == sign.value else AGAINST


def next_question(
    reach: Reach,
    candidates: Mapping[tuple[str, Fault], Sequence[Hypothesis]],
    before: Iterable[Sign],
) -> Question | None:
    """The question that splits the candidates best; None when none splits them.

    Args:
        reach: The network.
        candidates: The explanations that bear each name.
        before: Signs; what was answered is not asked again.
    """
    done = {sign.at for sign in before if sign.seen is Seen.ANSWER and sign.vantage == PERSON}
    places = [hypothesis.place for group in candidates.values() for hypothesis in group]
    best: tuple[float, Question | None] = (0.0, None)
    for question in questions(reach, places):
        if question.id in done:
            continue
        sides = Counter(_said(reach, question.id, group) for group in candidates.values())
        split = float(min(sides[YES], sides[NO])) - 0.1 * sides[""]
        if sides[YES] and sides[NO] and split > best[0]:
            best = (split, question)
    return best[1]


def _said(reach: Reach, question: str, group: Sequence[Hypothesis]) -> str:
    said = {expected(reach, question, hypothesis) for hypothesis in group}
    return said.pop() if len(said) == 1 else ""


def _lamp(link: Link, end: str) -> Question:
    port, other = link.port(end), link.other(end)
    which = f"port {port} ({other})" if port else f"port menuju {other}"
    return Question(f"lamp/{end}/{link.name}", f"Apakah lampu LINK pada {which} di {end} menyala?")


def _powered(_: Reach, node: str, hypothesis: Hypothesis) -> str:
    dark = hypothesis.fault is Fault.DEAD and hypothesis.place == f"node/{node}"
    return NO if dark else YES


def _lit(reach: Reach, subject: str, hypothesis: Hypothesis) -> str:
    node, _, name = subject.partition("/")
    link = next((one for one in reach.network.links_of.get(node, ()) if one.name == name), None)
    if link is None:
        return ""
    if hypothesis.place == f"link/{name}":
        if hypothesis.fault is Fault.CUT:
            return "" if may_hide_darkness(reach, link) else NO
        return "" if hypothesis.fault is Fault.FLAPPING else YES
    if hypothesis.fault is Fault.DEAD and hypothesis.place == f"node/{node}":
        return NO
    if hypothesis.fault is Fault.DEAD and hypothesis.place == f"node/{link.other(node)}":
        return "" if may_hide_darkness(reach, link) else NO
    return YES


def _gateway(reach: Reach, node: str, hypothesis: Hypothesis) -> str:
    if hypothesis.place == f"node/{node}":
        if hypothesis.fault in (Fault.DEAD, Fault.HUNG, Fault.ICMP_FILTERED):
            return NO
        return "" if hypothesis.fault in (Fault.DUPLICATE_ADDRESS, Fault.FIREWALL) else YES
    up = reach.up(node)
    inside = {f"link/{link.name}" for link in reach.network.links_of.get(node, ()) if link != up}
    return "" if hypothesis.place in inside else YES


def _works(_: Reach, node: str, hypothesis: Hypothesis) -> str:
    harmless = (Fault.FIREWALL, Fault.ICMP_FILTERED)
    if hypothesis.place == f"node/{node}" and hypothesis.fault in harmless:
        return YES
    return NO


def _set_up(_: Reach, node: str, hypothesis: Hypothesis) -> str:
    missing = hypothesis.fault is Fault.NO_DEFAULT_ROUTE and hypothesis.place == f"node/{node}"
    return NO if missing else YES


def _untroubled(_: Reach, node: str, hypothesis: Hypothesis) -> str:
    theirs = hypothesis.fault is Fault.UPSTREAM and hypothesis.place == f"node/{node}"
    return NO if theirs else YES


ANSWERS: Mapping[str, Callable[[Reach, str, Hypothesis], str]] = {
    "power": _powered,
    "lamp": _lit,
    "gateway": _gateway,
    "works": _works,
    "settings": _set_up,
    "provider": _untroubled,
}
