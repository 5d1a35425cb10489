"""A diagnostic run as its page shows it: the verdict in words, the picture, figures, and the comparison."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from pulih.domain.calling import Called, called_on
from pulih.domain.compared import Compared, read_comparison
from pulih.domain.frozen import way_back
from pulih.domain.marking import echoes_told, marks_of
from pulih.domain.passed import shortened
from pulih.domain.records import ProbeRun
from pulih.domain.ticket import Ticket
from pulih.domain.verdict import Candidate, Status, Verdict, read_verdict
from pulih.domain.way import Way
from pulih.errors import NotFound
from pulih.publish.way import way_svg
from pulih.web.context import language, office, person, say

_FIRST, _LAST = 5, 11  # the steps at which the network is looked at
_ANSWER = re.compile(r"\(((?:power|lamp|gateway|works|settings|provider)/.+)\)\.?\Z")
_CODE = "pc/"


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said to a run and did not take back.

    Attributes:
        key: What it is taken back by.
        lines: Sentences in Bahasa Indonesia.
        code: Whether it is a computer's code, and not an answer.
    """

    key: str
    lines: tuple[str, ...]
    code: bool


@dataclass(frozen=True)
class Shown:
    """A run that has a verdict.

    Attributes:
        way: As it was looked at; None where the run kept none.
        answers: By the question's id, what was asked and answered.
    """

    run: ProbeRun
    verdict: Verdict
    called: Called
    compared: Compared | None
    way: Way | None
    answers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def picture(self) -> Markup:
        """The way with its marks; empty where the run kept none."""
        return _picture(self.run, self.verdict, self.way)

    @cached_property
    def earlier(self) -> Markup:
        """The same of the run that this one is compared with."""
        if self.compared is None or not self.compared.run:
            return Markup()
        try:
            before = office().probing.get(person(), self.run.ticket, self.compared.run)
        except NotFound:
            return Markup()
        return _picture(before, read_verdict(before.verdict), way_back(before.way))

    @property
    def headline(self) -> str:
        """What is wrong, in a line."""
        verdict, told = self.verdict, say(self.verdict.status.label)
        places = verdict.places
        if verdict.status is Status.FAULT and verdict.sure:
            told = "; ".join(self.at(place) for place in places)
        elif verdict.status is Status.FAULT and verdict.faults > 1:
            told = _("gangguan di beberapa dari %(num)s tempat", num=len(places))
        elif verdict.status is Status.FAULT:
            told = ngettext(
                "gangguan di satu dari %(num)d tempat",
                "gangguan di satu dari %(num)d tempat",
                len(places),
            )
        return told[:1].upper() + told[1:]

    @property
    def words(self) -> tuple[Word, ...]:
        """What people said, and nobody took back."""
        return tuple(
            Word(
                told.key,
                tuple(self.said(str(one.get("detail", ""))) for one in told.findings),
                told.key.startswith(_CODE),
            )
            for told in self.run.standing
        )

    @property
    def unknown(self) -> tuple[str, ...]:
        """What people call the nodes of which nothing can be said."""
        return tuple(say(self.called.node(node)) for node in self.verdict.unknown)

    @property
    def stretches(self) -> tuple[tuple[str, str], ...]:
        """The links that the server looked over, the nearest first, and what came back over them."""
        return tuple(
            (self.ends(place), say(told))
            for place, figures in self.run.segments.items()
            if (told := echoes_told(figures))
        )

    def at(self, place: str) -> str:
        """Return a place and all that may be wrong there."""
        kinds = dict.fromkeys(say(one.label) for one in self.verdict.at(place))
        either = f" {_('atau')} "
        return f"{self.place(place)}: {either.join(kinds)}"

    def place(self, place: str) -> str:
        """Return what people call a place."""
        return say(self.called.place(place))

    def ends(self, place: str) -> str:
        """Return what people call the ends of a link."""
        return " – ".join(say(end) for end in self.called.ends(place))

    def said(self, text: str) -> str:
        """Return a sentence of the record with the names that people know. It stays Indonesian."""
        asked = _ANSWER.search(text)
        if asked and asked[1] in self.answers:
            text = f"{text[: asked.start()].rstrip()} {self.answers[asked[1]]}"
        return self.called.told(text)

    def share(self, candidates: Sequence[Candidate]) -> str:
        """Return how many of the explanations that agree have one of these candidates in them.

        Of one fault, each explanation has one candidate; of several at once, each is counted for itself.
        """
        whole = candidates[0].of
        if whole == 1:
            return _("satu-satunya penjelasan yang cocok")
        part = min(sum(one.agreeing for one in candidates), whole)
        return _("%(part)s dari %(whole)s penjelasan yang cocok", part=part, whole=whole)


def shown_of(run: ProbeRun) -> Shown | None:
    """Return a run as its page shows it; None where it has no verdict."""
    verdict = read_verdict(run.verdict) if run.state == "done" else None
    if verdict is None:
        return None
    way = way_back(run.way)
    called = Called({**run.labels, **called_on(way).names})
    return Shown(
        run,
        verdict,
        called,
        read_comparison(run.comparison),
        way,
        {
            told.key: str(told.findings[0].get("detail", ""))
            for told in run.standing
            if told.findings
        },
    )


def may_look(ticket: Ticket) -> bool:
    """Tell whether the reader may have the network looked at from a ticket now."""
    step = ticket.step
    return step is not None and _FIRST <= step.number <= _LAST and person().id in ticket.team


def told_to(ticket: Ticket, runs: Sequence[ProbeRun]) -> str:
    """Return the identifier of the run to which the reader may say something now; empty for none.

    It is the newest that has a verdict, as long as the ticket is at the same part of the procedure.
    """
    judged = [run for run in runs if run.judged]
    if not judged or not may_look(ticket):
        return ""
    before = ticket.step is not None and ticket.step.number <= _FIRST
    return judged[-1].id if (judged[-1].step <= _FIRST) == before else ""


def marked(text: str) -> Markup:
    """Return a sentence of the record, marked as Indonesian where the page is not."""
    if language() == "id":
        return Markup("{}").format(text)
    return Markup('<span lang="id">{}</span>').format(text)


def _picture(run: ProbeRun, verdict: Verdict | None, way: Way | None) -> Markup:
    if way is None:
        return Markup()
    marks = marks_of(way, verdict, run.segments, run.seen, say)
    title = _("Jalur, dan yang terlihat")
    drawn = way_svg(shortened(way, marks), title, marks, say, name=f"jalur-{run.id[:12]}")
    return Markup(drawn)  # noqa: S704 - the picture escapes all that it is given
