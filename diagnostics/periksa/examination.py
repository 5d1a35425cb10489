"""What is to be examined, and what an examination brought: plain values. SOP steps 5 and 11."""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from periksa.addresses import allowed
from periksa.findings import Finding, State
from periksa.judge.ask import questions
from periksa.judge.reach import Reach
from periksa.judge.verdict import Verdict
from periksa.network import Network
from periksa.pages import Page
from periksa.sign import PERSON

SOON = 5.0  # seconds from the click to the verdict
ANSWER = "answer"
SAID = {"ya": State.UP, "tidak": State.DOWN, "tidak tahu": State.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Order:
    """What to examine.

    Attributes:
        network: All of it.
        about: Names of nodes that somebody complains about; empty: everything.
        told: Findings from elsewhere: what people answered, and what computers' codes say.
        keys: The folder that remembers the devices' keys; None: no device is visited.
        environment: The devices' passwords, by the name that a vantage's ``secret`` says.
        ranges: In CIDR notation, outside of which nothing is sent; empty: wherever the network's
            own addresses are.
        seconds: After which there is a verdict, whatever happens; None: as long as so many
            addresses take, which is more than ``SOON`` only behind many narrow links.

    Raises:
        ValueError: There is no such node, or an address is outside the ranges; the message is a
            sentence.
    """

    network: Network
    about: tuple[str, ...] = ()
    told: tuple[Finding, ...] = ()
    keys: Path | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    ranges: tuple[str, ...] = ()
    seconds: float | None = SOON

    def __post_init__(self) -> None:
        for name in self.about:
            if name not in self.network.by_name:
                raise ValueError(f"Tidak ada perangkat bernama {name!r}.")
        for text in self.ranges:
            _check(text)
        barred = outside(self.network, self.ranges)
        if barred:
            raise ValueError(f"Di luar rentang yang boleh diperiksa: {', '.join(barred)}.")


@dataclass(frozen=True, slots=True)
class Examination:
    """What an examination brought.

    Attributes:
        about: As ordered.
        started: Aware.
        seconds: From the order to the verdict.
        findings: Everything that was found, from everywhere, with its raw record.
        missing: Sentences: devices that could not be visited for lack of something of ours.
        verdict: On them.
    """

    about: tuple[str, ...]
    started: datetime
    seconds: float
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    verdict: Verdict

    def as_dict(self) -> dict[str, Any]:
        """JSON shape, for people and programs: the verdict's, and about, started, seconds."""
        told = self.verdict.as_dict()
        told["not_tested"] += self.missing
        return {
            **told,
            "label": self.verdict.status.label,
            "about": list(self.about),
            "started": self.started.isoformat(),
            "seconds": round(self.seconds, 2),
        }

    def record(self) -> dict[str, Any]:
        """JSON shape, for the record: the same with ``findings``."""
        return {**self.as_dict(), "findings": [finding.as_dict() for finding in self.findings]}


def recorded(record: object) -> tuple[Finding, ...]:
    """The findings of a record.

    Raises:
        ValueError: It is none; the message is a sentence.
    """
    findings = record.get("findings") if isinstance(record, Mapping) else None
    if not isinstance(findings, list):
        raise ValueError("Ini bukan catatan pemeriksaan.")  # noqa: TRY004 - bad data, not a bad call
    return tuple(map(Finding.from_dict, findings))


def node_of(network: Network, asked: str) -> str:
    """The name of the node that somebody means by a name or an address.

    Raises:
        ValueError: The network has none; the message is a sentence.
    """
    if asked in network.by_name:
        return asked
    owner = network.owner(asked)
    if owner is not None:
        return owner[0].name
    folded = [name for name in network.by_name if name.casefold() == asked.casefold()]
    if len(folded) == 1:
        return folded[0]
    raise ValueError(f"Tidak ada perangkat bernama atau beralamat {asked!r} dalam jaringan ini.")


def answered(network: Network, question: str, value: str, now: datetime) -> Finding:
    """What a person on site said, as a finding.

    Args:
        network: Whose question it is.
        question: Its id.
        value: "ya", "tidak" or "tidak tahu"; what is answered by that is not asked again.
        now: Aware.

    Raises:
        ValueError: That is no question, or no answer; the message is a sentence.
    """
    places = [f"node/{name}" for name in network.by_name]
    places += [f"link/{link.name}" for link in network.links]
    texts = {one.id: one.text for one in questions(Reach(network), places)}
    if question not in texts:
        raise ValueError(f"Tidak ada pertanyaan {question!r} tentang jaringan ini.")
    if value not in SAID:
        raise ValueError(f"Jawaban atas {question!r} hanya ya, tidak, atau tidak tahu.")
    said, figures = f"{texts[question]} {value.capitalize()}.", {"value": value}
    return Finding(ANSWER, question, "", SAID[value], said, figures, now, 0.0, vantage=PERSON)


def outside(network: Network, ranges: Collection[str]) -> list[str]:
    """The addresses of a network to which nothing may be sent; none where there are no ranges."""
    if not ranges:
        return []
    return [one for one in dict.fromkeys(_reached(network)) if not allowed(one, (), ranges)]


def _check(text: str) -> None:
    """A range that is none would bar everything, and not say why."""
    try:
        ip_network(text)
    except ValueError:
        raise ValueError(f"{text!r} bukan rentang alamat.") from None


def _reached(network: Network) -> Iterable[str]:
    """Every address to which something could be sent."""
    for node in network.nodes:
        if node.name != network.server:
            yield from node.addresses
    yield from (one.address for one in network.resolvers)
    yield from (one.address for one in network.services if one.address)
    yield from (one.address for one in network.vantages if one.address)
    for service in network.services:
        if service.url and not service.address and Page(service.url).literal:
            yield Page(service.url).literal
