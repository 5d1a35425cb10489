"""One visit to a device: which commands for which questions, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite
from time import monotonic, sleep
from typing import TypeVar

from periksa.findings import State
from periksa.vantage import questions as asking
from periksa.vantage.changes import port_named
from periksa.vantage.failing import Failed
from periksa.vantage.phrases import Command, Unspeakable
from periksa.vantage.platforms import Ask, Platform, Reader, refused
from periksa.vantage.questions import About, Question, Said
from periksa.vantage.rows import Echoes, Lease, Neighbour, Port, Route, Row, Serving
from periksa.vantage.says.tables import Unread
from periksa.vantage.session import Session
from periksa.vantage.troubles import TROUBLES

Kind = TypeVar("Kind", bound=Row)
COUNTED = (About.LINK, About.BROADCAST)
LONGEST = 4000  # characters of a line; a longer one is not a device's
PINGS = (Ask.ECHO, Ask.BIG)
PATIENCE = 1.5  # seconds that a ping to somebody who is off costs
KEPT = 1.0  # seconds kept for the tables and the second reading of the ports, whoever is off


class Unanswered(Exception):
    """The device does not answer this; the message ends a sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """To one question: what it says, and what the device printed."""

    said: Said
    raw: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All ports at one moment; ``why`` they could not be read, where they could not."""

    ports: Sequence[Port]
    at: float
    raw: str
    why: str = ""


class Visit:
    """Asks a device, and keeps what it printed until the visit is over."""

    def __init__(self, node: str, platform: Platform, session: Session) -> None:
        self._node = node
        self._platform = platform
        self._session = session
        self._kept: dict[tuple[str, ...], tuple[list[Row], str]] = {}
        self._raw: list[str] = []
        self._broken = ""
        self._last_ping = inf

    def answers(
        self, questions: Sequence[Question], window: float, deadline: float
    ) -> list[Answer]:
        """An answer to each, in their order.

        Ports are read first and once more at the end, at least ``window`` seconds later. A ping for
        which there would be no time before the deadline is not begun.
        """
        self._last_ping = deadline - KEPT - PATIENCE
        counted = [one for one in questions if one.about in COUNTED]
        first = self._reading() if counted else None
        self._stir(questions)
        made = {one: self._answer(one) for one in dict.fromkeys(questions) if one not in counted}
        if first:
            if not first.why:
                sleep(max(0.0, min(first.at + window, deadline) - monotonic()))
            second = self._reading()
            made |= {one: self._compared(one, first, second) for one in dict.fromkeys(counted)}
        return [made[one] for one in questions]

    def _stir(self, questions: Sequence[Question]) -> None:
        """Ping those that the neighbour table will be asked about, before it is read."""
        for one in questions:
            if one.about is About.ARP:
                self._quietly(Ask.ECHO, Echoes, address=one.subject)

    def _answer(self, question: Question) -> Answer:
        self._raw.clear()
        try:
            said = self._said(question)
        except (Unanswered, Unspeakable) as why:
            said = _unknown(str(why))
        return Answer(said, "\n".join(self._raw))

    def _said(self, question: Question) -> Said:
        node, subject = self._node, question.subject
        match question.about:
            case About.PING:
                return asking.echo(node, subject, self._echo(Ask.ECHO, subject))
            case About.BIG:
                return asking.echo(node, subject, self._echo(Ask.BIG, subject), big=True)
            case About.ARP:
                return asking.arp(node, subject, self._rows(Ask.NEIGHBOURS, Neighbour))
            case About.ROUTE:
                return asking.route(node, subject, self._rows(Ask.ROUTES, Route))
            case _:
                serving = self._quietly(Ask.SERVING, Serving) or []
                return asking.dhcp(node, serving, self._quietly(Ask.LEASES, Lease))

    def _echo(self, ask: Ask, address: str) -> Echoes:
        heard = self._rows(ask, Echoes, address=address)
        if len(heard) != 1:
            raise Unanswered(f"{self._node} tidak memberi hasil ping ke {address}")
        return heard[0]

    def _reading(self) -> Reading:
        """All ports now."""
        self._raw.clear()
        for ask in (Ask.PORTS, Ask.TRAFFIC):
            self._kept.pop((ask,), None)
        try:
            ports = self._rows(Ask.PORTS, Port)
            at = monotonic()
            more = {port.name: port for port in self._quietly(Ask.TRAFFIC, Port) or []}
        except Unanswered as why:
            return Reading((), monotonic(), "", str(why))
        whole = [port.with_more(more.pop(port.name, port)) for port in ports]
        return Reading([*whole, *more.values()], at, "\n".join(self._raw))

    def _compared(self, question: Question, first: Reading, second: Reading) -> Answer:
        if first.why or second.why:
            return Answer(_unknown(first.why or second.why), "")
        self._raw.clear()
        seconds, name = second.at - first.at, question.subject
        if question.about is About.BROADCAST:
            said = asking.storm(self._node, name, first.ports, second.ports, seconds)
        else:
            after = self._with_own(name, second.ports)
            said = asking.link(self._node, name, first.ports, after, seconds)
        return Answer(said, "\n".join((first.raw, second.raw, *self._raw)))

    def _with_own(self, name: str, ports: Sequence[Port]) -> Sequence[Port]:
        """With what the device works out itself about that one port."""
        port = port_named(name, ports)
        if port is None:
            return ports
        for ask in (Ask.RATES, Ask.PHYSICAL):
            for one in self._quietly(ask, Port, port=port.name) or []:
                port = port.with_more(one)
        return [port if one.name == port.name else one for one in ports]

    def _quietly(self, ask: Ask, kind: type[Kind], **blanks: str) -> list[Kind] | None:
        """None where the device does not answer that."""
        try:
            return self._rows(ask, kind, **blanks)
        except (Unanswered, Unspeakable):
            return None

    def _rows(self, ask: Ask, kind: type[Kind], **blanks: str) -> list[Kind]:
        """What the device says to that, asked once. Raises Unanswered and Unspeakable."""
        key = (ask, *blanks.values())
        if key not in self._kept:
            self._kept[key] = self._asked(ask, blanks)
        rows, raw = self._kept[key]
        self._raw.append(raw)
        return [row for row in rows if isinstance(row, kind)]

    def _asked(self, ask: Ask, blanks: dict[str, str]) -> tuple[list[Row], str]:
        why = f"{self._node} tidak ditanyai itu"
        if ask in PINGS and monotonic() > self._last_ping:
            raise Unanswered(f"waktu untuk ping dari {self._node} habis")
        for way in self._platform.ways.get(ask, ()):
            command = way.phrase.said(**blanks)
            text = self._heard(command)
            if refused(text):
                why = f"{self._node} tidak mengenal perintah {command.text!r}"
                continue
            try:
                return _read(way.read, text), f"{command.text}\n{text}"
            except (Unread, ValueError):
                why = f"jawaban {self._node} atas {command.text!r} tidak terbaca"
        raise Unanswered(why)

    def _heard(self, command: Command) -> str:
        if self._broken:
            raise Unanswered(self._broken)
        try:
            return self._session.ask(command)
        except Failed as failed:
            # What comes next could be the rest of this answer: nothing more is asked.
            self._broken = f"{self._node} {TROUBLES[failed.result]} ({command.text!r})"
            raise Unanswered(self._broken) from failed


def _read(read: Reader, text: str) -> list[Row]:
    if any(len(line) > LONGEST for line in text.splitlines()):
        raise Unread("line too long")
    rows = list(read(text))
    numbers = (getattr(row, name) for row in rows for name in row.__slots__)
    if any(isinstance(one, float) and not isfinite(one) for one in numbers):
        raise Unread("not a number")
    return rows


def _unknown(why: str) -> Said:
    return Said(State.UNKNOWN, f"Tidak terperiksa: {why.rstrip('.')}.", {})
