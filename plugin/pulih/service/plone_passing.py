"""Passes over Plone sites: each brings one site to what is wanted there, as far as it lets us.

A pass is made by whoever has the turn, on whatever machine of the office. It may be cut off at any point, by a kill
too: what is asked of the site is noted before and after, and the next pass goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pulih.domain.plone.page import PageKind, Placed, Standing
from pulih.domain.plone.passing import PassState
from pulih.domain.plone.saying import told
from pulih.domain.plone.target import Target
from pulih.errors import NotFound, Refused, StoreAway, Unavailable
from pulih.ports import PloneSites, Tools, Turns
from pulih.service.plone_notes import StoppedHere
from pulih.service.plone_pages import PloneBook, due
from pulih.service.plone_run import AT_ONCE, Run, Tell
from pulih.service.plone_targets import change_state, state_in
from pulih.wording import Sentence, sentence

TURN = "plone"
ALL = "*"  # in `PassState.again`: everything that is gone
BUSY = 5.0  # seconds, after which it is looked again whether the turn has come
SLICE = timedelta(minutes=2)  # for so long a pass keeps its thread; then others may have it
_EVERY = timedelta(minutes=9)  # how long what was seen of a site counts
_ROOT = PageKind.ROOT.value


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class PlonePass:
    """Makes passes.

    Attributes:
        rest: Waits for so many seconds.
    """

    tools: Tools
    sites: PloneSites
    turns: Turns
    book: PloneBook
    rest: Callable[[float], None] = time.sleep

    def targets(self) -> tuple[str, ...]:
        """Return the targets over which a pass may be made now."""
        now = self.tools.now()
        with self.tools.store.reading() as records:
            return tuple(
                target.id
                for target in records.plone_targets.find()
                if _may(target, state := state_in(records, target.id)) and not state.resting(now)
            )

    def perform(
        self, key: str, tell: Tell = _silent, *, most: timedelta | None = SLICE, look: bool = False
    ) -> float | None:
        """Make a pass over a target, unless nothing is due there; doing it again does nothing.

        Args:
            tell: Told steps taken, and how many there are.
            most: After so long the rest is left to the next call; None for no limit.
            look: Look the site through even where nothing is due.

        Returns:
            In how many seconds it wants to be called again; None for not by itself.

        Raises:
            Unavailable: The records cannot be reached. What is wrong with the site is noted, and not raised.
        """
        with self.turns.turn(TURN) as mine:
            if not mine:
                return BUSY
            return self._perform(key, tell, most, look=look)

    def _perform(self, key: str, tell: Tell, most: timedelta | None, *, look: bool) -> float | None:
        now = self.tools.now()
        with self.tools.store.reading() as records:
            target, state = records.plone_targets.get(key), state_in(records, key)
            placed = {one.key: one for one in records.plone_pages.find(target=key)}
        if target is None or not _may(target, state) or (state.resting(now) and not look):
            return None
        wanted = () if state.emptying else self.book.wanted(target)
        asked = look or state.asked_at is not None or bool(state.again)
        if not (asked or _long_ago(state, now)) and next(due(wanted, placed, now), None) is None:
            return None
        until = None if most is None else now + most
        try:
            state = change_state(self.tools, key, lambda stands: _begun(stands, placed, now))
            run = Run(
                self.tools, self.sites, self.rest, target, state, wanted, placed, tell, until, asked
            )
            return run.go()
        except StoreAway:
            raise
        except (Unavailable, Refused) as error:
            return self._give_up(key, error.sentence)
        except (StoppedHere, NotFound):
            return AT_ONCE  # for what the target is now
        except Exception:
            self._give_up(
                key,
                sentence(
                    "Terhenti karena galat di Pulih sendiri. Catatan server memuat sebabnya; "
                    "bila terulang, sampaikan kepada pembuat Pulih."
                ),
            )
            raise

    def _give_up(self, key: str, why: Sentence) -> float | None:
        now = self.tools.now()
        try:
            state = change_state(self.tools, key, lambda stands: stands.failed(now, told(why)))
        except NotFound:  # the target was forgotten meanwhile
            return None
        return (state.next_at - now).total_seconds() if state.next_at else None


def _may(target: Target, state: PassState) -> bool:
    """Tell whether anything is to be done on a site."""
    return target.active or state.emptying


def _long_ago(state: PassState, now: datetime) -> bool:
    """Tell whether a site is to be looked through again; a clock may be set back."""
    return state.walked_at is None or abs(now - state.walked_at) >= _EVERY


def _begun(state: PassState, placed: Mapping[str, Placed], now: datetime) -> PassState:
    """Return the state at the beginning; everything that is gone is named, where all of it is to be made again."""
    again = dict(state.again)
    if again.pop(ALL, None) is not None:
        gone = (key for key, noted in placed.items() if noted.standing is Standing.GONE)
        again |= dict.fromkeys((_ROOT, *gone), "")
    return replace(state.begun(now), again=again)
