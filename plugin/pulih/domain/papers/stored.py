"""The office's decisions about papers as a document that JSON can hold, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Corner, Layout, Margins, Size
from pulih.domain.papers.settings import Head, KindSettings, Official, PaperSettings
from pulih.domain.people import Role

Document = Mapping[str, Any]


def to_document(settings: PaperSettings) -> dict[str, Any]:
    """Return settings as JSON holds them."""
    return {
        "lines": list(settings.lines),
        "address": list(settings.address),
        "arms": settings.arms,
        "place": settings.place,
        "officials": {
            role.value: asdict(official) for role, official in settings.officials.items()
        },
        "kinds": {kind.value: _kind_out(decided) for kind, decided in settings.kinds.items()},
        "version": settings.version,
    }


def from_document(document: Document) -> PaperSettings:
    """Return settings from what was kept. What an older Pulih did not know of is as in a new office."""
    new = PaperSettings()
    kinds = document.get("kinds", {})
    return PaperSettings(
        lines=tuple(document.get("lines", ())),
        address=tuple(document.get("address", ())),
        arms=document.get("arms", ""),
        place=document.get("place", ""),
        officials={
            Role(role): Official(**said) for role, said in document.get("officials", {}).items()
        },
        kinds={kind: _kind_back(kinds.get(kind.value, {}), new.kinds[kind]) for kind in PaperKind},
        version=document.get("version", 0),
    )


def _kind_out(decided: KindSettings) -> dict[str, Any]:
    return {
        "layout": asdict(decided.layout),
        "patterns": {str(year): pattern for year, pattern in decided.patterns.items()},
        "signs": decided.signs.value,
        "head": decided.head.value,
        "copies": list(decided.copies),
    }


def _kind_back(document: Document, new: KindSettings) -> KindSettings:
    if not document:
        return new
    layout = document["layout"]
    return replace(
        new,
        layout=Layout(
            Size(layout["size"]),
            Margins(**layout["margins"]),
            Corner(layout["pages"]),
            layout["points"],
        ),
        patterns={int(year): pattern for year, pattern in document["patterns"].items()},
        signs=Role(document["signs"]),
        head=Head(document["head"]),
        copies=tuple(document["copies"]),
    )
