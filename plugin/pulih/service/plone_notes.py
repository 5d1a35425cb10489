"""What a pass notes of each page, before the first request about it and after the last.

How a page went is kept in the same transaction as the beginning of the next: between the two nothing is asked of the
site, so a kill there costs no more than a look at one page that is finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pulih.domain.plone.page import Placed, Standing
from pulih.domain.plone.passing import Counts
from pulih.domain.plone.target import Target
from pulih.ports import Records, Tools
from pulih.service.plone_targets import state_in

SETTLED = (Standing.PUBLISHED, Standing.WITHDRAWN)
_TOLD = timedelta(seconds=1)  # how often the records are told how far a pass is


class StoppedHere(Exception):
    """The target was changed, paused or forgotten meanwhile: what was planned for it holds no more."""


@dataclass(slots=True)
class Notes:
    """What is noted of the pages of one target.

    Attributes:
        target: As it was when the pass began.
        placed: By the key of the page.
        fresh: Keys of the pages that were noted in this pass.
        counts: What was done so far.
        done, of: How many of how many steps were taken.
    """

    tools: Tools
    target: Target
    placed: dict[str, Placed]
    counts: Counts = field(default_factory=Counts)
    fresh: set[str] = field(default_factory=set)
    done: int = 0
    of: int = 0
    _ended: Placed | None = None
    _told: datetime | None = None

    def begin(self, placed: Placed) -> None:
        """Note what is begun. Raises StoppedHere, and then nothing is to be begun."""
        self._write(placed)
        self._know(placed)

    def end(self, placed: Placed) -> None:
        """Remember how a page went; it is noted with the next, or with `flush`."""
        self.flush()
        self._ended = placed
        self._know(placed)

    def flush(self) -> None:
        """Note what is remembered. Raises StoppedHere."""
        if self._ended is not None:
            self._write(None)

    def forget(self, placed: Placed) -> None:
        """Forget a page of which nothing ever stood there."""
        self.placed.pop(placed.key, None)
        key = f"{self.target.id}/{placed.key}"
        self.tools.store.write(lambda records: records.plone_pages.remove(key))

    def _know(self, placed: Placed) -> None:
        self.placed[placed.key] = placed
        self.fresh.add(placed.key)

    def _write(self, begun: Placed | None) -> None:
        now, ended = self.tools.now(), self._ended
        telling = self._told is None or now - self._told >= _TOLD

        def deed(records: Records) -> bool:
            target = records.plone_targets.get(self.target.id)
            if target is None:
                return False
            same = target.version == self.target.version
            notes = [one for one in (ended, begun if same else None) if one]
            for one in notes:
                records.plone_pages.put(f"{self.target.id}/{one.key}", one)
            self._tell(records, now, notes, telling=telling)
            return same

        same = self.tools.store.write(deed)
        self._ended = None
        self._told = now if telling else self._told
        if not same:
            raise StoppedHere

    def _tell(
        self, records: Records, now: datetime, notes: Sequence[Placed], *, telling: bool
    ) -> None:
        """Tell now and then how far it is, and at once that what somebody decided is done."""
        settled = {one.key for one in notes if one.standing in SETTLED}
        if not (telling or settled):
            return
        state = state_in(records, self.target.id)
        again = {key: seen for key, seen in state.again.items() if key not in settled}
        if telling or again != state.again:
            told = replace(
                state,
                again=again,
                moved_at=now,
                doing=notes[-1].key if notes else state.doing,
                done=self.done,
                of=self.of,
                counts=self.counts,
            )
            records.plone_passes.put(self.target.id, told)
