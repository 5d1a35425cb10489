"""The way of a case without a picture: its seven parts, and the devices that were looked at. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pulih.domain.article import Article
from pulih.domain.frozen import word
from pulih.domain.passed import Passed
from pulih.domain.segment import Segment, likely
from pulih.domain.wiring import LinkKind, PathRole
from pulih.publish.plone.typed import BREAK, line, words

_HERE, _PERHAPS = "di sini gangguannya", "perkiraan: di sini gangguannya"
_BAD = {"bad": "Terganggu", "warn": "Perlu perhatian"}
_PLAIN = {"good": "Baik", "unknown": "Tidak diketahui"}
_NO_ROLE = (PathRole.BY_KIND, PathRole.NONE)


def segments(article: Article) -> str:
    """Return the parts of the way with the one that failed marked; empty where nobody knows it."""
    known = article.segment in {segment.value for segment in Segment}
    place = Segment(article.segment) if known else likely(article.device_kind, article.fault_type)
    if place is None:
        return ""
    said = _HERE if known else _PERHAPS
    items = (
        f"<li><strong>{segment.label}</strong> – {said}</li>"
        if segment is place
        else f"<li>{segment.label}</li>"
        for segment in Segment
    )
    return "\n".join(("<ol>", *items, "</ol>"))


def looked_at(stops: Sequence[Passed]) -> str:
    """Return the devices that were looked at as a list, in the order in which packets meet them; empty for none.

    A list and no table: on a telephone, what was seen at a place stands below its name.
    """
    if not stops:
        return ""
    items = (f"<li>{BREAK.join(filter(None, _told(stop, stops)))}</li>" for stop in stops)
    return "\n".join(("<ol>", *items, "</ol>"))


def _told(stop: Passed, stops: Sequence[Passed]) -> Iterator[str]:
    role, name = word(PathRole, stop.role, PathRole.NONE), words(stop.name)
    said = "" if role in _NO_ROLE else words(role.label.split(":")[0])
    yield f"<strong>{name}</strong>" + (f" – {said}" if said and said != name else "")
    yield _tone("", stop.tone, stop.said)
    if 0 <= stop.to < len(stops):
        link = word(LinkKind, stop.link, LinkKind.UNKNOWN)
        over = f" ({link.label})" if link is not LinkKind.UNKNOWN else ""
        yield f"Tersambung ke {words(stops[stop.to].name)}{over}"
    yield _tone("Sambungannya: ", stop.link_tone, stop.link_said)


def _tone(about: str, tone: str, said: str) -> str:
    """Return a mark in words: never by colour alone."""
    told = line(said)
    if tone in _BAD:
        told = " ".join(filter(None, (f"<strong>{_BAD[tone]}.</strong>", told)))
    elif tone in _PLAIN:
        told = ": ".join(filter(None, (_PLAIN[tone], told)))
    return f"{about}{told}" if told else ""
