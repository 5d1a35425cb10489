"""Plone sites, what stands there of ours, and doors, as JSON documents and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pulih.domain.door import Door, Heard
from pulih.domain.plone.page import Placed, PlacedFile, Standing
from pulih.domain.plone.passing import Counts, PassState
from pulih.domain.plone.saying import sentence_of
from pulih.domain.plone.target import Target
from pulih.domain.scrub import Audience
from pulih.ports import Document
from pulih.store.codec import Codec

_MOMENTS = (
    "asked_at",
    "begun_at",
    "walked_at",
    "moved_at",
    "ended_at",
    "contact_at",
    "failed_at",
    "next_at",
)


def _target_back(document: Document) -> Target:
    return Target(
        **_known(
            Target,
            document,
            {"audience": Audience, "agencies": tuple, "fault_types": tuple},
        )
    )


def _placed_out(placed: Placed) -> Document:
    return asdict(placed) | {
        "at": placed.at.isoformat(),
        "files": [asdict(file) for file in placed.files],
    }


def _placed_back(document: Document) -> Placed:
    return Placed(
        **_known(
            Placed,
            document,
            {
                "standing": Standing,
                "at": datetime.fromisoformat,
                "why": _said,
                "files": lambda rows: tuple(PlacedFile(**row) for row in rows),
            },
        )
    )


def _state_out(state: PassState) -> Document:
    moments = {name: getattr(state, name) for name in _MOMENTS}
    return asdict(state) | {name: at and at.isoformat() for name, at in moments.items()}


def _state_back(document: Document) -> PassState:
    moments: dict[str, Callable[[Any], Any]] = dict.fromkeys(
        _MOMENTS, lambda text: text and datetime.fromisoformat(text)
    )
    return PassState(
        **_known(
            PassState,
            document,
            {**moments, "counts": lambda row: Counts(**row), "why": _said, "again": dict},
        )
    )


def _door_out(door: Door) -> Document:
    return asdict(door) | {"agencies": list(door.agencies), "at": door.at.isoformat()}


def _door_back(document: Document) -> Door:
    return Door(
        **_known(
            Door,
            document,
            {"audience": Audience, "agencies": tuple, "at": datetime.fromisoformat},
        )
    )


def _heard_back(document: Document) -> Heard:
    return Heard(**_known(Heard, document, {"at": datetime.fromisoformat}))


def _said(kept: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return a sentence as it was kept. Raises TypeError where it is none."""
    sentence_of(kept)
    return kept


def _known(kind: Any, document: Document, back: Mapping[str, Callable[[Any], Any]]) -> Document:  # noqa: ANN401 - a class of records
    """Return the fields that a record has; the document has others, and may lack those that came later."""
    return {
        name: back[name](document[name]) if name in back else document[name]
        for name in kind.__slots__
        if name in document
    }


TARGET = Codec(
    lambda target: (
        asdict(target)
        | {"agencies": list(target.agencies), "fault_types": list(target.fault_types)}
    ),
    _target_back,
)
PLACED = Codec(_placed_out, _placed_back)
PASS = Codec(_state_out, _state_back)
DOOR = Codec(_door_out, _door_back)
HEARD = Codec(lambda heard: asdict(heard) | {"at": heard.at.isoformat()}, _heard_back)
