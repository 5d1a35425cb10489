"""Papers read from JSON: the examples beside the pages, and what an office's settings make of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pulih.domain.agency import Agency
from pulih.domain.papers.frame import dated, letterhead
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.material import Material
from pulih.domain.papers.number import numbered
from pulih.domain.papers.paper import (
    NONE,
    Choice,
    Field,
    Letterhead,
    Paper,
    Party,
    Picture,
    Said,
    Signature,
    Table,
)
from pulih.domain.papers.settings import KINDS, Official, PaperSettings
from pulih.domain.papers.telling import Telling
from pulih.domain.people import Role
from pulih.wording import sentence

Raw = Mapping[str, Any]
_SIGNS = "signs"  # in a signature's `seat`: whoever the office lets sign
_SEQUENCE = 17


def paper_of(kind: PaperKind, raw: Raw) -> Paper:
    """Return the paper that JSON tells: a text is a string, and `{"missing": …}` is one that is not known."""
    return Paper(
        kind=kind,
        ticket=raw["ticket"],
        title=tuple(raw["title"]),
        number=_said(raw["number"]),
        on=date.fromisoformat(raw["on"]),
        dated=_said(raw["dated"]),
        letterhead=_letterhead(raw["letterhead"]),
        layout=KINDS[kind].layout,
        texts={name: _said(one) for name, one in raw.get("texts", {}).items()},
        lists={name: tuple(map(_said, many)) for name, many in raw.get("lists", {}).items()},
        ticks={
            name: tuple(Choice(**one) for one in many)
            for name, many in raw.get("ticks", {}).items()
        },
        fields={
            name: tuple(Field(label, _said(one)) for label, one in rows.items())
            for name, rows in raw.get("fields", {}).items()
        },
        tables={name: _table(one) for name, one in raw.get("tables", {}).items()},
        parties=tuple(_party(one) for one in raw.get("parties", ())),
        pictures=tuple(Picture(**one) for one in raw.get("pictures", ())),
        diagram=raw.get("diagram", ""),
        signatures=tuple(tuple(map(_signature, row)) for row in raw.get("signatures", ())),
        copies=tuple(raw.get("copies", ())),
        address=raw.get("address", ""),
        replaces=raw.get("replaces", ""),
        reason=raw.get("reason", ""),
        draft=raw.get("draft", False),
    )


def adapted(paper: Paper, raw: Raw, people: Raw, settings: PaperSettings) -> Paper:
    """Return an example as it looks with an office's settings.

    Args:
        paper: What `paper_of` made of `raw`.
        people: `agency`, who asks; `seats`, who holds the office's: made up, where the settings name nobody.
    """
    decided, on = settings.kinds[paper.kind], date.fromisoformat(raw["on"])
    telling = Telling(Material(agency=Agency("", **people["agency"])), settings)
    rows = [
        [_seated(one, paper.kind, people, settings) for one in row] for row in raw["signatures"]
    ]
    ours = paper.kind.numbered
    return replace(
        paper,
        letterhead=letterhead(decided.head, telling),
        layout=decided.layout,
        number=Said(numbered(decided.pattern(on.year), _SEQUENCE, on)) if ours else paper.number,
        dated=dated(telling, on),
        copies=decided.copies,
        signatures=tuple(map(tuple, rows)),
    )


def _seated(raw: Raw, kind: PaperKind, people: Raw, settings: PaperSettings) -> Signature:
    """Return a place to sign, with the name that the settings give to its seat."""
    seat = raw.get("seat", "")
    role = settings.kinds[kind].signs if seat == _SIGNS else Role(seat) if seat else None
    if role is None or role.value not in people["seats"]:
        return _signature(raw)
    named = Official(**people["seats"][role.value])
    if (kept := settings.officials.get(role)) and kept.name:
        named = kept
    position = (kept.position if kept else "") or named.position or role.label
    return Signature(
        (*raw["above"][:-1], f"{position},"),
        Said(named.name),
        Said(named.rank or NONE),
        Said(named.nip or NONE),
    )


def _said(one: str | Raw) -> Said:
    if isinstance(one, str):
        return Said(one)
    why = one["missing"]
    return Said(missing=sentence(why))


def _letterhead(raw: Raw) -> Letterhead:
    return Letterhead(tuple(map(_said, raw["lines"])), tuple(raw["address"]), raw.get("arms", ""))


def _table(raw: Raw) -> Table:
    rows = tuple(tuple(map(_said, row)) for row in raw["rows"])
    return Table(raw["caption"], tuple(raw["heads"]), rows, tuple(raw.get("widths", ())))


def _party(raw: Raw) -> Party:
    names = ("name", "nip", "rank", "position", "address")
    return Party(raw["called"], *(_said(raw[name]) for name in names))


def _signature(raw: Raw) -> Signature:
    return Signature(tuple(raw["above"]), *(_said(raw[name]) for name in ("name", "rank", "nip")))
