"""How each place stands, written down beside the office's records: a file a place, which says nothing of others.

It is this machine's own: another machine of the office puts its own copy of the wiki elsewhere, or nowhere.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pulih.publish.files import write
from pulih.wording import Sentence


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a place; see `domain.place.PlaceState`. `shown` names the site that stands there."""

    shown: str = ""
    shown_at: datetime | None = None
    why: Sentence | None = None
    tried_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0


class Notes:
    """The notes of an office on this machine."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that they lie in; it is made with the first."""
        self._folder = folder

    def of(self, place: str) -> Note:
        """Return the note of a place; one that says nothing where there is none, or none that can be read."""
        try:
            kept = json.loads(self._path(place).read_bytes())
            why = kept["why"]
            return Note(
                shown=str(kept["shown"]),
                shown_at=_moment(kept["shown_at"]),
                why=Sentence(str(why[0]), {str(k): str(v) for k, v in why[1].items()})
                if why
                else None,
                tried_at=_moment(kept["tried_at"]),
                next_at=_moment(kept["next_at"]),
                failures=int(kept["failures"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            return Note()

    def put(self, place: str, note: Note) -> None:
        """Keep a note over an older one. Raises OSError."""
        why = note.why
        told = {
            "place": place,  # for whoever reads the folder
            "shown": note.shown,
            "shown_at": _told(note.shown_at),
            "why": [why.text, {k: str(v) for k, v in why.values.items()}] if why else None,
            "tried_at": _told(note.tried_at),
            "next_at": _told(note.next_at),
            "failures": note.failures,
        }
        write(self._path(place), json.dumps(told, ensure_ascii=False).encode())

    @contextmanager
    def turn(self, place: str) -> Iterator[bool]:
        """Tell, without waiting, whether nobody else of this machine is at the place. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._path(place).with_suffix(".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # let go when its process dies
            except BlockingIOError:
                yield False
            else:
                yield True

    def _path(self, place: str) -> Path:
        return self._folder / f"{hashlib.sha256(place.encode()).hexdigest()[:12]}.json"


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
