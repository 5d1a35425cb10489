"""How a plan grows: level by level, as what holds a page decides where the page is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pulih.domain.plone.foreign import BEGUN, UNDONE, theirs, touched
from pulih.domain.plone.moving import Bring, apart, in_turn
from pulih.domain.plone.page import PageKind, Placed, Seen, Standing, Wanted
from pulih.domain.plone.saying import told
from pulih.domain.plone.step import Act, Step
from pulih.wording import N_, Sentence, sentence

_OTHERS = frozenset({Standing.TAKEN, Standing.EDITED, Standing.KEPT})
_SETTLED = frozenset({Standing.GONE, Standing.KEPT, Standing.WITHDRAWN})

_GONE = N_(
    "Halaman ini dihapus atau dipindahkan ke luar foldernya di Plone. "
    "Terbitkan lagi bila harus ada, atau biarkan begitu."
)
_ROOT_GONE = N_(
    "Folder induknya tidak ditemukan lagi di Plone, atau akun ini tidak boleh melihatnya. Pulihkan folder dan hak "
    "akunnya; bila memang dihapus, terbitkan lagi."
)
_NO_PLACE = N_(
    "Folder tempat halaman ini belum dapat dipakai. Selesaikan dahulu yang tertulis pada folder itu."
)
_CROWDED = N_(
    "Di alamatnya, {path}, berdiri halaman lain dari kantor ini, yang dipindahkan ke sana di Plone. "
    "Kembalikan dahulu halaman itu."
)
_NO_ROOM = N_(
    "Alamat barunya di Plone sudah dipakai halaman lain, jadi halaman ini tetap di tempatnya. "
    "Pindahkan atau hapus yang di sana."
)
_CHANGED_SINCE = N_(
    "Kasusnya berubah sejak perubahan orang lain di Plone dibiarkan berlaku. Bandingkan lagi, lalu pilih yang berlaku."
)


@dataclass(slots=True)
class Plan:
    """The plan as it grows.

    Attributes:
        notes: The steps that ask nobody.
        stands: Key of a page that holds others -> its path after the steps so far; none where there is none.
        carried: Path of such a page as it was seen -> its path after the steps so far.
        remade: Keys of those that are made again because a person said so.
        lost: The root is not there: nothing that was seen, or not seen, means anything.
    """

    placed: Mapping[str, Placed]
    seen: Mapping[str, Seen]
    at: datetime
    again: Mapping[str, str]
    notes: list[Step] = field(default_factory=list)
    stands: dict[str, str] = field(default_factory=dict)
    carried: dict[str, str] = field(default_factory=dict)
    remade: set[str] = field(default_factory=set)
    moves: dict[int, list[Bring]] = field(default_factory=dict)
    writes: dict[int, list[Step]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    lost: bool = False

    def __post_init__(self) -> None:
        self.taken = {one.path for one in self.seen.values()}

    def look_at(self, level: Sequence[Wanted]) -> None:
        """Add what is to be done about pages of one level."""
        brought = [one for page in level if (one := self._look_at(page))]
        if any(one.moving for one in brought):  # else nobody asks who stands where
            brought = apart(brought, set(map(self._now, self.taken)))
        for one in brought:
            self._bring(one)

    def in_order(self) -> Iterator[Step]:
        """Yield the steps that ask the site for something: for each depth the moves, then the rest."""
        crowded, homeless = self._crowded(), set[str]()
        for depth in sorted({*self.moves, *self.writes}):
            for move in in_turn(self.moves.get(depth, ())):
                yield Step(Act.MOVE, move.page, move.now, parent=move.parent)
            for step in self.writes.get(depth, ()):
                if step.act is not Act.CREATE or step.page is None:
                    yield step
                elif step.goal in crowded:
                    noted = replace(step.placed or self._first(step.page), uid="")
                    self._note(noted, Standing.TAKEN, sentence(_CROWDED, path=step.goal))
                    homeless.add(step.page.key)
                elif step.page.parent not in homeless:
                    yield step

    def _crowded(self) -> set[str]:
        """Return where other pages of ours stand and stay: somebody moved them there."""
        leaving = {one.now.path for moves in self.moves.values() for one in moves}
        ours = (self.seen.get(one.uid) for one in self.placed.values())
        return {self._now(there.path) for there in ours if there} - leaving

    def _look_at(self, page: Wanted) -> Bring | None:
        noted = self.placed.get(page.key)
        there = self.seen.get(noted.uid) if noted and noted.uid else None
        parent = self.stands.get(page.parent, "")
        if noted and there:
            return self._compare(page, noted, there, parent)
        if page.parent and not parent:
            self._wait(page, noted)
        elif noted and noted.uid and noted.standing is not Standing.WITHDRAWN:
            self._miss(page, noted, parent)
        elif not self._in_the_way(page, noted, parent):
            self._create(page, noted, parent)
        return None

    def _compare(self, page: Wanted, noted: Placed, there: Seen, parent: str) -> Bring | None:
        """Look at a page that is there."""
        now = self._now(there.path)
        goal = _joined(parent, page.id) if parent else now
        asked = self.again.get(page.key) == there.modified
        in_place = bool(parent) and now == goal
        if noted.standing in UNDONE and not (asked or in_place):
            # Written where it is, and moved the next time: a move would hide what somebody did to it.
            goal, page = now, replace(page, id=now.rpartition("/")[2])
        if not asked and self._held(page, noted, there, in_place=in_place):
            self._stand(page, there.path, now)
            return None
        # The root may have been there before us: it keeps its words.
        other = noted.digest != page.digest and page.kind is not PageKind.ROOT
        writing = asked or other or noted.standing in UNDONE
        strange = touched(page, noted, there) and noted.standing not in BEGUN and not asked
        if strange and (now != goal or not writing):
            # A move would make the time of their change the time of ours. `change` looks by itself.
            look = Step(Act.LOOK, page, replace(noted, path=now), parent=parent)
            self._write(look, now)
            return None
        return Bring(page, replace(noted, path=now), there, goal, writing=writing, over=asked)

    def _held(self, page: Wanted, noted: Placed, there: Seen, *, in_place: bool) -> bool:
        """Tell whether what somebody did to a page lets it stand as it is. It is noted once."""
        if noted.standing is Standing.KEPT:
            if page.kind is PageKind.CASE and noted.digest != page.digest:
                # Of what they kept, nothing is taken for ours any more.
                since = replace(noted, modified="")
                self._note(since, Standing.EDITED, sentence(_CHANGED_SINCE))
            return True
        why = theirs(page, noted, there, in_place=in_place)
        if noted.standing is Standing.EDITED:
            return why is not None or touched(page, noted, there)
        if why is not None:
            self._note(noted, Standing.EDITED, why)
        return why is not None

    def _bring(self, one: Bring) -> None:
        """Add what brings a page to its place and to what is wanted, where nobody else is known to have changed it."""
        noted = self.placed[one.page.key]
        self._stand(one.page, one.there.path, one.goal)
        if one.moving:
            self.moves.setdefault(_depth(one.goal), []).append(one)
        if one.writing:
            after = replace(one.now, path=one.goal)
            if noted.standing is Standing.WITHDRAWN:
                # Whether somebody wrote in it before it was withdrawn, only its history tells.
                after = replace(after, modified="")
            step = Step(Act.CHANGE, one.page, after, parent=one.parent, over=one.over)
            self._write(step, one.goal)
        elif one.crowded:
            if noted.standing is not Standing.TAKEN:
                self._note(one.now, Standing.TAKEN, sentence(_NO_ROOM))
        elif not one.moving and (
            noted.path != one.there.path or noted.standing is not Standing.PUBLISHED
        ):
            right = replace(one.now, standing=Standing.PUBLISHED, why=None, tries=0, at=self.at)
            self.notes.append(Step(Act.NOTE, note=right))

    def _miss(self, page: Wanted, noted: Placed, parent: str) -> None:
        """Look at a page that was there and is not."""
        if self._begun_there(noted):
            self._create(page, noted, parent)
            return
        if page.key in self.again or page.parent in self.remade:
            self.remade.add(page.key)
            self._create(page, noted, parent)
            return
        self.lost = page.kind is PageKind.ROOT
        same = noted.digest == page.digest or page.kind is not PageKind.CASE
        left_gone = noted.standing is Standing.KEPT and same
        if noted.standing is not Standing.GONE and not left_gone:
            self._note(noted, Standing.GONE, sentence(_ROOT_GONE if self.lost else _GONE))

    def _wait(self, page: Wanted, noted: Placed | None) -> None:
        """Look at a page for which there is no place: what should hold it is gone, or is not ours."""
        if noted is None or noted.standing is Standing.WITHDRAWN:
            self._note(self._first(page), Standing.FAILED, sentence(_NO_PLACE))
        elif not noted.uid:
            if noted.standing is Standing.WRITING:
                self._note(noted, Standing.FAILED, sentence(_NO_PLACE))
        elif noted.standing not in _SETTLED:
            self._note(noted, Standing.GONE, sentence(_GONE))

    def _first(self, page: Wanted) -> Placed:
        """Return the first note of a page. There are others already."""
        target = next(iter(self.placed.values())).target
        return Placed(target, page.key, "", "", "", "", Standing.FAILED, self.at)

    def _in_the_way(self, page: Wanted, noted: Placed | None, parent: str) -> bool:
        """Tell whether what stands at a page's address, and is not ours alone, is still there."""
        return (
            noted is not None
            and noted.standing in _OTHERS
            and page.key not in self.again
            and _joined(parent, page.id) in self.taken
        )

    def _begun_there(self, noted: Placed) -> bool:
        """Tell whether something stands where a page was being made, or written, when the answer was lost."""
        return noted.standing in BEGUN and noted.path in self.taken

    def _create(self, page: Wanted, noted: Placed | None, parent: str) -> None:
        goal = _joined(parent, page.id)
        if noted and self._begun_there(noted) and page.parent:
            # It was made, perhaps, and has another address since: it is taken up where it is, and moved the next time.
            goal = self._now(noted.path)
            page = replace(page, id=goal.rpartition("/")[2])
        noted = noted and replace(noted, path=goal)
        folder = goal.rpartition("/")[0]  # the root's identifier is its whole path
        step = Step(Act.CREATE, page, noted, parent=folder, over=page.key in self.again)
        self._write(step, goal)
        self._stand(page, goal, goal)

    def _write(self, step: Step, path: str) -> None:
        self.writes.setdefault(_depth(path), []).append(step)

    def _note(self, noted: Placed, standing: Standing, why: Sentence) -> None:
        note = replace(noted, standing=standing, why=told(why), at=self.at)
        self.notes.append(Step(Act.NOTE, note=note))

    def _stand(self, page: Wanted, was: str, path: str) -> None:
        if page.kind.holds:
            self.stands[page.key] = self.carried[was] = path

    def _now(self, path: str) -> str:
        """Return where a page is once those that hold it have been moved."""
        folder, _, last = path.rpartition("/")
        return _joined(self.carried.get(folder, folder), last)


def _joined(folder: str, last: str) -> str:
    return f"{folder}/{last}" if folder else last


def _depth(path: str) -> int:
    return path.count("/")
