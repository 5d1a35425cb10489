"""One pass over one Plone site, from signing in to its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial

from pulih.domain.plone.page import PageKind, Placed, Seen, Wanted
from pulih.domain.plone.passing import PassState
from pulih.domain.plone.plan import Step, steps
from pulih.domain.plone.target import Target
from pulih.errors import NotFound, Refused, Unavailable
from pulih.ports import PloneSites, Tools
from pulih.service.plone_notes import Notes, StoppedHere
from pulih.service.plone_pages import leaves, next_try, retry_at
from pulih.service.plone_steps import Walker
from pulih.service.plone_targets import change_state, forget
from pulih.wording import N_, sentence

Tell = Callable[[int, int], None]

AT_ONCE = 0.0
_ROUNDS = 3
_ROOT = PageKind.ROOT.value
_LOST = N_("Bila folder itu memang dihapus, pilih “Buat lagi”.")
_LEFT = N_("Bila folder itu memang dihapus, hapus situs ini dari daftar tanpa menarik halamannya.")


@dataclass(slots=True)
class Run:
    """One pass, from signing in to its end."""

    tools: Tools
    sites: PloneSites
    rest: Callable[[float], None]
    target: Target
    state: PassState
    wanted: Sequence[Wanted]
    placed: dict[str, Placed]
    tell: Tell
    until: datetime | None
    asked: bool

    def go(self) -> float | None:
        """Make it. Returns as `PlonePass.perform`.

        Raises:
            Unavailable, Refused: The site ends it.
            StoppedHere: The target is another one now, or none.
        """
        notes = Notes(self.tools, self.target, self.placed, self.state.counts)
        with self.sites.open(self.target) as site:
            contact, now = asdict(site.contact), self.tools.now()
            self._keep(lambda state: replace(state, contact=contact, contact_at=now))
            try:
                whole = self._rounds(Walker(site, notes, self.rest))
            except (Unavailable, Refused):
                notes.flush()
                raise
            notes.flush()
        return self._end(notes) if whole else self._cut(notes)

    def _rounds(self, walker: Walker) -> bool:
        """Take all steps; tell whether they came to their end."""
        for _ in range(_ROUNDS):
            seen, walker.carried = walker.site.walk(), False
            if not self._take(walker, self._plan(seen, walker.notes)):
                return False
            walker.notes.flush()
            self._keep(partial(replace, walked_at=self.tools.now()))
            if not walker.carried:
                break
        return True

    def _plan(self, seen: Mapping[str, Seen], notes: Notes) -> list[Step]:
        """Return what is to be done. Raises Refused where nothing may be, as the folder of all is not to be seen."""
        now, again = self.tools.now(), self.state.again
        plan = steps(self.wanted, notes.placed, seen, now, again)
        root = notes.placed.get(_ROOT)
        if root and root.uid and root.uid not in seen and _ROOT not in again:
            for step in plan:
                if step.note is not None and step.note.key == _ROOT:
                    notes.end(step.note)
            raise Refused(
                "Folder {root} tidak ditemukan lagi di {url}, atau akun di sana tidak boleh melihatnya. "
                "Pulihkan folder atau hak akunnya. {cure}",
                root=self.target.root,
                url=self.target.url,
                cure=sentence(_LEFT if self.state.emptying else _LOST),
            )
        return [step for step in plan if not self._early(step, now)]

    def _early(self, step: Step, now: datetime) -> bool:
        """Tell whether a page that could not be written is not to be tried again yet."""
        noted = step.placed
        at = retry_at(noted) if noted else None
        return at is not None and at > now and not self.asked

    def _take(self, walker: Walker, plan: Sequence[Step]) -> bool:
        notes = walker.notes
        notes.done = notes.done or self.state.done
        notes.of = notes.done + len(plan)
        for step in plan:
            if self.until is not None and self.tools.now() >= self.until:
                return False
            walker.take(step)
            notes.done += 1
            self.tell(notes.done, notes.of)
        return True

    def _cut(self, notes: Notes) -> float:
        """Note how far it is, and let others go first."""
        now, done, of = self.tools.now(), notes.done, notes.of
        self._keep(lambda state: replace(state, done=done, of=of, moved_at=now, cut=True))
        return AT_ONCE

    def _end(self, notes: Notes) -> float | None:
        """Note how it went; what was to be withdrawn wholly, and is, is done with."""
        now, far = self.tools.now(), self.state
        left = any(leaves(key, noted) for key, noted in notes.placed.items())
        if self.state.leaving and not left:
            self.tools.store.write(lambda records: forget(records, self.target.id))
            return None
        same = sum(1 for page in self.wanted if page.key not in notes.fresh)
        trying = {key for key, noted in notes.placed.items() if retry_at(noted)}

        def end(state: PassState) -> PassState:
            # What somebody decided while this pass was under way is the next one's.
            again = {
                name: seen
                for name, seen in state.again.items()
                if name in trying or far.again.get(name) != seen
            }
            return replace(
                state.ended(now),
                done=notes.done,
                of=notes.of,
                counts=replace(notes.counts, same=same),
                again=again,
                emptying=state.emptying and left,
            )

        self._keep(end)
        wait = next_try(notes.placed.values(), now)
        return None if wait is None else wait.total_seconds()

    def _keep(self, change: Callable[[PassState], PassState]) -> None:
        try:
            change_state(self.tools, self.target.id, change)
        except NotFound as error:
            raise StoppedHere from error
