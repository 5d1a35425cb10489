"""Taking the steps of a pass, one after the other, each noted before and after.

Whatever stops the process between a note and the next leaves a page whose note says WRITING; the pass after that asks
the site what arrived, before it does anything else with the page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from pulih.domain.plone.page import Held, Kept, Placed, Standing, Wanted
from pulih.domain.plone.plan import Act, Step
from pulih.domain.plone.saying import told
from pulih.ports import PloneSite
from pulih.service.plone_notes import SETTLED, Notes

# Of a step at a site that has time for us; and of a rest.
_USUAL, _MOST = timedelta(seconds=2), timedelta(seconds=5)
_COUNTED = {
    Act.CREATE: "made",
    Act.CHANGE: "changed",
    Act.MOVE: "moved",
    Act.WITHDRAW: "withdrawn",
}
# Of a page in these it is not known what arrived: the site is asked before anything is written.
_UNSURE = (Standing.WRITING, Standing.FAILED)
_NO_HOME = (Standing.FAILED, Standing.LOCKED, Standing.TAKEN, Standing.GONE, Standing.WRITING)


@dataclass(slots=True)
class Walker:
    """Takes steps on one site.

    Attributes:
        rest: Waits for so many seconds.
        carried: Whether something moved that holds other pages, so that all in it is elsewhere now.
    """

    site: PloneSite
    notes: Notes
    rest: Callable[[float], None] = time.sleep
    carried: bool = False

    def take(self, step: Step) -> None:
        """Take a step, and note how it went.

        Raises:
            StoppedHere: The target is another one now. What was done is noted all the same.
            Unavailable, Refused: The site ends the pass; the page stays as it was noted before.
        """
        notes = self.notes
        if step.note is not None:
            self._end(Act.NOTE, replace(step.note, target=notes.target.id))
            return
        if step.page and step.act in (Act.CREATE, Act.MOVE) and self._homeless(step.page):
            return  # what keeps the folder from being there is said of the folder
        started = notes.tools.now()
        before = self._before(step)
        if step.act is Act.WITHDRAW and not before.uid and before.standing is not Standing.WRITING:
            notes.forget(before)
            return
        if step.act is not Act.LOOK:
            digest, now = step.page.digest if step.page else "", notes.tools.now()
            notes.begin(replace(before, standing=Standing.WRITING, at=now, wanted=digest))
        self._end(step.act, self._after(step, before, self._ask(step, before)))
        took = notes.tools.now() - started
        if took > _USUAL:  # the site has others to serve
            notes.flush()
            self.rest(min(took, _MOST).total_seconds())

    def _before(self, step: Step) -> Placed:
        """Return what is noted of a page, as it is after the steps so far."""
        if step.placed is not None:
            key = step.placed.key
            return self.notes.placed[key] if key in self.notes.fresh else step.placed
        key, last = (step.page.key, step.page.id) if step.page else ("", "")
        path = "/".join(filter(None, (step.parent, last)))
        now = self.notes.tools.now()
        return Placed(self.notes.target.id, key, "", path, "", "", Standing.WRITING, now)

    def _homeless(self, page: Wanted) -> bool:
        """Tell whether a page's folder could not be made, or brought to its place, in this pass."""
        notes, key = self.notes, page.parent
        folder = notes.placed.get(key) if key in notes.fresh else None
        return folder is not None and folder.standing in _NO_HOME

    def _ask(self, step: Step, before: Placed) -> Kept | Held:
        site, page = self.site, step.page
        if page is None:
            return site.withdraw(before)
        # The root's identifier is its whole path: what it stands in is no page of ours.
        parent = step.parent if page.parent else page.id.rpartition("/")[0]
        if step.act is Act.LOOK:
            return site.look(page, before)
        if step.act is Act.MOVE:
            return site.move(page, before, parent)
        if step.placed is not None and (step.act is Act.CREATE or before.standing in _UNSURE):
            found = site.adopt(page, before, parent)
            if isinstance(found, Kept) or (found is not None and not step.over):
                return found
        if step.act is Act.CREATE:
            return site.create(page, parent, over=step.over)
        return site.change(page, before, over=step.over)

    def _after(self, step: Step, before: Placed, answer: Kept | Held) -> Placed:
        """Return what is to be noted of a page."""
        now = self.notes.tools.now()
        if isinstance(answer, Held):
            return replace(
                before,
                standing=answer.standing,
                why=told(answer.why),
                at=now,
                tries=before.tries + 1,
                wanted="",
            )
        written = step.page if step.act in (Act.CREATE, Act.CHANGE) else None
        if step.page and step.page.kind.holds and before.uid and before.path != answer.path:
            self.carried = True
        return Placed(
            target=self.notes.target.id,
            key=before.key,
            uid=answer.uid,
            path=answer.path,
            digest=written.digest if written else before.digest,
            modified=answer.modified,
            standing=Standing.PUBLISHED if step.page else Standing.WITHDRAWN,
            at=now,
            files=answer.files,
            state=answer.state,
            head=answer.head,
        )

    def _end(self, act: Act, after: Placed) -> None:
        notes = self.notes
        counted = _COUNTED.get(act, "") if after.standing in SETTLED else "held"
        if counted:
            more = {counted: getattr(notes.counts, counted) + 1}
            notes.counts = replace(notes.counts, **more)
        notes.end(after)
