"""The way of an agency as a picture. Pure: the same way, the same bytes.

Made for 340 units of width, as a telephone has them: the boxes stand below each other, from the computers to the
internet; where several hang off one, they are moved in. Nothing is measured: words are broken at a number of letters
that fits the widest common typeface.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pulih.domain.marking import Mark, Marks
from pulih.domain.way import Stop, Way
from pulih.domain.wiring import LinkKind, rate_written
from pulih.publish.way_style import PRINTED
from pulih.wording import N_, Translate

_WIDTH, _MARGIN, _INDENT, _LANE = 340, 8, 24, 12
_PAD, _ROLE, _NAME, _SMALL, _GAP = 9, 14, 18, 15, 16
_NAME_WIDE, _SAID_WIDE, _SMALL_WIDE = 8.4, 8.0, 7.1  # units that a letter takes, at the most
_MOST_ADDRESSES = 3
_ASSUMED = N_("perkiraan, belum dicatat")
_BACKUP = N_("sambungan cadangan")
_SPARE = N_("ada jalur cadangan")
_LEFT_OUT = N_("dan {count} perangkat lain")


def way_svg(
    way: Way,
    title: str,
    marks: Marks | None = None,
    say: Translate = str,
    *,
    printed: bool = False,
    name: str = "way",
) -> str:
    """Return the picture.

    Args:
        title: What a screen reader says first.
        marks: By place: `node/KEY`, `link/KEY--KEY`.
        say: Translates labels, which are Indonesian.
        printed: Whether it stands alone on paper, and brings its own colours; else the page around it has them.
        name: What its identifiers begin with: no two pictures of a page may have the same.
    """
    return _Drawing(way, title, marks or {}, say).svg(name, printed=printed)


def told(way: Way, say: Translate = str) -> str:
    """Return the way in one sentence."""
    return " → ".join(stop.label.say(say) for stop in way.stops)


def wire(stop: Stop, say: Translate = str) -> str:
    """Return what is known of the link that a stop hangs on: kind, rate, ports; empty for nothing."""
    spot = stop.spot
    ports = "–".join(filter(None, (spot.port, spot.up_port)))
    kind = say(spot.link.label) if spot.link is not LinkKind.UNKNOWN else ""
    guess = say(_ASSUMED) if spot.assumed and spot.listed else ""
    spare = say(_BACKUP) if spot.backup else say(_SPARE) if spot.spare else ""
    return " · ".join(filter(None, (kind, rate_written(spot.kbit), ports, guess, spare)))


@dataclass(frozen=True, slots=True)
class _Box:
    """A stop in its place."""

    stop: Stop
    left: int
    top: int
    height: int
    names: Sequence[str]
    addresses: Sequence[str]
    said: Sequence[str]
    wires: Sequence[str]

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> int:
        return self.top + self.height // 2

    @property
    def lane(self) -> int:
        return self.left + _LANE


class _Drawing:
    def __init__(self, way: Way, title: str, marks: Marks, say: Translate) -> None:
        self._way, self._title, self._marks, self._say = way, title, marks, say
        self._boxes = list(self._placed())

    def svg(self, name: str, *, printed: bool) -> str:
        bottom = max((box.bottom for box in self._boxes), default=0)
        rest = self._way.left_out
        more = self._say(_LEFT_OUT).format(count=rest) if rest else ""
        height = bottom + _MARGIN + (_SMALL if more else 0)
        parts = [part for number in range(len(self._boxes)) for part in self._link(number)]
        parts += [part for box in self._boxes for part in self._box(box)]
        parts += [_text("wire", _MARGIN, height - 6, more)] if more else []
        style = f"<style>{PRINTED}</style>\n" if printed else ""
        size = f' width="{_WIDTH}" height="{height}"' if printed else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="way" viewBox="0 0 {_WIDTH} {height}"{size} role="img" '
            f'aria-labelledby="{name}-title {name}-desc">\n'
            f'<title id="{name}-title">{_escaped(self._title)}</title>\n'
            f'<desc id="{name}-desc">{_escaped(self._described())}</desc>\n'
            f"{style}" + "\n".join(parts) + "\n</svg>\n"
        )

    def _described(self) -> str:
        marked = [
            f"{box.stop.label.say(self._say)}: {mark.text}."
            for box in self._boxes
            for mark in (self._mark(box.stop), self._link_mark(box.stop))
            if mark and mark.text
        ]
        return " ".join((f"{told(self._way, self._say)}.", *marked))

    def _placed(self) -> Iterator[_Box]:
        top = _MARGIN
        for number, stop in enumerate(self._way.stops):
            left = _MARGIN + stop.depth * _INDENT
            wide = _WIDTH - left - _MARGIN - 2 * _PAD
            mark, link = self._mark(stop), self._link_mark(stop)
            names = _wrapped(stop.label.say(self._say), wide / _NAME_WIDE, 2)
            said = _wrapped(mark.text if mark else "", wide / _SAID_WIDE, 4)
            known = ((wire(stop, self._say), 2), (link.text if link else "", 4))
            wires = [
                line for text, most in known for line in _wrapped(text, wide / _SMALL_WIDE, most)
            ]
            addresses = [
                _wrapped(address, wide / _SMALL_WIDE, 1)[0]
                for address in stop.spot.addresses[:_MOST_ADDRESSES]
            ]
            small = len(addresses) + len(said)
            height = 2 * _PAD + _ROLE + _NAME * len(names) + _SMALL * small
            above = stop.to is not None and stop.to < number  # its link comes from above
            top += _SMALL * len(wires) if above else 0
            yield _Box(stop, left, top, height, names, addresses, said, wires)
            top += height + _GAP + (0 if above else _SMALL * len(wires))

    def _box(self, box: _Box) -> Iterator[str]:
        mark, spot = self._mark(box.stop), box.stop.spot
        kinds = (
            "own" if box.stop.own else "",
            "" if spot.listed else "guessed",
            mark.tone if mark else "",
        )
        full = ", ".join((box.stop.label.say(self._say), *spot.addresses))
        yield f'<g class="{" ".join(filter(None, kinds))}"><title>{_escaped(full)}</title>'
        wide = _WIDTH - box.left - _MARGIN
        yield f'<rect x="{box.left}" y="{box.top}" width="{wide}" height="{box.height}" rx="8"/>'
        left, at = box.left + _PAD, box.top + _PAD + _ROLE - 3
        yield _text("role", left, at, self._say(spot.place.label).split(":")[0])
        for kind, lines, high in (
            ("", box.names, _NAME),
            ("number", box.addresses, _SMALL),
            ("said", box.said, _SMALL),
        ):
            for line in lines:
                at += high
                yield _text(kind, left, at, line)
        yield "</g>"

    def _link(self, number: int) -> Iterator[str]:
        box = self._boxes[number]
        if box.stop.to is None:
            return
        other, mark = self._boxes[box.stop.to], self._link_mark(box.stop)
        above = box.stop.to < number
        kind = "assumed" if box.stop.spot.assumed else box.stop.spot.link.value
        kinds = " ".join(filter(None, (kind, mark.tone if mark else "")))
        yield f'<path class="{kinds}" d="{_course(box, other, number, above=above)}"/>'
        at = box.top - _SMALL * len(box.wires) + 6 if above else box.bottom + _SMALL - 2
        tone = f"wire {mark.tone}" if mark else "wire"
        for line in box.wires:
            yield _text(tone, box.lane + 10, at, line)
            at += _SMALL

    def _mark(self, stop: Stop) -> Mark | None:
        return self._marks.get(f"node/{stop.spot.key}")

    def _link_mark(self, stop: Stop) -> Mark | None:
        a, b = stop.spot.up, stop.spot.key
        return self._marks.get(f"link/{a}--{b}") or self._marks.get(f"link/{b}--{a}")


def _course(box: _Box, other: _Box, number: int, *, above: bool) -> str:
    """Return the line from a box to what it hangs off."""
    end = other.bottom if above else other.top
    if box.left == other.left and (above or box.stop.to == number + 1):
        return f"M{box.lane} {box.top if above else box.bottom}V{end}"
    if box.left > other.left:
        return f"M{box.left} {box.middle}H{other.lane}V{end}"
    # Moved in no further than the one it hangs off: around what stands between.
    return f"M{box.left} {box.middle}H{other.left - 6}V{other.middle}H{other.left}"


def _wrapped(text: str, letters: float, most: int) -> list[str]:
    return textwrap.wrap(text, max(8, int(letters)), max_lines=most, placeholder="…")


def _text(kind: str, left: int, at: int, line: str) -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{left}" y="{at}">{_escaped(line)}</text>'


def _escaped(text: str) -> str:
    return html.escape("".join(c if c.isprintable() else " " for c in text))
