"""All places of an office: each is brought up to date by itself, however the others fare."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from pulih.domain.place import PlaceState
from pulih.errors import Unavailable
from pulih.ports import Clock
from pulih.publish.places.notes import Note, Notes
from pulih.publish.places.place import Ended, Moved, Place
from pulih.publish.places.refused import unwritten
from pulih.wording import sentence

log = logging.getLogger(__name__)

_WAITS = (15, 30, 60, 120, 300, 600, 900)  # seconds after each failure in a row; the last stays
_TRIES = 5  # for a site that is published again while it is being copied
_PARTING = 10  # seconds for those under way when we are told to stop


class SitePlaces:
    """Implements `ports.Places`.

    Every place is tended in a thread of its own: one that hangs, as a share does whose server has gone, holds up
    nobody else. It is not tended twice at once, by threads or processes of this machine.
    """

    def __init__(self, places: Sequence[Place], folder: Path, now: Clock) -> None:
        """Take the places, and the folder for what is noted of them."""
        self._places = {place.name: place for place in places}
        self._notes, self._now = Notes(folder), now
        self._under_way: dict[str, threading.Thread] = {}
        self._guard = threading.Lock()
        self._end = threading.Event()

    def states(self, site: Path) -> list[PlaceState]:
        """Return how each place stands, without looking there."""
        current = _named(site)
        found = []
        for name, place in self._places.items():
            note = self._notes.of(name)
            found.append(
                PlaceState(
                    place=name,
                    opens=place.opens,
                    shown_at=note.shown_at,
                    waiting=bool(current) and note.shown != current,
                    under_way=self._is_under_way(name),
                    why=note.why,
                    tried_at=note.tried_at,
                    next_at=note.next_at,
                    failures=note.failures,
                )
            )
        return found

    def bring(
        self, site: Path, *, anyway: bool = False, check: bool = False, wait: bool = False
    ) -> None:
        """Begin to bring the places up to date that are not; see `ports.Places.bring`."""
        current = _named(site)
        if not current:
            return
        begun = []
        for name, place in self._places.items():
            if check or (self._due(self._notes.of(name), current, anyway=anyway)):
                begun.append(self._begin(place, site, check=check))
        for thread in begun if wait else ():
            thread.join()

    def stop(self) -> None:
        """Stop what is under way; it is taken up where it was."""
        self._end.set()
        for thread in list(self._under_way.values()):
            thread.join(_PARTING)

    def _is_under_way(self, name: str) -> bool:
        thread = self._under_way.get(name)
        return thread is not None and thread.is_alive()

    def _due(self, note: Note, current: str, *, anyway: bool) -> bool:
        if note.shown == current and note.why is None:
            return False
        left = (note.next_at - self._now()).total_seconds() if note.next_at else 0
        return anyway or not 0 < left <= _WAITS[-1]  # more is a clock that was set back

    def _begin(self, place: Place, site: Path, *, check: bool) -> threading.Thread:
        with self._guard:
            if not self._is_under_way(place.name):
                thread = threading.Thread(
                    target=partial(self._tend, place, site, check=check), name="place", daemon=True
                )
                self._under_way[place.name] = thread
                thread.start()
            return self._under_way[place.name]

    def _tend(self, place: Place, site: Path, *, check: bool) -> None:
        try:
            with self._notes.turn(place.name) as mine:
                if mine:
                    self._put(place, site, check=check)
        except OSError:
            log.exception("nothing can be noted of %s", place.name)

    def _put(self, place: Place, site: Path, *, check: bool) -> None:
        """Bring a place up to date and note how that went. Raises OSError where it cannot be noted."""
        note = self._notes.of(place.name)
        try:
            shown = self._brought(place, site, known=note.shown_at is not None, check=check)
        except Ended:
            return
        except Unavailable as error:
            if error.__cause__:  # the sentence itself is told by `states`
                log.warning("%s: %s", place.name, error.__cause__)
            self._failed(place, note, error)
        except OSError as error:
            log.warning("%s: %s", place.name, error)
            self._failed(place, note, unwritten(place.name, error))
        except Exception as error:
            log.exception("%s", place.name)
            why = sentence(
                "{place}: gagal tanpa sebab yang dikenal ({kind}). Log layanan menyebut selengkapnya.",
                place=place.name,
                kind=type(error).__name__,
            )
            self._failed(place, note, Unavailable(why))
        else:
            self._notes.put(place.name, Note(shown, self._now(), tried_at=self._now()))

    def _brought(self, place: Place, site: Path, *, known: bool, check: bool) -> str:
        for _ in range(_TRIES):
            whole = site.resolve()
            try:
                place.bring(whole, known=known, check=check, stopped=self._end.is_set)
            except Moved:
                continue
            return _named(whole)
        raise Unavailable(
            "{place}: wiki diterbitkan lagi selagi disalin. Dicoba lagi sebentar lagi.",
            place=place.name,
        )

    def _failed(self, place: Place, note: Note, error: Unavailable) -> None:
        wait = _WAITS[min(note.failures, len(_WAITS) - 1)]
        now = self._now()
        self._notes.put(
            place.name,
            replace(
                note,
                why=error.sentence,
                tried_at=now,
                next_at=now + timedelta(seconds=wait),
                failures=note.failures + 1,
            ),
        )


def _named(site: Path) -> str:
    """Return what a site is called, so that no other is called the same; empty where there is none."""
    try:
        whole = site.resolve()
        state = (whole / "index.html").stat()
        return f"{whole.name}-{whole.stat().st_mtime_ns:x}-{state.st_ino:x}"
    except OSError:
        return ""
