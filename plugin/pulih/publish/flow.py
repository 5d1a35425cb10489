"""The procedure as a picture, drawn from `domain.sop` alone. Pure: the same data, the same bytes.

Steps run down the middle. A way that leaps ahead runs on the right, a way back on the left; ways to the same step
share a line. Nothing is measured: words are broken at a number of letters that fits the widest common typeface.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pulih.domain import sop
from pulih.domain.people import Role
from pulih.publish.flow_style import OWN_COLOURS, RULES
from pulih.publish.sop_words import WORDS, Words
from pulih.wording import Translate

_WIDTH, _LEFT, _RIGHT = 580, 130, 440  # of the picture, and of the column of boxes
_MIDDLE, _TEXT_AT = (_LEFT + _RIGHT) // 2, _LEFT + 50
_PAD, _TITLE, _LINE, _GAP = 13, 20, 17, 30
_BAND, _END_HEIGHT, _POINT = 32, 40, 9
_TITLE_LETTERS, _LINE_LETTERS, _SIDE_LETTERS = 25, 33, 14
_BACK_LANE, _AHEAD_LANE, _AGAIN_LANE, _WITHDRAW_LANE = 112, 458, 8, 572
_END = len(sop.STEPS) + 1  # the node after the last step


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one step to another, with the outcomes that lead there. The end is one past the last step."""

    start: int
    end: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Box:
    """A step in its place."""

    step: sop.Step
    title: list[str]
    roles: list[str]
    top: int

    @property
    def height(self) -> int:
        return 2 * _PAD + _TITLE * len(self.title) + _LINE * len(self.roles) - 4

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def arrows() -> list[Arrow]:
    """Return the ways between different steps, in the order of the procedure."""
    found: dict[tuple[int, int], dict[str, None]] = {}
    for step in sop.STEPS:
        for way in (way for stage in step.stages for way in stage.ways):
            end = _END if way.to == sop.CLOSED else sop.step_of(sop.STAGES[way.to]).number
            if end != step.number:
                found.setdefault((step.number, end), {})[way.label] = None
    return [Arrow(start, end, tuple(labels)) for (start, end), labels in found.items()]


def who(step: sop.Step, say: Translate = str) -> str:
    """Return who acts in a step, in order; `/` stands between those of whom one does."""
    acts = (
        " / ".join(say(role.label) for role in Role if role in stage.roles) for stage in step.stages
    )
    return " → ".join(dict.fromkeys(acts))


def flow_svg(language: str = "id", say: Translate = str, *, standalone: bool = True) -> str:
    """Return the picture.

    Args:
        language: `id` or `en`.
        say: Translates the labels of outcomes and roles, which are Indonesian.
        standalone: Whether it brings its own colours, light and dark; else the page around it has them.
    """
    return _Drawing(language, say).svg(standalone=standalone)


