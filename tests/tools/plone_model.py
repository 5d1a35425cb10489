"""A Plone as plain values, with people who work in it, and the office's pass over it, which may be killed anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count

from pulih.domain.plone.page import Placed, Seen, Standing, Wanted, head_of
from pulih.domain.plone.plan import Act, Step, steps
from pulih.domain.plone.saying import told
from pulih.wording import Sentence

AT = datetime(2026, 11, 23, tzinfo=UTC)
TARGET = "1" * 32
_NO_HOME = frozenset({Standing.GONE, Standing.TAKEN, Standing.FAILED, Standing.LOCKED})


_AT_A_PLACE = (Act.CREATE, Act.MOVE)


class Killed(Exception):
    """The process is gone."""


@dataclass
class Thing:
    """An object of the site.

    Attributes:
        key: Of which of our pages it was made; empty for what people made.
        words: Our digest, or what somebody wrote.
        ours: Whether the newest version is ours.
    """

    uid: str
    path: str
    key: str
    words: str
    ours: bool
    modified: int
    state: str = "private"
    title: str = ""
    locked: bool = False


@dataclass
class ModelPlone:
    """The site. What it is asked is what `ports.PloneSite` has; `die` is called between any two deeds."""

    things: dict[str, Thing] = field(default_factory=dict)
    die: Callable[[], None] = lambda: None
    overwritten: list[str] = field(default_factory=list)
    _ticks: Iterable[int] = field(default_factory=lambda: count(1))

    def walk(self) -> dict[str, Seen]:
        return {
            one.uid: Seen(one.uid, one.path, str(one.modified), one.state, head_of(one.title, ""))
            for one in self.things.values()
        }

    def at(self, path: str) -> Thing | None:
        return next((one for one in self.things.values() if one.path == path), None)

    def below(self, path: str) -> list[Thing]:
        return [one for one in self.things.values() if f"{one.path}/".startswith(f"{path}/")]

    # ---- What people do there -----------------------------------------------------------------

    def edit(self, thing: Thing, words: str) -> None:
        thing.words, thing.ours, thing.modified = words, False, self.tick()
        thing.title = words

    def delete(self, thing: Thing) -> None:
        for one in self.below(thing.path):
            del self.things[one.uid]

    def carry(self, thing: Thing, path: str) -> bool:
        """Move what stands there, if the place is free and there; everything in it is touched."""
        folder = path.rpartition("/")[0]
        inside = f"{path}/".startswith(f"{thing.path}/")
        if self.at(path) or inside or (folder and self.at(folder) is None):
            return False
        was = thing.path
        for one in self.below(was):
            one.path, one.modified = path + one.path.removeprefix(was), self.tick()
        return True

    def put(self, path: str, words: str) -> None:
        if self.at(path) is None and self.at(path.rpartition("/")[0]):
            self.make(path, "", words, ours=False).state = "published"

    # ---- What the office does -----------------------------------------------------------------

    def do(self, step: Step, before: Placed) -> Thing | Standing | None:
        """Return the object as it is after a step, or how the page stands that could not be brought there."""
        page = step.page
        if page is None:
            return self._withdraw(before)
        if step.act is Act.LOOK:
            there = self.things.get(before.uid)
            return there if there and there.ours else Standing.EDITED
        if step.act is Act.MOVE:
            return self._move(page, before, step.parent)
        if step.placed and (step.act is Act.CREATE or before.standing in _BEGUN):
            found = self._adopt(page, before, step.parent)
            if found:
                return found
        if step.act is Act.CREATE:
            return self._create(page, step.parent, over=step.over)
        return self._change(page, before, over=step.over)

    def _create(self, page: Wanted, parent: str, *, over: bool) -> Thing | Standing:
        path = page.id if not page.parent else f"{parent}/{page.id}"
        there = self.at(path)
        if there is None:
            if parent and self.at(parent) is None:
                return Standing.FAILED
            there = self.make(path, page.key, page.digest, ours=True)
            there.title = page.title
            self.die()
        elif page.kind.holds and there.key in ("", page.key):
            there.key = page.key
        elif there.key == page.key and there.ours:
            there.words = page.digest
        elif not over:
            return Standing.TAKEN
        else:
            there.key = page.key
            self._write(there, page, over=True)
        there.state = "published"
        return there

    def _change(self, page: Wanted, before: Placed, *, over: bool) -> Thing | Standing:
        there = self.things.get(before.uid)
        if there is None:
            return Standing.GONE
        if there.locked:
            return Standing.LOCKED
        touched = not page.kind.holds and str(there.modified) != before.modified
        if touched and not over and not there.ours:
            return Standing.EDITED
        if page.kind.holds and not over and before.head not in ("", head_of(there.title, "")):
            return Standing.EDITED
        self._write(there, page, over=over)
        self.die()
        there.state = "published"
        return there

    def _move(self, page: Wanted, before: Placed, parent: str) -> Thing | Standing:
        there = self.things.get(before.uid)
        if there is None:
            return Standing.GONE
        if there.locked:
            return Standing.LOCKED
        path = f"{parent}/{page.id}"
        if there.path != path and not self.carry(there, path):
            return Standing.TAKEN
        return there

    def _withdraw(self, before: Placed) -> Thing | Standing | None:
        there = self.things.get(before.uid)
        if not before.uid:
            found = self.at(before.path)
            there = found if found and found.key == before.key and found.ours else None
        if there:
            there.state = "private"
        return there

    def _adopt(self, page: Wanted, before: Placed, parent: str) -> Thing | Standing | None:
        path = f"{parent}/{page.id}" if page.parent else page.id
        there = self.things.get(before.uid) if before.uid else self.at(path)
        if there is None or there.key != page.key or not there.ours:
            return None
        if there.locked:
            return Standing.LOCKED
        if there.path != path and not self.carry(there, path):
            return Standing.TAKEN
        self.die()
        self._write(there, page, over=False)
        self.die()
        there.state = "published"
        return there

    def _write(self, there: Thing, page: Wanted, *, over: bool) -> None:
        if not there.ours and not over and not page.kind.holds:
            self.overwritten.append(there.words)
        there.words, there.ours, there.modified = page.digest, True, self.tick()
        there.title = page.title

    def make(self, path: str, key: str, words: str, *, ours: bool) -> Thing:
        number = self.tick()
        thing = Thing(f"uid{number}", path, key, words, ours, number)
        self.things[thing.uid] = thing
        return thing

    def tick(self) -> int:
        return next(iter(self._ticks))


_BEGUN = (Standing.WRITING, Standing.FAILED)


@dataclass
class ModelOffice:
    """What is noted of the site, and the pass over it."""

    site: ModelPlone
    notes: dict[str, Placed] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def perform(self, wanted: list[Wanted], again: Mapping[str, str] | None = None) -> list[Step]:
        """Make a pass; return its steps."""
        plan = steps(wanted, self.notes, self.site.walk(), AT, again)
        stuck: set[str] = set()
        self._taken = set()
        for step in plan:
            if step.note:
                self._keep(step.note)
            elif not (step.page and step.page.parent in stuck and step.act in _AT_A_PLACE):
                self._take(step, stuck)
        return plan

    def _take(self, step: Step, stuck: set[str]) -> None:
        before = self._before(step)
        if step.act is not Act.LOOK:
            self._keep(replace(before, standing=Standing.WRITING, wanted=_digest(step)))
        self.site.die()
        answer = self.site.do(step, before)
        self.site.die()
        if isinstance(answer, Standing):
            self._keep(replace(before, standing=answer, why=told(Sentence("x")), wanted=""))
            if answer in _NO_HOME:
                stuck.add(before.key)
            return
        written = step.act in (Act.CREATE, Act.CHANGE)
        self._keep(
            replace(
                before,
                uid=answer.uid if answer else before.uid,
                path=answer.path if answer else before.path,
                digest=_digest(step) if written else before.digest,
                modified=str(answer.modified) if answer else "",
                standing=Standing.PUBLISHED if step.page else Standing.WITHDRAWN,
                why=None,
                wanted="",
                state=answer.state if answer else "",
                head=head_of(answer.title, "") if answer else "",
            )
        )

    def _before(self, step: Step) -> Placed:
        if step.placed:
            key = step.placed.key
            return self.notes[key] if key in self._taken else step.placed
        page = step.page
        path = "/".join(filter(None, (step.parent, page.id)))
        return Placed(TARGET, page.key, "", path, "", "", Standing.WRITING, AT)

    def _keep(self, note: Placed) -> None:
        self._taken.add(note.key)
        self.notes[note.key] = replace(note, target=TARGET)


def _digest(step: Step) -> str:
    return step.page.digest if step.page else ""