class _Drawing:
    def __init__(self, language: str, say: Translate) -> None:
        self._language, self._say = language, say
        self._words: Words = WORDS[language]
        self._arrows = arrows()
        self._branching = {a.start for a in self._arrows if a.end != a.start + 1}
        self._boxes = {box.step.number: box for box in self._placed()}
        self._end = self._boxes[_END - 1].bottom + _GAP + 12

    def svg(self, *, standalone: bool) -> str:
        height = self._end + 2 * _END_HEIGHT + _GAP + 8
        parts = [
            *self._bands(),
            *(part for arrow in self._arrows for part in self._arrow(arrow)),
            *(part for box in self._boxes.values() for part in self._box(box)),
            *self._ending(),
            *self._withdrawal(),
        ]
        style = f"<style>{OWN_COLOURS if standalone else ''}{RULES}</style>"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="alur" viewBox="0 0 {_WIDTH} {height}" role="img" '
            'aria-labelledby="alur-judul alur-uraian">\n'
            f'<title id="alur-judul">{_text(self._words.flow_title)}</title>\n'
            f'<desc id="alur-uraian">{_text(self._words.flow_description)}</desc>\n'
            f"{style}\n" + "\n".join(parts) + "\n</svg>\n"
        )

    def _placed(self) -> Iterator[_Box]:
        top = 4
        for _span, steps in groupby(sop.STEPS, key=lambda step: step.span):
            top += _BAND
            for step in steps:
                title = textwrap.wrap(step.title.say(self._language), _TITLE_LETTERS)
                roles = textwrap.wrap(who(step, self._say), _LINE_LETTERS)
                box = _Box(step, title, roles, top)
                yield box
                top = box.bottom + _GAP + (_LINE if step.number in self._branching else 0)

    def _bands(self) -> Iterator[str]:
        for number, (span, steps) in enumerate(
            groupby(self._boxes.values(), key=lambda b: b.step.span), 1
        ):
            boxes = list(steps)
            top, bottom = boxes[0].top - _BAND + 4, boxes[-1].bottom + 10
            yield _rounded(f"r{number}", _LEFT - 10, top, _RIGHT - _LEFT + 20, bottom - top, 8)
            yield _line(_LEFT + 2, top + 18, self._say(span.label), "pita")
            days = self._words.working_days(sop.SPAN_DAYS[span])
            yield _line(_RIGHT - 2, top + 18, days, "pita kiri")

    def _box(self, box: _Box) -> Iterator[str]:
        tone = list(sop.Span).index(box.step.span) + 1
        yield f'<path class="kotak g{tone}" d="{self._outline(box)}"/>'
        yield f'<circle class="t{tone}" cx="{_LEFT + 26}" cy="{box.middle}" r="15"/>'
        yield _line(_LEFT + 26, box.middle + 5, str(box.step.number), "nomor")
        y = box.top + _PAD + 11
        for line in box.title:
            yield _line(_TEXT_AT, y, line, "judul")
            y += _TITLE
        for line in box.roles:
            yield _line(_TEXT_AT, y - 1, line, "kecil")
            y += _LINE

    def _outline(self, box: _Box) -> str:
        """Return a rectangle; where the way parts, one with pointed sides."""
        top, middle, bottom = box.top, box.middle, box.bottom
        if box.step.number not in self._branching:
            return f"M{_LEFT} {top}H{_RIGHT}V{bottom}H{_LEFT}Z"
        left, right = _LEFT + _POINT, _RIGHT - _POINT
        return f"M{left} {top}H{right}L{_RIGHT} {middle}L{right} {bottom}H{left}L{_LEFT} {middle}Z"

    def _arrow(self, arrow: Arrow) -> Iterator[str]:
        box, labels = self._boxes[arrow.start], [self._say(label) for label in arrow.labels]
        if arrow.end == arrow.start + 1:
            top = self._end if arrow.end == _END else self._boxes[arrow.end].top
            yield _path(f"M{_MIDDLE} {box.bottom}V{top - 6}")
            yield _head(_MIDDLE, top, 0, 1)
            if arrow.start in self._branching:
                yield _line(_MIDDLE + 12, box.bottom + 19, labels[0], "kecil")
            return
        ahead = arrow.end > arrow.start
        lane, edge, side = (_AHEAD_LANE, _RIGHT, 1) if ahead else (_BACK_LANE, _LEFT, -1)
        to = self._boxes[arrow.end].middle
        yield _path(f"M{edge} {box.middle}H{lane}V{to}H{edge + 6 * side}")
        yield _head(edge, to, -side, 0)
        words = f" {self._words.either} ".join(labels)
        yield from _paragraph(
            lane + 9 * side, box.middle + (16 if ahead else -8 - _LINE), words, side
        )

    def _ending(self) -> Iterator[str]:
        """Draw what comes after the last step, and the dashed way by which a fault may come again."""
        second = self._end + _END_HEIGHT + _GAP
        for top, words in ((self._end, self._words.closed), (second, self._words.wiki_page)):
            yield _rounded("kotak g3", _LEFT + 60, top, _RIGHT - _LEFT - 120, _END_HEIGHT, 20)
            yield _line(_MIDDLE, top + 26, words, "judul tengah")
        yield _path(f"M{_MIDDLE} {self._end + _END_HEIGHT}V{second - 6}")
        yield _head(_MIDDLE, second, 0, 1)
        first, from_y = self._boxes[1], self._end + _END_HEIGHT // 2
        y = first.top + 12
        yield _path(f"M{_LEFT + 60} {from_y}H{_AGAIN_LANE}V{y}H{_LEFT - 6}", "putus")
        yield _head(_LEFT, y, 1, 0)
        yield from _paragraph(_AGAIN_LANE + 10, from_y + 20, self._words.recurrence, 1)

    def _withdrawal(self) -> Iterator[str]:
        stage = sop.STAGES["withdrawal"]
        steps = stage.during or range(0)
        top, bottom = self._boxes[steps[0]].top, self._boxes[steps[-1]].bottom
        yield _path(
            f"M{_RIGHT + 20} {top}H{_WITHDRAW_LANE}V{bottom}H{_WITHDRAW_LANE - 12}", "putus"
        )
        yield from _paragraph(_RIGHT + 20, top + 22, self._words.withdrawal(steps[0], steps[-1]), 1)


def _text(words: str) -> str:
    return html.escape(words, quote=False)


def _line(x: int, y: int, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{_text(words)}</text>'


def _paragraph(x: int, y: int, words: str, side: int) -> Iterator[str]:
    """Draw words beside a line: to its right (`side` 1), or ending at it."""
    kind = "kecil" if side > 0 else "kecil kiri"
    for line in textwrap.wrap(words, _SIDE_LETTERS):
        yield _line(x, y, line, kind)
        y += _LINE


def _rounded(kind: str, x: int, y: int, width: int, height: int, radius: int) -> str:
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>'


def _path(way: str, kind: str = "") -> str:
    return f'<path class="{f"garis {kind}".strip()}" d="{way}"/>'


def _head(x: int, y: int, right: int, down: int) -> str:
    """Draw an arrow's head whose point is at x, y and looks right (1), left (-1), or down."""
    if down:
        return f'<path class="panah" d="M{x} {y}l-5 -9h10z"/>'
    return f'<path class="panah" d="M{x} {y}l{-9 * right} -5v10z"/>'
